"""Load how sentences are put together, per language, from wording.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from reviewer.language.folding import plain_letters
from reviewer.okr import Language


class Wording(NamedTuple):
    """Hold the phrases of a language; `dates` pairs what a date looks like with what leads it in."""

    colon: str
    percent: str
    from_to: str
    is_: str
    to: str
    aim: str
    aside_from_to: str
    aside_target: str
    aside_word: str
    today: str
    today_word: str
    due: str
    dates: tuple[tuple[re.Pattern[str], str], ...]
    months: tuple[str, ...]
    verbs: re.Pattern[str]


class Units(NamedTuple):
    """Hold the units that are no words of a sentence: percent, those that say nothing, and currencies by their sign."""

    percent: frozenset[str]
    silent: frozenset[str]
    currencies: dict[str, str]


@cache
def wording(language: Language) -> Wording:
    """Give the phrases of a language."""
    data = dict(_data()[language])
    verbs = "|".join(re.escape(plain_letters(verb)) for verb in sorted(data.pop("verbs"), key=len, reverse=True))
    dates = tuple((re.compile(pattern), phrase) for pattern, phrase in data.pop("dates"))
    return Wording(is_=data.pop("is"), dates=dates, months=tuple(data.pop("months")), verbs=re.compile(rf"\W*(?:{verbs})\b"), **data)


@cache
def units() -> Units:
    """Give the units that are no words."""
    data = _data()["units"]
    currencies = {spelling: sign for sign, spellings in data["currencies"].items() for spelling in spellings}
    return Units(frozenset(data["percent"]), frozenset(data["silent"]), currencies)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text("utf-8"))
