"""`okr metrics`: the measures, what they move, and where today's value is found."""

from __future__ import annotations

import json
import re

import pytest

from reviewer.catalogue import metrics
from reviewer.cli.measuring import search
from tests.cli.conftest import Run


def ids(okr: Run, *arguments: str) -> list[str]:
    ran = okr("metrics", *arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    return [row["id"] for row in json.loads(ran.out)]


def test_every_measure_is_listed_in_both_languages_with_everything_about_it(okr: Run) -> None:
    for language in ("fr", "en"):
        rows = json.loads(okr("metrics", "--format", "json", "--language", language).out)
        assert {row["id"] for row in rows} == set(metrics())
        for row in rows:
            text = metrics()[row["id"]].text(language)
            assert (row["name"], row["language"], row["good"]) == (text.name, language, metrics()[row["id"]].good)
            assert row["baseline"].translate({0x202F: " ", 0xA0: " "}) == text.baseline.translate({0x202F: " ", 0xA0: " "})
            assert set(row["drives"]) <= set(metrics())


def test_a_measure_is_told_in_words(okr: Run) -> None:
    assert okr("metrics", "nrr", COLUMNS="120").out == (
        "NRR  nrr · retention\n"
        "  percent, good news when it rises\n"
        f"  Drives: {', '.join(metrics()[id].en.name for id in metrics()['nrr'].drives)}\n"
        f"  Baseline: {metrics()['nrr'].en.baseline}\n"
    )
    french = okr("metrics", "churn", "--language", "fr", COLUMNS="120").out
    assert "bonne nouvelle à la baisse" in french
    assert "Point de départ\u00a0: " in french


@pytest.mark.parametrize("query", ["win rate compétitif", "WIN RATE COMPETITIF", "competitif win", "competitive-win-rate", "win compet"])
def test_case_accents_order_and_language_do_not_count(query: str) -> None:
    assert "competitive-win-rate" in [metric.id for metric in search(query)]


def test_the_very_name_comes_first() -> None:
    assert [metric.id for metric in search("win rate")][0] == "win-rate"
    assert [metric.id for metric in search("ARR")][0] == "arr"


def test_words_are_not_found_inside_words() -> None:
    assert "arr" not in [metric.id for metric in search("rr")]


def test_a_family_narrows_the_list(okr: Run) -> None:
    found = ids(okr, "--family", "enablement")
    assert {metrics()[id].family for id in found} == {"enablement"}
    assert set(ids(okr, "rate", "--family", "enablement")) < set(found)


def test_markdown_is_a_table(okr: Run) -> None:
    lines = okr("metrics", "--format", "markdown").out.splitlines()
    assert lines[0] == "| Measure | Unit | Good news | Drives | Baseline |"
    assert len(lines) == len(metrics()) + 2
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1


def test_a_vanity_measure_is_called_one(okr: Run) -> None:
    assert "vanity: it can rise with nobody better off" in okr("metrics", "page views", COLUMNS="120").out


def test_a_company_result_drives_nothing_further(okr: Run) -> None:
    assert "nothing further: it is a company result" in okr("metrics", "market share", COLUMNS="120").out


def test_nothing_found_is_said_with_the_nearest_name(okr: Run) -> None:
    ran = okr("metrics", "wni rate")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"No measure has 'wni rate' in its name (did you mean 'win rate'?); `okr metrics` lists all {len(metrics())}.\n"
    assert okr("metrics", "xyzxyz", "--language", "fr", "--family", "brand").out.startswith(
        "Aucune mesure de la famille brand n’a 'xyzxyz' dans son nom\u202f;"
    )
    assert ids(okr, "xyzxyz") == []


def test_an_unknown_family_is_refused_with_the_nearest(okr: Run) -> None:
    ran = okr("metrics", "--family", "adoptoin")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("okr: no measure is of the family 'adoptoin' (did you mean 'adoption'?); the families are acquisition, ")


@pytest.mark.parametrize("format", ["terminal", "markdown", "json"])
def test_a_poor_terminal_does_not_stop_it(okr: Run, format: str) -> None:
    environment = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    assert okr("metrics", "--language", "fr", "--format", format, **environment).code == 0
