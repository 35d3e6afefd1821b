"""Find the names of people, companies and products: what bears a capital and is no ordinary vocabulary.

On the safe side: an unknown word with a capital is a name. A known word with a capital is one inside a sentence,
unless it belongs to the trade (measures, deliverables, teams, roles, markets, months) or the whole line bears capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reviewer.redaction.finding import Cover, Found
from reviewer.redaction.pieces import Piece, capitals_say_nothing, cut, is_elision, sentence_starts
from reviewer.redaction.placeholders import Kind
from reviewer.redaction.vocabulary import acronyms, folded, given_names, is_ordinary, is_trade, is_verb, keeps_its_capital, listed_words

_HYPHENS = frozenset("-\u2010\u2011")
_APOSTROPHES = frozenset("'’")
_SPACES = frozenset(" \u00a0\u202f\u2009")
_ARTICLES = frozenset("the our an every each their its your le la les l un une nos notre leur leurs ses ces cette tous toutes".split())
"""What follows an unknown verb at the start of a statement, and never a name."""
_JOINTS = _SPACES | {" & ", "&"}
_AFTER_INITIAL = frozenset((".", ". ", ".\u00a0", ".-"))
_VERBAL = ("iser", "ifier", "onner")
"""Endings of French verbs that end no name we met."""
_LIST = re.compile(r"\s*(?:,|/|&|\+)?\s*")
_SHORTEST_VERB = 4
_SHORTEST_SMALL = 4
"""Letters of a name that is also looked for without its capital."""
_LOOK_BACK = 40


class Names:
    """Find names, remembering those seen: of people, and those that no vocabulary holds, in any case."""

    def __init__(self) -> None:
        self._people: set[str] = set()
        self._known: set[str] = set()
        self._small: set[str] = set()

    def know_person(self, name: str) -> None:
        """Remember a person's name; the words of a team or role in it ("Équipe Produit") are no name."""
        for line in name.splitlines():
            for piece in cut(line):
                if _may_be_of_a_person(piece):
                    self._people.add(piece.folded)
                    self._remember(piece.folded)

    def learn(self, name: str) -> None:
        """Remember a name found, so that it is found everywhere."""
        for piece in cut(name):
            if piece.bears_a_capital:
                self._remember(piece.folded)

    def _remember(self, word: str) -> None:
        if not is_ordinary(word):
            self._known.add(word)
            if len(word) >= _SHORTEST_SMALL:
                self._small.add(word)

    def find(self, text: str, cover: Cover) -> Iterator[Found]:
        """Find the names of `text` outside what `cover` holds."""
        offset = 0
        for line in text.splitlines(keepends=True):
            yield from _Line(self, line, offset, cover).found()
            offset += len(line)

    def is_person(self, piece: Piece) -> bool:
        """Tell a first name, or a name that was said to be a person's."""
        return piece.folded in self._people or piece.folded in given_names()

    def knows(self, word: str) -> bool:
        """Tell a folded word that was found to be part of a name, and is no vocabulary."""
        return word in self._known

    def was_said(self, piece: Piece) -> bool:
        """Tell a name given beforehand, even where it is also a word (Grace)."""
        return piece.folded in self._people

    def known_small(self, piece: Piece) -> bool:
        """Tell a known name written without its capital."""
        return piece.folded in self._small


