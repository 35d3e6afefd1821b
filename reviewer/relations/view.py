"""Answer what the rules on a quarter ask, from the tables: a query for each, and no text read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Literal

from reviewer.encoder import Scale
from reviewer.language.glossary import known_metrics
from reviewer.okr import Language
from reviewer.quarter import Where
from reviewer.relations.cells import days_between
from reviewer.relations.goals import CompanyGoal
from reviewer.relations.lasting import carried_ids, contradictions
from reviewer.relations.sameness import same_groups
from reviewer.relations.storing import OBJECTIVE, VectorFile, key_of_team
from reviewer.rules.quarter_view import (
    Carried,
    Contradicted,
    Copied,
    Goal,
    Opposed,
    Owned,
    Owners,
    Rhythm,
    Said,
    SameStatements,
    TeamFacts,
)

_AT_ONCE = 500
"""Ids asked for in one query; SQLite takes some thousands at most."""


class QuarterView:
    """Answer the rules; see `reviewer.rules.quarter_view.Quarter` for what each answer means."""

    def __init__(
        self,
        database: sqlite3.Connection,
        vectors: VectorFile,
        goals: Sequence[CompanyGoal],
        language: Language,
        scale: Scale | None,
        check_in: str | None = None,
    ) -> None:
        self._database = database
        self._vectors = vectors
        self._goals = goals
        self._language: Language = language
        self._scale = scale
        self._check_in = (check_in or "").strip()
        self._teams: dict[str, str] = {
            key: name for key, name in database.execute("SELECT team_key, team FROM relation_okr WHERE team_key != '' ORDER BY entry DESC")
        }

    @property
    def language(self) -> Language:
        """Give the language of the quarter's findings."""
        return self._language

    @property
    def has_last(self) -> bool:
        """Tell whether the last quarter's OKRs were given."""
        return self._database.execute("SELECT 1 FROM relation_setting WHERE name = 'last'").fetchone() is not None

    def teams(self) -> Iterator[TeamFacts]:
        """Give how much each team commits to, cycle by cycle, in the order of the files."""
        rows = self._database.execute(
            f"SELECT team_key, cycle, count(DISTINCT CASE WHEN {_IS_OBJECTIVE} THEN same END), "
            f"count(DISTINCT CASE WHEN {_IS_MEASURED} THEN {_MEASURE} END) "
            "FROM relation_statement WHERE last = 0 GROUP BY team_key, cycle ORDER BY min(entry), cycle"
        )
        for team_key, cycle, objectives, measures in rows:
            yield TeamFacts(self._teams.get(team_key), cycle, objectives, measures)

    def objectives_of(self, team: TeamFacts) -> tuple[Said, ...]:
        """Give the different objectives that were counted, each where it first stands."""
        return self._firsts(team, _IS_OBJECTIVE, "same")

    def measures_of(self, team: TeamFacts) -> tuple[Said, ...]:
        """Give a key result for each different measure that was counted."""
        return self._firsts(team, _IS_MEASURED, _MEASURE)

    def _firsts(self, team: TeamFacts, where: str, what: str) -> tuple[Said, ...]:
        rows = self._database.execute(
            "SELECT min(id), entry, key_result, text, team_key FROM relation_statement INDEXED BY relation_statement_team "
            f"WHERE last = 0 AND team_key = ? AND cycle = ? AND {where} GROUP BY {what} ORDER BY entry, key_result",
            (key_of_team(team.team), team.cycle),
        )
        return tuple(self._said(*row[1:]) for row in rows)

    def _said(self, entry: int, key_result: int, text: str, team_key: str) -> Said:
        return Said(Where(entry=entry, key_result=None if key_result == OBJECTIVE else key_result), text, self._teams.get(team_key))

    def _by_id(self, ids: Sequence[int]) -> list[Said]:
        """Give statements by their ids, in the order of the files."""
        found: list[tuple[int, int, str, str]] = []
        for begin in range(0, len(ids), _AT_ONCE):
            some = ids[begin : begin + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found += self._database.execute(f"SELECT entry, key_result, text, team_key FROM relation_statement WHERE id IN ({marks})", some)
        return [self._said(*row) for row in sorted(found)]

    def same_statements(self) -> Iterator[SameStatements]:
        """Give statements that stand in more than one OKR of a cycle; those that copy what stands above them are left to `copied`."""
        copies = {row[0] for row in self._database.execute(_COPIES, [*self._goal_keys()])}
        by_okrs: dict[tuple[int, ...], list[tuple[list[Said], bool]]] = {}
        for group in same_groups(self._database, self._vectors, self._scale):
            statements = self._by_id([id for id in group.ids if id not in copies])
            entries = tuple(sorted({each.place.entry for each in statements}))
            if len(entries) > 1:
                by_okrs.setdefault(entries, []).append((statements, group.exact))
        yield from sorted((same for groups in by_okrs.values() for same in _merged(groups)), key=lambda each: _order(each.statements[0]))

    def _goal_keys(self) -> Iterator[int]:
        """Give the keys of the company objectives, as many as a query has room for."""
        keys = [goal.key for goal in self._goals if goal.text][:_MOST_GOALS]
        yield from keys + [0] * (_MOST_GOALS - len(keys))

    def opposed(self) -> Iterator[Opposed]:
        """Give measures that teams move both ways."""
        found = []
        rows = self._database.execute(_OPPOSED)
        for (_, _, _, metric), members in groupby(rows, key=lambda row: row[:4]):
            moves = [*members]
            up, down = (_against(moves, direction) for direction in ("up", "down"))
            name = known_metrics()[metric].text(self._language).name
            found.append(Opposed(name, tuple(self._said(*row[5:]) for row in up), tuple(self._said(*row[5:]) for row in down)))
        yield from sorted(found, key=lambda each: min(_order(said) for said in (*each.up, *each.down)))

    def goals(self) -> Iterator[Goal]:
        """Give the company objectives and what leads up to them."""
        counts = dict(self._database.execute("SELECT goal, count(*) FROM relation_lead GROUP BY goal"))
        judged = self._database.execute("SELECT avg(judged) FROM relation_okr").fetchone()[0] or 0.0
        for at, goal in enumerate(self._goals):
            if goal.text:
                yield Goal(at, goal.text, counts.get(at, 0), judged)

    def copied(self) -> Iterator[Copied]:
        """Give statements that repeat one above them, each once: the company's first, the one it names, another team's."""
        seen: set[int] = set()
        company = {goal.key: goal.text for goal in self._goals if goal.text}
        found: dict[tuple[Literal["company", "named", "team"], int, bool, str | None], tuple[str, list[Said]]] = {}
        for id, same, entry, key_result, text, team_key, parent in self._database.execute(_COPIES, [*self._goal_keys()]):
            seen.add(id)
            above: Literal["company", "named"] = "company" if same in company else "named"
            _, members = found.setdefault((above, same, key_result == OBJECTIVE, None), (company.get(same, parent), []))
            members.append(self._said(entry, key_result, text, team_key))
        for id, same, entry, key_result, text, team_key, parent, parent_key in self._database.execute(_FROM_TEAMS):
            if id not in seen:
                seen.add(id)
                _, members = found.setdefault(("team", same, key_result == OBJECTIVE, self._teams.get(parent_key)), (parent, []))
                members.append(self._said(entry, key_result, text, team_key))
        for (kind, _, _, parent_team), (parent, members) in sorted(found.items(), key=lambda each: _order(each[1][1][0])):
            yield Copied(tuple(members), parent, kind, parent_team)

    def owners(self) -> Owners:
        """Give the OKRs that persons own."""
        rows = self._database.execute(
            "SELECT o.entry, coalesce(s.text, ''), o.owner FROM relation_okr o LEFT JOIN relation_statement s "
            f"ON s.last = 0 AND s.entry = o.entry AND s.key_result = {OBJECTIVE} WHERE o.team_key = '' AND o.person = 1 ORDER BY o.entry"
        )
        persons = tuple(Owned(Said(Where(entry=entry), text), owner) for entry, text, owner in rows)
        named = self._database.execute("SELECT count(*) FROM relation_okr WHERE owner IS NOT NULL OR team_key != ''").fetchone()[0]
        return Owners(persons, named)

    def rhythms(self) -> Iterator[Rhythm]:
        """Give the different check-in rhythms named, each where it first stands; where no file names one, what was said beside."""
        rows = self._database.execute(
            "SELECT trim(check_in), min(entry) FROM relation_okr WHERE trim(coalesce(check_in, '')) != '' GROUP BY lower(trim(check_in)) ORDER BY 2"
        ).fetchall()
        for text, entry in rows:
            yield Rhythm(text, days_between(text), Where(entry=entry))
        if not rows and self._check_in:
            yield Rhythm(self._check_in, days_between(self._check_in), None)

    def carried(self) -> Iterator[Carried]:
        """Give what stands unchanged in the last quarter's file, OKR by OKR; an objective alone is no OKR carried over."""
        contradicted = {row.id for row in contradictions(self._database)}
        ids = carried_ids(self._database, self._vectors, self._scale)
        for entry, group in groupby(self._rows_of(ids), key=lambda row: row[0]):
            rows = [row for row in group if row[4] not in contradicted]
            if any(row[1] != OBJECTIVE for row in rows) or (rows and not self._has_key_results(entry)):
                yield Carried(tuple(self._said(*row[:4]) for row in rows), all(ids[row[4]] for row in rows))

    def _rows_of(self, ids: Iterable[int]) -> list[tuple[int, int, str, str, int]]:
        known = [*ids]
        found: list[tuple[int, int, str, str, int]] = []
        for begin in range(0, len(known), _AT_ONCE):
            some = known[begin : begin + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found += self._database.execute(
                f"SELECT entry, key_result, text, team_key, id FROM relation_statement WHERE id IN ({marks})", some
            )
        return sorted(found)

    def _has_key_results(self, entry: int) -> bool:
        row = self._database.execute("SELECT key_results FROM relation_okr WHERE entry = ?", (entry,)).fetchone()
        return bool(row and row[0])

    def contradicted(self) -> Iterator[Contradicted]:
        """Give stated starts that are not what the last quarter ended at."""
        for row in contradictions(self._database):
            said = self._said(row.entry, row.key_result, row.text, row.team_key)
            yield Contradicted(said, row.start, row.last, row.ended, row.reached)


_MOST_GOALS = 60
"""Company objectives that a query compares with; a company with more has none."""

_COPIES = f"""
    SELECT s.id, s.same, s.entry, s.key_result, s.text, s.team_key, o.parent_text
    FROM relation_statement s JOIN relation_okr o ON o.entry = s.entry
    WHERE s.last = 0 AND s.telling = 1 AND (s.same = o.parent OR s.same IN ({", ".join("?" * _MOST_GOALS)}))
    ORDER BY s.entry, s.key_result
"""
_FROM_TEAMS = """
    SELECT s.id, s.same, s.entry, s.key_result, s.text, s.team_key, p.text, p.team_key
    FROM relation_statement s JOIN relation_statement p ON p.same = s.same AND p.last = 0
    WHERE s.last = 0 AND s.telling = 1 AND s.key_result < 0 AND p.key_result >= 0 AND s.team_key != '' AND p.team_key != ''
    AND p.team_key != s.team_key AND p.cycle = s.cycle ORDER BY s.entry, s.key_result, p.id
"""
_OPPOSED = """
    SELECT s.about, s.rest, s.cycle, s.metric, s.direction, s.entry, s.key_result, s.text, s.team_key
    FROM relation_statement s JOIN (
        SELECT about, rest, cycle FROM relation_statement
        WHERE last = 0 AND metric IS NOT NULL AND figure IS NOT NULL AND moved = 1 AND direction IN ('up', 'down') AND team_key != ''
        GROUP BY about, rest, cycle HAVING count(DISTINCT direction) = 2 AND count(DISTINCT team_key) > 1
    ) g ON g.about = s.about AND g.rest = s.rest AND g.cycle = s.cycle
    WHERE s.last = 0 AND s.figure IS NOT NULL AND s.moved = 1 AND s.direction IN ('up', 'down') AND s.team_key != ''
    ORDER BY s.about, s.rest, s.cycle, s.entry, s.key_result
"""
_IS_OBJECTIVE = "key_result < 0"
_MEASURE = "coalesce(metric, about)"
_IS_MEASURED = f"key_result >= 0 AND outcome = 1 AND {_MEASURE} IS NOT NULL"


def _against(moves: Sequence[tuple[Any, ...]], direction: str) -> list[tuple[Any, ...]]:
    """Give the moves one way that another team's move goes against."""
    others = {row[8] for row in moves if row[4] != direction}
    return [row for row in moves if row[4] == direction and others != {row[8]}]


def _order(said: Said) -> tuple[int, int]:
    return said.place.entry, OBJECTIVE if said.place.key_result is None else said.place.key_result


def _merged(groups: list[tuple[list[Said], bool]]) -> Iterator[SameStatements]:
    """Make one of the groups that stand in the same OKRs: an OKR that stands twice is one fault, not one per statement."""
    objectives = [group for group in groups if group[0][0].place.key_result is None]
    if objectives and len(groups) > 1:
        statements = sorted((said for members, _ in groups for said in members), key=_order)
        yield SameStatements("okr", tuple(statements), all(exact for _, exact in groups))
        return
    for members, exact in groups:
        yield SameStatements("objective" if members[0].place.key_result is None else "key_result", tuple(members), exact)
