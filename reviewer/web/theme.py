"""Dress Gradio in system fonts and the report's colours: nothing is loaded from elsewhere."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from reviewer.web.wording import LANGUAGES, say

if TYPE_CHECKING:
    import gradio as gr


def style() -> str:
    """Give the form's style sheet, with the reports' own before it."""
    return resources.files("reviewer.report").joinpath("style.css").read_text("utf-8") + _own("style.css")


def script() -> str:
    """Give the page's program, with the sentences it says itself."""
    words = {language: {key: say(language, key) for key in ("queue_place", "at_work")} for language in LANGUAGES}
    return _own("script.js").replace('"WORDS"', json.dumps(words, ensure_ascii=False))


@cache
def _own(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def theme() -> gr.themes.Base:
    """Give the theme, light and dark."""
    import gradio as gr

    return gr.themes.Base(
        primary_hue="indigo",
        neutral_hue="gray",
        radius_size="lg",
        font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    ).set(
        body_background_fill="#fbfaf7",
        body_background_fill_dark="#14171e",
        body_text_color="#1d2433",
        body_text_color_dark="#e9ebf0",
        block_background_fill="#ffffff",
        block_background_fill_dark="#1b1f29",
        block_title_text_color="#1d2433",
        block_title_text_color_dark="#e9ebf0",
        block_title_text_weight="600",
        block_info_text_size="14px",
        block_info_text_color="#5a6272",
        block_info_text_color_dark="#a3abba",
        panel_background_fill="#ffffff",
        panel_background_fill_dark="#1b1f29",
        color_accent="#2f4b8f",
        checkbox_background_color_selected="#2f4b8f",
        checkbox_background_color_selected_dark="#5c7fd6",
        checkbox_border_color="#858b99",
        checkbox_border_color_dark="#6b7386",
        checkbox_border_color_selected="#2f4b8f",
        checkbox_border_color_selected_dark="#9db4f2",
        checkbox_label_background_fill="#ffffff",
        checkbox_label_background_fill_dark="#1b1f29",
        border_color_primary="#e4e0d8",
        border_color_primary_dark="#2d3340",
        input_border_width="1px",
        input_border_color="#858b99",
        input_border_color_dark="#6b7386",
        input_border_color_focus="#2f4b8f",
        input_border_color_focus_dark="#9db4f2",
        input_shadow_focus="0 0 0 2px #2f4b8f",
        input_shadow_focus_dark="0 0 0 2px #9db4f2",
        input_background_fill="#fbfaf7",
        input_background_fill_dark="#14171e",
        button_primary_background_fill="#2f4b8f",
        button_primary_background_fill_dark="#9db4f2",
        button_primary_background_fill_hover="#243b73",
        button_primary_background_fill_hover_dark="#b4c6f6",
        button_primary_border_color="#2f4b8f",
        button_primary_border_color_dark="#9db4f2",
        button_primary_border_color_hover="#243b73",
        button_primary_border_color_hover_dark="#b4c6f6",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#1b1f29",
        button_border_width="1px",
        button_large_padding="9px 10px",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_text_color="#2f4b8f",
        button_secondary_text_color_dark="#9db4f2",
        button_secondary_border_color="#2f4b8f",
        button_secondary_border_color_dark="#9db4f2",
    )
