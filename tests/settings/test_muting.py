"""Muting: what a mute silences, until when, and what is said of mutes that no longer serve."""

from __future__ import annotations

from datetime import date

import pytest

from reviewer.muting import Muting, apply_mutes
from reviewer.okr import Finding, KeyResult, Language, Mute, Objective, ReviewedOkr, Settings

TODAY = date(2026, 10, 15)
OBJECTIVE = "Devenir la référence des équipes Sécurité"
KEY_RESULTS = ("Créer 3 battlecards contre Acme", "Former l’équipe Sales au diagnostic")


def okr(objective: str = OBJECTIVE, key_results: tuple[str, ...] = KEY_RESULTS) -> ReviewedOkr:
    return ReviewedOkr(
        objective=Objective(text=objective, span=(0, len(objective)), language="fr"),
        key_results=tuple(KeyResult(text=text, span=(0, len(text)), language="fr", nature="activity") for text in key_results),
        language="fr",
    )


def finding(rule: str = "kr-is-task", key_result: int | None = 0, okr: int = 0) -> Finding:
    return Finding(
        rule=rule, severity="error", okr=okr, key_result=key_result, quote="x", span=(0, 1), message="m", why="w", fix="f"
    )  # fmt: skip


def mute(rule: str = "kr-is-task", contains: str | None = None, expires: str | None = None) -> Mute:
    return Mute(rule=rule, reason="Projet pilote", contains=contains, expires=expires)


def apply(*mutes: Mute, findings: tuple[Finding, ...] | None = None, language: Language = "en") -> Muting:
    found = (finding(key_result=0), finding(key_result=1)) if findings is None else findings
    return apply_mutes(found, (okr(),), Settings(mutes=mutes), TODAY, language)


def test_without_mutes_everything_is_kept() -> None:
    assert apply() == ((finding(key_result=0), finding(key_result=1)), (), ())


def test_a_mute_silences_its_rule_only_and_gives_its_reason() -> None:
    other = finding("kr-no-number", 1)
    kept, muted, notes = apply(mute(), findings=(finding(), other))
    assert kept == (other,)
    assert [(silenced.finding, silenced.reason) for silenced in muted] == [(finding(), "Projet pilote")]
    assert notes == ()


@pytest.mark.parametrize("words", ["BATTLECARDS", "Creer 3", "créer  3 battlecards", "battlecards contre Acme", "3"])
def test_words_narrow_a_mute_to_a_key_result_whatever_case_and_accents(words: str) -> None:
    assert apply(mute(contains=words)).kept == (finding(key_result=1),)


def test_words_of_the_objective_cover_its_key_results_and_itself() -> None:
    findings = (finding(), finding(key_result=None))
    assert apply(mute(contains="equipes securite"), findings=findings).kept == ()


def test_a_finding_about_an_objective_is_not_muted_by_words_of_its_key_results() -> None:
    about_objective = finding("objective-is-task", None)
    assert apply(mute("objective-is-task", "battlecards"), findings=(about_objective,)).kept == (about_objective,)


@pytest.mark.parametrize("words", ["art", "IA", "agnostic", "battlecard", "Acm"])
def test_words_are_whole_words(words: str) -> None:
    assert len(apply(mute(contains=words)).kept) == 2


def test_words_may_hold_signs() -> None:
    signs = (okr("Grow", ("Reach 40 % (NPS) + more [a.b]",)),)
    for words in ("(NPS) +", "40 %", "%", "[a.b]"):
        assert apply_mutes((finding(),), signs, Settings(mutes=(mute(contains=words),)), TODAY, "en").kept == ()
    assert apply_mutes((finding(),), signs, Settings(mutes=(mute(contains="a?b"),)), TODAY, "en").muted == ()


def test_words_that_fold_to_nothing_cover_nothing() -> None:
    assert len(apply(mute(contains="**")).kept) == 2


def test_a_mute_holds_on_the_day_it_expires_and_not_after() -> None:
    assert apply(mute(expires="2026-10-15")).kept == ()
    assert len(apply(mute(expires="2026-10-14")).kept) == 2


def test_an_expired_mute_is_reported_in_the_language_of_the_review() -> None:
    assert apply(mute(expires="2026-10-14")).notes == (
        "the mute of kr-is-task expired on 2026-10-14: it silences nothing any more; renew it or take it out",
    )
    assert apply(mute(expires="2026-10-14"), language="fr").notes == (
        "la mise en sourdine de kr-is-task a expiré le 2026-10-14\u00a0: elle ne tait plus rien\u202f; prolongez-la ou retirez-la",
    )


def test_an_unused_mute_is_reported_with_the_words_that_narrow_it() -> None:
    assert apply(mute("okr-kr-count"), mute()).notes == (
        "the mute of okr-kr-count silenced nothing here; take it out if it no longer serves",
    )
    assert apply(mute(contains="pricing"), language="fr").notes == (
        "la mise en sourdine de kr-is-task (contenant «\u00a0pricing\u00a0») n’a rien tu ici\u202f; retirez-la si elle ne sert plus",
    )


def test_two_mutes_of_one_finding_both_count_as_used_and_the_first_gives_the_reason() -> None:
    second = Mute(rule="kr-is-task", reason="Autre raison")
    result = apply(mute(contains="battlecards"), second)
    assert [silenced.reason for silenced in result.muted] == ["Projet pilote", "Autre raison"]
    assert result.notes == ()


def test_a_finding_outside_the_okrs_is_told_by_its_quote() -> None:
    outside = finding("quarter-duplicate", None, okr=7)
    assert apply(mute("quarter-duplicate", "x"), findings=(outside,)).kept == ()
