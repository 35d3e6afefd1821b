"""Read bytes as text: UTF-8, UTF-16 and Windows-1252, whatever the length, without holding more than a stretch of it."""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO, TextIO

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.02


def encoding_of(stream: BinaryIO) -> str | None:
    """Find the encoding of a stream, from its beginning to its end; None when it is not text.

    A byte order mark decides; UTF-16 without one shows by its zero bytes; then UTF-8 if every byte fits, Windows-1252 if not,
    and Latin-1 where Windows-1252 has no such letter.
    """
    stream.seek(0)
    sample = stream.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if b"\x00" in sample:
        return _utf_16(sample)
    if len(_CONTROL.findall(sample)) > max(8, _BINARY_SHARE * len(sample)):
        return None
    stream.seek(0)
    for encoding in ("utf-8", "cp1252"):
        if _fits(stream, encoding):
            return encoding
        stream.seek(0)
    return "latin-1"


def open_text(stream: BinaryIO, encoding: str) -> TextIO:
    """Read a stream from its beginning as text; a byte that breaks off is shown as one that cannot be read.

    Line ends of every kind are read as one newline.
    """
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=None)


def _fits(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf_16(sample: bytes) -> str | None:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = max(1, len(sample) // 2)
    if odd > 0.3 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.3 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None
