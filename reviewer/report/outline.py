"""Say what stands where in a report, once for every format: counts, facts, findings, ways up, checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reviewer.okr import (
    SEVERITIES,
    Alignment,
    Baseline,
    Check,
    Finding,
    KeyResult,
    Nature,
    Review,
    ReviewedOkr,
    Status,
)
from reviewer.report.marked import shown
from reviewer.report.words import STATUS_SIGNS, Words

Tone = Literal["good", "bad", "missing", "plain"]

_NATURES: dict[Nature, tuple[str, Tone]] = {
    "outcome": ("✓", "good"),
    "output": ("✕", "bad"),
    "activity": ("✕", "bad"),
    "unclear": ("?", "missing"),
}


_LEAST_TOLD = 0.01
"""A tie weaker than this is none, and its figure says nothing more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold one fact read from a key result: a label and its value, or a sentence alone."""

    label: str
    value: str | None
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold one OKR's findings by the words they are about; `key_results` has one tuple per key result."""

    objective: tuple[Finding, ...]
    key_results: tuple[tuple[Finding, ...], ...]
    whole: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class WayUp:
    """Hold the steps from an OKR up to a company objective, or the sentence that there are none; `tie` is how sure it is."""

    steps: tuple[str, ...]
    none: str | None = None
    tie: str | None = None


def place(review: Review, index: int) -> Placed:
    """Sort the findings of one OKR under its objective, its key results and itself: the model's last, most serious first."""
    size = len(review.okrs[index].key_results)
    objective: list[Finding] = []
    whole: list[Finding] = []
    key_results: list[list[Finding]] = [[] for _ in range(size)]
    for finding in sorted(review.findings, key=lambda f: (f.origin == "model", SEVERITIES.index(f.severity))):
        if finding.okr != index:
            continue
        if finding.key_result is not None and 0 <= finding.key_result < size:
            key_results[finding.key_result].append(finding)
        elif finding.rule.startswith("objective-"):
            objective.append(finding)
        else:
            whole.append(finding)
    return Placed(tuple(objective), tuple(map(tuple, key_results)), tuple(whole))


def counts(review: Review, words: Words) -> str:
    """Count findings, then checks: "1 blocking point, 2 to fix. 23 checks passed, 2 not applicable."."""
    found = {severity: sum(f.severity == severity for f in review.findings) for severity in SEVERITIES}
    ended = {status: sum(c.status == status for c in told_checks(review)) for status in ("pass", "skipped", "failed")}
    sentences = [_enumerate(found.items(), words) or words.say("nothing_found").rstrip("."), _enumerate(ended.items(), words)]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def facts(key_result: KeyResult, words: Words) -> tuple[Fact, ...]:
    """List what was read from a key result: nature, then start, target and deadline, or a task's count."""
    sign, tone = _NATURES[key_result.nature]
    nature = Fact(f"{sign} {words.say('natures.' + key_result.nature)}", None, tone)
    target = shown(key_result.target.text) if key_result.target else None
    if key_result.nature in ("output", "activity"):
        # A task is one fault: what else it has or lacks is not worth saying.
        return (nature, _fact("count", target, words)) if target else (nature,)
    start = _start(key_result.baseline, words)
    return (nature, *([start] if start else []), _fact("target", target, words), _deadline(key_result, words))


def way_up(okr: ReviewedOkr, words: Words) -> WayUp:
    """Give the steps up to the company objective and how sure they are, or that there is no way; nothing when nothing is known."""
    alignment: Alignment | None = okr.alignment
    named = shown(okr.contributes_to) if okr.contributes_to else None
    if alignment is None:
        return WayUp((named,) if named else ())
    score = words.number(alignment.score)
    if alignment.company_objective is None:
        none = words.say("serves_other", text=named) if named else words.say("serves_none")
        return WayUp((), none, words.labelled(words.say("nearest_tie"), score) if alignment.score >= _LEAST_TOLD else None)
    steps = tuple(map(shown, alignment.path)) or (named or words.say("objective_number", n=alignment.company_objective + 1),)
    return WayUp(steps, None, words.labelled(words.say("tie"), score) if alignment.score < 1 else None)


