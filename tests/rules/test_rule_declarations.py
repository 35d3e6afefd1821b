"""The rules as declared: public ids and severities, both languages whole, nothing that can be changed."""

from __future__ import annotations

import dataclasses
import types

import pytest

from reviewer.rules import ALL_RULES, RULES, by_id, key_result
from reviewer.rules.rule import Rule, collect

SEVERITIES = {
    "kr-is-task": "error",
    "kr-no-number": "error",
    "kr-no-baseline": "warning",
    "kr-no-deadline": "advice",
    "kr-vanity-metric": "warning",
    "kr-yes-or-no": "warning",
    "kr-several-metrics": "warning",
    "kr-wrong-direction": "error",
    "kr-percent-or-points": "advice",
    "kr-keeps-level": "advice",
    "kr-not-ambitious": "advice",
    "kr-individual": "warning",
    "kr-scope-missing": "advice",
    "objective-has-metric": "warning",
    "objective-is-task": "warning",
    "objective-is-topic": "warning",
    "objective-several": "advice",
    "objective-not-ambitious": "advice",
    "okr-kr-count": "warning",
    "okr-only-tasks": "error",
    "okr-same-metric": "warning",
    "okr-kr-unrelated": "advice",
    "okr-not-aligned": "warning",
}
"""The method's table, without the rules on a quarter and those that need a model."""

CONTESTED = {"kr-keeps-level", "objective-has-metric", "objective-is-task"}
FAMILY = {"kr": "key_result", "objective": "objective", "okr": "okr"}

rules = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def test_ids_and_default_severities_are_those_of_the_method() -> None:
    assert {rule.id: rule.severity for rule in RULES} == SEVERITIES


def test_contested_rules_are_those_of_the_method_and_never_errors() -> None:
    assert {rule.id for rule in RULES if rule.contested} == CONTESTED
    assert all(rule.severity != "error" for rule in RULES if rule.contested)


@rules
def test_a_rule_is_whole_in_both_languages(rule: Rule) -> None:
    assert rule.family == FAMILY[rule.id.split("-")[0]]
    assert rule.check.__doc__ and rule.check.__doc__.strip().endswith(".")
    for both in (rule.title, rule.why, *([rule.contested] if rule.contested else [])):
        assert both.fr.strip() and both.en.strip() and both.fr != both.en
    for samples in (rule.bad, rule.good):
        assert len(samples.fr) >= 2 and len(samples.en) >= 2
    assert rule.sources and all(source.name and source.says.strip() for source in rule.sources)


@rules
def test_a_rule_is_silent_only_for_known_rules(rule: Rule) -> None:
    assert set(rule.unless) <= set(by_id()) - {rule.id}


def test_rules_cannot_be_changed() -> None:
    assert isinstance(RULES, tuple)
    with pytest.raises(dataclasses.FrozenInstanceError):
        RULES[0].severity = "advice"  # type: ignore[misc]
    with pytest.raises(TypeError):
        by_id()["kr-is-task"] = RULES[1]  # type: ignore[index]


def test_by_id_gives_every_rule() -> None:
    assert list(by_id().values()) == list(ALL_RULES)
    assert all(by_id()[rule.id] is rule for rule in ALL_RULES)


def test_an_id_declared_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'kr-is-task' is declared twice"):
        collect((key_result, types.SimpleNamespace(again=by_id()["kr-is-task"])))


def test_an_unless_that_names_no_earlier_rule_is_refused() -> None:
    stray = dataclasses.replace(by_id()["kr-is-task"], id="kr-stray", unless=("kr-unheard-of",))
    with pytest.raises(ValueError, match="kr-unheard-of"):
        collect((types.SimpleNamespace(stray=stray),))
