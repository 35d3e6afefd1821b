"""Group rows into OKRs: one for each objective and team, wherever in the table its rows stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from reviewer.language.detect import detect_language
from reviewer.language.folding import plain_letters
from reviewer.okr import Okr
from reviewer.quarter import ColumnRole, Entry, Piece, Place, Statement, TakenFor
from reviewer.reading.documents.composing import Composed, compose
from reviewer.reading.documents.parts import KeyResultParts, Part, RowReading
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.table_rows import Keys

MAX_KEY_RESULTS = 200
"""Key results of one OKR that are read; what stands beyond them is explained."""

_MOST_OPEN = 20_000
"""OKRs that may wait at once for rows that stand further down."""
_STYLE = 5_000
"""Rows that show whether a table repeats its teams."""
_DETAILS: tuple[ColumnRole, ...] = ("progress", "confidence", "final_value", "owner")

Key = tuple[str, str | None, str | None]


class Survey(NamedTuple):
    """Say of a table's OKRs which come again further down, and on which row last; and whether a blank team is the one above."""

    last_rows: Mapping[int, int]
    carries: bool


def survey(keys: Callable[[], Iterable[Keys]]) -> Survey:
    """Look through a table once for objectives whose rows are apart: it costs a few bytes per objective."""
    carries = _carries(islice(keys(), _STYLE))
    seen: set[int] = set()
    last_rows: dict[int, int] = {}
    current: Key | None = None
    carried: dict[str, str | None] = {"team": None, "cycle": None}
    for each in keys():
        if current is not None and _same(each, current):
            if hash(current) in last_rows:
                last_rows[hash(current)] = each.row
        elif each.objective is not None:
            if carries:
                carried = {"team": each.team or carried["team"], "cycle": each.cycle or carried["cycle"]}
            current = (each.objective, each.team or carried["team"], each.cycle or carried["cycle"])
            if hash(current) in seen:
                last_rows[hash(current)] = each.row
            seen.add(hash(current))
    return Survey(last_rows, carries)


def _same(each: Keys, current: Key) -> bool:
    return each.objective in (None, current[0]) and all(
        one is None or other is None or one == other for one, other in zip((each.team, each.cycle), current[1:], strict=True)
    )


def _carries(keys: Iterable[Keys]) -> bool:
    """Tell a table that names a team on its first row only, as rows that go on with an objective show."""
    current: Key | None = None
    goes_on = False
    for each in keys:
        if current is not None and _same(each, current):
            goes_on = True
            if each.team is not None:
                return False
        elif each.objective is not None:
            current = (each.objective, each.team, each.cycle)
    return goes_on


@dataclass(slots=True)
class _Group:
    place: Place
    key: Key | None
    objective: Part | None
    meta: dict[ColumnRole, Part]
    owners: list[str | None] = field(default_factory=list)
    key_results: list[KeyResultParts] = field(default_factory=list)
    rows: int = 0
    own: bool = False


