"""Part tables that stand side by side on one sheet: the same header comes twice in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reviewer.reading.documents.columns import Layout
from reviewer.reading.documents.parts import Row
from reviewer.reading.documents.vocabulary import folded, meaning

Rows = Callable[[], Iterator[Row]]


def side_by_side(layout: Layout, rows: Rows) -> list[Rows]:
    """Give the rows of each of several tables under one header row, each with its own columns only; none for a single table.

    Tables begin where the first header that is repeated comes again, and each has an objective and a key result.
    """
    headers = [folded(header) for header in layout.headers]
    first = next((header for header in headers if header and headers.count(header) > 1), None)
    if first is None:
        return []
    starts = [at for at, header in enumerate(headers) if header == first]
    edges = [*([0] if all(meaning(header) is None for header in headers[: starts[0]]) else starts[:1]), *starts[1:], None]
    stretches = [slice(start, end) for start, end in zip(edges, edges[1:], strict=False)]
    if starts[0] and edges[0] != 0:
        return []  # columns before the first table hold for all of them: a single table
    if not all(_is_whole(layout.headers[stretch]) for stretch in stretches):
        return []
    return [lambda stretch=stretch: (_within(row, stretch) for row in rows()) for stretch in stretches]  # type: ignore[misc]


def _is_whole(headers: Sequence[str]) -> bool:
    senses = {known.sense for header in headers if (known := meaning(header)) is not None}
    return "objective" in senses and bool(senses & {"key_result", "indicator"})


def _within(row: Row, stretch: slice) -> Row:
    start, end = stretch.start, stretch.stop if stretch.stop is not None else max(len(row.cells), *row.above, *row.faults, 0) + 1

    def inside(at: int) -> bool:
        return bool(start <= at < end)

    return row._replace(
        cells=tuple(cell if inside(at) else "" for at, cell in enumerate(row.cells)),
        above={at: cell for at, cell in row.above.items() if inside(at)},
        wide=frozenset(at for at in row.wide if inside(at)),
        faults={at: fault for at, fault in row.faults.items() if inside(at)},
    )
