"""Ask a model about every OKR of a review, and add to the review what passed the checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from reviewer.critique.asking import PROMPT, asks_of
from reviewer.critique.checking import Said, check
from reviewer.critique.merging import merge
from reviewer.critique.reply import Reply
from reviewer.critique.settling import Settled, settle
from reviewer.gateway import Answer, Critic, ask
from reviewer.language.glossary import at_home
from reviewer.okr import Context, Critique, Dropped, Finding, Review, ReviewedOkr
from reviewer.verdicts import by_okr

Progress = Callable[[int, int], None]


class Hiding(Protocol):
    """Replace names and amounts in texts that leave, and put them back in those that return."""

    def hide(self, text: str) -> str:
        """Give a text with placeholders."""

    def restore(self, text: str) -> str:
        """Give a text with the words that the placeholders stand for."""


class Heard(NamedTuple):
    """Hold what came of one OKR's question: what it adds, or why there is nothing."""

    said: Said | None
    settled: Settled | None
    failed: bool = False
    reason: str | None = None


def criticise(review: Review, context: Context, critic: Critic, on_progress: Progress | None = None) -> Review:
    """Add what a model sees to a finished review by rules; gives that review with additions, never less than it.

    Args:
        review: the review by rules, whose findings, checks, questions, rewrites and verdicts are the least that comes back.
        context: what the review was made with.
        critic: the model to ask, and within which limits.
        on_progress: told how many of the OKRs were answered, of how many; possibly from another thread.

    Returns:
        The review with findings, questions and checks of origin "model" and a `critique` that says what became of it.
        One call is made per OKR, so that a draft which tries to command the model speaks for itself only. A call that
        fails leaves its OKR as the rules judged it.

    Raises:
        GatewayError: the critic cannot be asked at all (no such model file, no price known for a cost budget).
    """
    with at_home(context):
        return _criticise(review, context, critic, on_progress)


def _criticise(review: Review, context: Context, critic: Critic, on_progress: Progress | None) -> Review:
    hiding = _hiding(review, context, critic)
    asks = asks_of(review, context, hiding.hide if hiding else _unchanged)
    answers = ask(asks, critic, _counter(on_progress, len(asks)))
    found = by_okr([*review.findings, *(each.finding for each in review.muted)])
    heard = [
        _hear(index, okr, answer, found.get(index, ()), context, hiding)
        for index, (okr, answer) in enumerate(zip(review.okrs, answers, strict=True))
    ]
    critique = _critique(answers, heard, critic)
    return merge(review, context, critique, [(each.said, each.settled) for each in heard], [each.failed for each in heard])


def _unchanged(text: str) -> str:
    return text


def _counter(on_progress: Progress | None, total: int) -> Callable[[int, Answer], None] | None:
    if on_progress is None:
        return None
    done = 0

    def count(_: int, __: Answer) -> None:
        nonlocal done
        done += 1
        on_progress(done, total)

    return count


def _hiding(review: Review, context: Context, critic: Critic) -> Hiding | None:
    """Make the placeholders of this run; None when the critic may see names and amounts."""
    if not critic.redact:
        return None
    from reviewer.redaction import Redaction

    texts: list[str] = [*context.company_objectives]
    names: list[str] = []
    for okr in review.okrs:
        texts += [okr.objective.text, *(kr.text for kr in okr.key_results), okr.contributes_to or "", okr.team or ""]
        names += [okr.owner] if okr.owner else []
    texts.append(context.team or "")
    return Redaction([text for text in texts if text], (*critic.private_words, *context.settings.private_words), names=names)


def _hear(index: int, okr: ReviewedOkr, answer: Answer, findings: Sequence[Finding], context: Context, hiding: Hiding | None) -> Heard:
    if not isinstance(answer.value, Reply):
        return Heard(None, None, answer.status != "skipped", answer.reason)
    try:
        reply = answer.value if hiding is None else Reply.model_validate(_restored(answer.value.model_dump(), hiding))
        said = check(reply, index, okr, context, findings)
        return Heard(said, settle(index, okr, said, findings, context))
    except Exception as error:  # a rule that raises takes no review down, and no reply may do more
        return Heard(None, None, True, f"{type(error).__name__}: {error}"[:300])


def _restored(value: Any, hiding: Hiding) -> Any:
    """Put names and amounts back in every text of a reply, before anything is compared with the draft."""
    if isinstance(value, str):
        return hiding.restore(value)
    if isinstance(value, dict):
        return {key: _restored(each, hiding) for key, each in value.items()}
    if isinstance(value, list):
        return [_restored(each, hiding) for each in value]
    return value


def _critique(answers: Sequence[Answer], heard: Sequence[Heard], critic: Critic) -> Critique:
    """Sum up what was asked, what it took and what was dropped."""
    asked = [each for each in answers if each.status != "skipped" or each.calls]
    answered = [each for each, what in zip(answers, heard, strict=True) if what.settled is not None]
    costs = [each.cost for each in asked if not each.cached]
    dropped: dict[tuple[Any, Any], int] = {}
    for what in heard:
        for key, count in (what.said.dropped if what.said else {}).items():
            dropped[key] = dropped.get(key, 0) + count
    failures = [what.reason for what in heard if what.settled is None and what.failed]
    left = [what.reason for what in heard if what.settled is None and not what.failed]
    return Critique(
        model=", ".join(dict.fromkeys(each.model for each in answered or asked)) or critic.model,
        prompt=PROMPT,
        status="ok" if not failures and not left else "partial" if answered else "failed" if failures else "skipped",
        tokens=sum(each.tokens for each in answers),
        cost=None if None in costs else round(sum(cost for cost in costs if cost is not None), 6),
        reason=next((reason for reason in (*failures, *left) if reason), None),
        destination=critic.destination,
        calls=sum(each.calls for each in answers),
        cached=sum(each.cached for each in answers),
        repaired=sum(each.repaired for each in answers),
        redacted=critic.redact and bool(asked),
        opinions=tuple(opinion for what in heard if what.settled for opinion in what.settled.opinions),
        rewrites=tuple(rewrite for what in heard if what.said for rewrite in what.said.rewrites),
        dropped=tuple(Dropped(what=key[0], why=key[1], count=count) for key, count in sorted(dropped.items())),
    )
