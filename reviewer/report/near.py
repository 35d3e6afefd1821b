"""Say which examples stand where in a report, once for every format: weak-to-strong pairs, near OKRs, near key results."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from reviewer.data import data_folder
from reviewer.okr import ExampleMatch, Review
from reviewer.report.marked import shown
from reviewer.report.outline import place_of
from reviewer.report.words import Words

_MOST_OPEN = 3
"""Pairs shown at once for one OKR; more wait until they are asked for."""

_ID = re.compile(r'^id = "([^"\n]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Near:
    """Hold one example with each place of the OKR that it is near to, and its score there; `own` if a house gave it."""

    example: ExampleMatch
    places: tuple[str, ...]
    scores: tuple[float, ...]
    own: bool

    def told(self, words: Words) -> str:
        """Say what it is shown for, what it shares with the draft and how near it is: "KR 2 · same measure: NPS · nearness 0.62"."""
        reason = shown(self.example.reason) if self.example.reason else None
        nearness = words.say("nearness", score=" / ".join(map(words.number, self.scores)))
        language = self.example.language
        other = words.say(f"in_{language}") if language not in (None, words.language) else None
        own = words.say("own_example") if self.own else None
        return " · ".join(filter(None, (" / ".join(filter(None, self.places)), reason, nearness, other, own)))


@dataclass(frozen=True, slots=True)
class Nearby:
    """Hold what is near to one OKR: pairs to show at once, more of them, OKRs, key results."""

    pairs: tuple[Near, ...]
    more_pairs: tuple[Near, ...]
    okrs: tuple[Near, ...]
    key_results: tuple[Near, ...]

    @property
    def all(self) -> tuple[Near, ...]:
        """Give them all, in the order in which they are shown."""
        return (*self.pairs, *self.more_pairs, *self.okrs, *self.key_results)


def nearby(review: Review, okr: int, words: Words) -> Nearby:
    """Sort the examples of one OKR; the first pair of each place is shown at once, up to three."""
    found = [example for example in review.examples if example.okr == okr]
    pairs = _gathered((example for example in found if is_pair(example)), _place_of_pair, words)
    rest = [example for example in found if not is_pair(example)]
    foremost = [pair for at, pair in enumerate(pairs) if not any(set(pair.places) <= set(other.places) for other in pairs[:at])]
    shown_first = foremost[:_MOST_OPEN]
    return Nearby(
        pairs=tuple(shown_first),
        more_pairs=tuple(pair for pair in pairs if pair not in shown_first),
        okrs=_gathered((example for example in rest if example.key_result is None), lambda example, words: "", words),
        key_results=_gathered((example for example in rest if example.key_result is not None), _place, words),
    )


def is_pair(example: ExampleMatch) -> bool:
    """Tell whether an example shows a weak statement and the strong one it became."""
    return example.kind == "pair" and bool(lines(example.weak)) and bool(lines(example.strong))


def lines(text: str | None) -> tuple[str, ...]:
    """Cut the text of an example at its line ends: an objective, then its key results."""
    return tuple(line for line in (shown(line).strip() for line in (text or "").splitlines()) if line)


def written_by(examples: Iterable[Near], words: Words) -> str | None:
    """Say who wrote the examples that were not given by the house; nothing when all were."""
    own = {each.own for each in examples}
    if False not in own:
        return None
    return words.say("ours_but_own" if True in own else "ours")


def _gathered(examples: Iterable[ExampleMatch], place: Callable[[ExampleMatch, Words], str], words: Words) -> tuple[Near, ...]:
    """Give each example once, with every place it is near to."""
    by_id: dict[str, list[ExampleMatch]] = {}
    for example in examples:
        by_id.setdefault(example.id, []).append(example)
    return tuple(
        Near(same[0], tuple(place(each, words) for each in same), tuple(each.score for each in same), _source(same[0]) not in _ours())
        for name, same in by_id.items()
    )


def _place(example: ExampleMatch, words: Words) -> str:
    return place_of(example.key_result, words)


def _place_of_pair(example: ExampleMatch, words: Words) -> str:
    whole = example.key_result is None and not (example.rule or "").startswith("objective-")
    return words.say("okr_whole") if whole else place_of(example.key_result, words)


def _source(example: ExampleMatch) -> str:
    """Give the id of the OKR that a near key result stands in ("fr-launch-05/4" is its fourth), or the example's own."""
    return example.id.rpartition("/")[0] if example.kind == "key_result" else example.id


@cache
def _ours() -> frozenset[str]:
    """Give the ids of the examples that come with the package; a house's own file may not take one of them."""
    files = ("examples.fr.toml", "examples.en.toml", "pairs.toml")
    ids = {name for file in files for name in _ID.findall((data_folder("corpus") / file).read_text("utf-8"))}
    return frozenset(ids)
