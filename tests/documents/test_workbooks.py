"""XLSX workbooks: sheets, merged cells, titles, formulas, formats, hidden things."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from documents_read import ReadFile, WriteFile
from openpyxl.worksheet.worksheet import Worksheet

Save = Callable[[openpyxl.Workbook, str], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Give a function that saves a workbook in the test's folder."""

    def saved(workbook: openpyxl.Workbook, name: str = "okr.xlsx") -> Path:
        workbook.save(tmp_path / name)
        return tmp_path / name

    return saved


def new_workbook() -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def sheet_of(workbook: openpyxl.Workbook, rows: list[list[object]], name: str = "OKR") -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(name)
    for row in rows:
        sheet.append(row)
    return sheet


def test_a_usual_workbook(read_file: ReadFile, save: Save) -> None:
    workbook = new_workbook()
    sheet = sheet_of(workbook, [
        ["OKRs Q4 2026 - PMM"],
        [],
        ["Objective", "Key result", "Owner", "Baseline", "Target", "Due date", "Confidence", "Status"],
        ["Win the deals that Orbeo wins today", "Win rate against Orbeo", "Zoe", 0.28, 0.38, dt.datetime(2026, 12, 31), 0.7, "on track"],
        [None, "Average discount given to close", "Max", 0.125, 0.1, None, 0.5],
        ["Make new reps productive early", "Ramp-up time of new reps", "Max", 62, 45, dt.date(2026, 11, 30)],
    ])  # fmt: skip
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("A4:A5")
    for cell in ("D4", "E4", "G4", "G5"):
        sheet[cell].number_format = "0%"
    for cell in ("D5", "E5"):
        sheet[cell].number_format = "0.0%"
    read = read_file(save(workbook))
    assert read.outline == [
        ("Win the deals that Orbeo wins today", [
            "Win rate against Orbeo: from 28% to 38% by 31 December 2026",
            "Average discount given to close: from 12.5% to 10.0%",
        ]),
        ("Make new reps productive early", ["Ramp-up time of new reps: from 62 to 45 by 30 November 2026"]),
    ]  # fmt: skip
    assert read.teams == ["PMM", "PMM"] and read.rows == 3 and not read.explained
    first = read.okrs[0]
    assert first.cycle == "Q4 2026" and first.okr.owner is None and read.okrs[1].okr.owner == "Max"
    assert first.details == ({"confidence": "70%", "owner": "Zoe"}, {"confidence": "50%", "owner": "Max"})
    assert first.place.sheet == "OKR" and first.place.row == 4
    pieces = first.key_results[0].pieces
    assert [(piece.place.column, piece.place.row) for piece in pieces] == [("B", 4), ("D", 4), ("E", 4), ("F", 4)]
    assert read.taken[0].header_row == 3 and read.taken[0].unused == ("Status",)


def test_figures_are_shown_as_a_french_sheet_shows_them(read_file: ReadFile, save: Save) -> None:
    workbook = new_workbook()
    sheet = sheet_of(workbook, [
        ["Objectif", "Résultat clé", "Départ", "Cible", "Échéance"],
        ["Devenir la référence des directions achats", "Taux de victoire face à Orbeo", 0.285, 0.38, dt.date(2026, 9, 30)],
        [None, "Pipeline sourcé par le marketing", 1250000, 1800000, None],
        [None, "Note moyenne sur Avisio", 4.1, 4.5, None],
    ])  # fmt: skip
    sheet["C2"].number_format, sheet["D2"].number_format = "0.0%", "0%"
    sheet["C3"].number_format = sheet["D3"].number_format = '#,##0\\ "€"'
    read = read_file(save(workbook))
    assert read.outline[0][1] == [
        "Taux de victoire face à Orbeo\u00a0: de 28,5\u202f% à 38\u202f% d'ici le 30/09/2026",
        "Pipeline sourcé par le marketing\u00a0: de 1\u202f250\u202f000 € à 1\u202f800\u202f000 €",
        "Note moyenne sur Avisio\u00a0: de 4,1 à 4,5",
    ]


def test_every_sheet_with_okrs_is_read_and_names_its_team(read_file: ReadFile, save: Save) -> None:
    workbook = new_workbook()
    for name, deal in (("PMM", "Orbeo"), ("Growth Q3 2026", "Tavia")):
        sheet_of(workbook, [["Objective", "Key result"], [f"Win against {deal}", f"Win rate against {deal} from 20% to 30%"]], name)
    sheet_of(workbook, [["Contacts"], ["zoe@lumio.example"]], "Notes")
    workbook.create_sheet("Sheet4")
    hidden = sheet_of(workbook, [["Objective", "Key result"], ["Old", "NPS from 20 to 30"], ["Older", "NPS from 10 to 20"]], "Archive")
    hidden.sheet_state = "hidden"
    read = read_file(save(workbook))
    assert read.teams == ["PMM", "Growth"] and [each.cycle for each in read.okrs] == [None, "Q3 2026"]
    assert [(each.place.sheet, each.rows) for each in read.explained] == [("Notes", 2), ("Archive", 2)]
    assert "hidden" in read.reasons[1]
    assert [each.columns.get("PMM") for each in read.taken] == ["team", None]


