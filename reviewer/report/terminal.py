"""Print a review in a terminal: the draft as written, with what there is to say under its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.okr import Check, Finding, Review, Severity, Span, Verdict
from reviewer.report.asked import asked_by, critique_facts, opinion_told, opinions, proposed, where_read
from reviewer.report.lines import Parts, print_line
from reviewer.report.marked import segments, shown
from reviewer.report.near import Nearby, lines, nearby, written_by
from reviewer.report.outline import (
    asides,
    by_status,
    circumstances,
    counts,
    facts,
    origin,
    place,
    place_of,
    quoted,
    reasons,
    told_checks,
    way_up,
)
from reviewer.report.words import SIGNS, STATUS_SIGNS, VERDICT_SIGNS, Words, words_of

if TYPE_CHECKING:
    from rich.console import Console

_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "advice": "cyan"}
_VERDICTS: dict[Verdict, str] = {"rethink": "red", "revise": "yellow", "ready": "green"}
_TONES = {"good": "green", "bad": "red", "missing": "yellow", "plain": ""}
_LEFT = 6
"""Width of the column that names each key result."""


def print_review(review: Review, console: Console, *, source: str | None = None, verbose: bool = False) -> None:
    """Print a review; `source` names where the draft comes from, `verbose` adds why, sources and every check."""
    _Printer(review, console, verbose).run(source)


class _Printer:
    def __init__(self, review: Review, console: Console, verbose: bool) -> None:
        self.review = review
        self.console = console
        self.verbose = verbose
        self.words = words_of(review.language)

    def run(self, source: str | None) -> None:
        """Print the verdict, the OKRs one by one, then how the review was made."""
        words, review = self.words, self.review
        if source:
            self.line([(shown(source), "dim")])
        self.line([(f"{VERDICT_SIGNS[review.verdict]} {words.say('verdicts.' + review.verdict)}", f"bold {_VERDICTS[review.verdict]}")])
        self.line([(counts(review, words), "")])
        for index in range(len(review.okrs)):
            self.okr(index)
            self.beside(index)
        if not review.okrs:
            self.line([(words.say("no_okrs"), "")])
        self.made()

    def okr(self, index: int) -> None:
        """Print one OKR as it was drafted, with the findings under the words they are about."""
        words, okr = self.words, self.review.okrs[index]
        placed = place(self.review, index)
        self.console.print()
        several = len(self.review.okrs) > 1
        name = (words.labelled(words.say("okr", n=index + 1), words.say(f"verdicts.{okr.verdict}")),) if several else ()
        self.line([(" · ".join((*name, words.say("objective"), *circumstances(okr))), "dim")])
        if okr.objective.text:
            self.line(self.marked(okr.objective.text, okr.objective.span, placed.objective, "bold"))
        else:
            self.line([(words.say("no_objective"), "italic")])
        self.findings(placed.objective, 2)
        self.proposed(index, None, 2)
        for n, found in enumerate(placed.key_results):
            key_result = okr.key_results[n]
            self.console.print()
            self.line(self.marked(key_result.text, key_result.span, found), _LEFT, words.say("kr", n=n + 1))
            chips = [(words.labelled(f.label, f.value) if f.value else f.label, _TONES[f.tone]) for f in facts(key_result, words)]
            self.line(_between(chips, " · "), _LEFT)
            self.findings(found, _LEFT)
            self.proposed(index, n, _LEFT)
        if not okr.key_results:
            self.line([(words.say("no_key_results"), "italic")])
        if placed.whole:
            self.console.print()
            self.line([(words.say("whole"), "dim")])
            for finding in placed.whole:
                self.finding(finding, 2, quoted(finding, okr, words))

    def marked(self, text: str, span: Span, found: Iterable[Finding], style: str = "") -> Parts:
        """Underline the words concerned, with their sign; brackets stand for the underline where there is none."""
        for part in segments(text, span, found):
            if part.severity is None:
                yield shown(part.text), style
            elif self.console.is_terminal:
                yield shown(part.text), f"{style} underline {_COLOURS[part.severity]}"
                yield f" ({SIGNS[part.severity]})", f"{style} {_COLOURS[part.severity]}"
            else:
                yield f"[{SIGNS[part.severity]} {shown(part.text)}]", ""

    def findings(self, found: Iterable[Finding], indent: int) -> None:
        """Print the findings about one statement."""
        for finding in found:
            self.finding(finding, indent, None)

    def finding(self, finding: Finding, indent: int, quote: str | None) -> None:
        """Print one finding: what it costs, what to do, the rewrite; why only when asked for."""
        words = self.words
        severity = f"{SIGNS[finding.severity]} {words.say('severities.' + finding.severity)}  "
        speaker = origin(finding, words)
        inner = indent + 2
        told = [(severity, f"bold {_COLOURS[finding.severity]}"), (shown(finding.message), ""), (f" ({speaker})" if speaker else "", "dim")]
        self.line(told, indent)
        if quote:
            self.line([(quote, "italic")], inner)
        if finding.fix:
            self.line([(shown(finding.fix), "")], inner + 2, "→", inner)
        if finding.rewrite:
            self.line([(words.labelled(words.say("rewrite"), shown(finding.rewrite)), "green")], inner)
        if not self.verbose:
            return
        self.line([(shown(finding.why), "dim")], inner)
        rows = [words.labelled(label, text) for label, text in asides(finding, words)]
        for source in finding.sources:
            rows.append(" – ".join(filter(None, (shown(source.name), shown(source.says), shown(source.url or "")))))
        for row in rows:
            self.line([(row, "dim")], inner)

    def proposed(self, okr: int, key_result: int | None, indent: int) -> None:
        """Print the rewrites that a model proposed for one statement and the rules accepted."""
        words = self.words
        for rewrite in proposed(self.review, okr, key_result):
            self.line([(words.labelled(words.say("rewrite_by_model"), shown(rewrite.text)), "green")], indent)
            if self.verbose and rewrite.clears:
                self.line([(words.labelled(words.say("clears"), ", ".join(map(shown, rewrite.clears))), "dim")], indent + 2)

    def beside(self, index: int) -> None:
        """Print the way up, the examples and the questions of one OKR."""
        words, review = self.words, self.review
        way = way_up(review.okrs[index], words)
        if way.steps or way.none:
            self.listing("serves", [way.none or " → ".join(way.steps)])
            if way.tie:
                self.line([(way.tie, "dim")], 2)
        self.examples(nearby(review, index, words))
        read = opinions(review, index) if self.verbose else ()
        self.listing("opinions", [f"{place_of(each.key_result, words)} · {opinion_told(each, words)}" for each in read])
        self.listing(
            "questions",
            [
                " · ".join(filter(None, (place_of(q.key_result, words), shown(q.text), shown(q.hint or ""), asked_by(q, words))))
                for q in review.questions
                if q.okr == index
            ],
        )

    def examples(self, found: Nearby) -> None:
        """Print the pairs before and after, then the near OKRs; the rest, and the key results of these, when all is asked for."""
        words, verbose = self.words, self.verbose
        for number, pair in enumerate((*found.pairs, *found.more_pairs) if verbose else found.pairs):
            if number == 0:
                self.title("pairs")
            self.line([(pair.told(words), "dim")], 2)
            for sign, style, text in (("✕", "red", pair.example.weak), ("✓", "green", pair.example.strong)):
                for at, line in enumerate(lines(text)):
                    self.line([(line, style)], 8 if at else 6, "–" if at else sign, 6 if at else 4)
            if verbose and pair.example.why:
                self.line([(shown(pair.example.why), "italic")], 6)
        for number, near in enumerate((*found.okrs, *found.key_results) if verbose else found.okrs):
            if number == 0:
                self.title("examples")
            self.line([(shown(near.example.text), ""), (f" ({near.told(words)})", "dim")], 4, "•", 2)
            for text in near.example.key_results if verbose else ():
                self.line([(shown(text), "")], 6, "–", 4)
        held = 0 if verbose else len(found.more_pairs) + len(found.key_results)
        if held:
            self.line([(words.count("held_back", held), "dim")], 2)
        written = written_by(found.all, words)
        if written:
            self.line([(written, "dim")], 2)

    def made(self) -> None:
        """Print how the review was made: checks, what was muted, notes, where it was read."""
        words, review = self.words, self.review
        if review.critique is not None:
            self.listing("critique", [words.labelled(label, text) for label, text in critique_facts(review.critique, words)])
        self.console.print()
        for status, checks in by_status(review.checks if self.verbose else told_checks(review)):
            if self.verbose:
                self.line([(f"{STATUS_SIGNS[status]} {words.say('statuses.' + status)} ({len(checks)})", "bold")])
                for row in _check_rows(checks, words):
                    self.line([(row, "dim")], 2)
            elif status in ("failed", "skipped"):
                told = f"{words.say(status + '_line')} {' · '.join(reasons(checks))}"
                self.line([(told, "red" if status == "failed" else "dim")])
        if review.muted:
            self.line([(words.count("muted", len(review.muted)), "dim")])
            for muted in review.muted if self.verbose else ():
                reason = words.labelled(words.say("reason"), shown(muted.reason))
                self.line([(f"{shown(muted.finding.rule)} · {shown(muted.finding.message)} · {reason}", "dim")], 2)
        for note in review.notes:
            self.line([(shown(note), "dim")])
        self.line([(where_read(review, words), "dim")])

    def listing(self, title: str, rows: Iterable[str]) -> None:
        """Print a titled list, nothing when it is empty."""
        for number, row in enumerate(rows):
            if number == 0:
                self.title(title)
            self.line([(row, "")], 2)

    def title(self, name: str) -> None:
        """Print what a list is about."""
        self.console.print()
        self.line([(self.words.say(name), "dim")])

    def line(self, parts: Parts, indent: int = 0, label: str = "", at: int = 0) -> None:
        """Print words as text and nothing else, wrapped at `indent`, with a label in the column before them."""
        print_line(self.console, parts, indent, label, at)


def _check_rows(checks: Iterable[Check], words: Words) -> Iterable[str]:
    yield from (words.labelled(shown(check.rule), shown(check.reason)) for check in checks if check.reason)
    silent = ", ".join(shown(check.rule) for check in checks if not check.reason)
    if silent:
        yield silent


def _between(parts: Iterable[tuple[str, str]], separator: str) -> Parts:
    for number, part in enumerate(parts):
        if number:
            yield separator, "dim"
        yield part
