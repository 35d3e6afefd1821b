"""Reviews to report on, built by hand so that a report's tests need no engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reviewer.okr import (
    Alignment,
    Baseline,
    Check,
    Critique,
    Deadline,
    Dropped,
    ExampleMatch,
    Finding,
    KeyResult,
    MutedFinding,
    Objective,
    Opinion,
    ProposedRewrite,
    Quantity,
    Question,
    Review,
    ReviewedOkr,
    Source,
)

FRENCH = """Objective: Donner aux Sales les armes pour gagner les deals compétitifs
KR1: Taux d'utilisation des battlecards dans les deals compétitifs : 70 % (vs 25 % aujourd'hui)
KR2: Créer 3 nouvelles battlecards
KR3: Satisfaction Sales sur les assets PMM : 8/10 minimum
"""

ENGLISH = """Objective: Give Sales what it takes to win competitive deals
KR1: Battlecard usage in competitive deals: 70% (vs 25% today)
KR2: Create 3 new battlecards
KR3: Sales satisfaction with PMM assets: 8/10 at least
"""


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def quantity(text: str, words: str) -> Quantity:
    return Quantity(text=words, span=place(text, words), value=None)


def finding(text: str, words: str, **fields: Any) -> Finding:
    given = {"rule": "kr-no-baseline", "severity": "warning", "okr": 0, "key_result": 0, "message": "m", "why": "w", "fix": "f"}
    return Finding.model_validate({**given, "quote": words, "span": place(text, words), **fields})


@pytest.fixture
def french() -> Review:
    """The review of the picture in the design notes, with every part a review can have."""
    text = FRENCH
    statements = [line.split(": ", 1)[1] for line in text.splitlines()]
    common: dict[str, Any] = {"language": "fr", "certainty": 0.9}
    task = finding(
        text,
        statements[2],
        rule="kr-is-task",
        severity="error",
        key_result=1,
        message="C’est une tâche\u00a0: elle peut être faite sans que rien ne change pour les Sales.",
        why="Un Key Result est une preuve, pas une action. Les battlecards sont le moyen\u202f; ce qu’elles changent est la preuve.",
        fix="Écrivez ce que les battlecards doivent changer\u00a0: usage, win rate ou durée du cycle.",
        rewrite="Faire passer le win rate sur deals compétitifs de [win rate actuel] à [cible]",
        confidence=0.92,
        sources=(
            Source(name="Article OKR pour PMM", says="l’erreur numéro un est de confondre tâche et résultat"),
            Source(name="Doerr, Measure What Matters", says="les résultats clés se mesurent", url="https://www.whatmatters.com/"),
        ),
        contested="Certaines équipes suivent aussi leurs livrables comme résultats clés.",
    )
    start = finding(
        text,
        "8/10 minimum",
        key_result=2,
        message="D’où partez-vous\u202f? Sans valeur de départ, 8/10 peut être un exploit ou déjà acquis.",
        why="Un niveau ne dit un progrès qu’à partir d’un autre.",
        fix="Écrivez\u00a0: Satisfaction Sales sur les assets PMM de [note actuelle] à 8/10.",
    )
    asked = finding(
        text,
        "Satisfaction Sales",
        rule="kr-scope-missing",
        severity="advice",
        key_result=2,
        message="Dites qui répond\u00a0: combien de Sales, à quelle enquête.",
        why="Une note ne veut rien dire sans ses répondants.",
        fix="Ajoutez «\u00a0auprès de [nombre] commerciaux\u00a0».",
    )
    mute = finding(text, statements[0], rule="objective-several", severity="advice", key_result=None, message="Deux objectifs en un.")
    key_results = (
        KeyResult(
            text=statements[1],
            span=place(text, statements[1]),
            nature="outcome",
            target=quantity(text, "70 %"),
            baseline=Baseline(kind="stated", value=25, text="25 %", span=place(text, "25 %")),
            deadline=Deadline(text="T3 2026", origin="cycle"),
            **common,
        ),
        KeyResult(text=statements[2], span=place(text, statements[2]), nature="output", target=quantity(text, "3"), **common),
        KeyResult(
            text=statements[3],
            span=place(text, statements[3]),
            nature="outcome",
            target=quantity(text, "8/10"),
            baseline=Baseline(kind="none"),
            **common,
        ),
    )
    okr = ReviewedOkr(
        objective=Objective(text=statements[0], span=place(text, statements[0]), language="fr"),
        key_results=key_results,
        language="fr",
        verdict="revise",
        team="PMM",
        cycle="T3 2026",
        alignment=Alignment(
            company_objective=0,
            score=0.62,
            path=("Usage des battlecards", "Win rate compétitif", "Nouveau revenu", "Gagner des parts de marché face aux deux leaders"),
        ),
    )
    return Review(
        language="fr",
        verdict="revise",
        text=text,
        okrs=(okr,),
        findings=(asked, task, start),
        checks=(
            *(Check(rule=f"kr-rule-{n}", status="pass") for n in range(23)),
            *(Check(rule=rule, status="finding") for rule in ("kr-is-task", "kr-no-baseline", "kr-scope-missing")),
            Check(rule="quarter-conflict", status="skipped", reason="une seule équipe dans le brouillon"),
            Check(rule="quarter-duplicate", status="skipped", reason="un seul objectif dans le brouillon"),
        ),
        muted=(MutedFinding(finding=mute, reason="décidé en comité le 3 mars"),),
        notes=("Deux lignes de commentaire n’ont pas été lues.",),
        examples=(
            ExampleMatch(
                okr=0,
                key_result=None,
                id="fr-enablement-04",
                kind="okr",
                text="Le bon argument arrive au commercial avant qu’il le cherche",
                objective="Le bon argument arrive au commercial avant qu’il le cherche",
                key_results=("Temps passé à chercher\u00a0: de 3,5 h à 1,5 h", "Satisfaction des Sales\u00a0: de 5,9 à 8/10"),
                language="fr",
                score=0.45,
                reason="même mesure\u00a0: satisfaction Sales",
            ),
            ExampleMatch(
                okr=0,
                key_result=1,
                id="fr-battlecards-1",
                kind="pair",
                rule="kr-is-task",
                weak="Publier 5 études de cas clients",
                strong="Part des propositions Enterprise qui citent une étude de cas\u00a0: de 10\u202f% à 45\u202f%",
                text="Part des propositions Enterprise qui citent une étude de cas\u00a0: de 10\u202f% à 45\u202f%",
                why="Une étude publiée ne prouve rien\u202f; une étude citée, si.",
                language="fr",
                score=0.62,
                reason="même faiblesse\u00a0: tâche au lieu d’effet",
            ),
            ExampleMatch(
                okr=0,
                key_result=1,
                id="maison-7/2",
                kind="key_result",
                text="Win rate against Acme from 20% to 30%",
                objective="Acme is no longer the default",
                language="en",
                score=0.4,
                reason="même mesure\u00a0: win rate",
            ),
        ),
        questions=(
            Question(
                okr=0,
                key_result=1,
                text="Quel est le win rate sur deals compétitifs aujourd’hui\u202f?",
                slot="[win rate actuel]",
                hint="Rapport CRM, deux derniers trimestres.",
            ),
        ),
    )


@pytest.fixture
def english() -> Review:
    """A small English review: one blocking point, nothing beside."""
    text = ENGLISH
    statements = [line.split(": ", 1)[1] for line in text.splitlines()]
    task = finding(
        text,
        statements[2],
        rule="kr-is-task",
        severity="error",
        key_result=1,
        message="This is a task: it can be done without anything changing for Sales.",
        why="A key result is a proof, not an action.",
        fix="Write what the battlecards should change.",
        rewrite="Competitive win rate from [today] to [target]",
    )
    key_results = tuple(
        KeyResult(
            text=words,
            span=place(text, words),
            language="en",
            nature=nature,
            baseline=Baseline(kind="kept") if nature == "outcome" else None,
        )
        for words, nature in zip(statements[1:], ("outcome", "output", "unclear"), strict=True)
    )
    okr = ReviewedOkr(
        objective=Objective(text=statements[0], span=place(text, statements[0]), language="en"),
        key_results=key_results,
        language="en",
        verdict="rethink",
    )
    return Review(
        language="en",
        verdict="rethink",
        text=text,
        okrs=(okr,),
        findings=(task,),
        checks=(
            Check(rule="kr-is-task", status="finding"),
            Check(rule="okr-not-aligned", status="skipped", reason="no company objective was given"),
        ),
        critique=Critique(
            model="ollama/qwen3",
            prompt="critique.v1",
            status="partial",
            tokens=812,
            cost=0.0,
            reason="two of three remarks quoted words that are not in the draft",
        ),
    )


@pytest.fixture
def several(french: Review) -> Review:
    """Three OKRs on one page: the French one, one without objective, one without key results."""
    text = FRENCH + "KR1: NPS de 30 à 40\nObjective: Devenir la référence du mid-market\n"
    lone = KeyResult(
        text="NPS de 30 à 40",
        span=place(text, "NPS de 30 à 40"),
        language="fr",
        nature="outcome",
        target=quantity(text, "40"),
        baseline=Baseline(kind="stated", text="30"),
    )
    words = "Devenir la référence du mid-market"
    count = finding(text, words, rule="okr-kr-count", severity="error", okr=2, key_result=None, message="Aucun résultat clé.")
    topic = finding(text, "référence", rule="objective-is-topic", severity="warning", okr=2, key_result=None, message="Un nom nu.")
    okrs = (
        french.okrs[0],
        ReviewedOkr(objective=Objective(text="", span=(0, 0), language="fr"), key_results=(lone,), language="fr", verdict="ready"),
        ReviewedOkr(
            objective=Objective(text=words, span=place(text, words), language="fr"),
            key_results=(),
            language="fr",
            verdict="rethink",
            contributes_to="Croître de 40\u202f%",
        ),
    )
    return french.model_copy(update={"text": text, "okrs": okrs, "findings": (*french.findings, count, topic), "verdict": "rethink"})


@pytest.fixture
def clean(french: Review) -> Review:
    """A review that found nothing."""
    okr = french.okrs[0].model_copy(update={"verdict": "ready", "key_results": french.okrs[0].key_results[:1], "alignment": None})
    return Review(
        language="fr", verdict="ready", text=french.text, okrs=(okr,), findings=(), checks=(Check(rule="kr-is-task", status="pass"),)
    )


@pytest.fixture
def attacked() -> Callable[[str], Review]:
    """Make a review that bears one hostile text in every field that can hold text."""

    def build(attack: str) -> Review:
        text = f"{attack} {attack}"
        span = (0, len(attack))
        hit = Finding(
            rule=attack,
            severity="error",
            okr=0,
            key_result=0,
            quote=attack,
            span=span,
            message=attack,
            why=attack,
            fix=attack,
            rewrite=attack,
            origin="model",
            confidence=0.5,
            sources=(Source(name=attack, says=attack, url=attack),),
            contested=attack,
        )
        aimed = [
            hit,
            hit.model_copy(update={"key_result": None}),
            hit.model_copy(update={"key_result": None, "rule": "objective-" + attack}),
        ]
        key_result = KeyResult(
            text=text,
            span=(0, len(text)),
            language="en",
            nature="outcome",
            target=Quantity(text=attack, span=span, value=1),
            baseline=Baseline(kind="stated", text=attack),
            deadline=Deadline(text=attack),
        )
        okr = ReviewedOkr(
            objective=Objective(text=text, span=(0, len(text)), language="en"),
            key_results=(key_result,),
            language="en",
            contributes_to=attack,
            owner=attack,
            team=attack,
            cycle=attack,
            alignment=Alignment(company_objective=0, score=0.5, path=(attack, attack)),
        )
        shared: dict[str, Any] = {"okr": 0, "id": attack, "text": attack, "score": 0.5, "reason": attack, "language": "fr", "work": attack}
        nowhere = okr.model_copy(update={"alignment": Alignment(company_objective=None, score=0.2, path=(attack,))})
        return Review(
            language="en",
            verdict="rethink",
            text=text,
            okrs=(okr, nowhere),
            findings=tuple(aimed),
            checks=(Check(rule=attack, status="failed", reason=attack), Check(rule=attack, status="pass")),
            muted=(MutedFinding(finding=hit, reason=attack),),
            notes=(attack,),
            examples=(
                ExampleMatch(**shared, key_result=None, kind="pair", rule=attack, weak=attack, strong=attack, why=attack),
                ExampleMatch(**shared, key_result=None, kind="okr", objective=attack, key_results=(attack, attack)),
                ExampleMatch(**shared, key_result=0, kind="key_result", objective=attack),
            ),
            questions=(
                Question(okr=0, key_result=0, text=attack, slot=attack, hint=attack),
                Question(okr=0, key_result=None, text=attack, slot="", origin="model"),
            ),
            critique=Critique(
                model=attack,
                prompt=attack,
                status="partial",
                reason=attack,
                destination=attack,
                redacted=True,
                calls=2,
                opinions=(Opinion(okr=0, key_result=0, nature="outcome", measure=attack, baseline="none", quote=attack, span=span),),
                rewrites=tuple(ProposedRewrite(okr=0, key_result=place, text=attack, clears=(attack,)) for place in (None, 0)),
                dropped=(Dropped(what="rewrite", why="invented", count=1),),
            ),
        )

    return build
