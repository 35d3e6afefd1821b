"""Judge a statement that opens with a noun, a number or a subject."""

from __future__ import annotations

import re

from reviewer.language.nature.counts import by_count, by_third_party, group_head, third_verb
from reviewer.language.nature.judgement import Judgement, has_measure, measure_at, place_of
from reviewer.language.nature.own_work import own_work_measured
from reviewer.language.nature.results import result_link
from reviewer.language.quantities import CURRENCIES
from reviewer.language.reading import Reading
from reviewer.language.starts import Start


def by_noun(reading: Reading, start: Start, at: int) -> Judgement:
    """Judge a statement that opens with a noun, a number or a subject."""
    words, plain = reading.words, reading.plain
    opening = words[at].start
    place = opening
    number = start.target
    first_number = reading.numbers[0] if reading.numbers else None
    leads_with_number = first_number is not None and first_number.start <= place + 1 and first_number.end >= place
    own = own_work_measured(reading, place, len(plain))
    if number is None and _length(reading, at) <= 2 and not any(n.sense.classes & {"done", "change_noun"} for n in reading.nouns):
        return Judgement("unclear", 0.7, ("a bare noun",))
    first_noun = next((n for n in reading.nouns if n.at >= at), None)
    classes = first_noun.sense.classes if first_noun else frozenset[str]()
    opens = first_noun is not None and first_noun.at - at <= 1
    if reading.language == "en" and first_noun is not None and not leads_with_number:
        last = group_head(reading, first_noun)
        if last is not first_noun:
            first_noun, classes, opens = last, last.sense.classes, True
            if (
                classes & {"deliverable", "task_noun"}
                and not classes & {"measure", "level"}
                and not (number is not None and (start.pair or number.unit == "percent"))
            ):
                link = result_link(reading, start, words[first_noun.at].end)
                if link:
                    return Judgement(
                        "outcome", 0.65, ("a deliverable carries a result of its own",), place_of(reading, first_noun), result=link
                    )
                return Judgement("output", 0.88, ("a deliverable opens it",), place_of(reading, first_noun))
    if _BY_OTHERS.search(plain[place:]) and number is not None and not own:
        return Judgement("outcome", 0.7, ("what others say or do with it",), subject="third-party")
    copula = _COPULA.search(plain[place : place + 72])
    if copula and number is None and not any("done" in n.sense.classes for n in reading.nouns):
        return Judgement("outcome", 0.55, ("a state, without a quantity",))
    nominal = _NOMINAL.match(plain[place:])
    if (
        nominal
        and not (opens and first_noun is not None and first_noun.at == at and classes & {"measure", "change_noun", "level", "people"})
        and not any(m.start < place + nominal.end() and m.end > place for m in reading.measures)
    ):
        link = result_link(reading, start, place + nominal.end())
        if link:
            return Judgement("outcome", 0.65, ("a task carries a result of its own",), (place, place + nominal.end("noun")), result=link)
        if not start.pair:
            return Judgement("activity", 0.86, ("a noun of doing opens it",), (place, place + nominal.end("noun")))
    if number is None and _MORE_WORK.match(plain[place:]) and any("task_noun" in n.sense.classes for n in reading.nouns[:2]):
        return Judgement("activity", 0.7, ("more of what the team does",), (place, words[-1].end))
    if (
        _COMPARATIVE.match(plain[place:])
        and not own
        and not (
            number is not None
            and number.value > 0
            and number.unit in (None, "count")
            and classes & {"deliverable"}
            and not number.comparator
        )
    ):
        return Judgement("outcome", 0.75, ("less or more of something",))
    if number is not None and number.value == 0 and number.start <= place + 2:
        return Judgement("outcome", 0.85, ("none of something left",))
    can = _CAN.search(plain[place : place + 90])
    if can and number is None:
        if _KNOWS.match(plain[place + can.end() :]) or words[at].text in reading.lexicon.anyone:
            return Judgement("outcome", 0.6, ("others are the subject",), subject="third-party")
        return Judgement("output", 0.9, ("a capability that the team ships",), (place, place + can.end()), subject="product")
    measured_share = start.pair or (number is not None and number.unit in ("percent", "points"))
    doing = opens and "task_noun" in classes and not leads_with_number and (own is not None or not measured_share)
    if doing and first_noun and not measure_at(reading, first_noun):
        link = result_link(reading, start, words[first_noun.at].end)
        if link:
            return Judgement("outcome", 0.7, ("a task carries a result of its own",), place_of(reading, first_noun), result=link)
        return Judgement("output", 0.85, ("a noun of doing opens it",), place_of(reading, first_noun))
    if own:
        return Judgement("output", 0.85, (f"«{own}» counts the team's own work",), (place, words[-1].end))
    thing = opens and classes & {"deliverable"} and not classes & {"measure", "people", "obtained"}
    if (start.pair or start.kind == "stated") and not (thing and not has_measure(reading, place, len(plain))):
        return Judgement("outcome", 0.93, ("a change from one value to another",))
    if opens and "change_noun" in classes:
        return Judgement("outcome", 0.85, ("a noun of change opens it",))
    if leads_with_number and first_number is not None:
        judged = by_count(reading, start, first_number)
        if judged:
            return judged
    done = next(
        (n for n in reading.nouns if "done" in n.sense.classes and n.at >= at and not n.sense.classes & {"measure", "people"}), None
    )
    if opens and first_noun and classes & {"measure", "level"} and not (classes & {"deliverable"} and done):
        return Judgement("outcome", 0.88, ("a measure opens it",))
    if has_measure(reading, place, place + 40) and not (classes & {"deliverable"} and opens and done):
        return Judgement("outcome", 0.85, ("a measure opens it",))
    if (
        opens
        and first_noun
        and classes & {"people"}
        and done is not None
        and done.at - first_noun.at in (2, 3)
        and number is None
        and third_verb(reading, first_noun.at + 1) in (None, done.at)
    ):
        return Judgement("output", 0.75, ("a thing done",), place_of(reading, done))
    if opens and first_noun and classes & {"people"}:
        judged = by_third_party(reading, start, first_noun)
        if judged:
            return judged
    fragment = _length(reading, at) <= 4 and done is None and not any("task_noun" in n.sense.classes for n in reading.nouns)
    if opens and classes & {"deliverable"} and fragment and not leads_with_number and _colon_or_bare(reading, start):
        return Judgement("unclear", 0.6, ("a thing named, and nothing said of it",))
    if opens and first_noun and classes & {"deliverable", "own_input"}:
        link = result_link(reading, start, words[first_noun.at].end)
        if link:
            return Judgement("outcome", 0.65, ("a deliverable carries a result of its own",), place_of(reading, first_noun), result=link)
        if (
            number is not None
            and (number.unit in ("percent", "points", "score", "star", "factor") or number.is_duration or number.comparator)
            and not done
        ):
            return Judgement("outcome", 0.65, ("a measured quality of the thing",), place_of(reading, first_noun))
        acts = third_verb(reading, first_noun.at + first_noun.sense.length)
        of_product = words[first_noun.at].text in reading.lexicon.product_subjects
        if number is not None and (acts is not None or of_product) and not done:
            return Judgement("outcome", 0.6, ("what others do with it",), place_of(reading, first_noun))
        return Judgement("output", 0.88, ("a deliverable opens it",), place_of(reading, first_noun))
    if words[at].text in reading.lexicon.anyone:
        return Judgement("outcome", 0.7, ("others are the subject",), subject="third-party")
    if opens and first_noun and classes & {"obtained"}:
        return Judgement("outcome", 0.75, ("what others bring",))
    if done is not None and not any(n.sense.classes & {"people", "measure"} for n in reading.nouns if n.at < done.at):
        return Judgement("output", 0.9, ("a thing done",), place_of(reading, done))
    if number is not None and number.unit in ("percent", "points", "score", "star", "factor", *CURRENCIES):
        if _length(reading, at) <= 4 and not any(n.sense.classes & {"measure", "level", "people", "obtained"} for n in reading.nouns):
            return Judgement("unclear", 0.6, ("a figure, of what is not said",))
        return Judgement("outcome", 0.75, ("a level to reach",))
    if number is not None and any(n.sense.classes & {"people", "obtained", "measure", "level"} for n in reading.nouns):
        return Judgement("outcome", 0.65, ("a quantity of others",))
    product = next((i for i in range(at, min(at + 4, len(words))) if words[i].text in reading.lexicon.product_subjects), None)
    if product is not None or _capability(plain):
        return Judgement("outcome" if number is not None else "output", 0.7, ("the product is the subject",), subject="product")
    if number is not None:
        if _length(reading, at) <= 3:
            return Judgement("unclear", 0.6, ("a figure, of what is not said",))
        return Judgement("outcome", 0.5, ("a quantity, of what is not clear",))
    first = reading.nouns[0] if reading.nouns else None
    if first and first.sense.classes & {"deliverable", "task_noun"} and third_verb(reading, first.at + first.sense.length) is None:
        return Judgement("output", 0.8, ("a deliverable is named",))
    if any(n.sense.classes & {"people"} for n in reading.nouns[:2]) and len(words) > 3:
        return Judgement("outcome", 0.5, ("others are the subject",), subject="third-party")
    if any("deliverable" in n.sense.classes for n in reading.nouns) and len(words) > 3:
        return Judgement("output", 0.8, ("a deliverable is named",))
    return Judgement("unclear", 0.6, ("no verb, no measure, no deliverable",))


