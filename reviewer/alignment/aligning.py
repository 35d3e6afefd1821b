"""Tie OKRs to company objectives: the causal map of the measure catalogue and the nearness of words, together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reviewer.alignment.audiences import audiences, speak_of_others
from reviewer.alignment.causes import best_path, strength
from reviewer.alignment.evidence import SURE, Lead, Leads, guess_leads, known_leads
from reviewer.alignment.goals import Goal, understand_goals
from reviewer.corpus import wording
from reviewer.encoder import Scale, scale_of
from reviewer.language.glossary import known_metrics
from reviewer.okr import Alignment, Language, ReviewedOkr

if TYPE_CHECKING:
    from reviewer.encoder import Encoder, Vectors

ALIGNED = 0.55
"""From this score on an OKR leads up to a company objective; set on corpus/alignment.cases.toml by benchmarks/matching.py."""

_FOREMOST = 0.75
"""Share of the key result that leads there best; the others bring the rest."""

_TEXT = 0.6
"""What nearness of words alone can bring at most, so that it aligns by itself only near the top."""

_ELSEWHERE = 0.45
"""What is left of a score when the two name different sectors or company sizes."""

_SAME_GOAL = 0.35
"""From here on (likeness) `contributes_to` is taken for one of the company objectives given."""

_NUMBERED = re.compile(r"^\W*(?:o|obj|objectif|objective|company objective|objectif (?:d')?entreprise)?\W{0,3}(\d{1,2})\b", re.IGNORECASE)


class Tie(NamedTuple):
    """Hold how an OKR leads up to one company objective: score, the lead that does most, the measure it reaches."""

    score: float
    lead: Lead | None
    end: str | None


def align(
    okrs: Sequence[ReviewedOkr], company_objectives: Sequence[str], encoder: Encoder, language: Language = "en"
) -> list[Alignment | None]:
    """Tie each OKR to the company objective it leads up to.

    `company_objective` is None when the OKR leads up to none of them: none reaches ALIGNED (`score` is the best),
    most of its key results name a known measure, most of the objectives are understood. Where that much is not known
    the whole is None, as it is without any company objective: nothing was judged. An OKR's own `contributes_to`
    settles the matter: the objective given that it names, by number or by words, or None with itself as the path
    when it names another. `language` is that of objectives whose words do not tell.

    Method: breadth-first search over the catalogue's causal map (Cormen et al., Introduction to Algorithms, 22.2)
    from the measures of the key results to those of the objective; cosine of sentence embeddings beside it.
    """
    given = [text.strip() for text in company_objectives]
    if not okrs or not any(given):
        return [None] * len(okrs)
    scale = scale_of(encoder)
    goals = understand_goals(given, encoder, scale, language)
    vectors = okr_vectors(okrs, encoder)
    likeness = scale.of(vectors @ encoder.encode(given).T).tolist()
    leads = [known_leads(okr) for okr in okrs]
    guess_leads(okrs, leads, encoder, scale)
    stated = _stated(okrs, given, encoder, scale)
    return [_judge(okr, goals, leads[at], likeness[at]) if stated[at] is None else stated[at] for at, okr in enumerate(okrs)]


def okr_vectors(okrs: Sequence[ReviewedOkr], encoder: Encoder) -> Vectors:
    """Give one row per OKR: halfway between its objective and the middle of its key results, figures left out."""
    return mean_vectors([okr.objective.text for okr in okrs], [[wording(kr.text) for kr in okr.key_results] for okr in okrs], encoder)


def mean_vectors(objectives: Sequence[str], key_results: Sequence[Sequence[str]], encoder: Encoder) -> Vectors:
    """Give one row of length 1 per OKR; one that has only an objective, or only key results, is what it has."""
    import numpy as np

    texts = [*objectives, *(text for each in key_results for text in each)]
    rows = encoder.encode(texts)
    whole = rows[: len(objectives)] * np.array([[bool(text.strip())] for text in objectives], dtype=np.float32)
    counts = np.array([len(each) for each in key_results])
    owners = np.repeat(np.arange(len(objectives)), counts)
    middle = np.zeros_like(whole)
    np.add.at(middle, owners, rows[len(objectives) :])
    whole = whole + middle / np.maximum(counts, 1)[:, None]
    lengths = np.linalg.norm(whole, axis=1, keepdims=True)
    found: Vectors = (whole / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found


def _judge(okr: ReviewedOkr, goals: Sequence[Goal], leads: Leads, likeness: Sequence[float]) -> Alignment | None:
    if not okr.objective.text.strip() and not okr.key_results:
        return None
    own = audiences((okr.objective.text, *(kr.text for kr in okr.key_results))) if any(goal.audiences for goal in goals) else frozenset()
    ties = [tie(goal, leads, like, speak_of_others(own, goal.audiences)) for goal, like in zip(goals, likeness, strict=True)]
    best = max(range(len(goals)), key=lambda at: (ties[at].score, likeness[at]))
    score = round(ties[best].score, 3)
    if score < ALIGNED and not _knows_enough(goals, leads):
        return None
    if score < ALIGNED:
        return Alignment(company_objective=None, score=score)
    return Alignment(company_objective=best, score=score, path=_path(ties[best], okr, goals[best]))


def _knows_enough(goals: Sequence[Goal], leads: Leads) -> bool:
    """Tell whether "leads up to none" may be said: most key results name what they move, most objectives are understood."""
    known = sum(any(lead.weight >= SURE for lead in of_one) for of_one in leads[:-1])
    return known * 2 >= len(leads) - 1 > 0 and sum(goal.clear for goal in goals) * 2 >= len(goals)


def tie(goal: Goal, leads: Leads, likeness: float, elsewhere: bool) -> Tie:
    """Say how surely an OKR's leads and words lead up to a company objective."""
    best: tuple[float, Lead | None, str | None] = (0.0, None, None)
    if not goal.text:
        return Tie(*best)
    each_best = []
    for of_one in leads:
        mine = 0.0
        for lead in of_one:
            for end, sure in goal.measures.items():
                value = lead.weight * strength(lead.metric, end) * sure
                if value > mine:
                    mine = value
                    if value > best[0]:
                        best = (value, lead, end)
        each_best.append(mine)
    known = [value for value, of_one in zip(each_best, leads, strict=True) if of_one]
    causal = _FOREMOST * best[0] + (1 - _FOREMOST) * sum(known) / len(known) if known else 0.0
    score = 1 - (1 - causal) * (1 - _TEXT * likeness)
    return Tie(score * (_ELSEWHERE if elsewhere else 1.0), best[1], best[2])


