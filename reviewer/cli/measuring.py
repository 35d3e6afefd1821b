"""Show the metric catalogue: what product marketing measures, what it moves, where a baseline is found."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reviewer.catalogue import CatalogueMetric
from reviewer.catalogue import metrics as catalogue
from reviewer.cli import output
from reviewer.errors import ReviewerError
from reviewer.language.folding import fold
from reviewer.okr import Language
from reviewer.report.lines import print_line
from reviewer.rules.typography import typeset_french
from reviewer.settings import nearest

if TYPE_CHECKING:
    from rich.console import Console

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "name": "Measure",
        "unit": "Unit",
        "good": "Good news",
        "drives": "Drives",
        "baseline": "Baseline",
        "up": "when it rises",
        "down": "when it falls",
        "vanity": "vanity: it can rise with nobody better off",
        "top": "nothing further: it is a company result",
        "none": "No measure{family} has {query} in its name{near}; `okr metrics` lists all {n}.",
        "label": "{label}: {text}",
        "of_family": " of the family {family}",
        "list": ", ",
    },
    "fr": {
        "name": "Mesure",
        "unit": "Unité",
        "good": "Bonne nouvelle",
        "drives": "Fait bouger",
        "baseline": "Point de départ",
        "up": "à la hausse",
        "down": "à la baisse",
        "vanity": "chiffre flatteur\u00a0: il peut monter sans que personne ne s’en porte mieux",
        "top": "rien de plus : c’est un résultat d’entreprise",
        "none": "Aucune mesure{family} n’a {query} dans son nom{near} ; `okr metrics` les donne toutes, {n}.",
        "label": "{label} : {text}",
        "of_family": " de la famille {family}",
        "list": ", ",
    },
}
_UNITS: dict[str, dict[Language, str]] = {
    "percent": {"en": "percent", "fr": "pourcentage"},
    "points": {"en": "points", "fr": "points"},
    "money": {"en": "money", "fr": "montant"},
    "days": {"en": "days", "fr": "jours"},
    "hours": {"en": "hours", "fr": "heures"},
    "minutes": {"en": "minutes", "fr": "minutes"},
    "seconds": {"en": "seconds", "fr": "secondes"},
    "count": {"en": "count", "fr": "nombre"},
    "score": {"en": "score", "fr": "note"},
    "ratio": {"en": "ratio", "fr": "rapport"},
    "rank": {"en": "rank", "fr": "rang"},
}


class UnknownFamilyError(ReviewerError):
    """Refuse a family that no measure is of; names the nearest one."""


def list_metrics(query: str, family: str | None, format: str, language: Language) -> None:
    """Print the measures of a family whose names hold the words of a query."""
    families = sorted({metric.family for metric in catalogue().values()})
    if family is not None and family not in families:
        msg = f"no measure is of the family {family!r}{nearest(family, families)}; the families are {', '.join(families)}"
        raise UnknownFamilyError(msg)
    found = [metric for metric in search(query) if family in (None, metric.family)]
    if format == "json":
        output.print_data(json.dumps([_as_data(metric, language) for metric in found], indent=2, ensure_ascii=False))
    elif not found:
        output.print_text(_say_none(query, family, language))
    elif format == "markdown":
        output.print_text(_table(found, language))
    else:
        with output.terminal() as console:
            _print(console, found, language)


def search(query: str) -> list[CatalogueMetric]:
    """Find the measures that a name of holds every word of the query, or their beginnings; exact names first.

    Case, accents and the language of the name do not count.
    """
    wanted = _fold(query)
    words = wanted.split()
    found = []
    for metric in catalogue().values():
        ranks = [rank for name in _names(metric) if (rank := _rank(name, wanted, words)) is not None]
        if ranks:
            found.append((min(ranks), metric))
    return [metric for _, metric in sorted(found, key=lambda each: each[0])]


def _rank(name: str, wanted: str, words: Sequence[str]) -> int | None:
    """Rank a name that holds all the words: 0 the very name, 1 whole words, 2 their beginnings."""
    own = name.split()
    if name == wanted:
        return 0
    if all(word in own for word in words):
        return 1 if words else 0
    return 2 if all(any(each.startswith(word) for each in own) for word in words) else None


def _names(metric: CatalogueMetric) -> list[str]:
    return [_fold(name) for text in (metric.en, metric.fr) for name in (text.name, *text.names)] + [_fold(metric.id)]


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).text))


def _as_data(metric: CatalogueMetric, language: Language) -> dict[str, Any]:
    text = metric.text(language)
    return {
        "id": metric.id,
        "family": metric.family,
        "language": language,
        "name": text.name,
        "names": [*text.names],
        "unit": metric.unit,
        "good": metric.good,
        "kind": metric.kind,
        "vanity": metric.vanity,
        "scope": [*metric.scope],
        "drives": [*metric.drives],
        "baseline": _set(text.baseline, language),
        "question": _set(text.question, language),
    }


def _facts(metric: CatalogueMetric, language: Language) -> dict[str, str]:
    """Say what is known of a measure, by the name of its column."""
    words = _WORDS[language]
    driven = words["list"].join(catalogue()[id].text(language).name for id in metric.drives)
    return {
        "unit": _UNITS[metric.unit][language],
        "good": words[metric.good] + (f" ({words['vanity']})" if metric.vanity else ""),
        "drives": driven or ("–" if metric.vanity else words["top"]),
        "baseline": _set(metric.text(language).baseline, language),
    }


def _set(text: str, language: Language) -> str:
    return typeset_french(text) if language == "fr" else text


def _say_none(query: str, family: str | None, language: Language) -> str:
    words = _WORDS[language]
    names = {name for metric in catalogue().values() for name in (metric.text(language).name, *metric.text(language).names)}
    near = nearest(query, names)
    if language == "fr":
        near = near.replace("did you mean", "vouliez-vous dire").replace("?)", " ?)")
    return _set(
        words["none"].format(
            query=repr(query), near=near, n=len(catalogue()), family=words["of_family"].format(family=family) if family else ""
        ),
        language,
    )


def _table(found: Sequence[CatalogueMetric], language: Language) -> str:
    words = _WORDS[language]
    columns = ("unit", "good", "drives", "baseline")
    rows = [f"| {' | '.join(words[name] for name in ('name', *columns))} |", "|---|---|---|---|---|"]
    for metric in found:
        facts = _facts(metric, language)
        rows.append(f"| {' | '.join(_cell(text) for text in (metric.text(language).name, *(facts[name] for name in columns)))} |")
    return "\n".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _print(console: Console, found: Sequence[CatalogueMetric], language: Language) -> None:
    words = _WORDS[language]
    for number, metric in enumerate(found):
        if number:
            console.print()
        facts = _facts(metric, language)
        print_line(console, [(metric.text(language).name, "bold"), (f"  {metric.id} · {metric.family}", "dim")])
        print_line(console, [(f"{facts['unit']}, {words['good'].lower()} {facts['good']}", "")], 2)
        for name in ("drives", "baseline"):
            print_line(console, [(_set(words["label"].format(label=words[name], text=facts[name]), language), "")], 2)
