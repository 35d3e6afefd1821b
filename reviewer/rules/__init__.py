"""Gather every rule the reviewer knows, in the order it applies them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from reviewer.rules import change, key_result, measure, objective, okr
from reviewer.rules.rule import Rule, collect

RULES: Final[tuple[Rule, ...]] = collect((key_result, measure, change, objective, okr))
"""Every rule, in the order the engine runs them: one that others name in `unless` stands before them."""

_BY_ID: Final = MappingProxyType({each.id: each for each in RULES})


def by_id() -> MappingProxyType[str, Rule]:
    """Give every rule under its public id; the mapping cannot be changed."""
    return _BY_ID
