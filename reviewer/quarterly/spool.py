"""Read ahead onto the disk, so that the number of entries is known early and none waits in memory."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

_LOOK_UP = 0.2
"""Seconds between two looks for a Ctrl-C while nothing was read."""

_LENGTH = 4
"""Bytes that say how long an entry is."""


class Spool:
    """Read entries, as bytes, in a thread of its own, and give them in their order; `total` is known once all are read."""

    def __init__(self, entries: Iterable[bytes], folder: Path) -> None:
        self.total: int | None = None
        self._entries = entries
        self._written = tempfile.NamedTemporaryFile(prefix="reading.", dir=folder)  # noqa: SIM115
        self._count = 0
        self._error: BaseException | None = None
        self._news = threading.Condition()
        self._stopped = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for entry in self._entries:
                self._written.write(len(entry).to_bytes(_LENGTH, "little") + entry)
                with self._news:
                    self._count += 1
                    if self._count % 64 == 0:
                        self._written.flush()
                        self._news.notify()
                    if self._stopped:
                        return
            self._written.flush()
        except BaseException as error:  # handed on to the thread that takes the entries
            self._error = error
        with self._news:
            self.total = self._count
            self._news.notify()

    def __iter__(self) -> Iterator[bytes]:
        """Give the entries, waiting for those still to be read; raises what reading them raised."""
        given = 0
        with open(self._written.name, "rb") as file:
            while True:
                with self._news:
                    while given >= (ready := self._ready()) and self.total is None:
                        self._news.wait(_LOOK_UP)
                if self._error is not None:
                    raise self._error
                if given >= ready:
                    return
                while given < ready:
                    yield file.read(int.from_bytes(file.read(_LENGTH), "little"))
                    given += 1

    def _ready(self) -> int:
        """Count the entries that are on the disk for sure."""
        return self._count if self.total is not None else self._count - self._count % 64

    def close(self) -> None:
        """Stop reading, and take the file away."""
        with self._news:
            self._stopped = True
        self._thread.join(5.0)
        self._written.close()
