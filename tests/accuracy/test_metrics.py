"""The figures, on cases worked out by hand."""

from __future__ import annotations

import pytest
from accuracy.metrics import calibration_error, reliability, score, score_by_group

from reviewer.evaluation.scoring import Counts, count


def test_precision_recall_and_f1_by_hand() -> None:
    counts = count([(True, True)] * 6 + [(False, True)] * 2 + [(True, False)] * 4 + [(False, False)] * 8)
    assert counts == Counts(true_positive=6, false_positive=2, false_negative=4, true_negative=8)
    assert (counts.n, counts.faults) == (20, 10)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_what_cannot_be_divided_is_none_and_never_perfect() -> None:
    silent = count([(False, False)] * 5)
    assert (silent.precision, silent.recall, silent.f1) == (None, None, None)
    missed = count([(True, False)])
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)
    false_alarm = count([(False, True)])
    assert (false_alarm.precision, false_alarm.recall, false_alarm.f1) == (0.0, None, 0.0)


def test_intervals_are_the_same_on_every_run_and_hold_the_figure() -> None:
    pairs = [(True, True)] * 40 + [(False, True)] * 5 + [(True, False)] * 10 + [(False, False)] * 45
    first, second = score(pairs), score(pairs)
    assert first == second
    for value, bounds in ((first.counts.precision, first.precision), (first.counts.recall, first.recall), (first.counts.f1, first.f1)):
        assert value is not None and bounds is not None
        assert bounds[0] < value < bounds[1]
    # recall is 40 of 50: a binomial share with standard error 0.057, so some 0.69 to 0.91
    assert first.recall == pytest.approx((0.69, 0.91), abs=0.03)


def test_intervals_of_nothing_and_of_all_right() -> None:
    assert score([])[1:] == (None, None, None)
    assert score([(True, True)] * 9).f1 == (1.0, 1.0)


def test_resampling_whole_groups_is_wider_when_authors_differ() -> None:
    easy, hard = [(True, True)] * 20, [(True, False)] * 20
    by_statement = score([*easy, *hard])
    by_group = score_by_group([easy, hard])
    assert by_group.counts == by_statement.counts
    assert by_group.recall == (0.0, 1.0)
    assert by_statement.recall is not None and by_statement.recall[0] > 0.2


def test_bins_of_confidence_by_hand() -> None:
    bins = reliability([(0.5, True), (0.59, False), (0.6, True), (0.9, True), (1.0, True), (0.95, False), (0.3, False)])
    assert [(b.low, b.high, b.n, b.right) for b in bins] == [(0.0, 0.5, 1, 0), (0.5, 0.6, 2, 1), (0.6, 0.7, 1, 1), (0.9, 1.0, 3, 2)]
    assert bins[3].mean == pytest.approx(0.95)
    assert bins[3].accuracy == pytest.approx(2 / 3)


def test_the_calibration_error_by_hand() -> None:
    # ten findings at 0.9 of which eight are right, ten at 0.6 of which seven are: (0.1 * 10 + 0.1 * 10) / 20
    bins = reliability([(0.9, i < 8) for i in range(10)] + [(0.6, i < 7) for i in range(10)])
    assert calibration_error(bins) == pytest.approx(0.1)
    assert calibration_error([]) is None
