"""Outcomes are told from what the team delivers or does, also when a task bears a number."""

from __future__ import annotations

import pytest

from reviewer.okr import Language

from .reads import key_result

OUTCOMES: list[tuple[Language, str]] = [
    # levels and changes of a measure
    ("fr", "Porter le win rate face à Kerlane de 24 % à 33 %"),
    ("fr", "NPS ≥ 50"),
    ("fr", "Taux de retour < 3 %"),
    ("fr", "CAC réduit de 15 %"),
    ("fr", "Réduction du taux de churn de 5 % à 3 %"),
    ("fr", "La rétention J7 passe de 31 % à 45 %"),
    ("fr", "Augmenter le taux d'usage des battlecards de 25 % à 60 %"),
    ("fr", "Augmenter le taux d'usage des battlecards de 25% a 60%"),
    ("fr", "Raccourcir le cycle de vente ETI de 62 à 50 jours"),
    ("fr", "Diviser par deux le délai de devis"),
    ("fr", "99,9 % de disponibilité sur l'API Ardoise"),
    ("fr", "95 % des tickets résolus sous 24 h"),
    ("fr", "Maintenir le churn logo sous 2 %"),
    ("fr", "Améliorer le taux d'activation de 10 points"),
    ("fr", "3 M€ de pipeline généré dans la logistique"),
    ("fr", "Satisfaction des Sales sur les argumentaires : 8/10 minimum"),
    ("fr", "Atteindre 30 % de parts de marché chez les mutuelles"),
    ("en", "Raise win rate against Kerlane from 24% to 33%"),
    ("en", "NPS ≥ 50"),
    ("en", "NPS of 40"),
    ("en", "Return rate below 3%"),
    ("en", "Increased battlecard usage from 25% to 60%"),
    ("en", "Increasing battlecard usage from 25% to 60%"),
    ("en", "Shorten the mid-market sales cycle from 62 to 50 days"),
    ("en", "Halve time to quote"),
    ("en", "99.9% uptime on the Slateboard API"),
    ("en", "95% of tickets answered within 24 h"),
    ("en", "Keep logo churn below 2%"),
    ("en", "€3M of new pipeline in logistics"),
    ("en", "Rep satisfaction with the pitch of at least 8/10"),
    ("en", "Reach 30% market share among mutual insurers"),
    # what third parties do
    ("fr", "40 demandes de démo qualifiées dans les 6 semaines après le lancement"),
    ("fr", "10 clients renouvelés sur l'offre Essentiel"),
    ("fr", "5 partenaires signés en Bretagne"),
    ("fr", "80 % des commerciaux utilisent le nouveau pitch en rendez-vous"),
    ("fr", "90 % des commerciaux réussissent l'examen de certification"),
    ("fr", "Un client sur trois recommande Ardoise à un confrère"),
    ("fr", "500 inscriptions au club Ardoise"),
    ("fr", "Obtenir 12 avis 5 étoiles de clients hospitaliers"),
    ("fr", "3 analystes citent Ardoise dans leur panorama"),
    ("en", "40 qualified demo requests within 6 weeks of launch"),
    ("en", "10 customers renewed on the Essential plan"),
    ("en", "5 partners signed in Iberia"),
    ("en", "80% of reps use the new pitch in meetings"),
    ("en", "90% of reps pass the certification exam"),
    ("en", "One in three customers recommends Slateboard to a peer"),
    ("en", "500 sign-ups to the Slateboard club"),
    ("en", "200 contributors opened a pull request"),
    ("en", "3 analysts name Slateboard in their landscape"),
    ("fr", "Générer 500 k€ de pipeline dans la logistique"),
    ("fr", "Obtenir 5 clients référents dans la santé"),
    ("fr", "Traiter 95 % des demandes sous 24 h"),
    ("fr", "Le nouveau pitch est utilisé dans 80 % des rendez-vous"),
    ("fr", "15 études de cas téléchargées par des prospects"),
    ("en", "Drive $500k of pipeline in logistics"),
    ("en", "Get 5 customer references in healthcare"),
    ("en", "Answer 95% of requests within 24 h"),
    ("en", "Sales uses the new deck in 80% of calls"),
    ("en", "The pricing page converts 4% of visitors"),
    # a deliverable's name inside a measure does not make a task of it
    ("fr", "Porter le taux de lecture des études de cas de 12 % à 30 %"),
    ("fr", "60 % des deals ETI où la battlecard est ouverte avant la démo"),
    ("en", "Raise the case-study read rate from 12% to 30%"),
    ("en", "Battlecard opened in 60% of mid-market deals, up from 20%"),
]

