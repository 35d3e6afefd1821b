"""Give each hidden text its placeholder, and find placeholders again however a model writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["Person", "Company", "Name", "Amount", "Email", "Phone", "Site"]

_LETTERS = "ABCDEFGHIJKLMNOPQRTUVWXYZ"
"""No S: `Company_As` is the plural of `Company_A` and nothing else."""
_KINDS: dict[str, Kind] = {
    "company": "Company", "entreprise": "Company", "société": "Company", "societe": "Company",
    "person": "Person", "personne": "Person",
    "name": "Name", "nom": "Name",
    "amount": "Amount", "montant": "Amount",
    "email": "Email", "e-mail": "Email", "courriel": "Email",
    "phone": "Phone", "téléphone": "Phone", "telephone": "Phone",
    "site": "Site",
}  # fmt: skip
"""What a model may write for a kind; a small one translates it in a French reply."""
_EDGES = r"(?<![^\W_]){}(?![^\W_])"
_EXACT = re.compile(_EDGES.format(r"(?:Person|Company|Name|Amount|Email|Phone|Site)_[A-RT-Z]{1,3}"))
_JOINED = rf"(?ai:(?P<kind>{'|'.join(_KINDS)})\\{{0,4}}_(?P<letters>[A-RT-Z]{{1,3}}))"
_APART = r"(?P<kind2>Person|Personne|Company|Entreprise|Société|Name|Nom|Amount|Montant)[ -](?P<letters2>[A-RT-Z]{1,3})"
_LIKE = re.compile(_EDGES.format(rf"(?:{_JOINED}|{_APART})(?P<plural>s?)"))


class Alike(NamedTuple):
    """Hold what reads as a placeholder at [start, end): the placeholder it stands for, and the plural after it."""

    start: int
    end: int
    placeholder: str
    plural: str


def look_alikes(text: str) -> Iterator[Alike]:
    """Find placeholders in any case, with Markdown escapes, a plural s, a space for the underscore or a French kind."""
    for match in _LIKE.finditer(text):
        kind = _KINDS[(match["kind"] or match["kind2"]).lower()]
        letters = (match["letters"] or match["letters2"]).upper()
        yield Alike(match.start(), match.end(), f"{kind}_{letters}", match["plural"])


def is_exact(text: str) -> bool:
    """Tell a placeholder as we write it from one that a model bent."""
    return _EXACT.fullmatch(text) is not None


class Placeholders:
    """Keep which placeholder stands for which text; one for each text, none that a text already held."""

    def __init__(self) -> None:
        self._by_text: dict[str, str] = {}
        self._by_placeholder: dict[str, str] = {}
        self._reserved: set[str] = set()
        self._count: dict[Kind, int] = {}

    def reserve(self, text: str) -> None:
        """Never give out a placeholder that `text` holds of its own, in whatever spelling."""
        self._reserved.update(alike.placeholder for alike in look_alikes(text) if alike.placeholder not in self._by_placeholder)

    def given(self, placeholder: str) -> bool:
        """Tell whether `placeholder` stands for something."""
        return placeholder in self._by_placeholder

    def text_of(self, placeholder: str) -> str | None:
        """Give what `placeholder` stands for."""
        return self._by_placeholder.get(placeholder)

    def stand_in(self, text: str, kind: Kind) -> str:
        """Give the placeholder of `text`: the one it has, else the next free one of `kind`."""
        if text in self._by_text:
            return self._by_text[text]
        placeholder = self._next(kind)
        self._by_text[text] = placeholder
        self._by_placeholder[placeholder] = text
        return placeholder

    def _next(self, kind: Kind) -> str:
        while True:
            number = self._count.get(kind, 0)
            self._count[kind] = number + 1
            placeholder = f"{kind}_{_in_letters(number)}"
            if placeholder not in self._reserved:
                return placeholder


def _in_letters(number: int) -> str:
    """Count A to Z without S, then AA, AB, …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters
