"""Ask each model about each labelled OKR, one model after the other, and keep whatever was done when it ends early."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import ReviewerError
from reviewer.evaluation.labelled import LabelledOkr
from reviewer.evaluation.measuring import Asked, Case, measure_model, measure_rules
from reviewer.evaluation.results import Ended, Evaluation, ModelResult
from reviewer.okr import Context, Language, Okr, Review

if TYPE_CHECKING:
    from reviewer.gateway import Critic

_PATIENCE = 5
"""A model that has answered nothing after so many failures is not asked further."""
_SHARED = 16
"""A reason that repeats so many characters of a labelled text in a row is not kept."""

OnProgress = Callable[[str, int, int], None]


def evaluate(
    okrs: Sequence[LabelledOkr],
    critics: Sequence[Critic],
    *,
    examples: int = 3,
    concurrency: int | None = None,
    on_progress: OnProgress | None = None,
) -> Evaluation:
    """Hold models against labelled OKRs, beside the rules alone and together with them.

    Each OKR is reviewed by the rules once, with so many examples, and each model is asked about it as in any review: one call
    per OKR, `concurrency` at once (default: 1 for a model on this machine, 4 for others). `on_progress(model, done, total)` is
    called at the start and as OKRs are done. Ctrl-C ends the asking and what was done is measured: the OKRs not asked count as the rules alone.
    So does one that fails; a model that has failed five times without one answer is given up.

    Raises ValueError without OKRs, and ReviewerError when the house's own examples cannot be read; what prevents one model
    from being asked at all (no such file, no price known) ends in its result.
    """
    if not okrs:
        msg = "there are no OKRs to evaluate on; give some, for instance those of read_labelled(folder)"
        raise ValueError(msg)
    from reviewer import __version__
    from reviewer.engine import review

    context = Context()
    cases = []
    for okr in okrs:
        draft = Okr(objective=okr.objective, key_results=tuple(each.text for each in okr.key_results))
        cases.append(Case(okr, review(draft, context=context, examples=examples)))
    results: list[ModelResult] = []
    for critic in critics:
        done = _ask_about([case.by_rules for case in cases], context, critic, concurrency or (1 if critic.local else 4), on_progress)
        results.append(_result(critic, cases, done))
        if done.ended == "interrupted":
            break
    return Evaluation(
        version=__version__,
        date=date.today().isoformat(),
        examples=examples,
        languages={language: measure_rules(held) for language, held in _by_language(cases).items()},
        models=tuple(results),
        left_out=tuple(critic.model for critic in critics[len(results) :]),
    )


class _Done(NamedTuple):
    """What was asked, by the place of the OKR, and how the asking ended."""

    asked: dict[int, Asked]
    ended: Ended
    reason: str | None = None


def _ask_about(reviews: Sequence[Review], context: Context, critic: Critic, concurrency: int, on_progress: OnProgress | None) -> _Done:
    """Ask one model about each review; ends early, with what was done, on Ctrl-C, an error, or nothing but failures."""
    asked: dict[int, Asked] = {}
    ended: Ended = "complete"
    reason: str | None = None
    with ThreadPoolExecutor(concurrency, thread_name_prefix="okr-eval") as pool:
        futures = {pool.submit(_ask, review, context, critic): place for place, review in enumerate(reviews)}
        try:
            if on_progress:
                on_progress(critic.model, 0, len(reviews))
            for future in as_completed(futures):
                try:
                    asked[futures[future]] = future.result()
                except ReviewerError as error:
                    ended, reason = "error", str(error)
                    break
                if on_progress:
                    on_progress(critic.model, len(asked), len(reviews))
                if len(asked) < len(reviews) and _is_hopeless(asked.values()):
                    ended = "gave-up"
                    break
        except KeyboardInterrupt:
            ended = "interrupted"
        finally:
            if len(asked) < len(reviews):  # nothing goes on behind the caller's back
                critic.cancel()
                pool.shutdown(wait=False, cancel_futures=True)
    if ended == "complete":
        skipped = [critique for each in asked.values() if (critique := each.review.critique) and critique.status == "skipped"]
        return _Done(asked, "budget", skipped[0].reason) if skipped else _Done(asked, "complete")
    return _Done(asked | _answered(futures), ended, reason)


def _ask(review: Review, context: Context, critic: Critic) -> Asked:
    from reviewer.critique import criticise

    began = time.perf_counter()
    criticised = criticise(review, context, critic)
    return Asked(criticised, time.perf_counter() - began)


def _answered(futures: dict[Future[Asked], int]) -> dict[int, Asked]:
    """Give what was answered while the asking was broken off; a call that was cut short is no failure of the model."""
    done = ((place, future.result()) for future, place in futures.items() if not future.cancelled() and future.exception() is None)
    return {place: each for place, each in done if each.review.critique and each.review.critique.status == "ok"}


def _is_hopeless(asked: Iterable[Asked]) -> bool:
    statuses = [critique.status for each in asked if (critique := each.review.critique)]
    return len(statuses) >= _PATIENCE and all(status == "failed" for status in statuses)


def _result(critic: Critic, cases: Sequence[Case], done: _Done) -> ModelResult:
    held = [Case(case.okr, case.by_rules, done.asked.get(place)) for place, case in enumerate(cases)]
    critiques = [case.asked.review.critique for case in held if case.asked and case.asked.review.critique]
    failures = [critique.reason for critique in critiques if critique.status == "failed" and critique.reason]
    return ModelResult(
        model=critic.model,
        destination=critic.destination,
        prompt=critiques[0].prompt if critiques else None,
        ended=done.ended,
        reason=done.reason,
        failure=failures[0] if failures and not _quotes(failures[0], cases) else None,
        languages={language: measure_model(each) for language, each in _by_language(held).items()},
    )


def _quotes(reason: str, cases: Sequence[Case]) -> bool:
    """Tell a reason that repeats words of the labelled set: a provider's message may hold what it was sent."""
    texts = [text for case in cases for text in (case.okr.objective, *(each.text for each in case.okr.key_results))]
    pieces = {reason[start : start + _SHARED] for start in range(len(reason) - _SHARED + 1)}
    return any(text[start : start + _SHARED] in pieces for text in texts for start in range(max(1, len(text) - _SHARED + 1)))


def _by_language(cases: Sequence[Case]) -> dict[Language, list[Case]]:
    found: dict[Language, list[Case]] = {}
    for case in cases:
        found.setdefault(case.okr.language, []).append(case)
    return found