class _Line:
    """Hold one line while its names are looked for."""

    def __init__(self, names: Names, line: str, offset: int, cover: Cover) -> None:
        self._names, self._line, self._offset, self._cover = names, line, offset, cover
        self._pieces = cut(line)
        self._open = [cover.free(offset + piece.start, offset + piece.end) for piece in self._pieces]
        self._starts = sentence_starts(self._pieces)
        self._styled = capitals_say_nothing(self._pieces)
        self._against = [False] * len(self._pieces)
        self._hidden = [False] * len(self._pieces)

    def found(self) -> Iterator[Found]:
        """Give the names of the line, each with what it seems to name."""
        for at in range(len(self._pieces)):
            self._against[at] = self._follows_against(at)
            self._hidden[at] = self._open[at] and self._is_name(at)
        if not any(self._hidden):
            return
        self._widen()
        at = 0
        while at < len(self._pieces):
            if not self._hidden[at]:
                at += 1
                continue
            end = at
            while end + 1 < len(self._pieces) and self._hidden[end + 1] and self._joined(end + 1):
                end += 1
            yield Found(self._offset + self._pieces[at].start, self._offset + self._pieces[end].end, self._kind(at, end))
            at = end + 1

    def _is_name(self, at: int) -> bool:
        piece = self._pieces[at]
        if piece.shape == "lower":
            return self._names.known_small(piece)
        if not piece.bears_a_capital:
            return False
        if self._names.was_said(piece):
            return True
        if piece.shape == "camel":
            return piece.text not in listed_words("inner_capitals") and not is_ordinary(piece.folded)
        if piece.shape == "upper" and piece.text.removesuffix("s") in acronyms():
            return False
        if keeps_its_capital(piece.folded):
            return False
        if piece.shape == "title" and piece.folded in given_names():
            return self._is_given_name(at)
        if self._against[at]:
            return True
        if is_trade(piece.folded):
            return False
        if is_ordinary(piece.folded):
            return not (self._starts[at] or self._styled or piece.shape == "upper" or _is_infinitive(piece.folded))
        return not (piece.shape == "title" and self._starts[at] and self._opens_as_a_verb(at))

    def _is_given_name(self, at: int) -> bool:
        """Tell "Grace runs 5 calls" from "Grace period": a first name that is also a word needs someone acting or a surname."""
        piece = self._pieces[at]
        if not self._starts[at] or at + 1 == len(self._pieces):
            return True
        after = self._pieces[at + 1]
        if after.glue in _SPACES and after.shape == "lower" and after.folded in _ARTICLES:
            return False
        if not is_ordinary(piece.folded):
            return True
        if after.glue not in _SPACES:
            return after.glue.strip() not in ("", ":")
        if after.bears_a_capital:
            return not keeps_its_capital(after.folded)
        return is_verb(after.folded) or after.folded in listed_words("names", "acting")

    def _opens_as_a_verb(self, at: int) -> bool:
        """Tell an unknown word at the start that an article follows ("Galvaniser les ventes") from a name."""
        if at + 1 == len(self._pieces) or len(self._pieces[at].folded) < _SHORTEST_VERB:
            return False
        word, after = self._pieces[at].folded, self._pieces[at + 1]
        if after.glue not in _SPACES or after.shape != "lower" or self._names.knows(word):
            return False
        return after.folded in _ARTICLES or word.endswith(_VERBAL)

    def _follows_against(self, at: int) -> bool:
        """Tell a name that a rival is named by ("face à Orange"), or that goes on a list of such names."""
        piece = self._pieces[at]
        if not piece.bears_a_capital:
            return False
        before = at - 1
        if before >= 0 and self._pieces[before].folded in ("and", "et", "or", "ou"):
            before -= 1
        if before >= 0 and self._against[before] and self._hidden[before]:
            between = self._line[self._pieces[before].end : piece.start]
            if _LIST.fullmatch(re.sub(r"\b(?:and|et|or|ou)\b", ",", between, count=1)):
                return True
        lead = folded(self._line[max(0, piece.start - _LOOK_BACK) : piece.start])
        return _against().search(lead) is not None

    def _widen(self) -> None:
        """Take in what belongs to a name: the other half of a compound, an O', an initial, a surname, a legal form."""
        pieces, hidden = self._pieces, self._hidden
        for at in range(1, len(pieces)):
            here, before = pieces[at], pieces[at - 1]
            if hidden[at - 1] and not hidden[at] and here.glue in _JOINTS and self._goes_on(before, here):
                self._hide(at)
        for at in range(len(pieces) - 1, 0, -1):
            here, before = pieces[at], pieces[at - 1]
            if not hidden[at] or hidden[at - 1] or before.shape != "letter":
                continue
            if (
                here.glue in _APOSTROPHES
                and (not self._starts[at - 1] or not is_elision(before))
                or here.glue in _AFTER_INITIAL
                and before.text != "M"
            ):
                self._hide(at - 1)
        first = 0
        for at in range(1, len(pieces) + 1):
            if at == len(pieces) or pieces[at].glue not in _HYPHENS:
                self._widen_compound(first, at)
                first = at
        self._bridge()

    def _goes_on(self, before: Piece, here: Piece) -> bool:
        """Tell that a word with a capital goes on the name before it: Marie Petit, Paul D., Kestrel Insights, Oakridge Group."""
        if here.shape == "letter":
            return self._names.is_person(before)
        if not here.bears_a_capital or here.text in acronyms() or self._styled:
            return False
        if here.folded in listed_words("names", "company_forms"):
            return True
        return here.glue in _SPACES and here.shape == "title" and not keeps_its_capital(here.folded)

    def _widen_compound(self, first: int, end: int) -> None:
        """Hide a compound from its first to its last capital when one part is a name: Saint-Germain-en-Laye; not Kestrel-Sales."""
        parts = range(first, end)
        if len(parts) < 2 or not any(self._hidden[at] for at in parts):
            return
        inner = any(self._pieces[at].shape == "lower" for at in parts[1:-1])
        named = [
            at
            for at in parts
            if self._hidden[at] or self._pieces[at].bears_a_capital and (inner or not keeps_its_capital(self._pieces[at].folded))
        ]
        for at in range(named[0], named[-1] + 1):
            self._hide(at)

    def _bridge(self) -> None:
        """Join a name over its particles: Anna van Dijk; for French ones only after a first name, Jean de la Tour."""
        pieces, hidden = self._pieces, self._hidden
        for first in range(len(pieces)):
            if not hidden[first]:
                continue
            french = self._names.is_person(pieces[first]) or pieces[first].shape == "letter"
            particles = listed_words("names", "particles") | (listed_words("names", "french_particles") if french else frozenset())
            last = first + 1
            while (
                last < len(pieces)
                and last - first <= 3
                and pieces[last].folded in particles
                and pieces[last].follows_closely
                and not hidden[last]
            ):
                last += 1
            if (
                first + 1 < last < len(pieces)
                and pieces[last].follows_closely
                and (hidden[last] or french and self._goes_on(pieces[first], pieces[last]))
            ):
                for between in range(first + 1, last + 1):
                    self._hide(between)

    def _hide(self, at: int) -> None:
        self._hidden[at] = self._open[at]

    def _joined(self, at: int) -> bool:
        """Tell that a piece goes on the name before it."""
        here, before = self._pieces[at], self._pieces[at - 1]
        if here.follows_closely:
            return self._cover.free(self._offset + before.end, self._offset + here.start)
        return before.shape == "letter" and here.glue in _AFTER_INITIAL

    def _kind(self, first: int, last: int) -> Kind:
        pieces = self._pieces[first : last + 1]
        titled = first > 0 and self._pieces[first - 1].folded in listed_words("names", "titles")
        if titled or pieces[0].shape == "letter" or any(self._names.is_person(piece) for piece in pieces):
            return "Person"
        if self._against[first] or any(piece.shape in ("camel", "upper") for piece in pieces):
            return "Company"
        if any(piece.folded in listed_words("names", "company_forms") for piece in pieces):
            return "Company"
        return "Name"


