"""CSV and TSV in every separator, encoding and layout that spreadsheets write them in."""

from __future__ import annotations

import pytest
from documents_read import ReadFile, WriteFile

WON = "Win the deals that Orbeo wins today"
LOVED = "Être compris en une minute par les directions achats"

FRENCH = [
    ["Équipe", "Objectif", "Résultat clé", "Départ", "Cible", "Unité", "Échéance"],
    ["PMM", LOVED, "Score de clarté de la page tarifs", "5,5", "8", "", "30/09/2026"],
    ["", "", "Taux d'activation à 7 jours", "35", "50", "%", ""],
]
FRENCH_TEXT = (
    LOVED,
    [
        "Score de clarté de la page tarifs\u00a0: de 5,5 à 8 d'ici le 30/09/2026",
        "Taux d'activation à 7 jours\u00a0: de 35\u202f% à 50\u202f%",
    ],
)


def table(rows: list[list[str]], separator: str) -> str:
    return "".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) + "\r\n" for row in rows)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_separator_in_every_encoding(read_file: ReadFile, write_file: WriteFile, separator: str, encoding: str) -> None:
    path = write_file("okr.csv", table(FRENCH, separator).encode(encoding))
    read = read_file(path)
    assert read.outline == [FRENCH_TEXT]
    assert read.teams == ["PMM"] and read.rows == 2
    assert read.taken[0].columns == {
        "Équipe": "team", "Objectif": "objective", "Résultat clé": "key_result", "Départ": "baseline", "Cible": "target",
        "Unité": "unit", "Échéance": "due_date",
    }  # fmt: skip
    assert read.taken[0].header_row == 1


def test_a_separator_line_of_excel_is_followed(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.csv", "sep=;\nObjective;Key result\nWin, at last;Win rate from 20% to 30%\n"))
    assert read.outline == [("Win, at last", ["Win rate from 20% to 30%"])]
    assert read.taken[0].header_row == 1


def test_decimal_commas_are_no_separators(read_file: ReadFile, write_file: WriteFile) -> None:
    text = "Résultat clé;Départ;Cible\nCoût par lead qualifié;120,50;90,00\nNote moyenne sur Avisio;4,1;4,5\nTaux de churn;3,2;2,5\n"
    assert read_file(write_file("okr.csv", text)).outline == [
        ("", [
            "Coût par lead qualifié\u00a0: de 120,50 à 90,00", "Note moyenne sur Avisio\u00a0: de 4,1 à 4,5",
            "Taux de churn\u00a0: de 3,2 à 2,5",
        ])
    ]  # fmt: skip


def test_quoted_line_ends_and_quotes_belong_to_their_cell(read_file: ReadFile, write_file: WriteFile) -> None:
    text = 'Objective,Key result,Target\n"Win the ""big"" deals,\nall of them","Win rate\nagainst Orbeo",30%\n,"NPS, mid-market",40\n'
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [('Win the "big" deals,\nall of them', ["Win rate\nagainst Orbeo: 30%", "NPS, mid-market: 40"])]
    assert [each.pieces[0].place.row for each in read.okrs[0].key_results] == [2, 3]


def test_ragged_rows_and_titles_above_the_header(read_file: ReadFile, write_file: WriteFile) -> None:
    text = "OKRs Q4 2026 - PMM\n\nas agreed on Monday,,\nObjective,Key result,Target\nWin,Win rate,30%,,,\n,Demo requests\nGrow,Trials,400,x,y\n"
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [("Win", ["Win rate: 30%", "Demo requests"]), ("Grow", ["Trials: 400"])]
    assert read.teams == ["PMM", "PMM"] and {each.cycle for each in read.okrs} == {"Q4 2026"}
    assert read.taken[0].header_row == 4 and read.rows == 3


def test_no_header_at_all_is_guessed_and_said(read_file: ReadFile, write_file: WriteFile) -> None:
    rows = [
        "PMM;Win the deals that Orbeo wins today;Win rate against Orbeo from 28% to 38%;28%;38%;2026-09-30",
        "PMM;Win the deals that Orbeo wins today;Average sales cycle from 62 to 50 days;62;50;2026-09-30",
        "Growth;Make the site our best seller;Demo requests from 80 to 120 a month;80;120;2026-12-31",
    ]
    read = read_file(write_file("okr.csv", "\n".join(rows)))
    assert [objective for objective, _ in read.outline] == ["Win the deals that Orbeo wins today", "Make the site our best seller"]
    assert read.teams == ["PMM", "Growth"]
    assert read.taken[0].header_row is None
    assert read.taken[0].columns == {
        "A": "team", "B": "objective", "C": "key_result", "D": "baseline", "E": "target", "F": "due_date",
    }  # fmt: skip
    assert read.outline[0][1][0] == "Win rate against Orbeo from 28% to 38% by 2026-09-30"


def test_a_table_of_something_else_is_explained_and_counted(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("stock.csv", "Produit;Prix;Stock\nChaise;45,00;12\nTable;120,00;3\n\nLampe;30,00;7\n"))
    assert not read.okrs and read.rows == 4 and len(read.explained) == 1
    assert "Produit, Prix, Stock" in read.reasons[0] and "--map" in read.reasons[0]


def test_an_open_quote_costs_its_own_row_only(read_file: ReadFile, write_file: WriteFile) -> None:
    rows = [f"Win deal {number},Win rate from {number}% to 60%,PMM" for number in range(1, 9)]
    rows[2] = '"Win deal 3,Win rate from 3% to 60%,PMM'
    rows[5] = '"Win, deal 6",Win rate from 6% to 60%,PMM'
    read = read_file(write_file("okr.csv", "Objective,Key result,Team\n" + "\n".join(rows) + "\n"))
    assert [each.place.row for each in read.explained] == [4]
    assert "quotation mark" in read.reasons[0]
    assert [objective for objective, _ in read.outline] == [
        "Win deal 1", "Win deal 2", "Win deal 4", "Win deal 5", "Win, deal 6", "Win deal 7", "Win deal 8"
    ]  # fmt: skip
    assert read.rows == 8


def test_a_wide_row_of_cells_with_line_ends_is_one_row(read_file: ReadFile, write_file: WriteFile) -> None:
    text = 'Objective,Key result,Target\nWin,Win rate,30%\n,"- Trials to 400\n- Paid accounts to 40",,"\n"\n'
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [("Win", ["Win rate: 30%", "Trials to 400", "Paid accounts to 40"])] and read.rows == 2


def test_an_open_quote_on_the_last_row_is_explained(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.csv", 'Objective,Key result\nWin,Win rate from 20% to 30%\n"Grow,Trials from 20 to 30'))
    assert read.outline == [("Win", ["Win rate from 20% to 30%"])]
    assert [each.place.row for each in read.explained] == [3] and read.rows == 2


def test_old_mac_line_ends_are_line_ends(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.csv", "Objective,Key result\rWin,Win rate from 20% to 30%\r"))
    assert read.outline == [("Win", ["Win rate from 20% to 30%"])]


def test_a_late_accent_in_windows_1252_is_read(read_file: ReadFile, write_file: WriteFile) -> None:
    rows = "".join(f"Win {n},Win rate from {n % 50}% to 60%\n" for n in range(8_000))
    read = read_file(
        write_file("okr.csv", ("Objective,Key result\n" + rows + "Être là,Délai de réponse de 9 à 5 jours\n").encode("cp1252"))
    )
    assert read.outline[-1] == ("Être là", ["Délai de réponse de 9 à 5 jours"])
    assert read.rows == 8_001
