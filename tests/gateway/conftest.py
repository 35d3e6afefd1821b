"""Let LiteLLM load what it loads at its first call before any test counts seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opinions import GOOD, question
from scripted_model import ScriptedModel

from reviewer.gateway import Critic, ask


@pytest.fixture(scope="session", autouse=True)
def warm() -> Iterator[None]:
    """Ask one question."""
    model = ScriptedModel([GOOD])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_BASE", model.url)
        patch.setenv("OPENAI_API_KEY", "sk-scripted-0123456789abcdef")
        (answer,) = ask([question()], Critic("openai/scripted", cache=False, attempts=1))
    assert answer.status == "ok", answer.reason
    yield
    model.close()
