"""Find the objective of each key result in tables that name it: "Parent", or the number of the objective's row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from reviewer.language.folding import plain_letters
from reviewer.quarter import ColumnRole
from reviewer.reading.documents.columns import Layout
from reviewer.reading.documents.parts import Row
from reviewer.reading.documents.vocabulary import is_blank, kind_of, meaning

_LINK = re.compile(r"\s*\(https?://[^\s()]*\)")
_SAMPLE = 2_000
_MOST = 0.6
_MOST_OBJECTIVES = 100_000


class Objective(NamedTuple):
    """Hold the row of an objective: its words and where they are, its team and cycle."""

    row: Row
    text: str
    key: str


class Parents:
    """Tell by what stands in column `parent` which row of the table a row belongs to."""

    def __init__(self, parent: int, name: int, index: dict[str, Objective]) -> None:
        self.parent = parent
        self.name = name
        self.index = index

    def of(self, row: Row) -> Objective | None:
        """Give the objective that a row names; None for one it does not name, or that the table does not hold."""
        return self.index.get(_key(_cell(row, self.parent)))

    def own(self, row: Row) -> Objective | None:
        """Give what the index holds of an objective's own row."""
        return self.index.get(_key(_cell(row, self.name)))

    def names(self, row: Row) -> str:
        """Give what a row names as its parent, "" for nothing."""
        named = _LINK.sub("", _cell(row, self.parent)).strip()
        return "" if is_blank(named) else named


def find_parents(layout: Layout, rows: Callable[[], Iterable[Row]]) -> Parents | None:
    """Find the column whose words are those of the objectives, or of another column of theirs; None where there is none."""
    if layout.statement is None or layout.kind is None:
        return None
    kind = layout.kind
    sample = islice(rows(), _SAMPLE)
    data = [row for row in sample if not row.is_blank and row.problem is None and row.number > (layout.header_row or 0)]
    key_results = [row for row in data if kind_of(_cell(row, kind)) == "key_result"]
    objectives = [row for row in data if kind_of(_cell(row, kind)) == "objective"]
    width = max((len(row.cells) for row in data), default=0)
    names = [layout.statement, *(at for at in range(width) if at != layout.statement and _may_number(layout, at))]
    for parent in range(width):
        if parent in (kind, layout.statement) or not _may_name(layout, parent):
            continue
        named = [key for row in key_results if (key := _key(_cell(row, parent)))]
        for name in names:
            known = {_key(_cell(row, name)) for row in objectives} - {""}
            if name != parent and named and len(known) == len(objectives) and sum(each in known for each in named) >= _MOST * len(named):
                return Parents(parent, name, _index(layout.statement, kind, name, rows))
    return None


def _index(statement: int, kind: int, name: int, rows: Callable[[], Iterable[Row]]) -> dict[str, Objective]:
    found: dict[str, Objective] = {}
    for row in rows():
        text = _cell(row, statement)
        if row.problem is None and kind_of(_cell(row, kind)) in ("objective", "contributes_to") and not is_blank(text):
            key = _key(_cell(row, name))
            if key and len(found) < _MOST_OBJECTIVES:
                found.setdefault(key, Objective(row, text, f"{key} {_key(text)}"))
    return found


def _may_name(layout: Layout, at: int) -> bool:
    return _role(layout, at) in (None, "contributes_to")


def _may_number(layout: Layout, at: int) -> bool:
    known = meaning(layout.headers[at]) if at < len(layout.headers) else None
    return _role(layout, at) is None and (known is None or known.sense == "ignored")


def _role(layout: Layout, at: int) -> ColumnRole | None:
    return next((column.role for column in layout.columns if column.at == at), None)


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _key(text: str) -> str:
    named = _LINK.sub("", text[:2_000])
    return "" if is_blank(named) else " ".join(plain_letters(named).split())
