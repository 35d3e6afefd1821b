"""The words of the critique: quotes found as they stand, sentences held to what was given, reasons in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from reviewer.critique.prose import fault, given, words_of_critique
from reviewer.critique.quoting import find_quote
from reviewer.critique.wording import because, say
from reviewer.language.statement import understand_key_result

DRAFT = "Porter le win rate ETI face à l’Atelier de 24\u202f% à 33 % — d'ici fin T3"
LABELLED = Path(__file__).resolve().parents[2] / "corpus" / "labelled"


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("win rate ETI", "win rate ETI"),
        ("win  rate\u00a0ETI", "win rate ETI"),
        ("face à l'Atelier", "face à l’Atelier"),
        ("24%", "24\u202f%"),
        ("33 % - d’ici fin T3", "33 % — d'ici fin T3"),
        ("  ETI ", "ETI"),
    ],
)
def test_spaces_and_the_shapes_of_quotes_and_dashes_are_not_compared(quote: str, found: str) -> None:
    span = find_quote(quote, DRAFT)
    assert span is not None and DRAFT[span[0] : span[1]] == found


@pytest.mark.parametrize(
    "quote", ["Win rate", "win rates", "in rate", "face a l'Atelier", "25 %", "", "  ", "—", "%", "win rate PME", DRAFT + " x"]
)
def test_letters_figures_accents_and_whole_words_are(quote: str) -> None:
    assert find_quote(quote, DRAFT) is None


def test_a_letter_is_quoted_with_its_accent_however_it_is_encoded() -> None:
    text = "Le cafe\u0301 est servi"
    span = find_quote("café", text)
    assert span is not None and text[span[0] : span[1]] == "cafe\u0301"
    assert find_quote("cafe", text) is None


@drawn(st.text(min_size=1), st.data())
def test_what_is_cut_out_of_a_text_is_found_in_it_or_cuts_a_word(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    span = find_quote(text[start:end], text)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)
        assert find_quote(text[span[0] : span[1]], text) is not None


GIVEN = given(["Porter le win rate face à Kerlane de 24 % à 33 % d'ici fin T3", "1 200 comptes actifs en B2B", "Créer 3 battlecards"], 3)


@pytest.mark.parametrize(
    "text",
    [
        "Les trois battlecards existent et personne ne les ouvre.",
        "Les 1200 comptes restent actifs, mais sans acheter.",
        "Les Sales gagnent, le NPS et le NRR reculent chez les clients SaaS.",
        "Avec 24 % ou 33 %, les grands comptes partent quand même.",
        "KR 3 est livré, et rien ne change d'ici fin T3.",
        "Les commerciaux d'Kerlane et ceux de l'équipe se parlent (souvent), « sans plus ».",
        "Passer de [valeur actuelle] à [cible] n'y change rien.",
    ],
)
def test_a_sentence_of_given_words_figures_and_terms_of_the_trade_passes(text: str) -> None:
    assert fault(text, GIVEN, "fr", 300) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Les quatre battlecards existent et personne ne les ouvre.", "invented"),
        ("Près de 1 300 comptes restent actifs sans acheter.", "invented"),
        ("KR 4 est livré, et rien ne change pour les clients.", "invented"),
        ("Les commerciaux passent par HubSpot et ne gagnent rien.", "invented"),
        ("HubSpot le fait mieux que les commerciaux.", "invented"),
        ("Les clients de la société Orbeo partent quand même.", "invented"),
        ("Tout sera perdu en novembre, quoi qu'on fasse.", "invented"),
        ("Tout sera perdu au premier trimestre, quoi qu'on fasse.", "invented"),
        ("Tout sera perdu au T4, quoi qu'on fasse.", "invented"),
        ("Voir exemple.fr pour la suite de cette histoire.", "invented"),
        ("Tout va # bien | pour les clients.", "form"),
        ("Tout va {bien} pour les clients.", "form"),
        ("Everything goes well for the customers and the reps.", "language"),
    ],
)
def test_a_sentence_that_brings_something_of_its_own_does_not(text: str, why: str) -> None:
    assert fault(text, GIVEN, "fr", 300) == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Reps may win in the long run.", None),
        ("Reps march on.", None),
        ("Reps win in May.", "invented"),
        ("It is not worth a cent.", None),
    ],
)
def test_english_words_that_are_also_months_or_numbers_are_told_apart(text: str, why: str | None) -> None:
    assert fault(text, given([]), "en", 300) == why


def test_every_reason_the_rules_give_is_said_in_french_and_in_the_authors_words() -> None:
    rows = [json.loads(line) for path in sorted(LABELLED.glob("fr-*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    read = [understand_key_result(row["text"], "fr") for row in rows if row["kind"] == "key_result"]
    assert len(read) > 500
    said = {because(kr) for kr in read}
    assert not [reason for reason in said if reason.startswith("« ") and reason.endswith(" »")]
    english = {reason for kr in read for reason in kr.because}
    assert not said & english


def test_both_languages_say_the_same_things() -> None:
    words = words_of_critique()
    assert words["fr"].keys() == words["en"].keys()
    for key, value in words["fr"].items():
        if isinstance(value, dict):
            assert value.keys() == words["en"][key].keys()
    assert say("fr", "open_nature", kr="KR 2", theirs="un livrable", quote="Contenus").endswith("(«\u00a0Contenus\u00a0»).")
