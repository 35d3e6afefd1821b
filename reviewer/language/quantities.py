"""Find the numbers of a statement, with their units, in every French and English spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reviewer.language.folding import letter_runs
from reviewer.language.lexicon import _read, listed
from reviewer.okr import Comparator, Language

_DURATIONS = ("millisecond", "second", "minute", "hour", "day", "week", "month", "year")
_SECONDS = {
    "millisecond": 0.001,
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "week": 604800.0,
    "month": 2629800.0,
    "year": 31557600.0,
}
"""Seconds in each unit; a month is a twelfth of the Julian year of 365.25 days."""
CURRENCIES = frozenset({"EUR", "USD", "GBP", "CHF", "XOF"})


class Number(NamedTuple):
    """Hold a number found at [start, end) of the folded text.

    `unit` is canonical or None; `relative` says it is a change (signed, "by 30 %", a factor) and not a level;
    `spelled` that it was written in words.
    """

    start: int
    end: int
    value: float
    high: float | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    sign: int = 0
    out_of: float | None = None
    relative: bool = False
    spelled: bool = False

    @property
    def is_duration(self) -> bool:
        """Tell a length of time from other quantities."""
        return self.unit in _DURATIONS


@cache
def _spellings() -> tuple[dict[str, str], dict[str, float], dict[str, float]]:
    data = _read("units.toml")
    units = {spelling: name for name, text in data["units"].items() for spelling in listed(text)}
    scales = {spelling: float(power) for power, text in data["scales"].items() for spelling in listed(text)}
    words = {}
    for text in data["words"].values():
        for pair in listed(text):
            word, _, value = pair.partition("=")
            words[word] = float(value)
    return units, scales, words


def number_words() -> dict[str, float]:
    """Give the numbers that are written as words, both languages."""
    return _spellings()[2]


@cache
def _pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the pattern of a number with what follows it, and that of what may stand right before it."""
    units, scales, _ = _spellings()
    signs = [u for u in units if not u[0].isalnum()]
    alphabetic = sorted((u for u in units if u[0].isalnum()), key=len, reverse=True)
    currencies = "|".join(re.escape(u) for u in sorted((u for u, name in units.items() if name in CURRENCIES), key=len, reverse=True))
    scale = "|".join(sorted(scales, key=len, reverse=True))
    unit = "|".join([*(re.escape(u) for u in sorted(signs, key=len, reverse=True)), *(re.escape(u) + r"(?![a-z0-9])" for u in alphabetic)])
    digits = r"\d{1,3}(?:[ .,']\d{3}){1,4}(?![\d])(?:[.,]\d{1,9})?|\d{1,15}(?:[.,]\d{1,9})?"
    before = re.compile(rf"(?P<cmp>>=|=>|<=|=<|≥|≤|>|<)? {{0,2}}(?P<sign>[+-])? ?(?P<cur>(?:{currencies}) ?)?$")
    number = re.compile(
        rf"""(?P<num>{digits})
        (?:-(?P<high>\d{{1,9}}(?:[.,]\d{{1,3}})?)(?![\d-]))?
        (?:
          (?P<scale>\ ?(?:{scale})(?=(?:\ ?(?:{currencies}))|[^a-z0-9]|$))?
          (?P<unit>[\ -]?(?:{unit}))?
          (?P<outof>(?:\ ?/\ ?(?:5|10|20|100)(?![\d])|(?:\ out\ of\ |\ sur\ )(?:5|10|20|100)(?![\d%])(?!\ (?:[a-z]{{4,}}s\b))))?
          (?P<plus>\+(?!\d))?
        )""",
        re.VERBOSE,
    )
    return number, before


