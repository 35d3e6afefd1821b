"""Judge a statement that opens with a verb."""

from __future__ import annotations

import re

from reviewer.language.lexicon import Sense
from reviewer.language.nature.counts import counted_noun, heads
from reviewer.language.nature.judgement import Judgement, has_measure, task_of
from reviewer.language.nature.own_work import OWN_MEANS, own_work_measured
from reviewer.language.nature.results import result_clause, result_link
from reviewer.language.quantities import CURRENCIES
from reviewer.language.reading import Noun, Reading
from reviewer.language.starts import Start

_MOVES = frozenset("upgrade migrate move bump update port roll passer migrer basculer mettre".split()) | {"mettre a jour"}
_CLEARER = re.compile(
    r"\b(?:(?:plus|moins) (?!de |d')[a-z]+|mieux|meilleure?s?|clearer|better|faster|easier|simpler|stronger|more [a-z]+|less [a-z]+)\b"
)


def by_verb(reading: Reading, start: Start, at: int, verb: Sense) -> Judgement:
    words, plain = reading.words, reading.plain
    head = (words[at].start, words[min(at + verb.length, len(words)) - 1].end)
    after = at + verb.length
    objects = [noun for noun in reading.nouns if noun.at >= after]
    link = result_link(reading, start, head[1])
    upto = link[0] if link else len(plain)
    near = heads(reading, [noun for noun in objects if words[noun.at].start < upto])[:3]
    classes = near[0].sense.classes if near else frozenset[str]()
    name = verb.base
    doing = verb.classes & {"output", "activity"}
    changing = verb.classes & {"change", "reach", "keep"}
    own = own_work_measured(reading, head[1], upto)

    counted = counted_noun(reading, start)
    measured = start.target is not None and has_measure(reading, head[1], start.target.start)
    if counted is not None and link is None and not measured and not start.pair and "change" not in verb.classes:
        kinds = counted.sense.classes
        if kinds & {"deliverable"} and not kinds & {"obtained", "people", "measure", "level"}:
            nature = task_of(verb) if verb.classes & {"output", "activity"} else "output"
            return Judgement(nature, 0.88, ("what is counted is a deliverable",), head)
    if start.pair or start.kind == "stated":
        if own:
            return Judgement(task_of(verb), 0.9, (f"«{own}» counts the team's own work",), head)
        plain_numbers = (
            start.pair
            and start.target is not None
            and start.target.unit is None
            and not changing
            and not has_measure(reading, head[1], upto)
        )
        if plain_numbers and name in _MOVES and not any(n.sense.classes & {"people", "obtained"} for n in near):
            return Judgement(task_of(verb), 0.65, ("numbers of versions, not of a measure",), head)
        if doing and link and not changing:
            return Judgement("outcome", 0.8, ("a task carries a result of its own",), head, result=link)
        if changing or not near or not classes & {"deliverable"} or has_measure(reading, head[1], upto):
            return Judgement("outcome", 0.95, ("a change from one value to another",), head)
    if "keep" in verb.classes and "output" not in verb.classes and "activity" not in verb.classes:
        routine = verb.base in ("continue", "continue to", "keep on")
        if start.target is not None or not routine and has_measure(reading, head[1], upto):
            return Judgement("outcome", 0.9, ("a level to keep",), head)
        if classes & {"deliverable"} or not near:
            return Judgement("activity", 0.7, ("keeping one's own things in order",), head)
        return Judgement("outcome" if classes & {"people", "level"} else "activity", 0.6, ("a state to keep",), head)
    if changing:
        judged = _by_change(reading, start, verb, head, near, own, upto)
        if judged:
            return judged
    if doing and OWN_MEANS.search(plain, head[1]):
        return Judgement("activity", 0.8, ("where one's own means go",), head)
    if doing:
        return _by_doing(reading, start, verb, head, near, link, own)
    if start.target is not None:
        return Judgement("outcome", 0.6, (f"«{name}» with a quantity",), head)
    return Judgement("unclear", 0.5, (f"«{name}» alone says neither",), head)


