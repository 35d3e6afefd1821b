"""What was taken in stands on disk: replaced, taken out and found again by a resumed run, with memory that does not grow with it."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from reviewer import Context, Okr, ReviewerError
from reviewer.encoder import Encoder, Scale, scale_of
from reviewer.language.statement import understand_key_result, understand_objective
from reviewer.okr import HouseMeasure, ReviewedOkr, Settings, Team
from reviewer.quarter import Entry, Place, QuarterFinding, ReviewedEntry
from reviewer.relations import Relations, Whole, statement_texts
from tests.relations.conftest import entry, looked_at, reviewed
from tests.relations.quarters import DEALS, GROWTH, LAUNCH, QUARTER, SALES, okr


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Give the database of a run."""
    with sqlite3.connect(tmp_path / "quarter.sqlite") as opened:
        yield opened
    opened.close()


def of(whole: Whole, rule: str) -> list[QuarterFinding]:
    """Give the findings of one rule."""
    return [finding for finding in whole.findings if finding.rule == rule]


def take_in(relations: Relations, at: int, each: Okr, encoder: Encoder | None) -> None:
    """Review an OKR and take it in."""
    known = reviewed(each, at)
    assert known.review is not None
    relations.add(at, known, encoder.encode(statement_texts(known.review.okrs[0])) if encoder else None)


def test_an_entry_taken_in_again_replaces_what_was_there(database: sqlite3.Connection, tmp_path: Path, encoder: Encoder) -> None:
    relations = Relations(database, tmp_path, Context(), "fr")
    for at, each in enumerate((DEALS, SALES)):
        take_in(relations, at, each, encoder)
    assert len(of(relations.conclude(scale_of(encoder)), "quarter-duplicate")) == 1
    take_in(relations, 1, GROWTH, encoder)
    whole = relations.conclude(scale_of(encoder))
    assert of(whole, "quarter-duplicate") == [] and [team.team for team in whole.teams] == ["PMM", "Growth"]
    take_in(relations, 1, SALES, encoder)
    assert len(of(relations.conclude(scale_of(encoder)), "quarter-duplicate")) == 1


def test_an_entry_that_became_unreadable_leaves_nothing_behind(database: sqlite3.Connection, tmp_path: Path) -> None:
    relations = Relations(database, tmp_path, Context(), "fr")
    take_in(relations, 0, DEALS, None)
    take_in(relations, 1, SALES, None)
    relations.add(1, ReviewedEntry(entry=Entry(place=Place(file="okrs.csv", row=3), reason="no objective"), reason="no objective"), None)
    whole = relations.conclude(None)
    assert [(team.team, team.okrs) for team in whole.teams] == [("PMM", 1)] and of(whole, "quarter-duplicate") == []


def test_a_run_that_was_cut_short_finds_its_facts_and_vectors_again(tmp_path: Path, encoder: Encoder) -> None:
    for at, each in enumerate(QUARTER):
        with sqlite3.connect(tmp_path / "quarter.sqlite") as database:  # each OKR in a run of its own
            take_in(Relations(database, tmp_path, Context(), "fr"), at, each, encoder)
        database.close()
    with sqlite3.connect(tmp_path / "quarter.sqlite") as database:
        resumed = Relations(database, tmp_path, Context(), "fr").conclude(scale_of(encoder))
    database.close()
    (tmp_path / "once").mkdir()
    assert resumed == looked_at(tmp_path / "once", QUARTER, encoder)


def test_what_a_transaction_gave_up_is_gone(tmp_path: Path, encoder: Encoder) -> None:
    database = sqlite3.connect(tmp_path / "quarter.sqlite")
    relations = Relations(database, tmp_path, Context(), "fr")
    take_in(relations, 0, DEALS, encoder)
    database.commit()
    take_in(relations, 1, SALES, encoder)
    database.rollback()
    take_in(relations, 1, LAUNCH, encoder)
    whole = relations.conclude(scale_of(encoder))
    database.close()
    assert [(team.team, team.okrs) for team in whole.teams] == [("PMM", 2)] and of(whole, "quarter-duplicate") == []


def test_another_model_halfway_is_refused_with_the_remedy(database: sqlite3.Connection, tmp_path: Path, encoder: Encoder) -> None:
    take_in(Relations(database, tmp_path, Context(), "fr"), 0, DEALS, encoder)
    known = reviewed(SALES, 1)
    with pytest.raises(ReviewerError, match="512 numbers a sentence and goes on with one of 64; resume it with the same model"):
        Relations(database, tmp_path, Context(), "fr").add(1, known, np.zeros((3, 64), dtype=np.float32))


def test_vectors_that_are_not_those_of_the_statements_are_refused(database: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"3 statements came with vectors of shape \(2, 64\)"):
        Relations(database, tmp_path, Context(), "fr").add(0, reviewed(SALES), np.zeros((2, 64), dtype=np.float32))


def test_the_last_quarter_taken_in_twice_takes_no_more_room(database: sqlite3.Connection, tmp_path: Path, encoder: Encoder) -> None:
    relations = Relations(database, tmp_path, Context(), "fr")
    take_in(relations, 0, DEALS, encoder)
    sizes = set()
    for _ in range(3):
        relations.add_last([entry(DEALS), entry(SALES, 1)], encoder.encode)
        sizes.add(sum(path.stat().st_size for path in tmp_path.glob("*.f16")))
    assert len(sizes) == 1
    (carried,) = of(relations.conclude(scale_of(encoder)), "quarter-carried-over")
    assert len(carried.places) == 3


