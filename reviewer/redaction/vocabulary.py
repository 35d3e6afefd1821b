"""Know which words are ordinary, from the texts that the package ships: what is not may be a name."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from reviewer.catalogue import deliverable_names, metrics
from reviewer.data import data_folder
from reviewer.language.folding import plain_letters
from reviewer.language.lexicon import lexicon, listed, stem
from reviewer.language.quantities import number_words
from reviewer.okr import Language

_LANGUAGES: tuple[Language, ...] = ("en", "fr")
_WORD = re.compile(r"[^\W\d_]+")
_MID_SENTENCE = re.compile(r"[^\W_][,'’]? ?$")
_PREFIX = re.compile(r"^(?:re|de|pre|co|un|over|out|auto|sur|r|d)(?=[a-z]{4})")
_GIVEN_NAMES = ("signs", "given_names")
"""Where the lexicons list first names, the only list of theirs that is no vocabulary."""
_LONG = 6
_BEFORE = 4
"""Characters before a word that tell whether it stands inside a sentence."""


def folded(word: str) -> str:
    """Fold one word: lower case, no accents."""
    return plain_letters(unicodedata.normalize("NFC", word))


@cache
def listed_words(table: str, *names: str) -> frozenset[str]:
    """Give the words of one table of words.toml, or of some of its lists."""
    lists = _data()[table]
    return frozenset(word for name in (names or lists) for word in listed(lists[name]))


@cache
def acronyms() -> frozenset[str]:
    """Give the acronyms of the trade and of the measure catalogue, in capitals."""
    in_catalogue = {word for name in _catalogue_names() for word in _WORD.findall(name) if word.isupper() and len(word) > 1}
    return listed_words("acronyms") | in_catalogue


@cache
def given_names() -> frozenset[str]:
    """Give the first names that the lexicons and words.toml list."""
    known = set(listed_words("names", "given"))
    for language in _LANGUAGES:
        table, key = _GIVEN_NAMES
        known.update(listed(_lexicon_file(language)[table][key]))
    return frozenset(known)


@cache
def _trade() -> frozenset[str]:
    words = {plain_letters(word) for name in _catalogue_names() for word in _WORD.findall(name) if word.islower()}
    for language in _LANGUAGES:
        words.update(word for text in _lexicon_file(language)["nouns"].values() for word in _WORD.findall(text))
    return frozenset(words)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(parts[0] for language in _LANGUAGES for rows in lexicon(language).verbs.values() for parts, _, _ in rows)


@cache
def _ordinary() -> frozenset[str]:
    """Gather the words that the shipped texts write without a capital, unless they mostly bear one inside sentences."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in _shipped_texts():
        for match in _WORD.finditer(text):
            word = match[0]
            if word.islower():
                small[plain_letters(word)] += 1
            elif _MID_SENTENCE.search(text, max(0, match.start() - _BEFORE), match.start()):
                capital[plain_letters(word)] += 1
    written = {word for word, count in small.items() if count > capital[word]}
    parts = {part for language in _LANGUAGES for rows in lexicon(language).verbs.values() for parts, _, _ in rows for part in parts}
    return frozenset(written | parts | number_words().keys() | _trade() | listed_words("ordinary") | listed_words("capitals"))


@lru_cache(maxsize=16_384)
def is_trade(word: str) -> bool:
    """Tell that a folded word is said of measures, deliverables, people or parts of the trade: it stays also with a capital inside a sentence."""
    return word in _trade() or any(stem(word, language) in _trade() for language in _LANGUAGES)


@lru_cache(maxsize=16_384)
def keeps_its_capital(word: str) -> bool:
    """Tell that writers give a folded word a capital though it names no one: teams, roles, markets, months; its plural too."""
    capitals = listed_words("capitals")
    return word in capitals or any(stem(word, language) in capitals for language in _LANGUAGES)


@lru_cache(maxsize=16_384)
def is_ordinary(word: str) -> bool:
    """Tell that a folded word is vocabulary: it, its singular or its infinitive is known, or a known verb or long word behind a prefix."""
    known = _ordinary()
    if word in known or any(stem(word, language) in known for language in _LANGUAGES):
        return True
    if word.endswith("ez") and any(word[:-2] + ending in known for ending in ("er", "ir", "re")):
        return True
    inner = _PREFIX.sub("", word)
    return inner != word and (inner in _verbs() or len(inner) >= _LONG and inner in known)


@cache
def is_verb(word: str) -> bool:
    """Tell that a folded word is a form of a verb of the lexicons."""
    return word in _verbs()


def _catalogue_names() -> Iterator[str]:
    for language in _LANGUAGES:
        yield from deliverable_names(language)
        for metric in metrics().values():
            yield metric.text(language).name
            yield from metric.text(language).names


def _shipped_texts() -> Iterator[str]:
    folder = data_folder("corpus")
    for path in sorted(folder.glob("*.toml")):
        yield from _texts(tomllib.loads(path.read_text(encoding="utf-8")))
    for path in sorted((folder / "labelled").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    for language in _LANGUAGES:
        for name, table in _lexicon_file(language).items():
            yield from (text for key, text in table.items() if (name, key) != _GIVEN_NAMES)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("reviewer.redaction") / "words.toml").read_text(encoding="utf-8"))


@cache
def _lexicon_file(language: Language) -> dict[str, Any]:
    return tomllib.loads((files("reviewer.language") / f"{language}.toml").read_text(encoding="utf-8"))
