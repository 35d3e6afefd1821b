"""What each rule finds and lets pass, beyond the examples it declares."""

from __future__ import annotations

import pytest

from reviewer import Context, Finding, Okr, Review, review
from reviewer.okr import Language, Settings
from reviewer.rules.trial import place


def _review(text: str, language: Language, family: str = "key_result", context: Context | None = None) -> Review:
    okr = place(text, family, language)  # type: ignore[arg-type]
    return review(okr, context=(context or Context()).model_copy(update={"language": language}), examples=0)


def _found(text: str, language: Language, family: str = "key_result") -> dict[str, Finding]:
    return {finding.rule: finding for finding in _review(text, language, family).findings}


def _status(result: Review, rule: str) -> tuple[str, str | None]:
    check = next(check for check in result.checks if check.rule == rule)
    return check.status, check.reason


# --- one fault, one finding ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"), [("Créer 3 battlecards", "fr"), ("Run 20 customer interviews", "en"), ("Publish a blog post", "en")]
)
def test_a_task_is_not_also_numberless_dateless_or_baseless(text: str, language: Language) -> None:
    assert set(_found(text, language)) == {"kr-is-task"}


@pytest.mark.parametrize(("text", "language"), [("Améliorer nettement le win rate", "fr"), ("Improve NPS a lot", "en")])
def test_a_key_result_without_a_number_is_not_also_baseless_dateless_or_without_scope(text: str, language: Language) -> None:
    assert set(_found(text, language)) == {"kr-no-number"}


def test_an_event_is_no_task() -> None:
    assert set(_found("Milestone: obtain the SOC 2 certification by the end of Q3", "en")) == set()
    assert set(_found("Obtain the SOC 2 certification by the end of Q3", "en")) == {"kr-yes-or-no"}


# --- key results -----------------------------------------------------------------------------------


def test_a_reference_without_its_value_is_only_advice() -> None:
    found = _found("Win rate face à Orbeo : +8 points vs trimestre précédent d'ici fin T3", "fr")
    assert found["kr-no-baseline"].severity == "advice"
    assert "[valeur actuelle]" in found["kr-no-baseline"].fix


def test_a_missing_start_is_asked_for_in_the_words_of_the_draft() -> None:
    finding = _found("NPS ≥ 40 by the end of Q3", "en")["kr-no-baseline"]
    assert finding.severity == "warning"
    assert finding.quote == "NPS ≥ 40"
    assert finding.fix == "Write: “NPS from [current value] to 40”."


def test_a_relative_change_is_asked_from_which_value() -> None:
    finding = _found("Doubler le taux d'utilisation des battlecards d'ici fin T3", "fr")["kr-no-baseline"]
    assert "de [valeur actuelle] à [cible]" in finding.fix


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("40 demandes de démo qualifiées d'ici fin T3", "fr"),
        ("Keep logo churn below 2% through Q4", "en"),
        ("Raise NPS from 28 to 40 by June", "en"),
    ],
)
def test_a_count_a_level_held_and_a_stated_start_need_no_baseline(text: str, language: Language) -> None:
    assert "kr-no-baseline" not in _found(text, language)


def test_a_known_cycle_lends_its_end_as_the_deadline() -> None:
    text = "Raise NPS from 28 to 40"
    assert "kr-no-deadline" in _found(text, "en")
    assert _review(text, "en", context=Context(cycle="2026-Q4")).findings == ()


def test_a_vanity_measure_passes_when_a_next_step_is_measured_with_it() -> None:
    assert "kr-vanity-metric" in _found("Reach 500 webinar registrants by the end of Q3", "en")
    assert "kr-vanity-metric" not in _found("60 qualified demo requests from 500 webinar registrants by the end of Q3", "en")


def test_a_share_is_not_mistaken_for_the_heads_it_counts() -> None:
    assert "kr-vanity-metric" not in _found("New users who finish a stock count within a week of arrival: from 39% to 62% by June", "en")


