"""Go through JSON one value at a time: the standard decoder, fed as much text as the next value needs.

A library that parses as a stream is not used: ijson 3.6 crashes the process on an integer of 5,000 digits.
"""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

MAX_VALUE = 4_000_000
"""Characters of the longest value that is held: far more than any OKR."""

MAX_SKIPPED = 100_000_000
"""Characters of the longest value that is passed over."""

_CHUNK = 1 << 16
_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_STRING_END = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_MARK = re.compile(r"[{}\[\],]")
_NEAR_END = 12
"""A value that cannot be decoded this close to the end of the text at hand may only be cut: more text decides."""
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


class BrokenJsonError(ValueError):
    """Say where and why a text is no JSON."""


class Unheld:
    """Stand for a value that was passed over: `reason` names it in messages.toml."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class JsonStream:
    """Read a text from the front; numbers are given as they are written."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.text = ""
        self.at = 0
        self.before = 0

    def peek(self) -> str:
        """Give the next character that is no blank, without taking it; "" at the end."""
        while True:
            blank = _BLANK.match(self.text, self.at)
            self.at = blank.end() if blank else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more():
                return ""

    def take(self, *expected: str) -> str:
        """Take the next character, which must be one of those expected.

        Raises BrokenJsonError for another.
        """
        found = self.peek()
        if found not in expected or not found:
            said = repr(found) if found else "the end"
            raise BrokenJsonError(f"{said} at character {self.before + self.at} where {' or '.join(expected)} should stand")
        self.at += 1
        return found

    def value(self) -> Any:
        """Take the next value; an `Unheld` for one that is nested too deeply or longer than MAX_VALUE.

        Raises BrokenJsonError when it is no JSON or breaks off.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except RecursionError:
                self._skip()
                return Unheld("deep_json")
            except json.JSONDecodeError as error:
                cut = error.msg.startswith(("Unterminated", "Invalid \\")) or error.pos >= len(self.text) - _NEAR_END
                if not cut or (len(self.text) - self.at <= MAX_VALUE and not self._more(double=True)):
                    raise BrokenJsonError(f"{error.msg} at character {self.before + error.pos}") from error
            else:
                if end < len(self.text) or not self._more():  # "12" may go on
                    self.at = end
                    return value
            if len(self.text) - self.at > MAX_VALUE:
                self._skip()
                return Unheld("large_object")

    def _more(self, double: bool = False) -> bool:
        self.text = self.text[self.at :]
        self.before += self.at
        self.at = 0
        chunk = self.stream.read(max(_CHUNK, len(self.text)) if double else _CHUNK)
        self.text += chunk
        return bool(chunk)

    def _skip(self) -> None:
        """Pass over the next value without holding it.

        Raises BrokenJsonError when it breaks off, or goes on for more than MAX_SKIPPED characters.
        """
        depth, begin = 0, self.before + self.at
        while self.before + self.at - begin <= MAX_SKIPPED:
            quote = self.text.find('"', self.at)
            stretch = self.text[self.at : quote if quote >= 0 else len(self.text)]
            opened, closed = stretch.count("{") + stretch.count("["), stretch.count("}") + stretch.count("]")
            if depth > closed:
                depth += opened - closed  # it cannot end in this stretch
            else:
                for mark in _MARK.finditer(stretch):
                    if depth == 0 and mark[0] in ",]}":
                        self.at += mark.start()
                        return
                    depth += (mark[0] in "{[") - (mark[0] in "}]")
                    if depth == 0 and mark[0] in "}]":
                        self.at += mark.end()
                        return
            self.at += len(stretch)
            if quote < 0:
                if not self._more():
                    raise BrokenJsonError("it breaks off inside a value")
                continue
            self._skip_string()
            if depth == 0:
                return
        raise BrokenJsonError(f"a value is longer than {MAX_SKIPPED} characters")

    def _skip_string(self) -> None:
        self.at += 1
        while (end := _STRING_END.match(self.text, self.at)) is None:
            # What an escape at the very end belongs to is seen with the next stretch.
            cut = len(self.text) - (len(self.text) - len(self.text.rstrip("\\"))) % 2
            self.at = max(self.at, cut)
            if not self._more():
                raise BrokenJsonError("it breaks off inside a text")
        self.at = end.end()
