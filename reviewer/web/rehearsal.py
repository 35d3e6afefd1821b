"""Load the encoder before the first visitor needs it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

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

    def begin(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="okr-rehearsal", daemon=True)
            self._thread.start()

    def wait_for(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; tell whether it is."""
        if self._thread is None:
            return False
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with suppress(Exception):  # what goes wrong here goes wrong again, and is told, in a visitor's review
            self._rehearse()


def _review_ours() -> None:
    for language in ("en", "fr"):
        ours = our_drafts(language)[0]
        review(ours.draft, context=Context(company_objectives=tuple(ours.company.splitlines())), examples=1)


READY = Rehearsal()
"""One for the process, as the encoder is; it knows nothing of any visitor."""
