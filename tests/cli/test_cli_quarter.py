"""`okr quarter`: files in, reports out, what is kept when it is stopped, and how it ends."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import pty
import re
import resource
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from scripted_model import Status

from reviewer.cli import main
from reviewer.cli.output import write_pieces
from reviewer.errors import ReviewerError
from reviewer.quarter import QuarterReview
from tests.cli.conftest import ROOT, Ran, Run
from tests.conftest import Scripted
from tests.quarterly.quarter_files import okrs, write_quarter

CSV = """\
Team,Objective,Key result,Baseline,Target,Due date
PMM,Reps trust our story against Keldor,Win rate against Keldor in Mid-Market,24%,32%,31 December
PMM,,Publish 3 battlecards,,,
Growth,Trials turn into habits,Trial accounts active in week 4,31%,45%,31 December
Growth,,Share of trials that invite a colleague,18%,30%,31 December
"""
CLEAN = CSV.replace("PMM,,Publish 3 battlecards,,,", "PMM,,Deals in which reps open a battlecard,35%,60%,31 December")
MANY = 1500


@pytest.fixture
def quarter(okr: Run) -> Run:
    """Give a function that runs `okr quarter` without examples, which take seconds to load."""

    def run(*arguments: str, **given: Any) -> Ran:
        return okr("quarter", *arguments, "--no-examples", **given)

    return run


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Write a quarter of two teams with one task in it, and give its name."""
    (tmp_path / "q4.csv").write_text(CSV, encoding="utf-8")
    return "q4.csv"


@pytest.fixture
def clean(tmp_path: Path) -> str:
    """Write a quarter without any error, and give its name."""
    (tmp_path / "clean.csv").write_text(CLEAN, encoding="utf-8")
    return "clean.csv"


def kept_runs(cache: Path) -> list[Path]:
    """Give the runs that the cache keeps."""
    return sorted((cache / "okr-reviewer" / "quarters").glob("*/quarter.sqlite"))


# Reports


def test_the_terminal_shows_the_counts_by_rule_and_team(quarter: Run, file: str, cache: Path) -> None:
    ran = quarter(file)
    assert (ran.code, ran.err) == (1, "")
    assert "2 OKRs reviewed, 4 key results" in ran.out and "kr-is-task" in ran.out and "Growth" in ran.out
    assert "\x1b" not in ran.out
    assert kept_runs(cache) == [], "a run that came to its end leaves nothing behind"


def test_json_is_the_public_review(quarter: Run, file: str) -> None:
    ran = quarter(file, "--format", "json")
    review = QuarterReview.model_validate_json(ran.raw)
    assert ran.code == 1 and review.verdict == "revise" and [each.team for each in review.entries] == ["PMM", "Growth"]
    assert review.taken_for[0].columns["Key result"] == "key_result"
    found = [finding.rule for entry in review.entries if entry.review for finding in entry.review.findings]
    assert found.count("kr-is-task") == 1


