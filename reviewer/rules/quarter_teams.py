"""Rules on what each team takes on in a quarter: how many objectives and measures, whose they are, how often they are looked at."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.rules import quarter_samples as samples
from reviewer.rules.quarter_rule import QuarterProblem, listed, places_of, quarter_rule, quoted, say, texts_of
from reviewer.rules.quarter_view import Quarter
from reviewer.rules.rule import Both, Skip
from reviewer.rules.sources import article, doerr, grove, wodtke

MOST_OBJECTIVES = 5
FEWEST_OBJECTIVES = 3
SEVERAL_TEAMS = 3
"""From here on a file is taken for the company's, in which a team with few objectives may have been left short."""
ONE_TEAM = 15
"""More objectives than this without a team's name are those of several teams, and nobody knows whose are too many."""
MOST_MEASURES = 8
TWO_WEEKS = 16
"""Days: twice a month, and the fortnight that French counts as fifteen days, are two-weekly too."""


@quarter_rule(
    "quarter-objective-count",
    severity="warning",
    title=Both(fr="Une équipe tient trois à cinq objectifs par trimestre", en="A team holds three to five objectives a quarter"),
    why=Both(
        fr="Au-delà de cinq objectifs, tout est prioritaire, donc rien ne l'est : l'énergie se disperse et chacun choisit pour soi.",
        en="Beyond five objectives everything is a priority, so nothing is: energy scatters and each chooses for themselves.",
    ),
    sources=(
        article("Au maximum trois à cinq objectifs par trimestre : les OKR servent d'abord à choisir."),
        doerr("Three to five objectives per cycle are enough to push hard on what matters."),
        grove("If we try to focus on everything, we focus on nothing."),
    ),
    bad=samples.COUNT_BAD,
    good=samples.COUNT_GOOD,
)
def quarter_objective_count(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Count a team's different objectives cycle by cycle; few of them are worth a word only where the whole company's are seen."""
    language = view.language
    teams = [each for each in view.teams() if each.objectives]
    named = {each.team for each in teams if each.team}
    for each in teams:
        count = each.objectives
        if count <= MOST_OBJECTIVES or (each.team is None and (named or count > ONE_TEAM)):
            continue
        who = say(language, f"L'équipe {quoted(each.team, 'fr')}", f"The team {quoted(each.team, 'en')}") if each.team else None
        objectives = view.objectives_of(each)
        yield QuarterProblem(
            places_of(objectives),
            say(
                language,
                f"{who or 'Ce trimestre'} poursuit {count} objectifs : personne ne saura lesquels comptent vraiment.",
                f"{who or 'This quarter'} pursues {count} objectives: nobody will know which of them really matter.",
            ),
            say(
                language,
                "Gardez les trois à cinq qui changeraient le plus de choses, et notez les autres pour le trimestre suivant.",
                "Keep the three to five that would change most, and note the others for the next quarter.",
            ),
            texts_of(objectives),
            team=each.team,
            confidence=1.0 if each.team else 0.7,
        )
    short = [each for each in teams if each.team and each.objectives < FEWEST_OBJECTIVES]
    if short and len(named) >= SEVERAL_TEAMS:
        firsts = [view.objectives_of(each)[0] for each in short]
        names = [*dict.fromkeys(each.team for each in short if each.team)]
        yield QuarterProblem(
            places_of(firsts),
            say(
                language,
                f"{'Des équipes ont' if len(names) > 1 else 'Une équipe a'} moins de trois objectifs : {listed(names, 'fr')}.",
                f"{'Some teams have' if len(names) > 1 else 'One team has'} fewer than three objectives: {listed(names, 'en')}.",
            ),
            say(
                language,
                "Vérifiez qu'aucune de leurs priorités ne manque au fichier ; une petite équipe peut très bien s'en tenir là.",
                "Check that none of their priorities is missing from the file; a small team may well leave it at that.",
            ),
            texts_of(firsts),
            team=names[0] if len(names) == 1 else None,
            confidence=0.7,
            severity="advice",
        )
    if not any(each.team or each.objectives <= ONE_TEAM for each in teams):
        yield Skip(
            say(
                language,
                "aucune équipe n'est nommée : on ne sait pas qui tient ces objectifs",
                "no team is named: whose objectives these are is unknown",
            )
        )


@quarter_rule(
    "quarter-individual",
    severity="warning",
    title=Both(fr="Les OKR appartiennent à des équipes", en="OKRs belong to teams"),
    why=Both(
        fr="Un OKR par personne finit en liste de tâches : chacun défend la sienne, et ce qui demande d'agir à plusieurs n'est à personne.",
        en="One OKR per person ends as a task list: each defends their own, and what takes several people is nobody's.",
    ),
    sources=(
        article("Des OKR d'entreprise, puis d'équipe ; les OKR individuels se lisent comme des listes de tâches."),
        wodtke("Set OKRs for the company and its teams; leave individual ones alone."),
    ),
    bad=samples.INDIVIDUAL_BAD,
    good=samples.INDIVIDUAL_GOOD,
)
def quarter_individual(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Find files in which most OKRs are a person's and no team's; a person who leads for a named team is as it should be."""
    language = view.language
    owners = view.owners()
    if not owners.named:
        yield Skip(say(language, "ni équipe ni responsable ne sont indiqués", "neither teams nor owners are named"))
        return
    count = len(owners.persons)
    if count < 2 or count * 2 <= owners.named:
        return
    yield QuarterProblem(
        tuple(each.said.place for each in owners.persons),
        say(
            language,
            f"{count} OKR sont portés par une personne et par aucune équipe : ils risquent de se lire comme des listes de tâches.",
            f"{count} OKRs are held by a person and by no team: they may well read as task lists.",
        ),
        say(
            language,
            "Regroupez-les par équipe, et gardez la personne comme responsable du suivi.",
            "Group them by team, and keep the person as the one who follows them up.",
        ),
        tuple(each.owner for each in owners.persons),
        confidence=0.8,
    )


@quarter_rule(
    "quarter-too-many-kpis",
    severity="advice",
    title=Both(fr="Une équipe suit huit mesures au plus", en="A team watches eight measures at most"),
    why=Both(
        fr="Un KPI est une mesure au poids stratégique : au-delà de huit, plus aucune n'en a, et le point hebdomadaire devient une lecture de chiffres.",
        en="A KPI is a measure with strategic weight: beyond eight none has any, and the weekly check-in becomes a reading of figures.",
    ),
    sources=(
        article("Des dizaines de métriques, mais cinq à huit KPI au plus ; les Key Results en font partie."),
        grove("Ask which five indicators you would look at every day: few, chosen ahead, and watched."),
    ),
    bad=samples.KPIS_BAD,
    good=samples.KPIS_GOOD,
)
def quarter_too_many_kpis(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Count a team's different measures; the same one on two segments is one measure."""
    language = view.language
    teams = [*view.teams()]
    named = any(each.team for each in teams)
    for each in teams:
        count = each.measures
        if count <= MOST_MEASURES or (each.team is None and (named or each.objectives > MOST_OBJECTIVES)):
            continue
        who = say(language, f"L'équipe {quoted(each.team, 'fr')}", f"The team {quoted(each.team, 'en')}") if each.team else None
        measures = view.measures_of(each)
        yield QuarterProblem(
            places_of(measures),
            say(
                language,
                f"{who or 'Ce trimestre'} suit {count} mesures différentes : trop pour qu'aucune ne guide les décisions.",
                f"{who or 'This quarter'} follows {count} different measures: too many for any of them to guide decisions.",
            ),
            say(
                language,
                "Retenez les cinq à huit qui comptent le plus, et laissez les autres au tableau de bord.",
                "Keep the five to eight that matter most, and leave the others to the dashboard.",
            ),
            texts_of(measures),
            team=each.team,
            confidence=0.9 if each.team else 0.7,
        )


@quarter_rule(
    "quarter-no-check-in",
    severity="advice",
    title=Both(fr="Les OKR se relisent toutes les semaines ou toutes les deux semaines", en="OKRs are looked at every week or two"),
    why=Both(
        fr="Relus une fois par mois ou par trimestre, les OKR n'apprennent plus rien à temps : on constate au lieu de corriger.",
        en="Looked at once a month or a quarter, OKRs teach nothing in time: one takes note instead of changing course.",
    ),
    sources=(
        article("Un point hebdomadaire ou toutes les deux semaines, jamais une seule fois par trimestre."),
        wodtke("A weekly commitment and a weekly look at confidence keep OKRs alive."),
    ),
    bad=samples.RHYTHM_BAD,
    good=samples.RHYTHM_GOOD,
)
def quarter_no_check_in(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Find a rhythm slower than two-weekly, where one is given: one remark for the quarter, not one per OKR."""
    language = view.language
    rhythms = [*view.rhythms()]
    if not any(each.days is not None for each in rhythms):
        given = say(language, "le rythme indiqué n'a pas été compris", "the rhythm given was not understood")
        none = say(language, "aucun rythme de suivi n'est indiqué", "no check-in rhythm is given")
        yield Skip(given if rhythms else none)
        return
    slow = [each for each in rhythms if each.days is not None and each.days > TWO_WEEKS]
    if not slow:
        return
    names = listed([each.text for each in slow], language)
    yield QuarterProblem(
        tuple(each.place for each in slow if each.place),
        say(
            language,
            f"Le rythme de suivi indiqué est trop lent pour corriger le cap en cours de trimestre : {names}.",
            f"The check-in rhythm given is too slow to change course within the quarter: {names}.",
        ),
        say(
            language,
            "Prévoyez un point court chaque semaine ou toutes les deux semaines, Key Result par Key Result.",
            "Plan a short check-in every week or two, key result by key result.",
        ),
        tuple(each.text for each in slow if each.place),
        confidence=0.9,
    )
