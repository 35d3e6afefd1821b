"""Tell whom a text speaks of: which sector, which size of company."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from reviewer.data import read_corpus
from reviewer.language.folding import fold

Audience = tuple[str, str]
"""(dimension, id), such as ("sector", "health")."""

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*'?")


@cache
def _index() -> dict[str, list[tuple[tuple[str, ...], Audience]]]:
    index: dict[str, list[tuple[tuple[str, ...], Audience]]] = {}
    for row in read_corpus("alignment.toml")["audience"]:
        for name in (*row["fr"], *row["en"]):
            words = tuple(_words(name))
            index.setdefault(words[0], []).append((words, (row["dimension"], row["id"])))
    return index


def _words(text: str) -> list[str]:
    """Cut a text into folded words, each without the s or x of its plural."""
    return [word[:-1] if word[-1] in "sx" and len(word) > 3 else word for word in _WORD.findall(fold(text).text)]


def audiences(texts: Iterable[str]) -> frozenset[Audience]:
    """Find the sectors and company sizes that texts name, in either language."""
    return frozenset[Audience]().union(*map(_named_in, texts))


@lru_cache(maxsize=2048)
def _named_in(text: str) -> frozenset[Audience]:
    """Find them in one text; the same few words are asked about again and again where OKRs are compared."""
    index = _index()
    found = set()
    words = _words(text)
    for at, word in enumerate(words):
        for parts, audience in index.get(word, ()):
            if len(parts) == 1 or tuple(words[at : at + len(parts)]) == parts:
                found.add(audience)
    return frozenset(found)


def speak_of_others(mine: Iterable[Audience], theirs: Iterable[Audience]) -> bool:
    """Tell whether two texts name sectors, or sizes, and none in common."""
    mine, theirs = frozenset(mine), frozenset(theirs)
    for dimension in ("sector", "size"):
        a = {each for each in mine if each[0] == dimension}
        b = {each for each in theirs if each[0] == dimension}
        if a and b and not a & b:
            return True
    return False
