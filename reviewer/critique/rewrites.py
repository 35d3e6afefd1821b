"""Accept a sentence from outside only when the rules have less to say of it than of the author's, and nothing new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reviewer.critique.prose import Given, Why, fault, given
from reviewer.language.folding import fold
from reviewer.language.lexicon import lexicon, stem
from reviewer.language.measures import find_measures
from reviewer.language.periods import find_periods
from reviewer.language.statement import understand_objective
from reviewer.okr import Context, Finding, KeyResult, Language, Quantity, ReviewedOkr
from reviewer.rewriting.figures import Figures, away_from, falls, for_measure, is_a_change, neutral
from reviewer.rewriting.verification import SLOT, Draft, findings_in_place, problems_of, says_the_same, understood
from reviewer.rules import RULES
from reviewer.rules.key_result import has_slot
from reviewer.rules.measure import known_measure
from reviewer.rules.rule import Subject

LONGEST = 280
"""Characters of a rewrite; a longer statement may keep its length."""

_OF_SUBSTANCE = frozenset({"kr-not-ambitious", "kr-keeps-level", "okr-kr-unrelated"})
"""Advice that no wording clears: it asks for another target or another measure."""

_WAITING = frozenset({"kr-no-number", "kr-no-baseline"})
"""What a slot in the author's own words leaves to say."""

_OBJECTIVE_RULES = tuple(each for each in RULES if each.family == "objective")
_DATE = re.compile(r"\b(?:dates?|deadline|echeance|quand|when|jour|day|trimestre|quarter|cycle|mois|month|fin de|end of|periode|period)\b")
_NAME = re.compile(
    r"\b(?:segment|concurrent|competitor|rival|client|customer|equipe|team|produit|product|nom|name|public|audience|persona|region|marche|market|module|fonctionnalite|feature|qui|who)\b"
)
_MEASURE = re.compile(r"^(?:la |une |the |a )?(?:mesure|measure|metric|indicateur|indicator)\b")
_HAS_UNIT = re.compile(r"[ \u00a0\u202f]?(?:%|/|points?\b|pts?\b|jours?\b|days?\b|h\b|heures?\b|hours?\b|min|k?€|M€)")
"""The unit that an author already wrote behind a slot."""

_SHIFTS = frozenset("next last following coming prochain prochaine suivant suivante dernier derniere".split())
"""Words that make another quarter of a quarter."""

_STAND_INS: dict[str, dict[Language, str]] = {
    "date": {"fr": "fin juin", "en": "the end of June"},
    "name": {"fr": "Mid-Market", "en": "Mid-Market"},
    "measure": {"fr": "le taux de rebond", "en": "bounce rate"},
}


def accepts(text: str, key_result: int | None, okr: ReviewedOkr, context: Context, findings: Sequence[Finding]) -> tuple[str, ...] | None:
    """Give the rules whose findings a new sentence clears; None when it cannot be accepted.

    Args:
        text: the sentence, with slots in square brackets for what the draft does not say.
        key_result: the key result that it would replace, None for the objective.
        okr: where it would stand.
        findings: those of this OKR; only the rules' own count.

    It holds no figure of other statements, no date, name or link that was not given, and no markup; it is in the draft's
    language; it clears at least one finding on wording, raises none, and keeps the author's target and date.
    """
    judged = judge_rewrite(text, key_result, okr, context, findings)
    return judged if isinstance(judged, tuple) else None


def judge_rewrite(
    text: str, key_result: int | None, okr: ReviewedOkr, context: Context, findings: Sequence[Finding]
) -> tuple[str, ...] | Why:
    """Give the rules whose findings a new sentence clears, or why it cannot be accepted; see `accepts`."""
    if key_result is not None and not 0 <= key_result < len(okr.key_results):
        return "index"
    statement = okr.objective if key_result is None else okr.key_results[key_result]
    ours = [each for each in findings if each.key_result == key_result and each.origin == "rule"]
    longest = max(LONGEST, len(statement.text))
    if len(text) > longest or _same(text, statement.text) or any(each.rewrite and _same(text, each.rewrite) for each in ours):
        return "form"
    known = given_to(okr, context).with_figures_of([statement.text, okr.objective.text, okr.cycle or "", context.cycle or ""])
    why = fault(text, known, okr.language, longest, least=2, statement=statement.text)
    if why is not None:
        return why
    if _brings_date(text, known, okr.language):
        return "invented"
    if key_result is None:
        cleared = _cleared_in_objective(text, okr, context, ours)
    else:
        cleared = _cleared_in_key_result(text, Draft(okr.key_results[key_result], key_result, okr, context), ours)
    return cleared or "rules"


