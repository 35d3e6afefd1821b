"""Keep valid replies on disk, so that a question asked before costs nothing."""

from __future__ import annotations

import json
import os
import tempfile
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from reviewer.data import cache_folder
from reviewer.gateway.asking import Ask
from reviewer.gateway.destinations import GGUF, place_of

_FORMAT = 1
"""Version of what is kept and of how models are asked; another one makes every older reply unknown."""
_MOST_BYTES = 2_000_000
_MOST_KEPT = 4_000
_MOST_KEPT_BYTES = 50_000_000


class KeptReply(NamedTuple):
    """Hold what a model replied to a question before."""

    reply: dict[str, Any]
    repaired: bool


def folder_of(setting: bool | Path) -> Path | None:
    """Give the folder that a critic's `cache` setting means; None for no cache, or no home to keep one in."""
    if setting is False:
        return None
    if setting is not True:
        return Path(setting)
    try:
        return cache_folder() / "replies"
    except RuntimeError:  # no home folder, as in some containers
        return None


def key_of(ask: Ask, model: str) -> str | None:
    """Give the name under which a reply is kept: a digest of all that changes it. None for a model file that is not there."""
    file: tuple[int, int] | None = None
    if model.startswith(GGUF):
        try:
            found = Path(model.removeprefix(GGUF)).expanduser().stat()
        except OSError:
            return None
        file = (found.st_size, found.st_mtime_ns)
    asked = {
        "format": _FORMAT,
        "model": model,
        "base": place_of(model).base,
        "file": file,
        "prompt": ask.prompt,
        "messages": [[each["role"], each["content"]] for each in ask.messages],
        "schema": ask.schema.model_json_schema(),
        "max_tokens": ask.max_tokens,
        "temperature": 0,
    }
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def read(folder: Path, key: str) -> KeptReply | None:
    """Give the reply kept under a key; one that cannot be read is none."""
    try:
        with (folder / f"{key}.json").open("rb") as file:
            kept = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT or not isinstance(kept.get("reply"), dict):
        return None
    return KeptReply(kept["reply"], kept.get("repaired") is True)


def write(folder: Path, key: str, ask: Ask, model: str, kept: KeptReply) -> None:
    """Keep a reply, readable by its owner only; a disk that takes none is no error.

    The file is written beside and put in place at once: readers see all of it or nothing.
    """
    data = {"format": _FORMAT, "model": model, "prompt": ask.prompt, "repaired": kept.repaired, "reply": kept.reply}
    part: Path | None = None
    try:
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", delete=False, encoding="utf-8") as file:  # 0600 by nature
            part = Path(file.name)
            json.dump(data, file)
        part.replace(folder / f"{key}.json")
    except OSError:
        if part is not None:
            part.unlink(missing_ok=True)


def trim(folder: Path) -> None:
    """Take the oldest replies out where there are too many, and what a broken-off run left behind."""
    kept: list[tuple[float, int, str]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            stat = entry.stat(follow_symlinks=False)
            if entry.name.endswith(".part") and time.time() - stat.st_mtime > 3_600:
                Path(entry.path).unlink(missing_ok=True)
            elif entry.name.endswith(".json") and len(entry.name) == 69:
                kept.append((stat.st_mtime, stat.st_size, entry.path))
    kept.sort(reverse=True)
    size = 0
    for place, (_, bytes_, path) in enumerate(kept):
        size += bytes_
        if place >= _MOST_KEPT or size > _MOST_KEPT_BYTES:
            with suppress(OSError):
                Path(path).unlink(missing_ok=True)
