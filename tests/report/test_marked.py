"""Which words of a statement are underlined, whatever the findings' spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.okr import SEVERITIES, Finding
from reviewer.report.marked import segments, shown, slots


def finding(start: int, end: int, severity: str = "warning", rule: str = "kr-x") -> Finding:
    given = {
        "rule": rule,
        "severity": severity,
        "okr": 0,
        "key_result": 0,
        "quote": "",
        "span": (start, end),
        "message": "",
        "why": "",
        "fix": "",
    }
    return Finding.model_validate(given)


findings = st.lists(
    st.builds(
        lambda start, length, severity: finding(start, start + length, severity),
        st.integers(0, 60),
        st.integers(0, 60),
        st.sampled_from(SEVERITIES),
    ),
    max_size=6,
)


@given(text=st.text(max_size=40), start=st.integers(0, 20), found=findings)
def test_segments_give_the_statement_back_whatever_overlaps(text: str, start: int, found: list[Finding]) -> None:
    cut = segments(text, (start, start + len(text)), found)
    assert "".join(part.text for part in cut) == text
    assert all(part.text for part in cut)


@given(text=st.text(alphabet="abc é", max_size=40), start=st.integers(0, 20), found=findings)
def test_every_character_bears_its_most_serious_finding(text: str, start: int, found: list[Finding]) -> None:
    position, end = start, start + len(text)
    reaching = [f for f in found if max(f.span[0], start) < min(f.span[1], end)]
    worst = min((f.severity for f in reaching), key=SEVERITIES.index, default=None)
    found = [f for f in reaching if f.severity == worst or f.span[0] > start or f.span[1] < end]
    for part in segments(text, (start, start + len(text)), found):
        for character in part.text:
            over = [f.severity for f in found if f.span[0] <= position < f.span[1]]
            if character != " ":
                assert part.severity == min(over, key=SEVERITIES.index, default=None)
            position += 1


def test_the_more_serious_of_two_overlapping_findings_wins_where_they_meet() -> None:
    advice, error = finding(10, 20, "advice"), finding(15, 30, "error")
    cut = segments("Créer 3 nouvelles battlecards", (10, 39), [error, advice])
    assert [(part.text, part.severity) for part in cut] == [
        ("Créer", "advice"),
        (" ", None),
        ("3 nouvelles ba", "error"),
        ("ttlecards", None),
    ]


def test_a_finding_about_the_whole_statement_leaves_the_words_to_a_more_serious_one() -> None:
    whole, part = finding(10, 19, "advice"), finding(17, 19, "warning")
    assert [(one.text, one.severity) for one in segments("NPS de 40", (10, 19), [whole, part])] == [("NPS de ", None), ("40", "warning")]
    assert [(one.text, one.severity) for one in segments("NPS de 40", (10, 19), [whole])] == [("NPS de 40", "advice")]


def test_among_equals_the_first_found_keeps_its_words() -> None:
    first, second = finding(0, 4, rule="kr-a"), finding(0, 9, rule="kr-b")
    assert [part.finding.rule for part in segments("NPS de 40", (0, 9), [first, second]) if part.finding] == ["kr-a", "kr-b"]


def test_blanks_at_the_ends_of_a_span_are_not_underlined() -> None:
    cut = segments("NPS  40 ", (5, 13), [finding(8, 13)])
    assert [(part.text, part.severity) for part in cut] == [("NPS  ", None), ("40", "warning"), (" ", None)]


@pytest.mark.parametrize("span", [(0, 5), (90, 95), (15, 15), (20, 10)])
def test_a_span_elsewhere_marks_nothing(span: tuple[int, int]) -> None:
    assert [part.severity for part in segments("NPS de 40", (10, 19), [finding(*span)])] == [None]


@given(st.text())
def test_shown_text_is_one_line_without_anything_that_moves_the_cursor(text: str) -> None:
    line = shown(text)
    assert len(line.splitlines()) <= 1
    assert not any(
        ord(character) < 32 or 127 <= ord(character) < 160 or character in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069"
        for character in line
    )
    line.encode("utf-8")


def test_shown_text_keeps_what_french_needs() -> None:
    assert shown("70\u202f% «\u00a0été\u00a0»") == "70\u202f% «\u00a0été\u00a0»"
    assert shown("une ligne\r\n   pliée") == "une ligne pliée"
    assert shown("a\x1b[31mb\x00\u202e") == "a\ufffd[31mb\ufffd\ufffd"


def test_slots_are_told_from_words() -> None:
    assert slots("de [valeur actuelle] à [cible]") == (("de ", False), ("valeur actuelle", True), (" à ", False), ("cible", True))
    assert slots("rien [] ni [a[b") == (("rien [] ni [a[b", False),)