def test_the_second_of_two_measures_is_quoted() -> None:
    finding = _found("Raise NPS from 22 to 30 and cut logo churn from 4% to 3% by the end of Q3", "en")["kr-several-metrics"]
    assert finding.quote.startswith("cut logo churn")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Reduce churn from 5% to 8% by June", "error"),
        ("Increase NPS from 40 to 30 by June", "error"),
        ("NPS from 40 to 40 by June", "error"),
        ("Renewal rate of 130% by June (currently 80%)", "error"),
        ("Churn from 5% to 8% by June", "warning"),
    ],
)
def test_numbers_against_the_verb_are_an_error_and_numbers_against_custom_a_question(text: str, severity: str) -> None:
    found = _found(text, "en")
    assert found["kr-wrong-direction"].severity == severity
    assert "kr-not-ambitious" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Raise NRR from 104% to 118% by June",
        "Quota attainment from 82% to 105% by June",
        "Cut lead response time from 2 days to 4 hours by June",
    ],
)
def test_measures_that_may_pass_100_and_levels_in_different_units_are_no_contradiction(text: str) -> None:
    assert "kr-wrong-direction" not in _found(text, "en")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Grow trial-to-paid conversion by 8% by June", True),
        ("Grow trial-to-paid conversion by 8 points by June", False),
        ("Grow trial-to-paid conversion by 8% by June (currently 20%)", True),
        ("Grow trial-to-paid conversion by a third by June", False),
        ("Grow ARR by 8% by June", False),
    ],
)
def test_percent_on_a_rate_is_asked_about_and_on_an_amount_is_plain(text: str, found: bool) -> None:
    assert ("kr-percent-or-points" in _found(text, "en")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Renewal rate from 78% to 80% by June", True),
        ("Renewal rate from 96% to 98% by June", False),
        ("Renewal rate from 60% to 70% by June", False),
        ("Logo churn from 1.02% to 1% by June", True),
        ("Review-site rating from 4.5/5 to 4.7/5 by June", False),
        ("ARR from €10M to €10.2M by June", True),
    ],
)
def test_a_small_step_is_trivial_unless_it_nears_the_end_of_the_scale(text: str, found: bool) -> None:
    assert ("kr-not-ambitious" in _found(text, "en")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Raise the win rate from 24% to 31% by June", True),
        ("Raise the Mid-Market win rate from 24% to 31% by June", False),
        ("Raise the win rate against Orbeo from 24% to 31% by June", False),
        ("Win rate in food processing from 14% to 23% by June", False),
        ("Sourced pipeline from €1M to €2M by June", True),
        ("Sourced pipeline (first touch) from €1M to €2M by June", False),
        ("40 qualified demo requests by June", False),
        ("Message clarity score from 6 to 8 by June", True),
        ("Message clarity score in the Mid-Market segment from 6 to 8 by June", False),
    ],
)
def test_only_measures_that_say_nothing_alone_are_asked_for_their_scope(text: str, found: bool) -> None:
    assert ("kr-scope-missing" in _found(text, "en")) is found


# --- objectives ------------------------------------------------------------------------------------


def test_objective_rules_say_that_they_did_not_look_when_there_is_no_objective() -> None:
    result = review(
        "KR1: Raise NPS from 28 to 40 by June\nKR2: Cut logo churn from 4% to 3% by June", context=Context(language="en"), examples=0
    )
    for rule in ("objective-has-metric", "objective-is-task", "objective-is-topic", "objective-several", "objective-not-ambitious"):
        assert _status(result, rule) == ("skipped", "the draft names no objective")


def test_a_contested_finding_names_who_disagrees() -> None:
    finding = _found("Reach 30% market share in the Mid-Market segment", "en", "objective")["objective-has-metric"]
    assert finding.contested and "Doerr" in finding.contested and "Wodtke" in finding.contested


