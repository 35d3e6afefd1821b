"""Recognise labels: "Objective:", "KR1", "Résultats clés :", "Contribue à"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reviewer.reading.words import alternatives, lexicon, plain_word, plain_words

OBJECTIVE = frozenset({"objective", "objectives", "okr", "parent"})
KEY_RESULT = frozenset({"key_result", "key_results", "indicator", "indicators"})
PLURAL = frozenset({"objectives", "key_results", "indicators"})
META = frozenset({"contributes", "owner", "team", "cycle"})
_NUMBERED = frozenset({"objective", "key_result", "indicator", "okr"})
_INSIDE_A_LINE = frozenset({"objective", "key_result", "key_results", "indicator", "contributes", "owner", "aside"})

_EMPHASIS = r"[*_~]{0,4}"
_LEAD = re.compile(
    r"(?:[\s*_~#>|•·\"«“(\[]|\[[ xX]\]\s|[\U0001F000-\U0001FAFF\u2300-\u23FF\u2600-\u27BF\u2B00-\u2BFF\uFE0F\u200D]"
    r"|\d\ufe0f?\u20e3|:[a-z_]{2,30}:|\[[Pp]\d\])"
)
_LONGEST_LEAD = 24
_A_NUMBER = re.compile(r"[<>≥≤=+~≈-]{0,2}\s?[$€£]?\d[^a-zA-Z]{0,12}(?:\w{1,10})?[\s.;*)]{0,3}$")
_QUANTITY = re.compile(r"[<>≥≤=+~≈-]{0,2}\s?[$€£]?\d")


class Label(NamedTuple):
    """Hold a label found: `start` where its line or label begins, `end` where its text begins."""

    role: str
    start: int
    end: int
    number: str | None = None


def label_at(plain: str, start: int, end: int) -> Label | None:
    """Recognise a label that opens plain[start:end], behind emphasis, emojis and tags."""
    position = start
    limit = min(end, start + _LONGEST_LEAD)
    first = _grammar().first
    while True:
        found = first.match(plain, position, end)
        if found is not None:
            label = _opening(found, plain, start, end)
            if label is not None:
                return label
        lead = _LEAD.match(plain, position, limit)
        if lead is None:
            return None
        position = lead.end()


def labels_in(plain: str, start: int, end: int) -> list[Label]:
    """Find the labels of plain[start:end]: the one that opens it and those inside it."""
    opening = label_at(plain, start, end)
    found = [] if opening is None else [opening]
    position = start if opening is None else opening.end
    if ":" not in plain[position:end] and not (opening and opening.number):
        return found
    for match in _grammar().inside.finditer(plain, position, end):
        label = _inside(match, plain, end, found[-1] if found else None)
        if label is not None and label.start >= position:
            found.append(label)
            position = label.end
    return found


def with_ends(labels: list[Label], end: int) -> list[tuple[Label, int]]:
    """Pair each label with where its text ends: at the next label, the last at `end`."""
    return [(label, max(label.end, stop)) for label, stop in zip(labels, [x.start for x in labels[1:]] + [end], strict=False)]


class _Grammar(NamedTuple):
    first: re.Pattern[str]
    inside: re.Pattern[str]
    roles: dict[str, str]
    codes: frozenset[str]
    prose: frozenset[str]
    needs_mark: frozenset[str]


@cache
def _grammar() -> _Grammar:
    words: dict[str, list[str]] = lexicon()["words"]
    codes: dict[str, list[str]] = lexicon()["codes"]
    qualifiers: dict[str, list[str]] = lexicon()["qualifiers"]
    roles = {plain_word(word): role for group in (words, codes) for role, listed in group.items() for word in listed}
    every = [word for group in (words, codes) for listed in group.values() for word in listed]
    label = (
        rf"(?:(?:{alternatives(qualifiers['before'])})(?:\s{{1,2}}|(?<=')))?"
        rf"(?P<word>{alternatives(every)})(?![^\W\d_])"
        rf"(?:\s{{1,2}}(?:{alternatives(qualifiers['after'])})(?!\w))?"
        rf"(?P<bold>{_EMPHASIS})"
        r"(?:\s{0,2}(?:#|n°|nº|no\.?|№|-)?\s?(?P<number>\d{1,3}(?:[.-]\d{1,3}){0,2}[a-d]?|[QT][1-4](?:\s\d{4})?|\d{4})"
        r"(?![\w%€$]|[.,]\d))?"
        rf"{_EMPHASIS}"
        r"(?:\s{0,2}(?P<aside>[(\[][^()\[\]\n]{0,40}[)\]]))?"
        rf"(?P<closing>{_EMPHASIS})"
        r"(?P<sep>\s{0,3}(?::(?!//)|[-–—](?=\s)|—>|–>|->|=>|→|\|)|[.)\]/](?=\s|$)|\s?\?)?"
    )
    inside = rf"(?<![^\s|(\[;,.*_—–>•/\x0b-])(?=[A-Za-zÀ-ÿ]){label}"
    return _Grammar(
        first=re.compile(label, re.IGNORECASE),
        inside=re.compile(inside, re.IGNORECASE),
        roles=roles,
        codes=plain_words(word for listed in codes.values() for word in listed),
        prose=plain_words(qualifiers["prose"]),
        needs_mark=plain_words(qualifiers["needs_mark"]),
    )


def _opening(found: re.Match[str], plain: str, start: int, end: int) -> Label | None:
    grammar = _grammar()
    word = plain_word(found["word"])
    role = grammar.roles[word]
    separator = (found["sep"] or "").strip()
    text_start = _after(plain, found.end(), end)
    label = Label(role, start, text_start, found["number"])
    bold = found["bold"] or found["closing"]
    if text_start >= end:
        return None if word in {"o", "resp", "start", "due"} and not found["number"] else label
    if _defines(found, role, separator, grammar):
        return None
    if separator in {".", ")", "]", "/"}:
        return label if found["number"] and role in _NUMBERED else None
    if separator == "?":
        return label if role == "aside" else None
    if separator == "|" or separator.startswith(":") or bold:
        return _unless_a_value(label, plain, end)
    if separator:
        spaced = found["sep"][0].isspace() or found["number"]
        return label if spaced or separator in {"—", "→", "—>", "->", "=>", "–>"} else None
    if role == "contributes":  # "Contribute to 30% of the pipeline" is a key result
        return None if word in grammar.needs_mark or _QUANTITY.match(plain, text_start, end) else label
    if role in PLURAL:
        return _heading_of_a_list(label, plain, found.end("word"), end)
    return label if role in _NUMBERED and _stands_bare(found, word, plain, text_start, end, grammar) else None


def _inside(found: re.Match[str], plain: str, end: int, last: Label | None) -> Label | None:
    grammar = _grammar()
    word = plain_word(found["word"])
    role = grammar.roles[word]
    separator = (found["sep"] or "").strip()
    if role not in _INSIDE_A_LINE or _defines(found, role, separator, grammar):
        return None
    label = Label(role, found.start(), _after(plain, found.end(), end), found["number"])
    if found["number"] and word in grammar.codes and role in {"key_result", "objective"}:
        if separator in {":", "-", "–", "—", ")", "]", ".", "→", "->", "—>"}:
            return label
        follows = last is not None and last.role == role and _next_number(last.number) == found["number"]
        return label if follows and not separator and plain[found.end("word") : found.end()][:1].isdigit() else None
    if not separator.startswith(":") or label.end >= end and role not in KEY_RESULT:
        return None
    before = plain[max(0, found.start() - 4) : found.start()].rstrip(" *_")[-1:]
    if role in {"aside", "owner", "contributes"}:
        parted = before != "" and before in ".;,!?|)]—–-·•([\x0b"
        aside = role == "aside" and (before in {"(", "["} or not plain[found.start("word")].isupper())
        return label if parted and not aside else None
    if not plain[found.start("word")].isupper() and word not in grammar.codes:
        return None
    if before in {"(", "["} or role == "indicator" and not found["number"] and before not in {".", ";", "|", ""}:
        return None
    return _unless_a_value(label, plain, end)


def _after(plain: str, position: int, end: int) -> int:
    while position < end and (plain[position].isspace() or (plain[position] in "*_~" and plain[position - 1] in ":*_~?.)]")):
        position += 1
    return position


def _defines(found: re.Match[str], role: str, separator: str, grammar: _Grammar) -> bool:
    # "Key Results (KR) —> how you will know": a sentence about OKRs, not one of them.
    within = found["aside"]
    if within is None or plain_word(within[1:-1]) not in grammar.codes:
        return False
    return role in PLURAL or not separator.startswith(":")


def _unless_a_value(label: Label, plain: str, end: int) -> Label | None:
    # "Objectif : 40 %" under a key result is its target.
    short = label.role == "objective" and label.number is None and end - label.end <= 40
    return None if short and _A_NUMBER.match(plain, label.end, end) else label


def _heading_of_a_list(label: Label, plain: str, position: int, end: int) -> Label | None:
    # "Key results for Q3:", "Résultats clés du trimestre :" open a list; a longer line is a sentence.
    rest = plain[position : min(end, position + 60)].rstrip(" *_")
    if end - position > 60 or not rest.endswith(":"):
        return None
    return label._replace(end=end)


def _stands_bare(found: re.Match[str], word: str, plain: str, start: int, end: int, grammar: _Grammar) -> bool:
    following = plain[start : min(end, start + 24)].split(maxsplit=1)
    if not following or plain_word(following[0].strip(",.;:")) in grammar.prose:
        return False
    first = following[0].lstrip('*_"«“([')[:1]
    strong = first.isupper() or first.isdigit() or first in "<>≥≤+~"
    if found["number"]:
        if word not in grammar.codes:
            return strong and not found["number"].startswith(("Q", "T", "20"))
        return plain[found.end("word")].isdigit() or strong or len(found["number"]) == 1
    if grammar.roles[word] == "okr" or word == "o":
        return False
    return strong and plain[found.start("word")].isupper() and len(plain[start : min(end, start + 90)].split()) >= 3


def _next_number(number: str | None) -> str | None:
    whole, dot, last = (number or "").rpartition(".")
    return f"{whole}{dot}{int(last) + 1}" if last.isdecimal() else None
