"""Write what stands after an OKR in the HTML report: its way up, examples, questions, and how the review was made."""

from __future__ import annotations

from reviewer.okr import ExampleMatch, Review, ReviewedOkr
from reviewer.report.asked import asked_by, critique_facts
from reviewer.report.element import Html, el, join
from reviewer.report.marked import shown
from reviewer.report.near import Near, lines, nearby, written_by
from reviewer.report.outline import by_status, place_of, way_up
from reviewer.report.words import STATUS_SIGNS, Words


def path_card(okr: ReviewedOkr, words: Words, level: int) -> Html | None:
    """Show the steps from the OKR up to the company objective, or say that it leads up to none."""
    way = way_up(okr, words)
    if not way.steps and not way.none:
        return None
    steps = [el("li", el("span", step)) for step in way.steps]
    listed = el("ol", steps, class_="path", role="list", aria_label=words.say("path_label")) if steps else None
    none = el("p", way.none, class_="none") if way.none else None
    return _card(words.say("serves"), level, listed, none, el("p", way.tie, class_="soft") if way.tie else None)


def examples_card(review: Review, okr: int, words: Words, level: int) -> Html | None:
    """Show how others mended the weaknesses of one OKR, before and after; more pairs and near examples on demand."""
    found = nearby(review, okr, words)
    if not found.all:
        return None
    return _card(
        words.say("pairs" if found.pairs else "examples"),
        level,
        el("ul", [_pair(pair, words) for pair in found.pairs], class_="rows", role="list") if found.pairs else None,
        _on_demand("more_pairs", [_pair(pair, words) for pair in found.more_pairs], words),
        _on_demand("near_okrs", [_near(near, words) for near in found.okrs], words),
        _on_demand("near_key_results", [_near(near, words) for near in found.key_results], words),
        el("p", by, class_="soft written") if (by := written_by(found.all, words)) else None,
    )


def _pair(pair: Near, words: Words) -> Html:
    """Set a weak statement and its strong form side by side."""
    sides = [
        el("div", el("p", sign, " ", words.say(side), class_="eyebrow"), _statement(pair.example, lines(text), words), class_=side)
        for side, sign, text in (("before", "✕", pair.example.weak), ("after", "✓", pair.example.strong))
    ]
    why = _statement(pair.example, (shown(pair.example.why),), words) if pair.example.why else None
    return el("li", el("div", sides, class_="pair"), why, el("p", pair.told(words), class_="soft"))


def _near(near: Near, words: Words) -> Html:
    """Write a near OKR with its key results, or a near key result with the objective it stands under."""
    example = near.example
    under = words.say("under", text=shown(example.objective)) if example.key_result is not None and example.objective else None
    statement = _statement(example, (shown(example.text), *map(shown, example.key_results)), words)
    return el("li", statement, el("p", near.told(words), class_="soft"), el("p", under, class_="soft") if under else None)


def _statement(example: ExampleMatch, texts: tuple[str, ...], words: Words) -> Html:
    """Write one statement, or an objective with its key results under it, naming their language where it is not the page's."""
    lang = example.language if example.language not in (None, words.language) else None
    first, *key_results = texts
    listed = el("ul", [el("li", line) for line in key_results], class_="bullets", lang=lang) if key_results else None
    return join([el("p", first, lang=lang), listed])


def _on_demand(title: str, rows: list[Html], words: Words) -> Html | None:
    summary = el("summary", words.count(title, len(rows)))
    return el("details", summary, el("ul", rows, class_="rows last", role="list")) if rows else None


def questions_card(review: Review, okr: int, words: Words, level: int) -> Html | None:
    """Ask what only the author knows, with the slot that each answer fills."""
    rows = []
    for question in review.questions:
        if question.okr == okr:
            place = place_of(question.key_result, words)
            slot, asker = shown(question.slot).strip("[]"), asked_by(question, words)
            filled = [" · ", words.say("label_colon", label=words.say("answer_goes")), " ", el("span", slot, class_="slot")]
            hint = el("p", shown(question.hint), class_="soft") if question.hint else None
            by = [" ", el("span", asker, class_="by")] if asker else None
            rows.append(el("li", el("p", el("b", shown(question.text)), by), hint, el("p", place, filled if slot else None, class_="soft")))
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
