"""Measure the review of a quarter: time against encoding alone, memory of all processes, and the slope with size.

    python benchmarks/quarter.py                 1,000 and 10,000 OKRs
    python benchmarks/quarter.py --large         100,000 as well
    python benchmarks/quarter.py --sizes 500     others
    python benchmarks/quarter.py --json          for machines

The OKRs are recombined from the project's own examples and labelled sentences, with other figures, segments and products,
so that no text stands twice. Machines are noisy: quote ratios, and memory; times only with their machine.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPANY = (
    "Grow net revenue retention from 104% to 112%",
    "Gagner des parts de marché sur le Mid-Market face aux deux leaders",
    "Become the reference for public-sector buyers",
)
SEGMENTS = {
    "en": "mid-market enterprise SMB public-sector retail healthcare fintech logistics education energy insurance manufacturing hospitality legal".split(),
    "fr": "Mid-Market|Grands Comptes|TPE|secteur public|distribution|santé|fintech|logistique|éducation|énergie|assurance|industrie|hôtellerie|juridique".split(
        "|"
    ),
}
REGIONS = {
    "en": "DACH|Benelux|the Nordics|Iberia|the UK|Ireland|Italy|Poland|Canada|Brazil|Austria|Greece".split("|"),
    "fr": "Belgique|Suisse|Italie|Espagne|Portugal|Québec|Maroc|Île-de-France|Bretagne|Occitanie|Allemagne|Pologne".split("|"),
}
ON = {"en": " for {segment} accounts of {product} in {region}", "fr": " pour les comptes {segment} de {product} en {region}"}
STARTS, ENDS = (
    "Alo Bren Cas Dor Elu Fan Gri Hol Iva Jun Kel Lum Mar Nov Ori Pel Qua Riv Sol Tan Ulm Vel Wex Yor Zel".split(),
    "ta rix dia vo lent mara que sis flow nor".split(),
)
TEAMS = [
    f"{name} {number}"
    for name in ("PMM Launch", "PMM Growth", "Marketing produit", "Enablement", "Customer marketing")
    for number in range(1, 21)
]


def sentences() -> dict[str, tuple[list[str], list[str]]]:
    """Give objectives and key results by language: those of the examples, of the pairs, and the labelled ones."""
    found: dict[str, tuple[list[str], list[str]]] = {"en": ([], []), "fr": ([], [])}
    for language in found:
        for okr in tomllib.loads((ROOT / "corpus" / f"examples.{language}.toml").read_text("utf-8"))["okr"]:
            found[language][0].append(okr["objective"])
            found[language][1].extend(okr["key_results"])
    for path in sorted((ROOT / "corpus" / "labelled").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            each = json.loads(line)
            if each["kind"] in ("objective", "key_result"):
                found[each["language"]][each["kind"] == "key_result"].append(each["text"])
    return {language: tuple(list(dict.fromkeys(texts)) for texts in both) for language, both in found.items()}  # type: ignore[misc]


def okrs(count: int) -> Iterator[tuple[str, str, list[str]]]:
    """Make `count` OKRs of four key results (team, objective, key results), no text twice, not even without its figures."""
    known, chance, seen = sentences(), random.Random(11), set()
    products = [start + end for start, end in itertools.product(STARTS, ENDS)]

    def vary(text: str, language: str) -> str:
        while True:
            changed = re.sub(r"(?<![\w.,/])\d{2}(?![\w.,/])", lambda _: str(chance.randint(11, 94)), text.rstrip(" ."))
            where = ON[language].format(
                segment=chance.choice(SEGMENTS[language]), product=chance.choice(products), region=chance.choice(REGIONS[language])
            )
            new = changed + where
            plain = hash(text + where)
            if plain not in seen:
                seen.add(plain)
                return new

    for number in range(count):
        language = "fr" if number % 2 else "en"
        objectives, key_results = known[language]
        yield (
            TEAMS[number // 4 % len(TEAMS)],
            vary(chance.choice(objectives), language),
            [vary(text, language) for text in chance.sample(key_results, 4)],
        )


def write_file(path: Path, count: int) -> None:
    """Write the OKRs as a spreadsheet's export: one key result a row, the objective on the first."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["Team", "Objective", "Key result"])
        for team, objective, key_results in okrs(count):
            for number, text in enumerate(key_results):
                rows.writerow([team, "" if number else objective, text])


LAYOUTS = ("threads", "processes")

ENCODE = """
import sys, csv, time
from reviewer.encoder import load_encoder, use_cores
cores, part, parts, path = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
use_cores(cores)
texts = []
with open(path, encoding="utf-8-sig", newline="") as file:
    for row in list(csv.reader(file, delimiter=";"))[1:]:
        texts += [cell for cell in row[1:] if cell]
texts = texts[part::parts]
encoder = load_encoder()
encoder.encode(texts[:8])
print("ready", flush=True)
sys.stdin.readline()
used = time.process_time()
for begin in range(0, len(texts), 2560):
    encoder.encode(texts[begin : begin + 2560])
print(time.process_time() - used, flush=True)
"""


