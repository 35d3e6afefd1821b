"""The model's critique in the form: after the rules, with a way to stop it, and never instead of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scripted_model import Completion, Scripted, Slow, Status
from visiting import Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DRAFT = """Objective: Reps meet Kerlane with confidence and win
KR1: Raise mid-market win rate against Kerlane from 24% to 33% by the end of Q3
KR2: Create 3 new battlecards by June 30
KR3: NPS of 40"""
ENGLISH = {"locale": "en-GB"}


def said(**parts: Any) -> dict[str, Any]:
    """Word what a sound model replies about the draft."""
    natures = (("outcome", "Raise mid-market win rate"), ("output", "Create 3 new battlecards"), ("outcome", "NPS of 40"))
    opinions = [
        {"index": at, "nature": nature, "nature_quote": quote, "measure": None, "baseline": None, "baseline_quote": None}
        for at, (nature, quote) in enumerate(natures)
    ]
    empty: dict[str, Any] = {
        "sufficiency": {"enough": True, "story": None},
        "gaming": [],
        "alignment": None,
        "rewrites": [],
        "questions": [],
    }
    return {"key_results": opinions, **empty, **parts}


INSUFFICIENT = said(
    sufficiency={
        "enough": False,
        "story": "The battlecards are written and the win rate rises in one segment, yet reps still avoid Kerlane everywhere else.",
    },
    questions=[{"key_result": 2, "slot": None, "text": "Whom do you ask for the NPS?"}],
)


def rules_review(visit: Visit) -> str:
    """Ask for a review, and give the rules' report as HTML once it is there."""
    report = visit.review(DRAFT, cycle="2026-Q3")
    report.wait_for()
    return str(visit.page.locator("#report").inner_html())


def test_the_critique_arrives_after_the_rules_and_leaves_their_review_as_it_is(
    browser: Browser, serve_with: Any, scripted_model: Scripted
) -> None:
    model = scripted_model(lambda request: Slow(1.5, Completion(INSUFFICIENT)))
    address = serve_with(OKR_MODEL=model.model)
    with visiting(browser, address, **ENGLISH) as visit:
        assert "on this machine" in visit.page.locator("#asks-model").inner_text()
        before = rules_review(visit)
        visit.page.get_by_text("openai/scripted is reading").wait_for()
        pane = visit.page.locator("#critique .card.model")
        pane.wait_for()
        assert "said by a model" in pane.inner_text()
        assert "reps still avoid Kerlane" in pane.inner_text()
        assert visit.page.locator("#report").inner_html() == before
        assert not visit.page.locator("#stop").is_visible()
        assert "The model adds" in visit.page.locator("#model-said").inner_text()
    assert "Create 3 new battlecards" in json.dumps(model.requests[0].json)


def test_stopping_leaves_the_rules_review_and_says_so(browser: Browser, serve_with: Any, scripted_model: Scripted) -> None:
    model = scripted_model(lambda request: Slow(60, Completion(said())))
    address = serve_with(OKR_MODEL=model.model)
    with visiting(browser, address, **ENGLISH) as visit:
        before = rules_review(visit)
        model.wait_for(1)
        visit.page.locator("#stop").click()
        visit.page.get_by_text("The model was stopped.").wait_for()
        assert visit.page.locator("#report").inner_html() == before
        assert visit.page.locator("#critique .card").count() == 0


def test_while_the_model_reads_for_another_the_rules_review_stands_and_says_what_comes(
    browser: Browser, serve_with: Any, scripted_model: Scripted
) -> None:
    model = scripted_model(lambda request: Slow(60, Completion(said())))
    address = serve_with(OKR_MODEL=model.model, OKR_MODELS_AT_ONCE="1")
    with visiting(browser, address, fresh=True, **ENGLISH) as first, visiting(browser, address, fresh=True, **ENGLISH) as second:
        rules_review(first)
        model.wait_for(1)
        rules_review(second)
        second.page.get_by_text("openai/scripted reads the draft next").wait_for()
        second.page.get_by_text("Number 1 of 1 in the queue").wait_for()
        assert not first.page.locator("#place").is_visible()
        first.page.locator("#stop").click()
        second.page.get_by_text("openai/scripted is reading").wait_for()
        second.page.locator("#stop").click()
        second.page.get_by_text("The model was stopped.").wait_for()


def test_drafting_with_a_model_can_be_stopped_and_gives_the_drafts_made_without_it(
    browser: Browser, serve_with: Any, scripted_model: Scripted
) -> None:
    model = scripted_model(lambda request: Slow(60, Completion(said())))
    address = serve_with(OKR_MODEL=model.model)
    with visiting(browser, address, **ENGLISH) as visit:
        visit.open("draft", "en")
        visit.box("idea").fill("raise the win rate against Kerlane from 24% to 33%")
        visit.page.click("#propose")
        visit.page.get_by_text("asking openai/scripted").wait_for()
        model.wait_for(1)
        visit.page.locator("#stop-drafting").click()
        visit.page.locator("#drafts .draft").first.wait_for()
        assert "24% to 33%" in visit.page.locator("#drafts").inner_text()
        assert not visit.page.locator("#stop-drafting").is_visible()


def test_a_model_that_fails_is_said_in_one_line(browser: Browser, serve_with: Any, scripted_model: Scripted) -> None:
    model = scripted_model(lambda request: Status(401, '{"error": {"message": "bad key"}}'))
    address = serve_with(OKR_MODEL=model.model)
    with visiting(browser, address, **ENGLISH) as visit:
        rules_review(visit)
        visit.page.get_by_text("No critique by the model").wait_for()
        assert "sk-scripted" not in visit.page.content()


def test_a_visitor_who_unticks_the_model_sends_it_nothing(browser: Browser, serve_with: Any, scripted_model: Scripted) -> None:
    model = scripted_model(lambda request: Completion(said()))
    address = serve_with(OKR_MODEL=model.model)
    with visiting(browser, address, **ENGLISH) as visit:
        visit.page.locator("#asks-model input").uncheck()
        rules_review(visit)
        visit.page.wait_for_timeout(500)
        assert not visit.page.locator("#model-row").is_visible()
    assert model.requests == []


def test_without_a_model_one_line_says_so_and_how_to_turn_it_on(visit: Visit) -> None:
    line = visit.page.locator("#model-line").inner_text()
    assert "Critique par un modèle\u00a0: désactivée" in line
    assert "OKR_MODEL" in line
    assert visit.page.locator("#asks-model").count() == 0
