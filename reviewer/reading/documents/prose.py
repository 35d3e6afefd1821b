"""Read a text or a Markdown page: one entry for each OKR, with the line it begins on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from reviewer.errors import UnreadableDraftError
from reviewer.okr import Okr
from reviewer.quarter import Entry, Piece, Place, Statement
from reviewer.reading.documents.parts import shown
from reviewer.reading.documents.session import Session
from reviewer.reading.okr_text import Passage, ReadOkr
from reviewer.reading.refusals import MAX_CHARACTERS

Locate = Callable[[int], tuple[Place, int]]
"""Give the place of a character of a text, and where in that line or paragraph it stands."""

_HEADING = re.compile(r"(?m)^(#{1,6})[ \t]")


def locate_lines(text: str, file: str) -> Locate:
    """Make the function that finds the line of a character."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def locate(position: int) -> tuple[Place, int]:
        line = bisect_right(starts, position)
        return Place(file=file, row=line), position - starts[line - 1]

    return locate


def read_prose(text: str, locate: Locate, session: Session, place: Place) -> Iterator[Entry]:
    """Give the OKRs of a text; `place` is where the text stands, for what is said of all of it.

    A text longer than is read at once is cut at its highest headings; a section that is still too long is explained.
    """
    text = shown(text)
    session.hear(text)
    if len(text) <= MAX_CHARACTERS:
        yield from _read_section(text, 0, locate, session, place)
        return
    found = False
    unreadable = None
    for start, end in _sections(text):
        if end - start > MAX_CHARACTERS:
            yield session.explained(locate(start)[0], "long_section", length=end - start, limit=MAX_CHARACTERS)
            found = True
            continue
        for entry in _read_section(text[start:end], start, locate, session, place):
            if entry.okr is None:
                unreadable = entry
            else:
                found = True
                yield entry
    if not found and unreadable is not None:
        yield unreadable


def entry_of(okr: ReadOkr, offset: int, locate: Locate) -> Entry:
    """Make the entry of an OKR read from a text that begins `offset` characters into the whole."""
    objective = None if okr.objective is None else _statement(okr.objective, offset, locate)
    key_results = tuple(_statement(passage, offset, locate) for passage in okr.key_results)
    first = okr.objective or okr.key_results[0]
    return Entry(
        place=locate(first.start + offset)[0],
        okr=Okr(
            objective=objective.text if objective is not None else "",
            key_results=tuple(each.text for each in key_results),
            contributes_to=okr.contributes_to,
            owner=okr.owner,
            team=okr.team,
        ),
        objective=objective,
        key_results=key_results,
        cycle=okr.cycle,
        details=tuple({} for _ in key_results),
    )


def _read_section(text: str, offset: int, locate: Locate, session: Session, place: Place) -> Iterator[Entry]:
    from reviewer.reading import read  # the package that this module is part of

    try:
        okrs = read(text)
    except UnreadableDraftError as error:
        yield Entry(place=place, reason=str(error))
        return
    for okr in okrs:
        yield entry_of(okr, offset, locate)


def _statement(passage: Passage, offset: int, locate: Locate) -> Statement:
    """Tie a passage to its lines, one piece for each."""
    pieces = []
    position = 0
    for line in passage.text.splitlines(keepends=True):
        said = line.rstrip("\r\n")
        if said:
            place, begin = locate(offset + passage.start + position)
            pieces.append(Piece(span=(position, position + len(said)), place=place, offset=begin))
        position += len(line)
    return Statement(text=passage.text, pieces=tuple(pieces))


def _sections(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text at its highest headings that come more than once, and join neighbours as far as one reading goes."""
    headings = [(len(match[1]), match.start()) for match in _HEADING.finditer(text)]
    levels = [level for level, _ in headings]
    level = next((level for level in range(1, 7) if levels.count(level) > 1), None)
    edges = [0, *(start for depth, start in headings if level is not None and depth <= level), len(text)]
    begin = edges[0]
    for before, after in zip(edges, edges[1:], strict=False):
        if after - begin > MAX_CHARACTERS and before > begin:
            yield begin, before
            begin = before
    yield begin, edges[-1]
