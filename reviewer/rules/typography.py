"""Set French sentences as French printers do: no line breaks before tall punctuation or inside « »."""

from __future__ import annotations

import re

_BROAD, _NARROW = "\u00a0", "\u202f"
_SPACE = " \u00a0\u202f"
_UNTOUCHED = r"(?P<kept>\[[^\[\]\n]*\]|https?://\S+)"
_SPACED = re.compile(rf"{_UNTOUCHED}|(?P<open>«)[{_SPACE}]|[{_SPACE}](?P<broad>[:»])|[{_SPACE}](?P<narrow>[;!?%])")


def typeset_french(text: str) -> str:
    """Put U+00A0 before : and », and after «; U+202F before ; ! ? %; where a space already stands.

    No character is added or taken away, so that the draft's own words stay as quoted; [slots] and URLs are
    left as they are. Setting a text twice changes nothing.
    """
    return _SPACED.sub(_set, text)


def _set(match: re.Match[str]) -> str:
    if match["kept"]:
        return match["kept"]
    if match["open"]:
        return "«" + _BROAD
    if match["broad"]:
        return _BROAD + match["broad"]
    return _NARROW + match["narrow"]
