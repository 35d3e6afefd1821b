"""Find files wherever fsspec reaches, and read one of them on the machine that is asked to."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from reviewer.quarter import ColumnRole, Entry, Place, TakenFor
from reviewer.reading.documents.document import EXTENSIONS, Document
from reviewer.reading.documents.mapping import check_roles
from reviewer.reading.documents.opening import read_document
from reviewer.reading.documents.session import Session, together
from reviewer.reading.documents.walking import documents

PARQUET: Final = frozenset({".parquet", ".pq"})

_ROWS = 1_000
"""Rows of a Parquet file that are held at once."""


def find_files(sources: Sequence[str]) -> list[dict[str, Any]]:
    """Give the files that sources name, in their order: `path` where each is and `name` as places give it.

    What is no file to read is told as `said`, an entry with its reason, in its place in the order.
    """
    session = Session()
    found: list[dict[str, Any]] = []
    for source in sources:
        found += _local(source, session) if "://" not in source else _remote(source, session)
    return found


def _file(name: str, path: str) -> dict[str, Any]:
    return {"name": name, "path": path, "said": ""}


def _said(entry: Entry) -> dict[str, Any]:
    return {"name": entry.place.file, "path": "", "said": entry.model_dump_json()}


def _local(source: str, session: Session) -> Iterator[dict[str, Any]]:
    """Find files as a run on one machine does, with those in Parquet beside them."""
    top = Path(source)
    matches = sorted(top.parent.glob(top.name)) if any(sign in top.name for sign in "*?[") and not top.exists() else [top]
    for match in matches or [top]:
        for each in documents([match], session, {}):
            if isinstance(each, Document):
                yield _file(each.name, str(each.path.absolute()))
            elif Path(each.place.file).suffix.lower() in PARQUET and (match / each.place.file).is_file():
                yield _file(each.place.file, str((match / each.place.file).absolute()))
            else:
                yield _said(each)


def _remote(source: str, session: Session) -> Iterator[dict[str, Any]]:
    import fsspec

    try:
        system, path = fsspec.url_to_fs(source)
        if any(sign in path for sign in "*?["):
            names = [str(each) for each in sorted(system.glob(path))]
            pairs = [(system.unstrip_protocol(each), each) for each in names if not system.isdir(each)]
        elif system.isdir(path):
            top = path.rstrip("/") + "/"
            pairs = [(str(each).removeprefix(top), str(each)) for each in sorted(system.find(path))]
        else:
            system.info(path)
            pairs = [(source, path)]
    except (OSError, ValueError, ImportError) as error:
        yield _said(session.explained(Place(file=source), "cannot_open", error=str(error) or type(error).__name__))
        return
    if not pairs:
        yield _said(session.explained(Place(file=source), "empty_folder"))
    for name, inside in pairs:
        suffix = Path(inside).suffix.lower()
        if suffix in EXTENSIONS or suffix in PARQUET:
            yield _file(name, system.unstrip_protocol(inside))
        else:
            yield _said(session.explained(Place(file=name), "unknown_kind", extensions=", ".join(sorted(EXTENSIONS))))


def entries_of_file(file: Mapping[str, Any], mapping: Mapping[str, ColumnRole] | None) -> Iterator[Entry | TakenFor]:
    """Read one file of `find_files`: what it holds is what a run on one machine finds in it."""
    if file["said"]:
        yield Entry.model_validate_json(file["said"])
        return
    session = Session(check_roles(mapping or {}))
    try:
        with _at_hand(file["path"]) as path:
            yield from together(read_document(Document(file["name"], path), session))
    except (OSError, ImportError) as error:
        yield session.explained(Place(file=file["name"]), "cannot_open", error=str(error) or type(error).__name__)
    except ValueError as error:  # pyarrow's for a file that is no Parquet
        yield session.explained(Place(file=file["name"]), "cannot_open", error=str(error).splitlines()[0])


@contextmanager
def _at_hand(path: str) -> Iterator[Path]:
    """Give a file of this machine with what stands at a path or address; Parquet becomes JSON Lines, row by row."""
    import fsspec

    here = Path(path)
    parquet = here.suffix.lower() in PARQUET
    if "://" not in path and not parquet:
        yield here
        return
    with tempfile.TemporaryDirectory(prefix="okr-ray-") as folder:
        copy = Path(folder) / here.name
        if parquet:
            copy = copy.with_suffix(".jsonl")
            with fsspec.open(path, "rb") as stream:
                _write_rows(stream, copy)
        else:
            system, inside = fsspec.url_to_fs(path)
            system.get_file(inside, str(copy))
        yield copy


def _write_rows(stream: Any, target: Path) -> None:
    import pyarrow.parquet as parquet

    with target.open("w", encoding="utf-8") as lines:
        for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_ROWS):
            for row in batch.to_pylist():
                lines.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
