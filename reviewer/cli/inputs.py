"""Read what the command line names: drafts, standard input, company objectives."""

from __future__ import annotations

import codecs
import os
import re
import sys
from pathlib import Path

from reviewer.errors import InputFileError

STANDARD_INPUT = "-"

_MOST_BYTES = 4_000_000
"""More than the longest draft read at once, in any encoding: what is longer is refused unread."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN_BINARIES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel, PowerPoint or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"{\\rtf", "an RTF document"),
)
_EXPORT = "export it as plain text or Markdown, in UTF-8"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BULLET = re.compile(r"\s*(?:(?:[-*+•‣▪◦–—]|\d{1,3}[.)]|\[[ xX]\])(?:\s+|$))+")


def say_name(name: str) -> str:
    """Give the name that messages use for a FILE argument."""
    return "standard input" if name == STANDARD_INPUT else name


def read_draft(name: str) -> str:
    """Read a FILE argument, `-` being standard input, as text; line ends stay as they are.

    Raises InputFileError, which names the file, when it cannot be opened or is not text.
    """
    if name == STANDARD_INPUT:
        return decode(_read_standard_input(), say_name(name))
    return decode(_read_file(name), name)


def read_company_objectives(name: str) -> tuple[str, ...]:
    """Read one company objective per line, without blank lines, # comments and leading bullets."""
    lines = [line.strip() for line in decode(_read_file(name), name).splitlines()]
    bare = [_BULLET.sub("", line, count=1).strip() for line in lines if not line.startswith("#")]
    objectives = tuple(line for line in bare if line)
    if not objectives:
        msg = f"{name} names no company objective; write one per line (lines that begin with # are comments)"
        raise InputFileError(msg)
    return objectives


def decode_argument(text: str) -> str:
    """Repair a text given as an argument in another encoding than the terminal's."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return decode(os.fsencode(text), "the command line")
    return text


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16 or UTF-32 by its byte order mark, or Windows-1252 when UTF-8 does not fit.

    Raises InputFileError for what is no text, with what it looks like and the remedy.
    """
    for start, kind in _KNOWN_BINARIES:
        if data.startswith(start):
            msg = f"{name} is {kind}, not text; {_EXPORT}"
            raise InputFileError(msg)
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text, guessed=encoding == "cp1252"):
            return text
    msg = f"{name} is not text: it is neither UTF-8, UTF-16 nor Windows-1252; {_EXPORT}"
    raise InputFileError(msg)


def _is_text(text: str, *, guessed: bool) -> bool:
    """Refuse NUL, and any other control character where the encoding is only a guess."""
    return "\x00" not in text and not (guessed and _CONTROL.search(text))


def _read_file(name: str) -> bytes:
    if Path(name).is_dir():
        msg = f"{name} is a folder; name the files in it, such as {Path(name) / '*.md'}"
        raise InputFileError(msg)
    try:
        with open(name, "rb") as file:
            return _refuse_long(file.read(_MOST_BYTES + 1), name)
    except OSError as error:
        msg = f"{name} cannot be read: {error.strerror or error}; check its name and permissions"
        raise InputFileError(msg) from error
    except ValueError as error:  # a NUL in the name
        msg = f"{name!r} is no file name: {error}"
        raise InputFileError(msg) from error


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        msg = "standard input is closed; name a file, or pipe the draft in"
        raise InputFileError(msg)
    try:
        return _refuse_long(sys.stdin.buffer.read(_MOST_BYTES + 1), "standard input")
    except OSError as error:
        msg = f"standard input cannot be read: {error.strerror or error}"
        raise InputFileError(msg) from error


def _refuse_long(data: bytes, name: str) -> bytes:
    if len(data) > _MOST_BYTES:
        msg = f"{name} is longer than {_MOST_BYTES:,} bytes, too long for a draft; split it by team or by quarter"
        raise InputFileError(msg)
    return data
