"""Load the model that comes with the install, or any other of sentence-transformers by its name or folder, once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.encoder.encoding import Encoder, SentenceEncoder
from reviewer.encoder.universal import DEFAULT_MODEL, UniversalEncoder
from reviewer.errors import ReviewerError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class EncoderUnavailableError(ReviewerError):
    """Refuse a model that is not on this machine, saying how to get it."""


def load_encoder(name: str | None = None) -> Encoder:
    """Load the default model, or the one that `name` (a local folder or a Hugging Face name) stands for, once.

    Raises EncoderUnavailableError when the model is not on this machine, saying how to fetch it: a review downloads nothing.
    """
    return _load(name or DEFAULT_MODEL)


@lru_cache(maxsize=2)
def _load(name: str) -> Encoder:
    return _load_default() if name == DEFAULT_MODEL else _load_other(name)


def _load_default() -> Encoder:
    try:
        return UniversalEncoder()
    except ImportError as error:
        msg = f"examples and alignment need the package {error.name!r}, which is not installed; run: pip install okr-reviewer"
        raise EncoderUnavailableError(msg) from error


def _load_other(name: str) -> Encoder:
    """Load a model from a folder or from what Hugging Face's tools already fetched; a review never downloads one."""
    folder = Path(name).expanduser()
    instead = f"or leave the model out for {DEFAULT_MODEL!r}"
    if not folder.is_dir() and (name.startswith((".", "/", "~")) or name.count("/") > 1):
        msg = f"the model folder {name!r} does not exist on this machine; give the folder that SentenceTransformer.save() wrote, {instead}"
        raise EncoderUnavailableError(msg)
    try:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(folder) if folder.is_dir() else name, local_files_only=True)
    except Exception as error:  # file, hub and format errors come in many families, and each means that the model is not to be had
        if folder.is_dir():
            msg = f"the folder {name!r} holds no model that sentence-transformers can read ({_first_line(error)}); give the folder that SentenceTransformer.save() wrote, {instead}"
        else:
            fetch = f"python -c \"from sentence_transformers import SentenceTransformer as S; S('{name}')\""
            msg = f"the model {name!r} is not on this machine, and a review downloads nothing; fetch it once with: {fetch}, {instead}"
        raise EncoderUnavailableError(msg) from error
    return SentenceEncoder(model, name, _revision(model, folder))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0][:200]


def _revision(model: SentenceTransformer, folder: Path) -> str:
    """Tell two versions of one model apart: the hub's commit, or the sizes and dates of a folder's files."""
    if folder.is_dir():
        from hashlib import sha256

        files = sorted(path for path in folder.rglob("*") if path.is_file())
        facts = [(str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
        return sha256(repr(facts).encode()).hexdigest()[:16]
    first: Any = model[0]
    return str(getattr(getattr(getattr(first, "auto_model", None), "config", None), "_commit_hash", None) or "unknown")
