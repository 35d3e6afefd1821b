"""Walk the causal map of the metric catalogue: what a measure moves, in how many steps, and by which way."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.language.glossary import known_metrics, per_house

MOST_STEPS = 4
"""Longer chains tie everything to revenue and say nothing any more."""

_STRENGTH = (1.0, 0.95, 0.86, 0.76, 0.64)
"""What a path of 0 to 4 steps is worth: each step is one more thing that must also go right."""

_SIBLING = 0.5
_FAMILIES_OF_A_KIND = frozenset(
    "activation adoption analysts brand competitive enablement partners people pricing proof quality research retention satisfaction service".split()
)
"""Families whose measures say nearly the same thing (aided, unaided awareness); others (revenue, finance) hold unlike ones."""


@per_house(None)
def paths_from(start: str) -> Mapping[str, tuple[str, ...]]:
    """Give the shortest path from a measure to each one it moves within MOST_STEPS, both ends included (breadth first)."""
    catalogue = known_metrics()
    if start not in catalogue:
        return {}
    found: dict[str, tuple[str, ...]] = {start: (start,)}
    edge = [start]
    for _ in range(MOST_STEPS):
        reached = []
        for name in edge:
            for driven in catalogue[name].drives:
                if driven not in found:
                    found[driven] = (*found[name], driven)
                    reached.append(driven)
        edge = reached
    return found


@per_house(None)
def strength(start: str, end: str) -> float:
    """Say from 0 to 1 how surely moving `start` moves `end`; measures of one kind count for half."""
    path = paths_from(start).get(end)
    if path:
        return _STRENGTH[len(path) - 1]
    catalogue = known_metrics()
    if start in catalogue and end in catalogue:
        family = catalogue[start].family
        if family == catalogue[end].family and family in _FAMILIES_OF_A_KIND:
            return _SIBLING
    return 0.0


def best_path(start: str, end: str) -> tuple[str, ...]:
    """Give the measures on the way from `start` to `end`: the start alone when they are only of one kind."""
    return paths_from(start).get(end, (start,))
