"""What a model adds to a review, through real LiteLLM, and that the rules' review is the least that comes back."""

from __future__ import annotations

from typing import Any

import pytest
from critic_replies import (
    COMPANY,
    DRAFTS,
    GUARDRAIL,
    PATH,
    QUESTION,
    REWRITE,
    SLOT,
    STORY,
    WAY,
    Scripted,
    by_rules,
    context_of,
    critic,
    drafted,
    opinion,
    reply,
    sound,
    sound_opinions,
)
from scripted_model import Completion, Cut, Empty, Prose, Reset, Slow, Status

from reviewer import Context, Okr, Review, review
from reviewer.critique import criticise
from reviewer.okr import Finding, Mute

LANGUAGES = ("fr", "en")
CLEAN = {
    "fr": Okr(
        objective="Les clients recommandent Ardoise à leurs pairs sans qu'on le leur demande",
        key_results=(
            "Faire passer le NPS des clients de 18 à 35 d'ici fin T3",
            "Porter le taux de renouvellement des comptes ETI de 78 % à 88 % d'ici fin T3",
        ),
    ),
    "en": Okr(
        objective="Customers recommend Slateboard to their peers without being asked",
        key_results=(
            "Raise customer NPS from 18 to 35 by the end of Q3",
            "Raise renewal rate among mid-market accounts from 78% to 88% by the end of Q3",
        ),
    ),
}


def added(result: Review, rule: str | None = None) -> list[Finding]:
    """Give the findings of the model, of one rule or of all."""
    return [each for each in result.findings if each.origin == "model" and rule in (None, each.rule)]


def check_of(result: Review, rule: str) -> tuple[str, str | None]:
    """Give how a rule ended."""
    found = next(each for each in result.checks if each.rule == rule)
    return found.status, found.reason


def holds_all_of(result: Review, rules: Review) -> None:
    """Assert that nothing of the rules' review is missing or changed."""
    assert [each for each in result.findings if each.origin == "rule"] == list(rules.findings)
    assert list(result.muted[: len(rules.muted)]) == list(rules.muted)
    assert [each for each in result.checks if not each.rule.startswith("model-")] == [
        each for each in rules.checks if not each.rule.startswith("model-")
    ]
    assert result.questions[: len(rules.questions)] == rules.questions
    assert (result.text, result.examples, result.language) == (rules.text, rules.examples, rules.language)
    ranks = ("ready", "revise", "rethink")
    assert ranks.index(result.verdict) >= ranks.index(rules.verdict)
    for ours, theirs in zip(result.okrs, rules.okrs, strict=True):
        assert ranks.index(ours.verdict) >= ranks.index(theirs.verdict)
        assert ours.model_copy(update={"verdict": theirs.verdict}) == theirs
    for each in added(result):
        assert each.quote == result.text[each.span[0] : each.span[1]]


# --- a sound model -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sound_reply_adds_its_opinions_findings_and_rewrites(scripted_model: Scripted, language: str) -> None:
    scripted_model([sound(language)])
    rules = by_rules(DRAFTS[language])
    result = criticise(rules, Context(), critic())
    holds_all_of(result, rules)
    critique = result.critique
    assert critique is not None
    assert (critique.status, critique.prompt, critique.model, critique.dropped) == ("ok", "critique.v1", "openai/scripted", ())
    assert [each.nature for each in critique.opinions] == ["outcome", "output", "outcome", "unclear"]
    assert [each.agrees for each in critique.opinions] == [True, True, True, None]
    assert [(each.key_result, each.text, each.clears) for each in critique.rewrites] == [(1, REWRITE[language], ("kr-is-task",))]
    story, shortcut = added(result)
    assert (story.rule, story.severity, story.key_result, story.quote) == (
        "model-sufficiency", "advice", None, rules.okrs[0].objective.text,
    )  # fmt: skip
    assert STORY[language] in story.message
    assert (shortcut.rule, shortcut.key_result, shortcut.quote) == ("model-gaming", 0, "win rate")
    assert WAY[language] in shortcut.message and GUARDRAIL[language] in shortcut.fix
    assert story.why and story.sources and shortcut.sources
    assert check_of(result, "model-sufficiency") == check_of(result, "model-gaming") == ("finding", None)
    assert check_of(result, "model-alignment")[0] == "skipped"


