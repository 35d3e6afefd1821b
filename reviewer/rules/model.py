"""Rules that need a model's judgement: what no reading of the words can settle. The critique checks them, not the engine."""

from __future__ import annotations

from typing import Final

from reviewer.okr import Okr
from reviewer.rules.rule import Both, Described
from reviewer.rules.sources import article, doerr, goodhart, grove

SUFFICIENCY: Final = Described(
    id="model-sufficiency",
    family="model",
    severity="advice",
    title=Both(
        fr="Si tous les Key Results sont atteints, l'objectif l'est aussi",
        en="When every key result is reached, so is the objective",
    ),
    why=Both(
        fr="Des Key Results tous au vert et un objectif manqué : le trimestre est gagné sur le papier seulement. Une histoire concrète où cela arrive montre la preuve qui manque.",
        en="Key results all green and the objective missed: the quarter is won on paper only. A concrete story in which that happens shows which proof is missing.",
    ),
    sources=(
        article("Un Key Result est une preuve que l'objectif est atteint, pas une action."),
        doerr("If all key results are met and the objective is not, the key results were the wrong ones or too few."),
    ),
    bad=Both(
        fr=(
            Okr(
                objective="Devenir la référence des directions achats pour la conformité fournisseurs",
                key_results=("120 demandes de démo qualifiées au T3", "Porter le NPS des clients existants de 31 à 38 d'ici fin T3"),
            ),
            Okr(
                objective="Donner aux commerciaux de quoi gagner face à Veltris",
                key_results=(
                    "Porter la part des deals où une battlecard est ouverte de 20 % à 60 % d'ici fin T3",
                    "Porter la note des commerciaux sur nos supports de 6,1 à 8 sur 10 d'ici fin T3",
                ),
            ),
        ),
        en=(
            Okr(
                objective="Become the name that procurement teams think of for supplier compliance",
                key_results=("120 qualified demo requests in Q3", "Raise existing customers' NPS from 31 to 38 by the end of Q3"),
            ),
            Okr(
                objective="Give Sales what it takes to win against Veltris",
                key_results=(
                    "Raise the share of deals in which a battlecard is opened from 20% to 60% by the end of Q3",
                    "Raise reps' rating of our material from 6.1 to 8 out of 10 by the end of Q3",
                ),
            ),
        ),
    ),
    good=Both(
        fr=(
            Okr(
                objective="Donner aux commerciaux de quoi gagner face à Veltris",
                key_results=(
                    "Porter le win rate face à Veltris de 28 % à 38 % d'ici fin T3",
                    "Ramener le cycle de vente face à Veltris de 74 à 60 jours d'ici fin T3",
                ),
            ),
            Okr(
                objective="Faire adopter le module Prévisions par les comptes qui l'ont acheté",
                key_results=(
                    "Porter la part des comptes actifs chaque semaine sur Prévisions de 22 % à 45 % d'ici fin T3",
                    "Ramener le délai jusqu'à la première prévision de 19 à 7 jours d'ici fin T3",
                ),
            ),
        ),
        en=(
            Okr(
                objective="Give Sales what it takes to win against Veltris",
                key_results=(
                    "Raise the win rate against Veltris from 28% to 38% by the end of Q3",
                    "Shorten the sales cycle against Veltris from 74 to 60 days by the end of Q3",
                ),
            ),
            Okr(
                objective="Get the accounts that bought Forecasts to live by it",
                key_results=(
                    "Raise the share of accounts active weekly on Forecasts from 22% to 45% by the end of Q3",
                    "Cut the time to a first forecast from 19 to 7 days by the end of Q3",
                ),
            ),
        ),
    ),
)

