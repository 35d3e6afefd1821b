"""Rules on what a key result is: proof, with a number and a date, that a team answers for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.okr import KeyResult, Span
from reviewer.rules.rule import Both, Problem, Subject, rule
from reviewer.rules.sources import article, doerr, google, grove, wodtke

TASK_OR_EMPTY = ("kr-is-task", "kr-no-number")
"""What makes every finer remark idle: first write a result, with a quantity."""


def label(subject: Subject) -> str:
    """Name the key result as people count: KR 1 is the first."""
    index = next(i for i, each in enumerate(subject.okr.key_results) if each is subject.statement)
    return f"KR {index + 1}"


_SLOT = re.compile(r"\[[^\[\]\d]*[^\W\d]{3}[^\[\]\d]*\]")


_FROM = re.compile(r"(?:\bfrom|\bde|\bd['’])\s*\Z", re.IGNORECASE)


def has_slot(kr: KeyResult) -> bool:
    """Tell a start named but still to fill in, as our own rewrites leave it ("from [current win rate] to ..."), from "X %".

    An author who writes "sign [number] partners" leaves open what is to be reached: that is no key result yet.
    """
    if kr.placeholder is None or _SLOT.fullmatch(kr.placeholder.text) is None:
        return False
    return _FROM.search(kr.text[: kr.placeholder.span[0] - kr.span[0]]) is not None


def is_task(kr: KeyResult) -> bool:
    """Tell a deliverable or an activity; an event that others grant or refuse (a certificate) is neither."""
    return kr.nature in ("output", "activity") and kr.event is None


def words_at(kr: KeyResult, span: Span) -> str:
    """Quote the words of the draft at a span."""
    return kr.text[span[0] - kr.span[0] : span[1] - kr.span[0]]


def from_to(subject: Subject, start: str, goal: str) -> str:
    """Word a change between two levels, led by the draft's own name of the measure where it has one."""
    kr = subject.statement
    measure = kr.metric.text if kr.metric and kr.metric.id else ""
    if measure:
        return subject.say(f"{measure} : de {start} à {goal}", f"{measure} from {start} to {goal}")
    return subject.say(f"de {start} à {goal}", f"from {start} to {goal}")


@rule(
    "kr-is-task",
    family="key_result",
    severity="error",
    title=Both(fr="Un Key Result est une preuve, pas une tâche", en="A key result is proof, not a task"),
    why=Both(
        fr="Une tâche peut être faite sans que rien ne change pour les clients, les Sales ou le marché. Le Key Result dit ce qui aura changé ; la tâche a sa place dans le plan d'action.",
        en="A task can be done without anything changing for customers, reps or the market. The key result says what will have changed; the task belongs in the plan.",
    ),
    sources=(
        article(
            "Les Key Results sont des preuves que l'objectif est atteint, pas des actions ; « Créer 3 nouvelles battlecards » est une tâche. C'est l'erreur numéro un."
        ),
        wodtke("Key results are results, not the things you do to get them; keep tasks in the weekly plan."),
    ),
    bad=Both(
        fr=(
            "Créer 3 nouvelles battlecards",
            "Conduire 20 entretiens clients sur le segment Mid-Market",
            "100 % des commerciaux formés au nouveau pitch",
            "Mise en ligne de la nouvelle page tarifs avant le 30 juin",
        ),
        en=(
            "Create 3 new battlecards",
            "Run 20 customer interviews in the Mid-Market segment",
            "100% of reps trained on the new pitch",
            "Launch of the new pricing page by June 30",
        ),
    ),
    good=Both(
        fr=(
            "Porter le win rate face à Nexia de 31 % à 38 % d'ici fin T3",
            "40 demandes de démo qualifiées dans les 4 semaines qui suivent le lancement",
            "90 % des commerciaux réussissent l'examen de certification d'ici fin T3 (vs 55 % aujourd'hui)",
        ),
        en=(
            "Raise win rate against Nexia from 31% to 38% by the end of Q3",
            "40 qualified demo requests within 4 weeks of launch",
            "90% of reps pass the certification exam by the end of Q3 (currently 55%)",
        ),
    ),
)
def kr_is_task(subject: Subject) -> Iterator[Problem]:
    """Find activities and deliverables, also when they bear a number: doing is not proving."""
    kr = subject.statement
    if not is_task(kr):
        return
    said = kr.text if len(kr.text) <= 60 else kr.text[:57].rsplit(" ", 1)[0] + "…"
    if kr.nature == "output":
        message = subject.say(
            f"{label(subject)} est un livrable : il peut être livré sans que rien ne change pour ceux à qui il est destiné.",
            f"{label(subject)} is a deliverable: it can be delivered without anything changing for the people it is meant for.",
        )
        fix = subject.say(
            f"Écrivez ce que cela doit changer (usage, conversion, win rate, délai…) et gardez « {said} » dans votre plan d'action.",
            f"Write what it should change (usage, conversion, win rate, time…) and keep “{said}” in your plan.",
        )
    else:
        message = subject.say(
            f"{label(subject)} est une activité : elle peut être menée jusqu'au bout sans rien prouver.",
            f"{label(subject)} is an activity: it can be carried out to the end without proving anything.",
        )
        fix = subject.say(
            f"Écrivez ce qui sera différent grâce à elle, chez qui, et de combien ; gardez « {said} » dans votre plan d'action.",
            f"Write what will be different because of it, for whom, and by how much; keep “{said}” in your plan.",
        )
    yield Problem(kr.span, message, fix, confidence=kr.certainty)


