"""Find what leads to people and companies: e-mail addresses, sites, phone numbers, handles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reviewer.redaction.finding import Found
from reviewer.redaction.vocabulary import listed_words

_EMAIL = re.compile(
    r"(?:mailto:)?[\w.%+'-]{1,64} ?(?:@|\(at\)|\[at\]) ?(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,5}[^\W\d_]{2,24}", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?|ftp|file|ssh|git)://[^\s<>|\"'`«»“”\[\]{}()]+(?:\([^\s()]*\)[^\s<>|\"'`«»“”\[\]{}()]*)*", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@./])@[^\W_][\w.-]{0,60}[^\W_]")
_NUMERIC_HOST = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{1,5})?(?!\.?\w|[ \u00a0]?[%€$])"
)
_CLOSING = ".,;:!?…"
_GAP = r"[ .\u00a0\u202f-]"
_PHONE = re.compile(
    rf"(?<![\w.,+])(?:"
    rf"(?:\+|00)[1-9]\d{{0,2}}{_GAP}?(?:\(\d{{1,4}}\){_GAP}?)?\d{{1,4}}(?:{_GAP}?\d{{2,4}}){{2,4}}"
    rf"|0[1-9](?:{_GAP}?\d{{2}}){{4}}"
    rf"|0\d{{2,4}}[ -]\d{{3,4}}[ -]?\d{{3,4}}"
    rf"|\(\d{{2,5}}\){_GAP}?\d{{3,4}}{_GAP}\d{{3,4}}"
    rf"|[2-9]\d{{2}}([ .-])[2-9]\d{{2}}\1\d{{4}}"
    rf")(?![\w]|[.,]\d|[ \u00a0\u202f]?[%€$£])"
)
_THOUSANDS = re.compile(r"\+\d{1,3}(?:[ .\u00a0\u202f]\d{3})+")
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
"""Digits of a phone number with its country, E.164 allowing at most 15."""


@cache
def _site() -> re.Pattern[str]:
    endings = "|".join(sorted(listed_words("contacts"), key=len, reverse=True))
    label = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
    return re.compile(
        rf"(?<![\w@.-])(?:www\.(?:{label}\.){{1,4}}[^\W\d_]{{2,24}}|(?=[\d-]*[^\W\d_])(?:{label}\.){{1,4}}(?:{endings}|COM|FR|IO))"
        rf"(?![\w-]|\.\w)(?::\d{{1,5}})?(?:[/?#][^\s<>|\"'`«»“”\[\]{{}}()]*)?"
    )


def find_contacts(text: str) -> Iterator[Found]:
    """Find e-mail addresses first (a handle and a site are part of one), then sites, handles and phone numbers."""
    if "@" in text or "at" in text:
        for match in _EMAIL.finditer(text):
            yield Found(match.start(), match.end(), "Email")
    if ":" in text:
        for match in _ADDRESS.finditer(text):
            yield Found(match.start(), _without_closing(match[0]) + match.start(), "Site")
    if "." in text:
        for match in _site().finditer(text):
            yield Found(match.start(), _without_closing(match[0]) + match.start(), "Site")
        for match in _NUMERIC_HOST.finditer(text):
            yield Found(match.start(), match.end(), "Site")
    if "@" in text:
        for match in _HANDLE.finditer(text):
            yield Found(match.start(), match.end(), "Name")
    for match in _PHONE.finditer(text):
        digits = sum(char.isdigit() for char in match[0])
        if _FEWEST_DIGITS <= digits <= _MOST_DIGITS and not (digits < 10 and _THOUSANDS.fullmatch(match[0])):
            yield Found(match.start(), match.end(), "Phone")


def _without_closing(address: str) -> int:
    return len(address.rstrip(_CLOSING))
