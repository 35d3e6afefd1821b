"""The small question that the gateway's tests ask, and good replies to it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from reviewer.gateway import Ask, Message


class Opinion(BaseModel):
    """Say what a key result is."""

    nature: Literal["outcome", "output", "activity", "unclear"]
    quote: str = Field(max_length=80)
    sure: bool = False


class Opinions(BaseModel):
    """Say what each key result is, and what to ask."""

    key_results: list[Opinion]
    questions: list[str] = Field(default_factory=list, max_length=3)


OUTCOME = {"nature": "outcome", "quote": "Raise win rate against Nexia from 31% to 38%", "sure": True}
GOOD: dict[str, Any] = {"key_results": [OUTCOME], "questions": ["Which segment?"]}
DRAFT = '{"key_results": ["Raise win rate against Nexia from 31% to 38%"]}'
TURNS: tuple[Message, ...] = ({"role": "system", "content": "Say what each key result is."}, {"role": "user", "content": DRAFT})


def question(**changed: Any) -> Ask:
    """Give the question, with other messages, form, guard or length where asked."""
    return Ask(**{"prompt": "opinion.v1", "messages": TURNS, "schema": Opinions, "max_tokens": 300, **changed})
