"""Beside the last quarter's file: what stands as it stood, and starts that its end contradicts, with both values quoted."""

from __future__ import annotations

import pytest

from reviewer.encoder import Encoder
from reviewer.quarter import QuarterFinding
from reviewer.relations import Whole
from tests.relations.conftest import Conclude, entry
from tests.relations.quarters import DEALS, LAUNCH, SALES, okr

LAST = okr(
    "PMM",
    "Donner aux Sales les armes pour gagner les deals compétitifs",
    "Porter le win rate face à Orbeo de 18 % à 24 % d'ici fin T2",
    "Ramener le cycle de vente Mid-Market de 80 à 70 jours d'ici fin T2",
)


def carried(whole: Whole) -> list[QuarterFinding]:
    """Give the findings on the last quarter."""
    return [finding for finding in whole.findings if finding.rule == "quarter-carried-over"]


def status(whole: Whole) -> str:
    """Say how the rule ended."""
    return next(check.status for check in whole.checks if check.rule == "quarter-carried-over")


def ended(*values: str) -> tuple[dict[str, str], ...]:
    """Say what key results ended at."""
    return tuple({"final_value": value} for value in values)


def now(*key_results: str, team: str | None = "PMM") -> object:
    """Make this quarter's OKR under the same objective."""
    return okr(team, LAST.objective, *key_results)


def test_a_key_result_that_changed_only_its_date_is_carried_over(conclude: Conclude) -> None:
    again = now(*(text.replace("T2", "T3") for text in LAST.key_results))
    (finding,) = carried(conclude([again], last=[entry(LAST)]))
    assert [(place.entry, place.key_result) for place in finding.places] == [(0, None), (0, 0), (0, 1)]
    assert "Reconduit tel quel depuis le trimestre précédent\u00a0:" in finding.message and "et 2 de plus" in finding.message


def test_an_objective_that_lasts_with_new_key_results_is_not(conclude: Conclude) -> None:
    whole = conclude([DEALS], last=[entry(LAST)])
    assert carried(whole) == [] and status(whole) == "pass"


def test_the_same_in_other_words_or_the_other_language_is_carried_over_too(conclude: Conclude, encoder: Encoder) -> None:
    english = okr("PMM", "Give reps what it takes", "Raise the win rate against Orbeo from 18% to 24% by the end of Q3")
    (finding,) = carried(conclude([english], last=[entry(LAST)]))
    assert "à quelques mots près" in finding.message and finding.evidence == english.key_results
    reworded = okr("PMM", "Que l'on nous choisisse", "Part des comptes qui ouvrent Prévisions chaque semaine : de 10 % à 22 %")
    before = okr("PMM", "Que l'on nous choisisse", "Porter la part des comptes qui ouvrent Prévisions chaque semaine de 10 % à 22 %")
    assert len(carried(conclude([reworded], last=[entry(before)]))) == 1
    assert carried(conclude([reworded], last=[entry(before)], encoder=None)) == [], "meaning needs a model"


def test_another_team_starts_from_its_own_quarter(conclude: Conclude) -> None:
    assert carried(conclude([now(LAST.key_results[0], team="Growth")], last=[entry(LAST)])) == []
    nobody = LAST.model_copy(update={"team": None})
    assert len(carried(conclude([now(LAST.key_results[0], team="Growth")], last=[entry(nobody)]))) == 1


@pytest.mark.parametrize(
    ("start", "final", "found"),
    [
        ("24 %", "27 %", True),
        ("24 %", "24 %", False),
        ("24 %", "23,8 %", False),
        ("24 %", "0.24", False),
        ("24 %", "0.27", True),
        ("24 %", "atteint", False),
        ("26 %", "atteint", True),
        ("26 %", "non mesuré", False),
        ("26 %", "", False),
    ],
)
def test_a_start_is_held_to_what_the_last_quarter_ended_at(conclude: Conclude, start: str, final: str, found: bool) -> None:
    this = now(f"Porter le win rate face à Orbeo de {start} à 35 % d'ici fin T3")
    findings = carried(conclude([this], last=[entry(LAST, details=ended(final))]))
    assert bool(findings) is found
    if found:
        (finding,) = findings
        value = final if any(char.isdigit() for char in final) else "24 %"
        said = finding.message.replace("\u202f", " ").replace("\u00a0", " ")
        assert f"part de {start}" in said and value in said and LAST.key_results[0] in said
        assert ("dit atteint" in said) is (final == "atteint")


def test_a_target_said_to_be_reached_by_its_progress_counts(conclude: Conclude) -> None:
    this = now("Porter le win rate face à Orbeo de 20 % à 35 % d'ici fin T3")
    reached, half = ({"progress": "100 %"},), ({"progress": "60 %"},)
    assert len(carried(conclude([this], last=[entry(LAST, details=reached)]))) == 1
    assert carried(conclude([this], last=[entry(LAST, details=half)])) == []


def test_another_rival_or_segment_is_another_start(conclude: Conclude) -> None:
    this = now(
        "Porter le win rate face à Veltris de 12 % à 35 % d'ici fin T3",
        "Ramener le cycle de vente Enterprise de 120 à 90 jours d'ici fin T3",
    )
    assert carried(conclude([this], last=[entry(LAST, details=ended("24 %", "70 jours"))])) == []


def test_a_key_result_that_starts_where_it_started_though_it_moved_is_told_once(conclude: Conclude) -> None:
    (finding,) = carried(conclude([now(LAST.key_results[0])], last=[entry(LAST, details=ended("22 %"))]))
    assert "22" in finding.message and [(place.entry, place.key_result) for place in finding.places] == [(0, 0)]


def test_the_message_is_in_english_for_an_english_quarter(conclude: Conclude) -> None:
    before = okr("Sales", SALES.objective, "Raise the win rate against Orbeo from 18% to 28% by the end of Q2")
    (finding,) = carried(conclude([SALES], language="en", last=[entry(before, details=ended("27%"))]))
    assert finding.message.startswith("This key result starts from 24%, yet the last quarter ended at 27% (“Raise the win rate")


def test_a_last_quarter_that_could_not_be_read_is_empty_and_not_missing(conclude: Conclude) -> None:
    unread = entry(LAST).model_copy(update={"okr": None, "reason": "the sheet is protected"})
    assert status(conclude([DEALS])) == "skipped"
    assert status(conclude([DEALS], last=[unread])) == "pass"


def test_taking_the_last_quarter_in_again_replaces_it(conclude: Conclude) -> None:
    assert len(carried(conclude([now(LAST.key_results[0])], last=[entry(LAST)]))) == 1
    assert carried(conclude([now(LAST.key_results[0])], last=[entry(LAUNCH)])) == []
