"""Read what a house says of the rules: severities, and mutes with their reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from reviewer.okr import SEVERITIES, Mute
from reviewer.settings.places import Where
from reviewer.settings.values import TOP_KEYS, Values, nearest, say_choices

_MUTE_KEYS = ("rule", "reason", "expires", "contains")
_SHORTEST_REASON = 3


def read_severities(values: Values, table: Mapping[str, Any], known_rules: Collection[str]) -> dict[str, Any]:
    """Read `[severities]`: a severity by rule id."""
    header = values.header("severities")
    value = table.get("severities", {})
    if not isinstance(value, dict):
        values.refuse(("severities",), f'severities is {value!r}, not a table; write {header} then kr-is-task = "warning"')
        return {}
    read = {}
    for rule, severity in value.items():
        where = ("severities", rule)
        if rule in TOP_KEYS and rule not in known_rules:
            values.refuse(where, values.say_misplaced(rule, header))
        elif not _is_rule(values, rule, where, header, known_rules):
            continue
        elif severity in SEVERITIES:
            read[rule] = severity
        elif severity is False or severity in ("off", "none", "never", "ignore"):
            values.refuse(where, f"{rule} = {severity!r}: a rule is not switched off here; {_remedy(values)}")
        else:
            hint = nearest(severity, SEVERITIES) if isinstance(severity, str) else ""
            values.refuse(where, f"{rule} has the severity {severity!r}{hint}; write {say_choices(SEVERITIES)}")
    return read


def read_mutes(values: Values, table: Mapping[str, Any], known_rules: Collection[str]) -> tuple[Mute, ...]:
    """Read every `[[mute]]`."""
    found = values.tables(table.get("mute", []), ("mute",), values.list_header("mute"))
    read = [_mute(values, value, where, known_rules) for where, value in found]
    return tuple(mute for mute in read if mute is not None)


def _mute(values: Values, value: Any, where: Where, known_rules: Collection[str]) -> Mute | None:
    header = values.list_header("mute")
    if not isinstance(value, dict):
        values.refuse(where, f"mute holds {value!r}, not a table: a mute needs a reason; {_remedy(values)}")
        return None
    before = len(values.mistakes)
    values.know_keys(value, where, _MUTE_KEYS, header)
    rule = values.text(value, (*where, "rule"))
    named = f"the mute of {rule!r}" if rule else "a mute"
    if "rule" not in value:
        values.refuse(where, 'a mute has no rule; add rule = "kr-is-task", or whichever rule it silences')
    elif rule is not None:
        _is_rule(values, rule, (*where, "rule"), header, known_rules)
    reason = values.text(value, (*where, "reason"))
    if "reason" not in value:
        values.refuse(where, f'{named} has no reason; add reason = "why this rule does not hold here"')
    elif reason is not None and len(reason) < _SHORTEST_REASON:
        values.refuse((*where, "reason"), f"{named} has the reason {reason!r}, too short to tell a colleague why; write a few words")
    expires = _date(values, value, (*where, "expires"), named)
    contains = values.text(value, (*where, "contains"))
    if len(values.mistakes) > before or rule is None or reason is None:
        return None
    return Mute(rule=rule, reason=reason, expires=expires, contains=contains)


def _date(values: Values, table: Mapping[str, Any], where: Where, named: str) -> str | None:
    value = table.get("expires")
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()).isoformat()
        except ValueError:
            pass
    shown = value.isoformat() if isinstance(value, datetime) else value
    values.refuse(where, f"{named} expires on {shown!r}, which is not a date; write expires = 2026-12-31 (year-month-day)")
    return None


def _is_rule(values: Values, rule: str, where: Where, header: str, known_rules: Collection[str]) -> bool:
    if rule in known_rules:
        return True
    values.refuse(where, f"unknown rule {rule!r} in {header}{nearest(rule, known_rules)}; `okr rules` lists them")
    return False


def _remedy(values: Values) -> str:
    return f'write {values.list_header("mute")} with rule = "..." and reason = "..."'
