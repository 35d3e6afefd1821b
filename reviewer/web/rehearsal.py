"""Load the encoder before the first visitor needs it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from reviewer.engine import review
from reviewer.okr import Context
from reviewer.web.drafts import our_drafts


class Rehearsal:
    """Load the encoder once, in the background, by reviewing a draft of our own: the first visitor does not wait for it.

    Reviews that come while it loads wait for it, so that it is not loaded twice.
    """

    def __init__(self, rehearse: Callable[[], object] | None = None) -> None:
        self._rehearse = rehearse or _review_ours
        self._thread: Thread | None = None
        self._now = Event()
        self._after = 0.0

    def begin(self, after: float = 0.0) -> None:
        """Begin, unless it has begun: in so many seconds, or as soon as somebody is there (`hurry`)."""
        if self._thread is None:
            self._after = after
            self._thread = Thread(target=self._run, name="okr-rehearsal", daemon=True)
            self._thread.start()

    def hurry(self) -> None:
        """Begin now: a visitor has the page before them, and will need the encoder next."""
        self._now.set()

    def wait_for(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; tell whether it is."""
        if self._thread is None:
            return False
        if seconds > 0:
            self.hurry()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._now.wait(self._after)
        with suppress(Exception):  # what goes wrong here goes wrong again, and is told, in a visitor's review
            self._rehearse()
        gc.collect()
        gc.freeze()  # what is loaded now stays: looking through it for garbage would hold up a review by a quarter of a second


def _review_ours() -> None:
    for language in ("en", "fr"):
        ours = our_drafts(language)[0]
        review(ours.draft, context=Context(company_objectives=tuple(ours.company.splitlines())), examples=1)


READY = Rehearsal()
"""One for the process, as the encoder is; it knows nothing of any visitor."""
