"""French names with an apostrophe inside ("appel d'offres") are read whole, as the word list says them; sentences by us."""

from __future__ import annotations

import pytest

from reviewer.language.statement import understand_key_result


@pytest.mark.parametrize(
    "text",
    [
        "Appels d'offres publics où nous sommes en liste finale : de 4 à 9",
        "Remporter 3 appels d'offres dans la santé d'ici fin T2",
        "Lettres d’intention signées par des clients pilotes : de 2 à 6",
        "Propositions d'embauche acceptées : 4 sur 5",
    ],
)
def test_what_others_grant_is_an_outcome(text: str) -> None:
    assert understand_key_result(text, "fr").nature == "outcome"


@pytest.mark.parametrize(
    "text",
    [
        "Lancer l'appel d'offres agence avant fin T3",
        "Appel d'offres agence lancé d'ici fin mars",
        "Plan d'action commercial validé en comité",
        "Refondre la page d'accueil",
    ],
)
def test_what_we_make_ourselves_is_not(text: str) -> None:
    assert understand_key_result(text, "fr").nature in ("output", "activity")
