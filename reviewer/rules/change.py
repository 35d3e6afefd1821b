"""Rules on the change a key result asks for: from where, which way, and far enough to be worth a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reviewer.okr import KeyResult, Span
from reviewer.rules.key_result import TASK_OR_EMPTY, from_to, has_slot, label, words_at
from reviewer.rules.measure import known_measure
from reviewer.rules.rule import Both, Problem, Subject, rule
from reviewer.rules.sources import article, doerr, google, grove, wodtke

MAY_PASS_100 = frozenset(
    {
        "nrr",  # expansion can outweigh churn
        "revenue-growth",  # sales can more than double
        "quota-attainment",  # a quota can be beaten
        "pipeline-coverage",  # pipeline is compared with a target, not a part of it
        "roi",  # a return can exceed what was spent
        "campaign-roi",  # likewise
        "roas",  # likewise, written as a percentage by some tools
        "ltv-cac",  # two amounts compared
        "magic-number",  # likewise
        "tickets-per-account",  # several per account
        "attach-rate",  # several add-ons per sale
        "seat-utilisation",  # seats used beyond the contract
        "budget-variance",  # a budget can be overrun more than twofold
        "employee-turnover",  # leavers in a year can outnumber the posts
    }
)
"""Rates of the catalogue that compare two quantities instead of counting a part of one."""

TRIVIAL_CHANGE = 0.05
"""Share of the starting value under which a change drowns in a quarter's noise (our figure: 78 % to 80 % is 2.6 %)."""

SMALL_STEP = 0.2
"""Share of the gap to the best possible value under which the step is small (our figure)."""


class Levels(NamedTuple):
    """Hold where a key result starts and where it is to go, both as levels in one unit."""

    start: float
    goal: float
    start_text: str
    goal_text: str


def levels(kr: KeyResult) -> Levels | None:
    """Give the two levels when both are stated and comparable; days against hours are not."""
    target, baseline = kr.target, kr.baseline
    if target is None or target.value is None or target.relative or baseline is None or baseline.value is None or baseline.kind != "stated":
        return None
    begin = next((each for each in kr.quantities if each.span == baseline.span), None)
    units = {each.unit for each in (begin, target) if each is not None and each.unit not in (None, "count", "score")}
    if len(units) > 1:
        return None
    return Levels(baseline.value, target.value, baseline.text or "", target.text)


def _with_measure(kr: KeyResult, span: Span) -> Span:
    """Take in the name of the measure when it stands right before: “NPS ≥ 40” rather than “≥ 40”."""
    if kr.metric is not None and 0 <= span[0] - kr.metric.span[1] <= 3:
        return kr.metric.span[0], span[1]
    return span


def _bare(text: str) -> str:
    return text.lstrip("≥≤<>=~ \u00a0\u202f")


