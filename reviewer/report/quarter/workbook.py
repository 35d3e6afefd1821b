"""Write a quarter's review as a workbook: the author's own with verdicts and comments, or one of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from reviewer.errors import ReviewerError
from reviewer.okr import SEVERITIES, Finding, Verdict
from reviewer.quarter import Place, QuarterReview, ReviewedEntry
from reviewer.report.marked import shown
from reviewer.report.quarter import sheets
from reviewer.report.quarter.carrying import why_not
from reviewer.report.quarter.columns import LAST_COLUMN, dress, free_column, widen
from reviewer.report.quarter.placing import cells_of
from reviewer.report.quarter.tally import Tally, entries_of
from reviewer.report.quarter.words import quarter_words
from reviewer.report.words import Words
from reviewer.verdicts import worst

_AUTHOR = "OKR"
_MOST_SAID = 6
"""Findings told in one cell's comment; the rest is in the report."""

_LONGEST_COMMENT = 8_000
_WIDTHS = (14, 18, 18, 42, 42, 60, 42, 24, 14, 8)

Comments = dict[tuple[str, str], list[Finding]]
"""Findings by sheet and cell ("C12")."""


def write_workbook(review: QuarterReview, entries: Iterable[ReviewedEntry] | None, original: Path | None, target: Path) -> tuple[str, ...]:
    """Write the review to `target` and give notes on what was done, in the review's language.

    With `original`, an XLSX file that can be written back without loss, it is the author's own workbook with a verdict
    column, comments on the cells concerned and a summary sheet. Otherwise it is a workbook of its own with a summary and
    one row per statement, and a note says what would have been lost. The original is never touched. Raises ReviewerError
    when `target` is the original or cannot be written.
    """
    words = quarter_words(review.language)
    if original is not None and _same(original, target):
        raise ReviewerError(words.say("fail_same", path=target))
    given = entries_of(review, entries)
    if original is None or original.suffix.lower() not in (".xlsx", ".xlsm", ".xltx", ".xltm"):
        return _fresh(review, given, (), target, words)
    reason = why_not(original, words)
    if reason is None:
        try:
            book = _opened(original)
        except Exception as error:  # openpyxl raises whatever a broken part makes it meet
            reason = words.say("fresh_unread", why=shown(str(error)) or type(error).__name__)
        else:
            return _Annotated(review, original, book, words).write(given, target)
    return _fresh(review, given, (reason,), target, words)


