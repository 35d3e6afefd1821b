"""Say which models to ask, and within which limits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reviewer.gateway.asking import GatewayError
from reviewer.gateway.budget import Budget, Spent
from reviewer.gateway.destinations import GGUF, place_of


class Critic:
    """Say which models to ask and within which limits; keeps its budget across the reviews it is passed to.

    `model` is a LiteLLM model string ("provider/model") or a model file ("gguf:/path/model.gguf"); `fallbacks` are asked
    in order where it fails. `timeout` is in seconds, for one reply as a whole; `attempts` says how often one call is tried
    when the provider is busy or away; `concurrency` how many questions are asked at once. `max_tokens` and `max_cost`
    (US dollars) bound all calls of this critic together. `cache` keeps replies on disk (True: in the user's cache folder).
    `redact` and `private_words` ask for placeholders in the place of names and amounts.

    Raises GatewayError when a model string or a limit makes no sense.
    """

    def __init__(
        self,
        model: str,
        *,
        fallbacks: Sequence[str] = (),
        timeout: float = 60.0,
        attempts: int = 3,
        concurrency: int = 4,
        max_tokens: int | None = None,
        max_cost: float | None = None,
        cache: bool | Path = True,
        redact: bool = False,
        private_words: Sequence[str] = (),
    ) -> None:
        self.models = tuple(_checked(each) for each in (model, *((fallbacks,) if isinstance(fallbacks, str) else fallbacks)))
        self.model = self.models[0]
        self.timeout = float(_positive("timeout", timeout, "seconds for one reply, such as 60"))
        self.attempts = int(_positive("attempts", attempts, "1 for a single try"))
        self.concurrency = int(_positive("concurrency", concurrency, "1 to ask one question at a time"))
        self.max_tokens = None if max_tokens is None else int(_positive("max_tokens", max_tokens, "None for no limit"))
        self.max_cost = None if max_cost is None else float(_positive("max_cost", max_cost, "None for no limit"))
        self.cache = cache
        self.redact = redact
        self.private_words = tuple(private_words)
        self.budget = Budget(self.max_tokens, self.max_cost)
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._runs: list[Callable[[], None]] = []

    @classmethod
    def from_text(cls, text: str, **limits: Any) -> Critic:
        """Read "provider/model", or several with commas between them: the first is asked, the others are its fallbacks.

        A path after gguf: may hold commas when it stands alone. Raises GatewayError as the constructor does.
        """
        text = text.strip()
        alone = text.startswith(GGUF) and text.endswith(".gguf") and text.count(GGUF) == 1
        models = [text] if alone else [each.strip() for each in text.split(",") if each.strip()]
        return cls(models[0] if models else "", fallbacks=models[1:], **limits)

    @property
    def destination(self) -> str:
        """Say where text goes, for people: "this machine", a host, or a provider's name; several are joined."""
        return ", ".join(dict.fromkeys(place_of(each).name for each in self.models))

    @property
    def local(self) -> bool:
        """Tell that no text leaves this machine."""
        return all(place_of(each).local for each in self.models)

    @property
    def spent(self) -> Spent:
        """Give the totals so far; any thread may ask."""
        return self.budget.spent

    @property
    def cancelled(self) -> bool:
        """Tell that `cancel` was called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Break off the calls under way and skip those still waiting, for good; any thread may call this."""
        self._cancelled.set()
        with self._lock:
            runs = list(self._runs)
        for stop in runs:
            stop()

    def begin(self, stop: Callable[[], None]) -> None:
        """Enter a run, to be stopped by `stop` when this critic is cancelled."""
        with self._lock:
            self._runs.append(stop)
        if self.cancelled:
            stop()

    def end(self, stop: Callable[[], None]) -> None:
        """Leave a run that was entered with `begin`."""
        with self._lock:
            self._runs.remove(stop)

    def __repr__(self) -> str:
        """Name the models."""
        return f"Critic({', '.join(map(repr, self.models))})"


def _checked(model: str) -> str:
    model = model.strip() if isinstance(model, str) else model
    if not model or not isinstance(model, str):
        msg = f"no model is named: {model!r}; write provider/model, such as openai/gpt-4o-mini, or gguf:/path/model.gguf"
        raise GatewayError(msg)
    if model.startswith(GGUF):
        if model == GGUF:
            msg = "gguf: names no file; write gguf:/path/model.gguf"
            raise GatewayError(msg)
        return model
    provider, slash, name = model.partition("/")
    if not slash or not provider or not name or "://" in model or any(each.isspace() for each in model):
        msg = (
            f"{model!r} is no model; write provider/model, such as openai/gpt-4o-mini, or gguf:/path/model.gguf "
            "(the address of a server goes in a variable such as OPENAI_API_BASE)"
        )
        raise GatewayError(msg)
    return model


def _positive(name: str, value: float, example: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0 or value == float("inf"):
        msg = f"{name} must be a number above zero, not {value!r}; {example}"
        raise GatewayError(msg)
    if name in ("attempts", "concurrency", "max_tokens") and value != int(value):
        msg = f"{name} must be a whole number, not {value!r}"
        raise GatewayError(msg)
    return value