@pytest.mark.parametrize(
    ("format", "begins"), [("html", "<!doctype html>"), ("csv", '\ufeff"'), ("markdown", "# "), ("sarif", "{"), ("terminal", "")]
)
def test_every_format_goes_to_standard_output_and_to_a_file(quarter: Run, file: str, tmp_path: Path, format: str, begins: str) -> None:
    printed = quarter(file, "--format", format)
    written = quarter(file, "--format", format, "-o", "report.out", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert printed.code == written.code == 1 and written.out == ""
    text = (tmp_path / "report.out").read_text(encoding="utf-8")
    assert text.lower().startswith(begins) and printed.out.lower().startswith(begins)
    assert "kr-is-task" in text and "kr-is-task" in printed.out


def test_several_reports_are_written_at_once_each_as_its_name_says(quarter: Run, file: str, tmp_path: Path) -> None:
    names = ["q.html", "q.xlsx", "q.csv", "q.json", "q.md", "q.sarif", "q.txt"]
    ran = quarter(file, *(part for name in names for part in ("-o", name)))
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    assert "<html" in (tmp_path / "q.html").read_text("utf-8")
    assert json.loads((tmp_path / "q.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert len(list(csv.reader(io.StringIO((tmp_path / "q.csv").read_text("utf-8-sig"))))) > 1
    QuarterReview.model_validate_json((tmp_path / "q.json").read_bytes())
    assert load_workbook(tmp_path / "q.xlsx").sheetnames
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith("q.")) == sorted(names)


def test_the_authors_own_workbook_comes_back_with_verdicts(quarter: Run, tmp_path: Path) -> None:
    book = Workbook()
    for row in csv.reader(io.StringIO(CSV)):
        book.active.append(row)
    book.save(tmp_path / "ours.xlsx")
    before = (tmp_path / "ours.xlsx").read_bytes()
    ran = quarter("ours.xlsx", "-o", "back.xlsx")
    assert ran.code == 1 and "back.xlsx: " in ran.err
    sheet = load_workbook(tmp_path / "back.xlsx").worksheets[0]
    assert sheet["C3"].value == "Publish 3 battlecards" and "kr-is-task" not in str(sheet["C3"].value)
    assert sheet["C3"].comment is not None and "Revise" in str(sheet["G2"].value)
    assert (tmp_path / "ours.xlsx").read_bytes() == before


def test_what_cannot_be_written_keeps_what_was_there_and_the_reviews(quarter: Run, file: str, tmp_path: Path, cache: Path) -> None:
    ran = quarter(file, "-o", "nowhere/q.html")
    assert ran.code == 2 and "nowhere/q.html cannot be written" in ran.err
    assert len(kept_runs(cache)) == 1
    again = quarter(file, "--resume", "-o", "q.html")
    assert again.code == 1 and "reviewed already: 2" in again.err and kept_runs(cache) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("q4.csv", "--format", "xlsx"), "needs a file to go to"),
        (("q4.csv", "-o", "q4.csv"), "would overwrite it"),
        (("q4.csv", "-o", "a.html", "-o", "b.what"), "does not say which format"),
        (("q4.csv", "-o", "report"), "does not say which format"),
        (("q4.csv", "-o", "a.html", "-o", "a.html"), "names one file twice"),
        (("q4.csv", "-o", "."), "is a folder"),
        (("-", "-"), "more than once"),
        (("q4.csv", "--only-new"), "--since"),
        (("q4.csv", "--since", "missing.json"), "missing.json"),
        (("q4.csv", "--map", "Objective"), "is not HEADER=ROLE"),
        (("q4.csv", "--map", "Objective=objectif"), "did you mean 'objective'"),
        (("q4.csv", "--map", "Objectve=objective"), "did you mean 'Objective'"),
        (("q4.csv", "--workers", "0"), "--workers"),
        (("q4.csv", "--redact"), "is about a model"),
    ],
)
def test_arguments_that_make_no_sense_are_refused_with_a_remedy(quarter: Run, file: str, arguments: tuple[str, ...], said: str) -> None:
    ran = quarter(*arguments)
    assert ran.code == 2 and ran.out == "" and said in " ".join(ran.err.split())


# Sources and settings


