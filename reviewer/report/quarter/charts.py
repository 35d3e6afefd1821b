"""Draw a quarter's charts: each is a table whose numbers are read as they are, with an SVG picture of them in its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reviewer.okr import SEVERITIES, Severity
from reviewer.quarter import MatrixCell, QuarterReview
from reviewer.report.element import Child, Html, el, join
from reviewer.report.marked import shown
from reviewer.report.quarter.tally import VERDICTS, Tally
from reviewer.report.quarter.words import team_told
from reviewer.report.words import SIGNS, Words

Bar = tuple[Child, Counter[Severity]]
"""What a bar is about, and its counts."""

_OPEN_BARS = 10
"""Bars shown at once; more wait until they are asked for."""

_LEVELS = (0.35, 0.5, 0.7)
"""Strengths of a tie (0 to 1) from which a cell's shade is darker."""


def patterns() -> Html:
    """Define what fills the bars, so that they are told apart in print: full, hatched, dotted."""
    hatched = el("path", d="M0 0V6", class_="ink-warning", stroke_width="4")
    dotted = el("circle", cx="3", cy="3", r="1.5", class_="ink-advice")
    square = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
    ground = [el("rect", width="6", height="6", class_=f"ground-{name}") for name in ("warning", "advice")]
    return el(
        "svg",
        el(
            "defs",
            el("pattern", ground[0], hatched, id="fill-warning", patternTransform="rotate(45)", **square),
            el("pattern", ground[1], dotted, id="fill-advice", **square),
        ),
        class_="patterns",
        width="0",
        height="0",
        aria_hidden="true",
    )


def verdict_bar(tally: Tally) -> Html | None:
    """Draw the verdicts as one bar; the sentence above it says the numbers."""
    if not tally.okrs:
        return None
    at, parts = 0.0, []
    for verdict in VERDICTS:
        width = 100 * tally.verdicts[verdict] / tally.okrs
        if width:
            parts.append(el("rect", x=f"{at:.2f}%", width=f"{width:.2f}%", height="14", class_=f"bar-{verdict}"))
            at += width
    return el("svg", parts, width="100%", height="14", class_="verdicts", aria_hidden="true")


def bars(rows: Sequence[Bar], first: str, caption: str, more: str, words: Words) -> list[Html]:
    """Draw one bar per row, stacked by severity, with its numbers beside it; long lists end in an unfolded rest."""
    widest = max((counts.total() for _, counts in rows), default=1)
    drawn = [_bar(label, counts, widest, words) for label, counts in rows]
    tables = [_bar_table(drawn[:_OPEN_BARS], first, caption, words)]
    if len(drawn) > _OPEN_BARS:
        rest = _bar_table(drawn[_OPEN_BARS:], first, caption, words)
        tables.append(el("details", el("summary", words.count(more, len(drawn) - _OPEN_BARS)), el("div", rest, class_="last")))
    return tables


def heat_map(review: QuarterReview, words: Words) -> Html:
    """Draw the matrix of teams and company objectives: how many OKRs lead up, and the strongest tie."""
    goals = review.company_objectives
    teams: dict[str | None, dict[int, MatrixCell]] = {}
    for cell in review.alignment:
        teams.setdefault(cell.team or None, {})[cell.company_objective] = cell
    ordered = sorted(teams, key=lambda team: (team is None, (team or "").casefold()))
    heads = [el("th", el("b", str(number)), " ", el("span", shown(goal)), scope="col") for number, goal in enumerate(goals, 1)]
    rows = [
        el(
            "tr",
            el("th", team_told(team, words), scope="row"),
            [_heat(teams[team].get(number), words) for number in range(len(goals))],
        )
        for team in ordered
    ]
    table = el(
        "table",
        el("thead", el("tr", el("th", words.say("team"), scope="col"), heads)),
        el("tbody", rows),
        class_="heat",
        aria_describedby="heat-said",
        style=f"--goals: {len(goals)}",
    )
    # What it shows stands outside of what scrolls sideways.
    said = el("p", words.say("alignment_caption"), class_="soft", id="heat-said")
    scrolled = el("div", table, class_="sideways", tabindex="0", role="region", aria_label=words.say("alignment_scroll"))
    return join([said, scrolled])


def coverage_list(review: QuarterReview, words: Words) -> Html:
    """List the company objectives with the OKRs and teams that lead up to each, as bars with their numbers; all start at 0."""
    most = max((each.okrs for each in review.coverage), default=0) or 1
    rows = []
    for each in review.coverage:
        said = words.count("coverage_okrs", each.okrs) if each.okrs else words.say("coverage_none")
        teams = words.say("list_separator").join(team_told(team, words) for team in each.teams)
        drawn = el("rect", width=f"{_percent(each.okrs, most)}%", height="10", rx="2", class_="cover")
        picture = el("svg", drawn if each.okrs else None, width="100%", height="10", aria_hidden="true")
        signed = el("b", "✓ " if each.okrs else "✕ ", said)
        about = el("p", signed, f" · {teams}" if teams else None, class_="soft" if each.okrs else "uncovered")
        number = el("span", str(each.company_objective + 1), class_="n")
        rows.append(el("li", number, el("div", el("p", shown(each.text)), about), picture))
    return el("ol", rows, class_="coverage", role="list")


def counted(counts: Counter[Severity], words: Words) -> list[Html]:
    """Write the counts of each severity with its sign, for a cell."""
    return [
        el("span", f"{SIGNS[each]} {counts[each]}", class_=f"count {each}", role="img", title=words.count(f"counts.{each}", counts[each]))
        for each in SEVERITIES
        if counts[each]
    ]


def _bar_table(rows: Iterable[Html], first: str, caption: str, words: Words) -> Html:
    heads = [
        el("th", el("span", SIGNS[each], aria_hidden="true"), " ", el("span", words.say(f"severities.{each}")), scope="col", class_=each)
        for each in SEVERITIES
    ]
    head = el("tr", el("th", first, scope="col"), el("td", class_="bar"), heads, el("th", words.say("total"), scope="col"))
    return el("table", el("caption", caption), el("thead", head), el("tbody", rows), class_="bars")


def _bar(label: Child, counts: Counter[Severity], widest: int, words: Words) -> Html:
    at, parts = 0.0, []
    for severity in SEVERITIES:
        if counts[severity]:
            width = 100 * counts[severity] / widest
            parts.append(el("rect", x=f"{at:.2f}%", width=f"{width:.2f}%", height="14", class_=f"bar-{severity}"))
            at += width
    picture = el("svg", parts, width="100%", height="14", aria_hidden="true")
    numbers = [el("td", words.whole(counts[each]) if counts[each] else "–") for each in SEVERITIES]
    total = el("td", el("b", words.whole(counts.total())))
    return el("tr", el("th", label, scope="row"), el("td", picture, class_="bar"), numbers, total)


def _heat(cell: MatrixCell | None, words: Words) -> Html:
    if cell is None or not cell.okrs:
        return el("td", el("span", "0"), class_="cold")
    level = sum(cell.score >= least for least in _LEVELS) + 1
    shade = el("svg", el("rect", width="100%", height="100%", class_=f"heat-{level}"), width="100%", height="100%", aria_hidden="true")
    return el("td", shade, el("span", el("b", words.whole(cell.okrs)), " ", el("small", words.number(cell.score))))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}"
