"""The Rules tab: what the reviewer looks for and why, who disagrees, examples, sources, and how often each rule is right."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reviewer.cli.rulebook import measured, sample_lines
from reviewer.language.folding import fold
from reviewer.okr import Language, Source
from reviewer.report.element import Html, el
from reviewer.report.words import SIGNS
from reviewer.rules import ALL_RULES
from reviewer.rules.rule import Both, Described
from reviewer.rules.typography import typeset_french
from reviewer.web.wording import Speaking, count, language_of, say

_FAMILIES = ("key_result", "objective", "okr", "quarter", "model")


def build(speaking: Speaking, language: Any, tab: Any) -> None:
    """Lay the tab out."""
    import gradio as gr

    with gr.Row(elem_id="rules-bar"):
        query = speaking.make(
            gr.Textbox, {"label": "rules_search", "info": "rules_search_hint"}, max_lines=1, elem_id="find-rule", max_length=200
        )
    pane = gr.HTML("", elem_id="rules", apply_default_css=False, js_on_load=None)

    def show(query: str, language: str) -> str:
        return page(" ".join((query or "").split())[:200], language_of(language))

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    gr.on([tab.select, query.change, query.submit, language.input], show, [query, language], pane, trigger_mode="always_last", **quiet)


@lru_cache(maxsize=64)
def page(query: str, language: Language) -> Html:
    """Write the rules that hold every word of a query, by family."""
    chosen = [rule for rule in ALL_RULES if _holds(rule, query, language)]
    if not chosen:
        return el("div", el("div", say(language, "rules_none"), class_="said waiting"), class_="okr-review", lang=language)
    lead = el("p", say(language, "rules_lead"), " ", count(language, "rules_count", len(chosen)), ".", class_="soft lead")
    opened = len(chosen) == 1
    sections = []
    for family in _FAMILIES:
        rules = [rule for rule in chosen if rule.family == family]
        if rules:
            rows = [_rule(rule, language, opened) for rule in rules]
            sections.append(el("section", el("h2", say(language, f"family_{family}"), class_="block"), rows, class_="card rules"))
    return el("div", lead, sections, class_="okr-review", lang=language)


def _holds(rule: Described, query: str, language: Language) -> bool:
    text = fold(" ".join([rule.id, _said(rule.title, language), _said(rule.why, language)])).text
    return all(word in text for word in fold(query).text.split())


def _rule(rule: Described, language: Language, opened: bool) -> Html:
    severity = el("span", SIGNS[rule.severity], " ", say(language, f"severity_{rule.severity}"), class_=f"sev {rule.severity}")
    parts = [el("p", _said(rule.why, language))]
    if rule.contested:
        parts.append(el("p", _label("rule_contested", language), _said(rule.contested, language)))
    sides = []
    for side, label, sign, samples in (
        ("before", "rule_bad", "✕", rule.bad.of(language)),
        ("after", "rule_good", "✓", rule.good.of(language)),
    ):
        rows = [el("li", [el("p", line) for line in sample_lines(sample, language)]) for sample in samples]
        title = el("p", sign, " ", say(language, label), class_="eyebrow")
        sides.append(el("div", title, el("ul", rows, role="list", class_="samples"), class_=f"side {side}"))
    parts.append(el("div", sides, class_="sides"))
    if figures := measured(rule.id, language):
        parts.append(el("p", _label("rule_measured", language), figures))
    parts.append(el("p", _label("rule_sources", language)))
    parts.append(el("ul", _sources(rule.sources), class_="bullets", role="list"))
    return el(
        "details",
        el("summary", severity, " ", el("span", _said(rule.title, language), class_="title"), " ", el("code", rule.id)),
        el("div", parts, class_="last"),
        class_="rule",
        id=rule.id,
        open=opened,
    )


def _sources(sources: Iterable[Source]) -> list[Html]:
    return [
        el(
            "li",
            el("a", each.name, href=each.url, rel="noreferrer", target="_blank") if (each.url or "").startswith("https://") else each.name,
            [" – ", each.says] if each.says else None,
        )
        for each in sources
    ]


def _label(key: str, language: Language) -> Html:
    return el("b", say(language, key), "\u00a0: " if language == "fr" else ": ")


def _said(text: Both[str], language: Language) -> str:
    return typeset_french(text.fr) if language == "fr" else text.en
