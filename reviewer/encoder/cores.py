"""Say how many processor cores the encoder may use."""

from __future__ import annotations

import os

_most_cores: int | None = None


def use_cores(most: int | None) -> None:
    """Let the encoder of this process use at most so many cores; several processes that encode at once each take one."""
    global _most_cores
    _most_cores = most


def core_count() -> int:
    """Give the number of processor cores that the encoder of this process may use."""
    if _most_cores is not None:
        return _most_cores
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
