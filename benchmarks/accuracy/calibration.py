"""Hold confidence against the labels: of findings given with 0.9, are nine in ten right?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accuracy import metrics
from accuracy.judging import Verdict
from accuracy.labelled import wanted
from accuracy.mistakes import reason
from reviewer.okr import Finding

Said = tuple[str, float, bool]
"""What was claimed (a rule's id, "(advice)" behind it when it only advised), how confidently, whether the label agrees."""


def claims(verdicts: Iterable[Verdict]) -> list[Said]:
    """Give every finding that the labels can judge, advice too: it claims the same, less surely."""
    found: list[Said] = []
    for verdict in verdicts:
        for finding in verdict.findings:
            right = _is_right(verdict, finding)
            if right is not None:
                name = finding.rule + (" (advice)" if finding.severity == "advice" else "")
                found.append((name, finding.confidence, right))
    return found


def _is_right(verdict: Verdict, finding: Finding) -> bool | None:
    asked = wanted(verdict.statement, finding.rule)
    if asked is not None and finding.rule == "kr-no-baseline" and finding.severity == "advice":
        return bool(verdict.statement.labels["baseline"] == "reference")  # it claims a named start without its value
    return asked


def tables(said: Iterable[Said]) -> dict[str, dict[str, Any]]:
    """Give the reliability table of each claim and of all together."""
    rows = list(said)
    names = ["all", *sorted({name for name, _, _ in rows})]
    found = {}
    for name in names:
        bins = metrics.reliability((confidence, right) for each, confidence, right in rows if name in ("all", each))
        found[name] = {
            "calibration_error": metrics.calibration_error(bins),
            "bins": [
                {"low": b.low, "high": b.high, "findings": b.n, "right": b.right, "accuracy": b.accuracy, "mean_confidence": b.mean}
                for b in bins
            ],
        }
    return found


def reasons(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Count, for each reason and certainty, how often nature (or an objective's form) is read as labelled, on each set.

    "Undecided" are statements labelled unclear, or a topic: the rules on tasks are not judged there, and the confidence of
    their findings is to be held against the accuracy where the labels decide.
    """
    found: dict[tuple[str, str, str, float], dict[str, Any]] = {}
    for verdict in verdicts:
        statement = verdict.statement
        label = statement.nature if statement.kind == "key_result" else statement.form
        if label is None:
            continue
        key = (statement.kind, verdict.nature, reason(verdict.facts.because), verdict.facts.certainty)
        names = ("kind", "read", "because", "certainty")
        row = found.setdefault(
            key, dict(zip(names, key, strict=True)) | {f"{s}_{w}": 0 for s in ("own", "dev") for w in ("n", "right", "undecided")}
        )
        row[f"{statement.set}_n"] += 1
        row[f"{statement.set}_right"] += label == verdict.nature
        row[f"{statement.set}_undecided"] += label in ("unclear", "topic")
    for row in found.values():
        right, n = row["own_right"] + row["dev_right"], row["own_n"] + row["dev_n"]
        decided = n - row["own_undecided"] - row["dev_undecided"]
        row["accuracy"] = right / n
        row["accuracy_where_decided"] = right / decided if decided and row["read"] not in ("unclear", "topic") else None
    return sorted(found.values(), key=lambda row: (row["kind"], row["read"], -(row["own_n"] + row["dev_n"]), row["because"]))
