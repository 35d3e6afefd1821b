"""Where a key result starts: stated, by reference, from zero, kept, or nowhere."""

from __future__ import annotations

import pytest

from reviewer.okr import BaselineKind, Language

from .reads import key_result

STATED: list[tuple[Language, str, float, float]] = [
    ("fr", "Faire passer le taux d'activation de 22 % à 40 % d'ici fin T3", 22, 40),
    ("fr", "Faire passer le taux d'activation de 22% à 40% d'ici fin T3", 22, 40),
    ("fr", "faire passer le taux d'activation de 22 % a 40 % d'ici fin T3", 22, 40),
    ("fr", "Porter le NPS de 18 à 35", 18, 35),
    ("fr", "Relever le win rate face à Kerlane de 24 à 33 %", 24, 33),
    ("fr", "Ramener le churn logo de 6 % à 3,5 %", 6, 3.5),
    ("fr", "Réduire le cycle de vente ETI de 62 à 50 jours", 62, 50),
    ("fr", "Le taux de renouvellement passe de 78 % à 88 %", 78, 88),
    ("fr", "Win rate ETI : 24 % → 33 %", 24, 33),
    ("fr", "Win rate ETI : 24 % -> 33 %", 24, 33),
    ("fr", "Win rate ETI : 24 % => 33 %", 24, 33),
    ("fr", "Atteindre un NPS de 35 (vs 18 aujourd'hui)", 18, 35),
    ("fr", "Atteindre un NPS de 35 (18 aujourd'hui)", 18, 35),
    ("fr", "Atteindre un NPS de 35 (actuellement 18)", 18, 35),
    ("fr", "Atteindre un NPS de 35 (actuel : 18)", 18, 35),
    ("fr", "Taux d'usage des battlecards de 60 % (baseline : 25 %)", 25, 60),
    ("fr", "Taux d'usage des battlecards de 60 % (baseline: 25 %)", 25, 60),
    ("fr", "Taux d'usage des battlecards de 60 %, contre 25 % aujourd'hui", 25, 60),
    ("fr", "Taux d'usage des battlecards de 60 % contre 25 % actuellement", 25, 60),
    ("fr", "Taux d'usage des battlecards de 60 % au lieu de 25 %", 25, 60),
    ("fr", "Taux d'usage des battlecards : 60 % (point de départ : 25 %)", 25, 60),
    ("fr", "MRR de 45 k€ à 60 k€ sur l'offre Essentiel", 45_000, 60_000),
    ("fr", "Faire passer le NPS de 18 a 35", 18, 35),
    ("fr", "Réduire de 62 à 50 jours le cycle de vente", 62, 50),
    ("fr", "Win rate : passer de 1 deal sur 4 à 1 deal sur 2", 25, 50),
    ("fr", "Atteindre 60 % d'usage des battlecards, 25 % à ce jour", 25, 60),
    ("fr", "Atteindre 60 % d'usage des battlecards (T2 : 25 %)", 25, 60),
    ("fr", "Atteindre 60 % d'usage des battlecards (25 % fin T2)", 25, 60),
    ("fr", "Doubler le nombre de démos (de 20 à 40)", 20, 40),
    ("fr", "Porter l'ARR de 1,2 M€ à 1,8 M€", 1_200_000, 1_800_000),
    ("en", "Raise activation rate from 22% to 40% by the end of Q3", 22, 40),
    ("en", "Raise activation rate from 22 % to 40 % by the end of Q3", 22, 40),
    ("en", "Activation rate from 22 to 40%", 22, 40),
    ("en", "Increased NPS from 18 to 35", 18, 35),
    ("en", "Cut logo churn from 6% to 3.5%", 6, 3.5),
    ("en", "Reduce mid-market sales cycle from 62 to 50 days", 62, 50),
    ("en", "Renewal rate goes from 78% to 88%", 78, 88),
    ("en", "Mid-market win rate: 24% -> 33%", 24, 33),
    ("en", "Mid-market win rate: 24% → 33%", 24, 33),
    ("en", "Reach an NPS of 35 (vs 18 today)", 18, 35),
    ("en", "Reach an NPS of 35 (currently 18)", 18, 35),
    ("en", "Reach an NPS of 35 (current: 18)", 18, 35),
    ("en", "Reach an NPS of 35, up from 18", 18, 35),
    ("en", "Logo churn of 3%, down from 6%", 6, 3),
    ("en", "Battlecard usage at 60% (baseline: 25%)", 25, 60),
    ("en", "Battlecard usage at 60% (baseline 25%)", 25, 60),
    ("en", "Battlecard usage at 60% instead of 25%", 25, 60),
    ("en", "Battlecard usage of 60% against 25% today", 25, 60),
    ("en", "Grow MRR from $45k to $60k", 45_000, 60_000),
    ("en", "Win rate of 33%, from 24%", 24, 33),
    ("en", "Win rate of 33% (was 24%)", 24, 33),
    ("en", "Grow win rate to 33% (24% in Q2)", 24, 33),
    ("en", "Raise win rate by 9 points from 24%", 24, 9),
    ("en", "NPS 18 → 35", 18, 35),
    ("en", "Double demo requests (from 20 to 40)", 20, 40),
    ("en", "Grow ARR from €1.2M to €1.8M", 1_200_000, 1_800_000),
]


