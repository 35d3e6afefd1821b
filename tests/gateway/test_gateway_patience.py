"""A provider that is busy or away is asked again, with measure; then the next model is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from opinions import GOOD, question
from scripted_model import Endless, Huge, Reset, Scripted, Slow, Status

from reviewer.gateway import Critic, ask
from reviewer.gateway.failures import retry_after


def critic(*fallbacks: str, **limits: Any) -> Critic:
    return Critic("openai/scripted", fallbacks=fallbacks, **{"cache": False, **limits})


@pytest.mark.parametrize(
    "trouble",
    [Status(408), Status(409, "busy"), Status(429, "busy"), Status(500, "boom"), Status(502), Status(503), Status(529, "full"), Reset()],
    ids=repr,
)
def test_passing_trouble_is_tried_again(scripted_model: Scripted, trouble: object) -> None:
    model = scripted_model([trouble, GOOD])
    (answer,) = ask([question()], critic(attempts=2))
    assert answer.status == "ok" and answer.calls == len(model.requests) == 2


def test_a_reply_that_is_too_late_is_asked_for_again(scripted_model: Scripted) -> None:
    model = scripted_model([Slow(60, GOOD), GOOD])
    (answer,) = ask([question()], critic(attempts=2, timeout=5))
    assert answer.status == "ok" and answer.calls == len(model.requests) == 2


def test_trouble_that_stays_is_tried_as_often_as_was_said(scripted_model: Scripted) -> None:
    model = scripted_model(lambda asked: Status(503, "busy"))
    (answer,) = ask([question()], critic(attempts=3))
    assert answer.status == "failed" and answer.calls == len(model.requests) == 3


@pytest.mark.parametrize("refusal", [Status(400, "no"), Status(401, "no"), Status(403, "no"), Status(404, "no"), Huge(3_000_000)], ids=repr)
def test_what_would_not_change_is_not_tried_again_but_the_fallback_is(scripted_model: Scripted, refusal: object) -> None:
    model = scripted_model(lambda asked: GOOD if asked["model"] == "second" else refusal)
    (answer,) = ask([question()], critic("openai/second"))
    assert answer.status == "ok" and answer.model == "openai/second"
    formats = [str(each.json.get("response_format", {}).get("type")) for each in model.requests if each.json["model"] == "scripted"]
    assert len(formats) == len(set(formats)), "no request was made twice in the same manner"


@pytest.mark.parametrize(
    "trouble", [Reset(), Endless(), Status(500, "boom"), "no JSON", Status(429, "", {"Retry-After": "3600"})], ids=repr
)
def test_the_next_model_answers_where_the_first_cannot(scripted_model: Scripted, trouble: object) -> None:
    scripted_model(lambda asked: GOOD if asked["model"] == "third" else trouble)
    (answer,) = ask([question()], critic("openai/second", "openai/third", attempts=1, timeout=4))
    assert answer.status == "ok" and answer.model == "openai/third" and answer.reason is None


def test_the_reason_names_every_model_that_failed(scripted_model: Scripted) -> None:
    scripted_model(lambda asked: Status(401, "no") if asked["model"] == "scripted" else "no JSON " * 200)
    (answer,) = ask([question()], critic("openai/second"))
    assert answer.status == "failed" and answer.model == "openai/second" and answer.reason is not None
    assert "openai/scripted: the key was refused" in answer.reason and "openai/second: " in answer.reason and len(answer.reason) <= 300


def test_retry_after_in_seconds_is_waited_for(scripted_model: Scripted) -> None:
    model = scripted_model([Status(429, "busy", {"Retry-After": "1.5"}), GOOD])
    (answer,) = ask([question()], critic())
    assert answer.status == "ok"
    assert model.requests[1].at - model.requests[0].at >= 1.5


def test_retry_after_as_a_date_is_waited_for(scripted_model: Scripted) -> None:
    def busy(asked: dict[str, Any]) -> object:
        if len(model.requests) > 1:
            return GOOD
        return Status(503, "busy", {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)})

    model = scripted_model(busy)
    (answer,) = ask([question()], critic())
    assert answer.status == "ok"
    assert model.requests[1].at - model.requests[0].at >= 1.5  # dates have whole seconds


@pytest.mark.parametrize("asked", ["3600", "Fri, 31 Dec 2999 23:59:59 GMT"])
def test_a_wait_beyond_reason_is_not_waited_for(scripted_model: Scripted, asked: str) -> None:
    model = scripted_model([Status(429, "busy", {"Retry-After": asked})])
    (answer,) = ask([question()], critic())
    assert answer.status == "failed" and answer.reason is not None and "wait" in answer.reason
    assert len(model.requests) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"Retry-After": "Mon, 05 Jan 2026 10:00:30 GMT"}, 30.0),
        ({"Retry-After": "Mon, 05 Jan 2026 09:00:00 GMT"}, 0.0),
        ({"Retry-After": "Monday, 05-Jan-26 10:00:30 GMT"}, 30.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "9" * 40}, None),
        ({}, None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_the_standard_says(headers: dict[str, str] | None, seconds: float | None) -> None:
    assert retry_after(headers, now=datetime(2026, 1, 5, 10, tzinfo=UTC)) == seconds
