"""Build HTML out of elements, so that text can only become text: whatever is not `Html` is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias


class Html(str):
    """Mark text that is HTML already; only this file and the style sheet make it."""

    __slots__ = ()


Child: TypeAlias = "Html | str | None | Iterable[Child]"

_VOID = frozenset({"meta", "br"})


def el(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """Write one element; `class_` and `aria_label` stand for class and aria-label, None and False are left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None and value is not False)
    opening = f"<{name}{written}>"
    return Html(opening) if name in _VOID else Html(f"{opening}{join(children)}</{name}>")


def join(child: Child) -> Html:
    """Write children one after the other, escaping every text that is not `Html`."""
    if child is None:
        return Html("")
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return Html(escape(child, quote=False))
    return Html("".join(map(join, child)))


def _attribute(key: str, value: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
