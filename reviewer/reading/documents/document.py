"""Know a document by its name, its path and its first bytes, not by what its extension claims."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

Kind = Literal["delimited", "workbook", "word", "json", "json_lines", "yaml", "prose"]

EXTENSIONS: dict[str, Kind] = {
    ".csv": "delimited", ".tsv": "delimited", ".tab": "delimited", ".psv": "delimited",
    ".xlsx": "workbook", ".xlsm": "workbook", ".xltx": "workbook", ".xltm": "workbook",
    ".docx": "word", ".docm": "word", ".dotx": "word",
    ".json": "json", ".jsonl": "json_lines", ".ndjson": "json_lines", ".yaml": "yaml", ".yml": "yaml",
    ".md": "prose", ".markdown": "prose", ".mdown": "prose", ".txt": "prose", ".text": "prose",
}  # fmt: skip
"""What an extension promises; what the file holds decides."""

UNREADABLE: dict[str, str] = {
    ".xls": "old_workbook", ".xlsb": "old_workbook", ".ods": "open_document", ".odt": "open_document", ".pdf": "pdf",
    ".doc": "old_word", ".rtf": "old_word", ".pptx": "slides", ".ppt": "slides", ".odp": "slides", ".key": "slides",
    ".numbers": "apple", ".pages": "apple", ".gsheet": "shortcut", ".gdoc": "shortcut",
}  # fmt: skip
"""Documents that may hold OKRs and are not read, with the name of the reason, which says what to do."""

HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Document:
    """Hold a file: `name` as places give it, `path` where it is."""

    name: str
    path: Path

    def open(self) -> BinaryIO:
        """Open a regular file for reading.

        Raises OSError for a file that cannot be opened, or is none (a device, a pipe).
        """
        descriptor = os.open(self.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            msg = "not a regular file"
            raise OSError(msg)
        return os.fdopen(descriptor, "rb")

    @property
    def size(self) -> int:
        """Give the size in bytes."""
        return self.path.stat().st_size

    def head(self) -> bytes:
        """Give the first bytes."""
        with self.open() as stream:
            return stream.read(HEAD)


def is_document(path: Path) -> bool:
    """Tell a file that may hold OKRs, by its extension, and by its content where it has none."""
    suffix = path.suffix.lower()
    if suffix:
        return suffix in EXTENSIONS
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        head = Document(path.name, path).head()
    except OSError:
        return False
    return bool(head) and (archive_kind(path, head) in ("workbook", "word") or looks_like_text(head))


def archive_kind(path: Path, head: bytes) -> Kind | str | None:
    """Tell what a file that is no text holds: a kind that is read, or the name of the reason why it is not; None for text."""
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _in_archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _in_old_container(path, head)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "old_word"
    for start, _ in _BINARIES:
        if head.startswith(start):
            return "binary"
    if re.match(rb"\s*(?:<!doctype html|<html)", head[:512], re.IGNORECASE):
        return "html"
    return None


def looks_like_text(head: bytes) -> bool:
    """Tell text in an encoding that is read from other bytes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    zeros = head.count(0)
    if zeros:
        half = max(1, len(head) // 2)
        odd, even = head[1::2].count(0), head[0::2].count(0)
        return max(odd, even) > 0.3 * half and min(odd, even) < 0.05 * half
    return len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", head)) <= max(8, 0.02 * len(head))


_BINARIES = (
    (b"\x89PNG", ""),
    (b"\xff\xd8\xff", ""),
    (b"GIF8", ""),
    (b"\x1f\x8b", ""),
    (b"7z\xbc\xaf", ""),
    (b"Rar!", ""),
    (b"\x7fELF", ""),
    (b"MZ\x90", ""),
)


def _in_archive(path: Path) -> Kind | str:
    try:
        with Document(path.name, path).open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:5_000])
            if any(name.startswith("xl/") for name in names):
                return "old_workbook" if "xl/workbook.bin" in names else "workbook"
            if any(name.startswith("word/") for name in names):
                return "word"
            if any(name.startswith("ppt/") for name in names):
                return "slides"
            if "mimetype" in names and "content.xml" in names:
                return "open_document"
            if any(name.startswith("Index/") or name.endswith(".iwa") for name in names):
                return "apple"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "damaged_archive"
    return "archive"


def _in_old_container(path: Path, head: bytes) -> str:
    """Tell a workbook that a password protects, which is kept in the container of the old formats, from an old format."""
    encrypted = "EncryptedPackage".encode("utf-16-le")
    with Document(path.name, path).open() as stream:
        before = b""
        for _ in range(64):
            chunk = stream.read(1 << 20)
            if encrypted in before[-64:] + chunk:
                return "encrypted"
            if not chunk:
                break
            before = chunk
    return "old_word" if "WordDocument".encode("utf-16-le") in head or path.suffix.lower() == ".doc" else "old_workbook"
