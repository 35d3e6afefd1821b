"""Find the nearest examples: for each OKR the OKRs most like it, for each weak key result what it could become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reviewer.alignment.aligning import okr_vectors
from reviewer.alignment.evidence import bears_on
from reviewer.corpus import Corpus, ExampleOkr, ExamplePair, wording
from reviewer.examples.prepared import Ready, measure_rows, prepare
from reviewer.examples.reasons import all_measures, say_weakness, say_why, shared_measures
from reviewer.okr import SEVERITIES, ExampleMatch, Finding, Language, ReviewedOkr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    return match_weak(okrs, weaknesses(findings), corpus, encoder, count)


def match_weak(
    okrs: Sequence[ReviewedOkr], weak: Mapping[tuple[int, int | None], Sequence[str]], corpus: Corpus, encoder: Encoder, count: int
) -> tuple[ExampleMatch, ...]:
    """Do what `match` does, with the findings as `weaknesses` gives them."""
    if count <= 0 or not okrs:
        return ()
    ready = prepare(corpus, encoder)
    vectors = okr_vectors(okrs, encoder)
    works = _kinds_of_work(vectors @ ready.okr_vectors.T, [each.work for each in ready.okrs])
    found = [*_for_okrs(okrs, weak, ready, vectors, works, count), *_for_key_results(okrs, weak, ready, encoder, works, count)]
    found.sort(key=lambda each: (each.okr, -1 if each.key_result is None else each.key_result))
    return tuple(found)


def draft_texts(okrs: Sequence[ReviewedOkr]) -> list[str]:
    """Give every text that matching, alignment and relatedness will ask a vector for, to be encoded in one go."""
    return [text for okr in okrs for text in (okr.objective.text, *(wording(kr.text) for kr in okr.key_results))]


def weaknesses(findings: Sequence[Finding]) -> dict[tuple[int, int | None], list[str]]:
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
    weak: Mapping[tuple[int, int | None], Sequence[str]],
    ready: Ready,
    vectors: Vectors,
    works: Sequence[str],
    count: int,
) -> Iterator[ExampleMatch]:
    import numpy as np

    measures = [all_measures([bears_on(kr) for kr in okr.key_results]) for okr in okrs]
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
                reason=say_why(
                    shared_measures(measures[at], frozenset[str]().union(*example.metrics)), example.work, works[at], okr.language
                ),
                kind="okr",
                language=example.language,
                work=example.work,
                objective=example.objective,
                key_results=example.key_results,
            )


def _for_key_results(
    okrs: Sequence[ReviewedOkr],
    weak: Mapping[tuple[int, int | None], Sequence[str]],
    ready: Ready,
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
                reason=say_why(
                    shared_measures(measures[row], example.okr.metrics[example.number]), example.okr.work, works[at], languages[row]
                ),
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
    rank = cosines + _SAME_MEASURE * np.minimum(measure_rows(traits.measures) @ their_measures.T, 1.0)
    rank += _SAME_LANGUAGE * _equal(traits.languages, [each.language for each in examples])
    rank += _SAME_WORK * _equal(traits.works, [each.work for each in examples])
    reach = min(_REACH, len(theirs))
    best = np.argpartition(-rank, reach - 1, axis=1)[:, :reach]
    inner = np.argsort(-np.take_along_axis(rank, best, axis=1), axis=1, kind="stable")
    ordered: list[list[int]] = np.take_along_axis(best, inner, axis=1).tolist()
    return ordered, cosines


def _equal(mine: Sequence[str], theirs: Sequence[str]) -> NDArray[np.bool_]:
    """Tell for each of mine and each of theirs whether they are equal; numbers compare many times faster than texts."""
    import numpy as np

    numbers = {name: number for number, name in enumerate(dict.fromkeys((*mine, *theirs)))}
    left, right = np.array([numbers[name] for name in mine]), np.array([numbers[name] for name in theirs])
    found: NDArray[np.bool_] = left[:, None] == right[None, :]
    return found


def _pairs(
    rules: Sequence[str], vector: Vectors, measures: Mapping[str, float], language: Language, kind: str | None, ready: Ready, count: int
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
        reason=say_weakness(pair.rule, language),
        kind="pair",
        language=pair.language,
        work=pair.work,
        rule=pair.rule,
        weak="\n".join(pair.weak),
        strong=strong,
        why=pair.why or None,
    )


def _rounded(cosine: float) -> float:
    return round(min(1.0, max(0.0, float(cosine))), 3)
