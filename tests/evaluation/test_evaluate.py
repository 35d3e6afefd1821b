"""Whole evaluations, through real LiteLLM against a scripted server: every figure computed by hand from the labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import labelled_set
import pytest
from scripted_model import Completion, Cut, ScriptedModel, Status

from reviewer.evaluation import Evaluation, LabelledOkr, evaluate, read_labelled
from reviewer.evaluation.results import WithModel
from reviewer.evaluation.tables import render_markdown
from reviewer.gateway import Critic
from reviewer.okr import Language
from tests.conftest import Scripted

LANGUAGES: tuple[Language, ...] = ("en", "fr")


@pytest.fixture
def okrs(tmp_path: Path) -> tuple[LabelledOkr, ...]:
    folder = tmp_path / "set"
    folder.mkdir()
    return read_labelled(labelled_set.write(folder))


def measure(okrs: tuple[LabelledOkr, ...], *critics: Critic, **options: Any) -> Evaluation:
    return evaluate(okrs, critics or (Critic(ScriptedModel.model),), examples=0, **options)


def figures(evaluation: Evaluation, language: Language) -> WithModel:
    return evaluation.models[0].languages[language]


def test_a_perfect_model_scores_one_alone_and_never_lowers_the_rules(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted) -> None:
    model = scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    evaluation = measure(okrs)
    assert len(model.requests) == 4  # one call per OKR
    english, french = figures(evaluation, "en"), figures(evaluation, "fr")
    assert [(each.n, each.of, each.faults, each.f1) for each in english.alone.values()] == [(6, 6, 3, 1.0), (2, 2, 1, 1.0)]
    assert [(each.n, each.of, each.faults, each.f1) for each in french.alone.values()] == [(4, 4, 1, 1.0), (3, 3, 1, 1.0)]
    assert (english.facts.nature.share, english.facts.baseline.share, french.facts.nature.share) == (1.0, 1.0, 1.0)
    assert evaluation.languages["en"].scores["kr-is-task"].f1 == pytest.approx(0.8)
    assert english.below == french.below == ()
    assert (english.replies.valid, french.replies.valid) == (2, 2)
    assert (english.tokens, french.tokens) == (2 * 150, 2 * 150)
    assert (english.seconds.n, french.seconds.n) == (2, 2)
    result = evaluation.models[0]
    assert (result.model, result.destination, result.prompt, result.ended) == (model.model, "this machine", "critique.v1", "complete")


@pytest.mark.parametrize(("opinion", "tasks"), [(labelled_set.all_outcomes, (0, 0, 3)), (labelled_set.all_tasks, (3, 3, 0))])
def test_a_blind_model_is_shown_for_what_it_is_and_the_review_stays_as_the_rules_say(
    okrs: tuple[LabelledOkr, ...], scripted_model: Scripted, opinion: labelled_set.Opinion, tasks: tuple[int, int, int]
) -> None:
    scripted_model(labelled_set.replies(opinion))
    evaluation = measure(okrs)
    alone = figures(evaluation, "en").alone["kr-is-task"]
    assert (alone.true_positive, alone.false_positive, alone.false_negative) == tasks
    assert figures(evaluation, "en").alone["kr-no-baseline"].recall == 0.0
    for language in LANGUAGES:
        assert figures(evaluation, language).together == evaluation.languages[language].scores
        assert {(each.mended, each.spoiled) for each in figures(evaluation, language).changes.values()} == {(0, 0)}


@pytest.mark.parametrize(
    "reply",
    [Status(401, '{"error": {"message": "no such key"}}'), Cut({"key_results": []}), "I cannot help with that."],
    ids=["401", "cut", "prose"],
)
def test_failed_calls_are_no_answer_and_leave_the_rules(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted, reply: object) -> None:
    scripted_model(lambda request: reply)
    evaluation = measure(okrs)
    for language in LANGUAGES:
        found = figures(evaluation, language)
        assert (found.replies.asked, found.replies.failed, found.replies.valid) == (2, 2, 0)
        assert {(each.n, each.f1) for each in found.alone.values()} == {(0, None)}
        assert found.together == evaluation.languages[language].scores
        assert found.seconds.n == 0
    assert evaluation.models[0].answered == 0
    assert evaluation.models[0].failure


def test_a_reason_that_quotes_the_set_is_not_kept(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted) -> None:
    def echo(request: dict[str, Any]) -> Status:
        return Status(401, '{"error": {"message": "refused: ' + labelled_set.draft_of(request)["key_results"][0]["text"] + '"}}')

    scripted_model(echo)
    document = measure(okrs).model_dump_json()
    assert not [text for text in labelled_set.TEXTS if text[:16] in document]


def test_one_failure_among_answers_is_left_out_of_the_models_figures_only(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted) -> None:
    answer = labelled_set.replies(labelled_set.by_the_labels)

    def script(request: dict[str, Any]) -> object:
        return answer(request) if labelled_set.draft_of(request)["objective"] else Status(401, "{}")

    scripted_model(script)
    evaluation = measure(okrs)
    found = figures(evaluation, "en")
    assert (found.replies.valid, found.replies.failed) == (1, 1)
    tasks = found.alone["kr-is-task"]
    assert (tasks.n, tasks.of, tasks.faults, tasks.f1) == (3, 6, 1, 1.0)
    assert found.together["kr-is-task"].n == 6


def test_a_model_that_only_fails_is_given_up(tmp_path: Path, scripted_model: Scripted) -> None:
    rows = [row | {"id": f"{row['id']}-{time}", "okr": f"okr-{time}"} for time in range(9) for row in labelled_set.ROWS["en"][:3]]
    model = scripted_model(lambda request: Status(401, "{}"))
    evaluation = measure(read_labelled(labelled_set.write(tmp_path, {"en": rows})), Critic(ScriptedModel.model, concurrency=1))
    assert evaluation.models[0].ended == "gave-up"
    assert 5 <= len(model.requests) < 9
    assert figures(evaluation, "en").replies.not_asked > 0
    assert "failed five times" in render_markdown(evaluation, "en")


def test_a_budget_that_ends_midway_leaves_the_rest_to_the_rules(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted) -> None:
    answer = labelled_set.replies(labelled_set.by_the_labels)
    model = scripted_model(lambda request: Completion(answer(request), prompt_tokens=9_000, completion_tokens=1_000))
    evaluation = measure(okrs, Critic(ScriptedModel.model, max_tokens=20_000))
    assert 1 <= len(model.requests) < 4
    result = evaluation.models[0]
    assert (result.ended, result.answered) == ("budget", len(model.requests))
    assert sum(each.replies.not_asked for each in result.languages.values()) == 4 - len(model.requests)
    for language in LANGUAGES:
        assert figures(evaluation, language).together == evaluation.languages[language].scores
    assert "budget" in render_markdown(evaluation, "en")


def test_a_second_run_answers_from_the_cache(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted) -> None:
    model = scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    first = measure(okrs)
    second = measure(okrs)
    assert len(model.requests) == 4
    for language in LANGUAGES:
        assert figures(second, language).alone == figures(first, language).alone
        assert (figures(second, language).replies.cached, figures(second, language).tokens, figures(second, language).seconds.n) == (
            2,
            0,
            0,
        )


def test_an_interrupted_run_keeps_what_was_done_and_goes_on_from_there(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted) -> None:
    model = scripted_model(labelled_set.replies(labelled_set.by_the_labels))

    def stop(name: str, done: int, total: int) -> None:
        assert (name, total) == (ScriptedModel.model, 4)
        if done == 2:
            raise KeyboardInterrupt

    evaluation = measure(okrs, Critic(ScriptedModel.model), Critic("openai/another"), on_progress=stop)
    result = evaluation.models[0]
    assert (result.ended, evaluation.left_out) == ("interrupted", ("openai/another",))
    assert 2 <= result.answered <= 3
    assert result.languages["fr"].together == evaluation.languages["fr"].scores
    before = len(model.requests)
    assert measure(okrs).models[0].answered == 4
    assert len(model.requests) == 4 or len(model.requests) == before + 4 - result.answered


def test_models_are_measured_one_after_the_other(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted) -> None:
    perfect, blind = labelled_set.replies(labelled_set.by_the_labels), labelled_set.replies(labelled_set.all_outcomes)
    model = scripted_model(lambda request: (blind if request["model"] == "blind" else perfect)(request))
    evaluation = measure(okrs, Critic("openai/scripted"), Critic("openai/blind"))
    assert [request.json["model"] for request in model.requests] == ["scripted"] * 4 + ["blind"] * 4
    assert [each.languages["en"].alone["kr-is-task"].f1 for each in evaluation.models] == [1.0, 0.0]


def test_a_model_that_cannot_be_asked_is_told_and_the_others_are_measured(okrs: tuple[LabelledOkr, ...], scripted_model: Scripted) -> None:
    scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    evaluation = measure(okrs, Critic("gguf:nowhere/model.gguf"), Critic(ScriptedModel.model))
    assert [each.ended for each in evaluation.models] == ["error", "complete"]
    assert "nowhere/model.gguf" in (evaluation.models[0].reason or "")
    assert evaluation.models[1].answered == 4


def test_the_rules_are_measured_without_any_model(okrs: tuple[LabelledOkr, ...]) -> None:
    evaluation = evaluate(okrs, (), examples=0)
    assert (evaluation.models, evaluation.languages["fr"].scores["kr-is-task"].f1) == ((), 1.0)
    with pytest.raises(ValueError, match="no OKRs"):
        evaluate((), ())
