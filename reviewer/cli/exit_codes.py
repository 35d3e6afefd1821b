"""Name the exit codes of the command; other programs depend on them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Tell a script how the command ended."""

    CLEAN = 0
    FINDINGS = 1
    BAD_INPUT = 2
    NOT_JUDGED = 4
    INTERRUPTED = 130
