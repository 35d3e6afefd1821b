"""An OKR is reviewed in a quarter as it is alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quarter_files import COMPANY, okrs

import reviewer.quarterly.batch as batch
from reviewer import Context, Okr, review
from reviewer.okr import Mute, Settings
from reviewer.quarterly.batch import review_batch

MADE = [Okr(objective=objective, key_results=key_results, team=team) for team, objective, key_results in okrs(24)]
CONTEXTS = {
    "nothing": Context(),
    "company": Context(company_objectives=COMPANY, cycle="2026-Q4"),
    "forced": Context(company_objectives=COMPANY, language="fr"),
    "muted": Context(
        settings=Settings(mutes=(Mute(rule="kr-is-task", reason="agreed for this quarter"),), severities={"kr-no-deadline": "warning"})
    ),
}

words = st.sampled_from(
    "win rate NPS from 12 to 30 % by Q3 publish battlecards taux de rétention de 40 à 55 d'ici fin T2 lancer former our customers love churn [x] → €".split()
)
statements = st.lists(words, min_size=1, max_size=12).map(" ".join)
any_okr = st.builds(
    Okr,
    objective=st.one_of(st.just(""), statements),
    key_results=st.lists(statements, min_size=1, max_size=4).map(tuple),
    contributes_to=st.one_of(st.none(), st.sampled_from([COMPANY[0], "2", "Elsewhere"])),
    team=st.one_of(st.none(), st.just("PMM")),
)


def same(one: Any, other: Any) -> bool:
    """Compare two reviews as JSON; scores may differ by a unit of their last digit, as two ways to sum do."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 0.0011
    return bool(one == other)


@pytest.mark.parametrize("name", CONTEXTS)
def test_a_batch_gives_each_the_review_it_has_alone(name: str) -> None:
    together = review_batch([(okr, CONTEXTS[name]) for okr in MADE], 3)
    for okr, outcome in zip(MADE, together, strict=True):
        assert outcome.review is not None and outcome.vectors is not None
        assert same(outcome.review.model_dump(mode="json"), review(okr, context=CONTEXTS[name]).model_dump(mode="json"))
        assert outcome.vectors.shape[0] == 1 + len(okr.key_results)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(any_okr, min_size=1, max_size=6))
def test_any_okrs_are_reviewed_together_as_alone_without_the_encoder(made: list[Okr]) -> None:
    for okr, outcome in zip(made, review_batch([(okr, CONTEXTS["company"]) for okr in made], 0), strict=True):
        assert outcome.review is not None and outcome.vectors is None
        assert outcome.review.model_dump_json() == review(okr, context=CONTEXTS["company"], examples=0).model_dump_json()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(any_okr, min_size=2, max_size=4))
def test_any_okrs_are_reviewed_together_as_alone(made: list[Okr]) -> None:
    for okr, outcome in zip(made, review_batch([(okr, CONTEXTS["company"]) for okr in made], 2), strict=True):
        assert outcome.review is not None
        assert same(outcome.review.model_dump(mode="json"), review(okr, context=CONTEXTS["company"], examples=2).model_dump(mode="json"))


def test_one_that_cannot_be_reviewed_takes_no_other_down(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = batch.judge

    def fragile(okrs: Any, *more: Any) -> Any:
        if "Nantes" in okrs[0].objective.text:
            raise RecursionError("too deep")
        return whole(okrs, *more)

    monkeypatch.setattr(batch, "judge", fragile)
    outcomes = review_batch([(okr, Context()) for okr in MADE], 0)
    broken = [at for at, outcome in enumerate(outcomes) if outcome.review is None]
    assert broken == [at for at, okr in enumerate(MADE) if "Nantes" in okr.objective] != []
    assert all(isinstance(outcomes[at].error, RecursionError) for at in broken)
