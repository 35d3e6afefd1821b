"""Bring one reply from one model: within the budget, in the manner it takes, tried again where that may help."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from reviewer.gateway import provider
from reviewer.gateway.asking import Ask, Message
from reviewer.gateway.critic import Critic
from reviewer.gateway.destinations import GGUF, Place
from reviewer.gateway.failures import CallFailedError
from reviewer.gateway.forms import plain_form
from reviewer.gateway.manners import Manner, adapted, remember, remembered

_MOST_WAIT = 60.0
"""Seconds that a provider may ask to wait before it is given up."""
_MOST_WAIT_WITH_FALLBACK = 10.0
_BYTES_PER_TOKEN = 2.5
"""Fewer than our texts have (English drafts 3.6, French ones 3.1, facts in JSON 2.9, by OpenAI's cl100k): estimates err upwards.

LiteLLM's own counter would fetch tokenizers from a hub for some models.
"""


class OverBudgetError(Exception):
    """Say which limit the next call could pass."""


@dataclass(slots=True)
class Tally:
    """Count what one question has taken so far, over all its calls and models."""

    tokens: int = 0
    cost: float | None = 0.0
    calls: int = 0

    def add(self, tokens: int, cost: float | None) -> None:
        """Count one call."""
        self.calls += 1
        self.tokens += tokens
        self.cost = None if cost is None or self.cost is None else self.cost + cost


async def call(
    ask: Ask, messages: Sequence[Message], model: str, place: Place, critic: Critic, tally: Tally, formless: bool = False
) -> tuple[provider.Reply, Manner]:
    """Ask one model and give its reply, with the manner that brought it.

    `formless` says that its last reply ignored the form, so that the form goes into the prompt.
    Raises CallFailedError when there is no reply to be had, OverBudgetError when the next call could pass a limit.
    """
    from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

    manner = remembered(model, place.base) or Manner(provider.first_format(model))
    if formless and manner.format == "json_schema" and not model.startswith(GGUF):
        manner = replace(manner, format="json_object")
    longest = _MOST_WAIT_WITH_FALLBACK if model != critic.models[-1] else _MOST_WAIT
    backoff = wait_exponential(multiplier=0.5, max=20) + wait_random(0, 0.5)
    tries = AsyncRetrying(
        retry=retry_if_exception(
            lambda error: isinstance(error, CallFailedError) and error.transient and (error.retry_after or 0) <= longest
        ),
        stop=stop_after_attempt(critic.attempts),
        wait=lambda state: _asked_wait(state.outcome.exception() if state.outcome else None) or backoff(state),
        reraise=True,
    )
    async for attempt in tries:
        with attempt:
            reply, manner = await _in_some_manner(ask, messages, model, place, critic, tally, manner)
    remember(model, place.base, manner)
    return reply, manner


async def _in_some_manner(
    ask: Ask, messages: Sequence[Message], model: str, place: Place, critic: Critic, tally: Tally, manner: Manner
) -> tuple[provider.Reply, Manner]:
    """Call in one manner after another until one is not refused; there are some eight, and none is taken twice."""
    while True:
        try:
            return await _once(ask, messages, model, place, critic, tally, manner), manner
        except CallFailedError as failure:
            other = adapted(manner, failure, messages)
            if other is None:
                raise
            manner = other


async def _once(
    ask: Ask, messages: Sequence[Message], model: str, place: Place, critic: Critic, tally: Tally, manner: Manner
) -> provider.Reply:
    """Make one call and count it."""
    prompt_tokens = _estimate(messages, ask.schema)
    cost = provider.price(model, place, prompt_tokens, ask.max_tokens) or 0.0
    reserved = await critic.budget.reserve(prompt_tokens + ask.max_tokens, cost)
    if reserved is None:
        raise OverBudgetError(critic.budget.refusal(prompt_tokens + ask.max_tokens, cost))
    try:
        reply = await provider.complete(model, place, messages, ask.schema, manner, ask.max_tokens, critic.timeout)
    except CallFailedError as failure:
        if not failure.sent:
            critic.budget.release(reserved)
        elif failure.lost:
            tally.add(0, 0.0)
            critic.budget.lose(reserved)
        else:
            tally.add(0, 0.0)
            critic.budget.settle(reserved, 0, 0.0)
        raise
    except BaseException:  # cancelled
        tally.add(0, 0.0)
        critic.budget.lose(reserved)
        raise
    tally.add(reply.tokens, reply.cost)
    critic.budget.settle(reserved, reply.tokens, reply.cost)
    return reply


def _estimate(messages: Sequence[Message], schema: type[BaseModel]) -> int:
    """Give the tokens that a prompt may have: its bytes and the form's, which some providers count too."""
    size = sum(len(each["content"].encode("utf-8", "replace")) + 20 for each in messages)
    return int((size + len(json.dumps(plain_form(schema)))) / _BYTES_PER_TOKEN)


def _asked_wait(error: BaseException | None) -> float | None:
    return error.retry_after if isinstance(error, CallFailedError) else None
