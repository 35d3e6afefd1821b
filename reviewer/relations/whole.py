"""Conclude on a quarter: run its rules on what the tables hold, and count by team and by company objective."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reviewer.encoder import Scale
from reviewer.muting import apply_mutes
from reviewer.okr import Check, Context, Finding, Language, MutedFinding, Severity, Verdict
from reviewer.quarter import Coverage, MatrixCell, QuarterFinding, TeamCount
from reviewer.relations.goals import CompanyGoal
from reviewer.relations.storing import VectorFile, make_indexes
from reviewer.relations.view import QuarterView
from reviewer.rules.quarter import QUARTER_RULES
from reviewer.rules.quarter_rule import QuarterProblem, QuarterRule
from reviewer.rules.rule import Skip
from reviewer.rules.typography import typeset_french

_UNSURE = 0.6
"""Below this confidence a finding is advice, as for the rules on one OKR."""


class Whole(NamedTuple):
    """Hold what is to be said of a quarter beside the reviews of its OKRs; see `QuarterReview` for the fields."""

    findings: tuple[QuarterFinding, ...]
    checks: tuple[Check, ...]
    teams: tuple[TeamCount, ...]
    alignment: tuple[MatrixCell, ...]
    coverage: tuple[Coverage, ...]
    notes: tuple[str, ...]
    muted: tuple[MutedFinding, ...] = ()


def conclude(
    database: sqlite3.Connection,
    vectors: VectorFile,
    context: Context,
    goals: Sequence[CompanyGoal],
    language: Language,
    scale: Scale | None,
    today: date | None = None,
) -> Whole:
    """Run the rules on a quarter; one that raises becomes a failed check and the others still run."""
    make_indexes(database)
    count = database.execute("SELECT count(*) FROM relation_okr").fetchone()[0]
    view = QuarterView(database, vectors, goals, language, scale, context.check_in)
    findings: list[QuarterFinding] = []
    checks: list[Check] = []
    for rule in QUARTER_RULES:
        if not count:
            checks.append(Check(rule=rule.id, status="skipped", reason=_say(language, "aucun OKR à relire", "no OKR to look at")))
            continue
        found, check = _run(rule, view, context, language)
        findings += found
        checks.append(check)
    kept, muted, notes = _after_mutes(findings, context, today or date.today(), language)
    reasons = {each.finding.rule: each.reason for each in muted}
    checks = [_muted_check(check, kept, reasons, language) for check in checks]
    if scale is None and count > 1:
        notes = (_say(language, _NO_ENCODER_FR, _NO_ENCODER_EN), *notes)
    return Whole(
        findings=kept,
        checks=tuple(checks),
        teams=_teams(database, kept),
        alignment=_matrix(database, goals),
        coverage=_coverage(database, goals),
        notes=notes,
        muted=muted,
    )


_NO_ENCODER_FR = (
    "Les doublons n’ont été cherchés que par leurs mots et leurs mesures : sans modèle de phrases, ceux qui sont dits autrement échappent."
)
_NO_ENCODER_EN = "Duplicates were looked for by their words and measures alone: without a sentence model, those worded otherwise escape."


def _say(language: Language, fr: str, en: str) -> str:
    return _set(fr if language == "fr" else en, language)


def _set(text: str, language: Language) -> str:
    return typeset_french(text) if language == "fr" else text


def _run(rule: QuarterRule, view: QuarterView, context: Context, language: Language) -> tuple[list[QuarterFinding], Check]:
    try:
        results = [*rule.check(view)]
    except Exception as error:
        return [], Check(rule=rule.id, status="failed", reason=f"{type(error).__name__}: {error}")
    found = [_finding(rule, each, context, language) for each in results if isinstance(each, QuarterProblem)]
    skipped = [each.reason for each in results if isinstance(each, Skip)]
    if found:
        return found, Check(rule=rule.id, status="finding")
    if skipped:
        return [], Check(rule=rule.id, status="skipped", reason=_set(skipped[0], language))
    return [], Check(rule=rule.id, status="pass")


def _finding(rule: QuarterRule, problem: QuarterProblem, context: Context, language: Language) -> QuarterFinding:
    unsure: Severity | None = "advice" if problem.confidence < _UNSURE else None
    return QuarterFinding(
        rule=rule.id,
        severity=context.settings.severities.get(rule.id) or unsure or problem.severity or rule.severity,
        places=problem.places,
        evidence=problem.evidence,
        team=problem.team,
        company_objective=problem.company_objective,
        message=_set(problem.message, language),
        why=_set(rule.why.of(language), language),
        fix=_set(problem.fix, language),
        confidence=round(problem.confidence, 2),
        sources=rule.sources,
    )


def _after_mutes(
    findings: Sequence[QuarterFinding], context: Context, today: date, language: Language
) -> tuple[tuple[QuarterFinding, ...], tuple[MutedFinding, ...], tuple[str, ...]]:
    """Part the findings as mutes on the rules of a quarter say; `contains` looks at the evidence."""
    rules = {rule.id for rule in QUARTER_RULES}
    settings = context.settings.model_copy(update={"mutes": tuple(mute for mute in context.settings.mutes if mute.rule in rules)})
    if not settings.mutes:
        return tuple(findings), (), ()
    plain = [_plain(each) for each in findings]
    muting = apply_mutes(plain, (), settings, today, language)
    silenced = {id(each.finding) for each in muting.muted}
    kept = tuple(each for each, same in zip(findings, plain, strict=True) if id(same) not in silenced)
    return kept, muting.muted, muting.notes


def _plain(each: QuarterFinding) -> Finding:
    """Give a finding on the whole the shape of one on an OKR, which mutes know; its quote holds all the evidence."""
    place = each.places[0] if each.places else None
    quote = "\n".join(each.evidence) or each.message
    return Finding(
        rule=each.rule, severity=each.severity, okr=place.entry if place else 0, key_result=place.key_result if place else None,
        quote=quote, span=(0, len(quote)), message=each.message, why=each.why, fix=each.fix, confidence=each.confidence, sources=each.sources,
    )  # fmt: skip


def _muted_check(check: Check, kept: Sequence[QuarterFinding], reasons: dict[str, str], language: Language) -> Check:
    if check.status != "finding" or check.rule not in reasons or any(each.rule == check.rule for each in kept):
        return check
    said = _say(language, "mise en sourdine : ", "muted: ")
    return Check(rule=check.rule, status="skipped", reason=said + reasons[check.rule])


def _teams(database: sqlite3.Connection, findings: Sequence[QuarterFinding]) -> tuple[TeamCount, ...]:
    """Count by team, in the order of the files: verdicts, and findings by rule; one across teams counts for each of them."""
    totals: dict[str, list[int]] = {}
    names: dict[str, str | None] = {}
    verdicts: dict[str, Counter[str]] = {}
    rules: dict[str, Counter[str]] = {}
    team_of: dict[int, str] = {}
    for entry, key, name, verdict, key_results in database.execute(
        "SELECT entry, team_key, team, verdict, key_results FROM relation_okr ORDER BY entry"
    ):
        names.setdefault(key, name)
        total = totals.setdefault(key, [0, 0])
        total[0] += 1
        total[1] += key_results
        verdicts.setdefault(key, Counter())[verdict] += 1
        team_of[entry] = key
    for key, rule, number in database.execute(
        "SELECT o.team_key, f.rule, sum(f.number) FROM relation_fault f JOIN relation_okr o USING (entry) GROUP BY 1, 2"
    ):
        rules.setdefault(key, Counter())[rule] += number
    for each in findings:
        for key in {team_of[place.entry] for place in each.places if place.entry in team_of}:
            rules.setdefault(key, Counter())[each.rule] += 1
    kinds: tuple[Verdict, ...] = ("ready", "revise", "rethink")
    return tuple(
        TeamCount(
            team=names[key],
            okrs=total[0],
            key_results=total[1],
            verdicts={kind: verdicts[key][kind] for kind in kinds},
            rules=dict(sorted(rules.get(key, Counter()).items())),
        )
        for key, total in totals.items()
    )


def _matrix(database: sqlite3.Connection, goals: Sequence[CompanyGoal]) -> tuple[MatrixCell, ...]:
    """Give a cell for every team and company objective, empty ones too: the gaps are what one looks for."""
    found = {
        (key, goal): (okrs, score)
        for key, goal, okrs, score in database.execute(
            "SELECT o.team_key, l.goal, count(*), max(l.score) FROM relation_lead l JOIN relation_okr o USING (entry) GROUP BY 1, 2"
        )
    }
    teams = database.execute("SELECT team_key, team, min(entry) FROM relation_okr GROUP BY team_key ORDER BY 3")
    return tuple(
        MatrixCell(
            team=name, company_objective=at, okrs=found.get((key, at), (0, 0.0))[0], score=round(found.get((key, at), (0, 0.0))[1], 3)
        )
        for key, name, _ in teams
        for at, goal in enumerate(goals)
        if goal.text
    )


def _coverage(database: sqlite3.Connection, goals: Sequence[CompanyGoal]) -> tuple[Coverage, ...]:
    found = []
    for at, goal in enumerate(goals):
        if not goal.text:
            continue
        rows = database.execute(
            "SELECT o.entry, o.team FROM relation_lead l JOIN relation_okr o USING (entry) WHERE l.goal = ? ORDER BY o.entry", (at,)
        ).fetchall()
        teams = tuple(dict.fromkeys(team for _, team in rows if team))
        found.append(Coverage(company_objective=at, text=goal.text, okrs=len(rows), teams=teams, entries=tuple(entry for entry, _ in rows)))
    return tuple(found)
