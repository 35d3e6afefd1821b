"""Take keys and passwords out of what is said, kept or shown."""

from __future__ import annotations

import os
import re
from urllib.parse import quote

_HIDDEN = "[hidden]"
_SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL", re.IGNORECASE)
_SHORTEST = 6
"""Characters from which a value is taken for a secret: "none", "true" or "local" are words."""
_LONG = 16
"""Characters from which a value cannot stand in a reply by chance, as a number could."""
_SHAPES = (
    re.compile(r"(?<=://)[^/\s@]+@"),
    re.compile(r"(?i)(?<=bearer )[^\s\"',;]+"),
    re.compile(r"(?i)(?<=basic )[a-z0-9+/=_-]{8,}"),
    re.compile(r"\b(?:(?:sk|pk|rk|gsk|xai|hf|ghp|glpat)[-_]|AIza|AKIA)[A-Za-z0-9_*.-]{8,}"),
    re.compile(r"(?i)(?<=[?&]key=)[^&\s\"']+"),
    re.compile(
        r"(?i)((?:api[-_ ]?key|access[-_ ]?token|x-api-key|authorization|password|secret)[\"']?\s*[:=]\s*[\"']?)(?!bearer |basic )[^\s\"',;&]+"
    ),
)


def scrub(text: str) -> str:
    """Replace whatever looks like a key, a password or the value of a variable that holds one."""
    for value in _secrets():
        text = text.replace(value, _HIDDEN)
    for shape in _SHAPES:
        text = shape.sub(lambda match: (match[1] if match.re.groups else "") + _HIDDEN, text)
    return text


def without_secrets(text: str) -> str:
    """Replace the values of variables that hold keys in what a model wrote, and leave all else as it is."""
    for value in _secrets():
        if len(value) >= _LONG:
            text = text.replace(value, _HIDDEN)
    return text


def one_line(text: str, most: int = 300) -> str:
    """Give a scrubbed text on one line, cut at `most` characters."""
    line = " ".join(scrub(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _secrets() -> list[str]:
    values = {value.strip() for name, value in os.environ.items() if _SECRET_NAME.search(name) and len(value.strip()) >= _SHORTEST}
    return sorted({form for value in values for form in (value, quote(value, safe=""))}, key=len, reverse=True)
