"""Write the table of a quarter's OKRs: one row each, that opens onto its review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reviewer.okr import SEVERITIES, Alignment, Finding, Review, Severity
from reviewer.quarter import ReviewedEntry
from reviewer.report.aftermath import path_card, questions_card
from reviewer.report.element import Child, Html, el, join
from reviewer.report.html import _Page, _slotted
from reviewer.report.marked import shown
from reviewer.report.outline import origin, place, quoted
from reviewer.report.quarter.charts import counted
from reviewer.report.quarter.tally import VERDICTS, owner_of
from reviewer.report.quarter.titles import explained
from reviewer.report.quarter.words import place_told
from reviewer.report.words import SIGNS, VERDICT_SIGNS, Words

_LEVEL = 3
"""Level of the heading over an OKR in its row."""


class Rulebook:
    """Number the rules that a page speaks of, so that each is explained once, at its end."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.numbers: dict[str, int] = {}

    def link(self, rule: str, said: Child = None) -> Html:
        """Write a link to the explanation of a rule."""
        number = self.numbers.setdefault(rule, len(self.numbers) + 1)
        return el("a", said or el("code", shown(rule)), href=f"#rule-{number}")

    def explains(self, finding: Finding) -> bool:
        """Tell whether a finding's reason is the rule's own: what a model says of one draft stands under its finding."""
        return any(found and finding.why == found.why for found in (explained(finding.rule, "fr"), explained(finding.rule, "en")))


class _EntryPage(_Page):
    """Write the review of one OKR inside its row: ids of its own, and the rules explained once for all."""

    def __init__(self, review: Review, words: Words, number: int, book: Rulebook) -> None:
        super().__init__(review, words, _LEVEL - 1)
        self.ids = {id(finding): f"e{number}-{at}" for at, finding in enumerate(review.findings, 1)}
        self.book = book

    def why(self, finding: Finding) -> Html:
        """Lead to the rule; say why here when the reason is about this draft alone."""
        if not self.book.explains(finding):
            return super().why(finding)
        sure = ""
        if finding.confidence < 1:
            sure = " · " + self.words.labelled(self.words.say("confidence"), self.words.share(finding.confidence))
        return el("p", self.words.say("why_short"), " ", self.book.link(finding.rule), sure, class_="soft")

    def whole_okr(self, index: int) -> Html:
        """Write one OKR as it was drafted, with what there is to say under each of its words."""
        words, okr = self.words, self.review.okrs[index]
        placed = place(self.review, index)
        heading = f"h{_LEVEL}"
        marked = self.marked(okr.objective.text, okr.objective.span, placed.objective)
        return join(
            [
                el(heading, marked if okr.objective.text else words.say("no_objective"), class_="objective"),
                self.findings(placed.objective),
                self.proposed(index, None),
                el("ol", [self.key_result(index, n, found) for n, found in enumerate(placed.key_results)], class_="krs", role="list")
                if okr.key_results
                else el("p", words.say("no_key_results"), class_="absent"),
                self.whole(index, placed.whole),
                path_card(okr, words, _LEVEL + 1),
                questions_card(self.review, index, words, _LEVEL + 1),
            ]
        )

    def short_okr(self, index: int) -> Html:
        """Write what there is to mend in one OKR and nothing else."""
        words, okr = self.words, self.review.okrs[index]
        placed = place(self.review, index)
        rows = [self._short(words.say("objective"), okr.objective.text, placed.objective)]
        rows += [
            self._short(words.say("kr", n=n + 1), okr.key_results[n].text, found) for n, found in enumerate(placed.key_results) if found
        ]
        rows += [self._told(finding, quoted(finding, okr, words)) for finding in placed.whole]
        return join(rows)

    def _short(self, name: str, text: str, found: tuple[Finding, ...]) -> Html:
        return join([el("p", el("b", name), " ", shown(text)), [self._told(finding, None) for finding in found]])

    def _told(self, finding: Finding, quote: str | None) -> Html:
        speaker = origin(finding, self.words)
        sign = el("strong", SIGNS[finding.severity], " ", self.words.say(f"severities.{finding.severity}"), class_="sev")
        said = [sign, " ", shown(finding.message), f" ({speaker})" if speaker else None, " → ", _slotted(finding.fix)]
        rewritten = el("p", self.words.say("label_colon", label=self.words.say("rewrite_short")), " ", _slotted(finding.rewrite or ""))
        return el(
            "div",
            el("blockquote", quote) if quote else None,
            el("p", said, " ", self.book.link(finding.rule)),
            rewritten if finding.rewrite else None,
            class_=f"finding {finding.severity}",
            id=self.ids[id(finding)],
        )


