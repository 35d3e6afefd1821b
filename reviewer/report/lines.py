"""Print lines of words in a terminal, wrapped under a column of labels, French spacing kept together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from rich.console import Console

Parts: TypeAlias = Iterable[tuple[str, str]]
"""Words with the style they are printed in."""

_NARROWEST = 20
"""Columns that words always have, however deep they stand."""

_ASCII = str.maketrans(
    {"✕": "x", "✓": "v", "→": ">", "•": "*", "·": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "“": '"', "”": '"', "’": "'"}
)

_HELD = {0x00A0: "\ue000", 0x202F: "\ue001"}
"""Rich breaks lines at no-break spaces too: letters nobody uses hold their places while it wraps."""

_RELEASED = {ord(held): space for space, held in _HELD.items()}


def print_line(console: Console, parts: Parts, indent: int = 0, label: str = "", at: int = 0) -> None:
    """Print words as text and nothing else, wrapped at `indent`, with a label in the column before them."""
    from rich.text import Text

    said = Text.assemble(*((_encodable(words, console).translate(_HELD), style) for words, style in parts))
    left = " " * at + _encodable(label, console).ljust(indent - at)
    for wrapped in said.wrap(console, max(console.width - indent, _NARROWEST)):
        wrapped.rstrip()
        wrapped.plain = wrapped.plain.translate(_RELEASED)
        console.print(Text().append(left, "dim").append_text(wrapped), soft_wrap=True)
        left = " " * indent


def _encodable(words: str, console: Console) -> str:
    """Write the signs in ASCII where the console cannot show others."""
    return words.translate(_ASCII) if console.options.ascii_only else words