@rule(
    "kr-no-number",
    family="key_result",
    severity="error",
    title=Both(fr="Un Key Result nomme une quantité à atteindre", en="A key result names a quantity to reach"),
    why=Both(
        fr="Sans quantité, deux personnes de bonne foi peuvent conclure l'inverse en fin de trimestre.",
        en="Without a quantity, two people in good faith can conclude the opposite at the end of the quarter.",
    ),
    sources=(
        article("Les Key Results sont quantitatifs, mesurables et limités dans le temps."),
        doerr("It is not a key result unless it has a number."),
        grove("At the end you can look and, without any argument, say whether it was done or not."),
    ),
    bad=Both(
        fr=(
            "Améliorer significativement la satisfaction client d'ici fin juin",
            "Augmenter le taux d'adoption au T3",
            "Réduire le churn de X % d'ici décembre",
        ),
        en=(
            "Significantly improve customer satisfaction by the end of June",
            "Increase feature adoption in Q3",
            "Reduce churn by X% by December",
        ),
    ),
    good=Both(
        fr=("Faire passer le CSAT des administrateurs de 3,9 à 4,4 d'ici fin juin", "Zéro client Enterprise perdu au T3"),
        en=("Raise admin CSAT from 3.9 to 4.4 by the end of June", "Zero Enterprise customers lost in Q3"),
    ),
    unless=("kr-is-task",),
)
def kr_no_number(subject: Subject) -> Iterator[Problem]:
    """Find statements with nothing to count; an event that only happens or not has a rule of its own."""
    kr = subject.statement
    if kr.target is not None or kr.event is not None or kr.milestone:
        return
    span = kr.placeholder.span if kr.placeholder else kr.span
    if kr.placeholder and kr.nature == "outcome" and has_slot(kr):
        yield Problem(
            span,
            subject.say(
                f"{label(subject)} attend encore une valeur : « {kr.placeholder.text} ».",
                f"{label(subject)} still waits for a value: “{kr.placeholder.text}”.",
            ),
            subject.say(
                "Mettez la valeur à la place des crochets, avant le début du cycle.",
                "Put the value in place of the brackets, before the cycle starts.",
            ),
            confidence=0.95,
            severity="advice",
        )
        return
    if kr.placeholder:
        message = subject.say(
            f"{label(subject)} laisse sa valeur ouverte : « {kr.placeholder.text} ».",
            f"{label(subject)} leaves its value open: “{kr.placeholder.text}”.",
        )
    elif kr.nature == "unclear":
        message = subject.say(
            f"{label(subject)} ne dit ni ce qui est mesuré ni combien : en fin de trimestre, personne ne pourra trancher.",
            f"{label(subject)} says neither what is measured nor how much: nobody will be able to call it at the end of the quarter.",
        )
    else:
        message = subject.say(
            f"{label(subject)} n'a pas de quantité à atteindre : on ne saura pas si c'est gagné.",
            f"{label(subject)} has no quantity to reach: nobody will know whether it was won.",
        )
    measure = kr.metric.text if kr.metric else subject.say("[mesure]", "[measure]")
    fix = subject.say(
        f"Dites de combien à combien : « {measure} : de [valeur actuelle] à [cible] ».",
        f"Say from how much to how much: “{measure}: from [current value] to [target]”.",
    )
    yield Problem(span, message, fix, confidence=0.95 if kr.nature != "unclear" else max(0.6, kr.certainty))


