"""Find the measures that a statement names: catalogue ids first, general measure words after."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reviewer.catalogue import CatalogueMetric
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics, per_house, present_house
from reviewer.language.lexicon import Word, _read, lexicon, listed, stem
from reviewer.okr import Language

_LITTLE = frozenset("the a an of in on our de du des d' l' le la les un une nos notre sur en".split())


class Measure(NamedTuple):
    """Hold a measure found at [start, end) of the folded text; `metric` when the catalogue knows it."""

    start: int
    end: int
    metric: CatalogueMetric


class _Names(NamedTuple):
    """Hold the names of measures, as stems, and by their first stem how many stems they have, longest first."""

    metrics: dict[tuple[str, ...], CatalogueMetric]
    lengths: dict[str, tuple[int, ...]]


@per_house(4)
def _names(language: Language) -> _Names:
    """Gather the names of measures; the other language's serve too (win rate, churn).

    A name that the house gives to a measure of its own is that measure, whatever the catalogue calls so.
    """
    named: dict[tuple[str, ...], CatalogueMetric] = {}
    lengths: dict[str, set[int]] = {}
    other: Language = "en" if language == "fr" else "fr"
    house = present_house()
    own = house.own if house is not None else ()
    for measures, spoken in ((own, language), (own, other), ((known := known_metrics().values()), language), (known, other)):
        words_of = lexicon(spoken)
        for metric in measures:
            text = metric.text(spoken)
            for name in (text.name, *text.names):
                key = tuple(_key(words_of.words(fold(name).text), language))
                if key:
                    named.setdefault(key, metric)
                    lengths.setdefault(key[0], set()).add(len(key))
    return _Names(named, {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()})


def _key(words: Sequence[Word], language: Language) -> list[str]:
    return [stem(word.text, language) for word in words if word.text not in _LITTLE]


@cache
def _unsure(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    signs = _read(f"{language}.toml")["signs"]
    return frozenset(listed(signs["ambiguous_measures"])), frozenset(listed(signs["ambiguous_before"]))


def _ambiguous(bare: Sequence[Word], at: int, words: Sequence[Word], language: Language) -> bool:
    """Tell "regional leads" and "that lead to" from the leads that are counted."""
    names, before = _unsure(language)
    if bare[at].stem not in names:
        return False
    return bare[at].text == bare[at].stem or at > 0 and bare[at - 1].text in before


def find_measures(words: Sequence[Word], language: Language) -> list[Measure]:
    """Find the catalogue's measures among the words, longest name first, little words between them ignored."""
    found: list[Measure] = []
    metrics, lengths = _names(language)
    bare = [word for word in words if word.text not in _LITTLE]
    stems = tuple(word.stem for word in bare)
    at = 0
    while at < len(bare):
        for length in lengths.get(stems[at], ()):
            if at + length > len(stems):
                continue
            metric = metrics.get(stems[at : at + length])
            if metric is not None and not (length == 1 and _ambiguous(bare, at, words, language)):
                found.append(Measure(bare[at].start, bare[at + length - 1].end, metric))
                at += length - 1
                break
        at += 1
    return found
