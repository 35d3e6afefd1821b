"""Read the rows of a table whose layout is known: what each says of an objective, of key results, of a team."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reviewer.language.folding import plain_letters
from reviewer.quarter import ColumnRole, Place, TakenFor
from reviewer.reading.documents.cells import Said, statements
from reviewer.reading.documents.columns import META, Layout
from reviewer.reading.documents.layout import headed_layout, label_of, taken_columns
from reviewer.reading.documents.parents import Objective, Parents
from reviewer.reading.documents.parts import MAX_CELL, KeyResultParts, Part, Row, RowReading, letter, shown
from reviewer.reading.documents.preface import META_OF_LABEL
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.vocabulary import folded, is_blank, is_footer, kind_of, meaning
from reviewer.reading.labels import KEY_RESULT, OBJECTIVE
from reviewer.reading.labels import META as LABELLED_META
from reviewer.reading.source import prepare
from reviewer.reading.titles import read_title

_PUNCTUATION = re.compile(r"[\W_]+")
_A_SENTENCE = 3
"""Words of a cell that may be an objective over the rows that follow."""


class Keys(NamedTuple):
    """Hold what tells one OKR of a table from another, as written: objective, team and cycle; None where the cell is blank."""

    row: int
    objective: str | None
    team: str | None
    cycle: str | None


class TableRows:
    """Read rows one by one. A header that comes again is passed over; another header changes the layout from there on."""

    def __init__(self, place: Place, layout: Layout, data_after: int, session: Session, parents: Parents | None = None) -> None:
        self.place = place
        self.parents = parents
        self.layout = layout
        self.data_after = data_after
        self.session = session
        self.attached = layout.attached()
        self.several = self._plural()
        self.sections = not layout.of("objective") and layout.statement is None
        self.begun = False
        self.leading: set[ColumnRole] = set()

    def readings(self, rows: Iterable[Row]) -> Iterator[RowReading | TakenFor]:
        """Say what each row holds; blank rows are gaps."""
        for row in rows:
            if row.number <= self.data_after:
                continue
            if row.is_blank:
                yield RowReading(self._at(row), gap=True, counted=0)
            elif row.problem is not None:
                yield RowReading(self._at(row), reason=row.problem)
            elif (taken := self._new_header(row)) is not None:
                yield from taken
            else:
                yield self._row(row)

    def keys(self, rows: Iterable[Row]) -> Iterator[Keys]:
        """Tell, at little cost, which OKR each row belongs to."""
        objective, *others = (next((column.at for column in self.layout.of(role)), None) for role in ("objective", "team", "cycle"))
        for row in rows:
            if row.number <= self.data_after or row.is_blank or row.problem is not None:
                continue
            if self.parents is not None:
                held = self._objective_of(row)
                if held is not None:
                    yield Keys(row.number, held.key, *(_key_at(held.row, at) for at in others))
            else:
                yield Keys(row.number, _objective_key(row, objective), *(_key_at(row, at) for at in others))

    def _objective_of(self, row: Row) -> Objective | None:
        """Give the objective that a row is, or that it names as its own."""
        assert self.parents is not None and self.layout.kind is not None
        kind = row.cells[self.layout.kind] if self.layout.kind < len(row.cells) else ""
        return self.parents.own(row) if kind_of(kind) == "objective" else self.parents.of(row)

    def _plural(self) -> frozenset[int]:
        """Find the key result columns that may hold several in a cell: "Key results", "Résultats clés"."""
        headers = self.layout.headers
        return frozenset(
            column.at
            for column in self.layout.of("key_result")
            if column.at < len(headers)
            and column.number is None
            and any(word.endswith("s") for word in folded(headers[column.at]).split()[:2])
        )

    def _new_header(self, row: Row) -> list[RowReading | TakenFor] | None:
        known = self.layout.headers
        if known and [folded(cell) for cell in row.cells if cell] == [folded(header) for header in known if header]:
            return []
        if not known or (layout := headed_layout(row, self.session.mapping, len(self.layout.columns))) is None:
            return None
        self.layout = layout
        self.attached = layout.attached()
        self.several = self._plural()
        self.sections = not layout.of("objective")
        columns, unused = taken_columns(layout)
        place = self.place.model_copy(update={"row": row.number})
        return [TakenFor(place=place, header_row=row.number, columns=columns, unused=unused)]

    def _row(self, row: Row) -> RowReading:
        reading = RowReading(self._at(row))
        for column, reason in row.faults.items():
            reading.notes.append((self._at(row, column), reason))
        too_long = next((column for column, cell in enumerate(row.cells) if len(cell) > MAX_CELL), None)
        if too_long is not None:
            reading.reason = self.session.reason(
                "long_cell", column=f" ({letter(too_long)})", length=len(row.cells[too_long]), limit=MAX_CELL
            )
            return reading
        for known in self.layout.columns:
            if known.role in META and known.of != "key_result" and known.role not in reading.meta:
                part = self._part(row, known.at)
                if part is not None:
                    reading.meta[known.role] = part
        if self._is_heading(row):
            return self._heading(row, reading)
        if self.layout.statement is not None:
            self._told(row, reading)
        else:
            self._by_columns(row, reading)
        if reading.objective is None and not reading.key_results and not self._goes_on(row, reading) and reading.reason is None:
            reading.reason = self._no_statement(row)
        return reading

    def _by_columns(self, row: Row, reading: RowReading) -> None:
        for column in self.layout.of("objective")[:1]:
            reading.continues = column.at in row.above
            if not reading.continues:
                reading.key = _objective_key(row, column.at)
                self._take(self._said(row, column.at, "objective"), row, column.at, reading)
        for column in self.layout.of("key_result"):
            self._take(self._said(row, column.at, "key_result", column.at in self.several), row, column.at, reading)
            values = self._values(row, column.at)
            if values and not self._part(row, column.at) and reading.objective is not None and len(self.attached) == 1:
                role, part = next(iter(values.items()))
                if role in ("baseline", "target"):
                    reading.notes.append((part.place, self.session.reason("value_without_words", value=_short(part.text))))

    def _told(self, row: Row, reading: RowReading) -> None:
        """Read a row that says itself what it is, in a cell of its own or in its words."""
        statement, kind = self.layout.statement, self.layout.kind
        assert statement is not None
        named = self._part(row, kind) if kind is not None else None
        role = kind_of(named.text) if named is not None else None
        if named is not None and role is None and (known := meaning(named.text)) is not None and known.sense in META:
            self._beside(known.sense, self._part(row, statement), reading)
            return
        if named is not None and role is None:
            reading.reason = self.session.reason("other_kind", kind=_short(named.text))
            return
        if named is not None and role == "contributes_to":
            if self.parents is None:
                self._lead("contributes_to", self._part(row, statement), reading)
            else:
                reading.reason = self.session.reason("other_kind", kind=_short(named.text))
            return
        said = self._said(row, statement, role or "unsaid")
        if said and said[0].role == "unsaid":
            reading.reason = self.session.reason("unlabelled", text=_short(said[0].text))
            return
        self._take(
            [each._replace(role="contributes" if each.role == "contributes_to" else each.role) for each in said], row, statement, reading
        )
        if self.parents is not None and role in ("objective", "key_result"):
            self._under(self.parents, role, statement, row, reading)

    def _under(self, parents: Parents, role: str, statement: int, row: Row, reading: RowReading) -> None:
        """Put a key result under the objective that its row names, and an objective under the one it contributes to."""
        held, above = self._objective_of(row), parents.of(row)
        part = self._part(above.row, statement) if above is not None else None
        if role == "objective":
            reading.key = held.key if held is not None else None
            if part is not None:
                reading.meta["contributes_to"] = part
        elif held is not None and part is not None:
            reading.objective, reading.key = part, held.key
            reading.meta.pop("contributes_to", None)
            for column in self.layout.columns:
                if column.role in ("team", "cycle"):
                    said = self._part(held.row, column.at)
                    reading.meta.pop(column.role, None)
                    if said is not None:
                        reading.meta[column.role] = said
        else:
            named = parents.names(row)
            reading.reason = self.session.reason("unknown_parent" if named else "no_parent", parent=_short(named))

    def _lead(self, role: ColumnRole, part: Part | None, reading: RowReading) -> None:
        """Read what holds for all the OKRs that follow."""
        if part is not None:
            reading.meta[role] = part
        _for_what_follows(reading)

    def _beside(self, role: ColumnRole, part: Part | None, reading: RowReading) -> None:
        """Read "Owner | Zoe" among rows that name themselves: it is said of the OKR above, or of those below where it leads them."""
        if part is not None:
            reading.meta[role] = part
        if not self.begun and part is not None:
            self.leading.add(role)
        if role in self.leading:
            _for_what_follows(reading)
        else:
            reading.continues = True

    def _said(self, row: Row, at: int, role: str, several: bool = False) -> list[Said]:
        text = row.cells[at] if at < len(row.cells) else ""
        return [] if is_blank(text) else statements(shown(text), role, several)

    def _take(self, said: Sequence[Said], row: Row, at: int, reading: RowReading) -> None:
        values = self._values(row, at)
        for each in said:
            part = Part(each.text, self._at(row, at), each.offset)
            if each.role == "objective":
                self.begun = True
                if reading.objective is None:
                    reading.objective = part
                else:  # a second objective in the same cell: said, not dropped
                    reading.notes.append((part.place, self.session.reason("second_objective", text=_short(each.text))))
            elif each.role == "key_result":
                own = dict(values)
                if each.owner is not None:
                    own.setdefault("owner", Part(each.owner, part.place))
                reading.key_results.append(KeyResultParts(part, own))
            elif each.role in LABELLED_META:
                reading.meta.setdefault(META_OF_LABEL[each.role], part)

    def _values(self, row: Row, at: int) -> dict[ColumnRole, Part]:
        found: dict[ColumnRole, Part] = {}
        for role, column in self.attached.get(at, {}).items():
            part = self._part(row, column)
            if part is not None:
                found[role] = part
        return found

    def _part(self, row: Row, at: int) -> Part | None:
        """Give a cell's words, those of the cell merged over it included; None where it says nothing."""
        text, number, column = row.cells[at] if at < len(row.cells) else "", row.number, at
        if not text and at in row.above:
            text, number, column = row.above[at]
        if is_blank(text) or at in row.faults:
            return None
        bare = shown(text.strip())
        place = Place(file=self.place.file, sheet=self.place.sheet, row=number, column=letter(column))
        return Part(bare, place, len(text) - len(text.lstrip()))

    def _goes_on(self, row: Row, reading: RowReading) -> bool:
        """Tell a row that only goes on with a key result merged over it, or that holds a merged objective's team."""
        if reading.reason is not None:
            return False
        if reading.gap or reading.continues and self.layout.statement is not None:
            return True
        return any(column.at in row.above for column in self.layout.of("key_result"))

    def _is_heading(self, row: Row) -> bool:
        filled = [at for at, cell in enumerate(row.cells) if cell]
        return (
            len(filled) == 1
            and not row.above
            and (len(self.layout.columns) > 1 or self.sections)
            and self.layout.statement is None
            and not row.faults
        )

    def _heading(self, row: Row, reading: RowReading) -> RowReading:
        """Read a row with a single cell: a team or a cycle over the rows that follow, an objective, or a row like others."""
        at = next(at for at, cell in enumerate(row.cells) if cell)
        text = shown(row.cells[at])
        label = label_of(text)
        role = label.role if label is not None else None
        place = self._at(row, at)
        if is_footer(text):
            reading.reason = self._no_statement(row)
            return reading
        if role in ("team", "cycle") and label is not None and text[label.end :].strip():
            reading.meta = {META_OF_LABEL[role]: Part(text[label.end :].strip(), place, label.end)}
            return _for_what_follows(reading)
        column = next((column for column in self.layout.columns if column.at == at), None)
        wide = at in row.wide or column is None or column.role not in ("objective", "key_result")
        title = read_title(text.strip(), prepare(text.strip()).plain) if wide or self.sections else None
        if title is not None:
            if title.team:
                reading.meta["team"] = Part(title.team, place)
            if title.cycle:
                reading.meta["cycle"] = Part(title.cycle, place)
            return _for_what_follows(reading)
        apart = at in row.wide or column is None and len(text.split()) >= _A_SENTENCE
        if role in OBJECTIVE or (self.sections and role not in KEY_RESULT and apart):
            self._take(statements(text, "objective"), row, at, reading)
            return reading
        self._by_columns(row, reading)
        if reading.objective is None and not reading.key_results:
            reading.reason = self._no_statement(row)
        return reading

    def _no_statement(self, row: Row) -> str:
        text = next((cell for cell in row.cells if cell), "")
        return self.session.reason("no_statement", text=_short(shown(text)))

    def _at(self, row: Row, column: int | None = None) -> Place:
        return Place(file=self.place.file, sheet=self.place.sheet, row=row.number, column=None if column is None else letter(column))


def _for_what_follows(reading: RowReading) -> RowReading:
    reading.gap = True
    return reading


def _key(text: str) -> str | None:
    return None if is_blank(text) else " ".join(plain_letters(text[:2_000]).split())


def _key_at(row: Row, at: int | None) -> str | None:
    return None if at is None else _key(row.cells[at] if at < len(row.cells) else "")


def _objective_key(row: Row, at: int | None) -> str | None:
    """Give the key of an objective, whatever its punctuation: "O1. Win" is "O1 - Win"."""
    key = _key_at(row, at)
    return key and (" ".join(_PUNCTUATION.sub(" ", key).split()) or key)


def key_of(part: Part | None) -> str | None:
    """Give what two cells have in common that say the same, whatever their case, accents and blanks."""
    return None if part is None else " ".join(plain_letters(part.text[:2_000]).split())


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:57] + "..."
