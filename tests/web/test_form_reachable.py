"""The form for everyone: axe-core finds nothing serious, the keyboard reaches all, phones and zoom lose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from visiting import COMPANY, FRENCH, PHONE, TABS, Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}


SETTLED = """() => new Promise(done => {
    const end = () => { watch.disconnect(); done(true) };
    let timer = setTimeout(end, 700);
    const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, 700) });
    watch.observe(document.body, {subtree: true, childList: true});
})"""
"""Waits until nothing has been put on the page for a while: a person does not press Tab sixty times in the first half second."""


def serious(page: Page) -> list[str]:
    """Run axe-core on a page, its frames included; gives what it finds serious or critical, with where."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(SETTLED)  # what is being filled is faded out for as long
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {', '.join(str(node['target']) for node in each['nodes'][:4])}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def fill_every_tab(visit: Visit, language: str) -> dict[str, list[str]]:
    """Visit every tab with something in it; gives what axe finds serious on each."""
    page = visit.page
    found = {"review, empty": serious(page)}
    visit.review(FRENCH, company=COMPANY, cycle="T4 2026").wait_for()
    page.locator("#report button.act").first.click()
    page.locator("button[data-act=again]").first.click()
    page.locator(".since").wait_for()
    page.locator("#report details summary").first.click()
    found["review"] = serious(page)
    visit.open("draft", language)
    visit.box("idea").fill("faire passer le win rate face à Nexia de 28 % à 38 %")
    page.click("#propose")
    page.locator("#drafts .draft").first.wait_for()
    page.locator("#drafts summary").first.click()
    found["draft"] = serious(page)
    visit.open("quarter", language)
    file = {"name": "q4.md", "mimeType": "text/markdown", "buffer": FRENCH.encode()}
    page.locator("#files input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("#files").get_by_text("q4").first.wait_for()
    page.click("#review-quarter")
    page.locator("iframe.page").wait_for(timeout=60_000)
    page.frame_locator("iframe.page").locator("#okr-table").wait_for()
    found["quarter"] = serious(page)
    visit.open("examples", language)
    page.locator("#examples .cards > li").first.wait_for()
    found["examples"] = serious(page)
    visit.open("rules", language)
    page.locator("#rules details.rule").first.wait_for()
    page.locator("#rules summary").first.click()
    found["rules"] = serious(page)
    return found


@pytest.mark.parametrize(
    ("language", "asked"),
    [("fr", {}), ("en", {}), ("fr", {"color_scheme": "dark"}), ("en", PHONE | {"color_scheme": "dark"}), ("fr", PHONE)],
    ids=["fr", "en", "fr-dark", "en-dark-phone", "fr-phone"],
)
def test_axe_finds_nothing_serious_on_any_tab(browser: Browser, address: str, language: str, asked: dict[str, Any]) -> None:
    with visiting(browser, address, **{"locale": LANGUAGES[language], **asked}) as visit:
        assert {tab: found for tab, found in fill_every_tab(visit, language).items() if found} == {}


@pytest.mark.parametrize("visit", [PHONE, {"viewport": {"width": 640, "height": 450}}], indirect=True, ids=["phone", "zoomed-twice"])
def test_no_tab_overflows_a_narrow_window(visit: Visit) -> None:
    """A window of 640 px is what 1280 px are at 200 % zoom."""
    page = visit.page
    width = page.evaluate("innerWidth")
    for tab in TABS["fr"]:
        visit.open(tab)
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
        cut = page.evaluate(
            "[...document.querySelectorAll('button, input, textarea, a, h1, p')].filter(e => e.checkVisibility() && e.getBoundingClientRect().width && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120))"
        )
        assert cut == [], tab
    small = page.evaluate(
        "[...document.querySelectorAll('.gradio-container button:not(footer button)')].filter(e => e.checkVisibility() && e.getBoundingClientRect().height && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 120))"
    )
    assert small == []


def test_on_a_phone_the_order_is_draft_review_questions(browser: Browser, address: str) -> None:
    with visiting(browser, address, **PHONE) as visit:
        visit.review(FRENCH).wait_for()
        places = [visit.page.locator(each).bounding_box() for each in ("#write", "#read", "#ask")]
        tops = [place["y"] for place in places if place]
        assert len(tops) == 3
        assert tops == sorted(tops)


def test_a_whole_review_needs_no_mouse(visit: Visit) -> None:
    page = visit.page
    visit.box("draft").focus()
    page.keyboard.insert_text(FRENCH)
    page.keyboard.press("Shift+Enter")
    page.locator("#report .okr-review").wait_for()
    page.evaluate(SETTLED)
    page.evaluate("document.querySelector('#report .okr-review').dataset.seen = 'yes'")
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(document.activeElement.id || document.activeElement.dataset.act || document.activeElement.closest('[id]')?.id || '')"
            )
        )
        if seen[-1] == "use":
            break
    assert seen[-1] == "use"
    assert "ours" in " ".join(seen)
    page.evaluate(SETTLED)
    assert page.locator("#report [data-seen]").count() == 1, "passing the fields must not have the draft reviewed again"
    page.wait_for_function("getComputedStyle(document.activeElement).outlineStyle == 'solid'")
    page.keyboard.press("Enter")
    page.wait_for_function("draft => document.querySelector('#draft textarea').value != draft", arg=FRENCH)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.act") == "again"
    page.keyboard.press("Enter")
    page.locator(".since").wait_for()
    page.locator("#tabs [role=tab]").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#idea").wait_for()


def test_every_field_and_button_has_a_name(visit: Visit) -> None:
    visit.review(FRENCH).wait_for()
    for name in ("Votre brouillon", "Objectifs de l’entreprise", "Équipe", "Cycle"):
        assert visit.page.locator("#write").get_by_label(name).count() == 1
    assert visit.page.get_by_role("radio", name="English").count() == 1
    assert visit.page.locator("#live").get_attribute("role") == "status"
    assert "revoir" in visit.page.locator("#live").inner_text()
