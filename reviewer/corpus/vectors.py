"""Keep the corpus's vectors on disk, so that only a machine's first review waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.data import cache_folder

if TYPE_CHECKING:
    from reviewer.encoder import Encoder, Vectors

_MOST_KEPT = 20_000
"""Rows kept per model (40 MB at 512 numbers a row); the oldest leave first."""


def encode_corpus(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Encode texts of the corpus, each once in the life of this machine; drafts never come here.

    A cache that cannot be read or written is no error: the texts are encoded again.
    """
    import numpy as np

    path = _path(encoder)
    keys = [sha256(text.encode()).digest() for text in texts]
    known = _load(path)
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        rows = encoder.encode([*new.values()])
        if any(len(row) != rows.shape[1] for row in known.values()):  # written by another model of that name
            new, known = dict(zip(keys, texts, strict=True)), {}
            rows = encoder.encode([*new.values()])
        known.update(zip(new, rows, strict=True))
        _save(path, known)
    return np.stack([known[key] for key in keys])


def _path(encoder: Encoder) -> Path | None:
    model = sha256(f"{encoder.name}\0{encoder.revision}".encode()).hexdigest()[:20]
    try:
        return cache_folder() / f"vectors-{model}.npz"
    except RuntimeError:  # no home folder, as in some containers
        return None


def _load(path: Path | None) -> dict[bytes, Vectors]:
    import numpy as np

    if path is None:
        return {}
    try:
        with np.load(path, allow_pickle=False) as data:
            keys, rows = data["keys"], data["rows"]
    except Exception:
        return {}
    if rows.dtype != np.float32 or rows.ndim != 2 or keys.dtype != np.uint8 or keys.shape != (len(rows), 32) or not np.isfinite(rows).all():
        return {}
    return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}


def _save(path: Path | None, known: dict[bytes, Vectors]) -> None:
    """Write all rows to a file of their own, then put it in place at once: readers see the old or the new."""
    import tempfile

    import numpy as np

    if path is None:
        return
    kept = dict([*known.items()][-_MOST_KEPT:])
    keys = np.frombuffer(b"".join(kept), dtype=np.uint8).reshape(len(kept), 32)
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.stem, suffix=".part", delete=False) as file:
            part = Path(file.name)
            np.savez(file, keys=keys, rows=np.stack([*kept.values()]))
        part.replace(path)
    except OSError:
        if part is not None:
            part.unlink(missing_ok=True)
