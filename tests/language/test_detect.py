"""French is told from English, in a few words, with the other language's jargon, or the default stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.language.detect import detect_language
from reviewer.okr import Language

FRENCH = [
    "Créer 3 battlecards",
    "Creer 3 battlecards",
    "Réduire le churn",
    "Reduire le churn",
    "Atteindre un NPS de 40",
    "Lancer le webinar",
    "Taux de retour < 3 %",
    "Porter le win rate de 24 % à 33 %",
    "Porter le win rate de 24 % a 33 %",
    "40 demandes de démo",
    "Doubler le pipeline",
    "Devenir la référence",
    "Booster le MRR d'ici fin Q3",
    "Sales enablement : former les reps au nouveau pitch deck",
    "Le go-to-market de la feature Smart Alerts booste le win rate Mid-Market",
    "Feedback NPS des power users sur l'onboarding self-serve",
    "Aligner le messaging et le pricing avec les insights win/loss",
    "80 % des Account Executives utilisent le battlecard kit chaque semaine",
    "OBJECTIF : GAGNER LES DEALS COMPÉTITIFS",
]

ENGLISH = [
    "Create 3 battlecards",
    "Reduce churn",
    "Reach an NPS of 40",
    "Launch the webinar",
    "Return rate below 3%",
    "Raise win rate from 24% to 33%",
    "40 qualified demo requests",
    "Double the pipeline",
    "Become the reference",
    "Win rate of 40% against Élan Conseil",
    "Make the café segment love us",
    "Boost MRR by the end of Q3",
    "80% of reps use the battlecards every week",
    "OBJECTIVE: WIN THE COMPETITIVE DEALS",
]


@pytest.mark.parametrize("text", FRENCH)
@pytest.mark.parametrize("default", ["fr", "en"])
def test_french(text: str, default: Language) -> None:
    assert detect_language(text, default) == "fr"


@pytest.mark.parametrize("text", ENGLISH)
@pytest.mark.parametrize("default", ["fr", "en"])
def test_english(text: str, default: Language) -> None:
    assert detect_language(text, default) == "en"


@pytest.mark.parametrize("text", ["", " ", "NPS ≥ 40", "MRR", "100 %", "24 % → 33 %", "日本語", "😀", "\x00"])
@pytest.mark.parametrize("default", ["fr", "en"])
def test_where_words_do_not_tell_the_default_stands(text: str, default: Language) -> None:
    assert detect_language(text, default) == default


def test_the_default_is_english() -> None:
    assert detect_language("NPS ≥ 40") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("**Porter** le [win rate](https://example.org/the/list/of/the/deals) de 24 % à 33 %", "fr"),
        ("**Raise** the [win rate](https://exemple.fr/les/affaires/de/la/region) from 24% to 33%", "en"),
    ],
)
def test_links_and_markup_do_not_speak(text: str, language: Language) -> None:
    assert detect_language(text) == language


@given(st.text(max_size=300), st.sampled_from(["fr", "en"]))
@settings(deadline=None)
def test_any_text_has_a_language(text: str, default: Language) -> None:
    assert detect_language(text, default) in ("fr", "en")
    assert detect_language(text, default) == detect_language(text, default)
