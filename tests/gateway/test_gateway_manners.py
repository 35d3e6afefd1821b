"""The gateway learns how a server wants to be asked, and keeps to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from opinions import DRAFT, GOOD, Opinions, question
from pydantic import BaseModel, Field
from scripted_model import Scripted, Status

from reviewer.gateway import Ask, Critic, ask
from reviewer.gateway.forms import plain_form, strict_form

Refusal = Callable[[dict[str, Any]], Status | None]


def refused(message: str, code: int = 400) -> Status:
    return Status(code, json.dumps({"error": {"message": message}}))


def critic() -> Critic:
    return Critic("openai/scripted", cache=False, attempts=1)


def format_of(asked: dict[str, Any]) -> str:
    return str(asked.get("response_format", {}).get("type", "text"))


NO_SCHEMA = refused("Input should be 'text' or 'json_object', 'loc': ('body', 'response_format', 'type')", 500)


def only_json_object(asked: dict[str, Any]) -> Status | None:
    return NO_SCHEMA if format_of(asked) == "json_schema" else None


def only_text(asked: dict[str, Any]) -> Status | None:
    return refused("response_format is not supported", 422) if "response_format" in asked else None


def no_media_type(asked: dict[str, Any]) -> Status | None:
    return Status(415, "Unsupported Media Type") if "response_format" in asked else None


def no_seed(asked: dict[str, Any]) -> Status | None:
    return refused("Extra inputs are not permitted: seed", 422) if "seed" in asked else None


def own_temperature(asked: dict[str, Any]) -> Status | None:
    return refused("Unsupported value: 'temperature' does not support 0 with this model.") if "temperature" in asked else None


def other_cap(asked: dict[str, Any]) -> Status | None:
    return refused("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.") if "max_tokens" in asked else None


def strict_turns(asked: dict[str, Any]) -> Status | None:
    roles = [each["role"] for each in asked["messages"]]
    repeated = any(one == other for one, other in zip(roles, roles[1:], strict=False))
    return refused("Conversation roles must alternate user/assistant/user/assistant/...", 500) if repeated else None


def no_system(asked: dict[str, Any]) -> Status | None:
    return refused("System role not supported") if asked["messages"][0]["role"] == "system" else None


@pytest.mark.parametrize(
    ("refusals", "calls"),
    [
        ([only_json_object], 2),
        ([only_text], 3),
        ([no_media_type], 3),
        ([no_seed], 2),
        ([own_temperature], 2),
        ([other_cap], 2),
        ([strict_turns], 2),
        ([no_system], 2),
        ([strict_turns, no_system, only_text, no_seed, own_temperature, other_cap], 8),
    ],
    ids=["json_object", "text", "415", "seed", "temperature", "cap", "turns", "system", "all"],
)
def test_a_refused_manner_is_replaced_once_and_remembered(scripted_model: Scripted, refusals: list[Refusal], calls: int) -> None:
    def reply(asked: dict[str, Any]) -> object:
        return next((status for refusal in refusals if (status := refusal(asked))), GOOD)

    turns = ({"role": "system", "content": "Say."}, {"role": "user", "content": DRAFT}, {"role": "user", "content": "Judge them now."})
    model = scripted_model(reply)
    (first,) = ask([question(messages=turns)], critic())
    assert first.status == "ok", first.reason
    assert first.calls == len(model.requests) == calls
    (second,) = ask([question(messages=turns)], critic())
    assert second.status == "ok" and second.calls == 1
    sent = model.requests[-1]
    assert DRAFT in " ".join(sent.texts) and "Judge them now." in " ".join(sent.texts)
    assert format_of(sent.json) == "json_schema" or '"nature"' in " ".join(sent.texts), "a model that takes no schema is told the form"


def test_a_server_that_takes_the_schema_elsewhere_gets_it_there(scripted_model: Scripted) -> None:
    model = scripted_model(lambda asked: only_json_object(asked) or GOOD)
    (answer,) = ask([question()], critic())
    assert answer.status == "ok"
    form = model.requests[-1].json["response_format"]
    assert form["type"] == "json_object" and "key_results" in form["schema"]["properties"]


def test_one_that_refuses_it_there_too_is_asked_without(scripted_model: Scripted) -> None:
    def reply(asked: dict[str, Any]) -> object:
        if "schema" in asked.get("response_format", {}):
            return refused("Extra inputs are not permitted: response_format.schema", 422)
        return only_json_object(asked) or GOOD

    model = scripted_model(reply)
    (answer,) = ask([question()], critic())
    assert answer.status == "ok" and answer.calls == 3
    assert model.requests[-1].json["response_format"] == {"type": "json_object"}


def test_the_first_request_is_strict_even_and_short(scripted_model: Scripted) -> None:
    model = scripted_model([GOOD])
    ask([question()], critic())
    (sent,) = model.requests
    assert (sent.json["temperature"], sent.json["max_tokens"]) == (0, 300) and "stream" not in sent.json
    form = sent.json["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["required"] == ["key_results", "questions"] and form["schema"]["additionalProperties"] is False
    assert sent.texts[1] == DRAFT


@pytest.mark.parametrize("message", ["The model does not exist", "Bad gateway to nowhere"])
def test_a_refusal_about_something_else_is_not_asked_in_other_ways(scripted_model: Scripted, message: str) -> None:
    model = scripted_model([refused(message, 404)])
    (answer,) = ask([question()], critic())
    assert answer.status == "failed" and len(model.requests) == 1


def test_a_server_that_ignores_the_form_is_told_it_in_words(scripted_model: Scripted) -> None:
    model = scripted_model(
        lambda asked: GOOD if '"nature"' in asked["messages"][-1]["content"] + asked["messages"][0]["content"] else "Fine."
    )
    (answer,) = ask([question()], critic())
    assert answer.status == "ok" and answer.repaired
    (again,) = ask([question()], critic())
    assert again.status == "ok" and not again.repaired, "the next question tells the form at once"
    assert len(model.requests) == 3


def test_the_strict_form_says_nothing_that_providers_refuse() -> None:
    class Inner(BaseModel):
        name: str = Field(default="x", min_length=1, max_length=9, description="Its name")

    class Form(BaseModel):
        one: Inner
        other: Inner | None = None
        several: list[Inner] = Field(default_factory=list, max_length=3)

    strict, plain = strict_form(Form)["json_schema"]["schema"], plain_form(Form)
    said = json.dumps(strict)
    assert not any(f'"{word}"' in said for word in ("$ref", "default", "maxLength", "minLength", "maxItems", "title"))
    assert strict["properties"]["one"]["properties"]["name"]["description"] == "Its name (maxLength: 9, minLength: 1)"
    assert strict["properties"]["one"] | {"x": 0} and strict["required"] == ["one", "other", "several"]
    assert plain["properties"]["several"]["maxItems"] == 3 and plain["properties"]["one"]["properties"]["name"]["maxLength"] == 9


def test_a_form_that_holds_itself_or_free_keys_is_still_sent(scripted_model: Scripted) -> None:
    class Tree(BaseModel):
        leaves: list[Tree] = []
        notes: dict[str, str] = {}

    Tree.model_rebuild(_types_namespace={"Tree": Tree})
    model = scripted_model([{"leaves": [{"leaves": []}], "notes": {"a": "b"}}])
    (answer,) = ask([Ask("tree.v1", question().messages, Tree)], critic())
    assert answer.status == "ok" and model.requests[0].json["response_format"]["json_schema"]["strict"] is False


def test_the_form_has_every_property_of_the_model() -> None:
    assert set(plain_form(Opinions)["properties"]) == set(Opinions.model_fields)
