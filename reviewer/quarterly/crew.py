"""Share chunks out among worker processes, and go on when one of them dies."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import IO, NamedTuple

from reviewer.okr import Context
from reviewer.quarterly.job import Job
from reviewer.quarterly.store import RunError

Chunk = Sequence[Job]

_LOOK_UP = 0.2
"""Seconds between two looks for answers; a Ctrl-C is noticed at each of them, on Windows too."""

_GRACE = 10.0
"""Seconds given to a worker to write down the chunk it is at."""

_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")}


class Done(NamedTuple):
    """Say that so many entries were reviewed and written."""

    entries: int


class Lost(NamedTuple):
    """Say that the worker died over one entry, alone in its chunk; `how` it ended."""

    job: Job
    how: str


class Unwritten(NamedTuple):
    """Say that results could not be written."""

    why: str


class Crew:
    """Start workers and give them chunks; at most two a worker wait, so that memory does not grow with the files."""

    def __init__(self, count: int, folder: Path, context: Context, examples: int, asking: bool) -> None:
        self._order = pickle.dumps({"folder": str(folder), "context": context.model_dump_json(), "examples": examples, "asking": asking})
        self._chunks: Queue[Chunk | None] = Queue()
        self._answers: Queue[Done | Lost | Unwritten | BaseException] = Queue()
        self._stopping = threading.Event()
        self._waiting = 2 * count
        self._workers: dict[int, _Worker] = {}
        self._threads = [threading.Thread(target=self._drive, args=(number,), daemon=True) for number in range(count)]
        for thread in self._threads:
            thread.start()

    def do(self, chunks: Iterable[Chunk]) -> Iterator[Done | Lost | Unwritten]:
        """Give the chunks out as workers take them, and what came of them as it comes.

        Raises RunError when a worker cannot start, or refuses the run.
        """
        left = 0
        for chunk in chunks:
            self._chunks.put(chunk)
            left += len(chunk)
            while self._chunks.qsize() >= self._waiting or not self._answers.empty():
                for answer in self._next():
                    left -= _entries(answer)
                    yield answer
        while left > 0:
            for answer in self._next():
                left -= _entries(answer)
                yield answer

    def _next(self) -> Iterator[Done | Lost | Unwritten]:
        """Give the next answer if one comes soon."""
        with suppress(Empty):
            answer = self._answers.get(timeout=_LOOK_UP)
            if isinstance(answer, BaseException):
                raise answer
            yield answer

    def stop(self) -> None:
        """End the workers: each finishes and writes the chunk it is at, and takes no other."""
        self._stopping.set()
        with suppress(Empty):
            while True:
                self._chunks.get_nowait()
        for _ in self._threads:
            self._chunks.put(None)
        for thread in self._threads:
            thread.join(_GRACE)
        for worker in [*self._workers.values()]:
            worker.kill()

    def _drive(self, number: int) -> None:
        """Hand chunks to one worker after the other until there are none."""
        try:
            while (chunk := self._chunks.get()) is not None:
                self._see_to(number, chunk)
        except BaseException as error:  # handed on to the thread that waits for answers
            self._answers.put(error)
        finally:
            if worker := self._workers.pop(number, None):
                worker.end()

    def _see_to(self, number: int, chunk: Chunk) -> None:
        """Have a chunk done; where the worker dies of it, its halves, until the entry that it dies of is alone."""
        if self._stopping.is_set():
            return
        worker = self._workers.get(number)
        if worker is None:
            worker = self._workers[number] = _Worker(self._order)
        try:
            kind, said = worker.ask(chunk)
        except (EOFError, OSError, pickle.UnpicklingError):
            how = worker.post_mortem()
            del self._workers[number]
            if self._stopping.is_set():
                return
            if len(chunk) == 1:
                self._answers.put(Lost(chunk[0], how))
                return
            middle = len(chunk) // 2
            self._see_to(number, chunk[:middle])
            self._see_to(number, chunk[middle:])
            return
        if kind == "done":
            self._answers.put(Done(len(chunk)))
        elif kind == "unwritten":
            self._answers.put(Unwritten(str(said)))
        else:
            raise RunError(str(said))


def _entries(answer: Done | Lost | Unwritten) -> int:
    return answer.entries if isinstance(answer, Done) else 1 if isinstance(answer, Lost) else 0


class _Worker:
    """Hold one worker process."""

    def __init__(self, order: bytes) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        environment = {**_ONE_THREAD, "TOKENIZERS_PARALLELISM": "false"} | dict(os.environ)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "reviewer.quarterly.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        try:
            self._in.write(order)
            self._in.flush()
            kind, said = pickle.load(self._out)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            msg = f"a worker process could not start ({self.post_mortem()}); review in one process instead: workers=1"
            raise RunError(msg) from error
        if kind != "ready":
            self.end()
            raise RunError(str(said))

    def ask(self, chunk: Chunk) -> tuple[str, object]:
        """Have a chunk reviewed and written; raises EOFError or OSError when the process died."""
        pickle.dump(chunk, self._in)
        self._in.flush()
        kind, said = pickle.load(self._out)
        return str(kind), said

    def post_mortem(self) -> str:
        """Say how the process ended, with the last line that it wrote."""
        self.kill()
        code = self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        self._errors.close()
        ended = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"{ended}: {lines[-1][:200]}" if lines else ended

    def end(self) -> None:
        """Let the process end by itself, which it does when its orders end."""
        with suppress(OSError):
            self._in.close()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._out.close()
        self._errors.close()

    def kill(self) -> None:
        """End the process at once, unless it ended."""
        with suppress(OSError):
            self._in.close()
        if self._process.poll() is None:
            try:
                self._process.wait(1.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
