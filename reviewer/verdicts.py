"""Judge OKRs by their findings, whoever made them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewer.okr import Finding, ReviewedOkr, Verdict


def verdict_of(okr: ReviewedOkr, findings: Sequence[Finding]) -> Verdict:
    """Judge an OKR by its findings: rethink when its core fails, revise when something is to mend, else ready.

    Rethink: an error about the OKR as a whole or its objective, or errors on more than half of its key results.
    """
    errors = [finding for finding in findings if finding.severity == "error"]
    wrong = {finding.key_result for finding in errors}
    if None in wrong or (okr.key_results and len(wrong) * 2 > len(okr.key_results) and len(okr.key_results) > 1):
        return "rethink"
    return "revise" if any(finding.severity != "advice" for finding in findings) else "ready"


def by_okr(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """Gather findings by the OKR they are about."""
    gathered: dict[int, list[Finding]] = {}
    for each in findings:
        gathered.setdefault(each.okr, []).append(each)
    return gathered


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Give the worst of several verdicts; "ready" when there is none."""
    found = set(verdicts)
    return "rethink" if "rethink" in found else "revise" if "revise" in found else "ready"