@pytest.mark.parametrize(("language", "text", "start", "goal"), STATED)
def test_a_stated_start_is_read_with_its_target(language: Language, text: str, start: float, goal: float) -> None:
    read = key_result(text, language)
    assert read.nature == "outcome"
    assert read.baseline is not None and read.target is not None
    assert (read.baseline.kind, read.baseline.value, read.target.value) == ("stated", start, goal)
    assert read.baseline.text and read.baseline.span is not None


OTHER: list[tuple[BaselineKind, Language, str]] = [
    ("reference", "fr", "Win rate ETI : +8 points vs trimestre précédent"),
    ("reference", "fr", "Win rate ETI : +8 points vs trimestre precedent"),
    ("reference", "fr", "NPS : +10 points vs T2"),
    ("reference", "fr", "Augmenter le pipeline sourcé de 20 % par rapport à l'an dernier"),
    ("reference", "fr", "Augmenter le pipeline sourcé de 20 % par rapport au T2"),
    ("reference", "fr", "Réduire le délai de devis d'un tiers par rapport au trimestre dernier"),
    ("reference", "fr", "20 % de demandes de démo de plus qu'au T2"),
    ("reference", "en", "Mid-market win rate: +8 points vs last quarter"),
    ("reference", "en", "NPS: +10 points vs. Q2"),
    ("reference", "en", "Grow sourced pipeline by 20% compared to last year"),
    ("reference", "en", "Grow sourced pipeline by 20% year over year"),
    ("reference", "en", "20% more qualified demo requests than in Q2"),
    ("reference", "en", "Double last year's sourced pipeline"),
    ("reference", "fr", "+8 pts de win rate vs Q4"),
    ("reference", "en", "Twice as many demo requests as last quarter"),
    ("reference", "en", "Beat last quarter's win rate by 8 points"),
    ("zero", "fr", "40 demandes de démo qualifiées d'ici fin T3"),
    ("zero", "fr", "1 000 téléchargements du guide tarifaire"),
    ("zero", "en", "1,000 downloads of the pricing guide"),
    ("zero", "fr", "10 nouveaux clients dans le secteur hospitalier"),
    ("zero", "fr", "Obtenir 500 inscriptions au club Ardoise"),
    ("zero", "fr", "3 M€ de nouveau pipeline dans la logistique"),
    ("zero", "fr", "5 partenaires signés en Bretagne"),
    ("zero", "fr", "Signer 10 nouveaux clients coopératifs"),
    ("zero", "en", "40 qualified demo requests by the end of Q3"),
    ("zero", "en", "10 new customers among hospital groups"),
    ("zero", "en", "500 registrations to the Slateboard club"),
    ("zero", "en", "€3M of new pipeline in logistics"),
    ("zero", "en", "5 partners signed in Iberia"),
    ("zero", "en", "Win 10 new hospital customers"),
    ("kept", "fr", "Maintenir l'uptime au-dessus de 99,9 %"),
    ("kept", "fr", "Garder le churn logo sous 2 %"),
    ("kept", "fr", "Conserver un NPS supérieur à 45"),
    ("kept", "fr", "Rester au-dessus de 90 % de renouvellement"),
    ("kept", "fr", "Maintenir un taux de satisfaction d'au moins 90 %"),
    ("kept", "en", "Maintain uptime above 99.9%"),
    ("kept", "en", "Keep logo churn below 2%"),
    ("kept", "en", "Keep NPS above 45"),
    ("kept", "en", "Stay above 90% renewal rate"),
    ("kept", "en", "Maintain a satisfaction rate of at least 90%"),
    ("kept", "fr", "Ne pas dépasser 2 % de churn"),
    ("kept", "fr", "Ne pas descendre sous 45 de NPS"),
    ("kept", "fr", "Le taux de renouvellement reste au-dessus de 90 %"),
    ("kept", "en", "Uptime never falls below 99.9%"),
    ("kept", "en", "Hold logo churn at 2%"),
    ("none", "fr", "Le NPS dépasse 50"),
    ("none", "fr", "Augmenter le NPS de 10 points pour atteindre 35"),
    ("none", "en", "Adoption rate of 25%"),
    ("none", "en", "Case study downloads up 30%"),
    ("none", "fr", "Atteindre un NPS de 40"),
    ("none", "fr", "NPS ≥ 40"),
    ("none", "fr", "Taux de retour < 3 %"),
    ("none", "fr", "Augmenter les inscriptions de 20 %"),
    ("none", "fr", "Atteindre 30 % de parts de marché"),
    ("none", "fr", "Ramener le churn à 2 %"),
    ("none", "fr", "Doubler le taux d'usage des battlecards"),
    ("none", "fr", "Diviser par deux le délai de devis"),
    ("none", "fr", "Réduire le cycle de vente d'un tiers"),
    ("none", "fr", "80 % des commerciaux utilisent les battlecards chaque semaine"),
    ("none", "fr", "Satisfaction des Sales : 8/10 minimum"),
    ("none", "fr", "CAC réduit de 15 %"),
    ("none", "en", "NPS of 40"),
    ("none", "en", "NPS ≥ 40"),
    ("none", "en", "Return rate below 3%"),
    ("none", "en", "Increase sign-ups by 20%"),
    ("none", "en", "Reach 30% market share"),
    ("none", "en", "Cut churn to 2%"),
    ("none", "en", "Double battlecard usage rate"),
    ("none", "en", "Halve time to quote"),
    ("none", "en", "Reduce the sales cycle by a third"),
    ("none", "en", "80% of reps use the battlecards every week"),
    ("none", "en", "Rep satisfaction of at least 8/10"),
]


