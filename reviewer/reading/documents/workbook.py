"""Read XLSX and XLSM workbooks: values as shown, merged cells, every sheet that is not hidden; macros are never looked at."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, BinaryIO

from reviewer.okr import Language
from reviewer.quarter import ColumnRole, Entry, Place, TakenFor
from reviewer.reading.documents.archives import UnsafeArchiveError, check_archive
from reviewer.reading.documents.delimited import MAX_COLUMNS
from reviewer.reading.documents.document import Document
from reviewer.reading.documents.layout import HEAD, find_layout
from reviewer.reading.documents.number_formats import as_shown
from reviewer.reading.documents.parts import Cell, Part, Row
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.sheet_names import team_of_sheet
from reviewer.reading.documents.tables import Table, count_data, has_header, head_of, read_table

_LAST_ROW = 1_048_576
_CHUNK = 1 << 20
_OVERLAP = 1 << 14
_MOST_MERGES = 20_000
_MOST_FORMULAS = 100_000
_HELD_ROWS = 20_000
"""Rows of a sheet that are kept between two readings of it; a longer sheet is read anew."""
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNSAVED = re.compile(
    rb'<(?:\w+:)?c [^>]{0,200}?r="([A-Z]{1,3}\d{1,7})"[^>]{0,200}>\s*<(?:\w+:)?f(?:\s[^>]{0,300})?(?:/>|>[^<]{0,8192}</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>'
)


@dataclass(slots=True)
class _Facts:
    """Hold what openpyxl does not tell of a sheet that it streams: merged cells, and formulas without a saved value."""

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    unsaved: set[tuple[int, int]] = field(default_factory=set)


def read_workbook(document: Document, session: Session) -> Iterator[Entry | TakenFor]:
    """Give the OKRs of every visible sheet; a hidden sheet is passed over and counted, hidden rows are read."""
    with document.open() as stream:
        opened = _opened(stream, document, session)
        if isinstance(opened, Entry):
            yield opened
            return
        try:
            yield from _sheets(opened, stream, document, session)
        finally:
            opened.close()


def sheet_tables(document: Document, session: Session) -> list[Table]:
    """Give the tables of a workbook's visible sheets, to look at their headers; none when it cannot be read."""
    stream = document.open()
    opened = _opened(stream, document, session)
    if isinstance(opened, Entry):
        stream.close()
        return []
    return [_Sheet(sheet, _Facts(), session).table(document.name, {}) for sheet in opened.worksheets if sheet.sheet_state == "visible"]


