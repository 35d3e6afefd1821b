"""Gather what is read, in order, into OKRs."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewer.reading.okr_text import Passage, ReadOkr
from reviewer.reading.source import Source
from reviewer.reading.trim import statement

_LONGEST_NAME = 300


@dataclass(slots=True)
class _Started:
    objective: Passage | None
    role: str
    number: str | None
    key_results: list[Passage] = field(default_factory=list)
    contributes_to: str | None = None
    owners: list[tuple[int, str]] = field(default_factory=list)
    team: str | None = None
    cycle: str | None = None

    def owner(self) -> str | None:
        """Name who holds the OKR: named at its head, at its end, or alike for every key result."""
        if not self.owners:
            return None
        read, name = self.owners[0]
        alike = all(other == name for _, other in self.owners)
        return name if read == 0 or (alike and (len(self.owners) > 1 or read == len(self.key_results))) else None


class Gatherer:
    """Turn objectives, key results and remarks, met in the text's order, into OKRs.

    An OKR's title ("OKR 2: ...") or the company's objective gives way to the objective that follows it.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.cycle: str | None = None
        self.team: str | None = None
        self._found: list[ReadOkr] = []
        self._started: _Started | None = None

    @property
    def awaits_key_results(self) -> bool:
        """Whether an objective stands open without a key result."""
        return self._started is not None and self._started.objective is not None and not self._started.key_results

    @property
    def has_key_results(self) -> bool:
        """Whether the open OKR has a key result."""
        return self._started is not None and bool(self._started.key_results)

    def objective(self, start: int, end: int, role: str = "objective", number: str | None = None) -> None:
        """Open an OKR; with an empty stretch, one whose objective may follow."""
        said = statement(self.source, start, end)
        before = self._started
        inherited: str | None = None
        owners = [] if said is None or said.owner is None else [(0, said.owner)]
        if before is not None and not before.key_results and before.role in {"okr", "parent", "unnamed"}:
            if before.role == "parent" and before.objective is not None:
                inherited = before.objective.text
            inherited = inherited or before.contributes_to
            owners = owners or before.owners
            self._started = None
        self._close()
        passage = None if said is None else said.passage
        role = "unnamed" if passage is None else role
        self._started = _Started(passage, role, number, [], inherited, owners, self.team, self.cycle)

    def key_result(self, start: int, end: int) -> None:
        """Add a key result to the open OKR, or to one without an objective."""
        said = statement(self.source, start, end)
        if said is not None:
            self._open().key_results.append(said.passage)

    def remark(self, role: str, start: int, end: int) -> None:
        """Note whom or what the open OKR belongs to; before any OKR, a team or cycle holds for all."""
        said = statement(self.source, start, min(end, start + _LONGEST_NAME))
        if said is None:
            return
        value = said.passage.text
        if role == "contributes":
            self._open().contributes_to = self._open().contributes_to or value
        elif role == "owner":
            started = self._open()
            if name := value.lstrip("@"):
                started.owners.append((len(started.key_results), name))
        elif role == "team":
            if self._started is not None and self._started.team is None:
                self._started.team = value
            else:
                self.team = value
        elif role == "cycle":
            if self._started is not None and self._started.cycle is None:
                self._started.cycle = value
            else:
                self.cycle = value

    def parent(self, start: int, end: int, number: str | None) -> None:
        """Take the company's objective: what the open OKR contributes to, or an objective of its own."""
        if self.awaits_key_results and self._started is not None and self._started.role == "objective":
            self.remark("contributes", start, end)
        else:
            self.objective(start, end, "parent", number)

    def finish(self) -> list[ReadOkr]:
        """Close the open OKR and hand over all of them."""
        self._close()
        return self._found

    def _open(self) -> _Started:
        if self._started is None:
            self._started = _Started(None, "unnamed", None, [], None, [], self.team, self.cycle)
        return self._started

    def _close(self) -> None:
        started, self._started = self._started, None
        if started is None:
            return
        named = started.role in {"objective", "parent"} or (started.role == "okr" and started.number is not None)
        if not started.key_results and not (started.objective is not None and named):
            return
        self._found.append(
            ReadOkr(
                started.objective,
                tuple(started.key_results),
                started.contributes_to,
                started.owner(),
                started.team,
                started.cycle,
            )
        )
