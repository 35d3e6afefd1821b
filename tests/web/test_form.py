"""The Review tab as a visitor meets it, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from visiting import COMPANY, FRENCH, PHONE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_pasted_draft_gets_its_review_under_its_words(visit: Visit) -> None:
    report = visit.review(FRENCH, cycle="T4 2026")
    report.wait_for()
    assert report.get_attribute("lang") == "fr"
    assert report.locator("h2").first.inner_text() in ("À repenser", "À revoir avant le trimestre")
    assert report.locator(".objective").inner_text() == "Donner aux Sales les armes pour gagner les deals compétitifs"
    second = report.locator(".krs > li").nth(1)
    assert second.locator("mark").first.inner_text() == "Créer 3 nouvelles battlecards"
    assert "Bloquant" in second.inner_text()
    assert "fin du cycle" in report.inner_text()


def test_pairs_and_the_way_up_stand_after_the_draft(visit: Visit) -> None:
    visit.review(FRENCH, company=COMPANY)
    report = visit.page.locator("#report .okr-review")
    report.wait_for()
    assert report.locator(".path li").last.inner_text() == "Gagner des parts de marché face aux deux leaders"
    first = report.locator(".pair").first
    assert first.locator(".before .eyebrow").inner_text() == "✕ Avant"
    assert first.locator(".after .eyebrow").inner_text() == "✓ Après"
    before, after = first.locator(".before").bounding_box(), first.locator(".after").bounding_box()
    assert before is not None
    assert after is not None
    assert before["y"] == after["y"]
    near = report.locator("details", has_text="OKR proches").last
    assert not near.locator(".bullets").first.is_visible()
    near.locator("summary").click()
    assert near.locator(".bullets").first.is_visible()


@pytest.mark.parametrize("visit", [PHONE], indirect=True, ids=["phone"])
def test_on_a_phone_before_stands_above_after(visit: Visit) -> None:
    visit.review(FRENCH)
    first = visit.page.locator(".okr-review .pair").first
    first.wait_for()
    before, after = first.locator(".before").bounding_box(), first.locator(".after").bounding_box()
    assert before is not None
    assert after is not None
    assert before["y"] + before["height"] <= after["y"]
    assert before["x"] == after["x"]


def test_why_opens_on_demand_by_keyboard(visit: Visit) -> None:
    visit.review(FRENCH)
    details = visit.page.locator(".finding details").first
    details.wait_for()
    assert not details.locator("p").first.is_visible()
    details.locator("summary").focus()
    visit.page.keyboard.press("Enter")
    assert details.locator("p").first.is_visible()
    box = details.locator("summary").bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_an_empty_draft_is_answered_in_words_in_the_visitors_language(visit: Visit) -> None:
    visit.review("   ", company="NRR de 104 % à 112 %")
    refused = visit.page.locator("[role=alert]")
    refused.wait_for()
    assert "collez d’abord un brouillon" in refused.inner_text()
    assert visit.page.locator("#company textarea").input_value() == "NRR de 104 % à 112 %"


def test_a_text_without_okr_is_refused_and_stays_in_the_box(visit: Visit) -> None:
    prose = "Bonjour à tous, voici quelques <b>nouvelles</b> de l'équipe."
    visit.review(prose)
    refused = visit.page.locator("[role=alert]")
    refused.wait_for()
    assert refused.locator("b").count() == 0
    assert visit.page.locator("#draft textarea").input_value() == prose
    visit.review(FRENCH)
    visit.page.locator("#report .okr-review").wait_for()
    assert refused.count() == 0


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "${alert(1)} {{constructor}} `${window.alert(1)}`",
        "<img src=https://evil.example/p.png> https://evil.example",
        "@children {{#each value}}x{{/each}}",
    ],
)
def test_hostile_drafts_do_nothing_but_be_shown(visit: Visit, attack: str) -> None:
    visit.review(
        f"Objective: Win {attack}\nKR1: Win rate {attack} from 20% to 30%\nKR2: Create 3 {attack} battlecards", company=attack, cycle=attack
    )
    report = visit.page.locator("#report .okr-review")
    report.wait_for()
    visit.page.wait_for_timeout(300)
    assert attack in report.locator(".objective").inner_text()
    assert report.locator("img, script, svg, iframe").count() == 0


@pytest.mark.parametrize("visit", [{"locale": "fr-FR"}, {"locale": "en-US"}], indirect=True, ids=["fr", "en"])
def test_the_form_speaks_the_visitors_language_and_offers_an_example_that_can_be_reviewed(visit: Visit) -> None:
    page = visit.page
    french = page.evaluate("navigator.language").startswith("fr")
    page.wait_for_function("navigator.language.startsWith(document.documentElement.lang)")
    assert page.locator("h1").inner_text().strip() == ("Revue d’OKR" if french else "OKR review")
    assert page.locator("#review").inner_text() == ("Relire" if french else "Review")
    page.locator("#ours input").click()
    page.get_by_role("option").nth(1).click()
    page.wait_for_function("document.querySelector('#draft textarea').value != ''")
    page.locator("#report .okr-review").wait_for()
    assert page.locator("#report .okr-review").get_attribute("lang") == ("fr" if french else "en")


@pytest.mark.parametrize("visit", [PHONE], indirect=True, ids=["phone"])
def test_on_a_phone_nothing_overflows_and_asking_leads_to_the_review(visit: Visit) -> None:
    visit.review(FRENCH.replace("battlecards", "battlecards" + "x" * 120))
    visit.page.locator("#report .okr-review").wait_for()
    visit.page.wait_for_function("document.getElementById('read').getBoundingClientRect().top < 100")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    inside = "[...document.querySelectorAll('.okr-review *')].every(e => e.getBoundingClientRect().right <= 391)"
    assert visit.page.evaluate(inside)


@pytest.mark.parametrize("visit", [{"color_scheme": "dark"}, {"color_scheme": "light"}], indirect=True, ids=["dark", "light"])
def test_form_and_report_share_the_readers_mode(visit: Visit) -> None:
    visit.review(FRENCH)
    visit.page.locator(".okr-review .card").first.wait_for()
    dark = visit.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for element in ("body", ".okr-review .card"):
        colour = visit.page.evaluate(f"getComputedStyle(document.querySelector('{element}')).backgroundColor")
        red = int(re.findall(r"\d+", colour)[0])
        assert (red < 80) == dark, (element, colour)


@pytest.mark.parametrize("visit", [{"fresh": True}], indirect=True, ids=["first-visit"])
def test_the_browser_keeps_no_draft(visit: Visit) -> None:
    visit.review(FRENCH.replace("Créer", "Sekretwort"))
    visit.page.locator("#report .okr-review").wait_for()
    kept = visit.page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, (await indexedDB.databases()).map(d => d.name)])"
    )
    assert "Sekretwort" not in kept
    assert "run" not in kept.lower()


def test_a_printed_report_shows_what_was_folded(browser: Browser) -> None:
    from reviewer import review
    from reviewer.report import render_html

    page = browser.new_page(color_scheme="dark")
    page.set_content(render_html(review(FRENCH)))
    folded = page.locator(".finding details p").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.evaluate("e => e.checkVisibility() && e.getBoundingClientRect().height > 10")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
