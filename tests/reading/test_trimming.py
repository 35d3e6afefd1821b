"""What stands around a statement without being part of it, and what only looks so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reviewer.reading import read

LEFT_OUT = [
    "{s} (Fraser)", "{s} (Anne-Claire)", "{s} (Claire & Paul)", "{s} @claire", "{s} (@claire)", "{s} - @claire",
    "{s} [P0]", "[P1] {s}", "(P0) {s}", "P1: {s}", "[DevRel] {s}", "{s} [DevRel]", "{s} - 0.7", "{s} – 0,7",
    "{s} — 0.65", "{s} [0.7]", "{s} (score: 0.7)", "{s} - Score: 70%", "{s} | score : 0,7", "{s} (confiance : 7/10)",
    "{s} (done)", "{s} [On track]", "{s} - en cours", "{s} — Terminé", "{s} ✅", "{s} 🟢", "🚀 {s}", "✅ {s} 🎉",
    "1️⃣ {s}", ":rocket: {s}", "{s} 🟢 On track", "**{s}**", "*{s}*", "__{s}__", "~~{s}~~", "« {s} »", "“{s}”",
    '"{s}"', "{s} ;", "{s},", "{s} (owner: Claire)", "{s} - Owner: Claire", "{s} (Responsable : Claire Dupont)",
    "{s} (Claire) - 0.7 ✅", "[P0] **{s}** (Fraser)", "{s} <!-- to check -->", "{s}; Rationale: we must",
    "{s} [stretch]", "{s} *(Claire)*", "{s} (Stretch)", "{s}\u00a0✅", "{s} (status: done)",
]  # fmt: skip
KEPT = [
    "Win rate from 22% to 30% (Enterprise)", "NPS ≥ 40 (France)", "Adoption (J+45) at 30%", "Win rate at 70% (70%)",
    "Utilisation des battlecards : 70 % (vs 25 % aujourd'hui)", "Porter le NPS de 20 à [Cible]", "NPS from [today] to 40",
    "Win rate to [Target]", "Reach a ratio of 0.7", "Score de clarté : 8/10", "NPS score: 40", "Win rate (baseline: 25%)",
    "> 40 NPS on launch users", "≥ 8/10 au score de clarté", "+8 points de win rate", "-5 days of sales cycle",
    "Close 10 deals (EMEA)", "Grow **new** pipeline by 20%", "See [the plan](https://example.com/plan) used by 70%",
    "[The plan](https://example.com) is used by 70% of Sales", "Reach 40% of `trial_users`", "Ship Docs (Pending specifics)",
    "Win rate at 30% (currently 22%)", "Taux d'activation à 40 % (actuellement 25 %)", "Obtenir 12 % -> 20 %",
    "Satisfaction from 3.5 to 4.2 / 5", "Be cited by 3 analysts (Gartner)", "Reach $50k", "Halve churn (Q3 vs Q2)",
    "Source{d} talks at 5 conferences", "Reach 40% (up from 25%)", "Win rate at 30% by Q3 - Mid-Market only",
    "Churn: 2% or less", "Call to Action: 5% click rate", "Close 5 partners (Salesforce)", "Atteindre 0,7 de k-factor",
]  # fmt: skip


@pytest.mark.parametrize("statement", ["Win rate from 22% to 30%", "Le NPS passe de 20 à 40 d'ici fin T3"])
@pytest.mark.parametrize("decorated", LEFT_OUT)
def test_decorations_are_left_out(outline: Callable[[str], object], decorated: str, statement: str) -> None:
    text = f"Objective: Win\n- KR1: {decorated.format(s=statement)}\n- KR2: NPS at 40\n"
    assert outline(text) == [("Win", [statement, "NPS at 40"])]


@pytest.mark.parametrize("statement", KEPT)
@pytest.mark.parametrize("layout", ["Objective: Win\n- KR1: {s}\n- KR2: NPS at 40", "Win the market\n- {s}\n- NPS at 40"])
def test_parts_of_a_statement_are_kept(outline: Callable[[str], object], layout: str, statement: str) -> None:
    objective = "Win" if "KR1" in layout else "Win the market"
    assert outline(layout.format(s=statement)) == [(objective, [statement, "NPS at 40"])]


def test_a_line_of_decorations_is_no_key_result(outline: Callable[[str], object]) -> None:
    assert outline("Objective: Win\n- KR1: ✅ 🎉\n- KR2: **\n- KR3: NPS at 40") == [("Win", ["NPS at 40"])]


def test_the_owner_of_an_objective_is_noted() -> None:
    (okr,) = read("Objective: Win the mid-market (Fraser)\n- KR1: Win rate to 30% (Kendal)")
    assert (okr.owner, okr.objective and okr.objective.text) == ("Fraser", "Win the mid-market")
    (okr,) = read("Objectif : Gagner @claire\n- KR1 : NPS ≥ 40")
    assert okr.owner == "claire"