def _is_infinitive(word: str) -> bool:
    """Tell a verb that goes on a list, "Former, Accompagner"."""
    return word.endswith(("er", "ir")) and (is_verb(word) or word in listed_words("ordinary", "fr"))


def _may_be_of_a_person(piece: Piece) -> bool:
    """Tell the words of a name said to be a person's from those of a team or role."""
    if piece.folded in given_names():
        return True
    if piece.shape in ("letter", "number") or piece.shape == "upper" and piece.text.removesuffix("s") in acronyms():
        return False
    if piece.shape == "lower":
        return not is_ordinary(piece.folded)
    return not keeps_its_capital(piece.folded) and not is_trade(piece.folded)


@cache
def _against() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(listed_words("names", "against"), key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?:{words})\s*(?::|\(|such as|like|tels? que|comme|nomme|named)?\s*(?:de |d['’]|l['’]|le |la |les |the |[\"«“(]\s?)*[*_`]*$"
    )


def known_phrases(text: str, phrases: Sequence[tuple[str, Kind]]) -> Iterator[Found]:
    """Find names seen elsewhere, exactly as they were written there: also where a sentence starts."""
    if not phrases:
        return
    kinds = dict(phrases)
    alternatives = "|".join(re.escape(phrase) for phrase in sorted(kinds, key=len, reverse=True))
    for match in re.finditer(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])(?!-[^\W\d_a-z])", text):
        yield Found(match.start(), match.end(), kinds[match[0]])