@rule(
    "kr-no-baseline",
    family="key_result",
    severity="warning",
    title=Both(fr="Un Key Result dit d'où il part", en="A key result says where it starts"),
    why=Both(
        fr="Une cible sans valeur de départ ne dit pas l'effort à fournir : elle peut être déjà atteinte, ou hors de portée.",
        en="A target without a start does not tell the effort: it may be reached already, or out of reach.",
    ),
    sources=(
        article(
            "Les exemples donnent la valeur de départ : « 75% (vs 30% aujourd'hui) », « de 45 à 35 jours », « 70% (vs 25% en baseline) »."
        ),
        grove("A plan answers two questions: where do I want to go, and how will I pace myself to see whether I am getting there?"),
    ),
    bad=Both(
        fr=(
            "NPS ≥ 40 d'ici fin T3",
            "Atteindre un taux d'activation de 60 % sur les comptes PME d'ici fin juin",
            "Win rate face à Orbeo : +8 points vs trimestre précédent d'ici fin T3",
        ),
        en=(
            "NPS of at least 40 by the end of Q3",
            "Reach an activation rate of 60% for SMB accounts by the end of June",
            "Win rate against Orbeo up 8 points vs. last quarter by the end of Q3",
        ),
    ),
    good=Both(
        fr=(
            "Faire passer le NPS de 28 à 40 d'ici fin T3",
            "Atteindre un taux d'activation de 60 % sur les comptes PME d'ici fin juin (45 % aujourd'hui)",
        ),
        en=(
            "Raise NPS from 28 to 40 by the end of Q3",
            "Reach an activation rate of 60% for SMB accounts by the end of June (currently 45%)",
        ),
    ),
    unless=TASK_OR_EMPTY,
)
def kr_no_baseline(subject: Subject) -> Iterator[Problem]:
    """Find levels and relative changes that start from nowhere; a named period without its value is only advice."""
    kr = subject.statement
    target, baseline = kr.target, kr.baseline
    if kr.nature != "outcome" or target is None or baseline is None:
        return
    today = subject.say("[valeur actuelle]", "[current value]")
    if baseline.kind == "none" and kr.placeholder is not None and has_slot(kr):
        yield Problem(
            kr.placeholder.span,
            subject.say(
                f"{label(subject)} attend encore son point de départ : « {kr.placeholder.text} ».",
                f"{label(subject)} still waits for its starting point: “{kr.placeholder.text}”.",
            ),
            subject.say(
                "Mettez la valeur d'aujourd'hui à la place des crochets, avant le début du cycle.",
                "Put today's value in place of the brackets, before the cycle starts.",
            ),
            confidence=0.9,
            severity="advice",
        )
    elif baseline.kind == "reference" and baseline.text:
        yield Problem(
            target.span,
            subject.say(
                f"{label(subject)} se compare (« {baseline.text} ») sans donner la valeur de départ : chacun partira de son propre chiffre.",
                f"{label(subject)} compares itself (“{baseline.text}”) without the value it starts from: everyone will start from a figure of their own.",
            ),
            subject.say(
                f"Ajoutez cette valeur : « {target.text} {baseline.text} ({today}) ».",
                f"Add that value: “{target.text} {baseline.text} ({today})”.",
            ),
            confidence=0.8,
            severity="advice",
        )
    elif baseline.kind == "none" and target.relative:
        goal = subject.say("[cible]", "[target]")
        yield Problem(
            target.span,
            subject.say(
                f"{label(subject)} n'a pas de point de départ : « {target.text} » ne veut rien dire tant qu'on ignore de quelle valeur il part.",
                f"{label(subject)} has no starting point: “{target.text}” means nothing until we know from which value.",
            ),
            subject.say(
                f"Dites de quelle valeur vous partez : « {from_to(subject, today, goal)} ».",
                f"Say from which value: “{from_to(subject, today, goal)}”.",
            ),
            confidence=_sure_of_start(kr),
        )
    elif baseline.kind == "none":
        span = _with_measure(kr, target.span)
        yield Problem(
            span,
            subject.say(
                f"{label(subject)} n'a pas de point de départ : sans la valeur d'aujourd'hui, « {words_at(kr, span)} » peut être un exploit ou chose faite.",
                f"{label(subject)} has no starting point: without today's value, “{words_at(kr, span)}” may be a feat or already done.",
            ),
            subject.say(
                f"Écrivez : « {from_to(subject, today, _bare(target.text))} ».",
                f"Write: “{from_to(subject, today, _bare(target.text))}”.",
            ),
            confidence=_sure_of_start(kr),
        )


def _sure_of_start(kr: KeyResult) -> float:
    """Say how often a missing start is truly missing, by what the target is made of (benchmarks/accuracy.py, all sets)."""
    target = kr.target
    assert target is not None  # only asked of key results that have one
    if target.value == 0:
        return 0.62
    if target.unit in ("percent", "points", "factor", "score", "star"):
        return 0.93
    if target.relative:
        return 0.62
    return 0.8 if target.unit in ("count", None) or target.comparator is None else 0.85


