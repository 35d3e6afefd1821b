"""Ideas as people type them: tasks, wishes, complaints, figures, single words, slips of the keyboard; and company objectives."""

from __future__ import annotations

from typing import NamedTuple

from reviewer.okr import Language


class Said(NamedTuple):
    """Hold an idea and the language it is in."""

    idea: str
    language: Language


IDEAS = (
    # tasks
    Said("refondre la page tarifs", "fr"),
    Said("Lancer le module Prévisions auprès des ETI", "fr"),
    Said("mener 20 entretiens clients ce trimestre", "fr"),
    Said("organiser 3 webinaires pour remplir le pipeline", "fr"),
    Said("former les commerciaux au nouveau pitch pour qu'ils soient crédibles devant les DAF", "fr"),
    Said("créer un kit de vente pour nos partenaires", "fr"),
    Said("launch the Forecasts module to mid-market accounts", "en"),
    Said("redo the pricing page", "en"),
    Said("run 20 customer interviews", "en"),
    Said("train reps on the new pitch so that they sound credible to CFOs", "en"),
    Said("write 4 case studies and a one-pager", "en"),
    Said("LAUNCH THE NEW MOBILE APP!!!", "en"),
    # wanted states
    Said("Que nos commerciaux gagnent plus souvent face à Nexia", "fr"),
    Said("Devenir la référence des directions achats", "fr"),
    Said("Je voudrais que les revendeurs nous vendent spontanément", "fr"),
    Said("Reps feel confident whenever Nexia shows up", "en"),
    Said("Become the vendor procurement teams recommend", "en"),
    Said("I want resellers to pitch us first", "en"),
    # figures given
    Said("Faire passer le win rate face à Nexia de 28 % à 38 %", "fr"),
    Said("réduire le churn de 4,2 % à 3 % et augmenter le NPS de 30 à 40", "fr"),
    Said("doubler les demandes de démo qualifiées d'ici fin juin", "fr"),
    Said("augmenter le NRR de 8 points", "fr"),
    Said("raise win rate against Nexia from 28% to 38%", "en"),
    Said("adoption of the Alerts feature: we're at 12%, aiming for 30%", "en"),
    Said("double qualified demo requests by the end of June", "en"),
    # complaints and vague wishes
    Said("on perd trop de clients après 6 mois", "fr"),
    Said("mieux travailler avec les analystes", "fr"),
    Said("aider les Sales", "fr"),
    Said("sales keep asking for decks nobody uses", "en"),
    Said("competitor Tavoro is undercutting us on price", "en"),
    Said("better onboarding for new customers", "en"),
    Said("get more webinar registrants", "en"),
    # one word
    Said("positionnement", "fr"),
    Said("renouvellement", "fr"),
    Said("churn", "en"),
    Said("battlecards", "en"),
    # badly typed
    Said("ameliorer le win rate fasse a nexia", "fr"),
    Said("  - refonte de la page tarrifs...", "fr"),
    Said("lauch the pricng page", "en"),
    # far from product marketing
    Said("organiser la fête de Noël du bureau", "fr"),
    Said("repaint the meeting room", "en"),
)

FAR = IDEAS[-2:]

COMPANY: dict[Language, tuple[str, ...]] = {
    "fr": ("Atteindre un NRR de 115 %", "Gagner de nouveaux clients sur le Mid-Market", "Devenir la référence de notre catégorie"),
    "en": ("Reach 115% NRR", "Win new mid-market customers", "Own our category"),
}
