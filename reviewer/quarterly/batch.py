"""Review many OKRs at once, each as if it were alone: what the encoder and the matcher do is done for all together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reviewer.engine import judge, sum_up, understand
from reviewer.okr import Context, ExampleMatch, Language, Okr, Review, ReviewedOkr
from reviewer.surroundings import Surroundings, look_around

if TYPE_CHECKING:
    from reviewer.encoder import Scale, Vectors


class Outcome(NamedTuple):
    """Hold the review of one OKR, or the error that stood in its way; `vectors` are those that relations between OKRs need."""

    review: Review | None = None
    vectors: Vectors | None = None
    error: Exception | None = None


class _Understood(NamedTuple):
    place: int
    text: str
    okr: ReviewedOkr
    language: Language
    context: Context


def review_batch(okrs: Sequence[tuple[Okr, Context]], examples: int) -> list[Outcome]:
    """Review each OKR in its own context; gives what `review(okr, context=context, examples=examples)` gives for each.

    The contexts may differ by their cycle alone. Scores may differ from those of a review alone in their last digit:
    a product of matrices does not round as one of vectors. An OKR that cannot be reviewed takes no other down.
    """
    try:
        return _review(okrs, examples)
    except Exception as error:  # whose fault it is shows when each is reviewed alone
        if len(okrs) == 1:
            return [Outcome(error=error)]
        return [review_batch([each], examples)[0] for each in okrs]


def _review(okrs: Sequence[tuple[Okr, Context]], examples: int) -> list[Outcome]:
    outcomes = [Outcome()] * len(okrs)
    by_language: dict[Language, list[_Understood]] = {}
    for place, (okr, context) in enumerate(okrs):
        text, understood, language = understand(okr, context)
        by_language.setdefault(language, []).append(_Understood(place, text, understood[0], language, context))
    for language, group in by_language.items():
        surroundings = look_around([each.okr for each in group], group[0].context, language) if examples else None
        for each, outcome in zip(group, _outcomes(group, surroundings, examples), strict=True):
            outcomes[each.place] = outcome
    return outcomes


def _outcomes(group: Sequence[_Understood], surroundings: Surroundings | None, examples: int) -> list[Outcome]:
    """Judge each OKR of a group of one language, and sum its review up."""
    seen = surroundings.okrs if surroundings else [each.okr for each in group]
    judged = [judge([okr], each.context, each.language) for okr, each in zip(seen, group, strict=True)]
    near: list[list[ExampleMatch]] = [[] for _ in group]
    vectors: list[Vectors | None] = [None] * len(group)
    if surroundings is not None and surroundings.corpus is not None and surroundings.encoder is not None:
        from reviewer.examples import match_weak, weaknesses
        from reviewer.relations import statement_texts

        weak = {(at, place): rules for at, each in enumerate(judged) for (_, place), rules in weaknesses(each.findings).items()}
        for match in match_weak(seen, weak, surroundings.corpus, surroundings.encoder, examples):
            near[match.okr].append(match if match.okr == 0 else match.model_copy(update={"okr": 0}))
        vectors = [surroundings.encoder.encode(statement_texts(okr)) for okr in seen]
    notes = surroundings.notes if surroundings else ()
    return [
        Outcome(sum_up(each.text, each.language, said, each.context, matches, notes), rows)
        for each, said, matches, rows in zip(group, judged, near, vectors, strict=True)
    ]


def encode_batch(reviews: Sequence[Review], encoder: str | None) -> list[Vectors | None]:
    """Give again the vectors of OKRs that were reviewed before, None where there is no encoder."""
    from reviewer.relations import statement_texts

    try:
        from reviewer.encoder import EncoderUnavailableError, load_encoder

        rows = load_encoder(encoder).encode([text for review in reviews for text in statement_texts(review.okrs[0])])
    except (ImportError, EncoderUnavailableError):
        return [None] * len(reviews)
    found: list[Vectors | None] = []
    begin = 0
    for review in reviews:
        count = 1 + len(review.okrs[0].key_results)
        found.append(rows[begin : begin + count])
        begin += count
    return found


def scale_at_hand(encoder: str | None) -> Scale | None:
    """Give the scale of the encoder that reviews on this machine use, None where there is none."""
    try:
        from reviewer.encoder import EncoderUnavailableError, load_encoder, scale_of

        return scale_of(load_encoder(encoder))
    except (ImportError, EncoderUnavailableError):
        return None
