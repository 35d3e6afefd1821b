"""A house's own measures, names and teams in its reviews, and in no other review of the same process."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from reviewer import Context, Okr, review, review_quarter
from reviewer.errors import SettingsError
from reviewer.language.glossary import at_home, known_metrics
from reviewer.language.lexicon import lexicon
from reviewer.language.measures import find_measures
from reviewer.okr import HouseMeasure, Review, Settings, Team

INDEX = HouseMeasure(
    id="cadence-index",
    fr=("indice Cadence", "IC 360"),
    en=("Cadence index",),
    unit="points",
    good="up",
    drives=("nrr",),
    driven_by=("activation-rate",),
    baseline="product dashboard",
)
HOUSE = Context(
    company_objectives=("Faire progresser l'indice Cadence", "Ouvrir le marché belge"),
    settings=Settings(measures=(INDEX,), names=("Camille", "Panorama 360")),
)
DRAFT = Okr(
    objective="Les équipes marketing ne se passent plus de la plateforme",
    key_results=(
        "Porter l'indice Cadence à 62",
        "Faire passer le taux d'activation de 20 % à 35 %",
        "Camille doit passer de 12 à 30 clients actifs",
        "IC 360 des comptes industriels de 30 à 40",
    ),
)


def facts(text: str, context: Context | None) -> tuple[object, ...]:
    kr = review(Okr(objective="Win", key_results=(text,)), context=context, examples=0).okrs[0].key_results[0]
    return kr.metric.id if kr.metric else None, kr.unit, kr.direction, kr.target.value if kr.target else None


def dumped(found: Review) -> str:
    return json.dumps(found.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Porter l'indice Cadence de 40 à 62", ("cadence-index", "points", "up", 62.0)),
        ("Indice  CADENCE ≥ 62", ("cadence-index", "points", "up", 62.0)),
        ("Cadence index from 40 to 62", ("cadence-index", "points", "up", 62.0)),
        ("IC 360 de 30 à 40", ("cadence-index", "points", "up", 40.0)),
        ("Win rate in mid-market from 20% to 30%", ("win-rate", "percent", "up", 30.0)),
    ],
)
def test_a_house_s_measure_is_a_measure_like_any_other(text: str, expected: tuple[object, ...]) -> None:
    assert facts(text, HOUSE) == expected


def test_a_figure_in_a_name_is_no_target() -> None:
    assert facts("Score de satisfaction de Panorama 360 supérieur à 42", HOUSE)[3] == 42.0


def test_an_unnamed_direction_is_the_good_one() -> None:
    down = HouseMeasure(id="friction-score", en=("friction score",), unit="points", good="down")
    assert facts("Friction score of 12", Context(settings=Settings(measures=(down,))))[:3] == ("friction-score", "points", "down")


def test_a_measure_of_the_catalogue_gets_the_house_s_names_and_keeps_its_own() -> None:
    own = Context(settings=Settings(measures=(HouseMeasure(id="win-rate", fr=("taux de bascule",)),)))
    assert facts("Porter le taux de bascule à 35 %", own)[:2] == ("win-rate", "percent")
    assert facts("Porter le taux de victoire à 35 %", own)[:2] == ("win-rate", "percent")
    assert facts("Porter le taux de bascule à 35 %", None)[0] != "win-rate"


def test_a_house_s_name_comes_before_the_catalogue_s() -> None:
    ours = HouseMeasure(id="net-pull-score", en=("net pull score", "NPS"), unit="points", good="up")
    assert facts("NPS from 20 to 40", Context(settings=Settings(measures=(ours,))))[0] == "net-pull-score"
    assert facts("NPS from 20 to 40", None)[0] == "nps"


def test_a_vanity_measure_of_the_house_is_said_to_be_one() -> None:
    vanity = HouseMeasure(id="wall-views", en=("wall views",), unit="count", good="up", vanity=True, drives=("demo-requests",))
    found = review(
        "Objective: Be seen\n- Wall views from 2,000 to 9,000", context=Context(settings=Settings(measures=(vanity,))), examples=0
    )
    assert "kr-vanity-metric" in {finding.rule for finding in found.findings}


def test_a_house_s_name_is_no_person() -> None:
    text = "Camille doit passer de 12 à 30 clients actifs"
    draft = Okr(objective="Gagner les ETI", key_results=(text,))
    assert "kr-individual" in {finding.rule for finding in review(draft, examples=0).findings}
    assert "kr-individual" not in {finding.rule for finding in review(draft, context=HOUSE, examples=0).findings}


def test_alignment_questions_and_rewrites_use_the_house_s_measure() -> None:
    found = review(DRAFT, context=HOUSE, examples=1)
    alignment = found.okrs[0].alignment
    assert alignment is not None and alignment.company_objective == 0 and "indice Cadence" in alignment.path
    baseline = next(finding for finding in found.findings if finding.rule == "kr-no-baseline")
    assert baseline.rewrite == "Porter l'indice Cadence de [indice Cadence actuel] à 62"
    assert any("indice Cadence" in question.text and question.hint == "product dashboard" for question in found.questions)


def test_what_drives_a_house_s_measure_leads_up_to_it() -> None:
    draft = Okr(objective="Les nouveaux clients réussissent seuls", key_results=("Faire passer le taux d'activation de 20 % à 35 %",))
    house = HOUSE.model_copy(update={"company_objectives": HOUSE.company_objectives[:1]})
    alignment = review(draft, context=house, examples=1).okrs[0].alignment
    assert alignment is not None and alignment.company_objective == 0
    assert alignment.path[-2:] == ("indice Cadence", HOUSE.company_objectives[0])


def test_reviews_of_other_houses_are_what_a_fresh_process_gives() -> None:
    """Review with this house's words, without them, with another's: nothing of one shows in another."""
    other = Context(settings=Settings(measures=(HouseMeasure(id="pace", fr=("indice Cadence",), unit="days", good="down"),)))
    within = [dumped(review(DRAFT, context=context, examples=2)) for context in (HOUSE, None, other, HOUSE, None)]
    assert within[0] == within[3] and within[1] == within[4] and len(set(within)) == 3
    code = (
        "import sys, json\n"
        "from reviewer import Context, Okr, review\n"
        "okr, contexts = json.loads(sys.stdin.read())\n"
        "for each in contexts:\n"
        "    found = review(Okr.model_validate(okr), context=Context.model_validate(each) if each else None, examples=2)\n"
        "    print(json.dumps(found.model_dump(mode='json'), ensure_ascii=True, sort_keys=True))\n"
    )
    for context, known in zip((None, other), within[1:3], strict=True):
        given = json.dumps([DRAFT.model_dump(), [context.model_dump() if context else None]])
        ran = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, text=True, timeout=120, check=True)
        assert json.loads(ran.stdout) == json.loads(known)


def test_houses_in_threads_keep_to_themselves() -> None:
    def ask(number: int) -> tuple[object, ...]:
        name = f"index {'abcdefgh'[number % 8]}x"
        own = HouseMeasure(id=f"index-{number % 8}", en=(name,), unit="points", good="up")
        return facts(f"{name} from 10 to 20", Context(settings=Settings(measures=(own,))))

    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(ask, range(64))]
    assert [each[0] for each in found] == [f"index-{number % 8}" for number in range(64)]


def test_a_house_within_a_house_ends_where_it_ends() -> None:
    words = lexicon("en").words("cadence index from 40 to 62")
    with at_home(HOUSE):
        assert [each.metric.id for each in find_measures(words, "en")] == ["cadence-index"]
        with at_home(None):
            assert find_measures(words, "en") == []
        with pytest.raises(ZeroDivisionError), at_home(None):
            raise ZeroDivisionError
        assert "cadence-index" in known_metrics()
    assert "cadence-index" not in known_metrics() and find_measures(words, "en") == []


def test_a_measure_that_makes_no_sense_is_refused_by_the_review() -> None:
    senseless = Context(settings=Settings(measures=(HouseMeasure(id="pace", en=("pace",), drives=("nowhere",)),)))
    with pytest.raises(SettingsError, match=r"'pace' has no unit and no good.*; drives names 'nowhere', which is no measure"):
        review("Objective: Win\n- Pace from 1 to 2", context=senseless, examples=0)


# Teams

COMPANY = ("Faire passer le NRR de 104 % à 112 %", "Augmenter le taux de victoire face aux deux leaders")
TEAMS = (Team(name="Marketing", company_objectives=(COMPANY[1],)), Team(name="PMM", parent="MARKETING"), Team(name="Support"))
CHURN = Okr(
    objective="Les clients restent", key_results=("Réduire le churn de 5 % à 3 %", "Faire passer la rétention nette de 104 % à 112 %")
)


@pytest.mark.parametrize(("team", "goal"), [("Support", 0), ("Vente", 0), (None, 0), ("Marketing", None), ("pmm", None)])
def test_a_team_s_okrs_lead_up_to_its_own_company_objectives(team: str | None, goal: int | None) -> None:
    context = Context(company_objectives=COMPANY, settings=Settings(teams=TEAMS))
    found = review(CHURN.model_copy(update={"team": team}), context=context, examples=1)
    alignment = found.okrs[0].alignment
    assert (alignment.company_objective if alignment else None) == goal
    assert ("okr-not-aligned" in {finding.rule for finding in found.findings}) == (goal is None)


def test_company_objectives_keep_their_numbers_for_a_team_that_has_some_of_them() -> None:
    draft = Okr(objective="Gagner face aux leaders", key_results=("Faire passer le taux de victoire de 20 % à 30 %",), team="PMM")
    context = Context(company_objectives=COMPANY, settings=Settings(teams=TEAMS))
    alignment = review(draft, context=context, examples=1).okrs[0].alignment
    assert alignment is not None and alignment.company_objective == 1 and alignment.path[-1] == COMPANY[1]


# A quarter


def test_a_quarter_knows_the_house_s_words() -> None:
    drafts = [DRAFT, DRAFT.model_copy(update={"objective": "Les agences y viennent aussi", "team": "Agences"})]
    found = review_quarter(drafts, context=HOUSE, workers=1, examples=1)
    alone = [review(draft, context=HOUSE, examples=1) for draft in drafts]
    assert [each.review.okrs[0].key_results if each.review else None for each in found.entries] == [
        each.okrs[0].key_results for each in alone
    ]
    assert {check.rule for check in found.checks if check.status == "failed"} == set()
    assert found.coverage[0].okrs == 2
