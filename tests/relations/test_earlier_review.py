"""Beside an earlier review: what is new, what was known and what was mended, although words moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from reviewer import Context, Okr, review
from reviewer.okr import Severity
from reviewer.quarter import Change, QuarterFinding, QuarterReview, ReviewedEntry, Where
from reviewer.relations import compare, only_new
from tests.relations.conftest import Conclude, reviewed
from tests.relations.quarters import GROWTH, LAUNCH, QUARTER, SALES, okr

WEAK = okr(
    "PMM",
    "Devenir la référence que les équipes RH recommandent à leurs pairs",
    "Atteindre un NPS de 40 auprès des administrateurs d'ici fin T3",
    "Publier 3 battlecards sur nos rivaux d'ici fin T3",
    "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
)


def entries(*okrs: Okr) -> list[ReviewedEntry]:
    """Review OKRs as the entries of a quarter."""
    return [reviewed(each, at) for at, each in enumerate(okrs)]


def quarter(*okrs: Okr, findings: Sequence[QuarterFinding] = ()) -> QuarterReview:
    """Make the earlier review of a quarter, as its JSON gives it back."""
    made = QuarterReview(language="fr", verdict="revise", entries=tuple(entries(*okrs)), findings=tuple(findings), checks=())
    return QuarterReview.model_validate_json(made.model_dump_json())


def told(changes: Sequence[Change]) -> Counter[tuple[str, str]]:
    """Count what became of the findings of each rule."""
    return Counter((each.status, each.rule) for each in changes)


def reworded(at: int, text: str) -> Okr:
    """Give the weak OKR with one key result in other words."""
    key_results = [*WEAK.key_results]
    key_results[at] = text
    return WEAK.model_copy(update={"key_results": tuple(key_results)})


def test_what_was_not_touched_is_known() -> None:
    changes = compare(quarter(WEAK, SALES), entries(WEAK, SALES))
    assert told(changes) == {("known", "kr-no-baseline"): 1, ("known", "kr-is-task"): 1}
    assert [each.where for each in changes] == [Where(entry=0, key_result=0), Where(entry=0, key_result=1)]
    assert only_new(changes) == ()


def test_rows_that_were_moved_or_put_before_change_nothing() -> None:
    moved = WEAK.model_copy(update={"key_results": WEAK.key_results[::-1]})
    changes = compare(quarter(WEAK, SALES), entries(SALES, GROWTH, moved))
    assert {each.status for each in changes if each.where and each.where.entry == 2} == {"known"}
    assert sorted((each.rule, each.where) for each in changes if each.status == "known" and each.where) == [
        ("kr-is-task", Where(entry=2, key_result=1)),
        ("kr-no-baseline", Where(entry=2, key_result=2)),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "D'ici fin T3, atteindre un NPS de 40 auprès des administrateurs",
        "ATTEINDRE un NPS de 40, auprès des administrateurs, d'ici fin T3 !",
        "Atteindre un NPS de 45 auprès de nos administrateurs d'ici fin T3",
    ],
)
def test_a_fault_that_only_changed_its_words_is_known(words: str) -> None:
    assert told(compare(quarter(WEAK), entries(reworded(0, words)))) == {("known", "kr-no-baseline"): 1, ("known", "kr-is-task"): 1}


def test_a_mended_fault_is_fixed_and_stands_nowhere_now() -> None:
    changes = compare(quarter(WEAK), entries(reworded(0, "Faire passer le NPS des administrateurs de 28 à 40 d'ici fin T3")))
    assert told(changes) == {("fixed", "kr-no-baseline"): 1, ("known", "kr-is-task"): 1}
    (fixed,) = [each for each in changes if each.status == "fixed"]
    assert fixed.where is None and fixed.quote in WEAK.key_results[0] and changes[-1] is fixed


def test_a_fault_of_the_same_kind_on_another_statement_is_new() -> None:
    more = WEAK.model_copy(update={"key_results": (*WEAK.key_results[:2], "Organiser 2 webinars avec nos partenaires d'ici fin T3")})
    changes = compare(quarter(WEAK), entries(more))
    assert told(changes) == {("known", "kr-no-baseline"): 1, ("known", "kr-is-task"): 1, ("new", "kr-is-task"): 1}
    (new,) = only_new(changes)
    assert new.where == Where(entry=0, key_result=2)


def test_the_same_fault_made_once_more_is_new_once() -> None:
    twice = (WEAK, WEAK.model_copy(update={"team": "Growth", "objective": "Gagner la confiance des équipes RH"}))
    changes = compare(quarter(WEAK), entries(*twice))
    assert told(changes)["known", "kr-is-task"] == told(changes)["new", "kr-is-task"] == 1
    assert {each.where.entry for each in only_new(changes) if each.where} == {1}


def test_near_words_in_another_team_are_another_fault() -> None:
    other = okr("Growth", "Que nos essais se convertissent seuls", "Publier 4 battlecards sur nos rivaux d'ici fin T3", *LAUNCH.key_results)
    changes = compare(quarter(WEAK), entries(other))
    assert told(changes)["new", "kr-is-task"] == told(changes)["fixed", "kr-is-task"] == 1


def test_an_okr_that_went_to_another_team_keeps_its_faults() -> None:
    changes = compare(quarter(WEAK), entries(WEAK.model_copy(update={"team": "Customer Success"})))
    assert {each.status for each in changes} == {"known"}


@pytest.mark.parametrize(("at_least", "rules"), [("advice", 2), ("warning", 2), ("error", 1)])
def test_only_new_findings_of_a_severity_or_worse_are_kept(at_least: Severity, rules: int) -> None:
    assert len(only_new(compare(quarter(SALES), entries(SALES, WEAK)), at_least)) == rules


def test_an_earlier_review_of_single_okrs_serves_too() -> None:
    earlier = review([WEAK, SALES], context=Context(language="fr"), examples=0)
    assert {each.status for each in compare(earlier, entries(SALES, WEAK))} == {"known"}


def test_findings_across_okrs_are_recognised_by_what_they_quote(conclude: Conclude) -> None:
    before = conclude(QUARTER).findings
    same = conclude(QUARTER[::-1]).findings
    assert {each.status for each in compare(quarter(findings=before), [], same)} == {"known"}
    mended = GROWTH.model_copy(update={"key_results": GROWTH.key_results[1:] + SALES.key_results[:1]})
    after = conclude([mended if each is GROWTH else each for each in QUARTER]).findings
    changes = compare(quarter(findings=before), [], after)
    assert told(changes)["fixed", "quarter-conflict"] == 1
    assert told(changes)["known", "quarter-duplicate"] == 2, "one more place is the same fault"


def test_a_count_that_grew_is_the_same_fault_of_its_team(conclude: Conclude) -> None:
    aims = [okr("PMM", f"Faire de {place} un bastion") for place in ("Lyon", "Nantes", "Lille", "Metz", "Tours", "Brest", "Dijon")]
    before, after = ([each for each in conclude(aims[:count]).findings if each.rule == "quarter-objective-count"] for count in (6, 7))
    assert len(before) == len(after) == 1
    assert told(compare(quarter(findings=before), [], after)) == {("known", "quarter-objective-count"): 1}


def test_many_faults_whose_words_all_moved_are_matched_one_to_one() -> None:
    products = [f"{first}{last}" for first in ("Alo", "Bren", "Cas", "Dor", "Elu", "Fan") for last in ("ta", "rix", "dia", "vo", "lent")]
    earlier = entries(*(okr("PMM", f"Faire de {name} une évidence", f"Publier 3 fiches sur {name} d'ici fin T3") for name in products))
    now = entries(*(okr("PMM", f"Que {name} se vende", f"D'ici fin T3, publier 4 fiches sur {name}") for name in reversed(products)))
    kept = QuarterReview(language="fr", verdict="revise", entries=tuple(earlier), findings=(), checks=())
    changes = [each for each in compare(kept, now) if each.rule == "kr-is-task"]
    assert {each.status for each in changes} == {"known"} and len(changes) == len(products)
