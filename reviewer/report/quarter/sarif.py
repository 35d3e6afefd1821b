"""Write a quarter's review as SARIF 2.1.0, for code hosts and the tools that read it.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, 2020.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from reviewer.okr import Check, Finding, Review, Severity
from reviewer.quarter import Place, QuarterFinding, QuarterReview, ReviewedEntry
from reviewer.report.marked import shown
from reviewer.report.quarter.placing import place_of_finding, place_of_where, statement_of, wheres
from reviewer.report.quarter.tally import entries_of
from reviewer.report.quarter.titles import rulebook
from reviewer.report.quarter.words import place_told, quarter_words, team_told
from reviewer.report.words import Words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\W+")
_FINGERPRINT = "okrFinding/v1"

Json = dict[str, Any]


def render_sarif(review: QuarterReview, entries: Iterable[ReviewedEntry] | None = None) -> Iterator[str]:
    """Write one run with the rules' metadata, a result per finding, and a notification per place that was not reviewed.

    A fingerprint names a finding by its rule, file, team and the statement's words without their numbers: it stays when
    rows move or a target is changed. Rows of tables are told as lines, for that is what the format has.
    """
    yield from _Run(review).written(entries_of(review, entries))


class _Run:
    def __init__(self, review: QuarterReview) -> None:
        self.review = review
        self.words: Words = quarter_words(review.language)
        self.index = {rule: number for number, rule in enumerate(rulebook(review.language))}
        self.met: Counter[str] = Counter()
        self.states = {
            (each.where.entry, each.where.key_result, each.rule, each.quote): "new" if each.status == "new" else "unchanged"
            for each in review.changes
            if each.where is not None
        }

    def written(self, entries: Iterable[ReviewedEntry]) -> Iterator[str]:
        """Write the log piece by piece: the tool first, a result a line, then what stood in the way."""
        yield f'{{"$schema": {_json(SCHEMA)}, "version": "2.1.0", "runs": [{{"tool": {_json(self.tool())}, '
        yield '"columnKind": "unicodeCodePoints", "results": ['
        notices = [_notice(check) for check in self.review.checks if check.status == "failed"]
        concerned, places, first = wheres(self.review), dict[int, ReviewedEntry](), True
        for number, entry in enumerate(entries):
            if number in concerned:
                places[number] = entry
            if entry.review is None:
                notices.append(self.unread(entry))
                continue
            notices += [_notice(check, _physical(entry.entry.place)) for check in entry.review.checks if check.status == "failed"]
            for result in self.found(number, entry, entry.review):
                yield f"{'' if first else ','}\n{_json(result)}"
                first = False
        for result in self.across(places):
            yield f"{'' if first else ','}\n{_json(result)}"
            first = False
        ended = {"executionSuccessful": True, "toolExecutionNotifications": notices}
        yield f'\n], "invocations": [{_json(ended)}]}}]}}\n'

    def tool(self) -> Json:
        """Describe the tool and every rule, found or not."""
        language = self.review.language
        rules = []
        for each in rulebook(language).values():
            says = [f"{source.name}: {source.says}" for source in each.sources]
            contested = [each.contested] if each.contested else []
            rules.append(
                {
                    "id": each.id,
                    "shortDescription": {"text": each.title},
                    "fullDescription": {"text": each.why},
                    "help": {"text": "\n\n".join([each.why, *contested, *says])},
                    "defaultConfiguration": {"level": _LEVELS[each.severity]},
                    "properties": {"tags": [f"okr-{each.family}"]},
                }
            )
        return {"driver": {"name": "okr-reviewer", "version": version("okr-reviewer"), "language": language, "rules": rules}}

    def found(self, number: int, entry: ReviewedEntry, review: Review) -> Iterator[Json]:
        """Give the results of one entry, muted findings as suppressed ones."""
        for finding in review.findings:
            yield self.result(number, entry, review, finding)
        for muted in review.muted:
            suppression = {"kind": "external", "justification": shown(muted.reason)}
            yield {**self.result(number, entry, review, muted.finding), "suppressions": [suppression]}

    def result(self, number: int, entry: ReviewedEntry, review: Review, finding: Finding) -> Json:
        """Give one finding on one OKR."""
        okr = review.okrs[finding.okr] if finding.okr < len(review.okrs) else None
        statement = okr.objective.text if okr else ""
        name = self.words.say("objective")
        if okr and finding.key_result is not None and finding.key_result < len(okr.key_results):
            statement, name = okr.key_results[finding.key_result].text, self.words.say("kr", n=finding.key_result + 1)
        place = place_of_finding(finding, entry.entry, review)
        logical = [_logical(name, statement, place, entry.team, self.words)]
        located: Json = {"physicalLocation": _physical(place, finding.quote), "logicalLocations": logical}
        written = self.base(finding, f"{finding.message} {finding.fix}", [located])
        written["partialFingerprints"] = self.fingerprint(finding.rule, place.file, entry.team, statement)
        state = self.states.get((number, finding.key_result, finding.rule, finding.quote))
        return {**written, "baselineState": state or "unchanged"} if self.review.changes else written

    def across(self, places: dict[int, ReviewedEntry]) -> Iterator[Json]:
        """Give the results across OKRs: each with all its places."""
        for finding in self.review.findings:
            located = []
            for where in finding.places:
                entry = places.get(where.entry)
                if entry is not None:
                    place, statement = place_of_where(where, entry.entry), statement_of(where, entry.entry)
                    name = self.words.say("objective") if where.key_result is None else self.words.say("kr", n=where.key_result + 1)
                    logical = [_logical(name, statement, place, entry.team, self.words)]
                    located.append({"physicalLocation": _physical(place, statement), "logicalLocations": logical})
            said = self.base(finding, f"{finding.message} {finding.fix}", located[:1])
            if located[1:]:
                said["relatedLocations"] = [{"id": number, **each} for number, each in enumerate(located[1:], 1)]
            about = finding.team or self._goal(finding)
            said["partialFingerprints"] = self.fingerprint(finding.rule, "", about, " ".join(sorted(finding.evidence)))
            yield {**said, "baselineState": self._state(finding)} if self.review.changes else said

    def base(self, finding: Finding | QuarterFinding, message: str, locations: list[Json]) -> Json:
        """Give what every result holds; the index points into the rules where the rule is one of ours."""
        written: Json = {"ruleId": shown(finding.rule), "level": _LEVELS[finding.severity], "message": {"text": shown(message)}}
        if finding.rule in self.index:
            written["ruleIndex"] = self.index[finding.rule]
        written["locations"] = locations
        written["rank"] = round(finding.confidence * 100, 1)
        return written

    def fingerprint(self, rule: str, file: str, team: str | None, statement: str) -> dict[str, str]:
        """Name a finding so that it is known again: where two share a name, the second says that it is the second."""
        named = "\0".join((rule, file, team or "", _same(statement)))
        self.met[named] += 1
        return {_FINGERPRINT: sha256(f"{named}\0{self.met[named]}".encode(errors="replace")).hexdigest()[:32]}

    def unread(self, entry: ReviewedEntry) -> Json:
        """Tell a place that was not reviewed."""
        reason = entry.reason or entry.entry.reason or ""
        text = shown(f"{place_told(entry.entry.place, self.words)}: {reason}")
        return {"level": "warning", "message": {"text": text}, "locations": [{"physicalLocation": _physical(entry.entry.place)}]}

    def _goal(self, finding: QuarterFinding) -> str:
        number = finding.company_objective
        return self.review.company_objectives[number] if number is not None and number < len(self.review.company_objectives) else ""

    def _state(self, finding: QuarterFinding) -> str:
        same = [each for each in self.review.changes if each.rule == finding.rule and each.message == finding.message]
        return "new" if any(each.status == "new" for each in same) else "unchanged"


def _same(statement: str) -> str:
    return _BLANKS.sub(" ", _DIGITS.sub("0", statement.casefold())).strip()


def _notice(check: Check, place: Json | None = None) -> Json:
    text = f"{shown(check.rule)}: {shown(check.reason or '')}"
    notice: Json = {"level": "error", "message": {"text": text}, "associatedRule": {"id": shown(check.rule)}}
    return {**notice, "locations": [{"physicalLocation": place}]} if place else notice


def _physical(place: Place, snippet: str = "") -> Json:
    written: Json = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.row is not None and place.row >= 1:
        written["region"] = {"startLine": place.row}
        if snippet.strip():
            written["region"]["snippet"] = {"text": shown(snippet)}
    return written


def _logical(name: str, statement: str, place: Place, team: str | None, words: Words) -> Json:
    cell = f"{place.column or ''}{place.row or ''}"
    where = "!".join(filter(None, (place.sheet or "", cell)))
    full = " / ".join(filter(None, (team_told(team, words), shown(statement)[:200], shown(where))))
    return {"name": name, "fullyQualifiedName": full, "kind": "member"}


def _uri(file: str) -> str:
    """Write a file's name as a URI reference: absolute ones as file:, whatever the name looks like as text otherwise."""
    if file == "-":
        return "stdin"
    windows = PureWindowsPath(file)
    if windows.drive:
        return "file:///" + quote(windows.as_posix(), safe="/:", errors="replace")
    path = PurePosixPath(file)
    # A name such as "javascript:x" has its colon escaped, so that no reader takes it for a scheme.
    return ("file://" if path.is_absolute() else "") + quote(str(path), safe="/", errors="replace")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
