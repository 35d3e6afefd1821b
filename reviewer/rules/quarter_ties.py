"""Rules on how a quarter's OKRs stand to one another: to those of other teams, the company's, and the last quarter's."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.okr import Language
from reviewer.rules import quarter_samples as samples
from reviewer.rules.quarter_rule import QuarterProblem, listed, places_of, quarter_rule, quoted, say, teams_of, texts_of
from reviewer.rules.quarter_view import Contradicted, Quarter, SameStatements
from reviewer.rules.rule import Both, Skip
from reviewer.rules.sources import article, doerr, google, wodtke

_ENOUGH = 0.5
"""Share of OKRs that must have been told to lead somewhere or nowhere before a company objective is called uncovered."""


@quarter_rule(
    "quarter-duplicate",
    severity="warning",
    title=Both(
        fr="Un objectif ou un Key Result n'est porté qu'à un seul endroit", en="An objective or key result is held in one place only"
    ),
    why=Both(
        fr="Ce que deux OKR promettent à l'identique compte double dans le bilan et n'appartient à personne quand il est manqué.",
        en="What two OKRs promise alike counts twice in the score and belongs to nobody when it is missed.",
    ),
    sources=(
        doerr(
            "Google's playbook, printed there: an OKR across teams names all who take part, and what each of them adds stands in its own OKRs."
        ),
    ),
    bad=samples.DUPLICATE_BAD,
    good=samples.DUPLICATE_GOOD,
)
def quarter_duplicate(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Find the same promise made twice; another figure, rival, segment or date is another promise."""
    for each in view.same_statements():
        yield _duplicate(each, view.language)


def _duplicate(each: SameStatements, language: Language) -> QuarterProblem:
    teams = teams_of(each.statements)
    count = len({said.place.entry for said in each.statements})
    how = "" if each.word_for_word else say(language, ", en d'autres mots", ", in other words")
    where = say(language, f"figure dans {count} OKR", f"stands in {count} OKRs")
    what = {
        "objective": say(language, f"Le même objectif {where}", f"The same objective {where}"),
        "key_result": say(language, f"Le même Key Result {where}", f"The same key result {where}"),
        "okr": say(language, f"Le même OKR figure {count} fois", f"The same OKR stands {'twice' if count == 2 else f'{count} times'}"),
    }[each.what]
    text = quoted(each.statements[0].text, language)
    if len(teams) > 1:
        message = say(language, f"{what}, chez {listed(teams, 'fr')}{how} : {text}.", f"{what}, with {listed(teams, 'en')}{how}: {text}.")
        fix = say(
            language,
            "Confiez-le à une seule équipe, et donnez aux autres le résultat par lequel chacune y contribue.",
            "Give it to one team, and give the others the result by which each contributes to it.",
        )
    else:
        message = say(language, f"{what}{how} : {text}.", f"{what}{how}: {text}.")
        fix = say(
            language,
            "Gardez-le là où il prouve le plus, et retirez-le ailleurs.",
            "Keep it where it proves most, and take it out elsewhere.",
        )
    return QuarterProblem(
        places_of(each.statements),
        message,
        fix,
        texts_of(each.statements),
        team=teams[0] if len(teams) == 1 and all(said.team for said in each.statements) else None,
        confidence=1.0 if each.word_for_word else 0.8,
    )


