"""Whatever a model says that fails the check in code is dropped and counted, and the rest of its reply still serves."""

from __future__ import annotations

from typing import Any

import pytest
from critic_replies import (
    DRAFTS,
    GUARDRAIL,
    PATH,
    QUESTION,
    REWRITE,
    STORY,
    WAY,
    Reply,
    Scripted,
    by_rules,
    context_of,
    critic,
    opinion,
    reply,
    sound_opinions,
)

from reviewer import Review
from reviewer.critique import criticise


def criticised(scripted_model: Scripted, language: str, said: Reply) -> Review:
    """Review a draft with company objectives by a model that says one thing."""
    scripted_model([said])
    context = context_of(language, company=True)
    return criticise(by_rules(DRAFTS[language], context), context, critic())


def drops(result: Review) -> list[tuple[str, str, int]]:
    """Give what was dropped, why and how often."""
    assert result.critique is not None and result.critique.status == "ok"
    return [(each.what, each.why, each.count) for each in result.critique.dropped]


def said(language: str, **parts: Any) -> Reply:
    """Word a reply whose opinions are sound."""
    return reply(*sound_opinions(language), **parts)


def game(**parts: Any) -> dict[str, list[dict[str, Any]]]:
    """Word a shortcut in English, with some parts changed."""
    return {"gaming": [{"key_result": 0, "quote": "win rate", "way": WAY["en"], "guardrail": GUARDRAIL["en"], **parts}]}


OPINIONS = {
    "a quote of another key result": (opinion(0, "outcome", "Create 3 new battlecards"), "quote"),
    "an invented quote": (opinion(0, "outcome", "Increase the win rate"), "quote"),
    "a quote cut within a word": (opinion(0, "outcome", "in rat"), "quote"),
    "an empty quote": (opinion(0, "outcome", ""), "quote"),
    "an index that no key result has": (opinion(9, "outcome", "NPS"), "index"),
    "a negative index": (opinion(-1, "outcome", "NPS"), "index"),
    "a start that the draft does not hold": (opinion(0, "outcome", "win rate", baseline="stated", baseline_quote="from 12%"), "quote"),
    "a stated start without its words": (opinion(0, "outcome", "win rate", baseline="stated"), "quote"),
    "a measure with an invented company": (opinion(0, "outcome", "win rate", measure="win rate against HubSpot"), "invented"),
    "a measure with markup": (opinion(0, "outcome", "win rate", measure="**win rate**"), "form"),
}


@pytest.mark.parametrize("kind", OPINIONS)
def test_an_opinion_that_fails_is_dropped(scripted_model: Scripted, kind: str) -> None:
    wrong, why = OPINIONS[kind]
    result = criticised(scripted_model, "en", reply(*sound_opinions("en")[1:], wrong))
    assert drops(result) == [("opinion", why, 1)]
    assert result.critique is not None
    first = [each for each in result.critique.opinions if each.key_result == 0]
    for each in first:  # what is right of it stays
        assert each.quote == "win rate" and (each.measure is None or each.baseline is None)
    assert {each.key_result for each in result.critique.opinions} >= {1, 2, 3}


def test_a_second_opinion_on_a_key_result_is_dropped(scripted_model: Scripted) -> None:
    result = criticised(scripted_model, "en", reply(*sound_opinions("en"), opinion(1, "outcome", "battlecards")))
    assert drops(result) == [("opinion", "form", 1)]
    assert result.critique is not None and result.critique.opinions[1].nature == "output"


STORIES = {
    "an invented number": ("Reps win 12 small deals and lose the large ones to Kerlane.", "invented"),
    "a number in words": ("Reps win twenty small deals and lose the large ones to Kerlane.", "invented"),
    "a number in other digits": ("Reps win ٢٠ small deals and lose the large ones to Kerlane.", "invented"),
    "a fraction sign": ("Reps win ½ of the small deals and lose the large ones.", "invented"),
    "an invented competitor": ("Reps win small deals and lose the large ones to Salesforce.", "invented"),
    "an invented person": ("Reps win small deals because Martin gives discounts.", "invented"),
    "an invented month": ("Reps win small deals in March and none after that.", "invented"),
    "an invented quarter": ("Reps win small deals in Q4 and none after that.", "invented"),
    "a link": ("Reps win small deals, see https://kerlane.example/win and more.", "invented"),
    "a bare domain": ("Reps win small deals, see kerlane.com for all of them.", "invented"),
    "an e-mail address": ("Reps win small deals, write to win@kerlane.example for all.", "invented"),
    "markup": ("Reps win **small** deals and lose the large ones.", "form"),
    "a tag": ("Reps win <b>small</b> deals and lose the large ones.", "form"),
    "a script": ("Reps win small deals <script>alert(1)</script> and lose.", "form"),
    "a line break": ("Reps win small deals.\nThey lose the large ones.", "form"),
    "a control character": ("Reps win small deals\x07 and lose the large ones.", "form"),
    "a hidden character": ("Reps win small\u200b deals and lose the large ones.", "form"),
    "a reversed line": ("Reps win small \u202edeals and lose the large ones.", "form"),
    "too long": ("Reps win small deals and lose the large ones. " * 12, "form"),
    "nothing": ("   ", "form"),
    "two words": ("All fine.", "form"),
    "null": (None, "form"),
    "the other language": ("Les commerciaux gagnent de petits deals et laissent les grands.", "language"),
}


