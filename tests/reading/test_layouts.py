"""Headings, lists, prose and several OKRs on a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[[str], list[tuple[str | None, list[str]]]]

WON = ("Sales win competitive deals with our story", ["Win rate from 22% to 30%", "Battlecards used in 70% of deals (vs 25% today)"])
LOVED = ("Buyers understand us in one minute", ["Message test score from 5 to 8/10", "Demo requests up 20% vs Q2"])
GAGNE = ("Les Sales gagnent les deals compétitifs", ["Win rate de 22 % à 30 %", "Battlecards utilisées sur 70 % des deals"])
AIME = ("Les acheteurs nous comprennent en une minute", ["Score de clarté ≥ 8/10", "Demandes de démo : +20 % vs T2"])

TWO = [
    "### {o1}\n\n- {a1}\n- {b1}\n\n### {o2}\n\n- {a2}\n- {b2}\n",
    "### {o1}\n\n_Why we care about it. It matters._\n\n#### Key results\n\n- {a1}\n- {b1}\n\n\n### {o2}\n\n_Why._\n\n#### Key results\n\n- {a2}\n- {b2}\n",
    "## {o1}\n\n### Résultats clés\n\n1. {a1}\n2. {b1}\n\n## {o2}\n\n### Résultats clés\n\n1. {a2}\n2. {b2}\n",
    "* {o1}\n  * {a1}\n  * {b1}\n* {o2}\n  * {a2}\n  * {b2}",
    "* {o1}\n\t* {a1}\n\t* {b1}\n* {o2}\n\t* {a2}\n\t* {b2}",
    "1. {o1}\n   - {a1}\n   - {b1}\n2. {o2}\n   - {a2}\n   - {b2}",
    "1. {o1}\n- {a1}\n- {b1}\n2. {o2}\n- {a2}\n- {b2}",
    "1. {o1}\n1.1 {a1}\n1.2 {b1}\n2. {o2}\n2.1 {a2}\n2.2 {b2}",
    "{o1}\n1/ {a1}\n2/ {b1}\n\n{o2}\n1/ {a2}\n2/ {b2}",
    "1) {o1}\n   a) {a1}\n   b) {b1}\n2) {o2}\n   a) {a2}\n   b) {b2}",
    "{o1}\n- {a1}\n- {b1}\n\n{o2}\n- {a2}\n- {b2}",
    "{o1}\n\n- {a1}\n- {b1}\n\n{o2}\n\n- {a2}\n- {b2}",
    "{o1} :\n• {a1}\n• {b1}\n\n{o2} :\n• {a2}\n• {b2}",
    "**{o1}**\n- {a1}\n- {b1}\n\n**{o2}**\n- {a2}\n- {b2}",
    "**{o1}**\n☐ {a1}\n☑ {b1}\n\n**{o2}**\n☐ {a2}\n☐ {b2}",
    "### {o1} [DevRel]\n\n- [ ] {a1}\n- [x] {b1}\n\n#### {o2} [PMM]\n\n- [ ] {a2}\n- [ ] {b2}",
    "## Developer Community:\n* {o1}\n  * [P0] {a1}\n  * [P1] {b1}\n\n## Academia:\n* {o2}\n  * [P0] {a2}\n  * [P2] {b2}",
    "{o1}\n=====\n- {a1}\n- {b1}\n\n{o2}\n-----\n- {a2}\n- {b2}",
    "# OKRs Q3 2026\n\n## {o1}\n- {a1}\n- {b1}\n\n## {o2}\n- {a2}\n- {b2}",
    "# Nos OKR\n- {o1}\n    - {a1}\n        - how we count it\n    - {b1}\n- {o2}\n    - {a2}\n    - {b2}",
    "* **Objective**:\n    * {o1}\n* **Key Results:**\n    * {a1}\n    * {b1}\n* **Rationale:**\n    * It is our driver of growth.\n\n"
    "* **Objective**:\n    * {o2}\n* **Key Results:**\n    * {a2}\n    * {b2}\n* **Rationale:**\n    * Because we must.\n    * And we can.",
    "### Objective: {o1}\n\n* **Key Result:**\n * {a1}\n* **Key Result:**\n * {b1}\n\n* **Rationale:**\n * Sure\n\n"
    "### Objective: {o2}\n\n* **Key Result:**\n * {a2}\n* **Key Result:**\n * {b2}\n",
    "### Objective\n\n{o1}\n\n* **Key Results:**\n  * {a1}\n  * {b1}\n\n### Objective\n\n{o2}\n\n* **Key Results:**\n  * {a2}\n  * {b2}",
    "### Objective: {o1}\n#### KR1: {a1}\n> **Why?** It unlocks growth\n\n#### KR2: {b1}\n> **Why** - More of it\n\n"
    "### Objective: {o2}\n#### KR1: {a2}\n#### KR2: {b2}\n",
    "- Objective: {o1}\n    - Key result:\n        - {a1}\n            - limit the queue\n        - {b1}\n    - Why?\n        - For trust\n"
    "- Objective: {o2}\n    - Key results:\n        - {a2}\n            - guaranteed\n        - {b2}\n",
    "Bonjour à tous, voici mon brouillon. Dites-moi ce que vous en pensez.\n\nObjectif 1 : {o1}\n- KR1 : {a1}\n- KR2 : {b1}\n\n"
    "Un mot sur la suite, que je n'ai pas fini.\n\nObjectif 2 : {o2}\n- KR1 : {a2}\n- KR2 : {b2}\n\nMerci !\n- Claire",
    "Objective: {o1} KR1: {a1} KR2: {b1}\n\nSome prose in between, about KPIs and metrics.\n\nObjective: {o2} KR1: {a2} KR2: {b2}",
    "Objective: {o1} KR1: {a1} KR2: {b1} Objective: {o2} KR1: {a2} KR2: {b2}",
    "{o1}\nKR1: {a1}\nKR2: {b1}\n\n{o2}\nKR1: {a2}\nKR2: {b2}",
    "{o1}\nKR: {a1}\nKR: {b1}\n\n{o2}\nKR: {a2}\nKR: {b2}",
    "- {o1}\n  - KR1: {a1}\n  - KR2: {b1}\n- {o2}\n  - KR1: {a2}\n  - KR2: {b2}",
    "## {o1}\n- KR1: {a1}\n- KR2: {b1}\n\n## {o2}\n- KR1: {a2}\n- KR2: {b2}",
    "## {o1}\nSome context.\n\nKR1: {a1}\n\nKR2: {b1}\n\n## {o2}\nMore context.\n\nKR1: {a2}\n\nKR2: {b2}",
    "Objective: {o1}\nKR1: {a1}\nKR2: {b1}\nInitiatives:\n- Write three battlecards\n- Train the team\n\n"
    "Objective: {o2}\nKR1: {a2}\nKR2: {b2}\nNotes: to be reviewed\n- with Paul",
    "## Objective 1: {o1}\n### Key results\n- {a1}\n- {b1}\n### Initiatives\n- Write battlecards\n\n"
    "## Objective 2: {o2}\n### Key results\n- {a2}\n- {b2}\n### Actions\n- Test messages",
    "---\ntitle: OKRs\nowner: pmm\n---\n\nObjective: {o1}\nKR1: {a1}\nKR2: {b1}\n\nObjective: {o2}\nKR1: {a2}\nKR2: {b2}",
    "<!-- Objective: an example\nKR1: to be deleted -->\nObjective: {o1}<!-- or so -->\nKR1: {a1}\nKR2: {b1}\n\nObjective: {o2}\nKR1: {a2} <!-- ? -->\nKR2: {b2}",
    "```\nObjective: sample\nKR1: sample of a key result\n```\n\nObjective: {o1}\nKR1: {a1}\nKR2: {b1}\n\n> Objective: {o2} was proposed\n\nObjective: {o2}\nKR1: {a2}\nKR2: {b2}",
    "My OKRs:\n```\nObjective: {o1}\nKR1: {a1}\nKR2: {b1}\n\nObjective: {o2}\nKR1: {a2}\nKR2: {b2}\n```\nThanks!",
    "> Objective: {o1}\n> - KR1: {a1}\n> - KR2: {b1}\n>\n> Objective: {o2}\n> - KR1: {a2}\n> - KR2: {b2}",
    "<details>\n<summary>OKRs</summary>\n\nObjective: {o1}\n- KR1: {a1}\n- KR2: {b1}\n\nObjective: {o2}\n- KR1: {a2}\n- KR2: {b2}\n</details>",
]


@pytest.mark.parametrize("layout", TWO)
@pytest.mark.parametrize("pair", [(WON, LOVED), (GAGNE, AIME)], ids=["en", "fr"])
def test_two_okrs(outline: Read, layout: str, pair: tuple[tuple[str, list[str]], tuple[str, list[str]]]) -> None:
    first, second = pair
    text = layout.format(o1=first[0], a1=first[1][0], b1=first[1][1], o2=second[0], a2=second[1][0], b2=second[1][1])
    assert outline(text) == [first, second]


def test_wrapped_lines_belong_to_their_statement(outline: Read) -> None:
    text = (
        "Objective: Sales win competitive deals\nwith our story\n"
        "- KR1: Win rate on competitive deals from 22% to 30%\n  on Mid-Market in Europe\n"
        "- KR2: Battlecards are opened in seven out of ten competitive deals that\nSales report in the CRM\n"
    )
    assert outline(text) == [
        (
            "Sales win competitive deals\nwith our story",
            [
                "Win rate on competitive deals from 22% to 30%\n  on Mid-Market in Europe",
                "Battlecards are opened in seven out of ten competitive deals that\nSales report in the CRM",
            ],
        )
    ]


def test_baseline_and_target_lines_stay_with_their_key_result(outline: Read) -> None:
    text = "Objectif : Gagner\nKR1 : Win rate compétitif\nBaseline : 22 %\nCible : 30 %\nKR2 : NPS ≥ 40"
    assert outline(text) == [("Gagner", ["Win rate compétitif\nBaseline : 22 %\nCible : 30 %", "NPS ≥ 40"])]


def test_prose_around_is_left_out(outline: Read) -> None:
    text = (
        "# Planning notes\n\nWe met on Monday. Everybody was there.\n\n- coffee\n- cake\n\n"
        "Objective: Win the mid-market\nKR1: Win rate from 22% to 30%\n\n## Next steps\n\n- Book a room\n- Invite Sales\n"
    )
    assert outline(text) == [("Win the mid-market", ["Win rate from 22% to 30%"])]


@pytest.mark.parametrize(
    "text",
    [
        "Devenir la référence\nWin rate de 22 % à 30 %\nNPS de 20 à 40",
        "Devenir la référence\n\nWin rate de 22 % à 30 %\n\nNPS de 20 à 40\n",
        "devenir la référence\nwin rate de 22 % à 30 %\nnps de 20 à 40",
        "OKR PMM T3 2026\nDevenir la référence\nWin rate de 22 % à 30 %\nNPS de 20 à 40",
    ],
)
def test_a_few_short_lines_alone(outline: Read, text: str) -> None:
    ((objective, key_results),) = outline(text)
    assert objective is not None
    assert (objective.lower(), [key_result.lower() for key_result in key_results]) == (
        "devenir la référence",
        ["win rate de 22 % à 30 %", "nps de 20 à 40"],
    )


def test_a_bare_list_is_key_results(outline: Read) -> None:
    assert outline("- Win rate from 22% to 30%\n- NPS from 20 to 40") == [(None, ["Win rate from 22% to 30%", "NPS from 20 to 40"])]


def test_badly_indented_key_results_are_kept(outline: Read) -> None:
    text = "- Objective: Win the mid-market\n  - KR1: Win rate to 30%\n    - KR2: NPS at 40\n      - KR3: Churn under 2%"
    assert outline(text) == [("Win the mid-market", ["Win rate to 30%", "NPS at 40", "Churn under 2%"])]


def test_what_explains_a_key_result_is_none(outline: Read) -> None:
    text = (
        "Objective: Win the mid-market\n- KR1: Win rate from 22% to 30%\n  - Owner: Claire\n  - Why: deals slip\n"
        "  - Action 1: train Sales\n  - Indicateur : CRM\n- KR2: NPS at 40\n  - as asked in the survey\n"
    )
    assert outline(text) == [("Win the mid-market", ["Win rate from 22% to 30%", "NPS at 40"])]