def _by_change(
    reading: Reading, start: Start, verb: Sense, head: tuple[int, int], near: list[Noun], own: str | None, upto: int
) -> Judgement | None:
    """Judge change, reach and keep verbs by what they act on."""
    classes = near[0].sense.classes if near else frozenset[str]()
    measured = has_measure(reading, head[1], upto)
    name = verb.base
    both = bool(verb.classes & {"output", "activity"})
    if own:
        return Judgement("output", 0.85, (f"«{own}» counts the team's own work",), head)
    counted = counted_noun(reading, start)
    if counted is not None:
        kinds = counted.sense.classes
        before = start.target is not None and has_measure(reading, head[1], start.target.start)
        if kinds & {"deliverable"} and not kinds & {"obtained", "people", "measure"} and not before:
            return Judgement("output", 0.88, ("what is counted is a deliverable",), head)
        if kinds & {"obtained", "people", "measure", "level"} and not (both and kinds & {"deliverable"}):
            if both and verb.classes & {"activity"} and not kinds & {"obtained", "measure"}:
                return None
            return Judgement("outcome", 0.9, ("what is counted comes from others",), head)
    if measured:
        if both and start.target is None and not verb.classes & {"change"}:
            return None
        return Judgement("outcome", 0.9, (f"«{name}» acts on a measure",), head)
    if start.target is not None and start.target.unit in ("percent", "points", "factor", "score", "star", *CURRENCIES):
        if (
            classes & {"deliverable"}
            and not classes & {"people", "obtained", "measure"}
            and start.target.unit not in ("percent", "points", "factor")
        ):
            return Judgement("output", 0.6, ("a deliverable stands after the verb",), head)
        return Judgement("outcome", 0.85, ("a measured change",), head)
    if both:
        return None
    vague_state = name in ("be", "etre", "get", "viser", "become", "devenir", "make", "have")
    if (
        start.target is None
        and not vague_state
        and not verb.classes & {"output", "activity"}
        and _CLEARER.search(reading.plain[head[1] : upto])
    ):
        return Judgement("outcome", 0.6, ("a quality that should change, without a number",), head)
    if classes & {"deliverable"} and not classes & {"people", "obtained", "measure"}:
        return Judgement("output", 0.85, ("a deliverable stands after the verb",), head)
    if start.target is not None:
        return Judgement("outcome", 0.8, (f"«{name}» with a quantity",), head)
    if not near or classes & {"vague"}:
        return Judgement("unclear", 0.6, ("what should change is not said",), head)
    if classes & {"people", "obtained", "level", "measure"}:
        return Judgement("outcome", 0.7, (f"«{name}» acts on others",), head)
    return Judgement("unclear" if "change" in verb.classes else "outcome", 0.5, (f"«{name}» without a measure",), head)


def _by_doing(
    reading: Reading, start: Start, verb: Sense, head: tuple[int, int], near: list[Noun], link: tuple[int, int] | None, own: str | None
) -> Judgement:
    """Judge output and activity verbs: a task, unless a result with its own quantity hangs on it."""
    nature = task_of(verb)
    name = verb.base
    target = start.target
    if target is not None and not own:
        after = reading.plain[target.end : target.end + 40]
        before = reading.plain[max(0, target.start - 24) : target.start]
        if (
            target.is_duration
            and (target.comparator in ("<", "<=") or re.search(r"\b(?:sous|within|in under|in less than|en)(?: les| the)? $", before))
            and not result_clause(reading, head[1])
        ):
            return Judgement("outcome", 0.7, ("a delay to keep: a level of service",), head)
        if target.unit in ("percent", "points", *CURRENCIES):
            following = reading.nouns_between(target.end, target.end + 28)
            if re.search(r"\b(?:sous|within|in under|in less than|en moins de|under) (?:les |the )?\d", reading.plain[target.end :]):
                return Judgement("outcome", 0.75, ("a delay to keep: a level of service",), head)
            if re.match(r"[^.;,]{0,28}?\b(?:en moins?|de moins|en plus|de plus|fewer|less|more|lower|higher)\b", after) or start.kind in (
                "kept",
            ):
                return Judgement("outcome", 0.75, ("a measured change",), head)
            if following and following[0].sense.classes & {"measure", "level"} and not following[0].sense.classes & {"deliverable"}:
                return Judgement("outcome", 0.65, ("a measure stands after the quantity",), head)
            if (
                any(m.end <= target.start or m.start < target.end + 20 for m in reading.measures)
                and "output" not in verb.classes
                and not (near and near[0].sense.classes & {"deliverable", "own_people"})
            ):
                return Judgement("outcome", 0.65, ("a measure with its quantity",), head)
        if start.kind == "stated" and target.is_duration:
            return Judgement("outcome", 0.7, ("a change from one value to another",), head)
        if name in ("continue", "continuer", "poursuivre", "keep on") and start.kind == "kept" and target.unit:
            return Judgement("outcome", 0.7, ("a level to keep",), head)
    if link:
        return Judgement("outcome", 0.75, ("a task carries a result of its own",), head, result=link)
    counted = counted_noun(reading, start)
    if counted is not None and not own and not near_is_before(reading, near, counted):
        kinds = counted.sense.classes
        if (
            kinds & {"obtained", "measure", "level"}
            and not kinds & {"deliverable"}
            and verb.classes & {"output"}
            and verb.base
            in (
                "create",
                "build",
                "creer",
                "construire",
                "batir",
                "deliver",
                "produce",
                "add",
                "produire",
                "livrer",
                "open",
                "ouvrir",
                "realiser",
                "constituer",
                "generate",
                "ajouter",
            )
        ):
            return Judgement("outcome", 0.75, ("what is counted comes from others",), head)
    if (
        verb.classes & {"output"}
        and near
        and near[0].sense.classes & {"measure"}
        and not near[0].sense.classes & {"deliverable"}
        and start.target is not None
        and start.target.unit in ("percent", *CURRENCIES)
    ):
        return Judgement("outcome", 0.7, ("a measure stands after the verb",), head)
    return Judgement(nature, 0.9, (f"«{name}» is what the team does",), head)


def near_is_before(reading: Reading, near: list[Noun], counted: Noun) -> bool:
    """Tell whether a deliverable stands between the verb and what is counted."""
    return any(noun.at < counted.at and "deliverable" in noun.sense.classes for noun in near)
