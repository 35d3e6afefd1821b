"""Build the form: its tabs, its two languages, its endpoints."""

import os
from typing import Any

from reviewer.web import api, draft_tab, examples_tab, quarter_tab, rules_tab
from reviewer.web.asking import Model
from reviewer.web.door import Door
from reviewer.web.limits import Limits
from reviewer.web.rehearsal import READY
from reviewer.web.review_tab import ReviewTab
from reviewer.web.wording import Speaking, both, language_of, preferred

KEPT = 3600
"""Seconds after which Gradio deletes the files it was given, and between two times that it looks for them."""


def build_form(door: Door | None = None) -> Any:
    """Build the form as a `gradio.Blocks`; `serve` gives it its theme, its language and its limits of size.

    The model is the one that OKR_MODEL names. Raises ReviewerError for a setting of the environment that makes no sense.
    """
    keep_quiet()
    import gradio as gr

    door = door or Door(Limits.from_environment(), Model.from_environment())
    speaking = Speaking()
    form: Any = gr.Blocks(title="OKR review · Revue d’OKR", analytics_enabled=False, fill_width=True, delete_cache=(KEPT, KEPT))
    with form:
        with gr.Row(elem_id="top"):
            gr.HTML(f"<h1>{both('title')}</h1><p>{both('promise')}</p>", elem_id="title", apply_default_css=False, js_on_load=None)
            language = speaking.make(
                gr.Radio, {"label": "language"}, choices=[("Français", "fr"), ("English", "en")], value="en", elem_id="language",
                container=False, scale=0, min_width=210,
            )  # fmt: skip
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap", selected="review") as tabs:
            with speaking.make(gr.Tab, {"label": "tab_review"}, id="review"):
                review_tab = ReviewTab(door, speaking, language)
            with speaking.make(gr.Tab, {"label": "tab_draft"}, id="draft"):
                draft_tab.build(door, speaking, language, review_tab, tabs)
            with speaking.make(gr.Tab, {"label": "tab_quarter"}, id="quarter"):
                quarter_tab.build(door, speaking, language)
            with speaking.make(gr.Tab, {"label": "tab_examples"}, id="examples") as examples:
                examples_tab.build(door, speaking, language, review_tab, tabs, examples)
            with speaking.make(gr.Tab, {"label": "tab_rules"}, id="rules") as rules:
                rules_tab.build(speaking, language, rules)
        api.offer(door)
        _speak(form, speaking, language)
    form.okr_i18n = speaking.i18n
    form.okr_door = door
    return form


def keep_quiet() -> None:
    """Turn Gradio's telemetry off, which it decides on import, and its statistics, which it sums up anew after every request."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
    os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")


def _speak(form: Any, speaking: Speaking, language: Any) -> None:
    """Follow the browser's language, and switch to the other when asked; nothing of what was typed is lost."""
    import gradio as gr

    def on_load(request: gr.Request) -> list[Any]:
        READY.hurry()
        speaks = preferred(request)
        # the browser has translated what it can; a visitor who once chose the other language gets it all again
        native = language_of(request.headers.get("accept-language", ""))
        return [speaks, *speaking.updates(speaks, only_choices=speaks == native)]

    def switch(chosen: str) -> list[Any]:
        return speaking.updates(language_of(chosen))

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    form.load(on_load, None, [language, *speaking.components], **quiet)
    language.input(None, language, None, js="(chosen) => okrLanguage(chosen)", **quiet)
    language.input(switch, language, speaking.components, **quiet)
