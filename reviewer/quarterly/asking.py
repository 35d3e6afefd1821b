"""Ask a model about OKRs that the rules have reviewed, several at once, and write each answer down as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from reviewer.okr import Context, Critique, Dropped
from reviewer.quarter import ReviewedEntry
from reviewer.quarterly.progress import Clock
from reviewer.quarterly.store import DONE, OPEN, Store, Waiting, pack
from reviewer.relations import Relations

if TYPE_CHECKING:
    from reviewer.encoder import Vectors
    from reviewer.gateway import Critic

_LOOK_UP = 0.2
"""Seconds between two looks for a Ctrl-C."""


def check_critic(critic: Critic) -> None:
    """Raise GatewayError, before any work is done, when the critic cannot be asked at all."""
    from reviewer.gateway import provider

    provider.check(critic.models, critic.max_cost)


def ask_about(store: Store, relations: Relations, context: Context, critic: Critic, clock: Clock, total: int) -> None:
    """Ask about every entry that waits for it, within the critic's limits and one budget for them all.

    An answer is written as soon as it comes, for it was paid for. Where none comes (the budget is spent, the model
    fails) the review stays as the rules made it and says so, and it is asked about again when the run is resumed.
    """
    waiting = _waiting(store)
    under_way: dict[Future[ReviewedEntry], Waiting] = {}
    with ThreadPoolExecutor(critic.concurrency, thread_name_prefix="okr-asking") as threads:
        try:
            more = True
            while more or under_way:
                while more and len(under_way) < 2 * critic.concurrency:
                    entry = next(waiting, None)
                    more = entry is not None
                    if entry is not None:
                        under_way[threads.submit(_ask, entry, context, critic)] = entry
                done, _ = wait(under_way, timeout=_LOOK_UP, return_when=FIRST_COMPLETED)
                for future in done:
                    _write(store, relations, under_way.pop(future), future.result())
                clock.count(len(done), total)
        except BaseException:  # Ctrl-C, or an answer that cannot be written: nothing goes on behind the caller's back
            for future in under_way:
                future.cancel()
            if not critic.cancelled:
                critic.cancel()
            raise


def _waiting(store: Store) -> Iterator[Waiting]:
    after = -1
    while some := store.waiting(after, 64):
        for each in some:
            after = each.at
            yield each


def _ask(waiting: Waiting, context: Context, critic: Critic) -> ReviewedEntry:
    from reviewer.critique import criticise

    reviewed = waiting.reviewed
    assert reviewed.review is not None  # only such entries wait
    own = context.model_copy(update={"cycle": reviewed.entry.cycle}) if reviewed.entry.cycle else context
    review = criticise(reviewed.review, own, critic)
    return reviewed.model_copy(update={"review": review, "verdict": review.okrs[0].verdict})


def _write(store: Store, relations: Relations, waiting: Waiting, reviewed: ReviewedEntry) -> None:
    review = reviewed.review
    answered = review is not None and review.critique is not None and review.critique.status == "ok"
    with store.writing():
        store.write_asked(waiting.fingerprint, pack(reviewed), reviewed.verdict, DONE if answered else OPEN)
        for at in store.places_of(waiting.fingerprint):
            relations.add(at, reviewed, _vectors(waiting))


def _vectors(waiting: Waiting) -> Vectors | None:
    """Give back the vectors that waited with an entry."""
    if waiting.vectors is None or waiting.reviewed.review is None:
        return None
    import numpy as np

    rows = 1 + len(waiting.reviewed.review.okrs[0].key_results)
    return np.frombuffer(waiting.vectors, dtype=np.float16).reshape(rows, -1).astype(np.float32)


def total_critique(entries: Iterator[ReviewedEntry], critic: Critic) -> Critique | None:
    """Sum up what a model was asked over all entries; what each answer said stays with its own review."""
    said = [each.review.critique for each in entries if each.review is not None and each.review.critique is not None]
    if not said:
        return None
    statuses = {each.status for each in said}
    dropped: dict[tuple[str, str], Dropped] = {}
    for each in (each for critique in said for each in critique.dropped):
        before = dropped.get((each.what, each.why))
        dropped[each.what, each.why] = each.model_copy(update={"count": each.count + (before.count if before else 0)})
    return Critique(
        model=", ".join(dict.fromkeys(each.model for each in said)),
        prompt=said[0].prompt,
        status="ok"
        if statuses == {"ok"}
        else "partial"
        if statuses & {"ok", "partial"}
        else "failed"
        if "failed" in statuses
        else "skipped",
        tokens=sum(each.tokens for each in said),
        cost=None if any(each.cost is None for each in said) else round(sum(each.cost or 0.0 for each in said), 6),
        reason=next((each.reason for each in said if each.reason), None),
        destination=critic.destination,
        calls=sum(each.calls for each in said),
        cached=sum(each.cached for each in said),
        repaired=sum(each.repaired for each in said),
        redacted=any(each.redacted for each in said),
        dropped=tuple(dropped[key] for key in sorted(dropped)),
    )
