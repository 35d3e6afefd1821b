"""French sentences are set with the spaces French printers use; the draft's own words keep theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.rules.typography import typeset_french


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Écrivez : « NPS : de [valeur actuelle] à 40 ».", "Écrivez\u00a0: «\u00a0NPS\u00a0: de [valeur actuelle] à 40\u00a0»."),
        ("Est-ce voulu ? Oui ; sinon non !", "Est-ce voulu\u202f? Oui\u202f; sinon non\u202f!"),
        ("de 31 % à 38 %", "de 31\u202f% à 38\u202f%"),
        ("« 40% » reste « 40% »", "«\u00a040%\u00a0» reste «\u00a040%\u00a0»"),
        ("un emplacement [valeur : laquelle ?] reste", "un emplacement [valeur : laquelle ?] reste"),
        ("voir https://exemple.fr/a?b=c;d : ici", "voir https://exemple.fr/a?b=c;d\u00a0: ici"),
        ("rien à changer", "rien à changer"),
        ("", ""),
    ],
)
def test_spaces_before_tall_punctuation(plain: str, set_: str) -> None:
    assert typeset_french(plain) == set_


@given(st.text(alphabet=" :;?!%«»[]ah/.\u00a0\u202f\n", max_size=60) | st.text(max_size=80))
def test_setting_twice_changes_nothing_and_no_character_is_added_or_lost(text: str) -> None:
    once = typeset_french(text)
    assert typeset_french(once) == once
    assert len(once) == len(text)
    assert "".join(once.split()) == "".join(text.split())
