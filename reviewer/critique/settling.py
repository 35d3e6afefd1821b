"""Settle what a model said of one OKR with what the rules found: their facts stand, it adds to them.

Three cases. Where the rules are sure and the model agrees, nothing is said. Where it contradicts them, their fact stands and
the contradiction is advice. Where they abstained, the model is heard: as a warning when it has earned the say, else as advice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewer.critique.checking import Heard, Said, has_number_to_game
from reviewer.critique.sureness import controls, sure_baseline, sure_nature
from reviewer.critique.wording import because, ended, finding, say, shortened
from reviewer.okr import Context, Finding, KeyResult, Nature, Opinion, ReviewedOkr, Severity, Span
from reviewer.rules import by_id
from reviewer.rules.model import ALIGNMENT, GAMING, SUFFICIENCY

_TASKS = ("output", "activity")
_NO_START = ("none", "reference")
_CONTRADICTED, _HEARD, _BELIEVED, _OPINION = 0.3, 0.4, 0.6, 0.5
"""How sure a finding of a model's is said to be: against the rules, unproven, proven on their facts, a judgement of its own."""

_CONTROLS = 2
"""Facts of the rules that a model must have answered, all of them rightly, before it settles what they left open."""


class Settled(NamedTuple):
    """Hold what a model adds for one OKR; `unjudged` says per model rule why nothing came of it."""

    findings: tuple[Finding, ...]
    opinions: tuple[Opinion, ...]
    unjudged: dict[str, str]


def settle(index: int, okr: ReviewedOkr, said: Said, findings: Sequence[Finding], context: Context) -> Settled:
    """Give the findings and opinions that a checked reply adds for the OKR at `index`, for which the rules made `findings`."""
    added: list[Finding] = []
    opinions: list[Opinion] = []
    for place, heard in sorted(said.heard.items()):
        kr = okr.key_results[place]
        ours = [each for each in findings if each.key_result == place]
        opinions.append(_opinion(index, place, kr, heard, ours))
        earned = has_earned_the_say(okr, said, findings, heard.nature)
        about = _contradiction(index, place, kr, heard, ours) or _settled_nature(index, place, kr, heard, ours, earned, context)
        about = about or _settled_start(index, place, kr, heard, ours, earned, context)
        if about is not None:
            added.append(about)
    unjudged: dict[str, str] = {}
    added += _sufficiency(index, okr, said, context, unjudged)
    added += _gaming(index, okr, said, context, unjudged)
    added += _alignment(index, okr, said, context, unjudged)
    return Settled(tuple(added), tuple(opinions), unjudged)


def has_earned_the_say(okr: ReviewedOkr, said: Said, findings: Sequence[Finding], nature: Nature) -> bool:
    """Tell whether a model may settle that what the rules left open in this OKR is of some nature.

    The facts that the rules are sure of serve as control questions: the same reply must have them all right, two at least,
    and among those that the model was not told (see `sureness.controls`) must be one of which that nature is not true. So a
    model that guesses, echoes what it was told, calls everything a task, or does what a poisoned draft ordered only advises.
    """
    answers: list[bool] = []
    for place, kr in enumerate(okr.key_results):
        heard = said.heard.get(place)
        if sure_nature(kr):
            answers.append(heard is not None and _same_nature(heard, kr))
        if sure_baseline(kr, [each for each in findings if each.key_result == place]):
            answers.append(heard is not None and kr.baseline is not None and heard.baseline == kr.baseline.kind)
    untold = {"task" if okr.key_results[place].nature in _TASKS else "outcome" for place in controls(okr)}
    return len(answers) >= _CONTROLS and all(answers) and bool(untold - {"task" if nature in _TASKS else "outcome"})


def _same_nature(heard: Heard, kr: KeyResult) -> bool:
    return heard.nature == kr.nature or heard.nature in _TASKS and kr.nature in _TASKS


