"""Rules on an objective: one wanted state, in words that make people want to get there."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.rules.rule import Both, Problem, Skip, Subject, rule
from reviewer.rules.sources import article, doerr, google, grove, wodtke

LONGEST = 25
"""Words that people still remember as one objective (our figure)."""

TOPIC_WORDS = 5
"""Words up to which a bare noun is believed to be one: in 2,400 labelled statements no topic is longer (corpus/labelled)."""

SURE = 0.7
"""Certainty under which a reading only advises."""


def _nothing_to_read(subject: Subject) -> Skip | None:
    if subject.objective.text.strip():
        return None
    return Skip(subject.say("le texte ne nomme aucun objectif", "the draft names no objective"))


@rule(
    "objective-has-metric",
    family="objective",
    severity="warning",
    title=Both(
        fr="L'objectif donne la direction, les Key Results donnent les chiffres",
        en="The objective gives the direction, the key results the numbers",
    ),
    why=Both(
        fr="Un chiffre dans l'objectif devient le seul que l'on retienne : les Key Results ne prouvent plus rien, et l'envie cède la place au quota.",
        en="A number in the objective becomes the only one people recall: the key results prove nothing more, and desire gives way to a quota.",
    ),
    sources=(
        article("L'Objective est qualitatif, inspirant, ambitieux ; les Key Results sont quantitatifs."),
        wodtke("An objective is qualitative and inspires; the numbers belong to the key results."),
        doerr("An objective says what is to be achieved, concrete and significant; some of his examples hold a number."),
    ),
    bad=Both(
        fr=(
            "Atteindre 30 % de parts de marché sur le segment Mid-Market",
            "Faire passer le NRR de 104 % à 115 %",
            "Générer 2 M€ de pipeline",
        ),
        en=("Reach 30% market share in the Mid-Market segment", "Raise NRR from 104% to 115%", "Generate €2M of pipeline"),
    ),
    good=Both(
        fr=(
            "Devenir la référence que les équipes RH recommandent à leurs pairs",
            "Donner aux Sales les armes pour gagner les deals compétitifs",
        ),
        en=("Become the product that HR teams recommend to their peers", "Give reps what they need to win competitive deals"),
    ),
    contested=Both(
        fr="John Doerr admet un chiffre dans un objectif, Christina Wodtke n'en veut pas.",
        en="John Doerr accepts a number in an objective, Christina Wodtke does not.",
    ),
)
def objective_has_metric(subject: Subject) -> Iterator[Problem | Skip]:
    """Find numbers to reach in the objective: they belong one line below, where they can be graded."""
    if skip := _nothing_to_read(subject):
        yield skip
        return
    target = subject.objective.target
    if target is None or (target.value == 0 and not any(c.isdigit() for c in target.text)):  # "no rival", "aucun doute"
        return
    yield Problem(
        target.span,
        subject.say(
            f"L'objectif porte déjà un chiffre (« {target.text} ») : c'est un Key Result, et il ne reste plus rien à désirer au-dessus.",
            f"The objective already bears a number (“{target.text}”): it is a key result, and nothing is left above it to wish for.",
        ),
        subject.say(
            f"Descendez « {target.text} » dans un Key Result, et dites ici ce qui sera devenu vrai pour vos clients ou vos Sales.",
            f"Move “{target.text}” down to a key result, and say here what will have become true for your customers or reps.",
        ),
        confidence=0.85,
    )


@rule(
    "objective-is-task",
    family="objective",
    severity="warning",
    title=Both(fr="Un objectif décrit un état voulu, pas une initiative", en="An objective describes a wanted state, not an initiative"),
    why=Both(
        fr="Une initiative peut être livrée à temps sans servir à personne ; l'état voulu reste vrai même si vous changez de moyen en route.",
        en="An initiative can be delivered on time and serve nobody; a wanted state holds even if you change the means on the way.",
    ),
    sources=(
        article(
            "Un objectif doit donner envie d'avancer, pas juste décrire une tâche : « Dans quel monde veut-on vivre dans trois mois ? »"
        ),
        wodtke(
            "An objective is a goal worth getting up for, not an item of a plan; “Launch an awesome MVP” is among her own examples all the same."
        ),
    ),
    bad=Both(
        fr=(
            "Publier la nouvelle page tarifs",
            "Organiser une série de webinaires pour les clients existants",
            "Mettre à jour les battlecards",
        ),
        en=("Publish the new pricing page", "Run a webinar series for existing customers", "Update the battlecards"),
    ),
    good=Both(
        fr=(
            "Faire de nos tarifs un argument de vente que les Sales aiment défendre",
            "Devenir le partenaire auquel nos clients pensent en premier",
        ),
        en=("Make our pricing an argument that reps love to defend", "Become the partner our customers think of first"),
    ),
    contested=Both(
        fr="« Launch an awesome MVP » est un exemple de Christina Wodtke, et les objectifs de l'équipe de football de John Doerr sont aussi des choses à faire.",
        en="“Launch an awesome MVP” is Christina Wodtke's own example, and in John Doerr's football team some objectives are things to do as well.",
    ),
)
def objective_is_task(subject: Subject) -> Iterator[Problem | Skip]:
    """Find initiatives and deliverables in the objective's place; where the words leave a doubt, only advise."""
    if skip := _nothing_to_read(subject):
        yield skip
        return
    objective = subject.objective
    if objective.form != "task":
        return
    yield Problem(
        objective.span,
        subject.say(
            "L'objectif décrit une initiative : vous pourriez la mener à bien sans que rien ne change pour ceux qu'elle doit servir.",
            "The objective describes an initiative: you could complete it with nothing changed for the people it should serve.",
        ),
        subject.say(
            f"Écrivez ce qui sera devenu vrai une fois « {objective.text} » accompli, et gardez cette phrase dans le plan d'action.",
            f"Write what will have become true once “{objective.text}” is done, and keep that sentence in the plan.",
        ),
        confidence=objective.certainty,
        severity="advice" if objective.certainty < SURE else None,
    )


