"""A run is kept on disk, and goes on where it was stopped."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest
from quarter_files import COMPANY, okrs, write_quarter

from reviewer import Context, Okr, ReviewerError
from reviewer.quarter import ReviewedEntry
from reviewer.quarterly import Progress, Run, RunError, review_quarter
from reviewer.quarterly.store import DATABASE, only_run

CONTEXT = Context(company_objectives=COMPANY)
HERE = Path(__file__).parent

PROGRAM = """
import sys
from pathlib import Path
from reviewer import Context
from reviewer.quarterly import Run
folder, file, workers, examples = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
def tell(progress):
    print(progress.phase, progress.done, flush=True)
run = Run(folder, Context(company_objectives=("Grow net revenue retention from 104% to 112%",)), workers=workers, examples=examples)
run.go(file, tell)
print("ended", flush=True)
"""


def texts(entries: list[ReviewedEntry]) -> list[str]:
    return [each.entry.okr.objective for each in entries if each.entry.okr]


def reviewed(folder: Path) -> dict[bytes, int]:
    """Give the reviews on disk by fingerprint, with the number of their row: one written again has another."""
    with sqlite3.connect(folder / DATABASE) as database:
        return dict(database.execute("SELECT fingerprint, id FROM run_review"))


def started(folder: Path, file: Path, workers: int = 2, examples: int = 0, before: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(before) + PROGRAM, str(folder), str(file), str(workers), str(examples)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(process: subprocess.Popen[str], done: int) -> None:
    """Read what a run tells until it has done so many."""
    assert process.stdout is not None
    for line in process.stdout:
        phase, _, number = line.strip().partition(" ")
        if phase == "reviewing" and int(number) >= done:
            return
    pytest.fail(f"the run ended first: {process.stderr.read() if process.stderr else ''}")


@pytest.mark.parametrize("workers", [1, 2])
def test_entries_come_in_the_order_of_the_files_and_rows_in_are_rows_out(tmp_path: Path, workers: int) -> None:
    told: list[Progress] = []
    run = Run(tmp_path / "run", CONTEXT, examples=0, workers=workers)
    run.go([write_quarter(tmp_path / "a.csv", 150), write_quarter(tmp_path / "b.csv", 60, first=150)], told.append)
    entries = list(run.entries())
    assert texts(entries) == [objective for _, objective, _ in okrs(210)]
    assert sum(each.entry.rows for each in entries) == 4 * 210
    assert all(each.review is not None and each.verdict == each.review.okrs[0].verdict for each in entries)
    assert [each.done for each in told if each.phase == "reviewing"] == sorted(each.done for each in told if each.phase == "reviewing")
    assert told[-1].phase == "comparing" and told[-1].done == told[-1].total == 210 and told[-1].seconds_left == 0
    summary = run.summary()
    assert summary.entries == () and len(summary.taken_for) == 2 and {each.rule for each in summary.checks} >= {"quarter-duplicate"}
    assert {each.team: each.okrs for each in summary.teams} and sum(each.okrs for each in summary.teams) == 210


def test_workers_give_what_one_process_gives(tmp_path: Path) -> None:
    file = write_quarter(tmp_path / "q.csv", 40)
    reviews = [review_quarter(file, context=CONTEXT, workers=workers) for workers in (1, 2)]
    one, two = (each.model_dump(mode="json") for each in reviews)
    assert [each["review"]["findings"] for each in one["entries"]] == [each["review"]["findings"] for each in two["entries"]]
    assert one["findings"] == two["findings"] and one["verdict"] == two["verdict"] and one["language"] == two["language"] == "en"
    assert [[match["id"] for match in each["review"]["examples"]] for each in one["entries"]] == [
        [match["id"] for match in each["review"]["examples"]] for each in two["entries"]
    ]


@pytest.mark.parametrize(("workers", "how"), [(2, signal.SIGKILL), (2, signal.SIGINT), (1, signal.SIGKILL), (1, signal.SIGINT)])
def test_a_killed_run_keeps_what_it_reviewed_and_reviews_nothing_twice(tmp_path: Path, workers: int, how: signal.Signals) -> None:
    file, folder = write_quarter(tmp_path / "q.csv", 600), tmp_path / "run"
    process = started(folder, file, workers)
    wait_for(process, 32)
    if how == signal.SIGINT:
        os.killpg(process.pid, how)
    else:
        process.kill()
    process.communicate(timeout=120)
    assert process.returncode != 0
    deadline = time.monotonic() + 30
    kept = reviewed(folder)
    while time.monotonic() < deadline:  # a worker left behind ends with the chunk it is at
        time.sleep(0.5)
        before, kept = kept, reviewed(folder)
        if kept == before:
            break
    assert 32 <= len(kept) < 600
    context = Context(company_objectives=("Grow net revenue retention from 104% to 112%",))
    run = Run(folder, context, examples=0, workers=workers)
    told: list[Progress] = []
    run.go(file, told.append)
    after = reviewed(folder)
    assert len(after) == 600 and {key: after[key] for key in kept} == kept
    entries = list(run.entries())
    assert texts(entries) == [objective for _, objective, _ in okrs(600)]
    whole = review_quarter(file, context=context, examples=0, workers=2)
    assert run.summary().model_dump(mode="json") == whole.model_copy(update={"entries": ()}).model_dump(mode="json")


def test_an_entry_that_ends_its_worker_is_explained_and_the_others_go_on(tmp_path: Path) -> None:
    file = write_quarter(tmp_path / "q.csv", 200)
    content = file.read_text(encoding="utf-8-sig")
    objective = okrs(200)[77][1]
    file.write_text(content.replace(objective, f"{objective} POISON"), encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        textwrap.dedent("""
        import os, sys
        if "reviewer.quarterly.worker" in " ".join(sys.orig_argv):
            import reviewer.quarterly.batch as batch
            whole = batch.understand
            def fatal(okr, context):
                if "POISON" in okr.objective:
                    os.kill(os.getpid(), 11)
                return whole(okr, context)
            batch.understand = fatal
        """)
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "run"), str(file), "2", "0"]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
    context = Context(company_objectives=("Grow net revenue retention from 104% to 112%",))
    run = Run(tmp_path / "run", context, examples=0, workers=1)
    entries = list(run.entries())
    lost = [at for at, each in enumerate(entries) if each.review is None]
    assert lost == [77] and entries[77].reason is not None and "signal 11" in entries[77].reason
    assert len(entries) == 200 and sum(each.entry.rows for each in entries) == 800
    run.go(file)
    assert all(each.review is not None for each in run.entries()), "what a crash left out is tried again by a resumed run"


def test_a_full_disk_loses_nothing_and_the_run_goes_on_with_more_room(tmp_path: Path) -> None:
    file, folder = write_quarter(tmp_path / "q.csv", 1200), tmp_path / "run"
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))\n"
    process = started(folder, file, 1, 0, before=limit)
    printed, errors = process.communicate(timeout=300)
    assert process.returncode == 1 and "ended" not in printed
    assert "RunError" in errors.strip().splitlines()[-1] and "reviewed and kept" in errors and "make room" in errors
    kept = reviewed(folder)
    assert 0 < len(kept) < 1200
    process = started(folder, file, 1, 0)
    printed, errors = process.communicate(timeout=300)
    assert process.returncode == 0 and "ended" in printed, errors
    after = reviewed(folder)
    assert len(after) == 1200 and {key: after[key] for key in kept} == kept


def test_a_full_disk_is_told_by_workers_too(tmp_path: Path) -> None:
    file = write_quarter(tmp_path / "q.csv", 1200)
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))\n"
    process = started(tmp_path / "run", file, 2, 0, before=limit)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1 and "RunError" in errors.strip().splitlines()[-1] and "make room" in errors


def test_what_moved_in_the_files_is_not_reviewed_again_and_what_left_is_gone(tmp_path: Path) -> None:
    a, b = write_quarter(tmp_path / "a.csv", 5), write_quarter(tmp_path / "b.csv", 4, first=5)
    run = Run(tmp_path / "run", CONTEXT, examples=1)
    run.go([a, b])
    before = reviewed(tmp_path / "run")
    run.go([b, a])
    assert reviewed(tmp_path / "run") == before
    assert texts(list(run.entries())) == [objective for _, objective, _ in okrs(9)[5:] + okrs(9)[:5]]
    moved = run.summary()
    assert moved.findings == review_quarter([b, a], context=CONTEXT, examples=1).findings
    run.go([b])
    assert texts(list(run.entries())) == [objective for _, objective, _ in okrs(9)[5:]] and len(reviewed(tmp_path / "run")) == 4
    assert sum(each.okrs for each in run.summary().teams) == 4


def test_other_settings_begin_anew(tmp_path: Path) -> None:
    file = write_quarter(tmp_path / "q.csv", 6)
    Run(tmp_path / "run", CONTEXT, examples=0).go(file)
    run = Run(tmp_path / "run", Context(language="fr"), examples=0)
    run.go(file)
    assert all(each.review and each.review.language == "fr" for each in run.entries()) and len(reviewed(tmp_path / "run")) == 6
    assert run.summary().language == "fr" and run.summary().coverage == ()


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with only_run(tmp_path / "run"), pytest.raises(RunError, match="another run is at work"):
        Run(tmp_path / "run", examples=0).go(write_quarter(tmp_path / "q.csv", 2))


def test_a_broken_file_is_explained_and_has_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    write_quarter(tmp_path / "q" / "good.csv", 3)
    (tmp_path / "q" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut short")
    found = review_quarter(tmp_path / "q", examples=0)
    broken = [each for each in found.entries if each.review is None]
    assert len(broken) == 1 and broken[0].reason and broken[0].verdict is None and len(found.entries) == 4


def test_a_text_an_okr_and_a_sequence_are_sources_too(tmp_path: Path) -> None:
    file = write_quarter(tmp_path / "q.csv", 1)
    text = "Objective: Make onboarding a reason to stay\nKR1: Activation within 7 days from 35% to 50% by 30 June\nKR2: Publish 3 guides\n"
    okr = Okr(objective="Be the first name in payroll", key_results=("Unaided recall from 12% to 20% by June",), team="Brand")
    found = review_quarter([okr, text, file, str(file)], examples=0)
    assert [each.entry.place.file for each in found.entries] == ["okrs", "-", str(file), str(file)]
    assert found.entries[0].team == "Brand" and all(each.review for each in found.entries)
    assert any(each.rule == "quarter-duplicate" for each in found.findings), "the file given twice holds everything twice"
    assert review_quarter(okr, examples=0).entries[0].review == found.entries[0].review


@pytest.mark.parametrize("source", [3, [3], b"Objective: x"])
def test_what_is_no_source_is_refused(source: Any) -> None:
    with pytest.raises(TypeError, match="files, folders, texts or Okrs"):
        review_quarter(source, examples=0)


def test_limits_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="workers"):
        Run(tmp_path, workers=0)
    with pytest.raises(ValueError, match="examples"):
        Run(tmp_path, examples=-1)
    with pytest.raises(ReviewerError, match="cannot hold a run"):
        (tmp_path / "file").write_text("")
        Run(tmp_path / "file" / "run")


def test_the_cycle_of_a_row_gives_its_key_results_their_deadline(tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text("Objective,Key result,Cycle\nBe easy to leave Orbelis for,Win rate from 20% to 30%,2026-Q3\n", encoding="utf-8")
    entry = review_quarter(file, examples=0).entries[0]
    assert entry.review is not None and entry.review.okrs[0].cycle == "2026-Q3"
    assert all(each.rule != "kr-no-deadline" for each in entry.review.findings)
    deadline = entry.review.okrs[0].key_results[0].deadline
    assert deadline is not None and deadline.origin == "cycle"
