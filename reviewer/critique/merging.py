"""Merge what a model adds into a review by rules, of which nothing is taken away or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from reviewer.critique.checking import Said
from reviewer.critique.settling import Settled
from reviewer.critique.wording import say
from reviewer.muting import apply_mutes
from reviewer.okr import SEVERITIES, Check, Context, Critique, Dropped, Finding, MutedFinding, Question, Review
from reviewer.questions import MOST
from reviewer.rules import ALL_RULES
from reviewer.rules.model import MODEL_RULES
from reviewer.verdicts import by_okr, verdict_of, worst

Heard = tuple[Said | None, Settled | None]
"""What a model said of one OKR and what it adds; (None, None) where there is no reply."""


def merge(review: Review, context: Context, critique: Critique, heard: Sequence[Heard], failed: Sequence[bool]) -> Review:
    """Give the review with the model's findings, questions, checks and critique; `failed` tells for each OKR a failed call."""
    added = [each for _, settled in heard if settled for each in settled.findings]
    today = date.today()
    before = [*review.findings, *(each.finding for each in review.muted)]
    stale = apply_mutes(before, review.okrs, context.settings, today, review.language).notes
    fresh = apply_mutes([*before, *added], review.okrs, context.settings, today, review.language).notes
    muting = apply_mutes(added, review.okrs, context.settings, today, review.language)
    findings = _in_order([*review.findings, *muting.kept])
    okrs = []
    gathered = by_okr(findings)
    for index, okr in enumerate(review.okrs):
        verdict = verdict_of(okr, gathered.get(index, ()))
        okrs.append(okr.model_copy(update={"verdict": worst((okr.verdict, verdict))}))
    asked, repeated = _questions(review, heard)
    return review.model_copy(
        update={
            "findings": tuple(findings),
            "muted": (*review.muted, *muting.muted),
            "notes": (*(each for each in review.notes if each not in stale), *fresh),
            "okrs": tuple(okrs),
            "verdict": worst((review.verdict, *(okr.verdict for okr in okrs))),
            "checks": (
                *(each for each in review.checks if each.rule not in _MODEL_IDS),
                *_checks(review, critique, heard, failed, muting.kept, muting.muted),
            ),
            "questions": (*review.questions, *asked),
            "critique": critique.model_copy(update={"dropped": _counting(critique.dropped, repeated)}),
        }
    )


_ORDER = {each.id: place for place, each in enumerate(ALL_RULES)}
_MODEL_IDS = frozenset(each.id for each in MODEL_RULES)


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Sort findings as the engine does, what a model found after what the rules found of the same."""
    return sorted(
        findings,
        key=lambda each: (
            each.okr,
            -1 if each.key_result is None else each.key_result,
            SEVERITIES.index(each.severity),
            _ORDER.get(each.rule, len(_ORDER)),
            each.origin == "model",
        ),
    )


def _checks(
    review: Review,
    critique: Critique,
    heard: Sequence[Heard],
    failed: Sequence[bool],
    kept: Sequence[Finding],
    muted: Sequence[MutedFinding],
) -> Iterator[Check]:
    """Say how each rule of the model ended: the reviewer is silent only where it looked."""
    answered = [settled for _, settled in heard if settled is not None]
    reason = critique.reason or say(review.language, "unread")
    partly = None
    if len(answered) < len(heard):
        partly = say(review.language, "read_some", read=len(answered), all=len(heard), reason=reason)
    found = {each.rule for each in kept}
    silenced = {each.finding.rule: each.reason for each in muted}
    for rule in MODEL_RULES:
        looked = [each for each in answered if rule.id not in each.unjudged]
        if any(failed):
            yield Check(rule=rule.id, status="failed", reason=partly if answered else reason)
        elif not answered:
            yield Check(rule=rule.id, status="skipped", reason=reason)
        elif rule.id in found:
            yield Check(rule=rule.id, status="finding", reason=partly)
        elif rule.id in silenced:
            yield Check(rule=rule.id, status="skipped", reason=say(review.language, "muted", reason=silenced[rule.id]))
        elif looked:
            yield Check(rule=rule.id, status="pass", reason=partly)
        else:
            yield Check(rule=rule.id, status="skipped", reason=answered[0].unjudged[rule.id])


def _questions(review: Review, heard: Sequence[Heard]) -> tuple[list[Question], int]:
    """Give the model's questions for which there is room after the rules' own, and how many repeat one of those.

    OKRs take turns, so that the first does not use up the room of the others.
    """
    room = MOST - len(review.questions)
    asked: list[Question] = []
    repeated = 0
    each_okrs = [[(index, each) for each in said.questions] if said else [] for index, (said, _) in enumerate(heard)]
    for turn in zip_longest(*each_okrs):
        for index, each in (one for one in turn if one is not None):
            same = [ours for ours in review.questions if (ours.okr, ours.key_result) == (index, each.key_result)]
            if any(not each.slot or ours.slot == each.slot for ours in same):
                repeated += 1
            elif len(asked) < room:
                asked.append(Question(okr=index, key_result=each.key_result, text=each.text, slot=each.slot, origin="model"))
    return asked, repeated


def _counting(dropped: Sequence[Dropped], repeated: int) -> tuple[Dropped, ...]:
    """Count repeated questions among what was dropped."""
    counts = Counter({(each.what, each.why): each.count for each in dropped})
    if repeated:
        counts["question", "form"] += repeated
    return tuple(Dropped(what=what, why=why, count=count) for (what, why), count in sorted(counts.items()))