def row(number: int, entry: ReviewedEntry, review: Review, words: Words, book: Rulebook, *, folded: bool) -> Html:
    """Write one OKR as a body of the table: its row, and its review to open; `folded` keeps what there is to mend."""
    counts: Counter[Severity] = Counter(finding.severity for finding in review.findings)
    verdict = entry.verdict or review.verdict
    objective = next((okr.objective.text for okr in review.okrs), "")
    aligned = next((okr.alignment for okr in review.okrs), None)
    weight = counts["error"] * 10_000 + counts["warning"] * 100 + counts["advice"]
    cells = [
        el("td", shown(entry.team or ""), class_="team"),
        el("td", shown(owner_of(entry) or ""), class_="owner"),
        el(
            "td",
            el("b", shown(objective) or words.say("no_objective")),
            _first(review.findings, words),
            el("small", place_told(entry.entry.place, words)),
        ),
        el(
            "td",
            el("span", VERDICT_SIGNS[verdict], " ", words.say(f"steps.{verdict}"), class_=f"pill {verdict}"),
            data_k=str(VERDICTS.index(verdict)),
        ),
        el("td", counted(counts, words) or "–", data_k=str(-weight)),
        el("td", _served(aligned, words), data_k=_served_key(aligned), class_="serves"),
    ]
    rules = " ".join(sorted({_token(finding.rule) for finding in review.findings}))
    detail = _detail(number, review, words, book, folded)
    opened = el("tr", el("td", detail, colspan=str(len(cells))), class_="detail") if detail else None
    return el("tbody", el("tr", cells), opened, id=f"e{number}", data_r=rules or None, data_v=verdict)


def _detail(number: int, review: Review, words: Words, book: Rulebook, folded: bool) -> Html | None:
    if folded and not review.findings:
        return None
    page = _EntryPage(review, words, number, book)
    write = page.short_okr if folded else page.whole_okr
    held = el(
        "div", [write(index) for index in range(len(review.okrs))], lang=None if review.language == words.language else review.language
    )
    return el("details", el("summary", words.say("open_short" if folded else "open_review")), held, class_="review")


def _first(findings: Iterable[Finding], words: Words) -> Html | None:
    """Say what to mend first: the most serious finding, a rule's before a model's."""
    worst = min(findings, key=lambda each: (each.origin == "model", SEVERITIES.index(each.severity)), default=None)
    if worst is None:
        return None
    severity = f"{SIGNS[worst.severity]} {words.say('severities.' + worst.severity)}"
    return el("span", el("span", severity, class_=f"count {worst.severity}"), " ", shown(worst.message), class_="todo")


def _served(aligned: Alignment | None, words: Words) -> Child:
    if aligned is None:
        return "–"
    if aligned.company_objective is None:
        return el("span", f"✕ {words.say('serves_no')}", class_="uncovered")
    # A tie of 1 is one that the author declared: its figure says nothing more.
    tie = el("small", " ", words.say("serves_tie", n=words.number(aligned.score))) if aligned.score < 1 else None
    return [words.say("serves_one", n=aligned.company_objective + 1), tie]


def _served_key(aligned: Alignment | None) -> str:
    if aligned is None:
        return "9999"
    return "9998" if aligned.company_objective is None else f"{aligned.company_objective}.{100 - round(aligned.score * 100):03}"


def _token(rule: str) -> str:
    return "".join(shown(rule).split())
