"""Every example a rule declares is tried through the public door: bad ones found, good ones clean under all rules."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from reviewer import Context, Review, review
from reviewer.okr import Language
from reviewer.rules import RULES
from reviewer.rules.rule import Rule, Sample
from reviewer.rules.trial import findings_of, place

JUDGED_LATER = frozenset({"okr-kr-unrelated", "okr-not-aligned"})
"""Rules whose judging half needs the example matcher: until it comes they must say that they did not look."""


class Example(NamedTuple):
    rule: Rule
    language: Language
    sample: Sample
    id: str


def _examples(kind: str) -> list[Example]:
    return [
        Example(rule, language, sample, f"{rule.id}/{language}/{kind}-{index}")
        for rule in RULES
        for language in ("fr", "en")
        for index, sample in enumerate(getattr(rule, kind).of(language))
    ]


def _params(kind: str) -> list[object]:
    return [pytest.param(each, id=each.id) for each in _examples(kind)]


def _review(example: Example) -> Review:
    okr = place(example.sample, example.rule.family, example.language)
    return review(okr, context=Context(language=example.language), examples=0)


@pytest.mark.parametrize("example", _params("bad"))
def test_a_bad_example_is_found_by_its_own_rule(example: Example) -> None:
    result = _review(example)
    found = [finding for finding in result.findings if finding.rule == example.rule.id]
    if example.rule.id in JUDGED_LATER:
        check = next(check for check in result.checks if check.rule == example.rule.id)
        assert (check.status, bool(check.reason), found) == ("skipped", True, [])
        return
    assert found, f"found only {[f.rule for f in result.findings]}"
    if example.rule.family == "key_result":
        assert {finding.key_result for finding in found} == {0}
    for finding in found:
        assert finding.quote and finding.quote == result.text[slice(*finding.span)]


@pytest.mark.parametrize("example", _params("good"))
def test_a_good_example_is_clean_under_every_rule(example: Example) -> None:
    result = _review(example)
    assert [(f.rule, f.quote) for f in result.findings] == []
    assert [check for check in result.checks if check.status == "failed"] == []


@pytest.mark.parametrize("example", [*_params("bad"), *_params("good")])
def test_the_trial_helper_says_what_the_engine_says(example: Example) -> None:
    engine = sorted(finding.rule for finding in _review(example).findings)
    assert sorted(findings_of(example.sample, example.language, example.rule.family)) == engine


def test_no_example_stands_for_both_good_and_bad() -> None:
    bad = {(e.language, e.sample) for e in _examples("bad") if e.rule.id not in JUDGED_LATER}
    good = {(e.language, e.sample) for e in _examples("good")}
    assert bad & good == set()
