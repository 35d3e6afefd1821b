"""Know the kinds of product marketing work: what points to each, what would prove it, which states are worth wanting."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reviewer.data import read_corpus
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics
from reviewer.language.lexicon import listed
from reviewer.okr import Language

_OPENING = 2
"""Characters into a text within which a cue opens it: what one sets out to do comes first."""

RIVAL, THING = "{rival}", "{thing}"
"""What a wanted state leaves open: the rival or the thing that the idea names."""


@dataclass(frozen=True, slots=True)
class Work:
    """Hold one kind of work: the measures that would prove it (catalogue ids, best first), and states worth wanting.

    `families` are families of measures that speak of it; `examples` are ids of examples whose objective holds for any market.
    """

    id: str
    families: frozenset[str]
    measures: tuple[str, ...]
    examples: frozenset[str]
    states: dict[Language, tuple[str, ...]]
    cues: dict[Language, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Effect:
    """Hold what a deliverable should change, said as a wanted state; empty where the words need the deliverable beside them."""

    work: str
    states: dict[Language, str]


@cache
def works() -> dict[str, Work]:
    """Load the kinds of work, by id."""
    rows = tomllib.loads((files("reviewer.drafting") / "works.toml").read_text(encoding="utf-8"))["work"]
    return {
        row["id"]: Work(
            id=row["id"],
            families=frozenset(row["families"]),
            measures=tuple(row["measures"]),
            examples=frozenset(row["examples"]),
            states={"fr": tuple(row["fr"]), "en": tuple(row["en"])},
            cues={"fr": _pattern(row["cues"]["fr"]), "en": _pattern(row["cues"]["en"])},
        )
        for row in rows
    }


def _pattern(cues: str) -> re.Pattern[str]:
    words = "|".join(re.escape(cue).replace(r"\*", r"\w*") for cue in listed(cues))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")


def works_of(text: str, language: Language, measures: Sequence[str], deliverables: Sequence[str]) -> dict[str, float]:
    """Weigh the kinds of work that a text speaks of: by its deliverables, its measures and its own words."""
    folded, catalogue = fold(text).text, known_metrics()
    found: dict[str, float] = {}
    for work in works().values():
        cued = {match[0]: match.start() for match in reversed([*work.cues[language].finditer(folded)])}
        weight = 1.0 * min(2, len(cued)) + 1.5 * any(place < _OPENING for place in cued.values())
        weight += sum(1.5 if catalogue[name].family in work.families else 0.7 * (name in work.measures[:5]) for name in measures)
        weight += sum(2.0 / (1 + place) for place, name in enumerate(deliverables) if effects()[name].work == work.id)
        if weight:
            found[work.id] = weight
    return found


_NEEDS_ITS_THING = {
    "fr": re.compile(r"s'en\b|\by\b(?! reconnaiss)|l'(?:adopt|ont|essa|ouvr|ach[eè]t|appli)\w*ent\b|à cause de lui|sans lui|\bfont circuler|ils (?:la|le|les)\b"
                     r"|\b(?:la|le) (?:font circuler|branchent|consultent|notent|suivent|recommandent|regretteraient|gardent|placent|cherchent)\b|bâtissent dessus"),
    "en": re.compile(r"\b(?:it|them|this|there)\b"),
}  # fmt: skip
"""Words of an effect that mean the deliverable, which an objective does not name."""


@cache
def effects() -> dict[str, Effect]:
    """Give what each deliverable of the catalogue should change, by id."""
    return {
        row["id"]: Effect(row["work"], {"fr": _state(row["fr"]["effect"], "fr"), "en": _state(row["en"]["effect"], "en")})
        for row in read_corpus("deliverables.toml")["deliverable"]
    }


def _state(effect: str, language: Language) -> str:
    if _NEEDS_ITS_THING[language].search(effect):
        return ""
    return effect[0].upper() + effect[1:]
