"""`okr rules`, `okr explain`, `okr serve`, `--version`, help texts and the pre-commit hook."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from reviewer import __version__
from reviewer.rules import ALL_RULES
from tests.cli.conftest import ROOT, Run

FRENCH = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_FR.UTF-8"}


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_rule_is_listed_with_its_severity(okr: Run) -> None:
    ran = okr("rules")
    assert ran.code == 0
    for rule in ALL_RULES:
        assert re.search(rf"^{rule.id}\s+{rule.severity}\s+\S", ran.out, re.MULTILINE)


def test_rules_as_json_hold_everything_about_them(okr: Run) -> None:
    for language in ("fr", "en"):
        rows = json.loads(okr("rules", "--format", "json", "--language", language).out)
        assert [row["id"] for row in rows] == [rule.id for rule in ALL_RULES]
        for row in rows:
            assert row.keys() == {
                "id", "family", "severity", "language", "title", "why", "contested", "bad", "good", "sources", "accuracy"
            }  # fmt: skip
            assert len(row["bad"]) >= 2
            assert len(row["good"]) >= 2


def test_rules_as_markdown_are_a_table(okr: Run) -> None:
    lines = okr("rules", "--format", "markdown").out.splitlines()
    assert lines[0] == "| Rule | Default severity | What it holds you to |"
    assert len(lines) == len(ALL_RULES) + 2
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1


EXPLAIN_ALL = """
import sys
from reviewer.cli import main
from reviewer.rules import ALL_RULES

for rule in ALL_RULES:
    sys.argv = ["okr", "explain", rule.id, *sys.argv[-2:]]
    try:
        main()
    except SystemExit as end:
        print(f"== {rule.id} {end.code}", flush=True)
"""


def texts_of(sample: str | dict[str, Any]) -> list[str]:
    """Give every text of an example: a sentence, an OKR, or a quarter's OKRs with what was given beside them."""
    if isinstance(sample, str):
        return [sample]
    if "okrs" not in sample:
        return [sample["objective"], *sample["key_results"]]
    beside = [*sample["company_objectives"], *([sample["check_in"]] if "check_in" in sample else [])]
    ended = [value for values in sample["final_values"] for value in values]
    return [*beside, *ended, *(text for okr in (*sample["okrs"], *sample["last"]) for text in texts_of(okr))]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_is_explained(okr: Run, language: str) -> None:
    rows = json.loads(okr("rules", "--format", "json", "--language", language).out)
    ran = okr("--language", language, program=("-c", EXPLAIN_ALL))
    assert ran.err == ""
    rest = ran.out
    for row in rows:
        said, ended, rest = rest.partition(f"== {row['id']} 0\n")
        assert ended, row["id"]
        said = flat(said)
        examples = [sample for sample in (*row["bad"], *row["good"])]
        parts = [part for each in examples for part in texts_of(each)]
        sources = [source["says"] for source in row["sources"]]
        for text in (row["id"], row["severity"], row["title"], row["why"], row["contested"] or "", *parts, *sources):
            assert flat(text) in said
    assert rest == ""


def test_an_explanation_as_markdown(okr: Run) -> None:
    ran = okr("explain", "kr-is-task", "--format", "markdown", "--language", "en")
    assert ran.out.startswith("# `kr-is-task`\n")
    assert "## Instead of" in ran.out
    assert "```text" in ran.out


@pytest.mark.parametrize("wrong", ["kr-is-taks", "kr-task", "KR-IS-TASK", "kr_is_task"])
def test_an_unknown_rule_is_refused_with_the_nearest(okr: Run, wrong: str) -> None:
    ran = okr("explain", wrong)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"okr: unknown rule {wrong!r} (did you mean 'kr-is-task'?); `okr rules` lists them\n"


@pytest.mark.parametrize(
    ("environment", "french"),
    [
        (FRENCH, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_CA.UTF-8"}, True),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, False),
    ],
)
def test_the_language_is_that_of_the_system(okr: Run, environment: dict[str, str], french: bool) -> None:
    assert ("Gravité" in okr("rules", "--format", "markdown", **environment).out) is french
    assert "Default severity" in okr("rules", "--format", "markdown", "--language", "en", **environment).out


@pytest.mark.parametrize("format", ["terminal", "markdown", "json"])
def test_a_poor_terminal_does_not_stop_it(okr: Run, format: str) -> None:
    environment = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    assert okr("rules", "--format", format, **environment).code == 0
    assert okr("explain", "kr-is-task", "--language", "fr", "--format", format, **environment).code == 0


def test_the_version_is_that_of_the_package(okr: Run) -> None:
    ran = okr("--version")
    assert (ran.code, ran.out) == (0, f"okr {__version__}\n")


def test_help_tells_commands_options_and_exit_codes(okr: Run) -> None:
    ran = okr("--help")
    assert ran.code == 0
    assert all(
        re.search(rf"^  {command} +\S", ran.out, re.MULTILINE) for command in ("review", "examples", "metrics", "rules", "explain", "serve")
    )
    said = okr("review", "--help").out
    assert re.search(r"^ +4 +something could not be judged", said, re.MULTILINE)
    options = (
        "--format", "--output", "--fail-on", "--company", "--objective", "--team", "--cycle", "--language", "--profile", "--config",
        "--no-config", "--verbose", "--examples", "--no-examples", "--corpus", "--model", "--no-model", "--redact", "--max-tokens",
        "--max-cost", "--timeout", "--concurrency", "--no-cache",
    )  # fmt: skip
    assert all(option in said for option in options)


def test_serve_starts_the_form_where_asked(okr: Run) -> None:
    code = """
import sys, types
web = types.ModuleType("reviewer.web")
web.serve = lambda host, port, allow_anyone: print("SERVING", host, port, "anyone" if allow_anyone else "who may")
sys.modules["reviewer.web"] = web
from reviewer.cli import main
main()
"""
    assert okr("serve", program=("-c", code)).out == "SERVING 127.0.0.1 7860 who may\n"
    opened = okr("serve", "--host", "0.0.0.0", "--port", "8080", "--allow-anyone", program=("-c", code))
    assert opened.out == "SERVING 0.0.0.0 8080 anyone\n"
    assert okr("serve", "--port", "99999", program=("-c", code)).code == 2


def test_the_pre_commit_hook_runs_the_command_on_okr_files() -> None:
    lines = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").splitlines()
    hook = dict(line.removeprefix("- ").strip().split(": ", 1) for line in lines if ": " in line)
    assert (hook["id"], hook["entry"], hook["language"]) == (
        "okr-review",
        "okr review --no-examples",
        "python",
    )
    pattern = re.compile(hook["files"].strip("'"))
    for name in ("pmm.okr.md", "okrs/2026-q4.md", "team/okr/pmm.md", "docs/okrs/a/b.md"):
        assert pattern.search(name), name
    for name in ("README.md", "okr.toml", "pmm.md", "okrs/data.csv"):
        assert not pattern.search(name), name


def test_the_command_is_declared() -> None:
    path = ROOT / "pyproject.toml"
    if not path.exists():
        pytest.skip("no pyproject.toml yet")
    assert tomllib.loads(path.read_text(encoding="utf-8"))["project"]["scripts"]["okr"] == "reviewer.cli:main"
