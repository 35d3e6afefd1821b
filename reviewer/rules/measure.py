"""Rules on what a key result measures: something that matters, one thing, said so that it can be compared."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.catalogue import CatalogueMetric
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics
from reviewer.language.quantities import CURRENCIES
from reviewer.okr import KeyResult
from reviewer.rules.key_result import TASK_OR_EMPTY, from_to, label, words_at
from reviewer.rules.rule import Both, Problem, Subject, rule
from reviewer.rules.sources import article, google, grove, ries

WIN_RATES = frozenset({"win-rate", "competitive-win-rate"})
"""Measures that say little without a segment or a competitor; other measures are merely sharper with one."""

_QUALIFYING_WORDS = 3
"""Words between a measure and its figure from which the draft has said on what it bears ("win rate in food processing")."""

_DURATION_UNITS = frozenset({"days", "hours", "minutes", "seconds"})
"""Units of the catalogue's durations; the units of quantities are more, and singular."""

_LENGTHS_OF_TIME = frozenset({"millisecond", "second", "minute", "hour", "day", "week", "month", "year"})

_SHARE_WORDS = frozenset(
    ["rate", "rates", "ratio", "share", "percentage", "proportion", "taux", "part", "parts", "pourcentage", "conversion"]
)


def known_measure(kr: KeyResult) -> CatalogueMetric | None:
    """Give what the catalogue knows about the measure on which the target bears.

    None when the target is of another kind than that measure: in "the share of new users who finish a stock
    count: 62 %", new users are counted in heads, so the percentage is not theirs.
    """
    known = known_metrics().get(kr.metric.id) if kr.metric and kr.metric.id else None
    target = kr.target
    if known is None or target is None or target.relative:
        return known
    if target.unit in ("percent", "points"):
        fits = known.unit not in ("money", "count", "rank", *_DURATION_UNITS)
    elif target.unit in CURRENCIES:
        fits = known.unit == "money"
    elif target.unit in _LENGTHS_OF_TIME:
        fits = known.unit in _DURATION_UNITS
    else:
        fits = True
    return known if fits else None


def is_rate(kr: KeyResult) -> bool:
    """Tell a measure that is itself a percentage: by the catalogue, else by the draft's own word for it."""
    known = known_measure(kr)
    if known is not None:
        return known.unit == "percent"
    return kr.metric is not None and not _SHARE_WORDS.isdisjoint(fold(kr.metric.text).text.split())


@rule(
    "kr-vanity-metric",
    family="key_result",
    severity="warning",
    title=Both(fr="Un Key Result compte ce qui profite à quelqu'un", en="A key result counts what does somebody good"),
    why=Both(
        fr="Des impressions, des abonnés ou des inscrits s'achètent : le chiffre peut doubler sans une démo, un client ou un euro de plus.",
        en="Impressions, followers and registrants can be bought: the figure can double without one more demo, customer or euro.",
    ),
    sources=(
        article(
            "Toutes les métriques que l'on suit au quotidien n'ont pas vocation à devenir des KR ; les KR sont des KPI, choisis pour leur poids stratégique."
        ),
        ries("Vanity metrics make a team look good but change no decision; actionable ones show what an action caused."),
    ),
    bad=Both(
        fr=(
            "Atteindre 500 000 impressions sur LinkedIn au T3",
            "Passer de 8 000 à 12 000 abonnés LinkedIn d'ici fin juin",
            "Augmenter les pages vues de 30 000 à 45 000 d'ici fin T3",
        ),
        en=(
            "Reach 500,000 LinkedIn impressions in Q3",
            "Grow LinkedIn followers from 8,000 to 12,000 by the end of June",
            "Increase page views from 30,000 to 45,000 by the end of Q3",
        ),
    ),
    good=Both(
        fr=(
            "60 demandes de démo qualifiées venues de LinkedIn au T3",
            "Porter le taux de conversion de la page tarifs de 1,8 % à 3 % d'ici fin T3",
        ),
        en=("60 qualified demo requests from LinkedIn in Q3", "Raise pricing page conversion from 1.8% to 3% by the end of Q3"),
    ),
    unless=TASK_OR_EMPTY,
)
def kr_vanity_metric(subject: Subject) -> Iterator[Problem]:
    """Find targets on measures that could double with nobody better off, unless a next step is measured too."""
    kr = subject.statement
    known = known_measure(kr)
    if kr.metric is not None and known is not None and known.vanity and kr.target is not None and not _next_step_measured(kr):
        counted, following = kr.metric.text, next((name for name in known.drives if name in known_metrics()), None)
        span = kr.metric.span
    elif kr.vanity is not None and not _next_step_measured(kr):
        counted, following, span = kr.vanity.text, None, kr.vanity.span
    else:
        return
    step = f" ({known_metrics()[following].text(subject.language).name})" if following else ""
    yield Problem(
        span,
        subject.say(
            f"{label(subject)} compte « {counted} » : ce chiffre peut doubler sans que personne n'y gagne.",
            f"{label(subject)} counts “{counted}”: the figure can double with nobody better off.",
        ),
        subject.say(
            f"Visez plutôt l'étape que cela déclenche{step} : « de [valeur actuelle] à [cible] ».",
            f"Aim at the step that it sets off instead{step}: “from [current value] to [target]”.",
        ),
        confidence=0.85,
    )


