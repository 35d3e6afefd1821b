"""Every code block of the README and of docs/ does what it says.

Python blocks of one file share their names, as a reader would type them one after the other. A line
`<!-- not run: reason -->` right above a block leaves it out, for the reason given.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from reviewer.rules import ALL_RULES
from reviewer.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = [path for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if path.is_file()]

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+|~~~+) *(?P<kind>[\w-]*)[^\n]*$")
_NOT_RUN = re.compile(r"<!-- *not run: *(?P<reason>\S.*?) *-->$")
_SHELL = {"|", "||", "&", "&&", ";", "<", ">", ">>", "2>"}
_LONGEST = 180


class Block(NamedTuple):
    """Hold one fenced block: its page, the line of its first line of code, its kind, the line above it."""

    page: Path
    line: int
    kind: str
    above: str
    code: str


def _blocks(page: Path) -> list[Block]:
    found: list[Block] = []
    lines = page.read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        at += 1
        if opening is None:
            continue
        begin = at
        while at < len(lines) and not re.fullmatch(rf" *{opening['fence']}[`~]* *", lines[at]):
            at += 1
        assert at < len(lines), f"{page.name}:{begin}: this block is never closed"
        above = next((line.strip() for line in reversed(lines[: begin - 1]) if line.strip()), "")
        code = "\n".join(line.removeprefix(opening["indent"]) for line in lines[begin:at])
        found.append(Block(page, begin + 1, opening["kind"].lower(), above, code))
        at += 1
    return found


def _run_blocks(kind: str) -> list[Block]:
    return [block for page in PAGES for block in _blocks(page) if block.kind == kind and not _NOT_RUN.search(block.above)]


def _name(block: Block) -> str:
    return f"{block.page.name}:{block.line}"


SHELL = [(block, line) for block in _run_blocks("sh") for line in block.code.replace("\\\n", " ").splitlines() if line.startswith("okr ")]
SETTINGS = [block for block in _run_blocks("toml") if block.above == "<!-- okr.toml -->"]
PYTHON_PAGES = list(dict.fromkeys(block.page for block in _run_blocks("python")))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder with a copy of examples/, and stand in it."""
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PYTHON_PAGES, ids=lambda page: page.name)
def test_python_blocks_run_in_their_order(page: Path, desk: Path) -> None:
    names: dict[str, object] = {"__name__": f"blocks of {page.name}"}
    for block in _run_blocks("python"):
        if block.page == page:
            code = "\n" * (block.line - 1) + block.code  # so that a traceback names the line of the page
            exec(compile(code, str(page), "exec"), names)


@pytest.mark.parametrize(("block", "line"), SHELL, ids=[f"{_name(block)} {line}" for block, line in SHELL])
def test_an_okr_command_runs(block: Block, line: str, desk: Path) -> None:
    words = shlex.split(line, comments=True)
    shell = _SHELL.intersection(words)
    assert not shell, f"{_name(block)}: {sorted(shell)} needs a shell; write the command without it, or <!-- not run: why --> above"
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    ran = subprocess.run(
        [sys.executable, "-m", "reviewer.cli", *words[1:]],
        cwd=desk,
        env={**kept, "HOME": str(desk), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_LONGEST,
        check=False,
    )
    said = f"{_name(block)}: {line}\nexit {ran.returncode}\n{ran.stdout[-2000:]}\n{ran.stderr[-2000:]}"
    assert ran.returncode in (0, 1), said  # 1: there are findings, and the page is about them
    assert "Traceback (most recent call last)" not in ran.stderr, said
    assert ran.stdout.strip(), said


@pytest.mark.parametrize("block", SETTINGS, ids=[_name(block) for block in SETTINGS])
def test_settings_load(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "okr.toml"
    path.write_text(block.code, encoding="utf-8")
    load_settings(path, [rule.id for rule in ALL_RULES])


def test_a_block_left_out_says_why() -> None:
    for page in PAGES:
        for block in _blocks(page):
            if "not run" in block.above:
                assert _NOT_RUN.search(block.above), f"{_name(block)}: write <!-- not run: reason -->"


def test_blocks_are_found_with_what_stands_above_them(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "Text\n\n<!-- okr.toml -->\n```toml\na = 1\n```\n\n- item\n  ```sh\n  okr rules\n  ```\n<!-- not run: slow -->\n```python\nx\n```\n",
        encoding="utf-8",
    )
    assert [(block.line, block.kind, block.above, block.code) for block in _blocks(page)] == [
        (5, "toml", "<!-- okr.toml -->", "a = 1"),
        (10, "sh", "- item", "okr rules"),
        (14, "python", "<!-- not run: slow -->", "x"),
    ]