class Grouper:
    """Turn readings into entries. OKRs come out in the order in which their last rows stand."""

    def __init__(self, session: Session, known: Survey | None = None, defaults: Mapping[ColumnRole, Part] | None = None) -> None:
        self.session = session
        self.known = known or Survey({}, False)
        self.defaults = dict(defaults or {})
        self.current: _Group | None = None
        self.waiting: dict[tuple[Key, str | None], _Group] = {}
        self.carried: dict[ColumnRole, Part] = {}
        self.heading: tuple[int, Place] | None = None

    def entries(self, readings: Iterable[RowReading | TakenFor | Entry]) -> Iterator[Entry | TakenFor]:
        """Give the entries of the readings; every row is counted in exactly one."""
        for reading in readings:
            if isinstance(reading, (TakenFor, Entry)):
                yield from self._leave(None)
                yield reading
                continue
            yield from self._read(reading)
            for place, reason in reading.notes:
                yield Entry(place=place, rows=0, reason=reason)
        yield from self._leave(None)
        for group in self.waiting.values():
            yield from self._finished(group)
        yield from self._heading_alone()

    def _read(self, reading: RowReading) -> Iterator[Entry]:
        if reading.reason is not None:
            yield Entry(place=reading.place, rows=reading.counted, reason=reading.reason)
        elif reading.gap:
            if reading.counted or (self.current is not None and self.current.objective is None):
                yield from self._leave(reading)
            if reading.meta:
                rows, place = self.heading or (0, reading.place)  # titles may follow each other
                self.heading = (rows + reading.counted, place)
                self.defaults.update(reading.meta)
                self.carried.clear()
        elif reading.continues and reading.objective is None and not reading.key_results:
            if self.current is None:
                yield self.session.explained(reading.place, "heading_alone", rows=reading.counted)
                return
            self.current.meta.update(reading.meta)
            yield from self._add(reading)
        else:
            yield from self._place(reading)
            yield from self._add(reading)

    def _place(self, reading: RowReading) -> Iterator[Entry]:
        """Open the OKR that a row belongs to, unless it is open."""
        current = self.current
        team, cycle = _text(reading.meta.get("team")), _text(reading.meta.get("cycle"))
        if current is not None and not reading.own and not current.own:
            same = _agrees(team, current.meta.get("team")) and _agrees(cycle, current.meta.get("cycle"))
            repeats = reading.objective is None or (current.key is not None and _key(reading) == current.key[0])
            if same and repeats:
                return
            if reading.objective is None and current.objective is not None:
                reading.objective, reading.key = current.objective, current.key[0] if current.key else None
        said = self._said(reading)
        meta = {role: part for role, part in self.defaults.items() if role != "objective"} | said
        key = None if reading.objective is None else (_key(reading) or "", _fold(said.get("team")), _fold(said.get("cycle")))
        yield from self._leave(reading)
        waiting = self.waiting.pop((key, _text(meta.get("team"))), None) if key is not None and not reading.own else None
        objective = reading.objective or self.defaults.get("objective")
        self.current = waiting or _Group(reading.place, key, objective, meta, own=reading.own)
        if self.heading is not None:
            self.current.rows += self.heading[0]
            self.heading = None

    def _said(self, reading: RowReading) -> dict[ColumnRole, Part]:
        """Give what a row says of its team and the like, the team above it included where the table names each once."""
        for role in ("team", "cycle"):
            if role in reading.meta:
                self.carried[role] = reading.meta[role]
        return (self.carried if self.known.carries else {}) | reading.meta

    def _add(self, reading: RowReading) -> Iterator[Entry]:
        group = self.current
        assert group is not None
        if reading.key_results and len(group.key_results) + len(reading.key_results) > MAX_KEY_RESULTS:
            if group.objective is None:  # nothing says that they belong together
                yield from self._leave(None)
                group = self.current = _Group(reading.place, None, None, group.meta)
            else:
                yield self.session.explained(reading.place, "many_key_results", rows=reading.counted, limit=MAX_KEY_RESULTS)
                return
        for role, part in reading.meta.items():
            group.meta.setdefault(role, part)
        group.owners.append(_text(reading.meta.get("owner")))
        group.key_results += reading.key_results
        group.rows += reading.counted

    def _leave(self, reading: RowReading | None) -> Iterator[Entry]:
        """Close the open OKR, or put it aside when rows of it stand further down."""
        group, self.current = self.current, None
        if group is None:
            return
        last = self.known.last_rows.get(hash(group.key)) if group.key is not None and not group.own else None
        if last is not None and reading is not None and group.key is not None and last >= (reading.place.row or 0):
            self.waiting[group.key, _text(group.meta.get("team"))] = group
            if len(self.waiting) > _MOST_OPEN:
                yield from self._finished(self.waiting.pop(next(iter(self.waiting))))
        else:
            yield from self._finished(group)

    def _heading_alone(self) -> Iterator[Entry]:
        if self.heading is not None:
            rows, place = self.heading
            self.heading = None
            yield self.session.explained(place, "heading_alone", rows=rows)

    def _finished(self, group: _Group) -> Iterator[Entry]:
        objective = "" if group.objective is None else group.objective.text
        language = detect_language("\n".join([objective, *(each.text.text for each in group.key_results)]), self.session.language)
        composed = [compose(each.text, each.values, language) for each in group.key_results]
        owner, per_key_result = _owners(group)
        yield Entry(
            place=group.place,
            rows=group.rows,
            okr=Okr(
                objective=objective,
                key_results=tuple(each.statement.text for each in composed),
                contributes_to=_text(group.meta.get("contributes_to")),
                owner=owner,
                team=_text(group.meta.get("team")),
            ),
            objective=None if group.objective is None else as_statement(group.objective),
            key_results=tuple(each.statement for each in composed),
            cycle=_text(group.meta.get("cycle")),
            check_in=_text(group.meta.get("check_in")),
            details=tuple(_details(each, per_key_result) for each in group.key_results),
        )
        yield from self._conflicts(composed)

    def _conflicts(self, composed: Iterable[Composed]) -> Iterator[Entry]:
        for each in composed:
            for conflict in each.conflicts:
                yield self.session.explained(
                    conflict.column.place, f"contradicted_{conflict.role}", rows=0, said=conflict.said, column=conflict.column.text
                )


def as_statement(part: Part) -> Statement:
    """Tie words to the one cell they were taken from."""
    return Statement(text=part.text, pieces=(Piece(span=(0, len(part.text)), place=part.place, offset=part.offset),))


def _owners(group: _Group) -> tuple[str | None, bool]:
    """Name who holds the OKR, and tell whether its key results have owners of their own.

    The OKR's is the one named on its first row alone, or alike on every row that names one.
    """
    named = {owner for owner in group.owners if owner is not None}
    of_key_results = {_text(each.values.get("owner")) for each in group.key_results} - {None}
    apart = len(of_key_results) > 1
    if len(named) == 1:
        return named.pop(), apart
    if named:
        return None, True
    default = _text(group.meta.get("owner"))
    return (default or (None if apart else next(iter(of_key_results), None))), apart


def _details(parts: KeyResultParts, with_owner: bool) -> dict[str, str]:
    return {role: parts.values[role].text for role in _DETAILS if role in parts.values and (with_owner or role != "owner")}


def _text(part: Part | None) -> str | None:
    return None if part is None else part.text


def _fold(part: Part | None) -> str | None:
    return None if part is None else " ".join(plain_letters(part.text).split())


def _agrees(said: str | None, held: Part | None) -> bool:
    return said is None or held is None or " ".join(plain_letters(said).split()) == _fold(held)


def _key(reading: RowReading) -> str | None:
    if reading.key is None and reading.objective is not None:
        return _fold(reading.objective)
    return reading.key
