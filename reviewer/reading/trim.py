"""Cut a statement out of its line: what stands before and after it without being part of it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reviewer.reading.okr_text import Passage
from reviewer.reading.source import Source
from reviewer.reading.words import alternatives, lexicon, plain_word, plain_words

_WINDOW = 90
"""Ends are looked at this many characters at a time, so that trimming takes linear time."""
_MOST_TAILS = 12
"""A statement bears no more decorations than this at its end; what is beyond is left as it stands."""

_EMOJI = r"[\U0001F000-\U0001FAFF\u2300-\u23FF\u2600-\u27BF\u2B00-\u2BFF\uFE0F\u200D\u20E3]"
_LEAD = re.compile(
    rf"(?:{_EMOJI}+|\d\ufe0f?\u20e3|\[[xX ]\](?=\s)|[(\[][Pp]\d[)\]]|[Pp]\d\s?[:–—](?=\s)|:[a-z_]{{2,30}}:"
    r"|\[[A-Z][\w&/+-]{1,24}\](?=\s)|[(\[]0[.,]\d{1,2}[)\]]|[|;,:•·)\]]+|[-–—](?=\s+[^\s\d])|\\(?=[-*+#]))\s*"
)
_PRIORITY = re.compile(r"\s*[(\[][Pp]\d[)\]]\Z")
_TAG = re.compile(r"(?:^|\s)\[(?P<tag>[A-Z][\w&/+-]{1,24})\]\Z")
_SCORE = re.compile(r"(?:\s[-–—|]\s*[01][.,]\d{1,2}|\s*\[[01][.,]\d{1,2}\])\Z")
_HANDLE = re.compile(r"(?:\s[-–—|]\s*|[\s(\[,])+(?P<owner>@[\w.-]{2,40})[)\]]?\Z")
_NAME = r"[A-Z][a-z']+(?:[ -][A-Z][a-z']+){0,2}"
_NAMES = re.compile(rf"\s*[*_]{{0,2}}[(\[](?P<owner>{_NAME}(?:\s?(?:,|&|/|\+|et|and)\s?{_NAME}){{0,3}})[)\]][*_]{{0,2}}\Z")
_DANGLING = re.compile(r"(?:[\s;,|•·:]|\s[-–—/]|[(\[]|^[-–—]+)+\Z")
_QUOTES = {"«": "»", "“": "”", '"': '"', "„": "“"}
_MARKS = ("***", "**", "__", "~~", "*", "_")


class Statement(NamedTuple):
    """Hold a passage and the owner named at its end."""

    passage: Passage
    owner: str | None


def statement(source: Source, start: int, end: int) -> Statement | None:
    """Trim source[start:end] to the statement alone; None when nothing is left."""
    plain = source.plain
    owner: str | None = None
    start, end = _bare(plain, start, end)
    if start >= end:
        return None
    start, end = _unwrap(plain, start, end)
    for _ in range(_MOST_TAILS):
        before = (start, end)
        while (lead := _LEAD.match(plain, start, end)) is not None and lead.end() > start:
            start = lead.end()
        end, owner = _tail(source, start, end, owner)
        start, end = _unwrap(plain, *_bare(plain, start, end))
        if start >= end:
            return None
        if before == (start, end):
            break
    return Statement(Passage(source.text[start:end], start, end), owner)


def _bare(plain: str, start: int, end: int) -> tuple[int, int]:
    while start < end and plain[start].isspace():
        start += 1
    while start < end and plain[end - 1].isspace():
        end -= 1
    return start, end


def _unwrap(plain: str, start: int, end: int) -> tuple[int, int]:
    for mark in _MARKS:
        size = len(mark)
        opens, closes = plain.startswith(mark, start), plain.endswith(mark, start, end)
        if not (opens or closes) or end - start < size:
            continue
        count = plain.count(mark, start, end)
        if opens and closes and count == 2 and end - start > 2 * size:
            return _bare(plain, start + size, end - size)
        if closes and count % 2 and not plain[max(start, end - size - 1)].isspace():
            return _bare(plain, start, end - size)
        if opens and count == 1:
            return _bare(plain, start + size, end)
        break
    closing = _QUOTES.get(plain[start]) if end - start > 2 else None
    if closing and plain[end - 1] == closing and not _holds(plain, {plain[start], closing}, start + 1, end - 1):
        return _bare(plain, start + 1, end - 1)
    return start, end


def _holds(plain: str, marks: set[str], start: int, end: int) -> bool:
    return any(plain.find(mark, start, end) >= 0 for mark in marks)


def _tail(source: Source, start: int, end: int, owner: str | None) -> tuple[int, str | None]:
    plain = source.plain
    for _ in range(_MOST_TAILS):
        if start >= end:
            break
        base = max(start, end - _WINDOW)
        window = plain[base:end]
        cut, named = _cut(window)
        if named is not None and owner is None:
            owner = source.text[base + named[0] : base + named[1]].lstrip("@")
        if cut is None:
            if window[-1] in ")]" and _unopened(plain, window[-1], start, end):
                cut = len(window) - 1
            else:
                break
        end = base + cut
        while start < end and plain[end - 1].isspace():
            end -= 1
    return end, owner


def _unopened(plain: str, bracket: str, start: int, end: int) -> bool:
    # Only what a label left open ("(owner: ...)") ends so; a look back of a few windows settles it.
    base = max(start, end - 4 * _WINDOW)
    opening = "(" if bracket == ")" else "["
    return base == start and plain.count(opening, start, end) < plain.count(bracket, start, end)


def _cut(window: str) -> tuple[int | None, tuple[int, int] | None]:
    """Find where a trailing decoration begins, and the place of the owner it names."""
    last = window[-1]
    if last in ";,|•·:-–—/([":
        found = _DANGLING.search(window)
        if found is not None:
            return found.start(), None
    if "@" in window and (found := _HANDLE.search(window)) is not None:
        return found.start(), found.span("owner")
    tails = _tails()
    if last in ")]*_":
        if (found := _PRIORITY.search(window)) is not None:
            return found.start(), None
        if (found := _NAMES.search(window)) is not None and _is_a_name(found["owner"]):
            return found.start(), found.span("owner")
        if (found := _TAG.search(window)) is not None and not _calls_for_a_value(window[: found.start()]):
            return found.start(), None
    if (last.isdigit() or last in ")]%") and (found := _SCORE.search(window) or tails.measure.search(window)) is not None:
        return found.start(), None
    if last > "\u2300" and (found := tails.emoji.search(window)) is not None:
        return found.start(), None
    if (last.isalpha() or last in ")]") and (found := tails.status.search(window)) is not None:
        return found.start(), None
    return None, None


class _Tails(NamedTuple):
    emoji: re.Pattern[str]
    status: re.Pattern[str]
    measure: re.Pattern[str]
    not_names: frozenset[str]
    before_a_value: frozenset[str]


@cache
def _tails() -> _Tails:
    status = lexicon()["status"]
    words, measures = alternatives(status["words"]), alternatives(status["measures"])
    return _Tails(
        emoji=re.compile(rf"\s*{_EMOJI}+\Z"),
        status=re.compile(rf"(?:\s[-–—|·•]\s+|\s*[(\[]\s*|{_EMOJI}\s*)(?:(?:{measures})\s?:\s?)?(?:{words})\s*[)\]]?\Z", re.IGNORECASE),
        measure=re.compile(
            rf"(?:\s[-–—|·•]\s*|\s*[;,|(\[.]\s*)(?:{measures})\s?[:=]\s?\d[\d.,]{{0,5}}(?:\s?%|\s?/\s?\d{{1,3}})?[)\]]?\Z",
            re.IGNORECASE,
        ),
        not_names=plain_words(status["not_names"]) | plain_words(status["words"]),
        before_a_value=plain_words(status["before_a_value"]),
    )


def _is_a_name(owner: str) -> bool:
    not_names = _tails().not_names
    words = re.split(r"[\s,&/+-]+", owner)
    return plain_word(owner) not in not_names and not any(plain_word(word) in not_names for word in words if word[:1].isupper())


def _calls_for_a_value(before: str) -> bool:
    words = before.split()
    return bool(words) and (plain_word(words[-1]) in _tails().before_a_value or words[-1][-1] in "<>≥≤=:→")
