"""Find amounts of money, in figures and in words, and leave every other number: they are needed to judge.

A number bears its currency ("2,4 M€", "$50k", "two million dollars"), shares that of its range ("from 2 to 3 M€"),
or counts what the catalogue measures in money ("ARR from 1.2M to 1.5M").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from functools import cache

from reviewer.language.detect import detect_language
from reviewer.language.folding import fold
from reviewer.language.lexicon import lexicon
from reviewer.language.measures import find_measures
from reviewer.language.quantities import number_words, read_number
from reviewer.redaction.finding import Cover, Found
from reviewer.redaction.vocabulary import folded

_S = r"[ \u00a0\u202f\u2009]?"
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f\u2009.,'’]\d{3}){1,5}(?![\d])(?:[.,]\d{1,4})?|\d+(?:[.,]\d+)?)"
_SCALE = r"(?:thousands?|millions?|billions?|trillions?|milliers?|milliards?|mille|mios?|mln|mrd|bn|mds?|mm|k|m|b)"
_SIGN = r"(?:[€$£¥₹₽₺₩₪]|(?:us|ca|can|au|nz|hk|c|a)\$|\$(?:us|ca|can))"
_CODE = (
    r"(?:eur|usd|gbp|chf|f?cfa|f cfa|(?-i:CAD|AUD|NZD|JPY|CNY|RMB|INR|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|SGD|HKD|ZAR|AED|SAR|ILS|TRY|MAD|DZD|TND"
    r"|XOF|XAF|BTC))"
)
_NAMED = (
    r"(?:euros?|dollars?|pounds?(?: sterling)?|livres sterling|francs?(?: cfa| suisses?)?|(?:us|american|canadian|australian) dollars?|dirhams?"
    r"|dinars?|roubles?|rubles?|yens?|yuans?|roupies?|rupees?|pesos?|reais|centimes?|bucks)"
)
_CURRENCY = rf"(?:{_SIGN}|(?:{_CODE}|{_NAMED})(?![^\W_]))"
_END = r"(?![^\W_])"
_BEFORE = r"(?<![^\W_])(?<!\d[.,])"
_AFTER_NUMBER = rf"{_NUMBER}{_S}(?:{_SCALE}[ \u00a0\u202f-]?(?:d['’]|de |of )?)?{_CURRENCY}"
_AFTER_SIGN = rf"(?:{_SIGN}|(?<![^\W_]){_CODE}){_S}{_NUMBER}(?:{_S}{_SCALE}{_END})?(?:{_S}{_CODE}{_END})?"
_MONEY = re.compile(rf"(?:{_BEFORE}{_AFTER_NUMBER}|{_AFTER_SIGN})", re.IGNORECASE)
_LINK = (
    r"(?:[-–—/]|[ \u00a0\u202f]?(?:→|->|=>|–|—)[ \u00a0\u202f]?|[ \u00a0\u202f](?:à|a|to|et|and|ou|or|through|puis|then)[ \u00a0\u202f])"
)
_LOWER_END = re.compile(rf"(?P<number>{_BEFORE}{_NUMBER})(?:{_S}{_SCALE})?(?={_LINK}$)", re.IGNORECASE)
_UPPER_END = re.compile(rf"{_LINK}(?P<amount>{_NUMBER}(?P<scale>{_S}{_SCALE}{_END})?)(?![^\W_]|[.,]\d|{_S}[%‰°])", re.IGNORECASE)
_REACH = 40
"""Characters before an amount in which the lower end of its range may stand."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_BARE = re.compile(rf"{_BEFORE}(?P<number>{_NUMBER})(?P<scale>{_S}{_SCALE}{_END})?(?![^\W_]|{_S}[%‰°])", re.IGNORECASE)
_COUNTED = re.compile(
    r"[ \u00a0\u202f]+(?!(?:to|à|a|by|from|in|en|on|at|for|per|par|of|de|d'|d’|du|des|vs|versus|contre|against|and|et|or|ou|before|avant|until"
    r"|within|during|over|this|next|ce|cette|au|aux|fin|end|sur|avec|with|compared|currently|actuellement|aujourd|today|up|down|hors|soit|is|est)\b)[^\W\d_]",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"0+")
_NEAR = len(" net new ")
_TELLING = 3
"""Digits and letters of an amount that is looked for everywhere."""
_SMALLEST = 1000
"""A bare number below it counts things (40 opportunities) rather than money."""


