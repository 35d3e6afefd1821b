"""Read a settings file as the Context that reviews start from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewer.errors import SettingsError
from reviewer.okr import Context, Settings
from reviewer.settings.finding import OWN_FILE, SHARED_FILE
from reviewer.settings.house import read_glossary, read_teams
from reviewer.settings.judging import read_mutes, read_severities
from reviewer.settings.values import TOP_KEYS, Values


def load_settings(path: Path, known_rules: Collection[str]) -> Context:
    """Read the settings file `path` as the Context that reviews start from.

    Raises SettingsError, naming every mistake at once with its line, value and remedy.
    """
    text = _read(path)
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{path} is not valid TOML: {error}; mend that line ({_remedy(text)})"
        raise SettingsError(msg) from error
    prefix: tuple[str, ...] = ()
    if path.name == SHARED_FILE:
        prefix = ("tool", "okr")
        for key in prefix:
            table = table.get(key) if isinstance(table, dict) else None
        if not isinstance(table, dict):
            msg = f"{path} has no table [tool.okr]; add it, or write the settings in {OWN_FILE}"
            raise SettingsError(msg)
    values = Values(text, prefix)
    context = _context(values, table, known_rules, path.parent)
    if values.mistakes:
        raise SettingsError(_say_mistakes(path, values.mistakes))
    return context


def _remedy(text: str) -> str:
    """Say how to mend a text that is no TOML; the one clash that people run into has its own words."""
    if re.search(r"^\s*team\s*=", text, re.MULTILINE) and re.search(r"^\s*\[\[[^]]*\bteam\s*\]\]", text, re.MULTILINE):
        return 'team = "PMM" is the team of these drafts; the house\'s teams stand under [[teams]]'
    return "texts stand between quotes"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8"
        raise SettingsError(msg) from error
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}; check the name given to --config"
        raise SettingsError(msg) from error


def _say_mistakes(path: Path, mistakes: Sequence[tuple[int | None, str]]) -> str:
    if len(mistakes) == 1:
        line, what = mistakes[0]
        return f"{path}{f', line {line}' if line else ''}: {what}"
    ordered = sorted(mistakes, key=lambda mistake: mistake[0] or 0)
    lines = [f"  {f'line {line}: ' if line else ''}{what}" for line, what in ordered]
    return "\n".join([f"{path} has {len(mistakes)} mistakes", *lines])


def _context(values: Values, table: Mapping[str, Any], known_rules: Collection[str], folder: Path) -> Context:
    """Read the whole table."""
    for key in table:
        if key not in TOP_KEYS:
            values.refuse((key,), values.say_unknown(key, table[key]))
    if isinstance(table.get("team"), list):
        values.refuse(("team",), f"{values.list_header('team')} is read as {values.list_header('teams')}; write it so, above each team")
        table = {key: value for key, value in table.items() if key != "team"}
    company = values.texts(table, ("company_objectives",), "an objective", ["first objective", "second objective"])
    teams, company = read_teams(values, table, company)
    measures, names = read_glossary(values, table)
    return Context.model_validate(
        {
            "company_objectives": company,
            "team": values.text(table, ("team",)),
            "cycle": values.text(table, ("cycle",)),
            "check_in": values.text(table, ("check_in",)),
            "language": values.choice(table, ("language",), ("fr", "en")),
            "settings": Settings(
                profile="wide" if values.choice(table, ("profile",), ("article", "wide")) == "wide" else "article",
                corpus=_corpus(values, table, folder),
                encoder=_encoder(values, table, folder),
                severities=read_severities(values, table, known_rules),
                mutes=read_mutes(values, table, known_rules),
                private_words=values.texts(table, ("private_words",), "a word", ["Product name", "Customer name"]),
                measures=measures,
                names=names,
                teams=teams,
            ),
        }
    )


def _corpus(values: Values, table: Mapping[str, Any], folder: Path) -> str | None:
    """Read the path of the house's own examples, which stands relative to the settings file."""
    value = values.text(table, ("corpus",))
    if value is None:
        return None
    path = _path(value, folder)
    if not path.is_file():
        values.refuse(("corpus",), f"corpus is {value!r}, and there is no file {path}; write its path as seen from {folder}")
    return str(path)


def _encoder(values: Values, table: Mapping[str, Any], folder: Path) -> str | None:
    """Read the name of a model, or the path of its folder, which stands relative to the settings file."""
    value = values.text(table, ("encoder",))
    if value is None:
        return None
    path = _path(value, folder)
    return str(path) if path.is_dir() or value.startswith((".", "~")) else value


def _path(value: str, folder: Path) -> Path:
    try:
        return (folder / Path(value).expanduser()).absolute()
    except RuntimeError:  # "~" where there is no home
        return (folder / value).absolute()
