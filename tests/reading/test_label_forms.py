"""Labels in every form they are written in, French and English."""

from __future__ import annotations

from collections.abc import Callable

import pytest

EN = ("Win the mid-market with a story buyers repeat", ["Win rate from 22% to 30%", "NPS of launch users at 40"])
FR = ("Gagner le mid-market avec un récit que l'on répète", ["Win rate de 22 % à 30 %", "NPS des utilisateurs ≥ 40"])

ENGLISH = [
    "Objective: {o}\nKR1: {a}\nKR2: {b}",
    "Objective: {o}\n\nKR1: {a}\n\nKR2: {b}\n",
    "Objective: {o} KR1: {a} KR2: {b}",
    "Objective: {o} KR1: {a} KR2 {b}",
    "objective: {o} kr1: {a} kr2: {b}",
    "OBJECTIVE 1: {o}\nKR 1.1: {a}\nKR 1.2: {b}",
    "Objective 1 - {o}\nKR1 - {a}\nKR2 - {b}",
    "Objective 1 – {o}\nKR1 – {a}\nKR2 – {b}",
    "Objective #1: {o}\nKR#1: {a}\nKR#2: {b}",
    "O1: {o}\nKR1: {a}\nKR2: {b}",
    "O1. {o}\nKR1. {a}\nKR2. {b}",
    "O1) {o}\nKR1) {a}\nKR2) {b}",
    "O1 {o}\nKR1 {a}\nKR2 {b}",
    "O: {o}\nKR: {a}\nKR: {b}",
    "(O1) {o}\n(KR1) {a}\n(KR2) {b}",
    "[O1] {o}\n[KR1] {a}\n[KR2] {b}",
    "**Objective:** {o}\n\n**KR1:** {a}\n**KR2:** {b}",
    "**Objective**: {o}\n- **KR1**: {a}\n- **KR2**: {b}",
    "**Objective** {o}\n- **KR1** {a}\n- **KR2** {b}",
    "**O1: {o}**\n- KR1: {a}\n- KR2: {b}",
    "__Objective:__ {o}\n- _KR1:_ {a}\n- _KR2:_ {b}",
    "OKR 2: {o}\n- {a}\n- {b}",
    "OKR 1\nObjective: {o}\nKey results:\n- {a}\n- {b}",
    "Objective: {o}\nKey Results: 1) {a} 2) {b}",
    "Objective: {o}; Key Results: {a}; {b}",
    "Objective: {o}\nKey Result 1: {a}\nKey Result 2: {b}",
    "Objective — {o}\nKey result — {a}\nKey result — {b}",
    "Proposed objective: {o}\nProposed key results:\n1. {a}\n2. {b}",
    "Our objective: {o}\nMeasured by:\n- {a}\n- {b}",
    "Objective\n{o}\n\nKey results\n- {a}\n- {b}",
    "Objective:\n{o}\nKey results:\n{a}\n{b}",
    "Objective (committed): {o}\nKR1 (Claire): {a}\nKR2 (70%): {b}",
    "Objective：{o}\nKR1：{a}\nKR2：{b}",
    "🎯 Objective: {o}\n📈 KR1: {a}\n📈 KR2: {b}",
    "Objective → {o}\nKR1 → {a}\nKR2 → {b}",
    "Objective: {o}\n{a}\n{b}",
    "Objective: {o}\n- {a}\n- {b}",
    "{o}\nKR1: {a}\nKR2: {b}",
    "{o} KR1: {a} KR2: {b}",
    "{o}\n\nKR1: {a}\nKR2: {b}",
    "Here is my draft, please review it:\n\nObjective: {o}\nKR1: {a}\nKR2: {b}",
    "Objective: {o} | KR1: {a} | KR2: {b}",
    "Objective: {o} / KR1: {a} / KR2: {b}",
]
FRENCH = [
    "Objectif : {o}\nKR1 : {a}\nKR2 : {b}",
    "Objectif\u00a0: {o}\nKR1\u00a0: {a}\nKR2\u00a0: {b}",
    "Objectif\u202f: {o}\nRC\u202f1\u202f: {a}\nRC\u202f2\u202f: {b}",
    "Objectif 1 : {o}\nRésultat clé 1 : {a}\nRésultat clé 2 : {b}",
    "Objectif n°1 : {o}\nRésultat clé n° 1 : {a}\nRésultat clé n° 2 : {b}",
    "objectif: {o}\nresultat cle 1: {a}\nresultat cle 2: {b}",
    "OBJECTIF : {o}\nRÉSULTAT CLÉ 1 : {a}\nRÉSULTAT CLÉ 2 : {b}",
    "Objectif : {o}\nRe\u0301sultat cle\u0301 1 : {a}\nRe\u0301sultat cle\u0301 2 : {b}",
    "Objectif : {o}\nRésultats clés :\n- {a}\n- {b}",
    "Objectif : {o}\nRésultats-clés :\n• {a}\n• {b}",
    "Objectif : {o}\nResultats clefs\n\t- {a}\n\t- {b}",
    "Objectif trimestriel : {o}\nRésultats clés du trimestre :\n- {a}\n- {b}",
    "Objectif : {o} RC1 : {a} RC2 : {b}",
    "Objectif : {o} KR1: {a} KR2 {b}",
    "L'objectif : {o}\nIndicateur 1 : {a}\nIndicateur 2 : {b}",
    "Notre objectif : {o}\nIndicateurs :\n- {a}\n- {b}",
    "- Objectif : {o}\n  - KR1 : {a}\n  - KR2 : {b}",
    "- Objectif : {o}\n- KR1 : {a}\n- KR2 : {b}",
    "- Objectif : {o}\n- {a}\n- {b}",
    "1. Objectif : {o}\n   - {a}\n   - {b}",
    "## Objectif 1 : {o}\n### KR1 : {a}\n### KR2 : {b}",
    "## Objectif\n{o}\n## Résultats clés\n- {a}\n- {b}",
    "# OKR 1\n## Objectif\n\n{o}\n\n## Résultats clés\n\n1. {a}\n2. {b}",
    "OKR 1 : {o}\nKR1 : {a}\nKR2 : {b}",
    "Obj. 1 : {o}\nKR1 : {a}\nKR2 : {b}",
    "Objectif : {o}\nKR1 {a}\nKR2 {b}",
    "Objectif : {o}\nKR1\n{a}\nKR2\n{b}",
    "Objectif : {o}\n\nComment on le saura :\n- {a}\n- {b}",
]


