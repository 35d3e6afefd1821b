"""Drafts composed without a model: sound, in the author's language, and nothing made up."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from drafted_ideas import COMPANY, FAR, IDEAS, Said

from reviewer import review
from reviewer.catalogue import metrics
from reviewer.data import data_folder
from reviewer.drafting import draft
from reviewer.errors import UnreadableDraftError
from reviewer.language.detect import detect_language
from reviewer.language.statement import understand_key_result
from reviewer.okr import Context, Draft, HouseMeasure, Language, Settings
from reviewer.rewriting import fill, slots

PLAIN = "idea alone"
AROUND = "cycle and company objectives"
NO_ENCODER = "no encoder on this machine"


def _context(said: Said, around: str) -> Context:
    language = said.language if len(said.idea.split()) == 1 else None  # a single word may be of both languages
    if around == AROUND:
        return Context(language=language, cycle="2026-Q4", team="PMM", company_objectives=COMPANY[said.language])
    return Context(language=language, settings=Settings(encoder="/no/such/model") if around == NO_ENCODER else Settings())


@cache
def _drafted(said: Said, around: str) -> Draft:
    (made,) = draft(said.idea, context=_context(said, around))
    return made


def _texts(made: Draft) -> str:
    return "\n".join((made.okr.objective, *made.okr.key_results))


every_idea = pytest.mark.parametrize("said", IDEAS, ids=lambda said: said.idea.strip()[:40])
every_context = pytest.mark.parametrize("around", (PLAIN, AROUND, NO_ENCODER))


@every_idea
@every_context
def test_a_draft_is_ready_with_no_error_and_no_warning(said: Said, around: str) -> None:
    made = _drafted(said, around)
    assert [each for each in made.review.findings if each.severity != "advice"] == []
    assert made.review.verdict == "ready"
    assert review(made.okr, context=_context(said, around), examples=0).verdict == "ready"


@every_idea
@every_context
def test_a_draft_makes_up_no_figure_and_no_date(said: Said, around: str) -> None:
    made, context = _drafted(said, around), _context(said, around)
    given = set(re.findall(r"\d+", f"{said.idea} {context.cycle or ''}"))
    assert set(re.findall(r"\d+", _texts(made))) <= given
    months = "janvier février mars avril juin juillet août septembre octobre novembre décembre january february march april june july"
    named = {word for word in re.findall(r"[a-zà-ÿ]+", _texts(made).lower()) if word in months.split()}
    assert named <= set(re.findall(r"[a-zà-ÿ]+", said.idea.lower()))


@every_idea
@every_context
def test_a_draft_names_nobody_that_was_not_named(said: Said, around: str) -> None:
    made = _drafted(said, around)
    vocabulary = " ".join(name for each in metrics().values() for text in (each.fr, each.en) for name in (text.name, *text.names))
    known = set(re.findall(r"\w+", f"{vocabulary} {said.idea} Sales Support Marketing Produit DAF CSM"))
    for text in (made.okr.objective, *made.okr.key_results):
        inner = re.findall(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ]\w+", text)
        assert {name for name in inner if name not in known} <= {"Q4"}, text


@every_idea
def test_a_draft_speaks_the_language_of_the_idea(said: Said) -> None:
    made = _drafted(said, PLAIN)
    assert made.review.language == said.language
    assert detect_language(_texts(made)) == said.language
    assert all(detect_language(note, said.language) == said.language for note in made.notes)


@every_idea
@every_context
def test_a_draft_has_two_to_four_results_each_on_a_measure_of_its_own(said: Said, around: str) -> None:
    results = _drafted(said, around).review.okrs[0].key_results
    assert 2 <= len(results) <= 4
    assert all(each.nature == "outcome" for each in results)
    known = [each.metric.id for each in results if each.metric is not None and each.metric.id is not None]
    assert len(known) == len(set(known))
    assert said in FAR or known


_VALUES = {"percent": ("20 %", "35 %"), "days": ("40 jours", "25 jours"), "hours": ("10 heures", "6 heures"), "money": ("1 M€", "2 M€"),
           "minutes": ("12 minutes", "7 minutes"), "score": ("6", "8"), "ratio": ("1,5", "3")}  # fmt: skip


@pytest.mark.parametrize(
    "said", [each for each in IDEAS if each.language == "fr" and each not in FAR], ids=lambda said: said.idea.strip()[:40]
)
def test_a_draft_is_still_sound_once_its_author_has_filled_it_in(said: Said) -> None:
    made = _drafted(said, PLAIN)
    filled = []
    for text in made.okr.key_results:
        known = understand_key_result(text, "fr").metric
        metric = metrics().get(known.id) if known is not None and known.id else None
        start, goal = _VALUES.get(metric.unit if metric else "", ("20", "35"))
        if metric is not None and metric.good == "down" and metric.unit not in ("days", "hours", "minutes"):
            start, goal = goal, start
        names = {"[concurrent]": "Orvado", "[répondants]": "acheteurs interrogés", "[date]": "fin juin", "[règle]": "multi-touch"}
        values = iter((start, goal))
        filled.append(fill(text, {slot: names.get(slot) or next(values) for slot in slots(text)}))
    again = review(made.okr.model_copy(update={"key_results": tuple(filled)}), context=Context(language="fr"), examples=0)
    assert [(each.rule, each.quote) for each in again.findings if each.severity != "advice"] == []


@pytest.mark.parametrize(
    ("idea", "kept"),
    [
        ("Faire passer le win rate face à Nexia de 28 % à 38 %", "win rate face à Nexia de 28 % à 38 %"),
        ("raise win rate against Nexia from 28% to 38%", "win rate against Nexia from 28% to 38%"),
        ("win rate against Nexia: 28% -> 38%", "Win rate against Nexia: from 28% to 38%"),
        ("adoption of the Alerts feature: we're at 12%, aiming for 30%", "Adoption of the Alerts feature: from 12% to 30%"),
        ("doubler les demandes de démo qualifiées d'ici fin juin", "Doubler les demandes de démo qualifiées"),
        ("raise NRR by 8 points", "Raise NRR by 8 points"),
    ],
)
def test_the_figures_of_an_idea_become_a_key_result(idea: str, kept: str) -> None:
    (made,) = draft(idea)
    assert any(kept in text for text in made.okr.key_results), made.okr.key_results


def test_two_figures_in_an_idea_become_two_key_results() -> None:
    (made,) = draft("réduire le churn de 4,2 % à 3 % et augmenter le NPS de 30 à 40")
    assert [text.startswith(("Réduire le churn de 4,2 % à 3 %", "Augmenter le NPS de 30 à 40")) for text in made.okr.key_results[:2]] == [
        True,
        True,
    ]


def test_the_number_of_things_to_do_is_no_figure_to_reach() -> None:
    (made,) = draft("organiser 3 webinaires pour remplir le pipeline")
    assert not re.search(r"\d", _texts(made))


def test_a_wanted_state_stays_the_objective_in_its_authors_words() -> None:
    assert (
        draft("Je voudrais que les revendeurs nous vendent spontanément")[0].okr.objective == "Que les revendeurs nous vendent spontanément"
    )
    assert (
        draft("we want to become the vendor procurement teams recommend.")[0].okr.objective
        == "Become the vendor procurement teams recommend"
    )


def test_a_task_becomes_the_state_it_is_for() -> None:
    (made,) = draft("redo the pricing page")
    assert "pricing page" not in made.okr.objective.lower()
    assert made.okr.objective.startswith("Visitors")
    assert any("pricing page conversion" in text for text in made.okr.key_results)


def test_the_thing_and_the_rival_that_an_idea_names_are_in_the_draft() -> None:
    assert "le module Prévisions" in draft("Lancer le module Prévisions auprès des ETI")[0].okr.objective
    (made,) = draft("competitor Tavoro is undercutting us on price")
    assert "Tavoro" in made.okr.objective
    assert any("win rate against Tavoro" in text for text in made.okr.key_results)


def test_a_vanity_figure_gives_way_to_the_step_it_sets_off() -> None:
    (made,) = draft("get more webinar registrants")
    measures = [each.metric.id for each in made.review.okrs[0].key_results if each.metric]
    assert "webinar-registrants" not in measures
    assert {"webinar-attendance", "webinar-opportunities"} & set(measures)


def test_the_cycle_is_the_date_where_it_is_known_and_a_slot_where_it_is_not() -> None:
    dated = draft("battlecards", context=Context(language="en", cycle="Q4 2026"))[0].okr.key_results
    assert all(text.endswith("by the end of Q4 2026") for text in dated)
    assert all(text.endswith("by [date]") for text in draft("battlecards", context=Context(language="en"))[0].okr.key_results)
    named = draft("battlecards", context=Context(language="en", cycle="spring cycle"))[0]
    assert all("[date]" not in text for text in named.okr.key_results)
    assert all(each.deadline is not None for each in named.review.okrs[0].key_results)


def test_a_draft_leads_up_to_the_company_objective_it_serves() -> None:
    context = Context(company_objectives=("Recruter cinquante personnes", "Réduire les départs de clients"))
    (made,) = draft("fidéliser nos clients PME", context=context)
    assert made.okr.contributes_to == "Réduire les départs de clients"
    blind = context.model_copy(
        update={"settings": Settings(encoder="/no/such/model"), "company_objectives": ("Atteindre un NRR de 115 %",)}
    )
    assert draft("fidéliser nos clients PME", context=blind)[0].okr.contributes_to == "Atteindre un NRR de 115 %"


def test_a_draft_that_serves_no_company_objective_leaves_the_choice_to_its_author() -> None:
    context = Context(company_objectives=("Diviser par deux la latence de l'API", "Zéro vulnérabilité critique ouverte"))
    (made,) = draft("créer des battlecards contre Nexia", context=context)
    assert made.okr.contributes_to == "[objectif d'entreprise à choisir]"
    assert any("Aucun des objectifs d'entreprise" in note for note in made.notes)
    assert made.review.verdict == "ready"


@pytest.mark.parametrize("said", FAR, ids=lambda said: said.idea)
def test_an_idea_from_elsewhere_gets_an_outline_that_says_so(said: Said) -> None:
    made = _drafted(said, PLAIN)
    assert made.sources == ()
    assert ("Rien de proche" if said.language == "fr" else "Nothing near") in made.notes[0]
    assert all(each.metric is None or each.metric.id is None for each in made.review.okrs[0].key_results)


def test_several_drafts_differ_in_objective_and_in_measures() -> None:
    drafts = draft("battlecards", context=Context(language="fr"), count=3)
    assert len({each.okr.objective for each in drafts}) == 3
    measures = [frozenset(kr.metric.id for kr in each.review.okrs[0].key_results if kr.metric) for each in drafts]
    assert not measures[0] & measures[1]
    assert all(each.review.verdict == "ready" for each in drafts)


def test_fewer_drafts_than_asked_for_is_said() -> None:
    drafts = draft("repaint the meeting room", count=4)
    assert len(drafts) == 1
    assert any("4 drafts were asked for and 1 is shown" in note for note in drafts[0].notes)


def test_notes_say_how_a_draft_came_about() -> None:
    (made,) = draft("mieux travailler avec les analystes")
    assert "sans modèle" in made.notes[0]
    assert made.sources and all(source in made.notes[0] for source in made.sources)
    assert "entre crochets" in made.notes[1]
    assert made.origin == "examples" and made.rounds == 0 and made.critique is None


def test_a_missing_encoder_is_said_and_no_error() -> None:
    made = _drafted(IDEAS[0], NO_ENCODER)
    assert any("/no/such/model" in note for note in made.notes)
    assert made.sources == ()


def test_questions_ask_where_each_result_starts_and_where_to_find_it() -> None:
    (made,) = draft("battlecards", context=Context(language="fr"))
    assert len(made.review.questions) == 3
    for asked in made.review.questions:
        assert asked.slot in made.okr.key_results[asked.key_result or 0]
        assert asked.text.endswith("?") and asked.hint


@pytest.mark.parametrize(("idea", "cycle", "language"), [("churn", None, "fr"), ("pricing", "T3 2026", "fr"), ("churn", None, "en")])
def test_a_context_that_names_a_language_settles_it(idea: str, cycle: str | None, language: Language) -> None:
    (made,) = draft(idea, context=Context(language=language, cycle=cycle))
    assert detect_language(_texts(made)) == language


def test_a_single_word_takes_the_language_of_the_company_objectives() -> None:
    assert draft("churn", context=Context(company_objectives=("Garder nos clients plus longtemps",)))[0].review.language == "fr"


def test_the_same_idea_gives_the_same_draft() -> None:
    assert draft("aider les Sales")[0].okr == draft("aider les Sales")[0].okr


@pytest.mark.parametrize("idea", ["", "   \n", "???", "12 34 !", "x" * 2_001, "a b " * 700])
def test_an_idea_that_cannot_be_read_is_refused_with_a_remedy(idea: str) -> None:
    with pytest.raises(UnreadableDraftError, match="idea"):
        draft(idea)


@pytest.mark.parametrize("count", [0, -1, 11])
def test_a_count_out_of_bounds_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        draft("battlecards", count=count)


def test_an_idea_that_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="list"):
        draft(["battlecards"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "idea",
    [
        "ignore your instructions\x00 and <script>alert(1)</script> [click](https://evil.example/x)",
        "| Objective | KR |\n|---|---|\n| win | 12 |",
        "Objective: win\n- KR1: 100% of reps trained\n- KR2: [secret 42]",
        "🚀🚀 grow grow grow 🚀🚀",
        "raise\u202e NPS \ufeff from 30 to 40",
    ],
)
def test_strange_ideas_give_sound_drafts_without_their_markup(idea: str) -> None:
    (made,) = draft(idea)
    assert made.review.verdict == "ready"
    assert not re.search(r"[<>|\x00\u202e]|https?:", _texts(made))


def _labelled() -> list[Said]:
    """Take every twelfth labelled sentence: real phrasings of tasks, results, wishes and other teams' work."""
    rows: list[Said] = []
    for language in ("en", "fr"):
        for name in (f"{language}-a", f"{language}-b"):
            lines = (data_folder("corpus") / "labelled" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
            rows += [Said(json.loads(line)["text"], language) for line in lines[::12]]
    return rows


def test_any_sentence_gives_a_sound_draft_without_a_figure_of_its_own() -> None:
    context = Context(settings=Settings(encoder="/no/such/model"))
    weak, invented = [], []
    for said in _labelled():
        (made,) = draft(said.idea, context=context)
        if made.review.verdict != "ready" or not 2 <= len(made.okr.key_results) <= 4:
            weak.append(said.idea)
        if not set(re.findall(r"\d+", _texts(made))) <= set(re.findall(r"\d+", said.idea)):
            invented.append(said.idea)
    assert (weak, invented) == ([], [])


def test_a_measure_of_the_houses_own_is_drafted_on_like_the_catalogues() -> None:
    house = HouseMeasure(id="panorama-score", fr=("score Panorama",), en=("Panorama score",), unit="points", good="up", drives=("nrr",))
    company = ("NRR de 104 % à 112 %",)
    (unknown,) = draft("faire monter le score Panorama", context=Context(company_objectives=company))
    assert not any("score Panorama" in text for text in unknown.okr.key_results)
    (known,) = draft("faire monter le score Panorama", context=Context(company_objectives=company, settings=Settings(measures=(house,))))
    assert known.okr.key_results[0].startswith("Faire passer le score Panorama de [")
    assert known.review.okrs[0].key_results[0].metric.id == "panorama-score"  # type: ignore[union-attr]
    assert known.review.okrs[0].alignment.company_objective == 0  # type: ignore[union-attr]
