"""A model is asked about a quarter's OKRs after the rules, several at once, within one budget, and each answer is kept."""

from __future__ import annotations

import json
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from quarter_files import okrs, write_quarter
from scripted_model import Completion, Request, Scripted, Slow, Status

from reviewer import Context, ReviewerError
from reviewer.gateway import Critic
from reviewer.quarterly import Progress, Run, review_quarter


def nothing_new(request: dict[str, Any]) -> dict[str, Any]:
    """Reply as a model that reads each key result as a result and has nothing to add."""
    key_results = json.loads(request["messages"][-1]["content"])["key_results"]
    opinions = [{"index": at, "nature": "outcome", "nature_quote": each["text"]} for at, each in enumerate(key_results)]
    return {"key_results": opinions, "sufficiency": None, "gaming": [], "alignment": None, "rewrites": [], "questions": []}


def critic(**limits: Any) -> Critic:
    return Critic("openai/scripted", **{"cache": False, "attempts": 1, "timeout": 30.0, **limits})


def asked_about(request: Request) -> str:
    """Give the objective that a call was about."""
    return about(request.texts[-1])


def about(draft: str) -> str:
    """Give the objective of a draft as it was sent."""
    return next(objective for _, objective, _ in okrs(60) if json.dumps(objective, ensure_ascii=False)[1:-1] in draft)


def test_every_okr_is_asked_about_once_several_at_once(scripted_model: Scripted, tmp_path: Path) -> None:
    model = scripted_model(lambda request: Slow(0.2, nothing_new(request)))
    told: list[Progress] = []
    found = review_quarter(write_quarter(tmp_path / "q.csv", 12), critic=critic(concurrency=4), examples=0, on_progress=told.append)
    assert Counter(map(asked_about, model.requests)) == {objective: 1 for _, objective, _ in okrs(12)}
    assert found.critique is not None and found.critique.status == "ok" and found.critique.calls == 12
    assert found.critique.tokens == sum(each.review.critique.tokens for each in found.entries if each.review and each.review.critique)
    assert all(each.review and each.review.critique and each.review.critique.status == "ok" for each in found.entries)
    assert [each.done for each in told if each.phase == "asking"][-1] == 12


def test_the_rules_stand_whatever_the_model_says(scripted_model: Scripted, tmp_path: Path) -> None:
    scripted_model(lambda request: Status(500))
    file = write_quarter(tmp_path / "q.csv", 5)
    plain, asked = review_quarter(file, examples=0), review_quarter(file, critic=critic(), examples=0)
    assert asked.critique is not None and asked.critique.status == "failed" and asked.critique.reason
    for one, other in zip(plain.entries, asked.entries, strict=True):
        assert one.review and other.review and one.review.findings == other.review.findings and one.verdict == other.verdict
    assert plain.findings == asked.findings and plain.teams == asked.teams


def test_a_budget_that_ends_leaves_the_rest_to_the_rules_and_a_resumed_run_asks_only_about_that(
    scripted_model: Scripted, tmp_path: Path
) -> None:
    model = scripted_model(lambda request: Completion(nothing_new(request), prompt_tokens=30_000, completion_tokens=1_000))
    file = write_quarter(tmp_path / "q.csv", 10)
    run = Run(tmp_path / "run", critic=critic(max_tokens=100_000, concurrency=1), examples=1)
    run.go(file)
    first = {asked_about(each) for each in model.requests}
    statuses = Counter(each.review.critique.status for each in run.entries() if each.review and each.review.critique)
    assert statuses["ok"] == len(first) > 0 and statuses["skipped"] == 10 - len(first) > 0
    left = next(each for each in run.entries() if each.review and each.review.critique and each.review.critique.status == "skipped")
    assert left.review and left.review.critique and "budget" in str(left.review.critique.reason)
    summary = run.summary()
    assert summary.critique is not None and summary.critique.status == "partial" and "budget" in str(summary.critique.reason)
    model.requests.clear()
    again = Run(tmp_path / "run", critic=critic(), examples=1)
    again.go(file)
    second = [asked_about(each) for each in model.requests]
    assert not first & {*second} and len(second) == len({*second}) == 10 - len(first)
    assert again.summary().critique is not None and again.summary().critique.status == "ok"  # type: ignore[union-attr]
    model.requests.clear()
    again.go(file)
    assert not model.requests, "nothing is left to ask about"


def test_a_cancelled_run_keeps_the_answers_that_came(scripted_model: Scripted, tmp_path: Path) -> None:
    file = write_quarter(tmp_path / "q.csv", 8)
    stopping = critic(concurrency=1)
    lock, seen = threading.Lock(), []

    def script(request: dict[str, Any]) -> Any:
        with lock:
            seen.append(about(request["messages"][-1]["content"]))
            if len(seen) == 4:
                stopping.cancel()
        return nothing_new(request)

    model = scripted_model(script)
    Run(tmp_path / "run", critic=stopping, examples=0).go(file)
    kept = [each for each in Run(tmp_path / "run", critic=critic(), examples=0).entries() if each.review and each.review.critique]
    done = {each.entry.okr.objective for each in kept if each.entry.okr and each.review and each.review.critique.status == "ok"}  # type: ignore[union-attr]
    assert len(kept) == 8 and done == {*seen[:3]}
    model.requests.clear()
    Run(tmp_path / "run", critic=critic(), examples=0).go(file)
    assert not done & {asked_about(each) for each in model.requests} and len(model.requests) == 5


def test_a_critic_that_cannot_be_asked_is_refused_before_any_work(tmp_path: Path) -> None:
    run = Run(tmp_path / "run", Context(), critic="nobody/such-model", examples=0)
    with pytest.raises(ReviewerError, match="nobody"):
        run.go(write_quarter(tmp_path / "q.csv", 3))
    assert list(run.entries()) == []
