"""Judge labelled statements with the real engine, each in its OKR, and keep the facts that led to every verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from accuracy.labelled import RULES, Statement
from reviewer import Context, Okr, review
from reviewer.language.detect import detect_language
from reviewer.okr import Finding, KeyResult, Language, Objective


class Verdict(NamedTuple):
    """Hold what the product says of one statement: findings of the rules judged here, and its facts."""

    statement: Statement
    findings: tuple[Finding, ...]
    facts: KeyResult | Objective
    language: Language

    @property
    def raised(self) -> frozenset[str]:
        """Give the rules raised: a finding of that id with severity error or warning."""
        return frozenset(finding.rule for finding in self.findings if finding.severity != "advice")

    @property
    def nature(self) -> str:
        """Give the nature read, outputs and activities as tasks; of an objective, its form."""
        if isinstance(self.facts, Objective):
            return self.facts.form
        return "task" if self.facts.nature in ("output", "activity") else self.facts.nature

    @property
    def baseline(self) -> str:
        """Give the kind of baseline read, or why there is none."""
        if isinstance(self.facts, Objective):
            return "-"
        if self.facts.baseline:
            return self.facts.baseline.kind
        return "read as task" if self.nature == "task" else "no number read" if self.facts.target is None else "-"


def judge_in_context(statements: Sequence[Statement]) -> list[Verdict]:
    """Review every statement together with its objective and the other key results of its OKR, in the order given."""
    okrs: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        okrs.setdefault((statement.set + statement.language, statement.okr or statement.id), []).append(statement)
    verdicts: dict[int, Verdict] = {}
    for members in okrs.values():
        objectives = [each for each in members if each.kind == "objective"]
        key_results = [each for each in members if each.kind == "key_result"]
        for each, verdict in _judge(objectives[:1], key_results):
            verdicts[id(each)] = verdict
        for each in objectives[1:]:
            for _, verdict in _judge([each], []):
                verdicts[id(each)] = verdict
    return [verdicts[id(statement)] for statement in statements]


def judge_alone(statements: Iterable[Statement]) -> list[Verdict]:
    """Review every statement with nothing around it."""
    found = []
    for each in statements:
        pairs = _judge([each], []) if each.kind == "objective" else _judge([], [each])
        found += [verdict for _, verdict in pairs]
    return found


def _judge(objective: Sequence[Statement], key_results: Sequence[Statement]) -> list[tuple[Statement, Verdict]]:
    given = Okr(objective=objective[0].text if objective else "", key_results=tuple(each.text for each in key_results))
    first = (*objective, *key_results)[0]
    alone = first.okr is None  # a sentence of no OKR has nothing around it that would tell its language
    done = review(given, context=Context(language=first.language if alone else None), examples=0)
    okr = done.okrs[0]
    assert len(okr.key_results) == len(key_results), given
    scored = [finding for finding in done.findings if finding.rule in RULES]

    def verdict(statement: Statement, place: int | None, facts: KeyResult | Objective) -> tuple[Statement, Verdict]:
        return statement, Verdict(statement, tuple(f for f in scored if f.key_result == place), facts, okr.language)

    found = [verdict(each, None, okr.objective) for each in objective]
    return found + [verdict(each, place, okr.key_results[place]) for place, each in enumerate(key_results)]


def misread_language(statements: Iterable[Statement]) -> int:
    """Count the statements that, all alone, would be taken for the other language."""
    return sum(detect_language(each.text) != each.language for each in statements)


class Dependence(NamedTuple):
    """Say how often a statement is judged otherwise alone than among its neighbours, and for what reason."""

    statements: int
    other_language: tuple[str, ...]
    other_reason: tuple[str, ...]


def compare_alone(together: Sequence[Verdict]) -> Dependence:
    """Judge each statement again without its neighbours; none of the rules judged here looks at them.

    The language of a draft is read from the whole OKR, so a short statement alone may be taken for the other language:
    such differences are counted apart.
    """
    language: list[str] = []
    reason: list[str] = []
    for verdict, alone in zip(together, judge_alone(verdict.statement for verdict in together), strict=True):
        if (verdict.raised, verdict.nature, verdict.baseline) == (alone.raised, alone.nature, alone.baseline):
            continue
        (reason if verdict.language == alone.language else language).append(verdict.statement.id)
    return Dependence(len(together), tuple(language), tuple(reason))
