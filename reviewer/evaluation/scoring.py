"""Count right and wrong decisions: precision, recall, F1 with its bootstrap interval, shares, percentiles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SEED = 20260701
RESAMPLES = 1000

Pair = tuple[bool, bool]
"""Whether the label asks for the rule, and whether it was raised."""


class Counts(NamedTuple):
    """Hold right and wrong decisions; a ratio with nothing below it is None, never a flattering 1."""

    true_positive: int = 0
    false_positive: int = 0
    false_negative: int = 0
    true_negative: int = 0

    @property
    def n(self) -> int:
        """Give the number of statements judged."""
        return sum(self)

    @property
    def faults(self) -> int:
        """Give the number of statements that the label asks the rule for."""
        return self.true_positive + self.false_negative

    @property
    def precision(self) -> float | None:
        """Give the share of raised findings that are right."""
        return ratio(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> float | None:
        """Give the share of faults that are found."""
        return ratio(self.true_positive, self.faults)

    @property
    def f1(self) -> float | None:
        """Give the harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN)."""
        return ratio(2 * self.true_positive, 2 * self.true_positive + self.false_positive + self.false_negative)


def ratio(part: float, whole: float) -> float | None:
    """Divide; None where there is nothing to divide by."""
    return part / whole if whole else None


def count(pairs: Iterable[Pair]) -> Counts:
    """Count the four kinds of decision."""
    found = Counter(pairs)
    return Counts(found[True, True], found[False, True], found[True, False], found[False, False])


def interval(counts: Counts) -> tuple[float, float] | None:
    """Give the 95 % interval of F1 from resampling statements with replacement; seed and number of resamples are fixed.

    Resamples in which F1 is not defined are left out; None where it never is.
    """
    if not counts.n:
        return None
    drawn = random.Random(SEED)
    kinds: list[Pair] = [(True, True), (False, True), (True, False), (False, False)]
    # drawing statements and drawing their kind of decision by its share are the same draw, and this one is fast
    samples = (count(drawn.choices(kinds, weights=counts, k=counts.n)).f1 for _ in range(RESAMPLES))
    known = sorted(f1 for f1 in samples if f1 is not None)
    if not known:
        return None
    last = len(known) - 1
    return known[round(0.025 * last)], known[round(0.975 * last)]


def percentile(values: Sequence[float], share: float) -> float | None:
    """Give the value below which that share of the values lies (nearest rank); None of no values."""
    if not values:
        return None
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -int(-share * len(ranked) // 1) - 1))]