def test_a_folder_and_standard_input_are_read_too(quarter: Run, tmp_path: Path) -> None:
    (tmp_path / "okrs").mkdir()
    (tmp_path / "okrs" / "a.csv").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "okrs" / "b.md").write_text(
        "Objective: Partners sell us first\n- KR1: Partner-sourced deals per month from 6 to 11 by 31 December\n"
        "- KR2: Share of partner deals won from 21% to 30% by 31 December\n",
        encoding="utf-8",
    )
    (tmp_path / "okrs" / "logo.bin").write_bytes(b"\x00\x01")
    folder = json.loads(quarter("okrs", "--format", "json").out)
    assert [each["verdict"] for each in folder["entries"]].count(None) == 1 and len(folder["entries"]) == 4
    assert quarter("okrs", "--fail-on", "error").code == 0, "what is not of a kind that is read is no error"
    given = json.loads(quarter("-", "--format", "json", stdin=CLEAN.encode()).out)
    assert len(given["entries"]) == 2 and given["entries"][0]["entry"]["place"]["file"] == "-"


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(quarter: Run, clean: str, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 cut short")
    ran = quarter(clean, "broken.xlsx", "missing.csv", "--format", "json")
    assert ran.code == 2
    assert "broken.xlsx: " in ran.err and "missing.csv: " in ran.err
    assert [each["verdict"] is None for each in json.loads(ran.out)["entries"]] == [False, False, True, True]


def test_a_row_that_holds_no_okr_is_explained_and_no_error(quarter: Run, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text(CLEAN + ",,,,,see the deck of Monday\n", encoding="utf-8")
    ran = quarter("q.csv", "--format", "json", "--fail-on", "error")
    entries = json.loads(ran.out)["entries"]
    assert ran.code == 0 and sum(each["entry"]["rows"] for each in entries) == 5
    explained = [each for each in entries if each["review"] is None]
    assert len(explained) == 1 and "Monday" in explained[0]["reason"]


def test_map_says_what_a_column_holds(quarter: Run, tmp_path: Path) -> None:
    text = CSV.replace("Team,Objective,Key result", "Squad name,Our north,What moves")
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    ran = quarter(
        "own.csv", "--map", "Our north=objective", "--map", "What moves=Key-Result", "--map", "Squad name=team", "--format", "json"
    )
    review = json.loads(ran.out)
    assert [each["team"] for each in review["entries"]] == ["PMM", "Growth"]
    assert review["taken_for"][0]["columns"]["Our north"] == "objective"


def test_company_objectives_come_from_the_command_and_from_the_settings(quarter: Run, file: str, tmp_path: Path) -> None:
    (tmp_path / "company.txt").write_text("Win rate from 24% to 32%\n", encoding="utf-8")
    given = json.loads(quarter(file, "--company", "company.txt", "--objective", "Enter the Nordics", "--format", "json").out)
    assert given["company_objectives"] == ["Win rate from 24% to 32%", "Enter the Nordics"]
    assert any(each["rule"] == "quarter-goal-uncovered" for each in given["findings"] + given["checks"])
    (tmp_path / "okr.toml").write_text('company_objectives = ["Enter the Nordics"]\n', encoding="utf-8")
    assert json.loads(quarter(file, "--format", "json").out)["company_objectives"] == ["Enter the Nordics"]
    (tmp_path / "okrs").mkdir()
    (tmp_path / "okrs" / "a.csv").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "okrs" / "okr.toml").write_text('company_objectives = ["Enter Iberia"]\n', encoding="utf-8")
    apart = quarter(file, "okrs")
    assert apart.code == 2 and "different settings" in apart.err
    assert json.loads(quarter("okrs", "--format", "json").out)["company_objectives"] == ["Enter Iberia"]
    assert json.loads(quarter(file, "okrs", "--no-config", "--format", "json").out)["company_objectives"] == []


def test_fail_on_decides_which_findings_end_with_1(quarter: Run, file: str, clean: str) -> None:
    assert [quarter(file, "--fail-on", each).code for each in ("error", "warning", "advice", "never")] == [1, 1, 1, 0]
    assert quarter(clean).code == 0
    assert quarter(clean, "clean.csv", "--fail-on", "warning").code == 1, "a finding across OKRs counts: all of it stands twice"


# Against last time


def test_last_shows_what_was_carried_over(quarter: Run, file: str, tmp_path: Path) -> None:
    (tmp_path / "q3.csv").write_text(CSV, encoding="utf-8")
    ran = quarter(file, "--last", "q3.csv", "--format", "json")
    assert any(each["rule"] == "quarter-carried-over" for each in json.loads(ran.out)["findings"])


def test_since_tells_new_known_and_fixed_findings_and_only_new_counts_the_new(quarter: Run, file: str, tmp_path: Path) -> None:
    assert quarter(file, "-o", "before.json").code == 1
    same = quarter(file, "--since", "before.json", "--only-new", "--format", "json")
    assert same.code == 0
    review = json.loads(same.out)
    assert {each["status"] for each in review["changes"]} == {"known"} and not review["findings"]
    assert all(not each["review"]["findings"] for each in review["entries"]) and "before.json" in review["notes"][-1]
    worse = CSV.replace("Publish 3 battlecards", "Publish 3 new battlecards") + "Growth,,Launch 2 webinars,,,\n"
    (tmp_path / "q4.csv").write_text(worse, encoding="utf-8")
    ran = quarter(file, "--since", "before.json", "--only-new", "--format", "json")
    assert ran.code == 1
    found = [finding["quote"] for each in json.loads(ran.out)["entries"] for finding in each["review"]["findings"]]
    assert "Launch 2 webinars" in found and not any("battlecards" in quote for quote in found)
    (tmp_path / "q4.csv").write_text(CLEAN, encoding="utf-8")
    fixed = json.loads(quarter(file, "--since", "before.json", "--format", "json").out)["changes"]
    assert [each["rule"] for each in fixed if each["status"] == "fixed" and each["severity"] == "error"] == ["kr-is-task"]


def test_an_earlier_review_that_is_none_is_refused(quarter: Run, file: str, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"hello": 1}')
    ran = quarter(file, "--since", "other.json")
    assert ran.code == 2 and "other.json is no earlier review" in ran.err


# A run that is stopped


def environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    own = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm"}
    return {**kept, **own, "COLUMNS": "160"}


def started(folder: Path, *arguments: str, before: Callable[[], None] | None = None) -> tuple[subprocess.Popen[bytes], int]:
    """Start `okr quarter` with a terminal as its standard error; gives the process and that terminal."""
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "reviewer.cli", "quarter", "--no-examples", *arguments],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=end,
        start_new_session=True,
        preexec_fn=before,
    )
    os.close(end)
    return process, terminal


