"""Columns are recognised in both languages, and rows belong to the OKR a reader would say."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest
from documents_read import Read, ReadFile, WriteFile

from reviewer.quarter import ColumnRole
from reviewer.reading.documents.vocabulary import ROLES, is_blank, kind_of, meaning

WORDS = tomllib.loads(resources.files("reviewer.reading.documents").joinpath("columns.toml").read_text("utf-8"))


def csv(*rows: str) -> str:
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_of_a_role_is_recognised_however_it_is_written(role: ColumnRole, language: str) -> None:
    for word in WORDS["roles"][role][language]:
        for written in (
            word,
            word.upper(),
            word.title(),
            f" {word} : ",
            f"{word} (Q4)",
            f"*{word}*",
            word.replace(" ", "_"),
            word.replace(" ", "\n"),
        ):
            known = meaning(written)
            assert known is not None and known.sense == role, written


def test_no_word_has_two_roles() -> None:
    seen: dict[str, str] = {}
    for role, listed in WORDS["roles"].items():
        for word in {re.sub(r"\W+", " ", each) for each in listed["fr"] + listed["en"]}:
            assert seen.setdefault(word, role) == role, word


@pytest.mark.parametrize(
    ("header", "sense", "number"),
    [
        ("Objectif trimestriel", "objective", None), ("KR #2", "key_result", "2"), ("Résultat clé n°3", "key_result", "3"),
        ("Cible T4 2026", "target", None), ("Q4 target", "target", None), ("KR1 - Baseline", "baseline", "1"),
        ("Target KR2", "target", "2"), ("Objective owner", "owner", None), ("Responsable du KR", "owner", None),
        ("Objectif entreprise", "contributes_to", None), ("Date d'échéance du résultat clé", "due_date", None),
        ("keyResults", "key_result", None), ("due_date", "due_date", None), ("Échéance (JJ/MM)", "due_date", None),
    ],
)  # fmt: skip
def test_headers_with_words_around_them(header: str, sense: str, number: str | None) -> None:
    known = meaning(header)
    assert known is not None and (known.sense, known.number) == (sense, number)


@pytest.mark.parametrize(
    "header", ["Prix", "Stock", "First name", "Campaign", "2026", "", "x" * 200, "Objectives of the meeting on Monday"]
)
def test_other_headers_are_not(header: str) -> None:
    assert meaning(header) is None


def test_kinds_and_blanks() -> None:
    assert [kind_of(text) for text in ("Objective", "KR 1.2", "Résultat clé", "O3", "Initiative")] == [
        "objective", "key_result", "key_result", "objective", None,
    ]  # fmt: skip
    assert all(is_blank(text) for text in ("", " ", "-", "N/A", "n.a.", "TBD", "à définir", "s/o", "—", "?"))
    assert not any(is_blank(text) for text in ("0", "0 %", "Non", "none of the deals"))


def test_the_objective_may_repeat_or_stand_on_its_first_row(read_file: ReadFile, write_file: WriteFile) -> None:
    head = "Team,Objective,Key result"
    repeated = csv(head, "PMM,Win,A from 1 to 2", "PMM,win ,B from 1 to 2", "Growth,Win,C from 1 to 2")
    once = csv(head, "PMM,Win,A from 1 to 2", ",,B from 1 to 2", "Growth,Win,C from 1 to 2")
    for text in (repeated, once):
        read = read_file(write_file("okr.csv", text))
        assert read.outline == [("Win", ["A from 1 to 2", "B from 1 to 2"]), ("Win", ["C from 1 to 2"])]
        assert read.teams == ["PMM", "Growth"]


def test_a_team_named_once_holds_for_the_objectives_below(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Team,Objective,Key result", "PMM,Win,A from 1 to 2", ",,B from 1 to 2", ",Grow,C from 1 to 2", "Brand,Shine,D from 1 to 2")
    assert read_file(write_file("okr.csv", text)).teams == ["PMM", "PMM", "Brand"]
    text = csv("Team,Objective,Key result", "PMM,Win,A from 1 to 2", "PMM,,B from 1 to 2", ",Grow,C from 1 to 2")
    assert read_file(write_file("okr.csv", text)).teams == ["PMM", None]


def test_rows_of_an_objective_are_put_together_wherever_they_stand(read_file: ReadFile, write_file: WriteFile) -> None:
    rows = [
        f"{team},{objective},{objective} {letter} from 1 to 2"
        for letter in "abc"
        for team in ("PMM", "Growth")
        for objective in ("Win", "Grow")
    ]
    read = read_file(write_file("okr.csv", csv("Team,Objective,Key result", *rows)))
    assert len(read.okrs) == 4 and read.rows == 12
    for entry in read.okrs:
        assert entry.okr.key_results == tuple(f"{entry.okr.objective} {letter} from 1 to 2" for letter in "abc")
        assert [each.pieces[0].place.row for each in entry.key_results] == [entry.place.row + 4 * step for step in range(3)]


def test_quarters_of_one_objective_are_okrs_of_their_own(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Quarter,Objective,Key result", "Q3 2026,Win,A from 1 to 2", "Q4 2026,Win,A from 2 to 3")
    assert [each.cycle for each in read_file(write_file("okr.csv", text)).okrs] == ["Q3 2026", "Q4 2026"]


def test_several_key_results_in_columns_with_their_values(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        "Objective;KR1;KR1 baseline;KR1 target;KR2;KR2 baseline;KR2 target;KR3;Deadline",
        "Win;Win rate;28%;38%;Discount;12%;10%;;Q4 2026",
        "Grow;Trials;200;400;;;;Paid accounts from 20 to 40;Q3 2026",
    )
    assert read_file(write_file("okr.csv", text)).outline == [
        ("Win", ["Win rate: from 28% to 38% by Q4 2026", "Discount: from 12% to 10% by Q4 2026"]),
        ("Grow", ["Trials: from 200 to 400 by Q3 2026", "Paid accounts from 20 to 40 by Q3 2026"]),
    ]


def test_values_repeat_after_each_key_result_without_numbers(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Objectif;KR 1;Cible;KR 2;Cible", "Gagner;Taux de victoire;38 %;Remise moyenne;10 %")
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [("Gagner", ["Taux de victoire\u00a0: 38 %", "Remise moyenne\u00a0: 10 %"])]
    assert read.taken[0].columns == {
        "Objectif": "objective", "KR 1": "key_result", "Cible (C)": "target", "KR 2": "key_result", "Cible (E)": "target",
    }  # fmt: skip


def test_one_target_for_several_key_results_is_not_guessed(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.csv", csv("Objective,KR1,KR2,Target", "Win,Win rate,Discount,38%")))
    assert read.outline == [("Win", ["Win rate", "Discount"])] and read.taken[0].unused == ("Target",)


def test_objectif_over_figures_is_a_target(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Objectif;Indicateur;Actuel;Objectif", "Gagner face à Orbeo;Taux de victoire;28 %;38 %", ";Remise moyenne;12 %;10 %")
    assert read_file(write_file("okr.csv", text)).outline == [
        ("Gagner face à Orbeo", ["Taux de victoire\u00a0: de 28 % à 38 %", "Remise moyenne\u00a0: de 12 % à 10 %"])
    ]


def test_numbers_of_key_results_are_no_key_results(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Objective,KR,Description,Target", "Win,KR1,Win rate,38%", ",KR2,Discount,10%")
    assert read_file(write_file("okr.csv", text)).outline == [("Win", ["Win rate: 38%", "Discount: 10%"])]


def test_a_column_says_what_each_row_is(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        "Type,Title,Owner,Start,Target", "Objective,Win the deals that Orbeo wins,Zoe,,", "Key Result,Win rate,Zoe,28%,38%",
        "Initiative,Rewrite the battlecard,Max,,", "Key Result,Discount,Zoe,12%,10%", "Objective,Grow,Max,,", "KR,Trials,Max,200,400",
    )  # fmt: skip
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [
        ("Win the deals that Orbeo wins", ["Win rate: from 28% to 38%", "Discount: from 12% to 10%"]),
        ("Grow", ["Trials: from 200 to 400"]),
    ]
    assert [(each.place.row, each.rows) for each in read.explained] == [(4, 1)] and "Initiative" in read.reasons[0]
    assert read.okrs[0].okr.owner == "Zoe" and read.rows == 6


def test_rows_that_say_themselves_what_they_are(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        "Objectif 1 : Gagner face à Orbeo;;",
        "KR1 : Taux de victoire de 28 % à 38 %;;",
        "KR2 : Remise de 12 % à 10 %;;",
        "Objectif 2 : Grandir;;",
        "KR1 : Essais de 200 à 400;;",
    )
    assert read_file(write_file("okr.csv", text)).outline == [
        ("Gagner face à Orbeo", ["Taux de victoire de 28 % à 38 %", "Remise de 12 % à 10 %"]), ("Grandir", ["Essais de 200 à 400"]),
    ]  # fmt: skip
    text = csv("Objective,Win against Orbeo", "KR1,Win rate from 28% to 38%", "KR2,Discount from 12% to 10%")
    assert read_file(write_file("okr.csv", text)).outline == [
        ("Win against Orbeo", ["Win rate from 28% to 38%", "Discount from 12% to 10%"])
    ]


def test_several_key_results_in_one_cell(read_file: ReadFile, write_file: WriteFile) -> None:
    cell = '"KR1: Win rate from 28% to 38%\n- Discount from 12% to 10%"'
    read = read_file(
        write_file("okr.csv", csv("Objective,Key results", f"Win,{cell}", 'Grow,"Trials from 200 to 400\nPaid accounts from 20 to 40"'))
    )
    assert read.outline == [
        ("Win", ["Win rate from 28% to 38%", "Discount from 12% to 10%"]), ("Grow", ["Trials from 200 to 400", "Paid accounts from 20 to 40"]),
    ]  # fmt: skip
    content = "KR1: Win rate from 28% to 38%\n- Discount from 12% to 10%"
    for statement in read.okrs[0].key_results:
        piece = statement.pieces[0]
        assert content[piece.offset :].startswith(statement.text)


def test_a_row_without_words_is_explained_and_named(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Objective,Key result,Target,Comment", "Win,Win rate,38%,", ",,,to be discussed", ",,10%,", "Grow,,400,")
    read = read_file(write_file("okr.csv", text))
    assert [(each.place.row, each.place.column, each.rows) for each in read.explained] == [(3, None, 1), (4, None, 1), (5, "C", 0)]
    assert "to be discussed" in read.reasons[0] and "400" in read.reasons[2] and read.rows == 4


def test_columns_and_words_that_disagree_are_said(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.csv", csv("Objective,Key result,Baseline,Target", "Win,Win rate from 28% to 40%,28%,38%")))
    assert read.outline == [("Win", ["Win rate from 28% to 40%"])]
    assert (
        [(each.rows, each.place.column) for each in read.explained] == [(0, "D")] and "38%" in read.reasons[0] and "40%" in read.reasons[0]
    )


def test_details_and_all_that_surrounds_an_okr(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        "Trimestre;Équipe;Objectif;Contribue à;Résultat clé;Confiance;Avancement;Réalisé;Rythme de suivi;Porteur",
        "T4 2026;PMM;Gagner face à Orbeo;Croître sur le mid-market;Taux de victoire de 28 % à 38 %;7/10;40 %;36 %;toutes les deux semaines;Zoé",
        ";;;;Remise de 12 % à 10 %;5/10;;;;Max",
    )  # fmt: skip
    entry = read_file(write_file("okr.csv", text)).okrs[0]
    assert (entry.cycle, entry.check_in, entry.okr.team, entry.okr.contributes_to) == (
        "T4 2026", "toutes les deux semaines", "PMM", "Croître sur le mid-market",
    )  # fmt: skip
    assert entry.okr.owner is None
    assert entry.details == (
        {"confidence": "7/10", "progress": "40 %", "final_value": "36 %", "owner": "Zoé"}, {"confidence": "5/10", "owner": "Max"},
    )  # fmt: skip


def test_what_stands_above_the_table_holds_for_it(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv(
        "Équipe;PMM",
        "Trimestre;T4 2026",
        "Objectif;Gagner face à Orbeo",
        "",
        "Résultat clé;Départ;Cible",
        "Taux de victoire;28 %;38 %",
        "Remise;12 %;10 %",
    )
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [("Gagner face à Orbeo", ["Taux de victoire\u00a0: de 28 % à 38 %", "Remise\u00a0: de 12 % à 10 %"])]
    assert read.teams == ["PMM"] and read.okrs[0].cycle == "T4 2026"


def test_key_results_without_objectives_are_kept(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("Team,Key result", "PMM,Win rate from 28% to 38%", "PMM,Discount from 12% to 10%", "Growth,Trials from 200 to 400")
    read = read_file(write_file("okr.csv", text))
    assert read.outline == [("", ["Win rate from 28% to 38%", "Discount from 12% to 10%"]), ("", ["Trials from 200 to 400"])]


def test_a_thousand_key_results_under_one_objective_are_not_held(read_file: ReadFile, write_file: WriteFile) -> None:
    rows = [f",Deals won in segment {number} from 4 to 9" for number in range(1_000)]
    read = read_file(write_file("okr.csv", csv("Objective,Key result", "Win,Win rate from 28% to 38%", *rows)))
    assert len(read.okrs) == 1 and len(read.okrs[0].key_results) == 200 and read.rows == 1_001
    assert [each.rows for each in read.explained] == [801]


def test_control_and_direction_marks_do_no_harm(read_file: ReadFile, write_file: WriteFile) -> None:
    text = csv("\u200eObjective\u200f,Key\u00a0result", "Win \u202edeals\u202c\x07 today,Win\u200b rate from 28% to 38%\x00\x1b[31m")
    read: Read = read_file(write_file("okr.csv", text.encode("utf-8").replace(b"\x00", b"\x01")))
    assert read.taken[0].header_row == 1 and len(read.okrs) == 1
    for words in (read.okrs[0].okr.objective, *read.okrs[0].okr.key_results):
        assert not re.search(r"[\x00-\x08\x0b-\x1f]", words)
