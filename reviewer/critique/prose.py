"""Hold a model's sentences to what was given: no number, date, name or link of its own, no markup, the draft's language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from reviewer.catalogue import metrics
from reviewer.language.detect import detect_language
from reviewer.language.folding import fold
from reviewer.language.lexicon import _read, lexicon, listed, stem
from reviewer.language.quantities import number_words
from reviewer.okr import Language
from reviewer.rewriting.verification import SLOT

Why = Literal["quote", "index", "invented", "language", "rules", "form"]
"""Why something that a model said is not shown, as in `Dropped`."""

_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))")
_FIGURE = re.compile(r"(?P<lead>[^\W\d_]*)(?P<number>\d+(?:[.,]\d+)*)[^\W\d_]*")
_KEY_RESULT = re.compile(r"\b(?:KR|RC|key results?|résultats? clés?)[ \u00a0\u202f]?(\d{1,2})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-&][^\W\d_]+)*")
_PLAIN_WORD = re.compile(r"[a-z]+")
_LINK = re.compile(r"[a-z]+://|www\.|@\w|\w@|\b(?:mailto|javascript|data|file|tel):\S|(?<![\w.])[\w-]{2,}\.[a-z]{2,}(?!\w)", re.IGNORECASE)
_MARKUP = re.compile(r"[`*_|{}\\^]|<[/!?a-zA-Z]|\]\s?\(|!\[|&(?:#|[a-zA-Z]{2,8};)|^[#>~-]|(?:^|\s)(?:#{1,6}|//)\s?[^\W\d]|~~|--+>|<<")
_BRACKET = re.compile(r"\[[^\[\]]*\]|[\[\]]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_OPENED = " \u00a0\u202f«“„\"'’(–—•-"
_INNER_CAPITAL = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ]|^[A-ZÀ-ÖØ-Þ]{2,}$")
_LONGEST_SLOT = 60


class Given(NamedTuple):
    """Hold what a model may repeat: words, figures and named periods of texts that the author gave.

    `statements` is how many key results there are, so that "KR 2" is no invented figure.
    """

    words: frozenset[str]
    figures: frozenset[str]
    folded: str
    statements: int

    def with_figures_of(self, texts: Iterable[str]) -> Given:
        """Give the same words, with the figures and periods of these texts only."""
        narrow = given(texts, self.statements)
        return narrow._replace(words=self.words)


def given(texts: Iterable[str], statements: int = 0) -> Given:
    """Gather the words and figures of texts that the author gave."""
    whole = "\n".join(texts)
    folded = fold(whole).text
    words = frozenset(_PLAIN_WORD.findall(folded))
    return Given(words, frozenset(form for each in _figures(whole) for form in each), folded, statements)


def fault(text: str, known: Given, language: Language, longest: int, *, least: int = 1, statement: str = "") -> Why | None:
    """Say why a sentence of a model cannot be shown; None when it can.

    Args:
        known: what it may repeat.
        longest: characters it may have at most.
        least: words it has at least.
        statement: a statement of the draft that the sentence rewrites: links and markup that stand there may stay.
    """
    if not text.strip() or len(text) > longest or any(unicodedata.category(char) in _UNSEEN for char in text):
        return "form"
    read = unicodedata.normalize("NFKC", text)
    foreign = " ".join(word for word in read.split() if word not in unicodedata.normalize("NFKC", statement).split())
    if _LINK.search(foreign):
        return "invented"
    if _MARKUP.search(foreign) or not _slots_are_plain(foreign) or len(_WORD.findall(read)) < least:
        return "form"
    told = _without_terms(read)
    if _brings_figure(told, known, language) or _brings_period(told, known, language) or _brings_name(told, known):
        return "invented"
    return "language" if detect_language(SLOT.sub(" ", read), language) != language else None


def words_of_critique() -> Mapping[str, Any]:
    """Load the sentences and word lists of the critique, once."""
    return _tables()


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def _slots_are_plain(text: str) -> bool:
    return all(SLOT.fullmatch(part) and len(part) <= _LONGEST_SLOT for part in _BRACKET.findall(text))


def _figures(text: str) -> Iterable[tuple[str, ...]]:
    """Give each figure in the forms that count as the same: "1 200" is "1,200" and "1200", "Q3" is not "3"."""
    for written in (text, _SPACED.sub("", text)):
        for match in _FIGURE.finditer(written):
            number = match["number"].replace(",", ".")
            if match["lead"]:
                yield (f"{match['lead'].casefold()}{number}",)
            elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
                yield number, number.replace(".", "")
            else:
                yield (number,)


def _without_terms(text: str) -> str:
    """Leave out the terms of the trade that hold a digit ("B2B")."""
    return " ".join("b" if word.strip(".,;:!?()") in _capitals() and not word.isalpha() else word for word in text.split(" "))


def _brings_figure(text: str, known: Given, language: Language) -> bool:
    text = _KEY_RESULT.sub(lambda match: " " if 1 <= int(match[1]) <= known.statements else match[0], text)
    if any(known.figures.isdisjoint(forms) for forms in _figures(_SPACED.sub("", text))):
        return True
    spelled = _spelled(language)
    for word in _PLAIN_WORD.findall(fold(text).text):
        if word in spelled and word not in known.words and f"{spelled[word]:g}" not in known.figures:
            return True
    return False


@cache
def _spelled(language: Language) -> dict[str, float]:
    """Give the numbers from three on that a language writes in words; 0 for those whose value does not matter here."""
    other = _in_words("en" if language == "fr" else "fr")
    own = {word: value for word, value in number_words().items() if value >= 3 and (word not in other or word in _in_words(language))}
    return {**dict.fromkeys(listed(_tables()["numbers"][language]), 0.0), **own}


@cache
def _in_words(language: Language) -> frozenset[str]:
    """Give the numbers as one language writes them: "cent" is a coin in English."""
    return frozenset(pair.partition("=")[0] for pair in listed(_read("units.toml")["words"][language]))


def _brings_period(text: str, known: Given, language: Language) -> bool:
    """Tell a month, a quarter or a half-year that was not given; English months are told by their capital."""
    months = lexicon(language).months
    for match in _WORD.finditer(text):
        word = fold(match[0]).text
        if word not in months or word in known.words or word in _spelled("fr"):
            continue
        if language == "fr" or match[0][0].isupper() and not (_opens(text, match.start()) and word in ("may", "march", "mar")):
            return True
    folded = fold(text).text
    return any(match[0] not in known.folded for match in _ordinal_periods(language).finditer(folded))


@cache
def _ordinal_periods(language: Language) -> re.Pattern[str]:
    ordinals = "|".join(listed(_tables()["ordinals"][language]))
    return re.compile(rf"\b(?:{ordinals}) (?:trimestre|semestre|quarter|half[- ]year)\b")


def _brings_name(text: str, known: Given) -> bool:
    """Tell a capitalised word that was not given, does not open a sentence and is no term of the trade."""
    for match in _WORD.finditer(text):
        word = match[0]
        if not any(char.isupper() for char in word):
            continue
        opens = _opens(text, match.start())
        if opens and not _INNER_CAPITAL.search(word):
            continue
        if word in _capitals() or word.removesuffix("s") in _capitals():
            continue
        parts = _PLAIN_WORD.findall(fold(word).text)
        in_slot = text[: match.start()].endswith("[")
        if not all(_is_given(part, known) or in_slot and _is_ordinary(part) for part in parts):
            return True
    return False


def _is_given(word: str, known: Given) -> bool:
    """Tell a word that was given, in the singular or the plural."""
    return word in known.words or word.removesuffix("s") in known.words or f"{word}s" in known.words


@cache
def _is_ordinary(word: str) -> bool:
    """Tell a folded word that the lexicons know: a slot may begin with a capital, but holds no name."""
    languages: tuple[Language, Language] = ("fr", "en")
    return word in _of_measures() or any(
        stem(word, each) in lexicon(each).nouns or word in lexicon(each).verbs or word in listed(_tables()["slots"][each])
        for each in languages
    )


@cache
def _of_measures() -> frozenset[str]:
    names = (name for metric in metrics().values() for words in (metric.en, metric.fr) for name in (words.name, *words.names))
    return frozenset(word for name in names for word in _PLAIN_WORD.findall(fold(name).text))


def _opens(text: str, place: int) -> bool:
    """Tell that a sentence begins at `place`."""
    before = text[:place].rstrip(_OPENED)
    return not before or before[-1] in ".!?:;…→"


@cache
def _capitals() -> frozenset[str]:
    """Give the words that bear a capital and name nobody: terms of the trade, and those of the measure catalogue."""
    lists = _tables()["capitals"]
    named = {word for text in lists.values() for word in listed(text)}
    for metric in metrics().values():
        for words in (metric.en, metric.fr):
            named.update(word for name in (words.name, *words.names) for word in _WORD.findall(name) if word.isupper())
    return frozenset(named)
