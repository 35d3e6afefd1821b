"""Many questions at once, within the limit; and nothing goes on once somebody says stop."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import Any

import pytest
from event_loops import run_apart
from opinions import GOOD, question
from scripted_model import Endless, Scripted, ScriptedModel, Slow, Status

from reviewer.gateway import Answer, Critic, ask
from reviewer.gateway.running import _loop


def different(count: int) -> list[Any]:
    return [question(messages=({"role": "user", "content": f"Judge draft {number}."},)) for number in range(count)]


def nothing_runs(model: ScriptedModel) -> bool:
    """Tell that no question is under way on the loop, and that the server saw every connection close."""

    async def under_way() -> int:
        return sum("_Run" in repr(each.get_coro()) for each in asyncio.all_tasks())

    left = asyncio.run_coroutine_threadsafe(under_way(), _loop(os.getpid())).result(5)
    hung_up = threading.Event()
    for _ in range(200):
        if not model.busy:
            hung_up.set()
            break
        hung_up.wait(0.05)
    return left == 0 and hung_up.is_set()


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_questions_are_asked_at_once_than_was_said(scripted_model: Scripted, limit: int) -> None:
    model = scripted_model(lambda asked: Slow(0.3, GOOD))
    answers = ask(different(7), Critic("openai/scripted", cache=False, concurrency=limit))
    assert all(each.status == "ok" for each in answers)
    assert model.most_at_once == limit


def test_two_reviews_share_the_limit_of_their_critic(scripted_model: Scripted) -> None:
    model = scripted_model(lambda asked: Slow(0.2, GOOD))
    critic = Critic("openai/scripted", cache=False, concurrency=2)
    reviews = [threading.Thread(target=ask, args=(different(4), critic)) for _ in range(3)]
    for each in reviews:
        each.start()
    for each in reviews:
        each.join()
    assert len(model.requests) == 12 and model.most_at_once == 2 and critic.spent.calls == 12


def test_cancelling_breaks_off_the_calls_under_way_and_skips_the_rest(scripted_model: Scripted) -> None:
    model = scripted_model(lambda asked: Endless())
    critic = Critic("openai/scripted", cache=False, concurrency=2, timeout=300)
    came: list[Answer] = []

    def cancel() -> None:
        model.wait_for(2)
        critic.cancel()

    threading.Thread(target=cancel).start()
    answers = ask(different(5), critic, on_answer=lambda place, answer: came.append(answer))
    assert critic.cancelled and sorted(each.status for each in answers) == ["failed", "failed", "skipped", "skipped", "skipped"]
    assert all("cancelled" in str(each.reason) for each in answers) and len(came) == 5
    assert len(model.requests) == 2 and nothing_runs(model)


def test_a_cancelled_critic_asks_nothing_more(scripted_model: Scripted) -> None:
    model = scripted_model([])
    critic = Critic("openai/scripted")
    critic.cancel()
    assert [each.status for each in ask(different(2), critic)] == ["skipped", "skipped"]
    assert not model.requests


def test_cancelling_ends_a_wait_between_two_tries(scripted_model: Scripted) -> None:
    model = scripted_model([Status(429, "busy", {"Retry-After": "50"})])
    critic = Critic("openai/scripted", cache=False)

    def cancel() -> None:
        model.wait_for(1)
        critic.cancel()

    threading.Thread(target=cancel).start()
    (answer,) = ask(different(1), critic)
    assert answer.status == "failed" and "cancelled" in str(answer.reason) and nothing_runs(model)


def test_ctrl_c_breaks_everything_off_and_is_passed_on(scripted_model: Scripted) -> None:
    model = scripted_model(lambda asked: Endless())
    critic = Critic("openai/scripted", cache=False, concurrency=3, timeout=300)

    def press() -> None:
        model.wait_for(3)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        ask(different(6), critic)
    assert nothing_runs(model) and len(model.requests) == 3


def test_an_error_of_the_caller_breaks_everything_off_and_is_passed_on(scripted_model: Scripted) -> None:
    def reply(asked: dict[str, Any]) -> object:
        return GOOD if "draft 0" in asked["messages"][-1]["content"] else Endless()

    def on_answer(place: int, answer: Answer) -> None:
        raise RuntimeError("the progress bar is gone")

    model = scripted_model(reply)
    with pytest.raises(RuntimeError, match="progress bar"):
        ask(different(3), Critic("openai/scripted", cache=False, timeout=300), on_answer)
    assert nothing_runs(model)


def test_on_answer_is_called_in_the_thread_that_asks(scripted_model: Scripted) -> None:
    scripted_model(lambda asked: GOOD)
    threads: set[int] = set()
    ask(different(3), Critic("openai/scripted", cache=False), lambda place, answer: threads.add(threading.get_ident()))
    assert threads == {threading.get_ident()}


def test_it_works_where_an_event_loop_runs_already(scripted_model: Scripted) -> None:
    scripted_model([GOOD])

    async def notebook() -> list[Answer]:
        return ask(different(1), Critic("openai/scripted", cache=False))

    (answer,) = run_apart(notebook())
    assert answer.status == "ok"
