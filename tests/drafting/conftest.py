"""Run the real command in a process of its own, in an empty folder that is its home."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Ran(NamedTuple):
    """Hold how the command ended."""

    code: int
    out: str
    err: str
    raw: bytes


Run = Callable[..., Ran]


@pytest.fixture
def okr(tmp_path: Path) -> Run:
    """Give a function that runs `okr` with the given arguments in `tmp_path`, its home; drafts look at examples only with `examples=True`."""

    def run(*arguments: str, stdin: bytes = b"", examples: bool = False, **environment: str) -> Ran:
        settings = tmp_path / "okr.toml"
        if not examples and not settings.exists():  # most tests are about something else, and the model takes seconds to load
            settings.write_text('encoder = "/no/such/model"\n', encoding="utf-8")
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "XDG_CACHE_HOME") if name in os.environ}
        ended = subprocess.run(
            [sys.executable, "-m", "reviewer.cli", *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**kept, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
            check=False,
            timeout=120,
        )
        out, err = (data.decode("utf-8", "replace") for data in (ended.stdout, ended.stderr))
        assert "Traceback" not in err, err
        return Ran(ended.returncode, out, err, ended.stdout)

    return run
