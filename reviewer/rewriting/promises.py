"""Complete a promise without a number or a date: the author's sentence, with the slots it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.language.glossary import known_metrics
from reviewer.okr import Deadline, KeyResult
from reviewer.rewriting.figures import falls, neutral
from reviewer.rewriting.levels import UNNAMED, slot_for
from reviewer.rewriting.verification import Candidate, Draft, filled_in
from reviewer.rewriting.words import goal_slot, lower_first, plain_slot, upper_first

_VAGUE = re.compile(
    r"(?:,? (?:de (?:façon|manière) )?\b(?:significativement|significative|fortement|nettement|sensiblement|drastiquement|considérablement|notablement|vraiment"
    r"|significantly|substantially|greatly|dramatically|strongly|considerably|drastically|noticeably|massively)\b"
    r"|\b(?:significantly|substantially|greatly|dramatically|considerably|drastically) )",
    re.IGNORECASE,
)
_CHANGES = {
    "fr": re.compile(
        r"^(?:augmenter|améliorer|accroître|réduire|diminuer|baisser|faire (?:baisser|grimper|monter|progresser|passer|croître|reculer)|élever|relever|booster|renforcer|raccourcir|accélérer|porter|ramener|développer|abaisser|limiter)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:increase|improve|raise|grow|reduce|decrease|lower|cut|boost|lift|shorten|accelerate|drive|strengthen|bring down|drop|enhance|expand|speed up)\b",
        re.IGNORECASE,
    ),
}
_OPEN = r"(?:\[[^\]]{1,40}\]|__+|\?\?+|\b(?:x{1,3}|n|y|z|tbd|tbc|nn)\b)"
_UNIT = r"(?P<unit>\s?(?:%|points?\b|pts\b|k€|M€|€|\$|minutes?\b|min\b|jours?\b|days?\b|heures?\b|hours?\b))?"
_LINK = {"fr": r"(?:\b(?:de|à|a|d['’]|sous)|[:≥>])", "en": r"(?:\b(?:by|to|of|at|below|under)|[:≥>])"}
_PAIR = {
    "fr": re.compile(rf"\bde {_OPEN}(?:\s?%)? à {_OPEN}(?:\s?%)?", re.IGNORECASE),
    "en": re.compile(rf"\bfrom {_OPEN}(?:\s?%)? to {_OPEN}(?:\s?%)?", re.IGNORECASE),
}
_LINKED = {language: re.compile(rf"\s*{link}\s*{_OPEN}{_UNIT}", re.IGNORECASE) for language, link in _LINK.items()}
_VALUE = re.compile(rf"{_OPEN}{_UNIT}", re.IGNORECASE)


def number_candidates(draft: Draft) -> Iterator[Candidate]:
    """Put the two ends of the change where the draft leaves them open or out."""
    kr, language = draft.kr, draft.language
    known = known_metrics().get(kr.metric.id) if kr.metric and kr.metric.id else None
    start, goal = slot_for(kr, known, "start"), goal_slot(language)
    if not kr.metric:
        start = plain_slot("start", "value", language)
    figures = neutral(known.unit if known else "percent", falls(kr, known), language)
    ends = f"de {start} à {goal}" if language == "fr" else f"from {start} to {goal}"
    stand_ins = ((start, figures.start), (goal, figures.goal))
    if kr.placeholder is not None:
        if kr.nature != "unclear":
            yield from _open_value(draft, ends, stand_ins)
        return
    body, by = _bare(kr)
    if not _CHANGES[language].match(body):
        return
    if kr.metric is not None:
        yield filled_in(f"{body} {ends}{by}", stand_ins)
    name = UNNAMED[language]
    words = "le taux de rebond" if language == "fr" else "bounce rate"
    plain = plain_slot("start", "value", language)
    beside = f"({name} : de {plain} à {goal})" if language == "fr" else f"({name}: from {plain} to {goal})"
    for where in (f"{body} {beside}{by}", f"{body}{by} {beside}"):
        yield filled_in(where, ((name, words), (plain, figures.start), *stand_ins))


def _bare(kr: KeyResult) -> tuple[str, str]:
    """Give a statement without its vague words and its date, and that date when it stands last."""
    body = kr.text.strip().rstrip(" .;,!")
    by = ""
    if kr.deadline is not None and kr.deadline.span is not None:
        begin, stop = kr.deadline.span[0] - kr.span[0], kr.deadline.span[1] - kr.span[0]
        if stop >= len(body):
            body, by = body[:begin].rstrip(" ,;"), " " + body[begin:]
    return upper_first(_VAGUE.sub("", body).strip()), by


def _open_value(draft: Draft, ends: str, stand_ins: tuple[tuple[str, str], ...]) -> Iterator[Candidate]:
    """Replace "X %" by slots: both ends of the change a measure is to make, else the number itself."""
    kr, language = draft.kr, draft.language
    pair = _PAIR[language].search(kr.text)
    if pair:
        yield filled_in(f"{kr.text[: pair.start()]}{ends}{kr.text[pair.end() :]}", stand_ins)
    linked = _LINKED[language].search(kr.text)
    if linked and kr.metric is not None and _CHANGES[language].match(kr.text):
        before, after = kr.text[: linked.start()], kr.text[linked.end() :]
        if kr.metric.span[0] - kr.span[0] > linked.start():
            body, by = _bare(kr)
            yield filled_in(f"{body.replace(linked[0], '', 1)} {ends}{by}", stand_ins)
        yield filled_in(f"{before} {ends}{after}", stand_ins)
    value = _VALUE.search(kr.text)
    if value:
        unit = (value["unit"] or "").strip()
        kind = (
            "share" if unit == "%" else "amount" if unit and unit[-1] in "€$" else "time" if unit[:1] in ("m", "j", "d", "h") else "number"
        )
        number = plain_slot("aim", kind, language)
        figure = f"25 {unit}" if unit else "25"
        yield filled_in(f"{kr.text[: value.start()]}{number}{kr.text[value.end() :]}", ((number, figure),))


def deadline_candidates(draft: Draft) -> Iterator[Candidate]:
    """Add the date that the draft does not name."""
    text = draft.kr.text.strip()
    body = text.rstrip(" .;,!")
    end = text[len(body) :].strip(" ,;")
    if draft.language == "fr":
        date = (("[date]", "fin juin"),)
        after, before = f"{body} d'ici [date]{end}", f"D'ici [date], {lower_first(body)}{end}"
    else:
        date = (("[date]", "the end of June"),)
        after, before = f"{body} by [date]{end}", f"By [date], {lower_first(body)}{end}"
    yield filled_in(after, date)._replace(facts=_dated(draft.kr))
    yield filled_in(before, date)


_CLOSING = re.compile(
    r"[()\[\]]|\b(?:last|dernier|dernière|today|now|present|auj\w*|actuel\w*|date)\b",
    re.IGNORECASE,
)


def _dated(kr: KeyResult) -> KeyResult | None:
    """Give the facts of a key result with a date added, without reading it again: its other facts stay.

    None when the words before the date could be read with it, or when a date makes a count of zero start
    from nothing; a test holds both readings against each other.
    """
    target, start = kr.target, kr.baseline.span if kr.baseline is not None else None
    behind = target is not None and start is not None and start[0] > target.span[0]
    last = kr.text.split()[-4:]
    if behind or len(last) < 4 or target is not None and target.value == 0 or _CLOSING.search(" ".join(last)):
        return None
    return kr.model_copy(update={"deadline": Deadline(text="[date]")})
