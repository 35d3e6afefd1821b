"""Figures held to ones computed by hand."""

from __future__ import annotations

import pytest

from reviewer.evaluation.scoring import Counts, count, interval, percentile

PAIRS = [(True, True)] * 3 + [(False, True)] + [(True, False)] * 2 + [(False, False)] * 4


def test_precision_recall_and_f1_are_those_of_the_counts() -> None:
    counts = count(PAIRS)
    assert counts == Counts(3, 1, 2, 4)
    assert (counts.n, counts.faults) == (10, 5)
    assert counts.precision == pytest.approx(3 / 4)
    assert counts.recall == pytest.approx(3 / 5)
    assert counts.f1 == pytest.approx(6 / 9)


def test_nothing_to_find_and_nothing_raised_has_no_figure() -> None:
    counts = count([(False, False)] * 4)
    assert (counts.precision, counts.recall, counts.f1, interval(counts)) == (None, None, None, None)
    assert interval(Counts()) is None


def test_the_interval_holds_f1_and_comes_out_the_same_every_time() -> None:
    counts = count(PAIRS)
    low, high = interval(counts) or (1.0, 0.0)
    assert 0 < low < 6 / 9 < high <= 1
    assert interval(counts) == (low, high)


def test_more_statements_give_a_narrower_interval() -> None:
    few, many = interval(count(PAIRS)), interval(count(PAIRS * 20))
    assert few and many
    assert many[1] - many[0] < few[1] - few[0]


def test_without_a_mistake_the_interval_is_a_point() -> None:
    assert interval(count([(True, True), (False, False)] * 10)) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("values", "median", "p90"),
    [([], None, None), ([4.0], 4.0, 4.0), ([3.0, 1.0], 1.0, 3.0), ([float(each) for each in range(1, 11)], 5.0, 9.0)],
)
def test_percentiles_are_values_that_occurred(values: list[float], median: float | None, p90: float | None) -> None:
    assert percentile(values, 0.5) == median
    assert percentile(values, 0.9) == p90
