"""Show a rewrite only when the rules that would judge it have nothing serious to say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reviewer.language.glossary import per_house
from reviewer.language.statement import understand_key_result
from reviewer.okr import Context, KeyResult, Language, ReviewedOkr
from reviewer.rewriting.figures import is_a_change
from reviewer.rewriting.measures import around
from reviewer.rules import RULES
from reviewer.rules.rule import Problem, Rule, Subject

SLOT = re.compile(r"\[[^\[\]\d]+\]")
"""A value that only the author knows: square brackets with words in them, never a figure."""

_KEY_RESULT_RULES = tuple(each for each in RULES if each.family == "key_result")
_OKR_RULES = tuple(each for each in RULES if each.family == "okr")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"\b(?=\w*[A-ZÀ-ÖØ-Þ])[\w&][\w&.-]*\w|\b[A-ZÀ-ÖØ-Þ]\b")
_PEERS = 6


class Candidate(NamedTuple):
    """Hold a sentence with slots and its copy in which neutral figures stand in for them.

    `facts` spare reading the copy where they follow from the draft's own.
    """

    text: str
    plain: str
    facts: KeyResult | None = None


class Draft(NamedTuple):
    """Hold the key result to rewrite, where it stands, and what surrounds it."""

    kr: KeyResult
    place: int
    okr: ReviewedOkr
    context: Context

    @property
    def language(self) -> Language:
        """Give the language the draft is written in."""
        return self.kr.language


def filled_in(text: str, stand_ins: Iterable[tuple[str, str]]) -> Candidate:
    """Pair a sentence with the copy that the rules read, each slot replaced by its stand-in."""
    plain = text
    for slot, figure in stand_ins:
        plain = plain.replace(slot, figure)
    return Candidate(text, plain)


def first_verified(candidates: Iterable[Candidate], rule: str, draft: Draft) -> str | None:
    """Give the first candidate that clears `rule`, breaks no other and says what the draft says.

    One that clears all rules but moves the target or loses the date is kept in reserve.
    """
    reserve: str | None = None
    tried: set[str] = set()
    before: set[str] | None = None
    for candidate in candidates:
        if candidate.text in tried or not holds_nothing_new(candidate.text, draft):
            continue
        tried.add(candidate.text)
        after = candidate.facts or understood(candidate.plain, draft.language, draft.okr.cycle)
        if rule == "kr-is-task" and after.nature != "outcome":
            continue
        found = findings_in_place(after, draft)
        if rule in found:
            continue
        serious = {name for name, severity in found.items() if severity != "advice"}
        if serious:
            before = set(findings_in_place(draft.kr, draft)) if before is None else before
            if not serious <= before:
                continue
        if says_the_same(after, draft.kr, rule):
            return candidate.text
        reserve = reserve or candidate.text
    return reserve


@per_house(512)
def understood(text: str, language: Language, cycle: str | None) -> KeyResult:
    """Read a verification copy; the same measure proposed for many tasks is read once."""
    return understand_key_result(text, language, 0, cycle)


def findings_in_place(kr: KeyResult, draft: Draft) -> dict[str, str]:
    """Run every rule that can speak of one key result on `kr` in the draft's place; give severities by rule id.

    Rules on a whole OKR are asked only about key results that could share its measure: what else they
    judge (how many there are, the objective) no rewrite changes.
    """
    krs = (
        [kr if index == draft.place else each for index, each in enumerate(draft.okr.key_results)]
        if len(draft.okr.key_results) <= _PEERS
        else [kr]
    )
    okr = draft.okr.model_copy(update={"key_results": tuple(krs)})
    said: set[str] = set()
    found: dict[str, str] = {}
    for rule in _KEY_RESULT_RULES:
        for problem in problems_of(rule, Subject(okr, draft.context, draft.language, kr, frozenset(said))):
            said.add(rule.id)
            found.setdefault(rule.id, _severity(rule, problem, draft.context))
    peers = [each for each in _peers(kr, draft)]
    if peers:
        together = draft.okr.model_copy(update={"key_results": (*peers, kr)})
        for rule in _OKR_RULES:
            for problem in problems_of(rule, Subject(together, draft.context, draft.language)):
                if problem.key_result == len(peers):
                    found.setdefault(rule.id, _severity(rule, problem, draft.context))
    return found


def _peers(kr: KeyResult, draft: Draft) -> Iterator[KeyResult]:
    """Give the other key results that bear on the same measure, or on one that the catalogue does not know either."""
    if kr.metric is None:
        return
    for other in around(draft.place, draft.okr):
        if other is not draft.okr.key_results[draft.place] and other.metric is not None and other.metric.id == kr.metric.id:
            yield other


def problems_of(rule: Rule, subject: Subject) -> list[Problem]:
    """Run one rule; one that raises says nothing here, as in a review."""
    try:
        return [each for each in rule.run(subject) if isinstance(each, Problem)]
    except Exception:  # the engine reports the failed rule; a rewrite must not fail with it
        return []


def _severity(rule: Rule, problem: Problem, context: Context) -> str:
    return context.settings.severities.get(rule.id) or problem.severity or rule.severity


def says_the_same(after: KeyResult, kr: KeyResult, rule: str) -> bool:
    """Tell that the draft's own target and date are still read in the rewrite."""
    if kr.deadline is not None and kr.deadline.origin == "statement" and (after.deadline is None or after.deadline.origin != "statement"):
        return False
    if rule == "kr-no-baseline":
        if after.baseline is None or after.baseline.kind != "stated":
            return False
        return is_a_change(kr) or kr.target is None or after.target is not None and after.target.value == kr.target.value
    return True


def holds_nothing_new(text: str, draft: Draft) -> bool:
    """Tell that a rewrite holds no figure and no name that neither the key result nor its objective holds."""
    said = f"{draft.kr.text}\n{draft.okr.objective.text}"
    if any(re.search(r"\d", part) for part in re.findall(r"\[[^\[\]]*\]", text) if part not in said):
        return False
    figures, names = _figures_and_names(said)
    if any(figure not in figures for figure in _FIGURE.findall(text)):
        return False
    opening = re.match(r"\W*", text)
    begin = opening.end() if opening else 0
    return all(match[0] in names or match.start() == begin for match in _NAME.finditer(text))


@lru_cache(maxsize=64)
def _figures_and_names(said: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the figures and names of a draft, which all its candidates are held against one after the other."""
    return frozenset(_FIGURE.findall(said)), frozenset(_NAME.findall(said))
