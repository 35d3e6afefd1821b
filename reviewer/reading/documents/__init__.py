"""Read OKRs out of files: CSV, XLSX, JSON, JSON Lines, YAML, Markdown, text, DOCX, folders of them and standard input.

Nothing is dropped without a word: what cannot be read becomes an entry with its place and its reason, and the rest goes on.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from reviewer.quarter import ColumnRole, Entry, Place, TakenFor
from reviewer.reading.documents.document import Document, is_document
from reviewer.reading.documents.mapping import check_headers, check_roles
from reviewer.reading.documents.opening import read_document
from reviewer.reading.documents.session import Session, together
from reviewer.reading.documents.walking import STANDARD_INPUT, copy_input, documents

__all__ = ["is_document", "read_documents"]


def read_documents(
    sources: Sequence[str | Path], *, mapping: Mapping[str, ColumnRole] | None = None, stdin: BinaryIO | None = None
) -> Iterator[Entry | TakenFor]:
    """Read OKRs out of files and folders, one at a time; what cannot be read becomes an entry with its place and reason.

    Args:
        sources: files, folders (read with all that is in them, in the order of names), and "-" for standard input.
        mapping: by header as written, or by letter of a column ("C"), or by key of an object, the role that the column
            has; it goes before what its header means.
        stdin: what "-" reads; the standard input of the process unless given.

    Yields:
        For each table a `TakenFor`, which says what its columns were taken for (that of a JSON or YAML document comes last),
        and an `Entry` for each OKR and each thing that could not be read. Over a table's entries, `rows` sum up to its rows
        that are not blank. An entry with `rows` 0 says something of a cell of a row that was read.

    Raises:
        ReviewerError: the mapping names a role that does not exist, or a header that none of the sources has.
    """
    listed = [sources] if isinstance(sources, (str, Path)) else list(sources)
    session = Session(check_roles(mapping or {}))
    return _read(listed, session, stdin)


def _read(sources: Sequence[str | Path], session: Session, stdin: BinaryIO | None) -> Iterator[Entry | TakenFor]:
    with tempfile.TemporaryDirectory(prefix="okr-") as folder:
        copied: dict[int, Path] = {}
        refused: set[int] = set()
        for at, source in enumerate(sources):
            if str(source) == STANDARD_INPUT:
                copied[at] = Path(folder) / f"input-{at}"
                if not copy_input(stdin or sys.stdin.buffer, copied[at]):
                    refused.add(at)
        if session.mapping:
            check_headers(session, (each for each in documents(sources, session, copied) if isinstance(each, Document)))
        for found in documents(sources, session, copied):
            if isinstance(found, Entry):
                yield found
            elif any(found.path == copied[at] for at in refused):
                yield session.explained(Place(file=found.name), "large_input")
            else:
                yield from together(read_document(found, session))
