"""The other facts of a key result: measure, unit, direction, scope, person, several measures, event, placeholder, milestone."""

from __future__ import annotations

import pytest

from reviewer.catalogue import metrics
from reviewer.okr import Direction, Language

from .reads import key_result

MEASURES: list[tuple[Language, str, str]] = [
    ("fr", "NRR de 104 % à 112 %", "nrr"),
    ("fr", "Porter le win rate ETI de 24 % à 33 %", "win-rate"),
    ("fr", "Porter le taux de victoire de 24 % à 33 %", "win-rate"),
    ("fr", "Réduire le churn logo de 6 % à 3 %", "logo-churn"),
    ("fr", "Cycle de vente ETI de 62 à 50 jours", "sales-cycle-length"),
    ("fr", "Pipeline influencé de 1 M€ à 2 M€", "influenced-pipeline"),
    ("fr", "Pipeline influence de 1 M€ a 2 M€", "influenced-pipeline"),
    ("fr", "Part de marché de 8 % à 12 %", "market-share"),
    ("fr", "MRR de 45 k€ à 60 k€", "mrr"),
    ("fr", "Le NPS passe de 18 à 35", "nps"),
    ("fr", "CSAT de 4,2/5 à 4,6/5", "csat"),
    ("fr", "Taux d'activation de 22 % à 40 %", "activation-rate"),
    ("fr", "Taux d’activation de 22 % à 40 %", "activation-rate"),
    ("fr", "40 demandes de démo qualifiées", "qualified-demo-requests"),
    ("fr", "Taux d'usage des battlecards de 25 % à 60 %", "battlecard-usage"),
    ("fr", "Taux de conversion MQL-SQL de 12 % à 18 %", "mql-to-sql-conversion"),
    ("en", "Net revenue retention from 104% to 112%", "nrr"),
    ("en", "NRR from 104% to 112%", "nrr"),
    ("en", "Raise the mid-market win rate from 24% to 33%", "win-rate"),
    ("en", "Cut logo churn from 6% to 3%", "logo-churn"),
    ("en", "Sales cycle from 62 to 50 days", "sales-cycle-length"),
    ("en", "Influenced pipeline from €1M to €2M", "influenced-pipeline"),
    ("en", "Market share from 8% to 12%", "market-share"),
    ("en", "MRR from $45k to $60k", "mrr"),
    ("en", "NPS goes from 18 to 35", "nps"),
    ("en", "Activation rate from 22% to 40%", "activation-rate"),
    ("en", "40 qualified demo requests", "qualified-demo-requests"),
    ("en", "MQL to SQL conversion from 12% to 18%", "mql-to-sql-conversion"),
    ("en", "Time to value from 14 days to 5 days", "time-to-value"),
]


@pytest.mark.parametrize(("language", "text", "id"), MEASURES)
def test_a_measure_is_named_by_its_id_in_the_catalogue(language: Language, text: str, id: str) -> None:
    read = key_result(text, language)
    assert id in metrics()
    assert read.metric is not None and read.metric.id == id
    assert [metric.id for metric in read.metrics] == [id]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_measure_of_the_catalogue_is_found_by_its_name(language: Language) -> None:
    pattern = "{} : de 20 à 40" if language == "fr" else "{}: from 20 to 40"
    missed = []
    for metric in metrics().values():
        name = metric.text(language).name
        read = key_result(pattern.format(name[0].upper() + name[1:]), language)
        if metric.id not in [found.id for found in read.metrics]:
            missed.append((metric.id, name))
    assert missed == []


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("fr", "Win rate ETI de 24 à 33 %", "percent"),
        ("fr", "Cycle de vente de 62 à 50 jours", "day"),
        ("fr", "MRR de 45 k€ à 60 k€", "EUR"),
        ("fr", "ARR de 80 000 CHF à 120 000 CHF", "CHF"),
        ("fr", "NPS : +8 points vs T2", "points"),
        ("fr", "40 demandes de démo qualifiées", "count"),
        ("fr", "Doubler le pipeline sourcé", "factor"),
        ("en", "Win rate from 24 to 33%", "percent"),
        ("en", "Sales cycle from 62 to 50 days", "day"),
        ("en", "MRR from $45k to $60k", "USD"),
        ("en", "NPS: +8 points vs Q2", "points"),
        ("en", "40 qualified demo requests", "count"),
        ("en", "Double sourced pipeline", "factor"),
    ],
)
def test_the_unit_is_that_of_the_target(language: Language, text: str, unit: str) -> None:
    assert key_result(text, language).unit == unit


