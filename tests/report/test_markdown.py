"""The Markdown report, read back with a Markdown parser: the same order, and draft text that stays text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reviewer.okr import Review
from reviewer.report import render_markdown
from reviewer.report.markdown import _plain

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](https://evil.example)",
    "![pixel](https://evil.example/p.png)",
    "https://evil.example/a_b*c*",
    "www.evil.example",
    "boss@evil.example",
    "@everyone see #12 and GH-7",
    "<https://evil.example>",
    "[a]: https://evil.example",
    "# heading",
    "a\n# heading\n\n- item\n\n---\n",
    "```\ncode\n```",
    "`` ` ``",
    "**bold** _em_ ~~gone~~ ==lit==",
    "| a | b |\n|---|---|\n| c | d |",
    "&lt;script&gt; &#35;",
    "$x$ $$y$$",
    "trailing backslash \\",
    "    indented",
    "1. one",
    "> quote",
    "- [ ] box",
    "+ plus",
    "12) twelve",
    "---",
    "===",
    "* star",
    "1.https://evil.example",
]
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(markdown: str) -> list[Token]:
    flat: list[Token] = []
    for token in PARSER.parse(markdown):
        flat += [token, *(token.children or [])]
    return flat


def kinds(markdown: str) -> set[str]:
    return {token.type.removesuffix("_open").removesuffix("_close") for token in tokens(markdown)}


def plain_text(markdown: str, code: bool = True) -> str:
    return "".join(
        token.content if token.type == "text" or (code and token.type == "code_inline") else "\n"
        for token in tokens(markdown)
        if token.type != "inline"
    )


def test_the_order_is_that_of_the_report(french: Review) -> None:
    said = plain_text(render_markdown(french))
    order = [
        "À revoir avant le trimestre",
        "1 point bloquant",
        "Objectif · PMM · T3 2026",
        "Donner aux Sales",
        "KR 1",
        "KR 2",
        "✕ Bloquant",
        "Réécriture",
        "KR 3",
        "! À corriger",
        "i Conseil",
        "Ce que cela sert",
        "La même faiblesse, bien corrigée",
        "Exemples proches",
        "Ce que vous seul savez",
        "Contrôles",
        "1 remarque mise en sourdine",
        "Notes de lecture",
        "Relu sur cette machine",
    ]
    positions = [said.index(words) for words in order]
    assert positions == sorted(positions)


def test_words_concerned_are_bold_with_their_sign(french: Review) -> None:
    markdown = render_markdown(french)
    assert "- **KR 2** **Créer 3 nouvelles battlecards** (✕)" in markdown
    assert "**Satisfaction Sales** (i) sur les assets PMM : **8/10 minimum** (!)" in markdown
    assert "✓ Résultat · Départ **25 %** · Cible **70 %** · Échéance **fin du cycle**" in markdown
    assert r"de \[win rate actuel\] à \[cible\]" in markdown


def test_every_statement_stands_as_written(french: Review, english: Review) -> None:
    for review in (french, english):
        said = re.sub(r" \([✕!i]\)|\n", "", plain_text(render_markdown(review)))
        for okr in review.okrs:
            assert okr.objective.text in said
            assert all(key_result.text in said for key_result in okr.key_results)


def test_several_okrs_each_have_a_heading_with_their_verdict(several: Review) -> None:
    headings = [line for line in render_markdown(several).splitlines() if line.startswith("## OKR")]
    assert headings == ["## OKR 1\u00a0: À revoir avant le trimestre", "## OKR 2\u00a0: Prêt", "## OKR 3\u00a0: À repenser"]


def test_nothing_found_says_so(clean: Review) -> None:
    assert "Rien à corriger. 1 contrôle passé." in render_markdown(clean)


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text_in_every_field(attacked: Callable[[str], Review], attack: str) -> None:
    markdown = render_markdown(attacked(attack))
    harmless = render_markdown(attacked("harmless"))
    assert [token.type for token in PARSER.parse(markdown)] == [token.type for token in PARSER.parse(harmless)]
    assert kinds(markdown) <= kinds(harmless) | {"code_inline"}
    assert {"link", "image", "html_inline", "html_block", "table", "s", "fence", "code_block"}.isdisjoint(kinds(markdown))
    outside_code = plain_text(markdown, code=False)
    assert not re.search(r"://|www\.|\w@\w|@\w|#\d|GH-\d", outside_code)


@given(st.text(alphabet=st.sampled_from("ab \\`*_{}[]()<>&#|~!$^=+-.:/@1é\n\"'"), max_size=40))
def test_escaped_text_reads_back_as_itself(text: str) -> None:
    for before in ("", "x "):
        said = plain_text(before + _plain(text) + " x")
        assert said.split() == [*before.split(), *text.split(), "x"]
        assert kinds(before + _plain(text) + " x") <= {"paragraph", "inline", "text", "code_inline"}
