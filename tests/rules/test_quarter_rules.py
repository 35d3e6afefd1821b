"""The rules on a quarter's OKRs: declared like the others, shown on small quarters that are really taken in, and said in plain words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reviewer import Context, Okr, review
from reviewer.okr import Language
from reviewer.quarter import Where
from reviewer.rules import ALL_RULES, QUARTER_RULES, by_id
from reviewer.rules.quarter_rule import QuarterRule, listed, quarter_rule
from reviewer.rules.quarter_view import Goal, Owners, Said, TeamFacts
from reviewer.rules.rule import Both, QuarterSample, Skip
from reviewer.rules.trial import place
from tests.relations.conftest import try_sample
from tests.rules.test_rule_messages import ENGLISH, FRENCH, QUOTED, SLOT

SEVERITIES = {
    "quarter-objective-count": "warning",
    "quarter-duplicate": "warning",
    "quarter-conflict": "warning",
    "quarter-goal-uncovered": "warning",
    "quarter-copied-down": "advice",
    "quarter-individual": "warning",
    "quarter-too-many-kpis": "advice",
    "quarter-no-check-in": "advice",
    "quarter-carried-over": "advice",
}
"""The method's table."""

each_rule = pytest.mark.parametrize("rule", QUARTER_RULES, ids=lambda rule: rule.id)
each_language = pytest.mark.parametrize("language", ["fr", "en"])
RUNS = {
    kind: pytest.mark.parametrize(
        ("rule", "language", "sample"),
        [
            pytest.param(rule, language, sample, id=f"{rule.id}/{language}/{kind}-{at}")
            for rule in QUARTER_RULES
            for language in ("fr", "en")
            for at, sample in enumerate(getattr(rule, kind).of(language))
        ],
    )
    for kind in ("bad", "good")
}


def test_ids_and_default_severities_are_those_of_the_method() -> None:
    assert {rule.id: rule.severity for rule in QUARTER_RULES} == SEVERITIES
    assert [rule.id for rule in ALL_RULES if rule.family == "quarter"] == [*SEVERITIES]
    assert all(by_id()[rule.id] is rule for rule in QUARTER_RULES)


@each_rule
def test_a_quarter_rule_is_whole_in_both_languages(rule: QuarterRule) -> None:
    assert rule.check.__doc__ and rule.check.__doc__.strip().endswith(".")
    for both in (rule.title, rule.why):
        assert both.fr.strip() and both.en.strip() and both.fr != both.en
    for samples in (rule.bad, rule.good):
        assert all(len(each) >= 2 and all(isinstance(sample, QuarterSample) for sample in each) for each in samples)
    assert rule.sources and all(source.name and source.says.strip() for source in rule.sources)


@RUNS["bad"]
def test_a_bad_quarter_is_found_by_its_own_rule(rule: QuarterRule, language: Language, sample: QuarterSample, tmp_path: Path) -> None:
    whole = try_sample(tmp_path, sample, language, encoder=None)
    found = [finding for finding in whole.findings if finding.rule == rule.id]
    assert found and next(check for check in whole.checks if check.rule == rule.id).status == "finding"
    for finding in found:
        assert finding.severity in (rule.severity, "advice") and finding.sources == rule.sources
        assert len(finding.evidence) == len(finding.places)
        assert finding.places or finding.company_objective is not None


@RUNS["good"]
def test_a_good_quarter_is_clean_under_every_rule(rule: QuarterRule, language: Language, sample: QuarterSample, tmp_path: Path) -> None:
    whole = try_sample(tmp_path, sample, language, encoder=None)
    assert [(finding.rule, finding.message) for finding in whole.findings] == []
    assert [check for check in whole.checks if check.status == "failed"] == []
    alone = [finding for okr in sample.okrs for finding in review(okr, context=Context(language=language), examples=0).findings]
    assert [(finding.rule, finding.quote) for finding in alone] == []


@RUNS["bad"]
def test_findings_on_a_quarter_speak_plainly(rule: QuarterRule, language: Language, sample: QuarterSample, tmp_path: Path) -> None:
    foreign = ENGLISH if language == "fr" else FRENCH
    for finding in try_sample(tmp_path, sample, language, encoder=None).findings:
        for sentence in (finding.message, finding.fix, finding.why):
            own = SLOT.sub("", QUOTED.sub("“”", sentence))
            assert sentence[-1] == "." and (sentence[0].isupper() or sentence[0].isdigit() or sentence[0] in "«“"), sentence
            assert len(re.findall(r"[.!?](?=\s+[A-ZÀÉÈ])", own)) == 0, sentence
            assert [word for word in re.findall(r"[\w'’-]+", own.lower()) if word in foreign] == [], sentence
            if language == "fr":
                assert not re.search(r" [:;?!%»]|« ", sentence), sentence
            else:
                assert "\u202f" not in sentence and " :" not in sentence and "«" not in sentence, sentence


@each_rule
@each_language
def test_titles_and_reasons_of_quarter_rules_speak_their_language(rule: QuarterRule, language: Language) -> None:
    foreign = ENGLISH if language == "fr" else FRENCH
    for text in (rule.title.of(language), rule.why.of(language)):
        assert [word for word in re.findall(r"[\w'’-]+", QUOTED.sub("", text).lower()) if word in foreign] == [], text


