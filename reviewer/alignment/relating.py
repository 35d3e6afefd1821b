"""Say how much each key result has to do with its objective and with its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reviewer.alignment.causes import paths_from, strength
from reviewer.alignment.evidence import bears_on
from reviewer.corpus import encode_corpus, load_corpus, wording
from reviewer.data import read_corpus
from reviewer.encoder import Scale, per_model, scale_of
from reviewer.language.glossary import known_metrics, per_house
from reviewer.okr import ReviewedOkr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reviewer.encoder import Encoder, Vectors

UNRELATED = 0.15
"""Below this a key result is clearly about something else: 1 in 100 of the example OKRs' falls below (benchmarks/matching.py)."""

_MIDDLE = 0.3
"""Where a key result stands whose words are no nearer than chance and whose measure is unknown."""

_LINK, _NO_LINK, _INSIDE = 0.5, 0.12, 0.7
"""What a causal link between measures adds, what its absence takes, what an inward result among others takes."""

_INWARD = frozenset({"people", "quality"})
"""Families of measures about how the company itself runs; product marketing moves none of them."""

_CLEARLY = 0.05
"""How much nearer (likeness) a result must be to inward ones than to product marketing's to be one of them."""

_NEAR_AIM = 0.3
"""From here on (likeness with the objective) an inward result is there on purpose."""


def relatedness(okrs: Sequence[ReviewedOkr], encoder: Encoder) -> list[list[float]]:
    """Give from 0 to 1, per OKR and key result, how much it has to do with its objective; below UNRELATED it is elsewhere.

    Words (cosine with the objective and with the other key results) and measures (a causal path between them, or a
    common effect) each speak; an OKR with a single key result and no objective has nothing to compare: 1.
    """
    if not okrs:
        return []
    scale = scale_of(encoder)
    texts = [*dict.fromkeys(text for okr in okrs for text in (okr.objective.text, *(wording(kr.text) for kr in okr.key_results)))]
    rows = encoder.encode(texts)
    place = {text: at for at, text in enumerate(texts)}
    inward = _inward(rows, encoder, scale).tolist()
    found = []
    for okr in okrs:
        near = _nearness(okr, place, rows)
        aims = rows[place[okr.objective.text]]
        measures = [frozenset(bears_on(kr)) for kr in okr.key_results]
        aim = frozenset(metric.id for metric in okr.objective.metrics if metric.id)
        inside = [_is_inward(measures[at], inward[place[wording(kr.text)]]) for at, kr in enumerate(okr.key_results)]
        house = inward[place[okr.objective.text]] or sum(inside) * 2 > len(inside)
        scores = []
        for at, cosine in enumerate(near):
            if cosine is None:
                scores.append(1.0)
                continue
            others = aim.union(*(each for other, each in enumerate(measures) if other != at))
            value = (
                _MIDDLE
                + scale.stretch(cosine)
                + _say_measures(measures[at], others, named=okr.key_results[at].nature not in ("output", "activity"))
            )
            if inside[at] and not house and scale.stretch(float(aims @ rows[place[wording(okr.key_results[at].text)]])) < _NEAR_AIM:
                value -= _INSIDE
            scores.append(round(min(1.0, max(0.0, value)), 3))
        found.append(scores)
    return found


def _inward(rows: Vectors, encoder: Encoder, scale: Scale) -> NDArray[np.bool_]:
    """Tell which texts are nearer to inward results than to any key result of the example OKRs."""
    ours, theirs = _results(encoder)
    margin = (rows @ theirs.T).max(axis=1) - (rows @ ours.T).max(axis=1)
    clearly: NDArray[np.bool_] = margin > _CLEARLY * (scale.same - scale.other)
    return clearly


@per_model
def _results(encoder: Encoder) -> tuple[Vectors, Vectors]:
    """Give the vectors of the example OKRs' key results, and those of inward results."""
    examples = [wording(text) for okr in load_corpus().okrs for text in okr.key_results]
    data = read_corpus("alignment.toml")["inward"]
    theirs = [*data["fr"], *data["en"]]
    rows = encode_corpus(encoder, examples + theirs)
    return rows[: len(examples)], rows[len(examples) :]


def _is_inward(measures: frozenset[str], by_words: bool) -> bool:
    """Trust the measure named, where there is one; the words otherwise."""
    catalogue = known_metrics()
    return all(catalogue[name].family in _INWARD for name in measures) if measures else by_words


def _nearness(okr: ReviewedOkr, place: dict[str, int], rows: Vectors) -> list[float | None]:
    """Give per key result the mean of its cosine with the objective and its mean cosine with the other key results."""
    count = len(okr.key_results)
    if not count:
        return []
    own = rows[[place[wording(kr.text)] for kr in okr.key_results]]
    parts = []
    if okr.objective.text.strip():
        parts.append(own @ rows[place[okr.objective.text]])
    if count > 1:
        together = own @ own.T
        parts.append((together.sum(axis=1) - together.diagonal()) / (count - 1))
    if not parts:
        return [None] * count
    return [float(value) for value in sum(parts) / len(parts)]


def _say_measures(mine: frozenset[str], others: frozenset[str], named: bool) -> float:
    """Weigh what the measures say: a link speaks for, its absence a little against if `mine` are named, unknown ones not at all."""
    if not mine or not others:
        return 0.0
    link = max(_link(a, b) for a in mine for b in others)
    return _LINK * link if link else -_NO_LINK if named else 0.0


@per_house(None)
def _link(a: str, b: str) -> float:
    """Say from 0 to 1 how close two measures are: one moves the other, or both move a third within few steps."""
    direct = max(strength(a, b), strength(b, a))
    if direct:
        return direct
    left, right = paths_from(a), paths_from(b)
    steps = [len(left[name]) + len(right[name]) - 2 for name in left.keys() & right.keys()]
    return float(0.9 ** min(steps)) if steps and min(steps) <= 3 else 0.0
