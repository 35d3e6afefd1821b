"""Write what stands after an OKR in the HTML report: its way up, examples, questions, and how the review was made."""

from __future__ import annotations

from reviewer.okr import Review, ReviewedOkr
from reviewer.report.element import Html, el, join
from reviewer.report.marked import shown
from reviewer.report.outline import by_status, critique_facts, place_of, way_up
from reviewer.report.words import STATUS_SIGNS, Words


def path_card(okr: ReviewedOkr, words: Words, level: int) -> Html | None:
    """Show the steps from the OKR up to the company objective."""
    steps, closeness = way_up(okr, words)
    if not steps:
        return None
    listed = el("ol", [el("li", el("span", step)) for step in steps], class_="path", role="list", aria_label=words.say("path_label"))
    return _card(words.say("serves"), level, listed, el("p", closeness, class_="soft") if closeness else None)


def examples_card(review: Review, okr: int, words: Words, level: int) -> Html | None:
    """Show the examples near to one OKR, each with what it shares with the draft."""
    rows = []
    for example in review.examples:
        if example.okr == okr:
            told = [place_of(example.key_result, words), words.say("closeness", score=words.number(example.score))]
            told += [shown(example.reason)] if example.reason else []
            rows.append(el("li", el("p", shown(example.text)), el("p", " · ".join(told), class_="soft")))
    return _card(words.say("examples"), level, el("ul", rows, class_="rows", role="list")) if rows else None


def questions_card(review: Review, okr: int, words: Words, level: int) -> Html | None:
    """Ask what only the author knows, with the slot that each answer fills."""
    rows = []
    for question in review.questions:
        if question.okr == okr:
            about = [place_of(question.key_result, words), " · ", words.say("label_colon", label=words.say("answer_goes")), " "]
            filled = el("span", shown(question.slot).strip("[]"), class_="slot")
            hint = el("p", shown(question.hint), class_="soft") if question.hint else None
            rows.append(el("li", el("p", el("b", shown(question.text))), hint, el("p", about, filled, class_="soft")))
    return _card(words.say("questions"), level, el("ul", rows, class_="rows", role="list")) if rows else None


def critique_card(review: Review, words: Words, level: int) -> Html | None:
    """Say which model was asked, and what became of its answer."""
    if review.critique is None:
        return None
    pairs = [[el("dt", label), el("dd", text)] for label, text in critique_facts(review.critique, words)]
    return _card(words.say("critique"), level, el("dl", pairs, class_="pairs"))


def ends(review: Review, words: Words, level: int) -> Html | None:
    """List on demand the checks, what was muted, and what the reader passed over."""
    parts = [part for part in (_checks(review, words, level), _muted(review, words), _notes(review, words)) if part]
    return el("section", parts, class_="card ends", aria_label=words.say("checks")) if parts else None


def _checks(review: Review, words: Words, level: int) -> Html | None:
    if not review.checks:
        return None
    groups = []
    for status, checks in by_status(review.checks):
        reasoned = any(check.reason for check in checks)
        rows = [el("li", el("code", shown(check.rule)), _told(check.reason, words)) for check in checks]
        title = f"{STATUS_SIGNS[status]} {words.say('statuses.' + status)} ({len(checks)})"
        groups.append([el(f"h{level}", title, class_="status"), el("ul", rows, class_=None if reasoned else "columns", role="list")])
    return el("details", el("summary", words.say("checks"), " (", str(len(review.checks)), ")"), el("div", groups, class_="last"))


def _told(reason: str | None, words: Words) -> list[str] | None:
    return [words.say("label_colon", label=""), " ", shown(reason)] if reason else None


def _muted(review: Review, words: Words) -> Html | None:
    rows = []
    for muted in review.muted:
        finding = muted.finding
        quote = [words.say("quoted", text=shown(finding.quote)), " – "] if finding.quote else None
        reason = el("p", el("b", words.say("label_colon", label=words.say("reason"))), " ", shown(muted.reason))
        rows.append(el("li", el("p", el("code", shown(finding.rule)), " – ", quote, shown(finding.message)), reason))
    return el("details", el("summary", words.count("muted", len(rows))), el("ul", rows, class_="last", role="list")) if rows else None


def _notes(review: Review, words: Words) -> Html | None:
    rows = [el("li", shown(note)) for note in review.notes]
    return el("details", el("summary", words.say("notes"), f" ({len(rows)})"), el("ul", rows, class_="last", role="list")) if rows else None


def _card(title: str, level: int, *children: Html | None) -> Html:
    return el("section", el(f"h{level}", title, class_="block"), join(children), class_="card")
