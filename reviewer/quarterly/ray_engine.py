"""Review a quarter's OKRs, or an archive of many, on a Ray cluster: the run of `run.py`, its reviews made by a Ray Data job.

Workers read the files and review; this process numbers what comes back in the order of the files, writes it to the run's
folder and compares the whole, as a local run does. Files may stand in any place that fsspec reaches (s3://, gs://, hdfs://,
a folder all machines share); Parquet is read beside the kinds a local run reads.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.okr import Context, Review
from reviewer.quarter import ColumnRole, Entry, TakenFor
from reviewer.quarterly.batch import Outcome, review_batch
from reviewer.quarterly.fingerprints import entry_fingerprint
from reviewer.quarterly.job import Bench, Job
from reviewer.quarterly.progress import Clock, OnProgress
from reviewer.quarterly.run import Run
from reviewer.quarterly.store import RunError

if TYPE_CHECKING:
    import pyarrow

    from reviewer.encoder import Vectors

MISSING = "the engine ray is not installed; install it with: pip install 'okr-reviewer[ray]'"

_BLOCK = 128 * 1024
"""Bytes of entries that one task reviews, some sixty OKRs: little is lost with a machine, and no machine waits long for another."""

_CHUNK = 64
"""OKRs reviewed together inside a task."""

_READING = 0.1
"""Share of a core that a task which reads asks for: other than a task which reviews does, so that Ray keeps the two apart."""

_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]+):/(?=[^/])")
"""The scheme of an address that went through a path on its way here, which takes one of its two slashes."""


class RayRun(Run):
    """Review on a Ray cluster what `Run` reviews on this machine, with the same results, kept in `folder` in the same way.

    The cluster is that of RAY_ADDRESS, else one is started on this machine; `workers` limits how many tasks review at once.
    `machines` counts the OKRs that each machine (by its id in Ray) has reviewed.
    """

    machines: dict[str, int]

    def go(self, sources: Any, on_progress: OnProgress | None = None, *, anew: bool = False) -> None:
        """Review what the sources hold and was not reviewed before (`anew`: all of it), then look at the whole.

        `sources` are files, folders and patterns (`s3://archive/*/okrs.parquet`), as texts or paths.

        Raises:
            RunError: Ray is not installed or cannot be reached, the cluster gave up, or results cannot be written.
            ReviewerError: the sources, the mapping or the critic make no sense.
        """
        listed = [sources] if isinstance(sources, (str, Path)) else [*sources]
        self._sources = [address_of(each) for each in listed]
        self.machines = {}
        super().go([], on_progress, anew=anew)

    def _review(self, _: Iterator[Entry | TakenFor], on_progress: OnProgress | None) -> int:
        """Take in what the cluster reviews, in the order of the files; gives how many entries there are."""
        from reviewer.quarterly.ray_files import find_files

        if "-" in self._sources:
            msg = "standard input cannot be read by a cluster; name a file that all its machines can reach"
            raise RunError(msg)
        clock = Clock(on_progress, "reviewing")
        clock.say(None)
        self._taken = []
        plan = _Plan(self.context.model_dump_json(), self._examples, self._settings, self._mapping, frozenset(self._known()))
        bench = _TakingIn(self.folder, self.context, self._examples, self.critic is not None)
        at = 0
        try:
            with _cluster() as ray, _answers(ray, find_files(self._sources), plan, self._workers) as answers:
                for rows in answers:
                    jobs = []
                    for row in rows:
                        if row["taken"]:
                            self._taken.append(TakenFor.model_validate_json(row["said"]))
                            continue
                        jobs.append(Job(at, row["fingerprint"], row["said"].encode("utf-8")))
                        bench.reviewed[row["fingerprint"]] = row
                        if row["node"]:
                            self.machines[row["node"]] = self.machines.get(row["node"], 0) + 1
                        at += 1
                    if jobs:
                        bench.do(jobs)
                        bench.reviewed.clear()
                        clock.count(len(jobs), None)
        finally:
            bench.close()
        clock.say(at)
        return at

    def _known(self) -> Iterator[bytes]:
        """Give the fingerprints of what an earlier run reviewed, which no machine need review again."""
        for (fingerprint,) in self._store.database.execute("SELECT fingerprint FROM run_review"):
            yield fingerprint


def address_of(source: str | Path) -> str:
    """Give a file's path or address as a text; an address that went through a path gets its second slash back."""
    return _SCHEME.sub(r"\1://", os.fspath(source))


class _Plan(NamedTuple):
    """Hold what every task needs to know."""

    context: str
    examples: int
    settings: str
    mapping: Mapping[str, ColumnRole] | None
    known: frozenset[bytes]


class _TakingIn(Bench):
    """Write down what was reviewed elsewhere, as a bench writes down what it reviews itself."""

    reviewed: dict[bytes, dict[str, Any]]

    def __init__(self, folder: Path, context: Context, examples: int, asking: bool) -> None:
        super().__init__(folder, context, examples, asking)
        self.reviewed = {}

    def do(self, chunk: Sequence[Job]) -> None:
        """Write a chunk down, with the answers in `reviewed`."""
        self._answers = {job.entry: self.reviewed[job.fingerprint] for job in chunk}
        super().do(chunk)

    def _review(self, entries: Sequence[Entry]) -> list[Outcome]:
        return [_outcome(self._answers[entry.model_dump_json().encode("utf-8")]) for entry in entries]


def _outcome(row: Mapping[str, Any]) -> Outcome:
    """Read what a task said of one OKR."""
    if row["review"] is None:
        kind, _, message = str(row["error"]).partition(": ")
        return Outcome(error=type(kind, (Exception,), {})(message))
    vectors: Vectors | None = None
    if row["vectors"] is not None:
        import numpy as np

        vectors = np.frombuffer(row["vectors"], dtype=np.float32).reshape(row["width"], -1)
    return Outcome(Review.model_validate_json(row["review"]), vectors)