def read_until(terminal: int, done: int | None = None) -> str:
    """Read what a terminal shows until the bar has come to `done` OKRs, or to the end."""
    seen = b""
    while True:
        try:
            some = os.read(terminal, 65_536)
        except OSError:  # the process ended
            some = b""
        seen += some
        text = seen.decode("utf-8", "replace")
        counts = [int(each) for each in re.findall(rf"(\d+)/(?:{MANY}|\?)", text)]
        if not some or (done is not None and counts and max(counts) >= done):
            return text


def ended(process: subprocess.Popen[bytes], terminal: int) -> str:
    """Read the rest of what a process says; gives its standard error."""
    text = read_until(terminal)
    process.communicate(timeout=60)
    os.close(terminal)
    return text


def rows_of(folder: Path) -> dict[bytes, int]:
    """Give the reviews on disk by fingerprint, with the number of their row: one written again has another."""
    with sqlite3.connect(folder / "quarter.sqlite") as database:
        return dict(database.execute("SELECT fingerprint, id FROM run_review"))


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_goes_on_and_reviews_nothing_twice(tmp_path: Path, workers: str, how: signal.Signals) -> None:
    write_quarter(tmp_path / "q.csv", MANY)
    arguments = ("q.csv", "--workers", workers, "--run", "kept", "-o", "q.json")
    process, terminal = started(tmp_path, *arguments)
    shown = read_until(terminal, 64)
    assert "reviewing" in shown
    if how == signal.SIGINT:
        os.killpg(process.pid, how)
    else:
        process.kill()
    said = ended(process, terminal)
    assert not (tmp_path / "q.json").exists()
    if how == signal.SIGINT:
        assert process.returncode == 130 and "Traceback" not in said
        assert "interrupted" in said and "reviewed and kept in kept" in said
        again = re.search(r"to go on: (okr .*)", said.replace("\r", ""))
        assert again is not None and "--resume" in again[1]
        command = shlex.split(again[1])[2:]  # without "okr quarter"
    else:
        assert process.returncode == -signal.SIGKILL
        command = [*arguments, "--no-examples", "--resume"]
    kept: dict[bytes, int] = {}
    until = time.monotonic() + 20
    while time.monotonic() < until and (now := rows_of(tmp_path / "kept")) != kept:  # a worker left behind ends with its chunk
        kept = now
        time.sleep(1.0)
    assert 64 <= len(kept) < MANY
    process, terminal = started(tmp_path, *[each for each in command if each != "--no-examples"])
    ended(process, terminal)
    assert process.returncode == 1
    after = rows_of(tmp_path / "kept")
    assert len(after) == MANY and {key: after[key] for key in kept} == kept
    review = QuarterReview.model_validate_json((tmp_path / "q.json").read_bytes())
    assert [each.entry.okr.objective for each in review.entries if each.entry.okr] == [objective for _, objective, _ in okrs(MANY)]


def test_a_full_disk_is_told_and_the_run_goes_on_with_more_room(tmp_path: Path) -> None:
    write_quarter(tmp_path / "q.csv", MANY)
    room = 2_000_000

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    process, terminal = started(tmp_path, "q.csv", "--workers", "1", "-o", "q.html", before=little_room)
    said = " ".join(ended(process, terminal).split())
    assert process.returncode == 2 and "Traceback" not in said
    assert "cannot be written" in said and "make room" in said and "--resume" in said
    (kept,) = (tmp_path / "cache" / "okr-reviewer" / "quarters").iterdir()
    before = rows_of(kept)
    assert 0 < len(before) < MANY
    process, terminal = started(tmp_path, "q.csv", "--workers", "1", "-o", "q.html", "--resume")
    said = ended(process, terminal)
    assert process.returncode == 1 and f"reviewed already: {len(before):,}" in said
    assert (tmp_path / "q.html").stat().st_size > room and not kept.exists()


