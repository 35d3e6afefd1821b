"""What the reports say for themselves: both languages whole, each with its own typography."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from reviewer.report.words import words_of

TABLES: dict[str, Any] = tomllib.loads((resources.files("reviewer.report") / "words.toml").read_text("utf-8"))


def entries(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from entries(value, f"{path}{key}.")
        else:
            yield path + key, tuple(value) if isinstance(value, list) else (value,)


FRENCH = dict(entries(TABLES["fr"]))
ENGLISH = dict(entries(TABLES["en"]))


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    assert FRENCH.keys() == ENGLISH.keys()
    for key, texts in FRENCH.items():
        assert len(texts) == len(ENGLISH[key]), key
        for text, other in zip(texts, ENGLISH[key], strict=True):
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", other)), key


@pytest.mark.parametrize("key", FRENCH)
def test_french_keeps_its_spaces_before_tall_punctuation(key: str) -> None:
    if key == "decimal":
        return
    for text in FRENCH[key]:
        assert not re.search(r"(?<!\u202f)[?!;%]", text), text
        assert not re.search(r"(?<!\u00a0):", text), text
        assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»", text), text
        assert "'" not in text, text


@pytest.mark.parametrize("key", ENGLISH)
def test_english_puts_no_space_before_punctuation(key: str) -> None:
    for text in ENGLISH[key]:
        assert not re.search(r"\s[?!;:%,.]", text), text
        assert "\u00a0" not in text, text
        assert "\u202f" not in text, text


def test_a_language_counts_in_its_own_way() -> None:
    french, english = words_of("fr"), words_of("en")
    assert [french.count("counts.error", n) for n in (0, 1, 2)] == ["0 point bloquant", "1 point bloquant", "2 points bloquants"]
    assert [english.count("counts.error", n) for n in (0, 1, 2)] == ["0 blocking points", "1 blocking point", "2 blocking points"]
    assert (french.number(0.62), english.number(0.62)) == ("0,62", "0.62")
    assert (french.share(0.8), english.share(0.8)) == ("80\u202f%", "80%")


def test_a_text_with_braces_is_said_as_it_is() -> None:
    assert words_of("en").labelled("{0}", "{text.__class__}") == "{0}: {text.__class__}"
