"""Sort the words of a statement: names, people, places and audiences, words that hold it together, and what it says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from reviewer.catalogue import metrics
from reviewer.data import read_corpus
from reviewer.language.folding import Folded, fold
from reviewer.language.lexicon import NOTHING, Word, lexicon, listed, stem
from reviewer.okr import Language, Span

_STEM = 5
"""Letters of a word that count ("publier", "publication"): prefixes of five letters stem French and English well enough
(McNamee and Mayfield, Character n-gram tokenization for European language text retrieval, 2004)."""

_MOVING = frozenset({"change", "reach", "keep"})
"""Classes of verbs that say that a measure moves, and no more."""

_HIDDEN, _MEASURED = 1, 2

Kind = Literal["people", "places", "sector", "size"]


class Wordage(NamedTuple):
    """Hold the words of a statement by what they do; `digits` are those that are neither a figure nor a date (phase 2)."""

    names: frozenset[str]
    words: frozenset[str]
    content: frozenset[str]
    beyond: frozenset[str]
    people: frozenset[str]
    ground: frozenset[str]
    digits: frozenset[str]


class _Form(NamedTuple):
    """Hold one way to name a person, a place or an audience: its words, and what both languages call it."""

    parts: tuple[str, ...]
    kind: Kind
    name: str


def sort_words(text: str, folded: Folded, language: Language, hidden: Sequence[Span], measured: Sequence[Span]) -> Wordage:
    """Sort the words of a statement; figures and dates are `hidden`, and words that name a measure count apart (`measured`)."""
    marks = _marks(folded, len(text), hidden, measured)
    words = lexicon(language).words(folded.text)
    names: set[str] = set()
    every: set[str] = set()
    content: set[str] = set()
    beyond: set[str] = set()
    people: set[str] = set()
    ground: set[str] = set()
    titled: bool | None = None
    places = folded.places
    at, first = 0, True
    while at < len(words):
        word = words[at]
        start = word.start if places is None else places[word.start]
        mark = marks[start]
        short, lettered, little, forms = _known(word.text, word.stem, language)
        form = _form_at(words, at, forms, language) if forms else None
        if form is not None:
            shorts = [each.stem.rstrip("'")[:_STEM] for each in words[at : at + len(form.parts)]]
            every.update(shorts)
            if form.kind == "people":
                every.add(form.name)
                if mark != _HIDDEN:
                    (content if mark == _MEASURED else people).add(form.name)
            else:
                ground.add(form.name)
                if form.kind != "places":
                    content.update(shorts)
                if form.kind == "sector":  # one sector holds banks and insurers
                    beyond.update(shorts)
            first = False
            at += len(form.parts)
            continue
        every.add(short)
        opening, first = first, first and not lettered
        moving = _moving_length(words, at, language) if opening else 0
        capital = not opening and text[start].isupper()
        if capital:
            titled = _is_titled(text) if titled is None else titled
            capital = not titled
        if mark != _HIDDEN and lettered and not moving and (capital or not little):
            if (word.text in _brands() if mark == _MEASURED else capital) and not _is_noun(words, at, language):
                names.add(short)
            content.add(short)
            if mark != _MEASURED:
                beyond.add(short)
        at += moving or 1
    digits = {
        match[0] for match in _DIGITS.finditer(folded.text) if marks[match.start() if places is None else places[match.start()]] != _HIDDEN
    }
    return Wordage(*(frozenset(each) for each in (names, every, content, beyond, people, ground, digits)))


_DIGITS = re.compile(r"(?<![\w.,])(?!20[1-4]\d\b)[a-pr-su-z]?\d+(?:[.,]\d+)*(?![\d])")


def people_apart() -> frozenset[str]:
    """Give the people so general that a measure without them is the same measure."""
    return _listed("people_apart", "words", "people:")


def says_something(found: Wordage) -> bool:
    """Tell a statement from one still to be written ("to be defined", "from X to Y"), which stands in many places."""
    return bool(found.people or found.ground or found.content - _unsaid())


@cache
def _unsaid() -> frozenset[str]:
    return frozenset(_known(word, stem(word, language), language).short for word in _listed("unsaid", "words") for language in _LANGUAGES)


@cache
def data() -> Mapping[str, Any]:
    """Read the words of this room, once."""
    return tomllib.loads((files("reviewer.relations") / "grounds.toml").read_text(encoding="utf-8"))


@cache
def _listed(section: str, name: str, before: str = "") -> frozenset[str]:
    return frozenset(before + each for each in listed(data()[section][name]))


def _marks(folded: Folded, length: int, hidden: Sequence[Span], measured: Sequence[Span]) -> bytearray:
    """Mark the characters of the text that figures, dates and measures take."""
    marks = bytearray(length + 1)
    for spans, mark in ((measured, _MEASURED), (hidden, _HIDDEN)):
        for start, end in spans:
            begin = max(0, start - folded.offset)
            marks[begin : end - folded.offset] = bytes([mark]) * max(0, min(end - folded.offset, length) - begin)
    return marks


class _Known(NamedTuple):
    """Hold what a word is by itself: its short form, whether it has letters, holds sentences together, opens names."""

    short: str
    lettered: bool
    little: bool
    forms: tuple[_Form, ...]


@lru_cache(maxsize=65_536)
def _known(text: str, stemmed: str, language: Language) -> _Known:
    little = _listed("little", language)
    bare = text.rstrip("'")
    forms = [*_forms().get(bare, ()), *_forms().get(stem(bare, language), ())]
    short = stemmed.rstrip("'")[:_STEM]
    return _Known(short, any(char.isalpha() for char in short), text in little or stemmed in little, tuple(dict.fromkeys(forms)))


def _is_noun(words: list[Word], at: int, language: Language) -> bool:
    return lexicon(language).noun_at(words, at) is not NOTHING


def _moving_length(words: list[Word], at: int, language: Language) -> int:
    """Say of how many words the verb is that opens a statement to say that its measure moves; 0 for any other word."""
    sense = lexicon(language).verb_at(words, at)
    return sense.length if sense is not NOTHING and sense.classes & _MOVING else 0


def _is_titled(text: str) -> bool:
    """Tell "Raise Win Rate Against Orbeo", where a capital names nothing."""
    long = [word for word in _LONG.findall(text)[1:] if not word.isupper()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) * 10 > len(long) * 7


_LONG = re.compile(r"[^\W\d_]{4,}")


def _form_at(words: list[Word], at: int, forms: Sequence[_Form], language: Language) -> _Form | None:
    """Find the longest name of a person, place or audience that starts at a word, this room's own first."""
    for form in sorted(forms, key=lambda form: (form.kind in ("sector", "size"), -len(form.parts))):
        if len(form.parts) == 1 or _runs(words, at, form.parts, language):
            return form
    return None