@pytest.mark.parametrize(
    ("language", "text", "direction"),
    [
        ("fr", "Win rate ETI de 24 % à 33 %", "up"),
        ("fr", "Porter le NPS de 18 à 35", "up"),
        ("fr", "Cycle de vente de 62 à 50 jours", "down"),
        ("fr", "Réduire le churn logo à 3 %", "down"),
        ("fr", "Réduire le churn logo de 20 %", "down"),
        ("fr", "Diviser par deux le délai de devis", "down"),
        ("fr", "Augmenter le panier moyen de 20 %", "up"),
        ("fr", "NPS ≥ 40", "up"),
        ("fr", "Taux de retour < 3 %", "down"),
        ("fr", "NPS : +8 points vs T2", "up"),
        ("fr", "Churn logo : -2 points vs T2", "down"),
        ("fr", "Maintenir l'uptime au-dessus de 99,9 %", "keep"),
        ("fr", "Garder le churn logo sous 2 %", "keep"),
        ("en", "Win rate from 24% to 33%", "up"),
        ("en", "Raise NPS from 18 to 35", "up"),
        ("en", "Sales cycle from 62 to 50 days", "down"),
        ("en", "Reduce logo churn to 3%", "down"),
        ("en", "Cut logo churn by 20%", "down"),
        ("en", "Halve time to quote", "down"),
        ("en", "Increase deal size by 20%", "up"),
        ("en", "NPS ≥ 40", "up"),
        ("en", "Return rate below 3%", "down"),
        ("en", "NPS: +8 points vs Q2", "up"),
        ("en", "Keep logo churn below 2%", "keep"),
        ("en", "Maintain uptime above 99.9%", "keep"),
    ],
)
def test_which_way_the_measure_is_to_move(language: Language, text: str, direction: Direction) -> None:
    assert key_result(text, language).direction == direction


@pytest.mark.parametrize(
    ("language", "text", "verb", "numbers"),
    [
        ("fr", "Réduire le churn logo de 3 % à 6 %", "down", "up"),
        ("fr", "Augmenter le NPS de 35 à 18", "up", "down"),
        ("en", "Reduce logo churn from 3% to 6%", "down", "up"),
        ("en", "Increase NPS from 35 to 18", "up", "down"),
    ],
)
def test_a_verb_against_its_numbers_keeps_both_facts(language: Language, text: str, verb: Direction, numbers: Direction) -> None:
    read = key_result(text, language)
    assert (read.verb_direction, read.direction) == (verb, numbers)


@pytest.mark.parametrize(
    ("language", "text", "kind", "words"),
    [
        ("fr", "Porter le win rate ETI de 24 % à 33 %", "segment", "ETI"),
        ("fr", "Porter le win rate Mid-Market de 24 % à 33 %", "segment", "Mid-Market"),
        ("fr", "Porter le win rate face à Kerlane de 24 % à 33 %", "competitor", "Kerlane"),
        ("fr", "Porter le win rate contre Kerlane de 24 % à 33 %", "competitor", "Kerlane"),
        ("fr", "Pipeline influencé (first touch) de 1 M€ à 2 M€", "attribution", "first touch"),
        ("fr", "Score de clarté de 6 à 8 selon une enquête", "respondents", "enquête"),
        ("fr", "Score de clarté de 6 à 8 auprès de 50 prospects", "respondents", "prospects"),
        ("en", "Raise the mid-market win rate from 24% to 33%", "segment", "mid-market"),
        ("en", "Raise the EMEA win rate from 24% to 33%", "segment", "EMEA"),
        ("en", "Raise win rate against Kerlane from 24% to 33%", "competitor", "Kerlane"),
        ("en", "Influenced pipeline (first touch) from €1M to €2M", "attribution", "first touch"),
        ("en", "Clarity score from 6 to 8 in a survey of prospects", "respondents", "survey"),
    ],
)
def test_what_a_measure_bears_on(language: Language, text: str, kind: str, words: str) -> None:
    assert any(phrase.kind == kind and words in phrase.text for phrase in key_result(text, language).scope)


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Porter le win rate de 24 % à 33 %"), ("en", "Raise win rate from 24% to 33%"), ("en", "Win rate of 33% vs 24% today")],
)
def test_a_bare_measure_has_no_scope(language: Language, text: str) -> None:
    assert key_result(text, language).scope == ()


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Ma certification PMM obtenue en juin", "Ma"),
        ("fr", "Porter mon win rate de 24 % à 33 %", "mon"),
        ("fr", "Camille anime 4 webinaires", "Camille"),
        ("fr", "Camille : 4 webinaires animés", "Camille"),
        ("en", "My win rate from 24% to 33%", "My"),
        ("en", "I write 4 articles", "I"),
        ("en", "Sarah will run 4 webinars", "Sarah"),
        ("en", "Sarah to run 4 webinars", "Sarah"),
    ],
)
def test_a_person_as_the_subject_is_quoted(language: Language, text: str, words: str) -> None:
    person = key_result(text, language).person
    assert person is not None and person.text == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nos clients nous citent dans 40 % des appels d'offres"),
        ("fr", "80 % des commerciaux utilisent le nouveau pitch"),
        ("fr", "Notre NPS passe de 18 à 35"),
        ("en", "Our NPS goes from 18 to 35"),
        ("en", "80% of reps use the new pitch"),
        ("en", "We win 33% of mid-market deals, up from 24%"),
    ],
)
def test_a_team_or_its_customers_are_no_person(language: Language, text: str) -> None:
    assert key_result(text, language).person is None


