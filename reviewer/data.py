"""Say where data stands: the reviewed data (corpus, prompts) beside the code or inside it once installed, and the user's cache."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


@cache
def data_folder(name: str) -> Path:
    """Find the folder `corpus` or `prompts`.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for candidate in (_HERE / "_data" / name, _HERE.parent / name):
        if candidate.is_dir():
            return candidate
    msg = f"the folder {name!r} is missing from the installation at {_HERE}; install the package again"
    raise FileNotFoundError(msg)


@cache
def read_corpus(name: str) -> dict[str, Any]:
    """Read one TOML file of the corpus, once."""
    return tomllib.loads((data_folder("corpus") / name).read_text(encoding="utf-8"))


def cache_folder() -> Path:
    """Give the folder of what this program keeps between runs: $XDG_CACHE_HOME/okr-reviewer, or ~/.cache/okr-reviewer.

    Raises RuntimeError where there is no home folder, as in some containers.
    """
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "okr-reviewer"
