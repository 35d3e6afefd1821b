"""What the tests of documents share: what was read, as plain lists, and what must hold of every entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from reviewer.quarter import Entry, TakenFor

Outline = list[tuple[str, list[str]]]


class Read:
    """Hold what was read: OKRs, what could not be read, and what columns were taken for."""

    def __init__(self, found: Sequence[Entry | TakenFor]) -> None:
        self.entries = [each for each in found if isinstance(each, Entry)]
        self.taken = [each for each in found if isinstance(each, TakenFor)]
        self.okrs = [each for each in self.entries if each.okr is not None]
        self.explained = [each for each in self.entries if each.okr is None]

    @property
    def outline(self) -> Outline:
        """Give (objective, key results) in the order of the entries."""
        return [(each.okr.objective, list(each.okr.key_results)) for each in self.okrs if each.okr]

    @property
    def teams(self) -> list[str | None]:
        """Give the teams of the OKRs."""
        return [each.okr.team for each in self.okrs if each.okr]

    @property
    def reasons(self) -> list[str]:
        """Give the reasons of what could not be read."""
        return [each.reason or "" for each in self.explained]

    @property
    def rows(self) -> int:
        """Give the rows accounted for."""
        return sum(each.rows for each in self.entries)


ReadFile = Callable[..., Read]
WriteFile = Callable[[str, str | bytes], Path]


def check(entry: Entry) -> None:
    """Assert what holds of every entry: an OKR or a reason, statements that are its texts, pieces in order inside them."""
    assert (entry.okr is None) != (entry.reason is None)
    assert entry.rows >= 0
    if entry.okr is None:
        assert entry.reason and not re.search(r"\{[a-z]+\}", entry.reason)
        return
    assert entry.rows > 0
    assert (entry.objective.text if entry.objective else "") == entry.okr.objective
    assert tuple(each.text for each in entry.key_results) == entry.okr.key_results
    assert len(entry.details) == len(entry.key_results)
    for statement in (entry.objective, *entry.key_results):
        end = 0
        for piece in statement.pieces if statement else ():
            assert statement is not None and end <= piece.span[0] < piece.span[1] <= len(statement.text)
            assert piece.place.file == entry.place.file and piece.offset >= 0
            end = piece.span[1]
