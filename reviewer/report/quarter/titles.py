"""Give what explains each rule, for reports that name rules; the rulebook is all that reports know of rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reviewer.okr import Language, Severity, Source


@dataclass(frozen=True, slots=True)
class Explained:
    """Hold what explains one rule in one language: the promise it keeps, why, who disagrees, where it comes from."""

    id: str
    family: str
    severity: Severity
    title: str
    why: str
    contested: str | None
    sources: tuple[Source, ...]


@cache
def rulebook(language: Language) -> dict[str, Explained]:
    """Give every rule with a public id, in the order of the documentation."""
    from reviewer.rules import ALL_RULES
    from reviewer.rules.typography import typeset_french

    def typeset(text: str) -> str:
        return typeset_french(text) if language == "fr" else text

    return {
        each.id: Explained(
            each.id,
            each.family.replace("_", "-"),
            each.severity,
            typeset(each.title.of(language)),
            typeset(each.why.of(language)),
            typeset(each.contested.of(language)) if each.contested else None,
            each.sources,
        )
        for each in ALL_RULES
    }


def explained(rule: str, language: Language) -> Explained | None:
    """Give what explains one rule; None for the rule of another version."""
    return rulebook(language).get(rule)


def title_of(rule: str, language: Language) -> str | None:
    """Give the promise that a rule keeps, in words."""
    found = explained(rule, language)
    return found.title if found else None
