"""Drafts and rewrites with a real model, however weak: what is shown stands under the rules, whoever worded it."""

from __future__ import annotations

import os

import pytest

from reviewer import review
from reviewer.drafting import draft, improve
from reviewer.gateway import Critic
from reviewer.okr import Context

MODEL = f"gguf:{os.environ['OKR_TEST_GGUF']}" if os.environ.get("OKR_TEST_GGUF") else os.environ.get("OKR_TEST_MODEL", "")

asks_a_real_model = pytest.mark.skipif(
    not MODEL, reason="set OKR_TEST_MODEL=provider/model or OKR_TEST_GGUF=/path/model.gguf to ask a real model"
)


@pytest.mark.real_model
@asks_a_real_model
@pytest.mark.parametrize("idea", ["Reps win more often against Nexia", "refondre la page tarifs"])
def test_a_draft_with_a_real_model_is_ready(idea: str) -> None:
    (made,) = draft(idea, context=Context(cycle="2026-Q4"), critic=Critic(MODEL, timeout=600.0, cache=False))
    assert made.critique is not None and made.critique.status == "ok", made.critique
    assert made.review.verdict == "ready"


@pytest.mark.real_model
@asks_a_real_model
def test_a_rewrite_with_a_real_model_leaves_no_more_than_the_rules_do() -> None:
    text = "Objective: Publish the comparison page\n- Raise the win rate from 28% to 38% by June and NPS from 30 to 40 by June\n- Create 3 battlecards\n"
    alone = improve(review(text, examples=0))
    both = improve(review(text, examples=0), critic=Critic(MODEL, timeout=600.0, cache=False))
    assert both.critique is not None and both.critique.status == "ok", both.critique
    serious = [[each for each in made.review.findings if each.severity != "advice"] for made in (alone, both)]
    assert len(serious[1]) <= len(serious[0])
