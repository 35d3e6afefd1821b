"""Say what a rule on a quarter is, and how its sentences name teams and statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.okr import Language, Severity, Source
from reviewer.quarter import Where
from reviewer.rules.quarter_view import Quarter, Said
from reviewer.rules.rule import Both, Described, Sample, Skip, require_whole

_NAMED = 4
"""Teams that a sentence names before it counts the rest."""


class QuarterProblem(NamedTuple):
    """Hold what a check found across OKRs, before it becomes a `QuarterFinding`; `evidence` quotes one statement per place."""

    places: tuple[Where, ...]
    message: str
    fix: str
    evidence: tuple[str, ...] = ()
    team: str | None = None
    company_objective: int | None = None
    confidence: float = 1.0
    severity: Severity | None = None


QuarterCheck = Callable[[Quarter], Iterable[QuarterProblem | Skip]]


@dataclass(frozen=True, kw_only=True)
class QuarterRule(Described):
    """Hold one rule on a quarter's OKRs together."""

    check: QuarterCheck


def quarter_rule(
    id: str,
    *,
    severity: Severity,
    title: Both[str],
    why: Both[str],
    sources: tuple[Source, ...],
    bad: Both[tuple[Sample, ...]],
    good: Both[tuple[Sample, ...]],
) -> Callable[[QuarterCheck], QuarterRule]:
    """Turn a check function into a `QuarterRule`.

    Raises TypeError when a language has fewer than two bad or two good examples, or the check has no docstring.
    """

    def declare(check: QuarterCheck) -> QuarterRule:
        require_whole(id, check.__doc__, bad, good)
        return QuarterRule(
            id=id, family="quarter", severity=severity, title=title, why=why, sources=sources, bad=bad, good=good, check=check
        )

    return declare


def say(language: Language, fr: str, en: str) -> str:
    """Choose the words of the quarter's language."""
    return fr if language == "fr" else en


def places_of(statements: Iterable[Said]) -> tuple[Where, ...]:
    """Give where statements stand."""
    return tuple(each.place for each in statements)


def texts_of(statements: Iterable[Said]) -> tuple[str, ...]:
    """Give what statements say."""
    return tuple(each.text for each in statements)


def teams_of(statements: Iterable[Said]) -> list[str]:
    """Give the teams that statements belong to, each once, in their order."""
    return [*dict.fromkeys(each.team for each in statements if each.team)]


def quoted(text: str, language: Language) -> str:
    """Put a text between the quotation marks of a language."""
    return f"« {text} »" if language == "fr" else f"“{text}”"


def listed(names: Sequence[str], language: Language) -> str:
    """Write a list as people do, and count what is too many to name."""
    shown = [quoted(name, language) for name in names[:_NAMED]]
    left = len(names) - len(shown)
    if left:
        shown.append(say(language, f"{left} autre{'s' if left > 1 else ''}", f"{left} other{'s' if left > 1 else ''}"))
    if len(shown) < 2:
        return "".join(shown)
    return ", ".join(shown[:-1]) + say(language, " et ", " and ") + shown[-1]