def _next_step_measured(kr: KeyResult) -> bool:
    catalogue = known_metrics()
    return any(each.id in catalogue and not catalogue[each.id].vanity for each in kr.metrics if each.id)


@rule(
    "kr-several-metrics",
    family="key_result",
    severity="warning",
    title=Both(fr="Un Key Result ne mesure qu'une chose", en="A key result measures one thing"),
    why=Both(
        fr="Quand une mesure est atteinte et l'autre non, le Key Result n'est ni gagné ni perdu, et la discussion remplace le suivi.",
        en="When one measure is reached and the other is not, the key result is neither won nor lost, and debate replaces tracking.",
    ),
    sources=(
        google("Each key result gets one grade, and the objective the average of them; two measures in one have no single grade."),
        grove("At the end you can look and, without any argument, say whether it was done or not."),
    ),
    bad=Both(
        fr=(
            "Porter le win rate face à Orbeo de 24 % à 32 % et le NPS de 22 à 30 d'ici fin T3",
            "Réduire le churn de 4 % à 3 % et augmenter le panier moyen de 900 € à 1 100 € d'ici fin T4",
        ),
        en=(
            "Raise the win rate against Orbeo from 24% to 32% and NPS from 22 to 30 by the end of Q3",
            "Cut logo churn from 4% to 3% and grow deal size from €9,000 to €11,000 by the end of Q4",
        ),
    ),
    good=Both(
        fr=("Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3", "Réduire le churn de 4 % à 3 % d'ici fin T4"),
        en=("Raise the win rate against Orbeo from 24% to 32% by the end of Q3", "Cut logo churn from 4% to 3% by the end of Q4"),
    ),
    unless=TASK_OR_EMPTY,
)
def kr_several_metrics(subject: Subject) -> Iterator[Problem]:
    """Find two measures, each with its own target, in one key result; the second is quoted."""
    parts = subject.statement.several
    if len(parts) < 2:
        return
    yield Problem(
        parts[1].span,
        subject.say(
            f"{label(subject)} mesure plusieurs choses : si une seule est atteinte, personne ne saura s'il est gagné.",
            f"{label(subject)} measures more than one thing: if only one is reached, nobody will know whether it was won.",
        ),
        subject.say(
            f"Gardez la mesure qui prouve le mieux l'objectif, et faites de « {parts[1].text} » un Key Result à part ou un garde-fou.",
            f"Keep the measure that best proves the objective, and make “{parts[1].text}” a key result of its own or a guardrail.",
        ),
        confidence=0.85,
    )


@rule(
    "kr-percent-or-points",
    family="key_result",
    severity="advice",
    title=Both(
        fr="Un taux progresse en points ou en pourcentage, et le Key Result dit lequel",
        en="A rate moves by points or by percent, and the key result says which",
    ),
    why=Both(
        fr="Sur un taux, une hausse en pourcentage se lit de deux façons, et l'écart entre les deux peut valoir un trimestre de travail.",
        en="On a rate, a rise in percent reads two ways, and the gap between them can be a quarter's work.",
    ),
    sources=(article("L'exemple d'OKR sur le win rate progresse en points, par rapport au trimestre précédent."),),
    bad=Both(
        fr=("Taux d'activation des comptes PME : +5 % d'ici fin T3", "Win rate face à Orbeo en hausse de +8 % d'ici fin juin"),
        en=(
            "Increase the activation rate of SMB accounts by 5% by the end of Q3",
            "Grow trial-to-paid conversion by 8% by the end of June",
        ),
    ),
    good=Both(
        fr=(
            "Taux d'activation des comptes PME : de 42 % à 47 % d'ici fin T3",
            "Win rate face à Orbeo : +8 points d'ici fin juin (24 % aujourd'hui)",
        ),
        en=(
            "Raise the activation rate of SMB accounts from 42% to 47% by the end of Q3",
            "Grow trial-to-paid conversion by 8 points by the end of June (currently 21%)",
        ),
    ),
    unless=TASK_OR_EMPTY,
)
def kr_percent_or_points(subject: Subject) -> Iterator[Problem]:
    """Find "+5 %" on a rate with no start to settle what it means; "by a third" and "double" are plain."""
    kr = subject.statement
    target = kr.target
    if target is None or target.unit != "percent" or not target.relative or not any(c.isdigit() for c in target.text):
        return
    if not is_rate(kr):
        return
    levels = from_to(subject, subject.say("[valeur actuelle]", "[current value]"), subject.say("[cible]", "[target]"))
    yield Problem(
        target.span,
        subject.say(
            f"Dans {label(subject)}, « {target.text} » sur un taux se lit de deux façons : en points, ou en proportion de la valeur actuelle.",
            f"In {label(subject)}, “{target.text}” on a rate reads two ways: in points, or as a share of today's value.",
        ),
        subject.say(
            f"Donnez les deux niveaux, qui ne laissent aucun doute : « {levels} ».", f"Give both levels, which leave no doubt: “{levels}”."
        ),
        confidence=0.85,
    )


