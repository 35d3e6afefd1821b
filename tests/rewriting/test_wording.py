"""Rewrites that a coach would sign, each read by a person when it was written down."""

from __future__ import annotations

import pytest
from weak_drafts import findings

from reviewer.okr import Context, Language
from reviewer.rewriting import rewrite
from reviewer.rules.trial import place, understood

FRENCH = [
    (
        "kr-is-task",
        "Gagner les deals compétitifs du Mid-Market",
        "Créer 3 nouvelles battlecards face à Nexia d'ici fin T3",
        "Faire passer le win rate face à Nexia de [win rate actuel] à [cible] d'ici fin T3",
    ),
    (
        "kr-is-task",
        "Gagner les deals compétitifs du Mid-Market",
        "Former 25 commerciaux au nouveau pitch",
        "Faire passer la confiance des commerciaux de [confiance actuelle] à [cible]",
    ),
    (
        "kr-is-task",
        "Réussir le lancement de Planning+",
        "Publier la page produit avant le 15 mars",
        "Faire passer le taux de conversion de la landing page de [taux de conversion actuel] à [cible] avant le 15 mars",
    ),
    (
        "kr-is-task",
        "Réussir le lancement de Planning+",
        "Organiser un webinar de lancement",
        "Faire passer le nombre d'opportunités issues de webinars de [nombre actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Transformer la connaissance client en avantage",
        "Conduire 20 entretiens clients sur le segment Mid-Market",
        "Faire passer le nombre de décisions appuyées sur des entretiens clients sur le segment Mid-Market de [nombre actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Transformer la connaissance client en avantage",
        "Délivrer une analyse win/loss complète sur les 50 derniers deals clôturés",
        "Faire passer le win rate sur deals compétitifs de [win rate actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Faire de nos clients nos meilleurs vendeurs",
        "Rédiger 6 études de cas dans l'industrie d'ici l'été",
        "Faire passer le taux d'utilisation des cas clients dans l'industrie de [taux d'utilisation actuel] à [cible] d'ici l'été",
    ),
    (
        "kr-is-task",
        "Simplifier notre offre",
        "Refondre la grille tarifaire au T2",
        "Faire passer le taux d'acceptation de la hausse de prix de [taux d'acceptation actuel] à [cible] au T2",
    ),
    (
        "kr-is-task",
        "Simplifier notre offre",
        "Mise en ligne de la nouvelle page tarifs avant le 30 juin",
        "Faire passer le taux de conversion de la page pricing de [taux de conversion actuel] à [cible] avant le 30 juin",
    ),
    (
        "kr-is-task",
        "Devenir la référence des DRH",
        "Lancer une newsletter mensuelle",
        "Faire passer le taux de clic des emails de [taux de clic actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Devenir la référence des DRH",
        "Participer à 3 salons RH",
        "Faire passer le pipeline issu des événements de [pipeline actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Réduire l'attrition des PME",
        "Mettre en place un parcours d'onboarding",
        "Faire passer le taux de complétion de l'onboarding de [taux de complétion actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Être recommandés par les analystes",
        "Briefer Gartner et Forrester",
        "Faire passer le score de perception des analystes de [score de perception actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Développer les partenaires",
        "Créer un kit de vente pour les partenaires",
        "Faire passer le revenu apporté par les partenaires de [revenu apporté actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Aligner le message",
        "Réécrire le messaging de la gamme Paie",
        "Faire passer le score de clarté du messaging de [score de clarté actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Aligner le message",
        "Mettre à jour le sales deck",
        "Faire passer le taux d'utilisation du sales deck de [taux d'utilisation actuel] à [cible]",
    ),
    (
        "kr-is-task",
        "Se sentir bien",
        "Méditer tous les matins",
        "Faire passer [la mesure que cela doit changer] de [valeur actuelle] à [cible]",
    ),
    (
        "kr-no-baseline",
        "Réussir le lancement",
        "NPS post-lancement ≥ 40 sur le segment cible",
        "Faire passer le NPS post-lancement sur le segment cible de [NPS actuel] à 40",
    ),
    (
        "kr-no-deadline",
        "Réussir le lancement",
        "Atteindre 30 % d'adoption de la nouvelle fonctionnalité",
        "Atteindre 30 % d'adoption de la nouvelle fonctionnalité d'ici [date]",
    ),
    (
        "kr-no-baseline",
        "Réussir le lancement",
        "Taux d'adoption de 40 % chez les comptes Mid-Market d'ici fin juin",
        "Faire passer le taux d'adoption chez les comptes Mid-Market de [taux d'adoption actuel] à 40 % d'ici fin juin",
    ),
    ("kr-no-baseline", "Grandir", "Augmenter le CA de 15 %", "Augmenter le CA de 15 % (de [CA actuel] à [CA visé])"),
    ("kr-no-baseline", "Grandir", "Porter l'ARR à 5 M€ d'ici fin 2026", "Porter l'ARR de [ARR actuel] à 5 M€ d'ici fin 2026"),
    (
        "kr-no-baseline",
        "Grandir",
        "Réduire le cycle de vente à 35 jours au T3",
        "Réduire le cycle de vente de [cycle de vente actuel] à 35 jours au T3",
    ),
    (
        "kr-no-baseline",
        "Grandir",
        "Win rate : +10 points vs trimestre précédent",
        "Win rate : +10 points vs trimestre précédent (de [win rate de départ] à [win rate visé])",
    ),
    (
        "kr-no-baseline",
        "Grandir",
        "Doubler le taux de conversion des essais",
        "Doubler le taux de conversion des essais (de [taux de conversion actuel] à [taux de conversion visé])",
    ),
    (
        "kr-no-baseline",
        "Grandir",
        "75 % des commerciaux utilisent la battlecard en rendez-vous",
        "75 % des commerciaux utilisent la battlecard en rendez-vous (contre [part actuelle] aujourd'hui)",
    ),
    ("kr-no-baseline", "Grandir", "Le taux de churn passe sous 2 %", "Le taux de churn passe de [taux de churn actuel] à moins de 2 %"),
    (
        "kr-no-baseline",
        "Grandir",
        "Score de satisfaction des Sales sur les assets PMM ≥ 8/10",
        "Faire passer le score de satisfaction des Sales sur les assets PMM de [score de satisfaction actuel] à 8/10",
    ),
    (
        "kr-no-baseline",
        "Grandir",
        "Passer le taux de renouvellement à 92 %",
        "Passer le taux de renouvellement de [taux de renouvellement actuel] à 92 %",
    ),
    (
        "kr-no-baseline",
        "Grandir",
        "Atteindre 2 000 utilisateurs actifs par semaine",
        "Passer de [nombre actuel] à 2 000 utilisateurs actifs par semaine",
    ),
    (
        "kr-no-number",
        "Grandir",
        "Améliorer fortement le taux d'activation d'ici décembre",
        "Améliorer le taux d'activation de [taux d'activation actuel] à [cible] d'ici décembre",
    ),
    ("kr-no-number", "Grandir", "Réduire le churn de X %", "Réduire le churn de [churn actuel] à [cible]"),
    (
        "kr-vanity-metric",
        "Grandir",
        "Atteindre 500 000 impressions sur LinkedIn au T3",
        "Faire passer la notoriété spontanée de [notoriété spontanée actuelle] à [cible] au T3",
    ),
    ("kr-no-deadline", "Grandir", "Faire passer le NPS de 28 à 40", "Faire passer le NPS de 28 à 40 d'ici [date]"),
]

