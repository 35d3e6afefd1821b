"""Make a corpus ready to be matched: its vectors and measures, once per corpus and model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reviewer.alignment.aligning import mean_vectors
from reviewer.catalogue import metrics
from reviewer.corpus import Corpus, ExampleOkr, ExamplePair, encode_corpus, wording
from reviewer.encoder import Remembering

if TYPE_CHECKING:
    from reviewer.encoder import Encoder, Vectors


class KeyResultExample(NamedTuple):
    """Hold a good key result with the OKR it stands in."""

    okr: ExampleOkr
    number: int


class Ready(NamedTuple):
    """Hold a corpus with its vectors, and one row of measures per example (1 where it bears on the measure)."""

    okrs: tuple[ExampleOkr, ...]
    okr_vectors: Vectors
    okr_measures: Vectors
    key_results: list[KeyResultExample]
    kr_vectors: Vectors
    kr_measures: Vectors
    pairs: dict[str, list[tuple[ExamplePair, Vectors]]]


def prepare(corpus: Corpus, encoder: Encoder) -> Ready:
    return _prepared(corpus, encoder.encoder if isinstance(encoder, Remembering) else encoder)


@lru_cache(maxsize=4)
def _prepared(corpus: Corpus, encoder: Encoder) -> Ready:
    key_results = [KeyResultExample(okr, number) for okr in corpus.okrs for number in range(len(okr.key_results))]
    weak = [_as_okr(pair) for pair in corpus.pairs]
    texts = {text for okr in corpus.okrs for text in (okr.objective, *map(wording, okr.key_results))}
    texts |= {text for objective, statements in weak for text in (objective, *statements)}
    cached = _Known(sorted(texts), encoder)
    whole = mean_vectors([okr.objective for okr in corpus.okrs], [[*map(wording, okr.key_results)] for okr in corpus.okrs], cached)
    pairs: dict[str, list[tuple[ExamplePair, Vectors]]] = {}
    if corpus.pairs:
        for pair, row in zip(corpus.pairs, mean_vectors([each[0] for each in weak], [each[1] for each in weak], cached), strict=True):
            pairs.setdefault(pair.rule, []).append((pair, row))
    return Ready(
        okrs=corpus.okrs,
        okr_vectors=whole,
        okr_measures=measure_rows([frozenset[str]().union(*okr.metrics) for okr in corpus.okrs]),
        key_results=key_results,
        kr_vectors=cached.encode([wording(each.okr.key_results[each.number]) for each in key_results]),
        kr_measures=measure_rows([each.okr.metrics[each.number] for each in key_results]),
        pairs=pairs,
    )


def _as_okr(pair: ExamplePair) -> tuple[str, list[str]]:
    """Give the weak side as an objective and key results, one of which may be missing."""
    if pair.kind == "key_result":
        return "", [*map(wording, pair.weak)]
    return pair.weak[0], [*map(wording, pair.weak[1:])]


class _Known:
    """Look vectors of the corpus up, all fetched from the disk at once."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        self.name, self.revision = encoder.name, encoder.revision
        self._rows = dict(zip(texts, encode_corpus(encoder, texts), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row per text."""
        import numpy as np

        width = len(next(iter(self._rows.values()))) if self._rows else 0
        return np.stack([self._rows[text] for text in texts]) if texts else np.zeros((0, width), dtype=np.float32)


def measure_rows(measures: Sequence[Iterable[str]] | Sequence[Mapping[str, float]]) -> Vectors:
    """Give one row per statement: how much (0 to 1) it bears on each measure."""
    import numpy as np

    column = {name: at for at, name in enumerate(metrics())}
    rows = np.zeros((len(measures), len(column)), dtype=np.float32)
    for at, names in enumerate(measures):
        for name in names:
            if name in column:
                rows[at, column[name]] = names[name] if isinstance(names, Mapping) else 1.0
    return rows
