"""Write a review as HTML: a page of its own, or a fragment for a page that has its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from reviewer.okr import Finding, Review, Source, Span, Verdict
from reviewer.report.aftermath import critique_card, ends, examples_card, path_card, questions_card
from reviewer.report.asked import proposed, where_read
from reviewer.report.element import Html, el, join
from reviewer.report.marked import segments, shown, slots
from reviewer.report.outline import Fact, asides, circumstances, counts, facts, origin, place, quoted
from reviewer.report.words import SIGNS, VERDICT_SIGNS, Words, words_of

_VERDICTS: tuple[Verdict, ...] = ("rethink", "revise", "ready")


def render_html(review: Review, *, title: str | None = None, standalone: bool = True) -> str:
    """Write a review as one HTML file without scripts or anything from elsewhere.

    `title` names the review, for example by its file. `standalone=False` gives a fragment whose style
    reaches nothing outside it and whose headings begin one level lower.
    """
    words = words_of(review.language)
    page = _Page(review, words, level=1 if standalone else 2)
    style = el("style", _style())
    if not standalone:
        return join([style, el("div", page.body(title), class_="okr-review", lang=review.language)])
    verdict = words.say(f"verdicts.{review.verdict}")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", shown(title) if title else words.say("document", verdict=verdict)),
        style,
    )
    body = el("body", el("main", page.body(title)), class_="okr-review")
    return "<!doctype html>\n" + el("html", head, "\n", body, lang=review.language) + "\n"


@cache
def _style() -> Html:
    return Html(resources.files(__package__).joinpath("style.css").read_text("utf-8"))


class _Page:
    def __init__(self, review: Review, words: Words, level: int) -> None:
        self.review = review
        self.words = words
        self.level = level
        self.ids = {id(finding): f"finding-{index}" for index, finding in enumerate(review.findings, 1)}

    def body(self, title: str | None) -> Html:
        """Write the verdict, the OKRs one by one, then how the review was made."""
        review, words = self.review, self.words
        several = len(review.okrs) > 1
        return join(
            [
                self.verdict(title),
                self.contents() if several else None,
                [self.okr(index, several) for index in range(len(review.okrs))],
                None if review.okrs else el("p", words.say("no_okrs"), class_="card absent"),
                critique_card(review, words, self.level + 1),
                ends(review, words, self.level + 1),
                el("p", where_read(review, words), class_="foot"),
            ]
        )

    def verdict(self, title: str | None) -> Html:
        """Say the verdict, where it stands on three steps, and the counts."""
        words, verdict = self.words, self.review.verdict
        steps = [
            el("li", VERDICT_SIGNS[step], " ", words.say(f"steps.{step}"), aria_current="step", class_=step)
            if step == verdict
            else el("li", words.say(f"steps.{step}"))
            for step in _VERDICTS
        ]
        return el(
            "header",
            el("p", shown(title), class_="eyebrow") if title else None,
            el(
                "div",
                el(f"h{self.level}", words.say(f"verdicts.{verdict}")),
                el("ol", steps, class_="steps", role="list", aria_label=words.say("verdict_label")),
                class_="verdict",
            ),
            el("p", counts(self.review, words), class_="counts"),
            class_="card",
        )

    def contents(self) -> Html:
        """List the OKRs with their verdicts, each leading to its own place."""
        words = self.words
        rows = [
            el("li", el("a", el("span", shown(okr.objective.text) or words.say("okr", n=n)), self.pill(okr.verdict), href=f"#okr-{n}"))
            for n, okr in enumerate(self.review.okrs, 1)
        ]
        listed = el("ol", rows, role="list")
        return el(
            "nav",
            el("p", words.count("okrs", len(rows)), class_="eyebrow"),
            listed,
            class_="card contents",
            aria_label=words.say("okrs_label"),
        )

    def pill(self, verdict: Verdict) -> Html:
        """Write a verdict small: sign and word."""
        return el("span", VERDICT_SIGNS[verdict], " ", self.words.say(f"steps.{verdict}"), class_=f"pill {verdict}")

    def okr(self, index: int, several: bool) -> Html:
        """Write one OKR as it was drafted, with what there is to say under each of its words."""
        words, okr = self.words, self.review.okrs[index]
        placed = place(self.review, index)
        name = words.say("okr", n=index + 1) if several else None
        above = " · ".join(filter(None, (name, words.say("objective"), *circumstances(okr))))
        heading = f"h{self.level + 1}"
        draft = el(
            "section",
            el("div", el("p", above, class_="eyebrow"), self.pill(okr.verdict) if several else None, class_="top"),
            el(heading, self.marked(okr.objective.text, okr.objective.span, placed.objective), class_="objective")
            if okr.objective.text
            else el(heading, words.say("no_objective"), class_="objective absent"),
            self.findings(placed.objective),
            self.proposed(index, None),
            el("ol", [self.key_result(index, n, found) for n, found in enumerate(placed.key_results)], class_="krs", role="list")
            if okr.key_results
            else el("p", words.say("no_key_results"), class_="absent"),
            self.whole(index, placed.whole),
            class_="card",
            id=f"okr-{index + 1}",
        )
        level = self.level + 2
        after = (
            path_card(okr, words, level),
            examples_card(self.review, index, words, level),
            questions_card(self.review, index, words, level),
        )
        return join([draft, after])

    def key_result(self, okr: int, index: int, found: tuple[Finding, ...]) -> Html:
        """Write one key result: its words, what was read from them, what there is to mend."""
        key_result = self.review.okrs[okr].key_results[index]
        return el(
            "li",
            el("span", self.words.say("kr", n=index + 1), class_="n"),
            el(
                "div",
                el("p", self.marked(key_result.text, key_result.span, found)),
                el("ul", map(_chip, facts(key_result, self.words)), class_="chips", role="list", aria_label=self.words.say("facts_label")),
                self.findings(found),
                self.proposed(okr, index),
            ),
        )

    def whole(self, index: int, found: tuple[Finding, ...]) -> Html | None:
        """Write what is to be said of the OKR as a whole, in a place of its own."""
        if not found:
            return None
        okr, words = self.review.okrs[index], self.words
        heading = el(f"h{self.level + 2}", words.say("whole"), class_="eyebrow")
        return el("div", heading, [self.finding(f, quoted(f, okr, words)) for f in found], class_="whole")

    def marked(self, text: str, span: Span, found: Iterable[Finding]) -> list[Html]:
        """Write a statement with the words concerned underlined, each tied to the finding about it."""
        return [
            el("mark", shown(part.text), class_=part.finding.severity, aria_describedby=self.ids[id(part.finding)])
            if part.finding
            else join(shown(part.text))
            for part in segments(text, span, found)
        ]

    def findings(self, found: Iterable[Finding]) -> list[Html]:
        """Write the findings about one statement."""
        return [self.finding(finding, None) for finding in found]

    def finding(self, finding: Finding, quote: str | None) -> Html:
        """Write one finding: what it costs and what to do, then why on demand, then the rewrite."""
        words = self.words
        severity = f"{SIGNS[finding.severity]} {words.say('severities.' + finding.severity)}"
        speaker = origin(finding, words)
        return el(
            "div",
            el("blockquote", quote) if quote else None,
            el(
                "p",
                el("strong", severity, class_="sev"),
                " ",
                shown(finding.message),
                [" ", el("span", speaker, class_="by")] if speaker else None,
            ),
            el("p", el("span", "→", class_="arrow", aria_hidden="true"), _slotted(finding.fix), class_="fix") if finding.fix else None,
            el("div", el("p", words.say("rewrite"), class_="eyebrow"), el("p", _slotted(finding.rewrite)), class_="rewrite")
            if finding.rewrite
            else None,
            self.why(finding),
            class_=f"finding {finding.severity}",
            id=self.ids[id(finding)],
        )

    def proposed(self, okr: int, key_result: int | None) -> list[Html]:
        """Write the rewrites that a model proposed for one statement and the rules accepted."""
        label = el("p", self.words.say("rewrite_by_model"), class_="eyebrow")
        return [
            el("div", label, el("p", _slotted(each.text)), class_="rewrite proposed") for each in proposed(self.review, okr, key_result)
        ]

    def why(self, finding: Finding) -> Html:
        """Write what is said on demand: why, who disagrees, how sure, where it comes from."""
        words = self.words
        rows = [el("p", _label(label, words), " ", text) for label, text in asides(finding, words)]
        sources = [el("p", _label(words.say("sources"), words)), el("ul", map(_source, finding.sources))] if finding.sources else None
        return el("details", el("summary", words.say("why")), el("div", el("p", shown(finding.why)), sources, rows, class_="last"))


def _label(label: str, words: Words) -> Html:
    return el("b", words.say("label_colon", label=label))


def _chip(fact: Fact) -> Html:
    value = [" ", el("b", fact.value)] if fact.value else None
    return el("li", fact.label, value, class_=None if fact.tone == "plain" else fact.tone)


def _slotted(text: str) -> list[Html]:
    return [el("span", part, class_="slot") if slot else join(part) for part, slot in slots(shown(text))]


def _source(source: Source) -> Html:
    linked = source.url and source.url.startswith(("https://", "http://"))
    name = el("a", shown(source.name), href=source.url, rel="noreferrer") if linked else join(shown(source.name))
    return el("li", name, [" – ", shown(source.says)] if source.says else None)