@pytest.mark.parametrize("kind", STORIES)
def test_a_story_that_fails_is_dropped_and_the_check_says_that_nothing_was_usable(scripted_model: Scripted, kind: str) -> None:
    story, why = STORIES[kind]
    result = criticised(scripted_model, "en", said("en", sufficiency={"enough": False, "story": story}))
    assert drops(result) == [("sufficiency", why, 1)]
    assert not [each for each in result.findings if each.rule == "model-sufficiency"]
    ended = next(each for each in result.checks if each.rule == "model-sufficiency")
    assert ended.status == "skipped" and ended.reason


KEPT = [
    "Reps reach 33% by dropping the deals that they would lose to Kerlane.",
    "KR 2 is delivered, nobody opens the 3 battlecards, and KR 1 comes from discounts.",
    "NPS rises among B2B customers while Sales loses its nerve with the CFO.",
    "By the end of Q3 reps win mid-market deals alone.",
]


@pytest.mark.parametrize("story", KEPT)
def test_a_story_in_words_that_were_given_is_kept(scripted_model: Scripted, story: str) -> None:
    result = criticised(scripted_model, "en", said("en", sufficiency={"enough": False, "story": story}))
    assert drops(result) == []
    assert [story in each.message for each in result.findings if each.rule == "model-sufficiency"] == [True]


SHORTCUTS = {
    "an index that no key result has": (game(key_result=7), "index"),
    "a task": (game(key_result=1, quote="battlecards"), "rules"),
    "a quote of another key result": (game(quote="NPS"), "quote"),
    "a way with a number": (game(way="leave out 8 lost deals"), "invented"),
    "a guardrail with a company": (game(guardrail="the share of deals lost to Salesforce"), "invented"),
    "a guardrail in French": (game(guardrail="le nombre de deals ouverts dans le trimestre"), "language"),
    "no guardrail": (game(guardrail=""), "form"),
}


@pytest.mark.parametrize("kind", SHORTCUTS)
def test_a_shortcut_that_fails_is_dropped(scripted_model: Scripted, kind: str) -> None:
    parts, why = SHORTCUTS[kind]
    result = criticised(scripted_model, "en", said("en", **parts))
    assert drops(result) == [("gaming", why, 1)]
    ended = next(each for each in result.checks if each.rule == "model-gaming")
    assert ended.status == "skipped" and ended.reason


def test_one_shortcut_is_shown_for_a_key_result(scripted_model: Scripted) -> None:
    twice = [*game()["gaming"], *game(way="give discounts to close any deal")["gaming"]]
    result = criticised(scripted_model, "en", said("en", gaming=twice))
    assert drops(result) == [("gaming", "form", 1)]
    assert len([each for each in result.findings if each.rule == "model-gaming"]) == 1


PATHS = {
    "an index that no objective has": ({"company_objective": 2, "path": PATH["en"]}, "index"),
    "a negative index": ({"company_objective": -1, "path": PATH["en"]}, "index"),
    "no step": ({"company_objective": 0, "path": []}, "form"),
    "an empty step": ({"company_objective": 0, "path": ["more deals", " "]}, "form"),
    "too many steps": ({"company_objective": 0, "path": ["more deals"] * 7}, "form"),
    "an invented number": ({"company_objective": 0, "path": ["60 more deals", "market share"]}, "invented"),
    "a link": ({"company_objective": 0, "path": ["www.kerlane.example", "market share"]}, "invented"),
    "the other language": ({"company_objective": 0, "path": ["plus de deals gagnés dans le trimestre"]}, "language"),
}


@pytest.mark.parametrize("kind", PATHS)
def test_a_path_that_fails_is_dropped(scripted_model: Scripted, kind: str) -> None:
    path, why = PATHS[kind]
    result = criticised(scripted_model, "en", said("en", alignment=path))
    assert drops(result) == [("alignment", why, 1)]
    assert not [each for each in result.findings if each.rule == "model-alignment"]


