"""Draft OKRs from an idea, and improve drafts that are already written; each sentence is verified by the rules before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.drafting.changes import Change, Improved
from reviewer.engine import as_critic
from reviewer.okr import Context, Draft, Review

if TYPE_CHECKING:
    from reviewer.gateway import Critic

__all__ = ["Change", "Improved", "draft", "improve"]

MOST = 10
"""Drafts that can be asked for at once."""


def draft(idea: str, *, context: Context | None = None, critic: str | Critic | None = None, count: int = 1) -> list[Draft]:
    """Draft complete OKRs from an idea and the company objectives, with slots in square brackets for what nobody said.

    Args:
        idea: what should change, in a few words or sentences, French or English; a task, a topic or a measure will do.
        context: what surrounds it: company objectives (the drafts lead up to one where they can), team, cycle, language.
        critic: a model to ask, by its LiteLLM name ("provider/model") or as a `Critic` with limits of its own. It is sent
            what the rules find in its drafts, at most twice; what they still fault is not shown. None asks none.
        count: drafts wanted, 1 to 10, different from one another.

    Returns:
        At most `count` drafts, each with its review, whose verdict is "ready" unless the house's own severities forbid open
        values, and with notes that say how it came about. A draft that no model worded is composed from the catalogues and
        the nearest examples. No number, date or name stands in it that the idea or the context does not hold.

    Raises:
        UnreadableDraftError: the idea is empty, holds no word or is longer than 2,000 characters.
        ReviewerError: the house's own examples file cannot be read, or the critic is no model that could be asked.
        ValueError: `count` is below 1 or above 10.
        TypeError: `idea` is no text.
    """
    if not isinstance(idea, str):
        msg = f"draft() takes an idea as a text, got {type(idea).__name__}"
        raise TypeError(msg)
    if not 1 <= count <= MOST:
        msg = f"count must be from 1 to {MOST}, got {count}"
        raise ValueError(msg)
    from reviewer.drafting.proposing import propose

    return propose(idea, context or Context(), as_critic(critic), count)


def improve(review: Review, *, context: Context | None = None, critic: str | Critic | None = None) -> Improved:
    """Put every verified rewrite in the place of the statement it is about; the rest of the text stays as it is, to the letter.

    Args:
        review: the review of the draft; its findings' rewrites are applied, then those of its critique.
        context: what the review was made with.
        critic: a model to ask about the statements that no rule can rewrite (objectives, several measures in one); what it
            offers is shown only when the rules accept it. None asks none.

    Returns:
        The new text with its review and the changes made; a change after which the rules would say more, or graver things,
        is taken back.

    Raises:
        ReviewerError: the critic is no model that could be asked.
    """
    from reviewer.drafting.improving import improve_review

    return improve_review(review, context or Context(), as_critic(critic))
