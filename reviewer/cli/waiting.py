"""Say that something takes its time, where a person is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LOADING = "looking for examples: loading the model, which takes a moment ..."


@contextmanager
def waiting(what: str = LOADING) -> Iterator[None]:
    """Show one line on standard error while the work lasts, and take it away again; nothing when no terminal is there."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    if watched:
        _show(f"okr: {what}")
    try:
        yield
    finally:
        if watched:
            _show("\r\x1b[K")


def _show(text: str) -> None:
    with suppress(OSError):
        print(text, end="", file=sys.stderr, flush=True)
