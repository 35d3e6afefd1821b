"""Find a house's settings file above a draft."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

OWN_FILE = "okr.toml"
SHARED_FILE = "pyproject.toml"


def find_settings(start: Path) -> Path | None:
    """Find the nearest settings file from the folder `start` up to the repository root or home.

    In one folder `okr.toml` wins; a `pyproject.toml` without `[tool.okr]` is passed over.
    """
    folder = start.resolve()
    home = _home()
    for candidate in (folder, *folder.parents):
        own, shared = candidate / OWN_FILE, candidate / SHARED_FILE
        if own.is_file():
            return own
        if shared.is_file() and has_our_table(shared):
            return shared
        if candidate == home or (candidate / ".git").exists():
            return None
    return None


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:  # no HOME and no such user, as in some containers
        return None


def has_our_table(path: Path) -> bool:
    """Tell whether a pyproject.toml has `[tool.okr]`, also when another part of it is broken."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError:
        return re.search(r"^\s*\[{1,2}\s*tool\s*\.\s*okr\b", text, re.MULTILINE) is not None
    return isinstance(tool, dict) and "okr" in tool