def _length(reading: Reading, at: int) -> int:
    """Count the words from `at` on, a deadline left out: a date makes no sentence of a fragment."""
    dates = [(period.start, period.end) for period in reading.periods if period.role == "deadline"]
    return sum(not any(a <= word.start < b for a, b in dates) for word in reading.words[at:])


def _colon_or_bare(reading: Reading, start: Start) -> bool:
    """Tell a heading ("Knowledge base", "Webinars: 5") from a thing with a quality to reach ("Docs score ≥ 80 %")."""
    return start.target is None or start.target.comparator is None and not start.target.relative and ":" in reading.plain


_NOMINAL = re.compile(r"(?P<noun>[a-z-]{3,}(?:tion|sion|ment|ings?|age|ture|al|isal|up)) (?:of|de|du|des|d'|de l'|de la)(?=\W|[a-z])")


_MORE_WORK = re.compile(r"(?:more|better|less|plus de|davantage de|mieux)\b")
_COMPARATIVE = re.compile(
    r"(?:fewer|less|more|lower|higher|faster|shorter|better|no|zero|not (?:one|a single)|moins d|davantage d|plus (?:d|aucun)|zero|aucune?|pas une?)\b|(?:moins|plus) d[e']"
)


_CAN = re.compile(
    r"\b(?:can(?!not)|are able to|is able to|peuvent|peut|prend en charge|prennent en charge|propose|accepte (?:desormais )?|supports?|exposes?|allows?|permet(?:tent)? (?:de|d'|aux?)|gere|prints?)\b"
)


_KNOWS = re.compile(
    r" (?:easily |clearly |tous |now )?(?:tell|name|explain|describe|recall|state|say|find|cite|repeat|dire|citer|expliquer|nommer|decrire|restituer|reformuler|trouver|rappeler)\b"
)


_BY_OTHERS = re.compile(
    r"\b(?:(?:mentioned|cited|quoted|listed|named|recommended|picked up|republished|endorsed) (?:in|by|on|at|as)\b|(?:mentionne|cite|repris|reference|recommande|relaye)e?s? (?:dans|par|sur|comme|chez)\b)"
)


_COPULA = re.compile(
    r"\b(?:is|are|est|sont) (?:[a-z]+ly |plus |vraiment |more |[a-z]+ment )?(?:[a-z]+(?:able|ible|ful|ous|ient|ent|ant|aire|if|ive|eux|euse|ile)s?|clear|clean|fast|easy|safe|stable|claire?s?|simples?|rapides?)\b"
)


def _capability(plain: str) -> bool:
    return bool(
        re.search(
            r"\b(?:is able to|are able to|can (?:add|be|do|get|see|use|export|import|run)|supports?|exposes?|allows?|permet|permettent|est capable|gere|supporte)\b",
            plain,
        )
    )
