"""Write a quarter's review where it is wanted, in each format asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.cli import output
from reviewer.quarter import QuarterReview, ReviewedEntry

if TYPE_CHECKING:
    from rich.console import Console

_FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".sarif": "sarif",
    ".txt": "terminal",
}
_BOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Output:
    """Say in which format a report goes where; without a path, to standard output."""

    format: str
    path: Path | None = None


def format_of(path: Path) -> str | None:
    """Give the format that a file's name says, None when it says none."""
    return "sarif" if path.name.lower().endswith(".sarif.json") else _FORMATS.get(path.suffix.lower())


def write_report(wanted: Output, review: QuarterReview, entries: Iterable[ReviewedEntry], files: Sequence[str], *, verbose: bool) -> None:
    """Write one report; raises ReviewerError when its place does not allow it."""
    if wanted.format == "xlsx":
        _write_workbook(wanted, review, entries, files)
    elif wanted.format == "terminal":
        _print(wanted, review, entries, verbose)
    elif wanted.path is None:
        output.print_pieces(_pieces(wanted.format, review, entries, files))
    else:
        output.write_pieces(wanted.path, _pieces(wanted.format, review, entries, files))


def _pieces(format_: str, review: QuarterReview, entries: Iterable[ReviewedEntry], files: Sequence[str]) -> Iterator[str]:
    from reviewer.report import quarter as report

    if format_ == "html":
        title = Path(files[0]).name if len(files) == 1 and files[0] != "-" else None
        return report.render_html(review, entries, title=title)
    render = {
        "csv": report.render_csv,
        "json": report.render_json,
        "markdown": report.render_markdown,
        "sarif": report.render_sarif,
    }[format_]
    return render(review, entries)


def _print(wanted: Output, review: QuarterReview, entries: Iterable[ReviewedEntry], verbose: bool) -> None:
    def show(console: Console) -> None:
        from reviewer.report.quarter import print_quarter

        print_quarter(review, console, entries, verbose=verbose)

    if wanted.path is None:
        with output.terminal() as console:
            show(console)
    else:
        console, text = output.page()
        show(console)
        output.write_pieces(wanted.path, [output.trim_lines(text.getvalue()), "\n"])


def _write_workbook(wanted: Output, review: QuarterReview, entries: Iterable[ReviewedEntry], files: Sequence[str]) -> None:
    from reviewer.report.quarter import write_workbook

    assert wanted.path is not None  # the command refuses a workbook without a file
    books = [Path(name) for name in files if name != "-" and Path(name).suffix.lower() in _BOOKS]
    for note in write_workbook(review, entries, books[0] if len(books) == 1 else None, wanted.path):
        output.complain(f"{wanted.path}: {note}")


def only_new(review: QuarterReview, entries: Iterable[ReviewedEntry]) -> Iterator[ReviewedEntry]:
    """Leave out of the entries what an earlier review had found already; `changes` are in the order of the findings."""
    new = iter([each.status == "new" for each in review.changes])
    for entry in entries:
        found = entry.review
        if found is None or not found.findings:
            yield entry
        else:
            kept = tuple(finding for finding in found.findings if next(new))
            yield entry.model_copy(update={"review": found.model_copy(update={"findings": kept})})


def only_new_across(review: QuarterReview, note: str) -> QuarterReview:
    """Leave out of the findings across OKRs what an earlier review had found already, and say so."""
    now = [each.status == "new" for each in review.changes if each.status != "fixed"]
    across = now[len(now) - len(review.findings) :]
    kept = tuple(finding for finding, new in zip(review.findings, across, strict=True) if new)
    return review.model_copy(update={"findings": kept, "notes": (*review.notes, note)})
