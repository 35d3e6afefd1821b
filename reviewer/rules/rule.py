"""Say what a rule is: a check with everything that explains it, in one place.

From a rule's declaration come its check, its tests, its page in docs/rules.md, `okr explain` and the
metadata of every report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from reviewer.okr import Context, KeyResult, Language, Noun, Objective, Okr, ReviewedOkr, Severity, Source, Span

T = TypeVar("T")
Family = Literal["key_result", "objective", "okr", "model", "quarter"]


class QuarterSample(Noun):
    """Hold a small quarter on which a rule is shown: OKRs, and what else was given with them.

    `final_values` are what the key results of `last`, one tuple per OKR, ended at; `check_in` is the rhythm named.
    """

    okrs: tuple[Okr, ...]
    company_objectives: tuple[str, ...] = ()
    last: tuple[Okr, ...] = ()
    final_values: tuple[tuple[str, ...], ...] = ()
    check_in: str | None = None


Sample = str | Okr | QuarterSample


class Both(NamedTuple, Generic[T]):
    """Hold the French and the English of one thing, each written in its own right."""

    fr: T
    en: T

    def of(self, language: Language) -> T:
        """Give one language's."""
        return self.fr if language == "fr" else self.en


class Problem(NamedTuple):
    """Hold what a check found, before it becomes a `Finding`.

    `span` is in characters of the text given; `message` says in one sentence what is wrong, by what it
    costs; `fix` says one thing to do. `key_result` is set by checks that look at a whole OKR.
    """

    span: Span
    message: str
    fix: str
    confidence: float = 1.0
    severity: Severity | None = None
    key_result: int | None = None


class Skip(NamedTuple):
    """Say that a check did not look, and why."""

    reason: str


class Subject(NamedTuple):
    """Hold what a check may look at: facts computed once, never text to parse again.

    `key_result` is set for checks of the family "key_result". `said` are the ids of the rules that already
    found something about the same statement: one fault, one finding.
    """

    okr: ReviewedOkr
    context: Context
    language: Language
    key_result: KeyResult | None = None
    said: AbstractSet[str] = frozenset()

    @property
    def statement(self) -> KeyResult:
        """Give the key result under review."""
        assert self.key_result is not None  # the engine gives one to every check of the family "key_result"
        return self.key_result

    @property
    def objective(self) -> Objective:
        """Give the objective under review."""
        return self.okr.objective

    def say(self, fr: str, en: str) -> str:
        """Choose the words of the language under review."""
        return fr if self.language == "fr" else en


Check = Callable[[Subject], Iterable[Problem | Skip]]


@dataclass(frozen=True, kw_only=True)
class Described:
    """Hold what explains a rule, whoever checks it: code on one OKR, code on a quarter's, or a model."""

    id: str
    family: Family
    severity: Severity
    title: Both[str]
    why: Both[str]
    sources: tuple[Source, ...]
    bad: Both[tuple[Sample, ...]]
    good: Both[tuple[Sample, ...]]
    contested: Both[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Rule(Described):
    """Hold one rule on an OKR. `unless` are rules whose finding on the same statement makes this one silent."""

    check: Check
    unless: tuple[str, ...] = ()

    def run(self, subject: Subject) -> Iterator[Problem | Skip]:
        """Look at one subject, unless a finding that covers this one was already made."""
        if not subject.said.isdisjoint(self.unless):
            return
        yield from self.check(subject)


def rule(
    id: str,
    *,
    family: Family,
    severity: Severity,
    title: Both[str],
    why: Both[str],
    sources: tuple[Source, ...],
    bad: Both[tuple[Sample, ...]],
    good: Both[tuple[Sample, ...]],
    contested: Both[str] | None = None,
    unless: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Turn a check function into a `Rule`.

    Raises TypeError when a language has fewer than two bad or two good examples, or the check has no docstring.
    """

    def declare(check: Check) -> Rule:
        require_whole(id, check.__doc__, bad, good)
        return Rule(
            id=id,
            family=family,
            severity=severity,
            title=title,
            why=why,
            sources=sources,
            bad=bad,
            good=good,
            contested=contested,
            check=check,
            unless=unless,
        )

    return declare


def require_whole(id: str, doc: str | None, bad: Both[tuple[Sample, ...]], good: Both[tuple[Sample, ...]]) -> None:
    """Raise TypeError for a rule whose check has no docstring, or that has fewer than two examples of a kind in a language."""
    if not doc:
        msg = f"rule {id!r}: the check needs a docstring that tells its author why"
        raise TypeError(msg)
    for name, samples in (("bad", bad), ("good", good)):
        for language in ("fr", "en"):
            count = len(getattr(samples, language))
            if count < 2:
                msg = f"rule {id!r}: {name}.{language} has {count} examples, at least 2 are needed"
                raise TypeError(msg)


def collect(modules: Iterable[Any]) -> tuple[Rule, ...]:
    """Gather the rules that the given modules declare, in the order they stand there.

    Raises ValueError on an id declared twice, or an `unless` that names no earlier rule.
    """
    rules: list[Rule] = []
    for module in modules:
        rules.extend(value for value in vars(module).values() if isinstance(value, Rule))
    seen: set[str] = set()
    for each in rules:
        if each.id in seen:
            msg = f"rule id {each.id!r} is declared twice"
            raise ValueError(msg)
        unknown = [name for name in each.unless if name not in seen]
        if unknown:
            msg = f"rule {each.id!r}: unless names {unknown!r}, which no earlier rule has"
            raise ValueError(msg)
        seen.add(each.id)
    return tuple(rules)
