"""Say what rules on a quarter may look at: facts found across OKRs, whoever keeps them and however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

from reviewer.okr import Language
from reviewer.quarter import Where


class Said(NamedTuple):
    """Hold a statement with its place and the team it belongs to."""

    place: Where
    text: str
    team: str | None = None


class TeamFacts(NamedTuple):
    """Count what one team commits to in one cycle: its different objectives, and the different measures of its key results."""

    team: str | None
    cycle: str
    objectives: int
    measures: int


class SameStatements(NamedTuple):
    """Hold statements that say one thing, in the order of the files; `word_for_word` but for case, accents and punctuation."""

    what: Literal["objective", "key_result", "okr"]
    statements: tuple[Said, ...]
    word_for_word: bool


class Opposed(NamedTuple):
    """Hold key results of different teams that move one measure, on the same ground, up and down."""

    measure: str
    up: tuple[Said, ...]
    down: tuple[Said, ...]


class Goal(NamedTuple):
    """Hold a company objective, how many OKRs lead up to it, and for which share (0 to 1) of all OKRs that could be told."""

    company_objective: int
    text: str
    okrs: int
    judged: float


class Copied(NamedTuple):
    """Hold statements that repeat one above them: the company's, the one they contribute to, or another team's (`parent_team`)."""

    statements: tuple[Said, ...]
    parent: str
    above: Literal["company", "named", "team"]
    parent_team: str | None = None


class Owned(NamedTuple):
    """Hold an OKR without a team and the cell that names the person who owns it."""

    said: Said
    owner: str


class Owners(NamedTuple):
    """Hold the OKRs that persons own, and how many OKRs name an owner or a team at all."""

    persons: tuple[Owned, ...]
    named: int


class Rhythm(NamedTuple):
    """Hold a check-in rhythm as given and the days between two check-ins: None where unread, infinite for none at all.

    `place` is None for what was said beside the files.
    """

    text: str
    days: float | None
    place: Where | None


class Carried(NamedTuple):
    """Hold the statements of one OKR that stand unchanged in the last quarter's file."""

    statements: tuple[Said, ...]
    word_for_word: bool


class Contradicted(NamedTuple):
    """Hold a stated start that is not what the last quarter ended at; `reached` when that is a target said to be reached."""

    said: Said
    start: str
    last: str
    ended: str
    reached: bool


class Quarter(Protocol):
    """Answer what the rules ask about a quarter; nothing here needs a text to be read again."""

    @property
    def language(self) -> Language:
        """Give the language of the quarter's findings."""
        ...

    @property
    def has_last(self) -> bool:
        """Tell whether the last quarter's OKRs were given."""
        ...

    def teams(self) -> Iterable[TeamFacts]:
        """Give how much each team commits to, cycle by cycle."""
        ...

    def objectives_of(self, team: TeamFacts) -> tuple[Said, ...]:
        """Give the different objectives that were counted, each where it first stands."""
        ...

    def measures_of(self, team: TeamFacts) -> tuple[Said, ...]:
        """Give a key result for each different measure that was counted."""
        ...

    def same_statements(self) -> Iterable[SameStatements]:
        """Give statements that stand in more than one OKR of a cycle."""
        ...

    def opposed(self) -> Iterable[Opposed]:
        """Give measures that teams move both ways."""
        ...

    def goals(self) -> Iterable[Goal]:
        """Give the company objectives and what leads up to them; none when none were given."""
        ...

    def copied(self) -> Iterable[Copied]:
        """Give statements that repeat one above them, all that repeat one together."""
        ...

    def owners(self) -> Owners:
        """Give the OKRs that persons own."""
        ...

    def rhythms(self) -> Iterable[Rhythm]:
        """Give the different check-in rhythms named, each where it first stands; where no file names one, what was said beside."""
        ...

    def carried(self) -> Iterable[Carried]:
        """Give what stands unchanged in the last quarter's file, OKR by OKR."""
        ...

    def contradicted(self) -> Iterable[Contradicted]:
        """Give stated starts that are not what the last quarter ended at."""
        ...