_COMPOSITE = re.compile(r"(?<![\d.,])(\d{1,3}) ?(h|m|min|mn) ?(\d{1,2})(?: ?(?:s|sec|min|mn|m))?(?![\w])")
_BEFORE: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (">=", re.compile(r"(?:at least|no (?:less|fewer) than|not less than|minimum(?: of| de)?|min\.?|au moins|au minimum|a minima|minimum|superieure?s? ou egale?s? a|a partir de|or above)\s*(?:of|de|d'|a)?\s*$")),
    ("<=", re.compile(r"(?:at most|no more than|not more than|up to|maximum(?: of| de)?|max\.?|au plus|au maximum|inferieure?s? ou egale?s? a|jusqu'a|within)\s*(?:of|de|d'|a)?\s*$")),
    (">", re.compile(r"(?:more than|over|above|exceed(?:s|ing)?|greater than|bigger than|higher than|north of|beyond|plus de|plus d'|superieure?s? a|au-dela de|au dessus de|au-dessus de|depass\w+|plus haut que)\s*$")),
    ("<", re.compile(r"(?:less than|fewer than|under|below|lower than|smaller than|moins de|moins d'|inferieure?s? a|sous(?: les| la barre des?)?|en dessous de|en-dessous de|au-dessous de)\s*$")),
)  # fmt: skip
_AFTER: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (">=", re.compile(r"\s*(?:or more|or above|or higher|or better|minimum|min\b|au moins|au minimum|ou plus|ou mieux|et plus)")),
    ("<=", re.compile(r"\s*(?:or less|or fewer|or below|maximum|max\b|au plus|au maximum|ou moins)")),
)
_BY = re.compile(
    r"(?:\bby|\bde plus de|\ben hausse de|\ben baisse de|\bd'au moins|\bgrowth of|\bincrease of|\breduction of|\bdrop of|\bcroissance de|\bhausse de|\bbaisse de|\breduction de|\baugmentation de|\badditional|\bextra)\s*(?:at least|about|around|over|more than|another|environ|au moins|plus de|minimum)?\s*$"
)
_ONE_HOLDS = ("at least", "au moins", "no more", "pas plus", "exactly")
"""One of these stands in whatever `_ONE` finds, and is found faster."""
_ONE = re.compile(r"\b(?:at least|au moins|no more than|pas plus d'|exactly)\s*(one|une?|an?)\b(?! (?:of the most|des plus))")


def read_number(text: str, unit_percent: bool = False) -> float:
    """Read a number written the French or the English way.

    Groups of three digits after a point or comma are thousands unless the number is a percentage or
    starts with zero (1,000 is a thousand, 99.999 % and 0.125 are not).

    Raises ValueError when `text` holds no digit.
    """
    text = text.replace(" ", "").replace("'", "")
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return float(text)
    mark, whole, decimals = text[last], text[:last], text[last + 1 :]
    if mark in whole:  # the same mark twice: thousands
        return float(text.replace(",", "").replace(".", ""))
    other = "," if mark == "." else "."
    if other in whole:
        return float(f"{whole.replace(other, '')}.{decimals}")
    if len(decimals) == 3 and not unit_percent and whole not in ("", "0") and len(whole) <= 3:
        return float(whole + decimals)
    return float(f"{whole or '0'}.{decimals}")


