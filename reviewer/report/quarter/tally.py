"""Count what a quarter's entries hold, one entry at a time: nothing kept that grows with the text reviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappush, heappushpop

from reviewer.okr import SEVERITIES, Finding, Severity, Verdict
from reviewer.quarter import Place, QuarterFinding, QuarterReview, ReviewedEntry

VERDICTS: tuple[Verdict, ...] = ("rethink", "revise", "ready")
"""The order in which verdicts are counted: most to do first."""

CONFLICT = "quarter-conflict"

_MOST_FIRST = 10
_MOST_SAMPLES = 2


@dataclass(frozen=True, slots=True)
class Explained:
    """Hold a place that was not reviewed, with its reason and the rows it accounts for."""

    entry: int
    place: Place
    rows: int
    reason: str


@dataclass(frozen=True, slots=True)
class ExplainedTogether:
    """Hold places of one file, sheet and column that were not reviewed for one reason: the first, and all their rows."""

    place: Place
    numbers: tuple[int, ...]
    entries: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Looked:
    """Hold an OKR worth looking at first; the order is by blocking points, then points to fix, then the place."""

    errors: int
    warnings: int
    before: int
    team: str = field(compare=False)
    objective: str = field(compare=False)

    @property
    def entry(self) -> int:
        """Give the entry's number, 0-based."""
        return -self.before


@dataclass(slots=True)
class TeamTally:
    """Count one team's OKRs, verdicts and findings."""

    okrs: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold words in which a rule found something: the entry, its team, the quote."""

    entry: int
    team: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Hold the mistake most teams share: the rule, in how many teams, how often, with samples of several teams."""

    rule: str
    teams: int
    times: int
    samples: tuple[Sample, ...]


