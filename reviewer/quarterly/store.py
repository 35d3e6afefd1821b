"""Keep a run on disk: one SQLite file in the run's folder, which several processes write in turn."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from reviewer.errors import ReviewerError
from reviewer.okr import Language, Verdict
from reviewer.quarter import Entry, QuarterReview, ReviewedEntry, TakenFor

DATABASE: Final = "quarter.sqlite"
_LOCK: Final = "run.lock"

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS run_setting (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS run_taken (at INTEGER PRIMARY KEY, said TEXT);
CREATE TABLE IF NOT EXISTS run_review (
    id INTEGER PRIMARY KEY, fingerprint BLOB UNIQUE, by_rules BLOB, asked BLOB, state INTEGER, language TEXT, verdict TEXT, vectors BLOB
);
CREATE TABLE IF NOT EXISTS run_entry (at INTEGER PRIMARY KEY, fingerprint BLOB);
CREATE INDEX IF NOT EXISTS run_review_state ON run_review (state) WHERE state != 0;
"""
DONE: Final = 0
OPEN: Final = 1
"""Reviewed by rules; a model is still to be asked."""
CRASHED: Final = 2
"""Explained because the process that reviewed it died; tried again when the run is resumed."""

_WAIT = 120.0
"""Seconds that a process waits for another's transaction, which takes a fraction of one."""

_CACHE = 8_000
"""Kilobytes of the file that one connection keeps in memory."""


class RunError(ReviewerError):
    """Refuse to go on with a run, saying what is kept and how to resume it."""


class Row(NamedTuple):
    """Hold one entry as reviewed, ready to be written; `vectors` wait there for a model's answer."""

    at: int
    fingerprint: bytes
    packed: bytes
    state: int
    language: Language | None
    verdict: Verdict | None
    vectors: bytes | None = None


class Waiting(NamedTuple):
    """Hold one entry that a model is to be asked about."""

    at: int
    fingerprint: bytes
    reviewed: ReviewedEntry
    vectors: bytes | None


def pack(reviewed: ReviewedEntry) -> bytes:
    """Write an entry as compressed JSON."""
    return zlib.compress(reviewed.model_dump_json().encode("utf-8"), 1)


def unpack(packed: bytes) -> ReviewedEntry:
    """Read an entry back."""
    return ReviewedEntry.model_validate_json(zlib.decompress(packed))


