"""The Draft tab: an idea and the company objectives in, complete OKRs out, each with its own review."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from reviewer.drafting import draft
from reviewer.okr import Draft, Language, Okr
from reviewer.report.element import Html, el
from reviewer.report.marked import shown
from reviewer.report.outline import way_up
from reviewer.report.words import VERDICT_SIGNS, words_of
from reviewer.rewriting import slots
from reviewer.web.door import Door, told
from reviewer.web.pane import bare, button, refused, slotted, waiting
from reviewer.web.review_tab import PRESS, ReviewTab
from reviewer.web.reviewing import context_from
from reviewer.web.wording import Speaking, count, language_of, say

MOST = 3
_NAMED = re.compile(r'(<[a-z0-9]+ (?:[^<>"]*"[^<>"]*")*?[^<>"]*)(id|aria-describedby)="((?:finding|okr)-\d+)"')


def build(door: Door, speaking: Speaking, language: Any, review_tab: ReviewTab, tabs: Any) -> None:
    """Lay the tab out."""
    import gradio as gr

    make = speaking.make
    drafts = gr.State((), time_to_live=3600)
    with gr.Row(elem_id="draft-desk"):
        with gr.Column(elem_id="idea-panel", min_width=0):
            idea = make(
                gr.Textbox, {"label": "idea", "info": "idea_hint", "placeholder": "idea_placeholder"}, lines=4, max_lines=12, elem_id="idea",
                max_length=2000,
            )  # fmt: skip
            company = make(
                gr.Textbox, {"label": "company", "info": "company_hint"}, lines=2, max_lines=12, elem_id="idea-company", max_length=20_000
            )
            with gr.Row(elem_id="idea-who"):
                team = make(
                    gr.Textbox, {"label": "team", "info": "team_hint"}, max_lines=1, elem_id="idea-team", min_width=0, max_length=200
                )
                cycle = make(
                    gr.Textbox, {"label": "cycle", "info": "cycle_hint"}, max_lines=1, elem_id="idea-cycle", min_width=0, max_length=200
                )
            number = make(gr.Radio, {"label": "how_many"}, choices=[*range(1, MOST + 1)], value=2, elem_id="how-many")
            propose = make(gr.Button, {"value": "propose"}, variant="primary", elem_id="propose")
            stop = make(gr.Button, {"value": "stop"}, elem_id="stop-drafting", visible=False)
        with gr.Column(elem_id="drafts-column", min_width=0):
            pane = gr.HTML(waiting("drafts_waiting"), elem_id="drafts", apply_default_css=False, js_on_load=PRESS)

    def write(
        idea: str, company: str, team: str, cycle: str, number: int, language: str, request: gr.Request
    ) -> Iterator[tuple[Any, Any, Any]]:
        speaks = language_of(language)
        refusal = door.refusal(request, speaks, idea or "")
        if refusal is None and not (idea or "").strip():
            refusal = say(speaks, "no_idea")
        if refusal is None:
            visitor, model, critic = _drafter(request), door.model, None
            try:
                door.ready()
                wanted = number if number in range(1, MOST + 1) else 1
                if model is not None:
                    critic = model.asked_for(visitor)
                    yield _drafting(say(speaks, "drafting", model=model.model)), (), gr.update(visible=True)
                made = draft(idea, context=context_from(company, team, cycle), critic=critic, count=wanted)
                yield written(made, speaks), tuple(made), gr.update(visible=False)
                return
            except Exception as error:
                refusal = told(error, speaks)
            finally:
                if model is not None and critic is not None:
                    critic.cancel()  # a visitor who left waits for nothing
                    model.release(visitor, critic)
        yield refused(refusal, speaks), (), gr.update(visible=False)

    def stop_drafting(request: gr.Request) -> None:
        if door.model is not None:
            door.model.stop(_drafter(request))

    def open_in_review(made: Sequence[Draft], company: str, team: str, cycle: str, pressed: gr.EventData) -> Any:
        data = pressed._data
        at = data.get("n") if isinstance(data, dict) and data.get("act") == "open" else None
        if not isinstance(at, int) or not 1 <= at <= len(made):
            return [gr.skip()] * 5
        return gr.update(selected="review"), as_text(made[at - 1].okr, made[at - 1].review.language), company, team, cycle

    gr.on(
        [propose.click, idea.submit],
        write,
        [idea, company, team, cycle, number, language],
        [pane, drafts, stop],
        api_visibility="private",
        concurrency_limit=door.limits.models_at_once if door.model else door.limits.at_once,
        concurrency_id="model" if door.model else "review",
        show_progress="minimal",
        show_progress_on=pane,
    )
    stop.click(stop_drafting, None, None, api_visibility="private", show_progress="hidden", queue=False)
    opened = pane.click(
        open_in_review,
        [drafts, company, team, cycle],
        [tabs, *review_tab.fields],
        api_visibility="private",
        show_progress="hidden",
        queue=False,
    )
    review_tab.review_after(opened)


def _drafter(request: Any) -> str:
    """Name what a visitor has drafted: apart from the critique of a review, which may run beside it."""
    return f"{request.session_hash} drafts"


def _drafting(text: str) -> Html:
    return el("div", el("p", el("span", class_="pulse", aria_hidden="true"), text, role="status"), class_="okr-review drafting")


def as_text(okr: Okr, language: Language) -> str:
    """Write a draft out as text to edit."""
    colon = "\u00a0: " if language == "fr" else ": "
    lines = [("Objectif" if language == "fr" else "Objective") + colon + okr.objective]
    lines += [f"KR{n}{colon}{text}" for n, text in enumerate(okr.key_results, start=1)]
    if okr.contributes_to:
        lines.append(("Contribue à" if language == "fr" else "Contributes to") + colon + okr.contributes_to)
    return "\n".join(lines)


def written(made: Sequence[Draft], language: Language) -> Html:
    """Write drafts as cards, each with its review on demand and a button that opens it in the Review tab."""
    return el("div", [_card(each, number, language) for number, each in enumerate(made, start=1)], class_="okr-review drafts")


def _card(made: Draft, number: int, language: Language) -> Html:
    spoken = made.review.language
    words = words_of(spoken)
    review = made.review
    open_slots = {slot for text in (made.okr.objective, *made.okr.key_results) for slot in slots(text)}
    rows = [
        el("li", el("span", words.say("kr", n=n), class_="n"), el("p", slotted(text)))
        for n, text in enumerate(made.okr.key_results, start=1)
    ]
    steps = [el("li", el("span", slotted(step))) for step in way_up(review.okrs[0], words).steps] if review.okrs else []
    verdict = el("span", VERDICT_SIGNS[review.verdict], " ", words.say(f"steps.{review.verdict}"), class_=f"pill {review.verdict}")
    to_give = el("span", "◌ ", count(spoken, "values_to_give", len(open_slots)), class_="by") if open_slots else None
    return el(
        "section",
        el("div", el("p", say(spoken, "draft_number", n=number), class_="eyebrow"), el("p", to_give, " ", verdict), class_="top"),
        el("h3", slotted(made.okr.objective), class_="objective"),
        el("ol", rows, class_="krs", role="list"),
        el("ol", steps, class_="path", role="list", aria_label=words.say("path_label")) if steps else None,
        [el("p", shown(note), class_="soft") for note in made.notes],
        button("open", number, say(language, "open_in_review")),
        el("details", el("summary", say(spoken, "its_review")), el("div", _own_names(bare(review), number), class_="its-review")),
        class_="card draft",
        lang=spoken,
    )


def _own_names(report: Html, number: int) -> Html:
    """Give the ids of a report a number of their own: several reports stand on one page."""
    return Html(_NAMED.sub(lambda match: f'{match[1]}{match[2]}="d{number}-{match[3]}"', report))
