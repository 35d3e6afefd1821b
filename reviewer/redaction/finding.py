"""Say what a stretch to hide is, and keep stretches apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reviewer.redaction.placeholders import Kind


class Found(NamedTuple):
    """Hold a stretch [start, end) of a text to hide, and what it names."""

    start: int
    end: int
    kind: Kind


class Cover:
    """Keep the stretches of one text that are settled, none overlapping another."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._settled = bytearray(len(text))
        self._by_start: dict[int, Found] = {}
        self._by_end: dict[int, Found] = {}

    @property
    def found(self) -> list[Found]:
        """Give the stretches to hide, in order."""
        return sorted(self._by_start.values())

    def protect(self, start: int, end: int) -> None:
        """Leave [start, end) as it is."""
        self._settled[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Tell whether no character of [start, end) is settled."""
        return 1 not in self._settled[start:end]

    def add(self, found: Iterable[Found]) -> None:
        """Settle, in the order given, every stretch that is still free.

        A placeholder must stand alone to be found again: a stretch glued to a letter or digit is widened to the whole
        word, one glued to another stretch is joined to it, and one glued to a placeholder stays.
        """
        for start, end, kind in found:
            while start > 0 and self._text[start - 1].isalnum() and self.free(start - 1, start):
                start -= 1
            while end < len(self._text) and self._text[end].isalnum() and self.free(end, end + 1):
                end += 1
            if start >= end or not self.free(start, end):
                continue
            before, after = self._by_end.get(start), self._by_start.get(end)
            if not before and start and not self.free(start - 1, start) or not after and not self.free(end, end + 1):
                continue
            for touched in (after, before):
                if touched:
                    start, end, kind = min(start, touched.start), max(end, touched.end), touched.kind
                    del self._by_start[touched.start], self._by_end[touched.end]
            self._by_start[start] = self._by_end[end] = Found(start, end, kind)
            self.protect(start, end)
