"""The HTML page of a quarter, read as text and driven in a real browser from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from quarter_samples import with_unread_cells

from reviewer.quarter import QuarterReview, TeamCount
from reviewer.report.quarter import render_html


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page of a real browser."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def file(french_quarter: QuarterReview, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as a file."""
    path = tmp_path_factory.mktemp("page") / "t4.html"
    path.write_text("".join(render_html(french_quarter, title="T4 2026")), "utf-8")
    return path


CONTRAST = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = (colour) => {
    const [r, g, b] = colour.map((each) => each / 255).map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("main *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest("script, option")) continue;
    const pair = [light(rgb(getComputedStyle(element).color).slice(0, 3)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) weak.push(`${element.className} ${element.textContent.slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return weak;
}"""


def teams_shown(page: Page) -> list[str]:
    return page.eval_on_selector_all("#okr-table tbody:not([hidden])", "all => all.map(each => each.rows[0].cells[0].textContent)")


def test_the_page_sorts_and_filters_from_a_file(page: Page, file: Path) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(file.as_uri())
    assert teams_shown(page) == ["PMM Croissance", "PMM Marque", "PMM Produit"]
    page.get_by_role("button", name="Remarques", exact=True).click()
    assert teams_shown(page) == ["PMM Marque", "PMM Croissance", "PMM Produit"]
    page.get_by_label("Verdict").last.select_option("ready")
    assert teams_shown(page) == ["PMM Produit"]
    assert page.get_by_role("status").inner_text() == "1 OKR affiché sur 3"
    page.get_by_role("button", name="Tout afficher").click()
    page.get_by_label("Règle").select_option("kr-is-task")
    assert teams_shown(page) == ["PMM Marque", "PMM Croissance"]
    page.get_by_role("searchbox").fill("notoriete")
    expect(page.get_by_role("status")).to_have_text("1 OKR affiché sur 3")
    assert teams_shown(page) == ["PMM Marque"]
    assert problems == []


def test_the_filter_names_rules_by_their_promise(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    assert "kr-is-task – Un Key Result est une preuve, pas une tâche" in page.get_by_label("Règle").locator("option").all_inner_texts()


def test_each_row_says_what_to_mend_first(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    assert page.locator("#e1 .todo").inner_text().startswith("✕")
    assert page.locator("#e0 .todo").inner_text().startswith("✕ Bloquant KR 2 est un livrable")
    assert page.locator("#e2 .todo").count() == 0


def test_a_reason_is_told_once_with_all_its_rows(french_quarter: QuarterReview) -> None:
    reason = "La cellule contient une formule sans résultat."
    text = "".join(render_html(with_unread_cells(french_quarter, (4, 2, 3, 9), reason)))
    assert text.count(reason) == 1 and "feuille T4, lignes 2–4, 9, colonne E" in text
    assert "2 lignes non relues, 4 endroits à vérifier" in text


def test_on_paper_there_are_no_controls_and_only_the_reviews_that_are_open(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("#okr-controls").is_visible() and not page.locator("#e0 details.review").is_visible()
    assert page.locator("#e0 .todo").is_visible() and page.locator("#e0 .pill").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="light")
    page.locator("#e0 details.review > summary").click()
    page.emulate_media(media="print")
    assert page.locator("#e0 mark").first.is_visible()
    page.emulate_media(media="screen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, file: Path, scheme: Literal["light", "dark"]) -> None:
    """Contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3), reviews open."""
    page.emulate_media(color_scheme=scheme)
    page.goto(file.as_uri())
    page.get_by_role("button", name="Ouvrir tous ceux affichés").click()
    weak = page.evaluate(CONTRAST)
    page.emulate_media(color_scheme="light")
    assert weak == []


def test_a_link_to_an_okr_shows_and_opens_it(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.get_by_label("Verdict").last.select_option("ready")
    page.get_by_role("link", name=re.compile("PMM Marque · okrs-t4.xlsx")).click()
    page.wait_for_selector("#e1 details.review[open]")
    assert page.locator("#e1").is_visible()


def test_without_scripts_no_control_is_dead_and_every_review_opens(file: Path, page: Page) -> None:
    browser = page.context.browser
    assert browser
    still = browser.new_context(java_script_enabled=False)
    bare = still.new_page()
    bare.goto(file.as_uri())
    assert bare.locator("button, input, select").count() == 0
    bare.locator("#e0 details.review > summary").click()
    assert bare.locator("#e0 mark").first.is_visible()
    still.close()


def test_the_page_fits_a_phone(page: Page, file: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_script_that_is_not_the_pages_own_is_not_run(page: Page, file: Path, tmp_path: Path) -> None:
    """The policy stands even where a text would have come through as an element."""
    broken = tmp_path / "broken.html"
    broken.write_text(file.read_text("utf-8").replace("<main>", "<main><script>document.title = 'taken'</script>"), "utf-8")
    page.goto(broken.as_uri())
    assert page.title() == "T4 2026" and teams_shown(page)


def test_nothing_is_fetched_and_ids_and_links_agree(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"<(?:link|img|iframe)|@import|url\((?!#)", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
    assert set(re.findall(r'aria-describedby="([^"]+)"', text)) <= set(ids)


def test_charts_say_their_numbers_in_cells(file: Path) -> None:
    text = file.read_text("utf-8")
    bars = text[text.index('class="bars"') :]
    task = re.search(r"<tr><th[^>]*><a[^>]*>[^<]+</a> <small><code>kr-is-task</code>.*?</tr>", bars)
    assert task and "bar-error" in task[0] and re.findall(r"<td>(?:<b>)?([\d–]+)", task[0]) == ["2", "–", "–", "2"]
    assert re.search(r"<b>1</b> <small>0,72</small>", text)
    assert "aucun OKR n’y mène" in text


def test_a_large_quarter_is_folded_and_says_so(french_quarter: QuarterReview) -> None:
    counts = (TeamCount(team="PMM", okrs=1200, key_results=3000, verdicts={}, rules={}),)
    large = french_quarter.model_copy(update={"entries": (), "teams": counts})
    text = "".join(render_html(large, (french_quarter.entries[number % 3] for number in range(1200))))
    assert "Au-delà de 1\u202f000 OKR" in text
    assert text.count("<tbody id=") == 1200 and text.count('class="review"') == 800
    assert len(text) / 1200 < 2_500


def test_five_hundred_okrs_are_under_five_megabytes(french_quarter: QuarterReview) -> None:
    counts = (TeamCount(team="PMM", okrs=500, key_results=1250, verdicts={}, rules={}),)
    review = french_quarter.model_copy(update={"entries": (), "teams": counts})
    entries = (french_quarter.entries[number % 2] for number in range(500))
    assert sum(len(piece.encode()) for piece in render_html(review, entries)) < 5_000_000


def test_each_rule_is_explained_once(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.count("Une tâche peut être faite sans que rien ne change") == 1
