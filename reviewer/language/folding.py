"""Fold a statement so that words compare: lower case, no accents, plain quotes and spaces, no markup."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_EXPANDS = re.compile("[\u0300-\u036f\u200b-\u200f\u2060\ufeffœŒæÆßﬁﬂ]|\\s\\s|[*_`~\n\r\t]|\\]\\(|https?://|<")
_MARKUP = re.compile(
    r"""(?P<link>\[(?P<label>[^\[\]\n]{1,300})\]\([^()\s]{0,500}\))"""
    r"""|(?P<url><?https?://[^\s<>|]{1,500}>?)"""
    r"""|(?P<tag></?[a-zA-Z][^<>\n]{0,100}>)"""
    r"""|(?P<mark>\*{1,3}|~~|`+|(?<![^\W_])(?<![\u0300-\u036f])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![^\W_]))"""
)
_SPACES = frozenset("\u00a0\u202f\u2007\u2008\u2009\u200a\u2002\u2003\u2005\u3000\t\n\r\x0b\x0c")
_PLAIN = {
    "’": "'", "‘": "'", "ʼ": "'", "′": "'", "´": "'", "`": "'",
    "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
    "⇒": "→", "➔": "→", "➜": "→", "➡": "→", "⟶": "→", "：": ":", "％": "%", "×": "x", "⩾": "≥", "⩽": "≤",
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl",
}  # fmt: skip


class Folded(NamedTuple):
    """Hold a folded text and, where characters moved, the place of each in the original."""

    text: str
    places: list[int] | None
    offset: int
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original [start, end) of the folded one."""
        if self.places is None or self.ends is None:
            return start + self.offset, end + self.offset
        if end <= start:
            return self.places[start] + self.offset, self.places[start] + self.offset
        return self.places[start] + self.offset, self.ends[end - 1] + self.offset


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _SPACES:
            folded = " "
        elif char in _PLAIN:
            folded = _PLAIN[char]
        elif unicodedata.combining(char) or unicodedata.category(char) == "Cf":
            folded = ""
        else:
            base = unicodedata.normalize("NFD", char)[0]
            folded = base.lower() if len(base.lower()) == 1 else base
        self[code] = folded
        return folded


_TABLE = _Table()


def fold(text: str, offset: int = 0) -> Folded:
    """Fold `text`; `offset` is where it stands in the whole source."""
    found = (_kept_fold if len(text) <= _SHORT else _fold)(text)
    return Folded(found.text, found.places, offset, found.ends) if offset else found


_SHORT = 400
"""Characters of a statement that is kept folded: each step of a review asks for it again."""


def _fold(text: str) -> Folded:
    if not _EXPANDS.search(text):
        folded = text.translate(_TABLE)
        if len(folded) == len(text):
            return Folded(folded, None, 0)
    return _fold_with_places(text)


_kept_fold = lru_cache(maxsize=2048)(_fold)


def plain_letters(text: str) -> str:
    """Fold letters only, where places do not matter."""
    return text.translate(_TABLE)


_LETTERS = re.compile(r"[a-z]+")


@lru_cache(maxsize=256)
def letter_runs(folded: str) -> frozenset[str]:
    """Give the runs of letters in a folded text: what holds none of the words a pattern needs is not searched for it."""
    return frozenset(_LETTERS.findall(folded))


def _fold_with_places(text: str) -> Folded:
    dropped = bytearray(len(text))
    for match in _MARKUP.finditer(text):
        if match["link"]:
            label_start, label_end = match.span("label")
            dropped[match.start() : label_start] = b"\x01" * (label_start - match.start())
            dropped[label_end : match.end()] = b"\x01" * (match.end() - label_end)
        else:
            dropped[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    chars: list[str] = []
    places: list[int] = []
    ends: list[int] = []
    for place, char in enumerate(text):
        if dropped[place]:
            continue
        if ends and unicodedata.combining(char):
            ends[-1] = place + 1  # a letter ends after its last accent
        for folded in _TABLE[ord(char)]:
            if folded == " " and chars and chars[-1] == " ":
                continue
            chars.append(folded)
            places.append(place)
            ends.append(place + 1)
    places.append(len(text))
    return Folded("".join(chars), places, 0, ends)
