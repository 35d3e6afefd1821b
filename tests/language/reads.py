"""Read one statement's facts after checking every place in it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from reviewer.language.statement import understand_key_result, understand_objective
from reviewer.okr import KeyResult, Language, Objective

BEFORE = "« é𝒳 \n"
"""Stands before every statement read here, so that a place counted from the wrong end shows."""


def places(noun: object) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give every (text, span) that a noun holds, its own and those within."""
    if isinstance(noun, BaseModel):
        text, span = getattr(noun, "text", None), getattr(noun, "span", None)
        if text is not None and span is not None:
            yield text, span
        for name in type(noun).model_fields:
            yield from places(getattr(noun, name))
    elif isinstance(noun, tuple):
        for each in noun:
            yield from places(each)


def check_places(noun: KeyResult | Objective, source: str) -> None:
    """Assert that every quote is the slice of the source at its span, inside the statement."""
    low, high = noun.span
    for text, (start, end) in places(noun):
        assert low <= start <= end <= high, (text, start, end)
        assert text == source[start:end]


def key_result(text: str, language: Language, cycle: str | None = None) -> KeyResult:
    """Understand a key result that stands after other words."""
    read = understand_key_result(text, language, len(BEFORE), cycle)
    check_places(read, BEFORE + text)
    assert (read.text, read.language) == (text, language)
    return read


def objective(text: str, language: Language) -> Objective:
    """Understand an objective that stands after other words."""
    read = understand_objective(text, language, len(BEFORE))
    check_places(read, BEFORE + text)
    assert (read.text, read.language) == (text, language)
    return read
