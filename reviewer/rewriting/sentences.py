"""Word a change of a measure, from where to where, and the date and ground that the draft names."""

from __future__ import annotations

import re
from typing import Literal

from reviewer.catalogue import CatalogueMetric
from reviewer.okr import KeyResult, Language
from reviewer.rewriting.words import is_plural, lower_first, number_of, plain_slot, slot, with_article
from reviewer.rules.measure import WIN_RATES

Way = Literal["up", "down"] | None

_RIVAL = re.compile(r"^(?:face à|face aux|contre|versus|vs\.?|against|over)\s", re.IGNORECASE)
_BEFORE_SEGMENT_FR = re.compile(
    r"\b(?:sur|dans|chez|pour|auprès d[eu]s?)\s+(?:le |la |les |l['’]|nos |notre |des )?(?:segment |marché |comptes |clients |deals )?$",
    re.IGNORECASE,
)
_BEFORE_SEGMENT_EN = re.compile(r"\b(?:in|for|across|among)\s+(?:the |our )?$", re.IGNORECASE)
_AFTER_SEGMENT = re.compile(r"^ (?:segment|accounts|customers|market|deals|buyers|teams|segments)\b")
_CLOSED = re.compile(r"^(?:$|[,.;:)]| (?:by|before|in|with|to|so|and|for|at|on|d'ici|avant|au|en|et|pour|avec|afin|à)\b)")
_NAMED_AFTER = re.compile(r"^ (?:[A-ZÀ-Þ][\w-]+)")


def change(name: str, metric: CatalogueMetric | None, start: str, goal: str, language: Language, ground: str = "") -> str:
    """Say that a measure goes from one value to another: "Faire passer le win rate face à Nexia de [..] à [..]"."""
    what = number_of(name, language) if is_plural(name, language) else with_article(name, language)
    way: Way = None if metric is None or metric.unit == "rank" else metric.good
    return moved(f"{what}{ground}", way, start, goal, language)


def moved(what: str, way: Way, start: str, goal: str, language: Language) -> str:
    """Say that `what`, article included, goes from `start` to `goal`."""
    if language == "fr":
        return f"{'Ramener' if way == 'down' else 'Faire passer'} {what} de {start} à {goal}"
    verb = {"up": "Raise", "down": "Reduce"}.get(way or "", "Bring")
    return f"{verb} {what} from {start} to {goal}"


def start_slot(name: str, language: Language) -> str:
    """Give the slot of a measure's present value; things counted have a number, not a value of their own."""
    return plain_slot("start", "number", language) if is_plural(name, language) else slot("start", name, language)


def deadline(kr: KeyResult) -> str:
    """Give the date that the draft names, with a space and a preposition before it; empty when it names none."""
    if kr.deadline is None or kr.deadline.origin != "statement" or kr.deadline.span is None:
        return ""
    text = kr.deadline.text.strip()
    after = kr.text[kr.deadline.span[1] - kr.span[0] :]
    more = re.match(
        r"(?: ?\d{1,4}\b(?![\d%])| (?:January|February|March|April|May|June|July|August|September|October|November|December)\b)", after
    )
    if more and not re.search(r"\d{4}$", text):
        text += more[0]
    text = lower_first(text) if not re.match(r"(?:EO|[QTSH]\d|FY|[A-Z][a-zé]+ \d)", text) else text
    if kr.language == "fr":
        if re.match(r"(?:[QTSH]\d|20\d\d)", text):
            text = f"au {text}" if text[0] in "QTSH" else f"en {text}"
        elif re.match(r"(?:1er|\d)", text):
            text = f"d'ici le {text}"
        elif re.match(r"(?:fin|mi|début)\b", text):
            text = f"d'ici {text}"
    elif re.match(r"(?:[QTH]\d|20\d\d|FY)", text):
        text = f"in {text}"
    elif re.match(r"(?:\d|EO|end|mid|year-end|[A-Z])", text):
        text = f"by {text}"
    elif re.match(r"for the FY", text):
        text = f"in {text[8:]}"
    elif re.match(r"on \d", text):
        text = f"by {text[3:]}"
    return f" {text}"


def ground(metric: CatalogueMetric, kr: KeyResult) -> str:
    """Give the words of the draft that say against whom or on which segment a measure bears, a space before them."""
    statement = kr.text
    for phrase in kr.scope:
        begin, end = phrase.span[0] - kr.span[0], phrase.span[1] - kr.span[0]
        if phrase.kind == "competitor" and _RIVAL.match(phrase.text) and metric.id in WIN_RATES:
            rival = _RIVAL.sub("", phrase.text)
            return f" face à {rival}" if kr.language == "fr" else f" against {rival}"
        if phrase.kind != "segment" or {"segment", "competitor"}.isdisjoint(metric.scope):
            continue
        before = (_BEFORE_SEGMENT_FR if kr.language == "fr" else _BEFORE_SEGMENT_EN).search(statement[:begin])
        lone = phrase.text in ("segment", "segments")
        more = _AFTER_SEGMENT.match(statement[end:]) if kr.language == "en" else _NAMED_AFTER.match(statement[end:]) if lone else None
        stop = end + (more.end() if more else 0)
        if before is not None and (more is not None or not lone) and _CLOSED.match(statement[stop:]):
            return " " + statement[before.start() : stop]
    return ""
