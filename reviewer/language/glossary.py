"""Know a house's own measures and names beside the catalogue's, for the reviews made with its settings and for no others.

A review sets them for itself in a context variable, so that several reviews of one process, in threads or one within
another, each have their own; what is remembered between reviews is remembered per house (`per_house`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache, wraps
from typing import Final, TypeVar, TypeVarTuple

from reviewer.catalogue import CatalogueMetric, MetricText, metrics
from reviewer.errors import SettingsError
from reviewer.language.folding import fold
from reviewer.okr import Context, HouseMeasure, Language, MetricKind

FAMILY: Final = "house"
"""The family of measures that only the house knows."""

_KINDS: Final[Mapping[str, MetricKind]] = {
    "percent": "rate",
    "ratio": "rate",
    "points": "score",
    "score": "score",
    "money": "amount",
    "count": "count",
    "rank": "level",
    "days": "duration",
    "hours": "duration",
    "minutes": "duration",
    "seconds": "duration",
}

_Given = TypeVarTuple("_Given")
_Found = TypeVar("_Found")


@dataclass(frozen=True, eq=False, slots=True)
class House:
    """Hold the catalogue with a house's measures, which of them are its own, and how its names look when folded.

    Compared by identity: there is one of each kind.
    """

    metrics: Mapping[str, CatalogueMetric]
    own: tuple[CatalogueMetric, ...]
    pattern: re.Pattern[str]


_present: ContextVar[House | None] = ContextVar("house", default=None)


class at_home:
    """Know the measures and names of a context's settings within a `with`, here and in what is called from here.

    None knows the catalogue alone. Raises SettingsError when a measure makes no sense (`check_measures` says what does).
    """

    __slots__ = ("_house", "_token")

    def __init__(self, context: Context | None) -> None:
        settings = context.settings if context is not None else None
        self._house = _build(settings.measures, settings.names) if settings and (settings.measures or settings.names) else None

    def __enter__(self) -> None:
        self._token = _present.set(self._house)

    def __exit__(self, *_: object) -> None:
        _present.reset(self._token)


def present_house() -> House | None:
    """Give the house whose OKRs are being reviewed, None where its settings name no measure and no name."""
    return _present.get()


def known_metrics() -> Mapping[str, CatalogueMetric]:
    """Give the metric catalogue, by id, with the measures of the house whose OKRs are being reviewed."""
    house = _present.get()
    return metrics() if house is None else house.metrics


def per_house(most: int | None) -> Callable[[Callable[[*_Given], _Found]], Callable[[*_Given], _Found]]:
    """Remember the last `most` answers of a function (None: all) that depend on the measures known, for each house apart."""

    def remember(function: Callable[[*_Given], _Found]) -> Callable[[*_Given], _Found]:
        plain: Callable[..., _Found] = lru_cache(most)(function)
        kept: Callable[..., _Found] = lru_cache(most)(lambda _, *given: function(*given))

        @wraps(function)
        def answer(*given: *_Given) -> _Found:
            house = _present.get()
            return plain(*given) if house is None else kept(house, *given)

        return answer

    return remember


def check_measures(measures: Iterable[HouseMeasure]) -> list[tuple[int, str, str]]:
    """Give what is wrong with measures taken together: the place (0-based), the key, and what to do in words."""
    known = metrics()
    measures = tuple(measures)
    ids = {each.id for each in measures}
    wrong: list[tuple[int, str, str]] = []
    seen: set[str] = set()
    for at, each in enumerate(measures):
        if each.id in seen:
            wrong.append((at, "id", f"the measure {each.id!r} is there twice; give each its own id, and all its names in one place"))
        seen.add(each.id)
        if each.id not in known:
            missing = [key for key, value in (("unit", each.unit), ("good", each.good)) if value is None]
            if missing:
                shown = " and ".join({"unit": 'unit = "percent"', "good": 'good = "up"'}[key] for key in missing)
                near = _near(each.id, known)
                wrong.append((at, "id", f"the measure {each.id!r} has no {' and no '.join(missing)}{near}; add {shown}, or what fits"))
        for key, named in (("drives", each.drives), ("driven_by", each.driven_by)):
            for name in named:
                if name == each.id:
                    wrong.append((at, key, f"the measure {each.id!r} cannot drive itself; take it out of {key}"))
                elif name not in known and name not in ids:
                    wrong.append(
                        (at, key, f"{key} names {name!r}, which is no measure{_near(name, {*known, *ids})}; `okr metrics` lists them")
                    )
    return wrong


def _near(wrong: str, right: Iterable[str]) -> str:
    close = get_close_matches(wrong.lower(), [*right], n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


@lru_cache(maxsize=64)
def _build(measures: tuple[HouseMeasure, ...], names: tuple[str, ...]) -> House:
    if wrong := check_measures(measures):
        raise SettingsError("; ".join(what for _, _, what in wrong))
    catalogue = dict(metrics())
    for each in measures:
        catalogue[each.id] = _renamed(catalogue[each.id], each) if each.id in catalogue else _new(each)
    for each in measures:
        for name in each.driven_by:
            driving = catalogue[name]
            if each.id not in driving.drives:
                catalogue[name] = replace(driving, drives=(*driving.drives, each.id))
    return House(catalogue, tuple(catalogue[each.id] for each in measures), _pattern(names))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern that finds names in folded text, the longest first; it matches nothing where there is none."""
    folded = sorted({plain for name in names if (plain := fold(name).text.strip())}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, folded))})(?!\w)") if folded else re.compile(r"(?!)")


def _renamed(known: CatalogueMetric, own: HouseMeasure) -> CatalogueMetric:
    """Add a house's names to a measure of the catalogue; its first name is what the measure is called from then on."""
    unit = own.unit or known.unit
    return replace(
        known,
        unit=unit,
        good=own.good or known.good,
        kind=own.kind or (_KINDS[unit] if own.unit not in (None, known.unit) else known.kind),
        vanity=known.vanity if own.vanity is None else own.vanity,
        drives=(*known.drives, *(name for name in own.drives if name not in known.drives)),
        fr=_retold(known.fr, own.fr, own.baseline),
        en=_retold(known.en, own.en, own.baseline),
    )


def _retold(known: MetricText, names: tuple[str, ...], baseline: str | None) -> MetricText:
    own = tuple(name.strip() for name in names if name.strip())
    baseline = baseline or known.baseline
    if not own:
        return replace(known, baseline=baseline)
    return MetricText(own[0], (*own[1:], known.name, *known.names), baseline, known.question)


def _new(own: HouseMeasure) -> CatalogueMetric:
    assert own.unit is not None and own.good is not None  # `check_measures` saw to it
    return CatalogueMetric(
        id=own.id,
        family=FAMILY,
        unit=own.unit,
        good=own.good,
        kind=own.kind or _KINDS[own.unit],
        vanity=bool(own.vanity),
        scope=(),
        drives=own.drives,
        en=_told(own, "en"),
        fr=_told(own, "fr"),
    )


def _told(own: HouseMeasure, language: Language) -> MetricText:
    """Say a house's measure in one language: its names there, else those of the other."""
    here, there = (own.fr, own.en) if language == "fr" else (own.en, own.fr)
    names = tuple(name.strip() for name in here or there if name.strip())
    if language == "fr":
        return MetricText(
            names[0],
            names[1:],
            own.baseline or "là où l'équipe suit cette mesure",
            f"Quelle est aujourd'hui la valeur de «\u00a0{names[0]}\u00a0»\u202f?",
        )
    return MetricText(names[0], names[1:], own.baseline or "wherever the team follows this measure", f"What is {names[0]} today?")
