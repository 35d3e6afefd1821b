"""Review one visitor's draft, and work on it: take a rewrite, complete it with answers, compare with the review before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewer.engine import review
from reviewer.okr import Context, Finding, Language, Question, Review
from reviewer.quarter import Change, Entry, Place, ReviewedEntry
from reviewer.relations.since import compare
from reviewer.report.marked import shown
from reviewer.report.outline import place_of
from reviewer.report.words import words_of
from reviewer.rewriting import fill, slots
from reviewer.web.wording import say

EXAMPLES = 3
"""Near examples for each OKR and each weak key result."""

MOST_ASKED = 3
"""Questions asked at once, as in a review: an author answers three, and puts off ten."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Hold one question of the form: what it asks, and the slot of the key result that its answer completes."""

    okr: int
    key_result: int | None
    slot: str
    text: str
    hint: str


@dataclass(frozen=True)
class Desk:
    """Hold what one visitor's page remembers between two reviews: nothing of it is written anywhere.

    `review` is the rules' own; `merged` the same with what a model added, once it has. `known` are the questions asked so
    far by slot, so that a slot taken into the draft keeps its question.
    """

    review: Review
    context: Context
    merged: Review | None = None
    asked: tuple[Ask, ...] = ()
    changes: tuple[Change, ...] = ()
    known: Mapping[str, Question] = field(default_factory=dict)


def context_from(company: str, team: str, cycle: str) -> Context:
    """Make a context of the form's fields: one company objective per line, list markers left out."""
    lines = (line.strip().lstrip("-*•").strip() for line in (company or "").splitlines())
    return Context(
        company_objectives=tuple(line for line in lines if line),
        team=" ".join((team or "").split()) or None,
        cycle=" ".join((cycle or "").split()) or None,
    )


def reviewed(draft: str, context: Context, *, ready: bool) -> Review:
    """Review a draft by the rules; without examples, and saying so, while the encoder is not ready.

    Raises ReviewerError for a draft that cannot be read.
    """
    done = review(draft, context=context, examples=EXAMPLES if ready else 0)
    return done if ready else done.model_copy(update={"notes": (*done.notes, say(done.language, "not_ready"))})


def seat(done: Review, context: Context, before: Desk | None) -> Desk:
    """Put a review on the desk: its questions, and what changed since the one before it."""
    known = {**(before.known if before else {}), **{each.slot: each for each in done.questions if each.slot}}
    changes = since(before.review, done) if before else ()
    return Desk(done, context, None, _asked(done, known), changes, known)


def since(before: Review, now: Review) -> tuple[Change, ...]:
    """Say what was fixed and what is new; nothing when the draft is another one."""
    if not _same_draft(before, now):
        return ()
    entry = ReviewedEntry(entry=Entry(place=Place(file="-"), okr=None, reason="-"), review=now)
    return compare(before, [entry])


def take(draft: str, done: Review, okr: int, key_result: int | None, text: str) -> str | None:
    """Put a sentence in the place of a statement of the draft; None when the statement no longer stands there.

    The draft may have been edited since the review: then the statement is looked for.
    """
    statement = done.okrs[okr].objective if key_result is None else done.okrs[okr].key_results[key_result]
    start, end = statement.span
    written = done.text[start:end]
    if written and draft[start:end] == written:
        return draft[:start] + text + draft[end:]
    if not written.strip() or draft.count(written) != 1:
        return None
    return draft.replace(written, text)


def rewrite_of(done: Review, number: int) -> tuple[Finding, str] | None:
    """Give a finding by its number in the report (from 1) with its rewrite; None where there is none to take."""
    if not 1 <= number <= len(done.findings):
        return None
    finding = done.findings[number - 1]
    return (finding, finding.rewrite) if finding.rewrite and takes(done, finding) else None


def takes(done: Review, finding: Finding) -> bool:
    """Tell whether taking a finding's rewrite would change the draft."""
    if finding.key_result is None or not finding.rewrite:
        return False
    return finding.rewrite.strip() != done.okrs[finding.okr].key_results[finding.key_result].text.strip()


def complete(draft: str, desk: Desk, answers: Sequence[str]) -> tuple[str, int, int]:
    """Fill answers in: in the statement where its slot stands, else in the rewrite that has the slot.

    Gives the draft, how many statements were completed, and how many no longer stand as they were reviewed.
    """
    given: dict[tuple[int, int | None], dict[str, str]] = {}
    for ask, answer in zip(desk.asked, answers, strict=False):
        if answer and answer.strip():
            given.setdefault((ask.okr, ask.key_result), {})[ask.slot] = answer
    done, missed = 0, 0
    offers = desk.merged or desk.review
    # from the last statement to the first, so that the places of those before it stay as they were
    for (okr, key_result), filled in sorted(given.items(), key=lambda each: (-each[0][0], -(each[0][1] or 0))):
        sentence = _base(offers, okr, key_result, filled)
        written = None if sentence is None else take(draft, desk.review, okr, key_result, fill(sentence, filled))
        if written is None:
            missed += 1
        else:
            draft, done = written, done + 1
    return draft, done, missed


def _base(done: Review, okr: int, key_result: int | None, filled: Mapping[str, str]) -> str | None:
    """Give the sentence that answers go into."""
    statement = done.okrs[okr].objective if key_result is None else done.okrs[okr].key_results[key_result]
    offered = [each.rewrite for each in done.findings if (each.okr, each.key_result) == (okr, key_result) and each.rewrite]
    if done.critique is not None:
        offered += [each.text for each in done.critique.rewrites if (each.okr, each.key_result) == (okr, key_result)]
    return next((text for text in (statement.text, *offered) if set(filled) & set(slots(text))), None)


def _asked(done: Review, known: Mapping[str, Question]) -> tuple[Ask, ...]:
    """List what to ask: the review's questions, then the slots that stand open in the draft itself."""
    asked = [
        Ask(each.okr, each.key_result, each.slot, shown(each.text), _hint(each, done.language)) for each in done.questions if each.slot
    ]
    places = {(each.okr, each.key_result, each.slot) for each in asked}
    for number, okr in enumerate(done.okrs):
        for at, key_result in enumerate(okr.key_results):
            for slot in slots(key_result.text):
                if (number, at, slot) in places:
                    continue
                places.add((number, at, slot))
                question = known.get(slot)
                text = shown(question.text) if question else _open(slot, at, done.language)
                asked.append(Ask(number, at, slot, text, _hint(question, done.language) if question else ""))
    return tuple(asked[:MOST_ASKED])


def _open(slot: str, key_result: int, language: Language) -> str:
    return say(language, "open_slot", place=place_of(key_result, words_of(language)), slot=shown(slot).strip("[]"))


def _hint(question: Question, language: Language) -> str:
    place = place_of(question.key_result, words_of(language))
    return f"{place} · {shown(question.hint)}" if question.hint else place


def _same_draft(before: Review, now: Review) -> bool:
    """Tell whether two reviews are of one draft, reworded: an objective or a key result in common."""
    ours = {" ".join(text.lower().split()) for text in _statements(before)}
    return any(" ".join(text.lower().split()) in ours for text in _statements(now))


def _statements(done: Review) -> list[str]:
    return [text for okr in done.okrs for text in (okr.objective.text, *(each.text for each in okr.key_results)) if text.strip()]
