"""Rules on an OKR as a whole: enough proof, of different kinds, that leads up to what the company wants."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.language.folding import fold, plain_letters
from reviewer.language.glossary import known_metrics
from reviewer.okr import KeyResult, Okr, Span
from reviewer.rules.key_result import is_task
from reviewer.rules.rule import Both, Problem, Skip, Subject, rule
from reviewer.rules.sources import article, doerr, google, wodtke

MOST = {"article": 4, "wide": 5}
"""Key results an objective may have, by profile."""

_OBJECTIVE_FR = "Devenir la référence que les équipes RH recommandent à leurs pairs"
_OBJECTIVE_EN = "Become the product that HR teams recommend to their peers"
_SOUND_FR = (
    "Faire passer le NPS des administrateurs de 28 à 40 d'ici fin T3",
    "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
    "Ramener le cycle de vente Mid-Market de 68 à 55 jours d'ici fin T3",
    "40 demandes de démo qualifiées venues de recommandations d'ici fin T3",
    "Porter le taux de renouvellement Enterprise de 71 % à 85 % d'ici fin T3",
)
_SOUND_EN = (
    "Raise admin NPS from 28 to 40 by the end of Q3",
    "Raise the win rate against Orbeo from 24% to 32% by the end of Q3",
    "Cut the Mid-Market sales cycle from 68 to 55 days by the end of Q3",
    "40 qualified demo requests from referrals by the end of Q3",
    "Raise the Enterprise renewal rate from 71% to 85% by the end of Q3",
)


def _fr(*key_results: str, objective: str = _OBJECTIVE_FR, contributes_to: str | None = None) -> Okr:
    return Okr(objective=objective, key_results=key_results, contributes_to=contributes_to)


def _en(*key_results: str, objective: str = _OBJECTIVE_EN, contributes_to: str | None = None) -> Okr:
    return Okr(objective=objective, key_results=key_results, contributes_to=contributes_to)


def _head(subject: Subject) -> Span:
    """Give the place of a remark on the whole: the objective, or the first key result when there is none."""
    if subject.objective.text or not subject.okr.key_results:
        return subject.objective.span
    return subject.okr.key_results[0].span


@rule(
    "okr-kr-count",
    family="okr",
    severity="warning",
    title=Both(fr="Un objectif tient sur deux à quatre Key Results", en="An objective stands on two to four key results"),
    why=Both(
        fr="Un seul Key Result se réussit aux dépens du reste ; au-delà de quatre, personne ne sait où concentrer son énergie.",
        en="A single key result is won at the expense of everything else; beyond four, nobody knows where to focus.",
    ),
    sources=(
        article("Deux à quatre Key Results par objectif ; au-delà, personne ne sait vraiment où concentrer son énergie."),
        google("About three key results per objective."),
        doerr("Three to five key results per objective, as a rule."),
    ),
    bad=Both(fr=(_fr(), _fr(_SOUND_FR[0]), _fr(*_SOUND_FR)), en=(_en(), _en(_SOUND_EN[0]), _en(*_SOUND_EN))),
    good=Both(fr=(_fr(*_SOUND_FR[:2]), _fr(*_SOUND_FR[:4])), en=(_en(*_SOUND_EN[:2]), _en(*_SOUND_EN[:4]))),
)
def okr_kr_count(subject: Subject) -> Iterator[Problem]:
    """Find objectives with no proof, a single one, or too many to focus on; a house may allow five."""
    count = len(subject.okr.key_results)
    profile = subject.context.settings.profile
    most = subject.say("quatre" if profile == "article" else "cinq", "four" if profile == "article" else "five")
    if count == 0:
        yield Problem(
            _head(subject),
            subject.say(
                "L'objectif n'a aucun Key Result : personne ne saura s'il est atteint.",
                "The objective has no key result: nobody will know whether it is reached.",
            ),
            subject.say(
                f"Ajoutez deux à {most} résultats mesurables : « [mesure] : de [valeur actuelle] à [cible] d'ici [date] ».",
                f"Add two to {most} measurable results: “[measure] from [current value] to [target] by [date]”.",
            ),
            severity="error",
        )
    elif count == 1:
        yield Problem(
            _head(subject),
            subject.say(
                "L'objectif ne repose que sur un Key Result : on peut l'atteindre en sacrifiant tout ce qu'il ne mesure pas.",
                "The objective rests on a single key result: it can be reached by sacrificing all that it does not measure.",
            ),
            subject.say(
                "Ajoutez au moins une deuxième preuve, de préférence une qui protège la première de ses excès.",
                "Add at least a second proof, preferably one that guards the first against its excesses.",
            ),
        )
    elif count > MOST[profile]:
        yield Problem(
            _head(subject),
            subject.say(
                f"L'objectif a plus de {most} Key Results : l'équipe ne saura plus où concentrer son énergie.",
                f"The objective has more than {most} key results: the team will no longer know where to focus.",
            ),
            subject.say(
                f"Gardez les {most} qui prouvent le mieux l'objectif, et suivez les autres comme KPI.",
                f"Keep the {most} that best prove the objective, and watch the others as KPIs.",
            ),
        )


@rule(
    "okr-only-tasks",
    family="okr",
    severity="error",
    title=Both(
        fr="Au moins un Key Result prouve que l'objectif est atteint", en="At least one key result proves that the objective is reached"
    ),
    why=Both(
        fr="Quand tous les Key Results sont des tâches, l'équipe peut tout livrer et ne rien avoir changé : l'OKR est un plan d'action.",
        en="When every key result is a task, the team can deliver everything and change nothing: the OKR is a to-do list.",
    ),
    sources=(
        article(
            "Les initiatives sont les moyens, les Key Results sont les preuves. Son propre troisième exemple (entretiens, analyse, présentation) enfreint cette règle."
        ),
        wodtke("Key results are results, not the things you do to get them."),
    ),
    bad=Both(
        fr=(
            _fr(
                "Créer 3 nouvelles battlecards",
                "Former 25 commerciaux au nouveau pitch",
                "Publier 4 études de cas",
                objective="Donner aux Sales les armes pour gagner les deals compétitifs",
            ),
            _fr(
                "Conduire 20 entretiens clients",
                "Livrer une analyse win/loss",
                objective="Devenir la voix du marché dans chaque décision produit",
            ),
        ),
        en=(
            _en(
                "Create 3 new battlecards",
                "Train 25 reps on the new pitch",
                "Publish 4 case studies",
                objective="Give reps what they need to win competitive deals",
            ),
            _en(
                "Run 20 customer interviews",
                "Deliver a win/loss analysis",
                objective="Become the voice of the market in every product decision",
            ),
        ),
    ),
    good=Both(
        fr=(
            _fr(
                "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
                "Faire passer le taux d'utilisation des battlecards sur les deals compétitifs de 25 % à 70 % d'ici fin T3",
                objective="Donner aux Sales les armes pour gagner les deals compétitifs",
            ),
            _fr(*_SOUND_FR[:3]),
        ),
        en=(
            _en(
                "Raise the win rate against Orbeo from 24% to 32% by the end of Q3",
                "Raise battlecard usage in competitive deals from 25% to 70% by the end of Q3",
                objective="Give reps what they need to win competitive deals",
            ),
            _en(*_SOUND_EN[:3]),
        ),
    ),
)
def okr_only_tasks(subject: Subject) -> Iterator[Problem]:
    """Find OKRs made of tasks alone: each is found for itself too, but here nothing at all would be proved."""
    krs = subject.okr.key_results
    if not krs or not all(is_task(kr) for kr in krs):
        return
    yield Problem(
        _head(subject),
        subject.say(
            "Rien ici ne prouverait l'objectif : tous les Key Results sont des tâches, que l'équipe peut finir sans effet.",
            "Nothing here would prove the objective: every key result is a task, which the team can finish to no effect.",
        ),
        subject.say(
            "Choisissez la tâche la plus importante et demandez-vous ce qu'elle doit changer, chez qui et de combien : voilà votre premier Key Result.",
            "Take the most important task and ask what it should change, for whom and by how much: that is your first key result.",
        ),
        confidence=min(kr.certainty for kr in krs),
    )


@rule(
    "okr-same-metric",
    family="okr",
    severity="warning",
    title=Both(fr="Chaque Key Result apporte une preuve différente", en="Each key result brings a proof of its own"),
    why=Both(
        fr="Deux Key Results sur la même mesure se gagnent ou se perdent ensemble : le second n'apprend rien et occupe une place.",
        en="Two key results on one measure are won or lost together: the second teaches nothing and takes up a place.",
    ),
    sources=(
        article("Deux à quatre Key Results, choisis parmi les KPI qui comptent."),
        doerr("When all the key results are met, the objective is necessarily met: each must bring a part of the proof."),
    ),
    bad=Both(
        fr=(
            _fr(
                "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3", "Taux de victoire face à Orbeo : de 24 % à 35 % d'ici fin T4"
            ),
            _fr("Faire passer le NPS de 28 à 40 d'ici fin T3", "NPS : de 28 à 45 d'ici fin T4"),
        ),
        en=(
            _en(
                "Raise the win rate against Orbeo from 24% to 32% by the end of Q3",
                "Win rate against Orbeo from 24% to 35% by the end of Q4",
            ),
            _en("Raise NPS from 28 to 40 by the end of Q3", "NPS from 28 to 45 by the end of Q4"),
        ),
    ),
    good=Both(
        fr=(
            _fr(
                "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
                "Porter le win rate face à Tessar de 41 % à 50 % d'ici fin T3",
            ),
            _fr(
                "Faire passer le taux d'adoption du module Paie de 12 % à 30 % d'ici fin T3",
                "Faire passer le taux d'adoption du module Congés de 25 % à 45 % d'ici fin T3",
            ),
        ),
        en=(
            _en(
                "Raise the win rate against Orbeo from 24% to 32% by the end of Q3",
                "Raise the win rate against Tessar from 41% to 50% by the end of Q3",
            ),
            _en(
                "Raise feature adoption of Payroll from 12% to 30% by the end of Q3",
                "Raise feature adoption of Leave from 25% to 45% by the end of Q3",
            ),
        ),
    ),
)
def okr_same_metric(subject: Subject) -> Iterator[Problem]:
    """Find two key results on the same measure and the same ground; another segment or rival is another proof."""
    krs = subject.okr.key_results
    for index, later in enumerate(krs):
        earlier = next((i for i in range(index) if _measure_the_same(krs[i], later)), None)
        if earlier is None:
            continue
        measure = later.metric.text if later.metric else later.text
        yield Problem(
            later.span,
            subject.say(
                f"KR {index + 1} mesure la même chose que KR {earlier + 1} (« {measure} ») : ils seront gagnés ou perdus ensemble, et l'un des deux ne prouve rien de plus.",
                f"KR {index + 1} measures the same thing as KR {earlier + 1} (“{measure}”): they will be won or lost together, and one of them proves nothing more.",
            ),
            subject.say(
                "Gardez le plus ambitieux des deux, et prenez pour l'autre une mesure qui prouve un autre aspect de l'objectif.",
                "Keep the more ambitious of the two, and let the other measure another side of the objective.",
            ),
            confidence=0.8,
            key_result=index,
        )


_COMPLEMENTS = frozenset(
    {
        frozenset({"logo-churn", "customer-retention"}),
        frozenset({"revenue-churn", "grr"}),
        frozenset({"employee-turnover", "employee-retention"}),
    }
)
"""Measures that are each other's remainder to 100 %: one says the other."""


