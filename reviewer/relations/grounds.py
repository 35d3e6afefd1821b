"""Find what tells two statements apart: their figures and dates, whom and where they are about, the names and words in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from reviewer.language.folding import Folded, fold
from reviewer.language.glossary import known_metrics
from reviewer.language.quantities import read_number
from reviewer.okr import KeyResult, Objective, Quantity, Span
from reviewer.relations.dates import Day, day_of
from reviewer.relations.wordage import Wordage, people_apart, says_something, sort_words

_BITS, _EACH = 512, 4
"""Words are remembered as bits of a mask, four each (Bloom, Space/time trade-offs in hash coding with allowable errors, 1970):
of ten thousand words that a statement of a dozen words lacks, one is taken for one that it has."""


class Facts(NamedTuple):
    """Hold what one statement is compared by. Keys are 64-bit hashes, masks bits of words.

    `same` is the statement word for word, but for case, accents and punctuation; `undated` the same without dates.
    `about` is what is measured and on what ground, `rest` the words beyond that; `alike` adds the figures, None where too
    little is known to tell from it alone. `bucket` is what near duplicates must share: figure, audience, place, digits.
    `content` are the words that say something, `beyond` those among them that do not name the known measure.
    """

    same: int
    undated: int
    about: int | None = None
    rest: int = 0
    alike: int | None = None
    bucket: int = 0
    metric: str | None = None
    figure: float | None = None
    start: float | None = None
    unit: str | None = None
    others: int = 0
    day: Day = Day()
    direction: str | None = None
    moved: bool = False
    names: int = 0
    words: int = 0
    content: int = 0
    beyond: int = 0
    people: int = 0
    telling: bool = True


def facts_of_key_result(kr: KeyResult) -> Facts:
    """Give what a key result is compared by."""
    offset = kr.span[0]
    dated = kr.deadline.span if kr.deadline is not None and kr.deadline.span is not None else None
    hidden = [each.span for each in kr.quantities] + ([dated] if dated else [])
    if kr.baseline is not None and kr.baseline.span is not None:
        hidden.append(kr.baseline.span)
    metric = kr.metric.id if kr.metric is not None else None
    measured = [each.span for each in kr.metrics if each.id is not None] if metric is not None else []
    folded = fold(kr.text, offset)
    found = sort_words(kr.text, folded, kr.language, hidden, measured)
    figure, start, others = _figures(kr)
    rescored = kr.target is not None and figure != kr.target.value  # 8/10 was understood as 80 %
    unit = None if rescored or kr.unit in ("count", "score") else kr.unit
    people = found.people - people_apart()
    ground = ("ground", *sorted(found.ground), *sorted(found.digits))
    whole = (*ground, *sorted(found.names), *sorted(people))
    about, rest = None, _hash(("rest", *sorted(found.beyond))) if found.beyond else 0
    if metric is not None:
        by_product = "product" in known_metrics()[metric].scope  # adoption of one feature is not that of another
        about = _hash(("metric", metric, *whole, *(sorted(found.beyond) if by_product else ())))
    elif figure is not None and len(found.content) + len(found.people) > 1:
        about, rest = _hash(("words", kr.language, *whole, *sorted(found.people), *sorted(found.content))), 0
    alike = None
    if metric is not None and figure is not None:
        alike = _hash((about, rest, _written(figure), _written(start), unit, others, kr.direction))
    same, undated = _keys(folded, dated)
    return Facts(
        same=same,
        undated=undated,
        about=about,
        rest=rest,
        alike=alike,
        bucket=_hash(("key result", _written(figure), *ground)),
        metric=metric,
        figure=figure,
        start=start,
        unit=unit,
        others=others,
        day=day_of(kr.deadline.text) if dated and kr.deadline is not None else Day(),
        direction=kr.direction,
        moved=start is not None or kr.verb_direction in ("up", "down") or bool(kr.target and kr.target.relative),
        telling=says_something(found),
        **_masks(found),
    )


def facts_of_objective(objective: Objective) -> Facts:
    """Give what an objective is compared by."""
    hidden = [objective.target.span] if objective.target is not None else []
    folded = fold(objective.text, objective.span[0])
    found = sort_words(objective.text, folded, objective.language, hidden, [])
    figure = figure_of(objective.target)
    same, _ = _keys(folded, None)
    return Facts(
        same=same,
        undated=same,
        bucket=_hash(("objective", _written(figure), "ground", *sorted(found.ground), *sorted(found.digits))),
        figure=figure,
        telling=says_something(found),
        **_masks(found),
    )


def figure_of(quantity: Quantity | None) -> float | None:
    """Give the number as an author writes it: 8 for 8/10, whichever way it was understood."""
    if quantity is None or quantity.value is None:
        return None
    if quantity.unit == "percent" and (score := _SCORE.match(quantity.text)):
        return read_number(score[1])
    return quantity.value


_SCORE = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:/|sur|out of) ?\d", re.IGNORECASE)


@lru_cache(maxsize=1024)
def same_key(text: str) -> int:
    """Hash a text word for word: case, accents, spaces and punctuation left out, the signs of figures kept."""
    return _keys(fold(text), None)[0]


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+|[%€$£<≥≤+]|(?<!-)>|(?<!\w)-(?=\d)")


def _keys(folded: Folded, dated: Span | None) -> tuple[int, int]:
    """Hash a text word for word, and the same without its date."""
    tokens = [*_TOKEN.finditer(folded.text)]
    words = [match[0].replace(",", ".") for match in tokens]
    same = _hash(words)
    if dated is None:
        return same, same
    apart = [word for word, match in zip(words, tokens, strict=True) if not _meet(folded.span(*match.span()), dated)]
    return same, _hash(apart)


def _figures(kr: KeyResult) -> tuple[float | None, float | None, int]:
    """Give the figure to reach, the start, and a hash of any others (0 where there are none)."""
    stated = kr.baseline if kr.baseline is not None and kr.baseline.kind == "stated" else None
    begun = stated.span if stated is not None else None
    left = [each for each in kr.quantities if each.value is not None and (begun is None or not _meet(each.span, begun))]
    chief = kr.target if kr.target is not None and kr.target.value is not None else (left[0] if left else None)
    others = sorted({f"{_written(figure_of(each))} {each.unit}" for each in left if chief is None or each.span != chief.span})
    return figure_of(chief), stated.value if stated is not None else None, _hash(["others", *others]) if others else 0


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _written(figure: float | None) -> str | None:
    return None if figure is None else f"{figure:.6g}"


def _masks(found: Wordage) -> dict[str, Any]:
    return {name: _mask(getattr(found, name)) for name in ("names", "words", "content", "beyond", "people")}


def _mask(words: Iterable[str]) -> int:
    found = 0
    for word in words:
        found |= _bits(word)
    return found


@lru_cache(maxsize=65_536)
def _bits(word: str) -> int:
    code = _hash((word,)) & (1 << 64) - 1
    return sum(1 << place for place in {code // _BITS**at % _BITS for at in range(_EACH)})


def _hash(parts: Iterable[object]) -> int:
    """Give 64 bits that stay the same from run to run, signed as SQLite keeps them."""
    digest = blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
