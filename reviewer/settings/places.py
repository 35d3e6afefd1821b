"""Find the line of each key of a TOML text; tomllib tells none."""

from __future__ import annotations

import re

Where = tuple[str | int, ...]
"""The way to a value: keys, and the place of a `[[mute]]` among its like."""

_TABLE_LINE = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?$")
_KEY_LINE = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w.\-\s])+?)\s*=""")


def find_places(text: str, prefix: tuple[str, ...]) -> dict[Where, int]:
    """Find the line of each key and table below the table `prefix`; a near miss costs only a line number."""
    places: dict[Where, int] = {}
    table: Where = ()
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
            found: Where = table
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
