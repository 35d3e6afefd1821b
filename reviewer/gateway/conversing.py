"""Bring one valid answer: from the cache, else from the first model that gives one, with one repair round each."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from reviewer.gateway import cache
from reviewer.gateway.asking import Answer, Ask
from reviewer.gateway.calling import OverBudgetError, Tally, call
from reviewer.gateway.critic import Critic
from reviewer.gateway.destinations import place_of
from reviewer.gateway.failures import CallFailedError
from reviewer.gateway.replies import InvalidReplyError, read_reply, repair, value_of
from reviewer.gateway.scrubbing import one_line


def kept_answer(ask: Ask, model: str, folder: Path | None) -> Answer | None:
    """Give the answer that the cache holds from a model, where it is still valid."""
    key = cache.key_of(ask, model) if folder else None
    kept = cache.read(folder, key) if folder and key else None
    if kept is None:
        return None
    try:
        value = value_of(kept.reply, ask.schema)
        if ask.guard and ask.guard(value):
            return None
    except Exception:  # a reply kept by an older version, or a guard that stumbles over it: the model is asked again
        return None
    return Answer("ok", value, model, None, 0, 0.0, 0, cached=True, repaired=kept.repaired)


def no_answer(status: Literal["failed", "skipped"], model: str, reason: str, tally: Tally) -> Answer:
    """Say that a question has no answer, and why."""
    return Answer(status, None, model, one_line(reason), tally.tokens, tally.cost, tally.calls, cached=False, repaired=False)


async def converse(ask: Ask, critic: Critic, folder: Path | None, tally: Tally) -> Answer:
    """Ask the critic's models in order until one answers."""
    reasons: list[str] = []
    for model in critic.models:
        if kept := kept_answer(ask, model, folder):
            critic.budget.count_cached()
            return kept
        try:
            value, repaired = await _answer_of(ask, model, critic, tally)
        except OverBudgetError as error:
            why = "; ".join([*_named(reasons, critic), str(error)])
            return no_answer("failed" if tally.calls else "skipped", model, why, tally)
        except CallFailedError as failure:
            reasons.append(failure.reason)
        except InvalidReplyError as invalid:
            reasons.append(str(invalid))
        else:
            if folder and (key := cache.key_of(ask, model)):
                cache.write(folder, key, ask, model, cache.KeptReply(value.model_dump(mode="json", by_alias=True), repaired))
            return Answer("ok", value, model, None, tally.tokens, tally.cost, tally.calls, cached=False, repaired=repaired)
    return no_answer("failed", critic.models[-1], "; ".join(_named(reasons, critic)), tally)


async def _answer_of(ask: Ask, model: str, critic: Critic, tally: Tally) -> tuple[BaseModel, bool]:
    """Give one model's valid answer, and whether it took the repair round.

    Raises InvalidReplyError when the second reply is no better, or could not be had.
    """
    place = place_of(model)
    first, manner = await call(ask, ask.messages, model, place, critic, tally)
    try:
        return read_reply(first.text, ask.schema, ask.guard), False
    except InvalidReplyError as error:
        wrong = error
    cut = first.finish == "length"
    again = (*ask.messages, *repair(first.text, wrong, ask.schema, ask.max_tokens if cut else None))
    try:
        second, _ = await call(ask, again, model, place, critic, tally, formless=wrong.formless and not cut)
    except (CallFailedError, OverBudgetError) as error:
        msg = f"{_words(wrong, cut, ask)}; it could not be put right: {error}"
        raise InvalidReplyError(msg) from None
    try:
        return read_reply(second.text, ask.schema, ask.guard), True
    except InvalidReplyError as error:
        raise InvalidReplyError(_words(error, second.finish == "length", ask)) from None


def _words(wrong: InvalidReplyError, cut: bool, ask: Ask) -> str:
    return f"the reply was cut off at {ask.max_tokens:,} tokens (finish_reason length)" if cut else f"no usable reply: {wrong}"


def _named(reasons: list[str], critic: Critic) -> list[str]:
    """Put each reason after the model it is about, where there are several, each cut so that all can be read."""
    if len(critic.models) == 1:
        return reasons
    room = 290 // len(critic.models)
    return [one_line(f"{model}: {reason}", room) for model, reason in zip(critic.models, reasons, strict=False)]
