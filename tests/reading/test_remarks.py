"""Whom and when OKRs belong to: cycle, team, owner, what they contribute to."""

from __future__ import annotations

import pytest

from reviewer.reading import read

OKR = "Objective: Win the mid-market\nKR1: Win rate to 30%\nKR2: NPS at 40"


@pytest.mark.parametrize(
    ("title", "cycle", "team"),
    [
        ("# Q1 2018", "Q1 2018", None),
        ("## T3 2026", "T3 2026", None),
        ("## OKRs (2020 Set 1):", "2020 Set 1", None),
        ("# OKRs Q4 2026 - équipe PMM", "Q4 2026", "PMM"),
        ("# OKR T3 2026 – Équipe Product Marketing", "T3 2026", "Product Marketing"),
        ("# PMM team OKRs, 2026-Q4", "2026-Q4", "PMM"),
        ("OKRs Q4 2026 - PMM", "Q4 2026", "PMM"),
        ("**Objectifs du 3e trimestre 2026**", "3e trimestre 2026", None),
        ("# H2 2026", "H2 2026", None),
        ("# OKRs FY26", "FY26", None),
        ("# Team PMM", None, "PMM"),
        ("# Our OKRs", None, None),
        ("# Product Marketing OKRs Q3'26", "Q3'26", None),
        ("# Octobre - décembre 2026", "Octobre - décembre 2026", None),
        ("Cycle: Q3 2026\nTeam: PMM", "Q3 2026", "PMM"),
        ("Trimestre : T3 2026\nÉquipe : Product Marketing\n", "T3 2026", "Product Marketing"),
    ],
)
def test_titles_give_cycle_and_team(title: str, cycle: str | None, team: str | None) -> None:
    for draft in (f"{title}\n\n{OKR}", f"{title}\n\nWin the mid-market\n- Win rate to 30%\n- NPS at 40"):
        (okr,) = read(draft)
        assert okr.objective is not None
        assert okr.objective.text == "Win the mid-market"
        assert (okr.cycle, okr.team) == (cycle, team)
        assert len(okr.key_results) == 2


def test_each_title_holds_until_the_next() -> None:
    first, second = read(f"# OKRs Q3 2026 - team PMM\n\n{OKR}\n\n# OKRs Q4 2026 - team Sales\n\n{OKR}")
    assert (first.cycle, first.team, second.cycle, second.team) == ("Q3 2026", "PMM", "Q4 2026", "Sales")


def test_team_lines_before_each_okr() -> None:
    first, second = read(f"Team: PMM\n{OKR}\n\nTeam: Sales\n{OKR}")
    assert (first.team, second.team) == ("PMM", "Sales")


@pytest.mark.parametrize(
    "line",
    [
        "Contribue à : Croître en NRR", "Contributes to: Croître en NRR", "Aligned with: Croître en NRR",
        "- **Contribue à :** Croître en NRR", "Aligné avec : Croître en NRR", "Contribue à\u00a0: « Croître en NRR »",
        "Contributes to Croître en NRR", "Company objective: Croître en NRR", "Objectif entreprise : Croître en NRR",
        "*Contributes to:*\n- Croître en NRR",
    ],
)  # fmt: skip
def test_what_an_okr_contributes_to(line: str) -> None:
    objective, key_results = OKR.split("\n", 1)
    (okr,) = read(f"{objective}\n{line}\n{key_results}")
    assert okr.contributes_to == "Croître en NRR"
    assert [passage.text for passage in okr.key_results] == ["Win rate to 30%", "NPS at 40"]


def test_the_company_objective_above_is_what_it_contributes_to() -> None:
    (okr,) = read(f"Company objective: Grow NRR\n\n{OKR}")
    assert (okr.contributes_to, okr.objective and okr.objective.text) == ("Grow NRR", "Win the mid-market")


def test_the_company_objective_with_key_results_is_an_okr() -> None:
    (okr,) = read("Company objective: Grow NRR\nKR1: NRR from 102% to 110%")
    assert (okr.contributes_to, okr.objective and okr.objective.text) == (None, "Grow NRR")


def test_an_inline_remark() -> None:
    (okr,) = read("Objectif : Gagner (contribue à : Croître en NRR) KR1 : NPS ≥ 40. Responsable : Claire")
    assert okr.objective is not None
    assert (okr.objective.text, okr.contributes_to, okr.owner) == ("Gagner", "Croître en NRR", "Claire")
    assert okr.key_results[0].text == "NPS ≥ 40."


@pytest.mark.parametrize("label", ["Owner", "Responsable ", "Porteur ", "DRI", "**Owner**", "Pilote "])
def test_owner_lines(label: str) -> None:
    objective, key_results = OKR.split("\n", 1)
    (okr,) = read(f"{objective}\n{label}: Claire Dupont\n{key_results}")
    assert (okr.owner, len(okr.key_results)) == ("Claire Dupont", 2)


def test_columns_give_remarks() -> None:
    (okr,) = read(
        "| Objectif | Résultat clé | Responsable | Équipe | Contribue à |\n|---|---|---|---|---|\n"
        "| Gagner | NPS ≥ 40 | Claire | PMM | Croître en NRR |"
    )
    assert (okr.owner, okr.team, okr.contributes_to) == ("Claire", "PMM", "Croître en NRR")


def test_a_list_headed_objectives_with_a_cycle() -> None:
    okrs = read("## Objectifs T3 2026\n\n- Gagner le mid-market\n  - NPS ≥ 40\n- Être compris\n  - Score de clarté ≥ 8/10\n")
    assert [(okr.objective and okr.objective.text, okr.cycle) for okr in okrs] == [
        ("Gagner le mid-market", "T3 2026"),
        ("Être compris", "T3 2026"),
    ]


def test_owners_of_key_results_do_not_own_the_okr() -> None:
    (okr,) = read("Objective: Win\nKR1: NPS at 40\nOwner: Claire\nKR2: Churn under 2%\nOwner: Paul")
    assert okr.owner is None
    (okr,) = read("Objective: Win\nKR1: NPS at 40\nOwner: Claire\nKR2: Churn under 2%")
    assert okr.owner is None
    (okr,) = read("Objective: Win\nKR1: NPS at 40\nKR2: Churn under 2%\nOwner: Paul")
    assert okr.owner == "Paul"


@pytest.mark.parametrize(
    "text",
    [
        "Alignment meetings with Support on renewal stories for 12 accounts",
        "Alignement Sales et PMM sur le pitch : de 5/10 à 8/10",
        "Contribution à la pipeline : de 2 à 3 M€ au T4",
        "Contribute to 30% of new pipeline by the end of Q4",
    ],
)
def test_a_key_result_that_opens_like_a_label_stays_one(text: str) -> None:
    (okr,) = read(f"Objectif : Gagner\n- NPS de 30 à 40\n- {text}\n")
    assert [each.text for each in okr.key_results] == ["NPS de 30 à 40", text] and okr.contributes_to is None
