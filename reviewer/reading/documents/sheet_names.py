"""Read a sheet's name: the team and the cycle it stands for, where it says so."""

from __future__ import annotations

import re

from reviewer.quarter import ColumnRole
from reviewer.reading.documents.vocabulary import folded, names_no_team
from reviewer.reading.source import prepare
from reviewer.reading.titles import read_title

_LONGEST = 4
"""Words of a team's name; a longer sheet name is a title."""


def team_of_sheet(name: str) -> dict[ColumnRole, str]:
    """Give the team and the cycle that a sheet's name says: "PMM", "Growth Q4 2026"; nothing for "Sheet1" or "OKR"."""
    title = read_title(f"OKR {name}", prepare(f"OKR {name}").plain)
    cycle = title.cycle if title is not None else None
    left = name.replace(cycle, " ") if cycle else name
    words = [word for word in re.split(r"[\s_|/()\[\]–—-]+", left) if word and not names_no_team(folded(word))]
    found: dict[ColumnRole, str] = {}
    if cycle:
        found["cycle"] = cycle
    if 0 < len(words) <= _LONGEST and any(character.isalpha() for character in "".join(words)):
        found["team"] = " ".join(words)
    return found
