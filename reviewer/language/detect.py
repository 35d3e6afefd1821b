"""Tell French from English by the little words, which every statement has."""

from __future__ import annotations

import re
from functools import cache

from reviewer.language.folding import plain_letters
from reviewer.language.lexicon import _read, lexicon, listed
from reviewer.okr import Language

_WORD = re.compile(r"[a-z]+(?:'(?=[a-z]))?")
_ACCENTS = re.compile(r"[éèêëàâçùûîïôœÉÈÊÀÇ]")


@cache
def _little_words(language: Language) -> frozenset[str]:
    words = {part for item in listed(_read(f"{language}.toml")["detect"]["words"]) for part in item.split()}
    return frozenset(words)


def detect_language(text: str, default: Language = "en") -> Language:
    """Give "fr" or "en"; `default` where the words do not tell."""
    french, english = _scores(text)
    if french == english:
        return default
    return "fr" if french > english else "en"


def _scores(text: str) -> tuple[float, float]:
    sample = text[:20_000]
    words = _WORD.findall(plain_letters(sample))
    french_words, english_words = _little_words("fr"), _little_words("en")
    french = sum(1.0 for word in words if word in french_words or word in ("l'", "d'", "qu'", "n'", "s'", "c'", "j'"))
    english = sum(1.0 for word in words if word in english_words)
    french += 0.5 * min(len(_ACCENTS.findall(sample)), 4)
    if words:
        first = words[0]
        french += 0.6 * (first in lexicon("fr").verbs and first.endswith(("er", "ir", "re")))
        english += 0.6 * (first in lexicon("en").verbs and first not in lexicon("fr").verbs)
    return french, english
