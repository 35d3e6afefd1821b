"""Real pages, as their authors laid them out: every objective and key result on its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reviewer.reading import read
from reviewer.reading.okr_text import Passage

DATA = Path(__file__).resolve().parents[3] / "shared/data"


def _exam() -> list[Any]:
    index = DATA / "pages.jsonl"
    if not index.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"the pages are not there: {index}"))]
    pages = [json.loads(line) for line in index.read_text("utf-8").splitlines()]
    return [pytest.param(page, id=page["page"]) for page in pages]


@pytest.mark.parametrize("page", _exam())
def test_page(page: dict[str, Any], places: Any) -> None:
    text: str = (DATA / "pages" / page["page"]).read_text("utf-8")
    okrs = read(text)
    places(text, okrs)

    def line(passage: Passage) -> int:
        """Give the 1-based line of a passage."""
        return text.count("\n", 0, passage.start) + 1

    assert [line(okr.objective) for okr in okrs if okr.objective] == page["objective_lines"]
    assert [line(passage) for okr in okrs for passage in okr.key_results] == page["key_result_lines"]
