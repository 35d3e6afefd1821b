"""Write a value with its unit, from one cell or two, as the language does."""

from __future__ import annotations

import re
from typing import NamedTuple

from reviewer.language.folding import plain_letters
from reviewer.okr import Language
from reviewer.reading.documents.parts import Part
from reviewer.reading.documents.wording import units, wording

_BARE_NUMBER = re.compile(r"[<>≥≤=~+±-]{0,2}\s?\d[\d\s.,'’\u00a0\u202f]*(?:[kKmM]|Md)?\+?")
_MONEY = re.compile(r"(?P<before>[kKmM]|Md)?\s?(?P<sign>[€$£])(?P<after>[kKmM])?|(?P<sign2>[€$£])")
_LONGEST_UNIT = 40


class Value(NamedTuple):
    """Hold a value with its unit as stretches of cells; a stretch without a part is ours (a space, a sign)."""

    part: Part
    stretches: tuple[tuple[str, Part | None], ...]

    @property
    def text(self) -> str:
        """Give the value as it stands in the sentence."""
        return "".join(text for text, _ in self.stretches)


def value_with_unit(value: Part | None, unit: Part | None, language: Language, words: str, last: bool = True) -> Value | None:
    """Join a value with its unit: "38" and "%" give "38%" in English, and "38 %" in French with a narrow space.

    A value that bears its own unit keeps it. A unit of words ("days") is written once, after the `last` value of a sentence,
    and not where the `words` of the key result already name it.
    """
    if value is None:
        return None
    plain = [(value.text, value)]
    if unit is None or not _BARE_NUMBER.fullmatch(value.text.strip()) or len(unit.text) > _LONGEST_UNIT:
        return Value(value, tuple(plain))
    named = plain_letters(unit.text).strip(" .()[]")
    known = units()
    if named in known.percent:
        sign = wording(language).percent
        space = sign[:-1]
        written = unit._replace(text="%") if "%" not in unit.text else unit._replace(text="%", offset=unit.offset + unit.text.index("%"))
        return Value(value, (*plain, *([(space, None)] if space else []), ("%", written)))
    if named in known.silent:
        return Value(value, tuple(plain))
    money = known.currencies.get(named)
    if money is not None:
        return _money(value, _within(unit, money), None, language)
    scaled = _MONEY.fullmatch(unit.text.strip())
    if scaled is not None:
        scale = scaled["before"] or scaled["after"]
        return _money(value, _within(unit, scaled["sign"] or scaled["sign2"]), _within(unit, scale) if scale else None, language)
    if not last or _names(words, named):
        return Value(value, tuple(plain))
    blank: tuple[tuple[str, Part | None], ...] = () if unit.text.startswith("/") else ((" ", None),)
    return Value(value, (*plain, *blank, (unit.text, unit)))


def _money(value: Part, sign: Part, scale: Part | None, language: Language) -> Value:
    scaled = [(scale.text, scale)] if scale is not None else []
    if language == "en":
        return Value(value, ((sign.text, sign), (value.text, value), *scaled))
    return Value(value, ((value.text, value), ("\u00a0", None), *scaled, (sign.text, sign)))


def _within(cell: Part, text: str) -> Part:
    """Take a stretch out of a cell that holds it, or let it stand for the whole cell ("euros" written "€")."""
    at = cell.text.find(text)
    return cell._replace(text=text, offset=cell.offset + max(0, at))


def _names(words: str, unit: str) -> bool:
    """Tell that the words of a key result already name a unit of words ("Qualified demos per month", "qualified demos")."""
    return re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", plain_letters(words)) is not None
