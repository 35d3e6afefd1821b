"""Compute the figures: precision, recall, F1 with their bootstrap intervals, and bins of confidence."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reviewer.evaluation.scoring import RESAMPLES, SEED, Counts, Pair, count, ratio

BINS: tuple[tuple[float, float], ...] = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))
"""Bins of confidence, [low, high) except the last, which holds 1.0 as well."""

Interval = tuple[float, float]


class Score(NamedTuple):
    """Hold the counts of one rule on one set, with 95 % bootstrap intervals."""

    counts: Counts
    precision: Interval | None
    recall: Interval | None
    f1: Interval | None


def score(pairs: Sequence[Pair]) -> Score:
    """Score one rule; the intervals come from resampling statements with replacement, seed and number fixed."""
    drawn = random.Random(SEED)
    counts = count(pairs)
    kinds = [(True, True), (False, True), (True, False), (False, False)]
    # drawing statements and drawing their kind of decision by its share are the same draw, and this one is fast
    samples = [count(drawn.choices(kinds, weights=counts, k=counts.n)) for _ in range(RESAMPLES)] if pairs else []
    return Score(counts, *_intervals(samples))


def score_by_group(groups: Sequence[Sequence[Pair]]) -> Score:
    """Score one rule, the intervals from resampling whole groups: what a reader of one more author may expect."""
    drawn = random.Random(SEED)
    counts = count(pair for group in groups for pair in group)
    each = [count(group) for group in groups]
    samples = []
    for _ in range(RESAMPLES if groups else 0):
        chosen = drawn.choices(each, k=len(each))
        samples.append(Counts(*(sum(column) for column in zip(*chosen, strict=True))))
    return Score(counts, *_intervals(samples))


def _intervals(samples: Sequence[Counts]) -> tuple[Interval | None, Interval | None, Interval | None]:
    return (
        _middle([sample.precision for sample in samples]),
        _middle([sample.recall for sample in samples]),
        _middle([sample.f1 for sample in samples]),
    )


def _middle(values: Sequence[float | None]) -> Interval | None:
    """Give the 2.5th and 97.5th percentiles; resamples in which the ratio is not defined are left out."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    last = len(known) - 1
    return known[round(0.025 * last)], known[round(0.975 * last)]


class Bin(NamedTuple):
    """Hold the findings given with a confidence between two bounds: how many, how many right, mean confidence."""

    low: float
    high: float
    n: int
    right: int
    mean: float | None

    @property
    def accuracy(self) -> float | None:
        """Give the share of these findings that are right."""
        return ratio(self.right, self.n)


def reliability(said: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Sort findings (confidence, whether right) into bins of confidence; empty bins are left out."""
    held: list[list[tuple[float, bool]]] = [[] for _ in BINS]
    for confidence, right in said:
        place = next(i for i, (_, high) in enumerate(BINS) if confidence < high or high == BINS[-1][1])
        held[place].append((confidence, right))
    return [
        Bin(low, high, len(rows), sum(right for _, right in rows), sum(confidence for confidence, _ in rows) / len(rows))
        for (low, high), rows in zip(BINS, held, strict=True)
        if rows
    ]


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Give the expected calibration error: the gap between confidence and accuracy, weighted by findings."""
    n = sum(each.n for each in bins)
    if not n:
        return None
    return sum(abs((each.accuracy or 0.0) - (each.mean or 0.0)) * each.n for each in bins) / n
