"""Weak drafts improved in place: the rewrites stand where the weak statements stood, and nothing else moves."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from typing import Any

import pytest
from scripted_model import ScriptedModel, Status

from reviewer import review
from reviewer.drafting import Improved, improve
from reviewer.gateway import Critic
from reviewer.okr import Context, Critique, Okr, ProposedRewrite, Settings

Scripted = Callable[[Any], ScriptedModel]

PAGE = """\
# OKR Q3 — Product Marketing

Some words about the quarter, with a [link](https://intranet.example/okr) | and a pipe.

## Objective: Reps meet Nexia with confidence

- **KR1:** Create 3 new battlecards by June 30  (owner: Ana)
- [ ] KR2: Raise the win rate against Nexia from 28% to 38%
- KR3: NPS of 40 in Q3 ✅

## Objective: Every new customer sees the value early

1. Activation rate of 55%
2. Run 4 onboarding webinars

> Check-in every two weeks.
"""
TABLE = """\
# T3

| Objectif | Key Result | Responsable |
|---|:---:|---|
| Gagner face à Nexia | Créer 3 nouvelles battlecards | Léa |
| | Win rate face à Nexia ≥ 38 % | Tom |
| | Ramener le cycle de vente de 70 à 55 jours d'ici fin T3 | Tom |
"""
SEVERAL = """\
Objective: Launch the new pricing page

- KR1: Raise pricing page conversion from 2% to 3% by the end of Q3 and NPS from 30 to 40 by the end of Q3
- KR2: Raise trial-to-paid conversion from 12% to 18% by the end of Q3
"""


def _improved(text: str, context: Context | None = None, critic: Critic | None = None) -> Improved:
    return improve(review(text, context=context, examples=0), context=context, critic=critic)


def _changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    assert len(old) == len(new)
    return [(one, other) for one, other in zip(old, new, strict=True) if one != other]


def test_weak_statements_give_way_and_the_rest_stays_to_the_letter() -> None:
    improved = _improved(PAGE)
    changed = _changed_lines(PAGE, improved.text)
    assert [one.strip() for one, _ in changed] == [
        "- **KR1:** Create 3 new battlecards by June 30  (owner: Ana)",
        "- KR3: NPS of 40 in Q3 ✅",
        "1. Activation rate of 55%",
        "2. Run 4 onboarding webinars",
    ]
    assert changed[0][1].startswith("- **KR1:** Raise the battlecard usage rate from [")
    assert changed[0][1].endswith("(owner: Ana)\n") and "June 30" in changed[0][1]
    assert changed[1][1] == "- KR3: Raise NPS from [current NPS] to 40 in Q3 ✅\n"
    assert improved.review.verdict == "ready"
    assert improved.review.text == improved.text


def test_each_change_says_what_it_answers() -> None:
    improved = _improved(PAGE)
    assert [(each.okr, each.key_result, each.rules, each.origin) for each in improved.changes] == [
        (0, 0, ("kr-is-task",), "rule"),
        (0, 2, ("kr-no-baseline",), "rule"),
        (1, 0, ("kr-no-baseline",), "rule"),
        (1, 1, ("kr-is-task",), "rule"),
    ]
    for each in improved.changes:
        assert each.before in PAGE and each.after in improved.text
    assert improved.critique is None


def test_an_improved_draft_has_nothing_left_to_improve() -> None:
    once = _improved(PAGE)
    twice = _improved(once.text)
    assert twice.changes == () and twice.text == once.text


def test_a_sound_draft_stays_as_it_is() -> None:
    sound = "Objective: Reps meet Nexia with confidence\n- Raise the win rate against Nexia from 28% to 38% by the end of Q3\n- Raise NPS from 30 to 40 by the end of Q3\n"
    assert _improved(sound).text == sound


def test_the_cells_of_a_table_stay_cells() -> None:
    improved = _improved(TABLE)
    changed = _changed_lines(TABLE, improved.text)
    assert len(changed) == 2
    for one, other in changed:
        assert one.count("|") == other.count("|")
        assert one.split("|")[-2] == other.split("|")[-2]
    assert [len(okr.key_results) for okr in improved.review.okrs] == [3]


def test_line_ends_stay_as_they_are() -> None:
    text = PAGE.replace("\n", "\r\n")
    improved = _improved(text)
    assert improved.text.count("\r\n") == text.count("\r\n") == improved.text.count("\n")
    assert improved.text.replace("\r\n", "\n") == _improved(PAGE).text


def test_the_difference_applies_as_a_patch() -> None:
    improved = _improved(PAGE)
    diff = list(difflib.unified_diff(PAGE.splitlines(), improved.text.splitlines(), lineterm="", n=0))
    lines = PAGE.splitlines()
    for line in diff[2:]:
        if line.startswith("@@"):
            at = int(line.split()[1].split(",")[0][1:]) - 1
        elif line.startswith("-"):
            assert lines[at] == line[1:]
            lines[at] = "\0"
            at += 1
        else:
            lines[lines.index("\0")] = line[1:]
    assert "\n".join(lines) + "\n" == improved.text


def test_open_slots_of_an_author_are_not_rewritten_again_and_again() -> None:
    text = "Objective: Reps meet Nexia with confidence\n- Raise the win rate against Nexia from [current win rate] to 38% by the end of Q3\n- Reduce churn by X% by December\n"
    improved = _improved(text)
    assert "from [current win rate] to 38%" in improved.text
    assert "X%" not in improved.text
    assert _improved(improved.text).changes == ()


def test_okrs_given_as_objects_are_improved_as_the_text_they_stand_for() -> None:
    okr = Okr(objective="Reps meet Nexia with confidence", key_results=("Create 3 battlecards", "Raise NPS from 30 to 40 by June"))
    improved = improve(review(okr, examples=0))
    assert [each.key_result for each in improved.changes] == [0]
    assert "Create 3 battlecards" not in improved.text


def test_a_review_with_examples_gives_one_with_examples() -> None:
    improved = improve(review(PAGE, examples=2))
    assert improved.review.examples


def test_a_mute_of_the_house_holds() -> None:
    settings = Settings.model_validate({"mutes": [{"rule": "kr-is-task", "reason": "we list tasks this quarter"}]})
    assert all(each.rules == ("kr-no-baseline",) for each in _improved(PAGE, Context(settings=settings)).changes)


def test_a_change_that_would_make_the_whole_worse_is_taken_back() -> None:
    text = "Objective: Reps meet Nexia with confidence\n- Raise the battlecard usage rate from 20% to 60% by the end of Q3\n- Create 3 battlecards\n- Update the battlecards\n"
    improved = _improved(text)
    before, after = (
        [each.rule for each in reviewed.findings if each.severity != "advice"] for reviewed in (review(text, examples=0), improved.review)
    )
    assert "okr-same-metric" not in after
    assert len(after) < len(before)


def test_the_rewrites_of_a_critique_fill_what_no_rule_can_write() -> None:
    reviewed = review(SEVERAL, examples=0)
    offered = ProposedRewrite(okr=0, key_result=None, text="Visitors pick the right plan on their own", clears=("objective-is-task",))
    critique = Critique(model="some/model", prompt="critique.v1", status="ok", rewrites=(offered,))
    improved = improve(reviewed.model_copy(update={"critique": critique}))
    assert "Objective: Visitors pick the right plan on their own\n" in improved.text
    (change,) = [each for each in improved.changes if each.key_result is None]
    assert (change.origin, change.rules) == ("model", ("objective-is-task",))


def test_a_critiques_rewrite_never_replaces_one_of_the_rules() -> None:
    reviewed = review(PAGE, examples=0)
    offered = ProposedRewrite(
        okr=0, key_result=0, text="Raise sales confidence from [current score] to [target] by June 30", clears=("kr-is-task",)
    )
    improved = improve(
        reviewed.model_copy(update={"critique": Critique(model="m/m", prompt="critique.v1", status="ok", rewrites=(offered,))})
    )
    assert "sales confidence" not in improved.text


BETTER = {
    "rewrites": [
        {"key_result": None, "text": "Visitors pick the right plan on their own"},
        {"key_result": 0, "text": "Raise pricing page conversion from 2% to 3% by the end of Q3"},
    ]
}


def test_a_model_is_asked_only_for_what_is_left_and_the_rules_verify_it(scripted_model: Scripted) -> None:
    model = scripted_model([BETTER])
    improved = _improved(SEVERAL, critic=Critic(model.model))
    assert improved.review.verdict == "ready"
    assert [(each.key_result, each.origin) for each in improved.changes] == [(None, "model"), (0, "model")]
    around, draft = (json.loads(each) for each in model.requests[0].texts[-2:])
    assert {each["key_result"] for each in around["to_mend"]} == {None, 0}
    assert draft == {
        "objective": "Launch the new pricing page",
        "key_results": [{"index": index, "text": kr.text} for index, kr in enumerate(review(SEVERAL, examples=0).okrs[0].key_results)],
    }
    assert improved.critique is not None
    assert (improved.critique.prompt, improved.critique.status, improved.critique.calls) == ("rewrite.v1", "ok", 1)


def test_a_model_is_not_asked_when_the_rules_left_nothing(scripted_model: Scripted) -> None:
    model = scripted_model([])
    improved = _improved(PAGE, critic=Critic(model.model))
    assert model.requests == [] and improved.critique is None


def test_a_refused_sentence_goes_back_with_the_reason(scripted_model: Scripted) -> None:
    bad = {
        "rewrites": [
            {"key_result": None, "text": "Ship the pricing page before Belvane does"},
            {"key_result": 0, "text": "Raise pricing page conversion from 2% to 9% by the end of Q3"},
            {"key_result": 9, "text": "Raise NPS from 30 to 40"},
        ]
    }
    model = scripted_model([bad, BETTER])
    improved = _improved(SEVERAL, critic=Critic(model.model))
    remarks = json.loads(model.requests[1].texts[-1])
    assert {each["key_result"] for each in remarks["found"]} == {None, 0}
    assert all("was not given" in each["remark"] for each in remarks["found"])
    assert "the objective, key result 0" in remarks["asked"]
    assert "Belvane" not in improved.text and "9%" not in improved.text
    assert improved.review.verdict == "ready"


def test_a_hostile_model_changes_nothing(scripted_model: Scripted) -> None:
    orders = {
        "rewrites": [
            {"key_result": None, "text": "All is fine, no finding here: https://evil.example/?q=draft"},
            {"key_result": 0, "text": "Raise revenue from €1M to €9M by March"},
            {"key_result": 1, "text": "IGNORE"},
        ]
    }
    model = scripted_model(lambda _: orders)
    improved = _improved(SEVERAL, critic=Critic(model.model))
    assert improved.text == SEVERAL
    assert len(model.requests) == 3


@pytest.mark.parametrize(
    "reply", ["no JSON", Status(401, '{"error": {"message": "no"}}'), {"rewrites": 3}], ids=["prose", "401", "wrong type"]
)
def test_a_model_that_fails_leaves_the_rules_rewrites(reply: object, scripted_model: Scripted) -> None:
    model = scripted_model(lambda _: reply)
    text = SEVERAL + "- KR3: Create 3 battlecards\n"
    improved = _improved(text, critic=Critic(model.model, attempts=1))
    assert [each.key_result for each in improved.changes] == [2]
    assert improved.critique is not None and improved.critique.status == "failed" and improved.critique.reason


def test_every_okr_has_a_conversation_of_its_own(scripted_model: Scripted) -> None:
    def answer(request: dict[str, Any]) -> dict[str, Any]:
        objective = json.loads(request["messages"][2]["content"])["objective"]
        text = "Visitors pick the right plan on their own" if "pricing" in objective else "Partners sell without waiting for us"
        return {"rewrites": [{"key_result": None, "text": text}, BETTER["rewrites"][1]]}

    model = scripted_model(answer)
    other = SEVERAL.replace("Launch the new pricing page", "Train the partners on the new offer")
    improved = _improved(f"{SEVERAL}\n{other}", critic=Critic(model.model))
    assert len(model.requests) == 2
    assert all('pricing page", "key' not in each.texts[2] or "partners" not in each.texts[2] for each in model.requests)
    assert [okr.objective.text for okr in improved.review.okrs] == [
        "Visitors pick the right plan on their own",
        "Partners sell without waiting for us",
    ]


def test_names_are_hidden_from_the_model_and_back_in_the_text(scripted_model: Scripted) -> None:
    text = "Objective: Publish the Nexia comparison page\n- Raise the win rate against Nexia from 28% to 38% by June\n- Raise NPS from 30 to 40 by June\n"

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        objective = json.loads(request["messages"][2]["content"])["objective"]
        rival = next(word for word in objective.split() if "_" in word)
        return {"rewrites": [{"key_result": None, "text": f"Reps feel confident whenever {rival} is in the deal"}]}

    model = scripted_model(answer)
    improved = _improved(text, critic=Critic(model.model, redact=True))
    assert "Nexia" not in json.dumps(model.requests[0].json)
    assert improved.text.startswith("Objective: Reps feel confident whenever Nexia is in the deal\n")
