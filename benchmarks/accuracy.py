"""Measure how often the rules are right, per rule and language, on labelled statements.

    python benchmarks/accuracy.py --data DIR             other authors' statements: dev.en.jsonl and dev.fr.jsonl in DIR
    python benchmarks/accuracy.py --own                  sentences of our own (corpus/labelled); may go with --data
    python benchmarks/accuracy.py --data DIR --compare   beside two baselines: word lists, nearest centroid of embeddings
    python benchmarks/accuracy.py --data DIR --publish   write reviewer/accuracy.toml and docs/accuracy.md

Other authors' statements are theirs: they are read where they are and never copied into the project. Intervals are bootstrap
intervals by statement (1,000 resamples, fixed seed). Without data it says so and ends well.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the checkout, not an installed version

from accuracy import calibration, printing, publishing, results
from accuracy.labelled import LANGUAGES, Statement, read_dev, read_own


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder of dev.en.jsonl and dev.fr.jsonl; there is no default")
    parser.add_argument("--own", action="store_true", help="measure on corpus/labelled as well")
    parser.add_argument("--compare", action="store_true", help="judge by word lists and by nearest centroid in the same run")
    parser.add_argument("--by-source", action="store_true", help="give the figures of each source (or file of ours)")
    parser.add_argument("--reasons", action="store_true", help="list every reason with its certainty and how often it is right")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--publish", action="store_true", help="write reviewer/accuracy.toml and docs/accuracy.md (needs both languages)")
    return parser


def main() -> int:
    """Measure what was asked for and print or publish it."""
    given = _arguments().parse_args()
    dev = read_dev(given.data) if given.data else []
    languages = {each.language for each in dev}
    if given.data and languages != set(LANGUAGES):
        missing = [f"dev.{language}.jsonl" for language in LANGUAGES if language not in languages]
        print(f"no labelled statements of other authors: {' and '.join(missing)} not found in {given.data}", file=sys.stderr)
    if given.publish and languages != set(LANGUAGES):
        print("nothing published: --publish needs --data DIR with both languages", file=sys.stderr)
        return 2
    before = publishing.fingerprint()
    own = read_own()
    sets: dict[str, list[Statement]] = {"dev": dev} if dev else {}
    if given.own or given.publish:
        sets["own"] = own
    if not sets:
        print("no data, nothing measured: give --data DIR (dev.en.jsonl, dev.fr.jsonl), or --own for corpus/labelled")
        return 0
    found = measure(sets, own, given.compare or given.publish, given.by_source or given.publish)
    if given.publish:
        try:
            written = publishing.publish(found, before)
        except publishing.ChangedRulesError as error:
            print(f"nothing published: {error}", file=sys.stderr)
            return 1
        for path in written:
            print(f"wrote {path.relative_to(publishing.ROOT)}")
        print("now run: python docs/generate.py")
    elif given.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print(printing.page(found, given.reasons))
    return 0


def measure(sets: dict[str, list[Statement]], own: list[Statement], compare: bool, by_source: bool) -> dict[str, Any]:
    """Measure each set, then what is counted over all of them."""
    found: dict[str, Any] = {"method": printing.METHOD, "held_out": printing.HELD_OUT, "sets": {}}
    for name, statements in sets.items():
        found["sets"][name] = results.measure(statements, own, compare, by_source)
    verdicts = results.judge_all(*sets.values())
    found["reliability"] = calibration.tables(calibration.claims(verdicts))
    found["reasons"] = calibration.reasons(verdicts)
    return found


if __name__ == "__main__":
    sys.exit(main())
