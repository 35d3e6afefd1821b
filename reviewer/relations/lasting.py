"""Compare with the last quarter: what stands as it stood, and starts that its end contradicts."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from reviewer.encoder import Scale
from reviewer.relations.likeness import carried_over
from reviewer.relations.storing import VectorFile

_ROUNDED = 0.01
"""Share of a value that may be lost in rounding before it is called another."""


class Contradiction(NamedTuple):
    """Hold a key result whose stated start is not what the same measure ended the last quarter at."""

    id: int
    entry: int
    key_result: int
    text: str
    team_key: str
    start: str
    last: str
    ended: str
    reached: bool


def by_team(database: sqlite3.Connection) -> bool:
    """Tell whether both quarters name teams: then only what one team said is compared with what it says now."""
    query = "SELECT count(DISTINCT last) FROM relation_statement WHERE team_key != ''"
    return bool(database.execute(query).fetchone()[0] == 2)


def carried_ids(database: sqlite3.Connection, vectors: VectorFile, scale: Scale | None) -> dict[int, bool]:
    """Give the ids of this quarter's statements that the last quarter had, and whether word for word but for their dates."""
    found: dict[int, bool] = {}
    same_team = by_team(database)
    for key, exact in (("undated", True), ("alike", False)):
        query = f"""
            SELECT DISTINCT n.id FROM relation_statement n JOIN relation_statement l
            ON l.last = 1 AND l.{key} = n.{key} AND (l.key_result < 0) = (n.key_result < 0)
            WHERE n.last = 0 AND n.telling = 1 {"AND l.team_key = n.team_key" if same_team else ""}
        """
        for (id,) in database.execute(query):
            found.setdefault(id, exact)
    if scale is not None and vectors.width:
        for _, id in carried_over(database, vectors, scale, same_team):
            found.setdefault(id, False)
    return found


def contradictions(database: sqlite3.Connection) -> Iterator[Contradiction]:
    """Give each stated start that no end of the same measure, on the same ground, agrees with."""
    query = f"""
        SELECT n.id, n.entry, n.key_result, n.text, n.team_key, n.start, coalesce(n.start_text, n.start), l.text, l.final, l.final_text, l.reached
        FROM relation_statement n JOIN relation_statement l ON l.last = 1 AND l.about = n.about AND l.rest = n.rest
        WHERE n.last = 0 AND n.key_result >= 0 AND n.start IS NOT NULL AND l.final IS NOT NULL AND l.key_result >= 0
        AND (n.unit IS NULL OR l.unit IS NULL OR n.unit = l.unit) {"AND l.team_key = n.team_key" if by_team(database) else ""}
        ORDER BY n.id, l.id
    """
    for _, group in groupby(database.execute(query), key=lambda row: row[0]):
        rows = [*group]
        if any(_agree(row[5], str(row[6]), row[8], row[9]) for row in rows):
            continue
        id, entry, key_result, text, team_key, _, start, last, final, ended, reached = rows[0]
        yield Contradiction(id, entry, key_result, text, team_key, str(start), last, ended or f"{final:g}", bool(reached))


def _agree(start: float, written: str, final: float, cell: str | None) -> bool:
    """Compare a start with an end, as precisely as the rougher of the two is written; a table may hold 0.38 for 38 %."""
    room = max(_unit_of(written), _unit_of(cell or "")) * 0.5 if abs(start) < 1000 else 0.0
    candidates = [final]
    if cell and "%" not in cell and 0 < abs(final) <= 1 < abs(start) and "." in f"{final}":
        candidates.append(final * 100)
    return any(abs(start - value) <= max(room, _ROUNDED * abs(value)) for value in candidates)


def _unit_of(written: str) -> float:
    """Give the size of the last digit written: 0.1 for 6,1 and 1 for 38."""
    decimals = re.search(r"\d[.,](\d{1,2})(?!\d)", written)
    return 10.0 ** -len(decimals[1]) if decimals else 1.0
