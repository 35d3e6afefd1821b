"""Dates and periods are told apart: by when, compared with when, and the window inside a measure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.language.folding import fold
from reviewer.language.periods import find_periods
from reviewer.okr import Language

from .reads import key_result


def _roles(text: str) -> list[str]:
    return [period.role for period in find_periods(fold(text).text)]


DEADLINES = [
    ("fr", "d'ici fin T3"),
    ("fr", "d’ici fin T3"),
    ("fr", "d'ici la fin du T3"),
    ("fr", "d'ici la fin de T3"),
    ("fr", "d'ici fin Q3"),
    ("fr", "d'ici la fin du trimestre"),
    ("fr", "d'ici la fin de l'année"),
    ("fr", "d'ici la fin de l'annee"),
    ("fr", "d'ici fin décembre"),
    ("fr", "d'ici fin decembre"),
    ("fr", "avant le 15 mars"),
    ("fr", "avant le 1er février"),
    ("fr", "avant le 1er fevrier"),
    ("fr", "avant fin août"),
    ("fr", "avant fin aout"),
    ("fr", "au 30 juin 2027"),
    ("fr", "au 31/12/2026"),
    ("fr", "au plus tard le 31 décembre"),
    ("fr", "en 3 mois"),
    ("fr", "en trois mois"),
    ("fr", "dans les 6 semaines"),
    ("fr", "sous 4 semaines"),
    ("fr", "à J+45"),
    ("fr", "a J+45"),
    ("fr", "d'ici J+45"),
    ("fr", "au S2"),
    ("fr", "au T4 2026"),
    ("fr", "au Q1"),
    ("fr", "fin 2026"),
    ("fr", "en 2027"),
    ("fr", "pour Noël"),
    ("fr", "ce trimestre"),
    ("en", "by the end of Q3"),
    ("en", "by end of Q3"),
    ("en", "by end of year"),
    ("en", "by year-end"),
    ("en", "by the end of the quarter"),
    ("en", "by EOY"),
    ("en", "by EOQ"),
    ("en", "by March 15"),
    ("en", "by March 15, 2027"),
    ("en", "by 15 March"),
    ("en", "by the 1st of June"),
    ("en", "by June"),
    ("en", "by May"),
    ("en", "before Christmas"),
    ("en", "before July 1st"),
    ("en", "in Q4 2026"),
    ("en", "in H2"),
    ("en", "within 4 weeks"),
    ("en", "within three months"),
    ("en", "this quarter"),
    ("en", "by 2026-12-31"),
    ("en", "no later than September 30"),
]
STARTED = {"fr": "Porter le taux d'activation de 22 % à 40 % {}", "en": "Raise activation rate from 22% to 40% {}"}
BARE = {"fr": "Porter le taux d'activation de 22 % à 40 %", "en": "Raise activation rate from 22% to 40%"}
FIRST = {"fr": "{}, 40 demandes de démo qualifiées", "en": "{}, 40 qualified demo requests"}


@pytest.mark.parametrize(("language", "when"), DEADLINES)
def test_a_deadline_is_read_and_holds_no_quantity(language: Language, when: str) -> None:
    read = key_result(STARTED[language].format(when), language, cycle="2026-Q4")
    assert read.deadline is not None
    assert read.deadline.origin == "statement"
    assert read.deadline.text in when
    assert [q.value for q in read.quantities] == [22, 40]


@pytest.mark.parametrize(
    ("language", "when"), [("fr", "D'ici fin T3"), ("fr", "Avant le 15 mars"), ("en", "By the end of Q3"), ("en", "By March 15")]
)
def test_a_deadline_may_open_the_statement(language: Language, when: str) -> None:
    read = key_result(FIRST[language].format(when), language)
    assert read.deadline is not None and read.deadline.text in when
    assert read.target is not None and read.target.value == 40


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_a_date_the_deadline_is_the_cycle_or_none(language: Language) -> None:
    assert key_result(BARE[language], language).deadline is None
    inherited = key_result(BARE[language], language, cycle="T4 2026").deadline
    assert inherited is not None
    assert (inherited.origin, inherited.text, inherited.span) == ("cycle", "T4 2026", None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pipeline sourcé : +20 % vs T2", "fr"),
        ("Win rate : +8 points par rapport au trimestre dernier", "fr"),
        ("Win rate : +8 points par rapport au trimestre precedent", "fr"),
        ("NPS : +10 points vs Q4", "fr"),
        ("20 % de demandes de démo de plus qu'au T1", "fr"),
        ("Demandes de démo : +20 % par rapport à l'an dernier", "fr"),
        ("Demandes de démo : +20 % contre le T2", "fr"),
        ("Sourced pipeline: +20% vs. Q2", "en"),
        ("Win rate up 8 points vs last quarter", "en"),
        ("Win rate up 8 points compared to last quarter", "en"),
        ("20% more qualified demo requests than in Q2", "en"),
        ("Grow demo requests by 20% year over year", "en"),
        ("Grow demo requests by 20% YoY", "en"),
        ("Grow demo requests by 20% over last year", "en"),
    ],
)
def test_a_period_compared_with_is_no_deadline(text: str, language: Language) -> None:
    assert key_result(text, language).deadline is None
    assert "reference" in _roles(text)


@pytest.mark.parametrize(
    ("text", "language", "by"),
    [
        ("NPS : +10 points vs T2 d'ici fin T4", "fr", "fin T4"),
        ("Demandes de démo : +20 % par rapport au trimestre dernier avant le 15 mars", "fr", "15 mars"),
        ("Sourced pipeline: +20% vs Q2 by the end of Q4", "en", "Q4"),
        ("Win rate up 8 points vs last quarter by March 15", "en", "March 15"),
    ],
)
def test_a_reference_and_a_deadline_stand_side_by_side(text: str, language: Language, by: str) -> None:
    read = key_result(text, language)
    assert read.deadline is not None and by in read.deadline.text
    assert {"reference", "deadline"} <= set(_roles(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La rétention J7 passe de 31 % à 45 %", "fr"),
        ("La rétention à J+30 passe de 31 % à 45 %", "fr"),
        ("Porter la rétention J+30 de 31 % à 45 %", "fr"),
        ("Raise D7 retention from 31% to 45%", "en"),
        ("Raise D30 retention from 31% to 45%", "en"),
    ],
)
def test_the_window_of_a_measure_is_no_deadline_and_no_quantity(text: str, language: Language) -> None:
    read = key_result(text, language)
    assert read.deadline is None
    assert [q.value for q in read.quantities] == [31, 45]
    assert _roles(text) == ["window"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Atteindre 40 % des nouveaux comptes actifs dans les 7 jours qui suivent l'inscription", "fr"),
        ("40% of new accounts send an invoice within 7 days of sign-up", "en"),
        ("40% of new accounts send an invoice in the first week", "en"),
    ],
)
def test_a_time_counted_from_each_customer_is_not_when_the_cycle_ends(text: str, language: Language) -> None:
    target = key_result(text, language).target
    assert target is not None and target.value == 40


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("95 % des tickets traités sous 24 h", "fr"),
        ("Ramener le délai de devis de 5 jours à 2 jours", "fr"),
        ("Publier la roadmap 2027", "fr"),
        ("95% of tickets answered within 24 h", "en"),
        ("Cut time to quote from 5 days to 2 days", "en"),
    ],
)
def test_a_delay_or_the_year_in_a_name_is_no_deadline(text: str, language: Language) -> None:
    assert key_result(text, language).deadline is None


MORSELS = st.sampled_from(
    [
        "T3", "Q4 2026", "2026", "15 mars", "March", "May", "d'ici", "fin", "du", "trimestre", "avant le", "by", "the end of", "within",
        "4", "weeks", "en 3 mois", "J+45", "J7", "D30", "vs", "last quarter", "par rapport à", "than in", "S2", "31/12/2026", "2026-12-31",
        " ", " ", "-", "(", ")", ",", "é", "\u00a0", "\u0301", "EOY", "30 %", "depuis", "since", "roadmap",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=120), st.lists(MORSELS, max_size=20).map(" ".join), st.lists(MORSELS, max_size=20).map("".join)))
@settings(deadline=None, max_examples=400)
def test_any_text_gives_places_in_order(text: str) -> None:
    folded = fold(text)
    at = 0
    for period in find_periods(folded.text):
        assert at <= period.start < period.end <= len(folded.text)
        start, end = folded.span(period.start, period.end)
        assert 0 <= start < end <= len(text)
        at = period.start
