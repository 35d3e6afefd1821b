"""Blanks, byte-order marks, typographic signs and decomposed letters keep every place right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reviewer.reading import read
from reviewer.reading.okr_text import ReadOkr

Check = Callable[[str, tuple[ReadOkr, ...]], None]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffObjectif\u202f: Gagner l’Europe\r\n\r\nKR1\u00a0: NPS ≥\u00a040\r\nKR2\u00a0: Win rate de 20\u202f% à 30\u202f%\r\n",
        "\r\n\r\n  Objectif :\tGagner l’Europe\t\r\n\tKR1 :\tNPS ≥\u00a040 \r\n\tKR2 : Win rate de 20\u202f% à 30\u202f%",
        "Objectif：Gagner l’Europe\u2028KR1：NPS ≥\u00a040\u2028KR2：Win rate de 20\u202f% à 30\u202f%\u2029",
        "Objectif : « Gagner l’Europe »\n•\u00a0KR1 : NPS ≥\u00a040\n•\u00a0KR2 : Win rate de 20\u202f% à 30\u202f%\u200b",
        "Objectif : Gagner l’Europe\x0bKR1 : NPS ≥\u00a040\x0bKR2 : Win rate de 20\u202f% à 30\u202f%",
        "Objectif : Gagner l’Europe<br>KR1 : NPS ≥\u00a040<br />KR2 : Win rate de 20\u202f% à 30\u202f%",
    ],
)
def test_odd_blanks(places: Check, text: str) -> None:
    okrs = read(text)
    places(text, okrs)
    (okr,) = okrs
    assert okr.objective is not None
    assert okr.objective.text == "Gagner l’Europe"
    assert [passage.text for passage in okr.key_results] == ["NPS ≥\u00a040", "Win rate de 20\u202f% à 30\u202f%"]


def test_letters_outside_the_basic_plane(places: Check) -> None:
    text = "🎯 Objective: İstanbul buyers 𝒜dore us 👩‍💻\n🔹 KR1: NPS of ﬁrst users at 40 🚀🚀\n🔹 KR2: ẞ-tests at 3"
    okrs = read(text)
    places(text, okrs)
    assert [passage.text for passage in okrs[0].key_results] == ["NPS of ﬁrst users at 40", "ẞ-tests at 3"]


def test_decomposed_accents_stay_as_written(places: Check) -> None:
    text = "Objectif : Re\u0301ussir le lancement\nRe\u0301sultat cle\u0301 1 : De\u0301mos de 20 a\u0300 40"
    okrs = read(text)
    places(text, okrs)
    assert okrs[0].key_results[0].text == "De\u0301mos de 20 a\u0300 40"
