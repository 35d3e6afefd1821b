"""Measure how fast drafts are read, understood and checked; figures are ratios taken in one run.

    python benchmarks/speed.py            every measurement
    python benchmarks/speed.py --json     for machines

Drafts come from templates filled so that no text repeats. Machines are noisy: quote ratios, and rates with their machine.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reviewer import Context, Okr, review
from reviewer.engine import check, understand
from reviewer.errors import ReviewerError
from reviewer.language.folding import fold
from reviewer.language.quantities import find_numbers
from reviewer.reading import read

SEGMENTS = ["Mid-Market", "Enterprise", "SMB", "public sector", "retail", "health", "fintech", "logistics", "education", "energy"]
RIVALS = ["Nexia", "Vantor", "Orbelle", "Kelvio", "Sarnia", "Trelio", "Quorra", "Balmont"]
KEY_RESULTS = [
    "Raise win rate against {rival} in {segment} from {low}% to {high}% by the end of Q{q}",
    "Porter le taux d'adoption du module {segment} {n} de {low} % à {high} % d'ici fin T{q}",
    "Publish {n} battlecards about {rival} for the {segment} team",
    "{n} demandes de démo qualifiées sur le segment {segment} face à {rival} dans les {q} semaines post-lancement",
    "NPS of {segment} admins asked about {rival}: {high} (currently {low}, wave {n})",
    "Réduire le cycle de vente {segment} face à {rival} de {high} à {low} jours avant le {q}{q} mars {n}",
    "Train {n} reps of the {segment} team on objection handling versus {rival}",
    "Satisfaction des Sales {segment} sur les assets {rival} : {q},{n}/10 minimum",
]
OBJECTIVES = [
    "Make {segment} buyers prefer us to {rival} in round {n}",
    "Faire de {segment} notre place forte face à {rival}, saison {n}",
    "Give {segment} reps the stories that win against {rival}, edition {n}",
]


def drafts(count: int) -> list[Okr]:
    """Make `count` OKRs of 4 key results each, no text twice."""
    numbers = itertools.count(11)
    made = []
    for index in range(count):

        def fill(template: str) -> str:
            n = next(numbers)
            return template.format(
                segment=SEGMENTS[n % len(SEGMENTS)], rival=RIVALS[n % len(RIVALS)], n=n, low=10 + n % 30, high=45 + n % 50, q=1 + n % 4
            )

        made.append(Okr(objective=fill(OBJECTIVES[index % 3]), key_results=tuple(fill(KEY_RESULTS[(index + i) % 8]) for i in range(4))))
    return made


def timed(work: Callable[[], object], repeats: int = 3, clock: Callable[[], float] = time.perf_counter) -> float:
    """Give the median seconds of `repeats` runs; the default clock is the wall's."""
    figures = []
    for _ in range(repeats):
        start = clock()
        work()
        figures.append(clock() - start)
    return statistics.median(figures)


def throughput() -> dict[str, float]:
    """Key results a second over 1,000 different OKRs on one core: rules and facts, and whole reviews with rewrites."""
    okrs = drafts(1000)
    context = Context()
    review(okrs[0], examples=0)

    def rules_and_facts() -> None:
        for okr in okrs:
            check(understand(okr, context)[1], context)

    def whole() -> None:
        for okr in okrs:
            review(okr, examples=0)

    return {
        "rules_and_facts_key_results_per_second": 4000 / timed(rules_and_facts),
        "wanted_at_least": 2000,
        "with_rewrites_and_questions": 4000 / timed(whole),
    }


def flatness() -> dict[str, float]:
    """Processor time per key result at 100, 1,000 and 10,000 OKRs in one call, as ratios to 100."""
    per = {}
    for count in (100, 1000, 10_000):
        okrs = drafts(count)
        per[count] = timed(lambda okrs=okrs: review(okrs, examples=0), 3 if count < 10_000 else 1, time.process_time) / (4 * count)  # type: ignore[misc]
    return {"microseconds_at_100": per[100] * 1e6, "ratio_1000_to_100": per[1000] / per[100], "ratio_10000_to_100": per[10_000] / per[100]}


def second_review() -> dict[str, float]:
    """A second review of the same text in the same process."""
    text = (Path(__file__).resolve().parent.parent / "examples" / "launch.en.md").read_text(encoding="utf-8")
    review(text, examples=0)
    return {"milliseconds": timed(lambda: review(text, examples=0), 20) * 1000, "wanted_below": 10}


def cold_start() -> dict[str, object]:
    """`okr review FILE` from the shell, and the heavy packages it loads (none wanted)."""
    example = str(Path(__file__).resolve().parent.parent / "examples" / "launch.en.md")
    command = [sys.executable, "-m", "reviewer.cli", "review", "--no-examples", "--fail-on", "never", example]
    whole = timed(lambda: subprocess.run(command, check=True, capture_output=True), 5)
    bare = timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 5)
    code = (
        "import sys\nfrom reviewer.cli import main\n"
        f"sys.argv=['okr','review','--no-examples','--fail-on','never',{example!r}]\n"
        "try:\n main()\nexcept SystemExit:\n pass\n"
        "print(*sorted({'torch','litellm','gradio','pandas','numpy','sentence_transformers'} & set(sys.modules)), file=sys.stderr)"
    )
    heavy = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr.split()
    return {"seconds": whole, "bare_python_seconds": bare, "wanted_below": 1.0, "heavy_packages_loaded": heavy}


