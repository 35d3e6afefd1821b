"""Find statements that say one thing in other words, without comparing all pairs one by one.

Statements are sorted by what near duplicates must share (their figure, audience, place: `Facts.bucket`), and only those of
one bucket are compared, as blocks of a matrix product; facts then decide on the few pairs that are near. A bucket too large
for that is cut into cells by cluster pruning (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 7.1.6):
leaders drawn at random, each statement in the cells of the two that it is nearest to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reviewer.relations.storing import OBJECTIVE, VectorFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reviewer.encoder import Scale, Vectors

    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

_BLOCK = 2048
"""Rows compared at once: 16 MB of cosines, small enough for any machine and large enough for its matrix product."""

_LARGEST = 16_384
"""A bucket of more rows than this is cut into cells."""

_CUTS = 3
"""How often a cell that is still too large is cut again; texts that are all alike cannot be told apart by cutting."""

_FULL, _FULL_ACROSS, _MEASURE = 0.15, 0.3, 0.5
"""Likeness from which two key results on one known measure are one: with the same start and target; the same across
languages; without a start that both state."""

_WORDS, _WORDS_ACROSS, _FIGURES_ACROSS = 0.7, 0.72, 0.5
"""Likeness from which two statements without a known measure in common are one; across languages; across languages with the
same start and target. All were set on tests/relations/duplicate_pairs.toml."""

_SELECT = (
    "SELECT id, last, entry, key_result, team_key, cycle, bucket, language, metric, start, unit, others, day, year, direction, signs "
    "FROM relation_statement"
)
_ID, _LAST, _ENTRY, _KEY_RESULT, _TEAM, _CYCLE, _BUCKET = range(7)
_SEED = 1_917
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Statements:
    """Hold what statements are compared by, one row each: codes (0: unknown), figures, and masks of words."""

    ids: Numbers
    last: Mask
    entries: Numbers
    buckets: Numbers
    codes: Numbers
    starts: NDArray[np.float64]
    signs: NDArray[np.uint64]

    def take(self, rows: Numbers) -> _Statements:
        """Give some of the rows."""
        return _Statements(*(getattr(self, each.name)[rows] for each in fields(self)))


_LANGUAGE, _METRIC, _UNIT, _OTHERS, _DAY, _YEAR, _DIRECTION = range(7)
"""Columns of `_Statements.codes`."""
_NAMES, _ALL, _CONTENT, _BEYOND, _PEOPLE = range(5)
"""Masks in `_Statements.signs`: (statement, mask, 64-bit number)."""


def near_duplicates(database: sqlite3.Connection, vectors: VectorFile, scale: Scale, skip: str) -> Iterator[tuple[int, int]]:
    """Give pairs (earlier id, later id) of statements of one cycle that say one thing; `skip` is SQL for ids to leave out."""
    rows = database.execute(f"{_SELECT} WHERE last = 0 AND telling = 1 AND id NOT IN ({skip}) ORDER BY key_result < 0, cycle, bucket, id")
    for statements in _batches(rows, lambda row: (row[_KEY_RESULT] == OBJECTIVE, row[_CYCLE], row[_BUCKET])):
        for cell in _cells(statements, vectors):
            yield from _pairs(cell, cell, vectors, scale, dated=True)


def carried_over(database: sqlite3.Connection, vectors: VectorFile, scale: Scale, by_team: bool) -> Iterator[tuple[int, int]]:
    """Give pairs (id of the last quarter, id of this one) of statements that say one thing, whatever their dates."""
    team = "team_key, " if by_team else ""
    rows = database.execute(f"{_SELECT} WHERE telling = 1 ORDER BY key_result < 0, {team}bucket, last DESC, id")
    for statements in _batches(rows, lambda row: (row[_KEY_RESULT] == OBJECTIVE, row[_TEAM] if by_team else "", row[_BUCKET])):
        for cell in _cells(statements, vectors):
            last, now = _places(cell.last), _places(~cell.last)
            if len(last) and len(now):
                yield from _pairs(cell.take(last), cell.take(now), vectors, scale, dated=False)


def _places(mask: Mask) -> Numbers:
    import numpy as np

    return np.flatnonzero(mask)


def _batches(rows: Iterable[Row], key: Callable[[Row], object]) -> Iterator[_Statements]:
    """Gather sorted rows into batches of whole buckets; a statement alone in its bucket has nothing to be compared with."""
    known: dict[object, int] = {None: 0, "": 0}
    batch: list[Row] = []
    buckets: list[int] = []
    for number, (_, bucket) in enumerate(groupby(rows, key)):
        members = [*bucket]
        if len(members) < 2:
            continue
        if batch and len(batch) + len(members) > _BLOCK:
            yield _statements(batch, buckets, known)
            batch, buckets = [], []
        batch += members
        buckets += [number] * len(members)
    if batch:
        yield _statements(batch, buckets, known)


def _statements(rows: list[Row], buckets: list[int], known: dict[object, int]) -> _Statements:
    import numpy as np

    def code(value: object) -> int:
        return known.setdefault(value, len(known))

    codes = [(code(row[7]), code(row[8]), code(row[10]), code(row[11] or None), row[12], row[13], code(row[14])) for row in rows]
    signs = np.frombuffer(b"".join(row[15] for row in rows), dtype="<u8").reshape(len(rows), 5, -1)
    return _Statements(
        ids=np.array([row[_ID] for row in rows], dtype=np.int64),
        last=np.array([bool(row[_LAST]) for row in rows]),
        entries=np.array([row[_ENTRY] for row in rows], dtype=np.int64),
        buckets=np.array(buckets, dtype=np.int64),
        codes=np.array(codes, dtype=np.int64),
        starts=np.array([np.nan if row[9] is None else row[9] for row in rows], dtype=np.float64),
        signs=signs,
    )


def _cells(statements: _Statements, vectors: VectorFile, cuts: int = _CUTS) -> Iterator[_Statements]:
    """Cut what is too large to be compared pair by pair into cells of neighbours, each statement in two of them."""
    import numpy as np

    count = len(statements.ids)
    if count <= _LARGEST or not cuts:
        yield statements
        return
    leaders = np.sort(np.random.default_rng(_SEED + count).choice(count, size=int(count**0.5), replace=False))
    middle = vectors.read(statements.ids[leaders])
    nearest = np.empty((count, 2), dtype=np.int64)
    for begin in range(0, count, _BLOCK):
        cosines = vectors.read(statements.ids[begin : begin + _BLOCK]) @ middle.T
        nearest[begin : begin + _BLOCK] = np.argpartition(-cosines, 1, axis=1)[:, :2]
    rows = np.tile(np.arange(count), 2)
    cell_of = nearest.T.ravel()
    order = np.lexsort((rows, cell_of))
    edges = np.flatnonzero(np.diff(cell_of[order])) + 1
    for cell in np.split(rows[order], edges):
        yield from _cells(statements.take(cell), vectors, cuts - 1)


def _pairs(one: _Statements, other: _Statements, vectors: VectorFile, scale: Scale, dated: bool) -> Iterator[tuple[int, int]]:
    """Compare block by block, in the order of the files; each statement is tied to the first that says the same."""
    import numpy as np

    tied = np.zeros(len(other.ids), dtype=np.bool_)
    for i in range(0, len(one.ids), _BLOCK):
        left = one.take(np.arange(i, min(i + _BLOCK, len(one.ids))))
        left_rows = vectors.read(left.ids)
        for j in range(i if one is other else 0, len(other.ids), _BLOCK):
            right = other.take(np.arange(j, min(j + _BLOCK, len(other.ids))))
            if left.buckets[-1] < right.buckets[0] or right.buckets[-1] < left.buckets[0]:
                continue
            right_rows = left_rows if one is other and i == j else vectors.read(right.ids)
            likeness = (left_rows @ right_rows.T - scale.other) / (scale.same - scale.other)
            near = _near(likeness, left, right)
            if one is other and i == j:
                near &= ~np.tri(len(left.ids), dtype=np.bool_)
            a, b = np.nonzero(near)
            kept = _is_same(likeness[a, b], left, right, a, b, dated) & ~tied[j + b]
            later, first = np.unique(b[kept], return_index=True)
            tied[j + later] = True
            yield from zip(left.ids[a[kept][first]].tolist(), right.ids[b[kept][first]].tolist(), strict=True)


def _near(likeness: Vectors, left: _Statements, right: _Statements) -> Mask:
    """Tell the pairs that facts should decide on: near enough, or of one measure and not too far, in one bucket."""
    import numpy as np

    metrics = left.codes[:, _METRIC].astype(np.int32), right.codes[:, _METRIC].astype(np.int32)
    near = likeness >= _FULL
    if left.buckets[0] != left.buckets[-1] or right.buckets[0] != right.buckets[-1]:
        near &= left.buckets[:, None] == right.buckets[None, :]
    far = likeness < _FIGURES_ACROSS
    far &= (metrics[0][:, None] != metrics[1][None, :]) | (metrics[0] == 0)[:, None]
    near &= ~far
    return near


def _is_same(likeness: Vectors, left: _Statements, right: _Statements, a: Numbers, b: Numbers, dated: bool) -> Mask:
    """Decide on pairs: figures, dates, names, people and direction may not differ, nor may each have words that the other
    has not; likeness decides on the rest."""
    import numpy as np

    mine, theirs = left.codes[a], right.codes[b]
    agree = (mine == theirs) | (mine == 0) | (theirs == 0)
    if not dated:
        agree[:, [_DAY, _YEAR]] = True
    agree[:, _LANGUAGE] = True
    kept: Mask = (left.entries[a] != right.entries[b]) | (left.last[a] != right.last[b])
    kept &= agree.all(axis=1)
    began, begins = left.starts[a], right.starts[b]
    stated = ~np.isnan(began) & ~np.isnan(begins)
    kept &= ~stated | np.isclose(began, begins, rtol=1e-6)
    signs, others = left.signs[a], right.signs[b]

    def lacks(these: NDArray[np.uint64], those: NDArray[np.uint64]) -> Mask:
        missing: Mask = np.any(these & ~those, axis=1)
        return missing

    kept &= ~lacks(signs[:, _NAMES], others[:, _ALL]) & ~lacks(others[:, _NAMES], signs[:, _ALL])
    kept &= ~(lacks(signs[:, _PEOPLE], others[:, _PEOPLE]) & lacks(others[:, _PEOPLE], signs[:, _PEOPLE]))
    across = mine[:, _LANGUAGE] != theirs[:, _LANGUAGE]
    known = (mine[:, _METRIC] == theirs[:, _METRIC]) & (mine[:, _METRIC] != 0)
    wide_a, wide_b = signs[:, _CONTENT] | signs[:, _PEOPLE], others[:, _CONTENT] | others[:, _PEOPLE]
    said = np.where(known[:, None], signs[:, _BEYOND] | signs[:, _PEOPLE], wide_a)
    heard = np.where(known[:, None], others[:, _BEYOND] | others[:, _PEOPLE], wide_b)
    apart = lacks(said, others[:, _ALL]) & lacks(wide_b, signs[:, _ALL]) | lacks(wide_a, others[:, _ALL]) & lacks(heard, signs[:, _ALL])
    apart &= ~across
    least = np.where(across, np.where(stated, _FIGURES_ACROSS, _WORDS_ACROSS), _WORDS)
    least[known] = _MEASURE
    full = known & stated
    least[full] = np.where(across, _FULL_ACROSS, _FULL)[full]
    found: Mask = kept & ~apart & (likeness >= least)
    return found