def circumstances(okr: ReviewedOkr) -> tuple[str, ...]:
    """List whose OKR it is and for when, as far as the draft says."""
    return tuple(shown(text) for text in (okr.team, okr.owner, okr.cycle) if text)


def told_checks(review: Review) -> tuple[Check, ...]:
    """Give the checks worth telling: not those that wait for a model where none was chosen, which the last line says."""
    if review.critique is not None:
        return review.checks
    return tuple(check for check in review.checks if not (check.rule.startswith("model-") and check.status == "skipped"))


def by_status(checks: Iterable[Check]) -> tuple[tuple[Status, tuple[Check, ...]], ...]:
    """Group checks by how they ended: failed first, passed last; groups without any are left out."""
    listed = tuple(checks)
    groups = ((status, tuple(check for check in listed if check.status == status)) for status in STATUS_SIGNS)
    return tuple((status, group) for status, group in groups if group)


def reasons(checks: Iterable[Check]) -> tuple[str, ...]:
    """Say why rules did not look, each reason once with the rules it holds for."""
    rules: dict[str, list[str]] = {}
    for check in checks:
        rules.setdefault(shown(check.reason or ""), []).append(shown(check.rule))
    return tuple(f"{reason} ({', '.join(names)})".strip() for reason, names in rules.items())


def origin(finding: Finding, words: Words) -> str | None:
    """Say who speaks when it is not a rule."""
    return None if finding.origin == "rule" else words.say(f"said_by_{finding.origin}")


def asides(finding: Finding, words: Words) -> tuple[tuple[str, str], ...]:
    """List what is said of a finding on demand beside its why: disagreement, confidence, rule."""
    rows = []
    if finding.contested:
        rows.append((words.say("contested"), shown(finding.contested)))
    if finding.confidence < 1:
        rows.append((words.say("confidence"), words.share(finding.confidence)))
    rows.append((words.say("rule"), shown(finding.rule)))
    return tuple(rows)


def quoted(finding: Finding, okr: ReviewedOkr, words: Words) -> str | None:
    """Quote the words of a finding about a whole OKR, unless they are its objective, which stands above."""
    if not finding.quote.strip() or finding.quote.strip() == okr.objective.text.strip():
        return None
    return words.say("quoted", text=shown(finding.quote.strip()))


def place_of(key_result: int | None, words: Words) -> str:
    """Name the statement that an example, a question or a muted finding is about."""
    return words.say("objective") if key_result is None else words.say("kr", n=key_result + 1)


def _enumerate(numbers: Iterable[tuple[str, int]], words: Words) -> str:
    said: list[str] = []
    for key, n in numbers:
        if n:
            first = not said and key in words.entries["first"]
            said.append(words.count(f"first.{key}" if first else f"counts.{key}", n))
    return ", ".join(said)


def _fact(name: str, value: str | None, words: Words) -> Fact:
    label = words.say(f"facts.{name}")
    return Fact(label, value) if value else Fact(words.say("facts.missing", label=label), None, "missing")


def _start(baseline: Baseline | None, words: Words) -> Fact | None:
    if baseline is None:
        return None
    if baseline.kind in ("zero", "kept"):
        return _fact("baseline", words.say(f"facts.{baseline.kind}"), words)
    if baseline.kind == "none":
        return _fact("baseline", None, words)
    value = words.number(baseline.value, 0) if baseline.text is None and baseline.value is not None else baseline.text
    return _fact("baseline", shown(value) if value else None, words)


def _deadline(key_result: KeyResult, words: Words) -> Fact:
    deadline = key_result.deadline
    if deadline is not None and deadline.origin == "cycle":
        return _fact("deadline", words.say("facts.cycle"), words)
    return _fact("deadline", shown(deadline.text) if deadline else None, words)
