"""An objective is a wanted state, a task or a bare topic; its number, its parts and its routine words are found."""

from __future__ import annotations

import pytest

from reviewer.okr import Language

from .reads import objective

STATES: list[tuple[Language, str]] = [
    ("fr", "Devenir la référence des mutuelles pour la relance client"),
    ("fr", "Devenir la reference des mutuelles pour la relance client"),
    ("fr", "Faire d'Ardoise le réflexe des directeurs financiers"),
    ("fr", "Faire de notre lancement l'événement de la rentrée"),
    ("fr", "Donner aux commerciaux l'envie d'affronter Kerlane"),
    ("fr", "Gagner la confiance des directions hospitalières"),
    ("fr", "Nos clients recommandent Ardoise sans qu'on le leur demande"),
    ("fr", "Les commerciaux abordent Kerlane avec confiance"),
    ("fr", "Conquérir le marché des coopératives"),
    ("fr", "Rendre l'essai d'Ardoise irrésistible"),
    ("en", "Become the reference for dunning among mutual insurers"),
    ("en", "Make Slateboard the best-loved tool of finance teams"),
    ("en", "Make our launch the event of the season"),
    ("en", "Give reps the appetite to face Kerlane"),
    ("en", "Win the trust of hospital managers"),
    ("en", "Customers can answer any pricing question on their own"),
    ("en", "Customers recommend Slateboard without being asked"),
    ("en", "Become the obvious choice for cooperatives"),
]

TASKS: list[tuple[Language, str]] = [
    ("fr", "Lancer la v2 du site"),
    ("fr", "Rédiger la documentation"),
    ("fr", "Rediger la documentation"),
    ("fr", "Créer 3 battlecards"),
    ("fr", "Mettre en place un programme ambassadeurs"),
    ("fr", "Mise en place du CRM"),
    ("fr", "Publier le rapport sectoriel"),
    ("fr", "Organiser 4 webinaires"),
    ("en", "Launch website v2"),
    ("en", "Write the docs"),
    ("en", "Hire a PMM"),
    ("en", "Create 3 battlecards"),
    ("en", "Implement the new CRM"),
    ("en", "Publish the industry report"),
    ("en", "Organise 4 webinars"),
    ("en", "Implementation of the new CRM"),
]

TOPICS: list[tuple[Language, str]] = [
    ("fr", "Documentation"),
    ("fr", "Marketing"),
    ("fr", "Lancement Ardoise 3"),
    ("en", "Documentation"),
    ("en", "Marketing"),
]


@pytest.mark.parametrize(("language", "text"), STATES)
def test_a_wanted_state(language: Language, text: str) -> None:
    read = objective(text, language)
    assert (read.form, read.target, read.routine, read.parts) == ("state", None, None, ())


@pytest.mark.parametrize(("language", "text"), TASKS)
def test_a_task(language: Language, text: str) -> None:
    read = objective(text, language)
    assert read.form == "task"
    assert read.routine is None


@pytest.mark.parametrize(("language", "text"), TOPICS)
def test_a_bare_topic(language: Language, text: str) -> None:
    assert objective(text, language).form == "topic"


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "Atteindre 30 % de parts de marché chez les mutuelles", 30),
        ("fr", "Devenir la référence et gagner 50 clients hospitaliers", 50),
        ("fr", "Doubler notre pipeline ETI", 2),
        ("fr", "Gagner 3 M€ d'ARR dans la logistique", 3_000_000),
        ("en", "Reach 30% market share among mutual insurers", 30),
        ("en", "Become the reference and win 50 hospital customers", 50),
        ("en", "Double our mid-market pipeline", 2),
        ("en", "Win $3M of ARR in logistics", 3_000_000),
    ],
)
def test_a_quantity_in_an_objective(language: Language, text: str, value: float) -> None:
    target = objective(text, language).target
    assert target is not None and target.value == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Devenir la référence des mutuelles d'ici fin 2026"),
        ("fr", "Réussir le lancement d'Ardoise au T3"),
        ("fr", "Devenir le choix évident du B2B"),
        ("fr", "Faire de la v2 le réflexe des directeurs financiers"),
        ("en", "Become the reference for mutual insurers by the end of 2026"),
        ("en", "Win the launch season in Q3"),
        ("en", "Become the obvious choice in B2B"),
        ("en", "Make v2 the tool that finance teams reach for"),
    ],
)
def test_dates_names_and_versions_are_no_metric(language: Language, text: str) -> None:
    assert objective(text, language).target is None


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("fr", "Continuer à animer la communauté", "Continuer"),
        ("fr", "Maintenir la satisfaction des clients", "Maintenir"),
        ("fr", "Poursuivre nos efforts de notoriété", "Poursuivre"),
        ("en", "Continue to support the field", "Continue"),
        ("en", "Maintain customer satisfaction", "Maintain"),
        ("en", "Keep our customers happy", "Keep"),
    ],
)
def test_business_as_usual_is_quoted(language: Language, text: str, word: str) -> None:
    routine = objective(text, language).routine
    assert routine is not None and routine.text == word


@pytest.mark.parametrize(
    ("language", "text", "first", "second"),
    [
        ("fr", "Gagner la confiance des hôpitaux et réduire le churn des PME", "Gagner la confiance", "réduire le churn"),
        ("en", "Win the trust of hospitals and reduce churn among small accounts", "Win the trust", "reduce churn"),
    ],
)
def test_two_objectives_in_one_are_quoted_apart(language: Language, text: str, first: str, second: str) -> None:
    parts = objective(text, language).parts
    assert len(parts) == 2
    assert first in parts[0].text and second not in parts[0].text
    assert second in parts[1].text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Devenir la référence des mutuelles et des coopératives"),
        ("fr", "Rendre le lancement simple et mémorable"),
        ("en", "Become the reference for insurers and cooperatives"),
        ("en", "Make the launch simple and memorable"),
    ],
)
def test_two_nouns_or_adjectives_are_no_two_objectives(language: Language, text: str) -> None:
    assert objective(text, language).parts == ()


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("fr", "Devenir la référence", 3),
        ("fr", "", 0),
        ("en", "Become the obvious choice", 4),
        ("en", "", 0),
        ("en", "**Become** the [choice](https://example.org/a)", 3),
    ],
)
def test_words_are_counted_without_their_markup(language: Language, text: str, count: int) -> None:
    assert objective(text, language).word_count == count


@pytest.mark.parametrize(
    ("language", "text", "id"),
    [
        ("fr", "Atteindre un NRR de classe mondiale", "nrr"),
        ("fr", "Faire du win rate une fierté d'équipe", "win-rate"),
        ("en", "Make win rate a point of pride", "win-rate"),
        ("en", "World-class NRR in every region", "nrr"),
    ],
)
def test_measures_of_an_objective_are_those_of_the_catalogue(language: Language, text: str, id: str) -> None:
    assert [metric.id for metric in objective(text, language).metrics] == [id]
