"""Read what stands above a table: its team, its cycle, the objective that all its rows are about."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.quarter import ColumnRole, Place
from reviewer.reading.documents.cells import statements
from reviewer.reading.documents.columns import META
from reviewer.reading.documents.parts import Part, Row, letter, shown
from reviewer.reading.documents.vocabulary import is_blank, meaning
from reviewer.reading.source import prepare
from reviewer.reading.titles import read_title

META_OF_LABEL: dict[str, ColumnRole] = {"contributes": "contributes_to", "owner": "owner", "team": "team", "cycle": "cycle"}
"""What a label in a text says of an OKR."""


def defaults_of(preface: Iterable[Row], place: Place) -> dict[ColumnRole, Part]:
    """Read what stands above a table's header: "Team | PMM", "Objective: ...", a title with its cycle and team."""
    found: dict[ColumnRole, Part] = {}
    for row in preface:
        filled = [(at, shown(cell).strip()) for at, cell in enumerate(row.cells) if cell.strip()]
        at = filled[0][0] if filled else 0
        where = Place(file=place.file, sheet=place.sheet, row=row.number, column=letter(at))
        if len(filled) >= 2:
            for (_, name), (column, value) in zip(filled, filled[1:], strict=False):
                known = meaning(name)
                if known is not None and known.sense in (*META, "objective") and meaning(value) is None and not is_blank(value):
                    role: ColumnRole = known.sense
                    found.setdefault(role, Part(value, where.model_copy(update={"column": letter(column)})))
        elif filled:
            text = filled[0][1]
            for said in statements(text[:2_000], "title"):
                if said.role in META_OF_LABEL:
                    found.setdefault(META_OF_LABEL[said.role], Part(said.text, where, said.offset))
                elif said.role == "objective":
                    found.setdefault("objective", Part(said.text, where, said.offset))
            title = read_title(text, prepare(text).plain)
            if title is not None and title.team:
                found.setdefault("team", Part(title.team, where))
            if title is not None and title.cycle:
                found.setdefault("cycle", Part(title.cycle, where))
    return found
