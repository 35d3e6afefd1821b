"""The other tabs: drafts from an idea, examples found by meaning, the rules explained, and the switch of language."""

from __future__ import annotations

import pytest
from visiting import FRENCH, Visit

from reviewer.rules import ALL_RULES


def test_an_idea_becomes_drafts_one_press_from_their_review(visit: Visit) -> None:
    visit.open("draft")
    visit.box("idea").fill("faire passer le win rate face à Nexia de 28 % à 38 %")
    visit.box("idea-company").fill("Gagner des parts de marché")
    visit.page.click("#propose")
    drafts = visit.page.locator("#drafts .draft")
    drafts.first.wait_for()
    assert drafts.count() == 2
    objective = drafts.first.locator(".objective").first.inner_text()
    assert drafts.first.locator(".slot").count() > 0
    drafts.first.locator("summary").first.click()
    assert drafts.first.locator(".its-review .verdict").is_visible()
    assert (
        visit.page.evaluate(
            "(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id).filter(Boolean); return ids.length - new Set(ids).size })()"
        )
        == 0
    )
    drafts.first.get_by_role("button", name="Ouvrir dans Relire").click()
    visit.page.locator("#report .okr-review .objective").wait_for()
    assert visit.page.locator("#report .objective").inner_text() == objective
    assert "de 28" in visit.box("draft").input_value()
    assert visit.box("company").input_value() == "Gagner des parts de marché"


def test_no_idea_is_answered_in_words(visit: Visit) -> None:
    visit.open("draft")
    visit.page.click("#propose")
    visit.page.get_by_text("Dites en quelques mots ce qui doit changer").wait_for()


def test_examples_are_searched_filtered_and_started_from(visit: Visit) -> None:
    visit.open("examples")
    cards = visit.page.locator("#examples .cards > li")
    cards.first.wait_for()
    visit.box("search").fill("des clients qui résilient")
    visit.page.locator("#work input").click()
    visit.page.get_by_role("option", name="rétention et expansion").click()
    visit.page.locator("#written-in input").click()
    visit.page.get_by_role("option", name="Français").click()
    visit.page.get_by_role("button", name="Chercher").click()
    visit.page.wait_for_function(
        "[...document.querySelectorAll('#examples .eyebrow')].filter(e => e.textContent.includes('proximité')).every(e => e.textContent.includes('rétention')) && document.querySelector('#examples .eyebrow')?.textContent.includes('proximité')"
    )
    assert "en anglais" not in visit.page.locator("#examples").inner_text()
    chosen = cards.filter(has=visit.page.get_by_role("button", name="Partir de celui-ci")).first
    objective = chosen.locator("h3").inner_text()
    chosen.get_by_role("button").click()
    visit.page.locator("#report .objective").wait_for()
    assert visit.page.locator("#report .objective").inner_text().split() == objective.split()


def test_more_examples_come_when_asked_for(visit: Visit) -> None:
    visit.open("examples")
    cards = visit.page.locator("#examples .cards > li")
    cards.first.wait_for()
    shown = cards.count()
    visit.page.get_by_role("button", name="En voir plus").click()
    visit.page.wait_for_function(f"document.querySelectorAll('#examples .cards > li').length == {2 * shown}")


def test_every_rule_is_explained_and_found_by_a_word(visit: Visit) -> None:
    visit.open("rules")
    rules = visit.page.locator("#rules details.rule")
    rules.first.wait_for()
    assert rules.count() == len(ALL_RULES)
    first = visit.page.locator("#kr-is-task")
    first.locator("summary").click()
    told = first.inner_text()
    for part in ("Plutôt que", "Écrivez", "Avec quelle justesse", "précision", "Sources"):
        assert part in told
    visit.box("find-rule").fill("kr-vanity")
    visit.page.wait_for_function("document.querySelectorAll('#rules details.rule').length == 1")
    assert visit.page.locator("#rules details.rule").get_attribute("open") is not None
    visit.box("find-rule").fill("xyzzy")
    visit.page.get_by_text("Aucune règle ne dit cela").wait_for()


@pytest.mark.parametrize("visit", [{"fresh": True}], indirect=True, ids=["first-visit"])
def test_the_language_is_switched_without_losing_what_was_typed_and_remembered(visit: Visit) -> None:
    page = visit.page
    visit.box("draft").fill(FRENCH)
    page.locator("#language").get_by_text("English").click()
    page.get_by_role("tab", name="Review", exact=True).wait_for()
    assert page.locator("#review").inner_text() == "Review"
    assert page.locator("h1").inner_text().strip() == "OKR review"
    assert page.get_by_text("Your draft", exact=True).is_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert visit.box("draft").input_value() == FRENCH
    visible = page.locator(".gradio-container").inner_text()
    assert not [word for word in ("brouillon", "Objectifs", "Équipe", "Règles") if word in visible]
    page.reload()
    page.get_by_role("tab", name="Review", exact=True).wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"
