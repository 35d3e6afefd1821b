"""Take quarters through the real review and the real model, as the engine does; vectors of the corpus are cached in a folder of the run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from reviewer import Context, Okr, review
from reviewer.encoder import Encoder, load_encoder, scale_of
from reviewer.okr import Language
from reviewer.quarter import Entry, Place, ReviewedEntry
from reviewer.relations import Relations, Whole, statement_texts
from reviewer.rules.rule import QuarterSample

Conclude = Callable[..., Whole]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder that stands for the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def encoder(cache: Path) -> Encoder:
    """Give the default model."""
    return load_encoder()


def entry(okr: Okr, at: int = 0, **fields: object) -> Entry:
    """Make the entry a file's row would give."""
    return Entry(place=Place(file="okrs.csv", row=at + 2), okr=okr, **fields)  # type: ignore[arg-type]


def reviewed(okr: Okr, at: int = 0, context: Context | None = None, examples: int = 0, **fields: object) -> ReviewedEntry:
    """Review an OKR as an entry of a quarter."""
    found = review(okr, context=context or Context(), examples=examples)
    return ReviewedEntry(entry=entry(okr, at, **fields), team=found.okrs[0].team, review=found, verdict=found.verdict)


def looked_at(
    folder: Path,
    okrs: Sequence[Okr | ReviewedEntry],
    encoder: Encoder | None,
    *,
    language: Language = "fr",
    context: Context | None = None,
    last: Sequence[Entry] | None = None,
    examples: int = 0,
    check_in: str | None = None,
) -> Whole:
    """Take a quarter in and conclude on it, with or without a model."""
    context = context or Context()
    with sqlite3.connect(folder / "quarter.sqlite") as database:
        relations = Relations(database, folder, context, language)
        for at, each in enumerate(okrs):
            known = reviewed(each, at, context, examples, check_in=check_in) if isinstance(each, Okr) else each
            assert known.review is not None
            vectors = encoder.encode(statement_texts(known.review.okrs[0])) if encoder is not None else None
            relations.add(at, known, vectors)
        if last is not None:
            relations.add_last(last, encoder.encode if encoder is not None else None)
        return relations.conclude(scale_of(encoder) if encoder is not None else None)


def try_sample(folder: Path, sample: QuarterSample, language: Language, encoder: Encoder | None) -> Whole:
    """Take the quarter of a rule's example in."""
    context = Context(company_objectives=sample.company_objectives, language=language)
    last = [
        entry(okr, at, details=tuple({"final_value": value} for value in sample.final_values[at]) if at < len(sample.final_values) else ())
        for at, okr in enumerate(sample.last)
    ]
    return looked_at(
        folder, sample.okrs, encoder, language=language, context=context, last=last if sample.last else None, check_in=sample.check_in
    )


@pytest.fixture
def conclude(tmp_path: Path, encoder: Encoder) -> Conclude:
    """Give `looked_at` with a folder of its own and the default model."""

    def run(okrs: Sequence[Okr | ReviewedEntry], **given: object) -> Whole:
        return looked_at(tmp_path, okrs, given.pop("encoder", encoder), **given)  # type: ignore[arg-type]

    return run