@rule(
    "kr-no-deadline",
    family="key_result",
    severity="advice",
    title=Both(fr="Un Key Result dit pour quand", en="A key result says by when"),
    why=Both(
        fr="Sans date, un résultat en retard reste « en bonne voie » jusqu'au dernier jour, et personne ne sait quand trancher.",
        en="Without a date, a late result stays “on track” to the last day, and nobody knows when to call it.",
    ),
    sources=(
        article("Les Key Results sont limités dans le temps ; l'exemple de lancement donne « dans les 4 semaines » et « à J+45 »."),
        doerr("Good key results are specific and time-bound."),
    ),
    bad=Both(
        fr=(
            "Faire passer le taux d'activation des comptes Mid-Market de 42 % à 55 %",
            "Ramener le cycle de vente Mid-Market de 68 à 55 jours",
        ),
        en=("Raise the activation rate of Mid-Market accounts from 42% to 55%", "Cut the Mid-Market sales cycle from 68 to 55 days"),
    ),
    good=Both(
        fr=(
            "Faire passer le taux d'activation des comptes Mid-Market de 42 % à 55 % d'ici fin mars",
            "Ramener le cycle de vente Mid-Market de 68 à 55 jours avant le 30 juin",
        ),
        en=(
            "Raise the activation rate of Mid-Market accounts from 42% to 55% by the end of March",
            "Cut the Mid-Market sales cycle from 68 to 55 days by June 30",
        ),
    ),
    unless=TASK_OR_EMPTY,
)
def kr_no_deadline(subject: Subject) -> Iterator[Problem]:
    """Find key results with no date of their own when no cycle is known to lend them one."""
    kr = subject.statement
    if kr.deadline is not None or is_task(kr):
        return
    draft = kr.text.strip().rstrip(" .;,")
    yield Problem(
        kr.span,
        subject.say(
            f"{label(subject)} n'a pas d'échéance : quand vous verrez qu'il est en retard, il sera trop tard.",
            f"{label(subject)} has no date: by the time you see it slipping, it will be too late.",
        ),
        subject.say(f"Ajoutez la date : « {draft} d'ici [date] ».", f"Add the date: “{draft} by [date]”."),
        confidence=0.9,
    )


