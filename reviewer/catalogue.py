"""Know what product marketing measures and makes: the metric and deliverable catalogues of `corpus/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reviewer.data import read_corpus
from reviewer.okr import Language, MetricKind


@dataclass(frozen=True, slots=True)
class MetricText:
    """Hold what a measure is called in one language, and how to ask for its value."""

    name: str
    names: tuple[str, ...]
    baseline: str
    question: str


@dataclass(frozen=True, slots=True)
class CatalogueMetric:
    """Hold one measure: its unit, the direction that is good, what drives it and what it drives."""

    id: str
    family: str
    unit: str
    good: Literal["up", "down"]
    kind: MetricKind
    vanity: bool
    scope: tuple[str, ...]
    drives: tuple[str, ...]
    en: MetricText
    fr: MetricText

    def text(self, language: Language) -> MetricText:
        """Give the words of one language."""
        return self.fr if language == "fr" else self.en


def _text(row: dict[str, Any]) -> MetricText:
    return MetricText(row["name"], tuple(row["names"]), row["baseline"], row["question"])


@cache
def metrics() -> dict[str, CatalogueMetric]:
    """Load the metric catalogue, by id; `reviewer.language.glossary.known_metrics` holds the house's own measures beside."""
    loaded = {}
    for row in read_corpus("metrics.toml")["metric"]:
        loaded[row["id"]] = CatalogueMetric(
            id=row["id"],
            family=row["family"],
            unit=row["unit"],
            good=row["good"],
            kind=row["kind"],
            vanity=row["vanity"],
            scope=tuple(row["scope"]),
            drives=tuple(row["drives"]),
            en=_text(row["en"]),
            fr=_text(row["fr"]),
        )
    return loaded


@cache
def deliverable_names(language: Language) -> tuple[str, ...]:
    """Give every name of every deliverable in one language, plurals included."""
    rows = read_corpus("deliverables.toml")["deliverable"]
    return tuple(name for row in rows for name in (*row[language]["names"], *row[language]["plurals"]))
