"""Take in a quarter's OKRs one by one, and conclude on the whole once they are all in."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.alignment.teams import goals_of
from reviewer.corpus import wording
from reviewer.language.detect import detect_language
from reviewer.language.glossary import at_home
from reviewer.language.statement import understand_key_result, understand_objective
from reviewer.okr import Context, Language, Review, ReviewedOkr
from reviewer.quarter import Entry, ReviewedEntry
from reviewer.relations.cells import final_value, is_person
from reviewer.relations.dates import cycle_key
from reviewer.relations.goals import leads_to, read_goals
from reviewer.relations.grounds import facts_of_key_result, facts_of_objective, same_key
from reviewer.relations.storing import (
    OBJECTIVE,
    VectorFile,
    free_ids,
    free_last_ids,
    insert_statements,
    key_of_team,
    make_tables,
    new_ids,
    statement_row,
)
from reviewer.relations.whole import Whole, conclude

if TYPE_CHECKING:
    from reviewer.encoder import Scale, Vectors

_AT_ONCE = 256
"""OKRs of the last quarter that are read and encoded together."""


def statement_texts(okr: ReviewedOkr) -> list[str]:
    """Give the texts whose vectors `Relations.add` takes, in their order: the objective, then each key result without its figures."""
    return [okr.objective.text, *(wording(kr.text) for kr in okr.key_results)]


class Relations:
    """Keep what a quarter's OKRs are compared by on disk, so that memory does not grow with them.

    Its tables (their names begin with "relation_") stand in the caller's database and change inside the caller's
    transactions; vectors stand in a file of `folder`. A run that was cut short finds both again.
    """

    def __init__(self, database: sqlite3.Connection, folder: Path, context: Context, language: Language) -> None:
        self._database = database
        self._context = context
        self._language: Language = language
        make_tables(database)
        self._vectors = VectorFile(folder)
        with at_home(context):
            self._goals = read_goals(context.company_objectives, language)

    def add(self, at: int, reviewed: ReviewedEntry, vectors: Vectors | None) -> None:
        """Take in entry number `at` (0-based), in place of what was there; one without a review only takes out what was.

        `vectors` holds a row of length 1 for each of `statement_texts`, or is None where no encoder was at hand.
        """
        review = reviewed.review
        if review is None or not review.okrs:
            free_ids(self._database, at, 0)
            return
        with at_home(self._context):
            self._take_in(at, reviewed, review, vectors)

    def _take_in(self, at: int, reviewed: ReviewedEntry, review: Review, vectors: Vectors | None) -> None:
        okr, entry = review.okrs[0], reviewed.entry
        team = (reviewed.team or okr.team or "").strip() or None
        cycle = cycle_key(entry.cycle or okr.cycle)
        ids = free_ids(self._database, at, 1 + len(okr.key_results))
        rows = self._rows(okr, ids, entry=at, team_key=key_of_team(team), cycle=cycle, last=False)
        insert_statements(self._database, rows)
        if vectors is not None:
            self._vectors.write(ids, vectors)
        else:
            self._vectors.clear(ids)
        leads, judged = leads_to(okr, self._goals, goals_of(team, self._context))
        owner = (okr.owner or "").strip() or None
        parent = (okr.contributes_to or "").strip() or None
        self._database.execute(
            "INSERT INTO relation_okr VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                at, team, key_of_team(team), cycle, owner, int(owner is not None and is_person(owner)), entry.check_in, entry.place.file,
                reviewed.verdict or review.verdict, len(okr.key_results), int(judged), parent, same_key(parent) if parent else None,
            ),
        )  # fmt: skip
        self._database.executemany("INSERT INTO relation_lead VALUES (?, ?, ?)", [(at, goal, score) for goal, score in leads.items()])
        faults = Counter(finding.rule for finding in review.findings)
        self._database.executemany("INSERT INTO relation_fault VALUES (?, ?, ?)", [(at, rule, n) for rule, n in faults.items()])

    def add_last(self, entries: Iterable[Entry], encode: Callable[[Sequence[str]], Vectors] | None = None) -> None:
        """Take in the last quarter's OKRs, in place of any taken in before; with `encode`, near ones are recognised by meaning too."""
        free = free_last_ids(self._database)
        self._database.execute("INSERT OR REPLACE INTO relation_setting VALUES ('last', '1')")
        numbered = enumerate(entries)
        with at_home(self._context):
            while batch := [*islice(numbered, _AT_ONCE)]:
                understood = [(at, entry, self._understand(entry)) for at, entry in batch if entry.okr is not None]
                count = sum(1 + len(okr.key_results) for _, _, okr in understood)
                own = [*islice(free, count)]
                ids = own + new_ids(self._database, count - len(own))
                if encode is not None and ids:
                    self._vectors.write(ids, encode([text for _, _, okr in understood for text in statement_texts(okr)]))
                elif ids:
                    self._vectors.clear(ids)
                left = iter(ids)
                for at, entry, okr in understood:
                    places = [*islice(left, 1 + len(okr.key_results))]
                    rows = self._rows(
                        okr,
                        places,
                        entry=at,
                        team_key=key_of_team(okr.team),
                        cycle=cycle_key(entry.cycle),
                        last=True,
                        details=entry.details,
                    )
                    insert_statements(self._database, rows)

    def conclude(self, scale: Scale | None) -> Whole:
        """Look at the whole: what no OKR shows by itself; `scale` is that of the encoder whose vectors were given, if any."""
        with at_home(self._context):
            return conclude(self._database, self._vectors, self._context, self._goals, self._language, scale)

    def _understand(self, entry: Entry) -> ReviewedOkr:
        okr = entry.okr
        assert okr is not None  # entries without one are left out before
        texts = [okr.objective, *okr.key_results]
        language = self._context.language or detect_language("\n".join(texts), self._language)
        return ReviewedOkr(
            objective=understand_objective(okr.objective.strip(), language),
            key_results=tuple(understand_key_result(text.strip(), language) for text in okr.key_results),
            language=language,
            team=okr.team or self._context.team,
        )

    def _rows(
        self,
        okr: ReviewedOkr,
        ids: Sequence[int],
        *,
        entry: int,
        team_key: str,
        cycle: str,
        last: bool,
        details: Sequence[dict[str, str]] = (),
    ) -> Iterator[tuple[object, ...]]:
        if okr.objective.text.strip():
            yield statement_row(
                ids[0], facts_of_objective(okr.objective), okr.objective.text, okr.language,
                last=last, entry=entry, key_result=OBJECTIVE, team_key=team_key, cycle=cycle,
            )  # fmt: skip
        for number, kr in enumerate(okr.key_results):
            facts = facts_of_key_result(kr)
            final = final_value(details[number], kr.language) if number < len(details) else (None, None, False)
            if final[2] and kr.target is not None:  # said to be reached: it ended at its target
                final = (facts.figure, kr.target.text, True)
            yield statement_row(
                ids[1 + number], facts, kr.text, kr.language, last=last, entry=entry, key_result=number, team_key=team_key, cycle=cycle,
                outcome=kr.nature == "outcome" and kr.target is not None,
                start_text=kr.baseline.text if kr.baseline is not None and kr.baseline.kind == "stated" else None, final=final,
            )  # fmt: skip
