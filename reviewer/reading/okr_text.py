"""What the reader hands on: passages of the text given, each with its exact place."""

from __future__ import annotations

from typing import NamedTuple


class Passage(NamedTuple):
    """Hold a stretch of the source: `text == source[start:end]`, without blanks at its ends."""

    text: str
    start: int
    end: int


class ReadOkr(NamedTuple):
    """Hold one OKR as laid out in the source, before anything is understood.

    `objective` is None when key results stand without one. `cycle` is the quarter or year named by the
    headings above it.
    """

    objective: Passage | None
    key_results: tuple[Passage, ...]
    contributes_to: str | None = None
    owner: str | None = None
    team: str | None = None
    cycle: str | None = None
