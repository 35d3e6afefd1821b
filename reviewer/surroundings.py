"""Look around a draft with the encoder: what it leads up to, whether its key results belong, which examples are near.

What needs the encoder is imported here and only when asked for: loading a model takes a second or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.language.glossary import at_home
from reviewer.okr import Alignment, Context, ExampleMatch, Finding, Language, ReviewedOkr

if TYPE_CHECKING:
    from reviewer.corpus import Corpus
    from reviewer.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Hold the OKRs with what was seen around them, and what is needed to show examples; `notes` say what could not be seen."""

    okrs: list[ReviewedOkr]
    corpus: Corpus | None = None
    encoder: Encoder | None = None
    notes: tuple[str, ...] = ()

    def examples(self, findings: Sequence[Finding], count: int) -> tuple[ExampleMatch, ...]:
        """Give the examples nearest to each OKR and each weak key result; none where the encoder is missing."""
        if self.corpus is None or self.encoder is None:
            return ()
        from reviewer.examples import match

        return match(self.okrs, findings, self.corpus, self.encoder, count)


def look_around(okrs: Sequence[ReviewedOkr], context: Context, language: Language) -> Surroundings:
    """Tie each OKR to a company objective and each key result to its objective.

    An encoder that is not on this machine is no error: the review goes on without it and says so.
    Raises ReviewerError when the house's own examples file cannot be read.
    """
    from reviewer.corpus import load_corpus

    corpus = load_corpus(context.settings.corpus)
    try:
        from reviewer.alignment import relatedness
        from reviewer.encoder import EncoderUnavailableError, Remembering, load_encoder
        from reviewer.examples import draft_texts

        encoder = Remembering(load_encoder(context.settings.encoder))
    except (ImportError, EncoderUnavailableError) as error:
        return Surroundings(list(okrs), notes=(_without(language, error),))
    encoder.encode(draft_texts(okrs))
    with at_home(context):
        alignments = _aligned(okrs, context, encoder, language)
        related = relatedness(okrs, encoder)
    seen = []
    for okr, alignment, scores in zip(okrs, alignments, related, strict=True):
        key_results = tuple(kr.model_copy(update={"related": score}) for kr, score in zip(okr.key_results, scores, strict=True))
        seen.append(okr.model_copy(update={"alignment": alignment, "key_results": key_results}))
    return Surroundings(seen, corpus, encoder)


def _aligned(okrs: Sequence[ReviewedOkr], context: Context, encoder: Encoder, language: Language) -> list[Alignment | None]:
    """Tie each OKR to one of the company objectives that are its team's, numbered as the company's are."""
    from reviewer.alignment import align
    from reviewer.alignment.teams import goals_of

    given = context.company_objectives
    if not context.settings.teams:
        return align(okrs, given, encoder, language)
    found: list[Alignment | None] = [None] * len(okrs)
    by_goals: dict[tuple[int, ...], list[int]] = {}
    for place, okr in enumerate(okrs):
        by_goals.setdefault(goals_of(okr.team, context), []).append(place)
    for goals, places in by_goals.items():
        some = align([okrs[place] for place in places], [given[at] for at in goals], encoder, language)
        for place, alignment in zip(places, some, strict=True):
            if alignment is not None and alignment.company_objective is not None:
                alignment = alignment.model_copy(update={"company_objective": goals[alignment.company_objective]})
            found[place] = alignment
    return found


def _without(language: Language, error: Exception) -> str:
    if language == "fr":
        return f"Exemples et alignement non regardés : {error}"
    return f"Examples and alignment were not looked at: {error}"
