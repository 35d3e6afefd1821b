"""Rewrite a task, a vanity figure or an empty promise as a change of the measure that would prove it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.language.glossary import known_metrics
from reviewer.language.statement import understand_key_result
from reviewer.rewriting.figures import for_measure, neutral
from reviewer.rewriting.levels import level_candidates
from reviewer.rewriting.measures import Named, next_steps, proofs
from reviewer.rewriting.sentences import change, deadline, ground, moved, start_slot
from reviewer.rewriting.verification import Candidate, Draft, filled_in
from reviewer.rewriting.words import goal_slot, plain_slot, upper_first

UNKNOWN_MEASURE = {"fr": "[la mesure que cela doit changer]", "en": "[the measure this should change]"}
"""Slot of the measure itself, when nothing in the draft tells which."""

_NEUTRAL_MEASURE = {"fr": "le taux de rebond des visiteurs", "en": "the bounce rate of visitors"}
_LINK = re.compile(r"^(?:et|and|pour|afin de|afin d['’]|in order to|to|so that|so as to|with|avec|qui|that|which)\s+", re.IGNORECASE)


def task_candidates(draft: Draft) -> Iterator[Candidate]:
    """Word what the task should change: its own result first, then the measures that prove it, then an honest blank."""
    yield from _own_result(draft)
    yield from _by_measures(draft, proofs(draft.place, draft.okr))
    yield from _blank(draft)


def vanity_candidates(draft: Draft) -> Iterator[Candidate]:
    """Word the step that a vanity figure sets off."""
    kr = draft.kr
    metric = known_metrics().get(kr.metric.id) if kr.metric and kr.metric.id else None
    if metric is not None:
        yield from _by_measures(draft, next_steps(metric, draft.place, draft.okr))


def _own_result(draft: Draft) -> Iterator[Candidate]:
    """Build on the result that a task carries ("... and win 40 demo requests")."""
    kr = draft.kr
    if kr.result_part is None:
        return
    text = upper_first(_LINK.sub("", kr.result_part.text).strip())
    if deadline(kr).strip() not in text:
        text += deadline(kr)
    result = understand_key_result(text, kr.language, 0, draft.okr.cycle)
    if result.baseline is not None and result.baseline.kind in ("none", "reference"):
        yield from level_candidates(draft._replace(kr=result))
    yield Candidate(text, text)


def _by_measures(draft: Draft, named: Iterable[Named]) -> Iterator[Candidate]:
    kr, language = draft.kr, draft.language
    goal, by = goal_slot(language), deadline(draft.kr)
    for metric, name in named:
        figures = for_measure(metric, language)
        for where in dict.fromkeys((ground(metric, kr), "")):
            said = _plainer(name, where)
            start = start_slot(said, language)
            yield filled_in(change(said, metric, start, goal, language, where) + by, ((start, figures.start), (goal, figures.goal)))


def _plainer(name: str, where: str) -> str:
    """Drop "on competitive deals" from a win rate when the rival is named."""
    if where.startswith(" face à") and name.startswith("win rate"):
        return "win rate"
    return name.replace("competitive win rate", "win rate") if where.startswith(" against") else name


def _blank(draft: Draft) -> Iterator[Candidate]:
    language = draft.language
    start, goal = plain_slot("start", "value", language), goal_slot(language)
    figures = neutral("percent", falling=True, language=language)
    for by in dict.fromkeys((deadline(draft.kr), "")):
        text = moved(UNKNOWN_MEASURE[language], None, start, goal, language) + by
        yield filled_in(text, ((UNKNOWN_MEASURE[language], _NEUTRAL_MEASURE[language]), (start, figures.start), (goal, figures.goal)))
