"""The matcher shows the same weakness first, crosses languages, and says why each example is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.corpus import Corpus, load_corpus
from reviewer.encoder import Encoder, Remembering
from reviewer.examples import draft_texts, match
from tests.matching.conftest import Squeezed, finding, read
from tests.matching.test_corpus import MINE, write

FR = read(
    "fr",
    "Gagner les deals compétitifs du Mid-Market",
    "Créer 3 nouvelles battlecards",
    "Porter le win rate face à Nexia de 31 % à 38 % d'ici fin T3",
)
EN = read(
    "en", "Win competitive mid-market deals", "Create 3 new battlecards", "Raise win rate against Nexia from 31% to 38% by the end of Q3"
)


def test_the_pair_with_the_same_weakness_comes_first_then_good_key_results(encoder: Encoder) -> None:
    found = [each for each in match([FR], [finding("kr-is-task")], load_corpus(), encoder, 3) if each.key_result == 0]
    assert [each.kind for each in found] == ["pair", "key_result", "key_result"]
    pair = found[0]
    assert pair.rule == "kr-is-task" and pair.language == "fr"
    assert "battlecards" in (pair.weak or "") and pair.text == pair.strong and pair.why
    assert pair.reason == "même faiblesse\u00a0: tâche au lieu d'effet"
    assert found[1].reason == "même mesure\u00a0: taux d'utilisation des battlecards"
    assert found[1].objective and found[1].id.startswith("fr-")


@pytest.mark.parametrize("rule", sorted({pair.rule for pair in load_corpus().pairs if pair.kind == "key_result"}))
def test_each_rule_shows_its_own_pair(encoder: Encoder, rule: str) -> None:
    found = match([EN], [finding(rule, severity="warning")], load_corpus(), encoder, 2)
    assert next(each for each in found if each.key_result == 0).rule == rule


def test_an_okr_with_a_weakness_of_its_own_gets_the_pair_that_had_it(encoder: Encoder) -> None:
    okr = read("fr", "Éclairer le Produit", "Mener 12 entretiens clients", "Présenter les résultats au comité")
    found = match([okr], [finding("okr-only-tasks", None)], load_corpus(), encoder, 3)
    assert found[0].rule == "okr-only-tasks" and found[0].key_result is None and "\n" in (found[0].weak or "")
    assert [each.kind for each in found] == ["pair", "okr", "okr"]


def test_only_errors_and_warnings_make_a_key_result_weak(encoder: Encoder) -> None:
    found = match([FR], [finding("kr-no-deadline", severity="advice")], load_corpus(), encoder, 3)
    assert {each.key_result for each in found} == {None}


def test_a_sound_okr_gets_the_examples_nearest_to_it(encoder: Encoder) -> None:
    found = match([EN], [], load_corpus(), encoder, 3)
    assert len(found) == 3 and all(each.kind == "okr" and each.key_results for each in found)
    assert found[0].work == "competitive" and (found[0].reason or "").startswith("same measure: ")
    assert all(0 <= each.score <= 1 for each in found)


def test_the_score_is_the_cosine_and_nothing_else(encoder: Encoder) -> None:
    from reviewer.corpus import wording

    found = next(each for each in match([FR], [finding("kr-is-task")], load_corpus(), encoder, 3) if each.kind == "key_result")
    rows = encoder.encode([wording(FR.key_results[0].text), wording(found.text)])
    assert found.score == pytest.approx(float(rows[0] @ rows[1]), abs=0.001)


@pytest.mark.parametrize(("okr", "language"), [(FR, "en"), (EN, "fr")])
def test_a_draft_finds_the_other_languages_examples(encoder: Encoder, okr, language) -> None:  # type: ignore[no-untyped-def]
    corpus = load_corpus()
    away = Corpus(tuple(each for each in corpus.okrs if each.language == language), ())
    found = match([okr], [finding("kr-is-task")], away, encoder, 5)
    assert any(each.work == "competitive" for each in found if each.key_result is None)
    assert "battlecard" in next(each for each in found if each.key_result == 0).text.lower()


def test_nothing_is_shown_twice_and_never_more_than_asked(encoder: Encoder) -> None:
    okrs = [FR, EN, FR]
    findings = [finding("kr-is-task", 0, at) for at in range(3)] + [
        finding("kr-no-baseline", 0, 0, "warning"),
        finding("kr-no-baseline", 1, 0, "warning"),
    ]
    for count in (1, 2, 4):
        found = match(okrs, findings, load_corpus(), encoder, count)
        places = [(each.okr, each.key_result) for each in found]
        assert places == sorted(places, key=lambda place: (place[0], -1 if place[1] is None else place[1]))
        for place in set(places):
            shown = [each.text for each in found if (each.okr, each.key_result) == place]
            assert len(shown) == len(set(shown)) <= count


def test_none_asked_or_none_given_is_none(encoder: Encoder) -> None:
    assert match([FR], [], load_corpus(), encoder, 0) == () == match([], [], load_corpus(), encoder, 3)


def test_a_users_example_is_found(encoder: Encoder, tmp_path: Path) -> None:
    corpus = load_corpus(write(tmp_path, MINE))
    okr = read("fr", "Les éleveurs restent avec nous", "Porter le taux de renouvellement des éleveurs de 70 % à 80 %")
    assert match([okr], [], corpus, encoder, 1)[0].id == "ours-1"


def test_an_okr_without_objective_or_key_results_is_no_obstacle(encoder: Encoder) -> None:
    okrs = [read("fr", ""), read("fr", "", "Créer 3 battlecards"), read("en", "Win more deals")]
    assert {each.okr for each in match(okrs, [], load_corpus(), encoder, 2)} == {1, 2}


def test_many_okrs_at_once_are_matched_as_one_by_one(encoder: Encoder) -> None:
    findings = [finding("kr-is-task", 0, 0), finding("kr-is-task", 0, 1)]
    together = match([FR, EN], findings, load_corpus(), encoder, 3)
    alone = match([FR], findings[:1], load_corpus(), encoder, 3) + tuple(
        each.model_copy(update={"okr": 1}) for each in match([EN], [finding("kr-is-task")], load_corpus(), encoder, 3)
    )
    assert [(each.okr, each.id) for each in together] == [(each.okr, each.id) for each in alone]


def test_the_texts_of_a_draft_encoded_beforehand_are_all_that_is_asked(encoder: Encoder) -> None:
    match([FR], [finding("kr-is-task")], load_corpus(), encoder, 3)

    class Closed:
        name, revision = encoder.name, encoder.revision

        def encode(self, texts):  # type: ignore[no-untyped-def]
            raise AssertionError(texts)

    remembered = Remembering(encoder)
    remembered.encode(draft_texts([FR]))
    rows = remembered._rows
    assert match([FR], [finding("kr-is-task")], load_corpus(), remembered, 3)
    assert set(rows) == set(draft_texts([FR]))


def test_another_models_cosines_rank_alike(encoder: Encoder) -> None:
    squeezed = match([FR], [finding("kr-is-task")], load_corpus(), Squeezed(encoder), 2)
    assert squeezed[-2].rule == "kr-is-task"
