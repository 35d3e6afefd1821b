"""Turn a statement and its findings into segments to underline, and its words into words fit to show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.okr import SEVERITIES, Finding, Severity, Span

_BREAKS = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, direction overrides and lone surrogates: they move the cursor, turn text round, or cannot be written."""

_SLOT = re.compile(r"\[([^\[\]\n]{1,120})\]")


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold a stretch of a statement; `finding` is the most serious finding about it, None for plain words."""

    text: str
    finding: Finding | None = None

    @property
    def severity(self) -> Severity | None:
        """Give the severity to underline with."""
        return self.finding.severity if self.finding else None


def segments(text: str, span: Span, findings: Iterable[Finding]) -> tuple[Segment, ...]:
    """Cut a statement where findings begin and end; where several overlap, the most serious wins, a rule before a model.

    A finding about the whole statement marks nothing when a weightier one is about some of its words:
    its remains around them would say nothing. `span` and the findings' spans are positions in `Review.text`;
    `text` begins at `span[0]`. The segments' texts joined give `text` back.
    """
    owners: list[Finding | None] = [None] * len(text)
    touching = [f for f in findings if max(f.span[0], span[0]) < min(f.span[1], span[0] + len(text))]
    worst = min(map(_rank, touching), default=(False, 0))
    # The least serious first, so that the most serious is written last; among equals the first found wins.
    for finding in sorted(touching, key=_rank, reverse=True):
        if _rank(finding) > worst and finding.span[0] <= span[0] and finding.span[1] >= span[0] + len(text):
            continue
        for position in range(max(finding.span[0] - span[0], 0), min(finding.span[1] - span[0], len(text))):
            owner = owners[position]
            if owner is None or _rank(owner) != _rank(finding):
                owners[position] = finding
    _bare_edges(text, owners)
    return tuple(_runs(text, owners))


def shown(text: str) -> str:
    """Write draft text on one line, with a replacement sign for characters that are not meant to be seen."""
    return _UNSAFE.sub("\ufffd", _BREAKS.sub(" ", text))


def slots(text: str) -> tuple[tuple[str, bool], ...]:
    """Cut a text at its slots `[...]`: pairs of words and whether they are a slot (given without its brackets)."""
    parts = _SLOT.split(text)
    return tuple((part, index % 2 == 1) for index, part in enumerate(parts) if part)


def _rank(finding: Finding) -> tuple[bool, int]:
    """Order findings: what rules say before what a model says, the most serious first."""
    return finding.origin == "model", SEVERITIES.index(finding.severity)


def _bare_edges(text: str, owners: list[Finding | None]) -> None:
    """Take the blanks at both ends of each run of one finding out of it."""
    last = len(text) - 1
    for order, step, edge in ((range(last + 1), -1, 0), (range(last, -1, -1), 1, last)):
        for position in order:
            if text[position].isspace() and (position == edge or owners[position + step] is not owners[position]):
                owners[position] = None


def _runs(text: str, owners: list[Finding | None]) -> Iterable[Segment]:
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or owners[position] is not owners[start]:
            yield Segment(text[start:position], owners[start])
            start = position
