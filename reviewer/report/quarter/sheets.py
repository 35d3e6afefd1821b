"""Fill the sheets that a report adds to a workbook: the summary, and rows where they are not in the author's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from reviewer.okr import SEVERITIES, Finding
from reviewer.quarter import Coverage, Place, QuarterReview, ReviewedEntry, Where
from reviewer.report.asked import critique_facts
from reviewer.report.marked import shown
from reviewer.report.quarter.monday import changes_line, footer, points_line, to_say_first, verdict_line, verdicts_told
from reviewer.report.quarter.placing import place_of_where
from reviewer.report.quarter.tally import Tally, across, owner_of
from reviewer.report.quarter.titles import title_of
from reviewer.report.quarter.words import file_told, place_told, team_told
from reviewer.report.words import SIGNS, VERDICT_SIGNS, Words

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

LONGEST_CELL = 32_767
"""Characters that a cell holds at most (Excel specifications and limits)."""

MOST_ROWS = 1_048_576
"""Rows that a sheet holds at most (Excel specifications and limits)."""

FILLS = {"rethink": "FDECEA", "revise": "FDF3DC", "ready": "E5F4EA"}
INKS = {"rethink": "B3261E", "revise": "815400", "ready": "186A3B"}
_HEAD_FILL = "E9EEFB"

Value = str | int | float | None


def fill_text(cell: Any, value: Value) -> Any:
    """Set a cell to text that stays text, or to a number of ours; gives the cell.

    What looks like a formula or an error is written as a string, marked as one that was typed with an apostrophe.
    """
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = shown_cell(value)
    cell.value = text
    cell.data_type = "s"
    if text[:1] in "=+-@'#":
        cell.quotePrefix = True
    return cell


def shown_cell(text: str) -> str:
    """Write text for a cell: on one line, without what the format refuses, cut where a cell ends."""
    line = shown(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - 1] + "…"


def summary_rows(review: QuarterReview, tally: Tally, notes: Iterable[str], words: Words) -> Iterator[tuple[str, list[Value]]]:
    """Give the rows of the summary with their kind: "title", "head", "line" (a sentence that runs on to the right) or "row"."""
    yield "title", [f"{VERDICT_SIGNS[review.verdict]} {words.say('verdicts.' + review.verdict)}"]
    yield "line", [verdict_line(tally, words)]
    yield "line", [points_line(tally, words)]
    if review.changes:
        yield "line", [words.labelled(words.say("changes"), changes_line(review, words))]
    for note in notes:
        yield "line", [note]
    yield from _titled(words.say("monday"), None, _monday(review, tally, words))
    severities = [words.say(f"severities.{each}") for each in SEVERITIES]
    yield from _titled(
        words.say("by_rule"),
        [words.say("rule"), words.say("what"), *severities],
        ([rule, title_of(rule, words.language), *(counts[each] or None for each in SEVERITIES)] for rule, counts in tally.by_rule()),
    )
    yield from _titled(
        words.say("by_team"),
        [words.say("team"), words.say("verdict"), *severities],
        (
            [
                team_told(name, words),
                verdicts_told(team.okrs, team.verdicts, words),
                *(team.severities[each] or None for each in SEVERITIES),
            ]
            for name, team in tally.by_team()
        ),
    )
    yield from _titled(
        words.say("across"),
        [words.say("severity"), words.say("message")],
        _across(review, words),
    )
    yield from _titled(
        words.say("coverage"),
        [words.say("objective"), words.say("served_by")],
        ([each.text, _served(each, words)] for each in review.coverage),
    )
    yield from _titled(
        words.say("explained"),
        [words.say("places"), words.say("reason")],
        ([place_told(each.place, words, each.numbers), each.reason] for each in tally.explained_together()),
    )
    if review.critique is not None:
        yield from _titled(words.say("critique"), None, ([*fact] for fact in critique_facts(review.critique, words)))
    yield from _titled(words.say("notes"), None, ([None, note] for note in review.notes))
    yield "row", []
    yield "line", [footer(review, words)]


def okr_head(words: Words) -> list[Value]:
    """Give the head of a sheet of OKRs."""
    return [
        words.say(name)
        for name in ("verdict", "team", "owner", "objective", "key_result", "findings", "rewrite_short", "file", "sheet", "row")
    ]


def okr_rows(entry: ReviewedEntry, words: Words) -> Iterator[list[Value]]:
    """Give the rows of one entry: its objective, then its key results, each with what there is to say of it."""
    review = entry.review
    where = _where(entry.entry.place, words)
    if review is None:
        yield [words.say("kind_explained"), entry.team, None, None, None, entry.reason or entry.entry.reason, None, *where]
        return
    verdict = verdict_told(entry, words)
    for number, okr in enumerate(review.okrs):
        found = [each for each in review.findings if each.okr == number]
        of_okr = [each for each in found if each.key_result is None]
        yield [verdict, entry.team, owner_of(entry), okr.objective.text, None, *_said(of_okr, words), *where]
        for at, key_result in enumerate(okr.key_results):
            about = [each for each in found if each.key_result == at]
            place = place_of_where(Where(entry=0, key_result=at), entry.entry) if number == 0 else entry.entry.place
            yield [None, entry.team, owner_of(entry), okr.objective.text, key_result.text, *_said(about, words), *_where(place, words)]


def finding_told(finding: Finding, words: Words) -> str:
    """Say one finding in a few lines: the words, what is wrong, what to do."""
    quote = f"{words.say('quoted', text=shown(finding.quote.strip()))} " if finding.quote.strip() else ""
    head = f"{SIGNS[finding.severity]} {words.say('severities.' + finding.severity)}"
    said = words.labelled(head, f"{quote}{shown(finding.message)}")
    fix = f"\n→ {shown(finding.fix)}" if finding.fix else ""
    rewrite = f"\n{words.labelled(words.say('rewrite_short'), shown(finding.rewrite))}" if finding.rewrite else ""
    return f"{said}{fix}{rewrite}"


def verdict_told(entry: ReviewedEntry, words: Words) -> str | None:
    """Say the verdict on an entry, sign and word."""
    verdict = entry.verdict or (entry.review.verdict if entry.review else None)
    return f"{VERDICT_SIGNS[verdict]} {words.say(f'steps.{verdict}')}" if verdict else None


def styled(cell: WriteOnlyCell, kind: str) -> Any:
    """Give a cell of the summary the look of its kind."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.alignment = Alignment(wrap_text=kind in ("head", "row"), vertical="top")
    if kind == "title":
        cell.font = Font(bold=True, size=13)
    elif kind == "head":
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
    return cell


