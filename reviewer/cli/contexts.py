"""Settle what surrounds each draft: its settings file, then what the command line says over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from reviewer.cli.inputs import STANDARD_INPUT, decode_argument, read_company_objectives
from reviewer.okr import Context, Language
from reviewer.settings import find_settings, load_settings


@dataclass(frozen=True, slots=True)
class Overrides:
    """Hold what the command line says; what it does not say stays as the settings have it."""

    company_objectives: tuple[str, ...] = ()
    team: str | None = None
    cycle: str | None = None
    language: Language | None = None
    profile: str | None = None
    corpus: str | None = None

    def over(self, context: Context) -> Context:
        """Put these values over those of a settings file."""
        said = {
            "company_objectives": self.company_objectives,
            "team": self.team,
            "cycle": self.cycle,
            "language": self.language,
        }
        merged = dict(context) | {key: value for key, value in said.items() if value}
        settings = {key: value for key, value in {"profile": self.profile, "corpus": self.corpus}.items() if value is not None}
        if settings:
            merged["settings"] = dict(context.settings) | settings
        return Context.model_validate(merged)


def overrides_from(
    company: str | None,
    objectives: Sequence[str],
    *,
    team: str | None,
    cycle: str | None,
    language: Language | None,
    profile: str | None = None,
    corpus: str | None = None,
) -> Overrides:
    """Gather what options say of the surroundings; raises click.BadParameter for an empty --objective."""
    named = read_company_objectives(company) if company is not None else ()
    given = tuple(decode_argument(text).strip() for text in objectives)
    if not all(given):
        raise click.BadParameter("it is empty; write the objective between quotes.", param_hint="'--objective'")
    return Overrides(
        company_objectives=named + given,
        team=decode_argument(team) if team else None,
        cycle=decode_argument(cycle) if cycle else None,
        language=language,
        profile=profile,
        corpus=corpus,
    )


def contexts_for(names: Sequence[str], overrides: Overrides, *, config: Path | None, no_config: bool) -> list[Context]:
    """Give each FILE argument its context; a settings file is read once, however many drafts it serves."""
    paths = [None if no_config else config or find_settings(_folder_of(name)) for name in names]
    contexts = {path: overrides.over(_load(path)) for path in dict.fromkeys(paths)}
    return [contexts[path] for path in paths]


def _load(path: Path | None) -> Context:
    if path is None:
        return Context()
    from reviewer.rules import ALL_RULES

    return load_settings(path, [rule.id for rule in ALL_RULES])


def _folder_of(name: str) -> Path:
    return Path.cwd() if name == STANDARD_INPUT else Path(name).parent
