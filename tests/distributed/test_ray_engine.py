"""The engine ray gives what the local engine gives: on a real cluster of two machines, one of them killed midway.

Skipped where Ray is not installed: pip install -c constraints.txt -e '.[dev,ray]'. Machines are processes on loopback.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from archive_files import COMPANY, write_csv, write_json_lines, write_parquet

from reviewer.okr import Context
from reviewer.quarter import QuarterReview
from reviewer.quarterly import Run

pytest.importorskip("ray", reason="Ray is not installed; pip install -c constraints.txt -e '.[dev,ray]'")

CONTEXT = Context(company_objectives=COMPANY)
_LONGEST = 400


def rounded(value: Any) -> Any:
    """Round what is counted in fractions: products of matrices of other sizes differ in their last digits."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, (list, tuple)) else value


def kept(folder: Path, examples: int) -> tuple[list[Any], QuarterReview]:
    """Give what a run left in its folder."""
    run = Run(folder, CONTEXT, examples=examples, workers=1)
    try:
        return [rounded(each.model_dump(mode="json")) for each in run.entries()], run.summary()
    finally:
        run.close()


def on_a_cluster(folder: Path, examples: int, *sources: Path) -> dict[str, Any]:
    program = Path(__file__).with_name("cluster_trial.py")
    ran = subprocess.run(
        [sys.executable, str(program), str(folder), str(examples), CONTEXT.model_dump_json(), *map(str, sources)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_LONGEST,
        check=False,
    )
    assert ran.returncode == 0, f"{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}"
    said = next(line for line in reversed(ran.stdout.splitlines()) if line.startswith('{"killed"'))
    return dict(json.loads(said))


def test_a_cluster_that_loses_a_machine_midway_gives_what_one_machine_gives(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    write_csv(archive / "2026-q3.csv", 200)
    write_json_lines(archive / "2026-q4.jsonl", 200, first=200)
    happened = on_a_cluster(tmp_path / "ray", 1, archive)
    assert happened["killed"]["gone"] and happened["killed"]["after"] < 400
    assert sum(happened["machines"].values()) == 400
    local = Run(tmp_path / "local", CONTEXT, examples=1, workers=1)
    local.go([archive])
    local.close()
    entries, summary = kept(tmp_path / "ray", 1)
    expected, whole = kept(tmp_path / "local", 1)
    assert len(entries) == happened["count"] == 400
    assert entries == expected
    assert rounded(summary.model_dump(mode="json")) == rounded(whole.model_dump(mode="json"))
    assert summary.findings


def test_parquet_holds_what_json_lines_hold(tmp_path: Path) -> None:
    from reviewer.quarterly.ray_files import entries_of_file, find_files

    write_parquet(tmp_path / "q4.parquet", 12)
    write_json_lines(tmp_path / "q4.jsonl", 12)
    found = [[*entries_of_file(file, None)] for name in ("q4.parquet", "q4.jsonl") for file in find_files([str(tmp_path / name)])]
    parquet, lines = [[each.model_dump_json() for each in some] for some in found]
    assert len(lines) == 13
    assert [each.replace("q4.parquet", "q4.jsonl") for each in parquet] == lines


def test_a_file_that_is_no_parquet_is_explained(tmp_path: Path) -> None:
    from reviewer.quarterly.ray_files import entries_of_file, find_files

    (tmp_path / "q4.parquet").write_text("Objective: none of this is Parquet", encoding="utf-8")
    (file,) = find_files([str(tmp_path / "q4.parquet")])
    (entry,) = entries_of_file(file, None)
    assert entry.reason is not None and "Parquet" in entry.reason


def test_files_are_found_wherever_fsspec_reaches(tmp_path: Path) -> None:
    import fsspec

    from reviewer.quarterly.ray_files import entries_of_file, find_files

    write_csv(tmp_path / "q4.csv", 3)
    memory = fsspec.filesystem("memory")
    for name in ("2026/q4.csv", "2025/q4.csv", "2025/notes.zip"):
        memory.pipe(f"/archive/{name}", (tmp_path / "q4.csv").read_bytes())
    assert [(each["name"], bool(each["said"])) for each in find_files(["memory://archive"])] == [
        ("2025/notes.zip", True),
        ("2025/q4.csv", False),
        ("2026/q4.csv", False),
    ]
    files = find_files(["memory://archive/*/q4.csv"])
    assert [each["name"] for each in files] == ["memory:///archive/2025/q4.csv", "memory:///archive/2026/q4.csv"]
    there, here = ([*entries_of_file(each, None)] for each in (files[0], *find_files([str(tmp_path / "q4.csv")])))
    assert [each.model_dump_json().replace(files[0]["name"], str(tmp_path / "q4.csv")) for each in there] == [
        each.model_dump_json() for each in here
    ]


def test_what_cannot_be_opened_is_an_entry_with_its_reason(tmp_path: Path) -> None:
    from reviewer.quarterly.ray_files import find_files

    for source in ("memory://nowhere/q4.csv", "nosuchplace://bucket/q4.csv", str(tmp_path / "none.csv")):
        (file,) = find_files([source])
        assert json.loads(file["said"])["reason"], source


def test_standard_input_is_refused(tmp_path: Path) -> None:
    from reviewer.quarterly import RunError
    from reviewer.quarterly.ray_engine import RayRun

    run = RayRun(tmp_path / "run", CONTEXT)
    with pytest.raises(RunError, match="standard input cannot be read by a cluster"):
        run.go("-")
    run.close()


def test_an_address_that_went_through_a_path_is_put_right() -> None:
    from reviewer.quarterly.ray_engine import address_of

    assert address_of(Path("s3://archive/2026/*.parquet")) == "s3://archive/2026/*.parquet"
    assert address_of("gs://archive/q4.csv") == "gs://archive/q4.csv"
    assert address_of(Path("/archive/q4.csv")) == "/archive/q4.csv"
    assert address_of("C:/archive/q4.csv") == "C:/archive/q4.csv"