@pytest.mark.parametrize(
    ("language", "text", "first", "second"),
    [
        ("fr", "Relever le NPS de 18 à 35 et réduire le churn logo de 6 % à 3 %", "NPS", "churn logo"),
        ("fr", "Porter le win rate à 33 % et le taux d'activation à 40 %", "win rate", "activation"),
        ("en", "Raise NPS from 18 to 35 and cut logo churn from 6% to 3%", "NPS", "logo churn"),
        ("en", "Win rate of 33% and activation rate of 40%", "Win rate", "activation rate"),
        ("en", "Win rate of 33%; activation rate of 40%", "Win rate", "activation rate"),
    ],
)
def test_two_measures_each_with_its_target_are_quoted_apart(language: Language, text: str, first: str, second: str) -> None:
    parts = key_result(text, language).several
    assert len(parts) == 2
    assert first in parts[0].text and second not in parts[0].text
    assert second in parts[1].text and first not in parts[1].text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Porter le win rate de 24 % à 33 % d'ici le 15 mars"),
        ("fr", "NPS ≥ 40 (vs 28 aujourd'hui)"),
        ("fr", "Porter le win rate et le taux d'activation au-dessus de la moyenne"),
        ("fr", "Signer 12 clients dans la santé et la logistique"),
        ("en", "Raise win rate from 24% to 33% by March 15"),
        ("en", "NPS ≥ 40 (vs 28 today)"),
        ("en", "Sign 12 customers in healthcare and logistics"),
        ("en", "Lead response time from 2 days to 4 hours"),
    ],
)
def test_one_measure_is_not_several(language: Language, text: str) -> None:
    assert key_result(text, language).several == ()


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Obtenir la certification SOC 2", "certification"),
        ("fr", "Obtenir l'agrément des offices de tourisme", "agrément"),
        ("fr", "Décrocher le label Exaltis", "label"),
        ("en", "Obtain the ISO 27001 certificate", "certificate"),
        ("en", "Obtain the SOC 2 certification", "certification"),
        ("en", "Win the Exaltis award", "award"),
    ],
)
def test_an_event_that_happens_or_not_is_quoted(language: Language, text: str, words: str) -> None:
    read = key_result(text, language)
    assert read.event is not None and words in read.event.text
    assert read.target is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "90 % des commerciaux obtiennent la certification"),
        ("fr", "Porter le win rate de 24 % à 33 %"),
        ("fr", "Créer 3 battlecards"),
        ("en", "90% of reps obtain the certification"),
        ("en", "Raise win rate from 24% to 33%"),
        ("en", "Create 3 battlecards"),
    ],
)
def test_what_has_degrees_is_no_event(language: Language, text: str) -> None:
    assert key_result(text, language).event is None


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Porter le taux d'activation de X % à Y %", "X %"),
        ("fr", "Atteindre un NPS de [cible]", "[cible]"),
        ("fr", "Atteindre XX % d'adoption", "XX %"),
        ("en", "Raise activation rate from X% to Y%", "X%"),
        ("en", "Reach an NPS of [target]", "[target]"),
        ("en", "Reach an NPS of TBD", "TBD"),
        ("en", "Raise activation rate to XX%", "XX%"),
    ],
)
def test_a_value_left_open_is_quoted_and_is_no_target(language: Language, text: str, words: str) -> None:
    read = key_result(text, language)
    assert read.placeholder is not None and read.placeholder.text.strip() == words
    assert read.target is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Porter le win rate de 24 % à 33 %"),
        ("fr", "2x plus de démos"),
        ("en", "Raise win rate from 24% to 33%"),
        ("en", "Reach 2x pipeline coverage"),
    ],
)
def test_a_given_value_is_no_placeholder(language: Language, text: str) -> None:
    assert key_result(text, language).placeholder is None


@pytest.mark.parametrize(
    ("language", "text", "declared"),
    [
        ("fr", "Jalon : obtenir la certification SOC 2", True),
        ("fr", "[Jalon] Obtenir la certification SOC 2", True),
        ("fr", "Obtenir la certification SOC 2", False),
        ("en", "Milestone: obtain the SOC 2 certification", True),
        ("en", "Obtain the SOC 2 certification (milestone)", True),
        ("en", "Obtain the SOC 2 certification", False),
    ],
)
def test_a_milestone_is_one_when_the_author_says_so(language: Language, text: str, declared: bool) -> None:
    assert key_result(text, language).milestone is declared


def test_the_same_statement_gives_the_same_facts() -> None:
    text = "Porter le win rate ETI face à Kerlane de 24 % à 33 % d'ici fin T3"
    assert key_result(text, "fr") == key_result(text, "fr")
