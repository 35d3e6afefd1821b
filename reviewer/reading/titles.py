"""Tell a title ("OKRs Q4 2026 - équipe PMM") from an objective, and read its cycle and team."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reviewer.reading.words import alternatives, lexicon, plain_words

_LONGEST = 100
_WORD = re.compile(r"[^\s()\[\]:;,.|/*_#~–—-]+(?:-[^\s()\[\]:;,.|/*_#~–—-]+)*")
_SPARED = 3
"""How many words a title may hold beyond those known: "OKRs Product Marketing Europe"."""


class Title(NamedTuple):
    """Hold what a title says of the OKRs under it."""

    cycle: str | None
    team: str | None


def read_title(text: str, plain: str) -> Title | None:
    """Read a line as a title; None when it says more than a cycle, a team and "OKR".

    `plain` is `text` without accents, letter for letter.
    """
    if len(plain) > _LONGEST:
        return None
    patterns = _patterns()
    found = patterns.cycle.search(plain)
    cycle = text[found.start() : found.end()].strip() if found else None
    rest = plain if found is None else plain[: found.start()] + " " * len(found.group()) + plain[found.end() :]
    words = [(word.group(), word.start(), word.end()) for word in _WORD.finditer(rest)]
    named = [word for word in words if word[0].lower() in patterns.okr]
    left = [word for word in words if word[0].lower() not in patterns.known]
    said_team = patterns.team.search(rest)
    if said_team is not None:
        place = said_team.span("after") if said_team["after"] else said_team.span("before")
        others = [word for word in left if not place[0] <= word[1] < place[1]]
        if len(others) > 1 or not (others == [] or named or cycle):
            return None
        return Title(cycle, text[slice(*place)].strip(" *_:"))
    if not left:
        return Title(cycle, None) if cycle or named else None
    if not named or len(left) > _SPARED or (words[0] not in named and words[-1] not in named):
        return None
    return Title(cycle, _after_a_dash(text, rest, left, words))


class _Patterns(NamedTuple):
    cycle: re.Pattern[str]
    team: re.Pattern[str]
    okr: frozenset[str]
    known: frozenset[str]


@cache
def _patterns() -> _Patterns:
    titles = lexicon()["titles"]
    cycle = "|".join(f"(?:{pattern})" for pattern in titles["cycles"])
    team = alternatives(titles["team"])
    name = r"[A-Z0-9][\w&.'/-]*(?:\s(?:(?:de|du|des|and|et|&|of)\s)?[A-Z0-9][\w&.'/-]*){0,3}"
    okr = plain_words(titles["okr"])
    return _Patterns(
        cycle=re.compile(rf"(?<!\w)(?:{cycle})(?!\w)", re.IGNORECASE),
        team=re.compile(rf"\b(?i:{team})\s+(?:(?i:de|of)\s)?(?P<after>{name})|(?P<before>{name})\s(?i:{team})\b"),
        okr=okr,
        known=okr | plain_words(titles["team"]) | plain_words(titles["fillers"]),
    )


def _after_a_dash(text: str, rest: str, left: list[tuple[str, int, int]], words: list[tuple[str, int, int]]) -> str | None:
    # "OKRs Q4 2026 - PMM", "OKRs (PMM)": what stands apart is the team.
    start, end = left[0][1], left[-1][2]
    if sum(start <= word[1] < end for word in words) != len(left):
        return None
    before, after = rest[:start].rstrip(), rest[end:].lstrip()
    apart = before[-1:] in set("-–—|:([") or (before == "" and after[:1] in set("-–—|:"))
    return text[start:end] if apart else None
