"""Say what an example is, and how its texts are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reviewer.language.folding import fold
from reviewer.language.lexicon import lexicon
from reviewer.language.measures import find_measures
from reviewer.okr import Language

PairKind = Literal["key_result", "objective", "okr"]

_FIGURES = re.compile(r"[$€£]?\d+(?:[.,\s\u202f\u00a0]\d+)*\s?(?:%|k€|M€|[kKM€£$](?!\w))?|[→<>≥≤=$€£%():,;]|->")
_FRAME = re.compile(
    r"(?<![\w-])(?:passer de à|from to|de à|(?:d['’]ici|by|before|avant|until|contre|versus|vs|against|up from|down from|instead of|au lieu de|compared with)"
    r"(?: (?:la|le|the))?(?: (?:fin|end|mi|mid|début|start|close|fiscal year end))?(?: (?:de|of|du))?"
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:à |to )?(?:jours?|days?|points?|pts)(?: (?:à|to) (?:jours?|days?|points?))?"
    r"|[qtsh](?=\s|$)|fin|end of|(?:le|the|au|in)? ?(?:trimestre|quarter|semestre)|aujourd['’]hui|today|now|actuellement|currently|baseline)(?![\w-])",
    re.IGNORECASE,
)
"""What frames a result (figures, dates, comparisons) and says nothing of what it is about."""


@dataclass(frozen=True, slots=True)
class ExampleOkr:
    """Hold one good OKR and the measures its key results name (catalogue ids)."""

    id: str
    language: Language
    work: str
    objective: str
    key_results: tuple[str, ...]
    metrics: tuple[frozenset[str], ...]
    company: str | None = None
    team: str | None = None
    contributes_to: str | None = None


@dataclass(frozen=True, slots=True)
class ExamplePair:
    """Hold a weak statement and its strong form; for a whole OKR the objective comes first, then its key results."""

    id: str
    language: Language
    rule: str
    kind: PairKind
    work: str
    weak: tuple[str, ...]
    strong: tuple[str, ...]
    why: str
    metrics: frozenset[str]
    context: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Corpus:
    """Hold all examples; compared and hashed by identity, since a corpus is loaded once."""

    okrs: tuple[ExampleOkr, ...]
    pairs: tuple[ExamplePair, ...]


@lru_cache(maxsize=2048)
def wording(text: str) -> str:
    """Give what a key result is about, without figures and dates: two that share only "from 30% to 40% by the end of Q2" are not alike."""
    return " ".join(_FRAME.sub(" ", " ".join(_FIGURES.sub(" ", text).split())).split()) or text


def name_measures(text: str, language: Language) -> frozenset[str]:
    """Give the catalogue ids of the measures that a text names."""
    return frozenset(measure.metric.id for measure in find_measures(lexicon(language).words(fold(text).text), language))
