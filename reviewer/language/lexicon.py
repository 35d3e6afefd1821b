"""Load what words mean, per language, and find it in a sequence of words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from reviewer.catalogue import deliverable_names
from reviewer.language.folding import fold
from reviewer.okr import Language

_WORD = re.compile(r"[a-z0-9]+(?:[-+'./][a-z0-9]+)*'?")


class Word(NamedTuple):
    """Hold a folded word, its stem (plural taken off) and its place in the folded text."""

    text: str
    stem: str
    start: int
    end: int


class Sense(NamedTuple):
    """Hold what a run of `length` words means: its classes and, for a verb, its base form."""

    classes: frozenset[str]
    base: str
    length: int


NOTHING = Sense(frozenset(), "", 1)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Hold one language's words, ready to be looked up."""

    language: Language
    verbs: dict[str, list[tuple[tuple[str, ...], frozenset[str], str]]]
    nouns: dict[str, list[tuple[tuple[str, ...], frozenset[str], str]]]
    months: frozenset[str]
    team_subjects: frozenset[str]
    product_subjects: frozenset[str]
    first_person: frozenset[str]
    anyone: frozenset[str]

    def words(self, folded: str) -> list[Word]:
        """Cut a folded text into words."""
        return [*(_kept_words if len(folded) <= _SHORT else _cut)(folded, self.language)]

    def verb_at(self, words: Sequence[Word], at: int) -> Sense:
        """Find the longest verb that starts at word `at`."""
        if at >= len(words):
            return NOTHING
        for parts, classes, base in self.verbs.get(words[at].text, ()):
            if len(parts) == 1 or _runs(words, at, parts):
                return Sense(classes, base, len(parts))
        return NOTHING

    def noun_at(self, words: Sequence[Word], at: int) -> Sense:
        """Find the longest noun that starts at word `at`, singular or plural."""
        if at >= len(words):
            return NOTHING
        for parts, classes, base in self.nouns.get(words[at].stem, ()):
            if len(parts) == 1 or _runs_by_stem(words, at, parts):
                return Sense(classes, base, len(parts))
        return NOTHING


_SHORT = 400
"""Characters of a statement whose words are kept: each step of a review asks for them again."""


def _cut(folded: str, language: Language) -> tuple[Word, ...]:
    found = []
    for match in _WORD.finditer(folded):
        text = match[0]
        start = match.start()
        if "'" not in text:
            found.append(Word(text, stem(text, language) if text[-1] in "sx" else text, start, match.end()))
            continue
        if language == "fr":
            while (cut := text.find("'")) in (1, 2, 5, 6) and len(text) > cut + 1:  # l', qu', jusqu', lorsqu'
                head = text[: cut + 1]
                if head == "aujourd'":
                    break
                found.append(Word(head, head, start, start + cut + 1))
                text, start = text[cut + 1 :], start + cut + 1
        elif text.endswith("'s"):
            text = text[:-2]
        found.append(Word(text, stem(text, language), start, start + len(text)))
    return tuple(found)


_kept_words = lru_cache(maxsize=2048)(_cut)
"""As many as a chunk of a quarter's OKRs asks for between the first step and the last."""


@lru_cache(maxsize=65_536)
def stem(word: str, language: Language) -> str:
    """Take the plural off a folded word, roughly and always in the same way."""
    if len(word) < 4 or word[-1] not in "sx":
        return word
    if language == "en":
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches", "xes")):
            return word[:-2]
        if word.endswith(("ss", "us", "is")) or word[-1] == "x":
            return word
        return word[:-1]
    if word.endswith(("eaux", "eux", "oux")):
        return word[:-1]
    return word[:-1] if not word.endswith("ss") else word


