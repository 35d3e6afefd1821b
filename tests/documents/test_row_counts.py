"""Rows in are rows reviewed plus rows explained, whatever the rows hold."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import openpyxl
from documents_read import Read, check
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.reading.documents import read_documents

HEADER = ["Team", "Objective", "Key result", "Baseline", "Target", "Comment"]
CELLS = st.one_of(
    st.sampled_from(["", "", "", " ", "-", "n/a", "\n"]),
    st.sampled_from([
        "Win the deals that Orbeo wins today", "Devenir la référence", "Win rate against Orbeo", "Taux de victoire de 28 % à 38 %", "28%", "38 %",
        "KR1: Win rate", "Objective: Grow", "Team: Growth", "Équipe : Brand", "OKRs Q4 2026", "Total", "KR1", "- one\n- two", "KR1: a\nKR2: b to 3",
        "Objective", "Key result", "Pourquoi : parce que", 'He said "no"', "a, b; c", "@zoe", "(done)",
    ]),
    st.text(max_size=20),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=0, max_size=7), max_size=25)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def data_rows(rows: list[list[str]]) -> int:
    return sum(any(cell.strip() for cell in row) for row in rows)


def read_bytes(name: str, content: bytes) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        read = Read(list(read_documents([path])))
    for entry in read.entries:
        check(entry)
    return read


@given(rows=ROWS)
@QUIET
def test_rows_of_a_csv(rows: list[list[str]]) -> None:
    # Cells without the words of a header: a row of nothing but them is a header again, and no row of data.
    rows = [[cell for cell in row if cell not in ("Objective", "Key result")] for row in rows]
    # So many control characters in so few rows would be no text.
    rows = [["".join(letter for letter in cell if letter.isprintable() or letter == "\n") for cell in row] for row in rows]
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, ["PMM", "Win", "Win rate", "28%", "38%", "as agreed"], *rows])
    read = read_bytes("okr.csv", text.getvalue().encode("utf-8", "replace"))
    seen = list(csv.reader(io.StringIO(text.getvalue().encode("utf-8", "replace").decode(), newline=None)))
    assert read.rows == data_rows(seen[1:])


@given(rows=ROWS)
@settings(QUIET, max_examples=60)
def test_rows_of_a_workbook(rows: list[list[str]]) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    rows = [[cell for cell in row if cell not in ("Objective", "Key result")] for row in rows]
    rows = [["".join(character for character in cell if character.isprintable() or character == "\n") for cell in row] for row in rows]
    rows = [[cell for cell in row if not cell.startswith("=")] for row in rows]
    for row in [HEADER, ["PMM", "Win", "Win rate", "28%", "38%", "as agreed"], *rows]:
        sheet.append(row)
    content = io.BytesIO()
    workbook.save(content)
    assert read_bytes("okr.xlsx", content.getvalue()).rows == 1 + data_rows(rows)


@given(rows=ROWS)
@settings(QUIET, max_examples=60)
def test_objects_of_a_list(rows: list[list[str]]) -> None:
    objects = [dict(zip(HEADER, row, strict=False)) for row in rows]
    objects = [each for each in objects if each]
    read = read_bytes("okr.jsonl", "\n".join(json.dumps(each) for each in objects).encode())
    if any(text.strip() for each in objects for text in each.values()):
        assert read.rows == len(objects)


@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))),
       name=st.sampled_from(["a.csv", "a.xlsx", "a.docx", "a.json", "a.jsonl", "a.yaml", "a.md", "a.txt", "a"]))  # fmt: skip
@settings(QUIET, max_examples=400)
def test_any_bytes_under_any_name_give_okrs_or_reasons(content: bytes, name: str) -> None:
    assert read_bytes(name, content).entries


@given(st.data())
@settings(QUIET, max_examples=120)
def test_a_workbook_or_document_with_any_byte_changed(data: st.DataObject) -> None:
    content = bytearray(_workbook())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, 10_000)) % len(content)] = data.draw(st.integers(0, 255))
    assert read_bytes("okr.xlsx", bytes(content)).entries


def _workbook() -> bytes:
    workbook = openpyxl.Workbook()
    for row in (HEADER, ["PMM", "Win", "Win rate", 0.28, 0.38, "as agreed"]):
        workbook.worksheets[0].append(row)
    workbook.worksheets[0].merge_cells("A2:A4")
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
