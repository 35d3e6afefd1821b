"""Read CSV and TSV as streams: any separator and encoding, quoted line ends, and files that break off or never end."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import NamedTuple, TextIO

from reviewer.reading.documents.parts import Row
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.vocabulary import meaning

MAX_COLUMNS = 500
"""Columns of a row that is read."""
MAX_LINE = 4_000_000
"""Characters of the longest line that is read; a longer one is passed over, with its reason."""

SEPARATORS = (",", ";", "\t", "|")

_LONGEST_RECORD = 20_000_000
"""Characters over which the end of an open quote is looked for."""
_MOST_BLANK = 2_000_000
_SAMPLE_LINES = 60
_SAMPLE = 200_000
_SEP_LINE = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)


class Dialect(NamedTuple):
    """Say how a file parts its cells; `skip` is the number of lines before its first row ("sep=;")."""

    separator: str
    skip: int = 0


def sniff(sample: str) -> Dialect:
    """Find the separator: the one whose rows are most alike in width and whose header is best known.

    `csv.Sniffer` alone takes decimal commas and prose for separators.
    """
    first, _, _ = sample.partition("\n")
    said = _SEP_LINE.match(first.strip("\ufeff\r\n"))
    if said is not None:
        return Dialect(said[1], 1)
    return Dialect(max(SEPARATORS, key=lambda separator: _weigh(sample, separator)))


def known_headers(sample: str, separator: str) -> int:
    """Count the senses that the best header of a sample names; 0 when none of its rows names an OKR's column."""
    best = 0
    for row in _parsed(sample, separator)[:20]:
        senses = {known.sense for cell in row if cell and len(cell) <= 80 and (known := meaning(cell.strip())) is not None}
        if senses & {"objective", "key_result", "indicator"}:
            best = max(best, len(senses))
    return best


def delimited_rows(open_text: Callable[[], TextIO], dialect: Dialect, session: Session) -> Iterator[Row]:
    """Give the rows of a text, one at a time, numbered as a spreadsheet shows them.

    A line that is too long, a row with too many cells and a quote that is never closed cost one row each, which says why.
    """
    with open_text() as stream:
        lines = _Lines(stream)
        for _ in range(dialect.skip):
            lines.take()
        yield from _Records(lines, dialect.separator, session).rows()


