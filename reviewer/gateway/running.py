"""Ask many questions at once, on an event loop of its own, and give the answers in order."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
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
        for place in open_asks.keys() - answers.keys():  # cancelled before its task had begun
            give(place, _skipped(critic))
        if folder is not None:
            kept.trim(folder)
    return [answers[place] for place in range(len(asks))]


def _run(asks: dict[int, Ask], critic: Critic, give: OnAnswer) -> None:
    """Ask on the loop's thread, and hand on the answers here."""
    loop = _loop(os.getpid())
    came: Queue[tuple[int, Answer] | None] = Queue()
    run = _Run(critic, came)
    running = asyncio.run_coroutine_threadsafe(run.all_of(asks), loop)
    running.add_done_callback(lambda _: came.put(None))

    def stop() -> None:
        run.stopped.set()
        loop.call_soon_threadsafe(run.break_off)

    critic.begin(stop)
    try:
        while True:
            with suppress(Empty):
                if (answer := came.get(timeout=_LOOK_UP)) is None:
                    break
                give(*answer)
    except BaseException:  # Ctrl-C, or an error of on_answer: nothing goes on behind the caller's back
        stop()
        with suppress(Exception):
            running.result(timeout=_STOPPING)
        raise
    finally:
        critic.end(stop)
    running.result()


class _Run:
    """Hold one run on the loop: a task per question, and the queue their answers go to."""

    def __init__(self, critic: Critic, came: Queue[tuple[int, Answer] | None]) -> None:
        self.stopped = threading.Event()
        self._critic = critic
        self._came = came
        self._tasks: list[asyncio.Task[None]] = []

    async def all_of(self, asks: dict[int, Ask]) -> None:
        """Answer all questions; an error in one is a bug, and ends them all."""
        try:
            async with asyncio.TaskGroup() as group:
                self._tasks += [group.create_task(self._one(place, each)) for place, each in asks.items()]
        except BaseExceptionGroup as bugs:
            raise bugs.exceptions[0] from None

    def break_off(self) -> None:
        """Cancel what is under way; questions whose task comes later see `stopped`."""
        for task in self._tasks:
            task.cancel()

    async def _one(self, place: int, asked: Ask) -> None:
        tally = Tally()
        try:
            async with _places(self._critic):
                if self.stopped.is_set():
                    answer = _skipped(self._critic)
                else:
                    answer = await converse(asked, self._critic, kept.folder_of(self._critic.cache), tally)
        except asyncio.CancelledError:
            answer = _skipped(self._critic)
            if tally.calls:
                answer = no_answer("failed", self._critic.model, "cancelled while the model was answering", tally)
        self._came.put((place, answer))


def _skipped(critic: Critic) -> Answer:
    return no_answer("skipped", critic.model, "cancelled before it was asked", Tally())


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
