"""The Quarter tab: files in, progress, then the quarter's report with its charts and table, and its files to download."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from reviewer.okr import Language
from reviewer.quarterly.progress import Progress
from reviewer.report.element import Html, el
from reviewer.report.marked import shown
from reviewer.web.door import Door, told
from reviewer.web.pane import refused, waiting
from reviewer.web.quarter import ENDINGS, MOST_FILES, MOST_OKRS, Reports, TooManyError, delete, forget, reviewed_files
from reviewer.web.reviewing import context_from
from reviewer.web.wording import Speaking, both, language_of, preferred, say

_FORMATS = ("xlsx", "html", "json")


def build(door: Door, speaking: Speaking, language: Any) -> None:
    """Lay the tab out."""
    import gradio as gr

    make = speaking.make
    # the reports of one visitor, deleted with the session
    folder = gr.State(None, time_to_live=3600, delete_callback=forget)

    with gr.Row(elem_id="quarter-bar"):
        with gr.Column(scale=5, min_width=280):
            files = make(gr.File, {"label": "files"}, file_count="multiple", file_types=[*ENDINGS], elem_id="files", height=170)
            limits = both("files_hint", most=MOST_FILES, size=door.limits.file)
            gr.HTML(
                f'<p class="foot">{limits}. {both("quarter_kept")}</p>', elem_id="quarter-line", apply_default_css=False, js_on_load=None
            )
        with gr.Column(scale=4, min_width=280):
            company = make(
                gr.Textbox,
                {"label": "company", "info": "company_hint"},
                lines=2,
                max_lines=8,
                elem_id="quarter-company",
                max_length=20_000,
            )
            cycle = make(gr.Textbox, {"label": "cycle", "info": "cycle_hint"}, max_lines=1, elem_id="quarter-cycle", max_length=200)
            ask = make(gr.Button, {"value": "quarter_review"}, variant="primary", elem_id="review-quarter")
    status = gr.HTML("", elem_id="quarter-status", apply_default_css=False, js_on_load=None)
    with gr.Row(elem_id="downloads", visible=False) as downloads:
        links = [make(gr.DownloadButton, {"label": f"download_{each}"}, elem_id=f"download-{each}", min_width=150) for each in _FORMATS]
    pane = gr.HTML(waiting("quarter_waiting"), elem_id="quarter", apply_default_css=False, js_on_load=None)

    def run(given: list[str] | None, company: str, cycle: str, language: str, last: str | None, request: gr.Request) -> Iterator[list[Any]]:
        speaks = language_of(language)
        refusal = _refusal(door, given, request, speaks)
        if refusal is not None or not given:
            delete(given or ())
            yield [refused(refusal or say(speaks, "no_file"), speaks), gr.update(visible=False), *[gr.skip()] * 4, last, None]
            return
        forget(last)
        yield [_bar(None, speaks), gr.update(visible=False), *[gr.skip()] * 3, waiting("quarter_waiting"), None, gr.skip()]
        for step in reviewed_files(given, context_from(company, "", cycle)):
            if step.progress is not None:
                yield [_bar(step.progress, speaks), *[gr.skip()] * 7]
            elif step.reports is not None:
                yield _ended(step.reports, speaks)
            elif step.error is not None:
                yield [refused(_told(step.error, speaks), speaks), gr.update(visible=False), *[gr.skip()] * 4, None, None]

    ask.click(
        run,
        [files, company, cycle, language, folder],
        [status, downloads, *links, pane, folder, files],
        api_visibility="private",
        concurrency_limit=1,
        concurrency_id="quarter",
        show_progress="minimal",
        show_progress_on=status,
    )
    _offer(door, files, company, cycle)


def _offer(door: Door, files: Any, company: Any, cycle: Any) -> None:
    """Offer the same to programs, as the endpoint /quarter."""
    import gradio as gr

    def quarter(files: list[str] | None, company: str, cycle: str, request: gr.Request) -> dict[str, Any]:
        """Review the OKRs of a quarter's files, and the quarter as a whole: duplicates, conflicts, coverage.

        Args:
            files: CSV, XLSX, JSON, YAML, Markdown, text or DOCX files with OKRs.
            company: the company objectives, one per line; may be empty.
            cycle: the cycle the OKRs are for, such as 2026-Q4; may be empty.

        Returns:
            The quarter's review as JSON (an object with the key `error` when there is none).
        """
        speaks = preferred(request)
        refusal = _refusal(door, files, request, speaks)
        if refusal is not None or not files:
            delete(files or ())
            return {"error": refusal or say(speaks, "no_file")}
        for step in reviewed_files(files, context_from(company, "", cycle)):
            if step.reports is not None:
                forget(str(step.reports.folder))
                data: dict[str, Any] = step.reports.review.model_dump(mode="json")
                return data
            if step.error is not None:
                return {"error": _told(step.error, speaks)}
        raise RuntimeError("the review of the files stopped without a word")

    data = gr.JSON(visible=False)
    hidden = gr.Button(visible=False)
    hidden.click(quarter, [files, company, cycle], data, api_name="quarter", concurrency_limit=1, concurrency_id="quarter")


def _refusal(door: Door, given: Sequence[str] | None, request: Any, language: Language) -> str | None:
    if not given:
        return say(language, "no_file")
    if len(given) > MOST_FILES:
        return say(language, "too_many_files", n=len(given), most=MOST_FILES)
    return door.refusal(request, language)


def _told(error: Exception, language: Language) -> str:
    return say(language, "too_many_okrs", most=MOST_OKRS) if isinstance(error, TooManyError) else told(error, language)


def _ended(reports: Reports, language: Language) -> list[Any]:
    """Show the report and offer its files; with nothing reviewed, say why."""
    import gradio as gr

    review = reports.review
    number = sum(team.okrs for team in review.teams)
    if not number:
        reasons = [shown(each.reason or each.entry.reason or "") for each in review.entries]
        forget(str(reports.folder))
        message = say(language, "nothing_in_files", reason=next((each for each in reasons if each), "–"))
        return [refused(message, language), gr.update(visible=False), *[gr.skip()] * 3, waiting("quarter_waiting"), None, None]
    notes = [el("p", say(language, "sheet_lost", note=shown(each)), class_="foot") for each in reports.notes]
    done = el("div", el("p", "✓ ", say(language, "quarter_done", n=number), class_="done", role="status"), notes)
    files = [gr.update(value=str(getattr(reports, each))) for each in _FORMATS]
    return [done, gr.update(visible=True), *files, framed(reports.page(), say(language, "quarter_report")), str(reports.folder), None]


def framed(page: str, title: str) -> Html:
    """Set a whole page into this one, with its own program and no way out of its frame."""
    return Html(
        f'<iframe class="page" title="{escape(title)}" sandbox="allow-scripts" referrerpolicy="no-referrer" srcdoc="{escape(page)}"></iframe>'
    )


def _bar(progress: Progress | None, language: Language) -> Html:
    """Say how far the review is, in words and as a bar."""
    share = None
    if progress is None:
        text = say(language, "progress_reading")
    elif progress.phase == "comparing":
        text = say(language, "progress_comparing")
    elif progress.total:
        text = say(language, "progress_reviewing", done=progress.done, total=progress.total)
        share = str(round(progress.done / progress.total, 3))
    else:
        text = say(language, "progress_reviewing_open", done=progress.done)
    return el("div", el("p", text, role="status"), el("progress", max="1", value=share, aria_label=text), class_="bar")
