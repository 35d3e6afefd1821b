"""Every task and every baseless key result gets a rewrite that the rules accept."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from weak_drafts import Weak, complaint, of_labelled, of_pairs, of_rules


def _complaints(weak: Iterable[Weak], at_least: int) -> list[str]:
    found = list(weak)
    assert len(found) >= at_least, f"only {len(found)} weak key results: the corpus or the rules changed"
    return [said for said in map(complaint, found) if said]


def test_weak_ones_of_the_pairs() -> None:
    assert _complaints(of_pairs(), 20) == []


def test_bad_examples_of_the_two_rules() -> None:
    assert _complaints(of_rules(), 12) == []


@pytest.mark.parametrize("name", ["fr-a.jsonl", "fr-b.jsonl", "en-a.jsonl", "en-b.jsonl"])
def test_labelled_sentences(name: str) -> None:
    assert _complaints(of_labelled(name), 200) == []