def test_a_report_that_finds_no_room_leaves_the_old_one(quarter: Run, file: str, tmp_path: Path) -> None:
    ran = quarter(file, "--format", "html", "-o", "/dev/full")
    assert ran.code == 2 and "/dev/full cannot be written: No space left on device" in ran.err
    (tmp_path / "q.html").write_text("the report of last week")

    def breaks_off() -> Iterator[str]:
        yield "<!doctype html>"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ReviewerError, match=r"q\.html cannot be written: No space left"):
        write_pieces(tmp_path / "q.html", breaks_off())
    assert (tmp_path / "q.html").read_text() == "the report of last week"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_kept_folder_reviews_only_what_changed(quarter: Run, file: str, tmp_path: Path) -> None:
    assert quarter(file, "--run", "kept").code == 1
    before = rows_of(tmp_path / "kept")
    (tmp_path / "q4.csv").write_text(CSV.replace("Publish 3 battlecards", "Publish 5 battlecards"), encoding="utf-8")
    assert quarter(file, "--run", "kept").code == 1
    after = rows_of(tmp_path / "kept")
    assert len(before) == len(after) == 2 and len({*before} & {*after}) == 1
    assert quarter(file, "--run", "kept", "--no-resume").code == 1
    assert {*rows_of(tmp_path / "kept")} == {*after}


def test_resume_says_when_there_is_nothing_to_go_on_with(quarter: Run, file: str) -> None:
    ran = quarter(file, "--resume", LC_ALL="fr_FR.UTF-8")
    assert ran.code == 1 and "rien à reprendre" in ran.err


def test_runs_left_behind_are_cleared_out_after_a_month(quarter: Run, file: str, cache: Path) -> None:
    old = cache / "okr-reviewer" / "quarters" / "0123456789abcdef"
    old.mkdir(parents=True)
    (old / "quarter.sqlite").write_bytes(b"")
    os.utime(old / "quarter.sqlite", (time.time() - 31 * 86_400,) * 2)
    quarter(file)
    assert not old.exists()


# With a model


def nothing_new(request: dict[str, Any]) -> dict[str, Any]:
    """Reply as a model that reads each key result as a result and has nothing to add."""
    key_results = json.loads(request["messages"][-1]["content"])["key_results"]
    opinions = [{"index": at, "nature": "outcome", "nature_quote": each["text"]} for at, each in enumerate(key_results)]
    return {"key_results": opinions, "sufficiency": None, "gaming": [], "alignment": None, "rewrites": [], "questions": []}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Ran]:
    """Give a function that runs `okr quarter` in this process: LiteLLM takes seconds to load."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["okr", "quarter", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err, err
        return Ran(int(stopped.value.code or 0), out, err, out.encode())

    return run


MODEL = ("--model", "openai/scripted", "--no-cache", "--no-examples")


def test_a_model_is_asked_about_every_okr_and_what_it_used_is_said(here: Callable[..., Ran], scripted_model: Scripted, clean: str) -> None:
    model = scripted_model(nothing_new)
    ran = here(clean, *MODEL, "--format", "json")
    assert len(model.requests) == 2
    said = ran.err.splitlines()
    assert said[0] == "okr: the drafts stay on this machine (model openai/scripted)"
    assert "2 calls, 300 tokens" in said[-1]
    assert json.loads(ran.out)["critique"]["status"] == "ok" and ran.code == 0


def test_a_model_that_fails_leaves_the_rules_and_ends_with_4_and_is_asked_again(
    here: Callable[..., Ran], scripted_model: Scripted, clean: str
) -> None:
    scripted_model(lambda request: Status(401))  # which is not tried again
    ran = here(clean, *MODEL, "--format", "json")
    review = json.loads(ran.out)
    assert ran.code == 4 and review["critique"]["status"] == "failed" and len(review["entries"]) == 2
    assert "no critique by the model" in ran.err and "to ask the model about the rest: okr quarter --resume clean.csv" in ran.err
    model = scripted_model(nothing_new)
    again = here("--resume", clean, *MODEL)
    assert again.code == 0 and "reviewed already: 2" in again.err and len(model.requests) == 2
