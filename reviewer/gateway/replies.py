"""Read a model's reply: one JSON object of the form asked for, wherever in the text it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from reviewer.gateway.asking import Guard, Message
from reviewer.gateway.forms import instruction

_THOUGHTS = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_MOST_TRIES = 50
"""Opening braces tried in prose: a reply full of them is no reply, and must not cost minutes."""
_MOST_ERRORS = 8
_MOST_SHOWN = 6_000
"""Characters of a wrong reply that are shown to the model again."""


class InvalidReplyError(Exception):
    """Say what is wrong with a reply; `formless` when it does not even have the properties asked for."""

    def __init__(self, message: str, formless: bool = False) -> None:
        super().__init__(message)
        self.formless = formless


def read_reply(text: str, schema: type[BaseModel], guard: Guard | None) -> BaseModel:
    """Give the one value of the form `schema` that a reply holds.

    Raises InvalidReplyError where there is none, or several, or the guard has something against it.
    """
    text = _THOUGHTS.sub("", text).strip()
    if not text:
        msg = "the reply is empty"
        raise InvalidReplyError(msg, formless=True)
    found = _value(text, schema)
    try:
        wrong = guard(found) if guard else None
    except Exception as error:  # a guard that stumbles over a strange reply must not end the review
        wrong = f"it could not be checked ({type(error).__name__}: {error})"
    if wrong:
        raise InvalidReplyError(wrong)
    return found


def value_of(data: Any, schema: type[BaseModel]) -> BaseModel:
    """Give the value that a JSON object says. Raises InvalidReplyError where it has not the form."""
    try:
        return schema.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise InvalidReplyError(_words(error), formless=any(each["type"] == "missing" for each in error.errors())) from None
    except Exception as error:  # a validator of the form that stumbles, numbers beyond measure
        msg = f"the reply cannot be checked ({type(error).__name__})"
        raise InvalidReplyError(msg) from None


def repair(text: str, error: InvalidReplyError, schema: type[BaseModel], cut_at: int | None) -> tuple[Message, Message]:
    """Show a model its wrong reply and what is wrong with it; `cut_at` is the number of tokens at which it was cut."""
    shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]} […]"
    wrong = f"it was cut off at {cut_at} tokens, so be shorter" if cut_at else str(error)[:1_000]
    form = f"\n{instruction(schema)}" if error.formless else ""
    return (
        {"role": "assistant", "content": shown if shown.strip() else "(no reply)"},
        {"role": "user", "content": f"That reply cannot be used: {wrong}.\nReply again with the corrected JSON object alone.{form}"},
    )


def _value(text: str, schema: type[BaseModel]) -> BaseModel:
    try:
        data = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        pass
    else:
        if not isinstance(data, dict):
            msg = f"the reply is a JSON {type(data).__name__}, not an object"
            raise InvalidReplyError(msg, formless=True)
        return value_of(data, schema)
    values, errors = [], []
    for data in _objects(text):
        try:
            values.append(value_of(data, schema))
        except InvalidReplyError as error:
            errors.append(error)
    if len(values) == 1 or values and all(each == values[0] for each in values):
        return values[0]
    if values:
        msg = f"the reply holds {len(values)} different JSON objects of the form, not one"
        raise InvalidReplyError(msg)
    if errors:
        raise errors[0]
    msg = "the reply is no JSON object"
    raise InvalidReplyError(msg, formless=True)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Give the outermost JSON objects that stand in a text."""
    decoder = json.JSONDecoder(parse_constant=_refuse)
    place, tries = text.find("{"), 0
    while place >= 0 and tries < _MOST_TRIES:
        tries += 1
        try:
            found, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            place += 1
        else:
            if isinstance(found, dict):
                yield found
        place = text.find("{", place)


def _refuse(name: str) -> None:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


def _words(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    said = [f"{'.'.join(map(str, each['loc'])) or 'the object'}: {each['msg']}" for each in faults[:_MOST_ERRORS]]
    more = f"; and {len(faults) - _MOST_ERRORS} more" if len(faults) > _MOST_ERRORS else ""
    return f"it has not the form asked for: {'; '.join(said)}{more}"