ENGLISH = [
    (
        "kr-is-task",
        "Win competitive deals",
        "Create 3 new battlecards against Nexia by the end of Q3",
        "Raise the win rate against Nexia from [current win rate] to [target] by the end of Q3",
    ),
    (
        "kr-is-task",
        "Win competitive deals",
        "Train 25 reps on the new pitch",
        "Raise the sales confidence score from [current sales confidence score] to [target]",
    ),
    (
        "kr-is-task",
        "Make the Planner launch a success",
        "Publish the product page by March 15",
        "Raise the landing page conversion rate from [current landing page conversion rate] to [target] by March 15",
    ),
    (
        "kr-is-task",
        "Make the Planner launch a success",
        "Host a launch webinar",
        "Raise the number of opportunities from webinars from [current number] to [target]",
    ),
    (
        "kr-is-task",
        "Turn customer insight into an edge",
        "Run 20 customer interviews in the Mid-Market segment",
        "Raise the number of decisions backed by customer interviews in the Mid-Market segment from [current number] to [target]",
    ),
    (
        "kr-is-task",
        "Let customers sell for us",
        "Write 6 case studies for manufacturing by summer",
        "Raise case study usage in deals for manufacturing from [current case study usage] to [target] by summer",
    ),
    (
        "kr-is-task",
        "Make pricing simple",
        "Redesign pricing tiers in Q2",
        "Raise the share of deals on the higher packages from [current share] to [target] in Q2",
    ),
    (
        "kr-is-task",
        "Make pricing simple",
        "Launch of the new pricing page by June 30",
        "Raise the pricing page conversion rate from [current pricing page conversion rate] to [target] by June 30",
    ),
    (
        "kr-is-task",
        "Become the reference for HR leaders",
        "Launch a monthly newsletter",
        "Raise the email click rate from [current email click rate] to [target]",
    ),
    (
        "kr-is-task",
        "Become the reference for HR leaders",
        "Attend 3 trade shows",
        "Raise event-sourced pipeline from [current event-sourced pipeline] to [target]",
    ),
    (
        "kr-is-task",
        "Reduce SMB churn",
        "Set up an onboarding email sequence",
        "Raise the trial activation rate from [current trial activation rate] to [target]",
    ),
    (
        "kr-is-task",
        "Earn analysts' trust",
        "Brief Gartner and Forrester",
        "Raise the analyst perception score from [current analyst perception score] to [target]",
    ),
    (
        "kr-is-task",
        "Grow through partners",
        "Build a partner sales kit",
        "Raise partner-sourced revenue from [current partner-sourced revenue] to [target]",
    ),
    (
        "kr-is-task",
        "One message everywhere",
        "Rewrite the messaging framework",
        "Raise the message clarity score from [current message clarity score] to [target]",
    ),
    (
        "kr-is-task",
        "One message everywhere",
        "Refresh the sales deck",
        "Raise sales deck adoption from [current sales deck adoption] to [target]",
    ),
    ("kr-is-task", "Feel well", "Meditate every morning", "Bring [the measure this should change] from [current value] to [target]"),
    (
        "kr-no-baseline",
        "Land the launch",
        "Post-launch NPS of at least 40 among target accounts",
        "Raise post-launch NPS among target accounts from [current NPS] to 40",
    ),
    ("kr-no-baseline", "Land the launch", "Reach 30% adoption", "Raise adoption from [current adoption] to 30%"),
    (
        "kr-no-baseline",
        "Land the launch",
        "Feature adoption ≥ 40% for Mid-Market accounts by the end of June",
        "Raise feature adoption for Mid-Market accounts from [current feature adoption] to 40% by the end of June",
    ),
    ("kr-no-baseline", "Grow", "Increase revenue by 15%", "Increase revenue by 15% (from [current revenue] to [target revenue])"),
    ("kr-no-baseline", "Grow", "Grow ARR to $5M by the end of 2026", "Grow ARR from [current ARR] to $5M by the end of 2026"),
    ("kr-no-baseline", "Grow", "Cut the sales cycle to 35 days in Q3", "Cut the sales cycle from [current sales cycle] to 35 days in Q3"),
    (
        "kr-no-baseline",
        "Grow",
        "Win rate up 10 points vs. last quarter",
        "Win rate up 10 points vs. last quarter (from [starting win rate] to [target win rate])",
    ),
    (
        "kr-no-baseline",
        "Grow",
        "Double trial-to-paid conversion",
        "Double trial-to-paid conversion (from [current trial-to-paid conversion] to [target trial-to-paid conversion])",
    ),
    (
        "kr-no-baseline",
        "Grow",
        "75% of reps use the battlecard in meetings",
        "75% of reps use the battlecard in meetings (today: [current share])",
    ),
    ("kr-no-baseline", "Grow", "Bring logo churn below 2%", "Bring logo churn from [current logo churn] to below 2%"),
    (
        "kr-no-baseline",
        "Grow",
        "Sales satisfaction with PMM assets ≥ 8/10",
        "Raise sales satisfaction with PMM assets from [current sales satisfaction] to 8/10",
    ),
    ("kr-no-baseline", "Grow", "Achieve a 92% renewal rate", "Raise the renewal rate from [current renewal rate] to 92%"),
    ("kr-no-baseline", "Grow", "Reach 2,000 weekly active users", "Go from [current number] to 2,000 weekly active users"),
    (
        "kr-no-number",
        "Grow",
        "Significantly improve the activation rate by December",
        "Improve the activation rate from [current activation rate] to [target] by December",
    ),
    ("kr-no-number", "Grow", "Reduce churn by X%", "Reduce churn from [current churn] to [target]"),
    (
        "kr-vanity-metric",
        "Grow",
        "Reach 500,000 LinkedIn impressions in Q3",
        "Raise unaided awareness from [current unaided awareness] to [target] in Q3",
    ),
    ("kr-no-deadline", "Grow", "Raise NPS from 28 to 40", "Raise NPS from 28 to 40 by [date]"),
]


def _rewritten(rule: str, objective: str, text: str, language: Language) -> str | None:
    okr = understood(place(text, "key_result", language).model_copy(update={"objective": objective}), language)
    return rewrite(findings(okr)[rule], okr, Context())


@pytest.mark.parametrize(("rule", "objective", "text", "better"), FRENCH)
def test_french(rule: str, objective: str, text: str, better: str) -> None:
    assert _rewritten(rule, objective, text, "fr") == better


@pytest.mark.parametrize(("rule", "objective", "text", "better"), ENGLISH)
def test_english(rule: str, objective: str, text: str, better: str) -> None:
    assert _rewritten(rule, objective, text, "en") == better
