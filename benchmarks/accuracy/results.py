"""Bring all figures of a set of labelled statements together, as plain data that JSON can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from accuracy import calibration, centroids, metrics, mistakes, wordlists
from accuracy.judging import Verdict, compare_alone, judge_in_context, misread_language
from accuracy.labelled import LANGUAGES, RULES, Statement, is_faultless, wanted

NATURES = ("outcome", "task", "unclear")
KINDS = ("stated", "reference", "zero", "kept", "none")


def measure(statements: Sequence[Statement], own: Sequence[Statement], compare: bool, by_source: bool) -> dict[str, Any]:
    """Judge one set and compute its figures, each language on its own; `own` teaches the embeddings' baseline."""
    verdicts = judge_in_context(statements)
    dependence = compare_alone(verdicts)
    rivals = _rivals(statements, own) if compare else {}
    found: dict[str, Any] = {"statements": len(statements), "languages": {}}
    for language in LANGUAGES:
        places = [place for place, each in enumerate(statements) if each.language == language]
        if not places:
            continue
        here = [verdicts[place] for place in places]
        said = {name: r if isinstance(r, str) else [r[place] for place in places] for name, r in rivals.items()}
        found["languages"][language] = _of_language(here, said, by_source)
    found["reliability"] = calibration.tables(calibration.claims(verdicts))
    found["neighbours"] = {
        "judged_otherwise_alone": list(dependence.other_reason),
        "taken_for_the_other_language_alone": list(dependence.other_language),
        "language_misread_alone": misread_language(statements),
    }
    return found


def judge_all(*sets: Sequence[Statement]) -> list[Verdict]:
    """Judge several sets, for what is counted over all of them."""
    return [verdict for statements in sets for verdict in judge_in_context(statements)]


def _rivals(statements: Sequence[Statement], own: Sequence[Statement]) -> dict[str, list[frozenset[str]] | str]:
    """Judge by the two baselines; a text in place of verdicts says why one was skipped."""
    found: dict[str, list[frozenset[str]] | str] = {"word lists": [wordlists.raised(each) for each in statements]}
    try:
        found["nearest centroid"] = centroids.raised_by_centroids(statements, own)
    except centroids.NoEncoderError as error:
        found["nearest centroid"] = str(error)
    return found


def _of_language(verdicts: Sequence[Verdict], rivals: dict[str, Any], by_source: bool) -> dict[str, Any]:
    statements = [each.statement for each in verdicts]
    raised = [each.raised for each in verdicts]
    faultless = [each for each in verdicts if is_faultless(each.statement)]
    flagged = [each for each in faultless if each.raised]
    with_start = [each for each in verdicts if mistakes.baseline_judged(each)]
    found: dict[str, Any] = {
        "key_results": sum(each.kind == "key_result" for each in statements),
        "objectives": sum(each.kind == "objective" for each in statements),
        "rules": _scores(statements, raised),
        "nature": _confusion(
            (each.statement.nature or "", each.nature) for each in verdicts if each.statement.kind == "key_result" and each.statement.nature
        ),
        "baseline": _confusion((each.statement.labels["baseline"], each.baseline) for each in with_start),
        "baseline_right": _share(sum(each.statement.labels["baseline"] == each.baseline for each in with_start), len(with_start)),
        "faultless_flagged": _share(len(flagged), len(faultless)),
        "wrong": mistakes.wrong(verdicts),
    }
    if rivals:
        found["compared"] = {name: r if isinstance(r, str) else _scores(statements, r) for name, r in rivals.items()}
    if by_source:
        found["by_source"] = _by_source(verdicts)
    return found


def _pairs(statements: Sequence[Statement], raised: Sequence[Collection[str]], rule: str) -> list[metrics.Pair]:
    asked = ((wanted(statement, rule), rule in rules) for statement, rules in zip(statements, raised, strict=True))
    return [(label, said) for label, said in asked if label is not None]


def _scores(statements: Sequence[Statement], raised: Sequence[Collection[str]]) -> dict[str, dict[str, Any]]:
    return {rule: _as_data(metrics.score(_pairs(statements, raised, rule))) for rule in RULES}


def _as_data(score: metrics.Score) -> dict[str, Any]:
    counts = score.counts
    return {
        "n": counts.n,
        "positives": counts.faults,
        **counts._asdict(),
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "precision_interval": score.precision,
        "recall_interval": score.recall,
        "f1_interval": score.f1,
    }


def _confusion(pairs: Any) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (label, said), n in sorted(Counter(pairs).items()):
        found.setdefault(label, {})[said] = n
    return found


def _share(part: int, whole: int) -> dict[str, Any]:
    return {"n": whole, "count": part, "share": part / whole if whole else None}


def _by_source(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Score each source alone, and give the interval that resampling whole sources gives."""
    groups: dict[str, list[Verdict]] = {}
    for each in verdicts:
        groups.setdefault(each.statement.group, []).append(each)
    sources = {
        name: {
            "statements": len(group),
            "rules": {rule: _as_data(metrics.Score(metrics.count(_verdict_pairs(group, rule)), None, None, None)) for rule in RULES},
        }
        for name, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    }
    resampled = {rule: _as_data(metrics.score_by_group([_verdict_pairs(group, rule) for group in groups.values()])) for rule in RULES}
    return {"sources": sources, "resampling_sources": resampled}


def _verdict_pairs(verdicts: Sequence[Verdict], rule: str) -> list[metrics.Pair]:
    return _pairs([each.statement for each in verdicts], [each.raised for each in verdicts], rule)
