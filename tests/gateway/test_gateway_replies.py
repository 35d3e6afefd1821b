"""Whatever a provider sends, it ends as an answer: the value asked for, or one plain line that says why there is none."""

from __future__ import annotations

import json

import pytest
from opinions import GOOD, OUTCOME, Opinions, question
from pydantic import BaseModel
from scripted_model import Completion, Cut, Empty, Endless, Huge, Prose, Reset, Scripted, Slow, Status

from reviewer.gateway import Answer, Critic, ask

WRONG_TYPES = {"key_results": [{"nature": "wish", "quote": 3}], "questions": "none"}


def critic(**limits: object) -> Critic:
    return Critic("openai/scripted", **{"cache": False, "attempts": 1, **limits})  # type: ignore[arg-type]


def only(answers: list[Answer]) -> Answer:
    (answer,) = answers
    return answer


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        json.dumps(GOOD, indent=2),
        Prose(GOOD),
        Prose(GOOD, fence=True),
        Prose(GOOD, before="<think>A set such as {key_results} comes to mind.</think>", after=""),
        Prose(GOOD, before="In sets {like this} and {that}:", after="{end}"),
        Prose(GOOD, before=json.dumps(GOOD), after=""),
        Slow(0.1, GOOD),
    ],
    ids=["json", "indented", "prose", "fence", "thoughts", "braces", "twice", "slow"],
)
def test_a_good_reply_is_read_wherever_it_stands(scripted_model: Scripted, reply: object) -> None:
    model = scripted_model([reply])
    answer = only(ask([question()], critic()))
    assert answer.status == "ok" and answer.value == Opinions(**GOOD)
    assert (answer.model, answer.reason, answer.calls, answer.tokens, answer.cost) == ("openai/scripted", None, 1, 150, 0.0)
    assert not answer.repaired and not answer.cached
    assert len(model.requests) == 1


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Cut(GOOD, finish="stop"), "no JSON object"),
        (Cut(GOOD), "cut off at 300 tokens"),
        (WRONG_TYPES, "key_results.0.nature"),
        ("I would rather not.", "no JSON object"),
        ("[1, 2]", "JSON list"),
        ("{" * 60_000, "no JSON object"),
        ('{"a": ' * 60_000, "no JSON object"),
        ('{"key_results": [{"nature": "outcome", "quote": "\\ud800"}]}', "not the form"),
        ('{"key_results": NaN}', "no JSON object"),
        (f"{json.dumps(GOOD)} or else {json.dumps({**GOOD, 'questions': []})}", "2 different JSON objects"),
        (Empty(body=True), "empty"),
    ],
    ids=["cut", "length", "types", "prose", "list", "braces", "deep", "surrogate", "nan", "two", "empty"],
)
def test_an_invalid_reply_gets_one_repair_round(scripted_model: Scripted, reply: object, said: str) -> None:
    model = scripted_model([reply, GOOD])
    answer = only(ask([question()], critic()))
    assert answer.status == "ok" and answer.repaired and answer.value == Opinions(**GOOD)
    assert answer.calls == 2 and answer.tokens == 300
    first, second = model.requests
    assert len(second.json["messages"]) == len(first.json["messages"]) + 2
    assert second.json["messages"][-2]["role"] == "assistant" and second.json["messages"][-1]["role"] == "user"
    assert said in second.texts[-1]
    assert len(second.texts[-2]) < 7_000 and len(second.texts[-1]) < 3_000


