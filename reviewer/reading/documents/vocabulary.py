"""Know the words by which columns and keys are recognised, whatever their case, accents and punctuation."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal, NamedTuple, cast, get_args

from reviewer.language.folding import plain_letters
from reviewer.okr import Language
from reviewer.quarter import ColumnRole

Sense = ColumnRole | Literal["indicator", "current", "ignored", "kind", "statement"]
"""What a header can mean: a role, or what becomes one only in the light of the other columns."""

ROLES: tuple[ColumnRole, ...] = get_args(ColumnRole)

_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ][a-zà-ÿ])")
_NO_WORD = re.compile(r"[^a-z0-9%]+")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_GLUED = re.compile(r"(?<=[a-z])(?=\d)")
_CYCLE = re.compile(r"(?:(?:[qtsh][1-4]|fy ?\d{2,4}|20\d\d)(?: |$))+")
_LONGEST_HEADER = 80


class Meaning(NamedTuple):
    """Say what a header means; `number` is that of its key result ("KR 2"), `of` what an owner or a value is of."""

    sense: Sense
    number: str | None = None
    of: Literal["objective", "key_result"] | None = None
    language: Language | None = None


@cache
def words() -> dict[str, Any]:
    """Load columns.toml."""
    return tomllib.loads(resources.files(__package__).joinpath("columns.toml").read_text("utf-8"))


def folded(text: str) -> str:
    """Take case, accents and punctuation off a header, a key or a cell: words parted by single blanks."""
    return _NO_WORD.sub(" ", plain_letters(text)).strip()


@lru_cache(maxsize=4096)
def meaning(header: str) -> Meaning | None:
    """Tell what a header or key means; None for one that is not known."""
    if len(header) > _LONGEST_HEADER or is_blank(header):
        return None
    senses = _senses()
    camel = _CAMEL.sub(" ", header)
    bare = folded(_BRACKETS.sub(" ", camel)) or folded(camel)
    found = senses.get(folded(header)) or senses.get(bare)
    if found is not None:
        return Meaning(found[0], language=found[1])
    numbered = _GLUED.sub(" ", _CYCLE.sub("", bare + " ").strip())
    numbers = _NUMBER.findall(numbered)
    plain = " ".join(word for word in numbered.split() if not _NUMBER.fullmatch(word))
    number = ".".join(numbers) or None
    found = senses.get(plain) or _senses_without_fillers().get(_without_fillers(plain))
    return Meaning(found[0], number, None, found[1]) if found is not None else _compound(plain, number)


def is_blank(text: str) -> bool:
    """Tell a cell that says nothing: empty, a dash, "n/a", "à définir"."""
    text = text.strip()
    return not text or (len(text) <= 16 and plain_letters(text).strip(" .") in _blanks())


@lru_cache(maxsize=1024)
def kind_of(text: str) -> Literal["objective", "key_result", "contributes_to"] | None:
    """Tell what a row is from the cell that names its kind: "Objective", "KR 1.2", "Résultat clé"."""
    plain = " ".join(word for word in _GLUED.sub(" ", folded(text)).split() if not _NUMBER.fullmatch(word))
    return _kinds().get(plain)


def names_no_team(word: str) -> bool:
    """Tell a word of a sheet's name that says nothing of a team: "Feuil1", "OKR"."""
    return word.rstrip("0123456789") in _sheet_words() or word.isdigit()


def is_footer(text: str) -> bool:
    """Tell what stands under a table and is no objective: "Total", "Legend: green is on track"."""
    return folded(text.partition(":")[0][:40]) in _footers()


def lists_okrs(key: str) -> bool:
    """Tell a key of JSON or YAML whose list may hold OKRs."""
    return folded(_CAMEL.sub(" ", key)) in _list_keys()


@cache
def _senses() -> dict[str, tuple[Sense, Language]]:
    data = words()
    found: dict[str, tuple[Sense, Language]] = {}
    groups: list[tuple[str, dict[str, list[str]]]] = [(role, data["roles"][role]) for role in ROLES]
    groups += [(sense, data[sense]) for sense in ("indicator", "current", "kind", "statement", "ignored")]
    for sense, by_language in groups:
        for language, listed in by_language.items():
            for word in listed:
                found.setdefault(folded(word), (cast(Sense, sense), cast(Language, language)))
    return found


@cache
def _senses_without_fillers() -> dict[str, tuple[Sense, Language]]:
    found: dict[str, tuple[Sense, Language]] = {}
    for word, sense in _senses().items():
        if bare := _without_fillers(word):
            found.setdefault(bare, sense)
    return found


def _both(listed: dict[str, list[str]]) -> Iterable[str]:
    return (word for each in listed.values() for word in each)


@cache
def _blanks() -> frozenset[str]:
    return frozenset(plain_letters(word).strip(" .") for word in _both(words()["blank"]))


@cache
def _kinds() -> dict[str, Literal["objective", "key_result", "contributes_to"]]:
    return {folded(word): cast(Any, kind) for kind, listed in words()["kinds"].items() for word in _both(listed)}


@cache
def _sheet_words() -> frozenset[str]:
    return frozenset(folded(word) for word in _both(words()["sheets"]))


@cache
def _footers() -> frozenset[str]:
    return frozenset(folded(word) for word in _both(words()["footers"]))


@cache
def _list_keys() -> frozenset[str]:
    return frozenset(folded(word) for word in _both(words()["lists"]))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_both(words()["fillers"]))


def _without_fillers(plain: str) -> str:
    left = " ".join(word for word in plain.split() if word not in _fillers())
    return left if len(left) > 1 else plain


@cache
def _owned() -> tuple[tuple[Literal["key_result", "objective"], re.Pattern[str]], ...]:
    """Give the words of a key result and of an objective, to take out of "KR2 target" and "Objective owner"."""
    found = []
    for role in ("key_result", "objective"):
        listed = sorted({folded(word) for word in _both(words()["kinds"][role])}, key=len, reverse=True)
        found.append((cast(Any, role), re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b")))
    return tuple(found)


def _compound(plain: str, number: str | None) -> Meaning | None:
    for of, pattern in _owned():
        rest, count = pattern.subn(" ", plain, count=1)
        if not count:
            continue
        found = _senses().get(" ".join(rest.split())) or _senses_without_fillers().get(_without_fillers(rest))
        if found is not None and found[0] not in ("objective", "key_result", "kind"):
            return Meaning(of if found[0] == "statement" else found[0], number, of, found[1])
    return None
