"""Say the form's own sentences in the visitor's language; they stand in words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from reviewer.okr import Language
from reviewer.report.element import Html
from reviewer.rules.typography import typeset_french

if TYPE_CHECKING:
    import gradio as gr

LANGUAGES: tuple[Language, ...] = ("en", "fr")
Made = TypeVar("Made")


def say(language: Language, key: str, /, **values: object) -> str:
    """Fill in the sentence named `key` in one language."""
    text = str(_table(language)[key])
    return text.format(**values) if values else text


def count(language: Language, key: str, n: int, /) -> str:
    """Say `n` things: French counts 0 and 1 as one, English only 1."""
    one, several = _table(language)[key]
    return str(one if (n < 2 if language == "fr" else n == 1) else several).format(n=n)


def both(key: str, /, **values: object) -> Html:
    """Write a sentence in both languages; the page shows the one it is in."""
    return Html("".join(f'<span lang="{each}">{escape(say(each, key, **values))}</span>' for each in LANGUAGES))


def language_of(value: object) -> Language:
    """Read a language from whatever a browser sends; English for any other."""
    return "fr" if str(value or "").strip().lower().startswith("fr") else "en"


def preferred(request: gr.Request) -> Language:
    """Read the visitor's language: the one chosen on an earlier visit, else the one the browser prefers."""
    chosen = request.cookies.get("okr_language") if request.cookies else None
    return language_of(chosen or request.headers.get("accept-language", ""))


class Speaking:
    """Make the form's components with labels in both languages, and say them again when the language is switched.

    Gradio translates `I18nData` in the browser, by its language; a visitor who chooses the other gets updates.
    """

    def __init__(self) -> None:
        import gradio as gr

        self.i18n = gr.I18n(**{each: {key: text for key, text in _table(each).items() if isinstance(text, str)} for each in LANGUAGES})
        self._made: list[tuple[Any, dict[str, Any]]] = []

    def make(self, kind: type[Made], says: dict[str, Any], /, **options: Any) -> Made:
        """Make a component; `says` gives the key of each text it shows, and choices as a function of the language."""
        first = {name: key("en") if callable(key) else self.i18n(key) for name, key in says.items()}
        component = kind(**first, **options)
        self._made.append((component, says))
        return component

    def also(self, component: Any, says: dict[str, Any], /) -> None:
        """Say other things of a component that exists already."""
        self._made.append((component, says))

    @property
    def components(self) -> list[Any]:
        """Give every component that says something."""
        return [component for component, _ in self._made]

    def updates(self, language: Language, *, only_choices: bool = False) -> list[Any]:
        """Give what each component says in a language; `only_choices` leaves out what the browser translates by itself."""
        import gradio as gr

        given = []
        for _, says in self._made:
            said: dict[str, Any] = {
                name: key(language) if callable(key) else say(language, key)
                for name, key in says.items()
                if callable(key) or not only_choices
            }
            given.append(gr.update(**said) if said else gr.skip())
        return given


@cache
def _table(language: Language) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))[language]
    if language == "en":
        return table
    return {key: typeset_french(text) if isinstance(text, str) else [*map(typeset_french, text)] for key, text in table.items()}