@pytest.mark.parametrize("reply", [Cut(GOOD), WRONG_TYPES, "I would rather not.", Empty(body=True)])
def test_a_reply_that_stays_invalid_fails_with_its_reason(scripted_model: Scripted, reply: object) -> None:
    model = scripted_model([reply, reply])
    answer = only(ask([question()], critic()))
    assert answer.status == "failed" and answer.value is None and answer.reason
    assert len(answer.reason) <= 300 and "\n" not in answer.reason
    assert ("finish_reason length" in answer.reason) == isinstance(reply, Cut)
    assert len(model.requests) == 2


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Status(401, '{"error": {"message": "Incorrect API key provided"}}'), "key was refused"),
        (Status(403, '{"error": {"message": "Country not allowed"}}'), "access was refused"),
        (Status(402, "pay"), "no credit"),
        (Status(404, '{"error": {"message": "The model does not exist"}}'), "does not know this model"),
        (Status(429, '{"error": {"message": "slow down"}}'), "limiting requests"),
        (Status(429, '{"error": {"message": "You exceeded your current quota"}}'), "no credit"),
        (Status(500, '{"error": {"message": "boom"}}'), "boom"),
        (Status(503, "<html>busy</html>"), "503"),
        (Status(200, "<html>Sign in</html>", {"Content-Type": "text/html"}), "no reply that can be read"),
        (Status(200, "null"), "no reply that can be read"),
        (Status(200, '{"choices": [{"message": null}]}'), "no reply that can be read"),
        (Status(400, '{"error": {"message": "maximum context length is 4096 tokens", "code": "context_length_exceeded"}}'), "too long"),
        (Status(307, "", {"Location": "http://elsewhere.example/v1/chat/completions"}), "elsewhere.example"),
        (Status(400, "x" * 3_000_000), "longer than 2,000,000 bytes"),
        (Completion("", finish="content_filter"), "filter"),
        (Empty(), "no reply that can be read"),
        (Huge(5_000_000), "longer than 2,000,000 bytes"),
        (Endless(), "within 3 s"),
        (Endless(silent=True), "within 3 s"),
        (Slow(60, GOOD), "within 3 s"),
        (Reset(), "no connection"),
    ],
    ids=repr,
)
def test_a_failed_call_is_said_in_plain_words(scripted_model: Scripted, reply: object, said: str) -> None:
    model = scripted_model([reply])
    answer = only(ask([question()], critic(timeout=3 if isinstance(reply, Endless | Slow) else 30)))
    assert answer.status == "failed" and answer.value is None
    assert answer.reason is not None and said in answer.reason and len(answer.reason) <= 300
    assert "litellm" not in answer.reason.lower() and "Traceback" not in answer.reason
    assert answer.calls == len(model.requests) == 1
    assert (answer.tokens, answer.cost) == (0, 0.0)


def test_a_server_that_is_not_there_is_named(scripted_model: Scripted) -> None:
    model = scripted_model([])
    model.close()
    answer = only(ask([question()], critic()))
    assert answer.reason is not None and f"127.0.0.1:{model.port}" in answer.reason and "is a server running there?" in answer.reason


def test_what_the_guard_says_goes_back_to_the_model(scripted_model: Scripted) -> None:
    def wants_a_question(value: BaseModel) -> str | None:
        return None if isinstance(value, Opinions) and value.questions else "ask at least one question"

    model = scripted_model([{"key_results": [OUTCOME]}, GOOD])
    answer = only(ask([question(guard=wants_a_question)], critic()))
    assert answer.status == "ok" and answer.repaired
    assert "ask at least one question" in model.requests[1].texts[-1]


def test_a_guard_that_stumbles_makes_the_reply_invalid_and_not_the_review(scripted_model: Scripted) -> None:
    def stumbles(value: BaseModel) -> str | None:
        raise KeyError("segment")

    scripted_model([GOOD, GOOD])
    answer = only(ask([question(guard=stumbles)], critic()))
    assert answer.status == "failed" and answer.reason is not None and "KeyError" in answer.reason


def test_answers_come_in_the_order_of_the_questions(scripted_model: Scripted) -> None:
    def reply(asked: dict[str, object]) -> object:
        number = int(str(asked["messages"][-1]["content"]))  # type: ignore[index]
        return Slow(0.05 * (5 - number), {"key_results": [], "questions": [str(number)]})

    scripted_model(reply)
    asks = [question(messages=({"role": "user", "content": str(number)},)) for number in range(5)]
    seen: list[int] = []
    answers = ask(asks, critic(), on_answer=lambda place, answer: seen.append(place))
    assert [answer.value.questions for answer in answers if isinstance(answer.value, Opinions)] == [["0"], ["1"], ["2"], ["3"], ["4"]]
    assert sorted(seen) == [0, 1, 2, 3, 4]


def test_one_question_that_fails_leaves_the_others_alone(scripted_model: Scripted) -> None:
    scripted_model(lambda asked: Status(401, "no") if "second" in asked["messages"][-1]["content"] else GOOD)
    asks = [question(messages=({"role": "user", "content": each},)) for each in ("first", "second", "third")]
    assert [each.status for each in ask(asks, critic())] == ["ok", "failed", "ok"]


def test_no_questions_need_no_model() -> None:
    assert ask([], critic()) == []