def _opened(original: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(original, rich_text=True)


class _Annotated:
    """Add a review to the author's own workbook."""

    def __init__(self, review: QuarterReview, original: Path, book: Any, words: Words) -> None:
        self.review = review
        self.original = original
        self.book = book
        self.words = words
        self.tally = Tally()
        self.columns: dict[str, int] = {}
        self.verdicts: dict[tuple[str | None, int | None], list[tuple[str | None, str, Verdict | None]]] = {}
        self.comments: Comments = {}
        self.elsewhere: list[ReviewedEntry] = []

    def write(self, entries: Iterable[ReviewedEntry], target: Path) -> tuple[str, ...]:
        """Add verdicts, comments and the summary, and save."""
        full = next((sheet.title for sheet in self.book.worksheets if free_column(sheet) > LAST_COLUMN), None)
        if full is not None:
            return _fresh(self.review, entries, (self.words.say("fresh_full", sheet=shown(full)),), target, self.words)
        for entry in entries:
            self.tally.add(entry)
            if self.is_here(entry.entry.place):
                if entry.review is None and entry.entry.rows == 0:
                    self.unread(entry)
                else:
                    self.verdict(entry)
                self.gather(entry)
            elif entry.review is not None:
                self.elsewhere.append(entry)
        self.tally.add_across(self.review)
        for (sheet, cell), found in self.comments.items():
            self.comment(self.book[sheet], cell, found)
        note = self.words.say("added_note", column=self.words.say("verdict"))
        self.add_sheets(note)
        # The values that Excel had computed are not kept by openpyxl: it computes them again when it opens the copy.
        self.book.calculation.fullCalcOnLoad = True
        with _beside(target, self.words) as file:
            self.book.save(file)
        return (note,)

    def is_here(self, place: Place) -> bool:
        """Tell whether a place is in the author's workbook."""
        if place.sheet is None or place.row is None or place.sheet not in self.book.sheetnames:
            return False
        given = Path(place.file)
        return given == self.original or self.original.parts[-len(given.parts) :] == given.parts

    def verdict(self, entry: ReviewedEntry) -> None:
        """Write the verdict in the first free column, in the row where the OKR begins."""
        from openpyxl.styles import Font, PatternFill

        place = entry.entry.place
        sheet = self.book[place.sheet]
        told = sheets.verdict_told(entry, self.words) or self.words.say("kind_explained")
        verdict = entry.verdict or (entry.review.verdict if entry.review else None)
        before = self.verdicts.setdefault((place.sheet, place.row), [])
        before.append((place.column, told, verdict))
        if before[1:]:  # a table on its side holds several OKRs in one row
            told = "\n".join((self.words.say("label_colon", label=column) + " " if column else "") + said for column, said, _ in before)
            verdict = worst(each for _, _, each in before if each) if any(each for _, _, each in before) else None
        cell = sheets.fill_text(sheet.cell(place.row, self.column(sheet)), told)
        if verdict:
            cell.fill = PatternFill("solid", fgColor=sheets.FILLS[verdict])
            cell.font = Font(bold=True, color=sheets.INKS[verdict])
        else:
            self.note(cell, shown(entry.reason or entry.entry.reason or ""))

    def unread(self, entry: ReviewedEntry) -> None:
        """Say on a cell that it could not be read: its row is reviewed without it, and has its own verdict."""
        place = entry.entry.place
        sheet = self.book[place.sheet]
        cell = sheet[f"{place.column}{place.row}"] if place.column else sheet.cell(place.row, 1)
        self.note(_top_left(sheet, cell.coordinate), shown(entry.reason or entry.entry.reason or ""))

    def column(self, sheet: Any) -> int:
        """Give the verdict column of a sheet, with its head beside the author's."""
        if sheet.title not in self.columns:
            at = self.columns[sheet.title] = free_column(sheet)
            heads = [each.header_row for each in self.review.taken_for if each.header_row and self.is_here_sheet(each.place, sheet.title)]
            if heads:
                dress(sheets.fill_text(sheet.cell(heads[0], at), self.words.say("verdict")))
            widen(sheet, at, _WIDTHS[0])
        return self.columns[sheet.title]

    def is_here_sheet(self, place: Place, sheet: str) -> bool:
        """Tell whether a table stands on one sheet of the author's workbook."""
        return place.sheet == sheet and self.is_here(place.model_copy(update={"row": 1}))

    def gather(self, entry: ReviewedEntry) -> None:
        """Tie the findings on one OKR to the cells whose words they are about."""
        if entry.review is None:
            return
        for finding in entry.review.findings:
            places = [piece.place for piece in cells_of(finding, entry.entry, entry.review)] or [entry.entry.place]
            for place in dict.fromkeys(places):
                if self.is_here(place) and place.sheet and place.row:
                    cell = f"{place.column}{place.row}" if place.column else self.book[place.sheet].cell(place.row, 1).coordinate
                    self.comments.setdefault((place.sheet, cell), []).append(finding)

    def comment(self, sheet: Any, coordinate: str, found: list[Finding]) -> None:
        """Write what there is to say of one cell as its comment, the most serious first."""
        ordered = sorted(found, key=lambda each: SEVERITIES.index(each.severity))
        told = [sheets.finding_told(each, self.words) for each in ordered[:_MOST_SAID]]
        if ordered[_MOST_SAID:]:
            told.append(self.words.count("more_comments", len(ordered) - _MOST_SAID))
        self.note(_top_left(sheet, coordinate), "\n\n".join(told))

    def note(self, cell: Any, text: str) -> None:
        """Comment a cell, under what the author had noted there."""
        from openpyxl.comments import Comment

        before = cell.comment
        said = f"{before.text}\n\n{text}" if before is not None else text
        author = before.author if before is not None else _AUTHOR
        comment = Comment(said[: _LONGEST_COMMENT + len(said) - len(text)], author or _AUTHOR)
        comment.width, comment.height = 420, min(60 + 18 * (said.count("\n") + len(said) // 60), 480)
        cell.comment = comment

    def add_sheets(self, note: str) -> None:
        """Add the summary, and the OKRs of other files where there are some."""
        sheet = self.book.create_sheet(self.words.say("summary_sheet"))
        _fill_summary(sheet, self.review, self.tally, (note,), self.words)
        if self.elsewhere:
            others = self.book.create_sheet(self.words.say("okr_sheet"))
            _append(others, "head", sheets.okr_head(self.words))
            for entry in self.elsewhere:
                for cells in sheets.okr_rows(entry, self.words):
                    _append(others, "row", cells)


def _fresh(review: QuarterReview, entries: Iterable[ReviewedEntry], notes: tuple[str, ...], target: Path, words: Words) -> tuple[str, ...]:
    """Write a workbook of its own, row by row: its size costs disk and no memory."""
    with _beside(target, words) as file:
        book = _rows_of_its_own(review, entries, notes, words)
        book.save(file)
    return notes


def _rows_of_its_own(review: QuarterReview, entries: Iterable[ReviewedEntry], notes: tuple[str, ...], words: Words) -> Any:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    summary = book.create_sheet(words.say("summary_sheet"))
    tally, rows, sheet = Tally(), 0, None
    for entry in entries:
        tally.add(entry)
        for cells in sheets.okr_rows(entry, words):
            if sheet is None or rows >= sheets.MOST_ROWS:
                sheet, rows = book.create_sheet(words.say("okr_sheet")), 1
                for at, width in enumerate(_WIDTHS, 1):
                    sheet.column_dimensions[get_column_letter(at)].width = width
                sheet.freeze_panes = "A2"
                _append(sheet, "head", sheets.okr_head(words))
            _append(sheet, "row", cells)
            rows += 1
    tally.add_across(review)
    _fill_summary(summary, review, tally, notes, words)
    return book


def _fill_summary(sheet: Any, review: QuarterReview, tally: Tally, notes: Iterable[str], words: Words) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    for letter, width in zip("ABCDE", (36, 84, 12, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for kind, cells in sheets.summary_rows(review, tally, notes, words):
        _append(sheet, kind, cells)


def _append(sheet: Any, kind: str, cells: Iterable[sheets.Value]) -> None:
    from openpyxl.cell import WriteOnlyCell

    sheet.append([sheets.styled(sheets.fill_text(WriteOnlyCell(sheet), value), kind) for value in cells])


def _top_left(sheet: Any, coordinate: str) -> Any:
    """Give a cell, or the one that speaks for the merged cells it is in."""
    cell = sheet[coordinate]
    for merged in sheet.merged_cells.ranges:
        if coordinate in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.resolve() == other.resolve() or (other.exists() and os.path.samefile(one, other))
    return False


@contextmanager
def _beside(target: Path, words: Words) -> Iterator[Path]:
    """Give a file to save to, and put it in the target's place at the end: a full disk leaves no half workbook."""
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".xlsx", delete=False) as made:
            held = Path(made.name)
        try:
            yield held
            held.chmod(0o644)
            held.replace(target)
        finally:
            held.unlink(missing_ok=True)
    except OSError as error:
        raise ReviewerError(words.say("fail_write", path=target, why=error.strerror or error)) from error
