"""The rules that a model is asked about are explained like the others, and their examples are sound for every rule in code."""

from __future__ import annotations

import pytest

from reviewer import Context, Okr, review
from reviewer.okr import Language
from reviewer.rules.model import MODEL_RULES
from reviewer.rules.rule import Described

each_rule = pytest.mark.parametrize("rule", MODEL_RULES, ids=lambda rule: rule.id)
each_language = pytest.mark.parametrize("language", ["fr", "en"])

SINGLE = {"okr-kr-count"}
"""Samples on one key result alone show that key result; how many an objective needs is another rule's."""


def test_they_are_those_of_the_method_and_only_advise() -> None:
    assert {rule.id: rule.severity for rule in MODEL_RULES} == dict.fromkeys(
        ("model-sufficiency", "model-gaming", "model-alignment"), "advice"
    )


@each_rule
@each_language
def test_no_rule_in_code_would_have_settled_their_examples(rule: Described, language: Language) -> None:
    for sample in (*rule.bad.of(language), *rule.good.of(language)):
        assert isinstance(sample, Okr)
        found = review(sample, context=Context(language=language), examples=0).findings
        assert [f"{f.rule}: {f.message}" for f in found if f.severity != "advice" and f.rule not in SINGLE] == []


@each_rule
def test_without_a_model_they_are_skipped_and_say_so(rule: Described) -> None:
    for language, word in (("fr", "aucun modèle"), ("en", "no model")):
        check = next(
            c for c in review(rule.good.of(language)[0], context=Context(language=language), examples=0).checks if c.rule == rule.id
        )  # type: ignore[arg-type]
        assert check.status == "skipped" and word in (check.reason or "")


@each_rule
def test_they_are_whole_in_both_languages(rule: Described) -> None:
    for both in (rule.title, rule.why):
        assert both.fr.strip() and both.en.strip() and both.fr != both.en
    assert rule.sources and all(source.says.strip() for source in rule.sources)
    assert all(len(samples) >= 2 for kind in (rule.bad, rule.good) for samples in kind)
