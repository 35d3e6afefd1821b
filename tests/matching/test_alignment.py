"""An OKR is tied to the company objective it leads up to, by measures and words; what leads nowhere is told, what is unknown is not judged."""

from __future__ import annotations

import pytest

from reviewer.alignment import ALIGNED, UNRELATED, align, relatedness
from reviewer.alignment.audiences import audiences, speak_of_others
from reviewer.alignment.causes import MOST_STEPS, best_path, paths_from, strength
from reviewer.catalogue import metrics
from reviewer.corpus import load_corpus
from reviewer.encoder import Encoder
from reviewer.rules import RULES
from reviewer.rules.trial import understood
from tests.matching.conftest import Squeezed, read

BRAND_FR = read(
    "fr",
    "Devenir la marque dont tout le secteur parle",
    "Porter la notoriété de marque assistée de 20 % à 32 %",
    "Part de voix : de 10 % à 18 %",
)
BRAND_EN = read("en", "Be the brand everyone talks about", "Raise aided brand awareness from 20% to 32%", "Share of voice: from 10% to 18%")
ENABLEMENT = read(
    "fr",
    "Donner aux Sales les armes pour gagner les deals compétitifs",
    "Taux d'utilisation des battlecards dans les deals compétitifs : 70 % (vs 25 % en baseline)",
    "Win rate sur deals compétitifs : +8 points vs trimestre précédent",
    "Score de satisfaction Sales sur la qualité des assets PMM : 8/10 minimum",
)
ADOPTION = read(
    "en",
    "Customers get value from the Forecasts module",
    "Raise feature adoption from 18% to 40%",
    "Cut onboarding time from 42 to 20 days",
)
NRR_FR, NRR_EN = "Faire croître le NRR de 104 % à 112 %", "Grow net revenue retention to 112%"
SHARE = "Win market share against the two leaders"


@pytest.mark.parametrize(("okr", "goal"), [(BRAND_FR, NRR_FR), (BRAND_EN, NRR_EN), (BRAND_FR, NRR_EN), (BRAND_EN, NRR_FR)])
def test_brand_awareness_does_not_lead_to_nrr(encoder: Encoder, okr, goal) -> None:  # type: ignore[no-untyped-def]
    found = align([okr], [goal], encoder)[0]
    assert found is not None and found.company_objective is None and found.score < ALIGNED and found.path == ()


@pytest.mark.parametrize(
    ("okr", "goal", "first", "last"),
    [
        (ENABLEMENT, SHARE, "win rate sur deals compétitifs", "part de marché"),
        (ENABLEMENT, "Ajouter 6 M€ de nouvel ARR", "win rate sur deals compétitifs", "nouvel ARR"),
        (ADOPTION, NRR_FR, "feature adoption rate", "NRR"),
        (BRAND_FR, "Faire connaître notre marque", "notoriété spontanée", "notoriété spontanée"),
        (read("en", "Signing again is a formality", "Raise the renewal rate from 81% to 90%"), NRR_EN, "renewal rate", "NRR"),
        (read("fr", "Armer les commerciaux", "Créer 3 battlecards", "Former 40 commerciaux"), SHARE, "battlecard", "part de marché"),
    ],
)
def test_a_path_leads_up_in_the_drafts_words(encoder: Encoder, okr, goal, first, last) -> None:  # type: ignore[no-untyped-def]
    found = align([okr], [goal], encoder, "fr")[0]
    assert found is not None and found.company_objective == 0 and found.score >= ALIGNED
    assert found.path[0] == first and found.path[-2:] == (last, goal)


def test_the_objective_it_serves_is_chosen_among_several(encoder: Encoder) -> None:
    given = ["Be a company nobody wants to leave", NRR_EN, "Win market share against the two leaders"]
    assert [each and each.company_objective for each in align([ADOPTION, ENABLEMENT], given, encoder)] == [1, 2]


def test_another_market_is_another_objective(encoder: Encoder) -> None:
    hospitals = read(
        "fr",
        "Les hôpitaux nous ouvrent leurs portes",
        "25 demandes de démo qualifiées d'hôpitaux d'ici fin T3",
        "Couverture des segments hospitaliers : de 10 % à 60 %",
    )
    banks, health = "Gagner nos premiers clients dans le secteur bancaire", "Gagner nos premiers clients dans la santé"
    found = align([hospitals], [banks, health], encoder, "fr")[0]
    assert found is not None and found.company_objective == 1


def test_every_weak_pair_of_the_rule_is_caught_and_every_strong_one_passes(encoder: Encoder) -> None:
    pairs = [pair for pair in load_corpus().pairs if pair.rule == "okr-not-aligned"]
    assert pairs
    for pair in pairs:
        weak, strong = (read(pair.language, side[0], *side[1:]) for side in (pair.weak, pair.strong))
        found = align([weak, strong], [pair.context or ""], encoder, pair.language)
        assert [each and each.company_objective for each in found] == [None, 0] and found[0] is not None, pair.id


@pytest.mark.parametrize(
    ("stated", "index"),
    [("Gagner des parts de marché sur les deux leaders", 1), ("O1", 0), ("Objectif 2", 1), ("2", 1), (NRR_EN, 0)],
)
def test_contributes_to_settles_it(encoder: Encoder, stated: str, index: int) -> None:
    okr = read("fr", "Faire parler de nous", "Notoriété assistée : de 20 % à 32 %", contributes_to=stated)
    found = align([okr], [NRR_EN, SHARE], encoder, "fr")[0]
    assert found is not None and found.company_objective == index