@pytest.mark.parametrize(("kind", "language", "text"), OTHER)
def test_the_kind_of_start(kind: BaselineKind, language: Language, text: str) -> None:
    read = key_result(text, language)
    assert read.nature == "outcome"
    assert read.baseline is not None and read.baseline.kind == kind
    assert read.baseline.value is None


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Win rate ETI : +8 points vs trimestre précédent", "trimestre précédent"),
        ("en", "Grow sourced pipeline by 20% year over year", "year over year"),
    ],
)
def test_a_reference_quotes_what_it_compares_with(language: Language, text: str, words: str) -> None:
    baseline = key_result(text, language).baseline
    assert baseline is not None and baseline.text is not None and words in baseline.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Améliorer nettement le taux d'activation"),
        ("fr", "Créer 3 nouvelles battlecards"),
        ("fr", "Former 100 % des commerciaux au nouveau pitch"),
        ("en", "Improve activation significantly"),
        ("en", "Publish 5 case studies"),
        ("en", "Train 100% of reps on the new pitch"),
    ],
)
def test_a_task_or_a_statement_without_a_number_has_no_start_to_ask_for(language: Language, text: str) -> None:
    assert key_result(text, language).baseline is None


@pytest.mark.parametrize(
    ("language", "text", "start"),
    [
        ("fr", "Porter le taux d'activation de 22 % à 40 % (T2 : 19 %)", 22),
        ("fr", "Porter le taux d'activation de 22 % à 40 % d'ici le 15 mars 2027", 22),
        ("fr", "Dans les entreprises de 50 à 200 salariés, porter le win rate de 24 % à 33 %", 24),
        ("en", "Raise activation rate from 22% to 40% by March 15, 2027", 22),
        ("en", "Raise win rate from 24% to 33% in companies of 50 to 200 people", 24),
    ],
)
def test_other_numbers_are_not_taken_for_the_start(language: Language, text: str, start: float) -> None:
    baseline = key_result(text, language).baseline
    assert baseline is not None and (baseline.kind, baseline.value) == ("stated", start)