def test_a_quarter_rule_needs_examples_and_a_reason() -> None:
    samples = QUARTER_RULES[0].bad
    title = why = Both(fr="Un titre", en="A title")
    with pytest.raises(TypeError, match=r"good\.fr has 0 examples"):
        quarter_rule("quarter-stray", severity="advice", title=title, why=why, sources=(), bad=samples, good=Both(fr=(), en=()))(
            QUARTER_RULES[0].check
        )
    with pytest.raises(TypeError, match="needs a docstring"):
        quarter_rule("quarter-stray", severity="advice", title=title, why=why, sources=(), bad=samples, good=samples)(lambda view: ())


def test_a_quarter_is_no_sample_for_one_okr() -> None:
    with pytest.raises(TypeError, match="give a sentence or an Okr"):
        place(QuarterSample(okrs=(Okr(objective="Win"),)), "okr", "en")


class Given:
    """Answer only what a test gives: the rules look at facts, whoever keeps them."""

    def __init__(self, language: Language = "en", **answers: object) -> None:
        self.language, self.has_last = language, bool(answers.pop("has_last", False))
        self._answers = answers

    def objectives_of(self, team: TeamFacts) -> tuple[Said, ...]:
        """Give as many as were counted."""
        return tuple(said(at, team=team.team) for at in range(team.objectives))

    def measures_of(self, team: TeamFacts) -> tuple[Said, ...]:
        """Give as many as were counted."""
        return tuple(said(at, team=team.team) for at in range(team.measures))

    def __getattr__(self, name: str) -> object:
        return lambda: self._answers[name]


def said(at: int, text: str = "Win", team: str | None = None) -> Said:
    """Make a statement of which only the place counts."""
    return Said(Where(entry=at), text, team)


def team(name: str | None, objectives: int, measures: int = 0) -> TeamFacts:
    """Make a team of so many objectives and measures."""
    return TeamFacts(name, "", objectives, measures)


def run(id: str, **answers: object) -> list[object]:
    """Run one rule on given facts."""
    return [*by_id()[id].check(Given(**answers))]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("count", "found"), [(1, 0), (5, 0), (6, 1), (12, 1)])
def test_a_team_may_have_five_objectives(count: int, found: int) -> None:
    assert len(run("quarter-objective-count", teams=[team("PMM", count)])) == found


def test_few_objectives_are_worth_a_word_only_where_several_teams_are_seen() -> None:
    assert run("quarter-objective-count", teams=[team("PMM", 2), team("Sales", 3)]) == []
    (advice,) = run("quarter-objective-count", teams=[team("PMM", 2), team("Sales", 3), team("Support", 1)])
    assert advice.severity == "advice" and "“PMM” and “Support”" in advice.message and len(advice.places) == 2  # type: ignore[attr-defined]


def test_objectives_of_nobody_in_particular_are_counted_only_as_long_as_they_may_be_one_teams() -> None:
    (problem,) = run("quarter-objective-count", teams=[team(None, 8)])
    assert problem.team is None and problem.confidence < 1  # type: ignore[attr-defined]
    assert run("quarter-objective-count", teams=[team(None, 8), team("PMM", 3)]) == []
    (skipped,) = run("quarter-objective-count", teams=[team(None, 400)])
    assert isinstance(skipped, Skip) and "no team is named" in skipped.reason


@pytest.mark.parametrize(("count", "found"), [(8, 0), (9, 1)])
def test_a_team_may_watch_eight_measures(count: int, found: int) -> None:
    assert len(run("quarter-too-many-kpis", teams=[team("PMM", 3, count)])) == found


def test_a_goal_is_called_uncovered_only_when_enough_okrs_were_told_to_lead_somewhere() -> None:
    goals = [Goal(0, "Grow NRR", 3, 0.4), Goal(1, "Win share", 0, 0.4)]
    (skipped,) = run("quarter-goal-uncovered", goals=goals)
    assert isinstance(skipped, Skip) and "Contributes to" in skipped.reason
    (problem,) = run("quarter-goal-uncovered", goals=[goal._replace(judged=0.8) for goal in goals])
    assert problem.company_objective == 1 and "“Win share”" in problem.message  # type: ignore[attr-defined]
    assert run("quarter-goal-uncovered", goals=[goals[0]]) == []


@pytest.mark.parametrize("id", ["quarter-goal-uncovered", "quarter-individual", "quarter-no-check-in", "quarter-carried-over"])
@each_language
def test_what_was_not_given_is_said_to_be_unjudged(id: str, language: Language) -> None:
    (skipped,) = run(id, language=language, goals=[], owners=Owners((), 0), rhythms=[])
    assert isinstance(skipped, Skip) and skipped.reason


def test_a_long_list_of_teams_is_cut_short_and_counted() -> None:
    assert listed(["A"], "en") == "“A”"
    assert listed(["A", "B"], "fr") == "« A » et « B »"
    assert listed([*"ABCDE"], "en") == "“A”, “B”, “C”, “D” and 1 other"
    assert listed([*"ABCDEF"], "fr") == "« A », « B », « C », « D » et 2 autres"