def _measure_the_same(one: KeyResult, other: KeyResult) -> bool:
    if is_task(one) or is_task(other) or one.metric is None or other.metric is None:
        return False
    if one.metric.id != other.metric.id:
        return frozenset((one.metric.id, other.metric.id)) in _COMPLEMENTS and _segments(one) == _segments(other)
    if one.metric.id is None:
        return _wording(one) == _wording(other)
    known = known_metrics().get(one.metric.id)
    if known and "product" in known.scope:  # adoption of one feature is not that of another, and no fact names the feature
        return _wording(one) == _wording(other)
    return _ground(one) == _ground(other)


def _segments(kr: KeyResult) -> frozenset[str]:
    return frozenset(fold(phrase.text).text for phrase in kr.scope if phrase.kind in ("segment", "competitor"))


def _ground(kr: KeyResult) -> frozenset[str]:
    """Give the words that say on what the measure bears: segment, rival, who is asked."""
    phrases = [*kr.scope, *([kr.who] if kr.who else [])]
    return frozenset(fold(phrase.text).text for phrase in phrases)


def _wording(kr: KeyResult) -> str:
    """Give the statement without its figures and its date, folded: what is left says what is measured."""
    holes = [each.span for each in kr.quantities]
    if kr.deadline is not None and kr.deadline.span is not None:
        holes.append(kr.deadline.span)
    text = kr.text
    for start, end in sorted(holes, reverse=True):
        text = text[: start - kr.span[0]] + text[end - kr.span[0] :]
    return " ".join(plain_letters(text).split())