@rule(
    "kr-wrong-direction",
    family="key_result",
    severity="error",
    title=Both(
        fr="Le verbe et les chiffres d'un Key Result vont dans le même sens", en="The verb and the numbers of a key result go the same way"
    ),
    why=Both(
        fr="Quand les mots et les chiffres se contredisent, deux équipes peuvent travailler en sens inverse en croyant viser la même cible.",
        en="When words and numbers contradict each other, two teams can work in opposite directions and believe they share a target.",
    ),
    sources=(
        grove("At the end you can look and, without any argument, say whether it was done or not."),
        article("Un Key Result dit ce qui aura changé de manière observable."),
    ),
    bad=Both(
        fr=(
            "Réduire le churn de 5 % à 8 % d'ici fin T3",
            "Augmenter le NPS de 40 à 40 d'ici fin juin",
            "Porter le taux de renouvellement Enterprise de 88 % à 120 % d'ici fin T4",
            "Taux de churn : de 5 % à 8 % d'ici fin T3",
        ),
        en=(
            "Reduce churn from 5% to 8% by the end of Q3",
            "Increase NPS from 40 to 40 by the end of June",
            "Raise the Enterprise renewal rate from 88% to 120% by the end of Q4",
            "Churn from 5% to 8% by the end of Q3",
        ),
    ),
    good=Both(
        fr=("Réduire le churn de 8 % à 5 % d'ici fin T3", "Porter le NRR de 104 % à 112 % d'ici fin T4"),
        en=("Reduce churn from 8% to 5% by the end of Q3", "Raise NRR from 104% to 112% by the end of Q4"),
    ),
    unless=TASK_OR_EMPTY,
)
def kr_wrong_direction(subject: Subject) -> Iterator[Problem]:
    """Find numbers that contradict the verb, stand still or cannot be; without a verb, only ask."""
    kr = subject.statement
    target, known, ends = kr.target, known_measure(kr), levels(kr)
    if target is None:
        return
    share = target.share or (known is not None and known.kind == "rate" and known.id not in MAY_PASS_100)
    if share and target.unit == "percent" and not target.relative and (target.value or 0) > 100:
        start = kr.baseline.text if kr.baseline and kr.baseline.kind == "stated" else None
        yield Problem(
            target.span,
            subject.say(
                f"{label(subject)} vise « {target.text} » d'un tout : personne ne pourra l'atteindre.",
                f"{label(subject)} aims at “{target.text}” of a whole: nobody can reach it.",
            ),
            subject.say(
                f"Corrigez la cible, ou dites de quoi elle est une hausse : « {from_to(subject, start or '[valeur actuelle]', '[cible]')} ».",
                f"Correct the target, or say what it is a rise of: “{from_to(subject, start or '[current value]', '[target]')}”.",
            ),
            confidence=0.9,
        )
        return
    if ends is None or target.high is not None:
        return
    if ends.start == ends.goal:
        yield Problem(
            target.span,
            subject.say(
                f"{label(subject)} part de « {ends.start_text} » et vise « {ends.goal_text} » : rien n'aura changé en fin de trimestre.",
                f"{label(subject)} starts at “{ends.start_text}” and aims at “{ends.goal_text}”: nothing will have changed by the end of the quarter.",
            ),
            subject.say(
                f"Vérifiez la valeur de départ, puis choisissez une cible qui s'en éloigne : « {from_to(subject, ends.start_text, '[cible]')} ».",
                f"Check the starting value, then choose a target away from it: “{from_to(subject, ends.start_text, '[target]')}”.",
            ),
        )
        return
    way = "up" if ends.goal > ends.start else "down"
    moves = subject.say("montent" if way == "up" else "descendent", "rise" if way == "up" else "fall")
    if kr.verb_direction in ("up", "down") and kr.verb_direction != way:
        verb = kr.head.text if kr.head else subject.say("le verbe", "the verb")
        yield Problem(
            _from_start_to_target(kr),
            subject.say(
                f"{label(subject)} se contredit : « {verb} » dit l'inverse des chiffres, qui {moves} de {ends.start_text} à {_bare(ends.goal_text)}.",
                f"{label(subject)} contradicts itself: “{verb}” says the opposite of the numbers, which {moves} from {ends.start_text} to {_bare(ends.goal_text)}.",
            ),
            subject.say(
                f"Changez de verbe, ou inversez les deux valeurs : « {from_to(subject, _bare(ends.goal_text), ends.start_text)} ».",
                f"Change the verb, or swap the two values: “{from_to(subject, _bare(ends.goal_text), ends.start_text)}”.",
            ),
        )
    elif kr.verb_direction is None and known and known.good != way and kr.metric:
        yield Problem(
            _from_start_to_target(kr),
            subject.say(
                f"{label(subject)} fait {'monter' if way == 'up' else 'baisser'} « {kr.metric.text} » de {ends.start_text} à {_bare(ends.goal_text)}, d'ordinaire une mauvaise nouvelle : est-ce bien voulu ?",
                f"{label(subject)} makes “{kr.metric.text}” {'rise' if way == 'up' else 'fall'} from {ends.start_text} to {_bare(ends.goal_text)}, usually bad news: is that what you mean?",
            ),
            subject.say(
                f"Si ce n'est pas voulu, inversez les deux valeurs : « {from_to(subject, _bare(ends.goal_text), ends.start_text)} ».",
                f"If it is not, swap the two values: “{from_to(subject, _bare(ends.goal_text), ends.start_text)}”.",
            ),
            confidence=0.75,
            severity="warning",
        )


