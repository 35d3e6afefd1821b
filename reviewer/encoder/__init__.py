"""Turn texts into vectors: the model that comes with the install, or any other of sentence-transformers by name."""

from typing import TYPE_CHECKING

from reviewer.encoder.cores import core_count, use_cores
from reviewer.encoder.encoding import Encoder, Remembering, SentenceEncoder, per_model
from reviewer.encoder.loading import EncoderUnavailableError, load_encoder
from reviewer.encoder.scale import Scale, measure_scale, scale_of
from reviewer.encoder.universal import DEFAULT_MODEL, UniversalEncoder

if TYPE_CHECKING:
    from reviewer.encoder.encoding import Vectors as Vectors

__all__ = [
    "DEFAULT_MODEL",
    "Encoder",
    "EncoderUnavailableError",
    "Remembering",
    "Scale",
    "SentenceEncoder",
    "UniversalEncoder",
    "core_count",
    "load_encoder",
    "measure_scale",
    "per_model",
    "scale_of",
    "use_cores",
]