@dataclass(slots=True)
class Tally:
    """Count entries as they pass; `rules` and `across` count findings by rule and severity, within OKRs and across them."""

    entries: int = 0
    okrs: int = 0
    key_results: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    rules: dict[str, Counter[Severity]] = field(default_factory=dict)
    across: dict[str, Counter[Severity]] = field(default_factory=dict)
    teams: dict[str | None, TeamTally] = field(default_factory=dict)
    explained: list[Explained] = field(default_factory=list)
    first: list[Looked] = field(default_factory=list)
    _samples: dict[str, list[Sample]] = field(default_factory=dict)

    def add(self, entry: ReviewedEntry) -> int:
        """Count one entry; gives its number, 0-based."""
        number = self.entries
        self.entries += 1
        if entry.review is None:
            reason = entry.reason or entry.entry.reason or ""
            self.explained.append(Explained(number, entry.entry.place, entry.entry.rows, reason))
            return number
        team = self.teams.setdefault(entry.team or None, TeamTally())
        okrs = entry.review.okrs
        self.okrs += len(okrs)
        team.okrs += len(okrs)
        self.key_results += sum(len(okr.key_results) for okr in okrs)
        verdict = entry.verdict or entry.review.verdict
        self.verdicts[verdict] += len(okrs)
        team.verdicts[verdict] += len(okrs)
        for finding in entry.review.findings:
            self._find(finding, number, entry.team or None, team)
        self._look(number, entry)
        return number

    def add_across(self, review: QuarterReview) -> None:
        """Count the findings across OKRs."""
        for finding in review.findings:
            self.across.setdefault(finding.rule, Counter())[finding.severity] += 1

    @property
    def rows_explained(self) -> int:
        """Count the rows that were not reviewed."""
        return sum(each.rows for each in self.explained)

    @property
    def unread(self) -> int:
        """Count the places with something unread that take no row away: a cell, a file."""
        return sum(each.rows == 0 for each in self.explained)

    def explained_together(self) -> tuple[ExplainedTogether, ...]:
        """Give what was not reviewed, the same reason in the same column once."""
        groups: dict[tuple[str, str | None, str | None, str], list[Explained]] = {}
        for each in self.explained:
            groups.setdefault((each.place.file, each.place.sheet, each.place.column, each.reason), []).append(each)
        return tuple(
            ExplainedTogether(
                held[0].place,
                tuple(each.place.row for each in held if each.place.row is not None),
                tuple(each.entry for each in held),
                held[0].reason,
            )
            for held in groups.values()
        )

    def looked_first(self) -> tuple[Looked, ...]:
        """Give the OKRs with the most to mend, at most ten."""
        return tuple(sorted(self.first, reverse=True))

    def by_rule(self) -> tuple[tuple[str, Counter[Severity]], ...]:
        """Give every rule found with its counts, the most often found first."""
        both = {rule: self.rules.get(rule, Counter()) + self.across.get(rule, Counter()) for rule in (*self.rules, *self.across)}
        return tuple(sorted(both.items(), key=lambda item: (-item[1].total(), item[0])))

    def by_team(self) -> tuple[tuple[str | None, TeamTally], ...]:
        """Give the teams in alphabetical order, those without a name last: it is no ranking."""
        return tuple(sorted(self.teams.items(), key=lambda item: (item[0] is None, (item[0] or "").casefold())))

    def shared(self) -> Shared | None:
        """Give the mistake that most teams share, advice left out; None when nothing was found."""
        found: list[tuple[int, int, str]] = []
        for rule, severities in self.rules.items():
            if severities["error"] or severities["warning"]:
                teams = sum(1 for team in self.teams.values() if team.rules[rule])
                found.append((teams, severities.total(), rule))
        if not found:
            return None
        teams, times, rule = min(found, key=lambda each: (-each[0], -each[1], each[2]))
        return Shared(rule, teams, times, tuple(self._samples.get(rule, ())))

    def _find(self, finding: Finding, number: int, name: str | None, team: TeamTally) -> None:
        self.severities[finding.severity] += 1
        self.rules.setdefault(finding.rule, Counter())[finding.severity] += 1
        team.severities[finding.severity] += 1
        team.rules[finding.rule] += 1
        samples = self._samples.setdefault(finding.rule, [])
        if finding.quote.strip() and len(samples) < _MOST_SAMPLES and all(sample.team != name for sample in samples):
            samples.append(Sample(number, name, finding.quote))

    def _look(self, number: int, entry: ReviewedEntry) -> None:
        assert entry.review is not None
        severities = Counter(finding.severity for finding in entry.review.findings)
        if not (severities["error"] or severities["warning"]):
            return
        objective = next((okr.objective.text for okr in entry.review.okrs), "")
        looked = Looked(severities["error"], severities["warning"], -number, entry.team or "", objective)
        if len(self.first) < _MOST_FIRST:
            heappush(self.first, looked)
        else:
            heappushpop(self.first, looked)


def across(review: QuarterReview) -> list[QuarterFinding]:
    """Give the findings across OKRs, the most serious first."""
    return sorted(review.findings, key=lambda each: SEVERITIES.index(each.severity))


def entries_of(review: QuarterReview, entries: Iterable[ReviewedEntry] | None) -> Iterable[ReviewedEntry]:
    """Give the entries passed as a stream, or those that the review holds."""
    return review.entries if entries is None else entries


def owner_of(entry: ReviewedEntry) -> str | None:
    """Give who holds an OKR, as its file says."""
    return entry.entry.okr.owner if entry.entry.okr else None


def tallied(review: QuarterReview, entries: Iterable[ReviewedEntry] | None) -> Tally:
    """Count a whole quarter."""
    tally = Tally()
    for entry in entries_of(review, entries):
        tally.add(entry)
    tally.add_across(review)
    return tally


def severity_order(counts: Counter[Severity]) -> tuple[tuple[Severity, int], ...]:
    """Give the counts that are not zero, most serious first."""
    return tuple((severity, counts[severity]) for severity in SEVERITIES if counts[severity])
