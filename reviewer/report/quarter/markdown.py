"""Write a quarter's review as short Markdown, for a page or a pull request: what to say, then where to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.quarter import QuarterFinding, QuarterReview, ReviewedEntry
from reviewer.report.markdown import _code, _plain
from reviewer.report.marked import shown
from reviewer.report.quarter.monday import changes_line, footer, points_line, to_say_first, verdict_line, weight_told
from reviewer.report.quarter.placing import place_of_where, wheres
from reviewer.report.quarter.tally import Tally, across, severity_order, tallied
from reviewer.report.quarter.titles import title_of
from reviewer.report.quarter.words import place_told, quarter_words, team_told
from reviewer.report.words import SIGNS, Words

_MOST = 10
"""Rows of a list: a page of Markdown is read, not searched."""

_MOST_PLACES = 5


def render_markdown(review: QuarterReview, entries: Iterable[ReviewedEntry] | None = None) -> Iterator[str]:
    """Write the verdict, what to say first, findings across OKRs, by rule and by team, where to look, what was not reviewed."""
    words = quarter_words(review.language)
    concerned = wheres(review)
    places: dict[int, ReviewedEntry] = {}
    tally = tallied(review, _remembering(review.entries if entries is None else entries, concerned, places))
    yield f"# {words.labelled(words.say('quarter_title'), words.say('verdicts.' + review.verdict))}\n"
    yield f"\n{_plain(verdict_line(tally, words))}\n\n{_plain(points_line(tally, words))}\n"
    if review.changes:
        yield f"\n{words.labelled(words.say('changes'), _plain(changes_line(review, words)))}\n"
    for title, rows in _sections(review, tally, places, words):
        if rows:
            yield f"\n## {title}\n\n" + "\n".join(rows) + "\n"
    yield f"\n_{_plain(footer(review, words))}_\n"


def _remembering(entries: Iterable[ReviewedEntry], concerned: frozenset[int], places: dict[int, ReviewedEntry]) -> Iterator[ReviewedEntry]:
    """Pass entries on, keeping those that findings across OKRs are about."""
    for number, entry in enumerate(entries):
        if number in concerned:
            places[number] = entry
        yield entry


def _sections(review: QuarterReview, tally: Tally, places: dict[int, ReviewedEntry], words: Words) -> Iterator[tuple[str, list[str]]]:
    yield (
        words.say("monday"),
        [
            "\n".join(
                [
                    f"- **{words.say('label_colon', label=told.label)}** {_plain(told.said)}",
                    *(f"  - {_plain(line)}" for line, _ in told.lines),
                ]
            )
            for told in to_say_first(review, tally, words)
        ],
    )
    yield words.say("across"), [_across(finding, places, words) for finding in across(review)]
    yield (
        words.say("coverage"),
        [
            f"- {_plain(each.text)} – {_plain(words.count('coverage_okrs', each.okrs) if each.okrs else words.say('coverage_none'))}"
            for each in review.coverage
        ],
    )
    rules = tally.by_rule()
    listed = [
        f"- {_code(shown(rule))} {_plain(title_of(rule, words.language) or words.say('rule_unknown'))} – {words.whole(counts.total())}"
        for rule, counts in rules[:_MOST]
    ]
    yield words.say("by_rule"), [*listed, *_more("more_rules", len(rules), words)]
    teams = tally.by_team()
    rows = []
    for name, team in teams[: _MOST * 3]:
        counted = ", ".join(words.count(f"counts.{severity}", n) for severity, n in severity_order(team.severities))
        held = words.labelled(words.count("okrs", team.okrs), counted or words.say("nothing_here"))
        rows.append(f"- **{_plain(team_told(name, words))}** {held}")
    yield words.say("by_team"), [*rows, *_more("more_teams", len(teams), words, _MOST * 3)]
    yield (
        words.say("look_first"),
        [
            f"- {_plain(each.objective) or words.say('no_objective')} – {_plain(team_told(each.team, words))}, {weight_told(each)}"
            for each in tally.looked_first()
        ],
    )
    together = tally.explained_together()
    told = [f"- {_plain(place_told(each.place, words, each.numbers))} – {_plain(each.reason)}" for each in together[:_MOST]]
    yield words.say("explained"), [*told, *_more("entries_explained", len(together), words)]


def _more(name: str, size: int, words: Words, most: int = _MOST) -> list[str]:
    return [f"- … + {words.count(name, size - most)}"] if size > most else []


def _across(finding: QuarterFinding, places: dict[int, ReviewedEntry], words: Words) -> str:
    head = f"- **{SIGNS[finding.severity]} {words.say('severities.' + finding.severity)}** {_plain(finding.message)}"
    lines = [head, f"  → {_plain(finding.fix)}"]
    lines += [f"  {_plain(words.say('quoted', text=shown(quote)))}" for quote in tuple(dict.fromkeys(finding.evidence))[:_MOST_PLACES]]
    known = [places[where.entry] for where in finding.places[:_MOST_PLACES] if where.entry in places]
    told = [
        place_told(place_of_where(where, entry.entry), words)
        for where, entry in zip((w for w in finding.places[:_MOST_PLACES] if w.entry in places), known, strict=True)
    ]
    lines += [f"  {words.labelled(words.say('places'), _plain(' · '.join(told)))}"] if told else []
    return "  \n".join(lines)
