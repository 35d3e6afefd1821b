"""Write what stands around the table of OKRs: what to say first, findings across OKRs, how files were read, the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reviewer.okr import Check, Severity
from reviewer.quarter import Change, QuarterFinding, QuarterReview, TakenFor, Where
from reviewer.report.asked import critique_facts
from reviewer.report.element import Child, Html, el
from reviewer.report.html import _source
from reviewer.report.marked import shown
from reviewer.report.outline import by_status
from reviewer.report.quarter.charts import bars, coverage_list, heat_map
from reviewer.report.quarter.monday import explained_line, to_say_first
from reviewer.report.quarter.rows import Rulebook
from reviewer.report.quarter.tally import Tally
from reviewer.report.quarter.tally import across as across_okrs
from reviewer.report.quarter.titles import explained as rule_explained
from reviewer.report.quarter.titles import title_of
from reviewer.report.quarter.words import place_told, team_told
from reviewer.report.words import SIGNS, STATUS_SIGNS, Words

_MOST_PLACES = 12
"""Places of one finding shown at once."""


def monday(review: QuarterReview, tally: Tally, words: Words) -> Html | None:
    """Write up to three things to say first."""
    rows = []
    for told in to_say_first(review, tally, words):
        lines = [el("li", line if entry is None else el("a", line, href=f"#e{entry}")) for line, entry in told.lines]
        under = el("ul", lines, class_="bullets") if lines else None
        rows.append(el("li", el("p", el("b", words.say("label_colon", label=told.label)), " ", told.said), under))
    return card(words.say("monday"), el("ol", rows, class_="rows", role="list")) if rows else None


def across(review: QuarterReview, names: dict[int, str], words: Words, book: Rulebook) -> Html:
    """Write the findings across OKRs, each with what it rests on and links to its places."""
    if not review.findings:
        return card(words.say("across"), el("p", words.say("across_none"), class_="soft"))
    return card(words.say("across"), [_across(finding, names, words, book) for finding in across_okrs(review)])


def alignment(review: QuarterReview, words: Words) -> Html:
    """Write who serves what: the matrix, then the company objectives one by one."""
    if not review.company_objectives:
        return card(words.say("alignment"), el("p", words.say("alignment_none"), class_="soft"))
    listed = [el("h3", words.say("coverage"), class_="eyebrow under"), coverage_list(review, words)] if review.coverage else None
    return card(words.say("alignment"), heat_map(review, words) if review.alignment else None, listed)


def charts(tally: Tally, words: Words, book: Rulebook) -> list[Html]:
    """Write the findings by rule and by team, as bars."""
    rules: list[tuple[Child, Counter[Severity]]] = []
    for rule, counts in tally.by_rule():
        title = title_of(rule, words.language)
        rules.append(([book.link(rule, title), [" ", el("small", el("code", shown(rule)))] if title else None], counts))
    teams: list[tuple[Child, Counter[Severity]]] = [
        ([team_told(name, words), " ", el("small", words.count("okrs", team.okrs))], team.severities) for name, team in tally.by_team()
    ]
    drawn = (
        (words.say("by_rule"), bars(rules, words.say("rule"), words.say("by_rule_caption"), "more_rules", words) if rules else None),
        (words.say("by_team"), bars(teams, words.say("team"), words.say("by_team_caption"), "more_teams", words) if teams else None),
    )
    return [card(title, tables) for title, tables in drawn if tables]


def changes(review: QuarterReview, words: Words) -> Html | None:
    """Write what became of the findings since an earlier review."""
    if not review.changes:
        return None
    groups = []
    for status in ("new", "fixed", "known"):
        rows = [_change(each, words) for each in review.changes if each.status == status]
        if rows:
            summary = el("summary", words.count(f"change_{status}_told", len(rows)))
            listed = el("ul", rows, class_="bullets last")
            shown_first = status == "new" and len(rows) <= _MOST_PLACES
            groups.append(el("details", summary, listed, open=shown_first, class_="known" if status == "known" else None))
    return card(words.say("changes"), groups)


def explained(tally: Tally, names: dict[int, str], words: Words) -> Html | None:
    """List what was not reviewed, each reason with its places."""
    rows = [
        el(
            "li",
            el("b", words.say("label_colon", label=place_told(each.place, words, each.numbers))),
            " ",
            shown(each.reason),
            [el("span", id=f"e{number}") for number in each.entries if number in names],
        )
        for each in tally.explained_together()
    ]
    if not rows:
        return None
    listed = el("ul", rows, class_="bullets last")
    return card(words.say("explained"), el("details", el("summary", explained_line(tally, words)), listed, open=len(rows) <= _MOST_PLACES))


def taken_for(review: QuarterReview, words: Words) -> Html | None:
    """Say what the columns of each table were taken for."""
    tables = [_taken(each, words) for each in review.taken_for]
    if not tables:
        return None
    listed = el("ul", tables, class_="rows last", role="list")
    return card(words.say("taken_for"), el("details", el("summary", words.count("tables_read", len(tables))), listed))


def checks(review: QuarterReview, words: Words) -> Html | None:
    """List how the checks across OKRs ended, what was muted, what a model was asked, and notes."""
    groups: list[Html] = []
    if review.checks:
        said = [
            _status(f"{STATUS_SIGNS[status]} {words.say(f'statuses.{status}')}", each, words) for status, each in by_status(review.checks)
        ]
        groups.append(el("details", el("summary", f"{words.say('checks')} ({len(review.checks)})"), el("div", said, class_="last")))
    if review.muted:
        muted = [
            el("li", el("code", shown(each.finding.rule)), " – ", shown(each.finding.message), " – ", shown(each.reason))
            for each in review.muted
        ]
        groups.append(el("details", el("summary", words.count("muted", len(muted))), el("ul", muted, class_="last", role="list")))
    if review.critique is not None:
        facts = [[el("dt", label), el("dd", text)] for label, text in critique_facts(review.critique, words)]
        groups.append(el("details", el("summary", words.say("critique")), el("dl", facts, class_="pairs last")))
    if review.notes:
        notes = [el("li", shown(note)) for note in review.notes]
        groups.append(el("details", el("summary", f"{words.say('notes')} ({len(notes)})"), el("ul", notes, class_="last", role="list")))
    return el("section", groups, class_="card ends", aria_label=words.say("checks")) if groups else None


def rules(book: Rulebook, words: Words) -> Html | None:
    """Explain once each rule that the page speaks of."""
    rows = []
    for rule, number in book.numbers.items():
        found = rule_explained(rule, words.language)
        if found is None:
            rows.append(el("li", el("code", shown(rule)), " ", words.say("rule_unknown"), id=f"rule-{number}"))
            continue
        disagreement = el("p", _disagreement(found.contested, words)) if found.contested else None
        listed = el("ul", map(_source, found.sources), class_="bullets")
        sources = el("details", el("summary", words.say("sources")), listed, class_="sources") if found.sources else None
        title = el("p", el("b", found.title), " ", el("small", el("code", shown(rule))))
        rows.append(el("li", title, el("p", found.why), disagreement, sources, id=f"rule-{number}", data_rule=shown(rule)))
    return card(words.say("why_rules"), el("ul", rows, class_="rows", role="list")) if rows else None


def card(title: str, *children: Child) -> Html:
    """Write one titled card of the page."""
    return el("section", el("h2", title, class_="block"), children, class_="card")


def _across(finding: QuarterFinding, names: dict[int, str], words: Words, book: Rulebook) -> Html:
    severity = f"{SIGNS[finding.severity]} {words.say('severities.' + finding.severity)}"
    rows = []
    for number, where in enumerate(finding.places):
        quote = finding.evidence[number] if number < len(finding.evidence) else ""
        said = [words.say("quoted", text=shown(quote)), " – "] if quote else None
        rows.append(el("li", said, el("a", _where(where, names, words), href=f"#e{where.entry}")))
    rows += [el("li", words.say("quoted", text=shown(quote))) for quote in finding.evidence[len(finding.places) :]]
    listed = [el("ul", rows[:_MOST_PLACES], class_="bullets")] if rows else []
    if len(rows) > _MOST_PLACES:
        rest = el("ul", rows[_MOST_PLACES:], class_="bullets")
        listed.append(el("details", el("summary", f"{words.say('places')} (+ {len(rows) - _MOST_PLACES})"), rest))
    return el(
        "div",
        el("p", el("strong", severity, class_="sev"), " ", shown(finding.message)),
        el("p", el("span", "→", class_="arrow", aria_hidden="true"), shown(finding.fix), class_="fix"),
        el("p", words.say("evidence"), class_="eyebrow under") if listed else None,
        listed,
        el("p", words.say("why_short"), " ", book.link(finding.rule), class_="soft"),
        class_=f"finding {finding.severity}",
    )


def _disagreement(said: str, words: Words) -> list[Child]:
    """Label what is contested, unless it says so itself."""
    label = words.say("contested")
    return [said] if said.startswith(label) else [el("b", words.say("label_colon", label=label)), " ", said]


def _where(where: Where, names: dict[int, str], words: Words) -> str:
    statement = words.say("objective") if where.key_result is None else words.say("kr", n=where.key_result + 1)
    return " · ".join(filter(None, (names.get(where.entry), statement)))


def _change(change: Change, words: Words) -> Html:
    # Messages often quote the words concerned already.
    told_already = change.quote.strip() in change.message
    quote = "" if told_already else f" {words.say('quoted', text=shown(change.quote))}"
    severity = f"{SIGNS[change.severity]} {words.say('severities.' + change.severity)}"
    sign = el("span", severity, class_=f"count {change.severity}")
    said = [sign, " ", shown(change.message), quote, " ", el("small", el("code", shown(change.rule)))]
    return el(
        "li", said, [" ", el("a", words.say("see_okr"), href=f"#e{change.where.entry}", class_="signed screen")] if change.where else None
    )


def _taken(taken: TakenFor, words: Words) -> Html:
    header = words.say("no_header") if taken.header_row is None else words.say("header_on", n=taken.header_row)
    pairs = [[el("dt", shown(head)), el("dd", words.say(f"roles.{role}"))] for head, role in taken.columns.items()]
    unused = words.labelled(words.say("unused"), words.say("list_separator").join(map(shown, taken.unused))) if taken.unused else None
    name = el("p", el("b", place_told(taken.place, words)), f" · {header}")
    return el("li", name, el("dl", pairs, class_="pairs") if pairs else None, el("p", unused, class_="soft") if unused else None)


def _status(title: str, checks: Iterable[Check], words: Words) -> list[Html]:
    rows = [
        el("li", el("code", shown(check.rule)), [words.say("label_colon", label=""), " ", shown(check.reason)] if check.reason else None)
        for check in checks
    ]
    return [el("h3", f"{title} ({len(rows)})", class_="status"), el("ul", rows, role="list")]