COMPANY = ("Win market share from the two leaders", "Net revenue retention from 104% to 112%", "NRR de 104 % à 112 %")


def with_examples() -> dict[str, object]:
    """1,000 different OKRs reviewed with examples and alignment, as a ratio to encoding their texts alone; same run."""
    from reviewer.encoder import load_encoder

    encoder = load_encoder()
    okrs = drafts(1000)
    context = Context(company_objectives=COMPANY)
    texts = [text for okr in okrs for text in (okr.objective, *okr.key_results)]
    review(drafts(3), context=context)
    encoding = timed(lambda: encoder.encode(texts))
    whole = timed(lambda: review(okrs, context=context))
    plain = timed(lambda: review(okrs, context=context, examples=0))
    return {
        "encoding_seconds": encoding,
        "review_with_examples_seconds": whole,
        "review_without_examples_seconds": plain,
        "ratio_to_encoding": whole / encoding,
        "wanted_ratio_below": 1.5,
    }


def cold_start_with_examples() -> dict[str, float]:
    """`okr review FILE` with examples, as a ratio to importing sentence_transformers and encoding once."""
    example = str(Path(__file__).resolve().parent.parent / "examples" / "launch.en.md")
    command = [sys.executable, "-m", "reviewer.cli", "review", "--fail-on", "never", example]
    least = [
        sys.executable,
        "-c",
        "import sentence_transformers; from reviewer.encoder import load_encoder; load_encoder().encode(['one sentence'])",
    ]
    subprocess.run(command, check=True, capture_output=True)  # fills the cache of corpus vectors, as any earlier review does
    whole, base = timed(lambda: subprocess.run(command, check=True, capture_output=True)), timed(lambda: subprocess.run(least, check=True))
    return {"seconds": whole, "import_and_encode_seconds": base, "ratio": whole / base, "wanted_ratio_below": 1.3}


HOSTILE: dict[str, str] = {
    "plain prose": "The team met on Monday and talked about pricing. ",
    "labels": "KR1: a ",
    "objectives in one line": "Objective: x KR1: y ",
    "headings": "# a\n",
    "bullets": "- a\n  - b\n",
    "pipes": "| a ",
    "stars": "*",
    "parentheses": "(",
    "brackets": "[a](",
    "digits": "1 ",
    "grouped digits": "1 000 ",
    "from to": "from 1 to ",
    "spaces": " ",
    "percent": "5 % ",
    "quotes": "“ ",
    "brackets open": "[",
    "dates": "by end of Q3 ",
}


def linearity() -> dict[str, dict[str, float]]:
    """Reader and quantity parser at 10,000 and 100,000 characters: ratio (10 is linear), hostile repetitions included."""

    def reading(text: str) -> None:
        with contextlib.suppress(ReviewerError):
            read("Objective: be loved\nKR1: NPS from 1 to 2\n" + text)

    figures = {}
    for name, unit in HOSTILE.items():
        short, long = (unit * (10_000 // len(unit) + 1))[:10_000], (unit * (100_000 // len(unit) + 1))[:100_000]
        figures[name] = {
            "reader": timed(lambda long=long: reading(long)) / max(timed(lambda short=short: reading(short)), 1e-4),  # type: ignore[misc]
            "quantities": timed(lambda long=long: find_numbers(fold(long).text, "en"))  # type: ignore[misc]
            / max(timed(lambda short=short: find_numbers(fold(short).text, "en")), 1e-4),  # type: ignore[misc]
            "whole_review_of_one_statement": timed(lambda long=long: review(Okr(objective="Be loved", key_results=(long,)), examples=0), 1)  # type: ignore[misc]
            / max(timed(lambda short=short: review(Okr(objective="Be loved", key_results=(short,)), examples=0), 1), 1e-4),  # type: ignore[misc]
        }
    return figures


MEASUREMENTS: dict[str, Callable[[], object]] = {
    "throughput": throughput,
    "flatness": flatness,
    "second_review": second_review,
    "cold_start": cold_start,
    "linearity": linearity,
    "with_examples": with_examples,
    "cold_start_with_examples": cold_start_with_examples,
}


def main() -> None:
    """Run the measurements asked for and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], help="which measurements (all by default)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory():
        results = {name: MEASUREMENTS[name]() for name in arguments.names or MEASUREMENTS}
    results["machine"] = f"{platform.machine()}, Python {platform.python_version()}"
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    for name, figures in results.items():
        print(f"{name}: {figures}" if not isinstance(figures, dict) else f"{name}:")
        if isinstance(figures, dict):
            for key, value in figures.items():
                shown = (
                    {k: round(v, 2) for k, v in value.items()}
                    if isinstance(value, dict)
                    else round(value, 3)
                    if isinstance(value, float)
                    else value
                )
                print(f"  {key}: {shown}")


if __name__ == "__main__":
    main()