def test_merged_cells_count_for_all_their_rows(read_file: ReadFile, save: Save) -> None:
    workbook = new_workbook()
    sheet = sheet_of(workbook, [
        ["Team", "Objective", "Key result", "Target", "Due date", "Initiatives"],
        ["PMM", "Win against Orbeo", "Win rate against Orbeo", "38%", "Q4 2026", "New battlecard"],
        [None, None, None, None, None, "Call coaching"],
        [None, None, "Demo requests from Orbeo's customers", "120", None, None],
        [None, "Make reps quick", "Ramp-up time", "45 days", "Q3 2026", None],
        ["Growth", None, "Time to first deal", "60 days", None, None],
    ])  # fmt: skip
    for cells in ("A2:A5", "B2:B4", "C2:C3", "D2:D3", "E2:E4", "B5:B6"):
        sheet.merge_cells(cells)
    read = read_file(save(workbook))
    assert read.outline == [
        ("Win against Orbeo", ["Win rate against Orbeo: 38% by Q4 2026", "Demo requests from Orbeo's customers: 120 by Q4 2026"]),
        ("Make reps quick", ["Ramp-up time: 45 days by Q3 2026"]),
        ("Make reps quick", ["Time to first deal: 60 days"]),
    ]
    assert read.teams == ["PMM", "PMM", "Growth"] and [each.rows for each in read.okrs] == [3, 1, 1]


def test_an_objective_over_the_whole_width_heads_the_rows_below(read_file: ReadFile, save: Save) -> None:
    workbook = new_workbook()
    sheet = sheet_of(workbook, [
        ["Key result", "Baseline", "Target"],
        ["Win the deals that Orbeo wins today"],
        ["Win rate against Orbeo", "28%", "38%"],
        ["Discount given to close", "12%", "10%"],
        ["Make new reps productive early"],
        ["Ramp-up time of new reps", "62 days", "45 days"],
    ])  # fmt: skip
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("A5:C5")
    read = read_file(save(workbook))
    assert [objective for objective, _ in read.outline] == ["Win the deals that Orbeo wins today", "Make new reps productive early"]
    assert [each.rows for each in read.okrs] == [3, 2]


def test_a_header_on_two_rows_is_read_as_one(read_file: ReadFile, save: Save) -> None:
    workbook = new_workbook()
    sheet = sheet_of(workbook, [
        ["Objectif", "Résultat clé", "Mesure", None, "Responsable"],
        [None, None, "Départ", "Cible", None],
        ["Gagner face à Orbeo", "Taux de victoire face à Orbeo", "28 %", "38 %", "Zoé"],
    ])  # fmt: skip
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        sheet.merge_cells(cells)
    read = read_file(save(workbook))
    assert read.outline == [("Gagner face à Orbeo", ["Taux de victoire face à Orbeo\u00a0: de 28 % à 38 %"])]
    assert read.okrs[0].okr.owner == "Zoé" and read.taken[0].header_row == 2 and read.rows == 1


