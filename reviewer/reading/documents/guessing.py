"""Guess what the columns of a table without a header hold, from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reviewer.language.detect import detect_language
from reviewer.language.folding import plain_letters
from reviewer.language.periods import find_periods
from reviewer.language.statement import understand_key_result
from reviewer.quarter import ColumnRole
from reviewer.reading.documents.columns import Column
from reviewer.reading.documents.parts import Row
from reviewer.reading.documents.vocabulary import is_blank

_FIGURE = re.compile(
    r"[<>≥≤=~+±-]{0,2}\s?[€$£]?\s?[+-]?\d[\d\s.,'’\u00a0\u202f]*(?:\s?[%€$£kKmMx]{1,2}|\s?(?:pts?|points?|j|h|k€|M€|/\s?\d{1,3}))?\.?"
)
_ISO = re.compile(r"20\d\d-[01]\d-[0-3]\d(?:[T ].*)?|[0-3]?\d[/.-][0-3]?\d[/.-](?:20)?\d\d")
_UNDERSTOOD = 0.5
_WORDS = 3
_READ = 25
"""Statements that are understood to tell a column of key results from one of other sentences."""


class _Column(NamedTuple):
    at: int
    values: list[str]
    filled: float
    distinct: float
    words: float
    figures: float
    dates: float
    with_digits: float


def is_figure(text: str) -> bool:
    """Tell a cell that holds a quantity and no words: "38 %", "≥ 40", "k€ 600"."""
    text = text.strip()
    return len(text) <= 24 and _FIGURE.fullmatch(text) is not None and not _ISO.fullmatch(text)


def share_of(values: Sequence[str], test: Callable[[str], bool]) -> float:
    """Give the share of values that pass a test; 0 where there are none."""
    return sum(map(test, values)) / len(values) if values else 0.0


def guess_columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    """Guess the columns of rows without a header; nothing when no column reads like key results.

    Key results are sentences with figures, all different; objectives are sentences that repeat, stand only on their first row,
    or hold no figure. Two columns of figures are baseline and target, one is the target.
    """
    columns = _looked_at(rows)
    measured = _measured(columns)
    sentences = [column for column in columns if column.words >= _WORDS or column in (measured or ())]
    candidates = sorted(sentences, key=lambda column: (-column.with_digits, -column.distinct * column.filled, -column.at))
    key_results = next((column for column in candidates if _reads_like_key_results(column)), measured[1] if measured else None)
    if key_results is None:
        return ()
    found = [Column(key_results.at, "key_result")]
    before = [column for column in sentences if column.at < key_results.at]
    objective = before[-1] if before else None
    if objective is not None:
        found.append(Column(objective.at, "objective"))
    figures = [column for column in columns if column.figures > _UNDERSTOOD and column.at > key_results.at][:2]
    roles: tuple[ColumnRole, ...] = ("baseline", "target") if len(figures) > 1 else ("target",)
    found += [Column(column.at, role) for column, role in zip(figures, roles, strict=False)]
    found += [Column(column.at, "due_date") for column in columns if column.dates > _UNDERSTOOD and column.figures <= _UNDERSTOOD][:1]
    taken = {column.at for column in found}
    short = [
        c for c in columns if c.at not in taken and c.at < key_results.at and 0 < c.words < _WORDS and not c.with_digits and c.distinct < 1
    ]
    found += [Column(column.at, "team") for column in short[:1]]
    return tuple(sorted(found))


def _looked_at(rows: Sequence[Row]) -> list[_Column]:
    found = []
    for at in range(max((len(row.cells) for row in rows), default=0)):
        values = [row.cells[at].strip() for row in rows if at < len(row.cells) and not is_blank(row.cells[at])]
        if not values:
            continue
        found.append(
            _Column(
                at, values, len(values) / len(rows), len(set(values)) / len(values),
                sum(len(value.split()) for value in values) / len(values),
                share_of(values, is_figure), share_of(values, _is_date), share_of(values, _has_digit),
            )
        )  # fmt: skip
    return found


def _is_date(text: str) -> bool:
    if _ISO.fullmatch(text):
        return True
    return len(text) <= 32 and len(text.split()) <= 4 and any(period.role == "deadline" for period in find_periods(plain_letters(text)))


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _measured(columns: Sequence[_Column]) -> tuple[_Column, _Column] | None:
    """Find, before two columns of figures, the names of known measures and the objectives they belong to."""
    figures = [column.at for column in columns if column.figures > _UNDERSTOOD]
    names = [column for column in columns if figures and column.at < figures[0] and column.words > 1 and not column.figures]
    if len(figures) < 2 or len(names) < 2 or names[-1].with_digits > _UNDERSTOOD:
        return None
    sample = names[-1].values[:_READ]
    language = detect_language("\n".join(sample))
    known = sum(bool(understand_key_result(value[:500], language).metrics) for value in sample)
    return (names[-2], names[-1]) if known > _UNDERSTOOD * len(sample) else None


def _reads_like_key_results(column: _Column) -> bool:
    sample = column.values[:_READ]
    language = detect_language("\n".join(sample))
    facts = [understand_key_result(value[:500], language) for value in sample]
    understood = sum(each.nature in ("outcome", "output", "activity") and (each.target is not None or bool(each.metrics)) for each in facts)
    return understood >= _UNDERSTOOD * len(sample)
