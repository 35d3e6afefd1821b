"""Find what an idea wants: its wanted states in the author's own words, what it is for, by when."""

from __future__ import annotations

import re

from reviewer.language.folding import fold
from reviewer.language.statement import understand_key_result, understand_objective
from reviewer.okr import Language
from reviewer.rewriting.sentences import deadline
from reviewer.rewriting.words import upper_first

SURE = 0.7
"""Certainty from which an idea is believed to be a wanted state."""

_LONGEST_STATE = 20
"""Words up to which an idea is short enough to be remembered as an objective."""

_LENGTH_OF_TIME = re.compile(r"\b(?:days?|weeks?|months?|hours?|jours?|semaines?|mois|heures?)\b|\+ ?\d", re.IGNORECASE)
_DATE_TAIL = 8
"""Characters that may follow a date which ends a clause: " of 2026"."""

_PURPOSE = {
    "fr": re.compile(
        r"\b(?P<that>pour que |pour qu['’]|afin que |afin qu['’]|de sorte que )(?P<those>.+)|\b(?:pour|afin de|afin d['’]|histoire de) ?(?P<to>[a-zà-ÿ']+(?:er|ir|re)\b.+)",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\b(?P<that>so that |so )(?P<those>\w+ .+)|\b(?:in order to|so as to|to) (?P<to>[a-z]+ .+)", re.IGNORECASE),
}
_COMPLAINT = {
    "fr": re.compile(
        r"\b(?:trop (?:de|d'|peu|souvent|lent\w*|cher\w*)|pas assez|ne \w+ (?:pas|plus|jamais|rien)|n'\w+ (?:pas|plus|jamais|rien)|perd(?:ons|ent|s)?|perdus?|manque\w*|personne|aucun\w*|problemes?|soucis?|plaintes?|se plaignent|difficile\w*|galere\w*|mal|echoue\w*|rate\w*|baisse\w*|stagne\w*|casse\w*)\b"
    ),
    "en": re.compile(
        r"\b(?:too (?:many|few|much|little|often|slow\w*|expensive)|not enough|\w+n't|nobody|no one|never|keeps? \w+ing|los(?:e|es|ing|t)|lack\w*|problems?|issues?|complain\w*|struggl\w*|cannot|hard to|fail\w*|undercut\w*|drop(?:s|ped|ping)?|stuck|slow|barely|hardly|broken|only)\b"
    ),
}
_UNNAMED = {
    "fr": re.compile(r"^(?:que |qu['’])?(?:ils?|elles?|ça|cela|ce|c['’]|lui|leur)\b", re.IGNORECASE),
    "en": re.compile(r"^(?:they|it|this|that|he|she|there|these|those)\b", re.IGNORECASE),
}


def purposes(clause: str, language: Language) -> list[str]:
    """Give what an idea says it is for: "run a webinar to fill the pipeline" -> "Fill the pipeline"."""
    found = _PURPOSE[language].search(clause)
    if found is None or found.start() == 0 or found["to"] and understand_objective(clause, language, 0).form != "task":
        return []
    if found["to"]:
        return [upper_first(found["to"].strip())]
    those = found["those"].strip()
    if language == "fr":
        return [f"Qu'{those}" if found["that"].rstrip()[-1] in "'’" else f"Que {those}"]
    return [upper_first(those)]


def date_in(clause: str, language: Language) -> str:
    """Give the date a clause names, with a preposition before it; a length of time runs from an event that only this clause knows."""
    facts = understand_key_result(clause, language, 0, None)
    if facts.deadline is None or facts.deadline.span is None or _LENGTH_OF_TIME.search(facts.deadline.text):
        return ""
    tail = clause[facts.deadline.span[1] :]
    year = re.match(r" (?:of|de) 20\d\d", tail)
    whole = (
        re.search(r"\d", facts.deadline.text)
        or re.search(r"\b(?:end|fin)\b", facts.deadline.text, re.IGNORECASE)
        or not re.match(r" \w", tail)
    )
    return deadline(facts) + (year[0] if year else "") if whole or year else ""


def undated(clause: str, language: Language) -> str:
    """Take off the date that ends a clause: the key results bear it."""
    due = understand_key_result(clause, language, 0, None).deadline
    if due is None or due.span is None or len(clause) - due.span[1] > _DATE_TAIL:
        return clause
    return clause[: due.span[0]].rstrip(" ,;–-")


def is_wanted(state: str, language: Language, *, announced: bool) -> bool:
    """Tell a wanted state in the author's own words from a task, a topic, a complaint, a figure or a measure to move.

    What "I want" or "so that" announces is no complaint, whatever its words.
    """
    words = state.split()
    if not 3 <= len(words) <= _LONGEST_STATE or "?" in state or re.search(r"[\d\[\]|<>{}]|https?:", state):
        return False
    if _UNNAMED[language].match(state) or not announced and _COMPLAINT[language].search(fold(state).text):
        return False
    read = understand_objective(state, language, 0)
    if read.form != "state" or read.certainty < SURE or read.target or read.parts or read.routine or any(each.id for each in read.metrics):
        return False
    result = understand_key_result(state, language, 0, None)
    doing = result.nature in ("output", "activity")
    return not doing and result.deadline is None and result.person is None and (result.nature == "outcome" or read.certainty > SURE)
