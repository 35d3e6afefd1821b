"""Share what the tests of the critique need: drafts in both languages, replies of a sound model, and servers' scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from scripted_model import Script, ScriptedModel

from reviewer import Context, Review, review
from reviewer.gateway import Critic
from reviewer.okr import Settings

FRENCH = """\
# OKR PMM

Objectif : Les commerciaux abordent Kerlane avec confiance

- KR1 : Porter le win rate ETI face à Kerlane de 24 % à 33 % d'ici fin T3
- KR2 : Créer 3 nouvelles battlecards avant le 30 juin
- KR3 : NPS ≥ 40
- KR4 : Contenus : 12
"""
ENGLISH = """\
# PMM OKR

Objective: Reps meet Kerlane with confidence and win

- KR1: Raise mid-market win rate against Kerlane from 24% to 33% by the end of Q3
- KR2: Create 3 new battlecards by June 30
- KR3: NPS of 40
- KR4: Messaging: 4.2 out of 5
"""
DRAFTS = {"fr": FRENCH, "en": ENGLISH}
COMPANY = {
    "fr": ("Gagner des parts de marché face aux deux leaders", "NRR de 104 % à 112 %"),
    "en": ("Win market share from the two leaders", "Net revenue retention from 104% to 112%"),
}

Reply = dict[str, Any]
Scripted = Callable[[Script], ScriptedModel]
"""What the fixture `scripted_model` gives."""


def context_of(language: str, company: bool = False, **settings: Any) -> Context:
    """Give the context of a review in one language, with or without company objectives."""
    return Context(company_objectives=COMPANY[language] if company else (), settings=Settings(**settings))


def by_rules(source: str, context: Context | None = None) -> Review:
    """Review by rules alone, without examples."""
    return review(source, context=context or Context(), examples=0)


def critic(**limits: Any) -> Critic:
    """Give a critic that reaches the scripted server, without a cache unless asked for, and tries each call once."""
    return Critic("openai/scripted", **{"cache": False, "attempts": 1, "timeout": 20.0, **limits})


def opinion(index: int, nature: str, quote: str, **more: Any) -> Reply:
    """Word an opinion on a key result."""
    return {"index": index, "nature": nature, "nature_quote": quote, "measure": None, "baseline": None, "baseline_quote": None, **more}


def reply(*opinions: Reply, **parts: Any) -> Reply:
    """Word a whole reply; what is not named is empty."""
    return {
        "key_results": list(opinions),
        "sufficiency": {"enough": True, "story": None},
        "gaming": [],
        "alignment": None,
        "rewrites": [],
        "questions": [],
        **parts,
    }


def sound_opinions(language: str, last: str = "unclear") -> list[Reply]:
    """Give what a careful model says of the draft's four key results; the rules leave the nature of the last one open."""
    if language == "fr":
        return [
            opinion(0, "outcome", "Porter le win rate ETI", measure="win rate ETI", baseline="stated", baseline_quote="de 24 %"),
            opinion(1, "output", "Créer 3 nouvelles battlecards"),
            opinion(2, "outcome", "NPS", measure="NPS", baseline="none"),
            opinion(3, last, "Contenus"),
        ]
    return [
        opinion(0, "outcome", "Raise mid-market win rate", measure="mid-market win rate", baseline="stated", baseline_quote="from 24%"),
        opinion(1, "output", "Create 3 new battlecards"),
        opinion(2, "outcome", "NPS", measure="NPS", baseline="none"),
        opinion(3, last, "Messaging"),
    ]


STORY = {
    "fr": "Les commerciaux gagnent de petits deals face à Kerlane et laissent filer les grands comptes sans les défendre.",
    "en": "Reps win small deals against Kerlane and let the large accounts go without a fight.",
}
WAY = {
    "fr": "ne garder dans le calcul que les deals déjà presque gagnés",
    "en": "count only the deals that were nearly won already",
}
GUARDRAIL = {
    "fr": "le nombre de deals ouverts face à Kerlane ne recule pas",
    "en": "the number of deals opened against Kerlane does not fall",
}
REWRITE = {
    "fr": "Porter la part des deals où une battlecard est ouverte de [part actuelle] à [cible] avant le 30 juin",
    "en": "Raise the share of deals in which a battlecard is opened from [current share] to [target] by June 30",
}
SLOT = {"fr": "[part actuelle]", "en": "[current share]"}
QUESTION = {
    "fr": "Dans quelle part des deals une battlecard est-elle ouverte aujourd'hui ?",
    "en": "In what share of deals is a battlecard opened today?",
}
PATH = {"fr": ["plus de deals gagnés face à Kerlane", "des parts de marché"], "en": ["more deals won against Kerlane", "market share"]}


def sound(language: str, last: str = "unclear") -> Reply:
    """Give the whole reply of a careful model."""
    return reply(
        *sound_opinions(language, last),
        sufficiency={"enough": False, "story": STORY[language]},
        gaming=[{"key_result": 0, "quote": "win rate", "way": WAY[language], "guardrail": GUARDRAIL[language]}],
        rewrites=[{"key_result": 1, "text": REWRITE[language]}],
        questions=[{"key_result": 1, "slot": SLOT[language], "text": QUESTION[language]}],
    )


def drafted(request: dict[str, Any]) -> dict[str, Any]:
    """Read the draft out of a request: the JSON of its last message."""
    found: dict[str, Any] = json.loads(request["messages"][-1]["content"])
    return found
