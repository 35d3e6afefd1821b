"""JSON, CSV, SARIF, Markdown and the terminal say what the review holds, streamed or not."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest
from quarter_samples import with_unread_cells
from rich.console import Console

from reviewer.okr import Critique, Dropped
from reviewer.quarter import QuarterReview, ReviewedEntry
from reviewer.report.quarter import print_quarter, render_csv, render_html, render_json, render_markdown, render_sarif

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.schema.json").read_text("utf-8"))
Render = Callable[[QuarterReview, Iterable[ReviewedEntry] | None], Iterator[str]]


def rows_of(review: QuarterReview) -> list[dict[str, str]]:
    text = "".join(render_csv(review))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";" if review.language == "fr" else ","))


def log_of(review: QuarterReview) -> dict[str, Any]:
    log: dict[str, Any] = json.loads("".join(render_sarif(review)))
    return log


def printed(review: QuarterReview, **given: Any) -> str:
    console = Console(file=io.StringIO(), width=120, highlight=False)
    print_quarter(review, console, **given)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


@pytest.mark.parametrize("render", [render_json, render_csv, render_sarif, render_markdown, render_html])
def test_entries_that_come_as_a_stream_give_the_same_report(render: Render, french_quarter: QuarterReview) -> None:
    streamed = french_quarter.model_copy(update={"entries": ()})
    assert "".join(render(streamed, iter(french_quarter.entries))) == "".join(render(french_quarter, None))


def test_the_terminal_prints_the_same_of_a_stream(french_quarter: QuarterReview) -> None:
    streamed = french_quarter.model_copy(update={"entries": ()})
    assert printed(streamed, entries=iter(french_quarter.entries)) == printed(french_quarter)


def test_the_json_is_the_public_dump(french_quarter: QuarterReview, english_quarter: QuarterReview) -> None:
    for review in (french_quarter, english_quarter):
        assert json.loads("".join(render_json(review))) == review.model_dump(mode="json")


def test_the_csv_has_a_row_per_finding_and_per_place_not_reviewed(french_quarter: QuarterReview) -> None:
    rows = rows_of(french_quarter)
    within = sum(len(entry.review.findings) for entry in french_quarter.entries if entry.review)
    assert len(rows) == within + len(french_quarter.findings) + 1
    task = next(row for row in rows if row["Règle"] == "kr-is-task")
    assert (task["Feuille"], task["Ligne"], task["Colonne"]) == ("T4", "3", "D")
    assert task["Mots concernés"] == "Créer 3 nouvelles battlecards"
    assert rows[-1]["Portée"] == "non relu" and "ni résultat clé" in rows[-1]["Ce qui ne va pas"]


def test_the_csv_names_every_place_of_a_finding_across_okrs(english_quarter: QuarterReview) -> None:
    conflict = next(row for row in rows_of(english_quarter) if row["Rule"] == "quarter-conflict")
    assert conflict["All places"] == "okrs-t4.xlsx, sheet T4, row 2, column D | okrs-t4.xlsx, sheet T4, row 5, column D"


@pytest.mark.parametrize("name", ["french_quarter", "english_quarter"])
def test_the_sarif_log_is_valid_against_its_schema(name: str, request: pytest.FixtureRequest) -> None:
    jsonschema.Draft4Validator(SCHEMA).validate(log_of(request.getfixturevalue(name)))


def test_a_sarif_result_points_at_its_rule_and_its_row(french_quarter: QuarterReview) -> None:
    run = log_of(french_quarter)["runs"][0]
    task = next(result for result in run["results"] if result["ruleId"] == "kr-is-task")
    assert run["tool"]["driver"]["rules"][task["ruleIndex"]]["id"] == "kr-is-task"
    physical = task["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "okrs-t4.xlsx" and physical["region"]["startLine"] == 3
    assert {result.get("baselineState") for result in run["results"]} == {"new", "unchanged"}
    notice = run["invocations"][0]["toolExecutionNotifications"][0]
    assert notice["locations"][0]["physicalLocation"]["region"]["startLine"] == 9


def test_a_fingerprint_stays_when_rows_move_and_differs_between_findings(french_quarter: QuarterReview) -> None:
    def prints(review: QuarterReview) -> list[str]:
        return [each["partialFingerprints"]["okrFinding/v1"] for each in log_of(review)["runs"][0]["results"]]

    def moved(entry: ReviewedEntry) -> ReviewedEntry:
        data = entry.model_dump()
        for held in (data["entry"], *(piece for kr in data["entry"]["key_results"] for piece in kr["pieces"])):
            held["place"]["row"] += 7
        return ReviewedEntry.model_validate(data)

    before = prints(french_quarter)
    assert len(set(before)) == len(before) > 3
    assert prints(french_quarter.model_copy(update={"entries": tuple(map(moved, french_quarter.entries))})) == before


def test_the_same_finding_twice_has_two_fingerprints(french_quarter: QuarterReview) -> None:
    twice = french_quarter.model_copy(update={"entries": (french_quarter.entries[0], french_quarter.entries[0]), "findings": ()})
    results = log_of(twice)["runs"][0]["results"]
    assert len({each["partialFingerprints"]["okrFinding/v1"] for each in results}) == len(results) > 1


def test_markdown_says_first_what_most_teams_share(french_quarter: QuarterReview) -> None:
    text = "".join(render_markdown(french_quarter))
    first = text.split("## ")[1]
    assert "kr-is-task" in first and "dans 2 équipes" in first and "Gagner des parts de marché" in first
    assert len(text) < 6_000


@pytest.mark.parametrize("render", [render_markdown, render_html, render_csv])
def test_no_person_is_counted_or_ranked(render: Render, french_quarter: QuarterReview) -> None:
    """An owner stands beside an OKR of theirs, and nowhere else."""
    text = "".join(render(french_quarter, None))
    held = sum(len(entry.review.findings) for entry in french_quarter.entries[:1] if entry.review)
    assert text.count("Inès") == {render_markdown: 0, render_html: 1, render_csv: held}[render]


def test_the_terminal_lists_teams_in_alphabetical_order_and_what_was_not_reviewed(english_quarter: QuarterReview) -> None:
    text = printed(english_quarter)
    table = text[text.index("Findings by team") :]
    assert table.index("PMM Growth") < table.index("PMM Product")
    assert "okrs-t4.xlsx, sheet T4, row 7: a row with neither objective nor key result" in text


def test_findings_across_okrs_come_the_most_serious_first(french_quarter: QuarterReview) -> None:
    advice = french_quarter.findings[0].model_copy(update={"severity": "advice", "message": "Reconduit tel quel."})
    review = french_quarter.model_copy(update={"findings": (advice, *french_quarter.findings)})
    for text in ("".join(render_html(review)), "".join(render_markdown(review)), printed(review)):
        across = text[text.index("D’un OKR à l’autre") :]
        assert across.index("sens contraires") < across.index("Reconduit tel quel")


def test_a_reason_that_holds_for_many_rows_is_said_once(french_quarter: QuarterReview) -> None:
    review = with_unread_cells(french_quarter, (4, 5, 6, 9), "Une formule sans résultat.")
    for text in ("".join(render_markdown(review)), printed(review)):
        assert text.count("Une formule sans résultat.") == 1
        assert "okrs-t4.xlsx, feuille T4, lignes 4–6, 9, colonne E" in re.sub(r"\s+", " ", text.replace("\\", ""))
    assert [row["Ligne"] for row in rows_of(review) if row["Portée"] == "non relu" and row["Colonne"]] == ["4", "5", "6", "9"]


def test_verdicts_are_counted_in_words(french_quarter: QuarterReview, english_quarter: QuarterReview) -> None:
    assert "3 OKR relus, 7 résultats clés\xa0: 1 à repenser, 1 à revoir, 1 prêt" in printed(french_quarter)
    assert "2 OKRs reviewed, 5 key results: 1 to revise, 1 ready" in printed(english_quarter)


@pytest.mark.parametrize(("status", "said"), [("ok", "ce qu’il a dit est signalé"), ("failed", "qui n’a pas répondu")])
def test_what_a_model_was_asked_and_cost_is_told(status: Literal["ok", "failed"], said: str, french_quarter: QuarterReview) -> None:
    critique = Critique(
        model="mistral/mistral-small", prompt="critique.v1.md", status=status, tokens=8123, cost=0.0123, calls=3, cached=2,
        destination="api.mistral.ai", dropped=(Dropped(what="opinion", why="quote", count=2),),
    )  # fmt: skip
    review = french_quarter.model_copy(update={"critique": critique})
    for text in ("".join(render_html(review)), "".join(render_markdown(review)), printed(review)):
        told = re.sub(r"\s+", " ", html.unescape(text).replace("\\", ""))
        assert "mistral/mistral-small (api.mistral.ai)" in told and said in told and "0,0123 USD" in told


def test_an_empty_quarter_is_written_in_every_format(french_quarter: QuarterReview) -> None:
    empty = QuarterReview(language="en", verdict="ready", entries=(), findings=(), checks=())
    for render in (render_json, render_csv, render_sarif, render_markdown, render_html):
        assert "".join(render(empty, None))
    assert "0 OKRs reviewed" in printed(empty)
    jsonschema.Draft4Validator(SCHEMA).validate(log_of(empty))