class _Lines:
    """Give the lines of a stream, never holding more than MAX_LINE characters of one; lines can be put back."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.again: deque[str] = deque()

    def take(self) -> str | None:
        """Give the next line with its end; None at the end of the stream; a line that is too long is cut."""
        if self.again:
            return self.again.popleft()
        return self.stream.readline(MAX_LINE) or None

    def put_back(self, lines: list[str]) -> None:
        """Give these lines again."""
        self.again.extendleft(reversed(lines))

    def skip_rest(self, line: str) -> int:
        """Pass over the rest of a line that was cut; give its whole length."""
        length = len(line)
        while line and not line.endswith("\n"):
            line = self.stream.readline(MAX_LINE)
            length += len(line)
        return length


class _Records:
    """Put lines together into records; one whose quote is never closed is taken apart again line by line."""

    def __init__(self, lines: _Lines, separator: str, session: Session) -> None:
        self.lines = lines
        self.separator = separator
        self.session = session
        self.opening = re.compile(rf'(?:^|{re.escape(separator)})"')
        self.width: int | None = None

    def rows(self) -> Iterator[Row]:
        number = blank = 0
        nothing = f'{self.separator}" \t\r\n'
        while (line := self.lines.take()) is not None:
            number += 1
            if line.count('"') % 2 == 0 and not line.strip(nothing):
                blank += 1  # a run of blank rows is one gap
                if blank == 1:
                    yield Row(number)
                if blank > _MOST_BLANK:
                    yield Row(number, problem=self.session.reason("many_blank_rows", limit=_MOST_BLANK))
                    return
                continue
            blank = 0
            if len(line) >= MAX_LINE and not line.endswith("\n"):
                length = self.lines.skip_rest(line)
                yield Row(number, problem=self.session.reason("long_line", length=length, limit=MAX_LINE))
            elif '"' not in line:
                yield self._row(number, line.rstrip("\n").split(self.separator))
            else:
                yield self._quoted(number, line)

    def _quoted(self, number: int, line: str) -> Row:
        taken = [line]
        length = len(line)
        is_open = self._is_open(line, False)
        while is_open:
            following = self.lines.take() if length <= _LONGEST_RECORD else None
            if following is None:
                return self._unclosed(number, taken)
            taken.append(following)
            length += len(following)
            is_open = self._is_open(following, True)
        cells, sound = self._parsed(taken)
        if len(taken) > 2 and not sound and self._are_rows(taken[1:-1]):
            return self._unclosed(number, taken)
        if cells is None:
            return Row(number, problem=self.session.reason("long_line", length=length, limit=csv.field_size_limit()))
        return self._row(number, cells)

    def _parsed(self, lines: list[str]) -> tuple[list[str] | None, bool]:
        """Parse a record, and tell whether it is as wide as the table with every quote in its place."""
        try:
            cells = next(csv.reader(lines, delimiter=self.separator, strict=True))
            return cells, self.width in (None, len(cells))
        except (csv.Error, StopIteration):
            pass
        try:
            return next(csv.reader(lines, delimiter=self.separator)), False
        except (csv.Error, StopIteration):
            return None, False

    def _is_open(self, line: str, is_open: bool) -> bool:
        """Tell whether a quote is open at the end of a line; it opens at the beginning of a cell only."""
        position = 0
        while True:
            if is_open:
                position = line.find('"', position)
                if position < 0:
                    return True
                doubled = line.startswith('"', position + 1)
                is_open = doubled
                position += 2 if doubled else 1
            else:
                opens = self.opening.search(line, position) if position else self.opening.match(line) or self.opening.search(line)
                if opens is None:
                    return False
                is_open, position = True, opens.end()

    def _are_rows(self, lines: list[str]) -> bool:
        """Tell rows that a stray quote took for the inside of a cell: by themselves they are whole, and as wide as the table."""
        if self.width is None or self.width < 2:
            return False
        sample = lines[:_SAMPLE_LINES]
        alike = sum(line.count(self.separator) == self.width - 1 and not self._is_open(line, False) for line in sample)
        return alike * 2 > len(sample)

    def _unclosed(self, number: int, taken: list[str]) -> Row:
        self.lines.put_back(taken[1:])
        return Row(number, problem=self.session.reason("open_quote"))

    def _row(self, number: int, cells: list[str]) -> Row:
        if len(cells) > MAX_COLUMNS and any(cell.strip() for cell in cells[MAX_COLUMNS:]):
            return Row(number, problem=self.session.reason("many_columns", columns=len(cells), limit=MAX_COLUMNS))
        if self.width is None and sum(bool(cell.strip()) for cell in cells) > 1:
            self.width = len(cells)
        return Row(number, tuple([cell if cell.strip() else "" for cell in cells[:MAX_COLUMNS]]))


def _parsed(sample: str, separator: str) -> list[list[str]]:
    lines = sample[:_SAMPLE].splitlines(keepends=True)[:_SAMPLE_LINES]
    if len(lines) > 1 and len(sample) >= _SAMPLE:
        lines = lines[:-1]
    try:
        return [row for row in csv.reader(lines, delimiter=separator) if any(cell.strip() for cell in row)]
    except csv.Error:
        return [line.split(separator) for line in lines if line.strip()]


def _weigh(sample: str, separator: str) -> tuple[float, float, int]:
    rows = _parsed(sample, separator)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0.0, 0.0, -SEPARATORS.index(separator))
    width, count = max(widths.items(), key=lambda each: (each[1], each[0]))
    return (float(known_headers(sample, separator)), count / len(rows) * min(width, 8), -SEPARATORS.index(separator))
