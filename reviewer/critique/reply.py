"""What a model is asked to reply: the schema that its provider holds it to, and that its reply is read by.

Every property is required there, as strict modes want it; one that is left out all the same is read as "nothing to say",
except for the opinions on key results, without which there is no reply. Lists are bounded in the schema only: what exceeds the bound is dropped and counted, and the rest of the reply still serves.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from reviewer.okr import BaselineKind, Nature

MOST_KEY_RESULTS = 24
MOST_REWRITES = 12
MOST_QUESTIONS = 3
MOST_STEPS = 6
"""Bounds of the reply's lists."""


def _strict(schema: dict[str, Any]) -> None:
    """Require every property, and leave out what strict modes refuse (defaults) or nobody reads (titles)."""
    properties = schema.get("properties", {})
    schema["required"] = list(properties)
    for name in ("title", "description"):
        schema.pop(name, None)
    for each in properties.values():
        for name in ("default", "title"):
            each.pop(name, None)


def _plain(value: Any) -> Any:
    """Read "Outcome" as "outcome"."""
    return value.strip().lower() if isinstance(value, str) else value


def _at_most(count: int) -> Any:
    return Field(default_factory=list, json_schema_extra={"maxItems": count})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_strict)


class KeyResultOpinion(_Part):
    """Hold how the model reads one key result."""

    index: int = Field(description="index of the key result, as in the draft")
    nature: Annotated[Nature, BeforeValidator(_plain)] = Field(
        description="outcome: a change others see; output: something delivered; activity: something done; unclear"
    )
    nature_quote: str = Field(description="the words of this key result that decide its nature, copied exactly")
    measure: str | None = Field(default=None, description="what is measured, in the words of the draft; null when nothing is")
    baseline: Annotated[BaselineKind | None, BeforeValidator(_plain)] = Field(
        default=None, description="how the start of an outcome with a number is given; null for all else"
    )
    baseline_quote: str | None = Field(default=None, description="the words that give the start, copied exactly; null when there are none")


class Sufficiency(_Part):
    """Hold whether the key results prove the objective, and the story in which they do not."""

    enough: bool = Field(description="true when reaching every key result would prove the objective")
    story: str | None = Field(
        default=None,
        description="when enough is false: how every key result is reached and the objective still fails, at most 300 characters; else null",
    )


class Gaming(_Part):
    """Hold the cheapest way to a number without its benefit, and the guardrail against it."""

    key_result: int = Field(description="index of the key result")
    quote: str = Field(description="the words of this key result that can be gamed, copied exactly")
    way: str = Field(description="the cheapest way to hit the number without the benefit, at most 240 characters")
    guardrail: str = Field(description="a second measure that would get worse if someone did that, at most 200 characters")


class Path(_Part):
    """Hold which company objective the OKR leads up to, and how."""

    company_objective: int | None = Field(
        description="index of the company objective that the OKR leads up to; null when it leads up to none"
    )
    path: list[str] = Field(
        default_factory=list,
        json_schema_extra={"maxItems": MOST_STEPS},
        description="the steps from the key results to that company objective, each at most 100 characters; empty when there is none",
    )


class Rewrite(_Part):
    """Hold a better sentence."""

    key_result: int | None = Field(description="index of the key result to replace; null for the objective")
    text: str = Field(
        description="the whole new sentence, at most 240 characters, with slots in square brackets for what the draft does not say"
    )


class Asked(_Part):
    """Hold a question to the author."""

    key_result: int | None = Field(default=None, description="index of the key result it is about; null for the OKR as a whole")
    slot: str | None = Field(default=None, description="the slot of your rewrite that the answer fills, brackets included; null when none")
    text: str = Field(description="the question, at most 200 characters")


class Reply(_Part):
    """Hold all that a model says of one OKR."""

    key_results: list[KeyResultOpinion] = Field(json_schema_extra={"maxItems": MOST_KEY_RESULTS})
    sufficiency: Sufficiency | None = None
    gaming: list[Gaming] = _at_most(MOST_KEY_RESULTS)
    alignment: Path | None = None
    rewrites: list[Rewrite] = _at_most(MOST_REWRITES)
    questions: list[Asked] = _at_most(MOST_QUESTIONS)
