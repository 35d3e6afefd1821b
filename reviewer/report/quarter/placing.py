"""Tie findings to the cells whose words they are about."""

from __future__ import annotations

from reviewer.okr import Finding, Review, Span
from reviewer.quarter import Entry, Piece, Place, QuarterReview, Statement, Where


def cells_of(finding: Finding, entry: Entry, review: Review) -> tuple[Piece, ...]:
    """Give the pieces of cells that hold the words of a finding; those of the whole statement where they are in none."""
    statement, start = _statement(finding, entry, review)
    if statement is None or not statement.pieces:
        return ()
    span = (finding.span[0] - start, finding.span[1] - start)
    touched = tuple(piece for piece in statement.pieces if _overlap(piece.span, span))
    return touched or statement.pieces[:1]


def place_of_finding(finding: Finding, entry: Entry, review: Review) -> Place:
    """Give the first cell that a finding is about, or the place of its OKR."""
    cells = cells_of(finding, entry, review)
    return cells[0].place if cells else entry.place


def place_of_where(where: Where, entry: Entry) -> Place:
    """Give the cell of a statement of the quarter, or the place of its OKR."""
    held = entry.objective
    if where.key_result is not None:
        held = entry.key_results[where.key_result] if where.key_result < len(entry.key_results) else None
    return held.pieces[0].place if held is not None and held.pieces else entry.place


def wheres(review: QuarterReview) -> frozenset[int]:
    """Give the numbers of the entries that findings across OKRs are about."""
    return frozenset(where.entry for finding in review.findings for where in finding.places)


def statement_of(where: Where, entry: Entry) -> str:
    """Give the words of a statement of the quarter; empty where the entry holds none."""
    if entry.okr is None:
        return ""
    if where.key_result is None:
        return entry.okr.objective
    return entry.okr.key_results[where.key_result] if where.key_result < len(entry.okr.key_results) else ""


def _statement(finding: Finding, entry: Entry, review: Review) -> tuple[Statement | None, int]:
    okr = review.okrs[finding.okr] if finding.okr < len(review.okrs) else None
    if okr is None:
        return None, 0
    if finding.key_result is None:
        return entry.objective, okr.objective.span[0]
    if finding.key_result < min(len(entry.key_results), len(okr.key_results)):
        return entry.key_results[finding.key_result], okr.key_results[finding.key_result].span[0]
    return None, 0


def _overlap(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])
