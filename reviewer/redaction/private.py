"""Find a house's own private words in any case, accented or not, in the plural too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from reviewer.redaction.finding import Found

_GAPS = re.compile(r"[\s_-]+")


class PrivateWords:
    """Hold the words that never leave, ready to be found as whole words."""

    def __init__(self, words: Sequence[str]) -> None:
        flat = {" ".join(_GAPS.split(_flat(word)[0])).strip() for word in words} - {""}
        patterns = [_GAPS.sub(r"[\\s_-]{0,2}", re.escape(word).replace(r"\ ", " ")) for word in sorted(flat, key=len, reverse=True)]
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})(?:s|es|x)?(?![^\W_])") if patterns else None

    def find(self, text: str) -> Iterator[Found]:
        """Find every private word of `text`."""
        if self._pattern is None:
            return
        flat, places = _flat(text)
        for match in self._pattern.finditer(flat):
            end = places[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            yield Found(places[match.start()], end, "Name")


def _flat(text: str) -> tuple[str, list[int]]:
    """Give `text` without case, accents and typographic apostrophes, and the place of each character in the original."""
    flat: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for part in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(part):
                flat.append("'" if part == "’" else part)
                places.append(place)
    return "".join(flat), places
