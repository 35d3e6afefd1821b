"""Read a draft and show it as plain lists, after checking every place in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from reviewer.reading import read
from reviewer.reading.okr_text import ReadOkr

Outline = list[tuple[str | None, list[str]]]


def check_places(text: str, okrs: Sequence[ReadOkr]) -> None:
    """Assert that every passage is an exact, stripped slice, in order and apart from the others of its OKR."""
    for okr in okrs:
        position = 0
        for passage in [okr.objective, *okr.key_results]:
            if passage is None:
                continue
            assert passage.text == text[passage.start : passage.end]
            assert passage.text == passage.text.strip() != ""
            assert position <= passage.start
            position = passage.end
        assert okr.objective is not None or okr.key_results


@pytest.fixture
def outline() -> Callable[[str], Outline]:
    """Give a function that reads a draft into (objective, key results) texts."""

    def outlined(text: str) -> Outline:
        okrs = read(text)
        check_places(text, okrs)
        return [(okr.objective.text if okr.objective else None, [passage.text for passage in okr.key_results]) for okr in okrs]

    return outlined


@pytest.fixture(scope="session")
def places() -> Callable[[str, Sequence[ReadOkr]], None]:
    """Give the check of places."""
    return check_places
