"""Draft and file text stays text: hostile words in every field and every format do nothing but be shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from visiting import Visit

ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "<iframe src=javascript:alert(1)></iframe>",
    "</textarea><script>alert(1)</script>",
    "<a href=javascript:alert(1)>press</a>",
    "[press](javascript:alert(1)) ![p](https://evil.example/p.png)",
    "<img src=https://evil.example/p.png> https://evil.example",
    "${alert(1)} {{constructor.constructor('alert(1)')()}} `${window.alert(1)}`",
    "@children {{#each value}}x{{/each}} {{value}}",
    '__i18n__{"__type__": "translation_metadata", "key": "x"}',
    "</style><style>body{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<button class=act data-act=use data-n=1>x</button>",
    '=HYPERLINK("https://evil.example","press")',
    "=cmd|'/C calc'!A0",
)
ALL = " ".join(ATTACKS)
FORBIDDEN = "img, script, svg:not(.bars svg):not(.dropdown-arrow), iframe:not(.page), object, embed, form, [onerror], [onload], a[href^='javascript:']"


def draft_of(attack: str) -> str:
    return f"Objective: Win {attack}\nKR1: Win rate {attack} from 20% to 30%\nKR2: Create 3 {attack} battlecards\nKR3: NPS {attack} of 40"


@pytest.mark.parametrize("attack", [*ATTACKS[:1], *ATTACKS[9:12], ALL], ids=["img", "template", "handlebars", "i18n", "all"])
def test_hostile_drafts_do_nothing_but_be_shown(visit: Visit, attack: str) -> None:
    report = visit.review(draft_of(attack), company=attack, cycle=attack)
    report.wait_for()
    visit.page.wait_for_timeout(200)
    assert attack.split()[0] in report.locator(".objective").inner_text()
    assert report.locator("img, script, svg, iframe").count() == 0
    taken = report.locator("button.act:not(mark button)").first
    taken.click()
    visit.page.click("#review")
    visit.page.locator(".since").wait_for()
    assert visit.page.locator("#report, #ask").locator("img, script, iframe, a[href^='javascript:']").count() == 0


def test_every_other_field_of_every_tab_is_text_too(visit: Visit) -> None:
    page = visit.page
    visit.open("draft")
    for name in ("idea", "idea-company", "idea-team", "idea-cycle"):
        visit.box(name).fill(ALL if name != "idea" else f"win more deals {ALL}")
    page.click("#propose")
    page.locator("#drafts .draft, #drafts .refused").first.wait_for()
    visit.open("examples")
    visit.box("search").fill(ALL)
    page.get_by_role("button", name="Chercher").click()
    page.locator("#examples .cards > li").first.wait_for()
    visit.open("rules")
    visit.box("find-rule").fill(ALL[:150])
    page.get_by_text("Aucune règle ne dit cela").wait_for()
    for pane in ("#drafts", "#examples", "#rules"):
        assert page.locator(pane).locator("img, script, iframe, a[href^='javascript:']").count() == 0


def files_of_attacks(folder: Path) -> list[Path]:
    """Write the attacks into a file of every format that the form reads."""
    from docx import Document
    from openpyxl import Workbook

    rows = [("Team", "Objective", "Key result"), *((attack, f"Win {attack}", f"Create 3 {attack}") for attack in ATTACKS)]
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    text = "\n\n".join(draft_of(attack) for attack in ATTACKS)
    items = [{"team": team, "objective": objective, "key_results": [kr]} for team, objective, kr in rows[1:]]
    book = Workbook()
    for row in rows:
        book.active.append([cell if not cell.startswith("=") else "'" + cell for cell in row])
    book.save(folder / "a.xlsx")
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(folder / "a.docx")
    for name, written in (("a.csv", quoted), ("a.txt", text), ("a.md", text), ("a.json", json.dumps(items)), ("a.yaml", json.dumps(items))):
        (folder / name).write_text(written, "utf-8")
    return sorted(folder.glob("a.*"))


def test_hostile_files_of_every_format_do_nothing_but_be_shown(visit: Visit, tmp_path: Path) -> None:
    visit.open("quarter")
    visit.box("quarter-company").fill(ALL.replace(" ", "\n"))
    visit.box("quarter-cycle").fill(ALL[:150])
    visit.page.locator("#files input[type=file]").set_input_files([str(each) for each in files_of_attacks(tmp_path)])
    visit.page.locator("#files").get_by_text("a.yaml").first.or_(visit.page.locator("#files").get_by_text("yaml").first).wait_for()
    visit.page.click("#review-quarter")
    visit.page.locator("iframe.page").wait_for(timeout=120_000)
    report = visit.page.frame_locator("iframe.page")
    report.locator("#okr-table tbody").first.wait_for()
    assert report.locator("img, iframe, object, embed, a[href^='javascript:'], [onerror], [onload]").count() == 0
    assert report.locator("script").count() == 1
    visit.page.wait_for_timeout(200)


def test_a_browser_that_sends_nonsense_gets_no_further(address: str) -> None:
    from reviewer.web.examples_tab import _okr_number
    from reviewer.web.review_tab import _chosen
    from reviewer.web.reviewing import context_from, reviewed, seat

    desk = seat(reviewed(draft_of("deals"), context_from("", "", ""), ready=False), context_from("", "", ""), None)
    for sent in (
        None,
        [],
        {},
        {"act": "use"},
        {"act": "use", "n": "1"},
        {"act": "use", "n": 0},
        {"act": "use", "n": 10**9},
        {"act": "use-model", "n": 1},
    ):
        assert _chosen(desk, sent) is None
        assert _okr_number(sent) is None
    assert _chosen(None, {"act": "use", "n": 1}) is None
