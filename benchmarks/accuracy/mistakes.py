"""Explain wrong verdicts: the facts that led to each, and the kind of sentence it is, in words of our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from accuracy.judging import Verdict
from accuracy.labelled import RULES, wanted
from reviewer.language.statement import facts
from reviewer.okr import KeyResult

BASELINE_KIND = "baseline kind"
"""Not a rule: the kind of start, of outcomes with a number."""


def baseline_judged(verdict: Verdict) -> bool:
    """Tell an outcome with a number on whose start the raters agree."""
    return verdict.statement.kind == "key_result" and wanted(verdict.statement, "kr-no-baseline") is not None


def wrong(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Give every wrong verdict with its facts."""
    found = []
    for verdict in verdicts:
        for rule in (*RULES, BASELINE_KIND):
            asked = _asked(verdict, rule)
            if asked is None:
                continue
            label, said = asked
            if label != said:
                found.append({"rule": rule, "label": label, "said": said, "kind": kind_of_mistake(verdict, rule), **explain(verdict)})
    return found


def _asked(verdict: Verdict, rule: str) -> tuple[object, object] | None:
    if rule == BASELINE_KIND:
        return (verdict.statement.labels["baseline"], verdict.baseline) if baseline_judged(verdict) else None
    asked = wanted(verdict.statement, rule)
    return None if asked is None else (asked, rule in verdict.raised)


def explain(verdict: Verdict) -> dict[str, Any]:
    """Give the facts of a statement that led to its verdict."""
    statement, read = verdict.statement, verdict.facts
    found: dict[str, Any] = {
        "id": statement.id,
        "set": statement.set,
        "language": statement.language,
        "text": statement.text,
        "labels": dict(statement.labels),
        "read": read.nature if isinstance(read, KeyResult) else read.form,
        "because": list(read.because),
        "certainty": read.certainty,
        "target": read.target.text if read.target else None,
        "findings": [f"{each.rule} {each.severity} {each.confidence:.2f}" for each in verdict.findings],
    }
    if verdict.language != statement.language:
        found["language_read"] = verdict.language
    if isinstance(read, KeyResult):
        found["baseline"] = verdict.baseline
        kind = facts(statement.text, verdict.language)["baseline"]
        if kind and read.baseline is None:
            found["baseline_were_it_an_outcome"] = kind
    return found


def kind_of_mistake(verdict: Verdict, rule: str) -> str:
    """Say what kind of sentence is misread and as what, without any of its words."""
    statement, read = verdict.statement, verdict.facts
    if rule in ("kr-is-task", "objective-is-task"):
        label = statement.nature if rule == "kr-is-task" else statement.form
        advised = any(each.rule == rule and each.severity == "advice" for each in verdict.findings)
        return f"{label} read as {verdict.nature}{', advice only' if advised else ''}: {reason(read.because)}"
    number = (f"a number in {read.target.unit}" if read.target.unit else "a number without a unit") if read.target else None
    if rule in (BASELINE_KIND, "kr-no-baseline"):
        if verdict.nature == "task":
            return f"start “{statement.labels['baseline']}” not looked for, read as task: {reason(read.because)}"
        return f"start “{statement.labels['baseline']}” taken for “{verdict.baseline}”, {number or 'no number seen'}"
    if rule == "kr-no-number" and wanted(statement, rule):
        if verdict.nature == "task":
            return f"outcome without a number, read as task: {reason(read.because)}"
        return f"{number} taken for the quantity to reach" if number else "an event or milestone, not asked for a number"
    if rule == "objective-has-metric" and not wanted(statement, rule):
        return f"{number} taken for a quantity to reach"
    return "a quantity to reach that is not seen"


def reason(because: Sequence[str]) -> str:
    """Write reasons without the words of the statement that they quote."""
    return re.sub("«[^»]*»", "«…»", "; ".join(because)) or "no reason kept"
