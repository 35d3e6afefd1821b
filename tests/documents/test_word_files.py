"""DOCX documents: headings, lists, tables, tracked changes, content that others put in boxes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from documents_read import ReadFile, WriteFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

OBJECTIVE = "Devenir la référence des directions achats du mid-market"
FIRST = "Taux de victoire face à Orbeo de 28 % à 38 % d'ici fin T4"
SECOND = "Délai de montée en compétence des commerciaux de 62 à 45 jours"


def test_headings_and_lists(read_file: ReadFile, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("OKR T4 2026 - équipe PMM", 0)
    document.add_paragraph("Voici ce que nous visons ce trimestre, après la revue de lundi.")
    document.add_heading(OBJECTIVE, 1)
    for text in (FIRST, SECOND):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Rendre les nouveaux commerciaux autonomes plus tôt", 1)
    document.add_paragraph("Part des nouveaux à leur quota de 40 % à 60 %", style="List Number")
    document.add_paragraph("Temps avant le premier contrat de 90 à 70 jours", style="List Number")
    document.save(str(tmp_path / "okr.docx"))
    read = read_file(tmp_path / "okr.docx")
    assert read.outline == [
        (OBJECTIVE, [FIRST, SECOND]),
        (
            "Rendre les nouveaux commerciaux autonomes plus tôt",
            ["Part des nouveaux à leur quota de 40 % à 60 %", "Temps avant le premier contrat de 90 à 70 jours"],
        ),
    ]
    first = read.okrs[0]
    assert first.place.row == 3 and [each.pieces[0].place.row for each in first.key_results] == [4, 5]
    assert {each.pieces[0].offset for each in first.key_results} == {0} and first.cycle == "T4 2026"


def test_labels_in_plain_paragraphs(read_file: ReadFile, tmp_path: Path) -> None:
    document = docx.Document()
    for text in (f"Objectif : {OBJECTIVE}", f"KR1 : {FIRST}", f"KR2 : {SECOND}", "Pourquoi : parce que Orbeo gagne."):
        document.add_paragraph(text)
    document.save(str(tmp_path / "okr.docx"))
    read = read_file(tmp_path / "okr.docx")
    assert read.outline == [(OBJECTIVE, [FIRST, SECOND])]
    piece = read.okrs[0].key_results[0].pieces[0]
    assert (piece.place.row, piece.offset) == (2, len("KR1 : "))


def test_tables_are_read_as_sheets_are(read_file: ReadFile, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Nos OKR du trimestre.")
    table = document.add_table(rows=4, cols=5)
    rows = [
        ["Équipe", "Objectif", "Résultat clé", "Départ", "Cible"],
        ["PMM", OBJECTIVE, "Taux de victoire face à Orbeo", "28 %", "38 %"],
        ["", "", "Remise moyenne accordée", "12 %", "10 %"],
        ["Growth", "Faire du site notre meilleur commercial", "Demandes de démo", "80", "120"],
    ]
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    document.save(str(tmp_path / "okr.docx"))
    read = read_file(tmp_path / "okr.docx")
    assert read.outline == [
        (OBJECTIVE, ["Taux de victoire face à Orbeo\u00a0: de 28 % à 38 %", "Remise moyenne accordée\u00a0: de 12 % à 10 %"]),
        ("Faire du site notre meilleur commercial", ["Demandes de démo\u00a0: de 80 à 120"]),
    ]
    assert read.teams == ["PMM", "Growth"] and read.rows == 3 and not read.explained
    assert read.okrs[0].place.sheet == "tableau 1" and read.okrs[0].key_results[1].pieces[1].place.column == "D"


@pytest.mark.parametrize("labelled", [True, False])
def test_a_table_of_key_results_belongs_to_the_objective_above_it(read_file: ReadFile, tmp_path: Path, labelled: bool) -> None:
    document = docx.Document()
    document.add_heading("OKRs Q4 2026", 1)
    for number, objective in enumerate(("Win the deals that Orbeo wins today", "Make new reps productive early"), start=1):
        if labelled:
            document.add_paragraph(f"Objective {number}: {objective}")
        else:
            document.add_heading(objective, 2)
        table = document.add_table(rows=3, cols=3)
        for row, cells in zip(
            table.rows,
            (["Key result", "From", "To"], ["Win rate", f"{number}0%", "38%"], ["Demo requests", "80", f"{number}20"]),
            strict=True,
        ):
            for text, cell in zip(cells, row.cells, strict=True):
                cell.text = text
    document.save(str(tmp_path / "okr.docx"))
    read = read_file(tmp_path / "okr.docx")
    assert read.outline == [
        ("Win the deals that Orbeo wins today", ["Win rate: from 10% to 38%", "Demo requests: from 80 to 120"]),
        ("Make new reps productive early", ["Win rate: from 20% to 38%", "Demo requests: from 80 to 220"]),
    ]
    assert not read.explained and read.rows == 4


def test_tracked_changes_are_read_as_accepted(read_file: ReadFile, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Objective: Win the deals that Orbeo wins today")
    paragraph = document.add_paragraph("KR1: Win rate from 28% to ")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>35%</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>38%</w:t></w:r></w:ins>"))
    document.save(str(tmp_path / "okr.docx"))
    assert read_file(tmp_path / "okr.docx").outline == [("Win the deals that Orbeo wins today", ["Win rate from 28% to 38%"])]


def test_a_document_without_okrs_is_explained(read_file: ReadFile, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Nous avons parlé du lancement avec les Sales, et rien n'est écrit pour le trimestre.")
    document.save(str(tmp_path / "notes.docx"))
    read = read_file(tmp_path / "notes.docx")
    assert not read.okrs and len(read.reasons) == 1 and "Aucun OKR trouvé" in read.reasons[0]


def test_an_empty_document_is_explained(read_file: ReadFile, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "empty.docx"))
    assert ["nothing in it" in reason for reason in read_file(tmp_path / "empty.docx").reasons] == [True]


def test_a_document_with_a_missing_part_is_explained(read_file: ReadFile, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "whole.docx"))
    with zipfile.ZipFile(tmp_path / "whole.docx") as before, zipfile.ZipFile(tmp_path / "okr.docx", "w") as after:
        for part in before.namelist():
            if part != "word/document.xml":
                after.writestr(part, before.read(part))
    assert "damaged" in read_file(tmp_path / "okr.docx").reasons[0]


def test_an_old_document_is_explained(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")))
    assert ".docx" in read.reasons[0]
