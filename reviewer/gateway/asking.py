"""Say what is asked of a model and what came back: the gateway's nouns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypedDict

from pydantic import BaseModel

from reviewer.errors import ReviewerError


class GatewayError(ReviewerError):
    """Refuse a model, a limit or an address before anything is sent; says what to write instead."""


class Message(TypedDict):
    """Hold one message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


Guard = Callable[[BaseModel], str | None]
"""Say what is wrong with a reply of the right form, in words the model can act on; None when nothing is."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Hold one question: its prompt's name and version, its messages, and the form its reply must have."""

    prompt: str
    """Name and version of the prompt file, such as "critique.v1"."""
    messages: tuple[Message, ...]
    schema: type[BaseModel]
    max_tokens: int = 2000
    """Tokens of the reply, at most."""
    guard: Guard | None = None
    """What the form alone cannot say; its message goes back to the model in the repair round."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what came of one question, and what it took."""

    status: Literal["ok", "failed", "skipped"]
    """`skipped`: never asked, because the budget was spent or the run cancelled."""
    value: BaseModel | None
    model: str
    """The model that answered, else the last one tried."""
    reason: str | None
    """Why there is no value: one line of plain English without any key, 300 characters at most."""
    tokens: int
    cost: float | None
    """US dollars; None where the price is not known."""
    calls: int
    cached: bool
    repaired: bool
    """The first reply was invalid and the model put it right."""
