"""Take from a review what is said of each key result: by its findings, by the facts read, by a model's opinions."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.evaluation.labelled import RULES
from reviewer.okr import BaselineKind, Nature, Review


@dataclass(frozen=True, slots=True)
class Said:
    """Hold what one judge says of one key result: its nature (outputs and activities as "task"), its start, the rules raised."""

    nature: str
    baseline: BaselineKind | None
    raised: frozenset[str]


def said_by_review(review: Review) -> tuple[Said, ...]:
    """Give what a finished review of one OKR says of each key result; a rule is raised by an error or a warning."""
    (okr,) = review.okrs
    raised: list[set[str]] = [set() for _ in okr.key_results]
    for finding in review.findings:
        if finding.key_result is not None and finding.severity != "advice" and finding.rule in RULES:
            raised[finding.key_result].add(finding.rule)
    return tuple(
        Said(_fold(kr.nature), kr.baseline.kind if kr.baseline else None, frozenset(rules))
        for kr, rules in zip(okr.key_results, raised, strict=True)
    )


def said_by_model(review: Review) -> tuple[Said | None, ...]:
    """Give a model's own opinion of each key result of one OKR, before anything is settled; None where it gave none that held.

    It is not asked whether there is a number, so it never raises kr-no-number.
    """
    (okr,) = review.okrs
    found: list[Said | None] = [None] * len(okr.key_results)
    for opinion in review.critique.opinions if review.critique else ():
        nature = _fold(opinion.nature)
        raised = {"kr-is-task"} if nature == "task" else set()
        if nature == "outcome" and opinion.baseline == "none":
            raised.add("kr-no-baseline")
        found[opinion.key_result] = Said(nature, opinion.baseline, frozenset(raised))
    return tuple(found)


def _fold(nature: Nature) -> str:
    return "task" if nature in ("output", "activity") else nature
