"""Open a document as what it holds, and read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TextIO

from reviewer.quarter import Entry, Place, TakenFor
from reviewer.reading.documents.delimited import SEPARATORS, delimited_rows, known_headers, sniff
from reviewer.reading.documents.document import EXTENSIONS, UNREADABLE, Document, archive_kind, looks_like_text
from reviewer.reading.documents.encodings import encoding_of, open_text
from reviewer.reading.documents.json_files import is_json_lines, json_items, json_line_items
from reviewer.reading.documents.objects import Item, ObjectReader
from reviewer.reading.documents.prose import locate_lines, read_prose
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.tables import Table, read_table
from reviewer.reading.documents.word import read_word, table_rows
from reviewer.reading.documents.workbook import read_workbook, sheet_tables
from reviewer.reading.documents.yaml_files import MAX_CHARACTERS as MAX_YAML
from reviewer.reading.documents.yaml_files import yaml_items

MAX_BYTES = {"workbook": 50_000_000, "word": 50_000_000, "json": 100_000_000, "yaml": MAX_YAML, "prose": 20_000_000}
"""Bytes of the largest file of a kind that is read; tables in text and JSON Lines have no limit."""

_SAMPLE = 200_000
_LANGUAGE_SAMPLE = 20_000

TextKind = Literal["delimited", "json", "json_lines", "yaml", "prose"]


def read_document(document: Document, session: Session) -> Iterator[Entry | TakenFor]:
    """Give what a document holds; one that cannot be read gives one entry with the reason."""
    place = Place(file=document.name)
    try:
        kind = kind_of(document)
        too_large = MAX_BYTES.get(kind)
        if too_large is not None and document.size > too_large:
            size, limit = document.size / 1_000_000, too_large // 1_000_000
            reason = "large_json" if kind == "json" else "large"
            yield session.explained(place, reason, size=f"{size:.0f}", limit=limit)
        elif kind == "workbook":
            yield from read_workbook(document, session)
        elif kind == "word":
            yield from read_word(document, session)
        elif kind in ("delimited", "json", "json_lines", "yaml", "prose"):
            yield from _Text(document, session).entries(kind)  # type: ignore[arg-type]
        else:
            yield session.explained(place, kind, rows=0 if kind == "empty" else 1)
    except OSError as error:
        yield session.explained(place, "cannot_open", error=error.strerror or str(error))


def kind_of(document: Document) -> str:
    """Tell what a document holds: a kind that is read, or the name of the reason why it is not; content before extension.

    Raises OSError when it cannot be opened.
    """
    head = document.head()
    suffix = document.path.suffix.lower() if document.name != "-" else ""
    if not head.strip():
        return "empty"
    kind = archive_kind(document.path, head)
    if kind is not None:
        return kind
    if not looks_like_text(head):
        return UNREADABLE.get(suffix, "binary")
    promised = EXTENSIONS.get(suffix)
    if promised in ("json", "json_lines"):
        return "json_lines" if promised == "json_lines" else "json"
    if promised == "yaml" or (promised == "prose" and suffix not in (".txt", ".text")) or suffix in (".csv", ".tsv", ".tab", ".psv"):
        return promised or "prose"
    return _sniffed(document)


def tables_of(document: Document, session: Session) -> list[Table]:
    """Give the tables of a document, to look at their headers; none when it has none or cannot be read."""
    try:
        kind = kind_of(document)
        if kind in MAX_BYTES and document.size > MAX_BYTES[kind]:
            return []
        if kind == "workbook":
            return sheet_tables(document, session)
        if kind == "word":
            return table_rows(document, session)
        if kind == "delimited":
            table = _Text(document, session).table()
            return [] if table is None else [table]
    except OSError:
        pass
    return []


def keys_of(document: Document, session: Session, most: int = 200) -> set[str]:
    """Give the keys of the first objects of a JSON or YAML document, to look at what a mapping may name."""
    try:
        kind = kind_of(document)
        if kind not in ("json", "json_lines", "yaml") or document.size > MAX_BYTES.get(kind, document.size):
            return set()
        text = _Text(document, session)
        items = text.items(kind, ObjectReader(document.name, session))
    except OSError:
        return set()
    keys: set[str] = set()
    if items is not None:
        for number, item in enumerate(items()):
            if number >= most:
                break
            if isinstance(item.value, dict):
                keys |= item.value.keys()
                children = [child for held in item.value.values() if isinstance(held, list) for child in held[:20]]
                keys |= {key for child in children if isinstance(child, dict) for key in child}
    return keys


class _Text:
    """Read a document that is text, in any of its shapes."""

    def __init__(self, document: Document, session: Session) -> None:
        self.document = document
        self.session = session
        self.place = Place(file=document.name)
        with document.open() as stream:
            self.encoding = encoding_of(stream)

    def entries(self, kind: TextKind) -> Iterator[Entry | TakenFor]:
        if self.encoding is None:
            yield self.session.explained(self.place, "binary")
            return
        if kind == "delimited":
            table = self.table()
            if table is not None:
                yield from read_table(table, self.session)
        elif kind == "prose":
            with self.open() as stream:
                text = stream.read()
            yield from read_prose(text, locate_lines(text, self.document.name), self.session, self.place)
        else:
            self.session.hear(self.sample()[:_LANGUAGE_SAMPLE])
            reader = ObjectReader(self.document.name, self.session)
            items = self.items(kind, reader)
            if items is not None:
                yield from reader.entries(items)

    def items(self, kind: str, reader: ObjectReader) -> Callable[[], Iterator[Item]] | None:
        """Give a function that goes through the objects of a document anew at each call."""
        if self.encoding is None:
            return None
        if kind == "json_lines" or (kind == "json" and is_json_lines(self.sample())):
            return lambda: json_line_items(self.open(), reader)
        if kind == "json":
            return lambda: json_items(self.open(), reader)
        with self.open() as stream:
            text = stream.read()
        return lambda: yaml_items(text, reader)

    def table(self) -> Table | None:
        if self.encoding is None:
            return None
        dialect = sniff(self.sample())
        return Table(self.place, lambda: delimited_rows(self.open, dialect, self.session))

    def sample(self) -> str:
        with self.open() as stream:
            return stream.read(_SAMPLE)

    def open(self) -> TextIO:
        return open_text(self.document.open(), self.encoding or "utf-8")


def _sniffed(document: Document) -> TextKind:
    """Tell the shape of a text whose name does not: JSON, JSON Lines, a table, or else a page."""
    with document.open() as stream:
        encoding = encoding_of(stream)
    if encoding is None:
        return "prose"
    with open_text(document.open(), encoding) as text:
        sample = text.read(_SAMPLE)
    start = sample.lstrip("\ufeff \t\r\n")
    following = start[1:].lstrip()[:1]
    if start[:1] == "{" and following in ('"', "}") or start[:1] == "[" and following in ("{", '"', "["):
        return "json_lines" if is_json_lines(sample) else "json"
    if start[:1] not in ("|", "#", "-", "*", ">") and max(known_headers(sample, separator) for separator in SEPARATORS) > 1:
        return "delimited"
    return "prose"
