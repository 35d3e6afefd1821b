"""What a model added, in every format: marked as its own, after the rules' words, with what it cost and what is not shown."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from parsed import Node, parse
from rich.console import Console

from reviewer.okr import Check, Critique, Dropped, Finding, Opinion, ProposedRewrite, Question, Review
from reviewer.report import print_review, render_html, render_markdown
from reviewer.report.asked import critique_facts, not_shown, used, where_read
from reviewer.report.words import words_of

DROPPED = (
    Dropped(what="opinion", why="quote", count=1),
    Dropped(what="gaming", why="quote", count=1),
    Dropped(what="rewrite", why="invented", count=1),
)
ASKED: dict[str, Any] = {
    "model": "openai/gpt-5-mini",
    "prompt": "critique.v1",
    "status": "ok",
    "destination": "api.openai.com",
    "calls": 2,
    "tokens": 1812,
    "cost": 0.0031,
}
STORY = "Les commerciaux ouvrent les fiches sans les lire : l’usage monte et aucun deal n’est gagné."
REWRITE = "Faire passer la satisfaction Sales sur les assets PMM de [note actuelle] à 8/10"


def printed(review: Review, *, verbose: bool = False) -> str:
    out = StringIO()
    print_review(review, Console(file=out, width=300), verbose=verbose)
    return out.getvalue()


def critique(**fields: Any) -> Critique:
    return Critique.model_validate(ASKED | fields)


@pytest.fixture
def judged(french: Review) -> Review:
    """The French review with a model's critique: a finding on KR 3 more serious than the rules' advice there, rewrites, a question."""
    okr = french.okrs[0]
    third, second = okr.key_results[2], okr.key_results[1]
    said: dict[str, Any] = {
        "okr": 0,
        "origin": "model",
        "confidence": 0.5,
        "why": "Un chiffre se contourne.",
        "fix": "Suivez aussi le win rate.",
    }
    gaming = Finding(
        rule="model-gaming",
        severity="warning",
        key_result=2,
        quote=third.text,
        span=third.span,
        message="Ne demander qu’aux ravis.",
        **said,
    )
    story = Finding(
        rule="model-sufficiency",
        severity="advice",
        key_result=None,
        quote=okr.objective.text,
        span=okr.objective.span,
        message=STORY,
        **said,
    )
    return french.model_copy(
        update={
            "findings": (story, gaming, *french.findings),
            "questions": (*french.questions, Question(okr=0, key_result=2, text="Qui répond à l’enquête ?", slot="", origin="model")),
            "critique": critique(
                repaired=1,
                dropped=DROPPED,
                opinions=(
                    Opinion(okr=0, key_result=1, nature="output", quote="Créer 3", span=(second.span[0], second.span[0] + 7), agrees=True),
                    Opinion(okr=0, key_result=2, nature="outcome", measure="satisfaction", baseline="none", quote="", span=third.span),
                ),
                rewrites=(
                    ProposedRewrite(okr=0, key_result=2, text=REWRITE, clears=("kr-no-baseline",)),
                    ProposedRewrite(okr=0, key_result=None, text="Gagner les deals compétitifs"),
                ),
            ),
        }
    )


def rows_of(page: Node) -> list[Node]:
    return [row for row in page.one("ol", "krs").children if isinstance(row, Node)]


def test_the_models_findings_come_after_the_rules_findings_of_a_statement_and_say_whose_they_are(judged: Review) -> None:
    third = rows_of(parse(render_html(judged)))[2]
    assert [node.attributes["class"] for node in third.all("div", "finding")] == ["finding warning", "finding advice", "finding warning"]
    assert [node.text for node in third.all("div", "finding")[2].all("span", "by")] == ["dit par un modèle"]
    assert len(third.all("span", "by")) == 1
    for said in (printed(judged), render_markdown(judged)):
        own, rules = said.index("Ne demander qu’aux ravis."), said.index("Dites qui répond")
        assert rules < own
        assert "dit par un modèle" in said[own : own + 60]


def test_the_models_findings_take_no_words_from_the_rules(judged: Review) -> None:
    marks = [(mark.text, mark.attributes["class"]) for mark in rows_of(parse(render_html(judged)))[2].all("mark")]
    assert marks == [("Satisfaction Sales", "advice"), ("8/10 minimum", "warning")]
    alone = judged.model_copy(update={"findings": tuple(each for each in judged.findings if each.origin == "model")})
    assert [mark.text for mark in rows_of(parse(render_html(alone)))[2].all("mark")] == [judged.okrs[0].key_results[2].text]


def test_its_rewrites_stand_under_their_statement_as_its_own_and_checked(judged: Review) -> None:
    page = parse(render_html(judged))
    label = "Réécriture du modèle, vérifiée par les mêmes règles"
    third = rows_of(page)[2].one("div", "proposed")
    assert third.all("p")[0].text == label
    assert third.all("p")[1].text == REWRITE.replace("[", "").replace("]", "")
    assert [node.text for node in third.all("span", "slot")] == ["note actuelle"]
    assert [node.text for node in page.all("div", "proposed")] == [f"{label}Gagner les deals compétitifs", third.text]
    for said, text in ((printed(judged), REWRITE), (render_markdown(judged), REWRITE.replace("[", r"\[").replace("]", r"\]"))):
        assert said.index("8/10 minimum") < said.index(text) < said.index("Ce que vous seul savez")
        assert said.index(label) < said.index("Gagner les deals compétitifs") < said.index("KR 1")


def test_a_question_of_the_model_says_so_and_promises_no_slot_it_has_not(judged: Review) -> None:
    rows = [row for row in parse(render_html(judged)).all("li") if "Qui répond à l’enquête" in row.text]
    assert len(rows) == 1
    assert rows[0].text == "Qui répond à l’enquête ? demandé par un modèleKR 3"
    markdown = render_markdown(judged)
    assert "- **KR 3** Qui répond à l’enquête ? _(demandé par un modèle)_\n" in markdown
    assert markdown.count("Complète") == 1
    assert "KR 3 · Qui répond à l’enquête ? · demandé par un modèle\n" in printed(judged)
    assert printed(judged).count("demandé par un modèle") == 1


def test_the_card_says_who_where_what_it_cost_and_what_is_not_shown(judged: Review) -> None:
    facts = dict(critique_facts(judged.critique or critique(), words_of("fr")))
    assert facts == {
        "Modèle": "openai/gpt-5-mini",
        "Invite": "critique.v1",
        "Où le texte est allé": "api.openai.com",
        "État": "a répondu",
        "Consommation": "2 appels, 1\u202f812 jetons, 0,0031\u00a0USD",
        "Réponses": "1 réponse réparée au second tour",
        "Non affiché": "3 propos du modèle ne sont pas affichés\u00a0: 2 citations absentes du brouillon, "
        "1 chiffre, date, nom ou lien inventé",
    }
    card = parse(render_html(judged)).one("dl", "pairs")
    assert [node.text for node in card.all("dd")] == list(facts.values())
    for text in facts.values():
        assert text in printed(judged)
    assert "2 appels, 1\u202f812 jetons, 0,0031\u00a0USD" in render_markdown(judged)


def test_what_is_not_shown_is_counted_by_why_over_all_critiques() -> None:
    words = words_of("en")
    assert not_shown([critique(dropped=DROPPED), critique(), critique(dropped=DROPPED[2:])], words) == (
        "4 things the model said were not shown: 2 quotes that are not in the draft, 2 with an invented number, date, name or link"
    )
    one = critique(dropped=DROPPED[:1])
    assert not_shown([one], words) == "1 thing the model said was not shown: 1 quote that is not in the draft"
    assert not_shown([critique()], words) == ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "2 calls, 1,812 tokens, 0.0031 USD"),
        ({"cost": None}, "2 calls, 1,812 tokens, cost unknown"),
        ({"cost": 0.00002}, "2 calls, 1,812 tokens, less than 0.0001 USD"),
        ({"cost": 0.0, "destination": "this machine"}, "2 calls, 1,812 tokens, free: on this machine"),
        ({"cost": 0.0}, "2 calls, 1,812 tokens, free"),
        ({"cost": 0.0, "calls": 0, "tokens": 0, "cached": 3}, ""),
        ({"cost": None, "calls": 1, "tokens": 0, "status": "failed"}, "1 call"),
    ],
)
def test_what_was_used_is_said_with_its_cost(fields: dict[str, Any], said: str) -> None:
    assert used(critique(**fields), words_of("en")) == said


def test_replies_from_the_cache_are_free() -> None:
    facts = dict(critique_facts(critique(cost=0.0, calls=0, tokens=0, cached=3), words_of("en")))
    assert facts["Replies"] == "3 replies from the cache, free"
    assert "Use" not in facts


def test_where_it_went_is_said_in_the_readers_language() -> None:
    french, english = words_of("fr"), words_of("en")
    here = critique(destination="this machine", redacted=True)
    assert dict(critique_facts(here, french))["Où le texte est allé"] == "cette machine, noms et montants remplacés"
    assert dict(critique_facts(here, english))["Where the text went"] == "this machine, names and amounts replaced"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "For its critique, openai/gpt-5-mini also received the draft, at api.openai.com."),
        ({"destination": "this machine"}, "where the model asked for its critique runs too: openai/gpt-5-mini."),
        ({"calls": 0, "cached": 1}, "nothing sent: the critique of openai/gpt-5-mini comes from the cache."),
        ({"status": "failed", "reason": "401"}, "by the rules alone: openai/gpt-5-mini was asked"),
        ({"status": "skipped", "reason": "budget"}, "No model was asked."),
        ({"destination": None}, "The model asked for its critique: openai/gpt-5-mini."),
    ],
)
def test_the_last_line_says_where_the_draft_was_read(english: Review, fields: dict[str, Any], said: str) -> None:
    review = english.model_copy(update={"critique": critique(**fields)})
    line = where_read(review, words_of("en"))
    assert said in line
    assert line in printed(review)
    assert parse(render_html(review)).one("p", "foot").text == line


def test_without_a_model_its_checks_are_no_noise(clean: Review) -> None:
    waiting = tuple(Check(rule=rule, status="skipped", reason="aucun modèle choisi") for rule in ("model-sufficiency", "model-gaming"))
    review = clean.model_copy(update={"checks": (*clean.checks, *waiting)})
    for said in (printed(review), render_markdown(review)):
        assert "Rien à corriger. 1 contrôle passé." in said
        assert "model-" not in said
        assert "Aucun modèle n’a été interrogé." in said.replace("\\", "")
    assert "model-gaming" in printed(review, verbose=True)
    page = parse(render_html(review))
    assert page.one("p", "counts").text == "Rien à corriger. 1 contrôle passé."
    assert "model-gaming" in page.one("section", "ends").text


def test_with_a_model_its_checks_are_told_like_all_others(clean: Review) -> None:
    failed = tuple(Check(rule=rule, status="failed", reason="no reply within 60 s") for rule in ("model-sufficiency", "model-gaming"))
    review = clean.model_copy(
        update={"checks": (*clean.checks, *failed), "critique": critique(status="failed", reason="no reply within 60 s")}
    )
    assert "Impossible à contrôler\u00a0: no reply within 60 s (model-sufficiency, model-gaming)\n" in printed(review)
    assert "1 contrôle passé, 2 impossibles à mener." in render_markdown(review)


def test_how_it_read_each_key_result_is_told_only_when_all_is_asked_for(judged: Review) -> None:
    title = "Comment le modèle a lu les résultats clés"
    long = printed(judged, verbose=True)
    assert "KR 2 · Livrable · «\u00a0Créer 3\u00a0» · comme les règles\n" in long
    assert "KR 3 · Résultat · Mesure\u00a0: satisfaction · Départ\u00a0: aucun · les règles ne tranchaient pas\n" in long
    assert "Lève\u00a0: kr-no-baseline\n" in long
    for said in (printed(judged), render_markdown(judged), parse(render_html(judged)).text):
        assert title not in said
        assert "comme les règles" not in said
    assert title in long


def test_nothing_of_a_model_stands_in_a_review_without_one(french: Review) -> None:
    for said in (printed(french), render_markdown(french), parse(render_html(french)).text):
        assert "dit par un modèle" not in said
        assert "demandé par un modèle" not in said
        assert "Réécriture du modèle" not in said
        assert "Ce qu’un modèle a ajouté" not in said