def test_contributes_to_another_objective_than_those_given_is_repeated(encoder: Encoder) -> None:
    okr = read("fr", "Faire parler de nous", contributes_to="Être une entreprise que personne n'a envie de quitter")
    found = align([okr], [NRR_FR], encoder, "fr")[0]
    assert (
        found is not None and found.company_objective is None and found.path == ("Être une entreprise que personne n'a envie de quitter",)
    )


def test_what_is_not_known_is_not_judged(encoder: Encoder) -> None:
    unknown = read("fr", "Une vie plus douce", "Douze ateliers changent leurs habitudes", "Trois agences sur dix parlent moins fort")
    assert align([unknown], [NRR_FR], encoder, "fr") == [None]
    assert align([ENABLEMENT], [], encoder) == [None] == align([ENABLEMENT], ["  "], encoder)
    assert align([read("fr", "")], [NRR_FR], encoder) == [None]
    assert align([], [NRR_FR], encoder) == []


def test_an_empty_company_objective_is_never_chosen(encoder: Encoder) -> None:
    found = align([ADOPTION], ["", NRR_EN], encoder)[0]
    assert found is not None and found.company_objective == 1


def test_another_models_cosines_give_the_same_verdicts(encoder: Encoder) -> None:
    okrs, given = [BRAND_EN, ADOPTION, ENABLEMENT], [NRR_EN, "Be a company nobody wants to leave"]
    own, other = align(okrs, given, encoder), align(okrs, given, Squeezed(encoder))
    assert [each and each.company_objective for each in own] == [each and each.company_objective for each in other]


def test_paths_are_shortest_and_bounded() -> None:
    assert best_path("battlecard-usage", "new-arr") == ("battlecard-usage", "competitive-win-rate", "new-arr")
    catalogue = metrics()
    for path in paths_from("onboarding-time").values():
        assert len(path) <= MOST_STEPS + 1
        assert all(after in catalogue[before].drives for before, after in zip(path, path[1:], strict=False))
    assert strength("nrr", "nrr") == 1 > strength("grr", "nrr") > strength("renewal-rate", "nrr") > strength("aided-awareness", "nrr") == 0


def test_audiences_are_found_in_both_languages_and_in_the_plural() -> None:
    assert audiences(["Signer 6 hôpitaux", "agences de communication"]) == {("sector", "health"), ("sector", "agencies")}
    assert audiences(["Win regional banks in the mid-market"]) == {("sector", "finance"), ("size", "mid")}
    assert speak_of_others([("sector", "health")], [("sector", "finance"), ("size", "mid")])
    assert not speak_of_others([("sector", "health")], [("size", "mid")])


# --- relatedness -----------------------------------------------------------------------------------


def _rule_samples(side: str):  # type: ignore[no-untyped-def]
    rule = next(each for each in RULES if each.id == "okr-kr-unrelated")
    return [
        pytest.param(sample, language, id=f"{language}-{at}")
        for language in ("fr", "en")
        for at, sample in enumerate(getattr(rule, side).of(language))
    ]


@pytest.mark.parametrize(("sample", "language"), _rule_samples("bad"))
def test_a_key_result_from_elsewhere_falls_below(encoder: Encoder, sample, language) -> None:  # type: ignore[no-untyped-def]
    assert min(relatedness([understood(sample, language)], encoder)[0]) < UNRELATED


@pytest.mark.parametrize(("sample", "language"), _rule_samples("good"))
def test_key_results_at_home_do_not(encoder: Encoder, sample, language) -> None:  # type: ignore[no-untyped-def]
    assert min(relatedness([understood(sample, language)], encoder)[0]) >= UNRELATED


def test_the_pairs_of_the_rule_are_told_apart(encoder: Encoder) -> None:
    for pair in load_corpus().pairs:
        if pair.rule == "okr-kr-unrelated":
            weak, strong = relatedness([read(pair.language, side[0], *side[1:]) for side in (pair.weak, pair.strong)], encoder)
            assert min(weak) < UNRELATED <= min(strong), pair.id
            assert weak.index(min(weak)) == len(weak) - 1


def test_few_good_examples_fall_below(encoder: Encoder) -> None:
    okrs = [read(each.language, each.objective, *each.key_results) for each in load_corpus().okrs]
    scores = [score for row in relatedness(okrs, encoder) for score in row]
    assert sum(score < UNRELATED for score in scores) <= 0.012 * len(scores)


def test_an_inward_okr_is_at_home_with_inward_key_results(encoder: Encoder) -> None:
    okr = read(
        "en",
        "A platform nobody has to think about",
        "Raise uptime from 99.5% to 99.95%",
        "Cut incidents from 14 to 4 a month",
        "Lower API latency from 900 to 300 ms",
    )
    assert min(relatedness([okr], encoder)[0]) >= UNRELATED


def test_with_nothing_to_compare_it_says_nothing_against(encoder: Encoder) -> None:
    assert relatedness([read("fr", "", "Créer 3 battlecards"), read("fr", "Un objectif seul")], encoder) == [[1.0], []]
    assert relatedness([], encoder) == []