@cache
def lexicon(language: Language) -> Lexicon:
    """Load the lexicon of `language` from its data file, once."""
    data = _read(f"{language}.toml")
    verbs: dict[tuple[str, ...], tuple[set[str], str]] = {}
    for name, text in data["verbs"].items():
        for base in listed(text):
            for form in _forms(base, language):
                classes, _ = verbs.setdefault(tuple(form.split()), (set(), base))
                classes.add(name)
    bases = {" ".join(parts): classes for parts, (classes, _) in verbs.items()}
    for pair in listed(data["irregular"]["forms"]):
        form, _, base = pair.partition("=")
        classes = bases.get(base, set())
        verbs[tuple(form.split())] = (set(classes) or {"behave"}, base)
    nouns: dict[tuple[str, ...], tuple[set[str], str]] = {}
    for name, text in data["nouns"].items():
        if name in ("month", "team_subject", "product_subject", "first_person", "anyone"):
            continue
        for noun in listed(text):
            key = tuple(stem(part, language) for part in _parted(noun.lower(), language))
            nouns.setdefault(key, (set(), noun))[0].add(name)
            if name == "done" and language == "fr":
                for ending in ("e", "s", "es"):
                    nouns.setdefault((*key[:-1], stem(key[-1] + ending, language)), (set(), noun))[0].add(name)
    for name in _catalogue_names(language):
        key = tuple(stem(part, language) for part in _parted(name, language))
        head = nouns.get((key[-1] if language == "en" else key[0],), (set(), ""))[0]
        if not head and language == "fr":  # "nouveau logo": the head stands after its adjective
            head = nouns.get((key[1],), (set(), ""))[0]
        if not head & {"obtained", "people", "measure", "level"}:
            nouns.setdefault(key, ({"deliverable"}, name))
    words = data["nouns"]
    return Lexicon(
        language=language,
        verbs=_by_first(verbs),
        nouns=_by_first(nouns),
        months=frozenset(listed(words["month"])),
        team_subjects=frozenset(listed(words["team_subject"])),
        product_subjects=frozenset(listed(words["product_subject"])),
        first_person=frozenset(listed(words["first_person"])),
        anyone=frozenset(listed(words["anyone"])),
    )


def _catalogue_names(language: Language) -> Iterable[str]:
    """Give the names of the deliverable catalogue that are more than one word, folded as statements are."""
    for name in deliverable_names(language):
        folded = " ".join(match[0] for match in _WORD.finditer(fold(name).text))
        if " " in folded:
            yield folded


def listed(text: str) -> list[str]:
    """Read a comma-separated list of the data files."""
    return [item for item in (" ".join(part.split()) for part in text.split(",")) if item]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("reviewer.language") / name).read_text(encoding="utf-8"))


def _parted(name: str, language: Language) -> list[str]:
    """Part a name as the words of a text are parted: "appel d'offres" is three words in French."""
    return (name.replace("'", "' ") if language == "fr" else name).split()


def _by_first(
    entries: dict[tuple[str, ...], tuple[set[str], str]],
) -> dict[str, list[tuple[tuple[str, ...], frozenset[str], str]]]:
    index: dict[str, list[tuple[tuple[str, ...], frozenset[str], str]]] = {}
    for parts, (classes, base) in entries.items():
        index.setdefault(parts[0], []).append((parts, frozenset(classes), base))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


def _runs(words: Sequence[Word], at: int, parts: tuple[str, ...]) -> bool:
    if len(words) < at + len(parts):
        return False
    for place, part in enumerate(parts, at):  # noqa: SIM110 (a generator costs more than what it looks at)
        if words[place].text != part:
            return False
    return True


def _runs_by_stem(words: Sequence[Word], at: int, parts: tuple[str, ...]) -> bool:
    if len(words) < at + len(parts):
        return False
    for place, part in enumerate(parts, at):  # noqa: SIM110
        if words[place].stem != part:
            return False
    return True


def _forms(base: str, language: Language) -> Iterable[str]:
    first, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    inflect = _english if language == "en" else _french
    return [form + tail for form in inflect(first)]


def _english(verb: str) -> list[str]:
    vowel = (
        len(verb) > 1
        and verb[-1] not in "aeiouywx"
        and verb[-2] in "aeiou"
        and len(verb) <= 4
        and (len(verb) < 3 or verb[-3] not in "aeiou")
    )
    if verb.endswith("e"):
        return [verb, verb + "s", verb[:-1] + "ing", verb + "d"]
    if verb.endswith("y") and verb[-2:-1] not in ("a", "e", "o", "u"):
        return [verb, verb[:-1] + "ies", verb + "ing", verb[:-1] + "ied"]
    if verb.endswith(("s", "x", "ch", "sh", "z")):
        return [verb, verb + "es", verb + "ing", verb + "ed"]
    doubled = [verb + verb[-1] + "ing", verb + verb[-1] + "ed"] if vowel else []
    return [verb, verb + "s", verb + "ing", verb + "ed", *doubled]


def _french(verb: str) -> list[str]:
    if "'" in verb:
        return [verb]
    if verb.endswith("er") and len(verb) > 3:
        root = verb[:-2]
        soft = root + "e" if root.endswith("g") else root
        return [verb, *(root + end for end in ("e", "es", "ee", "ees", "ent")), soft + "ons", soft + "ant"]
    if verb.endswith("ir") and len(verb) > 3:
        root = verb[:-2]
        return [verb, *(root + end for end in ("i", "is", "ie", "ies", "it", "issent", "issons", "issant"))]
    return [verb]
