"""Find room for a column of ours on an author's sheet: right of everything, with a width of its own."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

LAST_COLUMN = 16_384
"""Columns that a sheet holds at most (Excel specifications and limits)."""


def free_column(sheet: Any) -> int:
    """Give the first column (1-based) right of everything on a sheet, so that nothing moves and nothing of theirs acts on ours.

    What stretches to the sheet's last column (a merged banner, a format of whole rows) is not counted; the column may be
    beyond LAST_COLUMN when the sheet is full.
    """
    values = (cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None or cell.comment is not None)
    return int(max((*values, *(last for last in _stretches(sheet) if last < LAST_COLUMN)), default=0)) + 1


def widen(sheet: Any, at: int, width: float) -> None:
    """Give one column a width and show it, out of the stretch of columns that share a width, or are hidden, with it.

    A file in which two stretches overlap is one that Excel wants to repair.
    """
    from openpyxl.utils import get_column_letter

    for held in list(sheet.column_dimensions.values()):
        held.reindex()
        if held.min <= at <= held.max:
            first, last = held.min, held.max
            del sheet.column_dimensions[get_column_letter(first)]
            for low, high in ((first, at - 1), (at + 1, last)):
                if low <= high:
                    sheet.column_dimensions[get_column_letter(low)] = _stretch(sheet, held, low, high)
    sheet.column_dimensions[get_column_letter(at)].width = width


def dress(head: Any) -> None:
    """Give the head of our column the look of the head beside it."""
    from openpyxl.styles import Font

    beside = head.offset(column=-1) if head.column > 1 else head
    if not beside.has_style:
        head.font = Font(bold=True)
        return
    head.font, head.fill, head.border = copy(beside.font), copy(beside.fill), copy(beside.border)
    head.alignment = copy(beside.alignment)


def _stretches(sheet: Any) -> Iterator[int]:
    """Give the last column of each range that something of the author's holds for."""
    from openpyxl.utils import range_boundaries

    for merged in sheet.merged_cells.ranges:
        yield merged.max_col
    for table in sheet.tables.values():
        yield range_boundaries(table.ref)[2] or LAST_COLUMN
    for ruled in (*sheet.conditional_formatting, *sheet.data_validations.dataValidation):
        for each in ruled.sqref.ranges:
            yield each.max_col


def _stretch(sheet: Any, held: Any, first: int, last: int) -> Any:
    """Make a stretch of columns that look like those of another."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.dimensions import ColumnDimension

    made = ColumnDimension(
        sheet,
        index=get_column_letter(first),
        width=held.width,
        bestFit=held.bestFit,
        hidden=held.hidden,
        outlineLevel=held.outlineLevel,
        collapsed=held.collapsed,
        min=first,
        max=last,
    )
    made._style = copy(held._style)
    return made
