"""Review a chunk of entries and write it down in one transaction: what each worker does, and a run without workers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer.language.detect import detect_language
from reviewer.okr import Context, Language
from reviewer.quarter import Entry, ReviewedEntry
from reviewer.quarterly.batch import Outcome, encode_batch, review_batch, scale_at_hand
from reviewer.quarterly.store import DONE, OPEN, Row, Store, explained, pack
from reviewer.relations import Relations

if TYPE_CHECKING:
    from reviewer.encoder import Vectors


class Job(NamedTuple):
    """Hold one entry to review: its number (0-based), its fingerprint, the entry as JSON."""

    at: int
    fingerprint: bytes
    entry: bytes


class Bench:
    """Review chunks for one run; each process has its own."""

    def __init__(self, folder: Path, context: Context, examples: int, asking: bool) -> None:
        self._context = context
        self._examples = examples
        self._asking = asking
        self._cycles: dict[str, Context] = {}
        self.store = Store(folder)
        with self.store.writing():
            self.relations = Relations(self.store.database, folder, context, goals_language(context))

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    def do(self, chunk: Sequence[Job]) -> None:
        """Review what was not reviewed before, and write the chunk down.

        Raises sqlite3.Error or OSError when it cannot be written; then nothing of the chunk is.
        """
        known = self.store.known([job.fingerprint for job in chunk])
        entries = [Entry.model_validate_json(job.entry) for job in chunk]
        new = [at for at, job in enumerate(chunk) if job.fingerprint not in known and entries[at].okr is not None]
        outcomes = dict(zip(new, self._review([entries[at] for at in new]), strict=True))
        vectors: dict[int, Vectors | None] = {at: outcome.vectors for at, outcome in outcomes.items()}
        vectors.update(self._again({at: known[job.fingerprint] for at, job in enumerate(chunk) if job.fingerprint in known}))
        reviewed = [known.get(job.fingerprint) or self._reviewed(entries[at], outcomes.get(at)) for at, job in enumerate(chunk)]
        rows = [
            self._row(job, each, vectors.get(at))
            for at, (job, each) in enumerate(zip(chunk, reviewed, strict=True))
            if job.fingerprint not in known
        ]
        with self.store.writing():
            self.store.write(rows)
            for at, (job, each) in enumerate(zip(chunk, reviewed, strict=True)):
                self.store.place(job.at, job.fingerprint)
                if not self._asking or job.fingerprint in known or each.review is None:
                    self.relations.add(job.at, each, vectors.get(at))
            if self._examples and any(each is not None for each in vectors.values()) and self.store.setting("scale") is None:
                scale = scale_at_hand(self._context.settings.encoder)
                self.store.keep("scale", f"{scale.other!r} {scale.same!r}" if scale else None)

    def _review(self, entries: Sequence[Entry]) -> list[Outcome]:
        return review_batch([(entry.okr, self._in_cycle(entry.cycle)) for entry in entries if entry.okr is not None], self._examples)

    def _in_cycle(self, cycle: str | None) -> Context:
        """Give the context of an entry: a file's own column says more than what holds for all."""
        if not cycle:
            return self._context
        if cycle not in self._cycles:
            if len(self._cycles) > 1000:
                self._cycles.clear()
            self._cycles[cycle] = self._context.model_copy(update={"cycle": cycle})
        return self._cycles[cycle]

    def _again(self, known: dict[int, ReviewedEntry]) -> dict[int, Vectors | None]:
        """Encode again what was reviewed before and stands elsewhere now."""
        places = [at for at, each in known.items() if each.review is not None and each.review.okrs]
        if not places or not self._examples:
            return {}
        reviews = [each.review for at in places if (each := known[at]).review is not None]
        return dict(zip(places, encode_batch([each for each in reviews if each], self._context.settings.encoder), strict=True))

    def _reviewed(self, entry: Entry, outcome: Outcome | None) -> ReviewedEntry:
        if outcome is None:
            return ReviewedEntry(entry=entry, reason=entry.reason)
        if outcome.review is None:
            return explained(entry, _failed(entry, outcome.error))
        okr = outcome.review.okrs[0]
        return ReviewedEntry(entry=entry, team=okr.team, review=outcome.review, verdict=okr.verdict)

    def _row(self, job: Job, reviewed: ReviewedEntry, vectors: Vectors | None) -> Row:
        review = reviewed.review
        waits = self._asking and review is not None
        kept = None
        if waits and vectors is not None:
            import numpy as np

            kept = np.ascontiguousarray(vectors, dtype=np.float16).tobytes()
        return Row(
            job.at, job.fingerprint, pack(reviewed), OPEN if waits else DONE, review.language if review else None, reviewed.verdict, kept
        )


def goals_language(context: Context) -> Language:
    """Give the language of the company objectives, known before any OKR is read."""
    return context.language or detect_language("\n".join(context.company_objectives), "en")


def _failed(entry: Entry, error: Exception | None) -> str:
    said = f"{type(error).__name__}: {error}" if error is not None else ""
    if language_of(entry) == "fr":
        return f"cet OKR n’a pas pu être relu ({said}) ; les autres l’ont été"
    return f"this OKR could not be reviewed ({said}); the others were"


def language_of(entry: Entry) -> Language:
    """Give the language that an entry is written in, as far as its words tell."""
    okr = entry.okr
    return detect_language("\n".join((okr.objective, *okr.key_results)) if okr else "", "en")
