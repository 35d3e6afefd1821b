"""Silence the findings that a house muted, and say which mutes are expired or unused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reviewer.language.folding import fold
from reviewer.okr import Finding, Language, Mute, MutedFinding, ReviewedOkr, Settings

_EXPIRED = {
    "en": "the mute of {mute} expired on {expires}: it silences nothing any more; renew it or take it out",
    "fr": "la mise en sourdine de {mute} a expiré le {expires}\u00a0: elle ne tait plus rien\u202f; prolongez-la ou retirez-la",
}
_UNUSED = {
    "en": "the mute of {mute} silenced nothing here; take it out if it no longer serves",
    "fr": "la mise en sourdine de {mute} n’a rien tu ici\u202f; retirez-la si elle ne sert plus",
}
_NARROWED = {"en": "{rule} (containing “{contains}”)", "fr": "{rule} (contenant «\u00a0{contains}\u00a0»)"}


class Muting(NamedTuple):
    """Hold what remains after muting: findings kept, findings silenced, and what to say about the mutes."""

    kept: tuple[Finding, ...]
    muted: tuple[MutedFinding, ...]
    notes: tuple[str, ...]


def apply_mutes(
    findings: Sequence[Finding],
    okrs: Sequence[ReviewedOkr],
    settings: Settings,
    today: date,
    language: Language,
) -> Muting:
    """Part the findings into kept and muted; a mute holds up to and on the day it expires.

    When several mutes cover one finding, the first gives its reason and all of them count as used.
    """
    in_force = [mute for mute in settings.mutes if not _is_expired(mute, today)]
    used: set[int] = set()
    kept: list[Finding] = []
    muted: list[MutedFinding] = []
    for finding in findings:
        covering = [place for place, mute in enumerate(in_force) if _covers(mute, finding, okrs)]
        used.update(covering)
        if covering:
            muted.append(MutedFinding(finding=finding, reason=in_force[covering[0]].reason))
        else:
            kept.append(finding)
    notes = [
        _EXPIRED[language].format(mute=_name(mute, language), expires=mute.expires) for mute in settings.mutes if _is_expired(mute, today)
    ]
    notes += [_UNUSED[language].format(mute=_name(mute, language)) for place, mute in enumerate(in_force) if place not in used]
    return Muting(tuple(kept), tuple(muted), tuple(notes))


def _is_expired(mute: Mute, today: date) -> bool:
    return mute.expires is not None and date.fromisoformat(mute.expires) < today


def _covers(mute: Mute, finding: Finding, okrs: Sequence[ReviewedOkr]) -> bool:
    if mute.rule != finding.rule:
        return False
    if mute.contains is None:
        return True
    words = _words(mute.contains)
    return words is not None and any(words.search(fold(text).text) for text in _texts(finding, okrs))


def _texts(finding: Finding, okrs: Sequence[ReviewedOkr]) -> list[str]:
    """Give the texts a mute may name: the statement found at fault and its objective."""
    if not 0 <= finding.okr < len(okrs):
        return [finding.quote]
    okr = okrs[finding.okr]
    texts = [okr.objective.text]
    if finding.key_result is not None and 0 <= finding.key_result < len(okr.key_results):
        texts.append(okr.key_results[finding.key_result].text)
    return texts


def _words(contains: str) -> re.Pattern[str] | None:
    """Make the pattern of whole words: "IA" is not in "diagnostic"."""
    folded = fold(contains).text.strip()
    if not folded:
        return None
    start = r"(?<!\w)" if re.match(r"\w", folded) else ""
    end = r"(?!\w)" if re.search(r"\w$", folded) else ""
    return re.compile(start + re.escape(folded) + end)


def _name(mute: Mute, language: Language) -> str:
    if mute.contains is None:
        return mute.rule
    return _NARROWED[language].format(rule=mute.rule, contains=mute.contains)
