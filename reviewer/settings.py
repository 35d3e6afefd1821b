"""Find and read a house's settings: `okr.toml`, or the table `[tool.okr]` of `pyproject.toml`."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reviewer.errors import SettingsError
from reviewer.okr import SEVERITIES, Context, Mute, Settings

OWN_FILE = "okr.toml"
SHARED_FILE = "pyproject.toml"

_KEYS = ("profile", "team", "cycle", "language", "company_objectives", "corpus", "encoder", "private_words", "severities", "mute")
_MUTE_KEYS = ("rule", "reason", "expires", "contains")
_SHORTEST_REASON = 3
_TABLE_LINE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?$")
_KEY_LINE = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w.\-\s])+?)\s*=""")

_Where = tuple[str | int, ...]
"""The way to a value: keys, and the place of a `[[mute]]` among its like."""


def find_settings(start: Path) -> Path | None:
    """Find the nearest settings file from the folder `start` up to the repository root or home.

    In one folder `okr.toml` wins; a `pyproject.toml` without `[tool.okr]` is passed over.
    """
    folder = start.resolve()
    home = _home()
    for candidate in (folder, *folder.parents):
        own, shared = candidate / OWN_FILE, candidate / SHARED_FILE
        if own.is_file():
            return own
        if shared.is_file() and _has_our_table(shared):
            return shared
        if candidate == home or (candidate / ".git").exists():
            return None
    return None


def load_settings(path: Path, known_rules: Collection[str]) -> Context:
    """Read the settings file `path` as the Context that reviews start from.

    Raises SettingsError, naming every mistake at once with its line, value and remedy.
    """
    text = _read(path)
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{path} is not valid TOML: {error}; mend that line (texts stand between quotes)"
        raise SettingsError(msg) from error
    prefix: tuple[str, ...] = ()
    if path.name == SHARED_FILE:
        prefix = ("tool", "okr")
        for key in prefix:
            table = table.get(key) if isinstance(table, dict) else None
        if not isinstance(table, dict):
            msg = f"{path} has no table [tool.okr]; add it, or write the settings in {OWN_FILE}"
            raise SettingsError(msg)
    reading = _Reading(text, prefix, known_rules, path.parent)
    context = reading.context(table)
    if reading.mistakes:
        raise SettingsError(_say_mistakes(path, reading.mistakes))
    return context


def nearest(wrong: str, right: Collection[str]) -> str:
    """Say ` (did you mean 'x'?)` for the nearest right word, or nothing when none is near."""
    near = difflib.get_close_matches(wrong.lower().replace("_", "-"), [*right], n=1, cutoff=0.6) or (
        difflib.get_close_matches(wrong.lower(), [*right], n=1, cutoff=0.6)
    )
    return f" (did you mean {near[0]!r}?)" if near else ""


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:  # no HOME and no such user, as in some containers
        return None


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8"
        raise SettingsError(msg) from error
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}; check the name given to --config"
        raise SettingsError(msg) from error


