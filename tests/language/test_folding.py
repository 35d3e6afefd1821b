"""A folded text compares word by word, and every place in it leads back to the words of the source."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.language.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élève à Noël", "eleve a noel"),
        (unicodedata.normalize("NFD", "Élève à Noël"), "eleve a noel"),
        ("d’ici l‘été", "d'ici l'ete"),
        ("« 30 % »", '" 30 % "'),
        ("“top 3”", '"top 3"'),
        ("Un cœur, un ŒIL, un æon", "un coeur, un oeil, un aeon"),
        ("Straße", "strasse"),
        ("ﬁable", "fiable"),
        ("30\u00a0% et 50\u202f000", "30 % et 50 000"),
        ("30 ％", "30 %"),
        ("24 % ➔ 33 %", "24 % → 33 %"),
        ("mid–market — ETI − 2", "mid-market - eti - 2"),
        ("×3", "x3"),
        ("NPS ⩾ 40", "nps ≥ 40"),
        ("a  b\tc\nd", "a b c d"),
        ("win\u200brate", "winrate"),
        ("**Créer** _3_ `battlecards` ~~vite~~", "creer 3 battlecards vite"),
        ("Créer [3 battlecards](https://example.org/a?b=c)", "creer 3 battlecards"),
        ("win_rate et snake_case", "win_rate et snake_case"),
        ("<b>NPS</b> de 40", "nps de 40"),
        ("NPS < 40 et > 30", "nps < 40 et > 30"),
        ("", ""),
    ],
)
def test_a_text_folds_to(text: str, folded: str) -> None:
    assert fold(text).text.strip() == folded


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        ("Porter le taux d’activité", "activite", "activité"),
        (unicodedata.normalize("NFD", "Porter l’activité élevée"), "elevee", unicodedata.normalize("NFD", "élevée")),
        ("Au cœur de l'ETI", "coeur", "cœur"),
        ("Au cœur de l'ETI", "eti", "ETI"),
        ("**Créer** 3 battlecards", "creer", "Créer"),
        ("[Créer](https://example.org) 3 battlecards", "creer", "Créer"),
        ("Voir [le plan](https://example.org/x) puis créer", "creer", "créer"),
        ("win  rate   ETI", "eti", "ETI"),
        ("\ufeffNPS de 40", "nps", "NPS"),
    ],
)
def test_a_folded_place_leads_back_to_its_words(text: str, words: str, quote: str) -> None:
    folded = fold(text)
    at = folded.text.index(words)
    start, end = folded.span(at, at + len(words))
    assert text[start:end] == quote
    assert fold(text, 100).span(at, at + len(words)) == (start + 100, end + 100)


# --- any text ----------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        ("win", "win"), ("été", "ete"), (unicodedata.normalize("NFD", "café"), "cafe"), ("cœur", "coeur"), ("ŒUVRE", "oeuvre"),
        ("Noël", "noel"), ("30", "30"), ("%", "%"), ("l’ETI", "l'eti"), ("ÇA", "ca"), ("straße", "strasse"), ("ﬁn", "fin"), ("→", "→"),
        ("mid–market", "mid-market"), ("NPS", "nps"), ("é\u0302t", "et"),
    ]
)  # fmt: skip
DRESSES = st.sampled_from(["{}", "**{}**", "*{}*", "`{}`", "[{}](https://example.org/a)", "~~{}~~", "<b>{}</b>", "\u200b{}"])
GAPS = st.sampled_from([" ", "  ", "\u00a0", "\u202f", "\t", "\n", " \u00a0 "])


@given(st.lists(st.tuples(WORDS, DRESSES, GAPS), max_size=12), st.integers(0, 1000))
@settings(deadline=None, max_examples=300)
def test_dressed_words_fold_to_plain_ones_and_lead_back(parts: list[tuple[tuple[str, str], str, str]], offset: int) -> None:
    text = ""
    expected: list[tuple[str, int, int]] = []
    for (word, plain), dress, gap in parts:
        start = len(text) + dress.index("{}")
        text += dress.format(word) + gap
        expected.append((plain, start, start + len(word)))
    folded = fold(text, offset)
    assert folded.text.split() == [plain for plain, _, _ in expected]
    at = 0
    for plain, start, end in expected:
        at = folded.text.index(plain, at)
        found = folded.span(at, at + len(plain))
        assert found[0] == start + offset
        rest = text[found[1] - offset : end]
        assert found[1] - offset <= end
        assert all(unicodedata.combining(char) for char in rest)
        at += len(plain)


@given(st.text(max_size=200), st.integers(0, 50))
@settings(deadline=None, max_examples=300)
def test_places_of_any_text_stay_in_it_and_in_order(text: str, offset: int) -> None:
    folded = fold(text, offset)
    last = offset
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert offset <= last <= start < end <= offset + len(text)
        last = start
    assert folded.text == fold(text).text


@given(st.text(alphabet="ab Z09%-'éèêàâçùûîïôëÉÈÀÇ", max_size=200))
@settings(deadline=None)
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)).text.strip() == fold(unicodedata.normalize("NFD", text)).text.strip()


@given(st.text(alphabet="abcdé ÀÉœ30 %€’'«»\u00a0\u202f-–.,", max_size=100))
@settings(deadline=None)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
    assert once == once.lower()
