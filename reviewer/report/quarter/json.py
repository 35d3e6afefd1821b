"""Write a quarter's review as its public JSON, piece by piece: one entry a line, so that size costs no memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from reviewer.quarter import QuarterReview, ReviewedEntry
from reviewer.report.quarter.tally import entries_of


def render_json(review: QuarterReview, entries: Iterable[ReviewedEntry] | None = None) -> Iterator[str]:
    """Write what `QuarterReview.model_dump(mode="json")` gives, with `entries` in its place when they come as a stream."""
    rest = review.model_copy(update={"entries": ()}).model_dump(mode="json")
    yield "{"
    for number, name in enumerate(QuarterReview.model_fields):
        yield f"{',' if number else ''}\n  {_written(name)}: "
        if name == "entries":
            yield from _listed(entries_of(review, entries))
        else:
            yield _written(rest[name])
    yield "\n}\n"


def _listed(entries: Iterable[ReviewedEntry]) -> Iterator[str]:
    yield "["
    for number, entry in enumerate(entries):
        yield f"{',' if number else ''}\n    {_written(entry.model_dump(mode='json'))}"
    yield "\n  ]"


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
