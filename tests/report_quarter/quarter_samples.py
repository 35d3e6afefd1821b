"""A quarter of invented product marketing OKRs, reviewed by the rules, as a table would give it."""

from __future__ import annotations

from collections import Counter

from reviewer import Context, Okr, review
from reviewer.okr import Check, Language, MutedFinding, Source
from reviewer.quarter import (
    Change,
    Coverage,
    Entry,
    MatrixCell,
    Piece,
    Place,
    QuarterFinding,
    QuarterReview,
    ReviewedEntry,
    Statement,
    TakenFor,
    TeamCount,
    Where,
)

FRENCH_GOALS = ("Porter le NRR de 104 % à 112 %", "Gagner des parts de marché face à Nordel", "Ouvrir le marché espagnol")
FRENCH = (
    Okr(
        objective="Donner aux Sales de quoi gagner les deals face à Nordel",
        key_results=(
            "Win rate face à Nordel sur le segment mid-market : de 32 % à 40 % d'ici fin décembre",
            "Créer 3 nouvelles battlecards",
            "Satisfaction des Sales sur les supports : 8/10",
        ),
        team="PMM Croissance",
        owner="Inès",
    ),
    Okr(
        objective="Faire de Kordia le choix évident des directions financières",
        key_results=("Publier 5 études de cas", "Améliorer nettement la notoriété"),
        team="PMM Marque",
        owner="Hugo",
    ),
    Okr(
        objective="Les nouveaux clients tirent parti du module Trésorerie dès le premier mois",
        key_results=(
            "Part des nouveaux comptes actifs à J30 : de 41 % à 55 % d'ici fin décembre",
            "Faire passer le délai jusqu'au premier rapport de 12 à 6 jours d'ici fin décembre",
        ),
        team="PMM Produit",
        owner="Salomé",
    ),
)
ENGLISH_GOALS = ("Grow net revenue retention from 104% to 112%", "Win share from Nordel in the mid-market")
ENGLISH = (
    Okr(
        objective="Give Sales what it takes to win against Nordel",
        key_results=(
            "Win rate against Nordel in the mid-market from 32% to 40% by the end of December",
            "Create 3 battlecards",
            "Sales satisfaction with assets: 8/10",
        ),
        team="PMM Growth",
        owner="Ines",
    ),
    Okr(
        objective="New customers get value from the Treasury module in their first month",
        key_results=(
            "Share of new accounts active on day 30 from 41% to 55% by the end of December",
            "Time to first report from 12 days to 6 days by the end of December",
        ),
        team="PMM Product",
        owner="Sam",
    ),
)


def table_of(okrs: tuple[Okr, ...]) -> list[list[str | None]]:
    """Write OKRs as the rows of a table, one key result a row, the objective on the first."""
    rows: list[list[str | None]] = [["Équipe", "Porteur", "Objectif", "Résultat clé"]]
    for okr in okrs:
        for number, text in enumerate(okr.key_results):
            rows.append([okr.team, okr.owner, okr.objective, text] if number == 0 else [None, None, None, text])
    return rows


def entries_of_table(okrs: tuple[Okr, ...], language: Language, file: str, sheet: str | None = "T4") -> tuple[ReviewedEntry, ...]:
    """Review each OKR alone and tie it to its cells."""
    reviewed, row = [], 2
    for okr in okrs:
        place = Place(file=file, sheet=sheet, row=row)
        objective = Statement(
            text=okr.objective, pieces=(Piece(span=(0, len(okr.objective)), place=place.model_copy(update={"column": "C"})),)
        )
        key_results = tuple(
            Statement(
                text=text,
                pieces=(Piece(span=(0, len(text)), place=place.model_copy(update={"column": "D", "row": row + number})),),
            )
            for number, text in enumerate(okr.key_results)
        )
        held = Entry(place=place, rows=len(okr.key_results), okr=okr, objective=objective, key_results=key_results)
        found = review(okr, context=Context(language=language), examples=0)
        reviewed.append(ReviewedEntry(entry=held, team=okr.team, review=found, verdict=found.verdict))
        row += len(okr.key_results)
    return tuple(reviewed)


