"""What cannot be read is refused in one sentence or two, in the draft's own language."""

from __future__ import annotations

import pytest

from reviewer.errors import UnreadableDraftError
from reviewer.reading import MAX_CHARACTERS, read


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\ufeff", "\u200b\n\ufeff ", "\u00a0"])
def test_empty(text: str) -> None:
    with pytest.raises(UnreadableDraftError, match="draft is empty"):
        read(text)


@pytest.mark.parametrize("text", ["PK\x03\x04\x00\x00Objective: a", "\x01\x02\x03\x04 abc", "Objective: x\x00"])
def test_binary(text: str) -> None:
    with pytest.raises(UnreadableDraftError, match="is not text: .* control characters .*U\\+00"):
        read(text)


def test_too_long() -> None:
    with pytest.raises(UnreadableDraftError, match=f"{MAX_CHARACTERS + 1} characters long; {MAX_CHARACTERS} .* by team"):
        read("Objective: a " + "b" * (MAX_CHARACTERS - 12))
    assert read("Objective: a " + "b" * (MAX_CHARACTERS - 13))
    french = "Objectif : nous voulons gagner les deals pour que le marché nous suive. "
    with pytest.raises(UnreadableDraftError, match="Découpez-le par équipe ou par trimestre"):
        read(french * 3000)


@pytest.mark.parametrize(
    "text",
    [
        "We met on Monday and talked about the launch. Nobody wrote anything down.",
        "Increase win rate from 20% to 30%",
        "# A title\n\nAnd a paragraph of prose that says nothing more than this. It ends here.",
        "The first line of a paragraph that was wrapped\nby the editor it was written in, so that\nit stands on three lines.",
        "| KPI | Value |\n|---|---|\n| NPS | 40 |",
        "We talked about the launch on Monday.\nThese are the things we want.\n- a cake\n- some coffee",
        "??", "#", "---", "| |", "KR", "Objective:", "Objective:\nKR1:\nKR2:", "OKR: définition",
    ],
)  # fmt: skip
def test_nothing_found(text: str) -> None:
    with pytest.raises(UnreadableDraftError) as caught:
        read(text)
    message = str(caught.value)
    assert "Objecti" in message and "KR1" in message and str(len(text)) in message


def test_french_drafts_are_answered_in_french() -> None:
    with pytest.raises(UnreadableDraftError, match="Aucun OKR trouvé .* suivie d'une liste"):
        read("Nous avons parlé du lancement avec les Sales, et rien n'est écrit pour le trimestre.")
    with pytest.raises(UnreadableDraftError, match="No OKR was found .* a list"):
        read("12345")
