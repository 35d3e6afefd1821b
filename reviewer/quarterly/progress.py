"""Say how far a long run is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Phase = Literal["reviewing", "asking", "comparing"]
"""Review each OKR by the rules, ask a model about each, look at the whole."""

_FIRST = 5.0
"""Seconds before a time left is worth saying."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Say how many entries are done, of how many (None while the files are still being read), in seconds so far.

    `seconds_left` is None where nothing tells yet; `done` counts what an earlier run had done too.
    """

    done: int
    total: int | None
    seconds: float
    seconds_left: float | None
    phase: Phase


OnProgress = Callable[[Progress], None]


class Clock:
    """Tell a listener how far a phase is, from the speed of what was done in it."""

    def __init__(self, tell: OnProgress | None, phase: Phase) -> None:
        self._tell = tell
        self._phase: Phase = phase
        self._start = time.monotonic()
        self._worked = 0
        self.done = 0

    def count(self, number: int, total: int | None, worked: bool = True) -> None:
        """Count entries that are done; `worked` says that this run did them."""
        self.done += number
        self._worked += number if worked else 0
        self.say(total)

    def say(self, total: int | None) -> None:
        """Tell the listener."""
        if self._tell is None:
            return
        seconds = time.monotonic() - self._start
        left = None
        if total is not None and self._worked and (seconds >= _FIRST or self.done >= total):
            left = max(0, total - self.done) * seconds / self._worked
        self._tell(Progress(self.done, total, seconds, left, self._phase))
