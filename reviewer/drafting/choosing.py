"""Choose what a draft measures and what it wants: the idea's own words first, then what its work is there to change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from reviewer.corpus import ExampleOkr, load_corpus
from reviewer.drafting.ideas import Idea
from reviewer.drafting.nearness import Near, by_likeness
from reviewer.drafting.works import RIVAL, THING, effects, works
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics, per_house
from reviewer.language.lexicon import stem
from reviewer.okr import Language

_INWARD = frozenset({"people", "quality", "finance", "service"})
"""Families of measures that product marketing rarely moves: proposed only where the idea points to them."""

_OWN_COURSE = frozenset({"survey-response-rate", "on-time-delivery", "on-time-launches", "budget-variance", "time-to-market"})
"""Measures of how smoothly the work itself went: proposed last, since they prove little of its effect."""

_ONE_OF = (
    frozenset({"win-rate", "competitive-win-rate", "competitive-losses", "rfp-win-rate", "proposal-to-close"}),
    frozenset({"aided-awareness", "unaided-awareness", "consideration", "category-association"}),
    frozenset({"demo-requests", "qualified-demo-requests", "organic-demo-requests"}),
    frozenset({"logo-churn", "customer-retention", "renewal-rate", "renewals", "early-churn", "user-retention"}),
    frozenset({"revenue-churn", "grr", "nrr"}),
    frozenset({"pipeline", "sourced-pipeline", "influenced-pipeline", "qualified-opportunities", "launch-pipeline", "event-sourced-pipeline"}),
    frozenset({"activation-rate", "activated-accounts", "trial-activation", "onboarding-completion", "setup-completion"}),
    frozenset({"nps", "csat", "post-launch-nps", "feature-satisfaction", "detractor-share"}),
    frozenset({"monthly-active-users", "wau", "dau", "stickiness", "wau-mau-ratio", "usage-frequency"}),
    frozenset({"price-realisation", "discount-rate", "discounted-deals"}),
    frozenset({"reference-usage", "case-study-usage", "reference-coverage"}),
    frozenset({"active-partners", "partner-activation", "signed-partners"}),
    frozenset({"partner-sourced-pipeline", "partner-sourced-revenue", "partner-influenced-deals"}),
    frozenset({"landing-page-conversion", "visitor-to-lead-conversion", "pricing-page-conversion", "competitor-page-conversion"}),
    frozenset({"message-clarity-score", "message-recall", "message-adoption"}),
)  # fmt: skip
"""Measures that say nearly the same: a draft holds one of each, unless the idea itself names two."""

_ALIKE = 0.5
"""Share of words in common from which two measures say nearly the same."""

_FAINT = 0.2
"""Weight under which a kind of work is not in the idea: two examples that are barely near."""

_ASIDE = 0.4
"""What the measures of a general deliverable (a report, a meeting) count where the idea speaks of product marketing's own work."""

_OUR_EXAMPLE = 0.35
"""Likeness from which a house's own example lends its objective."""


class Aim(NamedTuple):
    """Hold an objective to propose, and the id of the example it comes from, if any."""

    text: str
    source: str | None = None


def kinds_of_work(idea: Idea, near: Near) -> dict[str, float]:
    """Weigh the kinds of work an idea is about, 1 for the first: what its words say counts most, the nearest examples help."""
    found = _shares(idea.works)
    for name, weight in near.works.items():
        found[name] = found.get(name, 0.0) + 0.6 * min(1.0, weight)
    found = {name: weight for name, weight in found.items() if weight >= _FAINT}
    return dict(sorted(_shares(found).items(), key=lambda item: -item[1]))


def _shares(weights: dict[str, float]) -> dict[str, float]:
    most = max(weights.values(), default=0.0)
    return {name: weight / most for name, weight in weights.items()} if most else {}