@rule(
    "kr-scope-missing",
    family="key_result",
    severity="advice",
    title=Both(fr="Un Key Result dit sur quoi porte sa mesure", en="A key result says what its measure bears on"),
    why=Both(
        fr="Un win rate sans segment, un pipeline influencé sans règle d'attribution ou une note sans répondants changent de valeur selon qui les calcule.",
        en="A win rate without a segment, an influenced pipeline without an attribution rule or a score without respondents changes with whoever computes it.",
    ),
    sources=(
        article(
            "Les exemples précisent le périmètre : « sur le segment Mid-Market », « sur les deals compétitifs », « lors de la prochaine enquête interne Sales »."
        ),
    ),
    bad=Both(
        fr=(
            "Faire passer le win rate de 24 % à 31 % d'ici fin T3",
            "Porter le pipeline influencé de 1,2 M€ à 1,8 M€ d'ici fin T4",
            "Faire passer le score de clarté du message de 6,2 à 8 d'ici fin juin",
        ),
        en=(
            "Raise the win rate from 24% to 31% by the end of Q3",
            "Grow influenced pipeline from €1.2M to €1.8M by the end of Q4",
            "Raise the message clarity score from 6.2 to 8 by the end of June",
        ),
    ),
    good=Both(
        fr=(
            "Faire passer le win rate Mid-Market de 24 % à 31 % d'ici fin T3",
            "Porter le pipeline influencé (attribution multi-touch) de 1,2 M€ à 1,8 M€ d'ici fin T4",
            "Faire passer le score de clarté du message auprès des acheteurs de 6,2 à 8 d'ici fin juin",
        ),
        en=(
            "Raise the Mid-Market win rate from 24% to 31% by the end of Q3",
            "Grow influenced pipeline (multi-touch attribution) from €1.2M to €1.8M by the end of Q4",
            "Raise the message clarity score among surveyed buyers from 6.2 to 8 by the end of June",
        ),
    ),
    unless=TASK_OR_EMPTY,
)
def kr_scope_missing(subject: Subject) -> Iterator[Problem]:
    """Find measures whose figure depends on a choice that the key result leaves open."""
    kr = subject.statement
    known = known_measure(kr)
    if kr.metric is None or known is None:
        return
    said = {phrase.kind for phrase in kr.scope}
    if known.id in WIN_RATES and said.isdisjoint({"segment", "competitor"}) and not _is_qualified(kr):
        lacking = subject.say("ni segment ni concurrent", "neither a segment nor a competitor")
        slot = subject.say("sur [segment] ou face à [concurrent]", "in [segment] or against [competitor]")
    elif "attribution" in known.scope and ("influenced" in known.id or "sourced" in known.id) and "attribution" not in said:
        lacking = subject.say("aucune règle d'attribution", "no attribution rule")
        slot = subject.say("(attribution : [règle])", "(attribution: [rule])")
    elif "respondents" in known.scope and said.isdisjoint({"respondents", "segment"}) and kr.who is None:
        lacking = subject.say("aucun répondant", "nobody who is asked")
        slot = subject.say("auprès de [répondants]", "among [respondents]")
    else:
        return
    yield Problem(
        kr.metric.span,
        subject.say(
            f"{label(subject)} ne nomme {lacking} : chacun pourra calculer « {kr.metric.text} » à sa façon.",
            f"{label(subject)} names {lacking}: everyone can compute “{kr.metric.text}” their own way.",
        ),
        subject.say(f"Précisez le périmètre : « {kr.metric.text} {slot} ».", f"Say what it bears on: “{kr.metric.text} {slot}”."),
        confidence=0.8,
    )


def _is_qualified(kr: KeyResult) -> bool:
    """Tell that words the facts do not name stand between the measure and its first figure."""
    if kr.metric is None:
        return False
    place = kr.metric.span[1]
    figure = min((each.span[0] for each in kr.quantities if each.span[0] >= place), default=place)
    return len(words_at(kr, (place, figure)).split()) >= _QUALIFYING_WORDS
