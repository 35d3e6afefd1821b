"""The nouns of a quarter: what stands where in the files, what was found across OKRs, and the whole review."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reviewer.okr import SCHEMA_VERSION, Check, Critique, Language, MutedFinding, Noun, Okr, Review, Severity, Source, Verdict

ColumnRole = Literal[
    "objective",
    "key_result",
    "team",
    "owner",
    "baseline",
    "target",
    "unit",
    "due_date",
    "contributes_to",
    "confidence",
    "progress",
    "cycle",
    "check_in",
    "final_value",
]
"""What a column of a table can hold. `final_value` is what was reached, in a file of the last quarter."""


class Place(Noun):
    """Say where something stands; numbers count from 1, as a spreadsheet or an editor shows them.

    `file` is as given ("-" is standard input; inside a folder, the path from that folder). `row` is a row of a table, a
    line of a text or an item of a list; `column` the letter of a spreadsheet's column ("C"), or the key of an object.
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


class Piece(Noun):
    """Tie a stretch of a statement to the cell it was taken from: `span` is in characters of the statement's text.

    `offset` is where the stretch begins inside that cell's own text.
    """

    span: tuple[int, int]
    place: Place
    offset: int = 0


class Statement(Noun):
    """Hold an objective or key result with the cells it was made of: a key result may draw on several columns."""

    text: str
    pieces: tuple[Piece, ...] = ()


class Entry(Noun):
    """Hold one OKR as found in a file, or what could not be read there, with its reason.

    Exactly one of `okr` and `reason` is given. `rows` counts the rows, items or OKRs of the file that it accounts for:
    summed over a file's entries it is what the file holds. `objective` and `key_results` tie the texts of `okr`, in their
    order, to their cells. `details` hold, per key result, what other columns said (progress, confidence, final value).
    """

    place: Place
    rows: int = 1
    okr: Okr | None = None
    reason: str | None = None
    objective: Statement | None = None
    key_results: tuple[Statement, ...] = ()
    cycle: str | None = None
    check_in: str | None = None
    details: tuple[dict[str, str], ...] = ()


class TakenFor(Noun):
    """Say what the columns of one table were taken for: `columns` maps a header as written to its role.

    `unused` are the headers that were not needed; `header_row` is where the header stands, None where there was none.
    """

    place: Place
    header_row: int | None = None
    columns: dict[str, ColumnRole] = Field(default_factory=dict)
    unused: tuple[str, ...] = ()


class Where(Noun):
    """Point at a statement of the quarter: the entry (0-based) and its key result, None for the objective or the OKR."""

    entry: int
    key_result: int | None = None


class QuarterFinding(Noun):
    """Say one thing to mend across OKRs: where (all the places concerned), why, and one thing to do.

    `evidence` quotes the statements concerned, one per place. `team` is set when it is about one team.
    """

    rule: str
    severity: Severity
    places: tuple[Where, ...]
    evidence: tuple[str, ...] = ()
    team: str | None = None
    company_objective: int | None = None
    message: str
    why: str
    fix: str
    confidence: float = 1.0
    sources: tuple[Source, ...] = ()
    contested: str | None = None


class ReviewedEntry(Noun):
    """Hold one entry of a file with the review of its OKR; `review` is None where there was nothing to review.

    `language`, `team` and `owner` are those that hold for it; `verdict` and `reason` say how it ended.
    """

    entry: Entry
    team: str | None = None
    review: Review | None = None
    verdict: Verdict | None = None
    reason: str | None = None


class TeamCount(Noun):
    """Count what was found for one team: OKRs, key results, verdicts, and findings by rule. There is no ranking of persons."""

    team: str | None
    okrs: int
    key_results: int
    verdicts: dict[str, int]
    rules: dict[str, int]


class Coverage(Noun):
    """Say which OKRs lead up to one company objective: how many, from which teams, and which entries (0-based)."""

    company_objective: int
    text: str
    okrs: int
    teams: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()


class MatrixCell(Noun):
    """Say how much one team's OKRs lead up to one company objective: how many do, and the strongest tie (0 to 1)."""

    team: str | None
    company_objective: int
    okrs: int
    score: float


class Change(Noun):
    """Say what became of a finding since an earlier review: new, known, or fixed (then it is not among the findings)."""

    status: Literal["new", "known", "fixed"]
    rule: str
    severity: Severity
    quote: str
    message: str
    where: Where | None = None


class QuarterReview(Noun):
    """Hold the review of a quarter's OKRs; `model_dump(mode="json")` is the public JSON.

    Rows in are rows reviewed plus rows explained: `entries` holds every one. `findings` are those across OKRs; those on one
    OKR stand in its entry's review. `alignment` is the matrix of teams and company objectives, `coverage` the same by company
    objective, empty when none were given. `taken_for` says how tables were read. `changes` compare with an earlier review.
    """

    schema_version: str = SCHEMA_VERSION
    language: Language
    verdict: Verdict
    entries: tuple[ReviewedEntry, ...]
    findings: tuple[QuarterFinding, ...]
    checks: tuple[Check, ...]
    muted: tuple[MutedFinding, ...] = ()
    teams: tuple[TeamCount, ...] = ()
    company_objectives: tuple[str, ...] = ()
    alignment: tuple[MatrixCell, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    taken_for: tuple[TakenFor, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    critique: Critique | None = None