def given_to(okr: ReviewedOkr, context: Context) -> Given:
    """Gather what the author gave: the draft, the company's objectives, the cycle and the team."""
    statements = [okr.objective.text, *(kr.text for kr in okr.key_results)]
    around = [okr.contributes_to, okr.cycle, okr.team, context.cycle, context.team]
    return given([*statements, *context.company_objectives, *(text for text in around if text)], len(okr.key_results))


def _same(text: str, other: str) -> bool:
    return fold(text).text.strip(" .;") == fold(other).text.strip(" .;")


def _brings_date(text: str, known: Given, language: Language) -> bool:
    """Tell a date or a period to be done by ("by the end of the quarter") that was not given."""
    folded = fold(SLOT.sub(" ", text)).text
    months = lexicon(language).months
    for each in find_periods(folded):
        if each.role != "deadline":
            continue
        words = re.findall(r"[a-z]*\d[^ ]*|[a-z]+", folded[each.start : each.end])
        firm = next((at for at, word in enumerate(words) if any(char.isdigit() for char in word) or word in months), None)
        if firm is not None and " ".join(words[firm:]).strip(".,") not in known.folded:
            return True
        if firm is None and not {words[-1], *_SHIFTS.intersection(words)} <= known.words:
            return True
    return False


def _cleared_in_objective(text: str, okr: ReviewedOkr, context: Context, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Give the objective's findings that a new objective clears, when it raises no other."""
    plain = next(_filled(text, ("10",), okr.language))
    after = okr.model_copy(update={"objective": understand_objective(plain, okr.language)})
    before, found = _said_of_objective(okr, context), _said_of_objective(after, context)
    wanted = {each.rule for each in findings if each.rule.startswith("objective-")}
    return tuple(sorted(wanted - found)) if found <= before and after.objective.form == "state" else ()


def _said_of_objective(okr: ReviewedOkr, context: Context) -> set[str]:
    subject = Subject(okr, context, okr.language)
    return {rule.id for rule in _OBJECTIVE_RULES if problems_of(rule, subject)}


def _cleared_in_key_result(text: str, draft: Draft, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Give the key result's findings that a new one clears, however its slots are filled in; none when it raises another.

    A slot may stand for a share, a number of days or of things: it is filled in several ways, and one that the rules
    accept is enough, since the author will put the right one.
    """
    wanted = {each.rule for each in findings if each.severity != "advice" or each.rule not in _OF_SUBSTANCE}
    if has_slot(draft.kr):
        wanted -= _WAITING  # the value is still unknown, whatever the sentence
    if not wanted or not _keeps_figures(text, draft):
        return ()
    before = frozenset(findings_in_place(draft.kr, draft)) | {each.rule for each in findings}
    best: set[str] = set()
    for plain in _plain_copies(text, draft):
        after = understood(plain, draft.language, draft.okr.cycle)
        if after.nature != "outcome":
            continue
        found = frozenset(findings_in_place(after, draft))
        cleared = wanted - found
        same = all(says_the_same(after, draft.kr, rule) for rule in cleared) and _keeps_date(after, draft.kr)
        if same and found <= before and len(cleared) > len(best):
            best = cleared
            if best == wanted:
                break
    return tuple(sorted(best))


def _keeps_figures(text: str, draft: Draft) -> bool:
    """Tell that figures stay what they are: a result keeps its target, and no figure changes its unit or what it counts."""
    kr = draft.kr
    task = kr.nature in ("output", "activity")
    if kr.target is not None and not task:
        digits = set(re.findall(r"\d+", kr.target.text))
        if not (digits <= set(re.findall(r"\d+", text)) if digits else fold(kr.target.text).text in fold(text).text):
            return False
    own = {(abs(each.value), _unit(each)) for each in _quantities(draft) if each.value is not None}
    own |= {(each.out_of, "count") for each in kr.quantities if each.out_of is not None}  # the scale of "[current score]/10"
    read = understood(text, draft.language, draft.okr.cycle).quantities
    if any(each.value is not None and (abs(each.value), _unit(each)) not in own for each in read):
        return False
    return not task or _counted(text) <= _counted(kr.text) | _counted(draft.okr.objective.text)


def _quantities(draft: Draft) -> tuple[Quantity, ...]:
    target = draft.okr.objective.target
    return (*draft.kr.quantities, *([target] if target is not None else []))


def _unit(quantity: Quantity) -> str:
    return quantity.unit if quantity.unit not in (None, "score") else "count"


def _counted(text: str) -> set[tuple[str, str]]:
    """Give each figure with the word beside it: what "3" counts in "3 battlecards", the month of "June 30"."""
    folded = fold(SLOT.sub(" ", text)).text
    return {(number, stem(word, "fr")) for number, word in re.findall(r"(?<![a-z\d.,])(\d+(?:[.,]\d+)*) ?([a-z]+|%|€|\$)?", folded)}


def _keeps_date(after: KeyResult, kr: KeyResult) -> bool:
    """Tell that the author's own date is still the date."""
    if kr.deadline is None or kr.deadline.origin != "statement":
        return True
    if after.deadline is None or after.deadline.origin != "statement":
        return False
    wanted = set(re.findall(r"[a-z]*\d+", fold(kr.deadline.text).text))
    months = lexicon(kr.language).months
    wanted |= {word for word in re.findall(r"[a-z]+", fold(kr.deadline.text).text) if word in months}
    return wanted <= set(re.findall(r"[a-z]*\d+|[a-z]+", fold(after.text).text))


def _plain_copies(text: str, draft: Draft) -> Iterator[str]:
    """Give copies of a sentence with figures in its slots: the target's unit, its measure's, bare ones, both ways."""
    kr, language = draft.kr, draft.language
    known = known_measure(kr)
    ways: list[Figures] = []
    if kr.target is not None and kr.target.value is not None and not is_a_change(kr) and kr.nature == "outcome":
        start = away_from(kr.target, falls(kr, known), known.unit if known else None, language)
        ways.append(Figures(start, start))
    named = find_measures(lexicon(language).words(fold(SLOT.sub(" ", text)).text), language)
    ways += [for_measure(each.metric, language) for each in named[:2]]
    units = (kr.target.unit if kr.target else None, None, "percent", "day", "EUR")
    ways += [neutral(unit, falling, language) for unit in dict.fromkeys(units) for falling in (falls(kr, known), not falls(kr, known))]
    seen: set[str] = set()
    for way in ways:
        for figures in (tuple(way), tuple(reversed(way))):
            for plain in _filled(text, figures, language):
                if plain not in seen:
                    seen.add(plain)
                    yield plain


def _filled(text: str, figures: Sequence[str], language: Language) -> Iterator[str]:
    """Put stand-ins in the slots of a sentence: dates and names by what the slot says, values in turn from `figures`."""
    values = 0

    def stand_in(match: re.Match[str]) -> str:
        nonlocal values
        words = _kind(match[0])
        if words is not None:
            return _STAND_INS[words][language]
        values += 1
        figure = figures[(values - 1) % len(figures)]
        number = re.match(r"\d[\d.,]*", figure)
        return number[0] if number and _HAS_UNIT.match(text, match.end()) else figure

    yield SLOT.sub(stand_in, text)


@lru_cache(maxsize=1024)
def _kind(slot: str) -> str | None:
    """Say whether a slot waits for a date, a name or a measure; None for a value."""
    words = fold(slot.strip("[]")).text
    if re.search(
        r"\b(?:actuel\w*|current|target|cible|vise\w*|value|valeur|number|nombre|taux|rate|share|part|amount|montant|baseline)\b", words
    ):
        return None
    if _MEASURE.search(words):
        return "measure"
    return "date" if _DATE.search(words) else "name" if _NAME.search(words) else None
