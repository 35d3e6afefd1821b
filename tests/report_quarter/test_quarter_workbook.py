"""The author's own workbook comes back with verdicts, comments and a summary, and nothing lost."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from quarter_samples import FRENCH, FRENCH_GOALS, quarter_of, table_of, with_unread_cells

from reviewer import review_quarter
from reviewer.errors import ReviewerError
from reviewer.quarter import QuarterReview
from reviewer.report.quarter import write_workbook


def authored(path: Path) -> Workbook:
    """Make the workbook of an author: styles, formulas, merged cells, a second sheet, a note, validation."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "T4"
    for row in table_of(FRENCH):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="224466")
    sheet["E1"] = "Suivi"
    sheet["E2"] = '=CONCATENATE(A2,"-",B2)'
    sheet.merge_cells("C2:C4")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = "A1:E9"
    sheet["D3"].comment = Comment("À revoir avec Salomé", "Inès")
    sheet.column_dimensions["C"].width = 61.5
    sheet.conditional_formatting.add("E2:E9", CellIsRule(operator="equal", formula=['"x"'], font=Font(bold=True)))
    validation = DataValidation(type="list", formula1='"Vert,Rouge"')
    validation.add("F2:F9")
    sheet.add_data_validation(validation)
    other = book.create_sheet("Budget")
    other["A1"], other["A2"], other["A3"] = 10, 32, "=SUM(A1:A2)"
    other.sheet_state = "hidden"
    book.save(path)
    return book


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """An author's workbook on disk."""
    path = tmp_path / "okrs-t4.xlsx"
    authored(path)
    return path


def look_of(sheet: Any, columns: int) -> list[Any]:
    """Give everything a reader sees of a sheet, but for comments."""
    cells = [
        (cell.coordinate, cell.value, cell.font.b, cell.font.color and cell.font.color.rgb, cell.fill.fgColor.rgb, cell.number_format)
        for row in sheet.iter_rows(max_col=columns)
        for cell in row
        if cell.value is not None
    ]
    widths = {letter: held.width for letter, held in sheet.column_dimensions.items() if letter in "ABCDE"}
    rules = [(str(held.sqref), [rule.type for rule in held.rules]) for held in sheet.conditional_formatting]
    listed = [(str(each.sqref), each.formula1) for each in sheet.data_validations.dataValidation]
    return [cells, widths, str(sheet.merged_cells), sheet.freeze_panes, sheet.auto_filter.ref, sheet.sheet_state, rules, listed]


def test_the_authors_workbook_is_untouched_but_for_a_column_comments_and_a_sheet(original: Path, tmp_path: Path) -> None:
    review = quarter_of(FRENCH, FRENCH_GOALS, "fr", str(original))
    bytes_before = original.read_bytes()
    notes = write_workbook(review, None, original, tmp_path / "relu.xlsx")
    before, after = load_workbook(original), load_workbook(tmp_path / "relu.xlsx")
    assert original.read_bytes() == bytes_before
    assert after.sheetnames == ["T4", "Budget", "Revue OKR"]
    assert look_of(after["T4"], 5) == look_of(before["T4"], 5)
    assert look_of(after["Budget"], 1) == look_of(before["Budget"], 1)
    assert len(notes) == 1 and "Rien d’autre n’a changé" in notes[0]


def test_verdicts_stand_in_the_row_where_each_okr_begins(original: Path, tmp_path: Path) -> None:
    write_workbook(quarter_of(FRENCH, FRENCH_GOALS, "fr", str(original)), None, original, tmp_path / "relu.xlsx")
    sheet = load_workbook(tmp_path / "relu.xlsx")["T4"]
    told = {row: sheet.cell(row, 7).value for row in range(1, 10) if sheet.cell(row, 7).value}
    assert told == {1: "Verdict", 2: "! À revoir", 5: "✕ À repenser", 7: "✓ Prêt", 9: "non relu"}


