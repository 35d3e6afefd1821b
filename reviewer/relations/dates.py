"""Read a deadline or a cycle as a day and year, as far as its words tell: fin T3, end of September and 30/09 are one day."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reviewer.language.folding import fold

_MONTHS = (
    ("jan", 31), ("fev|feb", 28), ("mars|mar", 31), ("avr|apr", 30), ("mai|may", 31), ("juin|jun", 30),
    ("juil|jul", 31), ("aout|aug", 31), ("sep", 30), ("oct", 31), ("nov", 30), ("dec", 31),
)  # fmt: skip
_LAST = tuple(days for _, days in _MONTHS)
_MONTH = re.compile(r"\b(?:" + "|".join(f"(?P<m{at}>{names})" for at, (names, _) in enumerate(_MONTHS, start=1)) + r")[a-z]*")
_YEAR = re.compile(r"\b(20[1-4]\d)\b")
_QUARTER = re.compile(r"\b(?:[qt] ?([1-4])|([1-4])(?:er|e|eme|st|nd|rd|th) (?:trimestre|quarter))\b")
_HALF = re.compile(r"\b[hs] ?([12])\b")
_ISO = re.compile(r"\b(20[1-4]\d)-([01]\d)-([0-3]\d)\b")
_FRENCH = re.compile(r"\b([0-3]?\d)[/.]([01]?\d)(?:[/.]((?:20)?\d\d))?\b")
_DAY = re.compile(r"\b([0-3]?\d)(?:er|st|nd|rd|th)?\b")
_EARLY, _MIDDLE = re.compile(r"\b(?:debut|early|start|beginning)\b"), re.compile(r"\b(?:mi|mid|middle|milieu)\b")
_SPAN = re.compile(r"\b(\d{1,3}) ?(jour|day|semaine|week|mois|month|trimestre|quarter)|\b[jdsmw] ?\+ ?(\d{1,3})\b")
_DAYS = {"jour": 1, "day": 1, "semaine": 7, "week": 7, "mois": 30, "month": 30, "trimestre": 91, "quarter": 91}


class Day(NamedTuple):
    """Hold a day as month * 32 + day (0: unknown; above 500: so many days from the start of the cycle), and a year (0: unknown)."""

    number: int = 0
    year: int = 0


@lru_cache(maxsize=4096)
def day_of(text: str) -> Day:
    """Read the day a deadline names; the end of its month or quarter where it names no day."""
    plain = fold(text).text
    if iso := _ISO.search(plain):
        return _day(int(iso[2]), int(iso[3]), int(iso[1]))
    if date := _FRENCH.search(plain):
        return _day(int(date[2]), int(date[1]), _full_year(date[3]))
    years = _YEAR.findall(plain)
    year = int(years[-1]) if years else 0
    rest = _YEAR.sub(" ", plain)
    quarter, half, month = _QUARTER.search(rest), _HALF.search(rest), _MONTH.search(rest)
    if quarter:
        return _within(rest, int(quarter[1] or quarter[2]) * 3, year, months=3)
    if month and month.lastgroup:
        day = _DAY.search(rest[: month.start()] + " " + rest[month.end() :])
        number = int(month.lastgroup[1:])
        return _day(number, int(day[1]), year) if day else _within(rest, number, year, months=1)
    if half:
        return _within(rest, int(half[1]) * 6, year, months=6)
    if span := _SPAN.search(rest):
        return Day(500 + (int(span[1]) * _DAYS[span[2]] if span[1] else int(span[3])), 0)
    return Day(0, year)


@lru_cache(maxsize=4096)
def cycle_key(text: str | None) -> str:
    """Name a cycle in one way: 2026-Q4, T4 2026 and Q4/2026 are one; empty where none is given."""
    plain = fold(text or "").text.strip()
    quarter, half, year = _QUARTER.search(plain), _HALF.search(plain), _YEAR.search(plain)
    if quarter is None and half is None:
        return " ".join(plain.split())
    part = f"q{quarter[1] or quarter[2]}" if quarter else f"h{half[1]}"  # type: ignore[index]
    return f"{year[1] if year else ''}{part}"


def _within(text: str, month: int, year: int, months: int) -> Day:
    if _EARLY.search(text):
        return _day(month - months + 1, 1, year)
    if _MIDDLE.search(text):
        return _day(month - months // 2, 15, year)
    return _day(month, _LAST[month - 1], year)


def _day(month: int, day: int, year: int) -> Day:
    if not 1 <= month <= 12:
        return Day(0, year)
    return Day(month * 32 + min(max(day, 1), _LAST[month - 1]), year)


def _full_year(text: str | None) -> int:
    return 0 if text is None else int(text) if len(text) == 4 else 2000 + int(text)