@rule(
    "okr-kr-unrelated",
    family="okr",
    severity="advice",
    title=Both(fr="Chaque Key Result parle de son objectif", en="Each key result speaks of its objective"),
    why=Both(
        fr="Un Key Result étranger à son objectif peut être atteint sans l'en rapprocher, et l'équipe travaille à côté de ce qu'elle a promis.",
        en="A key result foreign to its objective can be reached without bringing it closer, and the team works beside what it promised.",
    ),
    sources=(
        article("Les Key Results disent comment on saura que l'objectif est accompli : ce sont les preuves de cet objectif."),
        doerr("When all the key results are met, the objective is necessarily met; if it is not, the OKR was badly built."),
    ),
    bad=Both(
        fr=(
            _fr(
                _SOUND_FR[1],
                "Ramener le délai de recrutement de 60 à 40 jours d'ici fin T3",
                objective="Donner aux Sales les armes pour gagner les deals compétitifs",
            ),
            _fr(_SOUND_FR[0], "Ramener la latence de l'API de 900 à 300 ms d'ici fin T3"),
        ),
        en=(
            _en(
                _SOUND_EN[1],
                "Cut time to hire from 60 to 40 days by the end of Q3",
                objective="Give reps what they need to win competitive deals",
            ),
            _en(_SOUND_EN[0], "Cut API latency from 900 to 300 ms by the end of Q3"),
        ),
    ),
    good=Both(
        fr=(
            _fr(_SOUND_FR[1], _SOUND_FR[2], objective="Donner aux Sales les armes pour gagner les deals compétitifs"),
            _fr(_SOUND_FR[0], _SOUND_FR[3]),
        ),
        en=(
            _en(_SOUND_EN[1], _SOUND_EN[2], objective="Give reps what they need to win competitive deals"),
            _en(_SOUND_EN[0], _SOUND_EN[3]),
        ),
    ),
)
def okr_kr_unrelated(subject: Subject) -> Iterator[Problem | Skip]:
    """Find key results clearly elsewhere; without the encoder nothing is judged, and silence must not pass for praise."""
    krs = subject.okr.key_results
    if all(kr.related is None for kr in krs):
        yield Skip(
            subject.say(
                "le lien entre un Key Result et son objectif se juge par le sens, avec les exemples ; ils n'ont pas été demandés",
                "whether a key result bears on its objective is judged by meaning, with the examples; they were not asked for",
            )
        )
        return
    for index, kr in enumerate(krs):
        if kr.related is None or kr.related >= UNRELATED or is_task(kr):
            continue
        yield Problem(
            kr.span,
            subject.say(
                f"KR {index + 1} semble parler d'autre chose que de son objectif : il peut être atteint sans l'en rapprocher.",
                f"KR {index + 1} seems to speak of something else than its objective: it can be reached without bringing it closer.",
            ),
            subject.say(
                "Dites en une phrase comment il prouve l'objectif, ou mettez-le sous celui qu'il prouve.",
                "Say in one sentence how it proves the objective, or move it under the one that it proves.",
            ),
            confidence=0.7,
            key_result=index,
        )


