"""Near duplicates are told from promises that only look alike: thresholds held to hand-written pairs, scale and cells to what they promise."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import reviewer.relations.likeness
from reviewer import Context, Okr
from reviewer.encoder import Encoder, measure_scale
from reviewer.language.folding import fold
from reviewer.language.statement import understand_key_result, understand_objective
from reviewer.relations.grounds import facts_of_key_result, facts_of_objective
from reviewer.relations.wordage import sort_words
from tests.matching.conftest import Squeezed
from tests.relations.conftest import looked_at, reviewed

PAIRS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "duplicate_pairs.toml").read_text(encoding="utf-8"))["pair"]


def found_as_one(pair: dict[str, Any], encoder: Encoder, folder: Path) -> bool:
    """Tell whether a quarter of the two statements, each in an OKR of its own, has them as duplicates."""
    okrs = []
    for text, language in zip((pair["first"], pair["second"]), pair["languages"], strict=True):
        okr = Okr(objective="", key_results=(text,)) if pair["kind"] == "key_result" else Okr(objective=text)
        okrs.append(reviewed(okr, context=Context(language=language)))
    return any(finding.rule == "quarter-duplicate" for finding in looked_at(folder, okrs, encoder).findings)


@pytest.fixture(scope="module")
def told(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> list[bool]:
    """Tell each pair, with the default model."""
    return [found_as_one(pair, encoder, tmp_path_factory.mktemp("pair")) for pair in PAIRS]


def precision_and_recall(told: list[bool], held_out: bool) -> tuple[float, float]:
    """Count over the pairs that thresholds were set with, or over those held out."""
    rows = [(pair["same"], found) for pair, found in zip(PAIRS, told, strict=True) if pair.get("held_out", False) == held_out]
    right = sum(same and found for same, found in rows)
    return right / sum(found for _, found in rows), right / sum(same for same, _ in rows)


def test_there_are_pairs_enough_of_each_kind_in_both_languages() -> None:
    kinds = {(pair["kind"], tuple(pair["languages"]), pair["same"]) for pair in PAIRS}
    assert len(PAIRS) >= 200 and len(kinds) == 12
    assert all(bool(pair.get("differs")) != pair["same"] for pair in PAIRS)


def test_pairs_that_set_the_thresholds_are_told_apart(told: list[bool]) -> None:
    precision, recall = precision_and_recall(told, held_out=False)
    assert precision >= 0.98 and recall >= 0.86


def test_pairs_written_afterwards_are_told_apart_nearly_as_well(told: list[bool]) -> None:
    precision, recall = precision_and_recall(told, held_out=True)
    assert precision >= 0.9 and recall >= 0.65


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Porter le win rate face à Orbeo de 28 % à 38 %", "Porter le win rate face à Veltris de 28 % à 38 %", False),
        ("NPS 30 -> 40", "NPS from 30 to 40", True),
        ("Porter le win rate face à Orbeo de 24 % à 32 %", "Raise the win rate against Orbeo from 24% to 32%", True),
        ("NPS 30 -> 40", "NPS 30 -> 45", False),
        ("NPS de 30 à 40 chez les PME", "NPS de 30 à 40 chez les ETI", False),
        ("20 demandes de démo d'ici fin mars", "20 demandes de démo d'ici fin juin", False),
        ("Lancer la phase 2 du programme", "Lancer la phase 3 du programme", False),
        ("Obtenir 25 avis Capterra", "Obtenir 25 avis Trustpilot", False),
    ],
)
def test_another_figure_rival_segment_or_date_makes_another_key_result(
    one: str, other: str, same: bool, encoder: Encoder, tmp_path: Path
) -> None:
    assert found_as_one({"kind": "key_result", "languages": ["fr", "fr"], "first": one, "second": other}, encoder, tmp_path) is same


def test_another_model_has_a_scale_of_its_own(encoder: Encoder, tmp_path: Path) -> None:
    squeezed = Squeezed(encoder)
    assert measure_scale(squeezed).other > 0.7
    sample = [pair for pair in PAIRS if pair["languages"] == ["fr", "en"]][::4]
    for number, pair in enumerate(sample):
        (tmp_path / f"{number}a").mkdir()
        (tmp_path / f"{number}b").mkdir()
        ours = found_as_one(pair, encoder, tmp_path / f"{number}a")
        assert found_as_one(pair, squeezed, tmp_path / f"{number}b") is ours, pair


def test_small_blocks_and_cells_find_what_one_block_finds(encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sides = [(pair[side], language) for pair in PAIRS for side, language in zip(("first", "second"), pair["languages"], strict=True)]
    okrs = [reviewed(Okr(objective=text), context=Context(language=language)) for text, language in dict.fromkeys(sides)]

    def groups(name: str) -> set[frozenset[int]]:
        (tmp_path / name).mkdir()
        whole = looked_at(tmp_path / name, okrs, encoder)
        return {frozenset(place.entry for place in f.places) for f in whole.findings if f.rule == "quarter-duplicate"}

    whole = groups("whole")
    monkeypatch.setattr(reviewer.relations.likeness, "_BLOCK", 7)
    assert groups("blocks") == whole and len(whole) > 20
    monkeypatch.setattr(reviewer.relations.likeness, "_LARGEST", 40)
    cells = groups("cells")
    assert len(cells & whole) >= 0.9 * len(whole)


@pytest.mark.parametrize(
    ("text", "language", "names", "people", "ground"),
    [
        ("Porter le win rate face à Orbeo de 24 % à 32 %", "fr", {"orbeo"}, set(), set()),
        ("Raise Win Rate Against Orbeo From 24% To 32%", "en", set(), set(), set()),
        ("Win the Mid-Market in Germany", "en", set(), set(), {"size:mid", "places:germany"}),
        ("Ramener le cycle de vente des ETI en Allemagne", "fr", set(), set(), {"size:mid", "places:germany"}),
        ("Note des commerciaux sur nos supports", "fr", set(), {"people:sales"}, set()),
        ("Account executives trust our deck", "en", set(), {"people:sales"}, set()),
        ("5 clients référents dans la banque", "fr", set(), {"people:customer"}, {"sector:finance"}),
        ("Réussir le lancement de Lumeo Prévisions", "fr", {"lumeo"}, set(), set()),
    ],
)
def test_names_people_and_places_are_those_of_both_languages(text, language, names, people, ground) -> None:  # type: ignore[no-untyped-def]
    found = sort_words(text, fold(text), language, [], [])
    assert (names <= found.names, found.people, found.ground) == (True, people, ground)


@pytest.mark.parametrize("offset", [0, 1, 57])
def test_facts_do_not_depend_on_where_a_statement_stands(offset: int) -> None:
    text = "Porter le **win rate** face à Orbeo de 24 % à 32 % d'ici fin T3 (source : CRM)"
    assert facts_of_key_result(understand_key_result(text, "fr", offset)) == facts_of_key_result(understand_key_result(text, "fr"))
    aim = "Devenir la référence des équipes RH en Espagne"
    assert facts_of_objective(understand_objective(aim, "fr", offset)) == facts_of_objective(understand_objective(aim, "fr"))


def test_word_for_word_is_but_for_case_accents_and_punctuation() -> None:
    def key(text: str) -> int:
        return facts_of_key_result(understand_key_result(text, "fr")).same

    assert key("NPS : 30 -> 40 !") == key("nps 30 → 40") and key("Équipe 8,5") == key("equipe 8.5")
    assert len({key(text) for text in ("Churn < 5 %", "Churn > 5 %", "Churn 5", "Churn +5 %", "Churn -5 %", "Churn : -5 %")}) == 5