def _from_start_to_target(kr: KeyResult) -> Span:
    """Span both levels, wherever they stand."""
    places = [each.span for each in (kr.baseline, kr.target) if each is not None and each.span is not None]
    return (min(a for a, _ in places), max(b for _, b in places)) if places else kr.span


@rule(
    "kr-keeps-level",
    family="key_result",
    severity="advice",
    title=Both(fr="Un Key Result change quelque chose ; un KPI se surveille", en="A key result changes something; a KPI is watched"),
    why=Both(
        fr="Un niveau à tenir demande de la vigilance, pas un effort nouveau : il prend la place d'un changement que le trimestre aurait pu prouver.",
        en="A level to hold asks for vigilance, not for a new effort: it takes the place of a change the quarter could have proved.",
    ),
    sources=(
        article("Un OKR est un cadre temporel et ambitieux ; un KPI est un indicateur de performance continu."),
        wodtke("Keep health metrics, which must not get worse, beside the OKR and review them with it."),
        grove("Pair an indicator with one that guards against its side effects."),
    ),
    bad=Both(
        fr=("Maintenir le NRR au-dessus de 110 % au T3", "Garder le churn sous 2 % d'ici fin T4"),
        en=("Maintain NRR above 110% in Q3", "Keep logo churn below 2% through Q4"),
    ),
    good=Both(
        fr=("Faire passer le NRR de 104 % à 112 % d'ici fin T3", "Ramener le churn de 3,4 % à 2 % d'ici fin T4"),
        en=("Raise NRR from 104% to 112% by the end of Q3", "Bring logo churn down from 3.4% to 2% by the end of Q4"),
    ),
    contested=Both(
        fr="Christina Wodtke suit des « health metrics » à côté des Key Results, et John Doerr admet des OKR « committed » à tenir à coup sûr : un seuil à ne pas franchir peut être un bon garde-fou.",
        en="Christina Wodtke keeps “health metrics” beside the key results, and John Doerr accepts “committed” OKRs that must be met: a line not to cross can be a good guardrail.",
    ),
    unless=TASK_OR_EMPTY,
)
def kr_keeps_level(subject: Subject) -> Iterator[Problem]:
    """Find levels to hold; a fair guardrail, so this advises and never condemns."""
    kr = subject.statement
    if kr.baseline is None or kr.baseline.kind != "kept" or kr.target is None:
        return
    measure = kr.metric.text if kr.metric else words_at(kr, kr.target.span)
    yield Problem(
        kr.target.span,
        subject.say(
            f"{label(subject)} tient un niveau : il sera réussi si rien ne bouge, et ne prouvera donc pas que l'objectif a avancé.",
            f"{label(subject)} holds a level: it is met if nothing moves, and so will not prove that the objective moved.",
        ),
        subject.say(
            f"Suivez « {measure} » comme KPI ou garde-fou à côté de l'OKR, et gardez cette place pour un changement.",
            f"Watch “{measure}” as a KPI or guardrail beside the OKR, and keep this place for a change.",
        ),
        confidence=0.8,
    )


