"""What a judgement of nature is, and the few readings that every test shares."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reviewer.language.lexicon import Sense
from reviewer.language.reading import Noun, Reading
from reviewer.okr import Nature

Subject = Literal["team", "person", "third-party", "product"]


class Judgement(NamedTuple):
    """Hold a nature, how sure it is (0 to 1), the facts that led there, and the words it hangs on."""

    nature: Nature
    certainty: float
    because: tuple[str, ...]
    head: tuple[int, int] | None = None
    subject: Subject | None = None
    result: tuple[int, int] | None = None


def place_of(reading: Reading, noun: Noun) -> tuple[int, int]:
    words = reading.words
    return words[noun.at].start, words[noun.at + noun.sense.length - 1].end


def task_of(verb: Sense) -> Nature:
    return "activity" if "activity" in verb.classes and "output" not in verb.classes else "output"


def has_measure(reading: Reading, begin: int, end: int) -> bool:
    if any(begin <= m.start < end for m in reading.measures):
        return True
    return any("measure" in n.sense.classes and not n.sense.classes & {"deliverable"} for n in reading.nouns_between(begin, end))


def measure_at(reading: Reading, noun: Noun) -> bool:
    place = reading.words[noun.at].start
    return any(m.start <= place < m.end for m in reading.measures)