def _opinion(index: int, place: int, kr: KeyResult, heard: Heard, findings: Sequence[Finding]) -> Opinion:
    answers = []
    if sure_nature(kr) and heard.nature != "unclear":
        answers.append(_same_nature(heard, kr))
    if sure_baseline(kr, findings) and heard.baseline is not None and kr.baseline is not None and heard.nature not in _TASKS:
        answers.append(heard.baseline == kr.baseline.kind)
    return Opinion(
        okr=index,
        key_result=place,
        nature=heard.nature,
        measure=heard.measure,
        baseline=heard.baseline,
        quote=_words(kr, heard.span),
        span=heard.span,
        agrees=all(answers) if answers else None,
    )


def _words(kr: KeyResult, span: Span) -> str:
    return kr.text[span[0] - kr.span[0] : span[1] - kr.span[0]]


def _contradiction(index: int, place: int, kr: KeyResult, heard: Heard, findings: Sequence[Finding]) -> Finding | None:
    """Show as advice that a model reads a fact otherwise than the rules, which are sure of it."""
    language, label = kr.language, f"KR {place + 1}"
    if sure_nature(kr) and heard.nature != "unclear" and not _same_nature(heard, kr):
        words = {"kr": label, "quote": shortened(_words(kr, heard.span))}
        message = say(
            language,
            "otherwise_nature",
            theirs=say(language, f"kinds_said.{heard.nature}"),
            ours=say(language, f"kinds.{kr.nature}"),
            because=because(kr),
            **words,
        )
        fix = say(language, "otherwise_nature_fix", **words)
        return finding(by_id()["kr-is-task"], "advice", index, place, kr, heard.span, message, fix, _CONTRADICTED)
    if not sure_baseline(kr, findings) or kr.baseline is None or heard.baseline is None or heard.nature in _TASKS:
        return None
    if heard.baseline == kr.baseline.kind or not {heard.baseline, kr.baseline.kind} & set(_NO_START):
        return None
    span = heard.baseline_span or (kr.target.span if kr.target is not None else heard.span)
    message = say(
        language,
        "otherwise_baseline",
        kr=label,
        theirs=say(language, f"starts.{heard.baseline}"),
        quote=shortened(_words(kr, span)),
        ours=say(language, f"starts.{kr.baseline.kind}"),
        because=say(language, "because_start", text=kr.baseline.text) if kr.baseline.text else "",
    )
    fix = say(language, "otherwise_baseline_fix")
    return finding(by_id()["kr-no-baseline"], "advice", index, place, kr, span, message, fix, _CONTRADICTED)


def _settled_nature(
    index: int, place: int, kr: KeyResult, heard: Heard, findings: Sequence[Finding], earned: bool, context: Context
) -> Finding | None:
    """Say that a model reads a task where the words leave it open; an event that only happens or not has its own rule."""
    if sure_nature(kr) or heard.nature not in _TASKS or kr.event is not None:
        return None
    severity = _severity("kr-is-task", earned, findings, context)
    if severity is None:
        return None
    language = kr.language
    words = {"kr": f"KR {place + 1}", "quote": shortened(_words(kr, heard.span)), "theirs": say(language, f"kinds.{heard.nature}")}
    message, fix = say(language, "open_nature", **words), say(language, "open_nature_fix")
    return finding(by_id()["kr-is-task"], severity, index, place, kr, heard.span, message, fix, _BELIEVED if earned else _HEARD)


def _settled_start(
    index: int, place: int, kr: KeyResult, heard: Heard, findings: Sequence[Finding], earned: bool, context: Context
) -> Finding | None:
    """Say that a model reads a result without a start where the rules left open what it is, or where it starts."""
    if heard.baseline not in _NO_START or heard.nature != "outcome" or kr.target is None:
        return None
    if sure_baseline(kr, findings) or sure_nature(kr) and kr.nature != "outcome":
        return None
    severity = _severity("kr-no-baseline", earned and heard.baseline == "none", findings, context)
    if severity is None:
        return None
    span = heard.baseline_span or kr.target.span
    sentence = "open_baseline" if heard.baseline == "none" else "open_reference"
    message = say(kr.language, sentence, kr=f"KR {place + 1}", quote=shortened(_words(kr, span)))
    fix = say(kr.language, "open_baseline_fix", target=kr.target.text.lstrip("≥≤<>=~ \u00a0\u202f"))
    return finding(by_id()["kr-no-baseline"], severity, index, place, kr, span, message, fix, _BELIEVED if earned else _HEARD)


