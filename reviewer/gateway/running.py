"""Ask many questions at once, on an event loop of its own, and give the answers in order."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import cache
from queue import Empty, Queue
from weakref import WeakKeyDictionary

from reviewer.gateway import cache as kept
from reviewer.gateway import provider
from reviewer.gateway.asking import Answer, Ask
from reviewer.gateway.calling import Tally
from reviewer.gateway.conversing import converse, kept_answer, no_answer
from reviewer.gateway.critic import Critic

OnAnswer = Callable[[int, Answer], None]

_LOOK_UP = 0.2
"""Seconds between two looks at what came in; a Ctrl-C is noticed at each of them, on Windows too."""
_STOPPING = 5.0
"""Seconds given to calls under way to break off."""


def ask_all(asks: Sequence[Ask], critic: Critic, on_answer: OnAnswer | None = None) -> list[Answer]:
    """Do what `reviewer.gateway.ask` says."""
    answers: dict[int, Answer] = {}

    def give(place: int, answer: Answer) -> None:
        answers[place] = answer
        if on_answer is not None:
            on_answer(place, answer)

    folder = kept.folder_of(critic.cache)
    if critic.cancelled:
        for place in range(len(asks)):
            give(place, _skipped(critic))
    for place, each in enumerate(asks):
        if place not in answers and (answer := kept_answer(each, critic.model, folder)):
            critic.budget.count_cached()
            give(place, answer)
    open_asks = {place: each for place, each in enumerate(asks) if place not in answers}
    if open_asks:
        provider.check(critic.models, critic.max_cost)
        _run(open_asks, critic, give)
        if folder is not None:
            kept.trim(folder)
    return [answers[place] for place in range(len(asks))]


def _run(asks: dict[int, Ask], critic: Critic, give: OnAnswer) -> None:
    """Ask on the loop's thread, and hand on the answers here."""
    loop = _loop(os.getpid())
    came: Queue[tuple[int, Answer]] = Queue()
    tasks: list[asyncio.Task[None]] = []
    running = asyncio.run_coroutine_threadsafe(_all(asks, critic, tasks, came), loop)

    def stop() -> None:
        def cancel() -> None:
            for task in tasks:
                task.cancel()

        loop.call_soon_threadsafe(cancel)

    critic.begin(stop)
    try:
        while not (running.done() and came.empty()):
            with suppress(Empty):
                give(*came.get(timeout=_LOOK_UP))
    except BaseException:  # Ctrl-C, or an error of on_answer: nothing goes on behind the caller's back
        stop()
        _wait(running)
        raise
    finally:
        critic.end(stop)
    running.result()


async def _all(asks: dict[int, Ask], critic: Critic, tasks: list[asyncio.Task[None]], came: Queue[tuple[int, Answer]]) -> None:
    """Run one task per question; an error in one is a bug, and ends them all."""
    try:
        async with asyncio.TaskGroup() as group:
            for place, each in asks.items():
                tasks.append(group.create_task(_one(place, each, critic, came)))
    except BaseExceptionGroup as bugs:
        raise bugs.exceptions[0] from None


async def _one(place: int, asked: Ask, critic: Critic, came: Queue[tuple[int, Answer]]) -> None:
    tally = Tally()
    try:
        async with _places(critic):
            if critic.cancelled:
                answer = _skipped(critic)
            else:
                answer = await converse(asked, critic, kept.folder_of(critic.cache), tally)
    except asyncio.CancelledError:
        answer = no_answer("failed", critic.model, "cancelled while the model was answering", tally) if tally.calls else _skipped(critic)
    came.put((place, answer))


def _skipped(critic: Critic) -> Answer:
    return no_answer("skipped", critic.model, "cancelled before it was asked", Tally())


def _wait(running: Future[None]) -> None:
    with suppress(Exception):
        running.result(timeout=_STOPPING)


_limits: WeakKeyDictionary[Critic, tuple[asyncio.AbstractEventLoop, asyncio.Semaphore]] = WeakKeyDictionary()


def _places(critic: Critic) -> asyncio.Semaphore:
    """Give the places for questions under way, shared by all runs of a critic; belongs to the loop's thread."""
    loop = asyncio.get_running_loop()
    known = _limits.get(critic)
    if known is None or known[0] is not loop:
        known = (loop, asyncio.Semaphore(critic.concurrency))
        _limits[critic] = known
    return known[1]


_starting = threading.Lock()


def _loop(process: int) -> asyncio.AbstractEventLoop:
    """Give the one event loop of this process, on a thread of its own.

    One for all runs: connections are kept between them, and LiteLLM ties its clients to the loop they began on.
    """
    with _starting:
        return _started(process)


@cache
def _started(process: int) -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name=f"okr-gateway-{process}", daemon=True).start()
    return loop