@rule(
    "objective-is-topic",
    family="objective",
    severity="warning",
    title=Both(fr="Un objectif est une phrase, pas un sujet", en="An objective is a sentence, not a topic"),
    why=Both(
        fr="Un sujet ne dit ni où aller ni pourquoi : chacun y range son travail en cours, et rien n'est écarté.",
        en="A topic says neither where to go nor why: everyone files their current work under it, and nothing is left out.",
    ),
    sources=(
        article("Un bon objectif répond à la question « Dans quel monde veut-on vivre dans trois mois ? »."),
        doerr("An objective says what is to be achieved; it is significant, concrete, and calls for action."),
    ),
    bad=Both(
        fr=("Documentation", "Sales enablement", "Intelligence concurrentielle"),
        en=("Documentation", "Sales enablement", "Competitive intelligence"),
    ),
    good=Both(
        fr=(
            "Chaque commercial sait répondre à nos concurrents sans appeler à l'aide",
            "Faire du sales enablement un réflexe avant chaque appel",
        ),
        en=("Every rep can answer our rivals without calling for help", "Make sales enablement the first reflex before every call"),
    ),
    unless=("objective-has-metric", "objective-is-task"),
)
def objective_is_topic(subject: Subject) -> Iterator[Problem | Skip]:
    """Find bare nouns: a heading to file work under gives no direction."""
    if skip := _nothing_to_read(subject):
        yield skip
        return
    objective = subject.objective
    if objective.form != "topic" or objective.word_count > TOPIC_WORDS:
        return
    yield Problem(
        objective.span,
        subject.say(
            f"« {objective.text} » est un sujet, pas un objectif : on ne sait ni où vous voulez aller, ni pour qui.",
            f"“{objective.text}” is a topic, not an objective: nobody can tell where you want to go, or for whom.",
        ),
        subject.say(
            "Dites ce qui sera devenu vrai à la fin du cycle : « [qui] peut [faire quoi] grâce à [quoi] ».",
            "Say what will have become true by the end of the cycle: “[who] can [do what] thanks to [what]”.",
        ),
        confidence=objective.certainty,
    )


