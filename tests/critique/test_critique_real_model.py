"""The critique beside a real model, however weak: what the rules said stands, what is added was checked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from critic_replies import by_rules, context_of
from test_critique_added import holds_all_of

from reviewer.critique import criticise
from reviewer.gateway import Critic

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def named_model() -> str:
    gguf = os.environ.get("OKR_TEST_GGUF")
    return f"gguf:{gguf}" if gguf else os.environ.get("OKR_TEST_MODEL", "")


@pytest.mark.real_model
@pytest.mark.skipif(not named_model(), reason="set OKR_TEST_MODEL=provider/model or OKR_TEST_GGUF=/path/model.gguf to ask a real model")
@pytest.mark.parametrize(("name", "language"), [("lancement.fr.md", "fr"), ("launch.en.md", "en")])
def test_a_real_model_adds_to_the_rules_and_takes_nothing_away(name: str, language: str) -> None:
    context = context_of(language, company=True)
    rules = by_rules((EXAMPLES / name).read_text(encoding="utf-8"), context)
    result = criticise(rules, context, Critic(named_model(), timeout=300.0, concurrency=1, cache=False))
    holds_all_of(result, rules)
    assert result.critique is not None
    assert result.critique.status in ("ok", "partial"), result.critique.reason
    assert result.critique.opinions
