"""Run the review of a quarter in a folder: read, review, ask, compare; whatever stops it, what was reviewed is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.engine import as_critic
from reviewer.okr import Context, Language, Review, Verdict
from reviewer.quarter import ColumnRole, Entry, QuarterFinding, QuarterReview, ReviewedEntry, TakenFor
from reviewer.quarterly.crew import Chunk, Crew, Done, Lost
from reviewer.quarterly.fingerprints import entry_fingerprint, settings_fingerprint
from reviewer.quarterly.job import Bench, Job, goals_language, language_of
from reviewer.quarterly.progress import Clock, OnProgress
from reviewer.quarterly.sources import entries_of
from reviewer.quarterly.spool import Spool
from reviewer.quarterly.store import CRASHED, OPEN, Row, RunError, Store, explained, only_run, pack
from reviewer.relations import Relations
from reviewer.verdicts import worst

if TYPE_CHECKING:
    from reviewer.encoder import Scale
    from reviewer.gateway import Critic

ALONE = 200
"""Up to so many OKRs one process is done before others have started (a worker takes two seconds to load the encoder)."""

_CHUNK = 128
"""Entries that a worker reviews and writes at once: enough for the encoder and the transaction, a second or so to lose."""

_CHUNK_ALONE = 32
"""The same without workers, where progress is told between chunks."""


class Run:
    """Review a quarter's OKRs, with what was done kept in `folder`; a run with the same settings there is resumed by itself.

    `critic` is a model's name or a `Critic`; `examples` how many near examples each OKR shows (0 never loads the encoder);
    `workers` how many processes review (1: this one; None: one per core from some hundred OKRs on); `mapping` overrides
    what columns are taken for; `last` is the file or files of the last quarter.
    """

    def __init__(
        self,
        folder: Path,
        context: Context | None = None,
        *,
        critic: str | Critic | None = None,
        examples: int = 3,
        workers: int | None = None,
        mapping: Mapping[str, ColumnRole] | None = None,
        last: Any = None,
    ) -> None:
        if examples < 0:
            msg = f"examples must be 0 or more, got {examples}"
            raise ValueError(msg)
        if workers is not None and workers < 1:
            msg = f"workers must be 1 or more, got {workers}"
            raise ValueError(msg)
        self.folder = Path(folder)
        self.context = context or Context()
        self.critic = as_critic(critic)
        self._examples = examples
        self._workers = workers
        self._mapping = mapping
        self._last = last
        self._settings = settings_fingerprint(self.context, examples, self.critic)
        self._store = Store(self.folder)

    def close(self) -> None:
        """Let go of the folder's file."""
        self._store.close()

    def kept(self) -> int:
        """Count the entries that the folder holds reviewed with these settings: what a run need not do again."""
        return self._store.count() if self._store.setting("settings") == self._settings else 0

    def go(self, sources: Any, on_progress: OnProgress | None = None, *, anew: bool = False) -> None:
        """Review what the sources hold and was not reviewed before (`anew`: all of it), then look at the whole.

        After Ctrl-C, a crash or a full disk, the same call takes up where this one stopped.

        Raises:
            RunError: results cannot be written, another run is at work in the folder, or no worker can start.
            ReviewerError: the sources, the mapping or the critic make no sense.
        """
        with only_run(self.folder):
            entries = entries_of(sources, self._mapping)
            try:
                if self.critic is not None:
                    from reviewer.quarterly.asking import check_critic

                    check_critic(self.critic)
                self._store.begin(self._settings, anew=anew)
                total = self._review(entries, on_progress)
                if self.critic is not None:
                    self._ask(total, on_progress)
                self._finish(total, Clock(on_progress, "comparing"))
            except (sqlite3.Error, OSError) as error:
                raise self._unwritten(str(error)) from error

    def entries(self) -> Iterator[ReviewedEntry]:
        """Give the entries reviewed so far, in the order of the files, one at a time from the disk."""
        return self._store.entries()

    def summary(self, since: QuarterReview | Review | None = None) -> QuarterReview:
        """Give the review of the whole without its entries; `since` is an earlier one to compare with.

        A run that was stopped is summed up as far as it came.
        """
        kept = self._store.summary() or self._conclude()
        if since is None:
            return kept
        from reviewer.relations.since import compare

        return kept.model_copy(update={"changes": compare(since, self.entries(), kept.findings)})

    def _review(self, entries: Iterator[Entry | TakenFor], on_progress: OnProgress | None) -> int:
        """Review all entries by the rules; gives how many there are."""
        spool = Spool(self._read(entries), self.folder)
        try:
            clock = Clock(on_progress, "reviewing")
            jobs = self._jobs(spool, clock)
            first = [*islice(jobs, ALONE + 1)] if self._workers is None else []
            count = self._workers or (_cores() if len(first) > ALONE else 1)
            jobs = chain(first, jobs)
            if count > 1:
                self._by_crew(count, jobs, spool, clock)
            else:
                self._alone(jobs, spool, clock)
            if spool.total is None:
                msg = "the reading of the files stopped without a word"
                raise RuntimeError(msg)
            clock.say(spool.total)
            return spool.total
        finally:
            spool.close()

    def _read(self, entries: Iterator[Entry | TakenFor]) -> Iterator[bytes]:
        """Give entries as JSON; what tables were taken for is kept for the end."""
        self._taken: list[TakenFor] = []
        for each in entries:
            if isinstance(each, TakenFor):
                self._taken.append(each)
            else:
                yield each.model_dump_json().encode("utf-8")

    def _jobs(self, spool: Spool, clock: Clock) -> Iterator[Job]:
        """Number the entries, and leave out those that are in their places with a review."""
        numbered = enumerate(spool)
        while some := [*islice(numbered, _CHUNK)]:
            placed = self._store.placed(some[0][0], some[-1][0])
            known = 0
            for at, entry in some:
                fingerprint = entry_fingerprint(entry, self._settings)
                if placed.get(at) == fingerprint:
                    known += 1
                else:
                    yield Job(at, fingerprint, entry)
            if known:
                clock.count(known, spool.total, worked=False)

    def _alone(self, jobs: Iterator[Job], spool: Spool, clock: Clock) -> None:
        bench: Bench | None = None
        try:
            while chunk := [*islice(jobs, _CHUNK_ALONE)]:
                bench = bench or Bench(self.folder, self.context, self._examples, self.critic is not None)
                bench.do(chunk)
                clock.count(len(chunk), spool.total)
        finally:
            if bench is not None:
                bench.close()

    def _by_crew(self, count: int, jobs: Iterator[Job], spool: Spool, clock: Clock) -> None:
        crew = Crew(count, self.folder, self.context, self._examples, self.critic is not None)
        try:
            for answer in crew.do(_chunks(jobs)):
                if isinstance(answer, Done):
                    clock.count(answer.entries, spool.total)
                elif isinstance(answer, Lost):
                    self._explain(answer)
                    clock.count(1, spool.total)
                else:
                    raise self._unwritten(answer.why)
        finally:
            crew.stop()

    def _explain(self, lost: Lost) -> None:
        """Make an entry of the OKR that a worker died of."""
        entry = Entry.model_validate_json(lost.job.entry)
        reason = (
            f"la relecture de cet OKR a mis fin au processus qui la faisait ({lost.how}) ; les autres OKR ont été relus"
            if language_of(entry) == "fr"
            else f"reviewing this OKR ended the process that did it ({lost.how}); the other OKRs were reviewed"
        )
        row = Row(lost.job.at, lost.job.fingerprint, pack(explained(entry, reason)), CRASHED, None, None)
        with self._store.writing():
            self._store.write([row])

    def _ask(self, total: int, on_progress: OnProgress | None) -> None:
        """Ask the critic about every entry it has not answered for."""
        from reviewer.quarterly.asking import ask_about

        assert self.critic is not None
        clock = Clock(on_progress, "asking")
        waits = int(self._store.database.execute("SELECT count(*) FROM run_review WHERE state = ?", (OPEN,)).fetchone()[0])
        clock.count(total - waits, total, worked=False)
        ask_about(self._store, self._relations(goals_language(self.context)), self.context, self.critic, clock, total)

    def _finish(self, total: int, clock: Clock) -> None:
        """Take out what is no more in the files, and conclude."""
        clock.say(total)
        with self._store.writing():
            for at, taken in enumerate(self._taken):
                self._store.take(at, taken)
            gone = self._store.end(total)
            if gone:
                relations = self._relations(goals_language(self.context))
                nothing = explained(Entry.model_construct(), "")
                for at in gone:
                    relations.add(at, nothing, None)
        summary = self._conclude()
        with self._store.writing():
            self._store.keep("summary", summary.model_dump_json())
        clock.count(total, total)

    def _conclude(self) -> QuarterReview:
        """Look at what there is as a whole."""
        language = self._language()
        relations = self._relations(language)
        with self._store.writing():
            if self._last is not None:
                last = (each for each in entries_of(self._last) if isinstance(each, Entry))
                relations.add_last(last, self._encode())
            whole = relations.conclude(self._scale())
        verdict = worst([*self._verdicts(), *(_verdict_of(each) for each in whole.findings)])
        critique = None
        if self.critic is not None:
            from reviewer.quarterly.asking import total_critique

            critique = total_critique(self.entries(), self.critic)
        return QuarterReview(
            language=language,
            verdict=verdict,
            entries=(),
            findings=whole.findings,
            checks=whole.checks,
            muted=whole.muted,
            teams=whole.teams,
            company_objectives=self.context.company_objectives,
            alignment=whole.alignment,
            coverage=whole.coverage,
            taken_for=self._store.taken(),
            notes=whole.notes,
            critique=critique,
        )

    def _relations(self, language: Language) -> Relations:
        return Relations(self._store.database, self.folder, self.context, language)

    def _language(self) -> Language:
        """Give the language that most entries are written in, French where it is as many as English."""
        if self.context.language is not None:
            return self.context.language
        tally = self._store.tally("language")
        counts = {language: tally.get(language, 0) for language in ("fr", "en")}
        if not any(counts.values()):
            return goals_language(self.context)
        return "fr" if counts["fr"] >= counts["en"] else "en"

    def _verdicts(self) -> list[Verdict]:
        return [verdict for verdict in ("ready", "revise", "rethink") if self._store.tally("verdict").get(verdict)]

    def _scale(self) -> Scale | None:
        """Give the scale of the encoder that the run used, as its workers found it."""
        kept = self._store.setting("scale")
        if not self._examples or kept is None:
            return None
        from reviewer.encoder import Scale

        other, same = map(float, kept.split())
        return Scale(other, same)

    def _encode(self) -> Callable[[Sequence[str]], Any] | None:
        """Give the encoder for the last quarter's OKRs, None where this run has none."""
        if self._scale() is None:
            return None
        from reviewer.encoder import load_encoder

        return load_encoder(self.context.settings.encoder).encode

    def _unwritten(self, why: str) -> RunError:
        try:
            kept = f"{self._store.count()} entries are reviewed and kept there"
        except sqlite3.Error:
            kept = "what was reviewed is kept there"
        return RunError(f"the results cannot be written to {str(self.folder)!r} ({why}); {kept}; make room and run it again to go on")


def _chunks(jobs: Iterator[Job]) -> Iterator[Chunk]:
    while chunk := [*islice(jobs, _CHUNK)]:
        yield chunk


def _cores() -> int:
    from reviewer.encoder import core_count

    return core_count()


def _verdict_of(finding: QuarterFinding) -> Verdict:
    return "rethink" if finding.severity == "error" else "revise" if finding.severity == "warning" else "ready"
