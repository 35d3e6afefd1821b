"""The Examples tab: search the corpus by meaning, filter it by kind of work and language, start from what is found."""

from collections.abc import Iterator, Sequence
from typing import Any

from reviewer.cli.searching import Hit, Search, find, statements
from reviewer.corpus import ExampleOkr, ExamplePair, load_corpus
from reviewer.data import read_corpus
from reviewer.encoder import load_encoder
from reviewer.okr import Language
from reviewer.report.element import Html, el
from reviewer.report.words import words_of
from reviewer.web.door import Door, told
from reviewer.web.pane import button, refused, waiting
from reviewer.web.review_tab import PRESS, ReviewTab
from reviewer.web.wording import Speaking, count, language_of, say

PAGE = 12
"""Examples shown at first, and added each time more are asked for."""

_ANY = "any"


def works(language: Language) -> list[tuple[str, str]]:
    """List the kinds of work as a dropdown takes them: name and id."""
    named = read_corpus("matching.toml")["work"]
    return [(say(language, "any_work"), _ANY), *sorted((str(each[language]), key) for key, each in named.items())]


def languages(language: Language) -> list[tuple[str, str]]:
    """List the languages that examples are written in."""
    return [(say(language, "any_language"), _ANY), (say(language, "in_fr"), "fr"), (say(language, "in_en"), "en")]


def found(query: str, work: str | None, written_in: str | None) -> list[Hit]:
    """Give the examples that fit, nearest to the query first; without a query, all of them as the corpus has them.

    An unknown kind of work or language gives none.
    """
    wanted = written_in if written_in in ("fr", "en") else None
    search = Search(query.strip(), 10_000, wanted, work if work and work != _ANY else None)  # type: ignore[arg-type]
    corpus = load_corpus()
    if written_in not in (None, "", _ANY, "fr", "en"):
        return []
    if search.query:
        return find(search, corpus, load_encoder(None))
    everything: Sequence[ExampleOkr | ExamplePair] = [*corpus.okrs, *corpus.pairs]
    return [
        Hit(each, 0.0, -1, False) for each in everything if search.language in (None, each.language) and search.work in (None, each.work)
    ]


def build(door: Door, speaking: Speaking, language: Any, review_tab: ReviewTab, tabs: Any, tab: Any) -> None:
    """Lay the tab out."""
    import gradio as gr

    make = speaking.make
    with gr.Row(elem_id="search-bar"):
        query = make(
            gr.Textbox, {"label": "search", "placeholder": "search_placeholder"}, max_lines=1, scale=5,
            elem_id="search", min_width=260, max_length=2000,
        )  # fmt: skip
        work = make(gr.Dropdown, {"label": "work", "choices": works}, value=_ANY, filterable=False, elem_id="work", scale=2, min_width=180)
        written_in = make(
            gr.Dropdown, {"label": "example_language", "choices": languages}, value=_ANY, filterable=False, elem_id="written-in", scale=2,
            min_width=160,
        )  # fmt: skip
        ask = make(gr.Button, {"value": "show_examples"}, variant="primary", elem_id="show-examples", scale=1, min_width=120)
    pane = gr.HTML(waiting("search_hint"), elem_id="examples", apply_default_css=False, js_on_load=PRESS)
    most = gr.State(PAGE)
    more = make(gr.Button, {"value": "more"}, elem_id="more", visible=False)

    def show(query: str, work: str, written_in: str, language: str, most: int, request: gr.Request) -> Any:
        speaks = language_of(language)
        refusal = door.refusal(request, speaks, query or "")
        if refusal is None:
            try:
                hits = found(query or "", work, written_in)
                return listed(hits, most, speaks), gr.update(visible=len(hits) > most), most
            except Exception as error:
                refusal = told(error, speaks)
        return refused(refusal, speaks), gr.update(visible=False), most

    def show_first(query: str, work: str, written_in: str, language: str, request: gr.Request) -> Any:
        return show(query, work, written_in, language, PAGE, request)

    def show_more(query: str, work: str, written_in: str, language: str, most: int, request: gr.Request) -> Any:
        return show(query, work, written_in, language, most + PAGE, request)

    def start_from(data: gr.EventData) -> Any:
        okr = _okr_number(data._data)
        if okr is None:
            return [gr.skip()] * 5
        return gr.update(selected="review"), as_draft(okr), okr.contributes_to or "", okr.team or "", ""

    wired: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "show_progress_on": pane, "concurrency_id": "review"}
    outputs = [pane, more, most]
    gr.on(
        [tab.select, ask.click, query.submit, work.select, written_in.select],  # a dropdown's `input` is also that it was left
        show_first,
        [query, work, written_in, language],
        outputs,
        trigger_mode="always_last",  # a search asked for while the tab fills is not lost
        **wired,
    )
    more.click(show_more, [query, work, written_in, language, most], outputs, **wired)
    started = pane.click(start_from, None, [tabs, *review_tab.fields], api_visibility="private", show_progress="hidden", queue=False)
    review_tab.review_after(started)


