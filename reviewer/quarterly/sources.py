"""Make entries of whatever a quarter is given as: files, folders, texts, `Okr`s."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewer.okr import Okr
from reviewer.quarter import ColumnRole, Entry, Place, TakenFor

_LONGEST_PATH = 1024

Source = str | Path | Okr | Sequence[str | Path | Okr]
"""A file or folder, "-" for standard input, a text that holds OKRs, an `Okr`, or several of these."""

GIVEN = "okrs"
"""What stands as the file of an `Okr` given as an object; its row is its number."""


def entries_of(source: Any, mapping: Mapping[str, ColumnRole] | None = None) -> Iterator[Entry | TakenFor]:
    """Give the entries of a source, one at a time.

    Raises TypeError for what is none, and what `read_documents` raises.
    """
    listed: list[Any] = [source] if isinstance(source, (str, Path, Okr)) else [*_several(source)]
    for each in listed:
        if not isinstance(each, (str, Path, Okr)):
            msg = f"a quarter is given as files, folders, texts or Okrs, got {type(each).__name__}"
            raise TypeError(msg)
    return _read(listed, mapping)


def _several(source: Any) -> Sequence[Any]:
    if not isinstance(source, Sequence) or isinstance(source, (bytes, bytearray)):
        msg = f"a quarter is given as files, folders, texts or Okrs, got {type(source).__name__}"
        raise TypeError(msg)
    return source


def _read(listed: Sequence[str | Path | Okr], mapping: Mapping[str, ColumnRole] | None) -> Iterator[Entry | TakenFor]:
    from reviewer.reading.documents import read_documents

    files: list[str | Path] = []
    for number, each in enumerate(listed, start=1):
        if isinstance(each, Okr) or _is_text(each):
            if files:
                yield from read_documents(files, mapping=mapping)
                files = []
            if isinstance(each, Okr):
                yield _given(each, number)
            else:
                yield from read_documents(["-"], stdin=io.BytesIO(str(each).encode("utf-8", "replace")))
        else:
            files.append(each)
    if files:
        yield from read_documents(files, mapping=mapping)


def _given(okr: Okr, number: int) -> Entry:
    place = Place(file=GIVEN, row=number)
    if okr.objective.strip() or any(kr.strip() for kr in okr.key_results):
        return Entry(place=place, okr=okr)
    return Entry(place=place, reason="this Okr holds neither an objective nor a key result; fill objective=... and key_results=[...]")


def _is_text(source: str | Path) -> bool:
    """Tell a text that holds OKRs from the name of a file: a name has one line, and a file or at least an extension."""
    if isinstance(source, Path) or source == "-":
        return False
    if "\n" in source or len(source) > _LONGEST_PATH or not source.strip():
        return True
    path = Path(source)
    try:
        if path.exists():
            return False
    except (OSError, ValueError):
        return True
    return not (1 < len(path.suffix) <= 6 and " " not in path.suffix) and "/" not in source and "\\" not in source or ": " in source
