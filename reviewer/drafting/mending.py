"""Ask a model for the sentences that no rule can write: objectives, two measures in one; each is shown only when the rules accept it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import Field

from reviewer.critique.rewrites import judge_rewrite
from reviewer.drafting import words
from reviewer.drafting.conversing import Conversation, Reply, ask_each, hiding_for, one_line, sum_up
from reviewer.gateway import Critic
from reviewer.okr import Context, Critique, Finding, Review, ReviewedOkr

if TYPE_CHECKING:
    from reviewer.drafting.improving import Pick

PROMPT = "rewrite.v1"
"""Name and version of the prompt file."""

_MOST = 12
"""Rewrites read of one reply."""

_ROOM = 1_600
"""Tokens of a reply, at most."""


class ProposedStatement(Reply):
    """Hold one sentence as a model words it."""

    key_result: int | None = Field(description="index of the key result, or null for the objective")
    text: str = Field(description="the new sentence; unknown values in [square brackets]")


class ProposedStatements(Reply):
    """Hold the sentences of one reply."""

    rewrites: list[ProposedStatement]


class _Mending:
    """Hold the conversation about one OKR: what is still to mend, and what was accepted."""

    def __init__(self, index: int, okr: ReviewedOkr, findings: Sequence[Finding], context: Context, critic: Critic) -> None:
        self.index, self._okr, self._findings, self._context = index, okr, findings, context
        self.open = {each.key_result for each in findings if each.severity != "advice"}
        self.accepted: dict[int | None, str] = {}
        texts = [okr.objective.text, *(kr.text for kr in okr.key_results), okr.contributes_to, okr.team, *context.company_objectives]
        self.talk = Conversation(
            PROMPT,
            okr.language,
            hiding_for(texts, critic, context),
            {
                "language": okr.language,
                "cycle": okr.cycle or context.cycle,
                "company_objectives": [text for text in context.company_objectives if text.strip()],
                "to_mend": [self._said(each) for each in findings if each.severity != "advice"],
            },
            {
                "objective": okr.objective.text,
                "key_results": [{"index": place, "text": kr.text} for place, kr in enumerate(okr.key_results)],
            },
        )

    def hear(self, said: dict[str, Any]) -> None:
        """Take what the rules accept and send back why they refuse the rest."""
        remarks = []
        for row in said["rewrites"][:_MOST]:
            place, text = row["key_result"], one_line(row["text"])
            if place not in self.open:
                continue
            judged = judge_rewrite(text, place, self._okr, self._context, self._findings)
            if isinstance(judged, tuple):
                self.accepted[place] = text
                self.open.discard(place)
            else:
                remarks.append({"key_result": place, "remark": words.refused(self._okr.language, text, judged)})
        if self.open:
            self.talk.reply({"found": remarks, "asked": words.still_open(self._okr.language, self.open)})

    def _said(self, finding: Finding) -> dict[str, Any]:
        return {"key_result": finding.key_result, "quote": finding.quote, "what": finding.message, "remedy": finding.fix}


def ask_for_rewrites(reviewed: Review, context: Context, critic: Critic) -> tuple[list[Pick], Critique | None]:
    """Ask about every statement that an error or a warning still stands on, one conversation per OKR, at most three rounds.

    Gives what the rules accept, and what asking took: None where nothing was left to ask. Raises GatewayError when the
    critic cannot be asked at all.
    """
    from reviewer.drafting.improving import Pick, Place

    talks = []
    for index, okr in enumerate(reviewed.okrs):
        ours = [each for each in reviewed.findings if each.okr == index and each.origin == "rule"]
        mending = _Mending(index, okr, ours, context, critic)
        if mending.open:
            talks.append(mending)
    if not talks:
        return [], None
    while pending := [each for each in talks if each.open and each.talk.open]:
        replies = ask_each([each.talk for each in pending], critic, ProposedStatements, _ROOM)
        for each, said in zip(pending, replies, strict=True):
            if said is not None:
                each.hear(said)
    picks = [Pick(Place(each.index, place), text, origin="model") for each in talks for place, text in each.accepted.items()]
    return picks, sum_up([each.talk for each in talks], PROMPT, critic)
