"""Tables with one key result a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

WON = ("Win competitive deals", ["Win rate from 22% to 30%", "Battlecards used in 70% of deals"])
LOVED = ("Être compris en une minute", ["Score de clarté de 5 à 8/10", "Demandes de démo : +20 %"])

TABLES = [
    "| Objective | Key result | Baseline | Target | Owner |\n|---|---|---|---|---|\n| {o1} | {a1} | 22 | 30 | Zoe |\n"
    "| {o1} | {b1} | 25 | 70 | Zoe |\n| {o2} | {a2} | 5 | 8 | Max |\n| {o2} | {b2} | 0 | 20 | Max |",
    "| Objectif | Résultat clé | Cible |\n|:--|:-:|--:|\n| {o1} | {a1} | 30 |\n| | {b1} | 70 |\n| {o2} | {a2} | 8 |\n| | {b2} | 20 |",
    "Objective | Key results\n---|---\n{o1} | {a1}\n | {b1}\n{o2} | {a2}\n | {b2}\n",
    "|Key Result|Status|\n|-|-|\n|**O1: {o1}**||\n|KR 1.1: {a1} |On target|\n|KR 1.2: {b1}|Planning|\n|**O2: {o2}**||\n"
    "|KR 2.1: {a2}|Done|\n|KR 2.2: {b2}|Done|",
    "| **Objective #1: {o1}** | |\n|-|-|\n| **KR1.1**: {a1} | On Target |\n| **KR 1.2**: {b1} | Started |\n|-|-|\n"
    "| **Objective #2: {o2}** | |\n| **KR2.1**: {a2} | Started |\n| **KR2.2**:  {b2} | Started |",
    "| Objective | {o1} |\n|---|---|\n| KR1 | {a1} |\n| KR2 | {b1} |\n\n| Objectif | {o2} |\n|---|---|\n| KR1 | {a2} |\n| KR2 | {b2} |",
    "| Objective | KR1 | KR2 |\n|---|---|---|\n| {o1} | {a1} | {b1} |\n| {o2} | {a2} | {b2} |",
    "| # | OKR | Objective | KR | Key result |\n|---|---|---|---|---|\n| 1 | | {o1} | 1.1 | {a1} |\n| | | | 1.2 | {b1} |\n"
    "| 2 | | {o2} | 2.1 | {a2} |\n| | | | 2.2 | {b2} |",
    "| Objective | Key results |\n|---|---|\n| {o1} | {a1}<br>{b1} |\n| {o2} | KR1: {a2}<br/>KR2: {b2} |",
    "## {o1}\n\n| KR | Baseline |\n|---|---|\n| {a1} | 22 |\n| {b1} | 25 |\n\n## {o2}\n\n| Résultat clé | Cible |\n|---|---|\n| {a2} | 8 |\n| {b2} | 20 |",
    "Objective: {o1}\n\n| KR | Description | Target |\n|---|---|---|\n| KR1 | {a1} | 30 |\n| KR2 | {b1} | 70 |\n\n"
    "Objective: {o2}\n\n| KR | Description |\n|---|---|\n| KR1 | {a2} |\n| KR2 | {b2} |",
]


@pytest.mark.parametrize("layout", TABLES)
def test_tables(outline: Callable[[str], object], layout: str) -> None:
    text = layout.format(o1=WON[0], a1=WON[1][0], b1=WON[1][1], o2=LOVED[0], a2=LOVED[1][0], b2=LOVED[1][1])
    assert outline(text) == [WON, LOVED]


def test_other_tables_are_left_out(outline: Callable[[str], object]) -> None:
    text = "Objective: Win\nKR1: Win rate to 30%\n\n| KPI | Value |\n|---|---|\n| NPS | 40 |\n| Churn | 2% |\n"
    assert outline(text) == [("Win", ["Win rate to 30%"])]


def test_a_bar_behind_a_backslash_stays(outline: Callable[[str], object]) -> None:
    text = "| Key result | Target |\n|---|---|\n| Win rate \\| loss rate at 2 to 1 | 2 |"
    assert outline(text) == [(None, ["Win rate \\| loss rate at 2 to 1"])]
