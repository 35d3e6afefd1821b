"""Read the cells beside an OKR: is the owner a person, how often is it looked at, what did the last quarter end at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from math import inf

from reviewer.language.folding import fold
from reviewer.language.lexicon import _read, listed
from reviewer.language.quantities import Number, find_numbers
from reviewer.okr import Language
from reviewer.relations.wordage import data

_MOST_WORDS = 4
"""A person's name has no more words than this."""

_ADDRESS = re.compile(r"^[\w.+-]+@[\w.-]+$")
_NAME = re.compile(r"^@?[^\W\d_]+(?:[-'’.][^\W\d_]*)*\.?$")
_SEPARATORS = re.compile(r"\s*(?:[,;/&+\n]|\bet\b|\band\b)\s*")


@lru_cache(maxsize=4096)
def is_person(owner: str) -> bool:
    """Tell a person, or several, from a team: by given names, addresses and handles, and words that only teams bear."""
    parts = [part for part in _SEPARATORS.split(re.sub(r"\([^)]*\)", " ", owner).strip()) if part]
    return bool(parts) and all(_is_one_person(part) for part in parts)


def _is_one_person(part: str) -> bool:
    team_words = _words("owners", "teams")
    if _ADDRESS.match(part):
        names = re.split(r"[._+-]", fold(part.partition("@")[0]).text)
        return not any(name in team_words for name in names) and (len([n for n in names if n]) > 1 or names[0] in _given_names())
    names = part.split()
    if not 0 < len(names) <= _MOST_WORDS or not all(_NAME.match(name) for name in names):
        return False
    folded = [fold(name).text.lstrip("@").rstrip(".") for name in names]
    if any(name in team_words or any(piece in team_words for piece in re.split(r"[-.]", name)) for name in folded):
        return False
    if folded[0] in _given_names() or any(piece in _given_names() for piece in re.split(r"[-.]", folded[0])):
        return True
    particles = _words("owners", "particles")
    capital = all(name.lstrip("@")[:1].isupper() or fold(name).text in particles for name in names)
    return len(names) > 1 and capital and not any(len(name) > 4 and name.isupper() for name in names[:1])


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for language in ("fr", "en") for name in listed(_read(f"{language}.toml")["signs"]["given_names"]))


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(listed(data()[section][name]))


_EVERY = re.compile(r"\b(?:every|tou(?:s|tes) les|chaque) (\d{1,2}) (day|jour|week|semaine|month|mois)s?\b")
_TIMES = re.compile(
    r"\b(\d|once|twice|une|deux|trois) ?(?:x|fois|times?)? ?(?:par|/|per|an?|each|chaque|every) ?(semaine|week|mois|month|trimestre|quarter)\b"
)
_LENGTHS = {"day": 1, "jour": 1, "week": 7, "semaine": 7, "month": 30, "mois": 30, "quarter": 90, "trimestre": 90}
_COUNTS = {"once": 1, "une": 1, "twice": 2, "deux": 2, "trois": 3}


@lru_cache(maxsize=1024)
def days_between(check_in: str) -> float | None:
    """Give the days between two check-ins: infinite when there are none, None where the words say nothing of it."""
    plain = " ".join(re.findall(r"[a-z0-9'/-]+", fold(check_in).text))
    if every := _EVERY.search(plain):
        return float(int(every[1]) * _LENGTHS[every[2]])
    if (times := _TIMES.search(plain)) and (count := _COUNTS.get(times[1]) or (int(times[1]) if times[1].isdigit() else 0)):
        return _LENGTHS[times[2]] / count
    days = [
        inf if name == "never" else float(name)
        for name, words in data()["rhythm"].items()
        for form in listed(words)
        if re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", plain)
    ]
    return min(days, default=None)


def final_value(details: Mapping[str, str], language: Language) -> tuple[float | None, str | None, bool]:
    """Read what a key result ended at: its value, the cell as written, and whether the cell only says that it was reached."""
    cell = (details.get("final_value") or "").strip()
    if cell:
        number = _first_number(cell, language)
        if number is not None:
            return number, cell, False
        return None, None, _says_reached(cell)
    progress = (details.get("progress") or "").strip()
    number = _first_number(progress, language) if progress else None
    reached = _says_reached(progress) or (number is not None and number >= 100 and "%" in progress)
    return None, None, reached or (number == 1.0 and progress in ("1", "1.0", "1,0"))


def _first_number(cell: str, language: Language) -> float | None:
    found: list[Number] = find_numbers(fold(cell).text, language, [])
    if not found:
        return None
    number = found[0]
    score = re.match(r"\s*(\d+(?:[.,]\d+)?) ?(?:/|sur|out of) ?\d", cell)
    value = float(score[1].replace(",", ".")) if score and number.unit == "percent" else number.value
    return -abs(value) if number.sign < 0 else value


def _says_reached(cell: str) -> bool:
    words: Iterable[str] = re.findall(r"[a-z]+", fold(cell).text)
    said = [*words]
    if any(word in ("not", "non", "pas", "no", "partiellement", "partially", "partly", "presque", "almost") for word in said):
        return False
    return any(word in _words("reached", "words") for word in said) or cell.strip() in ("✓", "✔", "✅", "x", "X")
