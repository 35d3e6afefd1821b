"""Compare what each judge said with the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.evaluation.judging import Said, said_by_model, said_by_review
from reviewer.evaluation.labelled import RULES, LabelledKeyResult, LabelledOkr
from reviewer.evaluation.results import Agreement, Change, Facts, Replies, RulesAlone, Score, Seconds, WithModel
from reviewer.evaluation.scoring import count, interval, percentile, ratio
from reviewer.okr import Critique, Review

_ASKED = tuple(rule for rule in RULES if rule != "kr-no-number")
"""The rules that a model's opinions bear on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what became of one OKR that a model was asked about: the review it led to, and how long that took (seconds)."""

    review: Review
    seconds: float


class Case(NamedTuple):
    """Hold one OKR with the rules' review and, once a model was asked, what came of it."""

    okr: LabelledOkr
    by_rules: Review
    asked: Asked | None = None


class _Row(NamedTuple):
    """One key result, and what every judge says of it."""

    label: LabelledKeyResult
    rules: Said
    model: Said | None
    together: Said


def measure_rules(cases: Sequence[Case]) -> RulesAlone:
    """Measure the rules alone."""
    rows = _rows(cases)
    said = [(row.label, row.rules) for row in rows]
    return RulesAlone(okrs=len(cases), key_results=len(rows), scores={rule: _score(said, rule) for rule in RULES}, facts=_facts(said))


def measure_model(cases: Sequence[Case]) -> WithModel:
    """Measure one model, alone and together with the rules; an OKR it did not answer is, for both together, as the rules say."""
    rows = _rows(cases)
    alone = [(row.label, row.model) for row in rows]
    together = {rule: _score([(row.label, row.together) for row in rows], rule) for rule in RULES}
    rules = {rule: _score([(row.label, row.rules) for row in rows], rule) for rule in RULES}
    critiques = [case.asked.review.critique for case in cases if case.asked and case.asked.review.critique]
    return WithModel(
        alone={rule: _score(alone, rule) for rule in _ASKED},
        facts=_facts(alone),
        together=together,
        changes={rule: _change(rows, rule) for rule in RULES},
        below=tuple(rule for rule in RULES if _worth(together[rule]) < _worth(rules[rule])),
        replies=_replies(critiques, len(cases)),
        tokens=sum(critique.tokens for critique in critiques),
        cost=_cost(critiques),
        seconds=_seconds(case.asked for case in cases if case.asked),
    )


def _rows(cases: Iterable[Case]) -> list[_Row]:
    rows: list[_Row] = []
    for okr, by_rules, asked in cases:
        rules = said_by_review(by_rules)
        model: Sequence[Said | None] = said_by_model(asked.review) if asked else [None] * len(rules)
        together = said_by_review(asked.review) if asked else rules
        rows += map(_Row._make, zip(okr.key_results, rules, model, together, strict=True))
    return rows


def _score(said: Sequence[tuple[LabelledKeyResult, Said | None]], rule: str) -> Score:
    labelled = [(asks, each) for label, each in said if (asks := label.asks(rule)) is not None]
    counts = count((asks, rule in each.raised) for asks, each in labelled if each is not None)
    return Score(
        n=counts.n,
        of=len(labelled),
        faults=counts.faults,
        true_positive=counts.true_positive,
        false_positive=counts.false_positive,
        false_negative=counts.false_negative,
        precision=counts.precision,
        recall=counts.recall,
        f1=counts.f1,
        f1_interval=interval(counts),
    )


def _worth(score: Score) -> float:
    """Give F1; 1 where there was nothing to find and nothing was raised."""
    return 1.0 if score.f1 is None else score.f1


def _facts(said: Sequence[tuple[LabelledKeyResult, Said | None]]) -> Facts:
    return Facts(
        nature=_agreement([(label.nature, each.nature if each else None) for label, each in said]),
        baseline=_agreement([(label.start, (each.baseline or "not read") if each else None) for label, each in said]),
    )


def _agreement(pairs: Sequence[tuple[str | None, str | None]]) -> Agreement:
    """Compare labels with what was read; None is no label, or no answer."""
    labelled = [(label, read) for label, read in pairs if label is not None]
    answered = [(label, read) for label, read in labelled if read is not None]
    right = sum(label == read for label, read in answered)
    return Agreement(n=len(answered), of=len(labelled), right=right, share=ratio(right, len(answered)))


def _change(rows: Sequence[_Row], rule: str) -> Change:
    judged = [(asks, rule in row.rules.raised, rule in row.together.raised) for row in rows if (asks := row.label.asks(rule)) is not None]
    return Change(
        mended=sum(before != asks == after for asks, before, after in judged),
        spoiled=sum(before == asks != after for asks, before, after in judged),
    )


def _replies(critiques: Sequence[Critique], okrs: int) -> Replies:
    answered = [critique for critique in critiques if critique.status in ("ok", "partial")]
    failed = sum(critique.status == "failed" for critique in critiques)
    repaired = sum(critique.repaired > 0 for critique in answered)
    dropped: Counter[str] = Counter()
    for critique in answered:
        for each in critique.dropped:
            dropped[each.what] += each.count
    return Replies(
        asked=len(answered) + failed,
        valid=len(answered) - repaired,
        repaired=repaired,
        failed=failed,
        not_asked=okrs - len(answered) - failed,
        cached=sum(critique.cached > 0 for critique in answered),
        dropped=dict(sorted(dropped.items())),
    )


def _cost(critiques: Sequence[Critique]) -> float | None:
    """Add up the cost; None where a call that was made has no known price."""
    costs = [critique.cost for critique in critiques if critique.calls or critique.cost is not None]
    return None if None in costs else sum(cost for cost in costs if cost is not None)


def _seconds(asked: Iterable[Asked]) -> Seconds:
    spent = [each.seconds for each in asked if (critique := each.review.critique) and critique.status == "ok" and not critique.cached]
    return Seconds(n=len(spent), median=percentile(spent, 0.5), p90=percentile(spent, 0.9))
