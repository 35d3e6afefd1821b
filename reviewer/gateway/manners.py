"""Learn how a model wants to be asked: which kind of structured reply, which parameters, which roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel

from reviewer.gateway.asking import Message
from reviewer.gateway.failures import CallFailedError
from reviewer.gateway.forms import instruction, plain_form, strict_form

Format = Literal["json_schema", "json_object_schema", "json_object", "text"]
"""`json_object_schema` is how llama-cpp-python's server is told a schema: it binds the reply by a grammar.

Source: https://llama-cpp-python.readthedocs.io, "JSON and JSON Schema Mode".
"""

_NEXT: dict[Format, Format] = {"json_schema": "json_object", "json_object_schema": "json_object", "json_object": "text"}
_TAKES_SCHEMA_ELSEWHERE = re.compile(r"['\"]text['\"] or ['\"]json_object['\"]")
"""How that server refuses `json_schema`: nobody else says it so, and others are not sent a key they do not know."""
_REFUSALS = (400, 415, 422)
_OPTIONAL = ("temperature", "seed")
_ABOUT_FORMAT = re.compile(
    r"response_?format|json_?schema|json_object|structured|schema|grammar|json mode|\bformat\b|parameter", re.IGNORECASE
)
_ABOUT_TURNS = re.compile(
    r"roles? must alternate|should be alternating|alternat\w+ (?:between )?(?:user|role)|consecutive|same role", re.IGNORECASE
)
_ABOUT_SYSTEM = re.compile(
    r"system (?:role|message|prompt)s?[^.]{0,30}(?:not|n't|un)\W?\s?(?:support|allow)|unsupported[^.]{0,20}system", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Manner:
    """Hold how one model at one address is asked."""

    format: Format
    without: frozenset[str] = frozenset()
    """Parameters it refuses."""
    cap: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    merged: bool = False
    """Messages of one role in a row are sent as one."""
    folded: bool = False
    """What the system says is sent at the head of the first user message."""

    def parameters(self, schema: type[BaseModel], max_tokens: int) -> dict[str, Any]:
        """Give the parameters of a request: as even as the model can be, and bound to the form as far as it can be."""
        given: dict[str, Any] = {"temperature": 0, "seed": 7, self.cap: max_tokens}
        if self.format == "json_schema":
            given["response_format"] = strict_form(schema)
        elif self.format == "json_object_schema":
            given["response_format"] = {"type": "json_object", "schema": plain_form(schema)}
        elif self.format == "json_object":
            given["response_format"] = {"type": "json_object"}
        return {name: value for name, value in given.items() if name not in self.without}

    def arranged(self, messages: Sequence[Message], schema: type[BaseModel]) -> list[Message]:
        """Give the messages as they are sent, with the form written out where no parameter says it."""
        sent: list[Message] = [{"role": each["role"], "content": each["content"]} for each in messages]
        if self.format != "json_schema":
            told: Message = {"role": "system", "content": instruction(schema)}
            if sent and sent[0]["role"] == "system":
                told["content"] = f"{sent.pop(0)['content']}\n\n{told['content']}"
            sent.insert(0, told)
        if self.folded:
            sent = [{"role": "user" if each["role"] == "system" else each["role"], "content": each["content"]} for each in sent]
        return _in_turns(sent) if self.merged or self.folded else sent


def adapted(manner: Manner, failure: CallFailedError, messages: Sequence[Message]) -> Manner | None:
    """Give another manner to ask in, where the failure says that this one was refused; None where it says something else."""
    if failure.status not in (*_REFUSALS, 404, 500, 501) or failure.settled:
        return None
    said = failure.said
    roles = [each["role"] for each in messages]
    if _ABOUT_TURNS.search(said) and not manner.merged:
        return replace(manner, merged=True)
    if _ABOUT_SYSTEM.search(said) and not manner.folded and "system" in roles:
        return replace(manner, folded=True)
    if "max_completion_tokens" in said and manner.cap == "max_tokens":
        return replace(manner, cap="max_completion_tokens")
    for name in _OPTIONAL:
        if name not in manner.without and re.search(rf"\b{name}\b", said):
            return replace(manner, without=manner.without | {name})
    if manner.format == "json_schema" and _TAKES_SCHEMA_ELSEWHERE.search(said):
        return replace(manner, format="json_object_schema")
    if manner.format in _NEXT and (failure.status in _REFUSALS or _ABOUT_FORMAT.search(said)):
        return replace(manner, format=_NEXT[manner.format])
    return None


_known: dict[tuple[str, str | None], Manner] = {}


def remembered(model: str, base: str | None) -> Manner | None:
    """Give the manner in which a model at an address last replied, in the life of this process."""
    return _known.get((model, base))


def remember(model: str, base: str | None, manner: Manner) -> None:
    """Keep the manner in which a model replied."""
    _known[model, base] = manner


def _in_turns(messages: Sequence[Message]) -> list[Message]:
    turns: list[Message] = []
    for each in messages:
        if turns and turns[-1]["role"] == each["role"]:
            turns[-1] = {"role": each["role"], "content": f"{turns[-1]['content']}\n\n{each['content']}"}
        else:
            turns.append(each)
    return turns