@rule(
    "kr-yes-or-no",
    family="key_result",
    severity="warning",
    title=Both(fr="Un Key Result avance par degrés", en="A key result moves by degrees"),
    why=Both(
        fr="Ce qui est obtenu ou ne l'est pas reste à zéro jusqu'au dernier jour : le suivi hebdomadaire n'apprend rien, et on ne sait pas quand changer de cap.",
        en="What is either won or not stays at zero until the last day: the weekly check-in teaches nothing, and nobody knows when to change course.",
    ),
    sources=(
        article("Un Key Result est quantitatif et répond à « Qu'est-ce qui aura changé de manière observable ? »."),
        google("A key result is graded on a scale from nothing to fully reached; done or not done leaves nothing in between."),
    ),
    bad=Both(
        fr=("Obtenir la certification ISO 27001 d'ici fin T3", "Décrocher le label Solution RH de l'année avant décembre"),
        en=("Obtain the ISO 27001 certification by the end of Q3", "Win the HR Software of the Year award by December"),
    ),
    good=Both(
        fr=(
            "Jalon : obtenir la certification ISO 27001 d'ici fin T3",
            "Ramener de 34 % à 15 % la part des deals Enterprise perdus faute de certification d'ici fin T3",
        ),
        en=(
            "Milestone: obtain the ISO 27001 certification by the end of Q3",
            "Cut the share of Enterprise deals lost for lack of a certificate from 34% to 15% by the end of Q3",
        ),
    ),
    unless=TASK_OR_EMPTY,
)
def kr_yes_or_no(subject: Subject) -> Iterator[Problem]:
    """Find events that happen or not; a milestone is accepted when the author calls it one."""
    kr = subject.statement
    if kr.event is None or kr.target is not None or kr.milestone:
        return
    yield Problem(
        kr.event.span,
        subject.say(
            f"{label(subject)} ne connaît que oui ou non : jusqu'au dernier jour, rien ne dira si vous vous en approchez.",
            f"{label(subject)} knows only yes or no: until the last day nothing will tell whether you are getting closer.",
        ),
        subject.say(
            f"Mesurez ce que « {kr.event.text} » doit changer (deals débloqués, délai, win rate…), ou déclarez-le comme un jalon : « Jalon : {kr.text} ».",
            f"Measure what “{kr.event.text}” should change (deals unblocked, time, win rate…), or declare it: “Milestone: {kr.text}”.",
        ),
        confidence=0.8,
    )


@rule(
    "kr-individual",
    family="key_result",
    severity="warning",
    title=Both(fr="Un Key Result engage une équipe, pas une personne", en="A key result commits a team, not a person"),
    why=Both(
        fr="Le résultat d'une seule personne se lit comme une évaluation : on le choisit sûr plutôt qu'utile, et le reste de l'équipe ne s'en sent pas comptable.",
        en="One person's result reads like an appraisal: people pick a safe one over a useful one, and the rest of the team does not feel answerable.",
    ),
    sources=(
        article(
            "Les OKR individuels ressemblent trop à une liste de tâches et se confondent avec l'évaluation ; la responsabilité est collective."
        ),
    ),
    bad=Both(
        fr=(
            "Julie fait passer le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
            "Porter mon taux de renouvellement Enterprise de 71 % à 85 % d'ici fin juin",
        ),
        en=(
            "Sarah raises the win rate against Orbeo from 24% to 32% by the end of Q3",
            "Raise my Enterprise renewal rate from 71% to 85% by the end of June",
        ),
    ),
    good=Both(
        fr=(
            "Faire passer le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
            "Porter le taux de renouvellement Enterprise de 71 % à 85 % d'ici fin juin",
        ),
        en=(
            "Raise the win rate against Orbeo from 24% to 32% by the end of Q3",
            "Raise the Enterprise renewal rate from 71% to 85% by the end of June",
        ),
    ),
)
def kr_individual(subject: Subject) -> Iterator[Problem]:
    """Find key results that one person owns in their very words; an owner named beside the key result is fine."""
    person = subject.statement.person
    if person is None:
        return
    yield Problem(
        person.span,
        subject.say(
            f"{label(subject)} ne tient qu'à une personne (« {person.text} ») : le reste de l'équipe n'a pas de raison d'y contribuer.",
            f"{label(subject)} hangs on one person (“{person.text}”): the rest of the team has no reason to help.",
        ),
        subject.say(
            "Écrivez le résultat de l'équipe, et gardez le nom de cette personne dans la colonne « responsable ».",
            "Write the team's result, and keep that person's name in the “owner” column.",
        ),
        confidence=0.85,
    )
