"""Every spelling of a number that drafts are written in is read to its value, unit and comparator."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.language.folding import fold
from reviewer.language.quantities import find_numbers
from reviewer.okr import Comparator, Language

from .reads import key_result

NB, NARROW = "\u00a0", "\u202f"


class Row(NamedTuple):
    """Hold a statement and the one quantity it names; `quote` are words that its quote must hold."""

    text: str
    language: Language
    value: float
    unit: str | None = None
    comparator: Comparator | None = None
    quote: str = ""


PERCENTAGES = [
    Row("Atteindre 30 % d'adoption du module Relances", "fr", 30, "percent", None, "30 %"),
    Row("Atteindre 30% d'adoption du module Relances", "fr", 30, "percent", None, "30%"),
    Row(f"Atteindre 30{NB}% d'adoption du module Relances", "fr", 30, "percent", None, f"30{NB}%"),
    Row(f"Atteindre 30{NARROW}% d'adoption du module Relances", "fr", 30, "percent", None, f"30{NARROW}%"),
    Row("Taux de conversion essai-payant de 12,5 %", "fr", 12.5, "percent", None, "12,5 %"),
    Row("Taux de conversion essai-payant de 12,5%", "fr", 12.5, "percent", None, "12,5%"),
    Row("Reach 30% adoption of the Reminders module", "en", 30, "percent", None, "30%"),
    Row("Reach 30 % adoption of the Reminders module", "en", 30, "percent", None, "30 %"),
    Row("Trial-to-paid conversion of 12.5%", "en", 12.5, "percent", None, "12.5%"),
    Row("Activation rate of 40 percent", "en", 40, "percent", None, "40 percent"),
    Row("Uptime of 99.95%", "en", 99.95, "percent", None, "99.95%"),
    Row("Uptime de 99,999 %", "fr", 99.999, "percent", None, "99,999 %"),
]

THOUSANDS = [
    Row("Atteindre 50 000 comptes actifs sur Ardoise", "fr", 50_000, None, None, "50 000"),
    Row(f"Atteindre 50{NB}000 comptes actifs sur Ardoise", "fr", 50_000, None, None, f"50{NB}000"),
    Row(f"Atteindre 50{NARROW}000 comptes actifs sur Ardoise", "fr", 50_000, None, None, f"50{NARROW}000"),
    Row("Atteindre 50.000 comptes actifs sur Ardoise", "fr", 50_000, None, None, "50.000"),
    Row("Atteindre 50K comptes actifs sur Ardoise", "fr", 50_000, None, None, "50K"),
    Row("Atteindre 50k comptes actifs sur Ardoise", "fr", 50_000, None, None, "50k"),
    Row("Atteindre 1 250 000 factures réglées par nos clients", "fr", 1_250_000, None, None, "1 250 000"),
    Row("Reach 50,000 active accounts on Slateboard", "en", 50_000, None, None, "50,000"),
    Row("Reach 50 000 active accounts on Slateboard", "en", 50_000, None, None, "50 000"),
    Row("Reach 50K active accounts on Slateboard", "en", 50_000, None, None, "50K"),
    Row("Reach 1.5M active accounts on Slateboard", "en", 1_500_000, None, None, "1.5M"),
    Row("Reach 2 million active accounts on Slateboard", "en", 2_000_000, None, None, "2 million"),
    Row("Reach 1,250,000 invoices settled by customers", "en", 1_250_000, None, None, "1,250,000"),
]

MONEY = [
    Row("3,5 M€ de pipeline généré par les comptes ETI", "fr", 3_500_000, "EUR", None, "3,5 M€"),
    Row("3,5M€ de pipeline généré par les comptes ETI", "fr", 3_500_000, "EUR", None, "3,5M€"),
    Row(f"3,5{NARROW}M€ de pipeline généré par les comptes ETI", "fr", 3_500_000, "EUR", None, f"3,5{NARROW}M€"),
    Row("120 k€ d'ARR signé chez les coopératives", "fr", 120_000, "EUR", None, "120 k€"),
    Row("120k€ d'ARR signé chez les coopératives", "fr", 120_000, "EUR", None, "120k€"),
    Row("45 000 € de MRR sur l'offre Essentiel", "fr", 45_000, "EUR", None, "45 000 €"),
    Row("80 000 CHF d'ARR signé en Suisse romande", "fr", 80_000, "CHF", None, "80 000 CHF"),
    Row("500M FCFA de pipeline en Côte d'Ivoire", "fr", 500_000_000, "XOF", None, "500M FCFA"),
    Row("500 000 FCFA de panier moyen à Dakar", "fr", 500_000, "XOF", None, "500 000 FCFA"),
    Row("$50k of new ARR from hospital groups", "en", 50_000, "USD", None, "$50k"),
    Row("$1.5M of sourced pipeline in logistics", "en", 1_500_000, "USD", None, "$1.5M"),
    Row("€3.5M of sourced pipeline in logistics", "en", 3_500_000, "EUR", None, "€3.5M"),
    Row("£2m of new ARR from councils", "en", 2_000_000, "GBP", None, "£2m"),
    Row("$250,000 of expansion ARR", "en", 250_000, "USD", None, "$250,000"),
]

TIMES = [
    Row("Délai de première réponse de 48h", "fr", 48, "hour", None, "48h"),
    Row("Délai de première réponse de 48 heures", "fr", 48, "hour", None, "48 heures"),
    Row("Ramener le délai de devis à 3j", "fr", 3, "day", None, "3j"),
    Row("Ramener le délai de devis à 3 jours", "fr", 3, "day", None, "3 jours"),
    Row("Ramener le temps de prise en main à 10min", "fr", 10, "minute", None, "10min"),
    Row("Ramener le temps de prise en main à 1h30", "fr", 1.5, "hour", None, "1h30"),
    Row("Ramener le temps de prise en main à 1 h 30", "fr", 1.5, "hour", None, "1 h 30"),
    Row("First response time of 48h", "en", 48, "hour", None, "48h"),
    Row("Cut time to quote to 3 days", "en", 3, "day", None, "3 days"),
    Row("Cut time to first invoice to 10 min", "en", 10, "minute", None, "10 min"),
    Row("Cut search latency to 200 ms", "en", 200, "millisecond", None, "200 ms"),
    Row("Cut sales cycle length to 6 weeks", "en", 6, "week", None, "6 weeks"),
]

COMPARED = [
    Row("NPS ≥ 50 chez les offices de tourisme", "fr", 50, None, ">=", "50"),
    Row("NPS >= 50 chez les offices de tourisme", "fr", 50, None, ">=", "50"),
    Row("NPS > 50 chez les offices de tourisme", "fr", 50, None, ">", "50"),
    Row("Taux de retour < 3 %", "fr", 3, "percent", "<", "3 %"),
    Row("Taux de retour ≤ 3 %", "fr", 3, "percent", "<=", "3 %"),
    Row("Taux de retour <= 3 %", "fr", 3, "percent", "<=", "3 %"),
    Row("Au moins 25 % des comptes PME utilisent les modèles", "fr", 25, "percent", ">=", "25 %"),
    Row("Taux d'ouverture supérieur à 35 %", "fr", 35, "percent", ">", "35 %"),
    Row("Plus de 35 % des prospects citent Ardoise", "fr", 35, "percent", ">", "35 %"),
    Row("Churn logo inférieur à 2 %", "fr", 2, "percent", "<", "2 %"),
    Row("Moins de 2 % de churn logo", "fr", 2, "percent", "<", "2 %"),
    Row("Churn logo sous 2 %", "fr", 2, "percent", "<", "2 %"),
    Row("Churn logo sous les 2 %", "fr", 2, "percent", "<", "2 %"),
    Row("Satisfaction des Sales : 8/10 minimum", "fr", 8, None, ">=", "8/10"),
    Row("At least 25% of small accounts use the templates", "en", 25, "percent", ">=", "25%"),
    Row("NPS ≥ 50 among tourist offices", "en", 50, None, ">=", "50"),
    Row("NPS >= 50 among tourist offices", "en", 50, None, ">=", "50"),
    Row("More than 35% of prospects name Slateboard unprompted", "en", 35, "percent", ">", "35%"),
    Row("Return rate below 3%", "en", 3, "percent", "<", "3%"),
    Row("Return rate under 3%", "en", 3, "percent", "<", "3%"),
    Row("Less than 3% of orders returned by customers", "en", 3, "percent", "<", "3%"),
    Row("No more than 3% of orders returned by customers", "en", 3, "percent", "<=", "3%"),
    Row("At most 3% of orders returned by customers", "en", 3, "percent", "<=", "3%"),
    Row("Review-site rating of 4.5+", "en", 4.5, None, ">=", "4.5+"),
    Row("50+ qualified demo requests from councils", "en", 50, None, ">=", "50+"),
    Row("Renewal rate of 85% or more", "en", 85, "percent", ">=", "85%"),
]

FACTORS = [
    Row("Multiplier les demandes de démo : 2x", "fr", 2, "factor", None, "2x"),
    Row("Demandes de démo x3 sur le segment ETI", "fr", 3, "factor", None, "3"),
    Row("Demandes de démo ×3 sur le segment ETI", "fr", 3, "factor", None, "3"),
    Row("Doubler le taux d'usage des comparatifs", "fr", 2, "factor", None, "Doubler"),
    Row("Tripler le pipeline sourcé", "fr", 3, "factor", None, "Tripler"),
    Row("Diviser par deux le délai de devis", "fr", 0.5, "factor", None, "Diviser par deux"),
    Row("Diviser par 2 le délai de devis", "fr", 0.5, "factor", None, "Diviser par 2"),
    Row("Réduire le délai de devis de moitié", "fr", 0.5, "factor", None, "moitié"),
    Row("2x qualified demo requests in logistics", "en", 2, "factor", None, "2x"),
    Row("Double battlecard usage among reps", "en", 2, "factor", None, "Double"),
    Row("Triple sourced pipeline", "en", 3, "factor", None, "Triple"),
    Row("Cut time to quote in half", "en", 0.5, "factor", None, "half"),
    Row("Halve time to quote", "en", 0.5, "factor", None, "Halve"),
]

SHARES_AND_FRACTIONS = [
    Row("Réduire le délai de devis d'un tiers", "fr", 33.3, "percent", None, "un tiers"),
    Row("Augmenter le panier moyen d'un quart", "fr", 25, "percent", None, "un quart"),
    Row("Un client sur trois recommande Ardoise à un confrère", "fr", 33.3, "percent", None, "sur trois"),
    Row("Deux clients sur trois renouvellent leur contrat", "fr", 66.7, "percent", None, "sur trois"),
    Row("La moitié des comptes PME utilisent les modèles", "fr", 50, "percent", None, "moitié"),
    Row("Les deux tiers des comptes PME utilisent les modèles", "fr", 66.7, "percent", None, "deux tiers"),
    Row("One in three trials becomes a paying account", "en", 33.3, "percent", None, "in three"),
    Row("Two out of three trials become paying accounts", "en", 66.7, "percent", None, "out of three"),
    Row("Half of small accounts use the templates", "en", 50, "percent", None, "Half"),
    Row("Two thirds of small accounts use the templates", "en", 66.7, "percent", None, "Two thirds"),
    Row("Cut time to quote by a third", "en", 33.3, "percent", None, "third"),
]

NOUGHTS = [
    Row("Zéro client perdu face à Kerlane", "fr", 0, None, None, "Zéro"),
    Row("Zero client perdu face à Kerlane", "fr", 0, None, None, "Zero"),
    Row("Aucun client ETI ne part chez Kerlane", "fr", 0, None, None, "Aucun"),
    Row("Zero deals lost to Kerlane for lack of an integration", "en", 0, None, None, "Zero"),
    Row("0 client perdu face à Kerlane", "fr", 0, None, None, "0"),
]

WORDS = [
    Row("Trois analystes citent Ardoise dans leur panorama", "fr", 3, None, None, "Trois"),
    Row("Dix clients témoignent d'eux-mêmes sur les sites d'avis", "fr", 10, None, None, "Dix"),
    Row("Three analysts name Slateboard in their landscape", "en", 3, None, None, "Three"),
    Row("Ten customers renew without a discount", "en", 10, None, None, "Ten"),
]

SIGNED = [
    Row("NPS : +8 points chez les coopératives", "fr", 8, "points", None, "8 points"),
    Row("Taux de churn : -2 points", "fr", -2, "points", None, "2 points"),
    Row("Win rate: +8 points against Kerlane", "en", 8, "points", None, "8 points"),
    Row("Onboarding time: -20%", "en", -20, "percent", None, "20%"),
]

ROWS = PERCENTAGES + THOUSANDS + MONEY + TIMES + COMPARED + FACTORS + SHARES_AND_FRACTIONS + NOUGHTS + WORDS + SIGNED


@pytest.mark.parametrize("row", ROWS, ids=[row.text for row in ROWS])
def test_a_quantity_is_read_from_its_spelling(row: Row) -> None:
    read = key_result(row.text, row.language)
    assert [q.value for q in read.quantities] == [pytest.approx(row.value, abs=0.05, rel=1e-9)]
    quantity = read.quantities[0]
    assert quantity.comparator == row.comparator
    if row.unit is not None:
        assert quantity.unit == row.unit
    assert row.quote in quantity.text
    assert read.target == quantity


@pytest.mark.parametrize(
    ("text", "language", "top"),
    [
        ("Satisfaction des Sales de 8/10", "fr", 10),
        ("Note moyenne de 4,2/5 sur les sites d'avis", "fr", 5),
        ("Clarity score of 8/10 among prospects", "en", 10),
        ("Average rating of 4.2/5 on review sites", "en", 5),
    ],
)
def test_a_score_keeps_the_top_of_its_scale(text: str, language: Language, top: float) -> None:
    read = key_result(text, language)
    assert [q.out_of for q in read.quantities] == [top]
    assert f"/{top}" in read.quantities[0].text


@pytest.mark.parametrize(
    ("text", "language", "relative"),
    [
        ("Réduire le délai de devis d'un tiers", "fr", True),
        ("NPS : +8 points vs T2", "fr", True),
        ("Doubler le pipeline sourcé", "fr", True),
        ("Porter le taux d'activation à 40 %", "fr", False),
        ("Taux d'activation de 40 %", "fr", False),
        ("Increase deal size by 20%", "en", True),
        ("Win rate: +8 points vs Q2", "en", True),
        ("Double sourced pipeline", "en", True),
        ("Halve time to quote", "en", True),
        ("Bring activation to 40%", "en", False),
        ("Activation rate of 40%", "en", False),
    ],
)
def test_a_change_is_told_from_a_level(text: str, language: Language, relative: bool) -> None:
    target = key_result(text, language).target
    assert target is not None and target.relative is relative


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Refondre le parcours d'inscription en 3 étapes", "fr"),
        ("Présenter nos 12 offres sur le site", "fr"),
        ("Déployer la campagne avec un budget de 4,2 M€", "fr"),
        ("Lancer la v2 de l'espace partenaires", "fr"),
        ("Publier le guide tarifaire 2027", "fr"),
        ("Améliorer nettement le taux d'activation d'ici le 15 mars", "fr"),
        ("Améliorer la satisfaction des Sales au T3", "fr"),
        ("Rework the sign-up flow in 3 steps", "en"),
        ("Ship v2 of the partner space", "en"),
        ("Improve activation significantly by March 15", "en"),
        ("Improve rep satisfaction in Q3 2026", "en"),
        ("Obtain the ISO 27001 certificate", "en"),
        ("Better content for B2B buyers", "en"),
    ],
)
def test_dates_versions_names_and_sizes_of_a_plan_are_no_target(text: str, language: Language) -> None:
    assert key_result(text, language).target is None


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Porter le taux d'activation de 22 % à 40 % d'ici le 15 mars 2027", "fr", 40),
        ("40 demandes de démo qualifiées d'ici fin T3 2026", "fr", 40),
        ("Churn logo sous 2 % au T4", "fr", 2),
        ("Raise activation from 22% to 40% by March 15, 2027", "en", 40),
        ("40 qualified demo requests within 6 weeks of launch", "en", 40),
        ("60 opportunities from B2B marketplaces in Q3 2026", "en", 60),
        ("Atteindre le top 3 des outils cités par les DAF", "fr", 3),
        ("Reach the top 3 of the tools that CFOs name", "en", 3),
    ],
)
def test_the_target_is_the_quantity_to_reach(text: str, language: Language, value: float) -> None:
    target = key_result(text, language).target
    assert target is not None and target.value == value


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [("Taux d'activation de 30-40 %", "fr", 30, 40), ("Activation rate of 30-40%", "en", 30, 40)],
)
def test_a_range_keeps_both_ends(text: str, language: Language, low: float, high: float) -> None:
    target = key_result(text, language).target
    assert target is not None and (target.value, target.high, target.unit) == (low, high, "percent")


# --- any number, any spelling ------------------------------------------------------------------------

SENTENCES = st.sampled_from(
    [
        ("fr", "Atteindre {} comptes actifs"),
        ("fr", "Passer à {} clients payants sur Ardoise"),
        ("fr", "Pipeline : {}"),
        ("fr", "{} demandes de démo qualifiées"),
        ("en", "Reach {} active accounts"),
        ("en", "Grow to {} paying customers on Slateboard"),
        ("en", "Pipeline: {}"),
        ("en", "{} qualified demo requests"),
    ]
)


def _grouped(whole: int, mark: str) -> str:
    return f"{whole:,}".replace(",", mark)


@given(SENTENCES, st.integers(0, 10**10), st.sampled_from(["", " ", NB, NARROW, ".", ","]))
@settings(deadline=None)
def test_a_whole_number_is_read_whatever_its_grouping(sentence: tuple[Language, str], whole: int, mark: str) -> None:
    language, text = sentence
    written = str(whole) if not mark else _grouped(whole, mark)
    _reads_alone(text.format(written), language, whole, None)


@given(SENTENCES, st.integers(0, 9999), st.integers(1, 99), st.sampled_from(".,"), st.sampled_from(["%", " %", f"{NB}%", f"{NARROW}%"]))
@settings(deadline=None)
def test_a_percentage_is_read_with_a_point_or_a_comma(
    sentence: tuple[Language, str], whole: int, hundredths: int, mark: str, sign: str
) -> None:
    language, text = sentence
    _reads_alone(text.format(f"{whole}{mark}{hundredths:02d}{sign}"), language, whole + hundredths / 100, "percent")


@given(
    SENTENCES,
    st.integers(1, 999),
    st.integers(0, 9),
    st.sampled_from(".,"),
    st.sampled_from(
        [
            ("{} k€", 1e3, "EUR"), ("{}k€", 1e3, "EUR"), ("{} M€", 1e6, "EUR"), ("{}M€", 1e6, "EUR"), ("€{}k", 1e3, "EUR"),
            ("${}k", 1e3, "USD"), ("${}M", 1e6, "USD"), ("£{}m", 1e6, "GBP"), ("{} €", 1, "EUR"), ("{} CHF", 1, "CHF"),
            ("{}M FCFA", 1e6, "XOF"), ("{}K", 1e3, None), ("{}k", 1e3, None), ("{}M", 1e6, None),
        ]
    ),
)  # fmt: skip
@settings(deadline=None)
def test_an_amount_is_read_with_its_scale_and_currency(
    sentence: tuple[Language, str], whole: int, tenths: int, mark: str, style: tuple[str, float, str | None]
) -> None:
    language, text = sentence
    pattern, scale, unit = style
    written = f"{whole}{mark}{tenths}" if tenths else str(whole)
    _reads_alone(text.format(pattern.format(written)), language, (whole + tenths / 10) * scale, unit)


def _reads_alone(text: str, language: Language, value: float, unit: str | None) -> None:
    folded = fold(text)
    numbers = find_numbers(folded.text, language)
    assert [number.value for number in numbers] == [pytest.approx(value)]
    if unit is not None:
        assert numbers[0].unit == unit
    start, end = folded.span(numbers[0].start, numbers[0].end)
    assert any(char.isdigit() for char in text[start:end])


MORSELS = st.sampled_from(
    [
        "1", "30", "2026", "1 000", "50.000", "1,5", ".", ",", " ", "-", "+", "/", "%", " %", "€", "$", "k", "M", "x", "h", "min", "j",
        "8/10", "≥", "<=", ">", "→", "->", "+8", "(", ")", "vs", "de", "à", "to", "from", "by", "un", "sur", "trois", "one in three",
        "double", "diviser par", "deux", "0", "zero", "aucun", "au moins", "moins de", "points", "top", "T3", "v2", "1h30", "\n", "\u0301",
        NB, NARROW, "٣", "²", "½", "¹⁰", "é",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=120), st.lists(MORSELS, max_size=24).map("".join)), st.sampled_from(["fr", "en"]))
@settings(deadline=None, max_examples=500)
def test_any_text_gives_places_in_it(text: str, language: Language) -> None:
    folded = fold(text)
    for number in find_numbers(folded.text, language):
        assert 0 <= number.start < number.end <= len(folded.text)
        start, end = folded.span(number.start, number.end)
        assert 0 <= start < end <= len(text)
