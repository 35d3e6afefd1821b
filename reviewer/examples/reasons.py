"""Say in the draft's language what an example shares with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from reviewer.data import read_corpus
from reviewer.language.glossary import known_metrics
from reviewer.okr import Language


def shared_measures(mine: Mapping[str, float], theirs: frozenset[str]) -> list[str]:
    """Give the measures two statements share, those that count most first."""
    return sorted(mine.keys() & theirs, key=lambda name: (-mine[name], name))


def all_measures(each: Iterable[Mapping[str, float]]) -> dict[str, float]:
    whole: dict[str, float] = {}
    for measures in each:
        for name, much in measures.items():
            whole[name] = max(much, whole.get(name, 0.0))
    return whole


def say_why(shared: Sequence[str], work: str, drafted: str, language: Language) -> str:
    """Say what an example shares with the draft: the measure where there is one, else the kind of work, else its words."""
    if shared:
        catalogue = known_metrics()
        names = [catalogue[name].text(language).name for name in shared if name in catalogue][:2]
        return _words()["same measure"][language].format(", ".join(names))
    label = _label("work", work, language) if work == drafted else ""
    return _words()["same work"][language].format(label) if label else _words()["near words"][language]


@cache
def _words() -> dict[str, dict[Language, str]]:
    return {
        "same measure": {"fr": "même mesure\u00a0: {}", "en": "same measure: {}"},
        "same work": {"fr": "même genre de travail\u00a0: {}", "en": "same kind of work: {}"},
        "same weakness": {"fr": "même faiblesse\u00a0: {}", "en": "same weakness: {}"},
        "near words": {"fr": "mots proches", "en": "similar words"},
    }


def _label(table: str, name: str, language: Language) -> str:
    row = read_corpus("matching.toml")[table].get(name)
    return str(row[language]) if row else ""


def say_weakness(rule: str, language: Language) -> str:
    """Say that an example had the same weakness, and which."""
    return _words()["same weakness"][language].format(_label("weakness", rule, language))
