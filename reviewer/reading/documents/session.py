"""Keep what holds for one reading of several sources: the mapping asked for, and the language reasons are said in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from reviewer.language.detect import detect_language
from reviewer.okr import Language
from reviewer.quarter import ColumnRole, Entry, Place, TakenFor


@dataclass(slots=True)
class Session:
    """Hold the mapping, and the language of what was read last.

    What cannot be read has no language of its own: its reason is said in that of the sources before it, or in English.
    """

    mapping: Mapping[str, ColumnRole] = field(default_factory=dict)
    language: Language = "en"

    def hear(self, text: str) -> Language:
        """Take the language of a text that was read, where its words tell."""
        self.language = detect_language(text, self.language)
        return self.language

    def reason(self, name: str, **values: object) -> str:
        """Word the reason `name` of messages.toml."""
        return str(_messages()[name][self.language]).format(**values)

    def explained(self, place: Place, name: str, rows: int = 1, **values: object) -> Entry:
        """Make the entry of what cannot be read, with its reason."""
        return Entry(place=place, rows=rows, reason=self.reason(name, **values))


def together(entries: Iterator[Entry | TakenFor]) -> Iterator[Entry | TakenFor]:
    """Make one entry of neighbours that cannot be read for the same reason: a thousand blank names are one thing to say."""
    held: Entry | None = None
    for entry in entries:
        if held is not None:
            if isinstance(entry, Entry) and entry.rows and _alike(held, entry):
                held = held.model_copy(update={"rows": held.rows + entry.rows})
                continue
            yield held
            held = None
        if isinstance(entry, Entry) and entry.okr is None and entry.rows:
            held = entry
        else:
            yield entry
    if held is not None:
        yield held


def _alike(first: Entry, second: Entry) -> bool:
    places = (first.place, second.place)
    return (
        second.okr is None
        and first.reason == second.reason
        and places[0].row is not None
        and places[1].row is not None
        and (places[0].file, places[0].sheet) == (places[1].file, places[1].sheet)
    )


@cache
def _messages() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("messages.toml").read_text("utf-8"))
