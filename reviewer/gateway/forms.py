"""Write the form of a reply as JSON Schema, the way providers take it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

_UNTOLD = (
    "default",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
)
"""Keywords that one provider or another refuses in a strict schema; they are said in the description instead, and checked here."""


class _Untitled(GenerateJsonSchema):
    """Leave out titles, which only repeat the names of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@cache
def plain_form(schema: type[BaseModel]) -> dict[str, Any]:
    """Give the JSON Schema of a model with its references resolved, where it does not refer to itself."""
    whole = schema.model_json_schema(schema_generator=_Untitled)
    parts = whole.pop("$defs", {})
    try:
        resolved: dict[str, Any] = _resolved(whole, parts, ())
    except RecursionError:
        return {**whole, "$defs": parts}
    resolved.pop("title", None)
    return resolved


@cache
def strict_form(schema: type[BaseModel]) -> dict[str, Any]:
    """Give the `response_format` that binds a reply to a model's form, as OpenAI defined it.

    Strict wants every property required and no others; maps with free keys cannot be said so and make it lenient.
    Source: https://platform.openai.com/docs/guides/structured-outputs, "Supported schemas".
    """
    plain = plain_form(schema)
    bound = _strict(plain)
    name = "".join(each if each.isalnum() or each in "_-" else "_" for each in schema.__name__)[:64]
    return {"type": "json_schema", "json_schema": {"name": name, "strict": not _has_free_keys(plain), "schema": bound}}


@cache
def instruction(schema: type[BaseModel]) -> str:
    """Tell a model that takes no schema which form its reply must have."""
    form = json.dumps(plain_form(schema), ensure_ascii=False, separators=(",", ":"))
    return f"Reply with one JSON object and nothing else: no prose, no code fence. It must follow this JSON Schema:\n{form}"


def _resolved(node: Any, parts: dict[str, Any], within: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_resolved(each, parts, within) for each in node]
    if not isinstance(node, dict):
        return node
    if isinstance(reference := node.get("$ref"), str):
        name = reference.rpartition("/")[2]
        if name in within:
            raise RecursionError(name)
        part = _resolved(parts[name], parts, (*within, name))
        part.pop("title", None)
        return {**part, **{key: _resolved(value, parts, within) for key, value in node.items() if key != "$ref"}}
    return {key: _resolved(value, parts, within) for key, value in node.items()}


def _strict(node: dict[str, Any]) -> dict[str, Any]:
    bound = {key: value for key, value in node.items() if key not in _UNTOLD and key not in ("discriminator", "oneOf")}
    told = [f"{key}: {json.dumps(node[key], ensure_ascii=False)}" for key in _UNTOLD if key in node and key != "default"]
    if told:
        bound["description"] = f"{node['description']} ({', '.join(told)})" if node.get("description") else ", ".join(told)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in node:
            bound["anyOf" if key == "oneOf" else key] = [_strict(each) for each in node[key]]
    for key in ("$defs", "properties"):
        if key in node:
            bound[key] = {name: _strict(each) for name, each in node[key].items()}
    if isinstance(node.get("items"), dict):
        bound["items"] = _strict(node["items"])
    if "properties" in node:
        bound["required"] = list(node["properties"])
        bound["additionalProperties"] = False
    return bound


def _has_free_keys(node: Any) -> bool:
    if isinstance(node, list):
        return any(_has_free_keys(each) for each in node)
    if not isinstance(node, dict):
        return False
    free = node.get("type") == "object" and "properties" not in node
    return free or any(_has_free_keys(value) for value in node.values())
