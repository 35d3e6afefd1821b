"""Offer drafts of our own to start from."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from reviewer.okr import Language
from reviewer.rules.typography import typeset_french


class OurDraft(NamedTuple):
    """Hold a draft to start from, with what surrounds it."""

    name: str
    draft: str
    company: str
    team: str
    cycle: str


@cache
def our_drafts(language: Language) -> tuple[OurDraft, ...]:
    """Give the drafts of one language, in the order of drafts.toml."""
    read = tomllib.loads(resources.files(__package__).joinpath("drafts.toml").read_text("utf-8"))["drafts"]
    return tuple(
        OurDraft(
            each["name"][language],
            _set(each[language]["draft"], language),
            _set(each[language]["company"], language),
            each["team"],
            each["cycle"][language],
        )
        for each in read
    )


def choices(language: Language) -> list[tuple[str, int]]:
    """List the drafts as a dropdown takes them: name and number."""
    return [(each.name, number) for number, each in enumerate(our_drafts(language))]


def _set(text: str, language: Language) -> str:
    return typeset_french(text.strip()) if language == "fr" else text.strip()
