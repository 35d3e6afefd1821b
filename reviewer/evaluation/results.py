"""The nouns of an evaluation: figures only, never a text of the labelled set."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from reviewer.okr import Language

Ended = Literal["complete", "budget", "interrupted", "gave-up", "error"]


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Score(_Figures):
    """Hold the decisions of one judge on one rule; `n` statements were judged, `of` have a label that asks or does not.

    `n` is smaller than `of` where a model gave no answer. A ratio with nothing below it is None. `f1_interval` is the 95 %
    bootstrap interval by statement.
    """

    n: int
    of: int
    faults: int
    true_positive: int
    false_positive: int
    false_negative: int
    precision: float | None
    recall: float | None
    f1: float | None
    f1_interval: tuple[float, float] | None


class Agreement(_Figures):
    """Hold how often a fact is read as labelled: `right` of the `n` answered, of `of` labelled."""

    n: int
    of: int
    right: int
    share: float | None


class Facts(_Figures):
    """Hold the agreement on the facts: nature (outputs and activities as tasks), and kind of baseline of outcomes with a number."""

    nature: Agreement
    baseline: Agreement


class Change(_Figures):
    """Hold what a model changes in the decisions of the rules: how many it mends, how many it spoils."""

    mended: int
    spoiled: int


class Replies(_Figures):
    """Hold what became of the questions: one per OKR.

    `valid` at once, `repaired` in a second round, `failed`, `not_asked` (budget, interruption). `cached` of the valid and
    repaired came from the disk. `dropped` counts what was said and not believed, by what it was.
    """

    asked: int
    valid: int
    repaired: int
    failed: int
    not_asked: int
    cached: int
    dropped: dict[str, int]


class Seconds(_Figures):
    """Hold how long an OKR took, from question to checked answer; cached and failed replies are left out."""

    n: int
    median: float | None
    p90: float | None


class RulesAlone(_Figures):
    """Hold the figures of the rules alone on one language."""

    okrs: int
    key_results: int
    scores: dict[str, Score]
    facts: Facts


class WithModel(_Figures):
    """Hold the figures of one model on one language: alone (its opinions), and together with the rules (the review shown).

    `cost` is in US dollars, None where no price is known. `below` are the rules on which both together are worse (F1)
    than the rules alone.
    """

    alone: dict[str, Score]
    facts: Facts
    together: dict[str, Score]
    changes: dict[str, Change]
    below: tuple[str, ...]
    replies: Replies
    tokens: int
    cost: float | None
    seconds: Seconds


class ModelResult(_Figures):
    """Hold what came out for one model, and how the asking ended; `reason` says why where it is not "complete".

    `failure` is the reason of the first call that failed, None where it would have quoted the labelled set.
    """

    model: str
    destination: str
    prompt: str | None
    ended: Ended
    reason: str | None = None
    failure: str | None = None
    languages: dict[Language, WithModel]

    @property
    def answered(self) -> int:
        """Give the number of OKRs it answered."""
        return sum(each.replies.valid + each.replies.repaired for each in self.languages.values())


class Evaluation(_Figures):
    """Hold a whole evaluation; `date` is the day it ended (ISO), `examples` what each question showed, `left_out` models not reached."""

    schema_version: str = "1.0"
    version: str
    date: str
    examples: int
    languages: dict[Language, RulesAlone]
    models: tuple[ModelResult, ...]
    left_out: tuple[str, ...] = ()
