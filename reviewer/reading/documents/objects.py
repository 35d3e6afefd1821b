"""Read OKRs held as objects (JSON, YAML), in our own shape and in those that others give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from reviewer.quarter import ColumnRole, Entry, Place, TakenFor
from reviewer.reading.documents.cells import statements
from reviewer.reading.documents.columns import META, VALUES
from reviewer.reading.documents.grouping import Grouper, Survey, survey
from reviewer.reading.documents.layout import Wanted, wanted
from reviewer.reading.documents.object_values import has_words, holds_objects, scalar, unwrapped
from reviewer.reading.documents.parts import MAX_CELL, KeyResultParts, Part, RowReading, shown
from reviewer.reading.documents.prose import read_prose
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.table_rows import Keys, key_of
from reviewer.reading.documents.vocabulary import Meaning, is_blank, lists_okrs

_DEEPEST = 6
"""Lists and objects that may stand around an OKR."""
_MOST_KEYS = 500


class Item(NamedTuple):
    """Hold one object of a list with what stands around it, or why it could not be read (`problem`, for `counted` of them)."""

    value: Any
    inherited: Mapping[ColumnRole, str] = {}
    problem: str | None = None
    counted: int = 1


@dataclass(slots=True)
class ObjectReader:
    """Read items into entries; remember which keys were taken for what."""

    file: str
    session: Session
    asked: Wanted = field(init=False)
    taken: dict[str, ColumnRole] = field(default_factory=dict)
    unused: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.asked = wanted(self.session.mapping, tuple(self.session.mapping))

    def entries(self, items: Any) -> Iterator[Entry | TakenFor]:
        """Give the entries of `items()`, a fresh iterator of items at each call; the keys last, as they are all known then."""
        if next(items(), None) is None:
            yield self.session.explained(Place(file=self.file), "no_objects", rows=0)
            return
        flat = any(isinstance(item.value, dict) and self._is_flat(item.value) for item in islice(items(), 50))
        known = survey(lambda: self._keys(items())) if flat else Survey({}, False)
        yield from Grouper(self.session, known).entries(self.readings(items()))
        if self.taken:
            unused = tuple(key for key in self.unused if key not in self.taken)
            yield TakenFor(place=Place(file=self.file), columns=self.taken, unused=unused)

    def readings(self, items: Iterable[Item]) -> Iterator[RowReading | TakenFor | Entry]:
        """Say what each item holds."""
        for number, item in enumerate(items, start=1):
            place = Place(file=self.file, row=number)
            if item.problem is not None:
                yield RowReading(place, reason=item.problem, counted=item.counted)
            elif isinstance(item.value, str) and has_words(item.value):
                yield from self._text(item.value, place)
            elif isinstance(item.value, dict):
                yield self._object(item.value, item.inherited, place)
            else:
                yield RowReading(place, reason=self.session.reason("no_object", value=_short(item.value)))

    def meaning(self, key: str) -> Meaning | None:
        """Tell what a key means, the mapping first."""
        return self.asked.meaning(key)

    def is_okr(self, value: Any) -> bool:
        """Tell an object that holds an objective or key results from one that only holds others."""
        if not isinstance(value, dict):
            return False
        if isinstance(value.get("entry"), dict) or isinstance(value.get("okr"), dict) or {"okr", "reason"} <= value.keys():
            return True
        for key, held in value.items():
            known = self.meaning(key)
            if known is None:
                continue
            if known.sense == "objective" and not holds_objects(held) and has_words(scalar(held)):
                return True
            if known.sense == "key_result" and held not in (None, "", [], {}):
                return True
        return False

    def walk(self, value: Any, inherited: Mapping[ColumnRole, str], depth: int = 0) -> Iterator[Item]:
        """Find the OKRs in lists and objects, with the team, cycle or owner of what stands around them."""
        if isinstance(value, list) and value and depth < _DEEPEST:
            for each in value:
                yield from self.walk(each, inherited, depth + 1)
        elif isinstance(value, dict) and not self.is_okr(value) and depth < _DEEPEST:
            around = self.around(value, inherited)
            found = False
            for key, held in value.items():
                if isinstance(held, (list, dict)) and held and (lists_okrs(key) or self._any_okr(held)):
                    found = True
                    yield from self.walk(held, self.under(key, around), depth + 1)
            if not found:
                yield Item(value, inherited)
        else:
            yield Item(value, inherited)

    def around(self, value: Mapping[str, Any], inherited: Mapping[ColumnRole, str]) -> dict[ColumnRole, str]:
        """Give what an object says of all the OKRs in it: the team of {"team": "PMM", "okrs": [...]}."""
        found = dict(inherited)
        names: str | None = None
        for key, held in value.items():
            known = self.meaning(key)
            if known is None or isinstance(held, (list, dict)):
                continue
            text = scalar(held)
            if text is not None and known.sense in META:
                found[known.sense] = text
            elif text is not None and known.sense == "statement":
                names = names or text
        if names is not None and "team" not in found and any(isinstance(held, list) for held in value.values()):
            found["team"] = names
        return found

    def under(self, key: str, inherited: Mapping[ColumnRole, str]) -> dict[ColumnRole, str]:
        """Take a key that means nothing else for a team: {"PMM": [...], "Growth": [...]}."""
        if lists_okrs(key) or self.meaning(key) is not None or "team" in inherited:
            return dict(inherited)
        return {**inherited, "team": key}

    def _any_okr(self, held: Any) -> bool:
        if self.is_okr(held):
            return True
        children = held.values() if isinstance(held, dict) else held
        return any(self.is_okr(child) or isinstance(child, list) and any(map(self.is_okr, child[:5])) for child in islice(children, 20))

    def _is_flat(self, value: Mapping[str, Any]) -> bool:
        """Tell an object that is a row with a single key result, as spreadsheets are exported."""
        senses = {known.sense: held for key, held in value.items() if (known := self.meaning(key)) is not None}
        return isinstance(senses.get("key_result"), str) and not any(isinstance(held, list) for held in senses.values())

    def _keys(self, items: Iterable[Item]) -> Iterator[Keys]:
        for reading in self.readings(items):
            if isinstance(reading, RowReading) and not reading.own and reading.reason is None:
                team, cycle = (key_of(reading.meta.get(role)) for role in ("team", "cycle"))
                yield Keys(reading.place.row or 0, reading.key, team, cycle)

    def _text(self, text: str, place: Place) -> Iterator[Entry]:
        yield from read_prose(text, lambda position: (place, position), self.session, place)

    def _object(self, value: Mapping[str, Any], inherited: Mapping[ColumnRole, str], place: Place) -> RowReading:
        outer, inner = unwrapped(value)
        if inner is None:
            reason = scalar(outer.get("reason")) or self.session.reason("no_object", value=_short(value))
            return RowReading(place, reason=self.session.reason("saved_reason", reason=shown(reason)))
        reading = RowReading(place, own=not self._is_flat(inner))
        for role, text in inherited.items():
            reading.meta[role] = Part(shown(text), place)
        if len(inner) > _MOST_KEYS:
            reading.reason = self.session.reason("many_columns", columns=len(inner), limit=_MOST_KEYS)
            return reading
        values: dict[ColumnRole, Part] = {}
        for key, held in (*outer.items(), *inner.items()):
            self._member(key, held, reading, values)
        self._title(inner, reading)
        if _details(outer) is not None:
            _add_details(reading, _details(outer))
        if len(reading.key_results) == 1:
            for role, part in values.items():
                reading.key_results[0].values.setdefault(role, part)
        if reading.objective is not None:
            reading.key = key_of(reading.objective)
        if any(len(part.text) > MAX_CELL for part in _parts(reading)):
            reading.reason = self.session.reason("long_cell", column="", length=max(len(p.text) for p in _parts(reading)), limit=MAX_CELL)
        elif reading.objective is None and not reading.key_results:
            reading.reason = self.session.reason("no_statement_object", keys=_short(", ".join(map(str, inner))))
        return reading

    def _member(self, key: str, held: Any, reading: RowReading, values: dict[ColumnRole, Part]) -> None:
        known = self.meaning(key)
        sense = None if known is None else known.sense
        if sense in ("key_result", "indicator") and (sense == "key_result" or isinstance(held, list)):
            self._key_results(key, held, reading)
            return
        text = scalar(held)
        if text is None or is_blank(text):
            return
        part = Part(shown(text.strip()), _at(reading.place, key))
        if sense == "objective" and not has_words(text) and len(text) <= MAX_CELL:
            self._pass_over(key)
        elif sense == "objective":
            said = statements(part.text, "objective")
            first = next((each for each in said if each.role == "objective"), None)
            if first is not None and reading.objective is None:
                reading.objective = Part(first.text, part.place, first.offset)
            for each in said:
                if each.role == "key_result":
                    reading.key_results.append(KeyResultParts(Part(each.text, part.place, each.offset)))
            self._use(key, "objective")
        elif sense in META:
            reading.meta[sense] = part
            self._use(key, sense)
        elif sense in VALUES or sense == "current":
            role: ColumnRole = "baseline" if sense == "current" else sense
            values.setdefault(role, part)
            self._use(key, role)
        elif sense != "statement" and key != "okr":
            self._pass_over(key)

    def _title(self, inner: Mapping[str, Any], reading: RowReading) -> None:
        """Take the title of an object without an objective for its objective."""
        if reading.objective is not None:
            return
        for key, held in inner.items():
            known = self.meaning(key)
            text = scalar(held)
            if known is not None and known.sense == "statement" and text is not None and not is_blank(text):
                reading.objective = Part(shown(text.strip()), _at(reading.place, key))
                self._use(key, "objective")
                return

    def _key_results(self, key: str, held: Any, reading: RowReading) -> None:
        listed = held if isinstance(held, list) else list(held.values()) if holds_objects(held) and isinstance(held, dict) else [held]
        for number, each in enumerate(listed, start=1):
            path = f"{key}[{number}]" if isinstance(held, list) else key
            if isinstance(each, dict):
                self._key_result(each, path, reading)
            elif (text := scalar(each)) is not None and not is_blank(text):
                said = statements(shown(text), "key_result")
                for one in said:
                    if one.role == "key_result":
                        owner: dict[ColumnRole, Part] = {"owner": Part(one.owner, _at(reading.place, path))} if one.owner else {}
                        reading.key_results.append(KeyResultParts(Part(one.text, _at(reading.place, path), one.offset), owner))
        if listed:
            self._use(key, "key_result")

    def _key_result(self, value: Mapping[str, Any], path: str, reading: RowReading) -> None:
        reviewed = "nature" in value and "span" in value
        words: Part | None = None
        values: dict[ColumnRole, Part] = {}
        for key, held in value.items():
            known = self.meaning(key)
            text = scalar(held)
            if text is None or is_blank(text):
                continue
            part = Part(shown(text.strip()), _at(reading.place, f"{path}.{key}"))
            sense = None if known is None else known.sense
            named = f"{path.partition('[')[0]}.{key}"
            if sense == "objective" and (words is not None or not has_words(text)):
                sense = "target"  # {"name": "Win rate", "goal": "38%"}
            if sense in ("key_result", "statement", "objective", "indicator"):
                if words is None or (sense == "key_result" and len(words.text) < len(part.text)):
                    words = part
                else:
                    self._pass_over(named)
            elif not reviewed and sense in VALUES:
                values.setdefault(sense, part)
                self._use(named, sense)
            elif not reviewed and sense == "current":
                role: ColumnRole = "progress" if "baseline" in values else "baseline"
                values.setdefault(role, part)
                self._use(named, role)
            elif not reviewed:
                self._pass_over(named)
        if words is not None:
            said = next((each for each in statements(words.text, "key_result") if each.role == "key_result"), None)
            if said is not None:
                reading.key_results.append(KeyResultParts(Part(said.text, words.place, said.offset), values))
        elif values:
            place, part = next((each.place, each) for each in values.values())
            reading.notes.append((place, self.session.reason("value_without_words", value=_short(part.text))))

    def _pass_over(self, key: str) -> None:
        if len(self.unused) < _MOST_KEYS:
            self.unused[key] = None

    def _use(self, key: str, role: ColumnRole) -> None:
        if len(self.taken) < _MOST_KEYS:
            self.taken[key] = role


def _details(outer: Mapping[str, Any]) -> list[Any] | None:
    details = outer.get("details")
    return details if isinstance(details, list) else None


def _add_details(reading: RowReading, details: list[Any] | None) -> None:
    roles: tuple[ColumnRole, ...] = ("progress", "confidence", "final_value", "owner")
    for parts, detail in zip(reading.key_results, details or [], strict=False):
        for role in roles:
            text = scalar(detail.get(role)) if isinstance(detail, dict) else None
            if text is not None:
                parts.values.setdefault(role, Part(shown(text), _at(reading.place, f"details.{role}")))


def _parts(reading: RowReading) -> Iterator[Part]:
    if reading.objective is not None:
        yield reading.objective
    for each in reading.key_results:
        yield each.text
        yield from each.values.values()


def _at(place: Place, key: str) -> Place:
    return place.model_copy(update={"column": shown(key)})


def _short(value: object) -> str:
    text = " ".join(str(value)[:200].split())
    return shown(text if len(text) <= 60 else text[:57] + "...")
