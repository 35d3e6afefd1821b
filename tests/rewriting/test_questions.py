"""At most three questions, the most useful first, each tied to a slot of a rewrite."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from weak_drafts import findings

from reviewer.okr import Context, Finding, Language, Okr, Question, ReviewedOkr
from reviewer.questions import questions
from reviewer.rewriting import rewrite, slots
from reviewer.rules.trial import understood


def _asked(
    language: Language, *okrs: Okr, cycle: str | None = "2026-Q4"
) -> tuple[Sequence[ReviewedOkr], list[Finding], tuple[Question, ...]]:
    reviewed = [understood(okr, language, cycle) for okr in okrs]
    found = []
    for index, okr in enumerate(reviewed):
        for at in range(len(okr.key_results)):
            for finding in findings(okr, at).values():
                found.append(finding.model_copy(update={"okr": index, "rewrite": rewrite(finding, okr, Context())}))
    return reviewed, found, questions(reviewed, found, Context())


OKR_FR = Okr(
    objective="Devenir imbattables sur le Mid-Market",
    key_results=(
        "Créer 3 battlecards",
        "NPS ≥ 40",
        "Atteindre un taux d'activation de 60 %",
        "Win rate : +10 points vs trimestre précédent",
    ),
)


def test_at_most_three_and_each_slot_stands_in_its_rewrite() -> None:
    _, found, asked = _asked("fr", OKR_FR)
    assert len(asked) == 3
    for question in asked:
        rewrites = [finding.rewrite or "" for finding in found if (finding.okr, finding.key_result) == (question.okr, question.key_result)]
        assert any(question.slot in slots(text) for text in rewrites)


def test_same_draft_same_questions() -> None:
    assert _asked("fr", OKR_FR)[2] == _asked("fr", OKR_FR)[2]


def test_worded_from_the_catalogue() -> None:
    asked = _asked("en", Okr(objective="Grow", key_results=("NPS of at least 40", "Cut the sales cycle from 40 to 30 days")))[2]
    assert [(question.slot, question.key_result) for question in asked] == [("[current NPS]", 0)]
    assert asked[0].text.endswith("?")
    assert asked[0].hint


def test_one_answer_for_the_same_measure_comes_first() -> None:
    first = Okr(objective="Grow", key_results=("Logo churn below 2%", "Reach an activation rate of 60%"))
    second = Okr(objective="Last", key_results=("Reach an activation rate of 70%", "Cut the sales cycle from 40 to 30 days"))
    asked = _asked("en", first, second)[2]
    assert asked[0].slot == "[current activation rate]"
    assert [question.slot for question in asked].count("[current activation rate]") == 1


def test_another_rival_is_another_value() -> None:
    okr = Okr(objective="Win", key_results=("Reach a win rate of 40% against Nexia", "Reach a win rate of 50% against Orbeo"))
    assert len(_asked("en", okr)[2]) == 2


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Win rate : +10 points vs trimestre précédent", "valeur de départ"),
        ("en", "Win rate up 10 points vs. last quarter", "starting value"),
        ("fr", "Signer X nouveaux clients", "« X »"),
        ("en", "Reduce churn by X%", "churn"),
        ("fr", "Méditer tous les matins", "doit changer"),
        ("en", "Meditate every morning", "change"),
        ("fr", "85 % des visiteurs reviennent", "valeur de départ"),
    ],
)
def test_comparisons_open_values_and_unknown_measures(language: Language, text: str, words: str) -> None:
    asked = _asked(language, Okr(objective="Avancer" if language == "fr" else "Advance", key_results=(text,)))[2]
    assert any(words in question.text for question in asked), [question.text for question in asked]


def test_one_date_is_asked_for_the_whole_draft() -> None:
    okr = Okr(objective="Grow", key_results=("Raise NPS from 28 to 40", "Cut the sales cycle from 40 to 30 days"))
    asked = _asked("en", okr, cycle=None)[2]
    assert [(question.slot, question.text) for question in asked] == [("[date]", "By what date?")]


def test_nothing_to_ask() -> None:
    okr = Okr(objective="Grow", key_results=("Raise NPS from 28 to 40", "Cut the sales cycle from 40 to 30 days"))
    assert _asked("en", okr)[2] == ()