@quarter_rule(
    "quarter-conflict",
    severity="warning",
    title=Both(
        fr="Deux équipes ne tirent pas une même mesure en sens contraire", en="No two teams pull one measure in opposite directions"
    ),
    why=Both(
        fr="Si une équipe atteint son Key Result, l'autre manque le sien : elles s'épuisent l'une contre l'autre et l'entreprise n'avance pas.",
        en="When one team reaches its key result the other misses its own: they wear each other out and the company goes nowhere.",
    ),
    sources=(
        doerr("OKRs are public in the whole company, so that teams see where their goals depend on one another or clash."),
        google("Teams publish their OKRs so that others know what they are working towards."),
    ),
    bad=samples.CONFLICT_BAD,
    good=samples.CONFLICT_GOOD,
)
def quarter_conflict(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Find measures moved up by one team and down by another on the same ground; a pair of levels to hold is a guardrail."""
    language = view.language
    for each in view.opposed():
        up, down = teams_of(each.up), teams_of(each.down)
        statements = (*each.up, *each.down)
        raises, lowers = ("font" if len(teams) > 1 else "fait" for teams in (up, down))
        yield QuarterProblem(
            places_of(statements),
            say(
                language,
                f"{listed(up, 'fr')} {raises} monter ce que {listed(down, 'fr')} {lowers} baisser ({each.measure}) : quand l'une gagne, l'autre perd.",
                f"{listed(up, 'en')} {'raise' if len(up) > 1 else 'raises'} what {listed(down, 'en')} {'lower' if len(down) > 1 else 'lowers'} ({each.measure}): when one wins, the other loses.",
            ),
            say(
                language,
                "Décidez ensemble du sens qui sert l'entreprise, ou précisez le segment sur lequel chacune agit.",
                "Decide together which way serves the company, or name the segment that each of them works on.",
            ),
            texts_of(statements),
            confidence=0.85,
        )


@quarter_rule(
    "quarter-goal-uncovered",
    severity="warning",
    title=Both(
        fr="Chaque objectif de l'entreprise est servi par un OKR au moins", en="Each company objective is served by at least one OKR"
    ),
    why=Both(
        fr="Un objectif d'entreprise que nul OKR ne fait avancer restera une phrase : personne n'y travaille ce trimestre.",
        en="A company objective that no OKR moves will remain a sentence: nobody works on it this quarter.",
    ),
    sources=(
        article("Les OKR d'équipe remontent aux objectifs stratégiques de l'entreprise : l'alignement se lit dans les deux sens."),
        google("Company objectives are met by team OKRs that connect to them."),
    ),
    bad=samples.UNCOVERED_BAD,
    good=samples.UNCOVERED_GOOD,
)
def quarter_goal_uncovered(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Find company objectives left alone; where too few OKRs could be told to lead anywhere, silence must not pass for praise."""
    language = view.language
    goals = [*view.goals()]
    if not goals:
        yield Skip(say(language, "aucun objectif d'entreprise n'a été donné", "no company objective was given"))
        return
    alone = [goal for goal in goals if not goal.okrs]
    if alone and goals[0].judged < _ENOUGH:
        yield Skip(
            say(
                language,
                "pour trop d'OKR, on ne sait pas à quel objectif d'entreprise ils remontent : nommez-le par « Contribue à : … »",
                "for too many OKRs it is unknown which company objective they lead up to: name it with “Contributes to: …”",
            )
        )
        return
    for goal in alone:
        yield QuarterProblem(
            (),
            say(
                language,
                f"Aucun OKR ne remonte à l'objectif d'entreprise {quoted(goal.text, 'fr')} : personne n'y travaille ce trimestre.",
                f"No OKR leads up to the company objective {quoted(goal.text, 'en')}: nobody works on it this quarter.",
            ),
            say(
                language,
                "Désignez l'équipe qui le porte et le résultat qu'elle vise, ou dites qu'il attendra.",
                "Name the team that takes it on and the result it aims at, or say that it will wait.",
            ),
            company_objective=goal.company_objective,
            confidence=round(0.5 + 0.4 * goal.judged, 2),
        )


@quarter_rule(
    "quarter-copied-down",
    severity="advice",
    title=Both(
        fr="Une équipe dit sa part, au lieu de recopier l'échelon du dessus",
        en="A team states its own part instead of copying the level above",
    ),
    why=Both(
        fr="Recopier l'objectif de l'entreprise ou d'une autre équipe ne dit pas ce que celle-ci va changer : elle n'en a ni les leviers, ni la mesure.",
        en="Copying the company's objective or another team's does not say what this one will change: it holds neither the levers nor the measure.",
    ),
    sources=(
        article("OKR d'entreprise, puis OKR d'équipe : chaque équipe traduit l'objectif en ce qu'elle peut faire bouger."),
        wodtke("Do not cascade: each team asks how it can best contribute, and writes that."),
        doerr("Cascading word for word is slow and stifling; a healthy part of OKRs comes from the bottom up."),
    ),
    bad=samples.COPIED_BAD,
    good=samples.COPIED_GOOD,
)
def quarter_copied_down(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Find statements that repeat, word for word, what stands above them; all that repeat one are one finding."""
    language = view.language
    for each in view.copied():
        first, count = each.statements[0], len(each.statements)
        teams = teams_of(each.statements)
        if first.place.key_result is None:
            what = say(language, f"{count} objectifs recopient", f"{count} objectives repeat")
            what = what if count > 1 else say(language, "Cet objectif recopie", "This objective repeats")
        else:
            what = say(language, f"{count} Key Results recopient", f"{count} key results repeat")
            what = what if count > 1 else say(language, "Ce Key Result recopie", "This key result repeats")
        other = quoted(each.parent_team, language) if each.parent_team else ""
        above = {
            "company": say(language, "l'objectif de l'entreprise", "the company objective"),
            "named": say(language, "ce à quoi il dit contribuer", "what it says it contributes to")
            if count == 1
            else say(language, "ce à quoi ils disent contribuer", "what they say they contribute to"),
            "team": say(language, f"ce que porte {other or 'une autre équipe'}", f"what {other or 'another team'} holds"),
        }[each.above]
        yield QuarterProblem(
            places_of(each.statements),
            say(
                language,
                f"{what} mot pour mot {above} : {quoted(first.text, 'fr')}.",
                f"{what} {above} word for word: {quoted(first.text, 'en')}.",
            ),
            say(
                language,
                f"Écrivez ce que {'chaque équipe' if len(teams) > 1 else 'cette équipe-ci'} fait bouger pour y contribuer, et gardez le texte d'origine dans « Contribue à ».",
                f"Write what {'each team' if len(teams) > 1 else 'this team'} moves to contribute to it, and keep the original wording under “Contributes to”.",
            ),
            texts_of(each.statements),
            team=teams[0] if len(teams) == 1 and all(said.team for said in each.statements) else None,
            confidence=0.9,
        )


@quarter_rule(
    "quarter-carried-over",
    severity="advice",
    title=Both(fr="Un trimestre repart de ce que le précédent a appris", en="A quarter starts from what the last one taught"),
    why=Both(
        fr="Un Key Result reconduit tel quel, ou qui part d'un autre point que là où l'on s'est arrêté, dit que le bilan n'a pas été tiré.",
        en="A key result carried over as it was, or one that starts elsewhere than where things ended, says that no lesson was drawn.",
    ),
    sources=(
        doerr("At the end of the cycle score, reflect, then write the next OKRs: carry over only what is still worth it."),
        wodtke("Grade, learn and reset: a new quarter is not a copy of the last."),
    ),
    bad=samples.CARRIED_BAD,
    good=samples.CARRIED_GOOD,
)
def quarter_carried_over(view: Quarter) -> Iterator[QuarterProblem | Skip]:
    """Find what stands as it stood last quarter, and starts that last quarter's end contradicts; both values are quoted."""
    language = view.language
    if not view.has_last:
        yield Skip(say(language, "les OKR du trimestre précédent n'ont pas été donnés", "the last quarter's OKRs were not given"))
        return
    for each in view.contradicted():
        yield _contradiction(each, language)
    for kept in view.carried():
        count = len(kept.statements)
        first = kept.statements[0]
        more = say(language, f" (et {count - 1} de plus)", f" (and {count - 1} more)") if count > 1 else ""
        how = "" if kept.word_for_word else say(language, ", à quelques mots près", ", but for a few words")
        yield QuarterProblem(
            places_of(kept.statements),
            say(
                language,
                f"Reconduit tel quel depuis le trimestre précédent{how} : {quoted(first.text, 'fr')}{more}.",
                f"Carried over as it was from the last quarter{how}: {quoted(first.text, 'en')}{more}.",
            ),
            say(
                language,
                "Dites ce que le trimestre a appris : repartez de la valeur atteinte, changez la cible, ou laissez la place à autre chose.",
                "Say what the quarter taught: start from the value reached, change the target, or make room for something else.",
            ),
            texts_of(kept.statements),
            team=first.team,
            confidence=0.95 if kept.word_for_word else 0.8,
        )


def _contradiction(each: Contradicted, language: Language) -> QuarterProblem:
    if each.reached:
        ended = say(
            language,
            f"le trimestre précédent est dit atteint, à {each.ended}",
            f"the last quarter is said to have been reached, at {each.ended}",
        )
    else:
        ended = say(language, f"le trimestre précédent s'est terminé à {each.ended}", f"the last quarter ended at {each.ended}")
    return QuarterProblem(
        (each.said.place,),
        say(
            language,
            f"Ce Key Result part de {each.start}, alors que {ended} ({quoted(each.last, 'fr')}).",
            f"This key result starts from {each.start}, yet {ended} ({quoted(each.last, 'en')}).",
        ),
        say(
            language,
            "Vérifiez laquelle des deux valeurs est la bonne, et partez de celle-là.",
            "Check which of the two values is right, and start from that one.",
        ),
        (each.said.text,),
        team=each.said.team,
        confidence=0.8 if each.reached else 0.9,
    )
