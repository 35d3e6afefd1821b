"""Cut Markdown table rows into cells."""

from __future__ import annotations

import re

_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*(?::?-+:?[ \t]*)?)*\Z")


def looks_like_row(plain: str, start: int, end: int) -> bool:
    """Tell whether a line that is no list item is a table row by itself: it holds two bars."""
    return plain.count("|", start, end) >= 2


def is_delimiter(plain: str, start: int, end: int) -> bool:
    """Tell whether a line is the rule under a table's header."""
    return "|" in plain[start:end] and _DELIMITER.match(plain, start, end) is not None


def cells_of(plain: str, start: int, end: int, barred: bool) -> list[tuple[int, int]]:
    """Cut a row at its bars; a bar behind a backslash belongs to its cell.

    In a table whose rows are `barred`, the first bar opens the first cell; elsewhere it closes an empty one.
    """
    if barred and plain[start] == "|":
        start += 1
    cells = []
    position = begin = start
    while (bar := plain.find("|", position, end)) >= 0:
        if plain[bar - 1] != "\\":
            cells.append((begin, bar))
            begin = bar + 1
        position = bar + 1
    if plain[begin:end].strip():
        cells.append((begin, end))
    return cells
