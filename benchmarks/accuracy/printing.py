"""Write the figures as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from accuracy.labelled import RULES
from accuracy.results import KINDS, NATURES
from reviewer.evaluation.scoring import RESAMPLES, SEED

NAMES = {"en": "English", "fr": "French"}
SETS = {"dev": "real and published OKRs of other authors (dev)", "own": "sentences of our own (corpus/labelled)"}
METHOD = (
    f"Intervals: 95%, bootstrap by statement, {RESAMPLES:,} resamples, seed {SEED}. Each statement is reviewed by the real engine, "
    "in its OKR where it has one; a rule counts as raised when it gives an error or a warning."
)
HELD_OUT = (
    "Nothing is trained on these sets, so each source's figures are held-out figures for it. But the lexicons were developed while "
    "looking at the mistakes on these sets, so all of these figures flatter."
)
OWN_FACTS = (
    "The product's facts are not trained, so no file of ours is left out for them; the centroids are, and a file is judged by those "
    "of the others. Each of these sentences stands alone and is reviewed in the language it is labelled with. The rules were developed with "
    "them in sight, so these figures flatter too."
)


def ratio(value: float | None) -> str:
    """Write a share with two decimals, or a dash."""
    return "–" if value is None else f"{value:.2f}".removeprefix("0") if value < 0.995 else "1.00"


def interval(bounds: Sequence[float] | None) -> str:
    """Write an interval, or a dash."""
    return "–" if bounds is None else f"{ratio(bounds[0])}–{ratio(bounds[1])}"


def lay_out(rows: Iterable[Sequence[object]]) -> str:
    """Lay rows out in columns, the first row their heads."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    return "\n".join("  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells)


def page(results: dict[str, Any], show_reasons: bool) -> str:
    """Write everything that was measured."""
    parts = [METHOD]
    for name, found in results["sets"].items():
        parts += [f"\n=== {SETS[name]}: {found['statements']} statements"]
        if name == "own":
            parts.append(OWN_FACTS)
        for language, figures in found["languages"].items():
            parts += _language(NAMES[language], figures)
        parts += ["", "Reliability (findings by the confidence they were given)", reliability_table(found["reliability"])]
        parts += _neighbours(found["neighbours"])
        parts += [line for figures in found["languages"].values() for line in _wrong(figures["wrong"])]
    if len(results["sets"]) > 1:
        parts += ["\n=== All sets together", "Reliability", reliability_table(results["reliability"])]
    if show_reasons:
        parts += ["\n=== Certainty of each reason: how often nature or form is read as labelled", _reasons(results["reasons"])]
    return "\n".join(parts)


def _language(name: str, figures: dict[str, Any]) -> list[str]:
    head = ("rule", "n", "faults", "precision", "recall", "F1", "interval of F1", "TP/FP/FN")
    rivals = figures.get("compared", {})
    known = {rival: scores for rival, scores in rivals.items() if not isinstance(scores, str)}
    rows: list[Sequence[object]] = [(*head, *(f"F1 of {rival}" for rival in known))]
    for rule in RULES:
        f = figures["rules"][rule]
        counts = f"{f['true_positive']}/{f['false_positive']}/{f['false_negative']}"
        cells = (rule, f["n"], f["positives"], ratio(f["precision"]), ratio(f["recall"]), ratio(f["f1"]), interval(f["f1_interval"]))
        rows.append((*cells, counts, *(ratio(scores[rule]["f1"]) for scores in known.values())))
    lines = [f"\n--- {name}: {figures['key_results']} key results, {figures['objectives']} objectives", lay_out(rows)]
    lines += [f"  skipped: {scores}" for scores in rivals.values() if isinstance(scores, str)]
    lines += ["\n  Nature, labelled (down) and read (across)", _matrix(figures["nature"], NATURES)]
    lines += ["\n  Start of outcomes with a number, labelled (down) and read (across)", _matrix(figures["baseline"], KINDS)]
    right, flagged = figures["baseline_right"], figures["faultless_flagged"]
    lines.append(f"\n  kind of start right: {right['count']} of {right['n']} ({ratio(right['share'])})")
    lines.append(f"  faultless key results with any error or warning: {flagged['count']} of {flagged['n']} ({ratio(flagged['share'])})")
    if "by_source" in figures:
        lines += ["\n  By source. " + HELD_OUT, _sources(figures["by_source"])]
    return lines


