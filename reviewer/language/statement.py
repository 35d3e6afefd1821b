"""Understand one statement: from its words to the facts every rule looks at, computed once."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, get_args

from reviewer.language.glossary import present_house
from reviewer.language.lexicon import NOTHING, _read, lexicon, listed
from reviewer.language.nature import Judgement, judge
from reviewer.language.objectives import judge_objective
from reviewer.language.quantities import CURRENCIES, Number, in_unit_of
from reviewer.language.reading import _PLACEHOLDER, Reading, read_statement
from reviewer.language.starts import Start, counts_from_zero, dates_the_start, find_start
from reviewer.okr import (
    Baseline,
    BaselineKind,
    Deadline,
    Direction,
    KeyResult,
    Language,
    Metric,
    Objective,
    Phrase,
    Quantity,
    ScopeKind,
    ScopePhrase,
)

LONGEST = 2_000
"""Characters of a statement that facts are read from: no key result needs more, and time stays linear in any text."""

_JOINT = re.compile(r"(?:,|;| and| et| &| \+| while| tout en|, with| ainsi que| as well as) ")


class _Signs(NamedTuple):
    """Hold a language's cues for scope, direction, routine and events."""

    up: frozenset[str]
    down: frozenset[str]
    given_names: frozenset[str]
    scope: dict[str, list[tuple[tuple[str, ...], ScopeKind]]]
    against: re.Pattern[str]
    routine: re.Pattern[str]
    milestone: re.Pattern[str]
    event: re.Pattern[str]


@cache
def _signs(language: Language) -> _Signs:
    data = _read(f"{language}.toml")

    def words(text: str) -> str:
        return "|".join(re.escape(item) for item in sorted(listed(text), key=len, reverse=True))

    scope: dict[str, list[tuple[tuple[str, ...], ScopeKind]]] = {}
    for kind in get_args(ScopeKind):
        for item in listed(data["scope"][kind]):
            parts = tuple(word.text for word in lexicon(language).words(item))
            scope.setdefault(parts[0], []).append((parts, kind))
    for rows in scope.values():
        rows.sort(key=lambda row: -len(row[0]))
    return _Signs(
        up=frozenset(listed(data["direction"]["up"])),
        down=frozenset(listed(data["direction"]["down"])),
        given_names=frozenset(listed(data["signs"]["given_names"])),
        scope=scope,
        against=re.compile(rf"\b(?:{words(data['scope']['against'])}) (?:an? |the |our |les? |la |l'|notre |nos )?(?=[a-z])"),
        routine=re.compile(rf"^\W*(?:{words(data['signs']['routine'])})\b"),
        milestone=re.compile(rf"\b(?:{words(data['signs']['milestone'])})\b"),
        event=re.compile(rf"\b(?:{words(data['signs']['event'])})s?\b"),
    )


def understand_key_result(text: str, language: Language, offset: int = 0, cycle: str | None = None) -> KeyResult:
    """Read the facts of one key result; `offset` is its place in the source, `cycle` the known cycle if any."""
    reading = read_statement(text[:LONGEST], language, offset)
    start = find_start(reading)
    judged = judge(reading, start)
    signs = _signs(language)
    target = _quantity(reading, start.target) if start.target else None
    metrics = _metrics(reading) or _general_measure(reading)
    verb_direction = _verb_direction(reading, signs)
    event = _event(reading, start, signs)
    if event is not None and judged.nature in ("output", "activity", "unclear"):
        judged = judged._replace(nature="outcome", certainty=0.5, because=("an event that only happens or not",))
    return KeyResult(
        text=text,
        span=(offset, offset + len(text)),
        language=language,
        nature=judged.nature,
        metric=metrics[0] if metrics else None,
        metrics=metrics,
        target=target,
        baseline=_baseline(reading, start, judged),
        unit=_unit(reading, start),
        direction=_direction(reading, start, verb_direction),
        verb_direction=verb_direction,
        deadline=_deadline(reading, start, cycle),
        scope=_scope(reading, signs),
        who=_who(reading),
        subject=judged.subject,
        person=_person(reading, signs),
        head=reading.phrase(*judged.head) if judged.head else None,
        quantities=tuple(target if target and number == start.target else _quantity(reading, number) for number in reading.numbers),
        result_part=reading.phrase(*judged.result) if judged.result else None,
        several=_several(reading, start),
        event=event,
        vanity=_vanity(reading, start),
        placeholder=_placeholder(reading),
        milestone=bool(signs.milestone.search(reading.plain)),
        certainty=judged.certainty,
        because=judged.because,
    )