UNRELATED = 0.15
"""Below this relatedness a key result is elsewhere; reviewer.alignment sets the scale, benchmarks/matching.py measures it."""


@rule(
    "okr-not-aligned",
    family="okr",
    severity="warning",
    title=Both(fr="Un OKR remonte à un objectif de l'entreprise", en="An OKR leads up to a company objective"),
    why=Both(
        fr="Un OKR d'équipe qui ne sert aucun objectif de l'entreprise perd ses moyens au premier arbitrage, même s'il est atteint.",
        en="A team OKR that serves no company objective loses its means at the first trade-off, even when it is reached.",
    ),
    sources=(
        article(
            "Chaque OKR de l'équipe PMM doit remonter à un objectif stratégique de l'entreprise ; parler de notoriété quand la direction mesure le NRR prépare une conversation difficile."
        ),
        google("Team OKRs need not all mirror the company's, but each connects to at least one of them."),
    ),
    bad=Both(
        fr=(_fr(*_SOUND_FR[:2]), _fr(*_SOUND_FR[2:4])),
        en=(_en(*_SOUND_EN[:2]), _en(*_SOUND_EN[2:4])),
    ),
    good=Both(
        fr=(
            _fr(*_SOUND_FR[:2], contributes_to="Devenir rentable grâce à nos clients fidèles"),
            _fr(*_SOUND_FR[2:4], contributes_to="Gagner le Mid-Market"),
        ),
        en=(
            _en(*_SOUND_EN[:2], contributes_to="Become profitable through loyal customers"),
            _en(*_SOUND_EN[2:4], contributes_to="Win the Mid-Market"),
        ),
    ),
)
def okr_not_aligned(subject: Subject) -> Iterator[Problem | Skip]:
    """Find OKRs that lead up to none of the company's objectives; what names the one it serves is taken at its word."""
    okr = subject.okr
    if okr.contributes_to:
        return
    if not any(text.strip() for text in subject.context.company_objectives):
        yield Skip(subject.say("aucun objectif d'entreprise n'a été donné", "no company objective was given"))
        return
    if okr.alignment is None:
        yield Skip(
            subject.say(
                "trop peu de mesures connues pour dire s'il remonte à un objectif de l'entreprise, ou exemples non demandés : nommez-le par « Contribue à : … »",
                "too few known measures to say whether it leads up to a company objective, or examples not asked for: name it with “Contributes to: …”",
            )
        )
        return
    if okr.alignment.company_objective is not None:
        return
    place = okr.objective.span if okr.objective.text else okr.key_results[0].span if okr.key_results else okr.objective.span
    yield Problem(
        place,
        subject.say(
            "Cet OKR ne remonte à aucun des objectifs d'entreprise donnés : il peut être atteint sans qu'aucun n'avance.",
            "This OKR leads up to none of the company objectives given: it can be reached without any of them moving.",
        ),
        subject.say(
            "Choisissez une mesure qui fait avancer l'un d'eux, ou écrivez « Contribue à : [objectif de l'entreprise] » et par quel chemin.",
            "Choose a measure that moves one of them, or write “Contributes to: [company objective]” and by which path.",
        ),
        confidence=0.75,
    )
