"""Pairs, near examples and the way up, in every format."""

from __future__ import annotations

from io import StringIO

import pytest
from parsed import parse
from rich.console import Console

from reviewer.corpus import load_corpus
from reviewer.okr import Alignment, ExampleMatch, Review
from reviewer.report import near as nearness
from reviewer.report import print_review, render_html, render_markdown
from reviewer.report.near import nearby
from reviewer.report.words import words_of


def printed(review: Review, *, verbose: bool = False) -> str:
    out = StringIO()
    print_review(review, Console(file=out, width=200), verbose=verbose)
    return out.getvalue()


def pair(id: str, key_result: int | None, rule: str = "kr-is-task", **fields: object) -> ExampleMatch:
    given = {"okr": 0, "key_result": key_result, "id": id, "kind": "pair", "rule": rule, "score": 0.5, "text": "s", "language": "fr"}
    return ExampleMatch.model_validate({**given, "weak": f"weak {id}", "strong": f"strong {id}", **fields})


def with_examples(review: Review, *examples: ExampleMatch) -> Review:
    return review.model_copy(update={"examples": examples})


def aligned(review: Review, alignment: Alignment | None, contributes_to: str | None = None) -> Review:
    okr = review.okrs[0].model_copy(update={"alignment": alignment, "contributes_to": contributes_to})
    return review.model_copy(update={"okrs": (okr,)})


# Pairs


def test_a_pair_stands_before_and_after_with_why_it_was_chosen(french: Review) -> None:
    page = parse(render_html(french))
    before, after = page.one("div", "pair").all("div")[1:]
    assert (before.attributes["class"], after.attributes["class"]) == ("before", "after")
    assert [node.text for node in before.all("p")] == ["✕ Avant", "Publier 5 études de cas clients"]
    assert [node.text for node in after.all("p")][0] == "✓ Après"
    assert "de 10\u202f% à 45\u202f%" in after.text
    said = page.text
    assert "Une étude publiée ne prouve rien\u202f; une étude citée, si." in said
    assert "KR 2 · même faiblesse\u00a0: tâche au lieu d’effet · proximité 0,62" in said


def test_a_pair_of_whole_okrs_lists_the_key_results(french: Review) -> None:
    whole = pair("x", None, "okr-only-tasks", weak="Weak objective\nFirst\nSecond", strong="Strong objective\nThird")
    page = parse(render_html(with_examples(french, whole)))
    before, after = page.one("div", "pair").all("div")[1:]
    assert [node.text for node in before.all("li")] == ["First", "Second"]
    assert [node.text for node in after.all("li")] == ["Third"]
    assert "OKR · proximité 0,50" in page.text
    assert "– First  \n" in render_markdown(with_examples(french, whole))


def test_a_pair_about_the_objective_says_so(french: Review) -> None:
    assert "Objectif · proximité 0,50" in parse(render_html(with_examples(french, pair("x", None, "objective-is-task")))).text


def test_one_example_near_to_two_places_is_shown_once(french: Review) -> None:
    twice = with_examples(french, pair("x", 1), pair("x", 2, score=0.25))
    assert len(parse(render_html(twice)).all("div", "pair")) == 1
    for said in (parse(render_html(twice)).text, render_markdown(twice), printed(twice)):
        assert "KR 2 / KR 3 · proximité 0,50 / 0,25" in said
        assert said.count("weak x") == 1


def test_the_first_pair_of_each_place_is_open_and_the_rest_on_demand(french: Review) -> None:
    words = words_of("fr")
    many = with_examples(french, *(pair(f"p{place}{turn}", place) for place in (0, 1, 2, 3) for turn in (1, 2)))
    found = nearby(many, 0, words)
    assert [near.example.id for near in found.pairs] == ["p01", "p11", "p21"]
    assert [near.example.id for near in found.more_pairs] == ["p02", "p12", "p22", "p31", "p32"]
    page = parse(render_html(many))
    summary = next(node for node in page.all("summary") if "corrigés" in node.text)
    assert summary.text == "5 autres exemples corrigés"
    assert "weak p32" not in printed(many)
    assert "5 autres exemples avec --verbose" in printed(many)
    assert "weak p32" in printed(many, verbose=True)
    assert "weak p32" in render_markdown(many)


@pytest.mark.parametrize("side", ["weak", "strong"])
@pytest.mark.parametrize("missing", [None, "", " \n"])
def test_a_pair_without_one_side_is_a_near_example(french: Review, side: str, missing: str | None) -> None:
    half = with_examples(french, pair("x", 1).model_copy(update={side: missing}))
    assert parse(render_html(half)).all("div", "pair") == []
    assert "1 résultat clé proche" in parse(render_html(half)).text
    printed(half, verbose=True)
    render_markdown(half)


# Near examples


