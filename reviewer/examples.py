"""Find the nearest examples: for each OKR the OKRs most like it, for each weak key result what it could become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reviewer.alignment.aligning import mean_vectors, okr_vectors
from reviewer.alignment.evidence import bears_on
from reviewer.catalogue import metrics
from reviewer.corpus import Corpus, ExampleOkr, ExamplePair, encode_corpus, wording
from reviewer.data import read_corpus
from reviewer.encoder import Remembering
from reviewer.okr import SEVERITIES, ExampleMatch, Finding, Language, ReviewedOkr

if TYPE_CHECKING:
    from reviewer.encoder import Encoder, Vectors

_SAME_MEASURE, _SAME_LANGUAGE, _SAME_WORK = 0.25, 0.12, 0.05
"""What rises in the ranking beside nearness of words; the score shown is the cosine alone."""

_REACH = 24
"""Candidates looked at per OKR or key result before the best are shown: enough for other languages and repeats to drop out."""


def match(
    okrs: Sequence[ReviewedOkr], findings: Sequence[Finding], corpus: Corpus, encoder: Encoder, count: int
) -> tuple[ExampleMatch, ...]:
    """Give at most `count` examples per OKR and per weak key result, nearest first.

    A key result is weak when a finding of severity error or warning is about it: the pair that had the same weakness
    comes first, then good key results. So it is for an OKR with a finding about its objective or itself.
    """
    if count <= 0 or not okrs:
        return ()
    ready = _prepare(corpus, encoder)
    weak = _weaknesses(findings)
    vectors = okr_vectors(okrs, encoder)
    works = _kinds_of_work(vectors @ ready.okr_vectors.T, [each.work for each in ready.okrs])
    found = [*_for_okrs(okrs, weak, ready, vectors, works, count), *_for_key_results(okrs, weak, ready, encoder, works, count)]
    found.sort(key=lambda each: (each.okr, -1 if each.key_result is None else each.key_result))
    return tuple(found)


def draft_texts(okrs: Sequence[ReviewedOkr]) -> list[str]:
    """Give every text that matching, alignment and relatedness will ask a vector for, to be encoded in one go."""
    return [text for okr in okrs for text in (okr.objective.text, *(wording(kr.text) for kr in okr.key_results))]


class _KeyResultExample(NamedTuple):
    """Hold a good key result with the OKR it stands in."""

    okr: ExampleOkr
    number: int


class _Ready(NamedTuple):
    """Hold a corpus with its vectors, and one row of measures per example (1 where it bears on the measure)."""

    okrs: tuple[ExampleOkr, ...]
    okr_vectors: Vectors
    okr_measures: Vectors
    key_results: list[_KeyResultExample]
    kr_vectors: Vectors
    kr_measures: Vectors
    pairs: dict[str, list[tuple[ExamplePair, Vectors]]]


def _prepare(corpus: Corpus, encoder: Encoder) -> _Ready:
    return _prepared(corpus, encoder.encoder if isinstance(encoder, Remembering) else encoder)


@lru_cache(maxsize=4)
def _prepared(corpus: Corpus, encoder: Encoder) -> _Ready:
    import numpy as np

    key_results = [_KeyResultExample(okr, number) for okr in corpus.okrs for number in range(len(okr.key_results))]
    weak = [_as_okr(pair) for pair in corpus.pairs]
    texts = {text for okr in corpus.okrs for text in (okr.objective, *map(wording, okr.key_results))}
    texts |= {text for objective, statements in weak for text in (objective, *statements)}
    cached = _Known(sorted(texts), encoder)
    whole = mean_vectors([okr.objective for okr in corpus.okrs], [[*map(wording, okr.key_results)] for okr in corpus.okrs], cached)
    pairs: dict[str, list[tuple[ExamplePair, Vectors]]] = {}
    if corpus.pairs:
        for pair, row in zip(corpus.pairs, mean_vectors([each[0] for each in weak], [each[1] for each in weak], cached), strict=True):
            pairs.setdefault(pair.rule, []).append((pair, row))
    return _Ready(
        okrs=corpus.okrs,
        okr_vectors=whole,
        okr_measures=_measure_rows([frozenset[str]().union(*okr.metrics) for okr in corpus.okrs]),
        key_results=key_results,
        kr_vectors=cached.encode([wording(each.okr.key_results[each.number]) for each in key_results])
        if key_results
        else np.zeros((0, whole.shape[1]), np.float32),
        kr_measures=_measure_rows([each.okr.metrics[each.number] for each in key_results]),
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

        return np.stack([self._rows[text] for text in texts])


def _measure_rows(measures: Sequence[Iterable[str]] | Sequence[Mapping[str, float]]) -> Vectors:
    """Give one row per statement: how much (0 to 1) it bears on each measure."""
    import numpy as np

    column = {name: at for at, name in enumerate(metrics())}
    rows = np.zeros((len(measures), len(column)), dtype=np.float32)
    for at, names in enumerate(measures):
        for name in names:
            if name in column:
                rows[at, column[name]] = names[name] if isinstance(names, Mapping) else 1.0
    return rows


def _weaknesses(findings: Sequence[Finding]) -> dict[tuple[int, int | None], list[str]]:
    """Give the rules found wanting per place, most serious first."""
    weak: dict[tuple[int, int | None], list[str]] = {}
    for finding in sorted(findings, key=lambda each: SEVERITIES.index(each.severity)):
        if finding.severity != "advice":
            rules = weak.setdefault((finding.okr, finding.key_result), [])
            if finding.rule not in rules:
                rules.append(finding.rule)
    return weak


def _kinds_of_work(cosines: Vectors, works: Sequence[str]) -> list[str]:
    """Give the kind of work most of the nearest examples are from, nearer ones counting more."""
    import numpy as np

    if not works:
        return [""] * len(cosines)
    kinds = sorted(set(works))
    member = np.array([[work == kind for kind in kinds] for work in works], dtype=np.float32)
    votes = np.maximum(cosines, 0.0) ** 4 @ member
    return [kinds[at] for at in votes.argmax(axis=1).tolist()]


def _for_okrs(
    okrs: Sequence[ReviewedOkr],
    weak: dict[tuple[int, int | None], list[str]],
    ready: _Ready,
    vectors: Vectors,
    works: Sequence[str],
    count: int,
) -> Iterator[ExampleMatch]:
    import numpy as np

    measures = [_together([bears_on(kr) for kr in okr.key_results]) for okr in okrs]
    order, cosines = _rank(
        vectors, _Traits(measures, [okr.language for okr in okrs], works), ready.okr_vectors, ready.okr_measures, ready.okrs
    )
    for at, okr in enumerate(okrs):
        if not np.any(vectors[at]):
            continue
        first = [*_pairs(weak.get((at, None), ()), vectors[at], measures[at], okr.language, None, ready, count)]
        for pair, cosine in first:
            yield _show_pair(pair, at, None, cosine, okr.language)
        for which in order[at][: count - len(first)]:
            example = ready.okrs[which]
            yield ExampleMatch(
                okr=at,
                key_result=None,
                id=example.id,
                text=example.objective,
                score=_rounded(cosines[at, which]),
                reason=_reason(_shared(measures[at], frozenset[str]().union(*example.metrics)), example.work, works[at], okr.language),
                kind="okr",
                language=example.language,
                work=example.work,
                objective=example.objective,
                key_results=example.key_results,
            )


def _for_key_results(
    okrs: Sequence[ReviewedOkr],
    weak: dict[tuple[int, int | None], list[str]],
    ready: _Ready,
    encoder: Encoder,
    works: Sequence[str],
    count: int,
) -> Iterator[ExampleMatch]:
    places = sorted((at, number) for at, number in weak if number is not None and at < len(okrs) and number < len(okrs[at].key_results))
    if not places:
        return
    statements = [okrs[at].key_results[number] for at, number in places]
    vectors = encoder.encode([wording(kr.text) for kr in statements])
    measures = [bears_on(kr) for kr in statements]
    languages = [kr.language for kr in statements]
    traits = _Traits(measures, languages, [works[at] for at, _ in places])
    order, cosines = _rank(vectors, traits, ready.kr_vectors, ready.kr_measures, [each.okr for each in ready.key_results])
    for row, (at, number) in enumerate(places):
        first = [*_pairs(weak[at, number], vectors[row], measures[row], languages[row], "key_result", ready, count)]
        for pair, cosine in first:
            yield _show_pair(pair, at, number, cosine, languages[row])
        shown = {text for pair, _ in first for text in pair.strong}
        left = count - len(first)
        for which in order[row]:
            if left <= 0:
                break
            example = ready.key_results[which]
            text = example.okr.key_results[example.number]
            if text in shown:
                continue
            shown.add(text)
            left -= 1
            yield ExampleMatch(
                okr=at,
                key_result=number,
                id=f"{example.okr.id}/{example.number + 1}",
                text=text,
                score=_rounded(cosines[row, which]),
                reason=_reason(_shared(measures[row], example.okr.metrics[example.number]), example.okr.work, works[at], languages[row]),
                kind="key_result",
                language=example.okr.language,
                work=example.okr.work,
                objective=example.okr.objective,
            )


class _Traits(NamedTuple):
    """Hold what of the drafts counts in the ranking beside their words, one entry per row."""

    measures: list[dict[str, float]]
    languages: list[Language]
    works: Sequence[str]


def _rank(
    vectors: Vectors, traits: _Traits, theirs: Vectors, their_measures: Vectors, examples: Sequence[ExampleOkr]
) -> tuple[list[list[int]], Vectors]:
    """Order the examples for every row at once, best first; gives the cosines too."""
    import numpy as np

    cosines: Vectors = vectors @ theirs.T
    if not len(theirs):
        return [[] for _ in vectors], cosines
    rank = cosines + _SAME_MEASURE * np.minimum(_measure_rows(traits.measures) @ their_measures.T, 1.0)
    rank += _SAME_LANGUAGE * (np.array(traits.languages)[:, None] == np.array([each.language for each in examples])[None, :])
    rank += _SAME_WORK * (np.array(traits.works)[:, None] == np.array([each.work for each in examples])[None, :])
    reach = min(_REACH, len(theirs))
    best = np.argpartition(-rank, reach - 1, axis=1)[:, :reach]
    inner = np.argsort(-np.take_along_axis(rank, best, axis=1), axis=1, kind="stable")
    ordered: list[list[int]] = np.take_along_axis(best, inner, axis=1).tolist()
    return ordered, cosines


def _pairs(
    rules: Sequence[str], vector: Vectors, measures: Mapping[str, float], language: Language, kind: str | None, ready: _Ready, count: int
) -> Iterator[tuple[ExamplePair, float]]:
    """Give the nearest pair per weakness, leaving room for at least one good example where `count` allows."""
    shown: set[str] = set()
    for rule in rules[: max(1, count - 1)]:
        candidates = [
            (float(vector @ row), pair)
            for pair, row in ready.pairs.get(rule, ())
            if (pair.kind == kind if kind else pair.kind != "key_result") and pair.id not in shown
        ]
        if candidates:
            cosine, best = max(
                candidates,
                key=lambda each: (
                    each[0]
                    + _SAME_MEASURE * max((measures.get(name, 0.0) for name in each[1].metrics), default=0.0)
                    + _SAME_LANGUAGE * (each[1].language == language)
                ),
            )
            shown.add(best.id)
            yield best, cosine


def _show_pair(pair: ExamplePair, at: int, number: int | None, cosine: float, language: Language) -> ExampleMatch:
    strong = "\n".join(pair.strong)
    return ExampleMatch(
        okr=at,
        key_result=number,
        id=pair.id,
        text=strong,
        score=_rounded(cosine),
        reason=_words()["same weakness"][language].format(_label("weakness", pair.rule, language)),
        kind="pair",
        language=pair.language,
        work=pair.work,
        rule=pair.rule,
        weak="\n".join(pair.weak),
        strong=strong,
        why=pair.why or None,
    )


def _shared(mine: Mapping[str, float], theirs: frozenset[str]) -> list[str]:
    """Give the measures two statements share, those that count most first."""
    return sorted(mine.keys() & theirs, key=lambda name: (-mine[name], name))


def _together(each: Iterable[Mapping[str, float]]) -> dict[str, float]:
    whole: dict[str, float] = {}
    for measures in each:
        for name, much in measures.items():
            whole[name] = max(much, whole.get(name, 0.0))
    return whole


def _reason(shared: Sequence[str], work: str, drafted: str, language: Language) -> str:
    """Say what an example shares with the draft: the measure where there is one, else the kind of work, else its words."""
    if shared:
        catalogue = metrics()
        names = [catalogue[name].text(language).name for name in shared if name in catalogue][:2]
        return _words()["same measure"][language].format(", ".join(names))
    label = _label("work", work, language) if work == drafted else ""
    return _words()["same work"][language].format(label) if label else _words()["near words"][language]


@cache
def _words() -> dict[str, dict[Language, str]]:
    return {
        "same measure": {"fr": "même mesure\u00a0: {}", "en": "same measure: {}"},
        "same work": {"fr": "même genre de travail\u00a0: {}", "en": "same kind of work: {}"},
        "same weakness": {"fr": "même faiblesse\u00a0: {}", "en": "same weakness: {}"},
        "near words": {"fr": "mots proches", "en": "similar words"},
    }


def _label(table: str, name: str, language: Language) -> str:
    row = read_corpus("matching.toml")[table].get(name)
    return str(row[language]) if row else ""


def _rounded(cosine: float) -> float:
    return round(min(1.0, max(0.0, float(cosine))), 3)
