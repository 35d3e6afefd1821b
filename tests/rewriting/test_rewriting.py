"""What a rewrite keeps, what it refuses, and how slots are filled."""

from __future__ import annotations

import json

import pytest
from weak_drafts import CORPUS, findings

from reviewer.language.statement import understand_key_result
from reviewer.okr import Context, Language, Okr, ReviewedOkr, Settings
from reviewer.rewriting import fill, rewrite, slots
from reviewer.rewriting.promises import deadline_candidates
from reviewer.rewriting.verification import Draft
from reviewer.rules.trial import place, understood


def _okr(language: Language, objective: str, *key_results: str) -> ReviewedOkr:
    return understood(Okr(objective=objective, key_results=key_results), language)


def _rewritten(okr: ReviewedOkr, at: int, rule: str = "kr-is-task", context: Context | None = None) -> str | None:
    return rewrite(findings(okr, at)[rule], okr, context or Context())


def test_two_tasks_of_one_okr_are_sent_to_two_measures() -> None:
    okr = _okr("fr", "Gagner plus de deals", "Créer 3 battlecards", "Mettre à jour 5 battlecards", "Rédiger une fiche concurrentielle")
    better = [_rewritten(okr, at) for at in range(3)]
    assert len(set(better)) == 3


def test_a_measure_that_another_key_result_has_is_not_proposed() -> None:
    okr = _okr("en", "Win competitive deals", "Create 3 battlecards", "Raise battlecard usage from 25% to 70% by the end of Q3")
    assert "battlecard usage" not in (_rewritten(okr, 0) or "")


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("fr", "Créer 3 battlecards d'ici fin T3", "d'ici fin T3"),
        ("fr", "Publier 4 cas clients, T3", "au T3"),
        ("fr", "Publier 4 cas clients fin juin", "d'ici fin juin"),
        ("en", "Create 3 battlecards by the end of Q3", "by the end of Q3"),
        ("en", "Publish 4 case studies on 3 June", "by 3 June"),
        ("en", "4 case studies published, Q3", "in Q3"),
    ],
)
def test_the_date_of_the_draft_is_kept(language: Language, text: str, date: str) -> None:
    okr = understood(place(text, "key_result", language), language)
    assert (_rewritten(okr, 0) or "").endswith(f" {date}")


def test_names_that_the_draft_does_not_use_are_not_brought_in() -> None:
    okr = _okr(
        "fr", "Former l'équipe", "Organiser deux formations produit", "Ramener le délai de réponse aux appels d'offres de 12 à 7 jours"
    )
    assert "Sales" not in (_rewritten(okr, 0) or "")


def test_remedies_that_are_choices_are_left_to_the_author() -> None:
    text = "Porter le win rate face à Orbeo de 24 % à 32 % et le NPS de 22 à 30 d'ici fin T3"
    okr = understood(place(text, "key_result", "fr"), "fr")
    assert _rewritten(okr, 0, "kr-several-metrics") is None


def test_a_house_that_makes_a_rule_serious_is_obeyed() -> None:
    okr = understood(place("Create 3 battlecards against Nexia", "key_result", "en"), "en")
    strict = Context(settings=Settings(severities={"kr-no-deadline": "error"}))
    assert _rewritten(okr, 0, context=strict) is None
    dated = understood(place("Create 3 battlecards against Nexia by the end of Q3", "key_result", "en"), "en")
    assert _rewritten(dated, 0, context=strict)


def test_the_cycle_lends_its_date() -> None:
    okr = understood(place("Create 3 battlecards against Nexia", "key_result", "en"), "en", "2026-Q4")
    assert _rewritten(okr, 0) == "Raise the win rate against Nexia from [current win rate] to [target]"


@pytest.mark.parametrize("name", ["fr-a.jsonl", "fr-b.jsonl", "en-a.jsonl", "en-b.jsonl"])
def test_facts_with_a_date_added_are_those_read_anew(name: str) -> None:
    """Hold the short way (facts carried over) against the long one, on every labelled sentence."""
    differing = []
    for line in (CORPUS / "labelled" / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        okr = understood(place(row["text"], "key_result", row["language"]), row["language"])
        found = findings(okr)
        if row["kind"] != "key_result" or "kr-no-deadline" not in found:
            continue
        candidate = next(deadline_candidates(Draft(okr.key_results[0], 0, okr, Context())))
        if candidate.facts is not None:
            read = understand_key_result(candidate.plain, row["language"])
            anew = set(findings(okr.model_copy(update={"key_results": (read, *okr.key_results[1:])})))
            if anew != set(found) - {"kr-no-deadline"}:
                differing.append((row["text"], anew))
    assert differing == []


def test_slots_are_given_once_and_in_order() -> None:
    assert slots("Raise NPS from [current NPS] to [target], then [target]") == ("[current NPS]", "[target]")


@pytest.mark.parametrize(
    ("answers", "filled"),
    [
        ({"[current NPS]": "28", "[target]": "40"}, "Raise NPS from 28 to 40"),
        ({"current NPS": " 28\n"}, "Raise NPS from 28 to [target]"),
        ({"[target]": "  "}, "Raise NPS from [current NPS] to [target]"),
        ({"[target]": "[current NPS]"}, "Raise NPS from [current NPS] to current NPS"),
        ({"[other]": "3"}, "Raise NPS from [current NPS] to [target]"),
        ({}, "Raise NPS from [current NPS] to [target]"),
    ],
)
def test_answers_fill_slots(answers: dict[str, str], filled: str) -> None:
    assert fill("Raise NPS from [current NPS] to [target]", answers) == filled
