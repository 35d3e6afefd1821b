"""Read labelled statements, and say what each label asks of each rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from reviewer.okr import Language

OWN = Path(__file__).resolve().parents[2] / "corpus" / "labelled"
LANGUAGES: tuple[Language, ...] = ("en", "fr")
RULES = ("kr-is-task", "kr-no-number", "kr-no-baseline", "objective-has-metric", "objective-is-task")
"""The rules that the labels can judge."""

SetName = Literal["dev", "own"]


class Statement(NamedTuple):
    """Hold one labelled statement; `labels` has only those on which the raters agree.

    `group` is the file of our own sentences, or the source of the others: who wrote it.
    """

    id: str
    set: SetName
    language: Language
    kind: Literal["key_result", "objective"]
    text: str
    labels: Mapping[str, Any]
    okr: str | None
    group: str

    @property
    def nature(self) -> str | None:
        """Give the label of nature with outputs and activities as tasks; None when it is not known."""
        nature = self.labels.get("nature")
        return "task" if nature in ("output", "activity") else nature

    @property
    def form(self) -> str | None:
        """Give what an objective is: "task", "state", "topic"; None when the raters disagree."""
        if self.kind != "objective" or "task" not in self.labels:
            return None
        task = self.labels["task"]
        return "topic" if task is None else "task" if task else "state"


_LABELS = ("nature", "number", "baseline", "deadline", "metric", "task")


def read_dev(folder: Path) -> list[Statement]:
    """Read `dev.en.jsonl` and `dev.fr.jsonl` of a folder, those that are there."""
    found: list[Statement] = []
    for language in LANGUAGES:
        path = folder / f"dev.{language}.jsonl"
        if path.is_file():
            found += [_statement(row, "dev", language, row["source"]) for row in _rows(path)]
    return found


def read_own(folder: Path = OWN) -> list[Statement]:
    """Read our own labelled sentences."""
    return [_statement(row, "own", row["language"], path.stem) for path in sorted(folder.glob("*.jsonl")) for row in _rows(path)]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _statement(row: dict[str, Any], set: SetName, language: Language, group: str) -> Statement:
    contested = row.get("contested") or ()
    labels = {name: row[name] for name in _LABELS if name in row and name not in contested}
    return Statement(row["id"], set, language, row["kind"], row["text"], labels, row.get("okr"), group)


def wanted(statement: Statement, rule: str) -> bool | None:
    """Say whether the labels ask for a rule; None where it is not judged (not agreed on, or another fault comes first)."""
    labels = statement.labels
    if statement.kind == "objective":
        value = labels.get({"objective-has-metric": "metric", "objective-is-task": "task"}.get(rule, ""))
        return value if isinstance(value, bool) else None
    nature, number = statement.nature, labels.get("number")
    if rule == "kr-is-task":
        return None if nature in (None, "unclear") else nature == "task"
    if rule == "kr-no-number":
        judged = number is not None and (nature == "outcome" or nature == "task" and number)
        return not number if judged else None
    if rule == "kr-no-baseline":
        kind = labels.get("baseline")
        return kind == "none" if nature == "outcome" and number and kind is not None else None
    return None


def is_faultless(statement: Statement) -> bool:
    """Tell a key result in which the labels name no fault: an outcome with a number that says where it starts."""
    return statement.nature == "outcome" and wanted(statement, "kr-no-number") is False and wanted(statement, "kr-no-baseline") is False