def _opened(stream: BinaryIO, document: Document, session: Session) -> Any:
    import openpyxl

    place = Place(file=document.name)
    try:
        check_archive(stream, streamed=("xl/worksheets/", "xl/sharedStrings"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except UnsafeArchiveError as error:
        return Entry(place=place, reason=session.reason(error.reason, **error.values))
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged workbook
        return session.explained(place, "damaged", error=_cause(error))


def _sheets(opened: Any, stream: BinaryIO, document: Document, session: Session) -> Iterator[Entry | TakenFor]:
    visible = [sheet for sheet in opened.worksheets if sheet.sheet_state == "visible"]
    said: list[Entry | TakenFor] = []
    found = False
    headed: bool | None = None
    for sheet in opened.worksheets:
        place = Place(file=document.name, sheet=sheet.title)
        try:
            reader = _Sheet(sheet, _facts(stream, sheet), session)
            if sheet.sheet_state != "visible":
                table = reader.table(document.name, {})
                rows = count_data(table, session)
                if rows:
                    yield session.explained(place, "hidden_sheet", rows=rows)
                continue
            team = team_of_sheet(sheet.title) if len(visible) > 1 else {}
            defaults: dict[ColumnRole, Part] = {role: Part(text, place) for role, text in team.items()}
            if headed is None:
                headed = len(visible) > 1 and any(_has_header(each, document, session) for each in visible)
            for entry in read_table(replace(reader.table(document.name, defaults), guess=not headed), session):
                if isinstance(entry, Entry) and not entry.rows and entry.okr is None and entry.place.row is None:
                    said.append(entry)  # an empty sheet: worth a word only where no other holds anything
                    continue
                found = True
                yield entry
        except Exception as error:  # a sheet that breaks off: the others go on
            found = True
            yield session.explained(place, "damaged", error=_cause(error))
    if not found and said:
        yield session.explained(Place(file=document.name), "empty")


def _has_header(sheet: Any, document: Document, session: Session) -> bool:
    try:
        found = find_layout(head_of(_Sheet(sheet, _Facts(), session).table(document.name, {})), session.mapping)
    except Exception:  # a sheet that breaks off, which is said when its turn comes
        return False
    return found is not None and has_header(found)


class _Sheet:
    """Go through the rows of a sheet, more than once if need be."""

    def __init__(self, sheet: Any, facts: _Facts, session: Session) -> None:
        self.sheet = sheet
        self.facts = facts
        self.session = session
        self.held: list[Row] | None = None
        self.language: Language = session.language

    def table(self, file: str, defaults: Mapping[ColumnRole, Part]) -> Table:
        return Table(Place(file=file, sheet=self.sheet.title), self.rows, defaults)

    def rows(self) -> Iterator[Row]:
        """Give the rows as shown in the language of the sheet, which its first rows tell."""
        if self.held is not None:
            yield from self.held
            return
        self._hear()
        held: list[Row] | None = []
        for row in self._read():
            if held is not None:
                held.append(row)
                if len(held) > _HELD_ROWS:
                    held = None
            yield row
        self.held = held

    def _hear(self) -> None:
        self.sheet.reset_dimensions()
        words = [
            cell.value[:200] for row in islice(self.sheet.iter_rows(max_row=_LAST_ROW), HEAD) for cell in row if isinstance(cell.value, str)
        ]
        if words:
            self.language = self.session.hear("\n".join(words))

    def _read(self) -> Iterator[Row]:
        merges = sorted(self.facts.merges)
        at = 0
        open_merges: list[tuple[int, int, int, Cell]] = []
        self.sheet.reset_dimensions()
        in_gap = False
        for number, cells in enumerate(self.sheet.iter_rows(max_row=_LAST_ROW), start=1):
            row = self._row(number, cells)
            if row.is_blank:
                if not in_gap:
                    yield row  # a run of blank rows is one gap
                in_gap = True
                continue
            in_gap = False
            open_merges = [merge for merge in open_merges if merge[0] >= number]
            wide = set()
            while at < len(merges) and merges[at][0] <= number:
                top, left, bottom, right = merges[at]
                at += 1
                text = row.cells[left] if top == number and left < len(row.cells) else ""
                if text and right > left:
                    wide.add(left)
                if text and bottom > number:
                    open_merges.append((bottom, left, right, Cell(text, number, left)))
            if open_merges or wide:
                above = {left: cell for _, left, _, cell in open_merges if cell.row < number}
                row = row._replace(above=above, wide=frozenset(wide))
            yield row

    def _row(self, number: int, cells: Any) -> Row:
        texts, faults = [], {}
        for at, cell in enumerate(cells):
            value = cell.value
            if value is None:
                texts.append("")
                if (number, at) in self.facts.unsaved:
                    faults[at] = self.session.reason("unsaved_formula")
                continue
            if at >= MAX_COLUMNS:
                return Row(number, problem=self.session.reason("many_columns", columns=len(cells), limit=MAX_COLUMNS))
            if cell.data_type == "e":
                texts.append("")
                faults[at] = self.session.reason("formula_error", error=value)
                continue
            text = value if isinstance(value, str) else as_shown(value, cell.number_format, self.language)
            texts.append(text if text.strip() else "")
        return Row(number, tuple(texts), faults=faults)


def _facts(stream: BinaryIO, sheet: Any) -> _Facts:
    """Look through the part of a sheet once for what openpyxl leaves out when it streams."""
    facts = _Facts()
    path = getattr(sheet, "_worksheet_path", None)
    if path is None:
        return facts
    with zipfile.ZipFile(stream) as archive, archive.open(path) as part:
        rest = b""
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            for match in _MERGE.finditer(text) if b"mergeCell " in text else ():
                if len(facts.merges) < _MOST_MERGES:
                    left, top, right, bottom = _column(match[1]), int(match[2]), _column(match[3]), int(match[4])
                    facts.merges.append((top, left, bottom, right))
            if b"<f" in text or b":f" in text:
                for match in _UNSAVED.finditer(text):
                    if len(facts.unsaved) < _MOST_FORMULAS:
                        name = match[1].rstrip(b"0123456789")
                        facts.unsaved.add((int(match[1][len(name) :]), _column(name)))
            rest = text[-_OVERLAP:]
    facts.merges = list(dict.fromkeys(facts.merges))
    return facts


def _column(name: bytes) -> int:
    column = 0
    for byte in name:
        column = column * 26 + byte - 64
    return column - 1


def _cause(error: Exception) -> str:
    text = " ".join((str(error) or type(error).__name__).split())
    return text if len(text) <= 160 else text[:157] + "..."
