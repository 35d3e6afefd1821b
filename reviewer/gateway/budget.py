"""Keep the calls of a run within a number of tokens and an amount of money."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


@dataclass(frozen=True, slots=True)
class Spent:
    """Hold the totals of a critic: tokens, US dollars (None where a price is not known), calls, replies from the cache."""

    tokens: int
    cost: float | None
    calls: int
    cached: int


@dataclass(frozen=True, slots=True, eq=False)
class Reservation:
    """Hold what a call may take, before it is made."""

    tokens: int
    cost: float


class Budget:
    """Count what calls take, and let none begin that could pass the limits; reserve and settle belong to the event loop."""

    def __init__(self, max_tokens: int | None, max_cost: float | None) -> None:
        self._max_tokens = max_tokens
        self._max_cost = max_cost
        self._lock = threading.Lock()
        self._open: set[Reservation] = set()
        self._settled: asyncio.Event | None = None  # set when a call gives back what it did not take
        self._tokens = 0
        self._cost = 0.0
        self._unpriced = False
        self._calls = 0
        self._cached = 0
        self._lost_tokens = 0  # of calls that broke off: perhaps charged, never reported; they count against the limits only
        self._lost_cost = 0.0

    @property
    def spent(self) -> Spent:
        """Give the totals so far; any thread may ask."""
        with self._lock:
            return Spent(self._tokens, None if self._unpriced else self._cost, self._calls, self._cached)

    async def reserve(self, tokens: int, cost: float) -> Reservation | None:
        """Set aside what a call may take; None when it could pass a limit.

        Where only the calls under way stand in the room, it waits for what they really take.
        """
        import asyncio

        asked = Reservation(tokens, cost)
        while True:
            with self._lock:
                if not self._fits(asked, ()):
                    return None
                if self._fits(asked, self._open):
                    self._open.add(asked)
                    return asked
                settled = self._settled = self._settled or asyncio.Event()
            await settled.wait()

    def settle(self, reserved: Reservation, tokens: int, cost: float | None) -> None:
        """Put what a call really took in the place of what was set aside for it."""
        with self._lock:
            self._tokens += tokens
            self._cost += cost or 0.0
            self._unpriced |= cost is None
            self._calls += 1
            self._close(reserved)

    def lose(self, reserved: Reservation) -> None:
        """Count a call that broke off: nobody knows what it took, so all that was set aside stays so."""
        with self._lock:
            self._calls += 1
            self._lost_tokens += reserved.tokens
            self._lost_cost += reserved.cost
            self._close(reserved)

    def release(self, reserved: Reservation) -> None:
        """Give back what was set aside for a call that was never made."""
        with self._lock:
            self._close(reserved)

    def count_cached(self) -> None:
        """Count a reply that the cache gave."""
        with self._lock:
            self._cached += 1

    def refusal(self, asked: int, cost: float) -> str:
        """Say in words which limit a call of `asked` tokens and `cost` dollars could pass."""
        with self._lock:
            if self._max_tokens is not None and self._tokens + self._lost_tokens + asked > self._max_tokens:
                left = max(0, self._max_tokens - self._tokens - self._lost_tokens)
                return f"the budget of {self._max_tokens:,} tokens has {left:,} left, and this call may take {asked:,}"
            left_over = max(0.0, (self._max_cost or 0.0) - self._cost - self._lost_cost)
            return f"the budget of ${self._max_cost or 0.0:.4g} has ${left_over:.4f} left, and this call may cost ${cost:.4f}"

    def _fits(self, asked: Reservation, others: set[Reservation] | tuple[()]) -> bool:
        tokens = self._tokens + self._lost_tokens + asked.tokens + sum(each.tokens for each in others)
        cost = self._cost + self._lost_cost + asked.cost + sum(each.cost for each in others)
        return (self._max_tokens is None or tokens <= self._max_tokens) and (self._max_cost is None or cost <= self._max_cost)

    def _close(self, reserved: Reservation) -> None:
        self._open.discard(reserved)
        if self._settled is not None:
            self._settled.set()
            self._settled = None
