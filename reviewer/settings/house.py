"""Read what a house calls things: its own measures, its names, its teams and what they lead up to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from reviewer.language.folding import fold
from reviewer.language.glossary import check_measures
from reviewer.okr import HouseMeasure, MetricKind, MetricUnit, Team
from reviewer.settings.places import Where
from reviewer.settings.values import Values, nearest

_GLOSSARY_KEYS = ("names", "measure")
_MEASURE_KEYS = ("id", "fr", "en", "unit", "good", "kind", "vanity", "drives", "driven_by", "baseline")
_TEAM_KEYS = ("name", "company_objectives", "parent")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_glossary(values: Values, table: Mapping[str, Any]) -> tuple[tuple[HouseMeasure, ...], tuple[str, ...]]:
    """Read `[glossary]`: the house's own measures, and the names of its products and of itself."""
    value = table.get("glossary", {})
    header = values.header("glossary")
    if not isinstance(value, dict):
        values.refuse(("glossary",), f'glossary is {value!r}, not a table; write {header} then names = ["Product name"]')
        return (), ()
    values.know_keys(value, ("glossary",), _GLOSSARY_KEYS, header)
    names = values.texts(value, ("glossary", "names"), "a name", ["Product name", "Company name"])
    measures, places = [], []
    measure_header = values.list_header("glossary", "measure")
    for where, each in values.tables(value.get("measure", []), ("glossary", "measure"), measure_header):
        measure = _measure(values, each, where, measure_header)
        if measure is not None:
            measures.append(measure)
            places.append(where)
    for at, key, what in check_measures(measures):
        values.refuse((*places[at], key), what)
    _refuse_shared_names(values, measures, places)
    return tuple(measures), names


def _measure(values: Values, value: Any, where: Where, header: str) -> HouseMeasure | None:
    if not isinstance(value, dict):
        values.refuse(where, f"measure holds {value!r}, not a table; write {header} above each one")
        return None
    before = len(values.mistakes)
    values.know_keys(value, where, _MEASURE_KEYS, header)
    name = values.text(value, (*where, "id"))
    if "id" not in value:
        values.refuse(where, 'a measure has no id; add id = "our-measure", by which drives and reports name it')
    elif name is not None and not _ID.fullmatch(name):
        plain = "-".join(re.findall(r"[a-z0-9]+", fold(name).text)) or "our-measure"
        values.refuse((*where, "id"), f'the id {name!r} is not written as ids are; write small letters and hyphens: id = "{plain}"')
    read: dict[str, Any] = {
        "fr": values.texts(value, (*where, "fr"), "a name", ["taux de complétude", "TDC"]),
        "en": values.texts(value, (*where, "en"), "a name", ["completion rate", "CR"]),
        "unit": values.choice(value, (*where, "unit"), get_args(MetricUnit)),
        "good": values.choice(value, (*where, "good"), ("up", "down")),
        "kind": values.choice(value, (*where, "kind"), get_args(MetricKind)),
        "vanity": values.flag(value, (*where, "vanity")),
        "drives": values.texts(value, (*where, "drives"), "a measure", ["nrr"]),
        "driven_by": values.texts(value, (*where, "driven_by"), "a measure", ["activation-rate"]),
        "baseline": values.text(value, (*where, "baseline")),
    }
    if "fr" not in value and "en" not in value or len(values.mistakes) == before and not read["fr"] and not read["en"]:
        values.refuse(where, f'the measure {name!r} has no name; add fr = ["..."] or en = ["..."], first the one that you say mid-sentence')
    if len(values.mistakes) > before or name is None:
        return None
    return HouseMeasure(id=name, **read)


def _refuse_shared_names(values: Values, measures: Sequence[HouseMeasure], places: Sequence[Where]) -> None:
    """Refuse a name that two measures bear: which of them a key result means could not be told."""
    seen: dict[tuple[str, str], str] = {}
    for measure, where in zip(measures, places, strict=True):
        for language, names in (("fr", measure.fr), ("en", measure.en)):
            for name in names:
                other = seen.setdefault((language, fold(name).text), measure.id)
                if other != measure.id:
                    values.refuse((*where, language), f"{name!r} is a name of {other!r} already; leave it to one of the two")


def read_teams(values: Values, table: Mapping[str, Any], company: tuple[str, ...]) -> tuple[tuple[Team, ...], tuple[str, ...]]:
    """Read every `[[teams]]`; gives them, and the company objectives with those that only a team names after them."""
    header = values.list_header("teams")
    teams: list[Team] = []
    given = dict.fromkeys(company)
    for where, value in values.tables(table.get("teams", []), ("teams",), header):
        if not isinstance(value, dict):
            values.refuse(where, f'teams holds {value!r}, not a table; write {header} with name = "{value}"')
            continue
        values.know_keys(value, where, _TEAM_KEYS, header)
        name = values.text(value, (*where, "name"))
        if name is None:
            if "name" not in value:
                values.refuse(where, 'a team has no name; add name = "PMM", as the OKRs write it')
            continue
        if any(_key(each.name) == _key(name) for each in teams):
            values.refuse((*where, "name"), f"the team {name!r} is there twice; write all that holds for it in one place")
            continue
        goals = _goals(values, value, (*where, "company_objectives"), company)
        given.update(dict.fromkeys(goals))
        teams.append(Team(name=name, company_objectives=goals, parent=values.text(value, (*where, "parent"))))
    _check_parents(values, table, teams)
    return tuple(teams), tuple(given)


def _goals(values: Values, table: Mapping[str, Any], where: Where, company: tuple[str, ...]) -> tuple[str, ...]:
    """Read a team's company objectives, by their words or by their number in the company's list."""
    value = table.get("company_objectives", [])
    if isinstance(value, list):
        read = []
        for each in value:
            if isinstance(each, int) and not isinstance(each, bool):
                if not 1 <= each <= len(company):
                    many = f"company_objectives lists {len(company)}" if company else "no company_objectives are listed at the top"
                    values.refuse(where, f"company_objectives names number {each}, and {many}; write a number of the list, or its text")
                    continue
                read.append(company[each - 1])
            else:
                read.append(each)
        table = {"company_objectives": read}
    return values.texts(table, where, "an objective", ["first objective", "second objective"])


def _check_parents(values: Values, table: Mapping[str, Any], teams: Sequence[Team]) -> None:
    by_key = {_key(team.name): team for team in teams}
    rows = table["teams"] if isinstance(table.get("teams"), list) else []
    places = {
        row["name"].strip(): at for at, row in reversed([*enumerate(rows)]) if isinstance(row, dict) and isinstance(row.get("name"), str)
    }
    for team in teams:
        if team.parent is None:
            continue
        where = ("teams", places[team.name], "parent")
        if _key(team.parent) not in by_key:
            names = [each.name for each in teams if each is not team]
            hint = nearest(team.parent, names)
            values.refuse(
                where,
                f"the parent of {team.name!r} is {team.parent!r}, which is no team here{hint}; add it under [[teams]], or take the line out",
            )
            continue
        above, way = by_key[_key(team.parent)], [team.name]
        while above.parent is not None and above.name not in way and _key(above.parent) in by_key:
            way.append(above.name)
            above = by_key[_key(above.parent)]
        if above.name == team.name:
            values.refuse(where, f"{' -> '.join([*way, team.name])}: a team cannot stand above itself; take one parent out")


def _key(name: str) -> str:
    return " ".join(fold(name).text.split())
