"""Keep the door of the form: who has asked too much, what to say of what went wrong, and what goes into the log."""

from __future__ import annotations

import logging
import math
import traceback
from dataclasses import dataclass, field
from secrets import token_hex
from threading import BoundedSemaphore
from typing import Any

from reviewer.errors import ReviewerError
from reviewer.okr import Language
from reviewer.web.asking import Model
from reviewer.web.limits import Limits, Turnstile, visitor_of
from reviewer.web.rehearsal import READY, Rehearsal
from reviewer.web.wording import say

PATIENCE = 20.0
"""Seconds that a review waits for the encoder when it is asked for at once after the start; loading takes some three."""

_LOG = logging.getLogger("reviewer.web")


@dataclass(frozen=True)
class Door:
    """Hold what every tab needs of the server: limits, the count of requests, the model chosen, whether the encoder is ready.

    `model_places` bounds how many programs have the model asked at once; visitors wait in the queue for theirs.
    """

    limits: Limits
    model: Model | None = None
    rehearsal: Rehearsal = READY
    turnstile: Turnstile = field(init=False)
    model_places: BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "turnstile", Turnstile(self.limits.a_minute))
        object.__setattr__(self, "model_places", BoundedSemaphore(self.limits.models_at_once))

    def refusal(self, request: Any, language: Language, text: str = "") -> str | None:
        """Say why a request is not answered: too many in a minute, or a text too long; None when it is."""
        if len(text) > self.limits.text:
            return say(language, "too_long", n=len(text), most=self.limits.text)
        seconds = self.turnstile.wait(visitor_of(request))
        if seconds:
            return say(language, "too_often", most=self.limits.a_minute, seconds=math.ceil(seconds))
        return None

    def ready(self) -> bool:
        """Wait a while for the encoder, and tell whether it is ready."""
        return self.rehearsal.wait_for(PATIENCE)


def told(error: Exception, language: Language) -> str:
    """Say what went wrong: a ReviewerError in its own words; anything else is a bug, logged by its kind and place alone.

    A bug's message may quote a draft, so it is neither shown nor logged.
    """
    if isinstance(error, ReviewerError):
        return str(error)
    reference = token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{each.filename.rpartition('/')[2]}:{each.lineno}" for each in reversed(frames[-4:]))
    _LOG.error("request %s failed: %s at %s", reference, type(error).__name__, place)
    return say(language, "broken", reference=reference)
