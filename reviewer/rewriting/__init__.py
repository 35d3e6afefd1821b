"""Offer the better sentence: rewrites made of the draft's own words and the catalogues, verified by the rules.

Nothing is invented: what only the author knows is a slot in square brackets, in the language of the draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from reviewer.okr import Context, Finding, ReviewedOkr
from reviewer.rewriting.levels import level_candidates
from reviewer.rewriting.promises import deadline_candidates, number_candidates
from reviewer.rewriting.tasks import task_candidates, vanity_candidates
from reviewer.rewriting.verification import SLOT, Candidate, Draft, first_verified

_WAYS: Mapping[str, Callable[[Draft], Iterator[Candidate]]] = {
    "kr-is-task": task_candidates,
    "kr-no-number": number_candidates,
    "kr-no-baseline": level_candidates,
    "kr-percent-or-points": level_candidates,
    "kr-no-deadline": deadline_candidates,
    "kr-vanity-metric": vanity_candidates,
}
"""How each rule's finding is rewritten; the others ask for a choice that only the author can make."""


def rewrite(finding: Finding, okr: ReviewedOkr, context: Context) -> str | None:
    """Rewrite the key result that a finding is about, so that the finding is cleared and nothing serious is raised.

    Returns:
        The sentence, with slots in square brackets for what is unknown; None when no sentence passes the
        rules, or when the finding's remedy is a choice (which of two measures, which direction).
    """
    way = _WAYS.get(finding.rule)
    if way is None or finding.key_result is None:
        return None
    draft = Draft(okr.key_results[finding.key_result], finding.key_result, okr, context)
    return first_verified(way(draft), finding.rule, draft)


def slots(text: str) -> tuple[str, ...]:
    """Give the slots of a rewrite, each once, in order."""
    return tuple(dict.fromkeys(SLOT.findall(text)))


def fill(rewrite: str, answers: Mapping[str, str]) -> str:
    """Put answers in the slots of a rewrite; keys are slots, brackets included or not.

    A slot without an answer, or with an empty one, stays as it is; an answer is used as one line, and
    brackets in it are dropped, so that no answer can pose as a slot.
    """
    given = {key.strip().strip("[]"): re.sub(r"[\[\]]", "", " ".join(value.split())) for key, value in answers.items()}
    return SLOT.sub(lambda match: given.get(match[0][1:-1]) or match[0], rewrite)