def understand_objective(text: str, language: Language, offset: int = 0) -> Objective:
    """Read the facts of one objective; `offset` is its place in the source."""
    reading = read_statement(text[:LONGEST], language, offset)
    start = find_start(reading)
    judged = judge_objective(reading, start)
    routine = _signs(language).routine.search(reading.plain)
    return Objective(
        text=text,
        span=(offset, offset + len(text)),
        language=language,
        form=judged.form,
        target=_quantity(reading, judged.target) if judged.target else None,
        metrics=_metrics(reading),
        head=reading.phrase(*judged.head) if judged.head else None,
        routine=reading.phrase(routine.start(), routine.end()) if routine else None,
        parts=tuple(reading.phrase(a, b) for a, b in judged.parts),
        word_count=len(reading.words),
        subject=judged.subject,
        certainty=judged.certainty,
        because=judged.because,
    )


def _quantity(reading: Reading, number: Number) -> Quantity:
    text, span = reading.quote(number.start, number.end)
    value = -abs(number.value) if number.sign < 0 else number.value
    return Quantity(
        text=text, span=span, value=value, high=number.high, unit=number.unit, comparator=number.comparator,
        relative=number.relative, out_of=number.out_of, share=number.unit == "percent" and _of_others(reading, number),
    )  # fmt: skip


_OF = re.compile(r" (?:of|des?|du|de la|d')")


def _of_others(reading: Reading, number: Number) -> bool:
    """Tell a share of a whole ("60 % of active accounts") from a level that may pass 100 %."""
    if not _OF.match(reading.plain, number.end):
        return False
    return any(noun.sense.classes & {"people", "obtained"} for noun in reading.nouns_between(number.end, number.end + 40)[:2])


def _baseline(reading: Reading, start: Start, judged: Judgement) -> Baseline | None:
    """Say where an outcome with a number starts; other statements have no baseline unless one is stated."""
    if start.kind == "stated" and start.value is not None:
        text, span = reading.quote(start.value.start, start.value.end)
        value = in_unit_of(start.value, start.target) if start.target else start.value
        return Baseline(kind="stated", value=value.value, text=text, span=span)
    if start.target is None or judged.nature in ("output", "activity"):
        return None
    if start.kind == "reference" and start.reference:
        text, span = reading.quote(*start.reference)
        return Baseline(kind="reference", text=text, span=span)
    return Baseline(kind=baseline_kind(reading, start))


def baseline_kind(reading: Reading, start: Start) -> BaselineKind:
    """Decide between the kinds of baseline once the words alone have spoken."""
    if start.kind:
        return start.kind
    return "zero" if start.target and counts_from_zero(reading, start.target) else "none"


def _metrics(reading: Reading) -> tuple[Metric, ...]:
    quotes = [(measure.metric.id, *reading.quote(measure.start, measure.end)) for measure in reading.measures]
    return tuple(Metric(id=id, text=text, span=span) for id, text, span in quotes)


def _general_measure(reading: Reading) -> tuple[Metric, ...]:
    for noun in reading.nouns:
        if noun.sense.classes & {"measure"} and not noun.sense.classes & {"deliverable"}:
            words = reading.words
            phrase = reading.phrase(words[noun.at].start, words[noun.at + noun.sense.length - 1].end)
            return (Metric(text=phrase.text, span=phrase.span),)
    return ()


def _unit(reading: Reading, start: Start) -> str | None:
    if start.target is None:
        return None
    if start.target.unit:
        return start.target.unit
    if start.value is not None and start.value.unit:
        return start.value.unit
    if reading.measures:
        unit = reading.measures[0].metric.unit
        return unit if unit not in ("money", "percent") else None
    return "count"


def _verb_direction(reading: Reading, signs: _Signs) -> Direction | None:
    first = reading.word_index(reading.start)
    for at in range(first, min(first + 3, len(reading.words))):
        sense = reading.verb_at(at)
        if sense is NOTHING:
            continue
        if sense.base in signs.up:
            return "up"
        if sense.base in signs.down:
            return "down"
        if "keep" in sense.classes:
            return "keep"
        return None
    return None


