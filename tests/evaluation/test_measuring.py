"""What a model changes is counted: held to reviews altered by hand."""

from __future__ import annotations

from pathlib import Path

import labelled_set
import pytest

from reviewer import Context, Okr, Review, review
from reviewer.evaluation import read_labelled
from reviewer.evaluation.judging import Said, said_by_model, said_by_review
from reviewer.evaluation.measuring import Asked, Case, measure_model, measure_rules
from reviewer.okr import Critique, Dropped, Finding, Opinion


@pytest.fixture
def cases(tmp_path: Path) -> list[Case]:
    """Give the English OKRs with the rules' reviews."""
    okrs = read_labelled(labelled_set.write(tmp_path), "en")
    return [
        Case(okr, review(Okr(objective=okr.objective, key_results=tuple(each.text for each in okr.key_results)), examples=0))
        for okr in okrs
    ]


def task(by_rules: Review, key_result: int) -> Finding:
    kr = by_rules.okrs[0].key_results[key_result]
    return Finding(rule="kr-is-task", severity="warning", okr=0, key_result=key_result, quote=kr.text, span=kr.span, message="m", why="w", fix="f", origin="model")  # fmt: skip


def critique(**values: object) -> Critique:
    return Critique.model_validate(
        {"model": "a/b", "prompt": "critique.v1", "status": "ok", "tokens": 100, "cost": 0.5, "calls": 1, **values}
    )


def asked(case: Case, critique: Critique, *findings: Finding, without: str = "", seconds: float = 2.0) -> Case:
    kept = tuple(each for each in case.by_rules.findings if each.rule != without)
    return case._replace(asked=Asked(case.by_rules.model_copy(update={"critique": critique, "findings": (*kept, *findings)}), seconds))


def test_the_rules_alone_are_scored_on_what_the_labels_judge(cases: list[Case]) -> None:
    figures = measure_rules(cases)
    assert (figures.okrs, figures.key_results) == (2, 6)
    tasks = figures.scores["kr-is-task"]
    assert (tasks.n, tasks.of, tasks.faults) == (6, 6, 3)
    assert (tasks.true_positive, tasks.false_positive, tasks.false_negative) == (2, 0, 1)  # the slip of the set
    assert (tasks.precision, tasks.recall, tasks.f1) == (1.0, pytest.approx(2 / 3), pytest.approx(0.8))
    assert [
        (figures.scores[rule].n, figures.scores[rule].faults, figures.scores[rule].f1) for rule in ("kr-no-number", "kr-no-baseline")
    ] == [
        (5, 1, 1.0),
        (2, 1, 1.0),
    ]
    assert (figures.facts.nature.right, figures.facts.nature.n) == (5, 6)
    assert (figures.facts.baseline.right, figures.facts.baseline.n) == (2, 2)


def test_findings_below_a_warning_raise_nothing(cases: list[Case]) -> None:
    advised = cases[0].by_rules.model_copy(
        update={"findings": tuple(each.model_copy(update={"severity": "advice"}) for each in cases[0].by_rules.findings)}
    )
    assert {each.raised for each in said_by_review(advised)} == {frozenset()}


def test_what_a_model_mends_and_spoils_is_counted(cases: list[Case]) -> None:
    mended = asked(cases[1], critique(), task(cases[1].by_rules, 2))  # the one the rules miss
    spoiled = asked(cases[0], critique(), task(cases[0].by_rules, 0))  # a clear outcome
    both = measure_model([spoiled, mended])
    assert (both.changes["kr-is-task"].mended, both.changes["kr-is-task"].spoiled) == (1, 1)
    assert both.together["kr-is-task"].f1 == pytest.approx(6 / 7)  # 3 found, 1 wrongly
    assert both.below == ()
    only_spoiled = measure_model([spoiled, cases[1]])
    assert only_spoiled.together["kr-is-task"].f1 == pytest.approx(4 / 6)
    assert only_spoiled.below == ("kr-is-task",)


def test_a_finding_that_is_gone_is_below_the_rules(cases: list[Case]) -> None:
    lost = measure_model([asked(cases[0], critique(), without="kr-no-baseline"), cases[1]])
    assert lost.below == ("kr-no-baseline",)
    assert lost.changes["kr-no-baseline"].spoiled == 1


