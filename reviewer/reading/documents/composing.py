"""Write a key result whose figures stand in columns of their own as one sentence, tied to the cells it was made of.

The sentence is one an author could have written ("Win rate vs. Orbeo: from 28% to 38% by 30 September 2026"). What the words
of the key result already say is not said twice. Where those words hold figures of their own, the sentence is read back with
`understand_key_result`, and of several wordings the first is kept in which target and baseline are read as the columns say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from reviewer.language.folding import fold
from reviewer.language.periods import find_periods
from reviewer.language.quantities import Number, find_numbers, in_unit_of
from reviewer.language.statement import understand_key_result
from reviewer.okr import KeyResult, Language
from reviewer.quarter import ColumnRole, Piece, Statement
from reviewer.reading.documents.dates import due_wording
from reviewer.reading.documents.parts import Part
from reviewer.reading.documents.units import Value, value_with_unit
from reviewer.reading.documents.wording import wording

_LONGEST = 2_000
"""A longer key result keeps its own words: no author puts figures behind so many."""
_TAIL = re.compile(r"[\s:=.;,–—-]+\Z")
_SLOT = re.compile(r"\{(\w+)\}")


class Conflict(NamedTuple):
    """Say that a column and the words of its key result give different figures."""

    role: ColumnRole
    said: str
    column: Part


class Composed(NamedTuple):
    """Hold the sentence with the cells it was made of, and what the columns contradict."""

    statement: Statement
    conflicts: tuple[Conflict, ...] = ()


def compose(words: Part, values: Mapping[ColumnRole, Part], language: Language) -> Composed:
    """Join a key result's words with its baseline, target, unit and due date, in the given language."""
    unit = values.get("unit")
    baseline = value_with_unit(values.get("baseline"), unit, language, words.text, last="target" not in values)
    target = value_with_unit(values.get("target"), unit, language, words.text)
    due = values.get("due_date")
    own = words.text[:_LONGEST]
    if len(words.text) > _LONGEST or (baseline is None and target is None and due is None):
        return Composed(_Sentence().words(words).statement())
    folded = fold(own).text
    if due is not None and any(period.role == "deadline" for period in find_periods(folded)):
        due = None
    numbers = find_numbers(folded, language) if target or baseline else []
    given = [figure.number for each in (target, baseline) if each is not None and (figure := _figure(each.text, language))]
    # A bare number that is none of the columns' ("segment 12") says nothing of target or start: no need to understand the words.
    bare = all(n.unit is None and not n.relative and n.value not in {other.value for other in given} for n in numbers)
    facts = understand_key_result(own, language) if numbers and not bare else None
    sure = not numbers or (bare and len(given) == 2)
    said = _Said(facts, baseline, target, language)
    wordings = list(dict.fromkeys(said.wordings(_has_verb(folded, language))))
    first: Statement | None = None
    for each in wordings:
        sentence = _build(words, each, said, due, language)
        if sure or len(wordings) == 1 or said.is_read_in(sentence.text):
            return Composed(sentence, tuple(said.conflicts))
        first = first or sentence
    assert first is not None
    return Composed(first, tuple(said.conflicts))


