"""Find how a table is laid out from its first rows: where its header is, what each column holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reviewer.quarter import ColumnRole
from reviewer.reading.documents.columns import META, Column, Layout, columns_of
from reviewer.reading.documents.guessing import guess_columns, is_figure, share_of
from reviewer.reading.documents.parts import Row, column_of, letter
from reviewer.reading.documents.vocabulary import Meaning, folded, kind_of, meaning
from reviewer.reading.labels import KEY_RESULT, OBJECTIVE, Label, label_at
from reviewer.reading.source import prepare

HEAD = 60
"""Rows of a table that are looked at to find out how it is laid out."""

_LONGEST_HEADER = 80
_OKR: frozenset[str] = frozenset({"objective", "key_result", "indicator"})
_MOST = 0.6


class FoundLayout(NamedTuple):
    """Hold the layout, the row that data follow, and the rows above the header."""

    layout: Layout
    data_after: int
    preface: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold a mapping by folded header and by column; both say which role a column has, whatever its header means."""

    by_header: Mapping[str, ColumnRole] = field(default_factory=dict)
    by_column: Mapping[int, ColumnRole] = field(default_factory=dict)

    def meaning(self, header: str) -> Meaning | None:
        """Tell what a header means, the mapping first."""
        asked = self.by_header.get(folded(header)) if self.by_header else None
        known = meaning(header)
        if asked is None:
            return known
        return Meaning(asked, known.number if known else None, known.of if known else None)


def wanted(mapping: Mapping[str, ColumnRole], headers: Sequence[str] = ()) -> Wanted:
    """Sort a mapping: a key that is one of the headers names it, one that is a column's letter names that column."""
    known = {folded(header) for header in headers if header}
    by_header, by_column = {}, {}
    for key, role in mapping.items():
        at = column_of(key)
        if folded(key) in known or at is None:
            by_header[folded(key)] = role
        else:
            by_column[at] = role
    return Wanted(by_header, by_column)


def find_layout(head: Sequence[Row], mapping: Mapping[str, ColumnRole]) -> FoundLayout | None:
    """Find the layout of a table in its first rows; None where nothing in it looks like OKRs."""
    rows = [row for row in head if not row.is_blank and row.problem is None]
    asked = wanted(mapping, [cell for row in rows for cell in row.cells if cell and len(cell) <= _LONGEST_HEADER])
    headers = [(at, _header_cells(rows, at), _score(rows, at, asked)) for at in range(len(rows))]
    for at, cells, score in sorted(headers, key=lambda each: (-each[2], each[0])):
        if not score:
            break
        found = _under_header(rows, at, cells, asked)
        if found is not None:
            return found
    return _without_header(rows, asked)


def headed_layout(row: Row, mapping: Mapping[str, ColumnRole], known: int) -> Layout | None:
    """Read a row in the middle of a table, of which `known` columns are, as the header of what follows; None when it is none."""
    cells = [cell for cell in row.cells if cell]
    if len(cells) < 2 or any(len(cell) > _LONGEST_HEADER for cell in cells):
        return None
    asked = wanted(mapping, cells)
    meanings = [asked.meaning(cell) if cell else None for cell in row.cells]
    senses = {each.sense for each in meanings if each is not None}
    if (
        not senses & _OKR
        or len(senses) < max(2, known / 2)
        or any(cell and each is None for cell, each in zip(row.cells, meanings, strict=True))
    ):
        return None
    none = [False] * len(meanings)
    return Layout(columns_of(meanings, none, none), tuple(row.cells), row.number).without_unattached()


def label_of(text: str) -> Label | None:
    """Recognise the label that opens a cell."""
    plain = prepare(text[:200]).plain
    start = len(plain) - len(plain.lstrip())
    return label_at(plain, start, len(plain)) if start < len(plain) else None


def names_a_row(text: str) -> bool:
    """Tell a cell that says what its row holds: "Objective", "KR1", "Owner"."""
    return kind_of(text) is not None or (known := meaning(text)) is not None and known.sense in META


def _header_cells(rows: Sequence[Row], at: int) -> tuple[str, ...]:
    """Give a row's headers; a cell merged downwards, or filled only in the row above, gives its header to both."""
    row = rows[at]
    width = max(len(row.cells), *(column + 1 for column in row.above), 1)
    return tuple(_cell(row, column) for column in range(width))


def _cell(row: Row, column: int) -> str:
    own = row.cells[column] if column < len(row.cells) else ""
    return own or (row.above[column].text if column in row.above else "")


