"""Quarters of an invented company, in French and English mixed, as a head of PMM would get them."""

from __future__ import annotations

from reviewer import Okr

COMPANY = (
    "Porter le NRR de 104 % à 112 %",
    "Win market share from the two leaders",
    "Ouvrir l'Espagne",
)


def okr(team: str | None, objective: str, *key_results: str, owner: str | None = None, contributes_to: str | None = None) -> Okr:
    """Make an OKR of a team."""
    return Okr(objective=objective, key_results=key_results, team=team, owner=owner, contributes_to=contributes_to)


DEALS = okr(
    "PMM",
    "Donner aux Sales les armes pour gagner les deals compétitifs",
    "Porter le win rate face à Orbeo de 24 % à 32 % d'ici fin T3",
    "Porter l'usage des battlecards dans les deals compétitifs de 25 % à 70 % d'ici fin T3",
    contributes_to="2",
)
LAUNCH = okr(
    "PMM",
    "Faire du module Prévisions une raison de renouveler",
    "Porter l'adoption hebdomadaire de Prévisions de 22 % à 45 % des comptes d'ici fin T3",
    "Porter le taux de renouvellement Enterprise de 71 % à 85 % d'ici fin T3",
    contributes_to="Porter le NRR de 104 % à 112 %",
)
SALES = okr(
    "Sales",
    "Win more often without cutting our prices",
    "Raise the win rate against Orbeo from 24% to 32% by the end of Q3",
    "Cut the average discount from 18% to 12% by the end of Q3",
    owner="Claire Hartwell",
)
GROWTH = okr(
    "Growth",
    "Sign before the quarter closes",
    "Raise the average discount from 18% to 22% by the end of Q3",
    "Raise trial-to-paid conversion from 9% to 14% by the end of Q3",
)
SUCCESS = okr(
    "Customer Success",
    "Signing again is a formality for Enterprise customers",
    "Raise the Enterprise renewal rate from 71% to 85% by the end of Q3",
    "Cut first response time from 9 hours to 2 by the end of Q3",
    owner="Sam Okoro",
)
PARTNERS = okr(
    "Partenariats",
    "Que nos partenaires vendent sans nous attendre",
    "Porter le pipeline apporté par les partenaires de 0,8 M€ à 1,4 M€ d'ici fin T3",
    "Porter le win rate face à Veltris de 24 % à 32 % d'ici fin T3",
)
QUARTER = (DEALS, LAUNCH, SALES, GROWTH, SUCCESS, PARTNERS)
