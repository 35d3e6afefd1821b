"""Real models give replies of the form asked for; what they say is judged elsewhere."""

from __future__ import annotations

import os
import threading

import pytest
from opinions import Opinions, question

from reviewer.gateway import Critic, ask

pytestmark = pytest.mark.real_model

SERVED = os.environ.get("OKR_TEST_MODEL", "")
FILE = os.environ.get("OKR_TEST_GGUF", "")
TURNS = (
    {
        "role": "system",
        "content": "For each key result give its nature (outcome, output, activity, unclear), a short quote, and whether you are sure.",
    },
    {"role": "user", "content": '{"key_results": ["Publish 3 battlecards by June", "Raise win rate against Nexia from 31% to 38%"]}'},
    {"role": "user", "content": "Judge these two key results. Ask at most one question."},
)


def asked(model: str) -> tuple[Critic, Opinions]:
    critic = Critic(model, cache=False, timeout=400, attempts=1)
    (answer,) = ask([question(messages=TURNS)], critic)
    assert answer.status == "ok", answer.reason
    assert isinstance(answer.value, Opinions) and answer.tokens > 100 and critic.spent.tokens == answer.tokens
    return critic, answer.value


@pytest.mark.skipif(not SERVED, reason="set OKR_TEST_MODEL=provider/model, and the variables of that provider")
def test_a_served_model_replies_in_the_form_asked_for() -> None:
    _, value = asked(SERVED)
    assert value.key_results
    critic = Critic(SERVED, cache=False, timeout=400, attempts=1)
    (again,) = ask([question(messages=TURNS)], critic)
    assert again.status == "ok" and (again.calls == 1 or again.repaired), "how it wants to be asked is remembered"


@pytest.mark.skipif(not FILE, reason="set OKR_TEST_GGUF=/path/model.gguf, with the extra 'local' installed")
def test_a_model_file_replies_in_the_form_asked_for() -> None:
    critic, value = asked(f"gguf:{FILE}")
    assert value.key_results and critic.destination == "this machine" and critic.spent.cost == 0.0


@pytest.mark.skipif(not FILE, reason="set OKR_TEST_GGUF=/path/model.gguf, with the extra 'local' installed")
def test_a_model_file_stops_when_it_is_told_to() -> None:
    model = f"gguf:{FILE}"
    critic = Critic(model, cache=False, timeout=400, attempts=1)
    threading.Timer(4.0, critic.cancel).start()
    first, second = ask([question(messages=TURNS, max_tokens=6_000), question(messages=TURNS, max_tokens=6_001)], critic)
    assert critic.cancelled and {first.status, second.status} <= {"ok", "failed", "skipped"} and second.status != "ok"
    assert asked(model)[1].key_results


@pytest.mark.skipif(not FILE, reason="set OKR_TEST_GGUF=/path/model.gguf, with the extra 'local' installed")
def test_a_prompt_that_is_too_long_for_a_model_file_is_said() -> None:
    long = ({"role": "user", "content": "win rate against Nexia in Mid-Market " * 2_000},)
    (answer,) = ask([question(messages=long)], Critic(f"gguf:{FILE}", cache=False, timeout=400))
    assert answer.status == "failed" and answer.reason is not None and "too long for this model" in answer.reason