def test_near_okrs_stand_with_their_key_results_on_demand(french: Review) -> None:
    page = parse(render_html(french))
    details = next(node for node in page.all("details") if node.all("summary")[0].text == "1 OKR proche")
    assert "open" not in details.attributes
    assert "Le bon argument arrive" in details.text
    assert [node.text for node in details.one("ul", "bullets").all("li")] == list(french.examples[0].key_results)
    assert "même mesure\u00a0: satisfaction Sales · proximité 0,45" in details.text


def test_a_near_key_result_says_its_place_and_its_objective(french: Review) -> None:
    details = next(node for node in parse(render_html(french)).all("details") if "clé proche" in node.all("summary")[0].text)
    assert "KR 2 · même mesure\u00a0: win rate · proximité 0,40 · en anglais · de votre fichier" in details.text
    assert "sous «\u00a0Acme is no longer the default\u00a0»" in details.text
    assert next(node for node in details.all("p") if node.text.startswith("Win rate against")).attributes == {"lang": "en"}


def test_a_terminal_gives_a_near_okr_one_line_and_the_rest_when_asked(french: Review) -> None:
    short, long = printed(french), printed(french, verbose=True)
    assert (
        "  • Le bon argument arrive au commercial avant qu’il le cherche (même mesure\u00a0: satisfaction Sales · proximité 0,45)\n"
        in short
    )
    for words in ("Temps passé à chercher", "Win rate against Acme", "Une étude publiée ne prouve rien"):
        assert words not in short
        assert words in long
    assert "1 autre exemple avec --verbose\n" in short
    assert "    ✕ Publier 5 études de cas clients\n    ✓ Part des propositions" in short


def test_without_a_pair_the_card_is_about_near_examples(french: Review) -> None:
    page = parse(render_html(with_examples(french, french.examples[0])))
    assert "Exemples proches" in [node.text for node in page.all("h3", "block")]
    assert page.all("div", "pair") == []


def test_english_says_it_in_english(english: Review) -> None:
    near = pair("x", 1, language="en", reason="same weakness: a task instead of its effect", score=0.62)
    said = parse(render_html(with_examples(english, near))).text
    assert "The same weakness, put right" in said
    assert "KR 2 · same weakness: a task instead of its effect · nearness 0.62" in said
    assert ("Before" in said, "After" in said) == (True, True)


# Who wrote them


def test_every_example_of_the_corpus_is_known_as_ours() -> None:
    corpus = load_corpus()
    assert {each.id for each in corpus.okrs} | {each.id for each in corpus.pairs} == nearness._ours()


def test_examples_are_marked_as_written_for_this_product_or_as_the_houses(french: Review) -> None:
    ours, house = french.examples[:2], french.examples[2:]
    for review, said, unsaid in (
        (with_examples(french, *ours), "Exemples rédigés pour ce produit", "de votre fichier"),
        (french, "Hormis ceux de votre fichier", "Exemples rédigés"),
        (with_examples(french, *house), "de votre fichier", "rédigés pour ce produit"),
    ):
        for text in (parse(render_html(review)).text, render_markdown(review), printed(review, verbose=True)):
            assert said in text
            assert unsaid not in text


# What it serves


def test_the_path_leads_up_to_the_company_objective(french: Review) -> None:
    assert "Usage des battlecards → Win rate compétitif → Nouveau revenu → Gagner des parts de marché" in printed(french)
    for said in (parse(render_html(french)).text, render_markdown(french), printed(french)):
        assert "Force du lien\u00a0: 0,62" in said


@pytest.mark.parametrize(
    ("score", "contributes_to", "said", "tie"),
    [
        (0.14, None, "Ne mène à aucun des objectifs d’entreprise donnés.", "Lien avec le plus proche d’entre eux\u00a0: 0,14"),
        (0.0, None, "Ne mène à aucun des objectifs d’entreprise donnés.", None),
        (0.2, "Être connus", "Dit contribuer à «\u00a0Être connus\u00a0», qui n’est aucun des objectifs d’entreprise donnés.", "0,20"),
    ],
)
def test_an_okr_that_leads_nowhere_says_so(french: Review, score: float, contributes_to: str | None, said: str, tie: str | None) -> None:
    review = aligned(french, Alignment(company_objective=None, score=score), contributes_to)
    page = parse(render_html(review))
    assert page.all("ol", "path") == []
    for text in (page.text, render_markdown(review), printed(review)):
        assert "Ce que cela sert" in text
        assert said in text
        assert (tie is None) == ("Lien avec" not in text)
        assert tie is None or tie in text


def test_nothing_is_said_of_alignment_where_nothing_was_given(french: Review) -> None:
    for text in (parse(render_html(aligned(french, None))).text, render_markdown(aligned(french, None)), printed(aligned(french, None))):
        assert "Ce que cela sert" not in text
    assert "Croître" in parse(render_html(aligned(french, None, "Croître"))).one("ol", "path").text
