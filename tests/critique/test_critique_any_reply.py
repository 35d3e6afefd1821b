"""A server that answers valid nonsense never takes away or changes what the rules said."""

from __future__ import annotations

import random
from typing import Any

import pytest
from critic_replies import (
    COMPANY,
    DRAFTS,
    GUARDRAIL,
    PATH,
    QUESTION,
    REWRITE,
    STORY,
    WAY,
    Reply,
    Scripted,
    by_rules,
    context_of,
    critic,
    drafted,
)
from test_critique_added import holds_all_of

from reviewer.critique import criticise

SCRAPS = [
    "", " ", "?", "\x00", "\u202e", "é" * 900, "NPS", "24 %", "100%", "[x]", "[[", "<b>", "http://x.example", "| a | b |", "KR 9", "null",
    "Everything is fine.", "Tout va bien.", "Create 3 new battlecards", "Créer 3 nouvelles battlecards", "by the end of Q3",
    *STORY.values(), *WAY.values(), *GUARDRAIL.values(), *REWRITE.values(), *QUESTION.values(), *PATH["fr"], *COMPANY["en"],
]  # fmt: skip


def nonsense(chance: random.Random, request: dict[str, Any]) -> Reply:
    """Make up a reply of the right form: true words in wrong places, wrong indexes, scraps of anything."""
    texts = [drafted(request)["objective"], *(each["text"] for each in drafted(request)["key_results"])]

    def words() -> str:
        text = chance.choice([*SCRAPS, *texts])
        cut = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        return chance.choice([text, text, text[cut[0] : cut[1]], text.upper(), f"{text} {chance.choice(SCRAPS)}"])

    def index() -> int:
        return chance.choice([0, 1, 2, 3, 0, 1, 2, 3, -1, 4, 10**9])

    def some(make: Any, most: int = 6) -> list[Any]:
        return [make() for _ in range(chance.randrange(most))]

    def maybe(value: Any) -> Any:
        return chance.choice([value, value, None])

    baselines = ["stated", "reference", "zero", "kept", "none", None]
    opinions = [
        {
            "index": at,
            "nature": chance.choice(["outcome", "output", "activity", "unclear"]),
            "nature_quote": chance.choice([words(), texts[min(at, len(texts) - 2) + 1]]),
            "measure": maybe(words()),
            "baseline": chance.choice(baselines),
            "baseline_quote": maybe(words()),
        }
        for at in [0, *(index() for _ in range(chance.randrange(7)))]
        if at >= 0
    ]
    return {
        "key_results": opinions,
        "sufficiency": maybe({"enough": chance.random() < 0.4, "story": maybe(words())}),
        "gaming": some(lambda: {"key_result": index(), "quote": words(), "way": words(), "guardrail": words()}),
        "alignment": maybe({"company_objective": maybe(index()), "path": some(words)}),
        "rewrites": some(lambda: {"key_result": maybe(index()), "text": words()}),
        "questions": some(lambda: {"key_result": maybe(index()), "slot": maybe(words()), "text": words() + chance.choice(["", "?", " ?"])}),
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nonsense_of_the_right_form_changes_nothing_of_the_rules(scripted_model: Scripted, language: str) -> None:
    chance = random.Random(20261123)
    scripted_model(lambda request: nonsense(chance, request))
    context = context_of(language, company=True)
    rules = by_rules(DRAFTS[language], context)
    kinds: set[tuple[str, str]] = set()
    added = 0
    for _ in range(60):
        result = criticise(rules, context, critic())
        assert result.critique is not None and result.critique.status == "ok", result.critique
        holds_all_of(result, rules)
        kinds |= {(each.what, each.why) for each in result.critique.dropped}
        added += len(result.findings) - len(rules.findings)
        assert len(result.questions) <= 3
        for each in (*result.findings, *result.questions):
            text = each.model_dump_json()
            assert "http://x.example" not in text and "<b>" not in text
        for rewrite in result.critique.rewrites:
            assert rewrite.text == REWRITE[language] and rewrite.key_result == 1
    assert len(kinds) >= 15 and added > 0  # the nonsense does reach every part
