"""Understand an idea in a few words: what it wants, what it names, which figures and date it gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.drafting.spelling import language_of, one_line, respelled, sentences, tidy, without_shouting
from reviewer.drafting.wishes import SURE, date_in, is_wanted, purposes, undated
from reviewer.drafting.works import works_of
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics
from reviewer.language.lexicon import lexicon
from reviewer.language.measures import find_measures
from reviewer.language.statement import understand_key_result
from reviewer.okr import Context, KeyResult, Language
from reviewer.rewriting.deliverables import find_deliverables
from reviewer.rewriting.words import upper_first

_LOOSE = frozenset({"new-logos", "customer-base", "revenue", "headcount"})
"""Measures whose name is also everyday speech: new customers are an audience before they are a count."""

_INFINITIVE = re.compile(r"\bto [a-z]+(?= (?:us|the|our|an?|them|it|new|more|their)\b)")
"""A verb that doubles as the name of a deliverable: "to pitch us" makes no pitch."""

_RIVAL = re.compile(
    r"\b(?P<link>face (?:à|a|au|aux)|contre|versus|vs\.?|against|concurrent|competitor|rival)\s+(?P<name>[A-ZÀ-Þ][\w&.-]*\w(?: [A-ZÀ-Þ][\w&.-]*\w)?)"
)
_THINGS = frozenset("feature release new-product mobile-app integration api beta mvp".split())
_AN_ARTICLE = {
    "fr": re.compile(r"^(?:le|la|les|l['’]|notre|nos|un|une|des) ?\w", re.IGNORECASE),
    "en": re.compile(r"^(?:the|our|a|an) \w", re.IGNORECASE),
}
_THING_ENDS = {
    "fr": re.compile(
        r"[,;:.(]|\s(?:auprès|pour|sur|dans|chez|aux?|en|d['’]ici|avant|afin|et|avec|vers|qui|que|à|dès|sans|par|le \d|fin|\[)(?![\w-])",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"[,;:.(]|\s(?:to|for|in|on|with|by|before|and|at|among|across|so|that|which|into|without|this|next|\[)(?![\w-])", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class Idea:
    """Hold an idea as given and what was understood of it.

    `text` is the idea on one line; `states` are its sentences that read as a wanted state, tidied; `given` the clauses
    that set a figure to reach, with their facts. `measures` and `vanity` are catalogue ids of measures it names, the second
    those that could double with nobody better off; `deliverables` are ids with what would prove each. `works` weighs the
    kinds of work it speaks of. `by` is the date it names, with its preposition, empty when it names none.
    """

    text: str
    language: Language
    facts: KeyResult
    states: tuple[str, ...]
    given: tuple[tuple[str, KeyResult], ...]
    measures: tuple[str, ...]
    vanity: tuple[str, ...]
    deliverables: tuple[tuple[str, tuple[str, ...]], ...]
    works: dict[str, float]
    rival: str | None
    thing: str | None
    by: str


def understand_idea(idea: str, context: Context) -> Idea:
    """Understand an idea.

    Raises:
        UnreadableDraftError: it is empty, holds no word, or is longer than 2,000 characters.
    """
    text = one_line(idea)
    language = context.language or language_of(text, context)
    text = without_shouting(text, language)
    said = [part for part in sentences(text) if tidy(part, language)]
    clauses = [tidy(part, language) for part in said]
    facts = understand_key_result(text, language, 0, None)
    read = text
    named, deliverables = _named(read, language)
    if not named and not deliverables:
        guessed = respelled(text)
        named, deliverables = _named(guessed, language)
        read = guessed if named or deliverables else text
    counted = facts.metric.id if facts.metric is not None and facts.target is not None else None
    measures = tuple(name for name in named if not known_metrics()[name].vanity and (name not in _LOOSE or name == counted))
    states = []
    for part, clause in zip(said, clauses, strict=True):
        announced = fold(clause).text not in fold(part).text[: len(clause) + 1]
        states += [purpose for purpose in purposes(clause, language) if is_wanted(purpose, language, announced=True)]
        bare = undated(clause, language)
        states += [bare] if is_wanted(bare, language, announced=announced) else []
    return Idea(
        text=text,
        language=language,
        facts=facts,
        states=tuple(dict.fromkeys(states)),
        given=_figures_given(clauses, language),
        measures=measures,
        vanity=tuple(name for name in named if known_metrics()[name].vanity),
        deliverables=deliverables,
        works=works_of(read, language, measures, [name for name, _ in deliverables]),
        rival=_rival(text),
        thing=_thing(clauses, deliverables, language),
        by=next((by for clause in clauses if (by := date_in(clause, language))), ""),
    )


def _named(text: str, language: Language) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Give the measures and the deliverables that a text names."""
    found = find_measures(lexicon(language).words(fold(text).text), language)
    named = tuple(dict.fromkeys(measure.metric.id for measure in found))
    things = _INFINITIVE.sub(" ", text) if language == "en" else text
    return named, tuple((each.id, each.proves) for each in find_deliverables(things, language))


def _figures_given(clauses: list[str], language: Language) -> tuple[tuple[str, KeyResult], ...]:
    """Give the clauses that set a figure to reach for something outside the team's own work."""
    found = []
    for clause in clauses:
        whole = understand_key_result(clause, language, 0, None)
        parts = [each.text for each in whole.several] if len(whole.several) > 1 else [clause]
        for part in parts:
            text = upper_first(part.strip(" ,;."))
            facts = understand_key_result(text, language, 0, None)
            if _sets_a_figure(text, facts):
                found.append((text, facts))
    return tuple(found)


def _sets_a_figure(text: str, facts: KeyResult) -> bool:
    """Tell a figure to reach, of something that is named, from one that numbers a version or a plan."""
    target = facts.target
    if target is None or facts.nature != "outcome" or facts.certainty < SURE:
        return False
    if facts.metric is not None:
        return True
    counted = re.match(r"\+? [^\W\d_]{3}", text[target.span[1] :]) is not None and re.search(r"\d", target.text) is not None
    return target.unit not in (None, "count") or counted


def _rival(text: str) -> str | None:
    """Give the competitor that an idea names; an acronym is more often a market or a team."""
    found = _RIVAL.search(text)
    return found["name"] if found and not (found["name"].isupper() and len(found["name"]) <= 4) else None


def _thing(clauses: list[str], deliverables: tuple[tuple[str, tuple[str, ...]], ...], language: Language) -> str | None:
    """Give what an idea launches or wants used, article included: "launch the Forecasts module to ..." -> "the Forecasts module"."""
    if not deliverables or deliverables[0][0] not in _THINGS:
        return None
    for clause in clauses:
        words = lexicon(language).words(fold(clause).text)
        if not words or "output" not in lexicon(language).verb_at(words, 0).classes:
            continue
        rest = clause.split(maxsplit=1)[1] if " " in clause else ""
        end = _THING_ENDS[language].search(rest)
        thing = (rest[: end.start()] if end else rest).strip()
        if _AN_ARTICLE[language].match(thing) and len(thing.split()) <= 6 and not re.search(r"\d", thing):
            return thing[0].lower() + thing[1:]
    return None
