"""What a row of a table, or an object of a list, holds: words with their places, before they become OKRs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from reviewer.quarter import ColumnRole, Place

MAX_CELL = 200_000
"""Characters of the longest cell or text that is read."""

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Cell(NamedTuple):
    """Hold the words of a cell with where they stand: `row` counts from 1, `column` from 0."""

    text: str
    row: int
    column: int


class Row(NamedTuple):
    """Hold a row of a table as shown, blank rows included.

    `above` gives, by column, the cell that one merged downwards shows in this row. `wide` are the columns whose cell spans
    others to its right. `faults` say by column why a cell could not be read, `problem` why the row could not.
    """

    number: int
    cells: tuple[str, ...] = ()
    above: Mapping[int, Cell] = {}
    wide: frozenset[int] = frozenset()
    faults: Mapping[int, str] = {}
    problem: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether the row holds nothing of its own."""
        return self.problem is None and not self.faults and not any(self.cells)


class Part(NamedTuple):
    """Hold words of a cell with their place; `offset` is where they begin inside the cell's own text."""

    text: str
    place: Place
    offset: int = 0


@dataclass(slots=True)
class KeyResultParts:
    """Hold what a row says of one key result: its words, and by role what stands beside them."""

    text: Part
    values: dict[ColumnRole, Part] = field(default_factory=dict)


@dataclass(slots=True)
class RowReading:
    """Hold what one row or object says.

    `key` is what its objective has in common with another that says the same. `meta` are its team, owner, cycle, check-in rhythm
    and what it contributes to. `continues` says that its objective is the
    one above (a merged cell); `own` that it is an OKR by itself, whatever stands around it; `gap` that it is a blank row.
    `reason` says why it could not be read, `notes` what part of it could not. `counted` is how many rows it stands for.
    """

    place: Place
    objective: Part | None = None
    key: str | None = None
    key_results: list[KeyResultParts] = field(default_factory=list)
    meta: dict[ColumnRole, Part] = field(default_factory=dict)
    continues: bool = False
    own: bool = False
    gap: bool = False
    reason: str | None = None
    notes: list[tuple[Place, str]] = field(default_factory=list)
    counted: int = 1


def shown(text: str) -> str:
    """Replace, one for one, the characters that no report can show (controls, half of a pair) by blanks."""
    return _SURROGATE.sub("\ufffd", _UNSHOWABLE.sub(" ", text))


@lru_cache(maxsize=1024)
def letter(column: int) -> str:
    """Name a column (from 0) as spreadsheets do: A, B, ..., Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_of(name: str) -> int | None:
    """Give the column (from 0) that a letter names, None for what is no column's name."""
    if not re.fullmatch("[A-Za-z]{1,3}", name):
        return None
    column = 0
    for character in name.upper():
        column = column * 26 + ord(character) - ord("A") + 1
    return column - 1
