"""Say what the columns of a table hold: from its header, from labels in its rows, or from what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from reviewer.quarter import ColumnRole
from reviewer.reading.documents.vocabulary import Meaning

VALUES: tuple[ColumnRole, ...] = ("baseline", "target", "unit", "due_date", "confidence", "progress", "final_value", "owner")
"""Roles that belong to a key result where there is one."""
META: tuple[ColumnRole, ...] = ("team", "owner", "contributes_to", "cycle", "check_in")


class Column(NamedTuple):
    """Say what one column holds; `number` is that of its key result, `of` what it is about where its header says so."""

    at: int
    role: ColumnRole
    number: str | None = None
    of: Literal["objective", "key_result"] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Say how a table is to be read.

    `attached` gives, by key result column, the columns with its values. `statement` is the column whose words are an
    objective or a key result as the cell under `kind`, or a label of its own, says. `width` is how many columns the
    header has, `header_row` where it stands (None: there is none).
    """

    columns: tuple[Column, ...]
    headers: tuple[str, ...] = ()
    header_row: int | None = None
    statement: int | None = None
    kind: int | None = None

    def of(self, role: ColumnRole) -> list[Column]:
        """Give the columns of a role, in order."""
        return [column for column in self.columns if column.role == role]

    def attached(self) -> dict[int, dict[ColumnRole, int]]:
        """Tie each value column to its key result column: by number, else the nearest on its left, else to all."""
        key_results = [column.at for column in self.of("key_result")]
        if self.statement is not None:
            key_results = [self.statement]
        numbers: dict[str | None, int] = {column.number: column.at for column in self.of("key_result") if column.number}
        found: dict[int, dict[ColumnRole, int]] = {at: {} for at in key_results}
        for role in VALUES:
            columns = [column for column in self.of(role) if column.of != "objective"]
            for column in columns:
                for at in self._holders(column, columns, key_results, numbers):
                    found[at].setdefault(role, column.at)
        return found

    def _holders(self, column: Column, alike: Sequence[Column], key_results: list[int], numbers: dict[str | None, int]) -> Iterable[int]:
        if len(key_results) <= 1:
            return key_results
        if column.number in numbers:
            return [numbers[column.number]]
        if len(alike) > 1:
            before = [at for at in key_results if at < column.at]
            return before[-1:]
        return key_results if column.role in ("due_date", "unit", "owner") else []

    def without_unattached(self) -> Layout:
        """Leave out value columns of which nobody can say which key result they are about."""
        if len(self.of("key_result")) <= 1:
            return self
        tied = {at for values in self.attached().values() for at in values.values()}
        return replace(self, columns=tuple(c for c in self.columns if c.role not in VALUES or c.role == "owner" or c.at in tied))


def columns_of(meanings: Sequence[Meaning | None], numeric: Sequence[bool], bare_labels: Sequence[bool]) -> tuple[Column, ...]:
    """Decide what columns hold from what their headers mean, each in the light of the others.

    `numeric` says of each column that mostly figures stand in it, `bare_labels` that its cells are numbers or labels without
    words ("KR1", "2.1"): such a column names rows and says nothing itself.
    """
    found: list[Column] = []
    senses = [None if each is None else each.sense for each in meanings]
    has_key_results = any(sense == "key_result" and not bare for sense, bare in zip(senses, bare_labels, strict=True))
    for at, each in enumerate(meanings):
        if each is None:
            continue
        role: ColumnRole | None
        if each.sense == "ignored" or each.sense == "kind" or each.sense == "statement":
            continue
        if each.sense == "objective":
            role = "target" if numeric[at] else None if bare_labels[at] else "objective"
        elif each.sense == "key_result":
            role = "final_value" if numeric[at] else None if bare_labels[at] else "key_result"
        elif each.sense == "indicator":
            role = None if has_key_results or numeric[at] else "key_result"
        elif each.sense == "current":
            role = "progress" if "baseline" in senses else "baseline"
        else:
            role = each.sense
        if role is not None:
            found.append(Column(at, role, each.number, each.of))
    return _with_descriptions(found, meanings, senses, bare_labels)


def _with_descriptions(
    found: list[Column], meanings: Sequence[Meaning | None], senses: Sequence[str | None], bare_labels: Sequence[bool]
) -> tuple[Column, ...]:
    """Take "Description" for the key result where the column "KR" only numbers them, and likewise for the objective."""
    roles = {column.role for column in found}
    free = [at for at, sense in enumerate(senses) if sense in ("statement", "indicator") and at not in {column.at for column in found}]
    for role in ("objective", "key_result"):
        numbering = [at for at, sense in enumerate(senses) if sense == role and bare_labels[at]]
        if role not in roles and numbering:
            described = next((at for at in free if at > numbering[0]), None)
            if described is not None:
                free.remove(described)
                found.append(Column(described, role))
    return tuple(sorted(_once(found)))


def _once(found: Iterable[Column]) -> Iterable[Column]:
    """Keep the first column of the roles that a row has only one of."""
    seen: set[object] = set()
    for column in sorted(found):
        single = (column.role, column.number, column.of) if column.role in VALUES else column.role
        if column.role in ("objective", "team", "contributes_to", "cycle", "check_in") and single in seen:
            continue
        seen.add(single)
        yield column
