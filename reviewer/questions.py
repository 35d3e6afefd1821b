"""Ask the few things that only the author knows: the values whose slots would complete most rewrites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewer.catalogue import CatalogueMetric
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics, per_house
from reviewer.language.lexicon import lexicon
from reviewer.language.measures import find_measures
from reviewer.okr import Context, Finding, KeyResult, Language, Question, ReviewedOkr
from reviewer.rewriting import slots
from reviewer.rewriting.tasks import UNKNOWN_MEASURE
from reviewer.rewriting.words import with_article

MOST = 3
"""Questions in one review: an author answers three, and puts off ten."""

_ROLES = ("start", "measure", "aim", "date")


@dataclass(slots=True)
class _Asked:
    """Hold one value asked for, and the findings that its answer would help to clear."""

    okr: int
    key_result: int
    slot: str
    role: str
    metric: CatalogueMetric | None
    finding: Finding
    order: int
    serious: set[tuple[int, int]] = field(default_factory=set)
    helped: set[tuple[str, int, int]] = field(default_factory=set)


def questions(okrs: Sequence[ReviewedOkr], findings: Sequence[Finding], context: Context) -> tuple[Question, ...]:
    """Give at most three questions, those whose answers would clear most findings, most useful first.

    One answer serves every key result on the same measure and the same ground. Each question is tied to
    its slot exactly as it stands in the rewrite of `okr` and `key_result`; findings without a rewrite ask nothing.
    """
    asked: dict[tuple[str, ...], _Asked] = {}
    for finding in findings:
        if finding.key_result is None or not finding.rewrite:
            continue
        okr = okrs[finding.okr]
        kr = okr.key_results[finding.key_result]
        language = context.language or kr.language
        for slot in slots(finding.rewrite):
            if slot in kr.text:
                continue
            role = _role(slot, finding.rewrite)
            metric = None if role == "date" else _measure_of(finding.rewrite, language) or _measure(kr)
            key = _key(role, slot, metric, kr, finding)
            one = asked.setdefault(key, _Asked(finding.okr, finding.key_result, slot, role, metric, finding, len(asked)))
            one.helped.add((finding.rule, finding.okr, finding.key_result))
            if finding.severity != "advice":
                one.serious.add((finding.okr, finding.key_result))
    ranked = sorted(asked.values(), key=lambda one: (-len(one.serious), -len(one.helped), _ROLES.index(one.role), one.order))
    return tuple(_question(one, okrs) for one in ranked[:MOST])


def _key(role: str, slot: str, metric: CatalogueMetric | None, kr: KeyResult, finding: Finding) -> tuple[str, ...]:
    """Name what is asked: a date serves the whole draft, a measure's value every key result on the same ground."""
    if role == "date":
        return ("date",)
    if metric is None or role in ("measure", "aim"):
        return (role, slot, str(finding.okr), str(finding.key_result))
    return (role, slot, metric.id, *sorted(fold(phrase.text).text for phrase in kr.scope))


def _role(slot: str, rewrite: str) -> str:
    if slot == "[date]":
        return "date"
    if slot in (*UNKNOWN_MEASURE.values(), "[mesure]", "[measure]"):
        return "measure"
    words = slot[1:-1].split()
    if words[0] == "target" or words[-1] in ("cible", "visé", "visée", "visés", "visées"):
        return "aim"
    return "start"


def _measure(kr: KeyResult) -> CatalogueMetric | None:
    return known_metrics().get(kr.metric.id) if kr.metric and kr.metric.id else None


@per_house(512)
def _measure_of(text: str, language: Language) -> CatalogueMetric | None:
    """Find the measure that a rewrite is about: the first the catalogue knows in it."""
    found = find_measures(lexicon(language).words(fold(text).text), language)
    return found[0].metric if found else None


def _question(one: _Asked, okrs: Sequence[ReviewedOkr]) -> Question:
    kr = okrs[one.okr].key_results[one.key_result]
    text, hint = (_in_french if kr.language == "fr" else _in_english)(one, kr)
    return Question(okr=one.okr, key_result=one.key_result, text=text, slot=one.slot, hint=hint)


def _in_french(one: _Asked, kr: KeyResult) -> tuple[str, str | None]:
    words = one.metric.fr if one.metric else None
    subject = with_article(words.name, "fr") if words else f"ce que mesure « {_quoted(kr)} »"
    baseline = words.baseline if words else None
    if one.role == "date":
        return "Pour quelle date ?", "la fin du cycle, si aucune autre date ne s'impose"
    if one.role == "measure":
        return f"Qu'est-ce que « {_quoted(kr)} » doit changer, et quelle mesure le montrerait ?", None
    if one.role == "aim":
        if kr.placeholder is not None:
            return f"Quelle valeur mettre à la place de « {_open_value(kr.placeholder.text)} » ?", baseline
        return f"Quelle valeur visez-vous pour {subject} ?", baseline
    if _is_compared(one, kr):
        return f"Quelle était la valeur de départ de la comparaison « {kr.text.strip()} » ?", baseline
    if words:
        return words.question, baseline
    return f"Quelle est aujourd'hui la valeur de départ de « {_quoted(kr)} » ?", None


def _in_english(one: _Asked, kr: KeyResult) -> tuple[str, str | None]:
    words = one.metric.en if one.metric else None
    subject = with_article(words.name, "en") if words else f"what “{_quoted(kr)}” measures"
    baseline = words.baseline if words else None
    if one.role == "date":
        return "By what date?", "the end of the cycle, unless another date suggests itself"
    if one.role == "measure":
        return f"What should “{_quoted(kr)}” change, and which measure would show it?", None
    if one.role == "aim":
        if kr.placeholder is not None:
            return f"Which value should stand in place of “{_open_value(kr.placeholder.text)}”?", baseline
        return f"Which value do you aim at for {subject}?", baseline
    if _is_compared(one, kr):
        return f"What was the starting value of the comparison “{kr.text.strip()}”?", baseline
    if words:
        return words.question, baseline
    return f"What is the starting value of “{_quoted(kr)}” today?", None


def _is_compared(one: _Asked, kr: KeyResult) -> bool:
    return one.finding.rule in ("kr-no-baseline", "kr-percent-or-points") and kr.baseline is not None and kr.baseline.kind == "reference"


def _open_value(text: str) -> str:
    """Quote "X %" or "[n]" without the words that follow it."""
    core = re.match(r"\[[^\]]*\]|\S+(?: ?[%€$])?", text.strip())
    return core[0] if core else text.strip()


def _quoted(kr: KeyResult) -> str:
    """Quote a key result, or its opening words when it is long."""
    text = kr.text.strip().rstrip(" .;,")
    if len(text) <= 80:
        return text
    return text[:78].rsplit(" ", 1)[0] + "…"