def test_a_false_alarm_where_there_is_nothing_to_find_is_below_the_rules(cases: list[Case]) -> None:
    okr = cases[0].okr
    faultless = Case(
        type(okr)(okr.id, okr.language, okr.objective, okr.key_results[:1]),
        review(Okr(objective=okr.objective, key_results=(okr.key_results[0].text,)), context=Context(), examples=0),
    )
    assert measure_rules([faultless]).scores["kr-is-task"].f1 is None
    assert measure_model([asked(faultless, critique(), task(faultless.by_rules, 0))]).below == ("kr-is-task",)


def test_opinions_are_taken_as_they_are_and_missing_ones_are_no_answer(cases: list[Case]) -> None:
    def opinion(key_result: int, nature: str, baseline: str | None) -> Opinion:
        return Opinion.model_validate(
            {"okr": 0, "key_result": key_result, "nature": nature, "baseline": baseline, "quote": "x", "span": (0, 1)}
        )

    said = critique(opinions=[opinion(0, "activity", "none"), opinion(2, "outcome", "none")])
    case = asked(cases[0], said)
    assert case.asked is not None
    assert said_by_model(case.asked.review) == (
        Said("task", "none", frozenset({"kr-is-task"})),  # a task first: not also without a baseline
        None,
        Said("outcome", "none", frozenset({"kr-no-baseline"})),
    )
    figures = measure_model([case, cases[1]])
    tasks, baselines = figures.alone["kr-is-task"], figures.alone["kr-no-baseline"]
    assert (tasks.n, tasks.of, tasks.false_positive, tasks.f1) == (2, 6, 1, 0.0)
    assert (baselines.n, baselines.of, baselines.true_positive, baselines.f1) == (2, 2, 1, 1.0)
    assert "kr-no-number" not in figures.alone
    assert (figures.facts.nature.right, figures.facts.nature.n, figures.facts.nature.of) == (1, 2, 6)
    assert (figures.facts.baseline.right, figures.facts.baseline.n, figures.facts.baseline.of) == (1, 2, 2)


def test_replies_tokens_and_cost_are_added_up(cases: list[Case]) -> None:
    dropped = [Dropped(what="opinion", why="quote", count=2), Dropped(what="rewrite", why="rules", count=1)]
    repaired = asked(cases[0], critique(repaired=1, calls=2, dropped=dropped), seconds=8)
    failed = asked(cases[1], critique(status="failed", cost=0.25, tokens=40, reason="the reply was cut"), seconds=60)
    figures = measure_model([repaired, failed])
    replies = figures.replies
    assert (replies.asked, replies.valid, replies.repaired, replies.failed, replies.not_asked) == (2, 0, 1, 1, 0)
    assert replies.dropped == {"opinion": 2, "rewrite": 1}
    assert (figures.tokens, figures.cost) == (140, 0.75)
    assert (figures.seconds.n, figures.seconds.median, figures.seconds.p90) == (1, 8, 8)


def test_cached_replies_are_told_apart_and_have_no_time(cases: list[Case]) -> None:
    cached = asked(cases[0], critique(cached=1, calls=0, tokens=0, cost=0.0), seconds=0.01)
    figures = measure_model([cached, asked(cases[1], critique(), seconds=3)])
    assert (figures.replies.asked, figures.replies.valid, figures.replies.cached) == (2, 2, 1)
    assert (figures.cost, figures.seconds.n, figures.seconds.median) == (0.5, 1, 3)


def test_a_cost_that_is_not_known_makes_the_sum_unknown_and_a_call_not_made_does_not(cases: list[Case]) -> None:
    skipped = asked(cases[1], critique(status="skipped", cost=None, tokens=0, calls=0, reason="the budget is spent"))
    figures = measure_model([asked(cases[0], critique()), skipped])
    assert (figures.cost, figures.replies.not_asked, figures.replies.asked) == (0.5, 1, 1)
    assert measure_model([asked(cases[0], critique(cost=None)), cases[1]]).cost is None
