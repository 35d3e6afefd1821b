"""Understand company objectives: the measures leadership would look at, named or not, and whom they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reviewer.alignment.audiences import Audience, audiences
from reviewer.corpus import encode_corpus
from reviewer.data import read_corpus
from reviewer.encoder import Remembering, Scale, per_model
from reviewer.language.detect import detect_language
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics, per_house
from reviewer.language.lexicon import listed
from reviewer.language.statement import understand_objective
from reviewer.okr import Language

if TYPE_CHECKING:
    from reviewer.encoder import Encoder, Vectors

_LOOSE = frozenset({"customer-base", "revenue", "trial-sign-ups", "headcount", "pipeline"})
"""Measures whose name is also a common word ("installed base"): they count, but the whole sentence is asked too."""

_NEAR = 0.42
"""From here on (on the scale of likeness, 0 to 1) a company objective says what an anchor says."""

_CUE = 0.35
"""How much nearer a cue word brings its anchor."""

_MOST = 3
"""Anchors that one company objective may say at once."""

_SHARES = (1.0, 0.95, 0.8, 0.75)
"""How surely an anchor's measures are meant, most telling first."""

_BESIDE = 0.12
"""Anchors this close to the nearest one count too."""

_UNCLEAR: dict[str, float] = {"arr": 0.6, "revenue": 0.6, "market-share": 0.6}
"""What is assumed of a company objective that nothing is known of: it is about growth, with less certainty."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Hold a company objective: its measures with how surely (0 to 1) they are meant, its audiences, whether it was understood."""

    text: str
    language: Language
    measures: dict[str, float]
    audiences: frozenset[Audience]
    clear: bool


class _Anchors(NamedTuple):
    """Hold the anchors: vectors of their sentences, which anchor each belongs to, and per anchor its measures and cues."""

    vectors: Vectors
    owners: list[int]
    metrics: list[tuple[str, ...]]
    cues: list[dict[str, re.Pattern[str]]]


def understand_goals(texts: Sequence[str], encoder: Encoder, scale: Scale, language: Language) -> list[Goal]:
    """Read company objectives; `language` where the words do not tell."""
    model = encoder.encoder if isinstance(encoder, Remembering) else encoder
    return [*_understood(tuple(texts), model, scale, language)]


@per_house(64)
def _understood(texts: tuple[str, ...], encoder: Encoder, scale: Scale, language: Language) -> tuple[Goal, ...]:
    """Read company objectives once: a batch of OKRs after the other is tied to the same ones."""
    vectors = encoder.encode(texts)
    goals = []
    for text, vector in zip(texts, vectors, strict=True):
        spoken = detect_language(text, language)
        measures = _measures(text, vector, spoken, encoder, scale)
        goals.append(Goal(text, spoken, measures or _UNCLEAR, audiences([text]), bool(measures)))
    return tuple(goals)


def _measures(text: str, vector: Vectors, language: Language, encoder: Encoder, scale: Scale) -> dict[str, float]:
    named = {metric.id for metric in understand_objective(text, language).metrics if metric.id and not known_metrics()[metric.id].vanity}
    firm = named - _LOOSE
    if firm:
        return dict.fromkeys(sorted(firm), 1.0)
    found = dict.fromkeys(sorted(named), 0.9)
    for name, weight in _from_anchors(text, language, vector, encoder, scale).items():
        found[name] = max(weight, found.get(name, 0.0))
    return found


def _from_anchors(text: str, language: Language, vector: Vectors, encoder: Encoder, scale: Scale) -> dict[str, float]:
    """Give the measures of the anchors that say nearly the same; a cue word brings its anchor nearer."""
    anchors = _anchors(encoder)
    folded = fold(text).text
    nearest: dict[int, float] = {}
    for owner, value in zip(anchors.owners, scale.of(anchors.vectors @ vector).tolist(), strict=True):
        nearest[owner] = max(value, nearest.get(owner, 0.0))
    cued = {owner for owner, cues in enumerate(anchors.cues) if cues[language].search(folded)}
    for owner in cued:
        nearest[owner] += _CUE
    best = max(nearest.values())
    found: dict[str, float] = {}
    for owner, value in sorted(nearest.items(), key=lambda item: -item[1])[:_MOST]:
        if (value >= _NEAR and value >= best - _BESIDE) or (owner in cued and value >= best - _CUE):
            sure = min(1.0, 0.45 + 0.6 * value) * (1.0 if value == best else 0.8)
            for name, share in zip(anchors.metrics[owner], _SHARES, strict=False):
                found[name] = max(share * sure, found.get(name, 0.0))
    return found


@per_model
def _anchors(encoder: Encoder) -> _Anchors:
    rows = read_corpus("alignment.toml")["anchor"]
    texts = [(text, owner) for owner, row in enumerate(rows) for text in (*row["fr"], *row["en"])]
    cues = [{language: _cue_pattern(row["cues"][language]) for language in ("fr", "en")} for row in rows]
    vectors = encode_corpus(encoder, [text for text, _ in texts])
    return _Anchors(vectors, [owner for _, owner in texts], [tuple(row["metrics"]) for row in rows], cues)


def _cue_pattern(cues: str) -> re.Pattern[str]:
    words = "|".join(re.escape(cue).replace(r"\*", r"\w*") for cue in listed(cues))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