def _has_our_table(path: Path) -> bool:
    """Tell whether a pyproject.toml has `[tool.okr]`, also when another part of it is broken."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError:
        return re.search(r"^\s*\[{1,2}\s*tool\s*\.\s*okr\b", text, re.MULTILINE) is not None
    return isinstance(tool, dict) and "okr" in tool


def _say_mistakes(path: Path, mistakes: Sequence[tuple[int | None, str]]) -> str:
    if len(mistakes) == 1:
        line, what = mistakes[0]
        return f"{path}{f', line {line}' if line else ''}: {what}"
    ordered = sorted(mistakes, key=lambda mistake: mistake[0] or 0)
    lines = [f"  {f'line {line}: ' if line else ''}{what}" for line, what in ordered]
    return "\n".join([f"{path} has {len(mistakes)} mistakes", *lines])


class _Reading:
    """Turn a settings table into a Context, gathering mistakes instead of stopping at the first."""

    def __init__(self, text: str, prefix: tuple[str, ...], known_rules: Collection[str], folder: Path) -> None:
        self._places = _places(text, prefix)
        self._known_rules = known_rules
        self._folder = folder
        self._shared = bool(prefix)
        self._severities_table = f"[{'.'.join((*prefix, 'severities'))}]"
        self._mute_table = f"[[{'.'.join((*prefix, 'mute'))}]]"
        self._mute_remedy = f'write {self._mute_table} with rule = "..." and reason = "..."'
        self.mistakes: list[tuple[int | None, str]] = []

    def context(self, table: Mapping[str, Any]) -> Context:
        """Read the whole table."""
        for key in table:
            if key not in _KEYS:
                self._refuse((key,), self._say_unknown_key(key, table[key]))
        language = self._choice(table, "language", ("fr", "en"))
        profile = self._choice(table, "profile", ("article", "wide")) or "article"
        return Context.model_validate(
            {
                "company_objectives": self._texts(table, "company_objectives", "an objective", ["first objective", "second objective"]),
                "team": self._text(table, ("team",)),
                "cycle": self._text(table, ("cycle",)),
                "language": language,
                "settings": Settings.model_validate(
                    {
                        "profile": profile,
                        "corpus": self._corpus(table),
                        "encoder": self._encoder(table),
                        "severities": self._severities(table),
                        "mutes": self._mutes(table),
                        "private_words": self._texts(table, "private_words", "a word", ["Product name", "Customer name"]),
                    }
                ),
            }
        )

    def _refuse(self, where: _Where, what: str) -> None:
        line = None
        while where and line is None:
            line, where = self._places.get(where), where[:-1]
        self.mistakes.append((line, what))

    def _say_unknown_key(self, key: str, value: Any) -> str:
        if key in ("ignore", "ignores", "disable"):
            return f"{key} = {value!r} is not accepted: a mute needs a reason; {self._mute_remedy} for each rule"
        if key == "tool" and not self._shared:
            return f"[tool.okr] belongs in {SHARED_FILE}; in {OWN_FILE} write the keys without it"
        return f"unknown key {key!r} with the value {value!r}{nearest(key, _KEYS)}; the keys are {', '.join(_KEYS)}"

    def _choice(self, table: Mapping[str, Any], key: str, choices: Sequence[str]) -> str | None:
        value = table.get(key)
        if value is None or (isinstance(value, str) and value in choices):
            return value
        hint = nearest(value, choices) if isinstance(value, str) else ""
        self._refuse((key,), f"{key} is {value!r}{hint}; write {_say_choices(choices)}")
        return None

    def _text(self, table: Mapping[str, Any], where: _Where) -> str | None:
        key = where[-1]
        value = table.get(str(key))
        if value is None:
            return None
        if not isinstance(value, str):
            self._refuse(where, f'{key} is {value!r}, not a text; write it between quotes: {key} = "{value}"')
            return None
        if not value.strip():
            self._refuse(where, f"{key} is empty ({value!r}); write a text or take the line out")
            return None
        return value.strip()

    def _corpus(self, table: Mapping[str, Any]) -> str | None:
        """Read the path of the house's own examples, which stands relative to the settings file."""
        value = self._text(table, ("corpus",))
        if value is None:
            return None
        path = self._path(value)
        if not path.is_file():
            self._refuse(("corpus",), f"corpus is {value!r}, and there is no file {path}; write its path as seen from {self._folder}")
        return str(path)

    def _encoder(self, table: Mapping[str, Any]) -> str | None:
        """Read the name of a model, or the path of its folder, which stands relative to the settings file."""
        value = self._text(table, ("encoder",))
        if value is None:
            return None
        path = self._path(value)
        return str(path) if path.is_dir() or value.startswith((".", "~")) else value

    def _path(self, value: str) -> Path:
        try:
            return (self._folder / Path(value).expanduser()).absolute()
        except RuntimeError:  # "~" where there is no home
            return (self._folder / value).absolute()

    def _texts(self, table: Mapping[str, Any], key: str, thing: str, like: Sequence[str]) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list):
            shown = ", ".join(f'"{text}"' for text in ([value] if isinstance(value, str) else like))
            self._refuse((key,), f"{key} is {value!r}, not a list; write {key} = [{shown}]")
            return ()
        for place, text in enumerate(value, start=1):
            if not isinstance(text, str) or not text.strip():
                self._refuse((key,), f"{key}: item {place} is {text!r}, not {thing}; write its text between quotes")
        return tuple(text.strip() for text in value if isinstance(text, str))

    def _severities(self, table: Mapping[str, Any]) -> dict[str, Any]:
        value = table.get("severities", {})
        if not isinstance(value, dict):
            shown = f'{self._severities_table} then kr-is-task = "warning"'
            self._refuse(("severities",), f"severities is {value!r}, not a table; write {shown}")
            return {}
        read = {}
        for rule, severity in value.items():
            where = ("severities", rule)
            if not self._know_rule(rule, where, self._severities_table):
                continue
            if severity in SEVERITIES:
                read[rule] = severity
            elif severity is False or severity in ("off", "none", "never", "ignore"):
                self._refuse(where, f"{rule} = {severity!r}: a rule is not switched off here; {self._mute_remedy}")
            else:
                hint = nearest(severity, SEVERITIES) if isinstance(severity, str) else ""
                self._refuse(where, f"{rule} has the severity {severity!r}{hint}; write {_say_choices(SEVERITIES)}")
        return read

    def _mutes(self, table: Mapping[str, Any]) -> tuple[Mute, ...]:
        value = table.get("mute", [])
        if not isinstance(value, list):
            shown = f"{self._mute_table}, with two brackets, above each one"
            self._refuse(("mute",), f"mute is {value!r}, not a list of tables; write {shown}")
            return ()
        read = [self._mute(mute, ("mute", place)) for place, mute in enumerate(value)]
        return tuple(mute for mute in read if mute is not None)

    def _mute(self, value: Any, where: _Where) -> Mute | None:
        if not isinstance(value, dict):
            self._refuse(where, f"mute holds {value!r}, not a table: a mute needs a reason; {self._mute_remedy}")
            return None
        before = len(self.mistakes)
        for key in value:
            if key in _KEYS:
                self._refuse((*where, key), self._say_misplaced(key, self._mute_table))
            elif key not in _MUTE_KEYS:
                hint = f"{nearest(key, _MUTE_KEYS)}; the keys are {', '.join(_MUTE_KEYS)}"
                self._refuse((*where, key), f"unknown key {key!r} in {self._mute_table}{hint}")
        rule = self._text(value, (*where, "rule"))
        named = f"the mute of {rule!r}" if rule else "a mute"
        if "rule" not in value:
            self._refuse(where, 'a mute has no rule; add rule = "kr-is-task", or whichever rule it silences')
        elif rule is not None:
            self._know_rule(rule, (*where, "rule"), self._mute_table)
        reason = self._text(value, (*where, "reason"))
        if "reason" not in value:
            self._refuse(where, f'{named} has no reason; add reason = "why this rule does not hold here"')
        elif reason is not None and len(reason) < _SHORTEST_REASON:
            self._refuse(
                (*where, "reason"),
                f"{named} has the reason {reason!r}, too short to tell a colleague why; write a few words",
            )
        expires = self._date(value, (*where, "expires"), named)
        contains = self._text(value, (*where, "contains"))
        if len(self.mistakes) > before or rule is None or reason is None:
            return None
        return Mute(rule=rule, reason=reason, expires=expires, contains=contains)

    def _date(self, table: Mapping[str, Any], where: _Where, named: str) -> str | None:
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
        self._refuse(where, f"{named} expires on {shown!r}, which is not a date; write expires = 2026-12-31 (year-month-day)")
        return None

    def _know_rule(self, rule: str, where: _Where, table: str) -> bool:
        if rule in self._known_rules:
            return True
        if table == self._severities_table and rule in _KEYS:
            self._refuse(where, self._say_misplaced(rule, table))
        else:
            hint = f"{nearest(rule, self._known_rules)}; `okr rules` lists them"
            self._refuse(where, f"unknown rule {rule!r} in {table}{hint}")
        return False

    def _say_misplaced(self, key: str, table: str) -> str:
        right = "under [tool.okr], above its other tables" if self._shared else "above the first line in square brackets"
        return f"{key!r} stands under {table}, where it is not read; move it {right}"


def _say_choices(choices: Sequence[str]) -> str:
    quoted = [f'"{choice}"' for choice in choices]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _places(text: str, prefix: tuple[str, ...]) -> dict[_Where, int]:
    """Find the line of each key and table; tomllib tells none, and a near miss costs only a line number."""
    places: dict[_Where, int] = {}
    table: _Where = ()
    tables_seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header = _TABLE_LINE.match(line)
        if header:
            name = _split_key(header[1])
            table = name
            if line.lstrip().startswith("[["):
                count = tables_seen.get(name, 0)
                tables_seen[name] = count + 1
                table = (*name, count)
            found: _Where = table
        else:
            key = _KEY_LINE.match(line)
            if key is None:
                continue
            found = (*table, *_split_key(key[1]))
        if found[: len(prefix)] == prefix:
            for end in range(len(prefix) + 1, len(found) + 1):
                places.setdefault(found[len(prefix) : end], number)
    return places


def _split_key(key: str) -> tuple[str, ...]:
    parts = re.findall(r"""\s*("[^"]*"|'[^']*'|[^.]+)""", key)
    return tuple(part.strip().strip("\"'") for part in parts)
