"""Read the rows of a table: key results in cells, by their column or their label."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.reading.blocks import Block
from reviewer.reading.gathering import Gatherer
from reviewer.reading.labels import KEY_RESULT, META, OBJECTIVE, label_at, labels_in, with_ends
from reviewer.reading.source import BREAK, Source
from reviewer.reading.trim import statement

Cell = tuple[int, int]


def table_has_key_results(source: Source, table: Block) -> bool:
    """Tell whether a table names key results, by a column or by a label in a row."""
    if any(role in KEY_RESULT for role in _columns(source, table).values()):
        return True
    return any(
        (label := label_at(source.plain, *_content(source, cell))) is not None and label.role in KEY_RESULT
        for row in table.rows
        for cell in row[:2]
    )


def read_table(source: Source, table: Block, gatherer: Gatherer) -> None:
    """Read the OKRs of a table; rows go on with the objective that the last row named."""
    _TableReader(source, table, gatherer).run()


class _TableReader:
    def __init__(self, source: Source, table: Block, gatherer: Gatherer) -> None:
        self.source = source
        self.table = table
        self.gatherer = gatherer
        self.columns = _columns(source, table)
        self.objective: str | None = None

    def run(self) -> None:
        if self.columns:
            strong = {role for role in self.columns.values() if role != "indicator"}
            if strong & KEY_RESULT:
                self.columns = {column: role for column, role in self.columns.items() if role != "indicator"}
            for row in self.table.rows[1:]:
                self._row_by_columns(row)
        else:
            for row in self.table.rows:
                self._row_by_labels(row)

    def _row_by_columns(self, row: list[Cell]) -> None:
        remarks = []
        pending: str | None = None
        for column, cell in enumerate(row):
            start, end = _content(self.source, cell)
            role = self.columns.get(column)
            if start >= end or (role is None and pending is None):
                continue
            role, pending = pending or role, None
            if role in META:
                remarks.append((str(role), start, end))
            elif _is_mere_number(self.source, start, end):
                pending = role
            else:
                pending = self._cell(str(role), start, end)
        for remark in remarks:
            self.gatherer.remark(*remark)

    def _row_by_labels(self, row: list[Cell]) -> None:
        pending: str | None = None
        for cell in row:
            start, end = _content(self.source, cell)
            if start >= end:
                continue
            label = label_at(self.source.plain, start, end)
            if label is not None:
                pending = self._cell(label.role, start, end)
            elif pending is not None:
                pending = self._cell(pending, start, end)

    def _cell(self, role: str, start: int, end: int) -> str | None:
        """Take one cell; a label alone ("KR1") gives its role to the next cell."""
        labels = labels_in(self.source.plain, start, end)
        if not labels or labels[0].start > start:
            first_end = labels[0].start if labels else end
            self._take(role, start, first_end)
        for label, stop in with_ends(labels, end):
            if label.end >= end:
                return label.role
            self._take(label.role, label.end, stop)
        return None

    def _take(self, role: str, start: int, end: int) -> None:
        if role in KEY_RESULT:
            for part in _parts(self.source.plain, start, end):
                self.gatherer.key_result(*part)
        elif role == "parent":
            self.gatherer.parent(start, end, None)
        elif role in OBJECTIVE:
            said = statement(self.source, start, end)
            if said is not None and said.passage.text != self.objective:
                self.objective = said.passage.text
                self.gatherer.objective(start, end)
        elif role in META:
            self.gatherer.remark(role, start, end)


def _columns(source: Source, table: Block) -> dict[int, str]:
    """Read what the columns hold from the first row, when all that its labels say is a name."""
    found: dict[int, str] = {}
    for column, cell in enumerate(table.rows[0] if table.rows else []):
        start, end = _content(source, cell)
        label = label_at(source.plain, start, end) if start < end else None
        if label is None:
            continue
        if label.end < end:
            return {}
        found[column] = label.role
    if not set(found.values()) & (KEY_RESULT | OBJECTIVE):
        return {}
    # "| Objective | Become ... |" over "| KR1 | ... |" names a row, not a column.
    if len(found) == 1 and set(found.values()) <= OBJECTIVE and _names_rows(source, table, *found):
        return {}
    others = [cell for column, cell in enumerate(table.rows[0]) if column not in found]
    return found if table.headed or len(found) > 1 or not others else {}


def _names_rows(source: Source, table: Block, column: int) -> bool:
    cells = [_content(source, row[column]) for row in table.rows[1:] if column < len(row)]
    labels = [(label_at(source.plain, start, end), end) for start, end in cells if start < end]
    return any(label is not None and label.role in KEY_RESULT and label.end >= end for label, end in labels)


def _content(source: Source, cell: Cell) -> Cell:
    start, end = cell
    while start < end and source.plain[start].isspace():
        start += 1
    while start < end and source.plain[end - 1].isspace():
        end -= 1
    return start, end


def _is_mere_number(source: Source, start: int, end: int) -> bool:
    return end - start <= 6 and source.plain[start:end].strip("#. ").replace(".", "").isdecimal()


def _parts(plain: str, start: int, end: int) -> Iterator[Cell]:
    while (found := plain.find(BREAK, start, end)) >= 0:
        yield start, found
        start = found + 1
    yield start, end
