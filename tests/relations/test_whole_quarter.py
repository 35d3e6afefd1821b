"""A quarter of five teams, French and English mixed: what no OKR shows by itself, with the evidence in its own words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import reviewer.relations.whole
from reviewer import Context, Okr
from reviewer.encoder import Encoder
from reviewer.okr import Mute, Settings
from reviewer.quarter import Entry, Place, QuarterFinding, ReviewedEntry
from reviewer.relations import Relations, Whole
from reviewer.rules import QUARTER_RULES
from reviewer.rules.quarter_rule import QuarterRule
from tests.relations.conftest import Conclude, looked_at
from tests.relations.quarters import COMPANY, DEALS, GROWTH, LAUNCH, QUARTER, SALES, SUCCESS, okr


def of(whole: Whole, rule: str) -> list[QuarterFinding]:
    """Give the findings of one rule."""
    return [finding for finding in whole.findings if finding.rule == rule]


def status(whole: Whole, rule: str) -> tuple[str, str | None]:
    """Give how a rule ended, and why."""
    return next((check.status, check.reason) for check in whole.checks if check.rule == rule)


@pytest.fixture(scope="module")
def whole(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """Conclude on the whole quarter once, with the alignment that the engine gives."""
    yield looked_at(
        tmp_path_factory.mktemp("quarter"), QUARTER, encoder, context=Context(company_objectives=COMPANY), examples=1, check_in="mensuel"
    )


def test_every_rule_looks_or_says_why_it_did_not(whole: Whole) -> None:
    assert [check.rule for check in whole.checks] == [rule.id for rule in QUARTER_RULES]
    assert {check.rule: check.status for check in whole.checks} == {
        "quarter-objective-count": "finding",
        "quarter-duplicate": "finding",
        "quarter-conflict": "finding",
        "quarter-goal-uncovered": "finding",
        "quarter-copied-down": "pass",
        "quarter-individual": "pass",
        "quarter-too-many-kpis": "pass",
        "quarter-no-check-in": "finding",
        "quarter-carried-over": "skipped",
    }
    assert "trimestre précédent" in str(status(whole, "quarter-carried-over")[1])


def test_the_same_key_result_in_two_languages_and_teams_is_one_finding_with_both_places(whole: Whole) -> None:
    win_rate, renewal = of(whole, "quarter-duplicate")
    assert win_rate.evidence == (DEALS.key_results[0], SALES.key_results[0])
    assert [(place.entry, place.key_result) for place in win_rate.places] == [(0, 0), (2, 0)]
    assert "«\u00a0PMM\u00a0» et «\u00a0Sales\u00a0»" in win_rate.message and win_rate.team is None
    assert renewal.evidence == (LAUNCH.key_results[1], SUCCESS.key_results[0])


def test_a_rival_of_another_name_makes_another_key_result(whole: Whole) -> None:
    assert not any("Veltris" in quote for finding in whole.findings for quote in finding.evidence if finding.rule == "quarter-duplicate")


def test_two_teams_that_pull_one_measure_apart_are_told(whole: Whole) -> None:
    (conflict,) = of(whole, "quarter-conflict")
    assert conflict.evidence == (GROWTH.key_results[0], SALES.key_results[1])
    assert "«\u00a0Growth\u00a0» fait monter ce que «\u00a0Sales\u00a0» fait baisser (taux de remise)" in conflict.message


def test_an_objective_of_the_company_that_nobody_serves_is_named(whole: Whole) -> None:
    (alone,) = of(whole, "quarter-goal-uncovered")
    assert alone.company_objective == 2 and "Ouvrir l'Espagne" in alone.message and alone.places == ()


def test_coverage_and_matrix_agree_with_what_each_okr_says_or_measures(whole: Whole) -> None:
    nrr, share, spain = whole.coverage
    assert (nrr.text, spain.okrs, spain.entries) == (COMPANY[0], 0, ())
    assert {1, 4} <= set(nrr.entries) and {"PMM", "Customer Success"} <= set(nrr.teams)
    assert 0 in share.entries and 0 not in nrr.entries, "an OKR that names its goal is taken at its word"
    assert len(whole.alignment) == 5 * 3
    cells = {(cell.team, cell.company_objective): cell for cell in whole.alignment}
    assert cells["PMM", 0].okrs == 1 and cells["PMM", 0].score == 1.0
    assert cells["Partenariats", 2].okrs == 0 and cells["Partenariats", 2].score == 0.0
    for goal in whole.coverage:
        assert (
            goal.okrs == len(goal.entries) == sum(cell.okrs for cell in whole.alignment if cell.company_objective == goal.company_objective)
        )


def test_teams_are_counted_in_the_order_of_the_files_and_no_person_is(whole: Whole) -> None:
    assert [team.team for team in whole.teams] == ["PMM", "Sales", "Growth", "Customer Success", "Partenariats"]
    pmm = whole.teams[0]
    assert (pmm.okrs, pmm.key_results, sum(pmm.verdicts.values())) == (2, 4, 2)
    assert pmm.rules["quarter-duplicate"] == 2
    assert "Hartwell" not in str(whole) and "Okoro" not in str(whole)


def test_a_leader_beside_a_team_is_as_it_should_be(whole: Whole) -> None:
    assert status(whole, "quarter-individual") == ("pass", None)


def test_findings_are_in_the_quarters_language_and_evidence_in_its_own(conclude: Conclude) -> None:
    whole = conclude([DEALS, SALES], language="en")
    (duplicate,) = of(whole, "quarter-duplicate")
    assert duplicate.message.startswith("The same key result stands in 2 OKRs, with “PMM” and “Sales”, in other words: “Porter le win rate")


def test_an_okr_that_stands_twice_is_one_finding(conclude: Conclude) -> None:
    (duplicate,) = of(conclude([DEALS, DEALS.model_copy(update={"team": "Sales"})], language="fr"), "quarter-duplicate")
    assert "Le même OKR figure 2 fois" in duplicate.message
    assert [(place.entry, place.key_result) for place in duplicate.places] == [(0, None), (0, 0), (0, 1), (1, None), (1, 0), (1, 1)]


def test_twenty_teams_with_one_statement_are_one_finding_with_twenty_places(conclude: Conclude) -> None:
    text = "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3"
    okrs = [okr(f"Équipe {number}", f"Faire de la région {number} un bastion", text) for number in range(20)]
    (duplicate,) = of(conclude(okrs), "quarter-duplicate")
    assert len(duplicate.places) == len(duplicate.evidence) == 20 and "16 autres" in duplicate.message


def test_the_same_promise_in_another_cycle_is_not_made_twice(conclude: Conclude) -> None:
    from tests.relations.conftest import reviewed

    twice = [reviewed(DEALS, 0, cycle="2026-Q3"), reviewed(DEALS, 1, cycle="T4 2026")]
    assert of(conclude(twice), "quarter-duplicate") == []
    same = [reviewed(DEALS, 0, cycle="2026-Q3"), reviewed(DEALS, 1, cycle="T3 2026")]
    assert len(of(conclude(same), "quarter-duplicate")) == 1


def test_two_key_results_of_one_okr_are_left_to_the_rule_on_one_okr(conclude: Conclude) -> None:
    one = okr("PMM", "Être recommandés", "NPS de 30 à 40 d'ici fin T3", "Faire passer le NPS de 30 à 40")
    assert of(conclude([one, LAUNCH]), "quarter-duplicate") == []


def test_templates_left_to_fill_in_are_no_duplicates(conclude: Conclude) -> None:
    okrs = [okr("PMM", "À définir", "Passer de X % à Y %", "TBD"), okr("Sales", "À définir", "Passer de X % à Y %", "TBD")]
    assert of(conclude(okrs), "quarter-duplicate") == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Ramener le churn logo de 4 % à 3 %", "Porter le churn logo de 3 % à 4 %", 1),
        ("Cut the average discount from 18% to 12%", "Porter la remise moyenne de 18 % à 25 %", 1),
        ("Average discount from 18% to 12%", "Average discount from 12% to 18%", 1),
        ("Maintenir la remise moyenne sous 12 %", "Garder la remise moyenne au-dessus de 18 %", 0),
        ("Remise moyenne < 12 %", "Remise moyenne > 18 %", 0),
        ("Ramener la remise moyenne Mid-Market de 18 % à 12 %", "Porter la remise moyenne des PME de 18 % à 25 %", 0),
        ("Ramener la remise moyenne en Espagne de 18 % à 12 %", "Raise the average discount in Germany from 18% to 25%", 0),
        ("Ramener la remise moyenne de 18 % à 12 %", "Ramener la remise moyenne de 18 % à 10 %", 0),
    ],
)
def test_opposite_moves_conflict_and_guardrails_or_other_ground_do_not(conclude: Conclude, one: str, other: str, found: int) -> None:
    okrs = [okr("Pricing", "", one), okr("Sales", "", other)]
    assert len(of(conclude(okrs), "quarter-conflict")) == found


def test_one_team_does_not_conflict_with_itself(conclude: Conclude) -> None:
    okrs = [
        okr("Sales", "Que nos prix tiennent", "Ramener la remise moyenne de 18 % à 12 %"),
        okr("sales", "Signer vite", "Porter la remise moyenne de 18 % à 25 %"),
    ]
    assert of(conclude(okrs), "quarter-conflict") == []


def test_a_copy_of_what_stands_above_is_told_once_and_is_no_duplicate_besides(conclude: Conclude) -> None:
    goal = "Gagner des parts de marché face aux deux leaders"
    okrs = [
        okr("PMM", "gagner des parts de marché, face aux deux leaders", DEALS.key_results[0]),
        okr("Sales", goal, GROWTH.key_results[1], contributes_to=goal),
    ]
    whole = conclude(okrs, context=Context(company_objectives=(goal,)))
    (copied,) = of(whole, "quarter-copied-down")
    assert copied.team is None and [place.entry for place in copied.places] == [0, 1] and "chaque équipe" in copied.fix
    assert copied.message.startswith("2 objectifs recopient mot pour mot l'objectif de l'entreprise")
    assert of(whole, "quarter-duplicate") == []


def test_what_is_taken_further_is_no_copy(conclude: Conclude) -> None:
    goal = "Gagner des parts de marché face aux deux leaders"
    whole = conclude([DEALS.model_copy(update={"contributes_to": goal})], context=Context(company_objectives=(goal,)))
    assert status(whole, "quarter-copied-down") == ("pass", None)


@pytest.mark.parametrize(
    ("owners", "teams", "found"),
    [
        (("Claire Aubertin", "Karim Belloc", "PMM"), (None, None, None), 1),
        (("Claire Aubertin", "Karim Belloc", "Aïssatou Ndiaye"), ("PMM", "Sales", "Growth"), 0),
        (("Claire Aubertin", "PMM", "Squad Prix"), (None, None, None), 0),
        (("Claire Aubertin", None, None), (None, None, None), 0),
    ],
)
def test_okrs_of_persons_are_told_when_they_are_the_most(conclude: Conclude, owners, teams, found) -> None:  # type: ignore[no-untyped-def]
    okrs = [
        each.model_copy(update={"owner": owner, "team": team})
        for each, owner, team in zip((DEALS, LAUNCH, SUCCESS), owners, teams, strict=True)
    ]
    individual = of(conclude(okrs), "quarter-individual")
    assert len(individual) == found
    for finding in individual:
        assert finding.evidence == owners[:2] and not any(name in finding.message + finding.fix for name in owners)


def test_without_a_model_words_and_measures_still_find_duplicates_and_the_rest_is_said(conclude: Conclude) -> None:
    whole = conclude(QUARTER, encoder=None, context=Context(company_objectives=COMPANY))
    assert [finding.evidence[0] for finding in of(whole, "quarter-duplicate")] == [DEALS.key_results[0], LAUNCH.key_results[1]]
    assert "sans modèle de phrases" in whole.notes[0]


def test_severities_and_mutes_of_the_house_hold_for_the_whole_too(conclude: Conclude) -> None:
    settings = Settings(
        severities={"quarter-conflict": "error"},
        mutes=(
            Mute(rule="quarter-duplicate", reason="partagé exprès", contains="Orbeo"),
            Mute(rule="quarter-no-check-in", reason="rituel en cours de choix"),
            Mute(rule="quarter-individual", reason="ancienne organisation", expires="2020-01-01"),
            Mute(rule="kr-no-deadline", reason="d'une autre famille"),
        ),
    )
    whole = conclude(QUARTER, context=Context(settings=settings), check_in="mensuel")
    assert [finding.severity for finding in of(whole, "quarter-conflict")] == ["error"]
    assert [finding.evidence[0] for finding in of(whole, "quarter-duplicate")] == [LAUNCH.key_results[1]]
    assert {each.finding.rule: each.reason for each in whole.muted} == {
        "quarter-duplicate": "partagé exprès",
        "quarter-no-check-in": "rituel en cours de choix",
    }
    assert status(whole, "quarter-no-check-in") == ("skipped", "mise en sourdine\u00a0: rituel en cours de choix")
    assert len(whole.notes) == 1 and "quarter-individual" in whole.notes[0] and "2020-01-01" in whole.notes[0]


def test_a_rule_that_raises_is_a_failed_check_and_the_others_run(conclude: Conclude, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(view: object) -> Iterator[object]:
        raise ZeroDivisionError("three by nought")
        yield

    broken_rule = QuarterRule(**{**vars(QUARTER_RULES[2]), "check": broken})
    monkeypatch.setattr(reviewer.relations.whole, "QUARTER_RULES", (broken_rule, *QUARTER_RULES[:2]))
    whole = conclude(QUARTER)
    assert [check.status for check in whole.checks] == ["failed", "finding", "finding"]
    assert whole.checks[0].reason == "ZeroDivisionError: three by nought"


def test_a_quarter_without_okrs_was_not_looked_at(tmp_path: Path) -> None:
    unread = ReviewedEntry(entry=Entry(place=Place(file="a.csv"), reason="the file is empty"), reason="the file is empty")
    with sqlite3.connect(tmp_path / "quarter.sqlite") as database:
        relations = Relations(database, tmp_path, Context(company_objectives=COMPANY), "fr")
        relations.add(0, unread, None)
        whole = relations.conclude(None)
    assert {check.status for check in whole.checks} == {"skipped"} and whole.teams == () and whole.findings == ()
    assert [goal.okrs for goal in whole.coverage] == [0, 0, 0]


def test_an_okr_without_an_objective_or_without_key_results_is_taken_in(conclude: Conclude) -> None:
    whole = conclude([Okr(objective="", key_results=("NPS de 30 à 40",), team="PMM"), Okr(objective="Être recommandés", team="PMM")])
    assert [(team.okrs, team.key_results) for team in whole.teams] == [(2, 1)]
