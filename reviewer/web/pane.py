"""Write the review pane: the report with something to press, what changed since the last review, what the model adds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.okr import Finding, Language, Review
from reviewer.quarter import Change
from reviewer.report import render_html
from reviewer.report.aftermath import critique_card
from reviewer.report.asked import proposed
from reviewer.report.element import Html, el, join
from reviewer.report.marked import shown, slots
from reviewer.report.outline import asides, place_of
from reviewer.report.words import SIGNS, words_of
from reviewer.web.reviewing import Desk, takes
from reviewer.web.wording import both, count, say

_STYLE = re.compile(r"^<style>.*?</style>", re.DOTALL)
_PART = re.compile(r'<div class="finding \w+" id="finding-(?P<number>\d+)">|<div class="rewrite">.*?</p></div>')
"""A finding opens, or a rewrite stands there. Draft text cannot look like either: its < is written &lt;."""


def waiting(key: str, more: str | None = None) -> Html:
    """Say what will appear in a place that is still empty."""
    return el("div", el("p", both(key)), el("p", both(more), class_="soft") if more else None, class_="said waiting")


def refused(message: str, language: Language) -> Html:
    """Say why there is nothing to show, in the place where it would stand."""
    return el("div", message, class_="said refused", role="alert", lang=language)


def report(desk: Desk) -> Html:
    """Write what changed since the last review, then the report, whose rewrites can be taken into the draft."""
    plain = desk.review.model_copy(update={"questions": ()})  # the form asks them itself
    return join([_changes(desk.changes, desk.review.language), armed(plain, desk.review)])


def bare(review: Review) -> Html:
    """Write a report without its style sheet, which the page holds once."""
    return Html(_STYLE.sub("", render_html(review, standalone=False), count=1))


def armed(plain: Review, review: Review) -> Html:
    """Write a report with a button under each rewrite that would change the draft."""
    number = 0

    def arm(match: re.Match[str]) -> str:
        nonlocal number
        if match["number"]:
            number = int(match["number"])
            return match[0]
        if not takes(review, review.findings[number - 1]):
            return ""  # it says again what stands above it
        return match[0].removesuffix("</div>") + _use("use", number, review.language) + "</div>"

    return Html(_PART.sub(arm, bare(plain)))


def added(merged: Review, language: Language) -> Html:
    """Write what a model adds to a review: its findings, questions and rewrites, each under the words it is about."""
    words, said = words_of(merged.language), merged.language
    if merged.critique is None:
        return Html("")
    findings = [
        _model_finding(number, finding, merged) for number, finding in enumerate(merged.findings, start=1) if finding.origin == "model"
    ]
    rewrites = []
    offered = merged.critique.rewrites
    for number, each in enumerate(offered, start=1):
        if each in proposed(merged, each.okr, each.key_result):
            rewrites.append(
                el(
                    "div",
                    el("p", words.say("rewrite_by_model"), " · ", _place(merged, each.okr, each.key_result), class_="eyebrow"),
                    el("p", slotted(each.text)),
                    _use("use-model", number, said),
                    class_="rewrite proposed",
                )
            )
    asked = [el("li", shown(each.text)) for each in merged.questions if each.origin == "model"]
    questions = [el("h4", words.say("questions"), class_="block"), el("ul", asked, class_="bullets", role="list")] if asked else None
    lead = say(said, "model_pane_lead", model=shown(merged.critique.model))
    body = el(
        "section",
        el("h3", say(said, "model_pane"), class_="block"),
        el("p", lead, class_="soft"),
        findings or rewrites or asked or el("p", say(said, "model_added_none")),
        rewrites,
        questions,
        class_="card model",
    )
    return el("div", body, critique_card(merged, words, 4), class_="okr-review", lang=said)


def additions(merged: Review) -> int:
    """Count what a model added."""
    found = sum(each.origin == "model" for each in merged.findings) + sum(each.origin == "model" for each in merged.questions)
    return found + (len(merged.critique.rewrites) if merged.critique else 0)


def slotted(text: str) -> list[Html]:
    """Write a sentence with its slots as visible things."""
    return [el("span", part, class_="slot") if slot else join(part) for part, slot in slots(shown(text))]


def button(act: str, number: int, label: str, **more: str) -> Html:
    """Write a button that tells the page's program what was pressed, and on which thing."""
    return el("button", label, type="button", class_="act", data_act=act, data_n=str(number), **more)


def _use(act: str, number: int, language: Language) -> Html:
    again = say(language, "review_again")
    return button(act, number, say(language, "use"), data_done="✓ " + say(language, "used"), data_again=again)


def _model_finding(number: int, finding: Finding, merged: Review) -> Html:
    words = words_of(merged.language)
    quote = words.say("quoted", text=shown(finding.quote.strip())) if finding.quote.strip() else None
    severity = f"{SIGNS[finding.severity]} {words.say('severities.' + finding.severity)}"
    rows = [el("p", el("b", words.say("label_colon", label=label)), " ", text) for label, text in asides(finding, words)]
    rewrite = None
    if finding.rewrite:
        pressed = _use("use", number, merged.language) if takes(merged, finding) else None
        label = words.say("rewrite_by_model")
        rewrite = el("div", el("p", label, class_="eyebrow"), el("p", slotted(finding.rewrite)), pressed, class_="rewrite proposed")
    return el(
        "div",
        el("blockquote", _place(merged, finding.okr, finding.key_result), [" ", quote] if quote else None),
        el(
            "p", el("strong", severity, class_="sev"), " ", shown(finding.message), " ", el("span", words.say("said_by_model"), class_="by")
        ),
        el("p", el("span", "→", class_="arrow", aria_hidden="true"), slotted(finding.fix), class_="fix") if finding.fix else None,
        rewrite,
        el("details", el("summary", words.say("why")), el("div", el("p", shown(finding.why)), rows, class_="last")),
        class_=f"finding {finding.severity}",
    )


def _place(review: Review, okr: int, key_result: int | None) -> str:
    words = words_of(review.language)
    named = place_of(key_result, words)
    return f"{words.say('okr', n=okr + 1)} · {named}" if len(review.okrs) > 1 else named


def _changes(changes: Sequence[Change], language: Language) -> Html | None:
    if not changes:
        return None
    by_status = {status: [each for each in changes if each.status == status] for status in ("fixed", "new", "known")}
    told = ", ".join(count(language, status, len(found)) for status, found in by_status.items() if found)
    if not by_status["fixed"] and not by_status["new"]:
        told = say(language, "nothing_changed")
    rows = [
        el(
            "li",
            el("b", sign, " ", say(language, label), class_=tone),
            " ",
            el("s", shown(each.message)) if status == "fixed" else shown(each.message),
        )
        for status, sign, label, tone in (("fixed", "✓", "fixed_label", "fixed"), ("new", "+", "new_label", "new"))
        for each in by_status[status]
    ]
    return el(
        "div",
        el(
            "section",
            el("h2", say(language, "since"), class_="block"),
            el("p", told, class_="counts"),
            el("ul", rows, class_="changes", role="list") if rows else None,
            class_="card since",
        ),
        class_="okr-review",
        lang=language,
    )
