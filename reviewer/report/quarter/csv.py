"""Write a quarter's findings as CSV for a spreadsheet: one row per finding, and no cell that could become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from reviewer.okr import Verdict
from reviewer.quarter import Entry, Place, QuarterReview, ReviewedEntry
from reviewer.report.marked import shown
from reviewer.report.quarter.placing import place_of_finding, place_of_where, wheres
from reviewer.report.quarter.tally import entries_of, owner_of
from reviewer.report.quarter.words import file_told, place_told, quarter_words
from reviewer.report.words import Words

_FORMULA = re.compile(r"\A[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r]")
"""What a spreadsheet may take for a formula, also after blanks, and in the full-width forms that some turn into it."""

_COLUMNS = (
    "kind", "team", "owner", "objective", "key_result", "verdict", "severity", "rule", "message", "fix",
    "quote", "rewrite_short", "origin", "confidence", "file", "sheet", "row", "column", "other_places",
)  # fmt: skip


def render_csv(review: QuarterReview, entries: Iterable[ReviewedEntry] | None = None) -> Iterator[str]:
    """Write one row per finding, then one per finding across OKRs, then one per place that was not reviewed.

    The text begins with a byte order mark, for Excel; the separator is that of the language (";" in French). A cell that
    a spreadsheet could take for a formula begins with an apostrophe.
    """
    words = quarter_words(review.language)
    concerned = wheres(review)
    places: dict[int, Entry] = {}
    explained: list[str] = []
    yield "\ufeff" + _row((words.say(name) for name in _COLUMNS), words)
    for number, entry in enumerate(entries_of(review, entries)):
        if number in concerned:
            places[number] = entry.entry
        if entry.review is None:
            explained.append(_explained(entry, words))
        else:
            yield from _found(entry, words)
    yield from _across(review, places, words)
    yield from explained


def safe_cell(text: str) -> str:
    """Write text on one line, with an apostrophe before what a spreadsheet could take for a formula."""
    line = shown(text)
    return f"'{line}" if _FORMULA.match(text) or _FORMULA.match(line) else line


def _row(cells: Iterable[str], words: Words) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=words.say("csv_separator"), quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(safe_cell, cells))
    return written.getvalue()


def _found(entry: ReviewedEntry, words: Words) -> Iterator[str]:
    review = entry.review
    assert review is not None
    for finding in review.findings:
        okr = review.okrs[finding.okr] if finding.okr < len(review.okrs) else None
        objective = okr.objective.text if okr else ""
        held = okr.key_results if okr else ()
        key_result = held[finding.key_result].text if finding.key_result is not None and finding.key_result < len(held) else ""
        yield _row(
            [
                words.say("kind_finding"),
                entry.team or "",
                owner_of(entry) or "",
                objective,
                key_result,
                _verdict(entry.verdict or review.verdict, words),
                words.say(f"severities.{finding.severity}"),
                finding.rule,
                finding.message,
                finding.fix,
                finding.quote,
                finding.rewrite or "",
                words.say("origin_rule") if finding.origin == "rule" else words.say(f"said_by_{finding.origin}"),
                words.share(finding.confidence),
                *_cells(place_of_finding(finding, entry.entry, review), words),
                "",
            ],
            words,
        )


def _across(review: QuarterReview, places: dict[int, Entry], words: Words) -> Iterator[str]:
    for finding in review.findings:
        known = [place_of_where(where, places[where.entry]) for where in finding.places if where.entry in places]
        yield _row(
            [
                words.say("kind_quarter"),
                finding.team or "",
                "",
                _goal(review, finding.company_objective),
                "",
                "",
                words.say(f"severities.{finding.severity}"),
                finding.rule,
                finding.message,
                finding.fix,
                " | ".join(finding.evidence),
                "",
                words.say("origin_rule"),
                words.share(finding.confidence),
                *(_cells(known[0], words) if known else [""] * 4),
                " | ".join(place_told(place, words) for place in known),
            ],
            words,
        )


def _explained(entry: ReviewedEntry, words: Words) -> str:
    reason = entry.reason or entry.entry.reason or ""
    blank = [""] * (_COLUMNS.index("message") - 1)
    between = [""] * (_COLUMNS.index("file") - _COLUMNS.index("message") - 1)
    return _row([words.say("kind_explained"), *blank, reason, *between, *_cells(entry.entry.place, words), ""], words)


def _goal(review: QuarterReview, number: int | None) -> str:
    return review.company_objectives[number] if number is not None and number < len(review.company_objectives) else ""


def _cells(place: Place, words: Words) -> list[str]:
    return [file_told(place.file, words), place.sheet or "", "" if place.row is None else str(place.row), place.column or ""]


def _verdict(verdict: Verdict, words: Words) -> str:
    return words.say(f"steps.{verdict}")