@rule(
    "kr-not-ambitious",
    family="key_result",
    severity="advice",
    title=Both(fr="Un Key Result vise plus loin que le bruit du trimestre", en="A key result aims beyond a quarter's noise"),
    why=Both(
        fr="Un écart minime peut venir du hasard ou d'un seul gros client : réussi ou manqué, il n'apprend rien à l'équipe.",
        en="A tiny change may come from chance or one large customer: reached or missed, it teaches the team nothing.",
    ),
    sources=(
        article("Viser 70 % de réussite : atteindre toujours 100 % veut dire que les OKR ne sont pas assez ambitieux."),
        google("The sweet spot for a grade is 60 to 70 percent; always reaching the top means aiming too low."),
        doerr("Key results are aggressive yet realistic; stretch goals ask for more than business as usual."),
    ),
    bad=Both(
        fr=("Faire passer le taux de renouvellement Enterprise de 78 % à 80 % d'ici fin T4", "Augmenter le NPS de 41 à 42 d'ici fin juin"),
        en=("Raise the Enterprise renewal rate from 78% to 80% by the end of Q4", "Increase NPS from 41 to 42 by the end of June"),
    ),
    good=Both(
        fr=(
            "Faire passer le taux de renouvellement Enterprise de 78 % à 88 % d'ici fin T4",
            "Augmenter la disponibilité de la plateforme de 99,5 % à 99,9 % d'ici fin juin",
        ),
        en=(
            "Raise the Enterprise renewal rate from 78% to 88% by the end of Q4",
            "Increase platform uptime from 99.5% to 99.9% by the end of June",
        ),
    ),
    unless=(*TASK_OR_EMPTY, "kr-wrong-direction"),
)
def kr_not_ambitious(subject: Subject) -> Iterator[Problem]:
    """Find changes too small to tell from noise; near the end of a scale, a small step may be a great one."""
    kr = subject.statement
    ends = levels(kr)
    if ends is None or ends.start == 0 or ends.goal == ends.start:
        return
    change = abs(ends.goal - ends.start)
    if change / abs(ends.start) >= TRIVIAL_CHANGE:
        return
    best = _best_value(kr, ends)
    if best is not None and abs(best - ends.start) and change / abs(best - ends.start) >= SMALL_STEP:
        return
    yield Problem(
        _from_start_to_target(kr),
        subject.say(
            f"{label(subject)} va de {ends.start_text} à {_bare(ends.goal_text)} : un écart si petit peut n'être que du hasard.",
            f"{label(subject)} goes from {ends.start_text} to {_bare(ends.goal_text)}: so small a change may be mere chance.",
        ),
        subject.say(
            f"Choisissez une cible que vous n'êtes pas sûrs d'atteindre : « {from_to(subject, ends.start_text, '[cible ambitieuse]')} ».",
            f"Choose a target you are not sure to reach: “{from_to(subject, ends.start_text, '[ambitious target]')}”.",
        ),
        confidence=0.7,
    )


def _best_value(kr: KeyResult, ends: Levels) -> float | None:
    """Give the end of the scale towards which the measure moves, when it has one."""
    known = known_measure(kr)
    percent = kr.unit == "percent" and not (known and known.id in MAY_PASS_100)
    top = kr.target.out_of if kr.target and kr.target.out_of else 100.0 if percent else None
    if top is None and known and known.kind == "score" and known.unit == "score" and max(ends.start, ends.goal) <= 10:
        top = 5.0 if max(ends.start, ends.goal) <= 5 else 10.0
    if top is None or max(ends.start, ends.goal) > top:
        return None
    return top if ends.goal > ends.start else 0.0
