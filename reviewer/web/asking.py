"""Ask the server's model about one visitor's draft, after the rules, with progress and a way to stop."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from queue import Empty, Queue
from typing import TYPE_CHECKING, NamedTuple

from reviewer.okr import Context, Review

if TYPE_CHECKING:
    from reviewer.gateway import Critic

_TICK = 1.0
"""Seconds between two signs of life while a model reads."""


class Reading(NamedTuple):
    """Say how far a model is: OKRs answered of how many, seconds passed; then `review`, or `error`, or that it was `stopped`."""

    done: int
    total: int
    seconds: int
    review: Review | None = None
    error: str | None = None
    stopped: bool = False


class Model:
    """Hold the model that whoever runs the server has chosen; a visitor chooses none, and only says whether it is asked."""

    def __init__(self, named: str) -> None:
        self.named = named
        self._running: dict[str, Critic] = {}
        self._lock = threading.Lock()
        first = self.critic()
        self.model, self.local, self.destination = first.model, first.local, first.destination

    @classmethod
    def from_environment(cls) -> Model | None:
        """Read OKR_MODEL; None when it names none. Raises GatewayError for a name that no model could be asked by."""
        named = os.environ.get("OKR_MODEL", "").strip()
        return cls(named) if named else None

    def critic(self) -> Critic:
        """Make a critic for one request; replies are kept on disk only where OKR_MODEL_CACHE says so: they quote drafts."""
        from reviewer.gateway import Critic

        return Critic.from_text(
            self.named, cache=os.environ.get("OKR_MODEL_CACHE", "") == "1", redact=os.environ.get("OKR_REDACT", "") == "1"
        )

    def stop(self, visitor: str) -> None:
        """Break off what is being asked for a visitor; nothing when nothing is."""
        with self._lock:
            critic = self._running.pop(visitor, None)
        if critic is not None:
            critic.cancel()

    def asked_for(self, visitor: str) -> Critic:
        """Make a critic that `stop` reaches; what was still being asked for the visitor is stopped."""
        self.stop(visitor)
        critic = self.critic()
        with self._lock:
            self._running[visitor] = critic
        return critic

    def release(self, visitor: str, critic: Critic) -> None:
        """Forget a critic that has ended."""
        with self._lock:
            if self._running.get(visitor) is critic:
                del self._running[visitor]

    def read(self, review: Review, context: Context, visitor: str) -> Iterator[Reading]:
        """Have a review criticised: how far it is every second, then the review with what was added."""
        from reviewer.critique import criticise
        from reviewer.errors import ReviewerError

        critic = self.asked_for(visitor)
        told: Queue[Reading] = Queue()
        total, begun = len(review.okrs), time.monotonic()

        def passed() -> int:
            return int(time.monotonic() - begun)

        def work() -> None:
            try:
                merged = criticise(review, context, critic, lambda done, of: told.put(Reading(done, of, passed())))
                told.put(Reading(total, total, passed(), merged, stopped=critic.cancelled))
            except ReviewerError as error:
                told.put(Reading(0, total, passed(), error=str(error)))
            except Exception as error:  # the rules' review stands, whatever happens here
                told.put(Reading(0, total, passed(), error=f"{type(error).__name__}."))

        threading.Thread(target=work, name="okr-critique", daemon=True).start()
        done = 0
        try:
            while True:
                try:
                    reading = told.get(timeout=_TICK)
                except Empty:
                    reading = Reading(done, total, passed())
                done = reading.done
                yield reading
                if reading.review is not None or reading.error is not None or reading.stopped:
                    return
        finally:
            # a visitor who left waits for nothing
            critic.cancel()
            self.release(visitor, critic)