def test_the_verdict_column_looks_like_the_authors_and_nothing_of_theirs_acts_on_it(original: Path, tmp_path: Path) -> None:
    """The validation of F2:F9 stays theirs; the verdicts stand in G."""
    write_workbook(quarter_of(FRENCH, FRENCH_GOALS, "fr", str(original)), None, original, tmp_path / "relu.xlsx")
    sheet = load_workbook(tmp_path / "relu.xlsx")["T4"]
    assert sheet["G1"].value == "Verdict" and sheet["G2"].fill.fgColor.rgb == "00FDF3DC"
    assert sheet["F1"].value is None and [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["F2:F9"]


@pytest.mark.parametrize("hidden", [True, False])
def test_a_verdict_is_seen_where_the_author_hid_or_sized_all_the_columns_at_once(hidden: bool, tmp_path: Path) -> None:
    path = tmp_path / "okrs-t4.xlsx"
    book = authored(path)
    sheet = book["T4"]
    del sheet.data_validations.dataValidation[:]
    wide = sheet.column_dimensions["E"]
    wide.min, wide.max, wide.hidden, wide.width = 5, 16_384, hidden, 9.5
    sheet["E1"].font, sheet["E1"].fill = Font(italic=True), PatternFill("solid", fgColor="113355")
    book.save(path)
    write_workbook(quarter_of(FRENCH, FRENCH_GOALS, "fr", str(path)), None, path, tmp_path / "relu.xlsx")
    after = load_workbook(tmp_path / "relu.xlsx")["T4"]
    stretches = sorted((each.min, each.max, each.hidden, each.width) for each in after.column_dimensions.values())
    assert stretches[-3:] == [(5, 5, hidden, 9.5), (6, 6, False, 14), (7, 16_384, hidden, 9.5)]
    assert after["F1"].value == "Verdict" and after["F1"].font.i and after["F1"].fill.fgColor.rgb == "00113355"


def test_a_comment_names_the_words_and_keeps_what_the_author_had_noted(original: Path, tmp_path: Path) -> None:
    write_workbook(quarter_of(FRENCH, FRENCH_GOALS, "fr", str(original)), None, original, tmp_path / "relu.xlsx")
    sheet = load_workbook(tmp_path / "relu.xlsx")["T4"]
    comments = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert (
        comments["D3"].startswith("À revoir avec Salomé\n\n✕ Bloquant") and "«\u00a0Créer 3 nouvelles battlecards\u00a0»" in comments["D3"]
    )
    assert "«\u00a08/10\u00a0»" in comments["D4"] and "→" in comments["D4"]
    assert "D2" not in comments and "D7" not in comments


def test_a_cell_that_could_not_be_read_is_noted_and_its_row_keeps_its_verdict(original: Path, tmp_path: Path) -> None:
    reason = "La cellule contient une formule dont le résultat n’a jamais été enregistré."
    review = with_unread_cells(quarter_of(FRENCH, FRENCH_GOALS, "fr"), (2, 3), reason)
    write_workbook(review, None, original, tmp_path / "relu.xlsx")
    sheet = load_workbook(tmp_path / "relu.xlsx")["T4"]
    assert sheet["E2"].comment.text == sheet["E3"].comment.text == reason and sheet["E2"].data_type == "f"
    assert (sheet["G2"].value, sheet["G3"].value) == ("! À revoir", None)


def test_a_workbook_of_its_own_names_the_row_of_each_key_result(tmp_path: Path, french_quarter: QuarterReview) -> None:
    write_workbook(french_quarter, None, None, tmp_path / "relu.xlsx")
    rows = [*load_workbook(tmp_path / "relu.xlsx")["OKR"].iter_rows(min_row=2, values_only=True)]
    assert [(row[0], row[9]) for row in rows[:5]] == [("! À revoir", 2), (None, 2), (None, 3), (None, 4), ("✕ À repenser", 5)]


def test_a_copy_in_a_folder_is_known_by_the_path_from_it(original: Path, tmp_path: Path) -> None:
    write_workbook(quarter_of(FRENCH, FRENCH_GOALS, "fr", "okrs-t4.xlsx"), None, original, tmp_path / "relu.xlsx")
    assert load_workbook(tmp_path / "relu.xlsx")["T4"]["G2"].value == "! À revoir"


def test_okrs_of_other_files_get_a_sheet_of_their_own(original: Path, tmp_path: Path) -> None:
    review = quarter_of(FRENCH, FRENCH_GOALS, "fr", "autre.csv", None)
    write_workbook(review, None, original, tmp_path / "relu.xlsx")
    book = load_workbook(tmp_path / "relu.xlsx")
    assert book.sheetnames == ["T4", "Budget", "Revue OKR", "OKR"]
    assert book["T4"].max_column == 5
    assert [row[4] for row in book["OKR"].iter_rows(min_row=2, max_row=4, values_only=True)] == [None, *FRENCH[0].key_results[:2]]


def test_a_workbook_with_a_chart_is_left_alone_and_the_reason_said(tmp_path: Path) -> None:
    path = tmp_path / "okrs-t4.xlsx"
    book = authored(path)
    chart = BarChart()
    chart.add_data(Reference(book["Budget"], min_col=1, min_row=1, max_row=2))
    book["Budget"].add_chart(chart, "C1")
    book.save(path)
    (note,) = write_workbook(quarter_of(FRENCH, FRENCH_GOALS, "fr", str(path)), None, path, tmp_path / "relu.xlsx")
    assert "ses graphiques, images ou formes y seraient perdus" in note
    assert load_workbook(tmp_path / "relu.xlsx").sheetnames == ["Revue OKR", "OKR"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/pivotTables/pivotTable1.xml", "tableaux croisés"),
        ("xl/threadedComments/threadedComment1.xml", "fils de commentaires"),
        ("xl/ctrlProps/ctrlProp1.xml", "boutons"),
        ("xl/metadata.xml", "matricielles dynamiques"),
        ("customXml/item1.xml", "customXml/item1.xml"),
    ],
)
def test_a_part_that_would_be_lost_keeps_the_workbook_from_being_written_again(
    part: str, said: str, original: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(original, "a") as package:
        package.writestr(part, b"x")
    (note,) = write_workbook(quarter_of(FRENCH, FRENCH_GOALS, "fr", str(original)), None, original, tmp_path / "relu.xlsx")
    assert said in note and "Il reste tel quel" in note


@pytest.mark.parametrize(
    ("element", "said"),
    [
        (b"<extLst><ext/></extLst>", "sparkline"),
        (b'<protectedRanges><protectedRange sqref="A1" name="a"/></protectedRanges>', "protectedRanges"),
        (b"<customSheetViews/>", "customSheetViews"),
        (b'<cellWatches><cellWatch r="A1"/></cellWatches>', "cellWatches"),
    ],
)
def test_what_openpyxl_reads_past_inside_a_sheet_is_not_lost(element: bytes, said: str, original: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(original) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            held = before.read(name)
            after.writestr(name, held.replace(b"</worksheet>", element + b"</worksheet>") if name.endswith("sheet1.xml") else held)
    (note,) = write_workbook(quarter_of(FRENCH, FRENCH_GOALS, "fr", str(changed)), None, changed, tmp_path / "relu.xlsx")
    assert said in note and load_workbook(tmp_path / "relu.xlsx").sheetnames == ["Revue OKR", "OKR"]


def test_a_broken_workbook_still_gives_a_review(tmp_path: Path, french_quarter: QuarterReview) -> None:
    path = tmp_path / "okrs-t4.xlsx"
    path.write_bytes(b"PK not a workbook")
    (note,) = write_workbook(french_quarter, None, path, tmp_path / "relu.xlsx")
    assert "n’a pas pu être rouvert" in note
    assert load_workbook(tmp_path / "relu.xlsx").sheetnames == ["Revue OKR", "OKR"]


def test_the_original_is_never_the_target(original: Path, french_quarter: QuarterReview) -> None:
    with pytest.raises(ReviewerError, match="okrs-t4.xlsx"):
        write_workbook(french_quarter, None, original, original.parent / "." / "okrs-t4.xlsx")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, french_quarter: QuarterReview) -> None:
    with pytest.raises(ReviewerError, match="nulle-part"):
        write_workbook(french_quarter, None, None, tmp_path / "nulle-part" / "relu.xlsx")


def test_the_summary_counts_teams_in_alphabetical_order(tmp_path: Path, french_quarter: QuarterReview) -> None:
    assert write_workbook(french_quarter, iter(french_quarter.entries), None, tmp_path / "relu.xlsx") == ()
    rows = [[value for value in row if value is not None] for row in load_workbook(tmp_path / "relu.xlsx")["Revue OKR"].values]
    at = rows.index(["Remarques par équipe"])
    assert [row[0] for row in rows[at + 2 : at + 5]] == ["PMM Croissance", "PMM Marque", "PMM Produit"]
    assert ["okrs-t4.xlsx, feuille T4, ligne 9", "ligne sans objectif ni résultat clé"] in rows


def test_hostile_words_in_the_authors_workbook_act_nowhere(original: Path, tmp_path: Path) -> None:
    review = quarter_of(FRENCH, FRENCH_GOALS, "fr", str(original))
    data = review.model_dump(mode="json")
    for finding in data["entries"][0]["review"]["findings"]:
        finding["message"] = finding["quote"] = '=HYPERLINK("http://evil.example")\x1b\u202e'
    data["findings"][0]["message"] = "=1+1"
    write_workbook(QuarterReview.model_validate(data), None, original, tmp_path / "relu.xlsx")
    book = load_workbook(tmp_path / "relu.xlsx")
    formulas = {f"{sheet.title}!{cell.coordinate}" for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas == {"T4!E2", "Budget!A3"}
    assert "\x1b" not in book["T4"]["D4"].comment.text and "\u202e" not in book["T4"]["D4"].comment.text


def test_okrs_that_share_a_row_of_a_table_on_its_side_each_have_their_verdict(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Objective", "Become the name buyers bring up first", "Make the pricing page worth the visit"],
        ["Team", "Brand", "Web"],
        ["KR1", "Publish 6 opinion pieces", "Raise the demo request rate of the pricing page from 2.1% to 3.5% by 15 December"],
        ["KR2", "Launch the podcast", "Cut the exit rate of the pricing page from 61% to 45% by 15 December"],
    ):
        sheet.append(row)
    path, target = tmp_path / "side.xlsx", tmp_path / "back.xlsx"
    book.save(path)
    review = review_quarter(path, examples=0)
    write_workbook(review, None, path, target)
    back = load_workbook(target).worksheets[0]
    texts = [str(cell.value) for row in back.iter_rows() for cell in row if cell.value is not None]
    (both,) = [text for text in texts if text.startswith("B: ")]
    assert "Rethink" in both and "C: " in both and "Ready" in both
