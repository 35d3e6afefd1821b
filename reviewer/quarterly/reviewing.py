"""Review a quarter's OKRs in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.okr import Context, Review
from reviewer.quarter import ColumnRole, QuarterReview

if TYPE_CHECKING:
    from reviewer.gateway import Critic
    from reviewer.quarterly.progress import Progress
    from reviewer.quarterly.sources import Source


def review_quarter(
    source: Source,
    *,
    context: Context | None = None,
    critic: str | Critic | None = None,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    examples: int = 3,
    mapping: Mapping[str, ColumnRole] | None = None,
    last: Any = None,
    since: QuarterReview | Review | None = None,
) -> QuarterReview:
    """Review each OKR of a quarter with the engine of `review`, then the whole: duplicates, conflicts, coverage.

    Args:
        source: a file or folder (a path), "-" for standard input, a text that holds OKRs, an `Okr`, or a sequence of these.
        context: what surrounds all of them (company objectives, cycle, house settings). A file's own columns of team and
            cycle come first.
        critic: a model to ask about each OKR as well, as for `review`; its budget is one for the whole quarter.
        workers: how many processes review; 1 is this one, None one per core from some 200 OKRs on.
        on_progress: told how far the run is, from this thread.
        examples: how many near examples each OKR shows. 0 never loads the encoder: alignment is not judged then, and
            duplicates are looked for by their words alone.
        mapping: what columns hold, by their headers as written, over what their headers mean.
        last: the file or files of the last quarter, to see what was carried over.
        since: an earlier review, to see which findings are new, known and fixed.

    Returns:
        The `QuarterReview`. Its verdict is the worst of those of its OKRs and of its findings across OKRs, where an error
        is "rethink", a warning "revise" and advice "ready"; what could not be read has no verdict.

    Raises:
        ReviewerError: the mapping, the critic or the house's own examples make no sense; results cannot be written.
        TypeError, ValueError: an argument is none of those named.
    """
    import tempfile

    from reviewer.quarterly.run import Run

    with tempfile.TemporaryDirectory(prefix="okr-quarter-", ignore_cleanup_errors=True) as folder:
        run = Run(Path(folder), context, critic=critic, examples=examples, workers=workers, mapping=mapping, last=last)
        try:
            run.go(source, on_progress)
            return run.summary(since).model_copy(update={"entries": tuple(run.entries())})
        finally:
            run.close()
