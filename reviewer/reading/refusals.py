"""Refuse, in the draft's own language, a text that cannot be read."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from reviewer.errors import UnreadableDraftError

MAX_CHARACTERS = 200_000
"""The longest text read at once."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_LANGUAGE_SAMPLE = 5_000
_BINARY_SHARE = 0.01


def refusal(what: str, text: str = "", /, **values: object) -> UnreadableDraftError:
    """Make the error named `what` in messages.toml, in French when `text` looks French."""
    return UnreadableDraftError(str(_messages()[what][_language(text)]).format(**values))


def check_readable(text: str) -> None:
    """Raise UnreadableDraftError for an empty, binary or too long text."""
    if len(text) > MAX_CHARACTERS:
        raise refusal("too_long", text, length=len(text), limit=MAX_CHARACTERS)
    found = _CONTROL.search(text)
    if found is not None:
        count = len(_CONTROL.findall(text))
        if "\x00" in text or (count >= 3 and count > len(text) * _BINARY_SHARE):
            raise refusal("binary", text, count=count, code=ord(found.group()), position=found.start())
    if not text.strip().strip("\ufeff\u200b\u2060").strip():
        raise refusal("empty", text)


@cache
def _messages() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("messages.toml").read_text("utf-8"))


def _language(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text[:_LANGUAGE_SAMPLE].lower())
    stop_words = _messages()["stop_words"]
    french = sum(word in stop_words["fr"] for word in words)
    return "fr" if french > sum(word in stop_words["en"] for word in words) else "en"