@pytest.mark.parametrize("layout", ENGLISH)
def test_english_labels(outline: Callable[[str], object], layout: str) -> None:
    objective, (first, second) = EN
    assert outline(layout.format(o=objective, a=first, b=second)) == [EN]


@pytest.mark.parametrize("layout", FRENCH)
def test_french_labels(outline: Callable[[str], object], layout: str) -> None:
    objective, (first, second) = FR
    assert outline(layout.format(o=objective, a=first, b=second)) == [FR]


@pytest.mark.parametrize("layout", ENGLISH)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(outline: Callable[[str], object], layout: str, end: str) -> None:
    objective, (first, second) = EN
    text = layout.format(o=objective, a=first, b=second).replace("\n", end)
    assert outline("\ufeff" + text + end) == [EN]


@pytest.mark.parametrize(
    "line",
    [
        "L’Objective (O) —> Ce que tu veux accomplir. Qualitatif, inspirant.",
        "Les Key Results (KR) —> Comment tu sauras que tu l’as accompli.",
        "Key Results (KR): how you will know that you got there.",
        "Objectives (O) — what you want to achieve.",
        "Un bon Objectif répond à la question: « Où va-t-on? »",
        "Les KR d’un OKR sont des KPI.",
        "KR1 is late and KR2 is on time.",
        "3 à 5 Objectives maximum par trimestre, avec 2 à 4 Key Results chacun.",
        "KPI: définition et exemples",
        "OKR: définition, fonctionnement et exemples",
    ],
)
def test_sentences_about_okrs_are_none(outline: Callable[[str], object], line: str) -> None:
    draft = "Objective: Become the reference\nKR1: Win rate from 20% to 30%\nKR2: NPS at 40"
    expected = [("Become the reference", ["Win rate from 20% to 30%", "NPS at 40"])]
    assert outline(f"{line}\n\n{draft}\n\n{line}\n") == expected


def test_a_value_called_objectif_is_no_objective(outline: Callable[[str], object]) -> None:
    text = "Objectif : Devenir la référence\n- KR1 : Win rate compétitif\n  - Objectif : 40 %\n- KR2 : NPS (Objectif : 45)"
    assert outline(text) == [("Devenir la référence", ["Win rate compétitif", "NPS (Objectif : 45)"])]


def test_key_results_without_objective(outline: Callable[[str], object]) -> None:
    assert outline("KR1: Win rate from 20% to 30%") == [(None, ["Win rate from 20% to 30%"])]
    assert outline("Résultats clés :\n- NPS de 20 à 40\n- Win rate de 20 à 30 %") == [(None, ["NPS de 20 à 40", "Win rate de 20 à 30 %"])]


def test_objective_without_key_results(outline: Callable[[str], object]) -> None:
    assert outline("Objective: Become the reference for mid-market buyers") == [("Become the reference for mid-market buyers", [])]
    assert outline("Objectif 1 : Devenir la référence\nObjectif 2 : Gagner le mid-market\nKR1 : NPS ≥ 40") == [
        ("Devenir la référence", []),
        ("Gagner le mid-market", ["NPS ≥ 40"]),
    ]
    assert outline("# Objectives\n- Become the reference\n- Win the mid-market") == [
        ("Become the reference", []),
        ("Win the mid-market", []),
    ]
