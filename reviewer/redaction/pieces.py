"""Cut a line into pieces (words and the parts of compound words), and tell where sentences start."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from reviewer.redaction.vocabulary import folded, is_ordinary, listed_words

Shape = Literal["lower", "title", "upper", "camel", "letter", "number"]

_PIECE = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_MARKUP = re.compile(r"[\s*_`~#>|]+")
_STOPS = re.compile(r"[!?…;•·|]|\.\s|\s[-–—]\s")
_OPENS = re.compile(r"[(\"«“‘'\[]\s*$")
_LABEL = re.compile(r"(?:KRs?|RC|O|OKRs?|[Oo]bjectifs?|[Oo]bjectives?|[Rr]ésultats?|[Cc]lés?|[Kk]ey|[Rr]esults?|[Ii]nitiatives?)\d*(?:\d)?")
_SHORTENED = frozenset("vs mme mlle mr mrs ms dr pr m st cf ex env max min no inc ltd corp co approx art av fig vol etc".split())
_SPACES = frozenset(" \u00a0\u202f\u2009")
_TITLE_SHARE, _TITLE_WORDS, _LONG = 0.6, 3, 4
"""A line in which this share of at least so many long ordinary words bears a capital says nothing by its capitals."""


class Piece(NamedTuple):
    """Hold a piece of a line, how it is written, and the text that stands between it and the one before."""

    start: int
    end: int
    text: str
    folded: str
    shape: Shape
    glue: str

    @property
    def bears_a_capital(self) -> bool:
        """Tell a word that may be a name by its letters."""
        return self.shape in ("title", "upper", "camel")

    @property
    def follows_closely(self) -> bool:
        """Tell that one space, hyphen or apostrophe, and nothing else, stands before it."""
        return self.glue in _SPACES or self.glue in ("-", "\u2010", "\u2011", "'", "’", "&", " & ", "")


def cut(line: str) -> list[Piece]:
    """Cut `line` into pieces, in order."""
    pieces: list[Piece] = []
    done = 0
    for match in _PIECE.finditer(line):
        letters = "".join(char for char in match[0] if char.isalpha())
        shape = _shape(match[0], letters)
        plural = shape == "upper" and letters[-1] == "s"
        name = folded(letters[:-1] if plural else letters) if shape != "number" else match[0]
        pieces.append(Piece(match.start(), match.end(), match[0], name, shape, line[done : match.start()]))
        done = match.end()
    return pieces


def _shape(text: str, letters: str) -> Shape:
    if not letters or (len(letters) < 3 and len(letters) < sum(char.isalnum() for char in text)):
        return "number"  # 12, Q3, G2, B2B
    if len(letters) == 1:
        return "letter" if letters.isupper() else "lower"
    if letters.isupper() or (len(letters) > 2 and letters[:-1].isupper() and letters[-1] == "s"):
        return "upper"
    if letters.islower() or not any(char.isupper() for char in letters):
        return "lower"
    if letters[0].isupper() and not any(char.isupper() for char in letters[1:]):
        return "title"
    return "camel"


def capitals_say_nothing(pieces: list[Piece]) -> bool:
    """Tell a line in title case or all in capitals, where a capital marks no name."""
    long = [piece for piece in pieces[1:] if len(piece.text) >= _LONG and piece.shape != "number" and is_ordinary(piece.folded)]
    capital = sum(piece.bears_a_capital for piece in long)
    return capital >= _TITLE_WORDS and capital >= _TITLE_SHARE * len(long)


def sentence_starts(pieces: list[Piece]) -> list[bool]:
    """Tell of each piece whether a sentence, a clause after a colon or a quoted one starts with it."""
    starts: list[bool] = []
    for at, piece in enumerate(pieces):
        if at == 0:
            starts.append(True)
            continue
        before, glue = pieces[at - 1], piece.glue
        if glue in ("-", "\u2010", "\u2011"):
            starts.append(starts[-1])
        elif glue in ("'", "’"):
            starts.append(starts[-1] and before.folded in _ELISIONS)
        elif ":" in glue:
            starts.append(before.folded not in listed_words("names", "tools") | listed_words("names", "against"))
        elif _STOPS.search(glue):
            abbreviated = glue.startswith(".") and (before.shape == "letter" or before.folded in _SHORTENED)
            starts.append(not abbreviated or "\n" in glue)
        elif _OPENS.search(glue):
            starts.append(glue.rstrip().endswith("[") or _runs_on(pieces, at))
        else:
            bare = _MARKUP.sub("", glue)
            labelled = starts[-1] and (_LABEL.fullmatch(before.text) is not None or before.text.isdigit() and at > 1)
            starts.append(labelled or (starts[-1] and at == 1 and bare in (")", ".)", "°")))
    return starts


_ELISIONS = frozenset("l d n s j m t c qu jusqu lorsqu puisqu aujourd".split())


def is_elision(piece: Piece) -> bool:
    """Tell the l' of "l'Acme" from the O' of O'Brien."""
    return piece.folded in _ELISIONS


def _runs_on(pieces: list[Piece], at: int) -> bool:
    """Tell a quoted or bracketed clause, "(Currently 12 %)", from a name alone, "(Notion)"."""
    if at + 1 >= len(pieces):
        return False
    after = pieces[at + 1]
    return after.shape in ("lower", "number") and (after.glue in _SPACES or ":" in after.glue)