def _matrix(found: dict[str, dict[str, int]], names: Sequence[str]) -> str:
    across = [*names, *sorted({said for row in found.values() for said in row} - {*names})]
    return lay_out([("", *across), *((label, *(found[label].get(said, 0) for said in across)) for label in names if label in found)])


def _sources(found: dict[str, Any]) -> str:
    rows: list[Sequence[object]] = [("source", "n", *(f"{rule} F1 (TP/FP/FN)" for rule in RULES))]
    for name, figures in found["sources"].items():
        rows.append((name, figures["statements"], *(_small(figures["rules"][rule]) for rule in RULES)))
    resampled = found["resampling_sources"]
    rows.append(("interval, resampling sources", "", *(interval(resampled[rule]["f1_interval"]) for rule in RULES)))
    return lay_out(rows)


def _small(f: dict[str, Any]) -> str:
    return f"{ratio(f['f1'])} ({f['true_positive']}/{f['false_positive']}/{f['false_negative']})" if f["n"] else "–"


def reliability_table(found: dict[str, Any]) -> str:
    """Lay out how many findings of each confidence are right."""
    rows: list[Sequence[object]] = [("finding", "confidence", "findings", "right", "accuracy", "mean confidence")]
    for name, table in found.items():
        for each in table["bins"]:
            bounds = f"{each['low']:.1f}–{each['high']:.1f}"
            rows.append((name, bounds, each["findings"], each["right"], ratio(each["accuracy"]), ratio(each["mean_confidence"])))
        rows.append((name, "gap", "", "", "", ratio(table["calibration_error"])))
    return lay_out(rows)


def _neighbours(found: dict[str, Any]) -> list[str]:
    other, language = found["judged_otherwise_alone"], found["taken_for_the_other_language_alone"]
    lines = [f"\nJudged otherwise alone than among their neighbours: {len(other)}{': ' + ', '.join(other) if other else ''}"]
    if language:
        lines.append(f"  and {len(language)} that alone are taken for the other language: {', '.join(language)}")
    lines.append(f"Statements whose language is misread when they stand alone: {found['language_misread_alone']}")
    return lines


def _wrong(items: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for each in sorted(items, key=lambda item: (item["rule"], item["id"])):
        lines.append(f"\nWRONG {each['rule']} {each['id']}: labelled {each['label']}, said {each['said']}: {each['text']}")
        facts = {
            name: each[name]
            for name in ("read", "certainty", "because", "target", "baseline", "baseline_were_it_an_outcome")
            if name in each
        }
        facts["findings"] = each["findings"]
        lines.append("    " + "; ".join(f"{name}: {value}" for name, value in facts.items()))
    return lines


def _reasons(rows: Sequence[dict[str, Any]]) -> str:
    table: list[Sequence[object]] = [
        ("kind", "read", "because", "certainty", "own", "dev", "accuracy", "of", "labelled undecided", "accuracy where decided")
    ]
    for row in rows:
        own, dev = f"{row['own_right']}/{row['own_n']}", f"{row['dev_right']}/{row['dev_n']}"
        n, undecided = row["own_n"] + row["dev_n"], row["own_undecided"] + row["dev_undecided"]
        shares = (ratio(row["accuracy"]), n, undecided, ratio(row["accuracy_where_decided"]))
        table.append((row["kind"], row["read"], row["because"], f"{row['certainty']:.2f}", own, dev, *shares))
    return lay_out(table)
