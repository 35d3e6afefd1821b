"""A budget holds whatever happens at once, and a run that has spent it ends cleanly."""

from __future__ import annotations

from typing import Any

import pytest
from opinions import GOOD, question
from scripted_model import Completion, Endless, Scripted, Slow, Status

from reviewer.gateway import Critic, GatewayError, ask


def different(count: int, **changed: Any) -> list[Any]:
    return [question(messages=({"role": "user", "content": f"Judge draft {number}."},), **changed) for number in range(count)]


@pytest.mark.parametrize("concurrency", [1, 4, 12])
def test_no_call_begins_that_could_pass_the_tokens(scripted_model: Scripted, concurrency: int) -> None:
    model = scripted_model(lambda asked: Slow(0.05, GOOD))
    critic = Critic("openai/scripted", cache=False, max_tokens=1_500, concurrency=concurrency)
    answers = ask(different(12), critic)
    done = [each for each in answers if each.status == "ok"]
    left = [each for each in answers if each.status == "skipped"]
    assert len(done) + len(left) == 12 and done and left
    assert critic.spent.tokens == 150 * len(done) <= 1_500 and len(model.requests) == len(done)
    assert 1_500 - critic.spent.tokens < 150 + 500, "what was left would not have been enough for a call and its estimate"
    for each in left:
        assert each.reason is not None and "budget of 1,500 tokens" in each.reason and each.calls == 0


def test_a_budget_is_kept_across_runs(scripted_model: Scripted) -> None:
    scripted_model(lambda asked: GOOD)
    critic = Critic("openai/scripted", cache=False, max_tokens=800, concurrency=1)
    statuses = [ask([each], critic)[0].status for each in different(8)]
    assert statuses == sorted(statuses) and set(statuses) == {"ok", "skipped"}


def test_no_call_begins_that_could_pass_the_cost(scripted_model: Scripted) -> None:
    model = scripted_model(lambda asked: GOOD)
    critic = Critic("openai/gpt-4o-mini", cache=False, max_cost=0.0005, concurrency=3)
    answers = ask(different(20), critic)
    done = [each for each in answers if each.status == "ok"]
    assert 0 < len(done) < 20 and len(model.requests) == len(done)
    assert done[0].cost == pytest.approx(100 * 0.15e-6 + 50 * 0.6e-6)
    assert critic.spent.cost == pytest.approx(sum(each.cost or 0 for each in done)) and (critic.spent.cost or 1) <= 0.0005
    assert all("budget of $0.0005" in str(each.reason) for each in answers if each.status == "skipped")


def test_a_repair_that_the_budget_forbids_is_a_failure_that_says_so(scripted_model: Scripted) -> None:
    model = scripted_model([Completion("no JSON", prompt_tokens=600, completion_tokens=100)])
    (answer,) = ask(different(1), Critic("openai/scripted", cache=False, max_tokens=1_000))
    assert answer.status == "failed" and answer.reason is not None and "budget of 1,000 tokens" in answer.reason
    assert answer.tokens == 700 and len(model.requests) == 1


def test_a_call_that_broke_off_counts_against_the_limit_but_not_in_the_totals(scripted_model: Scripted) -> None:
    model = scripted_model([Endless()])
    critic = Critic("openai/scripted", cache=False, max_tokens=800, timeout=3, attempts=5, concurrency=1)
    first, second = ask(different(2), critic)
    assert first.status == "failed" and first.reason is not None and "budget" in first.reason
    assert second.status == "skipped" and len(model.requests) == 1
    assert critic.spent.tokens == 0 and critic.spent.calls == 1


def test_a_refused_call_takes_nothing_from_the_budget(scripted_model: Scripted) -> None:
    scripted_model([Status(401, "no"), GOOD])
    critic = Critic("openai/scripted", cache=False, max_tokens=700, concurrency=1)
    assert [each.status for each in ask(different(2), critic)] == ["failed", "ok"]


def test_a_budget_in_dollars_needs_a_price(scripted_model: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    model = scripted_model([])
    monkeypatch.setenv("MISTRAL_API_KEY", "key-of-the-test-0123456789")
    with pytest.raises(GatewayError, match=r"price of mistral/house-model is not known.*max_tokens"):
        ask(different(1), Critic("mistral/house-model", max_cost=1.0))
    with pytest.raises(GatewayError, match="max_tokens"):
        ask(different(1), Critic("openai/scripted", fallbacks=["mistral/house-model"], max_cost=1.0))
    assert not model.requests


def test_what_runs_on_this_machine_costs_nothing(scripted_model: Scripted) -> None:
    scripted_model([GOOD])
    critic = Critic("openai/scripted", cache=False, max_cost=0.01)
    (answer,) = ask(different(1), critic)
    assert answer.status == "ok" and answer.cost == 0.0 and critic.spent.cost == 0.0 and critic.spent.tokens == 150