GAMING: Final = Described(
    id="model-gaming",
    family="model",
    severity="advice",
    title=Both(
        fr="Le chiffre ne s'obtient pas à bon compte, sans le bénéfice",
        en="The number cannot be had cheaply, without the benefit",
    ),
    why=Both(
        fr="Une mesure dont on fait une cible attire les raccourcis. Nommer le moins cher montre le garde-fou à poser à côté : une seconde mesure qui se dégraderait.",
        en="A measure made a target invites shortcuts. Naming the cheapest one shows the guardrail to put beside it: a second measure that would get worse.",
    ),
    sources=(
        goodhart("A measure that becomes a target stops being a good measure."),
        grove("Pair indicators, so that the effect and its counter-effect are both measured."),
    ),
    bad=Both(
        fr=(
            Okr(
                objective="Remplir le pipeline des équipes commerciales",
                key_results=("Passer de 90 à 150 demandes de démo par mois d'ici fin T3",),
            ),
            Okr(
                objective="Que nos clients aient leur réponse avant de s'impatienter",
                key_results=("Ramener le délai de première réponse de 9 h à 2 h d'ici fin T3",),
            ),
        ),
        en=(
            Okr(
                objective="Fill the sales teams' pipeline",
                key_results=("Go from 90 to 150 demo requests a month by the end of Q3",),
            ),
            Okr(
                objective="Customers get their answer before they lose patience",
                key_results=("Cut first response time from 9 hours to 2 by the end of Q3",),
            ),
        ),
    ),
    good=Both(
        fr=(
            Okr(
                objective="Remplir le pipeline des équipes commerciales",
                key_results=(
                    "Passer de 90 à 150 demandes de démo par mois d'ici fin T3",
                    "Porter la part des démos qui deviennent une opportunité de 32 % à 40 % d'ici fin T3",
                ),
            ),
            Okr(
                objective="Que nos clients aient leur réponse avant de s'impatienter",
                key_results=(
                    "Ramener le délai de première réponse de 9 h à 2 h d'ici fin T3",
                    "Porter la part des demandes résolues sans relance de 55 % à 70 % d'ici fin T3",
                ),
            ),
        ),
        en=(
            Okr(
                objective="Fill the sales teams' pipeline",
                key_results=(
                    "Go from 90 to 150 demo requests a month by the end of Q3",
                    "Raise the share of demos that become an opportunity from 32% to 40% by the end of Q3",
                ),
            ),
            Okr(
                objective="Customers get their answer before they lose patience",
                key_results=(
                    "Cut first response time from 9 hours to 2 by the end of Q3",
                    "Raise the share of requests solved without a reminder from 55% to 70% by the end of Q3",
                ),
            ),
        ),
    ),
)

ALIGNMENT: Final = Described(
    id="model-alignment",
    family="model",
    severity="advice",
    title=Both(
        fr="Un chemin plausible mène de l'OKR à un objectif de l'entreprise",
        en="A plausible path leads from the OKR to a company objective",
    ),
    why=Both(
        fr="Les rapprochements de mots et de mesures ne voient pas tout : un modèle peut nommer le chemin qui manque, ou dire qu'il n'en voit pas.",
        en="Ties between words and measures do not show everything: a model can name the path that is missing, or say that it sees none.",
    ),
    sources=(article("Chaque OKR PMM doit pouvoir remonter à un objectif stratégique de l'entreprise."),),
    bad=Both(
        fr=(
            Okr(
                objective="Faire connaître notre marque aux étudiants en école de commerce",
                key_results=("Porter la notoriété assistée chez les étudiants de 8 % à 15 % d'ici fin T3",),
                contributes_to="NRR de 104 % à 112 %",
            ),
            Okr(
                objective="Devenir l'employeur que choisissent les meilleurs PMM d'Europe",
                key_results=("Porter la part des offres acceptées de 50 % à 75 % d'ici fin T3",),
                contributes_to="Réduire de moitié le coût d'acquisition",
            ),
        ),
        en=(
            Okr(
                objective="Make our brand known to business school students",
                key_results=("Raise aided awareness among students from 8% to 15% by the end of Q3",),
                contributes_to="NRR from 104% to 112%",
            ),
            Okr(
                objective="Become the employer that Europe's best product marketers choose",
                key_results=("Raise the share of accepted offers from 50% to 75% by the end of Q3",),
                contributes_to="Halve the cost of acquiring a customer",
            ),
        ),
    ),
    good=Both(
        fr=(
            Okr(
                objective="Faire du module Prévisions une raison de renouveler",
                key_results=("Porter l'adoption hebdomadaire de Prévisions de 22 % à 45 % d'ici fin T3",),
                contributes_to="NRR de 104 % à 112 %",
            ),
            Okr(
                objective="Que les bons prospects viennent d'eux-mêmes",
                key_results=("Porter la part des démos venues de nos clients de 10 % à 25 % d'ici fin T3",),
                contributes_to="Réduire de moitié le coût d'acquisition",
            ),
        ),
        en=(
            Okr(
                objective="Make Forecasts a reason to renew",
                key_results=("Raise weekly adoption of Forecasts from 22% to 45% by the end of Q3",),
                contributes_to="NRR from 104% to 112%",
            ),
            Okr(
                objective="Have the right prospects come by themselves",
                key_results=("Raise the share of demos that customers sent us from 10% to 25% by the end of Q3",),
                contributes_to="Halve the cost of acquiring a customer",
            ),
        ),
    ),
)

MODEL_RULES: Final = (SUFFICIENCY, GAMING, ALIGNMENT)
"""The rules that a model is asked about, in the order they are reported."""