def _runs(words: list[Word], at: int, parts: tuple[str, ...], language: Language) -> bool:
    rest = words[at + 1 : at + len(parts)]
    return len(rest) == len(parts) - 1 and all(
        part in (word.text, stem(word.text, language)) for word, part in zip(rest, parts[1:], strict=True)
    )


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """Index every name by its first word, singular and as given; what this room names stands before the audiences of alignment."""
    found: dict[tuple[str, ...], _Form] = {}

    def add(name: str, kind: Kind, form: str) -> None:
        parts = tuple(fold(form).text.split())
        for each in (parts, *(tuple(stem(part, language) for part in parts) for language in _LANGUAGES)):
            found.setdefault(each, _Form(each, kind, name))

    for kind in _KINDS:
        for name, text in data()[kind].items():
            for form in listed(text):
                add(f"{kind}:{name}", kind, form)
    for row in read_corpus("alignment.toml")["audience"]:
        for form in (*row["fr"], *row["en"]):
            add(f"{row['dimension']}:{row['id']}", row["dimension"], form)
    index: dict[str, list[_Form]] = {}
    for each in found.values():
        index.setdefault(each.parts[0], []).append(each)
    return {first: tuple(sorted(forms, key=lambda form: -len(form.parts))) for first, forms in index.items()}


_KINDS: tuple[Literal["people", "places"], ...] = ("people", "places")
_LANGUAGES: tuple[Language, ...] = ("fr", "en")


@cache
def _brands() -> frozenset[str]:
    """Give the names that the catalogue's own names of measures hold: reviews on Capterra are not those on Trustpilot."""
    named = (name for metric in metrics().values() for text in (metric.fr, metric.en) for name in (text.name, *text.names))
    words = (word for name in named for word in re.findall(r"[^\W_]+", name) if word[0].isupper())
    return frozenset(fold(word).text for word in words if not word.rstrip("s").isupper())
