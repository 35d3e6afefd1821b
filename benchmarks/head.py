"""Would a small trained head judge tasks better than the facts alone? Measured, so that the answer can be checked again.

    python benchmarks/head.py                 our own sentences, each file held out in turn
    python benchmarks/head.py --data DIR      and the labelled sets of other authors (see benchmarks/accuracy.py)
    python benchmarks/head.py --embeddings    with sentence embeddings beside the facts and words

The head is a logistic regression on the facts, the words and optionally the embedding of a statement, trained on
corpus/labelled. "mixed" keeps the facts where they are sure (certainty 0.8 and more) and asks the head for the rest.
F1 of "is a task", statements labelled unclear left out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from reviewer.language.statement import facts

LABELLED = Path(__file__).resolve().parent.parent / "corpus" / "labelled"
SURE = 0.8
TASKS = {"output": "task", "activity": "task"}


def rows(path: Path, language: str | None = None) -> Iterator[dict[str, Any]]:
    """Read the key results of one labelled file whose nature is decided."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        row.setdefault("language", language)
        row["gold"] = TASKS.get(row.get("nature"), row.get("nature"))
        if row["kind"] == "key_result" and "nature" not in (row.get("contested") or []) and row["gold"] in ("task", "outcome"):
            yield row


def features(row: dict[str, Any]) -> tuple[dict[str, float], str, float]:
    """Give the facts and words of a statement, the plain judgement and its certainty."""
    found = facts(row["text"], row["language"])
    reading, start, judged = found["reading"], found["start"], found["judgement"]
    nature = TASKS.get(judged.nature, judged.nature)  # type: ignore[attr-defined]
    because = re.sub("«.*?»", "«»", judged.because[0]) if judged.because else ""  # type: ignore[attr-defined]
    given: dict[str, float] = {f"because={because}/{nature}": 1, f"nature={nature}": 1, f"start={start.kind}": 1}  # type: ignore[attr-defined]
    given |= {f"word={word.stem}": 1 for word in reading.words}  # type: ignore[attr-defined]
    given |= {f"noun={name}": 1 for noun in reading.nouns for name in noun.sense.classes}  # type: ignore[attr-defined]
    if start.target:  # type: ignore[attr-defined]
        given |= {f"unit={start.target.unit}": 1, "relative": float(start.target.relative)}  # type: ignore[attr-defined]
    return given, nature, judged.certainty  # type: ignore[attr-defined]


def f1(gold: list[str], said: list[str]) -> float:
    """Give the F1 of the class "task"."""
    hits = sum(g == s == "task" for g, s in zip(gold, said, strict=True))
    wrong = sum((g == "task") != (s == "task") for g, s in zip(gold, said, strict=True))
    return 2 * hits / (2 * hits + wrong) if hits or wrong else 1.0


def main() -> None:
    """Train with each file held out, and print the three F1 side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of dev.en.jsonl and dev.fr.jsonl")
    parser.add_argument("--embeddings", action="store_true", help="sentence embeddings beside the facts")
    arguments = parser.parse_args()
    sets = {path.stem: [*rows(path)] for path in sorted(LABELLED.glob("*.jsonl"))}
    if arguments.data:
        sets |= {f"dev.{language}": [*rows(arguments.data / f"dev.{language}.jsonl", language)] for language in ("en", "fr")}
    given = {name: [features(row) for row in each] for name, each in sets.items()}
    vectors: dict[str, Any] = {}
    if arguments.embeddings:
        from reviewer.encoder import load_encoder

        encoder = load_encoder()
        vectors = {name: encoder.encode([row["text"] for row in each]) for name, each in sets.items()}
    print(f"{'held out':10} {'facts':>7} {'head':>7} {'mixed':>7}")
    for held in sets:
        training = [name for name in sets if name != held and not name.startswith("dev")]
        dicts = DictVectorizer(sparse=False)
        table = dicts.fit_transform([each[0] for name in training for each in given[name]])
        asked = dicts.transform([each[0] for each in given[held]])
        if vectors:
            table = np.hstack([table, np.vstack([vectors[name] for name in training])])
            asked = np.hstack([asked, vectors[held]])
        head = LogisticRegression(C=0.2, max_iter=1000, random_state=0).fit(table, [row["gold"] for name in training for row in sets[name]])
        trained = [*head.predict(asked)]
        gold, plain = [row["gold"] for row in sets[held]], [each[1] for each in given[held]]
        mixed = [p if each[2] >= SURE and p != "unclear" else t for p, t, each in zip(plain, trained, given[held], strict=True)]
        print(f"{held:10} {f1(gold, plain):7.3f} {f1(gold, trained):7.3f} {f1(gold, mixed):7.3f}")


if __name__ == "__main__":
    main()
