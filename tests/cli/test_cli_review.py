"""`okr review`: formats, exit codes, several files, standard input, settings and bad arguments."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from reviewer.cli.contexts import Overrides
from reviewer.okr import Context, Settings
from tests.cli.conftest import GOOD, ROOT, TASK, Run

CONTRACT = {"schema_version", "language", "verdict", "okrs", "findings", "checks", "examples", "questions", "critique"}


def rules_of(review: dict[str, Any]) -> set[str]:
    return {finding["rule"] for finding in review["findings"]}


def review_of(okr: Run, *arguments: str, stdin: bytes = TASK.encode()) -> dict[str, Any]:
    ran = okr("review", *(arguments or ("-",)), "--format", "json", stdin=stdin)
    assert ran.err == ""
    review: dict[str, Any] = json.loads(ran.out)
    return review


# Formats


def test_the_terminal_shows_the_draft_and_what_to_mend(okr: Run, task: str) -> None:
    ran = okr("review", task)
    assert (ran.code, ran.err) == (1, "")
    assert task in ran.out
    assert "nouvelles battlecards" in ran.out
    assert "\x1b" not in ran.out


def test_verbose_lists_more(okr: Run, task: str) -> None:
    brief, long = okr("review", task).out, okr("review", task, "--verbose").out
    assert len(long) > len(brief)
    assert "kr-no-number" in long


def test_json_is_the_contract(okr: Run, task: str) -> None:
    ran = okr("review", task, "--format", "json")
    review = json.loads(ran.out)
    assert ran.code == 1
    assert review.keys() >= CONTRACT
    assert review["language"] == "fr"
    assert "kr-is-task" in rules_of(review)
    assert all(review["text"][slice(*found["span"])] == found["quote"] for found in review["findings"])


def test_markdown_is_plain_text(okr: Run, task: str) -> None:
    ran = okr("review", task, "--format", "markdown")
    assert ran.code == 1
    assert ran.out.startswith("# ")
    assert "\x1b" not in ran.out


def test_html_is_one_document(okr: Run, task: str) -> None:
    ran = okr("review", task, "--format", "html")
    assert ran.code == 1
    assert ran.out.lower().startswith("<!doctype html>")
    HTMLParser().feed(ran.out)


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "json"])
def test_output_goes_to_a_file_in_utf8(okr: Run, task: str, tmp_path: Path, format: str) -> None:
    ran = okr("review", task, "--format", format, "-o", "review.out", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    written = (tmp_path / "review.out").read_text(encoding="utf-8")
    assert "nouvelles battlecards" in written
    assert "Sales abordent" in written
    assert "\x1b" not in written


# Exit codes


def test_nothing_to_mend_ends_with_0(okr: Run, good: str) -> None:
    assert okr("review", good).code == 0


@pytest.mark.parametrize(("severity", "fail_on"), [("error", "error"), ("warning", "warning"), ("advice", "advice")])
def test_fail_on_sets_what_ends_with_1(okr: Run, tmp_path: Path, severity: str, fail_on: str) -> None:
    (tmp_path / "okr.toml").write_text(f'[severities]\nkr-is-task = "{severity}"\n', encoding="utf-8")
    draft = TASK.encode()
    assert okr("review", "-", "--fail-on", fail_on, stdin=draft).code == 1
    assert okr("review", "-", "--fail-on", "never", stdin=draft).code == 0
    if severity != "error":
        assert okr("review", "-", stdin=draft).code == 0


BROKEN_RULE = """
import dataclasses, sys
import reviewer.engine as engine
from reviewer.cli import main

def fail(subject):
    raise RuntimeError("boom")

