"""Weave a starting point into the author's own sentence, where its grammar is plain enough to be sure of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.catalogue import CatalogueMetric
from reviewer.language.folding import fold
from reviewer.okr import KeyResult, Language
from reviewer.rewriting.sentences import Way, moved
from reviewer.rewriting.words import EN_RISING, gender_known, is_figure, lower_first, upper_first, with_article

_LONGEST = 400
"""Characters beyond which a statement is a paragraph, whose grammar is not plain."""

_JOIN = {
    "fr": re.compile(
        r"(?:[\s:=≥≤<>~≃-]+|\b(?:à|a|de|du|est|atteint|passe|dépasse|monte|supérieure?|inférieure?|égale?|ou|au[- ]dessus|en[- ]dessous|au[- ]delà|sous|au moins|au minimum|minimum|plus|moins|environ|vers|jusqu['’]à|le cap des|la barre des)|\bd['’])$",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:[\s:=≥≤<>~-]+|\b(?:at|of|to|is|are|reaches|hits|exceeds|rises|scores|least|most|above|below|under|over|more|less|than|fewer|around|about|up|down|a minimum|minimum))$",
        re.IGNORECASE,
    ),
}
_REACH = {
    "fr": re.compile(
        r"^(?:atteindre|obtenir|viser|avoir|afficher|arriver à|parvenir à|décrocher|enregistrer|avoisiner|dépasser|franchir|réaliser|récolter|recueillir|tenir|assurer|garantir|monter à|passer à|objectif\s*:)\s*",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:to )?(?:reach(?:ing)?|hit(?:ting)?|achiev(?:e|ing)|attain(?:ing)?|obtain(?:ing)?|get(?:ting)?(?: to)?|have|having|score|deliver|secure|see|ensure|exceed|target\s*:?|goal\s*:)\s*(?=\S|$)",
        re.IGNORECASE,
    ),
}
_COUNTING = {
    "fr": re.compile(
        r"^(?:atteindre|compter|avoir|disposer de|arriver à|parvenir à|totaliser|capter|attirer|franchir(?: le cap des| la barre des)?|comptabiliser)?\s*(?:au moins|les)?\s*$",
        re.IGNORECASE,
    ),
    "en": re.compile(r"^(?:reach|hit|have|get to|achieve|attract|count|grow to|attain)?\s*(?:at least|over|more than)?\s*$", re.IGNORECASE),
}
_ARTICLE = {"fr": re.compile(r"^(une?|le|la|les|l['’]|nos|notre)\s?", re.IGNORECASE), "en": re.compile(r"^(an?|the|our)\s", re.IGNORECASE)}
_TOWARDS = {
    "fr": re.compile(
        r"^(?P<said>.*\b(?:port|pass|pouss|ramen|amen|relev|augment|rédui|redui|diminu|baiss|conduire|hiss|descend|mont|élev|abaiss|amélior|limit|raccourci|grimper|tomber|progresser|chuter|croître)\w*.*?)\s+(?P<to>(?:à|a|jusqu['’]à|vers|au|sous|en dessous de|au[- ]dessus de)(?:\s+(?:moins de|plus de|au moins|minimum|environ|les|la barre des|le cap des))?\s*[<>≥≤]?\s*)$",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?P<said>.*\b(?:rais|increas|grow|lift|bring|brought|get|mov|tak|push|improv|boost|reduc|cut|lower|decreas|drop|shorten|driv|climb|ris|fall|expand|scal|go)\w*.*?)\s+(?P<to>(?:up to|down to|to|towards?|below|under|above|over)(?:\s+(?:at least|under|below|over|above|less than|more than|fewer than|around|about|the))?\s*[<>≥≤]?\s*)$",
        re.IGNORECASE,
    ),
}
_BARE_BOUND = {
    "fr": re.compile(r"^(sous|en dessous de|au[- ]dessus de)\b", re.IGNORECASE),
    "en": re.compile(r"^(below|under|above|over)\b", re.IGNORECASE),
}
_VERB = {
    "fr": re.compile(
        r"\b(?:est|sont|passent?|atteint|atteignent|dépassent?|restent?|qui|que|où|dont|ont|monte|baisse|augmente|progresse|recule|tombe|devient|avec|et|ou|par rapport|(?:vs|contre)(?! (?-i:[A-Z]))|pour que|afin|savent|peuvent)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:is|are|was|reaches|reach|hits|rises|improves|exceeds|stays|remains|falls|drops|goes|gets|grows|increases|climbs|stands|that|who|which|when|where|while|and|or|vs(?!\.? (?-i:[A-Z]))|than|be|accounts for|have|has|can|should|must)\b",
        re.IGNORECASE,
    ),
}
_GROUND = {
    "fr": re.compile(r"^ (?:sur|chez|auprès|pour|dans|parmi|face (?:à|aux)|côté)\b[^\d,;:.()\[\]]{2,60}$", re.IGNORECASE),
    "en": re.compile(r"^ (?:among|for|in|on|across|against|with|within)\b[^\d,;:.()\[\]]{2,60}$", re.IGNORECASE),
}
_AFTER_MEASURE = re.compile(r"^(?:s?$|s? (?:of|for|among|in|on|across|at|with|by|to|from|against|vs|per|between|after|during)\b)")


class Parts(NamedTuple):
    """Hold a statement cut around its target and its date."""

    before: str
    target: str
    after: str
    by: str
    end: str


def counts_things(kr: KeyResult) -> bool:
    """Tell "2,000 weekly users" from "NPS ≥ 45": a word stands right after the figure."""
    if kr.target is None:
        return False
    after = kr.text[kr.target.span[1] - kr.span[0] :]
    return bool(
        re.match(
            r"[+ ]{1,2}(?!(?:auprès|chez|sur|dans|pour|avant|parmi|d'ici|among|for|across|from|with|before|until|within|per|par)\b)[^\W\d]{3,}",
            after,
        )
    )


def woven(kr: KeyResult, parts: Parts, known: CatalogueMetric | None, start: str, falling: bool) -> Iterator[str]:
    if len(kr.text) > _LONGEST or re.search(r"[\[\]*_`\"«»→]|->|=>", kr.text) or kr.metric is not None and kr.metric.id and known is None:
        return
    language = kr.language
    rising = kr.direction == "up" or known is not None and known.good == "up" or _rises_by_name(kr)
    way: Way = "down" if falling else "up" if rising else None
    yield from _before_goal(parts, start, language)
    yield from _measure_first(kr, parts, start, way)
    yield from _measure_last(kr, parts, start, way)
    if (
        kr.target is not None
        and kr.target.unit in (None, "count")
        and counts_things(kr)
        and _COUNTING[language].match(parts.before)
        and len(parts.after.split()) <= 9
        and not _VERB[language].search(parts.after)
    ):
        whole = f"{lower_first(_goal(kr, parts))}{parts.after}{parts.by}{parts.end}"
        yield f"Passer de {start} à {whole}" if language == "fr" else f"Go from {start} to {whole}"


def _rises_by_name(kr: KeyResult) -> bool:
    return kr.metric is not None and kr.metric.id is None and kr.metric.text.lower().split()[-1] in EN_RISING


def _before_goal(parts: Parts, start: str, language: Language) -> Iterator[str]:
    """Put the start before the goal: "Porter l'ARR à 5 M€" -> "Porter l'ARR de [ARR actuel] à 5 M€"."""
    match = _TOWARDS[language].match(parts.before)
    if match is None or "," in match["said"]:
        return
    towards = match["to"]
    bound = _BARE_BOUND[language].match(towards)
    if bound:
        low = bound[1].lower() in ("sous", "en dessous de", "below", "under")
        towards = ("à moins de " if low else "à plus de ") if language == "fr" else f"to {towards}"
    towards = re.sub(r"^au\b(?= moins)", "à au", towards)
    link = "de" if language == "fr" else "from"
    yield f"{match['said']} {link} {start} {towards}{parts.target}{parts.after}{parts.by}{parts.end}"


def _goal(kr: KeyResult, parts: Parts) -> str:
    """Word the target of "from ... to ...": a threshold to pass keeps its word, one to reach needs none."""
    text = parts.target.strip().lstrip("≥≤<>=~ \u00a0\u202f")
    comparator = kr.target.comparator if kr.target else None
    if comparator in (">", "<"):
        low = comparator == "<"
        return f"{'moins' if low else 'plus'} de {text}" if kr.language == "fr" else f"{'under' if low else 'over'} {text}"
    return text


def _measure_first(kr: KeyResult, parts: Parts, start: str, way: Way) -> Iterator[str]:
    """Turn "NPS post-lancement ≥ 40 sur le segment" into a change of that measure."""
    language = kr.language
    if kr.metric is None or kr.metric.id is None and not is_figure(kr.metric.text, language):
        return
    said = _REACH[language].sub("", parts.before, count=1)
    article = _ARTICLE[language].match(said)
    phrase = said[article.end() :] if article else said
    place = kr.text.find(phrase) if phrase else -1
    if place < 0 or kr.metric.span[0] - kr.span[0] != place:
        return
    while phrase and (tail := _JOIN[language].search(phrase)):
        phrase = phrase[: tail.start()]
    if language == "en" and not _AFTER_MEASURE.match(phrase[len(kr.metric.text) :]):
        return
    if len(phrase) < len(kr.metric.text) or len(phrase) > 80 or re.search(r"[\d,;:()]", phrase) or _VERB[language].search(phrase):
        return
    yield from _change_of(kr, parts, phrase, article[1].lower() if article else "", start, way, parts.after)


def _measure_last(kr: KeyResult, parts: Parts, start: str, way: Way) -> Iterator[str]:
    """Turn "Reach 30% adoption of X" into a change of that measure."""
    language = kr.language
    opening = re.sub(r"^(?:an?|une?) ", "", _REACH[language].sub("", parts.before, count=1))
    while opening and (tail := _JOIN[language].search(opening)):
        opening = opening[: tail.start()]
    if kr.metric is None or opening or kr.target is None or kr.target.unit == "count":
        return
    if kr.metric.id is None and not is_figure(kr.metric.text, language):
        return
    after = re.sub(r"^ ?(?:de |d['’]|of |in )?", "", parts.after)
    phrase = after.strip()
    if (
        not fold(phrase).text.startswith(fold(kr.metric.text).text)
        or len(phrase) > 90
        or re.search(r"[\d,;:()]", phrase)
        or _VERB[language].search(phrase)
    ):
        return
    if kr.target.unit is None and kr.target.out_of is None:
        return
    yield from _change_of(kr, parts, phrase, "", start, way, "")


def _change_of(kr: KeyResult, parts: Parts, phrase: str, article: str, start: str, way: Way, after: str) -> Iterator[str]:
    language, goal = kr.language, _goal(kr, parts)
    where, rest = (after, "") if _GROUND[language].match(after) else ("", after)
    own = lower_first(phrase)
    if language == "en":
        what = f"{article} {own}" if article in ("the", "our") else with_article(own, "en")
    elif article in ("le", "la", "les", "nos", "notre"):
        what = f"{article} {own}"
    elif article[:1] == "l":
        what = f"l'{own}"
    elif article in ("un", "une") or gender_known(own):
        what = with_article(own, "fr", feminine=article == "une" if article else None)
    else:
        yield f"{upper_first(phrase)}{where} : de {start} à {goal}{rest}{parts.by}{parts.end}"
        return
    yield f"{moved(what + where, way, start, goal, language)}{rest}{parts.by}{parts.end}"
    if language == "fr":
        yield f"{upper_first(phrase)}{where} : de {start} à {goal}{rest}{parts.by}{parts.end}"
