"""Tell whether an entry was reviewed before: by what it says, where it stands, and everything that its review depends on."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from reviewer.data import data_folder
from reviewer.okr import SCHEMA_VERSION, Context

if TYPE_CHECKING:
    from reviewer.gateway import Critic

_BYTES = 16
_NOT_THE_REVIEW = frozenset({"cli", "report", "web.py", "quarterly", "relations", "evaluation", "__pycache__"})
"""What shows reviews or compares them, and judges none."""


def settings_fingerprint(context: Context, examples: int, critic: Critic | None) -> str:
    """Name everything beside the entry that a review depends on; a change of any makes another run of it."""
    parts = [SCHEMA_VERSION, rules_version(), context.model_dump_json(), str(examples), _files(context)]
    if any(mute.expires for mute in context.settings.mutes):
        parts.append(date.today().isoformat())
    if critic is not None:
        parts += [*critic.models, str(critic.redact), *critic.private_words]
    return sha256("\0".join(parts).encode()).hexdigest()


def entry_fingerprint(entry_json: bytes, settings: str) -> bytes:
    """Name an entry, its place included, as reviewed with some settings."""
    return sha256(settings.encode() + entry_json).digest()[:_BYTES]


@cache
def rules_version() -> str:
    """Name the rules as they are: a digest of the code and data that judge."""
    digest = sha256()
    for file in sorted(_judging(resources.files("reviewer")), key=str):
        digest.update(file.read_bytes())
    for name in ("corpus", "prompts"):
        for path in sorted(data_folder(name).glob("*.*")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _judging(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for each in folder.iterdir():
        if each.name in _NOT_THE_REVIEW or each.name.startswith((".", "_data")):
            continue
        if each.is_dir():
            found += _judging(each)
        elif each.name.endswith((".py", ".toml")):
            found.append(each)
    return found


def _files(context: Context) -> str:
    """Name the house's own examples by what they say, and another encoder by its revision."""
    own = context.settings.corpus
    digest = ""
    if own is not None:
        from pathlib import Path

        path = Path(own).expanduser()
        digest = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return digest
