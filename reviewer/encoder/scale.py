"""Say what a cosine means, for the default model and for any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.encoder.encoding import Encoder, per_model
from reviewer.encoder.universal import DEFAULT_MODEL

if TYPE_CHECKING:
    from reviewer.encoder.encoding import Vectors


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
