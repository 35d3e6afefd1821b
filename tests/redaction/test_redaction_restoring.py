"""What is hidden comes back exactly, however a model bends the placeholders."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from redaction_cases import ENGLISH, FRENCH, Case

from reviewer.redaction import Redaction
from reviewer.redaction.placeholders import is_exact, look_alikes

MORSELS = st.sampled_from(
    [
        "Harrowby", "harrowby", "HARROWBY", "Ortavis's", "l'Ortavis", "Ortavis-led", "Jean-Pierre", "de la Tour", "O'Brien", "J.", "Marie", "D.", "& Fils", "Group",
        "vs", "against", "contre", "face à", "chez", "Launch", "Faire passer", "the", "les", "Notion", "HubSpot", "NPS", "SDRs", "Q3", "B2B", "KR1:", "[valeur actuelle]",
        "2 M€", "2", "à", "to", "3 M€", "$50k", "–", "1,5 million d'euros", "two million dollars", "ARR", "1.2M", "80 000", "40 %", "0 €", "€", "k", "EUR",
        "marie@ortavis.fr", "https://ortavis.fr/a_(b)", "ortavis.fr", "+33 6 12 34 56 78", "@ortavis", "01 44 55 66 77", "(at)", "//", "www.",
        "Company_A", "company_a", "COMPANY_A", "Company\\_A", "Company A", "Company-A", "Entreprise_A", "Company_As", "Name_A", "Name_B", "name_as", "Person_A",
        "Amount_A", "amount_b", "Montant A", "Email_A", "Site_AA", "Company_", "_A", "Name_A_B", "Name_S", "Nom_A's", "kelvin \u212a", "per\u017fon_a",
        "_", "__", "**", "`", "\\", "\n", "\r\n", "\t", "|", "- ", ". ", ": ", ", ", "; ", "(", ")", "«\u00a0", "\u00a0»", "\u202f", "\u200b", "’", "'", '"', "-", "/", ".",
        "é", "e\u0301", "\u0301", "ß", "ﬁ", "İ", "½", "²", "٣", "日本", "ا", "😀", "\ud800", "\x00", "s", "x", "A", "a",
    ]
)  # fmt: skip
SOUP = st.one_of(
    st.lists(MORSELS, max_size=20).map(" ".join),
    st.lists(MORSELS, max_size=20).map("".join),
    st.lists(st.one_of(MORSELS, st.text(max_size=4)), max_size=15).map(" ".join),
    st.text(max_size=60),
)
PRIVATE = st.lists(
    st.one_of(st.sampled_from(["harrowby", "Notion", "company", "a", "s", "Grand Large", "é", "-", " "]), st.text(max_size=5)), max_size=3
)


@given(st.lists(SOUP, min_size=1, max_size=4), PRIVATE, st.lists(SOUP, max_size=2))
@example(["Company_A and Harrowby"], [], [])
@example(["Harrowby vs company a, COMPANY\\_A, Entreprise_A"], [], [])
@example(["Harrowby", "Company_B vs Ortavis"], ["company"], ["Company A"])
@settings(max_examples=400, deadline=None)
def test_whatever_the_texts_what_is_hidden_comes_back_and_hiding_twice_changes_nothing(
    texts: list[str], private: list[str], names: list[str]
) -> None:
    redaction = Redaction(texts, private, names=names)
    for text in texts:
        hidden = redaction.hide(text)
        assert redaction.restore(hidden) == text
        assert redaction.hide(hidden) == hidden
        assert redaction.hide(text) == hidden


@given(st.lists(SOUP, max_size=2), SOUP)
@settings(max_examples=300, deadline=None)
def test_a_text_that_comes_later_comes_back_too_unless_it_holds_a_placeholder_given_out(texts: list[str], later: str) -> None:
    redaction = Redaction(texts)
    given_out = {
        alike.placeholder
        for text in texts
        for alike in look_alikes(redaction.hide(text))
        if redaction.restore(alike.placeholder) != alike.placeholder
    }
    ambiguous = any(later[alike.start : alike.end] in given_out for alike in look_alikes(later))
    hidden = redaction.hide(later)
    assert ambiguous or redaction.restore(hidden) == later
    assert redaction.hide(hidden) == hidden


@given(st.lists(SOUP, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_different_originals_have_different_placeholders_in_one_form(texts: list[str]) -> None:
    redaction = Redaction(texts)
    originals: dict[str, str] = {}
    for text in texts:
        for alike in look_alikes(redaction.hide(text)):
            written = redaction.hide(text)[alike.start : alike.end]
            original = redaction.restore(written)
            if original != written:
                assert is_exact(written)
                assert not re.search(r"[\d\[\]]", written)
                assert originals.setdefault(written, original) == original
    assert len(set(originals.values())) == len(originals)


@pytest.mark.parametrize("case", (*FRENCH, *ENGLISH), ids=lambda case: case.text[:60])
def test_a_statement_comes_back_from_a_model_that_shouts_whispers_and_escapes(case: Case) -> None:
    text = case.text
    redaction = Redaction([text])
    hidden = redaction.hide(text)
    stretches = sorted(look_alikes(hidden), reverse=True)
    for bend in (str.upper, str.lower, lambda said: said.replace("_", "\\_"), lambda said: f"**{said}**", lambda said: f"_{said}_"):
        bent = hidden
        expected = hidden
        for alike in stretches:
            said = hidden[alike.start : alike.end]
            bent = bent[: alike.start] + bend(said) + bent[alike.end :]
            original = redaction.restore(said)
            around = bend(said).partition(said) if said in bend(said) else ("", "", "")
            expected = expected[: alike.start] + around[0] + original + around[2] + expected[alike.end :]
        assert redaction.restore(bent) == expected


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Company_A", "Harrowby"), ("company_a", "Harrowby"), ("COMPANY_A", "Harrowby"), ("Company\\_A", "Harrowby"), ("`Company_A`", "`Harrowby`"),
        ("_Company_A_", "_Harrowby_"), ("**Company_A**", "**Harrowby**"), ("l'Company_A", "l'Harrowby"), ("d’Company_A", "d’Harrowby"), ("Company_A's", "Harrowby's"),
        ("the Company_As", "the Harrowbys"), ("Company A", "Harrowby"), ("Company-A", "Harrowby"), ("Entreprise_A", "Harrowby"), ("entreprise_a", "Harrowby"),
        ("(Company_A)", "(Harrowby)"), ("Company_A-led", "Harrowby-led"), ("Company_A/Company_A", "Harrowby/Harrowby"), ("[Company_A]", "[Harrowby]"),
        ("Montant_A", "2 M€"), ("amount_a.", "2 M€."), ("Personne_A", "Priya Nair"), ("Company_A,Amount_A", "Harrowby,2 M€"),
    ],
)  # fmt: skip
def test_a_placeholder_that_a_model_bent_is_understood(said: str, meant: str) -> None:
    redaction = Redaction(["Win against Harrowby with Priya Nair for 2 M€"])
    assert redaction.restore(f"so {said} then") == f"so {meant} then"


@pytest.mark.parametrize(
    "said",
    [
        "Company_B",
        "company",
        "company a bit",
        "a company",
        "Company_AB",
        "MyCompany_A",
        "Company_A1",
        "Amount",
        "amount a",
        "Amount_ABCD",
        "Email_A",
        "person a",
        "_A",
    ],
)
def test_what_stands_for_nothing_stays(said: str) -> None:
    redaction = Redaction(["Win against Harrowby with Priya Nair for 2 M€"])
    assert redaction.restore(f"so {said} then") == f"so {said} then"


def test_letters_that_the_draft_uses_itself_are_passed_over() -> None:
    texts = ["Beat COMPANY_A and Company B, then Entreprise_D", "Win against Harrowby", "Win against Kelvane"]
    redaction = Redaction(texts)
    assert [redaction.hide(text) for text in texts[1:]] == ["Win against Company_C", "Win against Company_E"]
    assert [redaction.restore(redaction.hide(text)) for text in texts] == texts


def test_placeholders_go_on_after_the_last_letter_and_never_use_an_s() -> None:
    amounts = [f"{number} k€" for number in range(1, 701)]
    redaction = Redaction(amounts)
    hidden = [redaction.hide(amount) for amount in amounts]
    assert (hidden[0], hidden[24], hidden[25], hidden[650]) == ("Amount_A", "Amount_Z", "Amount_AA", "Amount_AAA")
    assert not any("S" in placeholder for placeholder in hidden)
    assert [redaction.restore(placeholder) for placeholder in hidden] == amounts


def test_a_reply_that_speaks_of_several_gets_each_back() -> None:
    texts = ["Faire passer le win rate face à Ortavis de 20 % à 30 %", "Signer 2 M€ avec Harrowby et Jeanne Morel"]
    redaction = Redaction(texts)
    reply = "Face à Company_A, Person_A pourrait signer Amount_A sans que les clients de Name_A ne restent."
    assert redaction.restore(reply) == "Face à Ortavis, Jeanne Morel pourrait signer 2 M€ sans que les clients de Harrowby ne restent."