def ranked_measures(idea: Idea, near: Near) -> list[str]:
    """Rank the measures (catalogue ids) that would prove an idea worked, best first.

    Those it names lead; then what its deliverables are there to move, what its kind of work moves, what lies near its
    words; each counts more where it moves what the company wants.
    """
    catalogue = known_metrics()
    scores: dict[str, float] = {}

    def add(name: str, points: float) -> None:
        if name in catalogue and not catalogue[name].vanity and not re.search(r"\d", catalogue[name].text(idea.language).name):
            scores[name] = scores.get(name, 0.0) + points

    pointed = {*idea.measures}
    for place, name in enumerate(idea.measures):
        add(name, 7 - 0.5 * place)
    for name in idea.vanity:
        for place, step in enumerate(_next_steps(name)):
            add(step, 4 - 0.7 * place)
    kinds = kinds_of_work(idea, near)
    for place, (made, proves) in enumerate(idea.deliverables[:3]):
        pointed |= {*proves}
        share = _ASIDE if effects()[made].work == "other" and idea.works else 1.0
        for rank, name in enumerate(proves):
            add(name, share * (4 - 0.7 * rank - 1.5 * place))
    for kind, share in [*kinds.items()][:3]:
        for rank, name in enumerate(works()[kind].measures):
            add(name, (2.6 - 0.25 * rank) * share * (1.0 if share == 1.0 else 0.6) * (1.0 if idea.works else 0.7))
    for name, like in near.measures.items():
        add(name, 3 * like)
    if idea.rival:
        add("win-rate", 2.5)
    shown: dict[str, float] = {}
    for example, like in near.examples:
        for name in frozenset[str]().union(*example.metrics):
            shown[name] = max(shown.get(name, 0.0), (1.0 if kinds.get(example.work, 0.0) >= 0.5 else 0.4) * like)
    for name, like in shown.items():
        add(name, like)
    for name in scores:
        scores[name] += (
            1.5 * near.pull(name) - 3.0 * (name in _OWN_COURSE) - 2.5 * (catalogue[name].family in _INWARD and name not in pointed)
        )
    return sorted((name for name in scores if scores[name] > 0.5), key=lambda name: -scores[name])


def _next_steps(name: str) -> list[str]:
    """Give the measures that a vanity figure sets off, nearest first."""
    catalogue = known_metrics()
    found = [name]
    for step in found:
        found += [each for each in catalogue[step].drives if each not in found]
    return [each for each in found[1:] if not catalogue[each].vanity][:4]


def say_nearly_the_same(one: str, other: str, language: Language) -> bool:
    """Tell two measures that would be won or lost together."""
    if any(one in group and other in group for group in _ONE_OF):
        return True
    mine, theirs = _telling_words(one, language), _telling_words(other, language)
    return len(mine & theirs) >= _ALIKE * len(mine | theirs) if mine and theirs else False


@per_house(None)
def _telling_words(name: str, language: Language) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", fold(known_metrics()[name].text(language).name).text)
    general = {"taux", "rate", "part", "share", "score", "nombre", "number", "temps", "time", "delai", "conversion"}
    return frozenset(stem(word, language) for word in words if len(word) > 3 and word not in general)


def aims(idea: Idea, near: Near) -> Iterator[Aim]:
    """Give objectives to propose, best first: the idea's own wanted state, else what its deliverables and its work should change."""
    language = idea.language
    for state in idea.states:
        yield Aim(state)
    kinds = [*kinds_of_work(idea, near)]
    if idea.rival and "competitive" in kinds[:3]:
        yield from _with_words([state for state in works()["competitive"].states[language] if RIVAL in state], idea)
    for kind in kinds[:2]:
        if idea.thing and kind in ("launch", "adoption"):
            yield from _with_words([state for state in works()[kind].states[language] if THING in state], idea)
    for name, _ in idea.deliverables[:2]:
        if effects()[name].states[language]:
            yield Aim(effects()[name].states[language])
    for kind in kinds[:2]:
        lent = [example for example, like in near.examples if _is_lent(example, like, kind, language)]
        texts = [state for state in works()[kind].states[language] if RIVAL not in state and THING not in state]
        sources = {example.objective: example.id for example in lent}
        for text in by_likeness([*texts, *sources], idea, near):
            yield Aim(text, sources.get(text))


def _with_words(states: Iterable[str], idea: Idea) -> Iterator[Aim]:
    """Fill in the rival or the thing that an idea names."""
    for state in states:
        if RIVAL not in state or idea.rival:
            yield Aim(contracted(state.replace(RIVAL, idea.rival or "").replace(THING, idea.thing or ""), idea.language))


def contracted(text: str, language: Language) -> str:
    """Run French prepositions and articles together: "de le module" -> "du module"."""
    if language == "fr":
        text = re.sub(r"\bde le (?=\w)", "du ", re.sub(r"\bde les (?=\w)", "des ", text))
        text = re.sub(r"\bà le (?=\w)", "au ", re.sub(r"\bà les (?=\w)", "aux ", text))
    return text


def _is_lent(example: ExampleOkr, like: float, kind: str, language: Language) -> bool:
    """Tell an example whose objective holds for the idea too: for any market, or the house's own and near."""
    if example.language != language or re.search(r"\d", example.objective):
        return False
    own = example.id not in _shipped()
    return example.id in works()[kind].examples or (own and like >= _OUR_EXAMPLE)


@cache
def _shipped() -> frozenset[str]:
    return frozenset(each.id for each in load_corpus().okrs)
