"""The Quarter tab: files in, progress, the report with its charts, its files out, and nothing left behind."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from visiting import Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator

OKRS = """Team,Objective,Key result,Baseline,Target
PMM Enterprise,Win competitive deals,Win rate against Tessaly,28%,36%
PMM Enterprise,Win competitive deals,Create 3 battlecards,,
PMM SMB,Make onboarding obvious,Activation rate of new accounts,31%,45%
PMM SMB,Make onboarding obvious,NPS of 40,,
Partners,Partners sell with us,Partner-sourced pipeline from $200k to $500k,,
Partners,Partners sell with us,Win rate against Tessaly from 28% to 20%,,
"""
COMPANY = "Gain market share against Tessaly\nNRR from 104% to 112%"


@pytest.fixture
def okrs(tmp_path: Path) -> Path:
    file = tmp_path / "q4.csv"
    file.write_text(OKRS, "utf-8")
    return file


def report_of(visit: Visit, *files: Path) -> FrameLocator:
    """Upload files and ask for their review; gives the report's page."""
    visit.open("quarter")
    visit.box("quarter-company").fill(COMPANY)
    visit.page.locator("#files input[type=file]").set_input_files([str(each) for each in files])
    visit.page.locator("#files").get_by_text(files[-1].stem).first.wait_for()
    visit.page.click("#review-quarter")
    visit.page.locator("iframe.page").wait_for(timeout=60_000)
    return visit.page.frame_locator("iframe.page")


def uploads() -> list[Path]:
    """List what lies in the folder of uploads."""
    return [each for each in Path(os.environ["GRADIO_TEMP_DIR"]).rglob("q4.csv")]


def test_files_become_a_report_with_charts_a_table_that_filters_and_files_to_keep(visit: Visit, okrs: Path, tmp_path: Path) -> None:
    page = report_of(visit, okrs)
    assert "3 OKR relus." in visit.page.locator("#quarter-status").inner_text()
    assert "Tessaly" in page.locator(".heat").inner_text()
    assert page.locator(".bars svg").count() > 0
    table = page.locator("#okr-table tbody")
    assert table.count() == 3
    page.locator("#okr-controls select").first.select_option("PMM SMB")
    assert page.locator("#okr-table tbody:not([hidden])").count() == 1
    row = page.locator("#okr-table tbody:not([hidden])")
    row.locator("details.review summary").first.click()
    assert "NPS of 40" in row.inner_text()
    for kind, holds in (("xlsx", b"PK"), ("html", b"<!doctype html>"), ("json", b"{")):
        with visit.page.expect_download() as asked:
            visit.page.click(f"#download-{kind}")
        kept = tmp_path / asked.value.suggested_filename
        asked.value.save_as(kept)
        assert kept.suffix == f".{kind}"
        assert kept.read_bytes().startswith(holds)
    assert len(json.loads((tmp_path / "okr-review.json").read_text("utf-8"))["entries"]) == 3
    assert uploads() == []


def test_a_file_without_okrs_is_answered_in_words(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Lunch is at noon.", "utf-8")
    visit.open("quarter")
    visit.page.locator("#files input[type=file]").set_input_files(str(file))
    visit.page.locator("#files").get_by_text("notes").first.wait_for()
    visit.page.click("#review-quarter")
    visit.page.get_by_text("Aucun OKR trouvé dans ces fichiers").wait_for()
    assert visit.page.locator("iframe.page").count() == 0


def test_no_file_is_answered_in_words(visit: Visit) -> None:
    visit.open("quarter")
    visit.page.click("#review-quarter")
    visit.page.get_by_text("ajoutez d’abord un fichier").wait_for()


def test_programs_get_the_quarters_json(address: str, okrs: Path) -> None:
    from gradio_client import Client, handle_file

    data: dict[str, Any] = Client(address, verbose=False).predict([handle_file(okrs)], COMPANY, "2026-Q4", api_name="/quarter")
    assert {each["team"] for each in data["teams"]} == {"Partners", "PMM Enterprise", "PMM SMB"}
    assert {each["rule"] for each in data["findings"]} >= {"quarter-conflict"}
    assert uploads() == []


def test_who_has_to_wait_sees_their_place_in_their_language(browser: Browser, address: str, okrs: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    rows = [f"Team {n},Win deals in region {n},Win rate in region {n},{10 + n % 40}%,{55 + n % 40}%" for n in range(400)]
    many.write_text("\n".join(["Team,Objective,Key result,Baseline,Target", *rows]), "utf-8")
    with visiting(browser, address, fresh=True) as first, visiting(browser, address, fresh=True) as second:
        for visit, file in ((first, many), (second, okrs)):
            visit.open("quarter")
            visit.page.locator("#files input[type=file]").set_input_files(str(file))
            visit.page.locator("#files").get_by_text(file.stem).first.wait_for()
        first.page.click("#review-quarter")
        first.page.locator("#quarter-status progress").wait_for()
        second.page.click("#review-quarter")
        place = second.page.get_by_role("status").get_by_text("Place 1 sur 1 dans la file d’attente")
        place.wait_for()
        box = place.bounding_box()
        assert box and box["height"] >= 30 and box["y"] + box["height"] < 900, "it can be seen"
        second.page.locator("iframe.page").wait_for(timeout=60_000)
        assert not second.page.locator("#place").is_visible()
