"""OKRs given as objects become a text that holds every statement word for word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import UnreadableDraftError
from reviewer.okr import Okr
from reviewer.reading import read, write_out
from reviewer.reading.okr_text import ReadOkr

WORDS = st.sampled_from(
    ["Faire", "passer", "le win rate", "compétitif", "de 22 %", "à 30 %", "NPS ≥ 40", "sur", "segment", "Increase", "from", "12%"]
)
STATEMENTS = st.builds("Réduire {} deals".format, st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
OKRS = st.lists(
    st.builds(
        Okr,
        objective=STATEMENTS,
        key_results=st.lists(STATEMENTS, max_size=5),
        contributes_to=st.none() | STATEMENTS,
        owner=st.none() | st.sampled_from(["Claire", "Anne Dupont"]),
        team=st.none() | st.sampled_from(["PMM", "Product Marketing"]),
    )
    | st.builds(Okr, objective=st.just(""), key_results=st.lists(STATEMENTS, min_size=1, max_size=5)),
    min_size=1,
    max_size=6,
)
ANY = st.text(max_size=60)


def test_one_okr() -> None:
    okr = Okr(
        objective="Gagner les deals compétitifs",
        key_results=["Win rate de 22 % à 30 %", "NPS ≥ 40"],
        contributes_to="Croître en NRR",
        owner="Claire",
        team="PMM",
    )
    text, okrs = write_out([okr])
    assert text == (
        "Objective: Gagner les deals compétitifs\nContributes to: Croître en NRR\nOwner: Claire\nTeam: PMM\n\n"
        "- KR1: Win rate de 22 % à 30 %\n- KR2: NPS ≥ 40\n"
    )
    assert okrs == read(text)


@given(OKRS)
def test_ordinary_okrs_are_read_back_exactly(okrs: list[Okr]) -> None:
    text, written = write_out(okrs)
    assert read(text) == written


@given(st.lists(st.builds(Okr, objective=ANY, key_results=st.lists(ANY, max_size=4), contributes_to=ANY), min_size=1, max_size=4))
def test_any_statement_is_kept_word_for_word(okrs: list[Okr]) -> None:
    try:
        text, written = write_out(okrs)
    except UnreadableDraftError:
        assert any(not okr.objective.strip() and not "".join(okr.key_results).strip() for okr in okrs)
        return
    assert len(written) == len(okrs)
    for okr, read_okr in zip(okrs, written, strict=True):
        objective = read_okr.objective
        assert (objective.text if objective else "") == okr.objective.strip()
        assert [passage.text for passage in read_okr.key_results] == [k.strip() for k in okr.key_results if k.strip()]
        for passage in [*read_okr.key_results, *([objective] if objective else [])]:
            assert text[passage.start : passage.end] == passage.text


def test_odd_statements_keep_their_words(places: Callable[[str, Sequence[ReadOkr]], None]) -> None:
    key_results = ["KR2: [P0] two\n\nlines (done)", "- a list\n- of two", "Objective: odd", " ✅ "]
    text, okrs = write_out([Okr(objective="# Win\nbig", key_results=key_results)])
    places(text, okrs)
    assert [passage.text for passage in okrs[0].key_results] == [key_result.strip() for key_result in key_results]


def test_nothing_to_write_is_refused() -> None:
    with pytest.raises(UnreadableDraftError, match="empty"):
        write_out([])
    with pytest.raises(UnreadableDraftError, match="OKR 2 has neither"):
        write_out([Okr(objective="a"), Okr(objective=" ", key_results=["", "\n"])])
