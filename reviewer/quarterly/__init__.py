"""Review a quarter's OKRs in one go: many files, several processes, results on disk as they come."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reviewer.quarterly.reviewing import review_quarter

if TYPE_CHECKING:
    from reviewer.quarterly.progress import Progress
    from reviewer.quarterly.run import Run
    from reviewer.quarterly.store import RunError

__all__ = ["Progress", "Run", "RunError", "review_quarter"]

_HELD_BY = {"Progress": "progress", "Run": "run", "RunError": "store"}


def __getattr__(name: str) -> Any:
    """Load what a run needs when it is asked for: `import reviewer` needs none of it."""
    if name not in _HELD_BY:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HELD_BY[name]}"), name)
