"""Look around an idea with the encoder: which examples and measures are near it, what the company's objectives aim at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.alignment.causes import strength
from reviewer.corpus import Corpus, ExampleOkr, load_corpus
from reviewer.drafting.ideas import Idea
from reviewer.drafting.works import works
from reviewer.language.detect import detect_language
from reviewer.language.statement import understand_objective
from reviewer.okr import Context, Language, ReviewedOkr

if TYPE_CHECKING:
    from reviewer.encoder import Encoder

EXAMPLES = 6
"""Examples looked at: one kind of work has five or six."""

_NEAR_EXAMPLE, _NEAR_MEASURE = 0.2, 0.25
"""Likeness (0 to 1) from which an example, or a measure of the catalogue, is near an idea."""

_ALIKE, _RATHER_ALIKE, _TOUCHED = 0.4, 0.25, 0.15
"""Likeness of the two nearest examples from which an idea is product marketing's; the second needs a measure that is touched."""


@dataclass(frozen=True, slots=True)
class Near:
    """Hold what is near an idea; likeness is 0 (as two texts taken at random) to 1 (as two ways to say one thing).

    `works` weighs kinds of work by the examples; `goals` gives per company objective the measures (catalogue ids) that
    leadership would look at and how surely. `is_ours` tells whether the idea has to do with product marketing at all.
    `note` says why the encoder could not look.
    """

    examples: tuple[tuple[ExampleOkr, float], ...]
    measures: dict[str, float]
    works: dict[str, float]
    goals: tuple[dict[str, float], ...]
    is_ours: bool
    encoder: Encoder | None = None
    note: str | None = None

    def pull(self, measure: str) -> float:
        """Say from 0 to 1 how surely moving a measure moves what the company wants."""
        return max((pull_of(goal, measure) for goal in self.goals), default=0.0)


def pull_of(goal: dict[str, float], measure: str) -> float:
    """Say from 0 to 1 how surely moving a measure moves one company objective."""
    return max((strength(measure, end) * sure for end, sure in goal.items()), default=0.0)


def look_near(idea: Idea, context: Context) -> Near:
    """Look around an idea; without an encoder on this machine, only what words name is known.

    Raises ReviewerError when the house's own examples file cannot be read.
    """
    corpus = load_corpus(context.settings.corpus)
    names_something = bool(idea.measures or idea.vanity or idea.deliverables or idea.works)
    try:
        from reviewer.encoder import EncoderUnavailableError, Remembering, load_encoder

        encoder = Remembering(load_encoder(context.settings.encoder))
    except (ImportError, EncoderUnavailableError) as error:
        return Near((), {}, {}, _goals_named(context, idea.language), names_something, note=str(error))
    return _look(idea, context, corpus, encoder, names_something)


def _look(idea: Idea, context: Context, corpus: Corpus, encoder: Encoder, names_something: bool) -> Near:
    from reviewer.alignment.evidence import measure_vectors
    from reviewer.encoder import scale_of
    from reviewer.examples import match

    scale = scale_of(encoder)
    alone = ReviewedOkr(objective=understand_objective(idea.text, idea.language, 0), key_results=(), language=idea.language)
    by_id = {each.id: each for each in corpus.okrs}
    examples = [(by_id[each.id], scale.stretch(each.score)) for each in match([alone], [], corpus, encoder, EXAMPLES)]
    ids, vectors = measure_vectors(encoder)
    likeness = dict(zip(ids, scale.of(vectors @ encoder.encode([idea.text])[0]).tolist(), strict=True))
    best = sorted((like for _, like in examples), reverse=True)[:2]
    alike = sum(best) / 2 if best else 0.0
    touched = max(likeness.values(), default=0.0)
    kinds: dict[str, float] = {}
    for example, like in examples:
        if like >= _NEAR_EXAMPLE and example.work in works():
            kinds[example.work] = kinds.get(example.work, 0.0) + like
    return Near(
        examples=tuple((example, like) for example, like in examples if like >= _NEAR_EXAMPLE),
        measures={name: like for name, like in likeness.items() if like >= _NEAR_MEASURE},
        works=kinds,
        goals=_goals(context.company_objectives, encoder, idea.language),
        is_ours=names_something or alike >= _ALIKE or (alike >= _RATHER_ALIKE and touched >= _TOUCHED),
        encoder=encoder,
    )


def _goals(given: Sequence[str], encoder: Encoder, language: Language) -> tuple[dict[str, float], ...]:
    from reviewer.alignment.goals import understand_goals
    from reviewer.encoder import scale_of

    texts = [text for text in given if text.strip()]
    if not texts:
        return ()
    return tuple(goal.measures if goal.clear else {} for goal in understand_goals(texts, encoder, scale_of(encoder), language))


def _goals_named(context: Context, language: Language) -> tuple[dict[str, float], ...]:
    """Give the measures that company objectives name in so many words."""
    read = [understand_objective(text, detect_language(text, language), 0) for text in context.company_objectives if text.strip()]
    return tuple({metric.id: 1.0 for metric in objective.metrics if metric.id} for objective in read)


def by_likeness(texts: Sequence[str], idea: Idea, near: Near) -> list[str]:
    """Order texts by likeness to the idea, nearest first; as they stand where there is no encoder."""
    if near.encoder is None or len(texts) < 2:
        return list(texts)
    cosines = (near.encoder.encode(list(texts)) @ near.encoder.encode([idea.text])[0]).tolist()
    return [text for _, text in sorted(zip(cosines, texts, strict=True), key=lambda pair: -pair[0])]