def as_draft(okr: ExampleOkr) -> str:
    """Write an example as a draft to edit."""
    label = "Objectif\u00a0: " if okr.language == "fr" else "Objective: "
    colon = "\u00a0: " if okr.language == "fr" else ": "
    return "\n".join([label + okr.objective, *(f"KR{n}{colon}{text}" for n, text in enumerate(okr.key_results, start=1))])


def listed(hits: Sequence[Hit], most: int, language: Language) -> Html:
    """Write the examples found as cards."""
    if not hits:
        return el("div", say(language, "examples_none"), class_="said waiting")
    total = count(language, "examples_count", len(hits))
    told_first = total if len(hits) <= most else f"{say(language, 'examples_first', n=most, total=len(hits))}"
    return el(
        "div",
        el("p", told_first, ". ", say(language, "examples_ours"), class_="soft lead"),
        el("ul", list(_cards(hits[:most], language)), class_="cards", role="list"),
        class_="okr-review",
        lang=language,
    )


def _cards(hits: Sequence[Hit], language: Language) -> Iterator[Html]:
    named = read_corpus("matching.toml")
    for hit in hits:
        example = hit.example
        pair = isinstance(example, ExamplePair)
        told_of = [say(language, "kind_pair" if pair else "kind_okr"), str(named["work"][example.work][language])]
        if isinstance(example, ExamplePair) and example.rule in named["weakness"]:
            told_of.append(str(named["weakness"][example.rule][language]))
        if example.language != language:
            told_of.append(words_of(language).say(f"in_{example.language}"))
        if hit.at >= 0:
            told_of.append(say(language, "nearness", score=words_of(language).number(hit.score)))
        body = _pair(example, language) if isinstance(example, ExamplePair) else _okr(example, hit.at, language)
        yield el("li", el("p", " · ".join(told_of), class_="eyebrow"), body, class_="card")


def _okr(example: ExampleOkr, nearest: int, language: Language) -> list[Html]:
    spoken = None if example.language == language else example.language
    rows = [
        el("li", el("mark", text, class_="advice") if at == nearest else text) for at, text in enumerate(statements(example)[1:], start=1)
    ]
    return [
        el("h3", example.objective, class_="block", lang=spoken),
        el("ul", rows, class_="bullets", role="list", lang=spoken),
        button("start", _number(example.id), say(language, "start_from")),
    ]


def _pair(example: ExamplePair, language: Language) -> list[Html]:
    spoken = None if example.language == language else example.language
    sides = [
        el("div", el("p", sign, " ", say(language, side), class_="eyebrow"), [el("p", text, lang=spoken) for text in texts], class_=side)
        for side, sign, texts in (("before", "✕", example.weak), ("after", "✓", example.strong))
    ]
    return [el("div", sides, class_="pair"), el("p", example.why, lang=spoken, class_="soft")]


def _number(name: str) -> int:
    return next(number for number, okr in enumerate(load_corpus().okrs) if okr.id == name)


def _okr_number(data: Any) -> ExampleOkr | None:
    """Find the example that was pressed; a browser may send anything."""
    okrs = load_corpus().okrs
    number = data.get("n") if isinstance(data, dict) and data.get("act") == "start" else None
    return okrs[number] if isinstance(number, int) and 0 <= number < len(okrs) else None
