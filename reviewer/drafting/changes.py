"""Name what improving a draft gives: the new text, and what was changed and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reviewer.okr import Critique, Review


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one statement put in the place of another; `rules` are those whose findings it clears.

    `okr` and `key_result` are 0-based, `key_result` is None for an objective. `origin` says who worded it.
    """

    okr: int
    key_result: int | None
    before: str
    after: str
    rules: tuple[str, ...]
    origin: Literal["rule", "model"] = "rule"


@dataclass(frozen=True, slots=True)
class Improved:
    """Hold a draft with its rewrites in place, its review, and what a model was asked, None when none was."""

    text: str
    changes: tuple[Change, ...]
    review: Review
    critique: Critique | None = None
