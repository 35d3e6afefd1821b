"""Gather every rule the reviewer knows, in the order it applies them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from reviewer.rules import change, key_result, measure, objective, okr
from reviewer.rules.model import MODEL_RULES
from reviewer.rules.quarter import QUARTER_RULES
from reviewer.rules.rule import Described, Rule, collect

RULES: Final[tuple[Rule, ...]] = collect((key_result, measure, change, objective, okr))
"""Every rule that code checks on one OKR, in the order the engine runs them: one that others name in `unless` stands before them."""

ALL_RULES: Final[tuple[Described, ...]] = (*RULES, *QUARTER_RULES, *MODEL_RULES)
"""Every rule with a public id, whoever checks it."""

_BY_ID: Final = MappingProxyType({each.id: each for each in ALL_RULES})


def by_id() -> MappingProxyType[str, Described]:
    """Give every rule under its public id; the mapping cannot be changed."""
    return _BY_ID
