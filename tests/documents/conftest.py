"""Read files made by the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents_read import Read, ReadFile, WriteFile, check

from reviewer.quarter import ColumnRole
from reviewer.reading.documents import read_documents


@pytest.fixture
def read_file() -> ReadFile:
    """Give a function that reads sources, checks what must hold of every entry, and shows what came out."""

    def read(*sources: str | Path, mapping: dict[str, ColumnRole] | None = None) -> Read:
        found = Read(list(read_documents([str(source) for source in sources], mapping=mapping)))
        for entry in found.entries:
            check(entry)
        return found

    return read


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    """Give a function that writes a file of the test's own."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
