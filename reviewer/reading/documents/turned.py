"""Read a table that lies on its side: labels down the first column ("Objective", "KR1"), one OKR in each other column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reviewer.okr import Language
from reviewer.quarter import Entry, Piece, Place, Statement, TakenFor
from reviewer.reading.documents.guessing import share_of
from reviewer.reading.documents.layout import names_a_row
from reviewer.reading.documents.parts import Row, column_of, letter
from reviewer.reading.documents.vocabulary import kind_of, meaning

_WORDS = 3
"""Words of a column's key results on the average: owners and figures beside an OKR have fewer."""
_MOST = 0.6
_TEAM: Mapping[Language, str] = {"en": "Team", "fr": "Équipe"}


class Turned:
    """Hold the rows of a table turned upright, and the rows of the sheet that became its columns."""

    def __init__(self, rows: tuple[Row, ...], numbers: tuple[int, ...]) -> None:
        self.rows = rows
        self.numbers = numbers

    def back(self, found: Iterable[Entry | TakenFor]) -> Iterator[Entry | TakenFor]:
        """Give what was read with the places where it stands in the sheet."""
        for each in found:
            if isinstance(each, TakenFor):
                yield each.model_copy(update={"header_row": None})
            else:
                objective = None if each.objective is None else self._statement(each.objective)
                key_results = tuple(self._statement(statement) for statement in each.key_results)
                place = objective.pieces[0].place if objective is not None else self._place(each.place)
                yield each.model_copy(update={"place": place, "objective": objective, "key_results": key_results})

    def _statement(self, statement: Statement) -> Statement:
        pieces = tuple(Piece(span=piece.span, place=self._place(piece.place), offset=piece.offset) for piece in statement.pieces)
        return Statement(text=statement.text, pieces=pieces)

    def _place(self, place: Place) -> Place:
        if place.row is None:
            return place
        at = column_of(place.column) if place.column else 0
        row = self.numbers[at] if at is not None and at < len(self.numbers) else None
        return place.model_copy(update={"row": row, "column": letter(place.row - 1)})


def turn(head: Sequence[Row], language: Language) -> Turned | None:
    """Turn the rows of a whole table upright; None for one that does not lie on its side."""
    rows = [row for row in head if not row.is_blank]
    if len(rows) < 2 or any(row.problem is not None or row.above or row.faults for row in rows):
        return None
    width = max(len(row.cells) for row in rows)
    labels_at = next((at for at in range(min(2, width)) if any(_cell(row, at) for row in rows)), None)
    if labels_at is None:
        return None
    labels = [_cell(row, labels_at) for row in rows]
    kinds = [kind_of(label) for label in labels]
    told = [label for label, kind in zip(labels, kinds, strict=True) if kind is not None]
    named = [label for label in labels if label]
    if kinds.count("objective") != 1 or "key_result" not in kinds or len(set(told)) < len(told):
        return None
    if share_of(named, names_a_row) < _MOST or any(meaning(cell) is not None for cell in rows[0].cells[labels_at + 1 :] if cell):
        return None
    objective = rows[kinds.index("objective")]
    key_results = [row for row, kind in zip(rows, kinds, strict=True) if kind == "key_result"]
    columns = [at for at in range(labels_at + 1, width) if _cell(objective, at) and _speaks([_cell(row, at) for row in key_results])]
    if len(columns) < 2:
        return None
    first = rows[0]
    if not labels[0] and kinds[1] is not None and all(_cell(first, at) for at in columns):
        labels[0] = _TEAM[language]  # names over the columns, without a label of their own
    upright = [Row(labels_at + 1, tuple(labels))]
    upright += [Row(at + 1, tuple(_cell(row, at) for row in rows)) for at in range(labels_at + 1, width)]
    return Turned(tuple(upright), tuple(row.number for row in rows))


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _speaks(values: Sequence[str]) -> bool:
    said = [value for value in values if value]
    return bool(said) and sum(len(value.split()) for value in said) >= _WORDS * len(said)
