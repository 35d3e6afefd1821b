"""Say what a draft may repeat: what the idea and its context hold, and the names that measures go by."""

from __future__ import annotations

import re

from reviewer.critique.prose import Given, given
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics, per_house
from reviewer.okr import Context


def given_by(idea: str, context: Context, *, goals: bool) -> Given:
    """Gather the words, figures and dates that a draft may repeat; those of the company objectives only with `goals`."""
    said = [idea, context.cycle or "", context.team or "", *(context.company_objectives if goals else ())]
    known = given(text for text in said if text)
    return known._replace(words=known.words | _names_of_measures())


@per_house(None)
def _names_of_measures() -> frozenset[str]:
    """Give the words with a capital in the catalogue's names of measures: "eNPS", "NRR"."""
    names = (name for metric in known_metrics().values() for text in (metric.fr, metric.en) for name in (text.name, *text.names))
    capitals = (word for name in names for word in re.findall(r"[^\W\d_]+", name) if word.lower() != word)
    return frozenset(part for word in capitals for part in re.findall(r"[a-z]+", fold(word).text))
