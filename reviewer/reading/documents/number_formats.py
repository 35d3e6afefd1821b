"""Show a cell's value as its number format does: percentages, amounts, dates."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from reviewer.okr import Language
from reviewer.reading.documents.dates import written_date, written_month

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.|(?P<number>[#0?](?:[#0?, ]*[#0?])?(?P<scale>,*)(?:\.[#0?]+)?(?P<scale_after>,*)(?:E[+-]0+)?)|(?P<percent>%)|(?P<literal>[^"\\\[\]_*])')  # fmt: skip
_CURRENCY = re.compile(r"\$(?P<sign>[^-\]]*)")
_NARROW, _BROAD = "\u202f", "\u00a0"
_MOST_DECIMALS = 10
_LARGEST = 1e15


class _Format(NamedTuple):
    before: str
    after: str
    decimals: tuple[int, int]
    grouped: bool
    percent: bool
    scale: int
    general: bool


def as_shown(value: object, number_format: str | None, language: Language) -> str:
    """Write a cell's value the way a spreadsheet in the language shows it: 0.38 under "0%" is "38%", in French "38 %"."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return {"fr": ("FAUX", "VRAI"), "en": ("FALSE", "TRUE")}[language][value]
    if isinstance(value, datetime):
        return _day(value.date(), number_format, language)
    if isinstance(value, date):
        return _day(value, number_format, language)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, (int, float)):
        return _number(value, number_format or "General", language)
    return str(value)


def _day(day: date, number_format: str | None, language: Language) -> str:
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", (number_format or "").lower())
    if "m" in plain and "y" in plain and "d" not in plain and "j" not in plain:
        return written_month(day, language)
    return written_date(day, language)


def _number(value: int | float, number_format: str, language: Language) -> str:
    if value != value or abs(value) == float("inf"):
        return ""
    sections = _sections(number_format)
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    form = _parse(sections[at])
    number = abs(value) if at == 1 else value
    if form.general or abs(value) > _LARGEST:
        return _localised(_general(number), language, grouped=False)
    if form.percent:
        number = number * 100
    for _ in range(form.scale):
        number = number / 1000
    least, most = form.decimals
    # A float holds 0.145 as a little less; one more digit first rounds it as a spreadsheet does.
    text = f"{round(number, most + 6):.{most}f}"
    whole, point, decimals = text.partition(".")
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    text = whole + (point + decimals if decimals else "")
    percent = "" if not form.percent else f"{_NARROW}%" if language == "fr" else "%"
    after = form.after.replace(" %", "%").replace("%", percent) if form.percent else form.after
    return (form.before + _localised(text, language, form.grouped) + after).strip()


def _general(value: int | float) -> str:
    if isinstance(value, int) or value.is_integer() and abs(value) < _LARGEST:
        return str(int(value)) if abs(value) < 10**30 else f"{float(value):.6g}" if abs(value) < 10**300 else "inf"
    text = f"{value:.{_MOST_DECIMALS}g}"
    return f"{float(text):.12f}".rstrip("0") if "e-" in text and abs(value) > 1e-9 else text


def _localised(text: str, language: Language, grouped: bool) -> str:
    whole, point, decimals = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.lstrip("-")
    if grouped and digits.isdigit():
        separator = _NARROW if language == "fr" else ","
        digits = f"{int(digits):,}".replace(",", separator)
    return sign + digits + (("," if language == "fr" else ".") + decimals if point else "")


def _sections(number_format: str) -> list[str]:
    sections, current, quoted = [], "", False
    for character in number_format[:500]:
        quoted ^= character == '"'
        if character == ";" and not quoted:
            sections.append(current)
            current = ""
        else:
            current += character
    return [*sections, current]


@lru_cache(maxsize=512)
def _parse(section: str) -> _Format:
    before = after = ""
    number = ""
    percent, scale = False, 0
    for token in _TOKEN.finditer(section):
        said = token["quoted"] or token["escaped"] or token["literal"] or ""
        if token["bracket"] is not None:
            currency = _CURRENCY.match(token["bracket"])
            said = currency["sign"] if currency else ""
        if token["percent"]:
            percent, said = True, "%"
        if token["number"] and not number:
            number = token["number"]
            scale = len(token["scale"] or "") + len(token["scale_after"] or "")
            number = number.rstrip(",")
        elif number:
            after += said
        else:
            before += said
    fraction = "?/" in section or "#/" in section
    if not number or fraction or section.strip().lower() in ("general", "standard", "@", ""):
        return _Format("", "", (0, 0), False, False, 0, True)
    whole, _, decimals = number.partition(".")
    shown = decimals.split("E")[0]
    grouped = "," in whole.rstrip(",")
    return _Format(before, after, (shown.count("0"), min(len(shown), _MOST_DECIMALS)), grouped, percent, scale, False)