def test_review_takes_a_critic_by_its_name(scripted_model: Scripted) -> None:
    scripted_model([sound("en")])
    result = review(DRAFTS["en"], critic="openai/scripted", examples=0)
    assert result.critique is not None and result.critique.status == "ok"
    assert added(result, "model-sufficiency")


def test_french_additions_are_set_as_french_is(scripted_model: Scripted) -> None:
    whole = sound("fr", "output")
    whole["key_results"][0]["nature"] = "activity"
    whole["alignment"] = {"company_objective": 0, "path": PATH["fr"]}
    scripted_model([whole])
    context = context_of("fr", company=True)
    result = criticise(by_rules(DRAFTS["fr"], context), context, critic())
    assert {each.rule for each in added(result)} == {"model-sufficiency", "model-gaming", "model-alignment", "kr-is-task"}
    for each in added(result):
        for text in (each.message, each.fix, each.why):
            for mark in (" :", " ;", " ?", " !", "« ", " »"):
                assert mark not in text, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_keep_the_order_of_the_engine(scripted_model: Scripted, language: str) -> None:
    scripted_model([sound(language, "output")])
    result = criticise(by_rules(DRAFTS[language]), Context(), critic())
    places = [(each.okr, -1 if each.key_result is None else each.key_result) for each in result.findings]
    assert places == sorted(places)
    for place in set(places):
        ranks = [
            ("error", "warning", "advice").index(each.severity)
            for each in result.findings
            if (each.okr, -1 if each.key_result is None else each.key_result) == place
        ]
        assert ranks == sorted(ranks)


# --- contradictions and abstentions -------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_that_contradicts_a_sure_nature_is_shown_as_advice(scripted_model: Scripted, language: str) -> None:
    opinions = sound_opinions(language)
    opinions[1]["nature"] = "outcome"
    scripted_model([reply(*opinions)])
    rules = by_rules(DRAFTS[language])
    result = criticise(rules, Context(), critic())
    holds_all_of(result, rules)
    (contradiction,) = added(result)
    assert (contradiction.rule, contradiction.severity, contradiction.key_result) == ("kr-is-task", "advice", 1)
    assert contradiction.quote == opinions[1]["nature_quote"]
    assert contradiction.confidence < 0.5
    assert ("un livrable" if language == "fr" else "a deliverable") in contradiction.message
    assert result.critique is not None and result.critique.opinions[1].agrees is False
    assert result.verdict == rules.verdict


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_that_contradicts_a_sure_start_is_shown_as_advice(scripted_model: Scripted, language: str) -> None:
    opinions = sound_opinions(language)
    opinions[2] |= {"baseline": "stated", "baseline_quote": "40"}
    scripted_model([reply(*opinions)])
    rules = by_rules(DRAFTS[language])
    result = criticise(rules, Context(), critic())
    holds_all_of(result, rules)
    (contradiction,) = added(result)
    assert (contradiction.rule, contradiction.severity, contradiction.key_result, contradiction.quote) == (
        "kr-no-baseline", "advice", 2, "40",
    )  # fmt: skip