def encoding_seconds(path: Path, cores: int, layouts: Sequence[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Encode all texts and nothing else, the model loaded: with the encoder's own threads, as any caller has it, or shared out
    among one process per core, the least that this machine can do it in.

    Gives seconds on the clock, and seconds of the processor, which say more where other programs run beside.
    """
    found, used = {}, {}
    for name in layouts:
        layout = [(cores, 0, 1)] if name == "threads" else [(1, part, cores) for part in range(cores)]
        started = [
            subprocess.Popen(
                [sys.executable, "-c", ENCODE, *map(str, each), str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for each in layout
        ]
        for process in started:
            assert process.stdout is not None
            process.stdout.readline()
        start = time.perf_counter()
        for process in started:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        processor = 0.0
        for process in started:
            assert process.stdout is not None
            processor += float(process.stdout.readline())
        found[name], used[name] = time.perf_counter() - start, processor
        for process in started:
            process.communicate()
    return found, used


class Memory:
    """Watch the memory of this process and all below it: proportional set size, which shares out what processes share."""

    def __init__(self, root: int) -> None:
        self.peak = 0.0
        self.samples: list[float] = []
        self._root = root
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(0.5):
            now = sum(map(_pss, _family(self._root)))
            self.samples.append(now)
            self.peak = max(self.peak, now)


def _family(root: int) -> list[int]:
    """Give a process and all that come from it."""
    found, new = [], [root]
    while new:
        found += new
        below = []
        for pid in new:
            for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    below += [int(each) for each in tasks.read_text().split()]
                except OSError:
                    continue
        new = below
    return found


def _pss(pid: int) -> float:
    """Give megabytes; 0 for a process that is gone."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


REVIEW = """
import json, os, sys, tempfile, time
from pathlib import Path
from reviewer import Context
from reviewer.quarterly import Run
company, path, workers = json.loads(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) or None
with tempfile.TemporaryDirectory() as folder:
    phases = {}
    def note(progress):
        phases[progress.phase] = progress.seconds
    start = time.perf_counter()
    run = Run(Path(folder), Context(company_objectives=company), workers=workers)
    run.go(path, note)
    seconds = time.perf_counter() - start
    used = sum(os.times()[:4])
    size = sum(each.stat().st_size for each in Path(folder).iterdir())
    summary = run.summary()
    count = run.kept()
    run.close()
print(json.dumps({"seconds": seconds, "processor": used, "phases": phases, "megabytes_on_disk": size / 1e6, "entries": count, "findings_across": len(summary.findings)}))
"""


def measure(count: int, workers: int, layouts: Sequence[str]) -> dict[str, object]:
    """Review `count` OKRs from a CSV with examples and alignment, and encode the same texts alone, in one run."""
    from reviewer.encoder import core_count

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quarter.csv"
        write_file(path, count)
        before, used_before = encoding_seconds(path, core_count(), layouts)
        process = subprocess.Popen(
            [sys.executable, "-c", REVIEW, json.dumps(COMPANY), str(path), str(workers)], stdout=subprocess.PIPE, text=True
        )
        with Memory(process.pid) as memory:
            printed, _ = process.communicate()
        after, used_after = encoding_seconds(path, core_count(), layouts)
    alone = {name: (before[name] + after[name]) / 2 for name in layouts}
    least_used = min(((used_before[name] + used_after[name]) / 2 for name in layouts), default=None)
    result = json.loads(printed)
    third = len(memory.samples) // 3
    return {
        "okrs": count,
        "seconds": result["seconds"],
        "encoding_seconds": alone,
        "ratio_to_encoding": {name: result["seconds"] / seconds for name, seconds in alone.items()},
        "wanted_ratio_below": 1.5,
        "processor_seconds": result["processor"],
        "encoding_processor_seconds": least_used,
        "processor_ratio_to_encoding": result["processor"] / least_used if least_used else None,
        "phases": result["phases"],
        "peak_megabytes": memory.peak,
        "peak_megabytes_second_third": max(memory.samples[third : 2 * third], default=0.0),
        "peak_megabytes_last_third": max(memory.samples[2 * third :], default=0.0),
        "wanted_megabytes_below": 1536,
        "milliseconds_per_okr": result["seconds"] / count * 1000,
        "megabytes_on_disk": result["megabytes_on_disk"],
        "entries": result["entries"],
        "findings_across": result["findings_across"],
    }


def main() -> None:
    """Measure the sizes asked for and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000], help="numbers of OKRs")
    parser.add_argument(
        "--large", action="store_true", help="100,000 OKRs as well (a quarter of an hour, and half an hour more to encode them alone)"
    )
    parser.add_argument("--workers", type=int, default=0, help="processes (0: as many as there are cores)")
    parser.add_argument(
        "--layouts",
        nargs="*",
        choices=LAYOUTS,
        default=LAYOUTS,
        help="how the texts are encoded alone: by one call of the encoder, which uses threads, or shared out among processes; none: not at all",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    sizes = [*arguments.sizes, *([100_000] if arguments.large else [])]
    results = []
    for count in sizes:
        results.append(measure(count, arguments.workers, arguments.layouts))
        if not arguments.json:
            print(f"{count} OKRs:")
            for name, value in results[-1].items():
                shown = (
                    {k: round(v, 2) for k, v in value.items()}
                    if isinstance(value, dict)
                    else round(value, 3)
                    if isinstance(value, float)
                    else value
                )
                print(f"  {name}: {shown}", flush=True)
    first, last = results[0], results[-1]
    slope = {
        "milliseconds_per_okr_ratio": float(str(last["milliseconds_per_okr"])) / float(str(first["milliseconds_per_okr"])),
        "megabytes_per_1000_okrs": (float(str(last["peak_megabytes"])) - float(str(first["peak_megabytes"])))
        / max(1, int(str(last["okrs"])) - int(str(first["okrs"])))
        * 1000,
    }
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    if arguments.json:
        print(json.dumps({"sizes": results, "slope": slope, "machine": machine}, indent=2))
    else:
        print(f"slope: {slope}\nmachine: {machine}")


if __name__ == "__main__":
    main()
