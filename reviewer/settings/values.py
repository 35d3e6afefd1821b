"""Read values out of a settings table, gathering mistakes with their lines instead of stopping at the first."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from reviewer.settings.finding import OWN_FILE, SHARED_FILE
from reviewer.settings.places import Where, find_places

TOP_KEYS = (
    "profile",
    "team",
    "cycle",
    "check_in",
    "language",
    "company_objectives",
    "corpus",
    "encoder",
    "private_words",
    "severities",
    "glossary",
    "teams",
    "mute",
)
"""What stands at the top of a settings file."""


def nearest(wrong: str, right: Collection[str]) -> str:
    """Say ` (did you mean 'x'?)` for the nearest right word, or nothing when none is near."""
    near = difflib.get_close_matches(wrong.lower().replace("_", "-"), [*right], n=1, cutoff=0.6) or (
        difflib.get_close_matches(wrong.lower(), [*right], n=1, cutoff=0.6)
    )
    return f" (did you mean {near[0]!r}?)" if near else ""


def say_choices(choices: Sequence[str]) -> str:
    """List the right values as they are written: "a", "b" or "c"."""
    quoted = [f'"{choice}"' for choice in choices]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


class Values:
    """Hold the text of a settings file and what is wrong with it: the line, where one is known, and what to do."""

    def __init__(self, text: str, prefix: tuple[str, ...]) -> None:
        self._places = find_places(text, prefix)
        self._prefix = prefix
        self.shared = bool(prefix)
        self.mistakes: list[tuple[int | None, str]] = []

    def refuse(self, where: Where, what: str) -> None:
        """Note a mistake at a key, or at the nearest table around it whose line is known."""
        line = None
        while where and line is None:
            line, where = self._places.get(where), where[:-1]
        self.mistakes.append((line, what))

    def header(self, *keys: str) -> str:
        """Give the line that opens a table: [severities]."""
        return f"[{'.'.join((*self._prefix, *keys))}]"

    def list_header(self, *keys: str) -> str:
        """Give the line that opens one of several tables: [[mute]]."""
        return f"[{self.header(*keys)}]"

    def choice(self, table: Mapping[str, Any], where: Where, choices: Sequence[str]) -> str | None:
        """Read one of a few words."""
        key = str(where[-1])
        value = table.get(key)
        if value is None or (isinstance(value, str) and value in choices):
            return value
        hint = nearest(value, choices) if isinstance(value, str) else ""
        self.refuse(where, f"{key} is {value!r}{hint}; write {say_choices(choices)}")
        return None

    def text(self, table: Mapping[str, Any], where: Where) -> str | None:
        """Read a text that says something."""
        key = where[-1]
        value = table.get(str(key))
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(where, f'{key} is {value!r}, not a text; write it between quotes: {key} = "{value}"')
            return None
        if not value.strip():
            self.refuse(where, f"{key} is empty ({value!r}); write a text or take the line out")
            return None
        return value.strip()

    def texts(self, table: Mapping[str, Any], where: Where, thing: str, like: Sequence[str]) -> tuple[str, ...]:
        """Read a list of texts; `thing` says what each is ("a word"), `like` shows a few."""
        key = str(where[-1])
        value = table.get(key, [])
        if not isinstance(value, list):
            shown = ", ".join(f'"{text}"' for text in ([value] if isinstance(value, str) else like))
            self.refuse(where, f"{key} is {value!r}, not a list; write {key} = [{shown}]")
            return ()
        for place, text in enumerate(value, start=1):
            if not isinstance(text, str) or not text.strip():
                self.refuse(where, f"{key}: item {place} is {text!r}, not {thing}; write its text between quotes")
        return tuple(text.strip() for text in value if isinstance(text, str))

    def flag(self, table: Mapping[str, Any], where: Where) -> bool | None:
        """Read true or false."""
        key = str(where[-1])
        value = table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(where, f"{key} is {value!r}; write true or false, without quotes")
        return None

    def tables(self, value: Any, where: Where, header: str) -> list[tuple[Where, Any]]:
        """Give the tables of a list with their places; what is no list of tables is a mistake."""
        if not isinstance(value, list):
            self.refuse(where, f"{where[-1]} is {value!r}, not a list of tables; write {header}, with two brackets, above each one")
            return []
        return [((*where, place), each) for place, each in enumerate(value)]

    def know_keys(self, table: Mapping[str, Any], where: Where, keys: Sequence[str], header: str) -> None:
        """Refuse keys that a table does not have."""
        for key in table:
            if key in keys:
                continue
            if key in TOP_KEYS:
                self.refuse((*where, key), self.say_misplaced(key, header))
            else:
                hint = f"{nearest(key, keys)}; the keys are {', '.join(keys)}"
                self.refuse((*where, key), f"unknown key {key!r} in {header}{hint}")

    def say_misplaced(self, key: str, header: str) -> str:
        """Say where a key of the top belongs that stands in another table."""
        right = "under [tool.okr], above its other tables" if self.shared else "above the first line in square brackets"
        return f"{key!r} stands under {header}, where it is not read; move it {right}"

    def say_unknown(self, key: str, value: Any) -> str:
        """Say what is wrong with a key at the top that nothing is called."""
        if key in ("ignore", "ignores", "disable"):
            remedy = f'write {self.list_header("mute")} with rule = "..." and reason = "..."'
            return f"{key} = {value!r} is not accepted: a mute needs a reason; {remedy} for each rule"
        if key == "tool" and not self.shared:
            return f"[tool.okr] belongs in {SHARED_FILE}; in {OWN_FILE} write the keys without it"
        if key in ("measure", "measures", "metric", "metrics"):
            return f"unknown key {key!r}; write the house's own measures under {self.list_header('glossary', 'measure')}"
        return f"unknown key {key!r} with the value {value!r}{nearest(key, TOP_KEYS)}; the keys are {', '.join(TOP_KEYS)}"