def test_an_activity_that_the_rules_call_a_deliverable_is_no_contradiction(scripted_model: Scripted) -> None:
    opinions = sound_opinions("en")
    opinions[1]["nature"] = "activity"
    scripted_model([reply(*opinions)])
    result = criticise(by_rules(DRAFTS["en"]), Context(), critic())
    assert not added(result)
    assert result.critique is not None and result.critique.opinions[1].agrees is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_that_has_every_sure_fact_right_settles_what_the_rules_left_open(scripted_model: Scripted, language: str) -> None:
    scripted_model([reply(*sound_opinions(language, "output"))])
    result = criticise(by_rules(DRAFTS[language]), Context(), critic())
    (settled,) = added(result)
    assert (settled.rule, settled.severity, settled.key_result) == ("kr-is-task", "warning", 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_that_misses_one_sure_fact_only_advises(scripted_model: Scripted, language: str) -> None:
    opinions = sound_opinions(language, "output")
    opinions[2]["baseline"] = "zero"
    scripted_model([reply(*opinions)])
    result = criticise(by_rules(DRAFTS[language]), Context(), critic())
    assert {each.severity for each in added(result)} == {"advice"}
    assert [each.key_result for each in added(result, "kr-is-task")] == [3]


def test_a_model_that_says_nothing_of_a_sure_fact_only_advises(scripted_model: Scripted) -> None:
    opinions = sound_opinions("en", "output")
    del opinions[0]
    scripted_model([reply(*opinions)])
    (heard,) = added(criticise(by_rules(DRAFTS["en"]), Context(), critic()))
    assert (heard.key_result, heard.severity) == (3, "advice")


def test_a_single_sure_fact_is_too_little_to_earn_the_say(scripted_model: Scripted) -> None:
    draft = "Objective: Buyers trust our prices\n\n- KR1: Create 3 new battlecards\n- KR2: Messaging: 4.2 out of 5\n"
    scripted_model([reply(opinion(0, "output", "Create"), opinion(1, "output", "Messaging"))])
    (heard,) = added(criticise(by_rules(draft), Context(), critic()))
    assert (heard.rule, heard.key_result, heard.severity) == ("kr-is-task", 1, "advice")


def test_a_model_that_calls_everything_a_task_settles_nothing_among_tasks(scripted_model: Scripted) -> None:
    draft = "Objective: Buyers trust our prices\n\n- KR1: Create 3 new battlecards\n- KR2: Run 20 customer interviews\n- KR3: Messaging: 4.2 out of 5\n"
    scripted_model([reply(opinion(0, "output", "Create"), opinion(1, "activity", "Run"), opinion(2, "output", "Messaging"))])
    (heard,) = added(criticise(by_rules(draft), Context(), critic()))
    assert (heard.rule, heard.key_result, heard.severity) == ("kr-is-task", 2, "advice")


def test_a_result_that_the_model_recognises_is_asked_for_its_start(scripted_model: Scripted) -> None:
    opinions = sound_opinions("en", "outcome")
    opinions[3] |= {"baseline": "none"}
    scripted_model([reply(*opinions), reply(*[*opinions[:3], {**opinions[3], "baseline": "stated", "baseline_quote": "4.2"}])])
    rules = by_rules(DRAFTS["en"])
    (settled,) = added(criticise(rules, Context(), critic()))
    assert (settled.rule, settled.severity, settled.key_result, settled.quote) == ("kr-no-baseline", "warning", 3, "4.2 out of 5")
    assert not added(criticise(rules, Context(), critic()))


def test_a_settled_warning_can_make_a_verdict_worse_and_nothing_makes_it_better(scripted_model: Scripted) -> None:
    draft = "\n".join(
        [
            "Objective: Customers recommend Slateboard to their peers",
            "",
            *(f"- {text}" for text in CLEAN["en"].key_results),
            "- Messaging: 4.2 out of 5 by the end of Q3",
        ]
    )
    rules = by_rules(draft)
    assert rules.verdict == "ready"
    right = [opinion(0, "outcome", "NPS", baseline="stated"), opinion(1, "outcome", "renewal rate", baseline="stated")]
    for each, quote in zip(right, ("from 18", "from 78%"), strict=True):
        each["baseline_quote"] = quote
    scripted_model([reply(*right, opinion(2, "output", "Messaging")), reply(*right, opinion(2, "outcome", "Messaging", baseline="zero"))])
    worse = criticise(rules, Context(), critic())
    assert (worse.verdict, worse.okrs[0].verdict) == ("revise", "revise")
    assert criticise(rules, Context(), critic()).verdict == "ready"
    tasks = by_rules("Objective: Sell\n\n- KR1: Create 3 battlecards\n- KR2: Run 20 customer interviews\n")
    scripted_model([reply(opinion(0, "outcome", "battlecards"), opinion(1, "outcome", "interviews"))])
    assert criticise(tasks, Context(), critic()).verdict == tasks.verdict == "rethink"


# --- alignment ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_path_that_the_rules_did_not_see_is_offered(scripted_model: Scripted, language: str) -> None:
    scripted_model([reply(*sound_opinions(language), alignment={"company_objective": 0, "path": PATH[language]})])
    context = context_of(language, company=True)
    result = criticise(by_rules(DRAFTS[language], context), context, critic())
    (tie,) = added(result)
    assert (tie.rule, tie.severity, tie.key_result) == ("model-alignment", "advice", None)
    assert COMPANY[language][0] in tie.message and " → ".join(PATH[language]) in tie.message
    assert COMPANY[language][0] in tie.fix
    assert check_of(result, "model-alignment") == ("finding", None)


def test_a_tie_that_the_model_does_not_see_is_advice(scripted_model: Scripted) -> None:
    draft = DRAFTS["en"] + "\nContributes to: Win market share from the two leaders\n"
    context = context_of("en", company=True)
    rules = by_rules(draft, context)
    assert rules.okrs[0].contributes_to
    scripted_model(
        [
            reply(*sound_opinions("en"), alignment={"company_objective": None, "path": []}),
            reply(*sound_opinions("en"), alignment={"company_objective": 0, "path": PATH["en"]}),
        ]
    )
    (missing,) = added(criticise(rules, context, critic()))
    assert (missing.rule, missing.severity) == ("model-alignment", "advice")
    assert "Win market share from the two leaders" in missing.message
    agreed = criticise(rules, context, critic())
    assert not added(agreed) and check_of(agreed, "model-alignment") == ("pass", None)


def test_without_company_objectives_alignment_is_not_judged(scripted_model: Scripted) -> None:
    scripted_model([reply(*sound_opinions("en"), alignment={"company_objective": 0, "path": PATH["en"]})])
    result = criticise(by_rules(DRAFTS["en"]), Context(), critic())
    assert not added(result)
    assert check_of(result, "model-alignment") == ("skipped", "no company objective was given")


# --- what the house decided ---------------------------------------------------------------------------


def test_the_houses_severity_holds_for_the_models_rules(scripted_model: Scripted) -> None:
    scripted_model([sound("en", "output")])
    context = context_of("en", severities={"model-gaming": "warning", "kr-is-task": "advice"})
    result = criticise(by_rules(DRAFTS["en"], context), context, critic())
    assert {(each.rule, each.severity) for each in added(result)} == {
        ("model-sufficiency", "advice"), ("model-gaming", "warning"), ("kr-is-task", "advice"),
    }  # fmt: skip


def test_a_mute_holds_for_the_models_findings(scripted_model: Scripted) -> None:
    scripted_model([sound("en")])
    mute = Mute(rule="model-gaming", reason="we track guardrails elsewhere")
    context = context_of("en", mutes=(mute,))
    rules = by_rules(DRAFTS["en"], context)
    assert any("model-gaming" in note for note in rules.notes)
    result = criticise(rules, context, critic())
    assert not added(result, "model-gaming") and added(result, "model-sufficiency")
    assert [(each.finding.rule, each.reason) for each in result.muted] == [("model-gaming", mute.reason)]
    assert check_of(result, "model-gaming") == ("skipped", "muted: we track guardrails elsewhere")
    assert not any("model-gaming" in note for note in result.notes)


# --- questions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_models_questions_fill_the_room_that_the_rules_left(scripted_model: Scripted, language: str) -> None:
    rules = by_rules(CLEAN[language])
    assert not rules.questions
    asked = {
        "fr": ["Qui répond à l'enquête NPS ?", "Quels comptes ETI sont comptés ?", "Qu'est-ce qui fait renouveler un compte ?"],
        "en": ["Who answers the NPS survey?", "Which mid-market accounts are counted?", "What makes an account renew?"],
    }[language]
    scripted_model(
        [
            reply(
                opinion(0, "outcome", "NPS"),
                questions=[{"key_result": at, "slot": None, "text": text} for at, text in zip((0, 1, None), asked, strict=True)],
            )
        ]
    )
    result = criticise(rules, Context(), critic())
    assert [(each.key_result, each.text, each.slot, each.origin) for each in result.questions] == [
        (0, asked[0], "", "model"), (1, asked[1], "", "model"), (None, asked[2], "", "model"),
    ]  # fmt: skip


def test_a_question_that_the_rules_ask_already_is_dropped_and_another_one_kept(scripted_model: Scripted) -> None:
    draft = "Objective: Reps win against Kerlane\n\n- KR1: NPS of 40 by the end of Q3\n- KR2: Raise win rate against Kerlane from 24% to 33% by the end of Q3\n"
    rules = by_rules(draft)
    assert [each.key_result for each in rules.questions] == [0]
    scripted_model(
        [
            reply(
                opinion(0, "outcome", "NPS"),
                questions=[
                    {"key_result": 0, "slot": "[current NPS]", "text": "What is the NPS today?"},
                    {"key_result": 1, "slot": "", "text": "Which deals count as deals against Kerlane?"},
                ],
            )
        ]
    )
    result = criticise(rules, Context(), critic())
    assert [(each.origin, each.key_result) for each in result.questions] == [("rule", 0), ("model", 1)]
    assert result.critique is not None
    assert [(each.what, each.why, each.count) for each in result.critique.dropped] == [("question", "form", 1)]


def test_a_question_names_the_slot_of_an_accepted_rewrite(scripted_model: Scripted) -> None:
    draft = "Objective: Reps win against Kerlane\n\n- KR1: Create 3 new battlecards by June 30\n- KR2: Raise win rate against Kerlane from 24% to 33% by the end of Q3\n"
    context = context_of("en", mutes=())
    rules = by_rules(draft).model_copy(update={"questions": ()})
    scripted_model(
        [
            reply(
                opinion(0, "output", "Create"),
                rewrites=[{"key_result": 0, "text": REWRITE["en"]}],
                questions=[
                    {"key_result": 0, "slot": SLOT["en"].strip("[]"), "text": QUESTION["en"]},
                    {"key_result": 0, "slot": "[number of customers]", "text": "How many customers are concerned?"},
                ],
            )
        ]
    )
    result = criticise(rules, context, critic())
    assert [(each.text, each.slot) for each in result.questions] == [
        (QUESTION["en"], SLOT["en"]), ("How many customers are concerned?", ""),
    ]  # fmt: skip


# --- totals and failures ------------------------------------------------------------------------------

SEVERAL = "\n".join(
    f"# Objective: {name} speaks for itself\n\n- KR1: Raise renewal rate of {name} accounts from 7{at}% to 88% by the end of Q3\n- KR2: Create 3 new battlecards\n"
    for at, name in enumerate(("Alba", "Borea", "Cirrus"))
)


def right_of_each(request: dict[str, Any]) -> object:
    """Answer rightly about whichever draft came."""
    number = drafted(request)["key_results"][0]["text"].split("from ")[1][:3]
    return reply(
        opinion(0, "outcome", "Raise renewal rate", baseline="stated", baseline_quote=f"from {number}"), opinion(1, "output", "Create")
    )


def test_every_okr_is_asked_about_in_a_call_of_its_own_and_totals_are_summed(scripted_model: Scripted) -> None:
    model = scripted_model(lambda request: Completion(right_of_each(request), prompt_tokens=300, completion_tokens=40))
    seen: list[tuple[int, int]] = []
    rules = by_rules(SEVERAL)
    result = criticise(rules, Context(), critic(concurrency=3), lambda done, total: seen.append((done, total)))
    assert len(model.requests) == len(rules.okrs) == 3
    assert sorted(seen) == [(1, 3), (2, 3), (3, 3)]
    assert result.critique is not None
    assert (result.critique.calls, result.critique.tokens, result.critique.status) == (3, 3 * 340, "ok")
    assert (result.critique.destination, result.critique.redacted) == ("this machine", False)
    assert [(each.okr, each.key_result) for each in result.critique.opinions] == [(at, kr) for at in range(3) for kr in range(2)]
    assert all(each.agrees for each in result.critique.opinions)


def test_a_call_that_fails_leaves_its_okr_as_the_rules_judged_it(scripted_model: Scripted) -> None:
    def answer(request: dict[str, Any]) -> object:
        return Status(401, '{"error": {"message": "no"}}') if "Borea" in drafted(request)["objective"] else right_of_each(request)

    scripted_model(answer)
    rules = by_rules(SEVERAL)
    result = criticise(rules, Context(), critic())
    holds_all_of(result, rules)
    assert result.critique is not None
    assert result.critique.status == "partial" and result.critique.reason
    assert {each.okr for each in result.critique.opinions} == {0, 2}
    status, reason = check_of(result, "model-sufficiency")
    assert status == "failed" and reason is not None and "2 of 3" in reason


def test_a_budget_that_ends_midway_is_said_and_is_no_failure(scripted_model: Scripted) -> None:
    scripted_model(lambda request: Completion(right_of_each(request), prompt_tokens=2000, completion_tokens=2500))
    rules = by_rules(SEVERAL)
    result = criticise(rules, Context(), critic(max_tokens=7000, concurrency=1))
    holds_all_of(result, rules)
    assert result.critique is not None
    assert result.critique.status == "partial" and result.critique.reason
    status, reason = check_of(result, "model-sufficiency")
    assert status == "pass" and reason is not None and "of 3" in reason


def test_a_run_without_any_budget_is_skipped(scripted_model: Scripted) -> None:
    model = scripted_model([])
    rules = by_rules(DRAFTS["fr"])
    result = criticise(rules, Context(), critic(max_tokens=10))
    assert not model.requests
    assert result.critique is not None
    assert (result.critique.status, result.critique.calls, result.critique.tokens) == ("skipped", 0, 0)
    assert check_of(result, "model-gaming")[0] == "skipped"
    assert result.findings == rules.findings


def test_a_cached_reply_costs_nothing_and_says_the_same(scripted_model: Scripted) -> None:
    scripted_model([sound("en")])
    rules = by_rules(DRAFTS["en"])
    first = criticise(rules, Context(), critic(cache=True))
    again = criticise(rules, Context(), critic(cache=True))
    assert first.critique is not None and again.critique is not None
    assert (again.critique.cached, again.critique.calls, again.critique.tokens, again.critique.cost) == (1, 0, 0, 0.0)
    assert again.findings == first.findings and again.questions == first.questions


BROKEN = {
    "cut": Cut(sound("en"), finish="length"),
    "prose only": "I think these key results are fine.",
    "empty": Empty(),
    "empty text": Empty(body=True),
    "an empty object": {},
    "a list": [sound("en")],
    "wrong types": {**sound("en"), "key_results": "all good"},
    "another form": {"verdict": "ready", "findings": []},
    "no opinion on the draft": reply(opinion(17, "outcome", "NPS")),
    "unknown nature": reply(opinion(0, "splendid", "NPS")),
    "401": Status(401, '{"error": {"message": "bad key"}}'),
    "500": Status(500, "oops"),
    "reset": Reset(),
    "slow": Slow(30, sound("en")),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_reply_leaves_the_rules_review_and_a_failed_critique(scripted_model: Scripted, kind: str) -> None:
    scripted_model(lambda _: BROKEN[kind])
    rules = by_rules(DRAFTS["en"])
    result = criticise(rules, Context(), critic(timeout=1.0 if kind == "slow" else 20.0))
    assert result.critique is not None
    assert result.critique.status == "failed" and result.critique.reason
    assert result.findings == rules.findings and result.questions == rules.questions
    assert (result.verdict, result.okrs, result.notes) == (rules.verdict, rules.okrs, rules.notes)
    holds_all_of(result, rules)
    for rule in ("model-sufficiency", "model-gaming", "model-alignment"):
        assert check_of(result, rule) == ("failed", result.critique.reason)


def test_a_reply_in_prose_that_holds_the_json_is_read(scripted_model: Scripted) -> None:
    scripted_model([Prose(sound("fr"), fence=True)])
    result = criticise(by_rules(DRAFTS["fr"]), Context(), critic())
    assert result.critique is not None and result.critique.status == "ok" and added(result)


def test_a_draft_without_objective_is_not_told_that_it_fails_it(scripted_model: Scripted) -> None:
    rules = by_rules("- KR1: Raise NPS from 18 to 35 by the end of Q3\n- KR2: Raise win rate from 24% to 33% by the end of Q3\n")
    assert rules.okrs[0].objective.text == ""
    scripted_model([reply(opinion(0, "outcome", "NPS"), sufficiency={"enough": False, "story": STORY["en"]})])
    result = criticise(rules, Context(), critic())
    assert not added(result, "model-sufficiency")
    assert check_of(result, "model-sufficiency") == ("skipped", "the draft names no objective")
