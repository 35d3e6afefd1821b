"""Find the documents that sources name: files, folders, standard input. What is passed over is said."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from reviewer.quarter import Entry, Place
from reviewer.reading.documents.document import EXTENSIONS, UNREADABLE, Document, is_document
from reviewer.reading.documents.parts import shown
from reviewer.reading.documents.session import Session

STANDARD_INPUT = "-"
MAX_FILES = 10_000
"""Files of a folder that are read."""
MAX_INPUT = 1_000_000_000
"""Bytes of standard input that are read."""

_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx", "__pycache__", "node_modules"})
_DEEPEST = 40
_NAMED = 5
_CHUNK = 1 << 20
_UNPARTED = 8_000_000
"""Bytes of standard input without a line end after which it is no text."""


def documents(sources: Sequence[str | Path], session: Session, copied: dict[int, Path]) -> Iterator[Document | Entry]:
    """Give the documents of the sources, in order; `copied` holds, by its place among the sources, where `-` was copied to."""
    for at, source in enumerate(sources):
        if at in copied:
            yield Document(STANDARD_INPUT, copied[at])
            continue
        name = displayed(source)
        try:
            mode = os.stat(source).st_mode
        except (OSError, ValueError) as error:
            yield session.explained(Place(file=name), "cannot_open", error=_cause(error))
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(Path(source), name, session)
        elif not stat.S_ISREG(mode):
            yield session.explained(Place(file=name), "not_a_file")
        else:
            yield Document(name, Path(source))


def copy_input(stream: BinaryIO, path: Path) -> bool:
    """Copy standard input to a file, to read it twice; False when there is more of it than is read."""
    size = 0
    parted = False
    with path.open("wb") as copy:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            parted = parted or b"\n" in chunk or b"\r" in chunk or size == len(chunk) and chunk.startswith(b"PK")
            if size > MAX_INPUT or (size > _UNPARTED and not parted):
                return False
            copy.write(chunk)
    return True


def displayed(source: str | Path) -> str:
    """Give a source's name as it can be shown, whatever bytes it is made of."""
    return shown(os.fsencode(os.fspath(source)).decode("utf-8", "replace"))


def _folder(folder: Path, name: str, session: Session) -> Iterator[Document | Entry]:
    count = 0
    for found in _walk(folder, folder, session, 0):
        count += isinstance(found, Document)
        if count > MAX_FILES:
            yield session.explained(Place(file=name), "many_files", limit=MAX_FILES)
            return
        yield found
    if not count:
        yield session.explained(Place(file=name), "empty_folder")


def _walk(folder: Path, top: Path, session: Session, depth: int) -> Iterator[Document | Entry]:
    """Go through a folder in the order of names; links, hidden things and unknown kinds are said, not followed."""
    try:
        children = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        yield session.explained(Place(file=_below(folder, top)), "cannot_open", error=_cause(error))
        return
    hidden = [path for path in children if path.name.startswith((".", "~$")) or path.name.lower() in _SYSTEM]
    if hidden:
        names = ", ".join(displayed(path.name) for path in hidden[:_NAMED]) + (", ..." if len(hidden) > _NAMED else "")
        yield session.explained(Place(file=_below(folder, top)), "hidden", rows=len(hidden), names=names)
    for path in children:
        if path in hidden:
            continue
        name = _below(path, top)
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                yield session.explained(Place(file=name), "link_inside" if _leads_inside(path, top) else "link_outside")
            elif stat.S_ISDIR(mode):
                if depth < _DEEPEST:
                    yield from _walk(path, top, session, depth + 1)
                else:
                    yield session.explained(Place(file=name), "deep_folder", limit=_DEEPEST)
            elif not stat.S_ISREG(mode):
                yield session.explained(Place(file=name), "not_a_file")
            elif is_document(path) or path.suffix.lower() in UNREADABLE:
                yield Document(name, path)
            else:
                yield session.explained(Place(file=name), "unknown_kind", extensions=", ".join(sorted(EXTENSIONS)))
        except OSError as error:
            yield session.explained(Place(file=name), "cannot_open", error=_cause(error))


def _below(path: Path, top: Path) -> str:
    return displayed(path.relative_to(top)) if path != top else displayed(top)


def _leads_inside(path: Path, top: Path) -> bool:
    try:
        return path.resolve().is_relative_to(top.resolve())
    except (OSError, RuntimeError):
        return False


def _cause(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else None) or str(error)
