"""JSON, JSON Lines and YAML: our own shapes and those of others."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from documents_read import ReadFile, WriteFile

from reviewer import Okr, review
from reviewer.okr import Context
from reviewer.quarter import Entry, Place, QuarterReview, ReviewedEntry

WON = Okr(
    objective="Win the deals that Orbeo wins today",
    key_results=("Win rate against Orbeo from 28% to 38% by 31 December 2026", "Discount given to close from 12% to 10%"),
    team="PMM",
    owner="Zoe",
    contributes_to="Grow in the mid-market",
)
LOVED = Okr(objective="Être compris en une minute", key_results=("Score de clarté de 5,5 à 8 d'ici fin T4",), team="Brand")
OUTLINE = [(each.objective, list(each.key_results)) for each in (WON, LOVED)]

SHAPES: dict[str, Any] = {
    "a list": [WON.model_dump(), LOVED.model_dump()],
    "a wrapper": {"cycle": "2026-Q4", "okrs": [WON.model_dump(), LOVED.model_dump()]},
    "objectives": {"objectives": [{"title": each.objective, "keyResults": [{"title": kr} for kr in each.key_results], "team": each.team} for each in (WON, LOVED)]},
    "teams as objects": {"teams": [{"name": each.team, "okrs": [{"objective": each.objective, "key_results": each.key_results}]} for each in (WON, LOVED)]},
    "teams as keys": {str(each.team): [{"objective": each.objective, "krs": each.key_results}] for each in (WON, LOVED)},
    "French keys": [{"Objectif": each.objective, "Résultats clés": each.key_results, "Équipe": each.team} for each in (WON, LOVED)],
    "numbered keys": [{"objective": each.objective, "team": each.team} | {f"kr{n}": kr for n, kr in enumerate(each.key_results, start=1)} for each in (WON, LOVED)],
    "nested objective": [{"objective": {"text": each.objective, "id": 7}, "key_results": [{"text": kr} for kr in each.key_results], "team": each.team} for each in (WON, LOVED)],
    "texts": [f"Team: {each.team}\nObjective: {each.objective}\n" + "\n".join(f"KR{n}: {kr}" for n, kr in enumerate(each.key_results, start=1)) for each in (WON, LOVED)],
    "rows": [{"team": each.team, "objective": each.objective, "key_result": kr} for each in (WON, LOVED) for kr in each.key_results],
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", ["json", "indented json", "yaml", "jsonl"])
def test_shapes_that_hold_the_same_okrs(read_file: ReadFile, write_file: WriteFile, shape: str, form: str) -> None:
    value = json.loads(json.dumps(SHAPES[shape]))
    if form == "yaml":
        path = write_file("okr.yaml", yaml.safe_dump(value, allow_unicode=True, sort_keys=False))
    elif form == "jsonl":
        lines = value if isinstance(value, list) else [value]
        path = write_file("okr.jsonl", "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n")
    else:
        path = write_file("okr.json", json.dumps(value, indent=2 if form != "json" else None))
    read = read_file(path)
    assert read.outline == OUTLINE
    assert read.teams == ["PMM", "Brand"]
    assert not read.explained and read.rows == (3 if shape == "rows" else 2)


def test_our_own_okr_keeps_all_it_says(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.json", json.dumps({"cycle": "2026-Q4", "okrs": [WON.model_dump()]})))
    assert read.okrs[0].okr == WON and read.okrs[0].cycle == "2026-Q4"


def test_a_single_okr(read_file: ReadFile, write_file: WriteFile) -> None:
    assert read_file(write_file("okr.json", WON.model_dump_json())).okrs[0].okr == WON
    assert read_file(write_file("okr.yaml", yaml.safe_dump(json.loads(WON.model_dump_json())))).okrs[0].okr == WON


def test_figures_of_a_key_result_become_its_sentence(read_file: ReadFile, write_file: WriteFile) -> None:
    value = {
        "objective": "Gagner les contrats qu'Orbeo gagne aujourd'hui",
        "key_results": [
            {
                "texte": "Taux de victoire face à Orbeo",
                "départ": 28,
                "cible": 38.5,
                "unité": "%",
                "échéance": "2026-12-31",
                "confiance": 0.7,
            },
            {"indicateur": "Remise moyenne accordée", "valeur actuelle": "12 %", "cible": "10 %", "valeur finale": "11 %"},
            {"départ": 3, "cible": 5},
        ],
    }
    read = read_file(write_file("okr.json", json.dumps(value)))
    assert read.outline[0][1] == [
        "Taux de victoire face à Orbeo\u00a0: de 28\u202f% à 38.5\u202f% d'ici le 2026-12-31",
        "Remise moyenne accordée\u00a0: de 12 % à 10 %",
    ]
    assert read.okrs[0].details == ({"confidence": "0.7"}, {"final_value": "11 %"})
    assert [(each.rows, each.place.column) for each in read.explained] == [(0, "key_results[3].départ")]
    assert read.okrs[0].key_results[0].pieces[3].place.column == "key_results[1].cible"
    assert read.taken[0].columns["key_results.départ"] == "baseline"


def test_saved_reviews_give_their_okrs_back(read_file: ReadFile, write_file: WriteFile) -> None:
    saved = review([WON, LOVED], context=Context(cycle="2026-Q4"), examples=0)
    read = read_file(write_file("review.json", saved.model_dump_json()))
    assert read.outline == OUTLINE and read.teams == ["PMM", "Brand"] and not read.explained
    place = Place(file="okr.csv", row=2)
    entries = (
        ReviewedEntry(entry=Entry(place=place, okr=WON, cycle="2026-Q3", details=({"final_value": "36%"}, {}))),
        ReviewedEntry(entry=Entry(place=place, reason="The row holds no key result.")),
    )
    quarter = QuarterReview(language="en", verdict="ready", entries=entries, findings=(), checks=(), company_objectives=("Grow",))
    read = read_file(write_file("quarter.json", quarter.model_dump_json()))
    assert [each.okr for each in read.okrs] == [WON] and read.okrs[0].cycle == "2026-Q3"
    assert read.okrs[0].details == ({"final_value": "36%"}, {})
    assert len(read.reasons) == 1 and "The row holds no key result." in read.reasons[0] and read.rows == 2


def test_what_is_no_okr_is_explained_and_the_rest_read(read_file: ReadFile, write_file: WriteFile) -> None:
    value = [WON.model_dump(), 12, None, {"nom": "Chaise", "prix": 45}, [], {}, "nothing here", LOVED.model_dump()]
    read = read_file(write_file("okr.json", json.dumps(value)))
    assert read.outline[0][0] == WON.objective and read.outline[-1][0] == LOVED.objective
    assert read.rows >= 7 and all(read.reasons)


def test_a_broken_line_costs_itself_only(read_file: ReadFile, write_file: WriteFile) -> None:
    lines = [WON.model_dump_json(), '{"objective": "Cut off', "[" * 50_000, LOVED.model_dump_json()]
    read = read_file(write_file("okr.jsonl", "\n".join(lines)))
    assert read.outline == OUTLINE and read.rows == 4
    assert "no JSON" in read.reasons[0] and ("nested" in read.reasons[1] or "no JSON" in read.reasons[1])


def test_json_that_breaks_off_gives_what_came_before(read_file: ReadFile, write_file: WriteFile) -> None:
    text = json.dumps([WON.model_dump(), LOVED.model_dump()])
    read = read_file(write_file("okr.json", text[:-30]))
    assert read.outline == OUTLINE[:1] and "no JSON" in read.reasons[0]


def test_json_in_other_encodings(read_file: ReadFile, write_file: WriteFile) -> None:
    text = json.dumps([LOVED.model_dump()], ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        assert read_file(write_file("okr.json", text.encode(encoding))).outline == OUTLINE[1:]


def test_json_lines_under_a_json_name(read_file: ReadFile, write_file: WriteFile) -> None:
    assert read_file(write_file("okr.json", WON.model_dump_json() + "\n" + LOVED.model_dump_json())).outline == OUTLINE


def test_halves_of_letters_and_huge_numbers_do_no_harm(read_file: ReadFile, write_file: WriteFile) -> None:
    text = (
        '[{"objective": "Win \\ud800 today\\u0000", "key_results": [{"text": "Win rate", "target": %s}, {"text": "NPS", "target": 1e400}]}]'
    )
    read = read_file(write_file("okr.json", text % ("9" * 5_000)))
    assert read.entries
    read = read_file(write_file("okr.jsonl", text % ("9" * 5_000)))
    assert read.outline[0][0] == "Win \ufffd today" and len(read.outline[0][1]) == 2


def test_yaml_reads_words_as_they_are_written(read_file: ReadFile, write_file: WriteFile) -> None:
    text = "team: no\nokrs:\n- objective: Win\n  key_results:\n  - text: Reply time\n    target: 1:30\n    due: 2026-09-30\n    baseline: ~\n---\nobjective: Grow\nkey_results: [Trials to 400]\n"
    read = read_file(write_file("okr.yml", text))
    assert read.outline == [("Win", ["Reply time: 1:30 by 2026-09-30"]), ("Grow", ["Trials to 400"])]
    assert read.teams == ["no", None]


def test_broken_yaml_says_where(read_file: ReadFile, write_file: WriteFile) -> None:
    read = read_file(write_file("okr.yaml", "okrs:\n- objective: Win\n  key_results: [a: b: c\n"))
    assert not read.okrs and "no YAML" in read.reasons[0]


def test_yaml_aliases_within_reason_are_followed(read_file: ReadFile, write_file: WriteFile) -> None:
    text = "- &first\n  objective: Win\n  key_results: &krs [Win rate to 30%]\n- objective: Grow\n  key_results: *krs\n"
    assert read_file(write_file("okr.yaml", text)).outline == [("Win", ["Win rate to 30%"]), ("Grow", ["Win rate to 30%"])]


def test_rows_as_objects_are_grouped_wherever_they_stand(read_file: ReadFile, write_file: WriteFile) -> None:
    rows = [("Win", "Win rate", 30), ("Grow", "Trials", 400), ("Win", "Deals won", 12)]
    value = [{"objective": objective, "key_result": words, "target": target} for objective, words, target in rows]
    read = read_file(write_file("okr.json", json.dumps(value)))
    assert sorted(read.outline) == [("Grow", ["Trials: 400"]), ("Win", ["Win rate: 30", "Deals won: 12"])]
    assert read.okrs[1].key_results[1].pieces[1].place.column == "target" or read.okrs[0].key_results


def test_equal_objects_are_okrs_of_their_own(read_file: ReadFile, write_file: WriteFile) -> None:
    assert len(read_file(write_file("okr.json", json.dumps([WON.model_dump(), WON.model_dump()]))).okrs) == 2
