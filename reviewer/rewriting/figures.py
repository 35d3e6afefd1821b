"""Put neutral figures in the place of slots, in a copy that is only read by the rules and never shown."""

from __future__ import annotations

import re
from typing import NamedTuple

from reviewer.catalogue import CatalogueMetric
from reviewer.okr import KeyResult, Language, Quantity

_WORDS = {
    "day": ("jours", "days"), "hour": ("heures", "hours"), "minute": ("minutes", "minutes"), "second": ("secondes", "seconds"),
    "week": ("semaines", "weeks"), "month": ("mois", "months"), "year": ("ans", "years"), "millisecond": ("ms", "ms"),
}  # fmt: skip
_SIGNS = {"EUR": "€{}", "USD": "${}", "GBP": "£{}", "CHF": "CHF {}", "XOF": "{} FCFA"}
_CATALOGUE_UNITS = {"days": "day", "hours": "hour", "minutes": "minute", "seconds": "second", "money": "EUR", "percent": "percent"}


class Figures(NamedTuple):
    """Hold two neutral values that make a change real: where it starts and where it goes."""

    start: str
    goal: str


def neutral(unit: str | None, falling: bool, language: Language) -> Figures:
    """Give a start and a goal in `unit` (of the catalogue or of a quantity), far enough apart to be a change."""
    unit = _CATALOGUE_UNITS.get(unit or "", unit)
    low, high = (2.0, 4.0) if unit in ("score", "star") else (1.5, 3.0) if unit in ("ratio", "factor") else (10.0, 25.0)
    start, goal = (high, low) if falling else (low, high)
    return Figures(written(start, unit, language), written(goal, unit, language))


def for_measure(metric: CatalogueMetric, language: Language) -> Figures:
    """Give a neutral change of a measure of the catalogue, in the direction that is good news."""
    return neutral(metric.unit, metric.good == "down", language)


def away_from(target: Quantity, falling: bool, unit: str | None, language: Language) -> str:
    """Give a neutral start that makes the draft's own target a real change."""
    value = abs(target.value or 0.0)
    if value == 0:
        start = 10.0
    elif not falling:
        start = value / 2
    else:
        start = (value + 100) / 2 if target.unit == "percent" and value < 100 else value * 2
    text = written(start, target.unit or _CATALOGUE_UNITS.get(unit or ""), language)
    return f"{text}/{target.out_of:g}" if target.out_of else text


def written(value: float, unit: str | None, language: Language) -> str:
    """Write a value in a unit as authors do."""
    digits = f"{value:.4f}".rstrip("0").rstrip(".")
    if language == "fr":
        digits = digits.replace(".", ",")
    if unit == "percent":
        return f"{digits} %" if language == "fr" else f"{digits}%"
    if unit in _SIGNS:
        return f"{digits} €" if unit == "EUR" and language == "fr" else _SIGNS[unit].format(digits)
    if unit in _WORDS:
        return f"{digits} {_WORDS[unit][0 if language == 'fr' else 1]}"
    return digits


_RATHER_MORE = re.compile(
    r"\b(?:plus|moins|more|less|higher|lower|fewer|smaller|larger|sooner|faster|above|below|up|down|dessus|hausse|baisse|growth|yoy|over|beat)\b",
    re.IGNORECASE,
)


def is_a_change(kr: KeyResult) -> bool:
    """Tell "+8 points" and "40% higher than last year" from a level to reach, also where the facts leave it open."""
    target = kr.target
    if target is None:
        return False
    before, after = kr.text[: target.span[0] - kr.span[0]], kr.text[target.span[1] - kr.span[0] :]
    if target.relative:
        threshold = (f"{kr.metric.text} d'au moins", f"{kr.metric.text} of at least") if kr.metric is not None else ("\n",)
        return target.unit is not None or not before.rstrip().endswith(threshold)
    if target.unit == "points":
        return True
    compared = kr.baseline is not None and kr.baseline.kind == "reference"
    return compared and target.comparator is None and (target.unit == "percent" or bool(_RATHER_MORE.search(after)))


def falls(kr: KeyResult, known: CatalogueMetric | None) -> bool:
    """Tell a change downwards: by the draft's own direction, else by what is good news for its measure."""
    if kr.direction in ("up", "down"):
        return kr.direction == "down"
    if kr.target is not None and kr.target.comparator in ("<", "<="):
        return True
    if kr.target is not None and kr.target.value == 0:
        return True
    return known is not None and known.good == "down"
