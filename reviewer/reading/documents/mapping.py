"""Check a mapping of columns to roles before anything is read: a wrong one must not cost an hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from reviewer.errors import ReviewerError
from reviewer.quarter import ColumnRole
from reviewer.reading.documents.document import Document
from reviewer.reading.documents.layout import find_layout
from reviewer.reading.documents.opening import keys_of, tables_of
from reviewer.reading.documents.parts import column_of
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.tables import Table, head_of
from reviewer.reading.documents.vocabulary import ROLES, folded

_MOST_NAMED = 12


def check_roles(mapping: Mapping[str, ColumnRole]) -> dict[str, ColumnRole]:
    """Give the mapping back.

    Raises ReviewerError for a role that does not exist, naming the nearest.
    """
    for header, role in mapping.items():
        if role not in ROLES:
            near = get_close_matches(str(role), ROLES, n=1, cutoff=0.5)
            remedy = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(ROLES)}"
            msg = f"the column {header!r} cannot be taken for {role!r}: there is no such role; {remedy}"
            raise ReviewerError(msg)
    return dict(mapping)


def check_headers(session: Session, found: Iterable[Document]) -> None:
    """Look at the headers of every table and the keys of every object.

    Raises ReviewerError for a header of the mapping that none of them has, naming the nearest.
    """
    cells: set[str] = set()
    headers: dict[str, None] = {}
    width = 0
    for document in found:
        for table in tables_of(document, session):
            head = head_of(table)
            width = max([width, *(len(row.cells) for row in head)])
            cells |= {folded(cell) for row in head for cell in row.cells if cell and len(cell) <= 200}
            headers |= dict.fromkeys(_headers(table))
        keys = keys_of(document, session)
        cells |= {folded(key) for key in keys}
        headers |= dict.fromkeys(sorted(keys))
    if not cells:
        return  # nothing with columns was found: what is there is explained as it is read
    for asked in session.mapping:
        at = column_of(asked)
        if folded(asked) in cells or (at is not None and at < width):
            continue
        near = get_close_matches(folded(asked), [folded(header) for header in headers], n=1, cutoff=0.6)
        names = [header for header in headers if near and folded(header) == near[0]]
        remedy = f"did you mean {names[0]!r}?" if names else f"columns found: {', '.join(list(headers)[:_MOST_NAMED])}"
        msg = f"no column is named {asked!r}; {remedy}"
        raise ReviewerError(msg)


def _headers(table: Table) -> list[str]:
    rows = [row for row in head_of(table) if not row.is_blank]
    found = find_layout(rows, {})
    if found is not None and found.layout.headers:
        return [header.strip() for header in found.layout.headers if header.strip()]
    return [cell.strip() for cell in rows[0].cells if cell.strip()] if rows else []
