"""Whatever the statement, it is understood without an error and every quote is a slice of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewer.language.statement import understand_key_result, understand_objective
from reviewer.okr import Language

from .reads import check_places

MORSELS = st.sampled_from(
    [
        "Porter", "Faire passer", "le", "taux de", "churn", "Réduire", "win rate", "NPS", "face à Kerlane", "des commerciaux", "formés",
        "Créer", "3 battlecards", "et", "pour", "avec", "obtenir la certification", "Jalon :", "Camille", "mon", "[cible]", "X %", "d'un tiers",
        "un client sur trois", "aucun", "maintenir", "au-dessus de", "Raise", "Increase", "the", "from", "to", "22%", "40 %", "by", "in half",
        "reps", "trained", "who", "Launch", "a webinar", "and win", "40 demo requests", "one in three", "customers", "that", "will", "I", "we",
        "Keep", "below", "2 %", "NRR", "$50k", "3,5 M€", "1 M€", "50 000", "8/10", "4.5+", "2x", "x3", "doubler", "→", "->", "≥", "<", ">=", "+8 points",
        "vs", "last quarter", "par rapport au", "T2", "aujourd'hui", "currently", "(", ")", "(currently 12%)", "d'ici fin T3", "by March 15",
        "within", "4 weeks", "J+45", "J7", "2026", "v2", "B2B", "SOC 2", "#1", "top 3", ",", ";", ".", ":", "-", "–", "—", "/", "&", "\n", "\t",
        "**", "_", "`", "~~", "[", "](https://example.org/a)", "https://example.org/x?y=1", "<b>", "</b>", "<!--", "’", "« ", " »", "œ", "ﬁ",
        "é", "e\u0301", "\u0301", "\u00a0", "\u202f", "\u200b", "\ufeff", "😀", "👩\u200d💻", "İ", "ẞ", "ß", "٣", "²", "½", "\x00", "\ud800", "日本", "ا", "'", '"',
    ]
)  # fmt: skip
SOUP = st.one_of(
    st.lists(MORSELS, max_size=25).map(" ".join),
    st.lists(MORSELS, max_size=25).map("".join),
    st.lists(st.one_of(MORSELS, st.text(max_size=4)), max_size=15).map(" ".join),
)
LANGUAGES = st.sampled_from(["fr", "en"])
OFFSETS = st.integers(0, 40)


def _understood(text: str, language: Language, offset: int) -> None:
    source = "·" * offset + text
    for cycle in (None, "2026-Q4"):
        read = understand_key_result(text, language, offset, cycle)
        assert (read.text, read.span, read.language) == (text, (offset, offset + len(text)), language)
        assert 0 <= read.certainty <= 1
        check_places(read, source)
        assert (cycle is None and read.deadline is None) or read.deadline is None or read.deadline.text
    goal = understand_objective(text, language, offset)
    assert (goal.text, goal.span, goal.language) == (text, (offset, offset + len(text)), language)
    assert 0 <= goal.certainty <= 1
    assert goal.word_count >= 0
    check_places(goal, source)


@given(st.text(max_size=300), LANGUAGES, OFFSETS)
@settings(deadline=None, max_examples=400)
def test_random_text(text: str, language: Language, offset: int) -> None:
    _understood(text, language, offset)


@given(SOUP, LANGUAGES, OFFSETS)
@settings(deadline=None, max_examples=1500)
@example("", "fr", 0)
@example(" ", "en", 3)
@example("\u0301", "fr", 0)
@example("**", "en", 0)
@example("[](https://example.org)", "en", 0)
@example("<b></b>", "fr", 0)
@example("30 %\u0301", "fr", 5)
@example("Cœur : 3 → 5", "fr", 1)
def test_soup_of_okr_words(text: str, language: Language, offset: int) -> None:
    _understood(text, language, offset)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "morsel",
    [
        "de 1 à 2 ",
        "from 1% to 2% and ",
        "(",
        "[",
        "**a",
        "e\u0301",
        "1 000 ",
        "Créer ",
        "raise the ",
        "1,",
        "  ",
        "<b>",
        "d'ici fin T3 ",
        "vs ",
    ],
)
def test_a_long_statement(morsel: str, language: Language) -> None:
    _understood(morsel * 300, language, 7)


@given(SOUP, LANGUAGES)
@settings(deadline=None, max_examples=150)
def test_the_place_of_a_statement_changes_no_fact(text: str, language: Language) -> None:
    here, there = understand_key_result(text, language), understand_key_result(text, language, 100)
    assert _without_places(here.model_dump()) == _without_places(there.model_dump())


def _without_places(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_places(each) for key, each in value.items() if key != "span"}
    if isinstance(value, (list, tuple)):
        return [_without_places(each) for each in value]
    return value
