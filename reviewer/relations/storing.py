"""Keep compact facts of every OKR on disk: SQLite tables, and a file of half-precision vectors beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reviewer.errors import ReviewerError
from reviewer.language.folding import fold
from reviewer.relations.grounds import Facts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reviewer.encoder import Vectors

TABLES: Final = """
CREATE TABLE IF NOT EXISTS relation_setting (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS relation_okr (
    entry INTEGER PRIMARY KEY, team TEXT, team_key TEXT, cycle TEXT, owner TEXT, person INTEGER, check_in TEXT, file TEXT, verdict TEXT,
    key_results INTEGER, judged INTEGER, parent_text TEXT, parent INTEGER
);
CREATE TABLE IF NOT EXISTS relation_lead (entry INTEGER, goal INTEGER, score REAL, PRIMARY KEY (entry, goal)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS relation_fault (entry INTEGER, rule TEXT, number INTEGER, PRIMARY KEY (entry, rule)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS relation_statement (
    id INTEGER PRIMARY KEY, last INTEGER, entry INTEGER, key_result INTEGER, team_key TEXT, cycle TEXT, language TEXT, text TEXT,
    same INTEGER, undated INTEGER, about INTEGER, rest INTEGER, alike INTEGER, bucket INTEGER, metric TEXT, figure REAL, start REAL,
    unit TEXT, others INTEGER, day INTEGER, year INTEGER, direction TEXT, moved INTEGER, telling INTEGER, signs BLOB, outcome INTEGER,
    start_text TEXT, final REAL, final_text TEXT, reached INTEGER
);
CREATE INDEX IF NOT EXISTS relation_statement_of ON relation_statement (last, entry, key_result);
"""
INDEXES: Final = """
CREATE INDEX IF NOT EXISTS relation_statement_same ON relation_statement (last, same);
CREATE INDEX IF NOT EXISTS relation_statement_undated ON relation_statement (last, undated);
CREATE INDEX IF NOT EXISTS relation_statement_alike ON relation_statement (last, alike);
CREATE INDEX IF NOT EXISTS relation_statement_about ON relation_statement (last, about);
CREATE INDEX IF NOT EXISTS relation_statement_bucket ON relation_statement (last, bucket);
CREATE INDEX IF NOT EXISTS relation_statement_team ON relation_statement (last, team_key, cycle);
"""
"""Made when all statements are in: an index kept up to date row by row costs several times more."""

OBJECTIVE: Final = -1
"""What stands for "no key result" in the tables, where a NULL would equal nothing."""

_INSERT: Final = (
    "INSERT INTO relation_statement (id, last, entry, key_result, team_key, cycle, language, text, same, undated, about, rest, alike, bucket, "
    "metric, figure, start, unit, others, day, year, direction, moved, telling, signs, outcome, start_text, final, final_text, reached) "
    "VALUES (" + ", ".join("?" * 30) + ")"
)
_MASK = 64
"""Bytes of a mask of words."""

_VECTORS: Final = "relations.vectors"
"""How the file begins that holds the vectors; their length and ".f16" follow."""


def make_tables(database: sqlite3.Connection) -> None:
    """Make the tables that are missing; a resumed run finds its own, and no transaction of the caller is ended."""
    for statement in TABLES.split(";"):
        if statement.strip():
            database.execute(statement)


def make_indexes(database: sqlite3.Connection) -> None:
    """Index what is looked up once all statements are in."""
    for statement in INDEXES.split(";"):
        if statement.strip():
            database.execute(statement)


def free_ids(database: sqlite3.Connection, entry: int, count: int) -> list[int]:
    """Take out what an entry had, and give `count` ids for what it has now: its own again first, then new ones."""
    if database.execute("SELECT 1 FROM relation_okr WHERE entry = ?", (entry,)).fetchone() is None:
        return new_ids(database, count)
    own = [row[0] for row in database.execute("SELECT id FROM relation_statement WHERE last = 0 AND entry = ? ORDER BY id", (entry,))]
    for table in ("relation_okr", "relation_lead", "relation_fault"):
        database.execute(f"DELETE FROM {table} WHERE entry = ?", (entry,))
    database.execute("DELETE FROM relation_statement WHERE last = 0 AND entry = ?", (entry,))
    return (own + new_ids(database, count - len(own)))[:count]


def new_ids(database: sqlite3.Connection, count: int) -> list[int]:
    """Give ids that no statement ever had, in the order of the file of vectors."""
    if count <= 0:
        return []
    row = database.execute("SELECT value FROM relation_setting WHERE name = 'next'").fetchone()
    first = int(row[0]) if row else 0
    database.execute("INSERT OR REPLACE INTO relation_setting VALUES ('next', ?)", (str(first + count),))
    return [*range(first, first + count)]


def free_last_ids(database: sqlite3.Connection) -> Iterator[int]:
    """Take out the last quarter's statements, and give their ids to be used again: their vectors stand there already."""
    own = [row[0] for row in database.execute("SELECT id FROM relation_statement WHERE last = 1 ORDER BY id")]
    database.execute("DELETE FROM relation_statement WHERE last = 1")
    return iter(own)


def key_of_team(team: str | None) -> str:
    """Name a team in one way, but for case, accents and spaces; empty where none is named."""
    return " ".join(fold(team or "").text.split())


def insert_statements(database: sqlite3.Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Write statements, each as `statement_row` gives it."""
    database.executemany(_INSERT, rows)


def statement_row(
    id: int,
    facts: Facts,
    text: str,
    language: str,
    *,
    last: bool,
    entry: int,
    key_result: int,
    team_key: str,
    cycle: str,
    outcome: bool = False,
    start_text: str | None = None,
    final: tuple[float | None, str | None, bool] = (None, None, False),
) -> tuple[object, ...]:
    """Give the row of one statement; `final` is what it ended at: the value, as written, whether it is the target said reached."""
    signs = b"".join(mask.to_bytes(_MASK, "little") for mask in (facts.names, facts.words, facts.content, facts.beyond, facts.people))
    return (
        id, int(last), entry, key_result, team_key, cycle, language, text, facts.same, facts.undated, facts.about, facts.rest, facts.alike,
        facts.bucket, facts.metric, facts.figure, facts.start, facts.unit, facts.others, facts.day.number, facts.day.year, facts.direction,
        int(facts.moved), int(facts.telling), signs, int(outcome), start_text, final[0], final[1], int(final[2]),
    )  # fmt: skip


class VectorFile:
    """Keep one row of half precision per statement at the place of its id; a row of zeros is none.

    Rows are written in place and need no transaction: one whose statement was never committed is written again, one
    that a crash lost reads as zeros, and its statement is then compared by its words alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        widths = [int(path.name.split(".")[-2]) for path in folder.glob(f"{_VECTORS}.*.f16")]
        self.width = widths[0] if widths else 0

    @property
    def _path(self) -> Path:
        return self._folder / f"{_VECTORS}.{self.width}.f16"

    def write(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Write the rows of `ids`; raises ReviewerError when they are not as long as those of the run so far."""
        import numpy as np

        rows: NDArray[np.float16] = np.ascontiguousarray(vectors, dtype=np.float16)
        if rows.ndim != 2 or rows.shape[0] != len(ids):
            msg = f"{len(ids)} statements came with vectors of shape {rows.shape}; give one row for the objective and one per key result"
            raise ValueError(msg)
        if not ids:
            return
        self.width = self.width or rows.shape[1]
        if rows.shape[1] != self.width:
            msg = f"this run began with a model of {self.width} numbers a sentence and goes on with one of {rows.shape[1]}; resume it with the same model, or start anew"
            raise ReviewerError(msg)
        with self._path.open("r+b" if self._path.exists() else "w+b", buffering=0) as file:
            for begin, end in _runs(ids):
                file.seek(ids[begin] * self.width * 2)
                file.write(rows[begin:end].tobytes())

    def clear(self, ids: Sequence[int]) -> None:
        """Forget the rows of `ids`, which another statement may have left there."""
        if self.width and self._path.exists():
            import numpy as np

            self.write(ids, np.zeros((len(ids), self.width), dtype=np.float32))

    def read(self, ids: NDArray[np.int64]) -> Vectors:
        """Give the rows of `ids`, zeros where there is none."""
        import numpy as np

        found: Vectors = np.zeros((len(ids), max(self.width, 1)), dtype=np.float32)
        if not self.width or not self._path.exists():
            return found
        stored = self._path.stat().st_size // (self.width * 2)
        known = ids < stored
        if stored and known.any():
            kept = np.memmap(self._path, dtype=np.float16, mode="r", shape=(stored, self.width))
            found[known] = kept[ids[known]]
        found[~np.isfinite(found).all(axis=1)] = 0.0
        return found


def _runs(ids: Sequence[int]) -> list[tuple[int, int]]:
    """Cut ids into runs of neighbours, which are written at once."""
    starts = [at for at in range(len(ids)) if at == 0 or ids[at] != ids[at - 1] + 1]
    return [*zip(starts, [*starts[1:], len(ids)], strict=True)]