def _direction(reading: Reading, start: Start, verb: Direction | None) -> Direction | None:
    """Say which way the measure is to move: the numbers decide, then the verb, the threshold, the measure."""
    if start.kind == "kept":
        return "keep"
    if start.target and start.value and start.kind == "stated" and not start.target.relative:
        began = in_unit_of(start.value, start.target).value
        if began != start.target.value:
            return "up" if start.target.value > began else "down"
    if verb:
        return verb
    if start.target is None:
        return None
    if start.target.sign:
        return "up" if start.target.sign > 0 else "down"
    if start.target.comparator in (">", ">="):
        return "up"
    if start.target.comparator in ("<", "<="):
        return "down"
    if reading.measures:
        return reading.measures[0].metric.good
    return None


def _deadline(reading: Reading, start: Start, cycle: str | None) -> Deadline | None:
    for period in reading.periods:
        if period.role == "deadline" and not dates_the_start(reading, start, period):
            text, span = reading.quote(period.start, period.end)
            return Deadline(text=text, span=span)
    return Deadline(text=cycle, origin="cycle") if cycle else None


def _scope(reading: Reading, signs: _Signs) -> tuple[ScopePhrase, ...]:
    found = []
    words, at = reading.words, 0
    while at < len(words):
        for parts, kind in signs.scope.get(words[at].text, ()):
            if len(parts) == 1 or tuple(word.text for word in words[at : at + len(parts)]) == parts:
                text, span = reading.quote(words[at].start, words[at + len(parts) - 1].end)
                found.append(ScopePhrase(kind=kind, text=text, span=span))
                at += len(parts) - 1
                break
        at += 1
    for match in signs.against.finditer(reading.plain):
        name = _NAME.match(reading.plain, match.end())
        if name:
            text, span = reading.quote(match.start(), name.end())
            if text.split()[-1][:1].isupper():
                found.append(ScopePhrase(kind="competitor", text=text, span=span))
    return tuple(found)


_NAME = re.compile(r"[a-z0-9][\w.&-]*")


def _who(reading: Reading) -> Phrase | None:
    for noun in reading.nouns:
        if "people" in noun.sense.classes:
            words = reading.words
            return reading.phrase(words[noun.at].start, words[noun.at + noun.sense.length - 1].end)
    return None


_NAMED = re.compile(
    r"^(?P<name>[a-z-]+)(?= ?[:-] |'s | (?:will|must|to|va|doit|fait|anime|realise|mene|runs?|owns?|writes?|leads?|redige|prepare|livre|gere|conduit|organise|pilote|obtient|atteint|signe|gagne|porte|passe|[a-z]+s )\b)"
)


def _person(reading: Reading, signs: _Signs) -> Phrase | None:
    """Find a person as the subject: "my", "I", a given name that opens the statement."""
    first_words = reading.words[:12]
    for word in first_words:
        quoted = reading.plain.count('"', 0, word.start) % 2
        if word.text in reading.lexicon.first_person and word.text not in ("mine", "moi") and not quoted:
            return reading.phrase(word.start, word.end)
    match = _NAMED.match(reading.plain)
    if match and match["name"] in signs.given_names and not _is_ours(reading.plain):
        return reading.phrase(*match.span("name"))
    return None


def _is_ours(plain: str) -> bool:
    """Tell a statement that opens with what the house calls a product or itself, though people are called so too."""
    house = present_house()
    return house is not None and house.pattern.match(plain) is not None


def _several(reading: Reading, start: Start) -> tuple[Phrase, ...]:
    """Cut a key result that holds two measures, each with its own quantity to reach."""
    plain = reading.plain
    if len(reading.numbers) < 2 or start.target is None:
        return ()
    edges = [0, *(match.end() for match in _JOINT.finditer(plain)), len(plain)]
    if len(edges) < 3:
        return ()
    parts: list[tuple[int, int]] = []
    for begin, end in zip(edges, edges[1:], strict=False):
        opened = plain.rfind("(", 0, begin) > plain.rfind(")", 0, begin)
        numbers = [n for n in reading.numbers if begin <= n.start < end and n != start.value and not n.is_duration]
        measured = any(begin <= m.start < end for m in reading.measures) or any(
            noun.sense.classes & {"measure", "obtained"} and not noun.sense.classes & {"deliverable"} and "people" not in noun.sense.classes
            for noun in reading.nouns_between(begin, end)
        )
        if numbers and measured and not opened:
            parts.append((begin, end))
    if len(parts) < 2 or start.pair and sum(1 for n in reading.numbers if n.unit not in CURRENCIES) < 3 and len(parts) < 2:
        return ()
    ids = [next((m.metric.id for m in reading.measures if a <= m.start < b), None) for a, b in parts]
    if ids[0] is not None and all(name == ids[0] for name in ids):
        return ()
    return tuple(reading.phrase(a, _before_joint(plain, b)) for a, b in parts)