def test_a_rhythm_said_beside_the_files_counts_where_they_say_none(tmp_path: Path) -> None:
    monthly = Context(check_in="une fois par mois")
    (tmp_path / "said").mkdir()
    (finding,) = of(looked_at(tmp_path, [DEALS], None, context=monthly), "quarter-no-check-in")
    assert finding.places == finding.evidence == () and "une fois par mois" in finding.message
    assert of(looked_at(tmp_path / "said", [DEALS], None, context=monthly, check_in="chaque lundi"), "quarter-no-check-in") == []


def test_a_measure_of_the_houses_own_is_compared_like_the_catalogues(tmp_path: Path) -> None:
    house = HouseMeasure(id="quote_speed", fr=("vitesse de devis",), en=("quote speed",), unit="days", good="down")
    okrs = [
        okr("Sales", "Répondre avant nos rivaux", "Ramener la vitesse de devis de 6 à 3 jours d'ici fin T3"),
        okr("Pricing", "Quotes that we stand by", "Raise quote speed from 6 to 9 days by the end of Q3"),
    ]
    (tmp_path / "unknown").mkdir()
    assert of(looked_at(tmp_path / "unknown", okrs, None), "quarter-conflict") == []
    (conflict,) = of(looked_at(tmp_path, okrs, None, context=Context(settings=Settings(measures=(house,)))), "quarter-conflict")
    assert "(vitesse de devis)" in conflict.message and conflict.evidence == (okrs[1].key_results[0], okrs[0].key_results[0])


def synthetic(count: int) -> Iterator[ReviewedEntry]:
    """Make OKRs of four key results on products of their own, every hundredth with a key result of the one before."""
    base = reviewed(SALES)
    assert base.review is not None
    for at in range(count):
        names = [f"{('Alo', 'Bren', 'Cas', 'Dor')[n]}{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}" for n in range(4)]
        texts = [f"Porter l'adoption de {name} de {at % 30 + 10} % à {at % 30 + 25 + n} % d'ici fin T3" for n, name in enumerate(names)]
        if at % 100 == 1:
            texts[0] = (
                f"Porter l'adoption de Alo{chr(97 + (at - 1) % 26)}{chr(97 + (at - 1) // 26 % 26)}{chr(97 + (at - 1) // 676)} de {(at - 1) % 30 + 10} % à {(at - 1) % 30 + 25} % d'ici fin T3"
            )
        made = ReviewedOkr(
            objective=understand_objective(f"Faire de {names[0]} une évidence", "fr"),
            key_results=tuple(understand_key_result(text, "fr") for text in texts),
            language="fr",
            team=f"Équipe {at // 3}",
        )
        yield base.model_copy(update={"team": made.team, "review": base.review.model_copy(update={"okrs": (made,)})})


def concluded(folder: Path, count: int, scale: Scale) -> tuple[int, Whole]:
    """Take OKRs in and conclude; gives the most memory, in bytes, that concluding took beside what was there before."""
    chance = np.random.default_rng(count)
    with sqlite3.connect(folder / "quarter.sqlite") as database:
        relations = Relations(database, folder, Context(), "fr")
        for at, each in enumerate(synthetic(count)):
            relations.add(at, each, _rows(chance))
        tracemalloc.start()
        try:
            whole = relations.conclude(scale)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    database.close()
    return most, whole


def _rows(chance: np.random.Generator) -> np.ndarray:
    rows = chance.standard_normal((5, 64)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_two_thousand_okrs_are_concluded_on_in_little_memory(tmp_path: Path, encoder: Encoder) -> None:
    most, whole = concluded(tmp_path, 2000, scale_of(encoder))
    duplicates = of(whole, "quarter-duplicate")
    assert [tuple(place.entry for place in each.places) for each in duplicates] == [(at - 1, at) for at in range(1, 2000, 100)]
    assert [check for check in whole.checks if check.status == "failed"] == [] and len(whole.teams) == 667
    assert most < 100_000_000, "cosines of all pairs of ten thousand statements would take 400 MB"


def test_a_measure_ties_a_team_to_its_own_objectives_and_words_to_any(tmp_path: Path) -> None:
    company = ("NRR de 104 % à 112 %", "Gagner des parts de marché face aux deux leaders")
    only_nrr = Settings(teams=(Team(name="Sales", company_objectives=(company[0],)),))
    moves_share = okr("Sales", "Gagner face à Nexia", "Porter le win rate face à Nexia de 31 % à 38 % d'ici fin T3")
    says_so = moves_share.model_copy(update={"contributes_to": company[1]})
    (tmp_path / "all").mkdir()
    (tmp_path / "said").mkdir()
    served = looked_at(tmp_path / "all", [moves_share], None, context=Context(company_objectives=company)).coverage
    assert [goal.okrs for goal in served] == [0, 1]
    own = looked_at(tmp_path, [moves_share], None, context=Context(company_objectives=company, settings=only_nrr)).coverage
    assert [goal.okrs for goal in own] == [0, 0]
    said = looked_at(tmp_path / "said", [says_so], None, context=Context(company_objectives=company, settings=only_nrr)).coverage
    assert [goal.okrs for goal in said] == [0, 1]
