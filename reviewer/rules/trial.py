"""Try rules on samples: the examples each rule declares, or a sentence an author wonders about."""

from __future__ import annotations

from reviewer.language.statement import understand_key_result, understand_objective
from reviewer.okr import Context, Language, Okr, ReviewedOkr
from reviewer.rules import RULES
from reviewer.rules.rule import Family, Problem, QuarterSample, Rule, Sample, Skip, Subject

_HOST: dict[Language, Okr] = {
    "fr": Okr(
        objective="Devenir le choix évident des équipes RH face aux tableurs",
        key_results=(
            "Ramener le délai de réponse aux appels d'offres de 12 à 7 jours d'ici fin T3",
            "Faire passer la part des décisions de roadmap qui citent une étude client de 15 % à 40 % d'ici fin T3",
        ),
    ),
    "en": Okr(
        objective="Become the obvious choice for HR teams that have outgrown spreadsheets",
        key_results=(
            "Cut RFP response time from 12 to 7 days by the end of Q3",
            "Raise the share of roadmap decisions citing research from 15% to 40% by the end of Q3",
        ),
    ),
}
"""A sound OKR per language, without the measures that examples use, in which a lone statement is tried."""


def place(sample: Sample, family: Family, language: Language) -> Okr:
    """Give the OKR in which a sample is tried: a key result comes first among the host's.

    Raises TypeError for a sample of a whole quarter, which has no one OKR.
    """
    host = _HOST[language]
    if isinstance(sample, QuarterSample):
        msg = "a quarter is tried by reviewer.relations, which compares its OKRs; give a sentence or an Okr"
        raise TypeError(msg)
    if isinstance(sample, Okr):
        return sample
    if family == "objective":
        return host.model_copy(update={"objective": sample})
    return host.model_copy(update={"key_results": (sample, *host.key_results)})


def understood(okr: Okr, language: Language, cycle: str | None = None) -> ReviewedOkr:
    """Read the facts of an OKR whose statements stand one per line, objective first."""
    offset = len(okr.objective) + 1
    key_results = []
    for text in okr.key_results:
        key_results.append(understand_key_result(text, language, offset, cycle))
        offset += len(text) + 1
    return ReviewedOkr(
        objective=understand_objective(okr.objective, language, 0),
        key_results=tuple(key_results),
        language=language,
        contributes_to=okr.contributes_to,
        owner=okr.owner,
        team=okr.team,
        cycle=cycle,
    )


def try_rule(rule: Rule, sample: Sample, language: Language, context: Context | None = None) -> list[Problem | Skip]:
    """Run one rule over a sample, whatever other rules say of it."""
    okr = understood(place(sample, rule.family, language), language)
    first = okr.key_results[0] if rule.family == "key_result" else None
    return list(rule.run(Subject(okr, context or Context(), language, first)))


def findings_of(sample: Sample, language: Language, family: Family = "key_result") -> list[str]:
    """Run every rule over a sample in its host, in order, and give the ids of those that found something."""
    okr = understood(place(sample, family, language), language)
    found: list[str] = []
    said: dict[int | None, set[str]] = {}
    for rule in RULES:
        places: list[int | None] = [*range(len(okr.key_results))] if rule.family == "key_result" else [None]
        for at in places:
            statement = okr.key_results[at] if at is not None else None
            subject = Subject(okr, Context(), language, statement, frozenset(said.get(at, ())))
            if any(isinstance(each, Problem) for each in rule.run(subject)):
                said.setdefault(at, set()).add(rule.id)
                found.append(rule.id)
    return found
