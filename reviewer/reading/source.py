"""Prepare a text for reading: a plain copy, letter for letter as long as the text given."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

BREAK = "\x0b"
"""Stands in `Source.plain` for an HTML line break inside a line."""

_SPACES = "\u00a0\u202f\u2007\ufeff\u200b\u200c\u2060\u200e\u200f\u00ad"
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_BR = re.compile(r"<br[ ]{0,2}/?>", re.IGNORECASE)
_TAG_ALONE = re.compile(r"(?m)^[ \t]*</?[A-Za-z][^<>\n]{0,300}>[ \t]*$")
_YAML_LINE = re.compile(r"\s*(?:#|-\s|[\w.-]+\s*:(?:\s|$))|\s+\S|\s*$")


class Source(NamedTuple):
    """Hold the text given and its plain copy, in which every position is the same.

    In `plain`, accents are off, blanks are spaces, line ends are newlines, comments are blanked.
    """

    text: str
    plain: str


def prepare(text: str) -> Source:
    """Make the plain copy of a text."""
    plain = text.replace("\r\n", " \n").replace("\r", "\n").translate(_PLAIN)
    if "<" in plain:
        plain = _without_markup(plain)
    return Source(text, plain)


def front_matter_end(plain: str) -> int:
    """Find where YAML front matter ends; 0 when there is none."""
    start = len(plain) - len(plain.lstrip())
    if not plain.startswith("---", start):
        return 0
    position = plain.find("\n", start) + 1
    if position == 0 or plain[start:position].strip() != "---":
        return 0
    while position < len(plain):
        end = plain.find("\n", position)
        end = len(plain) if end < 0 else end
        line = plain[position:end]
        if line.strip() in {"---", "..."}:
            return end
        if not _YAML_LINE.match(line):
            return 0
        position = end + 1
    return 0


def _without_markup(plain: str) -> str:
    pieces = []
    position = 0
    while (start := plain.find("<!--", position)) >= 0:
        end = plain.find("-->", start + 4)
        if end < 0:
            break
        pieces += [plain[position:start], _blank(plain[start : end + 3])]
        position = end + 3
    plain = "".join(pieces) + plain[position:]
    plain = _BR.sub(lambda found: BREAK + " " * (len(found.group()) - 1), plain)
    return _TAG_ALONE.sub(lambda found: " " * len(found.group()), plain)


def _blank(comment: str) -> str:
    # Newlines stay, so that a comment on lines of its own still parts what stands around it.
    return "".join("\n" if character == "\n" else " " for character in comment)


def _plain_letters() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    table |= {ord(space): " " for space in _SPACES}
    table |= {ord(end): "\n" for end in _LINE_ENDS}
    table |= {ord(mark): "'" for mark in "’‘ʼ´"}
    table |= {0xFF1A: ":", 0xFF5C: "|", 0x2010: "-", 0x2011: "-", 0x2015: "—"}
    return table


_PLAIN = _plain_letters()
