"""Say which facts the rules are sure of: those stand whatever a model says, the others it may help to settle."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.okr import Finding, KeyResult, ReviewedOkr

UNSURE = 0.6
"""Below this certainty a reading of the rules is open; the engine's own line between a finding and a question."""


def sure_nature(kr: KeyResult) -> bool:
    """Tell that the rules are sure what a key result is."""
    return kr.certainty >= UNSURE and kr.nature != "unclear"


def sure_baseline(kr: KeyResult, findings: Iterable[Finding]) -> bool:
    """Tell that the rules are sure where a key result starts; `findings` are theirs about it."""
    doubted = any(each.rule == "kr-no-baseline" and each.confidence < UNSURE for each in findings)
    return sure_nature(kr) and kr.nature == "outcome" and kr.target is not None and kr.baseline is not None and not doubted


def controls(okr: ReviewedOkr) -> frozenset[int]:
    """Give the key results whose reading is kept from the model although the rules are sure of it: its control questions.

    One result and one task, the first of each, mixed with those that the rules left open, so that the model cannot tell
    them apart, as labellers are given sentences of known answer among the others. None where nothing is open.
    """
    if all(sure_nature(kr) for kr in okr.key_results):
        return frozenset()
    sure = [place for place, kr in enumerate(okr.key_results) if sure_nature(kr)]
    results = [place for place in sure if okr.key_results[place].nature == "outcome"]
    tasks = [place for place in sure if okr.key_results[place].nature != "outcome"]
    return frozenset((*results[:1], *tasks[:1]))


def told(okr: ReviewedOkr, place: int) -> bool:
    """Tell that the model hears what the rules read in a key result."""
    return sure_nature(okr.key_results[place]) and place not in controls(okr)
