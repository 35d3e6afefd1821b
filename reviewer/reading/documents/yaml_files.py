"""Read YAML: plain texts, lists and mappings only, and no document that grows when its aliases are followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reviewer.reading.documents.objects import Item, ObjectReader

MAX_CHARACTERS = 10_000_000
"""Characters of the longest YAML text that is read."""
_DEEPEST = 100
_MOST_NODES = 2_000_000
"""Nodes of a document with every alias written out."""


class UnsafeYamlError(Exception):
    """Say which limit a YAML text passes: "deep" or "aliases"."""


def yaml_items(text: str, reader: ObjectReader) -> Iterator[Item]:
    """Give the OKRs of a YAML text with one or more documents.

    Texts, numbers and dates are read as they are written ("no" is no truth value, 1:30 no number of minutes).
    """
    import yaml

    session = reader.session
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # makes no object but text, list and dict
    try:
        _check(yaml.parse(text, Loader=loader))
        for document in yaml.load_all(text, Loader=loader):
            if document not in ("", None):
                yield from reader.walk(document, {})
    except UnsafeYamlError as error:
        yield Item(None, problem=session.reason(f"yaml_{error}", limit=_DEEPEST if str(error) == "deep" else _MOST_NODES))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        yield Item(None, problem=session.reason("broken_yaml", error=_cause(error)))


def _check(events: Any) -> None:
    """Count nodes as if aliases were written out, before anything is built; refuse deep nesting and loops."""
    from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent

    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    total = 0
    for event in events:
        added = 0
        if isinstance(event, AliasEvent):
            if event.anchor not in sizes:
                raise UnsafeYamlError("aliases")  # an alias of what is still open: a loop
            added = sizes[event.anchor]
        elif isinstance(event, ScalarEvent):
            added = 1
            if event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, CollectionStartEvent):
            open_nodes.append((event.anchor, total))
            added = 1
            if len(open_nodes) > _DEEPEST:
                raise UnsafeYamlError("deep")
        elif isinstance(event, CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor:
                sizes[anchor] = total - before
        total += added
        if total > _MOST_NODES:
            raise UnsafeYamlError("aliases")


def _cause(error: Exception) -> str:
    """Shorten what the parser says: the problem and its line."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error) or type(error).__name__
    problem = " ".join(str(problem).split())[:160]
    return problem if mark is None else f"{problem} ({mark.line + 1}:{mark.column + 1})"
