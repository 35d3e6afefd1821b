"""Gather the statements that say one thing: word for word, by the same facts, or near by their meaning."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reviewer.encoder import Scale
from reviewer.relations.likeness import near_duplicates
from reviewer.relations.storing import VectorFile


class SameGroup(NamedTuple):
    """Hold the ids of statements that say one thing, in the order of the files; `exact` but for case, accents and punctuation."""

    ids: tuple[int, ...]
    exact: bool


_ALIKE = """
    SELECT s.id, g.first, s.day, s.year FROM relation_statement s JOIN (
        SELECT min(id) AS first, {key} AS value, cycle, key_result < 0 AS objective FROM relation_statement
        WHERE last = 0 AND telling = 1 AND {key} IS NOT NULL GROUP BY {key}, cycle, key_result < 0 HAVING count(DISTINCT entry) > 1
    ) g ON s.{key} = g.value AND s.cycle = g.cycle AND (s.key_result < 0) = g.objective
    WHERE s.last = 0 AND s.telling = 1 ORDER BY g.first, s.id
"""
_LATER = """
    SELECT s.id FROM relation_statement s JOIN (
        SELECT min(id) AS first, same AS value, cycle, key_result < 0 AS objective FROM relation_statement
        WHERE last = 0 AND telling = 1 GROUP BY same, cycle, key_result < 0 HAVING count(DISTINCT entry) > 1
    ) g ON s.same = g.value AND s.cycle = g.cycle AND (s.key_result < 0) = g.objective
    WHERE s.last = 0 AND s.id != g.first
"""
"""What says word for word what an earlier statement says: the earlier one stands for it."""


def same_groups(database: sqlite3.Connection, vectors: VectorFile, scale: Scale | None) -> list[SameGroup]:
    """Group the statements of this quarter that say one thing, each group standing in two OKRs at least.

    Without `scale` (no encoder was at hand) only words and facts are compared.
    """
    groups = _Groups()
    for key, exact in (("same", True), ("alike", False)):
        for id, first in _dated(database.execute(_ALIKE.format(key=key)), exact):
            groups.join(first, id, exact)
    if scale is not None:
        for first, id in near_duplicates(database, vectors, scale, _LATER):
            groups.join(first, id, exact=False)
    return groups.found()


def _dated(rows: Iterable[tuple[int, int, int, int]], exact: bool) -> Iterator[tuple[int, int]]:
    """Tie statements to the first of their group that names no other date."""
    current, firsts = -1, {}
    for id, first, day, year in rows:
        if first != current:
            current, firsts = first, dict[tuple[int, int], int]()
        if exact:
            yield id, first
            continue
        known = firsts.get((day, year)) or next((firsts[each] for each in firsts if _agree(each, (day, year))), None)
        if known is None:
            firsts[day, year] = id
        else:
            yield id, known


def _agree(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return all(a == b or not a or not b for a, b in zip(one, other, strict=True))


class _Groups:
    """Join ids into groups, the earliest of each standing for it (union-find with path halving)."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._near: set[int] = set()

    def join(self, one: int, other: int, exact: bool) -> None:
        """Say that two ids are of one group."""
        a, b = self._top(one), self._top(other)
        if a != b:
            low, high = min(a, b), max(a, b)
            self._first[high] = low
            if not exact or high in self._near:
                self._near.add(low)

    def _top(self, id: int) -> int:
        first = self._first
        first.setdefault(id, id)
        while first[id] != id:
            first[id] = first[first[id]]
            id = first[id]
        return id

    def found(self) -> list[SameGroup]:
        """Give the groups of two ids or more, in the order of the files."""
        members: dict[int, list[int]] = {}
        for id in sorted(self._first):
            members.setdefault(self._top(id), []).append(id)
        return [SameGroup(tuple(ids), top not in self._near) for top, ids in members.items() if len(ids) > 1]
