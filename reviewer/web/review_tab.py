"""The Review tab: paste a draft, read it annotated, take rewrites, answer questions, review again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reviewer.okr import Language
from reviewer.report.marked import shown
from reviewer.report.words import words_of
from reviewer.web.asking import Model, Reading
from reviewer.web.door import Door, told
from reviewer.web.drafts import choices, our_drafts
from reviewer.web.pane import added, additions, refused, report, waiting
from reviewer.web.reviewing import MOST_ASKED, Desk, complete, context_from, reviewed, rewrite_of, seat, take
from reviewer.web.wording import Speaking, both, count, language_of, say

PRESS = """
element.addEventListener('click', (event) => {
  const pressed = event.target.closest('button.act');
  if (pressed && !pressed.hasAttribute('aria-disabled')) okrPressed(pressed, (data) => trigger('click', data));
});
"""
"""Tell Python which button of a report was pressed; `okrPressed` stands in script.js."""


class ReviewTab:
    """Lay the tab out, and hold its parts: other tabs put drafts into it."""

    def __init__(self, door: Door, speaking: Speaking, language: Any) -> None:
        import gradio as gr

        self.door = door
        self.language = language
        # What is remembered of a visitor lives here, in their session: it ends with it, or after an hour without a review.
        self.desk = gr.State(None, time_to_live=3600)
        make = speaking.make
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="write", min_width=0):
                self.draft = make(
                    gr.Textbox, {"label": "draft", "info": "draft_hint"}, lines=9, max_lines=30, elem_id="draft", autofocus=True,
                    max_length=200_000,
                )  # fmt: skip
                self.company = make(
                    gr.Textbox, {"label": "company", "info": "company_hint"}, lines=2, max_lines=12, elem_id="company", max_length=20_000
                )
                with gr.Row(elem_id="who"):
                    self.team = make(
                        gr.Textbox, {"label": "team", "info": "team_hint"}, max_lines=1, elem_id="team", min_width=0, max_length=200
                    )
                    self.cycle = make(
                        gr.Textbox, {"label": "cycle", "info": "cycle_hint"}, max_lines=1, elem_id="cycle", min_width=0, max_length=200
                    )
                self.button = make(gr.Button, {"value": "review"}, variant="primary", elem_id="review")
                self.ours = make(gr.Dropdown, {"label": "ours", "choices": choices}, value=None, elem_id="ours", filterable=False)
                self.asks_model = _model_line(door.model, speaking)
            with gr.Column(elem_id="ask", min_width=0, visible=False) as self.ask:
                gr.HTML(_heading(), elem_id="ask-lead", apply_default_css=False, js_on_load=None)
                self.answers = [
                    gr.Textbox(visible=False, max_lines=1, elem_id=f"answer-{n}", elem_classes="answer", max_length=500)
                    for n in range(1, MOST_ASKED + 1)
                ]
                self.complete = make(gr.Button, {"value": "complete"}, elem_id="complete")
            with gr.Column(elem_id="read", min_width=0):
                with gr.Row(elem_id="model-row", visible=False) as self.model_row:
                    self.model_said = gr.HTML("", elem_id="model-said", apply_default_css=False, js_on_load=None)
                    self.stop = make(gr.Button, {"value": "stop"}, elem_id="stop", size="sm", visible=False, min_width=100, scale=0)
                self.report = gr.HTML(waiting("waiting", "waiting_more"), elem_id="report", apply_default_css=False, js_on_load=PRESS)
                self.critique = gr.HTML("", elem_id="critique", apply_default_css=False, js_on_load=PRESS)
        self._wire()

    @property
    def fields(self) -> list[Any]:
        """Give the fields that a draft is put into: draft, company objectives, team, cycle."""
        return [self.draft, self.company, self.team, self.cycle]

    def review_after(self, event: Any) -> None:
        """Review what stands in the fields once another event has put it there."""
        self._chain(event.then)

    def _wire(self) -> None:
        import gradio as gr

        door = self.door

        def take_rewrite(draft: str, desk: Desk | None, language: str, pressed: gr.EventData) -> Any:
            chosen = _chosen(desk, pressed._data)
            if desk is None or chosen is None:
                return gr.skip()
            written = take(draft, desk.review, *chosen)
            if written is None:
                gr.Warning(say(language_of(language), "no_longer"), title="")
                return gr.skip()
            return written

        def fill_in(draft: str, desk: Desk | None, language: str, *answers: str) -> Any:
            if desk is None or not any(each.strip() for each in answers):
                gr.Warning(say(language_of(language), "nothing_answered"), title="")
                return gr.skip()
            written, _, missed = complete(draft, desk, answers)
            if missed:
                gr.Warning(say(language_of(language), "no_longer"), title="")
            return written

        def put(number: int | None, language: str) -> Any:
            if not isinstance(number, int) or not 0 <= number < len(our_drafts("en")):
                return [gr.skip()] * 4
            ours = our_drafts(language_of(language))[number]
            return ours.draft, ours.company, ours.team, ours.cycle

        def stop(request: gr.Request) -> None:
            if door.model is not None:
                door.model.stop(str(request.session_hash))

        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        told_of = quiet | {"queue": True}  # only what is queued can show a warning
        self._chain(gr.on, triggers=[self.button.click, self.draft.submit, self.team.submit, self.cycle.submit])
        for pane in (self.report, self.critique):
            pane.click(take_rewrite, [self.draft, self.desk, self.language], self.draft, **told_of)
        filled = gr.on(
            [self.complete.click, *(each.submit for each in self.answers)],
            fill_in,
            [self.draft, self.desk, self.language, *self.answers],
            self.draft,
            **told_of,
        )
        self.review_after(filled)
        # `select`, for a dropdown's `input` is also that it was left: who tabs past it would have the draft reviewed again
        self.review_after(self.ours.select(put, [self.ours, self.language], self.fields, **quiet))
        self.stop.click(stop, None, None, **quiet)

    def _chain(self, begin: Any, **first: Any) -> None:
        """Review by the rules, then have the model read what they found; the second never holds up the first."""
        import gradio as gr

        door = self.door

        # Gradio hands the request to a parameter annotated with it, and only where it can see the class itself.
        def review_draft(
            language: str, draft: str, company: str, team: str, cycle: str, desk: Desk | None, asks: bool, request: gr.Request
        ) -> list[Any]:
            speaks = language_of(language)
            if door.model is not None:
                door.model.stop(str(request.session_hash))
            refusal = door.refusal(request, speaks, draft or "")
            if refusal is None and not (draft or "").strip():
                refusal = say(speaks, "empty")
            if refusal is None:
                try:
                    context = context_from(company, team, cycle)
                    seated = seat(reviewed(draft, context, ready=door.ready()), context, desk)
                    return self._shown(seated, speaks, asks)
                except Exception as error:
                    refusal = told(error, speaks)
            # what was reviewed before stays on the desk, so that the next review is compared with it
            return [refused(refusal, speaks), desk, gr.skip(), gr.update(visible=False), *self._questions(None), *_quiet_model()]

        def have_read(desk: Desk | None, asks: bool, language: str, request: gr.Request) -> Iterator[list[Any]]:
            if door.model is None or not asks or desk is None or desk.merged is not None:
                yield [gr.skip()] * 5
                return
            speaks = language_of(language)
            yield [*_reading(say(speaks, "model_asked", model=door.model.model)), gr.skip(), gr.skip()]
            for reading in door.model.read(desk.review, desk.context, str(request.session_hash)):
                yield _heard(reading, desk, door.model, speaks)

        outputs = [self.report, self.desk, self.button, self.ask, *self.answers, self.model_row, self.model_said, self.stop, self.critique]
        ruled = begin(
            **first,
            fn=review_draft,
            inputs=[self.language, *self.fields, self.desk, self.asks_model],
            outputs=outputs,
            api_visibility="private",
            concurrency_limit=door.limits.at_once,
            concurrency_id="review",
            show_progress="minimal",
            show_progress_on=self.report,
        )
        ruled.then(None, js="() => okrShowReview()", api_visibility="private")
        if door.model is not None:
            ruled.then(
                have_read,
                [self.desk, self.asks_model, self.language],
                [self.model_row, self.model_said, self.stop, self.critique, self.desk],
                api_visibility="private",
                concurrency_limit=door.limits.models_at_once,
                concurrency_id="model",
                show_progress="minimal",
                show_progress_on=self.model_said,
            )

    def _shown(self, seated: Desk, language: Language, asks: bool) -> list[Any]:
        import gradio as gr

        model = self.door.model
        return [
            report(seated),
            seated,
            gr.update(value=say(language, "review_again")),
            gr.update(visible=bool(seated.asked)),
            *self._questions(seated),
            *(_waiting_model(say(language, "model_next", model=model.model)) if model is not None and asks else _quiet_model()),
        ]

    def _questions(self, desk: Desk | None) -> list[Any]:
        import gradio as gr

        asked = desk.asked if desk else ()
        return [
            gr.update(visible=True, label=asked[n].text, info=asked[n].hint, value="")
            if n < len(asked)
            else gr.update(visible=False, value="")
            for n in range(MOST_ASKED)
        ]


def _chosen(desk: Desk | None, data: Any) -> tuple[int, int | None, str] | None:
    """Find the rewrite that was pressed: okr, key result, sentence; a browser may send anything."""
    if desk is None or not isinstance(data, dict) or not isinstance(data.get("n"), int):
        return None
    number, offers = data["n"], desk.merged or desk.review
    if data.get("act") == "use-model" and offers.critique is not None and 1 <= number <= len(offers.critique.rewrites):
        proposal = offers.critique.rewrites[number - 1]
        return proposal.okr, proposal.key_result, proposal.text
    if data.get("act") != "use":
        return None
    # the rules' pane counts in the rules' review, the model's in the merged one; both begin alike only by chance
    found = rewrite_of(offers if data.get("pane") == "critique" else desk.review, number)
    return (found[0].okr, found[0].key_result, found[1]) if found else None


def _heard(reading: Reading, desk: Desk, model: Model, language: Language) -> list[Any]:
    """Show how far a model is, or what came of it; what the rules found is not touched."""
    import gradio as gr

    if reading.stopped:
        return [*_ended(say(language, "model_stopped")), gr.skip(), gr.skip()]
    if reading.error is not None:
        return [*_ended(say(language, "model_failed", reason=shown(reading.error).rstrip(".") + ".")), gr.skip(), gr.skip()]
    if reading.review is None:
        told_so_far = say(language, "model_progress", model=model.model, done=reading.done, total=reading.total, seconds=reading.seconds)
        return [*_reading(told_so_far), gr.skip(), gr.skip()]
    critique = reading.review.critique
    if critique is None or critique.status in ("failed", "skipped"):
        reason = shown((critique.reason if critique else None) or "?").rstrip(".") + "."
        return [*_ended(say(language, "model_failed", reason=reason)), gr.skip(), gr.skip()]
    found = additions(reading.review)
    ended = count(language, "model_added", found) if found else say(language, "model_added_none")
    return [*_ended(ended, link=bool(found)), added(reading.review, language), replace(desk, merged=reading.review)]


def _quiet_model() -> list[Any]:
    import gradio as gr

    return [gr.update(visible=False), "", gr.update(visible=False), ""]


def _waiting_model(text: str) -> list[Any]:
    import gradio as gr

    from reviewer.report.element import el

    return [gr.update(visible=True), el("p", text), gr.update(visible=False), ""]


def _reading(text: str) -> list[Any]:
    import gradio as gr

    from reviewer.report.element import el

    return [gr.update(visible=True), el("p", el("span", class_="pulse", aria_hidden="true"), text), gr.update(visible=True)]


def _ended(text: str, *, link: bool = False) -> list[Any]:
    import gradio as gr

    from reviewer.report.element import el

    return [
        gr.update(visible=True),
        el("p", el("a", text, href="#critique") if link else text),
        gr.update(visible=False),
    ]


def _model_line(model: Model | None, speaking: Speaking) -> Any:
    """Say where the draft is read: a line when no model is configured, a box to tick when one is."""
    import gradio as gr

    if model is None:
        gr.HTML(f'<p class="foot">{both("no_model")}</p>', elem_id="model-line", apply_default_css=False, js_on_load=None)
        return gr.State(False)

    from reviewer.report.asked import destination

    key = "model_here" if model.local else "model_away"

    def label(language: Language) -> str:
        return say(language, key, model=model.model, place=destination(model.destination, words_of(language)))

    return speaking.make(gr.Checkbox, {"label": label, "info": "model_hint"}, value=True, elem_id="asks-model")


def _heading() -> str:
    from reviewer.report.element import el

    return el("div", el("h2", both("questions")), el("p", both("questions_lead"), class_="hint"))
