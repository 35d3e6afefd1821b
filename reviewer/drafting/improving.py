"""Put verified rewrites in the place of weak statements, and keep the rest of the text to the letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from reviewer.drafting.changes import Change, Improved
from reviewer.drafting.proposing import WAITING
from reviewer.engine import review
from reviewer.okr import SEVERITIES, Context, Finding, KeyResult, Objective, Review, Severity
from reviewer.rules.key_result import has_slot

if TYPE_CHECKING:
    from reviewer.gateway import Critic

_PASSES = 4
"""Times the rules' rewrites are put in place: what one leaves, another may clear; a fifth finds nothing in our examples."""

_EXAMPLES = 3


class Place(NamedTuple):
    """Name a statement: 0-based OKR and key result, None for the objective."""

    okr: int
    key_result: int | None


class Pick(NamedTuple):
    """Hold a statement to put in a place, the rule it answers (empty for several) and who worded it."""

    place: Place
    text: str
    rule: str = ""
    origin: Literal["rule", "model"] = "rule"


def improve_review(reviewed: Review, context: Context, critic: Critic | None) -> Improved:
    """Improve the draft of a review; see `reviewer.drafting.improve`."""
    page = _Page(review(reviewed.text, context=context, examples=0), context)
    page.settle(_by_rules)
    if reviewed.critique is not None and _same_layout(reviewed, page.start):
        offered = {Place(each.okr, each.key_result): each.text for each in reviewed.critique.rewrites}
        page.take(Pick(place, text, origin="model") for place, text in offered.items() if place not in page.origins)
    critique = None
    if critic is not None:
        from reviewer.drafting.mending import ask_for_rewrites

        picks, critique = ask_for_rewrites(page.now, context, critic)
        page.take(picks)
        page.settle(_by_rules)
    final = review(page.now.text, context=context, examples=_EXAMPLES) if reviewed.examples else page.now
    return Improved(final.text, page.changes(), final, critique)


def statement(reviewed: Review, place: Place) -> Objective | KeyResult:
    """Give the statement at a place."""
    okr = reviewed.okrs[place.okr]
    return okr.objective if place.key_result is None else okr.key_results[place.key_result]


def found_at(reviewed: Review, place: Place) -> list[Finding]:
    """Give the findings of the rules about a statement."""
    return [each for each in reviewed.findings if (each.okr, each.key_result) == place and each.origin == "rule"]


class _Page:
    """Hold a draft as it changes, with its review; a change after which the rules would say graver things is taken back."""

    def __init__(self, start: Review, context: Context) -> None:
        self.start = self.now = start
        self.origins: dict[Place, Literal["rule", "model"]] = {}
        self._context = context
        self._refused: set[tuple[Place, str]] = set()

    def settle(self, offer: Callable[[Review], Iterable[Pick]]) -> None:
        """Take what is offered, and what is offered after that, until nothing new is."""
        for _ in range(_PASSES):
            if not self.take(offer(self.now)):
                return

    def take(self, picks: Iterable[Pick]) -> bool:
        """Put statements in their places, all at once where that stands, else one by one; tells whether any was."""
        new = [each for each in picks if (each.place, each.text) not in self._refused and statement(self.now, each.place).text != each.text]
        if not new or self._put(new):
            return bool(new)
        taken = False
        for pick in new if len(new) > 1 else ():
            if self._put([pick]):
                taken = True
            else:
                self._refused.add((pick.place, pick.text))
        return taken

    def changes(self) -> tuple[Change, ...]:
        """Give what was changed, in the order of the text, with the rules whose findings are gone or less grave."""
        made = []
        for place, origin in self.origins.items():
            left = {each.rule: each.severity for each in found_at(self.now, place)}
            cleared = [each.rule for each in found_at(self.start, place) if _graver(each.severity, left.get(each.rule))]
            before, after = statement(self.start, place).text, statement(self.now, place).text
            if before != after:
                made.append(Change(place.okr, place.key_result, before, after, tuple(dict.fromkeys(cleared)), origin))
        return tuple(sorted(made, key=lambda each: (each.okr, -1 if each.key_result is None else each.key_result)))

    def _put(self, picks: Sequence[Pick]) -> bool:
        after = review(_with(self.now, picks), context=self._context, examples=0)
        if not _same_layout(self.now, after, picks) or not all(_is_better(self.now, after, pick) for pick in picks):
            return False
        self.now = after
        self.origins.update({pick.place: pick.origin for pick in picks})
        return True


def _by_rules(reviewed: Review) -> list[Pick]:
    """Give for each key result the rewrite of its gravest finding that has one."""
    best: dict[Place, Finding] = {}
    for finding in reviewed.findings:
        if finding.rewrite is None or finding.key_result is None or finding.origin != "rule":
            continue
        if finding.rule in WAITING and has_slot(reviewed.okrs[finding.okr].key_results[finding.key_result]):
            continue
        place = Place(finding.okr, finding.key_result)
        if place not in best or SEVERITIES.index(finding.severity) < SEVERITIES.index(best[place].severity):
            best[place] = finding
    return [Pick(place, finding.rewrite, finding.rule) for place, finding in best.items() if finding.rewrite is not None]


def _with(reviewed: Review, picks: Sequence[Pick]) -> str:
    """Give the text with statements in their places, last first so that the spans before them hold."""
    text = reviewed.text
    for pick in sorted(picks, key=lambda each: statement(reviewed, each.place).span, reverse=True):
        start, end = statement(reviewed, pick.place).span
        text = text[:start] + _fitted(pick.text, text, start, end) + text[end:]
    return text


def _fitted(new: str, text: str, start: int, end: int) -> str:
    """Write a statement so that the cell of a table that holds it stays one."""
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    around = text[line_start:start] + re.split(r"[\r\n]", text[end:], maxsplit=1)[0]
    return re.sub(r"(?<!\\)\|", r"\\|", new) if "|" in around else new


def _same_layout(before: Review, after: Review, picks: Sequence[Pick] = ()) -> bool:
    """Tell that the reader finds the same statements at the same places, but for those put there."""
    wanted = _statements(before) | {pick.place: _unescaped(pick.text) for pick in picks}
    return wanted == _statements(after)


def _statements(reviewed: Review) -> dict[Place, str]:
    found: dict[Place, str] = {}
    for index, okr in enumerate(reviewed.okrs):
        found[Place(index, None)] = _unescaped(okr.objective.text)
        found.update({Place(index, place): _unescaped(kr.text) for place, kr in enumerate(okr.key_results)})
    return found


def _unescaped(text: str) -> str:
    return text.replace("\\|", "|")


def _is_better(before: Review, after: Review, pick: Pick) -> bool:
    """Tell that a statement lost what its new wording answers and gained nothing grave, nor did its OKR."""
    old, new = found_at(before, pick.place), found_at(after, pick.place)
    if _weights(new) > _weights(old):
        return False
    left = {each.rule: each.severity for each in new}
    answered = [each for each in old if each.rule == pick.rule] if pick.rule else old
    if not any(_graver(each.severity, left.get(each.rule)) for each in answered):
        return False
    whole = [[each for each in side.findings if each.okr == pick.place.okr] for side in (before, after)]
    return _weights(whole[1]) <= _weights(whole[0])


def _weights(findings: Sequence[Finding]) -> tuple[int, int]:
    """Count errors and warnings."""
    return sum(each.severity == "error" for each in findings), sum(each.severity == "warning" for each in findings)


def _graver(severity: Severity, left: Severity | None) -> bool:
    """Tell that a finding is gone (`left` is None) or less grave than it was."""
    return left is None or SEVERITIES.index(left) > SEVERITIES.index(severity)
