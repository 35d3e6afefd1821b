"""Files, folders and standard input: what is read, what is passed over, and that the others go on."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import pytest
from documents_read import Read, ReadFile, WriteFile

from reviewer.reading.documents import is_document, read_documents

TABLE = "Objective,Key result\nWin,Win rate to 30%\n"
PAGE = "# Win the deals that Orbeo wins today\n\n- Win rate against Orbeo from 28% to 38%\n- Discount given to close from 12% to 10%\n"
WON = ("Win the deals that Orbeo wins today", ["Win rate against Orbeo from 28% to 38%", "Discount given to close from 12% to 10%"])


def test_a_folder_is_read_in_the_order_of_names(read_file: ReadFile, write_file: WriteFile, tmp_path: Path) -> None:
    write_file("q4/b/page.md", PAGE)
    write_file("q4/a.csv", TABLE)
    write_file("q4/c.jsonl", '{"objective": "Grow", "key_results": ["Trials to 400"]}\n')
    read = read_file(tmp_path / "q4")
    assert [objective for objective, _ in read.outline] == ["Win", WON[0], "Grow"]
    assert [each.place.file for each in read.okrs] == ["a.csv", os.path.join("b", "page.md"), "c.jsonl"]


def test_what_a_folder_holds_besides_is_said(read_file: ReadFile, write_file: WriteFile, tmp_path: Path) -> None:
    write_file("q4/okr.csv", TABLE)
    write_file("q4/.draft.csv", TABLE)
    write_file("q4/~$okr.xlsx", b"lock")
    write_file("q4/logo.png", b"\x89PNG\r\n\x1a\n")
    write_file("q4/slides.pptx", b"PK\x03\x04")
    write_file("q4/README.md", "We keep our OKRs here. Ask Zoe before you change them.\n")
    outside = write_file("elsewhere.csv", TABLE)
    (tmp_path / "q4" / "link.csv").symlink_to(outside)
    (tmp_path / "q4" / "again.csv").symlink_to(tmp_path / "q4" / "okr.csv")
    os.mkfifo(tmp_path / "q4" / "pipe.csv")
    read = read_file(tmp_path / "q4")
    assert read.outline == [("Win", ["Win rate to 30%"])]
    said = {Path(each.place.file).name: each for each in read.explained}
    assert said["q4"].rows == 2 and ".draft.csv" in (said["q4"].reason or "") and "~$okr.xlsx" in (said["q4"].reason or "")
    for name, words in {
        "README.md": "No OKR was found", "again.csv": "link", "link.csv": "out of the folder", "logo.png": "not read",
        "pipe.csv": "pipe", "slides.pptx": "damaged",
    }.items():  # fmt: skip
        assert words in (said[name].reason or ""), name
    assert set(said) == {"q4", "README.md", "again.csv", "link.csv", "logo.png", "pipe.csv", "slides.pptx"}


def test_a_folder_without_documents_is_explained(read_file: ReadFile, tmp_path: Path) -> None:
    assert "no file that is read" in read_file(tmp_path).reasons[0]


def test_a_file_that_fails_does_not_stop_the_others(read_file: ReadFile, write_file: WriteFile, tmp_path: Path) -> None:
    good = write_file("good.csv", TABLE)
    read = read_file(tmp_path / "missing.csv", write_file("empty.csv", ""), write_file("blank.md", "\n\n"), "/dev/zero", good)
    assert read.outline == [("Win", ["Win rate to 30%"])]
    assert [
        "cannot be opened" in read.reasons[0],
        "nothing in it" in read.reasons[1],
        "nothing in it" in read.reasons[2],
        "device" in read.reasons[3],
    ] == [True] * 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_explained(read_file: ReadFile, write_file: WriteFile) -> None:
    path = write_file("okr.csv", TABLE)
    path.chmod(0)
    assert "cannot be opened" in read_file(path).reasons[0]


def test_sockets_are_not_opened(read_file: ReadFile, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "okr.csv"))
        assert "not a file" in read_file(tmp_path / "okr.csv").reasons[0]


def test_a_link_that_is_named_is_followed(read_file: ReadFile, write_file: WriteFile, tmp_path: Path) -> None:
    (tmp_path / "named.csv").symlink_to(write_file("okr.csv", TABLE))
    assert len(read_file(tmp_path / "named.csv").okrs) == 1


@pytest.mark.parametrize(
    ("content", "outline"),
    [
        (TABLE.encode(), [("Win", ["Win rate to 30%"])]),
        (TABLE.replace(",", ";").encode("utf-16"), [("Win", ["Win rate to 30%"])]),
        (b'[{"objective": "Win", "key_results": ["Win rate to 30%"]}]', [("Win", ["Win rate to 30%"])]),
        (b'{"objective": "Win", "key_results": ["A to 1"]}\n{"objective": "Grow", "key_results": ["B to 2"]}\n', [("Win", ["A to 1"]), ("Grow", ["B to 2"])]),
        (PAGE.encode(), [WON]),
        (b"Objective: Win, at last\nKR1: Win rate, against Orbeo, to 30%\n", [("Win, at last", ["Win rate, against Orbeo, to 30%"])]),
        (b"| Objective | Key result |\n|---|---|\n| Win | Win rate to 30% |\n", [("Win", ["Win rate to 30%"])]),
    ],
)  # fmt: skip
def test_standard_input_is_read_as_what_it_holds(content: bytes, outline: list[tuple[str, list[str]]]) -> None:
    read = Read(list(read_documents(["-"], stdin=io.BytesIO(content))))
    assert read.outline == outline and {each.place.file for each in read.entries} == {"-"}


def test_a_workbook_comes_through_standard_input(write_file: WriteFile, tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    for row in (["Objective", "Key result"], ["Win", "Win rate to 30%"]):
        workbook.worksheets[0].append(row)
    workbook.save(tmp_path / "okr.xlsx")
    read = Read(list(read_documents(["-"], stdin=io.BytesIO((tmp_path / "okr.xlsx").read_bytes()))))
    assert read.outline == [("Win", ["Win rate to 30%"])]


def test_empty_standard_input_is_explained() -> None:
    read = Read(list(read_documents(["-"], stdin=io.BytesIO(b""))))
    assert len(read.reasons) == 1 and "nothing in it" in read.reasons[0]


def test_text_without_an_extension_is_sniffed(read_file: ReadFile, write_file: WriteFile) -> None:
    assert read_file(write_file("okr", TABLE)).outline == [("Win", ["Win rate to 30%"])]
    assert read_file(write_file("tabs.txt", TABLE.replace(",", "\t"))).outline == [("Win", ["Win rate to 30%"])]
    assert read_file(write_file("page.txt", PAGE)).outline == [WON]


def test_a_single_source_may_be_given_as_text(write_file: WriteFile) -> None:
    path = write_file("okr.csv", TABLE)
    assert len(list(read_documents(str(path)))) == 2


def test_names_that_are_no_text_are_shown(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.csv")
    with open(path, "wb") as file:
        file.write(TABLE.encode())
    read = Read(list(read_documents([os.fsdecode(path)])))
    assert len(read.okrs) == 1 and read.okrs[0].place.file.endswith("caf\ufffd.csv")


def test_documents_are_told_by_their_names_and_by_their_content_without_one(write_file: WriteFile, tmp_path: Path) -> None:
    for name in ("a.csv", "a.XLSX", "a.xlsm", "a.json", "a.jsonl", "a.yml", "a.md", "a.txt", "a.docx", "a.tsv"):
        assert is_document(Path(name))
    for name in ("a.png", "a.py", "a.pdf", "a.xls", "missing"):
        assert not is_document(Path(name))
    assert is_document(write_file("OKRS", PAGE)) and not is_document(write_file("PHOTO", b"\x89PNG\r\n\x1a\n\x00\x00"))
    assert not is_document(tmp_path)


def test_nothing_is_left_behind(write_file: WriteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    stopped = read_documents(["-", "-"], stdin=io.BytesIO(TABLE.encode()))
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    assert list((tmp_path / "tmp").iterdir()) == []
