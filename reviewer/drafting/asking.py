"""Ask a model for drafts: generate, judge by our own rules, send the findings back, keep what the rules accept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import Field

from reviewer.critique.prose import Given, fault
from reviewer.drafting import words
from reviewer.drafting.bounds import given_by
from reviewer.drafting.choosing import ranked_measures
from reviewer.drafting.conversing import Conversation, Reply, ask_each, hiding_for, one_line, sum_up
from reviewer.drafting.ideas import Idea
from reviewer.drafting.nearness import Near
from reviewer.drafting.proposing import WAITING, open_questions, serious, tie
from reviewer.drafting.results import stood_in
from reviewer.engine import check, understand
from reviewer.gateway import Critic
from reviewer.language.detect import detect_language
from reviewer.language.glossary import known_metrics
from reviewer.okr import Context, Critique, Draft, Finding, KeyResult, Okr, Review
from reviewer.rules.key_result import has_slot

PROMPT = "draft.v1"
"""Name and version of the prompt file."""

_MOST_OKRS, _MOST_RESULTS = 10, 6
"""Bounds of a reply: what exceeds them is left out."""

_LONGEST_OBJECTIVE, _LONGEST_RESULT = 200, 240
"""Characters of a statement at most: half more than the model is asked to keep to."""

_MEASURES, _EXAMPLES, _LONGEST_EXAMPLE = 12, 3, 160
_ROOM_EACH, _ROOM_MOST = 700, 5_000
"""Tokens of a reply: for each OKR, and at most."""


class DraftedOkr(Reply):
    """Hold one OKR as a model words it."""

    objective: str = Field(description="the wanted state, one sentence without a number")
    key_results: list[str] = Field(description="2 to 4 results, each on another measure; unknown values in [square brackets]")
    contributes_to: int | None = Field(description="number of the company objective it moves, or null")


class DraftedOkrs(Reply):
    """Hold the OKRs of one reply."""

    okrs: list[DraftedOkr]


class Asked(NamedTuple):
    """Hold the drafts that stood, best first, and what asking took."""

    drafts: tuple[Draft, ...]
    critique: Critique


class _Sound(NamedTuple):
    """Hold a candidate about which nothing serious is to say; `round` is the one it came in, 0 being the first."""

    okr: Okr
    review: Review
    round: int

    @property
    def advice(self) -> int:
        """Count what there is still to consider, values to fill in excepted: more results have more of them."""
        waiting = [each for each in self.review.findings if each.rule in WAITING and has_slot(self._key_result(each))]
        return sum(each.severity == "advice" for each in self.review.findings) - len(waiting)

    def _key_result(self, finding: Finding) -> KeyResult:
        return self.review.okrs[finding.okr].key_results[finding.key_result or 0]


def ask_for_drafts(idea: Idea, near: Near, context: Context, critic: Critic, count: int) -> Asked:
    """Ask for `count` drafts in at most three rounds; gives those without any error, warning or invention, best first.

    Raises GatewayError when the critic cannot be asked at all.
    """
    hiding = hiding_for((idea.text, context.team, context.cycle, *context.company_objectives), critic, context)
    talk = Conversation(PROMPT, idea.language, hiding, _surroundings(idea, near, context, count), {"idea": idea.text})
    known = given_by(idea.text, context, goals=True)
    kept: dict[tuple[str, tuple[str, ...]], _Sound] = {}
    while talk.open:
        said = ask_each([talk], critic, DraftedOkrs, min(_ROOM_EACH * (count + 1), _ROOM_MOST))[0]
        if said is None:
            break
        remarks: list[tuple[str, ...]] = []
        for row in said["okrs"][:_MOST_OKRS]:
            okr, reviewed, faults = _judge(row, idea, context, known)
            remarks.append(faults)
            if okr is not None and reviewed is not None and not faults:
                kept.setdefault((okr.objective, okr.key_results), _Sound(okr, reviewed, len(talk.answers) - 1))
        if len(kept) >= count:
            break
        talk.reply(_remarks(remarks, idea, count))
    critique = sum_up([talk], PROMPT, critic)
    best = sorted(kept.values(), key=lambda each: each.advice)[:count]
    return Asked(tuple(_draft(each, idea, near, critique) for each in best), critique)


def _surroundings(idea: Idea, near: Near, context: Context, count: int) -> dict[str, Any]:
    catalogue = known_metrics()
    named = [catalogue[name] for name in ranked_measures(idea, near)[:_MEASURES]]
    examples = [example for example, _ in near.examples][:_EXAMPLES]
    return {
        "language": idea.language,
        "cycle": context.cycle,
        "team": context.team,
        "okrs_wanted": count,
        "company_objectives": [{"number": place, "text": text} for place, text in enumerate(context.company_objectives) if text.strip()],
        "examples": [
            {"objective": each.objective, "key_results": [text[:_LONGEST_EXAMPLE] for text in each.key_results]} for each in examples
        ],
        "measures": [{"name": each.text(idea.language).name, "good": each.good} for each in named],
    }


def _judge(row: dict[str, Any], idea: Idea, context: Context, known: Given) -> tuple[Okr | None, Review | None, tuple[str, ...]]:
    """Hold a candidate to what was given and to the rules, as it is and with its slots filled in; gives what is wrong with it."""
    language = idea.language
    objective = one_line(row["objective"])
    results = tuple(text for each in row["key_results"][:_MOST_RESULTS] if (text := one_line(each)))
    if not objective or not results:
        return None, None, (words.nothing_said(language),)
    at, goals = row["contributes_to"], context.company_objectives
    goal = goals[at].strip() if at is not None and 0 <= at < len(goals) and goals[at].strip() else None
    faults = [_fault(objective, known, idea, _LONGEST_OBJECTIVE), *(_fault(text, known, idea, _LONGEST_RESULT) for text in results)]
    if detect_language("\n".join((objective, *results)), language) != language:
        faults.append(words.wrong_language(language))
    if at is not None and goal is None:
        faults.append(words.unknown_goal(language, at))
    okr, reviewed, _ = tie(Okr(objective=objective, key_results=results, contributes_to=goal, team=context.team), context)
    filled = Okr(objective=stood_in(objective, language), key_results=tuple(stood_in(text, language) for text in results))
    alone = context.model_copy(update={"company_objectives": ()})
    found = [*serious(reviewed.findings), *serious(check(understand(filled, alone)[1], alone)[0])]
    faults += [words.found(language, each.quote, f"{each.message} {each.fix}") for each in found]
    return okr, reviewed, tuple(dict.fromkeys(each for each in faults if each))


def _fault(text: str, known: Given, idea: Idea, longest: int) -> str | None:
    why = fault(text, known, idea.language, longest, least=2)
    if why in (None, "language"):  # a single statement is too short to tell; the whole is asked
        return None
    return words.invented(idea.language, text) if why == "invented" else words.malformed(idea.language, text, longest)


def _remarks(found: Sequence[tuple[str, ...]], idea: Idea, count: int) -> dict[str, Any]:
    """Give what was found, per OKR of the reply; one without remarks is good and stays."""
    rows = [{"okr": place, "remarks": list(each)} for place, each in enumerate(found)]
    asked = words.too_few(idea.language, len(found), count) if len(found) < count else words.send_again(idea.language)
    return {"found": rows, "asked": asked}


def _draft(judged: _Sound, idea: Idea, near: Near, critique: Critique) -> Draft:
    notes = [words.by_model(idea.language, critique.model, judged.round, shown=bool(near.examples)), words.to_fill_in(idea.language)]
    if near.note:
        notes.append(words.without_encoder(idea.language, near.note))
    return Draft(
        okr=judged.okr,
        review=judged.review.model_copy(update={"questions": open_questions(judged.review)}),
        origin="model",
        rounds=judged.round,
        sources=tuple(example.id for example, _ in near.examples)[:_EXAMPLES],
        notes=tuple(notes),
        critique=critique,
    )
