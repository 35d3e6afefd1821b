"""Know which company objectives a team's OKRs lead up to, as the house's settings say."""

from __future__ import annotations

from functools import lru_cache

from reviewer.language.folding import fold
from reviewer.okr import Context, Team


def goals_of(team: str | None, context: Context) -> tuple[int, ...]:
    """Give the places of the company objectives that a team's OKRs lead up to: its own, its parents' beside.

    All of them for a team that the settings do not name, and for one that has none by itself nor through a parent.
    """
    return _goals_of(team_key(team or ""), context.settings.teams, context.company_objectives)


def team_key(name: str) -> str:
    """Give a team's name as names are compared: case, accents and spaces left out of account."""
    return " ".join(fold(name).text.split())


@lru_cache(maxsize=1024)
def _goals_of(key: str, teams: tuple[Team, ...], given: tuple[str, ...]) -> tuple[int, ...]:
    by_key = {team_key(each.name): each for each in teams}
    wanted: set[str] = set()
    seen: set[str] = set()
    while key in by_key and key not in seen:  # a parent that is its own child ends the walk
        seen.add(key)
        wanted.update(text.strip() for text in by_key[key].company_objectives)
        key = team_key(by_key[key].parent or "")
    return tuple(at for at, text in enumerate(given) if text.strip() in wanted) or tuple(range(len(given)))