def _titled(title: str, head: list[str] | None, rows: Iterable[list[Any]]) -> Iterator[tuple[str, list[Value]]]:
    for number, cells in enumerate(rows):
        if number == 0:
            yield "row", []
            yield "title", [title]
            if head:
                yield "head", [*head]
        yield "row", cells


def _monday(review: QuarterReview, tally: Tally, words: Words) -> Iterator[list[Value]]:
    for told in to_say_first(review, tally, words):
        yield [told.label, told.said]
        for line, _ in told.lines:
            yield [None, f"– {line}"]


def _across(review: QuarterReview, words: Words) -> Iterator[list[Value]]:
    for each in across(review):
        yield [f"{SIGNS[each.severity]} {words.say('severities.' + each.severity)}", each.message]
        yield [each.rule, f"→ {each.fix}"]
        for quote in dict.fromkeys(each.evidence):
            yield [None, f"– {quote}"]


def _served(coverage: Coverage, words: Words) -> str:
    if not coverage.okrs:
        return f"✕ {words.say('coverage_none')}"
    teams = words.say("list_separator").join(team_told(team, words) for team in coverage.teams)
    return words.labelled(words.count("coverage_okrs", coverage.okrs), teams)


def _where(place: Place, words: Words) -> list[Value]:
    return [file_told(place.file, words), place.sheet, place.row]


def _said(found: Iterable[Finding], words: Words) -> list[Value]:
    listed = list(found)
    told = " / ".join(f"{SIGNS[each.severity]} {each.message} → {each.fix}" for each in listed)
    return [told or None, next((each.rewrite for each in listed if each.rewrite), None)]
