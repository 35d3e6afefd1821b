"""Write dates as a sentence needs them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

from reviewer.language.folding import fold
from reviewer.language.periods import find_periods
from reviewer.okr import Language
from reviewer.reading.documents.wording import wording

_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/-](1[3-9]|2\d|3[01])[/-](20\d\d)")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?")


def written_date(day: date, language: Language) -> str:
    """Write a date: "30 September 2026" in English, "30/09/2026" in French."""
    if language == "fr":
        return f"{day.day:02}/{day.month:02}/{day.year}"
    return f"{day.day} {wording(language).months[day.month - 1]} {day.year}"


def written_month(day: date, language: Language) -> str:
    """Write a month with its year, in words."""
    return f"{wording(language).months[day.month - 1]} {day.year}"


@lru_cache(maxsize=4096)
def due_wording(due: str, language: Language) -> tuple[str, str, str]:
    """Give what stands before a due date, the date itself, and what follows: ("by ", "30/09/2026", "").

    A date that only an American reads (9/30/2026) is written out; what is no date stands in brackets.
    """
    text = due.strip().rstrip(".;,")
    midnight = _MIDNIGHT.fullmatch(text)
    text = midnight[1] if midnight else text
    month_first = _MONTH_FIRST.fullmatch(text)
    if month_first is not None:
        month, day, year = map(int, month_first.groups())
        with suppress(ValueError):  # 30 February stays as it stands
            text = written_date(date(year, month, day), language)
    phrases = wording(language)
    folded = fold(text).text
    phrase = next(phrase for pattern, phrase in phrases.dates if pattern.search(folded))
    before, _, after = phrase.partition("{due}")
    if not any(period.role == "deadline" for period in find_periods(fold(f"{before}{text}{after}").text)):
        before, _, after = phrases.due.partition("{due}")
    return before, text, after
