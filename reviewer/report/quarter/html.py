"""Write a quarter's review as one HTML file: charts, a table to sort and filter, each OKR's review in its row."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib import resources
from tempfile import TemporaryFile

from reviewer.quarter import QuarterReview, ReviewedEntry
from reviewer.report.element import Html, el
from reviewer.report.html import _style as review_style
from reviewer.report.marked import shown
from reviewer.report.quarter import sections
from reviewer.report.quarter.charts import patterns, verdict_bar
from reviewer.report.quarter.monday import changes_line, footer, points_line, verdict_line
from reviewer.report.quarter.placing import wheres
from reviewer.report.quarter.rows import Rulebook, row
from reviewer.report.quarter.tally import VERDICTS, Tally, entries_of
from reviewer.report.quarter.words import place_told, quarter_words, team_told
from reviewer.report.words import VERDICT_SIGNS, Words

FOLDED_FROM = 1000
"""More OKRs than this and the page keeps what there is to mend: a browser still opens it."""

_BLOCK = 1 << 16
_COLUMNS = ("team", "owner", "objective", "verdict", "findings", "alignment_short")


def render_html(review: QuarterReview, entries: Iterable[ReviewedEntry] | None = None, *, title: str | None = None) -> Iterator[str]:
    """Write a quarter's review as one HTML file that needs nothing from elsewhere, piece by piece.

    Sorting and filtering are a small script in the page, which a policy in it allows by its digest and no other; without
    scripts everything is there to read. `entries` are read once: their rows wait on disk until the counts above are known.
    """
    words = quarter_words(review.language)
    book, tally, names = Rulebook(words), Tally(), dict[int, str]()
    size = sum(team.okrs for team in review.teams) or len(review.entries)
    folded = size > FOLDED_FROM
    concerned = wheres(review)
    with TemporaryFile("w+", encoding="utf-8", errors="replace", newline="") as rows:
        for entry in entries_of(review, entries):
            number = tally.add(entry)
            if number in concerned:
                told = place_told(entry.entry.place, words)
                names[number] = f"{team_told(entry.team, words)} · {told}" if entry.team else told
            if entry.review is not None:
                rows.write(row(number, entry, entry.review, words, book, folded=folded) + "\n")
        tally.add_across(review)
        yield _opening(review, title, words)
        yield from _before(review, tally, names, words, book, title)
        if tally.okrs:
            yield _table_opening(words, folded)
            rows.seek(0)
            while block := rows.read(_BLOCK):
                yield block
            yield "</table></section>"
        yield from _after(review, tally, names, words, book)
        yield el("script", _script()) + "</main></body></html>\n"


def _opening(review: QuarterReview, title: str | None, words: Words) -> str:
    verdict = words.say(f"verdicts.{review.verdict}")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy()),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", shown(title) if title else words.say("quarter_document", verdict=verdict)),
        el("style", review_style(), _style()),
    )
    return f'<!doctype html>\n<html lang="{review.language}">{head}\n<body class="okr-review okr-quarter"><main>{patterns()}'


def _before(review: QuarterReview, tally: Tally, names: dict[int, str], words: Words, book: Rulebook, title: str | None) -> Iterator[str]:
    """Write what stands above the table: a glance, what to say, who serves what, the charts."""
    steps = [
        el("li", VERDICT_SIGNS[step], " ", words.say(f"steps.{step}"), aria_current="step", class_=step)
        if step == review.verdict
        else el("li", words.say(f"steps.{step}"))
        for step in VERDICTS
    ]
    yield el(
        "header",
        el("p", shown(title) if title else words.say("quarter_title"), class_="eyebrow"),
        el(
            "div",
            el("h1", words.say(f"verdicts.{review.verdict}")),
            el("ol", steps, class_="steps", role="list", aria_label=words.say("verdict_label")),
            class_="verdict",
        ),
        el("p", verdict_line(tally, words), class_="counts strong"),
        verdict_bar(tally),
        el("p", points_line(tally, words), class_="counts"),
        el("p", words.labelled(words.say("changes"), changes_line(review, words)), class_="counts") if review.changes else None,
        class_="card",
    )
    yield sections.monday(review, tally, words) or ""
    yield sections.alignment(review, words)
    drawn = sections.charts(tally, words, book)
    yield from drawn
    yield sections.across(review, names, words, book)
    yield sections.changes(review, words) or ""


def _table_opening(words: Words, folded: bool) -> str:
    said = words.entries["table"]
    controls = el("div", id="okr-controls", **{f"data_{name}": text for name, text in said.items()})
    note = el("p", words.say("folded", n=words.whole(FOLDED_FROM)) if folded else words.say("whole_detail"), class_="soft screen")
    steps = {f"data_{verdict}": words.say(f"steps.{verdict}") for verdict in VERDICTS}
    columns = [el("th", words.say(name), scope="col") for name in _COLUMNS]
    head = el("thead", el("tr", columns, data_label=words.say("label_colon", label=words.say("sort_by"))))
    caption = el("caption", words.say("all_okrs_caption"))
    opened = el("table", caption, head, id="okr-table", class_="okrs folded" if folded else "okrs", **steps).removesuffix("</table>")
    heading = el("h2", words.say("all_okrs"), class_="block")
    return f'<section class="card">{heading}{note}{controls}{opened}\n'


def _after(review: QuarterReview, tally: Tally, names: dict[int, str], words: Words, book: Rulebook) -> Iterator[str]:
    """Write what stands below the table: what was not reviewed, how files were read, checks, the rules."""
    yield sections.explained(tally, names, words) or ""
    yield sections.taken_for(review, words) or ""
    yield sections.checks(review, words) or ""
    yield sections.rules(book, words) or ""
    yield el("p", footer(review, words), class_="foot")


def _policy() -> str:
    """Allow the page's own style and its one script, and nothing else, whatever a text in it may say."""
    digest = base64.b64encode(sha256(_script().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> Html:
    return Html(resources.files(__package__).joinpath("style.css").read_text("utf-8"))


@cache
def _script() -> Html:
    return Html(resources.files(__package__).joinpath("script.js").read_text("utf-8"))
