"""The examples of docs/ci.md do what they say: each command is taken out of its block and run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")

GOOD = """\
# OKR

Objective: Win the deals where a rival is in the room

- Win rate against Vantor in mid-market from 22% to 30% by the end of Q4
- Share of competitive deals where reps open the battlecard from 15% to 45% by the end of Q4
"""
BAD = GOOD.replace(
    "- Share of competitive deals where reps open the battlecard from 15% to 45% by the end of Q4", "- Publish 3 battlecards"
)
WORSE = BAD + "- Run 12 interviews with lost prospects\n"


def blocks(name: str) -> list[Any]:
    found = re.findall(rf"<!-- {re.escape(name)} -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found, f"docs/ci.md shows no {name}"
    return [yaml.safe_load(each) for each in found]


def run(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("TMPDIR", "LANG", "SYSTEMROOT") if name in os.environ}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**kept, "PATH": path, "HOME": str(folder), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def clone(folder: Path, before: str, now: str) -> Path:
    """Make a clone whose main branch has the OKRs as they were, and whose files are those of a pull request."""
    origin, here = folder / "origin", folder / "here"
    write(origin, "okrs/launch.okr.md", before)
    git = "git -c user.name=Ana -c user.email=ana@example.org -c init.defaultBranch=main"
    made = run(f"cd origin && {git} init -q && {git} add . && {git} commit -q -m OKRs && cd .. && {git} clone -q origin here", folder)
    assert made.returncode == 0, made.stderr
    write(here, "okrs/launch.okr.md", now)
    return here


def steps() -> dict[str, str]:
    (workflow,) = blocks(".github/workflows/okrs.yml")
    return {step["name"]: step["run"] for step in workflow["jobs"]["review"]["steps"] if "run" in step}


@pytest.mark.parametrize(("now", "code"), [(BAD, 0), (GOOD, 0), (WORSE, 1)], ids=["known errors", "mended", "a new error"])
def test_the_workflow_fails_on_new_errors_alone(tmp_path: Path, now: str, code: int) -> None:
    here = clone(tmp_path, BAD, now)
    temporary = tmp_path / "runner"
    temporary.mkdir()
    around = {"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "RUNNER_TEMP": str(temporary)}
    *before, last = [command for name, command in steps().items() if name != "Install"]
    assert len(before) == 2
    for command in before:
        ran = run(command, here, **around)
        assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    ran = run(last, here, **around)
    assert ran.returncode == code, f"{ran.stdout}\n{ran.stderr}"
    assert ("12 interviews" in ran.stdout) == bool(code)
    assert "3 battlecards" not in ran.stdout
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert ("battlecards" in summary) == (now != GOOD)
    sarif = json.loads((here / "okrs.sarif").read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    assert ("kr-is-task" in {result["ruleId"] for result in sarif["runs"][0]["results"]}) == (now != GOOD)


def test_the_workflow_installs_this_package_and_uploads_what_it_writes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert steps()["Install"] == f"pip install {project['name']}"
    (workflow,) = blocks(".github/workflows/okrs.yml")
    used = [step for step in workflow["jobs"]["review"]["steps"] if "uses" in step]
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]) for step in used)
    (upload,) = [step for step in used if "upload-sarif" in step["uses"]]
    assert f"-o {upload['with']['sarif_file']}" in steps()["Review the whole quarter"]
    python = next(step["with"]["python-version"] for step in used if "setup-python" in step["uses"])
    assert project["requires-python"] == f">={python}"


def hooks() -> list[dict[str, Any]]:
    declared = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return [*declared, *(hook for config in blocks(".pre-commit-config.yaml") for repo in config["repos"] for hook in repo["hooks"])]


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: f"{hook['id']} {hook['language']}")
@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (BAD, 1)], ids=["good", "bad"])
def test_a_hook_stops_a_commit_that_brings_errors(tmp_path: Path, hook: dict[str, Any], text: str, code: int) -> None:
    write(tmp_path, "okrs/launch.okr.md", text)
    write(tmp_path, "docs/notes.md", "Objective: nothing that the hook looks at")
    files = [name for name in ("okrs/launch.okr.md", "docs/notes.md") if re.search(hook["files"], name)]
    assert files == ["okrs/launch.okr.md"]
    command = hook["entry"] if hook.get("pass_filenames") is False else f"{hook['entry']} {shlex.join(files)}"
    ran = run(command, tmp_path)
    assert ran.returncode == code, f"{ran.stdout}\n{ran.stderr}"
    assert ("3 battlecards" in ran.stdout) == bool(code)


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: f"{hook['id']} {hook['language']}")
def test_a_hook_looks_at_okrs_alone(hook: dict[str, Any]) -> None:
    assert not re.search(hook["files"], "README.md")
    assert not re.search(hook["files"], "docs/launch.md")
    assert re.search(hook["files"], "okrs/2026-q4/launch.md")
