"""Print a quarter's review in a terminal: verdicts, findings by rule and team, findings across OKRs, where to look first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reviewer.okr import SEVERITIES, Severity
from reviewer.quarter import QuarterReview, ReviewedEntry
from reviewer.report.asked import critique_facts
from reviewer.report.lines import Parts, print_line
from reviewer.report.marked import shown
from reviewer.report.quarter.monday import changes_line, footer, points_line, to_say_first, verdict_line, weight_told
from reviewer.report.quarter.tally import Tally, across, tallied
from reviewer.report.quarter.titles import title_of
from reviewer.report.quarter.words import place_told, quarter_words, team_told
from reviewer.report.words import SIGNS, VERDICT_SIGNS, Words

if TYPE_CHECKING:
    from rich.console import Console

_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "advice": "cyan"}
_MOST_RULES = 12
_MOST_TEAMS = 30
_MOST_EXPLAINED = 20
_SHORTEST_TITLE = 60


def print_quarter(
    review: QuarterReview, console: Console, entries: Iterable[ReviewedEntry] | None = None, *, verbose: bool = False
) -> None:
    """Print a quarter's review; `verbose` lists every rule, team and place that was not reviewed."""
    _Printer(review, console, tallied(review, entries), verbose).run()


class _Printer:
    def __init__(self, review: QuarterReview, console: Console, tally: Tally, verbose: bool) -> None:
        self.review = review
        self.console = console
        self.tally = tally
        self.verbose = verbose
        self.words: Words = quarter_words(review.language)

    def run(self) -> None:
        """Print the counts, then what to say, then where."""
        words, review, tally = self.words, self.review, self.tally
        self.line([(f"{VERDICT_SIGNS[review.verdict]} {words.say('verdicts.' + review.verdict)}", "bold")])
        self.line([(verdict_line(tally, words), "")])
        self.line([(points_line(tally, words), "")])
        if review.changes:
            self.line([(words.labelled(words.say("changes"), changes_line(review, words)), "")])
        self.monday()
        self.rules()
        self.teams()
        self.across()
        self.coverage()
        self.first()
        self.explained()
        self.critique()
        self.console.print()
        for note in review.notes:
            self.line([(shown(note), "dim")])
        self.line([(footer(review, words), "dim")])

    def monday(self) -> None:
        """Print what can be said first."""
        for number, told in enumerate(to_say_first(self.review, self.tally, self.words)):
            if number == 0:
                self.title("monday")
            self.line([(self.words.labelled(told.label, told.said), "")], 5, f"{number + 1}.", 2)
            for line, _ in told.lines:
                self.line([(line, "dim")], 7, "–", 5)

    def rules(self) -> None:
        """Print the findings by rule as a table."""
        found = self.tally.by_rule()
        if not found:
            return
        self.title("by_rule")
        most = len(found) if self.verbose else _MOST_RULES
        rows = []
        for rule, counts in found[:most]:
            title = title_of(rule, self.words.language) if self.console.width >= 2 * _SHORTEST_TITLE else None
            name = f"{shown(rule)} – {title}" if title else shown(rule)
            rows.append((name, [counts[severity] for severity in SEVERITIES]))
        self.table("rule", [*(f"{SIGNS[s]} {self.words.say('severities.' + s)}" for s in SEVERITIES)], rows)
        self.more("more_rules", len(found) - most)

    def teams(self) -> None:
        """Print the findings by team as a table, teams in alphabetical order."""
        found = self.tally.by_team()
        if not found:
            return
        self.title("by_team")
        most = len(found) if self.verbose else _MOST_TEAMS
        rows = [
            (team_told(name, self.words), [team.okrs, *(team.severities[severity] for severity in SEVERITIES)])
            for name, team in found[:most]
        ]
        heads = ["OKR", *(f"{SIGNS[s]} {self.words.say('severities.' + s)}" for s in SEVERITIES)]
        self.table("team", heads, rows)
        self.more("more_teams", len(found) - most)

    def table(self, first: str, heads: Sequence[str], rows: Iterable[tuple[str, Sequence[int]]]) -> None:
        """Print a table of names and counts; a count of nothing is a dash."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        table.add_column(Text(self.words.say(first)), overflow="fold")
        for head in heads:
            table.add_column(Text(head), justify="right")
        for name, counts in rows:
            table.add_row(Text(name), *(Text(self.words.whole(n) if n else "-") for n in counts))
        self.console.print(table)

    def across(self) -> None:
        """Print the findings across OKRs with what they rest on."""
        for number, finding in enumerate(across(self.review)):
            if number == 0:
                self.title("across")
            severity = f"{SIGNS[finding.severity]} {self.words.say('severities.' + finding.severity)}  "
            self.line([(severity, f"bold {_COLOURS[finding.severity]}"), (shown(finding.message), "")], 2)
            evidence = tuple(dict.fromkeys(finding.evidence))
            shown_evidence = evidence if self.verbose else evidence[:2]
            for quote in shown_evidence:
                self.line([(self.words.say("quoted", text=shown(quote)), "italic")], 6, "–", 4)
            self.line([(shown(finding.fix), "")], 6, "→", 4)
            if self.verbose:
                self.line([(shown(finding.why), "dim")], 4)

    def coverage(self) -> None:
        """Print each company objective with how many OKRs lead up to it."""
        words = self.words
        for number, each in enumerate(self.review.coverage):
            if number == 0:
                self.title("coverage")
            said = words.count("coverage_okrs", each.okrs) if each.okrs else words.say("coverage_none")
            sign = "✓" if each.okrs else "✕"
            self.line([(f"{words.labelled(shown(each.text), said)}", "" if each.okrs else "yellow")], 4, sign, 2)

    def first(self) -> None:
        """Print the OKRs with the most to mend."""
        for number, looked in enumerate(self.tally.looked_first()):
            if number == 0:
                self.title("look_first")
            objective = shown(looked.objective) or self.words.say("no_objective")
            self.line([(objective, ""), (f" · {team_told(looked.team, self.words)} · {weight_told(looked)}", "dim")], 4, "•", 2)

    def explained(self) -> None:
        """Print what was not reviewed, each with its place and reason."""
        together = self.tally.explained_together()
        most = len(together) if self.verbose else _MOST_EXPLAINED
        for number, each in enumerate(together[:most]):
            if number == 0:
                self.title("explained")
            self.line([(f"{self.words.labelled(place_told(each.place, self.words, each.numbers), shown(each.reason))}", "")], 4, "•", 2)
        self.more("entries_explained", len(together) - most)

    def critique(self) -> None:
        """Print what a model was asked, what it cost, and what of it is not shown."""
        if self.review.critique is None:
            return
        self.title("critique")
        for label, text in critique_facts(self.review.critique, self.words):
            self.line([(self.words.labelled(label, text), "")], 4, "•", 2)

    def more(self, name: str, n: int) -> None:
        """Say how many are not listed."""
        if n > 0:
            self.line([(f"… + {self.words.count(name, n)} (--verbose)", "dim")], 2)

    def title(self, name: str) -> None:
        """Print what a list is about."""
        self.console.print()
        self.line([(self.words.say(name), "bold")])

    def line(self, parts: Parts, indent: int = 0, label: str = "", at: int = 0) -> None:
        """Print words as text and nothing else."""
        print_line(self.console, parts, indent, label, at)
