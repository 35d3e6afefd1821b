"""The terminal report: readable with colours, without them, and when piped; a draft commands nothing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from rich.console import Console

from reviewer.okr import Review
from reviewer.report import print_review


def printed(review: Review, *, verbose: bool = False, source: str | None = None, width: int = 100, **console: bool) -> str:
    out = StringIO()
    print_review(review, Console(file=out, width=width, **console), verbose=verbose, source=source)  # type: ignore[arg-type]
    return out.getvalue()


def test_piped_output_brackets_the_words_concerned_and_bears_no_codes(french: Review) -> None:
    said = printed(french, source="okrs/q4.md")
    assert said.startswith(
        "okrs/q4.md\n! À revoir avant le trimestre\n1 point bloquant, 1 à corriger, 1 conseil. 23 contrôles passés, 2 sans objet.\n"
    )
    assert "KR 2  [✕ Créer 3 nouvelles battlecards]\n" in said
    assert "KR 3  [i Satisfaction Sales] sur les assets PMM : [! 8/10 minimum]\n" in said
    assert "\x1b" not in said
    assert all(line == line.rstrip() for line in said.splitlines())


def test_a_terminal_underlines_the_words_concerned_and_adds_their_sign(french: Review) -> None:
    said = printed(french, force_terminal=True, no_color=False, legacy_windows=False)
    assert "\x1b[4;31mCréer 3 nouvelles battlecards\x1b[0m\x1b[31m (✕)" in said


def test_without_colour_the_underline_and_the_sign_remain(french: Review) -> None:
    said = printed(french, force_terminal=True, no_color=True, legacy_windows=False)
    assert "\x1b[4mCréer 3 nouvelles battlecards\x1b[0m (✕)" in said
    assert "\x1b[31m" not in said


def test_findings_stand_under_their_statement(french: Review) -> None:
    said = printed(french)
    order = [
        "KR 1",
        "KR 2",
        "✕ Bloquant",
        "→ Écrivez ce que",
        "Réécriture",
        "KR 3",
        "! À corriger",
        "i Conseil",
        "Ce que cela sert",
        "Ce que vous seul savez",
        "Sans objet",
    ]
    positions = [said.index(words) for words in order]
    assert positions == sorted(positions)


def test_what_was_skipped_is_said_in_one_line_with_its_reason(english: Review) -> None:
    assert "Did not apply: no company objective was given (okr-not-aligned)\n" in printed(english)
    assert "kr-is-task" not in printed(english)


def test_verbose_adds_why_sources_and_every_check(french: Review) -> None:
    short, long = printed(french), printed(french, verbose=True, width=200)
    for words in (
        "Un Key Result est une preuve",
        "Doerr, Measure What Matters",
        "Règle\u00a0: kr-is-task",
        "kr-rule-22",
        "décidé en comité",
    ):
        assert words in long, words
        assert words not in short, words
    assert "quarter-conflict\u00a0: une seule équipe dans le brouillon" in long


def test_several_okrs_each_say_their_verdict(several: Review) -> None:
    said = printed(several)
    assert "OKR 1\u00a0: À revoir avant le trimestre · Objectif · PMM · T3 2026\n" in said
    assert "OKR 2\u00a0: Prêt · Objectif\nLe brouillon ne nomme pas d’objectif\n" in said
    assert "Devenir la [! référence] du mid-market\n" in said


def test_nothing_found_says_so(clean: Review) -> None:
    assert "✓ Prêt\nRien à corriger. 1 contrôle passé.\n" in printed(clean)


@pytest.mark.parametrize(
    "attack", ["\x1b[31mred\x1b[0m", "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "a\rb\x08c\x07", "\x9b31m", "\u202eabc"]
)
def test_control_characters_never_reach_the_terminal(attacked: Callable[[str], Review], attack: str) -> None:
    for verbose in (False, True):
        said = printed(attacked(attack), source=attack, verbose=verbose)
        assert not set(said) & set("\x1b\x07\x08\r\x9b\u202e")


@pytest.mark.parametrize("attack", ["[bold red]x[/bold red]", "[link=https://evil.example]x[/link]", "[/]", ":smile:", "[b]"])
def test_markup_in_a_draft_is_printed_as_it_is(attacked: Callable[[str], Review], attack: str) -> None:
    said = printed(attacked(attack), source=attack, verbose=True, force_terminal=True, legacy_windows=False)
    assert said.count(attack) > 20
    assert "\x1b]8" not in said


@pytest.mark.parametrize("width", [1, 20, 40])
def test_a_narrow_window_loses_no_word(french: Review, width: int) -> None:
    letters = "".join(printed(french, width=width).split())
    for key_result in french.okrs[0].key_results:
        for word in key_result.text.split():
            assert word in letters


@pytest.mark.parametrize("width", range(24, 60))
def test_no_line_begins_with_what_french_keeps_to_the_word_before(french: Review, width: int) -> None:
    # The draft's own spaces are as its author typed them; what is said about it keeps together.
    okr = french.okrs[0].model_copy(update={"key_results": ()})
    for line in printed(french.model_copy(update={"okrs": (okr,)}), width=width).splitlines():
        assert not line.strip().startswith((": ", "? ", "; ", "»", "% "))
        assert not line.endswith("«")


def test_a_console_without_unicode_gets_plain_signs(english: Review) -> None:
    raw = BytesIO()
    console = Console(file=TextIOWrapper(raw, encoding="ascii"), width=100)
    print_review(english, console)
    console.file.flush()
    assert b"KR 2  [x Create 3 new battlecards]\n" in raw.getvalue()
