"""A small labelled set of our own, and models that answer by its labels.

One label is a slip on purpose (`en-6`: an outcome called a task), so that not every figure is 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS: dict[str, list[dict[str, Any]]] = {
    "en": [
        {"id": "en-0", "okr": "finance", "kind": "objective", "text": "Be the name that mid-market finance teams ask for", "metric": False, "task": False},
        {"id": "en-1", "okr": "finance", "kind": "key_result", "text": "Raise win rate against Nexia in mid-market deals from 31% to 38% by the end of Q2", "nature": "outcome", "number": True, "baseline": "stated"},
        {"id": "en-2", "okr": "finance", "kind": "key_result", "text": "Publish 4 battlecards by the end of Q2", "nature": "task", "number": True, "baseline": None},
        {"id": "en-3", "okr": "finance", "kind": "key_result", "text": "NPS of 40 among finance admins by the end of Q2", "nature": "outcome", "number": True, "baseline": "none"},
        {"id": "en-4", "okr": "atlas", "kind": "key_result", "text": "Significantly improve trial conversion of Atlas by the end of Q2", "nature": "outcome", "number": False, "baseline": None},
        {"id": "en-5", "okr": "atlas", "kind": "key_result", "text": "Train every rep on the Atlas pitch", "nature": "task", "number": False, "baseline": None},
        {"id": "en-6", "okr": "atlas", "kind": "key_result", "text": "Raise weekly active accounts on Atlas from 120 to 200 by the end of Q2", "nature": "task", "number": True, "baseline": None},
    ],
    "fr": [
        {"id": "fr-0", "okr": "achats", "kind": "objective", "text": "Les directions achats pensent d'abord à nous", "metric": False, "task": False},
        {"id": "fr-1", "okr": "achats", "kind": "key_result", "text": "Porter le win rate face à Nexia de 28 % à 36 % d'ici fin T2", "nature": "outcome", "number": True, "baseline": "stated"},
        {"id": "fr-2", "okr": "achats", "kind": "key_result", "text": "Rédiger 3 études de cas d'ici fin T2", "nature": "task", "number": True, "baseline": None},
        {"id": "fr-3", "okr": "achats", "kind": "key_result", "text": "Atteindre un NPS de 45 auprès des acheteurs d'ici fin T2", "nature": "outcome", "number": True, "baseline": "none"},
        {"id": "fr-4", "okr": "usage", "kind": "objective", "text": "Le module Prévisions devient un réflexe du lundi", "metric": False, "task": False},
        {"id": "fr-5", "okr": "usage", "kind": "key_result", "text": "Réduire le churn mensuel des comptes Prévisions de 4 % à 3 % d'ici fin T2", "nature": "outcome", "number": True, "baseline": "stated"},
        {"id": "fr-6", "okr": "usage", "kind": "key_result", "text": "Organiser 2 webinaires avec nos partenaires d'ici fin T2", "number": True, "contested": ["nature", "baseline"], "nature": "outcome", "baseline": "none"},
    ],
}  # fmt: skip

TEXTS = [row["text"] for rows in ROWS.values() for row in rows]
BY_TEXT = {row["text"]: row for rows in ROWS.values() for row in rows}

Opinion = Callable[[str], dict[str, Any]]


def write(folder: Path, rows: dict[str, list[dict[str, Any]]] = ROWS) -> Path:
    """Write the set as `dev.en.jsonl` and `dev.fr.jsonl`."""
    for language, lines in rows.items():
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"dev.{language}.jsonl").write_text(text, encoding="utf-8")
    return folder


def by_the_labels(text: str) -> dict[str, Any]:
    """Read a key result as it is labelled."""
    row = BY_TEXT[text]
    return {"nature": "output" if row["nature"] == "task" else row["nature"], "baseline": row["baseline"]}


def all_outcomes(text: str) -> dict[str, Any]:
    """Take everything for an outcome with a stated start."""
    return {"nature": "outcome", "baseline": "stated"}


def all_tasks(text: str) -> dict[str, Any]:
    """Take everything for an activity."""
    return {"nature": "activity", "baseline": None}


def draft_of(request: dict[str, Any]) -> dict[str, Any]:
    """Give the draft that a request is about: the JSON of its last message."""
    found: dict[str, Any] = json.loads(request["messages"][-1]["content"])
    return found


def replies(opinion: Opinion) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Give a script that holds that opinion of every key result, and quotes its first word for it."""

    def read(each: dict[str, Any]) -> dict[str, Any]:
        said, word = opinion(each["text"]), each["text"].split()[0]
        quote = word if said["baseline"] in ("stated", "reference") else None
        return {"index": each["index"], "nature_quote": word, "measure": None, "baseline_quote": quote, **said}

    def reply(request: dict[str, Any]) -> dict[str, Any]:
        return {
            "key_results": [read(each) for each in draft_of(request)["key_results"]],
            "sufficiency": {"enough": True, "story": None},
            "gaming": [],
            "alignment": None,
            "rewrites": [],
            "questions": [],
        }

    return reply
