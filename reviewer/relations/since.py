"""Compare findings with those of an earlier review: what is new, what was known, what was mended, although words moved."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from reviewer.language.folding import fold
from reviewer.okr import SEVERITIES, Finding, Review, ReviewedOkr, Severity
from reviewer.quarter import Change, QuarterFinding, QuarterReview, ReviewedEntry, Where
from reviewer.relations.grounds import same_key

NEAR = 0.6
"""Share of words that two statements have in common (Dice's coefficient) from which one is the other, reworded."""

_MOST_WITH_A_WORD = 100
"""A word that more statements hold says nothing of which of them are near."""


class _Seen(NamedTuple):
    """Hold what a finding is recognised by, and what is said of it."""

    rule: str
    severity: Severity
    quote: str
    message: str
    statement: str
    objective: str
    team: str
    where: Where | None = None


def compare(
    earlier: QuarterReview | Review, now_entries: Iterable[ReviewedEntry], now_findings: Sequence[QuarterFinding] = ()
) -> tuple[Change, ...]:
    """Say what became of each finding since an earlier review: new and known ones in the order of now, then the fixed ones.

    Findings of one rule are matched one to one, the surest first: the same statement in the same OKR, the same statement
    elsewhere, the same but for case, accents and punctuation, then near (most words in common) within the same OKR or team.
    """
    before = [*_of_review(earlier)] if isinstance(earlier, Review) else [*_of_quarter(earlier)]
    now = [*_of_entries(now_entries), *_of_findings(now_findings)]
    left_before, left_now = dict(enumerate(before)), dict(enumerate(now))
    for key in _KEYS:
        _match(left_before, left_now, key)
    _match_near(left_before, left_now)
    known = [_change("new" if at in left_now else "known", each) for at, each in enumerate(now)]
    return (*known, *(_change("fixed", each) for each in left_before.values()))


def only_new(changes: Iterable[Change], at_least: Severity = "advice") -> tuple[Change, ...]:
    """Keep the findings that an earlier review had not, of a severity or worse: what a check on a change should fail on."""
    worst = SEVERITIES[: SEVERITIES.index(at_least) + 1]
    return tuple(each for each in changes if each.status == "new" and each.severity in worst)


def _change(status: str, each: _Seen) -> Change:
    where = each.where if status != "fixed" else None
    return Change(status=status, rule=each.rule, severity=each.severity, quote=each.quote, message=each.message, where=where)  # type: ignore[arg-type]


def _of_review(review: Review) -> Iterator[_Seen]:
    for finding in review.findings:
        yield _of_finding(finding, review.okrs, review.okrs[finding.okr].team, None)


def _of_quarter(quarter: QuarterReview) -> Iterator[_Seen]:
    yield from _of_entries(quarter.entries)
    yield from _of_findings(quarter.findings)


def _of_entries(entries: Iterable[ReviewedEntry]) -> Iterator[_Seen]:
    for at, entry in enumerate(entries):
        if entry.review is not None:
            for finding in entry.review.findings:
                team = entry.team or entry.review.okrs[finding.okr].team
                yield _of_finding(finding, entry.review.okrs, team, Where(entry=at, key_result=finding.key_result))


def _of_finding(finding: Finding, okrs: Sequence[ReviewedOkr], team: str | None, where: Where | None) -> _Seen:
    okr = okrs[finding.okr]
    objective = okr.objective.text
    statement = okr.key_results[finding.key_result].text if finding.key_result is not None else objective or finding.quote
    return _Seen(finding.rule, finding.severity, finding.quote, finding.message, statement, objective, team or "", where)


def _of_findings(findings: Iterable[QuarterFinding]) -> Iterator[_Seen]:
    """Recognise a finding across OKRs by all it quotes; one about a team's number of things by the team, the rest by what it says."""
    for each in findings:
        quote = each.evidence[0] if each.evidence else ""
        counted = each.rule in _COUNTED and each.team
        statement = str(each.team) if counted else "\n".join(sorted(set(each.evidence))) or each.message
        yield _Seen(each.rule, each.severity, quote, each.message, statement, "", each.team or "", each.places[0] if each.places else None)


_COUNTED = frozenset({"quarter-objective-count", "quarter-too-many-kpis"})
"""Rules that count what a team has: one more of them is the same finding."""

_Key = Callable[[_Seen], Hashable]
_KEYS: tuple[_Key, ...] = (
    lambda each: (each.rule, each.statement, each.objective, each.team, each.quote),
    lambda each: (each.rule, each.statement, each.objective, each.team),
    lambda each: (each.rule, each.statement, each.team),
    lambda each: (each.rule, same_key(each.statement), each.team),
    lambda each: (each.rule, same_key(each.statement)),
)
"""What is compared, the surest first."""


def _match(before: dict[int, _Seen], now: dict[int, _Seen], key: _Key) -> None:
    """Take out, one to one, what is equal by a key."""
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, each in before.items():
        places[key(each)].append(at)
    for at, each in [*now.items()]:
        same = places.get(key(each))
        if same:
            del before[same.pop(0)], now[at]


def _match_near(before: dict[int, _Seen], now: dict[int, _Seen]) -> None:
    """Take out, nearest first, findings of one rule whose statements share most words, in one OKR or one team.

    Two statements that share so many words share one of their rarest (Chaudhuri, Ganti and Kaushik, A primitive operator for
    similarity joins in data cleaning, 2006): only those are looked up.
    """
    common = Counter(word for each in before.values() for word in _words(each.statement))
    holders: defaultdict[tuple[Hashable, ...], list[int]] = defaultdict(list)
    for at, each in before.items():
        for key in _lookups(each, common):
            holders[key].append(at)
    pairs = []
    for at, each in now.items():
        words = _words(each.statement)
        known = (holders.get(key, ()) for key in _lookups(each, common))
        for other in {other for those in known if len(those) <= _MOST_WITH_A_WORD for other in those}:
            theirs = _words(before[other].statement)
            likeness = 2 * len(words & theirs) / (len(words) + len(theirs))
            if likeness >= NEAR:
                pairs.append((-likeness, other, at))
    for _, other, at in sorted(pairs):
        if other in before and at in now:
            del before[other], now[at]


def _lookups(each: _Seen, common: Counter[str]) -> Iterator[tuple[Hashable, ...]]:
    """Give what a finding is looked up by: its rule, its OKR or its team, and the rarest words of its statement."""
    words = sorted(_words(each.statement), key=lambda word: (common[word], word))
    rare = words[: len(words) - ceil(len(words) * NEAR / (2 - NEAR)) + 1]
    for word in rare:
        yield each.rule, "team", _team(each), word
        if each.objective:
            yield each.rule, "objective", same_key(each.objective), word


def _team(each: _Seen) -> str:
    return fold(each.team).text.strip()


@lru_cache(maxsize=65_536)
def _words(text: str) -> frozenset[str]:
    """Give the different words of a statement, figures too: with the same words and another figure it was mended, or is near."""
    return frozenset(re.findall(r"[a-z]+|\d+(?:[.,]\d+)*", fold(text).text))