def _score(rows: Sequence[Row], at: int, asked: Wanted) -> int:
    """Weigh how much a row looks like a header: what it names, OKR words twice; 0 for a row that is none."""
    cells = [cell for cell in _header_cells(rows, at) if cell]
    if any(len(cell) > _LONGEST_HEADER for cell in cells):
        return 0
    meanings = [each for cell in cells if (each := asked.meaning(cell)) is not None]
    senses = {(each.sense, each.number) for each in meanings}
    kinds = {sense for sense, _ in senses}
    if not (kinds & _OKR or {"kind", "statement"} <= kinds or "statement" in kinds and len(kinds) > 2):
        return 0
    if len(meanings) * 2 < len(cells) and len(senses) < 3:
        return 0
    # "Objective | Become the reference": one header beside words is a label before its text.
    if len(cells) > 1 and len(meanings) == 1 and not asked.by_header:
        return 0
    return sum(2 if sense in _OKR else 1 for sense, _ in senses)


def _under_header(rows: Sequence[Row], at: int, cells: tuple[str, ...], asked: Wanted) -> FoundLayout | None:
    cells, at = _second_header(rows, at, cells, asked)
    header, data = rows[at], rows[at + 1 :]
    if not data and len([cell for cell in cells if cell]) == 1:
        return None
    meanings = [asked.meaning(cell) if cell else None for cell in cells]
    for column, role in asked.by_column.items():
        meanings += [None] * (column + 1 - len(meanings))
        meanings[column] = Meaning(role)
    mapped = {column for column, cell in enumerate(cells) if folded(cell) in asked.by_header} | set(asked.by_column)
    numeric, bare = [], []
    for column in range(len(meanings)):
        values = [value for row in data if (value := _cell(row, column))]
        numeric.append(column not in mapped and share_of(values, is_figure) > _MOST)
        bare.append(column not in mapped and share_of(values, _is_bare_label) > _MOST)
    columns = columns_of(meanings, numeric, bare)
    layout = Layout(columns, cells, header.number)
    layout = _with_kinds(layout, meanings, data)
    if not any(column.role in ("objective", "key_result") for column in layout.columns) and layout.statement is None:
        return None
    return FoundLayout(layout.without_unattached(), header.number, tuple(rows[:at]))


def _second_header(rows: Sequence[Row], at: int, cells: tuple[str, ...], asked: Wanted) -> tuple[tuple[str, ...], int]:
    """Join a header on two rows: groups ("Key result") over their columns ("Baseline", "Target")."""
    if at + 1 >= len(rows):
        return cells, at
    below = _header_cells(rows, at + 1)
    both = tuple(
        (below[column] if column < len(below) else "") or (cells[column] if column < len(cells) else "")
        for column in range(max(len(cells), len(below)))
    )
    plain = [cell for cell in rows[at + 1].cells if cell]
    named = sum(asked.meaning(cell) is not None for cell in plain)
    if not plain or named * 3 < len(plain) * 2 or any(len(cell) > _LONGEST_HEADER for cell in plain):
        return cells, at
    before = sum(asked.meaning(cell) is not None for cell in cells if cell)
    after = [asked.meaning(cell) for cell in both if cell]
    if sum(each is not None for each in after) > before and any(each is not None and each.sense in _OKR for each in after):
        return both, at + 1
    return cells, at


def _is_bare_label(text: str) -> bool:
    """Tell a cell that numbers a row and says nothing: "KR1", "2.1", "Objective 3"."""
    return len(text) <= 24 and (kind_of(text) is not None or text.strip("#. ").replace(".", "").isdecimal())


def _with_kinds(layout: Layout, meanings: Sequence[Meaning | None], data: Sequence[Row]) -> Layout:
    """See whether a column says what each row is, or whether the words of a column say so themselves."""
    width = len(meanings)
    if any(column.role == "objective" for column in layout.columns) and any(column.role == "key_result" for column in layout.columns):
        return layout
    for column in range(width):
        values = [value for row in data if (value := _cell(row, column))]
        kinds = {kind_of(value) for value in values}
        if {"objective", "key_result"} <= kinds and share_of(values, names_a_row) >= _MOST:
            statement = _statement_column(layout, meanings, data, column)
            if statement is not None:
                return _told_by(layout, statement, column)
    for column in range(width):
        values = [value for row in data if (value := _cell(row, column))]
        if _is_labelled(values):
            return _told_by(layout, column, None)
    return layout


