"""Reading labelled statements: whole OKRs, the labels that count, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import labelled_set
import pytest

from reviewer.evaluation import LabelledKeyResult, LabelledSetError, read_labelled, spread
from reviewer.evaluation.labelled import RULES


def line(**values: object) -> str:
    return (
        json.dumps({"id": "a", "kind": "key_result", "text": "Raise trial conversion from 4% to 6%", **values}, ensure_ascii=False) + "\n"
    )


def test_statements_of_one_okr_are_read_together_with_their_objective(tmp_path: Path) -> None:
    okrs = read_labelled(labelled_set.write(tmp_path))
    assert [(okr.id, okr.language, okr.objective, [each.id for each in okr.key_results]) for okr in okrs] == [
        ("dev.en/finance", "en", "Be the name that mid-market finance teams ask for", ["en-1", "en-2", "en-3"]),
        ("dev.en/atlas", "en", "", ["en-4", "en-5", "en-6"]),
        ("dev.fr/achats", "fr", "Les directions achats pensent d'abord à nous", ["fr-1", "fr-2", "fr-3"]),
        ("dev.fr/usage", "fr", "Le module Prévisions devient un réflexe du lundi", ["fr-5", "fr-6"]),
    ]
    assert [okr.language for okr in read_labelled(tmp_path, "fr")] == ["fr", "fr"]


def test_labels_ask_for_rules_as_the_guide_says(tmp_path: Path) -> None:
    found = {
        each.id: [each.asks(rule) for rule in RULES] for okr in read_labelled(labelled_set.write(tmp_path)) for each in okr.key_results
    }
    assert found == {
        "en-1": [False, False, False],
        "en-2": [True, False, None],
        "en-3": [False, False, True],
        "en-4": [False, True, None],
        "en-5": [True, None, None],  # a task without a number is a task first
        "en-6": [True, False, None],
        "fr-1": [False, False, False],
        "fr-2": [True, False, None],
        "fr-3": [False, False, True],
        "fr-5": [False, False, False],
        "fr-6": [None, None, None],  # contested
    }


def test_what_is_unclear_is_not_judged() -> None:
    bare = LabelledKeyResult("a", "Documentation", "unclear", False, None)
    assert [bare.asks(rule) for rule in RULES] == [None, None, None]


def test_another_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="kr-vanity-metric"):
        LabelledKeyResult("a", "10,000 followers").asks("kr-vanity-metric")


def test_the_language_comes_from_the_line_then_the_name_then_the_words(tmp_path: Path) -> None:
    (tmp_path / "dev.en.jsonl").write_text(line() + line(id="b", language="fr"), encoding="utf-8")
    (tmp_path / "ours.jsonl").write_text(
        line(id="c", text="Porter le taux de conversion des essais de 4 % à 6 %") + line(id="d"), encoding="utf-8"
    )
    assert {okr.id: okr.language for okr in read_labelled(tmp_path)} == {
        "dev.en/a": "en",
        "dev.en/b": "fr",
        "ours/c": "fr",
        "ours/d": "en",
    }


def test_outputs_and_activities_are_tasks(tmp_path: Path) -> None:
    (tmp_path / "dev.en.jsonl").write_text(line(nature="output") + line(id="b", nature="activity"), encoding="utf-8")
    assert [okr.key_results[0].nature for okr in read_labelled(tmp_path)] == ["task", "task"]


def test_files_of_something_else_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text('{"page": "a.md", "objectives": 2}\n', encoding="utf-8")
    (tmp_path / "log.jsonl").write_text("not json\n", encoding="utf-8")
    (tmp_path / "dev.en.jsonl").write_text("\ufeff" + line() + "\n", encoding="utf-8")
    assert [okr.id for okr in read_labelled(tmp_path)] == ["dev.en/a"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": "a", "kind": "key_result"', "dev.en.jsonl, line 2: "),
        (line(nature="outcom"), "dev.en.jsonl, line 2: nature: .*got 'outcom'"),
        (line(baseline="some"), "dev.en.jsonl, line 2: baseline: .*got 'some'"),
        (line(text="  "), "dev.en.jsonl, line 2: text: "),
        ('{"kind": "key_result", "text": "Raise trial conversion"}\n', "dev.en.jsonl, line 2: id: "),
    ],
)
def test_a_bad_line_is_refused_by_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "dev.en.jsonl").write_text(line() + text, encoding="utf-8")
    with pytest.raises(LabelledSetError, match=said):
        read_labelled(tmp_path)


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "dev.en.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabelledSetError, match=r"dev\.en\.jsonl"):
        read_labelled(tmp_path)


def test_a_folder_without_labelled_statements_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(LabelledSetError, match=r"\*\.en\.jsonl or \*\.fr\.jsonl"):
        read_labelled(tmp_path)
    (tmp_path / "dev.en.jsonl").write_text(line(), encoding="utf-8")
    with pytest.raises(LabelledSetError, match=r"dev\.fr\.jsonl"):
        read_labelled(tmp_path, "fr")


def test_a_limit_takes_whole_okrs_of_each_language_evenly_spread(tmp_path: Path) -> None:
    text = "".join(line(id=f"kr-{number}", okr=f"okr-{number // 2}") for number in range(20))
    for name in ("dev.en.jsonl", "dev.fr.jsonl"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    okrs = read_labelled(tmp_path)
    chosen = [okr.id for okr in spread(okrs, 3)]
    assert chosen == [f"dev.{language}/okr-{place}" for language in ("en", "fr") for place in (1, 5, 8)]
    assert all(len(okr.key_results) == 2 for okr in spread(okrs, 3))
    assert spread(okrs, None) == spread(okrs, 10) == spread(okrs, 99) == okrs