@pytest.mark.parametrize(
    "text", ["Nos clients nous défendent spontanément face aux suites intégrées", "Aucun comparatif sérieux ne se fait sans nous en tête"]
)
def test_a_whole_sentence_is_no_topic_and_none_is_no_number(text: str) -> None:
    assert not {"objective-is-topic", "objective-has-metric"} & set(_found(text, "fr", "objective"))


def test_an_unsure_reading_of_an_objective_only_advises() -> None:
    found = _found("Les analystes décrivent notre produit avec nos mots", "fr", "objective")
    assert all(finding.severity == "advice" for finding in found.values())


# --- whole OKRs ------------------------------------------------------------------------------------

KRS = tuple(
    f"{name} from 20 to 40 by June"
    for name in ("Raise NPS", "Raise the win rate against Orbeo", "Raise renewals", "Raise referrals", "Raise ARPA", "Raise upsells")
)
OBJECTIVE = "Become the product that HR teams recommend to their peers"


@pytest.mark.parametrize(
    ("count", "profile", "severity"),
    [
        (0, "article", "error"),
        (1, "article", "warning"),
        (2, "article", None),
        (4, "article", None),
        (5, "article", "warning"),
        (5, "wide", None),
        (6, "wide", "warning"),
    ],
)
def test_two_to_four_key_results_and_five_in_the_wide_profile(count: int, profile: str, severity: str | None) -> None:
    context = Context(language="en", settings=Settings(profile=profile))  # type: ignore[arg-type]
    result = review(Okr(objective=OBJECTIVE, key_results=KRS[:count]), context=context, examples=0)
    assert [f.severity for f in result.findings if f.rule == "okr-kr-count"] == ([severity] if severity else [])


def test_one_result_among_tasks_is_enough_proof() -> None:
    okr = Okr(objective=OBJECTIVE, key_results=("Create 3 new battlecards", "Raise NPS from 28 to 40 by June"))
    assert "okr-only-tasks" not in {f.rule for f in review(okr, context=Context(language="en"), examples=0).findings}


def test_the_later_of_two_equal_key_results_is_named() -> None:
    okr = Okr(
        objective=OBJECTIVE,
        key_results=("Raise NPS from 28 to 40 by June", "Cut logo churn from 4% to 3% by June", "NPS from 28 to 45 by July"),
    )
    found = [f for f in review(okr, context=Context(language="en"), examples=0).findings if f.rule == "okr-same-metric"]
    assert [(f.key_result, f.quote) for f in found] == [(2, "NPS from 28 to 45 by July")]
    assert "KR 3" in found[0].message and "KR 1" in found[0].message


def test_the_same_measure_of_other_people_or_of_another_product_is_another_proof() -> None:
    okr = Okr(
        objective=OBJECTIVE,
        key_results=(
            "Raise CSAT among admins from 3.9 to 4.4 by June",
            "Raise CSAT among employees from 3.5 to 4.2 by June",
            "Raise feature adoption of Payroll from 12% to 30% by June",
            "Raise feature adoption of Leave from 25% to 45% by June",
        ),
    )
    assert "okr-same-metric" not in {f.rule for f in review(okr, context=Context(language="en"), examples=0).findings}


@pytest.mark.parametrize(
    ("company", "contributes_to", "status", "said"),
    [
        ((), None, "skipped", "no company objective was given"),
        (("Win the Mid-Market",), None, "skipped", "Contributes to"),
        (("Win the Mid-Market",), "Win the Mid-Market", "pass", ""),
        ((), "Win the Mid-Market", "pass", ""),
    ],
)
def test_alignment_passes_when_named_and_is_skipped_with_the_reason_otherwise(
    company: tuple[str, ...], contributes_to: str | None, status: str, said: str
) -> None:
    okr = Okr(objective=OBJECTIVE, key_results=KRS[:2], contributes_to=contributes_to)
    result = review(okr, context=Context(language="en", company_objectives=company), examples=0)
    outcome, reason = _status(result, "okr-not-aligned")
    assert outcome == status and said in (reason or "")
    assert _status(result, "okr-kr-unrelated")[0] == "skipped"