def find_amounts(text: str) -> Iterator[Found]:
    """Find every amount of money in `text`; nothing at all (0 €) stays, since a start from zero is judged as such."""
    return (found for found in _amounts(text) if not _NOTHING.fullmatch(re.sub(r"\D", "", text[found.start : found.end])))


def known_amounts(text: str, amounts: Collection[str]) -> Iterator[Found]:
    """Find amounts seen elsewhere that do not say they are money: a fact taken out of its statement ("1.5M") is still one.

    A short bare number ("3") is one only when it is the whole text.
    """
    whole = text.strip()
    if whole in amounts:
        begin = text.index(whole)
        yield Found(begin, begin + len(whole), "Amount")
        return
    telling = sorted((amount for amount in amounts if sum(char.isalnum() for char in amount) >= _TELLING), key=len, reverse=True)
    if not telling:
        return
    for match in re.finditer(rf"{_BEFORE}(?:{'|'.join(map(re.escape, telling))})(?![^\W_]|[.,]\d|{_S}[%‰°])", text):
        if not _COUNTED.match(text, match.end()):
            yield Found(*match.span(), "Amount")


def _amounts(text: str) -> Iterator[Found]:
    cover = Cover(text)
    cover.add(Found(*match.span(), "Amount") for match in _MONEY.finditer(text))
    cover.add(Found(*match.span(), "Amount") for match in _in_words().finditer(text))
    certain = cover.found
    yield from certain
    for start, end, _ in certain:
        lead = text[max(0, start - _REACH) : start]
        if (lower := _LOWER_END.search(lead)) and not _YEAR.fullmatch(lower["number"]):
            yield Found(start - len(lead) + lower.start(), start - len(lead) + lower.end(), "Amount")
        upper = _UPPER_END.match(text, end)
        if upper and not _YEAR.fullmatch(upper["amount"]) and (upper["scale"] or not _COUNTED.match(text, upper.end())):
            yield Found(*upper.span("amount"), "Amount")
    for line in re.finditer(r"[^\n\r]+", text):
        yield from _measured(line[0], line.start(), cover)


def _measured(line: str, offset: int, cover: Cover) -> Iterator[Found]:
    """Find the large bare numbers whose measure is money."""
    numbers = [match for match in _BARE.finditer(line) if cover.free(offset + match.start(), offset + match.end())]
    numbers = [match for match in numbers if match["scale"] or _is_large(match["number"])]
    if not numbers:
        return
    measures = _Measures(line)
    for match in numbers:
        if measures.in_money(match):
            yield Found(offset + match.start(), offset + match.end(), "Amount")


class _Measures:
    """Hold the measures that a line names, in order, and whether each is counted in money."""

    def __init__(self, line: str) -> None:
        language = detect_language(line)
        place = fold(line)
        found = find_measures(lexicon(language).words(place.text), language)
        spans = [place.span(measure.start, measure.end) for measure in found]
        self._line = line
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._money = [measure.metric.unit == "money" for measure in found]

    def in_money(self, number: re.Match[str]) -> bool:
        """Tell whether the measure said last before the number, or else first after it, is counted in money."""
        before, after = bisect_right(self._ends, number.start()), bisect_left(self._starts, number.end())
        if _COUNTED.match(self._line, number.end()):  # "800k new ARR" is money, "40,000 visitors" are people
            return after < len(self._money) and self._money[after] and self._starts[after] - number.end() <= _NEAR
        nearest = before - 1 if before else after
        return nearest < len(self._money) and self._money[nearest]


def _is_large(number: str) -> bool:
    return not _YEAR.fullmatch(number) and read_number(re.sub(r"[\s’]", "", number)) >= _SMALLEST


@cache
def _in_words() -> re.Pattern[str]:
    """Give the pattern of amounts written out: "half a million euros", "vingt-cinq mille euros"."""
    spelled = {folded(word) for word in number_words()}.union("a an un une one half demi and et cents vingts hundred".split())
    words = "|".join(sorted(spelled, key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?:(?:{words})[ \u00a0\u202f-]){{1,8}}(?:(?:millions?|billions?|milliards?)[ \u00a0\u202f-]){{0,2}}"
        rf"(?:d['’]|de |of )?(?:{_SIGN}|{_NAMED}{_END})",
        re.IGNORECASE,
    )
