"""Read JSON and JSON Lines as streams: one object is held at a time, however long the list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from reviewer.quarter import ColumnRole
from reviewer.reading.documents.json_stream import BrokenJsonError, JsonStream, Unheld
from reviewer.reading.documents.objects import Item, ObjectReader
from reviewer.reading.documents.vocabulary import Meaning, lists_okrs

MAX_LINE = 4_000_000
"""Characters of the longest line of JSON Lines that is read."""
_MOST_IN_A_ROW = 10_000
"""Values without an OKR, one after the other, after which the rest is not looked at."""
_MOST_KEYS = 1_000


def is_json_lines(sample: str) -> bool:
    """Tell JSON Lines from one JSON value: the first line is whole, and others follow."""
    lines = [line for line in sample.split("\n") if line.strip()]
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False


def json_line_items(stream: TextIO, reader: ObjectReader) -> Iterator[Item]:
    """Give the object of each line; a line that is none, or too long, is one that says why."""
    with stream:
        yield from _while_okrs(_lines(stream, reader), reader)


def json_items(stream: TextIO, reader: ObjectReader) -> Iterator[Item]:
    """Give the OKRs of a JSON document, whatever stands around them; where it breaks off, those before and one that says so."""
    with stream:
        yield from _while_okrs(_Document(JsonStream(stream), reader).items(), reader)


def _lines(stream: TextIO, reader: ObjectReader) -> Iterator[Item]:
    session = reader.session
    while line := stream.readline(MAX_LINE):
        if len(line) >= MAX_LINE and not line.endswith("\n"):
            length = len(line)
            while line and not line.endswith("\n"):
                line = stream.readline(MAX_LINE)
                length += len(line)
            yield Item(None, problem=session.reason("long_line", length=length, limit=MAX_LINE))
        elif line.strip():
            try:
                value = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
            except RecursionError:
                yield Item(None, problem=session.reason("deep_json"))
            except ValueError as error:
                yield Item(None, problem=session.reason("broken_json", error=_cause(error)))
            else:
                yield from reader.walk(value, {})
        else:
            yield Item(None, counted=0)


def _while_okrs(items: Iterator[Item], reader: ObjectReader) -> Iterator[Item]:
    """Stop where a file holds nothing but what is no OKR: it is not a list of them."""
    without = 0
    for item in items:
        without = 0 if isinstance(item.value, (dict, str)) else without + 1
        if without > _MOST_IN_A_ROW:
            yield Item(None, problem=reader.session.reason("many_values", limit=_MOST_IN_A_ROW))
            return
        if item.counted:
            yield item


class _Document:
    """Walk a JSON document: lists of OKRs are given item by item, the rest is put together or passed over."""

    def __init__(self, stream: JsonStream, reader: ObjectReader) -> None:
        self.stream = stream
        self.reader = reader

    def items(self) -> Iterator[Item]:
        try:
            if self.stream.peek() == "[":
                yield from self._array({})
            elif self.stream.peek() == "{":
                yield from self._object()
            else:
                yield self._item(self.stream.value(), {})
            if rest := self.stream.peek():
                raise BrokenJsonError(f"{rest!r} follows the end")
        except BrokenJsonError as error:
            yield Item(None, problem=self.reader.session.reason("broken_json", error=_cause(error)))

    def _object(self) -> Iterator[Item]:
        head: dict[str, Any] = {}
        found = False
        for key in self._keys():
            if self._may_list(key, head) and self.stream.peek() == "[":
                known = lists_okrs(key)
                for item in self._array(self.reader.under(key, self.reader.around(head, {}))):
                    if known or self.reader.is_okr(item.value):
                        found = True
                        yield item
                continue
            value = self.stream.value()
            if isinstance(value, Unheld):
                yield self._item(value, {})
            elif len(head) < _MOST_KEYS:
                head[key] = value
        if self.reader.is_okr(head):
            yield Item(head)
        elif not found:
            nested = [item for item in self.reader.walk(head, {}) if self.reader.is_okr(item.value)]
            yield from nested or [Item(head)]

    def _keys(self) -> Iterator[str]:
        self.stream.take("{")
        if self.stream.peek() == "}":
            self.stream.take("}")
            return
        while True:
            if self.stream.peek() != '"':
                self.stream.take('"')
            key = self.stream.value()
            self.stream.take(":")
            yield key if isinstance(key, str) else ""
            if self.stream.take(",", "}") == "}":
                return

    def _array(self, inherited: Mapping[ColumnRole, str]) -> Iterator[Item]:
        self.stream.take("[")
        if self.stream.peek() == "]":
            self.stream.take("]")
            return
        while True:
            value = self.stream.value()
            if isinstance(value, Unheld):
                yield self._item(value, inherited)
            else:
                yield from self.reader.walk(value, inherited)
            if self.stream.take(",", "]") == "]":
                return

    def _item(self, value: Any, inherited: Mapping[ColumnRole, str]) -> Item:
        if isinstance(value, Unheld):
            return Item(None, problem=self.reader.session.reason(value.reason))
        return Item(value, inherited)

    def _may_list(self, key: str, head: Mapping[str, Any]) -> bool:
        """Tell a key under which OKRs may stand; in a review of ours, which says so by its version, only the known ones."""
        if "schema_version" in head:
            return lists_okrs(key) and key != "teams"
        known = self.reader.meaning(key)
        if known is not None and known.sense == "key_result" and self._names_objective(head):
            return False
        return lists_okrs(key) or _may_hold(known)

    def _names_objective(self, head: Mapping[str, Any]) -> bool:
        return any((known := self.reader.meaning(key)) is not None and known.sense in ("objective", "statement") for key in head)


def _may_hold(known: Meaning | None) -> bool:
    return known is None or known.sense in ("objective", "statement", "ignored")


def _cause(error: Exception) -> str:
    """Shorten a parser's message to its first line."""
    text = " ".join((str(error) or type(error).__name__).split("\n")[0].split())
    return text if len(text) <= 160 else text[:157] + "..."