def _told_by(layout: Layout, statement: int, kind: int | None) -> Layout:
    columns = tuple(
        column for column in layout.columns if column.at not in (statement, kind) and column.role not in ("objective", "key_result")
    )
    return replace(layout, columns=columns, statement=statement, kind=kind)


def _statement_column(layout: Layout, meanings: Sequence[Meaning | None], data: Sequence[Row], kind: int) -> int | None:
    named = [at for at, each in enumerate(meanings) if each is not None and each.sense in ("statement", *_OKR) and at != kind]
    taken = {column.at for column in layout.columns if column.role not in ("objective", "key_result")}
    free = [at for at in range(max((len(row.cells) for row in data), default=0)) if at != kind and at not in taken]
    candidates = named or free

    def words(at: int) -> int:
        return sum(len(_cell(row, at).split()) for row in data)

    return max(candidates, key=words, default=None)


def _is_labelled(values: Sequence[str]) -> bool:
    """Tell a column in which each cell says itself what it is: "Objective: ...", "KR1: ..."."""
    roles = [label.role for value in values if (label := label_of(value)) is not None]
    okr = [role for role in roles if role in KEY_RESULT | OBJECTIVE]
    return bool(values) and len(okr) >= _MOST * len(values) and bool(set(okr) & KEY_RESULT) and len(okr) > 1


def _without_header(rows: Sequence[Row], asked: Wanted) -> FoundLayout | None:
    if not rows:
        return None
    if asked.by_column:
        return _by_column(rows, asked)
    layout = _with_kinds(Layout(()), [None] * max(len(row.cells) for row in rows), rows)
    if layout.statement is not None:
        return FoundLayout(layout, 0)
    headed = _looks_like_header(rows)
    data = rows[1:] if headed else rows
    guessed = guess_columns(data)
    if not guessed:
        return None
    headers = rows[0].cells if headed else ()
    return FoundLayout(Layout(guessed, tuple(headers), rows[0].number if headed else None), rows[0].number if headed else 0)


def _by_column(rows: Sequence[Row], asked: Wanted) -> FoundLayout | None:
    """Follow a mapping of letters; the header is the row that names the most, or a first row of names."""
    if not {"objective", "key_result"} & set(asked.by_column.values()):
        return None
    named = [sum(meaning(cell) is not None for cell in row.cells if len(cell) <= _LONGEST_HEADER) for row in rows]
    at = max(range(len(rows)), key=lambda each: (named[each], -each))
    if named[at] or _looks_like_header(rows):
        return _under_header(rows, at, _header_cells(rows, at), asked)
    return FoundLayout(Layout(tuple(Column(column, role) for column, role in sorted(asked.by_column.items()))), 0)


def _looks_like_header(rows: Sequence[Row]) -> bool:
    """Tell a first row of names over figures, or of short names over sentences, though none of its words is known."""
    first, data = rows[0], rows[1:]
    if not data or any(len(cell) > 40 or is_figure(cell) for cell in first.cells if cell):
        return False
    for column, name in enumerate(first.cells):
        values = [value for row in data if (value := _cell(row, column))]
        if name and values and share_of(values, is_figure) > _MOST:
            return True
    longest = max((len(cell.split()) for cell in first.cells), default=0)
    sentences = max((len(cell.split()) for row in data for cell in row.cells), default=0)
    return longest <= 3 and sentences >= 5


def taken_columns(layout: Layout, head: Sequence[Row] = ()) -> tuple[dict[str, ColumnRole], tuple[str, ...]]:
    """Say by header (or letter) what the columns were taken for, and which were not needed, those without a header included."""
    columns: dict[str, ColumnRole] = {column_name(layout, column.at): column.role for column in layout.columns}
    if layout.statement is not None:
        columns[column_name(layout, layout.statement)] = "key_result"
    used = {*(column.at for column in layout.columns), layout.statement, layout.kind}
    headed = {at for at, header in enumerate(layout.headers) if header.strip()}
    filled = {at for row in head if row.number > (layout.header_row or 0) for at, cell in enumerate(row.cells) if cell.strip()}
    return columns, tuple(column_name(layout, at) for at in sorted((headed | filled) - used))


def column_name(layout: Layout, at: int) -> str:
    """Name a column by its header as written, and by its letter where that is blank or not the only one."""
    written = layout.headers[at].strip() if at < len(layout.headers) else ""
    alike = sum(header.strip() == written for header in layout.headers)
    return letter(at) if not written else f"{written} ({letter(at)})" if alike > 1 else written