OUTPUTS: list[tuple[Language, str]] = [
    ("fr", "Créer 3 nouvelles battlecards"),
    ("fr", "Creer 3 nouvelles battlecards"),
    ("fr", "Publier 5 études de cas"),
    ("fr", "Lancer la nouvelle page tarifs avant le 15 mars"),
    ("fr", "Rédiger le guide de positionnement"),
    ("fr", "Mettre en place un programme ambassadeurs"),
    ("fr", "Mise en place d'un programme ambassadeurs"),
    ("fr", "Recruter 2 PMM"),
    ("fr", "Refondre le site en 3 étapes"),
    ("fr", "Livrer l'analyse win/loss au CODIR"),
    ("fr", "3 battlecards publiées"),
    ("fr", "Nouvelle page tarifs en ligne"),
    ("fr", "Refonte de la page tarifs"),
    ("en", "Create 3 new battlecards"),
    ("en", "Publish 5 case studies"),
    ("en", "Launch the new pricing page by March 15"),
    ("en", "Write the positioning guide"),
    ("en", "Launching the Reminders module"),
    ("en", "Hire 2 PMMs"),
    ("en", "Hiring of 2 PMMs"),
    ("en", "Ship the partner space"),
    ("en", "Deliver the win/loss report to the leadership team"),
    ("en", "3 battlecards published"),
    ("en", "New pricing page live"),
    ("en", "Docs for the Reminders module published"),
]

ACTIVITIES: list[tuple[Language, str]] = [
    ("fr", "Conduire 20 entretiens clients"),
    ("fr", "Mener 20 interviews win/loss"),
    ("fr", "Création de 4 vidéos de démonstration"),
    ("fr", "Lancement du module Relances"),
    ("fr", "Animer 5 webinaires clients"),
    ("fr", "Former les commerciaux au nouveau pitch"),
    ("fr", "Former 100 % des commerciaux au nouveau pitch"),
    ("fr", "Organiser 3 ateliers avec les CSM"),
    ("fr", "Rencontrer 15 prospects hospitaliers"),
    ("fr", "Présenter les enseignements au QBR"),
    ("fr", "Analyser les pertes du trimestre"),
    ("en", "Run 20 customer interviews"),
    ("en", "Conduct 20 win/loss interviews"),
    ("en", "Host 5 customer webinars"),
    ("en", "Train the reps on the new pitch"),
    ("en", "Train 100% of reps on the new pitch"),
    ("en", "Organise 3 workshops with the CSMs"),
    ("en", "Meet 15 hospital prospects"),
    ("en", "Present the findings at the QBR"),
    ("en", "Analyse last quarter's losses"),
]

OWN_WORK: list[tuple[Language, str]] = [
    ("fr", "100 % des commerciaux formés au nouveau pitch"),
    ("fr", "80 % de la documentation migrée vers le nouvel outil"),
    ("fr", "90 % du plan de lancement livré d'ici mars"),
    ("fr", "100 % des fiches produit traduites"),
    ("fr", "20 entretiens win/loss réalisés"),
    ("fr", "Augmenter le nombre d'articles publiés de 4 à 8 par mois"),
    ("fr", "Dépenser 50 k€ en publicité"),
    ("en", "100% of reps trained on the new pitch"),
    ("en", "80% of the docs migrated to the new tool"),
    ("en", "90% of the launch plan delivered by March"),
    ("en", "100% of product sheets translated"),
    ("en", "90% of reps certified"),
    ("en", "90% of the roadmap delivered"),
    ("en", "20 win/loss interviews completed"),
    ("en", "Increase the number of webinars hosted from 2 to 6"),
    ("en", "Spend $50k on ads"),
]

