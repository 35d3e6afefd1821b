"""Tables as people really lay them out: on their side, side by side, key results that name their objective, notes below."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from documents_read import ReadFile, WriteFile

WON = ["Win rate from 28% to 38%", "Sales cycle from 94 to 80 days"]
KNOWN = ["Unaided recall from 9% to 14%", "Share of search from 21% to 26%"]


def csv(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def saved(path: Path, **sheets: list[list[object]]) -> Path:
    """Save a workbook with these sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def test_a_table_on_its_side_has_an_okr_in_each_column(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        ",PMM,Brand",
        "Objective,Win the mid-market,Be the name buyers mention",
        *[f"KR{number},{one},{other}" for number, one, other in zip((1, 2), WON, KNOWN, strict=True)],
        "Owner,Lea,Ana",
    )
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [("Win the mid-market", WON), ("Be the name buyers mention", KNOWN)]
    assert read.teams == ["PMM", "Brand"] and [each.okr.owner for each in read.okrs] == ["Lea", "Ana"]
    assert [(each.place.row, each.place.column) for each in read.okrs] == [(2, "B"), (2, "C")]
    assert [(piece.place.row, piece.place.column) for each in read.okrs[1].key_results for piece in each.pieces] == [(3, "C"), (4, "C")]


def test_rows_that_name_themselves_with_an_owner_beside_are_not_on_their_side(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Objective,Win the mid-market,Lea Martin", *[f"KR{number},{one},Tom Diaz" for number, one in zip((1, 2), WON, strict=True)])
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [("Win the mid-market", WON)] and read.taken[0].unused == ("C",)


def test_tables_side_by_side_are_read_each_by_itself(read_file: ReadFile, tmp_path: Path) -> None:
    header = ["Objective", "Key result"]
    rows: list[list[object]] = [["OKRs Q4 2026"], [*header, None, *header]]
    rows += [["Win the mid-market", WON[0], None, "Be the name buyers mention", KNOWN[0]], [None, WON[1], None, None, KNOWN[1]]]
    read = read_file(saved(tmp_path / "okr.xlsx", OKR=rows))
    assert read.outline == [("Win the mid-market", WON), ("Be the name buyers mention", KNOWN)]
    assert [each.cycle for each in read.okrs] == ["Q4 2026"] * 2 and read.rows == 4
    assert [each.key_results[1].pieces[0].place.column for each in read.okrs] == ["B", "E"]


@pytest.mark.parametrize(
    ("header", "parents"),
    [
        ("Name,Type,Parent,Team", ("Win the mid-market (https://okr.example/1)", "Be known (https://okr.example/2)")),
        ("Name,Type,Parent ID,Team,ID", ("1", "2")),
    ],
)
def test_key_results_belong_to_the_objective_they_name(
    read_file: ReadFile, write_file: WriteFile, header: str, parents: tuple[str, str]
) -> None:
    text = csv(
        header,
        "Win the mid-market,Objective,,PMM,1",
        "Be known,Objective,,Brand,2",
        f"{WON[0]},Key result,{parents[0]},Sales,3",
        f"{KNOWN[0]},Key result,{parents[1]},,4",
        f"{WON[1]},Key result,{parents[0]},PMM,5",
        f"{KNOWN[1]},Key result,{parents[1]},Brand,6",
        "Churn from 3% to 2%,Key result,Keep everyone,PMM,7",
        "NPS from 32 to 45,Key result,,PMM,8",
    )
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [("Win the mid-market", WON), ("Be known", KNOWN)] and read.teams == ["PMM", "Brand"]
    assert [each.place.row for each in read.explained] == [8, 9] and read.rows == 8
    assert "Keep everyone" in read.reasons[0] and "which objective" in read.reasons[1]


def test_company_objectives_are_what_the_rows_below_contribute_to(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        "Type,Title", "Company objective,Grow mid-market ARR", "Objective,Win the mid-market", f"Key result,{WON[0]}",
        "Company objective,Be a brand", "Objective,Be known", f"Key result,{KNOWN[0]}",
    )  # fmt: skip
    read = read_file(write_file("okr.csv", text))
    assert [each.okr.contributes_to for each in read.okrs] == ["Grow mid-market ARR", "Be a brand"] and read.rows == 6


def test_labels_beside_their_words_name_team_and_owner_too(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        "Équipe;PMM", "Trimestre;T4 2026", "Objectif;Gagner le mid-market", "KR1;Taux de victoire de 28 % à 38 %", "Responsable;Inès", "",
        "Équipe;Marque", "Trimestre;T4 2026", "Objectif;Être cités en premier", "KR1;Citation spontanée de 9 % à 14 %", "Responsable;Ana",
    )  # fmt: skip
    read = read_file(write_file("okr.csv", text))
    assert read.teams == ["PMM", "Marque"] and [each.okr.owner for each in read.okrs] == ["Inès", "Ana"]
    assert [each.cycle for each in read.okrs] == ["T4 2026"] * 2 and not read.explained and read.rows == 10


def test_what_stands_under_a_table_is_no_objective(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Objectif;Résultat clé;Cible", "Gagner le mid-market;Taux de victoire;38 %", "Total;;", "Légende : vert = en bonne voie;;")
    read = read_file(write_file("okr.csv", text))
    assert [objective for objective, _ in read.outline] == ["Gagner le mid-market"]
    assert [each.place.row for each in read.explained] == [3, 4]


def test_an_objective_is_the_same_however_it_is_numbered(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Objective,Key result", f"O1. Win the mid-market,{WON[0]}", f"O1 - Win the mid-market ,{WON[1]}", f"O2: Be known,{KNOWN[0]}")
    assert read_file(write_file("okr.csv", text)).outline == [("Win the mid-market", WON), ("Be known", KNOWN[:1])]


def test_objectives_in_letters_that_have_no_plain_form_stay_apart(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(
        write_file("okr.csv", csv("Objective,Key result", f"!!!,{WON[0]}", f"???!,{WON[1]}", f"Расти,{KNOWN[0]}", f"勝つ,{KNOWN[1]}"))
    )
    assert len(read.okrs) == 4


def test_a_sheet_of_explanations_is_not_guessed_at_beside_sheets_with_headers(read_file: ReadFile, tmp_path: Path) -> None:
    notes: list[list[object]] = [["Comment remplir ce fichier"], ["De 2 à 4 résultats clés par objectif"], ["Exemple : NPS de 32 à 45"]]
    rows: list[list[object]] = [["Objectif", "Résultat clé"], ["Gagner le mid-market", "Taux de victoire de 28 % à 38 %"]]
    read = read_file(saved(tmp_path / "okr.xlsx", Consignes=notes, PMM=rows))
    assert read.outline == [("Gagner le mid-market", ["Taux de victoire de 28 % à 38 %"])]
    assert [(each.place.sheet, each.rows) for each in read.explained] == [("Consignes", 3)]


def test_measures_before_two_columns_of_figures_are_key_results_without_a_header(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        "PMM,Win the mid-market,Win rate,28%,38%", "PMM,Win the mid-market,Sales cycle,94 days,80 days", "Brand,Be known,Unaided recall,9%,14%",
    )  # fmt: skip
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [
        ("Win the mid-market", ["Win rate: from 28% to 38%", "Sales cycle: from 94 days to 80 days"]), ("Be known", ["Unaided recall: from 9% to 14%"]),
    ]  # fmt: skip
    assert read.teams == ["PMM", "Brand"]


def test_a_price_list_is_not_taken_for_okrs(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Office,Blue pens with cap,1.20,1.40", "Office,Red pens with cap,1.30,1.50", "Kitchen,Large white cups,2.10,2.40")
    read = read_file(write_file("prices.csv", text))
    assert not read.okrs and read.rows == 3
