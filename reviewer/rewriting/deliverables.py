"""Find the deliverables that a task names: by the catalogue's names, else by a telling verb or word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from reviewer.data import read_corpus
from reviewer.language.folding import fold
from reviewer.language.lexicon import NOTHING, lexicon
from reviewer.okr import Language


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Hold one deliverable and the measures that prove it worked, most direct first."""

    id: str
    proves: tuple[str, ...]


_LONGEST = 400
"""Characters of a statement that are looked at: what it is about stands before."""

_Names = dict[str, list[tuple[tuple[str, ...], Deliverable]]]

_TRAININGS = frozenset({"training", "user-training", "partner-training", "enablement-session", "sales-coaching", "certification-programme"})
_BY_VERB = {
    "fr": (
        (re.compile(r"\bform(?:er|ons|ée?s?)\b.{0,40}\b(?:partenaires|revendeurs|intégrateurs)\b", re.IGNORECASE), "partner-training"),
        (re.compile(r"\bform(?:er|ons|ée?s?)\b.{0,40}\b(?:clients|utilisateurs|admins|administrateurs)\b", re.IGNORECASE), "user-training"),
        (
            re.compile(r"\bform(?:er|ons)\b.{0,40}\b(?:commerciaux|sales|sdr|bdr|ae|aes|vendeurs|avant-ventes|csm)\b", re.IGNORECASE),
            "training",
        ),
        (re.compile(r"\b(?:commerciaux|sales|sdr|bdr|ae|aes|vendeurs|avant-ventes|csm)\b.{0,20}\bformée?s\b", re.IGNORECASE), "training"),
    ),
    "en": (
        (re.compile(r"\btrain(?:ed|ing)?\b.{0,40}\b(?:partners|resellers|integrators)\b", re.IGNORECASE), "partner-training"),
        (re.compile(r"\btrain(?:ed|ing)?\b.{0,40}\b(?:customers|users|admins)\b", re.IGNORECASE), "user-training"),
        (
            re.compile(r"\btrain(?:ed|ing)?\b.{0,40}\b(?:reps|sellers|sales|sdrs|bdrs|aes|account executives|csms)\b", re.IGNORECASE),
            "training",
        ),
        (re.compile(r"\b(?:reps|sellers|sales|sdrs|bdrs|aes|account executives|csms)\b.{0,20}\btrained\b", re.IGNORECASE), "training"),
    ),
}
"""Deliverables that a verb names: training reps on a pitch is training, not a pitch."""

_BY_WORD = {
    "fr": (
        (re.compile(r"\b(?:briefe[rz]?|gartner|forrester|analystes?)\b", re.IGNORECASE), "analyst-briefing"),
        (re.compile(r"\b(?:messaging|positionnement|discours)\b", re.IGNORECASE), "messaging-framework"),
        (re.compile(r"\b(?:pricing|tarifs?|tarification)\b", re.IGNORECASE), "pricing-study"),
        (re.compile(r"\b(?:packaging|gamme tarifaire)\b", re.IGNORECASE), "packaging-revision"),
        (re.compile(r"\bpartenaires\b.*\bkit\b|\bkit\b.*\bpartenaires\b", re.IGNORECASE), "partner-kit"),
        (re.compile(r"\b(?:enablement|kit de vente|argumentaires?)\b", re.IGNORECASE), "one-pager"),
    ),
    "en": (
        (re.compile(r"\b(?:gartner|forrester|analysts?)\b", re.IGNORECASE), "analyst-briefing"),
        (re.compile(r"\b(?:messaging|positioning)\b", re.IGNORECASE), "messaging-framework"),
        (re.compile(r"\b(?:pricing tiers?|packaging|plans and prices)\b", re.IGNORECASE), "packaging-revision"),
        (re.compile(r"\bpricing\b", re.IGNORECASE), "pricing-study"),
        (re.compile(r"\b(?:enablement|sales kit)\b", re.IGNORECASE), "one-pager"),
    ),
}
"""Deliverables that a lone word stands for when no catalogue name is found."""


@cache
def _by_name(language: Language) -> _Names:
    """Index the catalogue's names by their first stem, longest first; the other language's serve too, unless a single word."""
    index: _Names = {}
    other: Language = "en" if language == "fr" else "fr"
    for row in read_corpus("deliverables.toml")["deliverable"]:
        deliverable = Deliverable(row["id"], tuple(row["proves"]))
        for spoken in (language, other):
            for name in (*row[spoken]["names"], *row[spoken]["plurals"]):
                parts = stems(name, language)
                if len(parts) > (spoken != language):
                    index.setdefault(parts[0], []).append((parts, deliverable))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


@cache
def _by_id() -> dict[str, Deliverable]:
    return {row["id"]: Deliverable(row["id"], tuple(row["proves"])) for row in read_corpus("deliverables.toml")["deliverable"]}


def stems(text: str, language: Language) -> tuple[str, ...]:
    """Cut a text into the stems of its words."""
    return tuple(word.stem for word in lexicon(language).words(fold(text).text))


@lru_cache(maxsize=512)
def find_deliverables(text: str, language: Language) -> tuple[Deliverable, ...]:
    """Find the deliverables a statement names, the one it is about first.

    French puts the head of a compound first, English last ("roadmap webinar", "new pricing page"); a verb
    that doubles as a name ("Release", "Rewrite") comes after all others.
    """
    found: list[Deliverable] = []
    text = text[:_LONGEST]
    words = stems(text, language)
    late: list[Deliverable] = []
    at, last = 0, -1
    while at < len(words):
        length, deliverable = _match(words, at, language)
        if deliverable is not None:
            if at == 0 and length == 1 and lexicon(language).verb_at(lexicon(language).words(fold(text).text), 0) is not NOTHING:
                late.append(deliverable)
            elif deliverable not in found:
                found.insert(len(found) - 1 if language == "en" and at == last else len(found), deliverable)
            last = at + length
        at += max(1, length)
    found += [each for each in late if each not in found]
    by_verb = next((name for verb, name in _BY_VERB[language] if verb.search(text)), None)
    if by_verb and not any(each.id in _TRAININGS for each in found):
        found.insert(0, _by_id()[by_verb])
    by_word = next((name for word, name in _BY_WORD[language] if word.search(text)), None)
    if by_word and (not found or found == late):
        found.insert(0, _by_id()[by_word])
    return tuple(found)


def _match(words: tuple[str, ...], at: int, language: Language) -> tuple[int, Deliverable | None]:
    """Give the longest name at a word; in English one that starts inside it and ends later is the head, and wins."""
    length, deliverable = _longest(words, at, language)
    if language == "en" and deliverable is not None:
        for inside in range(at + 1, at + length):
            inner, head = _longest(words, inside, language)
            if head is not None and inside + inner > at + length:
                return 1, None  # the walk meets the head in its turn
    return length, deliverable


def _longest(words: tuple[str, ...], at: int, language: Language) -> tuple[int, Deliverable | None]:
    for parts, deliverable in _by_name(language).get(words[at], ()):
        if words[at : at + len(parts)] == parts:
            return len(parts), deliverable
    return 0, None