_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(?<![\d.,#])\d")
_LEAD = 18
"""Characters before a number in which a comparator, a sign and a currency may stand."""


def find_numbers(folded: str, language: Language, masked: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """Find the quantities in a folded text, in order, skipping the `masked` stretches."""
    found: list[Number] = []
    if _DIGIT.search(folded):
        taken = list(masked)
        for match in _COMPOSITE.finditer(folded):
            if not _overlaps(match.start(), match.end(), taken) and (match[2] == "h" or match[0][-1] == "s"):
                first, second = float(match[1]), float(match[3])
                value, unit = (first + second / 60, "hour") if match[2] == "h" else (first + second / 60, "minute")
                found.append(_with_comparator(folded, Number(match.start(), match.end(), value, unit=unit)))
                taken.append(match.span())
        number, before = _pattern()
        done = 0
        for digit in _RUN.finditer(folded):
            start = digit.start()
            if start < done:
                continue
            said = number.match(folded, start)
            if said is None:
                continue
            done = said.end("high") if said["high"] else said.end("num")
            lead = before.search(folded, max(0, start - _LEAD), start)
            if lead is None or _overlaps(start, said.end("num"), taken) or _part_of_word(folded, said, lead):
                continue
            found.append(_from_match(folded, said, lead))
            done = max(done, found[-1].end)
    spelled = _spelled(folded, masked)
    if spelled:  # "8 reps in 10", "multiplied by 3": the digits inside are no quantities of their own
        found = [n for n in found if not any(n.start < w.end and w.start < n.end for w in spelled)]
        found.extend(spelled)
    found.sort()
    return found


def _from_match(folded: str, match: re.Match[str], lead: re.Match[str]) -> Number:
    units, scales, _ = _spellings()
    unit_text = (match["unit"] or "").strip(" -")
    scale_text = (match["scale"] or "").strip()
    unit = units.get(unit_text)
    end = match.end("num")
    if match["high"]:
        end = match.end("high")
    if scale_text == "m" and match["scale"].startswith(" ") and not (lead["cur"] or unit in CURRENCIES):
        scale_text, unit = "", None  # "5 m": no million without money or glue
    elif scale_text or unit:
        end = max(end, match.end("scale"), match.end("unit"))
    currency = (lead["cur"] or "").strip()
    if currency:
        unit = units[currency]
    apart = folded[match.end("num") : match.end("num") + 1] == " "
    if (
        unit_text in ("t", "d", "s", "an", "b", "e", "er")
        and apart
        and re.match(r"['’]| [a-z]", folded[match.end("unit") :] + ("" if unit_text == "s" else " a"))
    ):
        unit, end = None, match.end("num")  # "5 t", "3 s" apart are no units
    if unit == "star" and (scale_text or not re.fullmatch(r"[0-5](?:[.,]\d)?", match["num"])):
        unit, end = None, match.end("scale") if scale_text else match.end("num")  # stars of a repository are counted
    factor = scales.get(scale_text, 1.0)
    percent = unit == "percent" or folded[end : end + 2].strip().startswith("%")
    value = read_number(match["num"], percent) * factor
    high = read_number(match["high"], percent) * factor if match["high"] else None
    if high is not None and high < value / (factor if factor > 1 else 1):
        high = None
    out_of = None
    if match["outof"]:
        out_of, end, unit = float(match["outof"].strip(" /outfsr")), match.end("outof"), unit or "score"
    if match["plus"]:
        end = match.end("plus")
    sign = {"+": 1, "-": -1}.get(lead["sign"] or "", 0)
    start = match.start("num")
    if sign and start and folded[: lead.start("sign")].rstrip().endswith(("+/", "+", "±")):
        sign = 0  # a tolerance, +/- 3 %
    elif lead["sign"]:
        start = lead.start("sign")
        if sign < 0 and start > 0 and (folded[start - 1].isalnum() or folded[start - 1] == ")"):
            sign, start = 0, match.start("num")  # a hyphen glued to a word is no minus
    if lead["cur"]:
        start = min(start, lead.start("cur"))
    comparator: Comparator | None = ">=" if match["plus"] else None
    if lead["cmp"] and (folded[: lead.start("cmp")].endswith(("-", "=", ">")) or lead["cmp"] == "=>"):
        pass  # the point of an arrow
    elif lead["cmp"]:
        start = lead.start("cmp")
        comparator = {">=": ">=", "=>": ">=", "≥": ">=", "<=": "<=", "=<": "<=", "≤": "<=", ">": ">", "<": "<"}[lead["cmp"]]  # type: ignore[assignment]
    number = Number(start, end, value, high, unit, comparator, sign, out_of, relative=bool(sign) or unit == "factor")
    return _with_comparator(folded, number)


_COMPARED = re.compile("|".join(f"(?P<c{index}>{pattern.pattern})" for index, (_, pattern) in enumerate(_BEFORE)))


def _with_comparator(folded: str, number: Number) -> Number:
    before = folded[max(0, number.start - 40) : number.start]
    if number.comparator is None:
        said = _COMPARED.search(before)
        if said and said.lastgroup:
            number = number._replace(comparator=_BEFORE[int(said.lastgroup[1:])][0])
        else:
            for comparator, pattern in _AFTER:
                if pattern.match(folded, number.end):
                    number = number._replace(comparator=comparator)
                    break
    if not number.relative and _BY.search(before):
        number = number._replace(relative=True)
    return number


_FACTOR = re.compile(
    r"\b(?P<two>doubl(?:e(?!-| down)|es|ed|ing(?! down)|er|ement|ant)|twice|twofold|x ?2|deux fois plus|multipli\w+ par (?:deux|2(?![.,]\d)))\b"
    r"|\b(?P<three>tripl(?:e|es|ed|ing|er|ement)|trebl(?:e|es|ed|ing)|threefold|x ?3|multipli\w+ par (?:trois|3(?![.,]\d)))\b"
    r"|\b(?P<four>quadrupl\w+|fourfold|multipli\w+ par (?:quatre|4))\b|\b(?P<ten>tenfold|decupl\w+|multipli\w+ par (?:dix|10))\b"
    r"|\b(?P<many>multipli\w+ par|(?<!\w)x ?)(?P<by>cinq|six|sept|huit|[1-9]\d{0,2}(?:[.,]\d)?)(?![\w/]| ?/)"
    r"|\b(?P<half>halv(?:e|es|ed|ing)|(?:cut|reduce|reduced|slash|down|drop|shrink)\b[^.;,]{0,60}? (?:in|by) half|(?:in|by) half|divis\w+ par (?:deux|2)|deux fois moins|moitie moins|de moitie)\b"
    r"|\b(?P<third>divis\w+ par (?:trois|3))\b|\b(?P<part>divis\w+ par) (?P<div>\d{1,3}|quatre|cinq|dix)\b"
    r"|\b(?P<frac>(?:by |d'|de |contre )(?:a |an |un |one )?(?P<fracword>third|quarter|fifth|tiers|quart|cinquieme|dixieme))\b"
)
_RARE = re.compile(r"doubl|tripl|trebl|upl|fold|twice|fois|multip|divis|hal[fv]|moiti|third|tiers|quart|fifth|cinq|dix|x ?\d")
"""A stem that every factor and most shares hold: what has none of them need not be searched further."""
_IN_TEN = re.compile(r" (?:in|out of|sur) (?:[a-z]{3,6}|\d{1,3})\b")
_SHARE = re.compile(
    r"\b(?P<half>half(?! ?(?:day|an hour|time|year|of the time))|la moitie|une moitie)(?: of)?\b"
    r"|(?<![\d.,])\b(?P<num>one|two|three|four|five|six|seven|eight|nine|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|[1-9])(?: [a-z-]+){0,2} (?:in|out of|sur) (?P<den>two|three|four|five|ten|deux|trois|quatre|cinq|dix|\d{1,3})\b"
    r"|\b(?P<tw>two thirds|three quarters|three-quarters|two-thirds|les deux tiers|deux tiers|trois quarts|les trois quarts|un tiers des?|un quart des?|a third of|a quarter of(?! an hour))\b"
)
_ZERO = re.compile(
    r"\b(?:zero|aucune?s?|(?:pas|sans) une? seule?|(?:not|back|without) (?:a single|one)(?= [a-z])|nul(?:le)?)\b"
    r"|\b(?<=to )(?:none|nil|nothing)\b|\bno(?= (?!(?:to|later|longer|more|less|fewer|matter|code|one |-)\b)[a-z])"
    r"|\b(?:do not|don't|never|without|not)\b(?= (?:\w+ ){1,3}?any\b)"
)
_WORD_VALUES = {"one": 1, "un": 1, "une": 1, "two": 2, "deux": 2, "three": 3, "trois": 3, "six": 6, "seven": 7, "sept": 7, "eight": 8, "huit": 8, "four": 4, "quatre": 4, "five": 5, "cinq": 5, "nine": 9, "neuf": 9, "ten": 10, "dix": 10}  # fmt: skip
_SHARES = {"two thirds": 66.7, "two-thirds": 66.7, "deux tiers": 66.7, "les deux tiers": 66.7, "three quarters": 75.0, "three-quarters": 75.0, "trois quarts": 75.0, "les trois quarts": 75.0}  # fmt: skip
_FRACTIONS = {"third": 1 / 3, "tiers": 1 / 3, "quarter": 0.25, "quart": 0.25, "fifth": 0.2, "cinquieme": 0.2, "dixieme": 0.1}
_TENS = re.compile(r"[a-z]+-(?P<unit>[a-z]+)\b")


_WORD_UNIT = re.compile(
    r" (?:(weeks?|semaines?|months?|mois|days?|jours?|hours?|heures?|minutes?|points?|years?|ans?|fois|times)|(percent|per cent|pour cent))\b"
)


@cache
def _number_words() -> re.Pattern[str]:
    return re.compile(r"(?<![a-z])(?:" + "|".join(sorted(_spellings()[2], key=len, reverse=True)) + r")(?![a-z])")


@cache
def _number_openings() -> frozenset[str]:
    """Give the words that numbers in words begin with: a text that holds none of them holds no such number."""
    return frozenset(match[0] for word in _spellings()[2] if (match := re.match("[a-z]+", word)))


def _spelled(folded: str, masked: Sequence[tuple[int, int]]) -> list[Number]:
    found: list[Number] = []

    def add(match: re.Match[str], value: float, unit: str | None = None, relative: bool = False, group: str | int = 0) -> None:
        start, end = match.span(group)
        if not _overlaps(start, end, masked) and not any(n.start < end and start < n.end for n in found):
            found.append(_with_comparator(folded, Number(start, end, value, unit=unit, relative=relative, spelled=True)))

    rare = _RARE.search(folded)
    for match in _FACTOR.finditer(folded) if rare else ():
        if match["two"]:
            add(match, 2, "factor", True)
        elif match["three"]:
            add(match, 3, "factor", True)
        elif match["four"]:
            add(match, 4, "factor", True)
        elif match["ten"]:
            add(match, 10, "factor", True)
        elif match["half"]:
            add(match, 0.5, "factor", True)
        elif match["third"]:
            add(match, 1 / 3, "factor", True)
        elif match["part"]:
            divisor = float(match["div"]) if match["div"].isdigit() else float(_WORD_VALUES[match["div"]])
            if divisor:
                add(match, 1 / divisor, "factor", True)
        elif match["many"] and match["by"]:
            add(match, _spellings()[2].get(match["by"]) or read_number(match["by"]), "factor", True)
        elif match["frac"]:
            add(match, round(_FRACTIONS[match["fracword"]] * 100, 1), "percent", True)
    for match in _SHARE.finditer(folded) if rare or _IN_TEN.search(folded) else ():
        if match["half"]:
            add(match, 50.0, "percent")
        elif match["num"]:
            top = float(_WORD_VALUES.get(match["num"], 0) or match["num"])
            bottom = match["den"]
            low = float(bottom) if bottom.isdigit() else float(_WORD_VALUES[bottom])
            if low and low >= top:
                add(match, round(100 * top / low, 1), "percent")
        else:
            word = match["tw"]
            add(match, _SHARES.get(word, 33.3 if "ti" in word or "third" in word else 25.0), "percent")
    for match in _ZERO.finditer(folded):
        clause = folded[max(0, match.start() - 40) : match.start()]
        if not re.search(r"\b(?:that|which|who|say|says|qui|dont|dire)\b[^,;:]*$", clause):
            add(match, 0.0, "count")
    for match in _ONE.finditer(folded) if any(map(folded.__contains__, _ONE_HOLDS)) else ():
        add(match, 1.0, None, False, 1)
    words = _spellings()[2]
    for match in _number_words().finditer(folded) if not _number_openings().isdisjoint(letter_runs(folded)) else ():
        value = words[match[0]]
        joined = _TENS.match(folded, match.start()) if value in (20, 30, 40, 50) else None
        if joined and joined["unit"] in words and words[joined["unit"]] < 10:
            add(joined, value + words[joined["unit"]])
            continue
        if not _counts_nothing(folded, match):
            unit_match = _WORD_UNIT.match(folded, match.end())
            unit = _spellings()[0].get(unit_match[1] or unit_match[2]) if unit_match else None
            before_count = len(found)
            add(match, value, unit, unit == "factor")
            if unit and unit_match and len(found) > before_count:
                found[-1] = found[-1]._replace(end=unit_match.end())
    return found


def _counts_nothing(folded: str, match: re.Match[str]) -> bool:
    """Tell "deux" in "tous les deux", "neuf" meaning new, "mille" in names."""
    word, before, after = match[0], folded[max(0, match.start() - 12) : match.start()], folded[match.end() : match.end() + 12]
    if word == "cent" and before.endswith(("pour ", "per ")):
        return True
    if word == "neuf":
        return not after.strip()[:1].isalpha() or before.rstrip().endswith(("un", "tout", "le", "produit"))
    if word == "six" or word == "ten":
        return after.startswith(" sigma")
    if word in ("two", "deux") and re.search(r"(?:tous les|toutes les|the|entre|between) $", before):
        return word == "deux"
    return after.startswith("-") and word in ("two", "three", "deux", "trois", "one")  # two-way, three-tier


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in taken)


def _part_of_word(folded: str, match: re.Match[str], lead: re.Match[str]) -> bool:
    """Tell a number inside a name (b2b, v3, ga4, iso27001, j+30) from a quantity."""
    start = match.start("num")
    if start == 0:
        return False
    before = folded[start - 1]
    if lead["cur"] or lead["sign"] and before in "+-":
        return bool(lead["sign"]) and not lead["cur"] and start > 1 and folded[start - 2].isalpha() and before == "-"
    if before.isalpha():
        # glued currency spellings and x3 were taken above; anything else is a name
        return not (before == "x" and (start < 2 or not folded[start - 2].isalnum()))
    return before in "/-_." and start > 1 and folded[start - 2].isalpha()


def in_unit_of(number: Number, other: Number) -> Number:
    """Give a duration in the unit of another (2 days beside 12 hours is 48 hours); other numbers stay as they are."""
    have, want = _SECONDS.get(number.unit or ""), _SECONDS.get(other.unit or "")
    if have is None or want is None or have == want:
        return number
    return number._replace(value=round(number.value * have / want, 6), unit=other.unit)