engine.RULES = (*engine.RULES[:-1], dataclasses.replace(engine.RULES[-1], check=fail, unless=()))
main()
"""


def test_what_could_not_be_judged_ends_with_4_even_with_findings(okr: Run, task: str) -> None:
    ran = okr("review", task, "--format", "json", program=("-c", BROKEN_RULE))
    assert ran.code == 4
    assert [check["reason"] for check in json.loads(ran.out)["checks"] if check["status"] == "failed"]
    assert okr("review", task, "--fail-on", "never", program=("-c", BROKEN_RULE)).code == 4


def test_an_unreadable_file_wins_over_what_could_not_be_judged(okr: Run, task: str) -> None:
    assert okr("review", task, "none.md", program=("-c", BROKEN_RULE)).code == 2


def test_a_bug_keeps_its_traceback_and_is_not_taken_for_findings(tmp_path: Path) -> None:
    code = "import reviewer, reviewer.cli\ndef bug(*a, **k): raise RuntimeError('a bug')\nreviewer.review = bug\nreviewer.cli.main()"
    ended = subprocess.run([sys.executable, "-c", code, "review", "-"], input=TASK.encode(), capture_output=True, cwd=ROOT, check=False)
    assert ended.returncode == 4
    assert b"RuntimeError: a bug" in ended.stderr


# Several files


def test_several_files_are_shown_one_after_the_other_with_their_names(okr: Run, good: str, task: str) -> None:
    for format in ("terminal", "markdown"):
        ran = okr("review", good, task, "--format", format)
        assert ran.code == 1
        assert ran.out.index(good) < ran.out.index(task)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(okr: Run, good: str, task: str) -> None:
    for format in ("terminal", "markdown"):
        ran = okr("review", good, "none.md", task, "--format", format)
        assert ran.code == 2
        assert ran.err == "okr: none.md cannot be read: No such file or directory; check its name and permissions\n"
        assert good in ran.out
        assert task in ran.out


def test_json_of_several_files_is_a_list(okr: Run, good: str, task: str, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    ran = okr("review", good, "empty.md", task, "--format", "json")
    rows = json.loads(ran.out)
    assert ran.code == 2
    assert [row["file"] for row in rows] == [good, "empty.md", task]
    assert [row["error"] is None for row in rows] == [True, False, True]
    assert [row["review"] is None for row in rows] == [False, True, False]
    assert rows[1]["error"].startswith("The draft is empty")
    assert rows[0]["review"].keys() >= CONTRACT
    assert ran.err.startswith("okr: empty.md: The draft is empty")


def test_html_of_several_files_fills_a_folder(okr: Run, task: str, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / task).write_text(GOOD, encoding="utf-8")
    ran = okr("review", task, f"other/{task}", "-", "--format", "html", "-o", "reports/q4", stdin=GOOD.encode())
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    names = sorted(path.name for path in (tmp_path / "reports" / "q4").iterdir())
    assert names == ["standard-input.html", "task.okr-2.html", "task.okr.html"]
    assert "nouvelles battlecards" in (tmp_path / "reports" / "q4" / "task.okr.html").read_text(encoding="utf-8")


def test_html_of_one_file_may_go_to_a_folder_that_exists(okr: Run, task: str, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    assert okr("review", task, "--format", "html", "-o", "reports").code == 1
    assert (tmp_path / "reports" / "task.okr.html").exists()


# Standard input


def test_standard_input_is_read(okr: Run) -> None:
    ran = okr("review", "-", stdin=TASK.encode())
    assert ran.code == 1
    assert "standard input" in ran.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32"])
def test_standard_input_is_decoded(okr: Run, encoding: str) -> None:
    assert review_of(okr, stdin=TASK.encode(encoding))["text"] == TASK


def test_line_ends_stay_as_they_are(okr: Run) -> None:
    text = TASK.replace("\n", "\r\n")
    assert review_of(okr, stdin=text.encode())["text"] == text


@pytest.mark.parametrize("stdin", [b"\x00\x01\x02\x03 KR1", b"\x81\x8d\x8f", b"%PDF-1.7\n", b"PK\x03\x04..", b"\x89PNG\r\n"])
def test_binary_is_refused_in_words(okr: Run, stdin: bytes) -> None:
    ran = okr("review", "-", stdin=stdin)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("okr: standard input is ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("stdin", "said"), [(b"", "The draft is empty"), (b" \n", "The draft is empty"), (b"Hello world", "No OKR was found")]
)
def test_a_text_without_okr_is_refused_in_words(okr: Run, stdin: bytes, said: str) -> None:
    for format in ("terminal", "json", "html", "markdown"):
        ran = okr("review", "-", "--format", format, stdin=stdin)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"okr: standard input: {said}")


def test_a_refused_draft_leaves_no_output_file(okr: Run, tmp_path: Path) -> None:
    for format in ("terminal", "json", "html", "markdown"):
        assert okr("review", "-", "--format", format, "-o", "out").code == 2
        assert not (tmp_path / "out").exists()


# What surrounds the draft


def test_company_objectives_come_from_a_file_and_from_arguments(okr: Run, task: str, tmp_path: Path) -> None:
    def alignment(*arguments: str) -> dict[str, Any]:
        checks: list[dict[str, Any]] = review_of(okr, task, *arguments)["checks"]
        return next(check for check in checks if check["rule"] == "okr-not-aligned")

    (tmp_path / "company.txt").write_text("\ufeff# 2026\n\n- Passer le NRR de 104 % à 112 %\n", encoding="utf-8")
    without = alignment()
    assert without["status"] == "skipped"
    assert alignment("--company", "company.txt") != without
    assert alignment("--objective", "Passer le NRR à 112 %") != without


def test_company_objectives_of_the_command_line_replace_those_of_the_settings() -> None:
    settings = Context(company_objectives=("a",), team="PMM", settings=Settings(severities={"kr-is-task": "advice"}))
    merged = Overrides(company_objectives=("b", "c"), profile="wide").over(settings)
    assert merged == Context(
        company_objectives=("b", "c"), team="PMM", settings=Settings(severities={"kr-is-task": "advice"}, profile="wide")
    )
    assert Overrides().over(settings) == settings


@pytest.mark.parametrize("text", ["", "# only\n\n  # comments\n"])
def test_a_company_file_without_objective_is_refused(okr: Run, task: str, tmp_path: Path, text: str) -> None:
    (tmp_path / "company.txt").write_text(text, encoding="utf-8")
    ran = okr("review", task, "--company", "company.txt")
    assert ran.code == 2
    assert ran.err.startswith("okr: company.txt names no company objective; write one per line")


def test_team_cycle_and_language_reach_the_review(okr: Run, task: str) -> None:
    review = review_of(okr, task, "--team", "PMM", "--cycle", "2026-Q4", "--language", "en")
    assert review["language"] == "en"
    assert (review["okrs"][0]["team"], review["okrs"][0]["cycle"]) == ("PMM", "2026-Q4")


def test_settings_are_found_above_the_draft_and_options_win(okr: Run, tmp_path: Path) -> None:
    (tmp_path / "okrs" / "q4").mkdir(parents=True)
    (tmp_path / "okrs" / "okr.toml").write_text('team = "PMM"\ncycle = "2026-Q4"\n', encoding="utf-8")
    (tmp_path / "okrs" / "q4" / "draft.md").write_text(TASK, encoding="utf-8")
    draft = "okrs/q4/draft.md"
    found = review_of(okr, draft, "--cycle", "2027-Q1")["okrs"][0]
    assert (found["team"], found["cycle"]) == ("PMM", "2027-Q1")
    assert review_of(okr, draft, "--no-config")["okrs"][0]["team"] is None


def test_each_draft_has_the_settings_above_it(okr: Run, tmp_path: Path) -> None:
    for team in ("PMM", "Sales"):
        (tmp_path / team).mkdir()
        (tmp_path / team / "okr.toml").write_text(f'team = "{team}"\n', encoding="utf-8")
        (tmp_path / team / "draft.md").write_text(TASK, encoding="utf-8")
    rows = json.loads(okr("review", "PMM/draft.md", "Sales/draft.md", "--format", "json").out)
    assert [row["review"]["okrs"][0]["team"] for row in rows] == ["PMM", "Sales"]


def test_a_named_settings_file_is_used(okr: Run, task: str, tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text('[[mute]]\nrule = "kr-is-task"\nreason = "Trimestre de lancement"\n', encoding="utf-8")
    review = review_of(okr, task, "--config", "house.toml")
    assert "kr-is-task" not in rules_of(review)
    assert [muted["reason"] for muted in review["muted"]] == ["Trimestre de lancement"]
    assert okr("review", task, "--config", "house.toml").code == 0


def test_mistakes_of_the_settings_stop_before_any_review(okr: Run, task: str, tmp_path: Path) -> None:
    (tmp_path / "okr.toml").write_text('profile = "large"\n[severities]\nkr-is-taks = "error"\n', encoding="utf-8")
    ran = okr("review", task)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("okr: ")
    assert "okr.toml has 2 mistakes\n" in ran.err
    assert "line 3: unknown rule 'kr-is-taks' in [severities] (did you mean 'kr-is-task'?)" in ran.err
    assert okr("review", task, "--no-config").code == 1


def test_the_profile_sets_how_many_key_results_are_allowed(okr: Run) -> None:
    lines = "".join(f"- KR{n}: Raise activation of plan {n} from 31% to 38% by the end of Q3\n" for n in range(1, 6))
    draft = f"Objective: New customers see value on their first day\n\n{lines}".encode()
    assert "okr-kr-count" in rules_of(review_of(okr, stdin=draft))
    assert "okr-kr-count" not in rules_of(review_of(okr, "-", "--profile", "wide", stdin=draft))


# Bad arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["review"], "Missing argument 'FILE...'"),
        (["review", "-", "-"], "- (standard input) is given more than once"),
        (["review", "task.okr.md", "--format", "pdf"], "'pdf' is not one of"),
        (["review", "task.okr.md", "--fail-on", "errors"], "'errors' is not one of"),
        (["review", "task.okr.md", "--language", "de"], "'de' is not one of"),
        (["review", "task.okr.md", "--profile", "large"], "'large' is not one of"),
        (["review", "task.okr.md", "--examples", "3"], "--examples and --no-examples exclude each other"),
        (["review", "task.okr.md", "--examples", "-1"], "-1 is not in the range"),
        (["review", "task.okr.md", "--corpus", "house.toml"], "--corpus is of no use where no examples are shown"),
        (["review", "task.okr.md", "--objective", " "], "it is empty"),
        (["review", "task.okr.md", "--config", "none.toml"], "none.toml cannot be read: No such file or directory"),
        (["review", "task.okr.md", "--config", "x.toml", "--no-config"], "--config and --no-config exclude each other"),
        (["review", "task.okr.md", "--company", "none.txt"], "none.txt cannot be read: No such file or directory"),
        (["review", "task.okr.md", "task.okr.md", "--format", "html"], "add --output FOLDER"),
        (["review", "task.okr.md", "task.okr.md", "--format", "html", "-o", "file"], "file cannot be made a folder"),
        (["review", "task.okr.md", "-o", "task.okr.md"], "is one of the drafts and would overwrite it"),
        (["review", "task.okr.md", "-o", "none/review.txt"], "cannot be written: No such file or directory"),
        (["review", "."], ". is a folder; name the files in it"),
        (["review", "none.md"], "none.md cannot be read: No such file or directory"),
        (["revue"], "No such command 'revue'"),
        ([], "Usage: okr"),
    ],
)
def test_bad_arguments_end_with_2_and_words(okr: Run, task: str, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = okr(*arguments, stdin=TASK.encode())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert (tmp_path / task).read_text(encoding="utf-8") == TASK


# Surroundings


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "json"])
@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}])
def test_a_poor_locale_does_not_stop_it(okr: Run, task: str, format: str, environment: dict[str, str]) -> None:
    ran = okr("review", task, "--format", format, **{"PYTHONUTF8": "0", **environment})
    assert (ran.code, ran.err) == (1, "")
    if format == "json":
        assert json.loads(ran.raw.decode("utf-8"))["text"] == TASK


@pytest.mark.skipif(os.name == "nt", reason="file names are text on Windows")
def test_a_file_name_in_another_encoding_is_no_obstacle(okr: Run, tmp_path: Path) -> None:
    name = "équipe.md".encode("latin-1")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(TASK, encoding="utf-8")
    for format in ("terminal", "markdown", "html", "json"):
        assert okr("review", name, "--format", format).code == 1
    assert okr("review", name, b"none\xff\x1b[31m.md", "--objective", "Équipe".encode("latin-1")).code == 2


@pytest.mark.skipif(os.name == "nt", reason="no such pipes on Windows")
@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "json"])
def test_a_reader_that_leaves_is_no_error(task: str, tmp_path: Path, format: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "reviewer.cli",
            "review",
            "--no-examples",
            task,
            task,
            "--format",
            format,
            *(["-o", "r"] if format == "html" else []),
        ],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "json"])
def test_a_full_disk_is_told(task: str, tmp_path: Path, format: str) -> None:
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "reviewer.cli", "review", "--no-examples", task, "--format", format],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (2, b"okr: standard output cannot be written: No space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "json"])
def test_a_closed_output_is_no_error(task: str, tmp_path: Path, format: str) -> None:
    command = f"exec {sys.executable} -m reviewer.cli review --no-examples {task} --format {format} >&-"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, cwd=tmp_path, env=environment, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")


HEAVY = ("torch", "litellm", "gradio", "pandas", "numpy", "sentence_transformers", "markdown_it")


@pytest.mark.parametrize("arguments", [["--version"], ["review", "task.okr.md"], ["review", "task.okr.md", "--format", "json"]])
def test_nothing_heavy_is_imported(okr: Run, task: str, arguments: list[str]) -> None:
    unwanted = HEAVY if "--format" not in arguments and "review" in arguments else (*HEAVY, "rich")
    code = f"""
import atexit, sys
from reviewer.cli import main
atexit.register(lambda: print("LOADED", sorted(set(sys.modules) & set({unwanted!r})), file=sys.stderr))
main()
"""
    ran = okr(*arguments, program=("-c", code))
    assert ran.code == (1 if "review" in arguments else 0)
    assert ran.err == "LOADED []\n"


@pytest.mark.parametrize(("name", "content"), [("q4.csv", b"Team,Progress\nPMM,3\n"), ("q4.xlsx", b"PK\x03\x04 no text")])
def test_a_table_is_pointed_to_the_command_that_reads_tables(okr: Run, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    ran = okr("review", name)
    assert ran.code == 2 and ran.out == ""
    assert ran.err.count(name) == 2 and ran.err.endswith(f"are read by: okr quarter {name}\n")
