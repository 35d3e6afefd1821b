"""A question asked before costs nothing, and anything that would change its answer makes it a new one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from opinions import GOOD, Opinions, question
from pydantic import BaseModel
from scripted_model import Scripted, Status

from reviewer.data import cache_folder
from reviewer.gateway import Critic, ask
from reviewer.gateway import cache as replies


def kept() -> list[Path]:
    return sorted((cache_folder() / "replies").glob("*"))


def test_the_second_time_is_free_and_marked(scripted_model: Scripted) -> None:
    model = scripted_model([GOOD])
    (first,) = ask([question()], Critic("openai/scripted"))
    critic = Critic("openai/scripted")
    (second,) = ask([question()], critic)
    assert second.cached and not first.cached and second.value == first.value == Opinions(**GOOD)
    assert (second.tokens, second.cost, second.calls) == (0, 0.0, 0)
    assert (critic.spent.cached, critic.spent.calls, critic.spent.tokens) == (1, 0, 0)
    assert len(model.requests) == 1


def test_replies_are_kept_for_their_owner_alone(scripted_model: Scripted) -> None:
    scripted_model([GOOD])
    ask([question()], Critic("openai/scripted"))
    (file,) = kept()
    assert file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700
    text = file.read_text(encoding="utf-8")
    assert os.environ["OPENAI_API_KEY"] not in text and "31% to 38%" in text


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"format": 1}', '{"format": 1, "reply": {"key_results": 3}}', '{"format": 0, "reply": {}}', "\x00" * 99]
)
def test_a_damaged_reply_is_asked_for_again(scripted_model: Scripted, damage: str) -> None:
    scripted_model([GOOD, GOOD])
    ask([question()], Critic("openai/scripted"))
    (file,) = kept()
    file.write_text(damage, encoding="utf-8")
    (answer,) = ask([question()], Critic("openai/scripted"))
    assert answer.status == "ok" and not answer.cached
    (again,) = ask([question()], Critic("openai/scripted"))
    assert again.cached


class Other(BaseModel):
    key_results: list[dict[str, Any]]


@pytest.mark.parametrize(
    "changed",
    [
        {"prompt": "opinion.v2"},
        {"max_tokens": 301},
        {"messages": ({"role": "user", "content": "Judge this."},)},
        {"messages": tuple({**each, "role": "user"} for each in question().messages)},
        {"schema": Other},
    ],
    ids=["prompt", "length", "words", "roles", "form"],
)
def test_another_question_is_asked(scripted_model: Scripted, changed: dict[str, Any]) -> None:
    scripted_model([GOOD, GOOD])
    ask([question()], Critic("openai/scripted"))
    (answer,) = ask([question(**changed)], Critic("openai/scripted"))
    assert answer.status == "ok" and not answer.cached and len(kept()) == 2


def test_another_model_and_another_address_are_asked(scripted_model: Scripted) -> None:
    scripted_model([GOOD, GOOD])
    ask([question()], Critic("openai/scripted"))
    assert not ask([question()], Critic("openai/other"))[0].cached
    scripted_model([GOOD])
    assert not ask([question()], Critic("openai/scripted"))[0].cached


def test_a_model_file_that_changed_is_another_model(tmp_path: Path) -> None:
    file = tmp_path / "small.gguf"
    keys = set()
    for content in (b"GGUF", b"GGUF2"):
        file.write_bytes(content)
        keys.add(replies.key_of(question(), f"gguf:{file}"))
    assert len(keys) == 2 and None not in keys
    assert replies.key_of(question(), f"gguf:{tmp_path}/none.gguf") is None


def test_a_kept_reply_that_the_guard_refuses_is_asked_for_again(scripted_model: Scripted) -> None:
    scripted_model([GOOD, {**GOOD, "questions": []}])
    ask([question()], Critic("openai/scripted"))

    def quiet(value: BaseModel) -> str | None:
        return "ask nothing" if isinstance(value, Opinions) and value.questions else None

    (answer,) = ask([question(guard=quiet)], Critic("openai/scripted"))
    assert answer.status == "ok" and not answer.cached


def test_only_valid_replies_are_kept(scripted_model: Scripted) -> None:
    scripted_model(["no JSON", "no JSON", Status(401, "no")])
    for _ in range(2):
        assert ask([question()], Critic("openai/scripted", attempts=1))[0].status == "failed"
    assert not kept()


def test_a_fallback_is_kept_under_its_own_name(scripted_model: Scripted) -> None:
    scripted_model(lambda asked: GOOD if asked["model"] == "second" else Status(401, "no"))
    ask([question()], Critic("openai/scripted", fallbacks=["openai/second"]))
    assert ask([question()], Critic("openai/second"))[0].cached
    (answer,) = ask([question()], Critic("openai/scripted", fallbacks=["openai/second"]))
    assert answer.cached and answer.model == "openai/second"


def test_the_cache_can_be_elsewhere_or_nowhere(scripted_model: Scripted, tmp_path: Path) -> None:
    scripted_model([GOOD, GOOD, GOOD])
    assert not ask([question()], Critic("openai/scripted", cache=False))[0].cached
    assert not kept()
    assert not ask([question()], Critic("openai/scripted", cache=tmp_path / "elsewhere"))[0].cached
    assert ask([question()], Critic("openai/scripted", cache=tmp_path / "elsewhere"))[0].cached
    assert not kept() and len(list((tmp_path / "elsewhere").iterdir())) == 1
    (tmp_path / "file").write_text("in the way")
    assert ask([question()], Critic("openai/scripted", cache=tmp_path / "file"))[0].status == "ok"


def test_the_oldest_replies_leave_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "_MOST_KEPT", 3)
    names = [f"{number:064x}" for number in range(5)]
    for age, name in enumerate(names):
        replies.write(tmp_path, name, question(), "openai/scripted", replies.KeptReply(GOOD, False))
        os.utime(tmp_path / f"{name}.json", (1_000_000 - age, 1_000_000 - age))
    (tmp_path / "notes.json").write_text(json.dumps("not ours"))
    replies.trim(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {f"{name}.json" for name in names[:3]} | {"notes.json"}


def test_a_kept_reply_needs_no_server_and_no_litellm(scripted_model: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    model = scripted_model([GOOD])
    ask([question()], Critic("openai/scripted"))
    model.close()
    monkeypatch.setattr("reviewer.gateway.provider.library", lambda: pytest.fail("LiteLLM was loaded for a kept reply"))
    assert ask([question()], Critic("openai/scripted"))[0].cached