def _path(tie: Tie, okr: ReviewedOkr, goal: Goal) -> tuple[str, ...]:
    """Say the way up in words of the draft's language: deliverable, measures, company objective."""
    if tie.lead is None or tie.end is None:
        return (okr.objective.text.strip() or okr.key_results[0].text, goal.text)
    catalogue = known_metrics()
    names = [catalogue[name].text(okr.language).name for name in best_path(tie.lead.metric, tie.end)]
    start = [tie.lead.deliverable] if tie.lead.deliverable else []
    return (*start, *names, goal.text)


def _stated(okrs: Sequence[ReviewedOkr], given: Sequence[str], encoder: Encoder, scale: Scale) -> list[Alignment | None]:
    """Take an OKR's own word for it."""
    found: list[Alignment | None] = [None] * len(okrs)
    places = [at for at, okr in enumerate(okrs) if okr.contributes_to and okr.contributes_to.strip()]
    if not places:
        return found
    texts = [str(okrs[at].contributes_to).strip() for at in places]
    likeness = scale.of(encoder.encode(texts) @ encoder.encode(given).T)
    likeness[:, [place for place, goal in enumerate(given) if not goal]] = 0.0
    for at, text, row in zip(places, texts, likeness.tolist(), strict=True):
        numbered = _NUMBERED.match(text)
        if numbered and len(text) <= len(numbered[0]) + 2 and 1 <= int(numbered[1]) <= len(given):
            which, score = int(numbered[1]) - 1, 1.0
        else:
            same = [place for place, goal in enumerate(given) if goal.casefold() == text.casefold()]
            which = same[0] if same else max(range(len(given)), key=row.__getitem__)
            score = 1.0 if same else round(row[which], 3)
        if score >= _SAME_GOAL:
            found[at] = Alignment(company_objective=which, score=score, path=(given[which],))
        else:
            found[at] = Alignment(company_objective=None, score=score, path=(text,))
    return found