_JOINT_AT_END = re.compile(r"(?:[ ,;+&]|\b(?:and|et|with|while|ainsi que|as well as|tout en))\Z")


def _before_joint(plain: str, end: int) -> int:
    """Step back over the words and marks that join one part to the next; only the last few letters can hold one."""
    while match := _JOINT_AT_END.search(plain, max(0, end - 12), end):
        end = match.start()
    return end


def _is_named(reading: Reading, begin: int, end: int) -> bool:
    """Tell "the ISO 27001 certificate", one event, from "a recognised certificate", which says nothing to measure."""
    if not re.search(r"\b(?:une?|an?|some|des)\b", reading.plain[begin:end]):
        return True
    return any(char.isupper() or char.isdigit() for char in reading.phrase(begin, len(reading.plain)).text)


_SINGLE_EVENT = re.compile(
    r"\b(?:obtain|get|win|earn|secure|pass|be (?:named|listed|certified|recogni[sz]ed|selected)|become|sign|close|achieve|receive|land|obtenir|decrocher|gagner|remporter|signer|recevoir|etre (?:nomme|reference|certifie|reconnu|cite|retenu)e?s?|passer|figurer)\b"
)


_NEXT_STEP = re.compile(
    r"\b(?:qualif\w+|convert\w*|payants?|paying|actifs?|active|engaged|engages?|icp|cible|cibles|target|who|qui|that|mql|sql|attended|presents?|present)\b"
)


def _vanity(reading: Reading, start: Start) -> Phrase | None:
    """Find what is counted though nobody need be better off: views, followers, raw leads, without a next step."""
    target = start.target
    if target is None or target.unit in ("percent", "points", *CURRENCIES) or _NEXT_STEP.search(reading.plain):
        return None
    after = reading.nouns_between(target.end, target.end + 24)[:1]
    before = [noun for noun in reading.nouns if reading.words[noun.at].start < target.start][:2]
    for noun in (*after, *before):
        if "vanity" in noun.sense.classes:
            return reading.phrase(reading.words[noun.at].start, reading.words[noun.at + noun.sense.length - 1].end)
    return None


_GRANTED = re.compile(
    r"\b(?:be|been|get|become|etre|figurer(?= dans| au| sur)|se faire)(?: (?:included|accepted|approved|named|listed|selected|certified|shortlisted|admitted|acceptee?s?|retenue?s?|approuvee?s?|referencee?s?|certifiee?s?|citee?s?|admise?s?|a (?:new )?customer|a partner))?(?<!be)(?<!been)(?<!get)(?<!become)(?<!etre)(?<!faire)\b"
    r"|\b(?:a|ont|has|have) (?:signe|signed|choisi|chosen|become a customer)\b"
)


def _event(reading: Reading, start: Start, signs: _Signs) -> Phrase | None:
    """Find an event that only happens or not ("obtain the ISO 27001 certificate")."""
    if start.target is not None:
        return None
    granted = _GRANTED.search(reading.plain)
    if granted:
        return reading.phrase(granted.start(), granted.end())
    match = signs.event.search(reading.plain)
    opening = _SINGLE_EVENT.search(reading.plain[:48])
    if match and opening and opening.start() < match.start() and _is_named(reading, opening.end(), match.end()):
        return reading.phrase(opening.start(), match.end())
    return None


def _placeholder(reading: Reading) -> Phrase | None:
    match = _PLACEHOLDER.search(reading.plain)
    return reading.phrase(*match.span()) if match else None


def facts(text: str, language: Language) -> dict[str, object]:
    """Give the working facts, for the benchmark's explanation of its mistakes."""
    reading = read_statement(text, language)
    start = find_start(reading)
    judgement = judge(reading, start)
    kind = baseline_kind(reading, start) if start.target is not None else None
    return {"reading": reading, "start": start, "judgement": judgement, "baseline": kind,
            "deadline": _deadline(reading, start, None) is not None}  # fmt: skip
