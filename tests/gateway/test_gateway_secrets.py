"""A key is used for the call and is found nowhere else."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

import pytest
from opinions import DRAFT, OUTCOME, question
from scripted_model import Prose, Scripted, Status

from reviewer.gateway import Critic, GatewayError, ask
from reviewer.gateway.scrubbing import one_line, scrub

KEY = "house-7f3a9c51d2e84b60"
"""Not of any provider's shape: only the environment says that it is a key."""


def everything_kept(folder: Path) -> str:
    return " ".join(each.read_text(encoding="utf-8", errors="replace") for each in folder.rglob("*") if each.is_file())


@pytest.mark.parametrize("code", [200, 400, 401, 403, 404, 418, 429, 500])
def test_a_server_that_shows_the_key_around_does_not_get_it_shown_here(
    scripted_model: Scripted,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    code: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("LiteLLM", "httpx", "openai", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)

    def echo(asked: dict[str, Any]) -> object:
        sent = f"you sent authorization: {model.requests[-1].headers['authorization']}"
        return (
            Prose({"key_results": [{**OUTCOME, "quote": sent[-60:]}]})
            if code == 200
            else Status(code, f'{{"error": {{"message": "{sent}"}}}}')
        )

    model = scripted_model(echo)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    (answer,) = ask([question()], Critic("openai/scripted", attempts=1))
    assert model.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert answer.status == ("ok" if code == 200 else "failed")
    out, err = capfd.readouterr()
    for place in (repr(answer), caplog.text, out, err, everything_kept(tmp_path)):
        assert KEY not in place
    assert DRAFT not in caplog.text + out + err


def test_a_missing_key_is_named(scripted_model: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    model = scripted_model([])
    monkeypatch.delenv("OPENAI_API_KEY")
    critic = Critic("openai/scripted", cache=False)
    (answer,) = ask([question()], critic)
    assert answer.status == "failed" and answer.reason is not None and "set OPENAI_API_KEY" in answer.reason
    assert not model.requests and answer.calls == critic.spent.calls == 0


@pytest.mark.parametrize("base", ["https://marie:s3same@llm.nexia.example/v1", "marie:s3same@127.0.0.1/v1", "http://[marie:s3same"])
def test_an_address_with_a_password_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    monkeypatch.setenv("OPENAI_API_BASE", base)
    for place in (lambda: Critic("openai/gpt-4o").destination, lambda: ask([question()], Critic("openai/gpt-4o"))):
        with pytest.raises(GatewayError, match="OPENAI_API_BASE") as refused:
            place()
        assert "s3same" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abcDEF123.456-xyz",
        "Incorrect API key provided: sk-proj-abc*****wxyz1234.",
        "https://marie:s3cret-word@proxy.nexia.example/v1",
        "GET https://api.example/models?key=AIzaSyA1234567890abcdef&alt=json",
        "{'api_key': 'abcdef-123456'}",
        '"x-api-key": "abcdef-123456"',
        "Proxy-Authorization: Basic bWFyaWU6czNzYW1l",
        "the password=s3cret-word was wrong",
    ],
)
def test_what_looks_like_a_key_is_hidden(text: str) -> None:
    hidden = scrub(text)
    assert "[hidden]" in hidden
    assert not any(part in hidden for part in ("abcDEF", "abc*", "wxyz", "s3cret", "AIzaSy", "abcdef", "bWFy"))


@pytest.mark.parametrize(
    "text", ["The sky-high churn of Q3", "Set OPENAI_API_KEY in the environment", "no key for openai", "NPS from 30 to 45", "Bearer"]
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert scrub(text) == text


def test_short_words_in_variables_are_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    assert scrub("none of the key results") == "none of the key results"


def test_a_value_is_hidden_in_its_escaped_form_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEXIA_SECRET", "pass word/1")
    assert scrub("at ?token=pass%20word%2F1") == "at ?token=[hidden]"


def test_a_reason_is_one_line_and_short() -> None:
    assert one_line("a\n\tb  c") == "a b c" and len(one_line("x" * 999)) == 300
