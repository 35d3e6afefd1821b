"""Choose the measure that would prove a task worked: from its deliverable, its own words, its objective."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reviewer.catalogue import CatalogueMetric
from reviewer.language.glossary import known_metrics, per_house
from reviewer.language.lexicon import stem
from reviewer.okr import KeyResult, Language, ReviewedOkr
from reviewer.rewriting.deliverables import find_deliverables, stems
from reviewer.rewriting.words import gender_known, is_plural
from reviewer.rules.key_result import is_task
from reviewer.rules.measure import WIN_RATES


class Named(NamedTuple):
    """Hold a measure and what to call it in a rewrite."""

    metric: CatalogueMetric
    name: str


_RIVAL = re.compile(r"\b(?:face (?:à|au|aux)|contre|against|versus|vs\.?) (?-i:[A-Z])", re.IGNORECASE)
_NEAR = 20
_OWN_COURSE = frozenset({"survey-response-rate", "on-time-delivery", "on-time-launches", "budget-variance"})
"""Measures of how smoothly a task itself went: proposed last, since they prove little of its effect."""

_TOO_WIDE = frozenset({"revenue", "raw-leads", "website-visits"})
"""Measures that a task's words name without meaning them ("revenue operations", "site visits")."""


@lru_cache(maxsize=1024)
def _content(text: str, language: Language) -> frozenset[str]:
    return frozenset(word for word in stems(text, language) if len(word) > 3)


@per_house(None)
def _name_words(metric_id: str, language: Language) -> frozenset[str]:
    text = known_metrics()[metric_id].text(language)
    return frozenset(stem(word, language) for name in (text.name, *text.names) for word in _content(name, language))


@per_house(512)
def _ranked(text: str, own: tuple[str, ...], objective: str, wanted: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Rank the measures that could prove a task, best first.

    The most direct measure of the first deliverable named leads, unless another also fits what the
    objective wants or what the task says; measures only named come after, the objective's own last.
    """
    catalogue = known_metrics()
    scores: dict[str, float] = {}
    for place, deliverable in enumerate(find_deliverables(text, language)[:4]):
        for rank, name in enumerate(deliverable.proves):
            scores.setdefault(name, -rank - 2.0 * place)
    proved = set(scores)
    for name in own:
        scores[name] = scores[name] + 3 if name in proved else -0.6
    for rank, name in enumerate(wanted):
        scores.setdefault(name, -6.0 - rank)
    said, goal = _content(text, language), _content(objective, language)
    for name in scores:
        words = _name_words(name, language)
        scores[name] += 0.6 * min(2, len(words & said)) + 0.8 * min(2, len(words & goal))
        if name in WIN_RATES and _RIVAL.search(text):
            scores[name] += 1.5
        if name in _OWN_COURSE:
            scores[name] -= 2.5
        if name in wanted:
            scores[name] += 3
        elif any(name in wanted for name in catalogue[name].drives):
            scores[name] += 1.5
    return tuple(sorted((name for name in scores if name in catalogue and not catalogue[name].vanity), key=lambda name: -scores[name]))


def _candidates(kr: KeyResult, okr: ReviewedOkr) -> tuple[str, ...]:
    own = tuple(dict.fromkeys(each.id for each in kr.metrics if each.id and each.id not in _TOO_WIDE))
    wanted = tuple(dict.fromkeys(each.id for each in okr.objective.metrics if each.id))
    return _ranked(kr.text, own, okr.objective.text, wanted, kr.language)


def around(index: int, okr: ReviewedOkr) -> tuple[KeyResult, ...]:
    """Give the key results near one, itself included: all of them in any OKR that people write."""
    return okr.key_results[max(0, index - _NEAR) : index + _NEAR]


def proofs(index: int, okr: ReviewedOkr) -> Iterator[Named]:
    """Give the measures to propose for the task at `index`, best first, none that another key result has.

    Tasks before it in the same OKR choose first, so that no two are sent to one measure.
    """
    taken = {each.metric.id for each in around(index, okr) if each.metric is not None and each.metric.id and not is_task(each)}
    for earlier in okr.key_results[max(0, index - 12) : index]:
        if is_task(earlier):
            first = next((each for each in _nameable(earlier, okr) if each.metric.id not in taken), None)
            if first:
                taken.add(first.metric.id)
    for each in _nameable(okr.key_results[index], okr):
        if each.metric.id not in taken:
            yield each


def _nameable(kr: KeyResult, okr: ReviewedOkr) -> Iterator[Named]:
    for metric_id in _candidates(kr, okr):
        named = name_in(known_metrics()[metric_id], kr, okr)
        if named is not None:
            yield named


def name_in(metric: CatalogueMetric, kr: KeyResult, okr: ReviewedOkr) -> Named | None:
    """Name a measure with no acronym or proper name that the draft itself does not use; None when it has no such name."""
    text = metric.text(kr.language)
    said = f"{kr.text}\n{okr.objective.text}"
    for name in (text.name, *text.names):
        if kr.language == "fr" and _SALES.search(name) and not _SALES.search(said):
            continue  # the loanword has its capital in French, which the draft must bring
        if all(word in said for word in _to_be_said(name)) and (name == text.name or _stands_for(name, text.name, kr.language)):
            return Named(metric, name)
    return None


_SALES = re.compile(r"\bsales\b")


@lru_cache(maxsize=4096)
def _to_be_said(name: str) -> tuple[str, ...]:
    """Give the acronyms, figures and proper names in a measure's name."""
    return tuple(re.findall(r"[\w&]*[A-Z0-9][\w&]*", name))


def _stands_for(name: str, main: str, language: Language) -> bool:
    """Tell another name that can stand in a sentence as the main one does: the catalogue's are often singular."""
    if is_plural(main, language):
        return is_plural(name, language)
    return language == "en" or gender_known(name) and not name.startswith(("client", "compte", "lead", "deal", "utilisateur"))


def next_steps(metric: CatalogueMetric, index: int, okr: ReviewedOkr) -> Iterator[Named]:
    """Give the measures that a vanity metric sets off, nearest first, none that another key result has."""
    catalogue, kr = known_metrics(), okr.key_results[index]
    taken = {each.metric.id for each in around(index, okr) if each.metric is not None}
    queue, seen = list(metric.drives), set(metric.drives)
    for name in queue:
        each = catalogue.get(name)
        if each is None:
            continue
        named = name_in(each, kr, okr) if not each.vanity and name not in taken else None
        if named is not None:
            yield named
        for further in each.drives:
            if further not in seen:
                seen.add(further)
                queue.append(further)
