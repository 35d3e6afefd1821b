"""Run the real command in a process of its own, in an empty folder that is its home."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]

GOOD = """\
# OKR 1

Objective: Sales teams meet Nexia with confidence and win

- KR1: Raise win rate against Nexia in Mid-Market from 31% to 38% by the end of Q3
- KR2: 90% of reps pass the certification exam by the end of Q3 (currently 55%)
"""
TASK = """\
Objectif : Les équipes Sales abordent Nexia avec confiance

- KR1 : Créer 3 nouvelles battlecards
- KR2 : Porter le win rate face à Nexia de 31 % à 38 % d'ici fin T3
"""


class Ran(NamedTuple):
    """Hold how the command ended."""

    code: int
    out: str
    err: str
    raw: bytes


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that stands for the user's cache, so that the examples are encoded once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def okr(tmp_path: Path, cache: Path) -> Run:
    """Give a function that runs `okr` with the given arguments in `tmp_path`; reviews show examples only with `examples=True`."""

    def run(
        *arguments: str | bytes,
        stdin: bytes = b"",
        program: Sequence[str] = ("-m", "reviewer.cli"),
        examples: bool = False,
        **environment: str,
    ) -> Ran:
        if arguments[:1] == ("review",) and not examples:  # most tests are about something else, and the model takes seconds to load
            arguments += ("--no-examples",)
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
        ended = subprocess.run(
            [sys.executable, *program, *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**kept, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
            check=False,
            timeout=60,
        )
        out, err = (data.decode("utf-8", "replace").replace("\r\n", "\n") for data in (ended.stdout, ended.stderr))
        assert "Traceback" not in err, err
        return Ran(ended.returncode, out, err, ended.stdout)

    return run


@pytest.fixture
def good(tmp_path: Path) -> str:
    """Write a draft without any error, and give its name."""
    (tmp_path / "good.okr.md").write_text(GOOD, encoding="utf-8")
    return "good.okr.md"


@pytest.fixture
def task(tmp_path: Path) -> str:
    """Write a French draft whose first key result is a task, and give its name."""
    (tmp_path / "task.okr.md").write_text(TASK, encoding="utf-8")
    return "task.okr.md"
