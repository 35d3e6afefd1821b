"""Hold one statement half understood: folded, cut into words, with its numbers and periods found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from reviewer.language.folding import Folded, fold, letter_runs
from reviewer.language.glossary import House, present_house
from reviewer.language.lexicon import NOTHING, Lexicon, Sense, Word, lexicon
from reviewer.language.measures import Measure, find_measures
from reviewer.language.periods import Period, find_periods
from reviewer.language.quantities import Number, find_numbers
from reviewer.okr import Language, Phrase, Span

_NAMES = re.compile(
    r"\b(?:soc|iso(?:/iec)?|wcag|versions?|release|releases|phase|tier|niveau|level|vague|lot|wave|step|etape|chapitre|chapter|windows|python|kubernetes|annexe|fortune|cac|sbf|web|kr|okr|wave|gen|class|classe|mois|month|semaine|week|day|jour|sprint|cohorte?|n°|no\.) ?-?#?\d+(?:\.\d+)*(?![\w%])"
    r"|#\d+(?![-\d])(?! (?:in|for|sur|dans|ranking|position|spot))|\b24 ?/ ?7\b|\b1[-: ](?:on-)?1s?\b|\b7 ?j ?/ ?7\b|\b\d+ ?/ ?\d{3,}\b|\bv\d+(?:\.\d+)*\b|\b\d+\.\d+\.\d+\b"
)
_NAME_WORDS = frozenset(
    "soc iso wcag version versions release releases phase tier niveau level vague lot wave step etape chapitre chapter windows python kubernetes "
    "annexe fortune cac sbf web kr okr gen class classe mois month semaine week day jour sprint cohort cohorte n no".split()
)
_NAME_SIGNS = re.compile(r"[#/]|\bv\d|\b1[-: ](?:on-)?1|\d\.\d+\.\d")
"""What `_NAMES` finds holds one of these words or signs."""
_DELAY = re.compile(
    r"(?:sous|within|in|dans|en) (?:les |the )?(?:\d{1,3}|one|two|three|five|deux|trois|cinq) (?:days?|jours?|hours?|heures?|weeks?|semaines?|working|business)\b"
)
_COMPARED = re.compile(r"\b(?:on average|en moyenne|instead of|rather than|au lieu de|contre|vs|down from|up from)\b")
_PLACEHOLDER = re.compile(
    r"\[[^\]]{1,80}\]|\b(?:x{1,3}|n|y|tbd|tbc|nn|z)\b ?(?:%|k|m|€|\$|points|new|nouveaux|nouvelles|customers|clients)?|__+|\?\?+|\.\.\.%"
)
_LEADING = re.compile(r"^(?:[a-z][a-z0-9 /&'-]{0,24}: |\((?:[a-z0-9 ]{1,20})\) |(?:stretch|bonus|p[0-3]) ?[:-] |[^\w(<>≥≤+\-#$€£\"]+)")
_INTRO = re.compile(
    r"^(?:by|before|until|while|when|as of|on|among|of|where|within|during|in|for|from|once|after|at|over|across|throughout|on|through|thanks to|d'ici|avant|en|pour|pendant|au|a|dans|des|sur|chez|apres|grace a|via|sous|cote|parmi|with|following|as part of|dans le cadre|une fois|tant que|a partir|des|jusqu'a|d'ici)\b[^,:;]{2,80}[,:] "
)


class Noun(NamedTuple):
    """Hold a noun of the statement: where it stands (word index) and what it means."""

    at: int
    sense: Sense


@dataclass(slots=True)
class Reading:
    """Hold everything the fact finders share about one statement."""

    text: str
    language: Language
    folded: Folded
    lexicon: Lexicon
    words: list[Word]
    periods: list[Period]
    numbers: list[Number]
    measures: list[Measure]
    start: int = 0
    nouns: list[Noun] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """Give the folded text."""
        return self.folded.text

    def quote(self, start: int, end: int) -> tuple[str, Span]:
        """Cut [start, end) of the folded text out of the source, with its place there."""
        a, b = self.folded.span(start, end)
        offset = self.folded.offset
        return self.text[a - offset : b - offset], (a, b)

    def phrase(self, start: int, end: int) -> Phrase:
        """Quote [start, end) of the folded text from the source."""
        text, span = self.quote(start, end)
        return Phrase(text=text, span=span)

    def word_index(self, place: int) -> int:
        """Give the index of the first word at or after a place of the folded text."""
        for index, word in enumerate(self.words):
            if word.start >= place:
                return index
        return len(self.words)

    def nouns_between(self, start: int, end: int) -> list[Noun]:
        """Give the nouns whose first word starts in [start, end) of the folded text."""
        return [noun for noun in self.nouns if start <= self.words[noun.at].start < end]

    def verb_at(self, at: int) -> Sense:
        """Look a verb up."""
        return self.lexicon.verb_at(self.words, at)


def read_statement(text: str, language: Language, offset: int = 0) -> Reading:
    """Fold and cut one statement; `offset` is its place in the whole source."""
    folded = fold(text, offset)
    plain = folded.text
    words_of = lexicon(language)
    words = words_of.words(plain)
    periods = find_periods(plain)
    masked = [
        (p.start, p.end)
        for p in periods
        if p.role != "window" or not re.match(r"(?:in|within|sous|dans|over|sur) ", plain[p.start : p.end])
    ]
    if not _NAME_WORDS.isdisjoint(letter_runs(plain)) or _NAME_SIGNS.search(plain):
        masked += [match.span() for match in _NAMES.finditer(plain)]
    masked += _named_numbers(plain, text if folded.places is None else "", words_of)
    measures = find_measures(words, language)
    if (house := present_house()) is not None:
        masked += _numbers_in_names(plain, measures, house)
    numbers = find_numbers(plain, language, masked)
    compared = [p for p in periods if p.role == "deadline" and _DELAY.match(plain[p.start : p.end]) and _COMPARED.search(plain[p.end :])]
    if numbers and compared:  # "in 4 days on average instead of the present 11"
        periods = [p for p in periods if p not in compared]
        numbers = find_numbers(plain, language, [span for span in masked if not any((p.start, p.end) == span for p in compared)])
    if not numbers:  # "answered under 5 days": the only quantity is a delay to keep, no deadline
        delays = [p for p in periods if p.role == "deadline" and _DELAY.match(plain[p.start : p.end])]
        if delays:
            periods = [p for p in periods if p not in delays]
            numbers = find_numbers(plain, language, [span for span in masked if not any((p.start, p.end) == span for p in delays)])
    reading = Reading(text, language, folded, words_of, words, periods, numbers, measures)
    reading.start = _start(plain)
    at, openings = 0, words_of.nouns
    while at < len(words):
        if words[at].stem not in openings:
            at += 1
            continue
        sense = words_of.noun_at(words, at)
        if sense is not NOTHING:
            reading.nouns.append(Noun(at, sense))
        at += sense.length
    return reading


_CAPITAL_NUMBER = re.compile(r"(?<=[a-z,)] )[A-Z][A-Za-z]+ \d+(?:\.\d+)?(?=$|[.,;)]| to \d| a \d| à \d)(?! ?[%€$])")


def _named_numbers(plain: str, text: str, words_of: Lexicon) -> list[tuple[int, int]]:
    """Find the numbers that belong to a name: bare years, "Postgres 16", "NF 345"."""
    spans = [match.span() for match in _BARE_YEAR.finditer(plain)] if "20" in plain else []
    for match in _CAPITAL_NUMBER.finditer(text):
        word = words_of.words(plain[match.start() : match.end()])[:1]
        if word and words_of.noun_at(word, 0) is NOTHING:
            spans.append(match.span())
    return spans


def _numbers_in_names(plain: str, measures: list[Measure], house: House) -> list[tuple[int, int]]:
    """Find where the house's own words stand: the 360 of "Panorama 360" is nothing to reach."""
    own = {metric.id for metric in house.own}
    named = [(each.start, each.end) for each in measures if each.metric.id in own]
    return named + [match.span() for match in house.pattern.finditer(plain)]


_BARE_YEAR = re.compile(r"(?<![\d.,$€£+-])\b20[1-4]\d\b(?![\d%]| ?(?:%|€|\$|k\b))")


def _start(plain: str) -> int:
    """Skip a leading label ("Stretch:", "New:") and introductory clause ("By the end of 2025, ...")."""
    place = 0
    for pattern in (_LEADING, _INTRO, _INTRO):
        match = pattern.match(plain[place:])
        if match and len(plain) - place - match.end() > 8 and not any(c.isdigit() for c in match[0] if pattern is _LEADING):
            place += match.end()
    return place