BARE: list[tuple[Language, str]] = [
    ("fr", "Marketing"),
]


@pytest.mark.parametrize(("language", "text"), OUTCOMES)
def test_an_outcome(language: Language, text: str) -> None:
    read = key_result(text, language)
    assert read.nature == "outcome"
    assert read.target is not None
    assert read.result_part is None


@pytest.mark.parametrize(("language", "text"), OUTPUTS)
def test_an_output(language: Language, text: str) -> None:
    assert key_result(text, language).nature == "output"


@pytest.mark.parametrize(("language", "text"), ACTIVITIES)
def test_an_activity(language: Language, text: str) -> None:
    assert key_result(text, language).nature in ("activity", "output")


@pytest.mark.parametrize(("language", "text"), OWN_WORK)
def test_the_teams_own_work_dressed_as_a_measure_is_a_task(language: Language, text: str) -> None:
    assert key_result(text, language).nature in ("activity", "output")


@pytest.mark.parametrize(("language", "text"), BARE)
def test_a_bare_noun_is_unclear(language: Language, text: str) -> None:
    assert key_result(text, language).nature == "unclear"


@pytest.mark.parametrize(("language", "text"), [pair for pair in OUTPUTS + ACTIVITIES if not pair[1].split()[0][0].isdigit()])
def test_a_task_quotes_the_words_that_decided(language: Language, text: str) -> None:
    head = key_result(text, language).head
    assert head is not None and head.text.strip() == head.text != ""


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Lancer un webinaire et obtenir 40 demandes de démo", "40 demandes de démo"),
        ("fr", "Publier 5 études de cas générant 200 k€ de pipeline", "200 k€"),
        ("fr", "Animer 5 webinaires avec un taux de participation de 60 %", "60 %"),
        ("en", "Launch a webinar and win 40 demo requests", "40 demo requests"),
        ("en", "Publish 5 case studies that generate $200k of pipeline", "$200k"),
    ],
)
def test_the_result_that_a_task_carries_is_quoted(language: Language, text: str, words: str) -> None:
    read = key_result(text, language)
    assert read.result_part is not None
    assert words in read.result_part.text


@pytest.mark.parametrize(("language", "text"), [*OUTPUTS, *ACTIVITIES])
def test_a_plain_task_carries_no_result(language: Language, text: str) -> None:
    assert key_result(text, language).result_part is None


@pytest.mark.parametrize(("language", "text"), [*OUTCOMES, *OUTPUTS, *ACTIVITIES, *OWN_WORK, *BARE])
def test_certainty_is_a_share_and_reasons_are_given(language: Language, text: str) -> None:
    read = key_result(text, language)
    assert 0 < read.certainty <= 1
    assert all(read.because)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "- Créer 3 nouvelles battlecards"),
        ("fr", "**Créer** 3 nouvelles battlecards"),
        ("fr", "CRÉER 3 NOUVELLES BATTLECARDS"),
        ("fr", "D'ici fin T3, créer 3 nouvelles battlecards"),
        ("en", "**Create** 3 new battlecards"),
        ("en", "CREATE 3 NEW BATTLECARDS"),
        ("en", "By the end of Q3, create 3 new battlecards"),
        ("en", "We will create 3 new battlecards"),
    ],
)
def test_markup_capitals_and_openings_hide_no_task(language: Language, text: str) -> None:
    assert key_result(text, language).nature == "output"
