"""Cut the words of a cell into statements: labels, bullets and line ends off, each with its place in the cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.reading.labels import KEY_RESULT, OBJECTIVE, labels_in, with_ends
from reviewer.reading.source import Source, prepare
from reviewer.reading.trim import statement

_BULLET = re.compile(r"[ \t]*(?:[-*+•●◦▪▫■‣·–—➔➜►▶✓✔☐☑☒][ \t]+|[•●▪■➔➜►▶☐☑☒]|\(?\d{1,2}[.)][ \t]+|\(?[a-h]\)[ \t]+)")
_MOST_STATEMENTS = 200


class Said(NamedTuple):
    """Hold one statement of a cell: its role ("key_result", "objective", "contributes", "team", ...) and where it begins."""

    role: str
    text: str
    offset: int
    owner: str | None = None


def statements(text: str, role: str, several: bool = False) -> list[Said]:
    """Cut a cell whose words have the given role, unless a label in it says otherwise.

    Lines are statements of their own when each has its bullet or number, or when the cell may hold `several`; else a line end
    is only where the cell was wide enough.
    """
    source = prepare(text)
    found: list[Said] = []
    for start, end in _lines(source.plain, several):
        found += _of_stretch(source, start, end, role)
        if len(found) >= _MOST_STATEMENTS:
            break
    return found[:_MOST_STATEMENTS]


def _lines(plain: str, several: bool) -> Iterator[tuple[int, int]]:
    edges = [0, *(match.end() for match in re.finditer("\n", plain)), len(plain)]
    lines = [(start, end) for start, end in zip(edges, edges[1:], strict=False) if plain[start:end].strip()]
    if len(lines) < 2:
        yield 0, len(plain)
        return
    bullets = [_BULLET.match(plain, start, end) for start, end in lines]
    labels = [bool(labels_in(plain, start + _blanks(plain[start:end]), end)) for start, end in lines]
    marked = [bool(bullet) or label for bullet, label in zip(bullets, labels, strict=True)]
    whole = several and all(not plain[start:end].lstrip()[0].islower() for start, end in lines)
    if whole or sum(marked) >= max(2, len(lines) - 1) or any(labels):
        begin: tuple[int, int] | None = None
        for (start, end), bullet, one in zip(lines, bullets, marked, strict=True):
            if begin is not None and not one and not whole:
                begin = (begin[0], end)  # the line before goes on
                continue
            if begin is not None:
                yield begin
            begin = (bullet.end() if bullet else start, end)
        if begin is not None:
            yield begin
    else:
        yield 0, len(plain)


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _of_stretch(source: Source, start: int, end: int, role: str) -> Iterator[Said]:
    start += _blanks(source.plain[start:end])
    bullet = _BULLET.match(source.plain, start, end)
    if bullet is not None:
        start = bullet.end()
    labels = labels_in(source.plain, start, end)
    first = labels[0].start if labels else end
    if first > start:
        yield from _said(source, start, first, role)
    for label, stop in with_ends(labels, end):
        kind = "key_result" if label.role in KEY_RESULT else "objective" if label.role in OBJECTIVE - {"parent"} else label.role
        yield from _said(source, label.end, stop, "contributes" if kind == "parent" else kind)


def _said(source: Source, start: int, end: int, role: str) -> Iterator[Said]:
    found = statement(source, start, end)
    if found is not None:
        yield Said(role, found.passage.text, found.passage.start, found.owner)
