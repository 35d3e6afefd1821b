"""Find the words that a model quotes in the draft, exactly but for spaces and the many shapes of quotes and dashes."""

from __future__ import annotations

import unicodedata

from reviewer.okr import Span

_SHAPES = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′´`", "'"),
        **dict.fromkeys("“”«»„", '"'),
        **dict.fromkeys("–—‐‑−", "-"),
        "…": "...",
    }
)


_SPACED = 4
"""How much longer than its words a quote may be for its spaces; a longer text is none of a statement's."""


def find_quote(quote: str, statement: str) -> Span | None:
    """Give the [start, end) of the quoted words in `statement`; None when it does not hold them as whole words.

    Models set their own spaces, quotes and dashes: these are not compared. Letters, case, accents and figures are.
    """
    if len(quote) > _SPACED * len(statement) + _SPACED:
        return None
    wanted, _ = _bare(quote)
    if not any(char.isalnum() for char in wanted):
        return None
    text, places = _bare(statement)
    at = text.find(wanted)
    while at >= 0:
        after = at + len(wanted)
        start, end = places[at], places[after - 1] + 1
        accented = after < len(text) and unicodedata.combining(text[after])  # "résum" is not in "résumé", nor is "resume"
        if not accented and _begins_word(statement, start) and _begins_word(statement, end):
            return start, end
        at = text.find(wanted, at + 1)
    return None


def _bare(text: str) -> tuple[str, list[int]]:
    """Give a text without spaces and invisible characters, in one shape, and the place of each character left."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace() or unicodedata.category(char) in ("Cf", "Cc"):
            continue
        for part in unicodedata.normalize("NFD", char.translate(_SHAPES)):
            chars.append(part)
            places.append(place)
    return "".join(chars), places


def _begins_word(text: str, place: int) -> bool:
    """Tell that no word runs across a place."""
    return not (0 < place < len(text) and _in_word(text[place - 1]) and _in_word(text[place]))


def _in_word(char: str) -> bool:
    return char.isalnum() or bool(unicodedata.combining(char))
