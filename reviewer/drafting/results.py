"""Word the key results to propose: the figures that an idea gives, and changes of measures with slots for what it does not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from reviewer.catalogue import CatalogueMetric
from reviewer.drafting.choosing import contracted
from reviewer.drafting.ideas import Idea
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics
from reviewer.language.lexicon import lexicon
from reviewer.language.measures import find_measures
from reviewer.okr import Context, KeyResult, Language, Quantity
from reviewer.rewriting.figures import for_measure, neutral
from reviewer.rewriting.sentences import change, deadline, ground, moved, start_slot
from reviewer.rewriting.verification import SLOT
from reviewer.rewriting.words import goal_slot, is_plural, plain_slot
from reviewer.rules.measure import WIN_RATES

_DATE = {"fr": ("[date]", " d'ici [date]", "fin juin"), "en": ("[date]", " by [date]", "the end of June")}
_RIVAL = {"fr": ("[concurrent]", " face à [concurrent]", "Orvado"), "en": ("[competitor]", " against [competitor]", "Orvado")}
_ASKED = {
    "fr": ("[répondants]", " auprès de [répondants]", "acheteurs"),
    "en": ("[respondents]", " among [respondents]", "surveyed buyers"),
}
_RULE = {
    "fr": ("[règle]", " (attribution : [règle])", "multi-touch"),
    "en": ("[rule]", " (attribution: [rule])", "multi-touch"),
}
_WHICH = {
    "fr": ("la mesure qui en montrerait l'effet", "[mesure à choisir]", "le taux de rebond des visiteurs"),
    "en": ("the measure that would show its effect", "[measure to choose]", "the bounce rate of visitors"),
}
_HABIT = {
    "fr": ("la part des personnes concernées qui changent d'habitude", "[quelle habitude]", "la part des clients qui utilisent le portail chaque semaine"),
    "en": ("the share of the people concerned who change a habit", "[which habit]", "the share of customers who use the portal weekly"),
}  # fmt: skip

_PERIOD = re.compile(
    r"^(?:(?P<year>20\d\d)[ /-]{0,3}(?P<part>[QTHS][1-4])|(?P<part2>[QTHS][1-4])(?:[ /-]{0,3}(?P<year2>20\d\d))?|(?P<year3>20\d\d))$",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:at|currently|today|now|from|est à|sommes à|aujourd['’]hui|actuel\w*|de|part\w* de)\s*$", re.IGNORECASE)
_AIM = re.compile(
    r"(?:\b(?:aim\w*|want|wants|target\w*|goal|get to|reach|need|to|veut|voulons|vis\w+|cible|objectif|atteindre|à|passer)|->|→|=>)\b",
    re.IGNORECASE,
)


class Proposal(NamedTuple):
    """Hold a key result to propose, its measure (a catalogue id where known) and neutral figures for its slots.

    `stand_ins` serve a copy that the rules read and nobody sees: how the key result will read once it is filled in.
    """

    measure: str | None
    text: str
    stand_ins: tuple[tuple[str, str], ...] = ()

    @property
    def filled(self) -> str:
        """Give the key result with neutral figures in the place of its slots."""
        text = self.text
        for slot, figure in self.stand_ins:
            text = text.replace(slot, figure)
        return text


def due(idea: Idea, context: Context) -> str:
    """Give the date of the key results, with its preposition: the idea's own, else the cycle's end, else a slot.

    Empty where a cycle is known that is no quarter, half or year: the key results inherit its end.
    """
    if idea.by:
        return idea.by
    cycle = (context.cycle or "").strip()
    if not cycle:
        return _DATE[idea.language][1]
    found = _PERIOD.match(cycle)
    if found is None:
        return ""
    part, year = found["part"] or found["part2"] or "", found["year"] or found["year2"] or found["year3"] or ""
    period = " ".join(word for word in (part.upper(), year) if word)
    return f" d'ici fin {period}" if idea.language == "fr" else f" by the end of {period}"


def given_results(text: str, facts: KeyResult, by: str) -> Iterator[Proposal]:
    """Word a figure that the idea gives, in its own words where they say from what to what; the rest rewrites can complete."""
    measure = facts.metric.id if facts.metric is not None else None
    language = facts.language
    until = "" if facts.deadline is not None else by
    stand_ins = (_DATE[language][::2],)
    ends = _ends(text, facts)
    if ends is not None:
        start, goal = ends
        head = _head(text, facts, start, goal)
        if head:
            joined = f" : de {start} à {goal}" if language == "fr" else f": from {start} to {goal}"
            yield Proposal(measure, f"{head}{joined}{until}", stand_ins)
        elif facts.head is None and measure is not None:
            metric = known_metrics()[measure]
            where = ground(metric, facts)
            yield Proposal(
                measure,
                change(_plainer(metric, language, where), metric, start, goal, language, where) + (deadline(facts) or by),
                stand_ins,
            )
    yield Proposal(measure, f"{text}{until}", stand_ins)


def _ends(text: str, facts: KeyResult) -> tuple[str, str] | None:
    """Give the two levels between which the figures of a clause go, as written."""
    if facts.target is None or facts.target.relative:
        return None
    if facts.baseline is not None and facts.baseline.kind == "stated" and facts.baseline.text:
        return facts.baseline.text.strip(), _bare(facts.target)
    levels = [each for each in facts.quantities if not each.relative and each.unit == facts.target.unit]
    if len(levels) != 2:
        return None
    first, second = sorted(levels, key=lambda each: each.span)
    before, between = text[: first.span[0] - facts.span[0]], text[first.span[1] - facts.span[0] : second.span[0] - facts.span[0]]
    return (_bare(first), _bare(second)) if _TODAY.search(before) and _AIM.search(between) else None


def _bare(quantity: Quantity) -> str:
    return quantity.text.strip().lstrip("≥≤<>=~ \u00a0\u202f")


def _head(text: str, facts: KeyResult, start: str, goal: str) -> str:
    """Give what stands before the colon of "adoption of Alerts: we are at 12 %, aiming for 30 %"."""
    head, colon, rest = text.partition(":")
    if not colon or start not in rest or goal not in rest or facts.metric is None or facts.metric.text not in head:
        return ""
    return head.strip()


def measured(name: str, idea: Idea, by: str) -> Iterator[Proposal]:
    """Word a change of a measure, on the ground that the idea names, else as it is, else with a slot for the ground."""
    metric, language = known_metrics()[name], idea.language
    goal = goal_slot(language)
    figures = for_measure(metric, language)
    for called, where, after, extra in dict.fromkeys(_grounds(metric, idea)):
        said = called or _plainer(metric, language, where + after)
        if is_plural(said, language) and metric.unit != "count":  # "the number of churn" counts nothing
            continue
        start = start_slot(said, language)
        stand_ins = ((start, figures.start), (goal, figures.goal), _DATE[language][::2], *extra)
        yield Proposal(name, contracted(change(said, metric, start, goal, language, where), language) + after + by, stand_ins)


def _grounds(metric: CatalogueMetric, idea: Idea) -> Iterator[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
    """Give a name of the measure (empty for its usual one), what stands beside it, what after its change, and figures for its slots."""
    language = idea.language
    if idea.rival and metric.id in WIN_RATES:
        yield "", (f" face à {idea.rival}" if language == "fr" else f" against {idea.rival}"), "", ()
    own = ground(metric, idea.facts)
    if own and not re.search(r"[\[\]|*_`]", own):
        yield "", own, "", ()
    usual = metric.text(language).name
    named = [_THE_THING[language].sub(_of_thing(idea.thing, language), usual)] if idea.thing and _THE_THING[language].search(usual) else []
    for called in (*named, ""):
        yield called, "", "", ()
        for wanted, (slot, words, figure) in (
            (metric.id in WIN_RATES, _RIVAL[language]),
            ("respondents" in metric.scope, _ASKED[language]),
            ("attribution" in metric.scope, _RULE[language]),
        ):
            if wanted:
                yield called, "", words, ((slot, figure),)


_THE_THING = {
    "fr": re.compile(r"\bla feature|\bdu nouveau produit"),
    "en": re.compile(r"^feature (?P<what>adoption rate|retention|awareness)$|the feature|the new product"),
}


def _of_thing(thing: str, language: Language) -> Callable[[re.Match[str]], str]:
    """Put the thing that an idea names in the place of "the feature" in a measure's name."""

    def named(match: re.Match[str]) -> str:
        if language == "fr":
            return f"de {thing}" if match[0].startswith("du ") else thing
        return f"{match['what']} of {thing}" if match["what"] else thing

    return named


