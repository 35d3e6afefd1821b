"""Make drafts: compose them or ask a model for them, review each, say honestly how it came about and what is left to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reviewer.drafting import words
from reviewer.drafting.composing import Composed, compose
from reviewer.drafting.ideas import Idea, understand_idea
from reviewer.drafting.nearness import Near, look_near, pull_of
from reviewer.engine import review
from reviewer.language.glossary import at_home, known_metrics
from reviewer.okr import Context, Draft, Finding, Language, Okr, Question, Review
from reviewer.rewriting import slots

if TYPE_CHECKING:
    from reviewer.gateway import Critic

EXAMPLES = 3
"""Near examples in a draft's review."""

_SURELY = 0.6
"""How surely a measure moves what the company wants (0 to 1) before a draft is tied to it without the encoder."""

WAITING = frozenset({"kr-no-number", "kr-no-baseline"})
"""Rules that speak of a slot until its author fills it in."""

_QUESTIONS = 3
_TRIES = 3
"""Compositions tried in the place of measures that have nothing to do with the objective."""


def propose(idea_text: str, context: Context, critic: Critic | None, count: int) -> list[Draft]:
    """Propose at most `count` drafts; those of a model first, when one is asked and what it says stands."""
    with at_home(context):
        return _propose(idea_text, context, critic, count)


def _propose(idea_text: str, context: Context, critic: Critic | None, count: int) -> list[Draft]:
    idea = understand_idea(idea_text, context)
    context = context.model_copy(update={"language": idea.language})
    near = look_near(idea, context)
    if critic is None:
        return _counted(_composed(idea, near, context, count), count, idea.language)
    from reviewer.drafting.asking import ask_for_drafts

    asked = ask_for_drafts(idea, near, context, critic, count)
    drafts = list(asked.drafts)
    if len(drafts) < count:
        taken = {_words_of(draft.okr) for draft in drafts}
        why = words.fallen_back(idea.language, asked.critique, bool(drafts))
        for each in _composed(idea, near, context, count, asked=True):
            if len(drafts) < count and _words_of(each.okr) not in taken:
                drafts.append(each.model_copy(update={"notes": (why, *each.notes), "critique": asked.critique}))
    return _counted(drafts, count, idea.language)


def _counted(drafts: list[Draft], count: int, language: Language) -> list[Draft]:
    """Say in each draft when there are fewer than were asked for."""
    if not drafts or len(drafts) >= count:
        return drafts
    said = words.fewer(language, len(drafts), count)
    return [draft.model_copy(update={"notes": (*draft.notes, said)}) for draft in drafts]


def _words_of(okr: Okr) -> tuple[str, tuple[str, ...]]:
    return okr.objective, okr.key_results


def _composed(idea: Idea, near: Near, context: Context, count: int, *, asked: bool = False) -> list[Draft]:
    without: frozenset[str] = frozenset()
    drafts: list[Draft] = []
    for _ in range(_TRIES):
        composed = compose(idea, near, context, count, without=without)
        drafts = [_reviewed(each, idea, near, context, asked) for each in composed]
        strangers = {
            measure
            for draft, each in zip(drafts, composed, strict=True)
            for finding in draft.review.findings
            if finding.rule == "okr-kr-unrelated" and finding.key_result is not None
            if (measure := each.results[finding.key_result].measure) is not None and measure not in idea.measures
        }
        if not strangers - without:
            break
        without |= strangers
    return drafts


def _reviewed(composed: Composed, idea: Idea, near: Near, context: Context, asked: bool) -> Draft:
    """Review a composed OKR, tie it to the company objective it leads up to, and say how it came about."""
    okr, reviewed, tied = tie(composed.okr(context.team), context, _named_goal(composed, near, context))
    if not tied:
        open_goal = composed.okr(context.team, words.OPEN_GOAL[idea.language])
        okr, reviewed = open_goal, review(open_goal, context=context, examples=EXAMPLES)
    notes = [words.composed(idea.language, composed.sources, composed.is_blank, asked=asked), words.to_fill_in(idea.language)]
    if not tied:
        notes.append(words.no_goal(idea.language))
    if near.note:
        notes.append(words.without_encoder(idea.language, near.note))
    return Draft(
        okr=okr,
        review=reviewed.model_copy(update={"questions": open_questions(reviewed)}),
        origin="examples",
        sources=composed.sources,
        notes=tuple(notes),
    )


def _named_goal(composed: Composed, near: Near, context: Context) -> str | None:
    """Give the company objective that a draft's measures surely move, where no encoder can tell."""
    if near.encoder is not None:
        return None
    given = [text for text in context.company_objectives if text.strip()]
    names = [each.measure for each in composed.results if each.measure is not None]
    pulls = [(max((pull_of(goal, name) for name in names), default=0.0), -place) for place, goal in enumerate(near.goals)]
    best = max(pulls, default=(0.0, 0))
    return given[-best[1]] if best[0] >= _SURELY else None


def tie(okr: Okr, context: Context, goal: str | None = None) -> tuple[Okr, Review, bool]:
    """Review an OKR and have it name the company objective it leads up to; the last value is False when it leads up to none."""
    if goal is not None and okr.contributes_to is None:
        okr = okr.model_copy(update={"contributes_to": goal})
    reviewed = review(okr, context=context, examples=EXAMPLES)
    found = reviewed.okrs[0].alignment
    if okr.contributes_to is None and found is not None and found.company_objective is not None:
        okr = okr.model_copy(update={"contributes_to": [text.strip() for text in context.company_objectives][found.company_objective]})
        reviewed = review(okr, context=context, examples=EXAMPLES)
    return okr, reviewed, not any(each.rule == "okr-not-aligned" and each.severity != "advice" for each in reviewed.findings)


def open_questions(reviewed: Review) -> tuple[Question, ...]:
    """Ask for the values that a draft leaves open: where each key result starts, then its date; three at most."""
    found: list[Question] = []
    for index, okr in enumerate(reviewed.okrs):
        for place, kr in enumerate(okr.key_results):
            start = next((slot for slot in slots(kr.text) if kr.text[: kr.text.index(slot)].endswith((" from ", " de "))), None)
            if start is None:
                continue
            known = known_metrics().get(kr.metric.id) if kr.metric is not None and kr.metric.id else None
            asked = known.text(okr.language) if known else None
            text = asked.question if asked else words.what_is(okr.language, start)
            found.append(Question(okr=index, key_result=place, text=text, slot=start, hint=asked.baseline if asked else None))
    dated = next(((i, p) for i, okr in enumerate(reviewed.okrs) for p, kr in enumerate(okr.key_results) if "[date]" in kr.text), None)
    if dated is not None:
        language = reviewed.okrs[dated[0]].language
        found.append(Question(okr=dated[0], key_result=dated[1], text=words.WHEN[language], slot="[date]"))
    return tuple(found[:_QUESTIONS])


def serious(findings: Sequence[Finding]) -> list[Finding]:
    """Give the findings that change a verdict."""
    return [each for each in findings if each.severity != "advice"]