@rule(
    "objective-several",
    family="objective",
    severity="advice",
    title=Both(fr="Un objectif se retient : il n'en contient qu'un", en="An objective is remembered: it holds only one"),
    why=Both(
        fr="Deux objectifs en un se disputent les mêmes semaines, et personne ne répète de mémoire une phrase trop longue.",
        en="Two objectives in one compete for the same weeks, and nobody repeats too long a sentence from memory.",
    ),
    sources=(
        grove(
            "A few well-chosen objectives give a clear message about what we say yes to and what we say no to; trying to focus on everything is focusing on nothing."
        ),
        article("En mettre trop transforme les OKR en liste de souhaits."),
    ),
    bad=Both(
        fr=(
            "Devenir la référence des équipes RH et réduire la dépendance aux remises",
            "Faire de notre produit le choix évident des directions financières de taille intermédiaire qui quittent leur tableur, partout en France, en Belgique et en Suisse, malgré les offres groupées de la concurrence",
        ),
        en=(
            "Become the reference for HR teams and reduce our dependence on discounts",
            "Make our product the obvious choice for mid-sized finance departments that are leaving their spreadsheets behind, everywhere in France, Belgium and Switzerland, despite the bundles of the competition",
        ),
    ),
    good=Both(
        fr=("Devenir la référence des équipes RH qui quittent leurs tableurs", "Vendre la valeur plutôt que la remise"),
        en=("Become the reference for HR teams leaving their spreadsheets behind", "Win deals on value instead of discounts"),
    ),
)
def objective_several(subject: Subject) -> Iterator[Problem | Skip]:
    """Find two objectives joined in one sentence, and sentences nobody could repeat."""
    if skip := _nothing_to_read(subject):
        yield skip
        return
    objective = subject.objective
    if len(objective.parts) >= 2:
        second = objective.parts[1]
        yield Problem(
            second.span,
            subject.say(
                "L'objectif en contient deux : le jour où il faudra choisir, l'équipe ne saura pas lequel passe devant.",
                "The objective holds two: on the day you must choose, the team will not know which comes first.",
            ),
            subject.say(
                f"Gardez celui qui compte le plus ce trimestre, et faites de « {second.text} » un autre objectif, ou laissez-le pour plus tard.",
                f"Keep the one that matters most this quarter, and make “{second.text}” another objective, or leave it for later.",
            ),
            confidence=0.75,
        )
    elif objective.word_count > LONGEST:
        yield Problem(
            objective.span,
            subject.say(
                "L'objectif est trop long pour être retenu : ce que personne ne répète de mémoire ne guide personne.",
                "The objective is too long to be remembered: what nobody repeats from memory guides nobody.",
            ),
            subject.say(
                "Gardez qui et quoi, et déplacez le reste dans le contexte ou dans les Key Results.",
                "Keep who and what, and move the rest to the context or to the key results.",
            ),
            confidence=0.8,
        )


@rule(
    "objective-not-ambitious",
    family="objective",
    severity="advice",
    title=Both(fr="Un objectif emmène ailleurs", en="An objective leads somewhere else"),
    why=Both(
        fr="Ce que l'équipe ferait de toute façon n'a pas besoin d'un OKR, et prend la place du changement qui en aurait besoin.",
        en="What the team would do anyway needs no OKR, and takes the place of the change that would.",
    ),
    sources=(
        article("L'Objective est ambitieux ; il doit donner envie d'avancer."),
        google("Objectives are ambitious and may feel somewhat uncomfortable."),
    ),
    bad=Both(
        fr=("Continuer à accompagner les Sales sur les deals compétitifs", "Maintenir la satisfaction de nos clients"),
        en=("Continue to support reps in competitive deals", "Maintain the satisfaction of our customers"),
    ),
    good=Both(
        fr=("Donner aux Sales une longueur d'avance dans chaque deal compétitif", "Faire de nos clients nos meilleurs ambassadeurs"),
        en=("Give reps a head start in every competitive deal", "Turn our customers into our best advocates"),
    ),
)
def objective_not_ambitious(subject: Subject) -> Iterator[Problem | Skip]:
    """Find business as usual: continue, maintain, keep."""
    if skip := _nothing_to_read(subject):
        yield skip
        return
    routine = subject.objective.routine
    if routine is None:
        return
    yield Problem(
        routine.span,
        subject.say(
            f"« {routine.text} » promet la même chose qu'aujourd'hui : l'OKR ne changera rien à ce que l'équipe fait déjà.",
            f"“{routine.text}” promises more of today: the OKR will change nothing in what the team does already.",
        ),
        subject.say(
            "Dites ce qui devra être différent à la fin du cycle, ou sortez ce travail courant de l'OKR.",
            "Say what must be different at the end of the cycle, or take this everyday work out of the OKR.",
        ),
        confidence=0.8,
    )