def _plainer(metric: CatalogueMetric, language: Language, where: str) -> str:
    """Name a measure, without "on competitive deals" where the rival is named."""
    name = metric.text(language).name
    if metric.id == "competitive-win-rate" and where:
        return known_metrics()["win-rate"].text(language).name
    return name


def blanks(idea: Idea, by: str) -> tuple[Proposal, ...]:
    """Word key results for an idea of which nothing is known: an effect to name, and the people in whose doings it would show."""
    language = idea.language
    goal = goal_slot(language)
    found = []
    for (what, which, figure), kind, falling in ((_WHICH[language], "value", True), (_HABIT[language], "share", False)):
        start, ends = plain_slot("start", kind, language), neutral("percent", falling, language)
        text = f"{moved(what, None, start, goal, language)}{by} ({which})"
        found.append(
            Proposal(None, text, ((what, figure), (f" ({which})", ""), (start, ends.start), (goal, ends.goal), _DATE[language][::2]))
        )
    return tuple(found)


def blank_state(idea: Idea) -> str:
    """Word an objective for an idea of which nothing is known."""
    if idea.language == "fr":
        return "[Les personnes visées] peuvent enfin [ce que cela doit leur permettre]"
    return "[The people it is for] can finally [what it should let them do]"


def stood_in(text: str, language: Language) -> str:
    """Put neutral figures and words in the slots of a sentence whose slots are not ours, as its author would fill them."""
    found = find_measures(lexicon(language).words(fold(SLOT.sub(" ", text)).text), language)
    figures = for_measure(found[0].metric, language) if found else neutral("percent", False, language)
    starts = 0

    def figure(match: re.Match[str]) -> str:
        nonlocal starts
        before, inner = text[: match.start()].rstrip(), fold(match[0]).text
        if re.search(r"\bdate\b|\b(?:d'ici|by|before|avant)$", f"{inner} {before}"):
            return _DATE[language][2]
        if re.search(r"(?:\b(?:from|de|à|to|est|is|of|currently|at)|[(:=≥≤<>])$", before) and not _IS_NAME.search(inner):
            starts += 1
            return figures.start if starts == 1 else figures.goal
        return "Mid-Market"

    return SLOT.sub(figure, text)


_IS_NAME = re.compile(
    r"\b(?:segment|concurrent|competitor|rival|client\w*|customer\w*|equipe|team|produit|product|nom|name|public|audience|persona|region|marche|market|module|feature|repondants|respondents|buyers|acheteurs)\b"
)
