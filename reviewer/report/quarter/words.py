"""Say the sentences of a quarter's reports, and name places and teams, in the review's language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from reviewer.okr import Language
from reviewer.quarter import Place
from reviewer.report.marked import shown
from reviewer.report.words import Words, words_of

_GIVEN = "okrs"
"""What stands as the file of OKRs given as objects."""

_MOST_RUNS = 12
"""Stretches of rows named in one sentence."""


@cache
def quarter_words(language: Language) -> Words:
    """Load the sentences of one language: those of every report, and those of a quarter's."""
    own = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))
    return Words(language, {**words_of(language).entries, **own[language]})


def file_told(file: str, words: Words) -> str:
    """Name a file as given, or the source that is none."""
    return {"-": words.say("stdin"), _GIVEN: words.say("given")}.get(file) or shown(file)


def place_told(place: Place, words: Words, rows: Iterable[int] = ()) -> str:
    """Say where something stands: "okrs.xlsx, sheet Q4, row 12, column C"; `rows` are all the rows when there are several."""
    numbers = sorted({*rows, *([place.row] if place.row is not None else [])})
    parts = [file_told(place.file, words)]
    parts += [words.say("place_sheet", n=shown(place.sheet))] if place.sheet else []
    parts += [words.say("place_row" if len(numbers) == 1 else "place_rows", n=_ranges(numbers))] if numbers else []
    parts += [words.say("place_column", n=shown(place.column))] if place.column else []
    return words.say("list_separator").join(parts)


def team_told(team: str | None, words: Words) -> str:
    """Name a team, or say that none was named."""
    return shown(team) if team else words.say("no_team")


def _ranges(numbers: list[int]) -> str:
    """Write rows in order: "4–6, 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    told = ["–".join(map(str, run)) for run in runs[:_MOST_RUNS]]
    return ", ".join(told) + (", …" if len(runs) > _MOST_RUNS else "")
