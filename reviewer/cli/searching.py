"""Search the examples by meaning, and show the nearest with their scores."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewer.cli import output
from reviewer.cli.contexts import Overrides, contexts_for
from reviewer.cli.inputs import STANDARD_INPUT
from reviewer.cli.waiting import waiting
from reviewer.data import read_corpus
from reviewer.errors import ReviewerError
from reviewer.okr import Language
from reviewer.report.lines import print_line
from reviewer.settings import nearest

if TYPE_CHECKING:
    from rich.console import Console

    from reviewer.corpus import Corpus, ExampleOkr, ExamplePair
    from reviewer.encoder import Encoder

_WORDS: dict[Language, dict[str, str]] = {
    "en": {"okr": "OKR", "pair": "pair", "fr": "in French", "en": "in English", "own": "from your own file", "none": "No example fits."},
    "fr": {
        "okr": "OKR",
        "pair": "paire",
        "fr": "en français",
        "en": "en anglais",
        "own": "de votre fichier",
        "none": "Aucun exemple ne convient.",
    },
}


@dataclass(frozen=True, slots=True)
class Search:
    """Say what to look for: words, how many examples, in which language, of which kind of work."""

    query: str
    number: int
    language: Language | None = None
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one example found; `score` is the cosine of its nearest statement, which is number `at` of them."""

    example: ExampleOkr | ExamplePair
    score: float
    at: int
    own: bool


class UnknownWorkError(ReviewerError):
    """Refuse a kind of work that no example is of; names the nearest one."""


def search_and_show(search: Search, corpus: str | None, format: str, language: Language) -> None:
    """Search the package's examples and the house's own, which `corpus` or the nearest settings file names."""
    from reviewer.corpus import load_corpus
    from reviewer.encoder import load_encoder

    settings = contexts_for([STANDARD_INPUT], Overrides(corpus=corpus), config=None, no_config=False)[0].settings
    everything = load_corpus(settings.corpus)
    known = {each.work for each in _all(everything)}
    if search.work is not None and search.work not in known:
        msg = f"no example is of the kind {search.work!r}{nearest(search.work, known)}; the kinds are {', '.join(sorted(known))}"
        raise UnknownWorkError(msg)
    with waiting():
        hits = find(search, everything, load_encoder(settings.encoder))
    if format == "json":
        output.print_data(json.dumps([as_data(hit) for hit in hits], indent=2, ensure_ascii=False))
    else:
        with output.terminal() as console:
            _print(console, hits, language)


def find(search: Search, corpus: Corpus, encoder: Encoder) -> list[Hit]:
    """Find the examples nearest to the query, nearest first; an example is as near as its nearest statement."""
    import numpy as np

    from reviewer.corpus import encode_corpus, load_corpus, wording

    fitting = [each for each in _all(corpus) if search.language in (None, each.language) and search.work in (None, each.work)]
    if not fitting:
        return []
    ours = {each.id for each in _all(load_corpus())}
    texts = [[wording(text) for text in statements(each)] for each in fitting]
    rows = encode_corpus(encoder, [text for each in texts for text in each])
    cosines = rows @ encoder.encode([wording(search.query)])[0]
    hits = []
    for example, scores in zip(fitting, np.split(cosines, np.cumsum([len(each) for each in texts])[:-1]), strict=True):
        at = int(scores.argmax())
        hits.append(Hit(example, round(min(1.0, max(0.0, float(scores[at]))), 3), at, example.id not in ours))
    hits.sort(key=lambda hit: -hit.score)
    return hits[: search.number]


def _all(corpus: Corpus) -> list[ExampleOkr | ExamplePair]:
    return [*corpus.okrs, *corpus.pairs]


def statements(example: ExampleOkr | ExamplePair) -> tuple[str, ...]:
    """Give what an example says, line by line: an objective and its key results, or the weak side and the strong one."""
    from reviewer.corpus import ExamplePair

    return (*example.weak, *example.strong) if isinstance(example, ExamplePair) else (example.objective, *example.key_results)


def as_data(hit: Hit) -> dict[str, Any]:
    """Give what was found as plain data, for JSON."""
    from reviewer.corpus import ExamplePair

    example = hit.example
    head: dict[str, Any] = {"id": example.id, "language": example.language, "work": example.work, "score": hit.score, "own": hit.own}
    nearest_statement = statements(example)[hit.at]
    if isinstance(example, ExamplePair):
        said = {"rule": example.rule, "weak": [*example.weak], "strong": [*example.strong], "why": example.why}
        return {"kind": "pair", **head, "nearest": nearest_statement, **said}
    told = {"objective": example.objective, "key_results": [*example.key_results], "contributes_to": example.contributes_to}
    return {"kind": "okr", **head, "nearest": nearest_statement, **told}


def _print(console: Console, hits: Sequence[Hit], language: Language) -> None:
    from reviewer.corpus import ExamplePair

    if not hits:
        print_line(console, [(_WORDS[language]["none"], "")])
    for number, hit in enumerate(hits):
        if number:
            console.print()
        example = hit.example
        score = f"{hit.score:.2f}".replace(".", "," if language == "fr" else ".")
        print_line(console, [(" · ".join(_told(hit, language)), "dim")], 6, score)
        if isinstance(example, ExamplePair):
            for sign, style, texts in (("✕", "red", example.weak), ("✓", "green", example.strong)):
                for at, text in enumerate(texts):
                    print_line(console, [(text, style)], 10 if at else 8, "–" if at else sign, 8 if at else 6)
            if example.why:
                print_line(console, [(example.why, "italic")], 8)
        else:
            print_line(console, [(example.objective, "bold")], 6)
            for at, text in enumerate(example.key_results, start=1):
                print_line(console, [(text, "")], 8, "→" if at == hit.at else "–", 6)


def _told(hit: Hit, language: Language) -> Iterable[str]:
    from reviewer.corpus import ExamplePair

    words, labels = _WORDS[language], read_corpus("matching.toml")
    example = hit.example
    pair = isinstance(example, ExamplePair)
    yield words["pair" if pair else "okr"]
    for table, name in (("weakness", example.rule if isinstance(example, ExamplePair) else ""), ("work", example.work)):
        if name in labels[table]:
            yield str(labels[table][name][language])
    if example.language != language:
        yield words[example.language]
    yield example.id
    if hit.own:
        yield words["own"]
