"""Gather what an OKR moves: the measures its key results name, what its deliverables would prove, what its words are near to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reviewer.catalogue import metrics
from reviewer.corpus import encode_corpus, wording
from reviewer.data import read_corpus
from reviewer.encoder import Scale, per_model
from reviewer.language.folding import fold
from reviewer.language.lexicon import lexicon
from reviewer.okr import KeyResult, Language, ReviewedOkr

if TYPE_CHECKING:
    from reviewer.encoder import Encoder, Vectors

_NAMED, _PROVED, _GUESSED = 1.0, 0.9, 0.75
"""How much a measure counts that is named, that a deliverable is there to move, that the words are near to."""

SURE = 0.95
"""A lead of this weight or more is a measure named in so many words."""

_NEAR = 0.36
"""From here on (likeness) a key result without a known measure is near one of the catalogue's."""

_GUESSES = 3


class Deliverable(NamedTuple):
    """Hold a deliverable found in a statement: its name in the statement's language, and what proves it worked."""

    name: str
    proves: tuple[str, ...]


class Lead(NamedTuple):
    """Hold one thing an OKR moves: a measure, how much it counts (0 to 1), and the deliverable that leads to it, if any."""

    metric: str
    weight: float
    deliverable: str | None = None


Leads = list[list[Lead]]
"""One list per key result, then one for the objective."""


def find_deliverables(text: str, language: Language) -> list[Deliverable]:
    """Find the catalogue's deliverables a statement names, longest name first."""
    return [*_found_deliverables(text, language)]


@lru_cache(maxsize=1024)
def _found_deliverables(text: str, language: Language) -> tuple[Deliverable, ...]:
    """Look once; matching, alignment and relatedness ask in turn about the same statement."""
    index = _deliverables(language)
    stems = [word.stem for word in lexicon(language).words(fold(text).text)]
    found = []
    at = 0
    while at < len(stems):
        for parts, deliverable in index.get(stems[at], ()):
            if stems[at : at + len(parts)] == list(parts):
                found.append(deliverable)
                at += len(parts) - 1
                break
        at += 1
    return tuple(found)


@cache
def _deliverables(language: Language) -> dict[str, list[tuple[tuple[str, ...], Deliverable]]]:
    words_of = lexicon(language)
    index: dict[str, list[tuple[tuple[str, ...], Deliverable]]] = {}
    for row in read_corpus("deliverables.toml")["deliverable"]:
        deliverable = Deliverable(row[language]["names"][0], tuple(row["proves"]))
        for name in (*row[language]["names"], *row[language]["plurals"]):
            parts = tuple(word.stem for word in words_of.words(fold(name).text))
            index.setdefault(parts[0], []).append((parts, deliverable))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


def bears_on(kr: KeyResult) -> dict[str, float]:
    """Give the measures a key result names, or those its deliverables are there to move, and how directly (0 to 1)."""
    measures: dict[str, float] = {}
    for lead in _of_key_result(kr):
        measures[lead.metric] = max(lead.weight, measures.get(lead.metric, 0.0))
    return measures


def known_leads(okr: ReviewedOkr) -> Leads:
    """Give what the words of an OKR say it moves, without any guess."""
    leads = [_of_key_result(kr) for kr in okr.key_results]
    leads.append([Lead(metric.id, _NAMED) for metric in okr.objective.metrics if metric.id])
    return leads


def _of_key_result(kr: KeyResult) -> list[Lead]:
    leads = [Lead(metric.id, _NAMED) for metric in kr.metrics if metric.id]
    if kr.nature in ("output", "activity") and not leads:
        for deliverable in find_deliverables(kr.text, kr.language):
            leads += [
                Lead(name, _PROVED * share, deliverable.name)
                for name, share in zip(deliverable.proves, (1.0, 0.95, 0.9, 0.87), strict=False)
            ]
    return leads


def guess_leads(okrs: Sequence[ReviewedOkr], leads: Sequence[Leads], encoder: Encoder, scale: Scale) -> None:
    """Add, for key results that name no known measure, the measures of the catalogue they are nearest to."""
    import numpy as np

    places = [(at, number) for at, okr in enumerate(okrs) for number in range(len(okr.key_results)) if not leads[at][number]]
    if not places:
        return
    ids, prototypes = measure_vectors(encoder)
    vectors = encoder.encode([wording(okrs[at].key_results[number].text) for at, number in places])
    likeness = scale.of(vectors @ prototypes.T)
    best = np.argpartition(-likeness, _GUESSES, axis=1)[:, :_GUESSES]
    values = np.take_along_axis(likeness, best, axis=1)
    for (at, number), nearest, likes in zip(places, best.tolist(), values.tolist(), strict=True):
        leads[at][number] = [
            Lead(ids[which], _GUESSED * min(1.0, 0.5 + like)) for which, like in zip(nearest, likes, strict=True) if like >= _NEAR
        ]


@per_model
def measure_vectors(encoder: Encoder) -> tuple[list[str], Vectors]:
    """Give the catalogue's measures and a vector for each: the middle of its name and question in both languages."""
    import numpy as np

    known = [*metrics().values()]
    texts = [f"{text.name}: {text.question}" for each in known for text in (each.fr, each.en)]
    rows = encode_corpus(encoder, texts).reshape(len(known), 2, -1).mean(axis=1)
    vectors: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return [each.id for each in known], vectors
