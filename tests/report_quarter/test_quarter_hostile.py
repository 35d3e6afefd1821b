"""Text that looks like code is text in every format of a quarter's reports."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook
from rich.console import Console

from reviewer.okr import Critique
from reviewer.quarter import QuarterReview
from reviewer.report.quarter import print_quarter, render_csv, render_html, render_json, render_markdown, render_sarif, write_workbook

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.schema.json").read_text("utf-8"))

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "closing": "</style></table></script><script>alert(1)</script>",
    "attribute": "' onmouseover='alert(1)' x='",
    "comment": "--><!-- ]]>",
    "link": "[click](javascript:alert(1)) ![x](http://evil.example/p.png)",
    "mention": "@everyone #12 www.evil.example https://evil.example/a|b",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "sum": "+1+1",
    "minus": "-2+3",
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "blank": " \n=1+1",
    "wide": "＝1+1",
    "error": "#REF!",
    "markup": "[bold red]x[/bold red] [link=http://evil.example]y[/link]",
    "escape": "\x1b[31mred\x1b]8;;http://evil.example\x07x\x07\x00\x08",
    "bidi": "abc \u202egnp.exe\u2066 x",
    "separator": 'a";=1+1;"b,=1+1',
    "braces": "{0} {text} %s $(id) `id`",
    "lines": "# title\n\n| a | b |\n- x\r\n\u2028y",
    "noncharacter": "x\ufffe\uffffy",
}


def poisoned(value: Any, attack: str, key: str = "") -> Any:
    """Put a hostile text in every free text of a review."""
    fixed = {"language", "verdict", "severity", "status", "origin", "kind", "nature", "form", "comparator", "direction", "subject",
             "schema_version", "url", "verb_direction", "what", "why_not"}  # fmt: skip
    if isinstance(value, dict):
        if key == "columns":
            return {attack: next(iter(value.values()))}
        if key in ("verdicts", "rules"):
            return value
        return {name: poisoned(each, attack, name) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, attack, key) for each in value]
    return attack if isinstance(value, str) and key not in fixed else value


@pytest.fixture(params=ATTACKS.values(), ids=ATTACKS.keys())
def attack(request: pytest.FixtureRequest) -> str:
    """One hostile text."""
    return str(request.param)


@pytest.fixture
def attacked(attack: str, english_quarter: QuarterReview) -> QuarterReview:
    """A quarter that bears a hostile text wherever a text can stand."""
    review = QuarterReview.model_validate(poisoned(english_quarter.model_dump(mode="json"), attack))
    critique = Critique(model=attack, prompt=attack, status="partial", reason=attack, destination=attack, calls=1, tokens=9)
    return review.model_copy(update={"critique": critique})


def test_html_keeps_its_own_elements_and_no_others(attacked: QuarterReview, english_quarter: QuarterReview) -> None:
    page = "".join(render_html(attacked))
    body = page[page.index("<body") :]
    assert body.count("<script") == body.count("</script") == 1
    tags = re.sub(r"<script.*?</script>", "", body, flags=re.S)
    assert not re.search(r"<(?:img|iframe|object|style|form|base)", tags)
    for attributes in re.findall(r"<[a-z][a-z0-9]*((?:\s+[\w-]+(?:=\"[^\"]*\")?)*)\s*>", tags):
        assert not re.search(r"\son\w+=", re.sub(r"\"[^\"]*\"", '""', attributes))
    assert not re.search(r'href="(?!#|https?://)', tags)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", html.unescape(body))


def test_csv_has_no_cell_that_begins_like_a_formula(attacked: QuarterReview) -> None:
    text = "".join(render_csv(attacked))[1:]
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if re.match(r"[\s\ufeff]*[=+\-@＝\t\r]", cell)]
    assert not re.search(r"[\x00-\x09\x0b-\x0c\x0e-\x1f\u202e]", text)


def test_no_cell_of_the_workbook_is_a_formula(attacked: QuarterReview, tmp_path: Path) -> None:
    write_workbook(attacked, None, None, tmp_path / "review.xlsx")
    cells = [cell for sheet in load_workbook(tmp_path / "review.xlsx").worksheets for row in sheet.iter_rows() for cell in row]
    assert cells and {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert all(cell.quotePrefix for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=+-@#")
    assert not [cell for cell in cells if cell.hyperlink]


def test_json_and_sarif_stay_what_they_are(attacked: QuarterReview) -> None:
    assert json.loads("".join(render_json(attacked))) == attacked.model_dump(mode="json")
    log = json.loads("".join(render_sarif(attacked)))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    for result in log["runs"][0]["results"]:
        for location in result["locations"]:
            assert re.fullmatch(r"(file:///)?[\w\-.~%/]*", location["physicalLocation"]["artifactLocation"]["uri"])


def test_markdown_bears_no_link_no_heading_and_no_mention_of_theirs(attacked: QuarterReview, english_quarter: QuarterReview) -> None:
    text = "".join(render_markdown(attacked))
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    assert not re.search(r"(?<!\\)\]\(|(?<!\\)<|(?<![\w\\`])@\w|https?://|www\.", outside)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", text)
    assert text.count("\n#") == "".join(render_markdown(english_quarter)).count("\n#")


def test_the_terminal_prints_it_as_text(attacked: QuarterReview) -> None:
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system="standard")
    print_quarter(attacked, console)
    assert isinstance(console.file, io.StringIO)
    text = re.sub(r"\x1b\[[\d;]*m", "", console.file.getvalue())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e\u2066]", text)
