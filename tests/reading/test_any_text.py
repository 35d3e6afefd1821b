"""Whatever the text, it is read with right places or refused as unreadable, and nothing else happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewer.errors import UnreadableDraftError
from reviewer.reading import read
from reviewer.reading.okr_text import ReadOkr

Places = Callable[[str, Sequence[ReadOkr]], None]

MORSELS = st.sampled_from(
    [
        "Objective", "Objectif", "objectifs", "Key Results", "Résultats clés", "KR1", "KR", "RC 2", "O1", "OKR", "1.2", "2",
        ":", " : ", "：", " - ", " – ", "—>", ".", ")", "(", "[", "]", "|", "|-|-|", "\n", "\n\n", "\r\n", "\r", "\t", "  ",
        "    ", "- ", "* ", "+ ", "1. ", "1) ", "a) ", "1.1 ", "• ", "☐ ", "[ ] ", "[x] ", "# ", "### ", "#", "> ", "```", "~~~",
        "---", "===", "<!--", "-->", "<br>", "<b>", "**", "__", "*", "_", "~~", "`", '"', "« ", " »", "“", "”", "@a", "(Claire)",
        "[P0]", "[DevRel]", "- 0.7", "(done)", "✅", "🎯", "1️⃣", "Q3 2026", "T3", "équipe PMM", "team", "Owner", "Responsable",
        "Contribue à", "Why?", "Rationale", "Initiatives", "Company objective", "Indicateur", "win", "Win rate", "40 %", "a",
        "\u00a0", "\u202f", "\ufeff", "\u200b", "\u0301", "\x0b", "\x1f", "\u2028", "\ud800", "İ", "ﬁ", ";", ",", "L'",
    ]
)  # fmt: skip


def _read_or_refused(text: str, places: Places) -> None:
    try:
        okrs = read(text)
    except UnreadableDraftError as refusal:
        assert str(refusal)
        return
    assert okrs
    places(text, okrs)
    for okr in okrs:
        for value in okr[2:]:
            assert value is None or (isinstance(value, str) and value)


@given(st.text(max_size=400))
def test_random_text(places: Places, text: str) -> None:
    _read_or_refused(text, places)


@settings(max_examples=1500, deadline=None)
@given(st.lists(MORSELS, max_size=60).map("".join))
@example("Objective:" * 50)
@example("- " * 200)
@example("\n".join(" " * depth + "- a" for depth in range(200)))
@example("#" * 200 + " KR1: a")
def test_soup_of_markup(places: Places, text: str) -> None:
    _read_or_refused(text, places)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.lists(MORSELS, max_size=8).map("".join), max_size=14))
def test_soup_of_lines(places: Places, lines: list[str]) -> None:
    _read_or_refused("\n".join(lines), places)
