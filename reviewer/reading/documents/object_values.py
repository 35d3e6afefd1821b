"""Read what one member of an object holds: a text, a figure, a list, or an OKR wrapped in a saved review."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_WORDS = ("text", "title", "name", "value", "titre", "nom", "valeur", "label", "id")


def unwrapped(value: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """Take an OKR out of the entry of a saved review, with what the entry says beside it."""
    outer: Mapping[str, Any] = {}
    if isinstance(value.get("entry"), dict):
        outer = value["entry"]
    elif "okr" in value and ("reason" in value or isinstance(value["okr"], dict)):
        outer = value
    else:
        return {}, value
    kept = {key: outer.get(key) for key in ("cycle", "check_in", "team", "owner", "reason", "details") if outer.get(key)}
    okr = outer.get("okr")
    return kept, okr if isinstance(okr, dict) else None


def scalar(held: Any) -> str | None:
    """Give a value as text: that of {"text": ...} for an object, of [a, b] "a, b"."""
    if isinstance(held, str):
        return held if held.strip() else None
    if isinstance(held, bool) or held is None:
        return None
    if isinstance(held, (int, float, Decimal)):
        return f"{held:f}" if isinstance(held, Decimal) and held == held and abs(held.adjusted()) < 40 else str(held)
    if isinstance(held, dict):
        return next(
            (text for key in _WORDS if key in held and not isinstance(held[key], dict) and (text := scalar(held[key])) is not None), None
        )
    if isinstance(held, list) and held and not any(isinstance(each, (dict, list)) for each in held[:20]):
        return ", ".join(text for each in held[:20] if (text := scalar(each)) is not None) or None
    return None


def holds_objects(held: Any) -> bool:
    """Tell an object or list that holds others from one that stands for a text."""
    if isinstance(held, dict):
        return not any(key in held for key in _WORDS)
    return isinstance(held, list) and any(isinstance(each, (dict, list)) for each in held)


def has_words(text: str | None) -> bool:
    """Tell a text with a letter in it."""
    return text is not None and any(character.isalpha() for character in text)
