"""Be one worker of a run: take chunks on standard input, review and write them, answer on standard output.

Started by `crew.py` as a program of its own and not through multiprocessing, whose children run the caller's script
again: a notebook or a plain script may so review a quarter in parallel.
"""

from __future__ import annotations

import gc
import itertools
import os
import pickle
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any, BinaryIO

from reviewer.errors import ReviewerError
from reviewer.okr import Context

_CHUNKS_BETWEEN = 16
"""Chunks between two searches for cycles: reviews hold none, and the usual searches take a tenth of the time."""


def main() -> None:
    """Work until standard input ends: the caller is done, or dead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the caller ends its workers itself
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a package prints must not be taken for an answer
    orders = sys.stdin.buffer
    from reviewer.encoder import use_cores
    from reviewer.quarterly.job import Bench

    settings: dict[str, Any] = pickle.load(orders)
    use_cores(1)
    try:
        bench = Bench(Path(settings["folder"]), Context.model_validate_json(settings["context"]), settings["examples"], settings["asking"])
    except ReviewerError as error:
        _answer(answers, ("refused", str(error)))
        return
    _answer(answers, ("ready", None))
    gc.disable()
    for number in itertools.count(1):
        if number % _CHUNKS_BETWEEN == 0:
            gc.collect()
        try:
            chunk = pickle.load(orders)
        except EOFError:
            break
        if chunk is None:
            break
        try:
            bench.do(chunk)
        except (sqlite3.Error, OSError) as error:
            _answer(answers, ("unwritten", f"{type(error).__name__}: {error}"))
        except ReviewerError as error:
            _answer(answers, ("refused", str(error)))
        else:
            _answer(answers, ("done", len(chunk)))
    bench.close()
    os._exit(0)  # all is written; taking a large program down object by object serves nobody


def _answer(answers: BinaryIO, said: tuple[str, object]) -> None:
    pickle.dump(said, answers)
    answers.flush()


if __name__ == "__main__":
    main()
