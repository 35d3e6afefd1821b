"""What an encoder is, and what wraps one: sentence-transformers on the one side, the memory of one review on the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    Vectors = NDArray[np.float32]

T = TypeVar("T")


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


def once_each(texts: Sequence[str], encode: Callable[[list[str]], Vectors], dimension: int) -> Vectors:
    """Encode each different text once, and give one row per text."""
    import numpy as np

    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    if not places:
        return np.zeros((0, dimension), dtype=np.float32)
    rows = encode([*places])
    return rows if len(places) == len(texts) else rows[[places[text] for text in texts]]


class SentenceEncoder:
    """Encode with a SentenceTransformer, each different text once."""

    def __init__(self, model: SentenceTransformer, name: str, revision: str, batch: int = 64) -> None:
        self.model = model
        self.name = name
        self.revision = revision
        self._batch = batch

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row of length 1 per text; a text that stands twice is encoded once."""
        return once_each(texts, self._rows, self.model.get_embedding_dimension() or 0)

    def _rows(self, texts: list[str]) -> Vectors:
        import numpy as np

        rows = self.model.encode(texts, batch_size=self._batch, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True)
        return np.asarray(rows, dtype=np.float32)


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