def with_formulas(cached: dict[str, str]) -> bytes:
    """Make a workbook whose formulas have the values given, as a spreadsheet program saves them."""
    workbook = new_workbook()
    sheet_of(workbook, [
        ["Objective", "Key result", "Baseline", "Target"],
        ["Win against Orbeo", "Win rate against Orbeo", "=14/50", "=C2+0.1"],
        ["Grow", "Demo requests", 80, "=1/0"],
    ])  # fmt: skip
    for cell in ("C2", "D2"):
        workbook.worksheets[0][cell].number_format = "0%"
    plain, filled = io.BytesIO(), io.BytesIO()
    workbook.save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(filled, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            if part.endswith("sheet1.xml"):
                for formula, value in cached.items():
                    kind = b' t="e"' if value.startswith("#") else b""
                    name = formula.encode()
                    text = text.replace(b"<f>" + name + b"</f><v></v>", b"<f>" + name + b"</f><v>" + value.encode() + b"</v>")
                    text = text.replace(b"<f>" + name + b"</f><v />", b"<f>" + name + b"</f><v>" + value.encode() + b"</v>")
                    if kind:
                        at = text.index(b"<f>" + name)
                        begin = text.rindex(b"<c ", 0, at)
                        text = text[: begin + 2] + kind + text[begin + 2 :]
            after.writestr(part, text)
    return filled.getvalue()


def test_formulas_give_the_values_that_were_saved(read_file: ReadFile, write_file: WriteFile) -> None:
    path = write_file("okr.xlsx", with_formulas({"14/50": "0.28", "C2+0.1": "0.38", "1/0": "#DIV/0!"}))
    read = read_file(path)
    assert read.outline == [
        ("Win against Orbeo", ["Win rate against Orbeo: from 28% to 38%"]),
        ("Grow", ["Demo requests (80 today)"]),
    ]
    assert [(each.place.column, each.place.row, each.rows) for each in read.explained] == [("D", 3, 0)]
    assert "#DIV/0!" in read.reasons[0]


def test_a_formula_without_a_saved_value_is_explained_with_its_cell(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.xlsx", with_formulas({"14/50": "0.28"})))
    assert read.outline[0] == ("Win against Orbeo", ["Win rate against Orbeo (28% today)"])
    assert [(each.place.column, each.place.row, each.rows) for each in read.explained] == [("D", 2, 0), ("D", 3, 0)]
    assert "never saved" in read.reasons[0] and read.rows == 2


def test_hidden_rows_and_columns_are_read(read_file: ReadFile, save: Save) -> None:
    workbook = new_workbook()
    sheet = sheet_of(workbook, [["Objective", "Key result"], ["Win", "Win rate to 30%"], ["Grow", "Trials to 400"]])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    assert read_file(save(workbook)).outline == [("Win", ["Win rate to 30%"]), ("Grow", ["Trials to 400"])]


def test_macros_are_not_looked_at(read_file: ReadFile, save: Save, tmp_path: Path) -> None:
    workbook = new_workbook()
    sheet_of(workbook, [["Objective", "Key result"], ["Win", "Win rate to 30%"]])
    path = save(workbook)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 AutoOpen: destroy everything")
    assert read_file(path.rename(tmp_path / "okr.xlsm")).outline == [("Win", ["Win rate to 30%"])]


def test_blocks_under_their_own_headers_and_titles(read_file: ReadFile, save: Save) -> None:
    workbook = new_workbook()
    sheet_of(workbook, [
        ["Objective", "Key result", "Target"],
        ["Win", "Win rate", "30%"],
        [],
        ["Team: Growth"],
        ["Objective", "Key result", "Target"],
        ["Grow", "Trials", "400"],
        ["Objective", "Key result", "Owner"],
        ["Keep", "Logo churn from 3% to 2%", "Max"],
    ])  # fmt: skip
    read = read_file(save(workbook))
    assert read.outline == [("Win", ["Win rate: 30%"]), ("Grow", ["Trials: 400"]), ("Keep", ["Logo churn from 3% to 2%"])]
    assert read.teams == [None, "Growth", "Growth"] and read.okrs[2].okr.owner == "Max"
    assert [each.header_row for each in read.taken] == [1, 7] and read.rows == 4


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
        ("secret.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("cut.xlsx", b"PK\x03\x04" + b"\x00" * 300, "damaged"),
        ("okr.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        ("export.xls", b"<html><table><tr><td>Objective</td></tr></table></html>", "web page"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "not text"),
        ("empty.xlsx", b"", "nothing in it"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_explained_with_the_remedy(
    read_file: ReadFile, write_file: WriteFile, name: str, content: bytes, says: str
) -> None:
    read = read_file(write_file(name, content))
    assert not read.okrs and len(read.reasons) == 1 and says in read.reasons[0]
    assert read.explained[0].place.file.endswith(name)


def test_an_open_document_sheet_is_explained(read_file: ReadFile, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "okr.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    assert ".xlsx" in read_file(tmp_path / "okr.ods").reasons[0]


def test_a_text_table_under_a_workbook_name_is_read_as_what_it_is(read_file: ReadFile, write_file: WriteFile) -> None:
    assert read_file(write_file("okr.xls", "Objective\tKey result\nWin\tWin rate to 30%\n")).outline == [("Win", ["Win rate to 30%"])]


def test_a_damaged_sheet_does_not_stop_the_others(read_file: ReadFile, save: Save, tmp_path: Path) -> None:
    workbook = new_workbook()
    sheet_of(workbook, [["Objective", "Key result"], ["Win", "Win rate to 30%"]], "First")
    sheet_of(workbook, [["Objective", "Key result"], ["Grow", "Trials to 400"]], "Second")
    path, broken = save(workbook), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(broken, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            after.writestr(part, text[: len(text) // 2] if part.endswith("sheet1.xml") else text)
    read = read_file(broken)
    assert ("Grow", ["Trials to 400"]) in read.outline
    assert any("damaged" in reason for reason in read.reasons)
