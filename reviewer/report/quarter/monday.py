"""Say what a head of team can say first: the mistake most teams share, the goals nobody serves, who pulls against whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.okr import Severity, Verdict
from reviewer.quarter import QuarterReview
from reviewer.report.asked import destination, replies, used
from reviewer.report.marked import shown
from reviewer.report.quarter.tally import CONFLICT, VERDICTS, Looked, Sample, Tally, severity_order
from reviewer.report.quarter.titles import title_of
from reviewer.report.quarter.words import team_told
from reviewer.report.words import SIGNS, Words

_MOST_GOALS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """Hold one thing to say: a label, a sentence, and lines under it, each with the entry it leads to (None: nowhere)."""

    label: str
    said: str
    lines: tuple[tuple[str, int | None], ...] = ()


def to_say_first(review: QuarterReview, tally: Tally, words: Words) -> Iterator[Told]:
    """Give up to three things to say, those for which the quarter gives cause."""
    shared = tally.shared()
    if shared is not None:
        found = f"{words.count('monday_found', shared.times)} {words.count('monday_teams', shared.teams)}"
        said = f"{title_of(shared.rule, words.language) or shown(shared.rule)} ({shown(shared.rule)}), {found}."
        samples = tuple(_sample(each, words) for each in shared.samples)
        yield Told(words.say("monday_shared" if shared.teams > 1 else "monday_often"), said, samples)
    alone = [each for each in review.coverage if each.okrs == 0]
    if alone:
        listed = [words.say("quoted", text=shown(each.text)) for each in alone[:_MOST_GOALS]]
        more = f" (+ {len(alone) - _MOST_GOALS})" if len(alone) > _MOST_GOALS else ""
        yield Told(words.say("monday_uncovered"), words.say("list_separator").join(listed) + more + ".")
    conflict = next((finding for finding in review.findings if finding.rule == CONFLICT), None)
    if conflict is not None:
        places = [where.entry for where in conflict.places]
        lines = tuple(
            (words.say("quoted", text=shown(quote)), places[number] if number < len(places) else None)
            for number, quote in enumerate(conflict.evidence[:2])
        )
        yield Told(words.say("monday_conflict"), shown(conflict.message), lines)


def verdict_line(tally: Tally, words: Words) -> str:
    """Count OKRs and verdicts in words: "12 OKRs reviewed: 3 to rethink, 5 to revise, 4 ready"."""
    counted = _verdicts(tally.verdicts, words)
    read = f"{words.count('read', tally.okrs)}, {words.count('key_results_read', tally.key_results)}"
    return words.labelled(read, counted) if counted else read


def verdicts_told(okrs: int, verdicts: Counter[Verdict], words: Words) -> str:
    """Count one team's OKRs and verdicts in words."""
    return words.labelled(words.count("okrs", okrs), _verdicts(verdicts, words))


def weight_told(looked: Looked) -> str:
    """Count what there is to mend in an OKR, with signs."""
    counts: tuple[tuple[Severity, int], ...] = (("error", looked.errors), ("warning", looked.warnings))
    return " ".join(f"{SIGNS[severity]} {n}" for severity, n in counts if n)


def points_line(tally: Tally, words: Words) -> str:
    """Count findings, within OKRs and across them, then the rows that were not reviewed."""
    across = sum((counts.total() for counts in tally.across.values()), 0)
    within = words.say("list_separator").join(words.count(f"counts.{severity}", n) for severity, n in severity_order(tally.severities))
    sentences = [words.labelled(words.say("points_within"), within or words.say("nothing_here"))]
    sentences += [words.labelled(words.say("points_across"), words.count("findings_across", across))]
    if tally.explained:
        sentences.append(explained_line(tally, words))
    return " · ".join(sentences)


def explained_line(tally: Tally, words: Words) -> str:
    """Count what was not reviewed: rows where they are known, places where not."""
    rows = [words.count("rows_explained", tally.rows_explained)] if tally.rows_explained else []
    places = [words.count("entries_explained", tally.unread)] if tally.unread else []
    return words.say("list_separator").join(rows + places)


def changes_line(review: QuarterReview, words: Words) -> str:
    """Count what is new, known and fixed since an earlier review."""
    counts = {status: sum(each.status == status for each in review.changes) for status in ("new", "known", "fixed")}
    return words.say("change_counts", **{status: words.count(f"change_{status}", n) for status, n in counts.items()})


def footer(review: QuarterReview, words: Words) -> str:
    """Say that teams are counted and nobody ranked, and whether a model was asked, where, and what it cost."""
    critique = review.critique
    if critique is None or critique.status == "skipped":
        return words.say("footer_rules")
    place = destination(critique.destination, words) if critique.destination else None
    model = f"{shown(critique.model)} ({place})" if place else shown(critique.model)
    totals = words.say("list_separator").join(filter(None, (used(critique, words), *replies(critique, words))))
    said = words.say("footer_failed_all" if critique.status == "failed" else "footer_asked", model=model)
    return f"{said} {totals}." if totals else said


def _verdicts(verdicts: Counter[Verdict], words: Words) -> str:
    counted = [words.count(f"verdict_counts.{verdict}", verdicts[verdict]) for verdict in VERDICTS if verdicts[verdict]]
    return words.say("list_separator").join(counted)


def _sample(sample: Sample, words: Words) -> tuple[str, int | None]:
    return f"{words.say('quoted', text=shown(sample.quote))} · {team_told(sample.team, words)}", sample.entry
