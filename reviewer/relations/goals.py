"""Say which company objectives an OKR leads up to: the one it was tied to, the one it names, those its measures move."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from reviewer.alignment.audiences import Audience, audiences, speak_of_others
from reviewer.alignment.causes import strength
from reviewer.language.detect import detect_language
from reviewer.language.glossary import known_metrics
from reviewer.language.statement import understand_objective
from reviewer.okr import Language, ReviewedOkr
from reviewer.relations.grounds import same_key

_CLOSE = 0.86
"""What a measure two steps away is worth: further away, everything leads to everything (reviewer.alignment.causes)."""

_BY_MEASURE = 0.75
"""What a tie by measures alone is worth, beside one that was judged with all the words."""

_NUMBER = re.compile(
    r"^\W*(?:objectif|objective|company objective|objectif (?:d['’])?entreprise|obj|o)?\W{0,3}(\d{1,2})\W*$", re.IGNORECASE
)


class CompanyGoal(NamedTuple):
    """Hold a company objective: its words as a key, the measures it names, whom it speaks of."""

    text: str
    key: int
    measures: tuple[str, ...]
    audiences: frozenset[Audience]


def read_goals(texts: Sequence[str], language: Language) -> tuple[CompanyGoal, ...]:
    """Read company objectives; `language` where the words do not tell."""
    goals = []
    for text in texts:
        named = understand_objective(text, detect_language(text, language)).metrics
        known = {each.id for each in named if each.id is not None and not known_metrics()[each.id].vanity}
        goals.append(CompanyGoal(text.strip(), same_key(text), tuple(sorted(known)), audiences([text])))
    return tuple(goals)


def leads_to(okr: ReviewedOkr, goals: Sequence[CompanyGoal], own: Collection[int]) -> tuple[dict[int, float], bool]:
    """Give the goals an OKR leads up to, with how surely (0 to 1), and whether that much could be told of it at all.

    What it names itself, or was tied to, comes first. An OKR tied to one goal may serve others too: those that name a
    measure which its key results move, themselves or within two steps of the causal map. `own` are the places of the goals
    that are its team's: no measure ties it to another, only its own words do.
    """
    given = [at for at, goal in enumerate(goals) if goal.text]
    found: dict[int, float] = {}
    if okr.alignment is not None and okr.alignment.company_objective is not None and okr.alignment.company_objective < len(goals):
        found[okr.alignment.company_objective] = okr.alignment.score
    stated = (okr.contributes_to or "").strip()
    if stated:
        named = _named(stated, goals, given)
        if named is not None:
            return {named: 1.0}, True
        return found, okr.alignment is not None
    mine = {metric.id for kr in okr.key_results for metric in kr.metrics if metric.id is not None}
    if mine and given:
        spoken_of = audiences([okr.objective.text, *(kr.text for kr in okr.key_results)])
        for at in given:
            if at not in own:
                continue
            best = max((strength(a, b) for a in mine for b in goals[at].measures), default=0.0)
            if best >= _CLOSE and not speak_of_others(spoken_of, goals[at].audiences):
                found[at] = max(found.get(at, 0.0), round(_BY_MEASURE * best, 3))
    return found, bool(found) or okr.alignment is not None


def _named(stated: str, goals: Sequence[CompanyGoal], given: Sequence[int]) -> int | None:
    """Find the goal that an OKR names by its number or in its words."""
    number = _NUMBER.match(stated)
    if number and int(number[1]) - 1 in given:
        return int(number[1]) - 1
    key = same_key(stated)
    same = [at for at in given if goals[at].key == key]
    return same[0] if same else None