@contextmanager
def _cluster() -> Iterator[Any]:
    """Reach the cluster of RAY_ADDRESS, or start one on this machine; what was started here is ended here."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise RunError(MISSING) from error
    ours = not ray.is_initialized()
    if ours:
        address = os.environ.get("RAY_ADDRESS")
        own: dict[str, Any] = {} if address else {"include_dashboard": False}
        try:
            ray.init(address=address, log_to_driver=False, logging_level="ERROR", **own)
        except (ConnectionError, RuntimeError, ValueError) as error:
            msg = f"no Ray cluster can be reached ({error}); set RAY_ADDRESS to one, or leave it unset to start one on this machine"
            raise RunError(msg) from error
    try:
        yield ray
    except ray.exceptions.RayError as error:
        cause = next((line for line in reversed(str(error).strip().splitlines()) if line.strip()), type(error).__name__)
        msg = f"the cluster gave up ({cause.strip()[:300]}); what was reviewed is kept, and the same command goes on from there"
        raise RunError(msg) from error
    finally:
        if ours:
            ray.shutdown()


@contextmanager
def _answers(ray: Any, files: Sequence[dict[str, Any]], plan: _Plan, most: int | None) -> Iterator[Iterator[list[dict[str, Any]]]]:
    """Give what the tasks answer, some entries at a time, in the order of the files whichever is ready first."""
    options = ray.data.DataContext.get_current().copy()
    options.execution_options.preserve_order = True
    options.target_max_block_size = _BLOCK
    options.enable_progress_bars = False
    with ray.data.DataContext.current(options):
        read = ray.data.from_items(files, override_num_blocks=max(1, min(len(files), 1_000))).map_batches(
            partial(_read, mapping=plan.mapping), batch_size=1, batch_format="pyarrow", num_cpus=_READING
        )
        reviewed = read.map_batches(
            _review_block, fn_args=(ray.put(plan),), batch_size=None, batch_format="pyarrow", num_cpus=1, concurrency=most
        )
        batches = reviewed.iter_batches(batch_size=_CHUNK, batch_format="pyarrow", prefetch_batches=1)
        yield (batch.to_pylist() for batch in batches)


def _read(table: pyarrow.Table, mapping: Mapping[str, ColumnRole] | None) -> Iterator[pyarrow.Table]:
    """Read one file, on whichever machine: entries and what tables were taken for, as JSON."""
    import pyarrow as pa

    from reviewer.quarterly.ray_files import entries_of_file

    for file in table.to_pylist():
        found = entries_of_file(file, mapping)
        while some := [*islice(found, _CHUNK)]:
            yield pa.table(
                {
                    "said": pa.array([each.model_dump_json() for each in some], pa.large_string()),
                    "taken": pa.array([isinstance(each, TakenFor) for each in some], pa.bool_()),
                }
            )


def _review_block(table: pyarrow.Table, plan: _Plan) -> Iterator[pyarrow.Table]:
    """Review the entries of one block, on whichever machine."""
    import ray

    from reviewer.encoder import use_cores

    if not isinstance(plan, _Plan):
        plan = ray.get(plan)
    use_cores(1)
    context = Context.model_validate_json(plan.context)
    node = ray.get_runtime_context().get_node_id()
    rows = table.to_pylist()
    for begin in range(0, len(rows), _CHUNK):
        yield _answer([_task(row, plan) for row in rows[begin : begin + _CHUNK]], context, plan.examples, node)


class _Task(NamedTuple):
    said: str
    taken: bool
    fingerprint: bytes
    okr: Entry | None


def _task(row: Mapping[str, Any], plan: _Plan) -> _Task:
    """Tell what is to be done about a row: an OKR that was not reviewed before has its entry."""
    if row["taken"]:
        return _Task(row["said"], True, b"", None)
    fingerprint = entry_fingerprint(row["said"].encode("utf-8"), plan.settings)
    entry = None if fingerprint in plan.known else Entry.model_validate_json(row["said"])
    return _Task(row["said"], False, fingerprint, entry if entry is not None and entry.okr is not None else None)


def _answer(tasks: Sequence[_Task], context: Context, examples: int, node: str) -> pyarrow.Table:
    import numpy as np
    import pyarrow as pa

    todo = [
        (each.okr.okr, context.model_copy(update={"cycle": each.okr.cycle}) if each.okr.cycle else context)
        for each in tasks
        if each.okr and each.okr.okr
    ]
    done = iter(review_batch(todo, examples))
    outcomes = [next(done) if each.okr else Outcome() for each in tasks]
    vectors = [None if each.vectors is None else np.ascontiguousarray(each.vectors, dtype=np.float32) for each in outcomes]
    errors = [None if each.error is None else f"{type(each.error).__name__}: {each.error}" for each in outcomes]
    return pa.table(
        {
            "said": pa.array([each.said for each in tasks], pa.large_string()),
            "taken": pa.array([each.taken for each in tasks], pa.bool_()),
            "fingerprint": pa.array([each.fingerprint for each in tasks], pa.binary()),
            "review": pa.array([each.review.model_dump_json() if each.review else None for each in outcomes], pa.large_string()),
            "vectors": pa.array([None if each is None else each.tobytes() for each in vectors], pa.large_binary()),
            "width": pa.array([None if each is None else len(each) for each in vectors], pa.int32()),
            "error": pa.array(errors, pa.large_string()),
            "node": pa.array([node if each.okr else None for each in tasks], pa.string()),
        }
    )
