"""Figures that stand in columns of their own become one sentence, in which they are read as what they are."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.language.statement import understand_key_result
from reviewer.okr import KeyResult, Language
from reviewer.quarter import ColumnRole, Place, Statement
from reviewer.reading.documents.composing import compose
from reviewer.reading.documents.parts import Part

COLUMNS: dict[ColumnRole, str] = {"baseline": "C", "target": "D", "unit": "E", "due_date": "F"}


def part(text: str, column: str) -> Part:
    return Part(text, Place(file="okr.csv", row=2, column=column))


def composed(language: Language, words: str, **values: str) -> Statement:
    given_values: dict[ColumnRole, Part] = {role: part(values[role], column) for role, column in COLUMNS.items() if role in values}
    return compose(part(words, "B"), given_values, language).statement


def figures(facts: KeyResult) -> tuple[float | None, float | None]:
    stated = facts.baseline is not None and facts.baseline.kind == "stated"
    return facts.target.value if facts.target else None, facts.baseline.value if facts.baseline and stated else None


NARROW, BROAD = "\u202f", "\u00a0"
SENTENCES: list[tuple[Language, dict[str, str], str, float | None, float | None]] = [
    ("en", {"words": "Win rate vs. Orbeo", "baseline": "28%", "target": "38%", "due_date": "30 September 2026"},
     "Win rate vs. Orbeo: from 28% to 38% by 30 September 2026", 38, 28),
    ("fr", {"words": "Taux d'activation", "baseline": "35", "target": "50", "unit": "%", "due_date": "30/09/2026"},
     f"Taux d'activation{BROAD}: de 35{NARROW}% à 50{NARROW}% d'ici le 30/09/2026", 50, 35),
    ("en", {"words": "Increase win rate against Orbeo", "baseline": "28", "target": "38", "unit": "percent", "due_date": "Q4 2026"},
     "Increase win rate against Orbeo from 28% to 38% by Q4 2026", 38, 28),
    ("fr", {"words": "Réduire le délai de montée en compétence", "baseline": "62", "target": "45", "unit": "jours", "due_date": "fin T4"},
     "Réduire le délai de montée en compétence de 62 à 45 jours d'ici fin T4", 45, 62),
    ("en", {"words": "Marketing-sourced pipeline", "baseline": "400", "target": "600", "unit": "k$"},
     "Marketing-sourced pipeline: from $400k to $600k", 600_000, 400_000),
    ("fr", {"words": "Pipeline sourcé par le marketing", "baseline": "400", "target": "600", "unit": "k€", "due_date": "T4 2026"},
     f"Pipeline sourcé par le marketing{BROAD}: de 400{BROAD}k€ à 600{BROAD}k€ au T4 2026", 600_000, 400_000),
    ("en", {"words": "NPS of mid-market customers", "baseline": "32", "target": "≥ 40", "unit": "NPS"},
     "NPS of mid-market customers: ≥ 40 (32 today)", 40, 32),
    ("fr", {"words": "NPS des clients mid-market", "target": "40"}, f"NPS des clients mid-market{BROAD}: 40", 40, None),
    ("en", {"words": "Qualified demo requests per month", "baseline": "80", "target": "120", "unit": "qualified demo requests"},
     "Qualified demo requests per month: from 80 to 120", 120, 80),
    # What the words say is not said twice.
    ("en", {"words": "Win rate to 38% by Q4", "baseline": "28%", "target": "38%", "due_date": "31/12/2026"},
     "Win rate to 38% by Q4 (28% today)", 38, 28),
    ("fr", {"words": "Réduire le churn de 3 % à 2 %", "baseline": "3 %", "target": "2 %"}, "Réduire le churn de 3 % à 2 %", 2, 3),
    ("fr", {"words": "Obtenir 40 demandes de démo", "target": "40"}, "Obtenir 40 demandes de démo", 40, None),
    ("en", {"words": "Win rate", "baseline": "28%", "target": "28% -> 38%"}, "Win rate: 28% -> 38%", 38, 28),
    # Figures in the words are not taken for those of the columns.
    ("en", {"words": "Accounts with 3+ active users", "target": "70"}, "Accounts with 3+ active users: target 70", 70, None),
    ("en", {"words": "Win rate in our 20 largest accounts", "baseline": "28%", "target": "38%"},
     "Win rate in our 20 largest accounts: from 28% to 38%", 38, 28),
    ("fr", {"words": "Rétention à 30 jours", "baseline": "22 %", "target": "30 %"}, f"Rétention à 30 jours{BROAD}: de 22 % à 30 %", 30, 22),
    ("en", {"words": "Increase win rate by 10 points", "baseline": "28%", "target": "38%"},
     "Increase win rate by 10 points (from 28% to 38%)", 38, 28),
    ("en", {"words": "Double demo requests", "baseline": "40", "target": "80", "due_date": "45 days"},
     "Double demo requests (from 40 to 80) within 45 days", 80, 40),
    # A start alone, and values that are words.
    ("en", {"words": "Win rate to 38%", "baseline": "28%"}, "Win rate to 38% (28% today)", 38, 28),
    ("fr", {"words": "Porter le taux de victoire à 38 %", "baseline": "28 %"}, "Porter le taux de victoire à 38 % (28 % aujourd'hui)", 38, 28),
    ("en", {"words": "Improve win rate", "baseline": "28%"}, "Improve win rate (28% today)", 28, None),
    ("en", {"words": "Security certificate", "target": "obtained", "due_date": "Q3"}, "Security certificate (target: obtained) by Q3", None, None),
    ("fr", {"words": "Score de clarté", "baseline": "pas encore mesuré", "target": "8/10"},
     f"Score de clarté{BROAD}: 8/10 (départ{BROAD}: pas encore mesuré)", 8, None),
    # Full stops and colons at the end of the words give way.
    ("en", {"words": "Average sales cycle:", "baseline": "62", "target": "50", "unit": "days"}, "Average sales cycle: from 62 to 50 days", 50, 62),
    ("fr", {"words": "Coût par lead qualifié.", "baseline": "120 €", "target": "90 €"}, f"Coût par lead qualifié{BROAD}: de 120 € à 90 €", 90, 120),
]  # fmt: skip


@pytest.mark.parametrize(("language", "cells", "sentence", "target", "baseline"), SENTENCES)
def test_sentences_an_author_could_have_written(
    language: Language, cells: dict[str, str], sentence: str, target: float | None, baseline: float | None
) -> None:
    statement = composed(language, cells["words"], **{role: text for role, text in cells.items() if role != "words"})
    assert statement.text == sentence
    facts = understand_key_result(statement.text, language)
    assert figures(facts) == (target, baseline)
    if "due_date" in cells:
        assert facts.deadline is not None and facts.deadline.origin == "statement"


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda each: each[2])
def test_every_piece_is_words_of_its_cell(sentence: tuple[Language, dict[str, str], str, float | None, float | None]) -> None:
    language, cells, _, _, _ = sentence
    texts = {"B": cells["words"], **{column: cells[role] for role, column in COLUMNS.items() if role in cells}}
    statement = composed(language, cells["words"], **{role: text for role, text in cells.items() if role != "words"})
    for piece in statement.pieces:
        said, cell = statement.text[slice(*piece.span)], texts[piece.place.column or ""]
        # "percent" is written "%", the one stretch that is not its cell's own
        assert cell[piece.offset : piece.offset + len(said)] == said or (said, cell) == ("%", "percent")


DATES: list[tuple[Language, str, str]] = [
    ("en", "30 September 2026", "by 30 September 2026"), ("en", "2026-09-30", "by 2026-09-30"), ("en", "2026-09-30 00:00:00", "by 2026-09-30"),
    ("en", "9/30/2026", "by 30 September 2026"), ("en", "Q4", "by Q4"), ("en", "end of Q3", "by end of Q3"), ("en", "before June", "before June"),
    ("en", "6 weeks", "within 6 weeks"), ("en", "December 2026", "by December 2026"), ("en", "ongoing", "(due: ongoing)"),
    ("fr", "30/09/2026", "d'ici le 30/09/2026"), ("fr", "30 septembre", "d'ici le 30 septembre"), ("fr", "fin T3", "d'ici fin T3"),
    ("fr", "T4 2026", "au T4 2026"), ("fr", "avant fin juin", "avant fin juin"), ("fr", "septembre 2026", "d'ici septembre 2026"),
    ("fr", "6 semaines", "sous 6 semaines"), ("fr", "J+45", "d'ici J+45"), ("fr", "en continu", f"(échéance{BROAD}: en continu)"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "date", "said"), DATES)
def test_due_dates(language: Language, date: str, said: str) -> None:
    words = {"en": "Win rate against Orbeo from 28% to 38%", "fr": "Taux de victoire de 28 % à 38 %"}[language]
    statement = composed(language, words, due_date=date)
    assert statement.text == f"{words} {said}"
    deadline = understand_key_result(statement.text, language).deadline
    assert (deadline is None) == said.startswith("(")


MEASURES: dict[Language, list[str]] = {
    "en": ["Win rate against Orbeo", "Share of active accounts", "Average sales cycle", "Reduce churn of mid-market accounts", "Cost per qualified lead",
           "Raise trial-to-paid conversion", "Ramp-up time of new reps"],
    "fr": ["Taux de victoire face à Orbeo", "Part des comptes actifs", "Cycle de vente moyen", "Réduire le churn des comptes mid-market",
           "Coût par lead qualifié", "Augmenter la conversion des essais", "Temps de montée en compétence"],
}  # fmt: skip


@given(
    st.sampled_from(["fr", "en"]), st.integers(0, 6), st.integers(1, 990), st.integers(1, 990), st.sampled_from(["", "%", "€", "jours"]),
    st.dates(dt.date(2025, 1, 1), dt.date(2029, 12, 31)),
)  # fmt: skip
def test_any_figures_are_read_as_the_columns_say(language: Language, at: int, baseline: int, target: int, unit: str, due: dt.date) -> None:
    if baseline == target:
        target += 1
    unit = "days" if (language, unit) == ("en", "jours") else unit
    values = {"baseline": str(baseline), "target": str(target), "due_date": due.isoformat()} | ({"unit": unit} if unit else {})
    statement = composed(language, MEASURES[language][at], **values)
    facts = understand_key_result(statement.text, language)
    assert figures(facts) == (target, baseline), statement.text
    assert facts.deadline is not None and due.isoformat() in facts.deadline.text


@given(
    st.text(max_size=60),
    *[st.one_of(st.none(), st.text(string.printable + "éà€%≥", max_size=20)) for _ in range(4)],
    st.sampled_from(["fr", "en"]),
)
def test_any_cells_give_a_sentence_tied_to_them(
    words: str, baseline: str | None, target: str | None, unit: str | None, due: str | None, language: Language
) -> None:
    values = {role: text for role, text in zip(COLUMNS, (baseline, target, unit, due), strict=True) if text and text.strip()}
    statement = composed(language, words, **values)
    end = 0
    for piece in statement.pieces:
        assert end <= piece.span[0] < piece.span[1] <= len(statement.text)
        end = piece.span[1]
