"""The article that the method is built on reads as its four OKRs."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.reading import read
from reviewer.reading.okr_text import ReadOkr

ARTICLE = Path(__file__).resolve().parents[3] / "shared/seed/article-okr-pmm.fr.txt"


@pytest.fixture
def article() -> str:
    if not ARTICLE.exists():
        pytest.skip(f"the article is not there: {ARTICLE}")
    return ARTICLE.read_text("utf-8")


def test_four_okrs_of_three_key_results(article: str, places: object) -> None:
    okrs: tuple[ReadOkr, ...] = read(article)
    places(article, okrs)  # type: ignore[operator]
    assert [len(okr.key_results) for okr in okrs] == [3, 3, 3, 3]
    lines = [article.count("\n", 0, okr.objective.start) for okr in okrs if okr.objective]
    assert len(lines) == 4
    for okr in okrs:
        assert okr.objective is not None
        assert article[: okr.objective.start].endswith("Objective: ")
        for number, passage in enumerate(okr.key_results, start=1):
            assert f"KR{number}" in article[passage.start - 6 : passage.start]
