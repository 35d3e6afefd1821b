"""Load the label words once, and turn them into patterns for plain text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def lexicon() -> dict[str, Any]:
    """Load labels.toml."""
    return tomllib.loads(resources.files(__package__).joinpath("labels.toml").read_text("utf-8"))


def plain_word(word: str) -> str:
    """Take case, accents and hyphens off a word."""
    letters = unicodedata.normalize("NFD", word.lower())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.replace("-", " ").replace("’", "'").split())


def plain_words(words: Iterable[str]) -> frozenset[str]:
    """Take case, accents and hyphens off words."""
    return frozenset(map(plain_word, words))


def alternatives(words: Iterable[str]) -> str:
    """Write a pattern for any of the words, longest first, whatever their accents, hyphens and blanks."""
    return "|".join(_pattern(word) for word in sorted(set(words), key=len, reverse=True))


def _pattern(word: str) -> str:
    parts = []
    for letter in word:
        if letter in " -":
            parts.append(r"[\s-]{1,2}")
        else:
            base = unicodedata.normalize("NFD", letter)
            # An accent may be a letter of its own in the draft (decomposed Unicode).
            parts.append(re.escape(base[0]) + ("[\u0300-\u036f]?" if len(base) > 1 else ""))
    return "".join(parts)