QUESTIONS = {
    "an index that no key result has": ({"key_result": 5, "slot": None, "text": "What is the NPS today?"}, "index"),
    "no question mark": ({"key_result": 1, "slot": None, "text": "Everything is fine here."}, "form"),
    "a link": ({"key_result": 1, "slot": None, "text": "Have you seen www.kerlane.example?"}, "invented"),
    "an invented number": ({"key_result": 1, "slot": None, "text": "Is it more than 25 deals?"}, "invented"),
    "the other language": ({"key_result": 1, "slot": None, "text": "Combien de deals sont concernés dans le trimestre ?"}, "language"),
    "one word": ({"key_result": 1, "slot": None, "text": "Why?"}, "form"),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_question_that_fails_is_dropped(scripted_model: Scripted, kind: str) -> None:
    question, why = QUESTIONS[kind]
    result = criticised(scripted_model, "en", said("en", questions=[question]))
    assert drops(result) == [("question", why, 1)]
    assert not [each for each in result.questions if each.origin == "model"]


def test_a_fourth_question_and_a_question_asked_twice_are_dropped(scripted_model: Scripted) -> None:
    texts = ["Who opens the battlecards?", "Who opens the battlecards?", "Which deals are counted?", "Which reps are asked?"]
    asked = [{"key_result": None, "slot": None, "text": text} for text in texts]
    result = criticised(scripted_model, "en", said("en", questions=asked))
    assert drops(result) == [("question", "form", 2)]


REWRITES = {
    "an index that no key result has": ("en", {"key_result": 8, "text": REWRITE["en"]}, "index"),
    "the draft itself": ("en", {"key_result": 1, "text": "Create 3 new battlecards by June 30"}, "form"),
    "the rules' own rewrite": ("en", {"key_result": 2, "text": "Raise NPS from [current NPS] to 40"}, "form"),
    "an invented start": ("en", {"key_result": 2, "text": "Raise NPS from 22 to 40 by [date]"}, "invented"),
    "a start taken from another key result": ("en", {"key_result": 2, "text": "Raise NPS from 24 to 40 by [date]"}, "invented"),
    "an invented date": ("en", {"key_result": 2, "text": "Raise NPS from [current NPS] to 40 by the end of the quarter"}, "invented"),
    "an invented rival": ("en", {"key_result": 1, "text": "Raise win rate against HubSpot from [current win rate] to [target] by June 30"}, "invented"),
    "another target": ("en", {"key_result": 2, "text": "Raise NPS from [current NPS] to [target] by [date]"}, "rules"),
    "a lost date": ("en", {"key_result": 1, "text": "Raise the share of deals in which a battlecard is opened from [current share] to [target]"}, "rules"),
    "another task": ("en", {"key_result": 1, "text": "Publish 3 new battlecards by June 30"}, "rules"),
    "a number that counted something else": ("en", {"key_result": 1, "text": "Win 3 more deals against Kerlane by June 30"}, "rules"),
    "nothing to mend": ("en", {"key_result": 0, "text": "Raise mid-market win rate against Kerlane from 24% to 33% by the end of Q3, at last"}, "rules"),
    "a figure in a slot": ("en", {"key_result": 2, "text": "Raise NPS from [22] to 40 by [date]"}, "form"),
    "a link in a slot": ("en", {"key_result": 2, "text": "Raise NPS from [see](https://x.example) to 40 by [date]"}, "invented"),
    "the other language": ("fr", {"key_result": 2, "text": "Raise the NPS from [current NPS] to 40 by [date]"}, "language"),
    "a start that is invented, in French": ("fr", {"key_result": 2, "text": "Faire passer le NPS de 22 à 40 d'ici [date]"}, "invented"),
    "an objective with a number": ("en", {"key_result": None, "text": "Reps win 33% of the deals against Kerlane"}, "invented"),
    "an objective that needs no mending": ("en", {"key_result": None, "text": "Reps meet Kerlane without fear and win"}, "rules"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REWRITES)
def test_a_rewrite_that_fails_is_dropped(scripted_model: Scripted, kind: str) -> None:
    language, rewrite, why = REWRITES[kind]
    result = criticised(scripted_model, language, said(language, rewrites=[rewrite]))
    assert drops(result) == [("rewrite", why, 1)]
    assert result.critique is not None and not result.critique.rewrites


def test_one_rewrite_of_a_statement_is_kept_and_it_is_the_first_that_passes(scripted_model: Scripted) -> None:
    better = "Raise NPS from [NPS today] to 40 by [date]"
    tried = ["Raise NPS from 22 to 40 by [date]", better, "Lift NPS from [NPS today] to 40 by [date]"]
    result = criticised(scripted_model, "en", said("en", rewrites=[{"key_result": 2, "text": text} for text in tried]))
    assert drops(result) == [("rewrite", "form", 1), ("rewrite", "invented", 1)]
    assert result.critique is not None
    assert [(each.key_result, each.text, each.clears) for each in result.critique.rewrites] == [
        (2, better, ("kr-no-baseline", "kr-no-deadline"))
    ]


def test_what_fails_is_counted_together_and_the_rest_serves(scripted_model: Scripted) -> None:
    whole = said(
        "fr",
        sufficiency={"enough": False, "story": STORY["fr"]},
        gaming=[{"key_result": 0, "quote": "inventé", "way": WAY["fr"], "guardrail": GUARDRAIL["fr"]}] * 2,
        rewrites=[{"key_result": 1, "text": REWRITE["fr"]}, {"key_result": 44, "text": REWRITE["fr"]}],
        questions=[{"key_result": 9, "slot": None, "text": QUESTION["fr"]}],
    )
    result = criticised(scripted_model, "fr", whole)
    assert drops(result) == [("gaming", "quote", 2), ("question", "index", 1), ("rewrite", "index", 1)]
    assert [each.rule for each in result.findings if each.origin == "model"] == ["model-sufficiency"]
    assert result.critique is not None and len(result.critique.rewrites) == 1