class _Said:
    """Weigh what the words say against the columns: what is left to say, and what contradicts."""

    def __init__(self, facts: KeyResult | None, baseline: Value | None, target: Value | None, language: Language) -> None:
        self.facts = facts
        self.language = language
        self.conflicts: list[Conflict] = []
        self.own_target = facts is not None and facts.target is not None and facts.target.relative
        self.baseline_number, self.target_number = (self._number(each) for each in (baseline, target))
        self.target = self._left("target", target, self.target_number)
        self.baseline = self._left("baseline", baseline, self.baseline_number)
        within = target is not None and self.baseline_number is not None and target.text.count(self.baseline_number.text) > 0
        if within and self.target_number is not None and self.target_number.several:
            self.baseline = None  # the target's cell says both: "28% -> 38%"

    def _number(self, value: Value | None) -> _Figure | None:
        return None if value is None else _figure(value.text, self.language)

    def _left(self, role: ColumnRole, value: Value | None, figure: _Figure | None) -> Value | None:
        """Give the column's value unless the words say it, or say otherwise."""
        if value is None or self.facts is None or figure is None:
            return value
        facts = self.facts
        if role == "baseline":
            stated = facts.baseline.value if facts.baseline is not None and facts.baseline.kind == "stated" else None
            own_text = facts.baseline.text if facts.baseline is not None else None
            unit = facts.unit
        else:
            stated = facts.target.value if facts.target is not None and not facts.target.relative else None
            own_text = facts.target.text if facts.target is not None else None
            unit = facts.target.unit if facts.target is not None else None
        if stated is None:
            return value
        number = figure.number
        loose = {None, "count", "score", "star"}
        alike = unit == number.unit or {unit, number.unit} <= loose or (number.unit is None and unit is not None)
        if stated in (number.value, self._in(unit, number)) and (alike or unit in loose):
            self.own_target = self.own_target or role == "target"
            return None
        if role == "target" and unit in loose and not (facts.baseline is not None and facts.baseline.kind == "stated"):
            return value  # a figure in the words ("our 20 largest accounts") is no target of its own
        if alike and not figure.several:
            self.conflicts.append(Conflict(role, own_text or "", value.part))
            self.own_target = self.own_target or role == "target"
            return None
        return value

    def _in(self, unit: str | None, number: Number) -> float:
        return in_unit_of(number, number._replace(unit=unit)).value if unit else number.value

    def wordings(self, verb: bool) -> Iterator[tuple[str, str]]:
        """Give ways to join the values left to the words, best first: the joint and the pattern."""
        phrases = wording(self.language)
        colon = phrases.colon
        baseline, target = self.baseline, self.target
        if target is not None and self.target_number is None:
            yield " ", phrases.aside_word + (f" {phrases.today}" if self.baseline_number and baseline else "")
            return
        today = phrases.today if self.baseline_number else phrases.today_word
        if baseline is not None and self.baseline_number is None:
            yield (colon, f"{phrases.is_} {today}") if target is not None else (" ", today)
            return
        signed = self.target_number is not None and (self.target_number.number.relative or self.target_number.number.comparator is not None)
        if baseline is not None and target is not None:
            if self.own_target:
                yield " ", phrases.aside_from_to
            if not signed:
                yield (" " if verb else colon), phrases.from_to
                yield colon, phrases.from_to
            yield colon, f"{phrases.is_} {today}"
            yield colon, f"{phrases.aim} {today}"
        elif target is not None:
            if self.own_target:
                yield " ", phrases.aside_target
            if verb and not signed:
                yield " ", phrases.to
            yield colon, phrases.is_
            yield colon, phrases.aim
        elif baseline is not None:
            yield " ", today
        else:
            yield "", ""

    def is_read_in(self, sentence: str) -> bool:
        """Tell that target and baseline are read in a sentence as the columns give them."""
        read = understand_key_result(sentence, self.language)
        aim = self.target_number if self.target is not None else None
        if aim is not None and not aim.several and (read.target is None or abs(read.target.value or 0) != abs(aim.number.value)):
            return False
        if self.baseline is not None and self.baseline_number is not None and (self.target is not None or self.own_target):
            number = self.baseline_number.number
            if read.baseline is None or read.baseline.kind != "stated" or read.baseline.value is None:
                return False
            return abs(read.baseline.value) in {abs(number.value), abs(self._in(read.unit, number))}
        return True


class _Figure(NamedTuple):
    number: Number
    text: str
    several: bool


@lru_cache(maxsize=4096)
def _figure(text: str, language: Language) -> _Figure | None:
    folded = fold(text).text
    numbers = find_numbers(folded, language)
    return _Figure(numbers[0], folded[numbers[0].start : numbers[0].end], len(numbers) > 1) if numbers else None


class _Sentence:
    """Put a sentence together and remember which cell each stretch came from."""

    def __init__(self) -> None:
        self.text = ""
        self.pieces: list[Piece] = []

    def say(self, text: str) -> None:
        self.text += text

    def words(self, part: Part) -> _Sentence:
        if part.text:
            span = (len(self.text), len(self.text) + len(part.text))
            self.pieces.append(Piece(span=span, place=part.place, offset=part.offset))
            self.text += part.text
        return self

    def statement(self) -> Statement:
        return Statement(text=self.text, pieces=tuple(self.pieces))


def _build(words: Part, wording_: tuple[str, str], said: _Said, due: Part | None, language: Language) -> Statement:
    joint, pattern = wording_
    own = words._replace(text=_TAIL.sub("", words.text)) if pattern or due is not None else words
    sentence = _Sentence().words(own)
    sentence.say(joint)
    given = {"baseline": said.baseline, "target": said.target}
    for literal, name in _cut(pattern):
        sentence.say(literal)
        value = given.get(name or "")
        if value is not None:
            for text, part in value.stretches:
                if part is None:
                    sentence.say(text)
                else:
                    sentence.words(part)
    if due is not None:
        before, date, after = due_wording(due.text, language)
        sentence.say(" " + before)
        sentence.words(due._replace(text=date, offset=due.offset + max(0, due.text.find(date))))
        sentence.say(after)
    return sentence.statement()


def _cut(pattern: str) -> Iterator[tuple[str, str | None]]:
    position = 0
    for slot in _SLOT.finditer(pattern):
        yield pattern[position : slot.start()], slot[1]
        position = slot.end()
    yield pattern[position:], None


def _has_verb(folded: str, language: Language) -> bool:
    return wording(language).verbs.match(folded) is not None
