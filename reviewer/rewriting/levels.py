"""Give a key result its starting point, in its author's own words wherever grammar allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.catalogue import CatalogueMetric
from reviewer.language.glossary import known_metrics
from reviewer.language.quantities import CURRENCIES
from reviewer.okr import KeyResult, Language, Metric
from reviewer.rewriting.figures import Figures, away_from, falls, is_a_change, neutral
from reviewer.rewriting.verification import Candidate, Draft, filled_in
from reviewer.rewriting.weaving import Parts, counts_things, woven
from reviewer.rewriting.words import is_figure, is_plural, lower_first, plain_slot, slot, upper_first
from reviewer.rules.measure import is_rate, known_measure

_DANGLING = re.compile(r"(?:\b(?:de|du|of|to|the|than|vs|comparé|date|closing|level)|['’])\s*$", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(?:sept|oct|nov|dec|déc|jan|janv|feb|fév|févr|aug|juil|avr|inc)\.$", re.IGNORECASE)


def level_candidates(draft: Draft) -> Iterator[Candidate]:
    """Word the draft with its starting point: woven into the sentence where its grammar is plain, else beside it."""
    draft = draft._replace(kr=_with_measure(draft.kr))
    kr, language = draft.kr, draft.language
    target, baseline = kr.target, kr.baseline
    if target is None:
        return
    known = known_measure(kr)
    if known is None and is_a_change(kr) and kr.metric is not None and kr.metric.id:
        known = known_metrics().get(kr.metric.id)
    falling = falls(kr, known)
    compared = baseline is not None and baseline.kind == "reference"
    if is_a_change(kr):
        yield from _both_ends(draft, known, "past" if compared else "start", neutral(_figure_unit(kr, known), falling, language))
    figure = away_from(target, falling, known.unit if known else None, language)
    start = slot_for(kr, known, "past" if compared else "start")
    parts = _cut(kr)
    if not compared:
        for text in woven(kr, parts, known, start, falling):
            yield filled_in(text, ((start, figure),))
    for text in _beside(kr, start, compared):
        yield filled_in(text, ((start, figure),))
    measure = kr.metric.text if kr.metric and len(kr.metric.text) < 60 else ""
    for text in _named(measure, parts, start, language):
        yield filled_in(text, ((start, figure), *_unnamed(language)))


def _with_measure(kr: KeyResult) -> KeyResult:
    """Take as measure the figure that follows a percentage ("Reach 30% adoption"), when none is known."""
    if kr.target is None or kr.target.unit != "percent" or kr.metric is not None and (kr.metric.id or kr.metric.text.lower() != "reach"):
        return kr
    place = kr.target.span[1] - kr.span[0]
    found = re.match(
        r"\s?(?:de |d['’]|of )?(?P<name>[^\W\d][\w'’-]*(?: [\w'’-]+){0,2}?)(?= (?:of|de|du|des|for|in|on|sur|chez|among|by|d'ici|pour|avant)\b|$)",
        kr.text[place:],
    )
    if found is None or not is_figure(found["name"], kr.language):
        return kr if kr.metric is None or kr.metric.text.lower() != "reach" else kr.model_copy(update={"metric": None})
    begin = kr.target.span[1] + found.start("name")
    return kr.model_copy(update={"metric": Metric(text=found["name"], span=(begin, begin + len(found["name"])))})


def slot_for(kr: KeyResult, known: CatalogueMetric | None, role: str) -> str:
    """Give the slot of a key result's value: named by the draft's own word for its measure where it can be."""
    language = kr.language
    if known is not None and known.unit == "count" or _counts(kr, known):
        return plain_slot(role, "number", language)
    if kr.metric is not None and (known is not None or kr.metric.id is None and is_figure(kr.metric.text, language) and _fits_unit(kr)):
        name = lower_first(kr.metric.text)
        if not is_plural(name, language):
            return slot(role, name, language)
    return plain_slot(role, _kind(kr), language)


_NO_SHARE = frozenset(
    "cost costs time delay price revenue traffic number volume duration size length spend coût coûts temps délai prix durée revenu revenus trafic nombre montant".split()
)


def _fits_unit(kr: KeyResult) -> bool:
    """Tell that a percentage to reach is not laid to a word for money or time that merely stands nearby."""
    share = kr.target is not None and kr.target.unit == "percent" and not is_a_change(kr)
    return not (share and kr.metric is not None and kr.metric.text.lower() in _NO_SHARE)


def _counts(kr: KeyResult, known: CatalogueMetric | None) -> bool:
    """Tell a target in heads or things from the value of a measure that is named before it ("an NPS of 45 among admins")."""
    if kr.target is None or kr.target.unit not in (None, "count") or not counts_things(kr):
        return False
    return known is None or known.unit != "score" or kr.metric is not None and kr.metric.span[0] >= kr.target.span[1]


def _kind(kr: KeyResult) -> str:
    target = kr.target
    unit = (target.unit if target else None) or kr.unit
    if target is not None and target.value == 0:
        return "number"
    if target is not None and is_a_change(kr) and unit in ("percent", "factor", "points"):
        return "value"
    if unit == "percent":
        return "share"
    if unit in CURRENCIES:
        return "amount"
    if unit in ("day", "hour", "minute", "second", "week", "month", "year", "millisecond"):
        return "time"
    if unit in ("score", "star") or target is not None and target.out_of:
        return "score"
    counted = (
        counts_things(kr)
        or kr.metric is not None
        and target is not None
        and kr.metric.span[1] <= target.span[0]
        and is_plural(kr.metric.text, kr.language)
    )
    return "number" if unit in (None, "count") and counted else "value"


def _ended(text: str) -> tuple[str, str]:
    """Give a sentence without its full stop, and that stop; the point of an abbreviation stays."""
    text = text.strip()
    if _ABBREVIATED.search(text):
        return text, ""
    body = text.rstrip(" .;,!")
    return body, text[len(body) :].strip(" ,;!")


def _cut(kr: KeyResult) -> Parts:
    """Cut a statement into what stands before its target, the target, what follows, its date and its last full stop."""
    assert kr.target is not None  # only outcomes with a target have no baseline
    origin = kr.span[0]
    body, end = _ended(kr.text)
    by = ""
    if kr.deadline is not None and kr.deadline.span is not None:
        begin, stop = kr.deadline.span[0] - origin, kr.deadline.span[1] - origin
        if stop >= len(body) and begin >= kr.target.span[1] - origin and not _DANGLING.search(body[:begin]):
            by, body = " " + body[begin:].strip(), body[:begin].rstrip(" ,;–-")
    first, last = kr.target.span[0] - origin, kr.target.span[1] - origin
    return Parts(body[:first], body[first:last], body[last:], by, end)


def _both_ends(draft: Draft, known: CatalogueMetric | None, role: str, figures: Figures) -> Iterator[Candidate]:
    """Add both levels to a relative change: "+15 % (de [CA actuel] à [CA visé])"."""
    kr, language = draft.kr, draft.language
    start, aim = slot_for(kr, known, role), slot_for(kr, known, "aim")
    ends = f"(de {start} à {aim})" if language == "fr" else f"(from {start} to {aim})"
    parts = _cut(kr)
    head = f"{parts.before}{parts.target}{parts.after}"
    stand_ins = ((start, figures.start), (aim, figures.goal))
    places = [f"{head} {ends}{parts.by}{parts.end}", f"{head}{parts.by} {ends}{parts.end}"]
    for text in reversed(places) if role == "past" else places:
        yield filled_in(text, stand_ins)
    yield filled_in(f"{parts.before}{parts.target} {ends}{parts.after}{parts.by}{parts.end}", stand_ins)


UNNAMED = {"fr": "[mesure]", "en": "[measure]"}


def _unnamed(language: Language) -> tuple[tuple[str, str], ...]:
    return ((UNNAMED[language], "Taux de rebond" if language == "fr" else "Bounce rate"),)


def _figure_unit(kr: KeyResult, known: CatalogueMetric | None) -> str | None:
    if known is not None:
        return known.unit
    if is_rate(kr) or kr.target is not None and kr.target.unit == "points":
        return "percent"
    return kr.target.unit if kr.target is not None and kr.target.unit not in ("percent", "factor") else None


def _beside(kr: KeyResult, start: str, compared: bool) -> Iterator[str]:
    """Put the start in brackets after the author's sentence."""
    body, end = _ended(kr.text)
    said: tuple[str, ...]
    if kr.language == "fr":
        said = (f"(contre {start})", f"(départ : {start})") if compared else (f"(contre {start} aujourd'hui)", f"(aujourd'hui : {start})")
    else:
        way = {"up": "up from", "down": "down from"}.get(kr.direction or "", "")
        said = tuple(part for part in (f"({way} {start})" if way else "", f"(today: {start})", f"(baseline: {start})") if part)
    at = kr.target.span[1] - kr.span[0] if kr.target else len(body)
    for part in said:
        yield f"{body} {part}{end}"
    for part in said:
        yield f"{body[:at]} {part}{body[at:]}{end}"


def _named(measure: str, parts: Parts, start: str, language: Language) -> Iterator[str]:
    goal = parts.target.strip().lstrip("≥≤<>=~ ")
    for name in (measure, UNNAMED[language]):
        if name:
            yield (
                f"{upper_first(name)} : de {start} à {goal}{parts.by}"
                if language == "fr"
                else f"{upper_first(name)}: from {start} to {goal}{parts.by}"
            )