class Store:
    """Hold the entries of a run in their order and the review of each, found again by its fingerprint."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.database = sqlite3.connect(folder / DATABASE, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            self.database.execute("PRAGMA journal_mode = WAL")
            self.database.execute("PRAGMA synchronous = NORMAL")
            self.database.execute(f"PRAGMA cache_size = -{_CACHE}")
            with self.writing():
                for statement in _TABLES.split(";"):
                    self.database.execute(statement)
        except (sqlite3.Error, OSError) as error:
            msg = f"the folder {str(folder)!r} cannot hold a run ({error}); give a folder that can be written to and has room"
            raise RunError(msg) from error

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold one transaction: all of it is kept, or nothing."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.database.execute("COMMIT")
        except BaseException:
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            raise

    def setting(self, name: str) -> str | None:
        """Give what was kept under a name."""
        row = self.database.execute("SELECT value FROM run_setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def keep(self, name: str, value: str | None) -> None:
        """Keep a value under a name; None forgets it."""
        if value is None:
            self.database.execute("DELETE FROM run_setting WHERE name = ?", (name,))
        else:
            self.database.execute("INSERT OR REPLACE INTO run_setting VALUES (?, ?)", (name, value))

    def begin(self, settings: str, *, anew: bool = False) -> bool:
        """Make ready for a run with these settings; what was reviewed with others (`anew`: all) is dropped, and then the answer is False."""
        with self.writing():
            same = self.setting("settings") == settings and not anew
            if not same:
                tables = [
                    row[0]
                    for row in self.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                    if row[0].startswith(("run_", "relation_"))
                ]
                for table in tables:
                    self.database.execute(f"DELETE FROM {table}")
                self.keep("settings", settings)
            self.keep("summary", None)
            self.keep("count", None)
            self.database.execute("DELETE FROM run_taken")
            crashed = self.database.execute(
                "SELECT fingerprint FROM run_review WHERE state = ? OR (by_rules IS NULL AND asked IS NULL)", (CRASHED,)
            ).fetchall()
            self.database.executemany("DELETE FROM run_entry WHERE fingerprint = ?", crashed)
            self.database.executemany("DELETE FROM run_review WHERE fingerprint = ?", crashed)
        return same

    def take(self, at: int, taken: TakenFor) -> None:
        """Keep what the columns of a table were taken for."""
        self.database.execute("INSERT OR REPLACE INTO run_taken VALUES (?, ?)", (at, taken.model_dump_json()))

    def placed(self, first: int, last: int) -> dict[int, bytes]:
        """Give the fingerprints of the entries from `first` to `last` that are in their places with a review."""
        rows = self.database.execute(
            "SELECT at, fingerprint FROM run_entry JOIN run_review USING (fingerprint) WHERE at BETWEEN ? AND ?", (first, last)
        )
        return dict(rows)

    def known(self, fingerprints: Sequence[bytes]) -> dict[bytes, ReviewedEntry]:
        """Give the reviews kept under these fingerprints, wherever their entries stood."""
        found: dict[bytes, ReviewedEntry] = {}
        for fingerprint in fingerprints:
            row = self.database.execute("SELECT coalesce(asked, by_rules) FROM run_review WHERE fingerprint = ?", (fingerprint,)).fetchone()
            if row is not None and row[0] is not None:
                found[fingerprint] = unpack(row[0])
        return found

    def write(self, rows: Iterable[Row]) -> None:
        """Write entries in their places with their reviews; belongs inside `writing`."""
        for row in rows:
            self.database.execute(
                "INSERT INTO run_review (fingerprint, by_rules, state, language, verdict, vectors) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (row.fingerprint, row.packed, row.state, row.language, row.verdict, row.vectors),
            )
            self.place(row.at, row.fingerprint)

    def place(self, at: int, fingerprint: bytes) -> None:
        """Put an entry in its place."""
        self.database.execute("INSERT OR REPLACE INTO run_entry VALUES (?, ?)", (at, fingerprint))

    def write_asked(self, fingerprint: bytes, packed: bytes, verdict: Verdict | None, state: int) -> None:
        """Write what a review is with a model's answer; what the rules said stays until the answer is whole."""
        kept = ", by_rules = NULL, vectors = NULL" if state == DONE else ""
        self.database.execute(
            f"UPDATE run_review SET asked = ?, verdict = ?, state = ?{kept} WHERE fingerprint = ?", (packed, verdict, state, fingerprint)
        )

    def waiting(self, after: int, most: int) -> list[Waiting]:
        """Give the next entries after `after` that a model is still to be asked about, as the rules reviewed them."""
        rows = self.database.execute(
            "SELECT at, fingerprint, by_rules, vectors FROM run_entry JOIN run_review USING (fingerprint) "
            "WHERE state = ? AND at > ? ORDER BY at LIMIT ?",
            (OPEN, after, most),
        )
        return [Waiting(at, fingerprint, unpack(by_rules), vectors) for at, fingerprint, by_rules, vectors in rows]

    def places_of(self, fingerprint: bytes) -> list[int]:
        """Give the places of the entries with a fingerprint: two, where a file was given twice."""
        return [row[0] for row in self.database.execute("SELECT at FROM run_entry WHERE fingerprint = ?", (fingerprint,))]

    def end(self, count: int) -> list[int]:
        """Take out what stood after the last of `count` entries, and the reviews of no entry; gives the places taken out."""
        gone = [row[0] for row in self.database.execute("SELECT at FROM run_entry WHERE at >= ? ORDER BY at", (count,))]
        self.database.execute("DELETE FROM run_entry WHERE at >= ?", (count,))
        self.database.execute("DELETE FROM run_review WHERE fingerprint NOT IN (SELECT fingerprint FROM run_entry)")
        return gone

    def entries(self) -> Iterator[ReviewedEntry]:
        """Give the entries reviewed so far in their order, one at a time from the disk."""
        after = -1
        while True:
            rows = self.database.execute(
                "SELECT at, coalesce(asked, by_rules) FROM run_entry JOIN run_review USING (fingerprint) WHERE at > ? ORDER BY at LIMIT 100",
                (after,),
            ).fetchall()
            if not rows:
                return
            for at, packed in rows:
                after = at
                yield unpack(packed)

    def count(self) -> int:
        """Give the number of entries reviewed so far."""
        return int(self.database.execute("SELECT count(*) FROM run_entry JOIN run_review USING (fingerprint)").fetchone()[0])

    def tally(self, column: str) -> dict[str | None, int]:
        """Count entries by the "language" or the "verdict" of their review."""
        rows = self.database.execute(f"SELECT {column}, count(*) FROM run_entry JOIN run_review USING (fingerprint) GROUP BY {column}")
        return dict(rows)

    def taken(self) -> tuple[TakenFor, ...]:
        """Give what the columns of tables were taken for."""
        return tuple(TakenFor.model_validate_json(row[0]) for row in self.database.execute("SELECT said FROM run_taken ORDER BY at"))

    def summary(self) -> QuarterReview | None:
        """Give the conclusion on the whole, where the run came to its end."""
        kept = self.setting("summary")
        return None if kept is None else QuarterReview.model_validate_json(kept)


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Keep a second run off a folder while one goes on; the system lets go of it when the process dies, however it does.

    Raises RunError when another process is working there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(folder / _LOCK, timeout=3.0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            msg = f"another run is at work in {str(folder)!r}; wait for it to end, or give another folder"
            raise RunError(msg) from error
        yield
    finally:
        lock.close()


def explained(entry: Entry, reason: str) -> ReviewedEntry:
    """Make the entry of an OKR that could not be reviewed."""
    return ReviewedEntry(entry=entry, team=entry.okr.team if entry.okr else None, reason=reason)
