"""Review the files of a quarter for one visitor: uploaded files in, reports in a folder of their own out, nothing kept beside."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Queue
from typing import NamedTuple

from reviewer.errors import ReviewerError
from reviewer.okr import Context
from reviewer.quarter import QuarterReview
from reviewer.quarterly.progress import Progress
from reviewer.quarterly.reviewing import review_quarter

MOST_FILES = 20
MOST_OKRS = 3_000
"""OKRs reviewed at once for a visitor: some minutes of one core, and a page that a browser still opens."""

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".json", ".jsonl", ".yaml", ".yml", ".md", ".markdown", ".txt", ".docx")


class TooManyError(ReviewerError):
    """Refuse more OKRs than one visitor may ask for at once."""


class Reports(NamedTuple):
    """Hold the reports of one quarter: their files, the page as HTML, what was said of the workbook."""

    review: QuarterReview
    folder: Path
    html: Path
    json: Path
    xlsx: Path
    notes: tuple[str, ...]

    def page(self) -> str:
        """Give the report as HTML."""
        return self.html.read_text("utf-8")


class Step(NamedTuple):
    """Say how far it is, or give the end: the reports, or what went wrong."""

    progress: Progress | None = None
    reports: Reports | None = None
    error: Exception | None = None


def reviewed_files(paths: Sequence[str], context: Context) -> Iterator[Step]:
    """Review uploaded files, saying how far it is; the files are deleted at the end, whatever happens."""
    told: Queue[Step] = Queue()
    left = threading.Event()

    def listen(progress: Progress) -> None:
        if left.is_set():
            raise KeyboardInterrupt  # the visitor has gone: a run stops as for Ctrl-C
        if progress.done > MOST_OKRS or (progress.total or 0) > MOST_OKRS:
            raise TooManyError(str(MOST_OKRS))
        told.put(Step(progress))

    def work() -> None:
        try:
            done = review_quarter([Path(each) for each in paths], context=context, workers=1, on_progress=listen)
            told.put(Step(reports=_written(done, [Path(each) for each in paths])))
        except Exception as error:
            told.put(Step(error=error))
        except KeyboardInterrupt:
            pass
        finally:
            delete(paths)

    threading.Thread(target=work, name="okr-quarter", daemon=True).start()
    try:
        while True:
            step = told.get()
            yield step
            if step.progress is None:
                return
    finally:
        left.set()


def delete(paths: Sequence[str]) -> None:
    """Delete uploaded files, each with the folder of its own that it was put in."""
    for each in paths:
        with suppress(OSError):
            path = Path(each)
            path.unlink(missing_ok=True)
            path.parent.rmdir()


def forget(folder: str | None) -> None:
    """Delete the reports of a visitor who has gone."""
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def _written(review: QuarterReview, originals: Sequence[Path]) -> Reports:
    from reviewer.report.quarter import render_html, render_json, write_workbook

    folder = Path(tempfile.mkdtemp(prefix="okr-quarter-", dir=_files_folder()))
    title = originals[0].name if len(originals) == 1 else None
    html, json, xlsx = folder / "okr-review.html", folder / "okr-review.json", folder / "okr-review.xlsx"
    with html.open("w", encoding="utf-8", errors="replace") as file:
        file.writelines(render_html(review, title=title))
    with json.open("w", encoding="utf-8", errors="replace") as file:
        file.writelines(render_json(review))
    books = [each for each in originals if each.suffix.lower() in (".xlsx", ".xlsm")]
    notes = write_workbook(review, None, books[0] if len(books) == 1 and len(originals) == 1 else None, xlsx)
    return Reports(review, folder, html, json, xlsx, notes)


def _files_folder() -> str | None:
    """Give the folder that the form serves files from."""
    import os

    folder = os.environ.get("GRADIO_TEMP_DIR")
    return folder if folder and Path(folder).is_dir() else None
