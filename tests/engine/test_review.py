"""The public contract of review(): what comes in, what comes out, and that one rule never takes a review down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import reviewer.engine
from reviewer import Context, Finding, Okr, Review, ReviewerError, review
from reviewer.errors import UnreadableDraftError
from reviewer.language.detect import detect_language
from reviewer.okr import Mute, Settings, Severity
from reviewer.rules import RULES
from reviewer.rules.model import MODEL_RULES
from reviewer.rules.rule import Problem, Rule, Skip, Subject

ROOT = Path(__file__).resolve().parents[2]

FRENCH = """\
# OKR PMM

Objectif : Les commerciaux abordent Kerlane avec confiance

- KR1 : Porter le win rate ETI face à Kerlane de 24 % à 33 % d'ici fin T3
- KR2 : Créer 3 nouvelles battlecards
- KR3 : NPS ≥ 40
"""
ENGLISH = """\
Objective: Reps meet Kerlane with confidence and win

- KR1: Raise mid-market win rate against Kerlane from 24% to 33% by the end of Q3
- KR2: Create 3 new battlecards
- KR3: NPS of 40
"""
CLEAN = Okr(
    objective="Customers recommend Slateboard to their peers without being asked",
    key_results=(
        "Raise customer NPS from 18 to 35 by the end of Q3",
        "Raise renewal rate among mid-market accounts from 78% to 88% by the end of Q3",
    ),
)
TASKS = Okr(objective=CLEAN.objective, key_results=("Create 3 new battlecards", "Run 20 customer interviews"))


def _review(source: Any, **options: Any) -> Review:
    return review(source, examples=0, **options)


def _json(source: Any, **options: Any) -> dict[str, Any]:
    dumped: dict[str, Any] = _review(source, **options).model_dump(mode="json")
    return dumped


# --- the JSON, key by key --------------------------------------------------------------------------


@pytest.mark.parametrize(("draft", "language"), [(FRENCH, "fr"), (ENGLISH, "en")])
def test_the_review_holds_every_public_key(draft: str, language: str) -> None:
    data = _json(draft)
    assert {"schema_version", "language", "verdict", "okrs", "findings", "checks", "examples", "questions", "critique"} <= set(data)
    assert isinstance(data["schema_version"], str) and data["schema_version"]
    assert data["language"] == language
    assert data["verdict"] in ("ready", "revise", "rethink")
    assert data["critique"] is None
    assert data["examples"] == []
    assert isinstance(data["questions"], list)


@pytest.mark.parametrize("draft", [FRENCH, ENGLISH])
def test_an_okr_holds_every_public_key(draft: str) -> None:
    data = _json(draft)
    assert len(data["okrs"]) == 1
    okr = data["okrs"][0]
    assert {"objective", "key_results", "alignment"} <= set(okr)
    assert {"text", "span"} <= set(okr["objective"])
    assert len(okr["key_results"]) == 3
    for kr in okr["key_results"]:
        assert {"text", "span", "nature", "metric", "target", "baseline", "unit", "deadline"} <= set(kr)
        assert kr["nature"] in ("outcome", "output", "activity", "unclear")
        assert kr["baseline"] is None or kr["baseline"]["kind"] in ("stated", "reference", "zero", "kept", "none")
    for statement in (okr["objective"], *okr["key_results"]):
        start, end = statement["span"]
        assert draft[start:end] == statement["text"]


@pytest.mark.parametrize("draft", [FRENCH, ENGLISH])
def test_the_facts_of_a_key_result_stand_in_the_json(draft: str) -> None:
    first, second, third = _json(draft)["okrs"][0]["key_results"]
    assert (first["nature"], first["unit"], first["target"]["value"]) == ("outcome", "percent", 33)
    assert (first["baseline"]["kind"], first["baseline"]["value"]) == ("stated", 24)
    assert first["metric"]["id"] == "win-rate"
    assert first["deadline"]["origin"] == "statement"
    assert (second["nature"], second["baseline"]) == ("output", None)
    assert (third["nature"], third["baseline"]["kind"], third["deadline"]) == ("outcome", "none", None)


@pytest.mark.parametrize("draft", [FRENCH, ENGLISH])
def test_a_finding_holds_every_public_key_and_quotes_the_draft(draft: str) -> None:
    findings = _json(draft)["findings"]
    found = {(finding["rule"], finding["key_result"]) for finding in findings}
    assert {("kr-is-task", 1), ("kr-no-baseline", 2), ("kr-no-deadline", 2)} <= found
    for finding in findings:
        assert {
            "rule", "severity", "okr", "key_result", "quote", "span", "message", "why", "fix", "rewrite", "origin", "confidence", "sources",
        } <= set(finding)  # fmt: skip
        start, end = finding["span"]
        assert draft[start:end] == finding["quote"] != ""
        assert finding["severity"] in ("error", "warning", "advice")
        assert finding["origin"] == "rule"
        assert finding["okr"] == 0
        assert finding["key_result"] in (None, 0, 1, 2)
        assert 0 <= finding["confidence"] <= 1
        assert finding["message"] and finding["why"] and finding["fix"]
        assert finding["sources"]


def test_findings_are_in_reading_order_and_the_most_serious_first() -> None:
    ranks = {"error": 0, "warning": 1, "advice": 2}
    result = _review(FRENCH + "\n" + FRENCH.replace("Objectif", "Objectif 2").replace("KR3", "KR4"))
    places = [(f.okr, -1 if f.key_result is None else f.key_result, ranks[f.severity]) for f in result.findings]
    assert places == sorted(places)


# --- checks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source", [FRENCH, ENGLISH, CLEAN, TASKS, Okr(objective="Become the obvious choice"), Okr(objective="", key_results=("NPS of 40",))]
)
def test_there_is_one_check_per_rule(source: str | Okr) -> None:
    result = _review(source)
    assert [check.rule for check in result.checks] == [rule.id for rule in (*RULES, *MODEL_RULES)]
    found = {finding.rule for finding in result.findings}
    for check in result.checks:
        assert check.status in ("pass", "finding", "skipped")
        assert (check.status == "finding") is (check.rule in found)
        assert (check.status == "skipped") is bool(check.reason)


def test_rules_on_key_results_say_that_there_is_none() -> None:
    checks = {check.rule: check for check in _review(Okr(objective="Become the obvious choice")).checks}
    key_result_rules = [rule.id for rule in RULES if rule.family == "key_result"]
    assert {checks[rule].status for rule in key_result_rules} == {"skipped"}
    assert all(checks[rule].reason for rule in key_result_rules)


@pytest.mark.parametrize(
    ("source", "word"),
    [(Okr(objective="Devenir le choix évident des mutuelles"), "aucun"), (Okr(objective="Become the obvious choice"), "no ")],
)
def test_reasons_are_in_the_language_of_the_draft(source: Okr, word: str) -> None:
    check = next(check for check in _review(source).checks if check.rule == "kr-is-task")
    assert check.reason is not None and word in check.reason


# --- rules of our own: failures, skips, verdicts ----------------------------------------------------


def _rule(id: str, check: Any, *, family: str = "key_result", severity: Severity = "warning") -> Rule:
    return replace(RULES[0], id=id, family=family, severity=severity, check=check, unless=())  # type: ignore[arg-type]


def _raise(subject: Subject) -> Iterable[Problem | Skip]:
    """Raise, as a rule with a bug would."""
    msg = "no such lexicon"
    raise LookupError(msg)


def _say_then_raise(subject: Subject) -> Iterable[Problem | Skip]:
    """Find something, then raise."""
    yield Problem(subject.statement.span, "m", "f")
    msg = "late"
    raise RuntimeError(msg)


def _say(subject: Subject) -> Iterable[Problem | Skip]:
    """Find something in every statement that holds "bad"."""
    statement = subject.key_result or subject.objective
    if "bad" in statement.text:
        yield Problem(statement.span, "m", "f")


def _skip(subject: Subject) -> Iterable[Problem | Skip]:
    """Never look."""
    yield Skip("nothing given to compare with")


def _with(monkeypatch: pytest.MonkeyPatch, *rules: Rule) -> None:
    monkeypatch.setattr(reviewer.engine, "RULES", rules)
    monkeypatch.setattr(reviewer.engine, "MODEL_RULES", ())


@pytest.mark.parametrize("family", ["key_result", "objective", "okr"])
@pytest.mark.parametrize("place", [0, len(RULES)])
def test_a_rule_that_raises_fails_alone(monkeypatch: pytest.MonkeyPatch, family: str, place: int) -> None:
    before = _review(FRENCH)
    _with(monkeypatch, *RULES[:place], _rule("broken", _raise, family=family), *RULES[place:])
    after = _review(FRENCH)
    broken = after.checks[place]
    assert (broken.rule, broken.status) == ("broken", "failed")
    assert broken.reason is not None and "no such lexicon" in broken.reason
    assert [check for check in after.checks if check.rule != "broken"] == [c for c in before.checks if not c.rule.startswith("model-")]
    assert after.findings == before.findings
    assert after.verdict == before.verdict


def test_a_rule_that_raises_midway_is_failed_and_no_rule_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, _rule("late", _say_then_raise), _rule("plain", _say))
    result = _review(Okr(objective="Win", key_results=("bad thing", "good thing")))
    assert [(check.rule, check.status) for check in result.checks] == [("late", "failed"), ("plain", "finding")]


def test_a_failed_check_is_neither_a_pass_nor_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, _rule("broken", _raise))
    result = _review(CLEAN)
    assert [check.status for check in result.checks] == ["failed"]
    assert result.findings == ()


def test_a_skipped_check_keeps_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, _rule("idle", _skip, family="okr"))
    check = _review(CLEAN).checks[0]
    assert (check.rule, check.status, check.reason) == ("idle", "skipped", "nothing given to compare with")


def test_a_rule_that_looked_somewhere_is_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    def sometimes(subject: Subject) -> Iterable[Problem | Skip]:
        """Look at the first OKR only."""
        if "first" not in subject.objective.text:
            yield Skip("not the first")

    _with(monkeypatch, _rule("sometimes", sometimes, family="okr"))
    result = _review(
        [Okr(objective="Win the first deals", key_results=("NPS of 40",)), Okr(objective="Win the others", key_results=("NPS of 40",))]
    )
    assert [check.status for check in result.checks] == ["pass"]


@pytest.mark.parametrize(
    ("severity", "family", "key_results", "verdict"),
    [
        ("advice", "key_result", ("bad a", "bad b"), "ready"),
        ("advice", "objective", ("good a", "good b"), "ready"),
        ("warning", "key_result", ("bad a", "good b"), "revise"),
        ("warning", "objective", ("good a", "good b"), "revise"),
        ("error", "key_result", ("good a", "good b"), "ready"),
        ("error", "key_result", ("bad a", "good b"), "revise"),
        ("error", "key_result", ("bad a", "bad b", "good c"), "rethink"),
        ("error", "key_result", ("bad a", "bad b"), "rethink"),
        ("error", "objective", ("good a", "good b"), "rethink"),
        ("error", "okr", ("good a", "good b"), "rethink"),
    ],
)
def test_only_errors_and_warnings_change_the_verdict(
    monkeypatch: pytest.MonkeyPatch, severity: Severity, family: str, key_results: tuple[str, ...], verdict: str
) -> None:
    _with(monkeypatch, _rule("plain", _say, family=family, severity=severity))
    objective = "Win bad deals" if family != "key_result" else "Win deals"
    result = _review(Okr(objective=objective, key_results=key_results))
    assert (result.verdict, result.okrs[0].verdict) == (verdict, verdict)


def test_the_whole_is_as_its_worst_okr() -> None:
    result = _review([CLEAN, TASKS])
    assert [okr.verdict for okr in result.okrs] == ["ready", "rethink"]
    assert result.verdict == "rethink"
    assert {finding.okr for finding in result.findings} == {1}


def test_verdicts_of_real_drafts() -> None:
    assert _review(CLEAN).findings == ()
    assert _review(CLEAN).verdict == "ready"
    assert _review(FRENCH).verdict == _review(ENGLISH).verdict == "revise"
    assert _review(TASKS).verdict == "rethink"
    assert "okr-only-tasks" in {finding.rule for finding in _review(TASKS).findings}


# --- sources ---------------------------------------------------------------------------------------


def test_an_okr_is_written_out_and_its_spans_refer_to_that_text() -> None:
    result = _review(CLEAN)
    okr = result.okrs[0]
    assert (okr.objective.text, tuple(kr.text for kr in okr.key_results)) == (CLEAN.objective, CLEAN.key_results)
    for statement in (okr.objective, *okr.key_results):
        assert result.text[slice(*statement.span)] == statement.text


@pytest.mark.parametrize("source", [[CLEAN, TASKS], (CLEAN, TASKS)])
def test_a_sequence_is_reviewed_in_its_order(source: Any) -> None:
    result = _review(source)
    assert [tuple(kr.text for kr in okr.key_results) for okr in result.okrs] == [CLEAN.key_results, TASKS.key_results]
    for finding in result.findings:
        assert result.text[slice(*finding.span)] == finding.quote


def test_an_okr_alone_and_in_a_list_are_one_review() -> None:
    assert _review(CLEAN) == _review([CLEAN])


def test_an_okr_keeps_what_it_contributes_to_its_owner_and_its_team() -> None:
    okr = CLEAN.model_copy(update={"contributes_to": "Grow NRR", "owner": "Ines", "team": "Field PMM"})
    read = _review(okr, context=Context(team="PMM")).okrs[0]
    assert (read.contributes_to, read.owner, read.team) == ("Grow NRR", "Ines", "Field PMM")


def test_the_team_of_the_context_is_used_when_the_okr_names_none() -> None:
    assert _review(CLEAN, context=Context(team="PMM")).okrs[0].team == "PMM"


def test_the_text_of_a_review_is_the_text_given() -> None:
    assert _review(FRENCH).text == FRENCH


@pytest.mark.parametrize(
    "source", [None, 3, b"Objective: win", {"objective": "win"}, ["Objective: win"], [CLEAN, "x"], object(), iter([CLEAN])]
)
def test_anything_else_is_a_type_error_that_names_what_came(source: object) -> None:
    with pytest.raises(TypeError, match="Okr") as error:
        _review(source)
    assert type(source).__name__ in str(error.value)


@pytest.mark.parametrize(
    "source", ["", "  \n\t", "\x00\x01\x02\x03", "Hello there.", Okr(objective=""), [], [Okr(objective=" ", key_results=("",))]]
)
def test_what_holds_no_okr_is_refused_in_words(source: Any) -> None:
    with pytest.raises(UnreadableDraftError) as error:
        _review(source)
    assert isinstance(error.value, ReviewerError)
    assert len(str(error.value)) > 20


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(UnreadableDraftError):
        _review(FRENCH + "a" * 200_001)


def test_a_negative_number_of_examples_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        review(ENGLISH, examples=-1)


# --- language --------------------------------------------------------------------------------------


def test_each_okr_is_reviewed_in_its_own_language() -> None:
    french = Okr(
        objective="Les commerciaux abordent Kerlane avec confiance",
        key_results=("Créer 3 nouvelles battlecards", "Animer 4 webinaires pour les clients"),
    )
    result = _review([french, TASKS])
    assert [okr.language for okr in result.okrs] == ["fr", "en"]
    assert [[kr.language for kr in okr.key_results] for okr in result.okrs] == [["fr", "fr"], ["en", "en"]]
    tasks = [finding for finding in result.findings if finding.rule == "kr-is-task"]
    assert {finding.okr for finding in tasks} == {0, 1}
    assert len({finding.why for finding in tasks}) == 2


@pytest.mark.parametrize(("draft", "forced"), [(FRENCH, "en"), (ENGLISH, "fr")])
def test_the_language_of_the_context_is_kept(draft: str, forced: Any) -> None:
    result = _review(draft, context=Context(language=forced))
    assert (result.language, result.okrs[0].language) == (forced, forced)


def test_french_findings_are_french_and_english_ones_english() -> None:
    french = next(finding for finding in _review(FRENCH).findings if finding.rule == "kr-is-task")
    english = next(finding for finding in _review(ENGLISH).findings if finding.rule == "kr-is-task")
    assert french.quote in "Créer 3 nouvelles battlecards"
    assert english.quote in "Create 3 new battlecards"
    assert detect_language(f"{french.message} {french.why} {french.fix}") == "fr"
    assert detect_language(f"{english.message} {english.why} {english.fix}") == "en"


# --- context ---------------------------------------------------------------------------------------


def test_key_results_inherit_the_end_of_a_known_cycle() -> None:
    first, _, third = _review(FRENCH, context=Context(cycle="2026-Q4")).okrs[0].key_results
    assert first.deadline is not None and first.deadline.origin == "statement"
    assert third.deadline is not None
    assert (third.deadline.origin, third.deadline.text, third.deadline.span) == ("cycle", "2026-Q4", None)


def test_with_a_cycle_no_key_result_lacks_a_deadline() -> None:
    rules = {finding.rule for finding in _review(FRENCH, context=Context(cycle="T4 2026")).findings}
    assert "kr-no-deadline" in {finding.rule for finding in _review(FRENCH).findings}
    assert "kr-no-deadline" not in rules
    assert _review(FRENCH, context=Context(cycle="T4 2026")).okrs[0].cycle == "T4 2026"


def test_a_house_sets_the_severity_of_a_rule() -> None:
    context = Context(settings=Settings(severities={"kr-is-task": "advice", "kr-no-baseline": "error"}))
    severities = {finding.rule: finding.severity for finding in _review(FRENCH, context=context).findings}
    assert (severities["kr-is-task"], severities["kr-no-baseline"]) == ("advice", "error")


def test_a_severity_changes_the_verdict() -> None:
    draft = Okr(objective=CLEAN.objective, key_results=(CLEAN.key_results[0], "Create 3 new battlecards"))
    assert _review(draft).verdict == "revise"
    assert _review(draft, context=Context(settings=Settings(severities={"kr-is-task": "advice"}))).verdict == "ready"


def _muted(draft: str, **mute: Any) -> Review:
    return _review(draft, context=Context(settings=Settings(mutes=(Mute(**mute),))))


def test_a_muted_finding_is_kept_apart_with_its_reason() -> None:
    result = _muted(ENGLISH, rule="kr-is-task", reason="launch quarter")
    assert "kr-is-task" not in {finding.rule for finding in result.findings}
    assert [(muted.finding.rule, muted.finding.key_result, muted.reason) for muted in result.muted] == [("kr-is-task", 1, "launch quarter")]
    check = next(check for check in result.checks if check.rule == "kr-is-task")
    assert check.status == "skipped"
    assert check.reason is not None and "launch quarter" in check.reason
    assert len(result.findings) + 1 == len(_review(ENGLISH).findings)


def test_a_mute_on_words_silences_only_what_holds_them() -> None:
    draft = ENGLISH + "- KR4: Run 20 customer interviews\n"
    result = _muted(draft, rule="kr-is-task", reason="launch quarter", contains="battlecards")
    assert [finding.key_result for finding in result.findings if finding.rule == "kr-is-task"] == [3]
    assert [muted.finding.key_result for muted in result.muted] == [1]
    assert next(check.status for check in result.checks if check.rule == "kr-is-task") == "finding"


def test_an_expired_mute_silences_nothing_and_is_told() -> None:
    result = _muted(ENGLISH, rule="kr-is-task", reason="launch quarter", expires=(date.today() - timedelta(days=2)).isoformat())
    assert result.findings == _review(ENGLISH).findings
    assert result.muted == ()
    assert len(result.notes) == 1 and "kr-is-task" in result.notes[0]


def test_a_mute_that_silences_nothing_is_told() -> None:
    result = _muted(ENGLISH, rule="kr-individual", reason="launch quarter")
    assert result.findings == _review(ENGLISH).findings
    assert len(result.notes) == 1 and "kr-individual" in result.notes[0]


def test_muting_the_only_error_changes_the_verdict() -> None:
    draft = Okr(objective=CLEAN.objective, key_results=(CLEAN.key_results[0], "Create 3 new battlecards"))
    context = Context(settings=Settings(mutes=(Mute(rule="kr-is-task", reason="launch quarter"),)))
    result = _review(draft, context=context)
    assert (result.verdict, result.okrs[0].verdict) == ("ready", "ready")


# --- determinism, round trip, weight ----------------------------------------------------------------


@pytest.mark.parametrize("source", [FRENCH, ENGLISH, [CLEAN, TASKS]])
def test_the_same_draft_gives_the_same_json(source: Any) -> None:
    context = Context(company_objectives=("Grow NRR",), team="PMM", cycle="2026-Q4")
    assert _review(source, context=context).model_dump_json() == _review(source, context=context).model_dump_json()


@pytest.mark.parametrize("source", [FRENCH, ENGLISH, CLEAN, [CLEAN, TASKS]])
def test_a_review_is_read_back_from_its_json(source: Any) -> None:
    result = _review(source, context=Context(settings=Settings(mutes=(Mute(rule="kr-is-task", reason="launch quarter"),))))
    assert Review.model_validate_json(result.model_dump_json()) == result
    assert Review.model_validate_json(json.dumps(result.model_dump(mode="json"))) == result


def test_a_review_does_not_change_what_it_was_given() -> None:
    okrs = [CLEAN, TASKS]
    _review(okrs)
    assert okrs == [CLEAN, TASKS]
    assert isinstance(_review(okrs).findings[0], Finding)


HEAVY = ("torch", "gradio", "litellm", "pandas", "sentence_transformers", "numpy", "rich", "click")


def _loaded(program: str) -> list[str]:
    code = f"{program}\nimport json, sys\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    loaded: list[str] = json.loads(ran.stdout)
    return loaded


@pytest.mark.parametrize(
    "program",
    [
        "import reviewer",
        "from reviewer import review\nreview('Objective: Win\\n- KR1: NPS of 40\\n- KR2: Create 3 battlecards', examples=0)",
    ],
    ids=["import", "review without examples"],
)
def test_nothing_heavy_is_loaded(program: str) -> None:
    assert _loaded(program) == []
