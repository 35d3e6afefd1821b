"""Files made to fill the memory, to run for ever or to read what is not theirs: refused with a reason, the others go on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

MEMORY = 1_500_000_000
"""Bytes of address space in which all of them are read, the libraries included."""
SECONDS = 120
"""Processor time after which the system stops a reader that hangs."""
SECRET = "the-secret-of-another-file"

READ = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from reviewer.reading.documents import read_documents
from reviewer.quarter import Entry
okrs, reasons = [], []
for found in read_documents(json.loads(sys.argv[1]), stdin=sys.stdin.buffer):
    if isinstance(found, Entry):
        (reasons.append(found.reason) if found.okr is None else okrs.append(found.okr.objective))
    if len(reasons) > 1000 or len(okrs) > 1000:
        break
print(json.dumps([okrs, reasons]))
"""


def read_bounded(*sources: Path | str, stdin: str | None = None) -> tuple[list[str], list[str]]:
    """Read sources in a process of their own that may use MEMORY and SECONDS; give objectives and reasons."""
    program = READ.format(memory=MEMORY, seconds=SECONDS)
    with open(stdin or "/dev/null", "rb") as given:
        done = subprocess.run(
            [sys.executable, "-c", program, json.dumps([str(source) for source in sources])], stdin=given, capture_output=True, check=False
        )
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    okrs, reasons = json.loads(done.stdout)
    return okrs, reasons


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Give a file that is read after the hostile one."""
    path = tmp_path / "zz-good.csv"
    path.write_text("Objective,Key result\nWin,Win rate from 28% to 38%\n")
    return path


def workbook_with(path: Path, part: str, content: bytes | Iterator[bytes]) -> Path:
    """Write a workbook in which one part is replaced."""
    return _replaced(path, part, content, _plain_workbook())


def document_with(path: Path, part: str, content: bytes | Iterator[bytes]) -> Path:
    """Write a DOCX document in which one part is replaced."""
    plain = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Objective: Win")
    document.save(plain)
    return _replaced(path, part, content, plain)


def _plain_workbook() -> io.BytesIO:
    workbook = openpyxl.Workbook()
    for row in (["Objective", "Key result"], ["Win", "Win rate from 28% to 38%"]):
        workbook.worksheets[0].append(row)
    plain = io.BytesIO()
    workbook.save(plain)
    return plain


def _replaced(path: Path, part: str, content: bytes | Iterator[bytes], plain: io.BytesIO) -> Path:
    # What is packed very tightly is refused for that alone: to test the count of cells, they are stored as they are.
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
        info = zipfile.ZipInfo(part)
        info.compress_type = zipfile.ZIP_STORED if "cells" in path.stem else zipfile.ZIP_DEFLATED
        with after.open(info, "w", force_zip64=True) as stream:
            for chunk in [content] if isinstance(content, bytes) else content:
                stream.write(chunk)
    return path


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(10)
) + b"]>"  # fmt: skip


def external(tmp_path: Path) -> bytes:
    (tmp_path / "secret.txt").write_text(SECRET)
    return f'<!DOCTYPE x [<!ENTITY k SYSTEM "file://{tmp_path}/secret.txt">]>'.encode()


ARCHIVES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a part of 1 GB": (lambda p: workbook_with(p / "a.xlsx", "xl/sharedStrings.xml", (b" " * (1 << 20) for _ in range(1_000))), "Unpacked"),
    "a part packed 900 times": (lambda p: workbook_with(p / "a.xlsx", "xl/worksheets/sheet1.xml", (b" " * (1 << 20) for _ in range(60))), "grows"),
    "a row of 10 million cells": (lambda p: workbook_with(p / "cells.xlsx", "xl/worksheets/sheet1.xml", (x for x in [SHEET, b"<row>", *[b"<c/>" * 100_000] * 100])), "more cells"),
    "3 million styles": (lambda p: workbook_with(p / "cells.xlsx", "xl/styles.xml", (x for x in [b"<styleSheet>", *[b"<xf/>" * 100_000] * 30])), "more cells"),
    "billion laughs in texts": (lambda p: workbook_with(p / "a.xlsx", "xl/sharedStrings.xml", LAUGHS + STRINGS + b"<si><t>&j;</t></si></sst>"), "document type"),
    "billion laughs in the workbook": (lambda p: workbook_with(p / "a.xlsx", "xl/workbook.xml", LAUGHS + b"<workbook>&j;</workbook>"), "document type"),
    "billion laughs in a document": (lambda p: document_with(p / "a.docx", "word/document.xml", LAUGHS + WORD + b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"), "document type"),
    "another file through a sheet": (lambda p: workbook_with(p / "a.xlsx", "xl/sharedStrings.xml", external(p) + STRINGS + b"<si><t>&k;</t></si></sst>"), "document type"),
    "another file through a document": (lambda p: document_with(p / "a.docx", "word/document.xml", external(p) + WORD + b"<w:p><w:r><w:t>Objective: &k;</w:t></w:r></w:p></w:body></w:document>"), "document type"),
    "a document type in UTF-16": (lambda p: workbook_with(p / "a.xlsx", "xl/sharedStrings.xml", (LAUGHS + STRINGS + b"</sst>").decode().encode("utf-16")), "document type"),
    "a document of 3 million paragraphs": (lambda p: document_with(p / "a.docx", "word/document.xml", (x for x in [WORD, *[b"<w:p/>" * 100_000] * 30, b"</w:body></w:document>"])), "more cells"),
    "a row far below all others": (lambda p: workbook_with(p / "a.xlsx", "xl/worksheets/sheet1.xml", SHEET + b'<row r="99999999999999"><c r="A99999999999999" t="str"><v>x</v></c></row></sheetData></worksheet>'), "nothing in it"),
    "a number of 100,000 digits": (lambda p: workbook_with(p / "a.xlsx", "xl/worksheets/sheet1.xml", SHEET + b'<row r="1"><c r="A1"><v>' + b"9" * 100_000 + b"</v></c></row></sheetData></worksheet>"), "damaged"),
    "600 columns": (lambda p: workbook_with(p / "a.xlsx", "xl/worksheets/sheet1.xml", SHEET + b'<row r="1">' + b'<c t="str"><v>x</v></c>' * 600 + b"</row></sheetData></worksheet>"), "600 columns"),
    "a cell of 10 MB": (lambda p: workbook_with(p / "a.xlsx", "xl/worksheets/sheet1.xml", SHEET + b'<row r="1"><c r="A1" t="str"><v>Objective</v></c><c r="B1" t="str"><v>Key result</v></c></row><row r="2"><c r="A2" t="str"><v>Win</v></c><c r="B2" t="str"><v>' + b"Win rate " * 1_200_000 + b"</v></c></row></sheetData></worksheet>"), "characters"),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_that_are_traps(tmp_path: Path, good: Path, name: str) -> None:
    make, says = ARCHIVES[name]
    okrs, reasons = read_bounded(make(tmp_path), good)
    assert okrs == ["Win"]
    assert len(reasons) == 1 and says in reasons[0]
    assert SECRET not in str(reasons)


TEXTS: dict[str, tuple[str, Callable[[], Iterator[str]], str]] = {
    "100,000 columns": ("a.csv", lambda: iter(["Objective,Key result", ",x" * 100_000, "\nWin,KR", ",y" * 100_000, "\n"]), "100002 columns"),
    "a cell of 10 MB": ("a.csv", lambda: iter(['Objective,Key result,Target\nGrow,"', "Trials\n" * 1_500_000, '",400\n']), "characters"),
    "a line without end": ("a.csv", lambda: ("x" * 1_000_000 for _ in range(60)), "characters"),
    "a quote without end": ("a.csv", lambda: iter(['Objective,Key result,Target\n"Grow,', ("Trials from 20 to 40 " * 40 + "\n") * 25_000]), "quotation mark"),
    "millions of blank rows": ("a.csv", lambda: iter(["Objective,Key result\n", "\n" * 5_000_000]), "blank rows"),
    "nested JSON": ("a.json", lambda: iter(["[" * 5_000_000]), "JSON"),
    "nested objects in JSON": ("a.json", lambda: iter(['[{"a":' * 1_000_000]), "JSON"),
    "a JSON text of 50 MB": ("a.json", lambda: iter(['[{"objective": "', "Win " * 12_000_000, '"}]']), "longer than any OKR"),
    "10 million empty lists": ("a.json", lambda: iter(["[", "[],", "[]," * 10_000_000, "[]]"]), "no OKR"),
    "an object of a million keys": ("a.json", lambda: (f'{"[{" if n == 0 else ","}"k{n}": 1' for n in range(1_000_000)), "JSON"),
    "an integer of a million digits": ("a.json", lambda: iter(['[{"objective": ', "9" * 1_000_000, ', "key_results": 7}]']), "characters"),
    "a JSON line of 50 MB": ("a.jsonl", lambda: iter(['{"objective": "', "Win " * 12_000_000, '"}\n']), "characters"),
    "a YAML bomb": ("a.yaml", lambda: iter(["a: &a [x, x, x, x, x, x, x, x, x]\n"] + [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)]), "aliases"),
    "a YAML loop": ("a.yaml", lambda: iter(["&a [*a]\n"]), "aliases"),
    "nested YAML": ("a.yaml", lambda: iter(["[" * 1_000_000]), "nested"),
    "YAML that makes objects": ("a.yaml", lambda: iter(["- !!python/object/apply:os.system ['touch broken-in']\n- objective: !!python/name:os.system\n"]), "neither an objective"),
    "a page of 30 MB": ("a.md", lambda: iter(["# Win\n", "- Win rate from 20% to 30%\n" * 1_200_000]), "MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_texts_that_are_traps(tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    file, make, says = TEXTS[name]
    with (tmp_path / file).open("w") as stream:
        for chunk in make():
            stream.write(chunk)
    okrs, reasons = read_bounded(good, tmp_path / file)
    assert okrs[0] == "Win" and any(says in reason for reason in reasons), reasons[:3]
    assert len(reasons) <= 2
    assert not (tmp_path / "broken-in").exists()


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.yaml", "a.md", "a.xlsx", "a.docx", "a"])
def test_files_of_a_gigabyte_of_nothing(tmp_path: Path, good: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as stream:
        stream.truncate(1_000_000_000)
    okrs, reasons = read_bounded(tmp_path / name, good)
    assert okrs == ["Win"] and len(reasons) == 1 and "not text" in reasons[0]


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", '[{"objective": "x"},\n'), ("a.yaml", "- objective: x\n"), ("a.md", "# Win\n"), ("a.xlsx", "PK\x03\x04")]
)
def test_large_files_are_refused_before_they_are_read(tmp_path: Path, good: Path, name: str, text: str) -> None:
    with (tmp_path / name).open("wb") as stream:
        stream.write(text.encode() * 20_000)
        stream.truncate(1_000_000_000)
    okrs, reasons = read_bounded(tmp_path / name, good)
    assert okrs == ["Win"] and len(reasons) == 1 and ("1000 MB" in reasons[0] or "damaged" in reasons[0])


def test_standard_input_without_end_is_refused(good: Path) -> None:
    okrs, reasons = read_bounded("-", good, stdin="/dev/zero")
    assert okrs == ["Win"] and len(reasons) == 1 and "standard input" in reasons[0]


def test_devices_are_not_read(good: Path) -> None:
    okrs, reasons = read_bounded("/dev/zero", "/dev/random", good)
    assert okrs == ["Win"] and all("device" in reason for reason in reasons) and len(reasons) == 2
