"""Read a table, wherever it stands: its layout, then its rows, one OKR at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from reviewer.language.detect import detect_language
from reviewer.quarter import ColumnRole, Entry, Place, TakenFor
from reviewer.reading.documents.beside import side_by_side
from reviewer.reading.documents.grouping import Grouper, Survey, survey
from reviewer.reading.documents.layout import HEAD, FoundLayout, column_name, find_layout, taken_columns
from reviewer.reading.documents.parents import Parents, find_parents
from reviewer.reading.documents.parts import Part, Row
from reviewer.reading.documents.preface import defaults_of
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.table_rows import TableRows
from reviewer.reading.documents.turned import turn
from reviewer.reading.documents.vocabulary import meaning

_SAMPLE = 5_000
_MOST_COUNTED = 2_000_000
"""Rows that are counted of a table that holds no OKRs."""


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table that can be gone through more than once; `defaults` is what stands around it (a sheet's team).

    `guess` says whether it may be read without a header, by what stands in its columns: not beside sheets that have one.
    """

    place: Place
    rows: Callable[[], Iterator[Row]]
    defaults: Mapping[ColumnRole, Part] = field(default_factory=dict)
    guess: bool = True


def read_table(table: Table, session: Session) -> Iterator[Entry | TakenFor]:
    """Say what the columns were taken for, then give the OKRs; a table without any is explained, with its rows counted."""
    head = head_of(table)
    _hear(head, session)
    turned = turn(head, session.language) if len(head) < HEAD and not session.mapping else None
    if turned is not None:
        upright = replace(table, rows=lambda: iter(turned.rows))
        found = find_layout(turned.rows, {})
        if found is not None and found.layout.header_row is not None:
            yield from turned.back(_entries(upright, found, turned.rows, session))
            return
    found = find_layout(head, session.mapping)
    if found is None or (not table.guess and not has_header(found)):
        yield from _not_okrs(table, session)
    else:
        yield from _entries(table, found, head, session)


def has_header(found: FoundLayout) -> bool:
    """Tell a table that says itself what it holds, in a header or in its rows, from one whose columns are guessed."""
    return found.layout.header_row is not None or found.layout.statement is not None


def _entries(table: Table, found: FoundLayout, head: Sequence[Row], session: Session) -> Iterator[Entry | TakenFor]:
    beside = side_by_side(found.layout, table.rows) if found.layout.header_row is not None and not session.mapping else []
    if beside:
        defaults = {**table.defaults, **defaults_of(found.preface, table.place)}
        for rows in beside:
            yield from read_table(replace(table, rows=rows, defaults=defaults), session)
        return
    parents = find_parents(found.layout, table.rows)
    yield _taken(table, found, head, parents)
    reader = TableRows(table.place, found.layout, found.data_after, session, parents)
    defaults = {**table.defaults, **defaults_of(found.preface, table.place)}
    known = survey(lambda: reader.keys(table.rows())) if found.layout.of("objective") or parents else Survey({}, False)
    yield from Grouper(session, known, defaults).entries(reader.readings(table.rows()))


def head_of(table: Table) -> list[Row]:
    """Give the first rows of a table, among which its header is."""
    return list(islice(table.rows(), HEAD))


def count_data(table: Table, session: Session) -> int:
    """Count the rows of a table that are not blank, without those above its data where it has a known header."""
    found = find_layout(head_of(table), session.mapping)
    after = found.data_after if found is not None else 0
    return sum(1 for row in table.rows() if not row.is_blank and row.number > after)


def _hear(head: Sequence[Row], session: Session) -> None:
    """Take the language of the sentences; figures and names do not tell, headers a little."""
    cells = [cell[:200] for row in head for cell in row.cells if cell]
    sentences = "\n".join(cell for cell in cells if len(cell.split()) > 2)[:_SAMPLE]
    headers = [known.language for cell in cells if len(cell) <= 80 and (known := meaning(cell)) is not None and known.language]
    french, english = headers.count("fr"), headers.count("en")
    named = "fr" if french > english else "en" if english > french else session.language
    session.language = detect_language(sentences, named)


def _taken(table: Table, found: FoundLayout, head: Sequence[Row], parents: Parents | None) -> TakenFor:
    columns, unused = taken_columns(found.layout, head)
    if parents is not None:
        name, parent = (column_name(found.layout, at) for at in (parents.name, parents.parent))
        unused = tuple(each for each in unused if each not in (name, parent))
        columns[parent] = "objective"
    for role, part in table.defaults.items():
        if part.place.column is None and role not in columns.values():
            columns[part.text] = role
    return TakenFor(place=table.place, header_row=found.layout.header_row, columns=columns, unused=unused)


def _not_okrs(table: Table, session: Session) -> Iterator[Entry]:
    rows = problems = 0
    first: str | None = None
    headers = ""
    for row in islice(table.rows(), _MOST_COUNTED):
        if row.problem is not None:
            problems += 1
            first = first or row.problem
        elif not row.is_blank:
            rows += 1
            headers = headers or ", ".join(cell for cell in row.cells if cell)
    if problems:
        yield Entry(place=table.place, rows=problems, reason=first)
    if rows:
        yield session.explained(table.place, "no_columns", rows=rows, headers=_plain(headers))
    elif not problems:
        yield session.explained(table.place, "empty", rows=0)


def _plain(headers: str) -> str:
    """Shorten what a table's first row says, to be quoted."""
    one_line = " ".join(headers.split())
    return one_line if len(one_line) <= 120 else one_line[:117] + "..."
