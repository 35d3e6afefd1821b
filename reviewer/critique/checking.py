"""Check in code what a model said of one OKR: what fails is dropped and counted, whatever else the reply holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reviewer.critique.prose import Given, Why, fault
from reviewer.critique.quoting import find_quote
from reviewer.critique.reply import MOST_QUESTIONS, MOST_REWRITES, MOST_STEPS, Asked, KeyResultOpinion, Path, Reply
from reviewer.critique.rewrites import given_to, judge_rewrite
from reviewer.okr import BaselineKind, Context, Finding, KeyResult, Nature, ProposedRewrite, ReviewedOkr, Span

What = Literal["opinion", "sufficiency", "gaming", "alignment", "rewrite", "question"]

_STORY, _WAY, _GUARDRAIL, _STEP, _QUESTION, _MEASURE = 420, 320, 280, 160, 260, 80
"""Characters of each text at most: a third more than the model is asked to keep to."""


class Heard(NamedTuple):
    """Hold how a model reads a key result; spans are in characters of the text given."""

    nature: Nature
    span: Span
    measure: str | None
    baseline: BaselineKind | None
    baseline_span: Span | None


class Shortcut(NamedTuple):
    """Hold a way to a number without its benefit, and the guardrail against it."""

    span: Span
    way: str
    guardrail: str


class Question(NamedTuple):
    """Hold a question to the author; `slot` is empty when no accepted rewrite waits for its answer."""

    key_result: int | None
    text: str
    slot: str


@dataclass(slots=True)
class Said:
    """Hold what a model said of one OKR and what passed the checks; `dropped` counts the rest.

    `enough` is None when the model gave no usable opinion on whether the key results suffice. `gamed` tells that it spoke
    of shortcuts and none passed. `way_up` is the company objective and the path to it, (None, ()) when the model sees none,
    None when it gave no usable opinion.
    """

    heard: dict[int, Heard] = field(default_factory=dict)
    enough: bool | None = None
    story: str | None = None
    shortcuts: dict[int, Shortcut] = field(default_factory=dict)
    gamed: bool = False
    way_up: tuple[int | None, tuple[str, ...]] | None = None
    rewrites: list[ProposedRewrite] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    dropped: Counter[tuple[What, Why]] = field(default_factory=Counter)

    def drop(self, what: What, why: Why) -> None:
        """Count something that is not shown."""
        self.dropped[what, why] += 1


def check(reply: Reply, index: int, okr: ReviewedOkr, context: Context, findings: Sequence[Finding]) -> Said:
    """Check a reply about the OKR at `index`, for which the rules made `findings`."""
    said = Said()
    known = given_to(okr, context)
    for opinion in reply.key_results:
        _hear(opinion, okr, known, said)
    _hear_story(reply, okr, known, said)
    _hear_shortcuts(reply, okr, known, said)
    if reply.alignment is not None and any(text.strip() for text in context.company_objectives):
        _hear_path(reply.alignment, okr, known, context, said)
    _take_rewrites(reply, index, okr, context, findings, said)
    for place, asked in enumerate(reply.questions):
        why = "form" if place >= MOST_QUESTIONS else _question_fault(asked, okr, known, said)
        if why is None:
            said.questions.append(Question(asked.key_result, asked.text.strip(), _slot_of(asked, said.rewrites)))
        else:
            said.drop("question", why)
    return said


def _hear(opinion: KeyResultOpinion, okr: ReviewedOkr, known: Given, said: Said) -> None:
    if not 0 <= opinion.index < len(okr.key_results):
        said.drop("opinion", "index")
        return
    if opinion.index in said.heard:
        said.drop("opinion", "form")
        return
    kr = okr.key_results[opinion.index]
    span = _place(opinion.nature_quote, kr)
    if span is None:
        said.drop("opinion", "quote")
        return
    baseline, baseline_span = opinion.baseline, None
    if opinion.baseline_quote and opinion.baseline_quote.strip() or baseline in ("stated", "reference"):
        baseline_span = _place(opinion.baseline_quote or "", kr)
        if baseline is not None and baseline_span is None:
            said.drop("opinion", "quote")
            baseline = None
    measure = (opinion.measure or "").strip() or None
    if measure is not None and (why := fault(measure, known, kr.language, _MEASURE, statement=kr.text)) not in (None, "language"):
        said.drop("opinion", why or "form")
        measure = None
    said.heard[opinion.index] = Heard(opinion.nature, span, measure, baseline, baseline_span)


def _place(quote: str, kr: KeyResult) -> Span | None:
    found = find_quote(quote, kr.text)
    return None if found is None else (kr.span[0] + found[0], kr.span[0] + found[1])


def _hear_story(reply: Reply, okr: ReviewedOkr, known: Given, said: Said) -> None:
    if reply.sufficiency is None or not okr.objective.text.strip() or not okr.key_results:
        return
    if reply.sufficiency.enough:
        said.enough = True
        return
    story = (reply.sufficiency.story or "").strip()
    why = fault(story, known, okr.language, _STORY, least=5)
    if why is None:
        said.enough, said.story = False, story
    else:
        said.drop("sufficiency", why)


def _hear_shortcuts(reply: Reply, okr: ReviewedOkr, known: Given, said: Said) -> None:
    for each in reply.gaming:
        span: Span | None = None
        why: Why | None = None
        if not 0 <= each.key_result < len(okr.key_results):
            why = "index"
        elif each.key_result in said.shortcuts:
            why = "form"
        elif not has_number_to_game(okr.key_results[each.key_result]):
            why = "rules"
        elif (span := _place(each.quote, okr.key_results[each.key_result])) is None:
            why = "quote"
        else:
            why = fault(each.way.strip(), known, okr.language, _WAY, least=3)
            why = why or fault(each.guardrail.strip(), known, okr.language, _GUARDRAIL, least=2)
        if why is None and span is not None:
            said.shortcuts[each.key_result] = Shortcut(span, each.way.strip(), each.guardrail.strip())
        else:
            said.drop("gaming", why or "quote")
    said.gamed = bool(reply.gaming) and not said.shortcuts


def has_number_to_game(kr: KeyResult) -> bool:
    """Tell a result with a number, as the rules read it: only such a one can be reached without its benefit."""
    return kr.nature == "outcome" and kr.target is not None


def _hear_path(path: Path, okr: ReviewedOkr, known: Given, context: Context, said: Said) -> None:
    at = path.company_objective
    if at is None:
        said.way_up = (None, ())
        return
    if not 0 <= at < len(context.company_objectives) or not context.company_objectives[at].strip():
        said.drop("alignment", "index")
        return
    steps = tuple(step.strip() for step in path.path)
    why: Why | None = "form" if not steps or len(steps) > MOST_STEPS else None
    for step in steps:
        why = why or fault(step, known, okr.language, _STEP)
    if why is None:
        said.way_up = (at, steps)
    else:
        said.drop("alignment", why)


def _take_rewrites(reply: Reply, index: int, okr: ReviewedOkr, context: Context, findings: Sequence[Finding], said: Said) -> None:
    """Keep the first accepted rewrite of each statement."""
    taken: set[int | None] = set()
    for place, each in enumerate(reply.rewrites):
        text = each.text.strip()
        if place >= MOST_REWRITES or each.key_result in taken:
            said.drop("rewrite", "form")
            continue
        judged = judge_rewrite(text, each.key_result, okr, context, findings)
        if isinstance(judged, tuple):
            taken.add(each.key_result)
            said.rewrites.append(ProposedRewrite(okr=index, key_result=each.key_result, text=text, clears=judged))
        else:
            said.drop("rewrite", judged)


def _question_fault(asked: Asked, okr: ReviewedOkr, known: Given, said: Said) -> Why | None:
    if asked.key_result is not None and not 0 <= asked.key_result < len(okr.key_results):
        return "index"
    text = asked.text.strip()
    if not text.endswith("?") or any(text.casefold() == each.text.casefold() for each in said.questions):
        return "form"
    return fault(text, known, okr.language, _QUESTION, least=3)


def _slot_of(asked: Asked, rewrites: Sequence[ProposedRewrite]) -> str:
    """Give the slot that the answer fills, when a rewrite of the same key result has it."""
    slot = f"[{(asked.slot or '').strip().strip('[]')}]"
    return slot if any(slot in each.text for each in rewrites if each.key_result == asked.key_result) else ""