def quarter_of(
    okrs: tuple[Okr, ...], goals: tuple[str, ...], language: Language, file: str = "okrs-t4.xlsx", sheet: str | None = "T4"
) -> QuarterReview:
    """Give the review of a quarter with every part it can have."""
    entries = entries_of_table(okrs, language, file, sheet)
    last = 2 + sum(len(okr.key_results) for okr in okrs)
    reason = "ligne sans objectif ni résultat clé" if language == "fr" else "a row with neither objective nor key result"
    broken = Entry(place=Place(file=file, sheet=sheet, row=last), rows=2, reason=reason)
    entries = (*entries, ReviewedEntry(entry=broken, reason=reason))
    conflict = QuarterFinding(
        rule="quarter-conflict",
        severity="warning",
        places=(Where(entry=0, key_result=0), Where(entry=1, key_result=0)),
        evidence=(okrs[0].key_results[0], okrs[1].key_results[0]),
        message="Deux équipes tirent la même mesure en sens contraires." if language == "fr" else "Two teams pull one measure both ways.",
        why="w",
        fix="Réunissez-les avant le trimestre." if language == "fr" else "Bring them together before the quarter.",
        sources=(Source(name="Doerr", says="alignment"),),
    )
    first = entries[0].review
    assert first is not None
    change = first.findings[0]
    return QuarterReview(
        language=language,
        verdict="rethink",
        entries=entries,
        findings=(conflict,),
        checks=(Check(rule="quarter-conflict", status="finding"), Check(rule="quarter-no-check-in", status="skipped", reason="r")),
        muted=(MutedFinding(finding=change, reason="décidé en comité"),),
        teams=tuple(
            TeamCount(
                team=okr.team,
                okrs=1,
                key_results=len(okr.key_results),
                verdicts={entry.verdict or "ready": 1},
                rules=dict(Counter(finding.rule for finding in entry.review.findings)) if entry.review else {},
            )
            for okr, entry in zip(okrs, entries, strict=False)
        ),
        company_objectives=goals,
        alignment=tuple(
            MatrixCell(team=okr.team, company_objective=number, okrs=int(at == number), score=0.72 if at == number else 0.1)
            for at, okr in enumerate(okrs)
            for number in range(len(goals))
        ),
        coverage=tuple(
            Coverage(
                company_objective=number,
                text=goal,
                okrs=int(number != 1),
                teams=(okrs[0].team or "",) if number != 1 else (),
                entries=(0,) if number != 1 else (),
            )
            for number, goal in enumerate(goals)
        ),
        taken_for=(
            TakenFor(
                place=Place(file=file, sheet=sheet),
                header_row=1,
                columns={"Équipe": "team", "Porteur": "owner", "Objectif": "objective", "Résultat clé": "key_result"},
                unused=("Commentaires",),
            ),
        ),
        changes=(
            Change(
                status="new",
                rule=change.rule,
                severity=change.severity,
                quote=change.quote,
                message=change.message,
                where=Where(entry=0, key_result=change.key_result),
            ),
            Change(status="fixed", rule="kr-no-number", severity="error", quote="Améliorer la notoriété", message="Rien à mesurer."),
        ),
        notes=("une colonne a été passée",),
    )


def with_unread_cells(review: QuarterReview, rows: tuple[int, ...], reason: str) -> QuarterReview:
    """Add cells of one column that could not be read; their rows are reviewed without them."""
    unread = tuple(
        ReviewedEntry(entry=Entry(place=Place(file="okrs-t4.xlsx", sheet="T4", row=row, column="E"), rows=0, reason=reason), reason=reason)
        for row in rows
    )
    return review.model_copy(update={"entries": (*unread, *review.entries)})