def _severity(rule: str, earned: bool, findings: Sequence[Finding], context: Context) -> Severity | None:
    """Give the severity of what a model settles, at most a warning and at most what the house decided.

    One fault, one finding: None when the rules said as much themselves, and advice at most where they found an error in the
    same key result already, such as one without anything to measure.
    """
    settles = earned and context.settings.severities.get(rule) != "advice" and all(each.severity != "error" for each in findings)
    severity: Severity = "warning" if settles else "advice"
    said = {each.severity for each in findings if each.rule == rule}
    return None if said - {"advice"} or said and severity == "advice" else severity


def _sufficiency(index: int, okr: ReviewedOkr, said: Said, context: Context, unjudged: dict[str, str]) -> Iterator[Finding]:
    language = okr.language
    if not okr.objective.text.strip():
        unjudged[SUFFICIENCY.id] = say(language, "no_objective")
    elif not okr.key_results:
        unjudged[SUFFICIENCY.id] = say(language, "no_key_result")
    elif said.enough is None:
        unjudged[SUFFICIENCY.id] = say(language, "nothing_usable")
    elif said.story is not None:
        severity = context.settings.severities.get(SUFFICIENCY.id) or SUFFICIENCY.severity
        message, fix = say(language, "sufficiency", story=ended(said.story)), say(language, "sufficiency_fix")
        yield finding(SUFFICIENCY, severity, index, None, okr.objective, okr.objective.span, message, fix, _OPINION)


def _gaming(index: int, okr: ReviewedOkr, said: Said, context: Context, unjudged: dict[str, str]) -> Iterator[Finding]:
    language = okr.language
    if not any(has_number_to_game(kr) for kr in okr.key_results):
        unjudged[GAMING.id] = say(language, "no_number")
    elif said.gamed:
        unjudged[GAMING.id] = say(language, "nothing_usable")
    severity = context.settings.severities.get(GAMING.id) or GAMING.severity
    for place, shortcut in sorted(said.shortcuts.items()):
        message = say(language, "gaming", kr=f"KR {place + 1}", way=ended(shortcut.way))
        fix = say(language, "gaming_fix", guardrail=ended(shortcut.guardrail))
        yield finding(GAMING, severity, index, place, okr.key_results[place], shortcut.span, message, fix, _OPINION)


def _alignment(index: int, okr: ReviewedOkr, said: Said, context: Context, unjudged: dict[str, str]) -> Iterator[Finding]:
    """Say where the model and the rules differ on what an OKR leads up to."""
    language = okr.language
    if not any(text.strip() for text in context.company_objectives):
        unjudged[ALIGNMENT.id] = say(language, "no_company_objective")
        return
    if said.way_up is None:
        unjudged[ALIGNMENT.id] = say(language, "nothing_usable")
        return
    tie, (at, path) = _tie(okr, context), said.way_up
    if (tie is None) == (at is None):
        return
    goal = tie if at is None else context.company_objectives[at].strip()
    key = "path_missing" if at is None else "path_found"
    message, fix = say(language, key, goal=goal, path=" → ".join(path)), say(language, f"{key}_fix", goal=goal)
    statement = okr.objective if okr.objective.text.strip() or not okr.key_results else okr.key_results[0]
    severity = context.settings.severities.get(ALIGNMENT.id) or ALIGNMENT.severity
    yield finding(ALIGNMENT, severity, index, None, statement, statement.span, message, fix, _OPINION)


def _tie(okr: ReviewedOkr, context: Context) -> str | None:
    """Give the company objective that the rules, or the author, tie an OKR to."""
    if okr.alignment is not None and okr.alignment.company_objective is not None:
        return context.company_objectives[okr.alignment.company_objective].strip()
    return (okr.contributes_to or "").strip() or None
