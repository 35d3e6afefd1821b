"""`okr eval` from the command line to the figures, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import labelled_set
import pytest
from scripted_model import ScriptedModel, Slow, Status

from tests.conftest import Scripted

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "reviewer.cli", "eval", *arguments]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = ("PATH", "TMPDIR", "SYSTEMROOT", "OPENAI_API_BASE", "OPENAI_API_KEY", "NO_PROXY")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "COLUMNS": "160",
    }


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Give a function that runs `okr eval` on the set, without examples; `serve` first, the address is taken when it runs."""

    def run(*arguments: str, data: bool = True, **more: str) -> subprocess.CompletedProcess[str]:
        given = ("--data", str(folder(tmp_path))) if data else ()
        base = {name: os.environ[name] for name in ("OPENAI_API_BASE", "OPENAI_API_KEY") if name in os.environ}
        ran = subprocess.run(
            command(*given, "--examples", "0", *arguments),
            cwd=tmp_path,
            env={**environment, **base, **more},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran

    return run


def folder(tmp_path: Path) -> Path:
    place = tmp_path / "set"
    if not place.is_dir():
        place.mkdir()
        labelled_set.write(place)
    return place


def test_json_holds_the_figures_and_none_of_the_texts(run: Run, scripted_model: Scripted) -> None:
    scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    ran = run("--model", ScriptedModel.model, "--format", "json")
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert list(found) == ["schema_version", "version", "date", "examples", "languages", "models", "left_out"]
    assert list(found["languages"]) == ["en", "fr"]
    assert list(found["languages"]["en"]["scores"]) == ["kr-is-task", "kr-no-number", "kr-no-baseline"]
    (model,) = found["models"]
    assert list(model) == ["model", "destination", "prompt", "ended", "reason", "failure", "languages"]
    english = model["languages"]["en"]
    assert list(english) == ["alone", "facts", "together", "changes", "below", "replies", "tokens", "cost", "seconds"]
    assert english["alone"]["kr-is-task"] == {
        "n": 6, "of": 6, "faults": 3, "true_positive": 3, "false_positive": 0, "false_negative": 0,
        "precision": 1.0, "recall": 1.0, "f1": 1.0, "f1_interval": [1.0, 1.0],
    }  # fmt: skip
    assert english["facts"]["nature"] == {"n": 6, "of": 6, "right": 6, "share": 1.0}
    assert english["replies"] == {"asked": 2, "valid": 2, "repaired": 0, "failed": 0, "not_asked": 0, "cached": 0, "dropped": {}}
    assert (english["tokens"], english["below"]) == (300, [])
    assert not [text for text in labelled_set.TEXTS if text in ran.stdout + ran.stderr]
    assert "sk-scripted" not in ran.stdout + ran.stderr


def test_where_the_texts_go_is_said_before_the_first_call(run: Run, scripted_model: Scripted) -> None:
    scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    ran = run("--model", ScriptedModel.model)
    assert ran.stderr.splitlines()[0] == "okr: 4 labelled OKRs stay on this machine (model openai/scripted)"


def test_the_terminal_shows_the_rules_the_model_and_both(run: Run, scripted_model: Scripted) -> None:
    scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    lines = [" ".join(line.split()) for line in run("--model", ScriptedModel.model, "--language", "en").stdout.splitlines()]
    assert "English: 2 OKRs, 6 key results" in lines
    assert any(line.startswith("kr-is-task rules alone 6 3 1.00 0.67 0.80") for line in lines)
    assert any(line.startswith("kr-is-task openai/scripted alone 6 3 1.00 1.00 1.00") for line in lines)
    assert any(line.startswith("kr-is-task openai/scripted and rules 6 3 1.00 0.67 0.80") for line in lines)
    assert "Together, no rule does worse than the rules alone." in lines
    assert not [line for line in lines if line.startswith("French")]


def test_markdown_goes_to_a_file_in_the_language_of_the_system(run: Run, scripted_model: Scripted, tmp_path: Path) -> None:
    scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    ran = run("--model", ScriptedModel.model, "--format", "markdown", "-o", "figures.md", LANG="fr_FR.UTF-8")
    assert (ran.returncode, ran.stdout) == (0, "")
    page = (tmp_path / "figures.md").read_text(encoding="utf-8")
    assert "### Anglais\u00a0: 2 OKR, 6 Key Results" in page
    assert "| kr-is-task | règles seules | 6 | 3 | 1,00 | 0,67 | 0,80 |" in page
    rows = [line for line in page.splitlines() if line.startswith("| kr-")]
    assert {line.count("|") for line in rows} == {10}


def test_a_limit_asks_about_so_many_okrs_of_each_language(run: Run, scripted_model: Scripted) -> None:
    model = scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    assert run("--model", ScriptedModel.model, "--limit", "1").returncode == 0
    assert len(model.requests) == 2


def test_the_cache_is_used_unless_refused(run: Run, scripted_model: Scripted) -> None:
    model = scripted_model(labelled_set.replies(labelled_set.by_the_labels))
    for arguments, asked in (((), 4), ((), 4), (("--no-cache",), 8)):
        assert run("--model", ScriptedModel.model, *arguments).returncode == 0
        assert len(model.requests) == asked


def test_a_model_that_answers_nothing_is_told_by_the_exit_code(run: Run, scripted_model: Scripted) -> None:
    scripted_model(lambda request: Status(401, '{"error": {"message": "bad key"}}'))
    ran = run("--model", ScriptedModel.model)
    assert ran.returncode == 4
    assert "First failure of openai/scripted: " in ran.stdout


def test_a_model_that_cannot_be_asked_is_an_error_in_words(run: Run) -> None:
    ran = run("--model", "gguf:nowhere.gguf")
    assert ran.returncode == 2
    assert "nowhere.gguf" in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--model"),
        (("--model", "openai/scripted", "--limit", "0"), "--limit"),
        (("--model", "openai/scripted", "--max-cost", "0"), "--max-cost"),
        (("--model", "openai/scripted", "--language", "de"), "--language"),
        (("--model", "  ",), "model"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr


def test_a_folder_without_labelled_statements_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place, said in (("empty", "*.en.jsonl or *.fr.jsonl"), ("nowhere", "nowhere")):
        ran = run("--model", ScriptedModel.model, "--data", place, data=False)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert said in ran.stderr


def test_ctrl_c_shows_what_was_done(environment: dict[str, str], scripted_model: Scripted, tmp_path: Path) -> None:
    answer = labelled_set.replies(labelled_set.by_the_labels)

    def script(request: dict[str, Any]) -> object:
        return answer(request) if labelled_set.draft_of(request)["objective"].startswith("Be the name") else Slow(300, answer(request))

    model = scripted_model(script)
    started = subprocess.Popen(
        command("--data", str(folder(tmp_path)), "--examples", "0", "--model", ScriptedModel.model, "--format", "json"),
        cwd=tmp_path,
        env={**environment, "OPENAI_API_BASE": model.url, "OPENAI_API_KEY": "sk-scripted-0123456789abcdef"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    model.wait_for(2, 60)  # the first is answered: the second was asked after it
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert started.returncode == 130, err
    (result,) = json.loads(out)["models"]
    assert result["ended"] == "interrupted"
    assert result["languages"]["en"]["replies"] == {
        "asked": 1,
        "valid": 1,
        "repaired": 0,
        "failed": 0,
        "not_asked": 1,
        "cached": 0,
        "dropped": {},
    }
