"""Open the web form: paste a draft, read the annotated review. Nothing is stored and nothing leaves the machine."""

import os
from contextlib import suppress
from html import escape
from threading import Thread
from typing import TYPE_CHECKING, Any

from reviewer import Context, review
from reviewer.errors import ReviewerError
from reviewer.report import render_html

if TYPE_CHECKING:
    import gradio as gr

FORM = {
    "en": {
        "heading": "# OKR review",
        "promise": "Paste one or more OKRs. What to mend stands under the words it is about. Read on this machine, without network; nothing is kept.",
        "draft": "Your draft",
        "draft_hint": "An objective and its key results, in English or French. Shift + Enter reviews.",
        "company": "Company objectives",
        "company_hint": "One per line, optional",
        "cycle": "Cycle",
        "cycle_hint": "For example 2026-Q4, optional",
        "review": "Review",
        "example": "Try an example",
        "waiting": "The review will appear here.",
        "empty": "There is nothing to review yet: paste a draft first, or try the example.",
        "not_ready": "The model that finds examples is still loading: ask again in a minute to see examples and alignment.",
        "example_draft": "Objective: Give Sales what it takes to win competitive deals\n"
        "KR1: Battlecard usage in competitive deals: 70% (vs 25% today)\n"
        "KR2: Create 3 new battlecards\n"
        "KR3: Sales satisfaction with PMM assets: at least 8/10",
        "example_company": "Gain market share against the two leaders\nNRR from 104% to 112%",
        "example_cycle": "2026-Q4",
    },
    "fr": {
        "heading": "# Revue d’OKR",
        "promise": "Collez un ou plusieurs OKR. Ce qu’il y a à corriger s’affiche sous les mots concernés. Relu sur cette machine, sans réseau\u202f; rien n’est conservé.",
        "draft": "Votre brouillon",
        "draft_hint": "Un objectif et ses résultats clés, en français ou en anglais. Maj + Entrée relit.",
        "company": "Objectifs de l’entreprise",
        "company_hint": "Un par ligne, facultatif",
        "cycle": "Cycle",
        "cycle_hint": "Par exemple T4 2026, facultatif",
        "review": "Relire",
        "example": "Essayer un exemple",
        "waiting": "La revue s’affichera ici.",
        "empty": "Il n’y a encore rien à relire\u00a0: collez d’abord un brouillon, ou essayez l’exemple.",
        "not_ready": "Le modèle qui trouve les exemples se charge encore\u00a0: relisez dans une minute pour voir exemples et alignement.",
        "example_draft": "Objectif\u00a0: Donner aux Sales les armes pour gagner les deals compétitifs\n"
        "KR1\u00a0: Taux d’utilisation des battlecards dans les deals compétitifs\u00a0: 70\u202f% (vs 25\u202f% aujourd’hui)\n"
        "KR2\u00a0: Créer 3 nouvelles battlecards\n"
        "KR3\u00a0: Satisfaction Sales sur les assets PMM\u00a0: 8/10 minimum",
        "example_company": "Gagner des parts de marché face aux deux leaders\nNRR de 104\u202f% à 112\u202f%",
        "example_cycle": "T4 2026",
    },
}
"""What the form says; the browser's language chooses, English for any other."""

_EXAMPLES = 3
"""Near examples for each OKR and each weak key result."""

_PATIENCE = 20.0
"""Seconds that a review waits for the encoder when it is asked for at once after the start; loading takes some five."""

_FONTS = 'system-ui, -apple-system, "Segoe UI", Inter, Roboto, "Noto Sans", sans-serif'

_STYLE = f"""
.gradio-container {{ --font: {_FONTS}; font-family: {_FONTS}; width: 100%; max-width: 1240px !important; margin: 0 auto !important; }}
.gradio-container .app {{ padding: 16px clamp(12px, 3vw, 32px) !important; }}
.gradio-container textarea, .gradio-container input {{ font-size: 16px; line-height: 1.5; }}
.gradio-container button {{ min-height: 44px; white-space: nowrap; }}
.gradio-container :focus-visible {{ outline: 3px solid var(--button-secondary-border-color); outline-offset: 2px; }}
.gradio-container h1 {{ font-size: 1.35rem; margin: 8px 0 0; }}
.gradio-container footer button {{ color: var(--block-info-text-color); opacity: 1; }}
.gradio-container footer .divider {{ display: none; }}
#draft textarea {{ min-height: 13em; }}
#report, #report > * {{ padding: 0; }}
.said {{ border: 1px solid var(--border-color-primary); border-radius: 14px; padding: 18px 20px; font-size: 16px; color: var(--body-text-color); overflow-wrap: anywhere; }}
.said.waiting {{ border-style: dashed; color: var(--block-info-text-color); }}
.said.refused {{ border-left: 4px solid var(--refusal); --refusal: #b3261e; }}
.dark .said.refused {{ --refusal: #ff9b92; }}
html:lang(fr) .said [lang=en], html:not(:lang(fr)) .said [lang=fr] {{ display: none; }}
@media (max-width: 560px) {{ button {{ font-size: 15px; }} }}
"""

_ON_LOAD = "() => { document.documentElement.lang = navigator.language; }"
_SHOW = """() => {
  const report = document.getElementById('report');
  if (report.getBoundingClientRect().top > window.innerHeight / 2) report.scrollIntoView();
}"""
"""On a phone the review stands below the draft: asking for it leads there; side by side nothing moves."""


def build_form() -> "gr.Blocks":
    """Build the form; its one public endpoint is `/review` (draft, company objectives, cycle -> HTML, JSON)."""
    _keep_quiet()
    import gradio as gr

    # Gradio hands the request to a parameter annotated with it, and only where it can see the class itself.
    def review_draft(draft: str, company: str, cycle: str, request: gr.Request) -> tuple[str, dict[str, Any]]:
        return _review_draft(draft, company, cycle, _language(request), _READY.wait_for(_PATIENCE))

    def give_example(request: gr.Request) -> tuple[str, str, str]:
        return _example(_language(request))

    say = gr.I18n(**FORM)
    form: gr.Blocks = gr.Blocks(title="OKR review · Revue d’OKR", analytics_enabled=False, fill_width=True)
    with form:
        gr.Markdown(say("heading"))
        gr.Markdown(say("promise"))
        with gr.Row():
            with gr.Column(scale=5, min_width=320):
                draft = gr.Textbox(label=say("draft"), info=say("draft_hint"), lines=9, max_lines=30, elem_id="draft", autofocus=True)
                company = gr.Textbox(label=say("company"), info=say("company_hint"), lines=2, max_lines=12, elem_id="company")
                cycle = gr.Textbox(label=say("cycle"), info=say("cycle_hint"), max_lines=1, elem_id="cycle")
                with gr.Row():
                    button = gr.Button(say("review"), variant="primary", elem_id="review", scale=2, min_width=100)
                    example = gr.Button(say("example"), elem_id="example", scale=3, min_width=160)
            with gr.Column(scale=8, min_width=320):
                report = gr.HTML(_waiting(), elem_id="report", apply_default_css=False, js_on_load=None)
                data = gr.JSON(visible=False, label="Review")
        gr.on(
            [button.click, draft.submit, cycle.submit],
            review_draft,
            [draft, company, cycle],
            [report, data],
            api_name="review",
            api_description="Review a draft: the report as HTML, and the review as JSON (an object with the key `error` when it cannot be read).",
            concurrency_limit=8,
            show_progress="minimal",
            show_progress_on=report,
        ).then(None, js=_SHOW, api_visibility="private")
        example.click(give_example, None, [draft, company, cycle], api_visibility="private", show_progress="hidden")
    _READY.begin()
    return form


def serve(host: str = "127.0.0.1", port: int = 7860, *, wait: bool = True) -> "gr.Blocks":
    """Serve the form at http://host:port; returns at once when `wait` is false.

    Raises ReviewerError when the port cannot be had.
    """
    _keep_quiet()
    import gradio as gr

    form = build_form()
    try:
        form.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            inbrowser=False,
            ssr_mode=False,
            enable_monitoring=False,
            # Gradio would keep every visitor's drafts in their browser otherwise.
            run_history=False,
            footer_links=["api"],
            theme=_theme(),
            css=_STYLE,
            js=_ON_LOAD,
            i18n=gr.I18n(**FORM),
        )
    except OSError as error:
        msg = f"the form cannot be served at {host}, port {port}: it is taken or not allowed; choose another port with --port"
        raise ReviewerError(msg) from error
    print(f"OKR review: {form.local_url}  (Ctrl-C stops it)", flush=True)
    if wait:
        form.block_thread()
    return form


class _Rehearsal:
    """Load the encoder once, in the background, by reviewing a draft of our own: the first visitor does not wait for it.

    Reviews that come while it loads wait for it, so that it is not loaded twice.
    """

    def __init__(self) -> None:
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            self._thread = Thread(target=self._rehearse, name="okr-rehearsal", daemon=True)
            self._thread.start()

    def wait_for(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; tell whether it is."""
        if self._thread is None:
            return False
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _rehearse(self) -> None:
        words = FORM["en"]
        with suppress(Exception):  # what goes wrong here goes wrong again, and is told, in a visitor's review
            review(words["example_draft"], context=Context(company_objectives=_lines(words["example_company"])), examples=_EXAMPLES)


_READY = _Rehearsal()
"""One for the process, as the encoder is; it knows nothing of any visitor."""


def _review_draft(draft: str, company: str, cycle: str, language: str, ready: bool) -> tuple[str, dict[str, Any]]:
    """Review one visitor's draft, without examples while the encoder is not ready; what cannot be read is said in the report's place."""
    if not (draft or "").strip():
        return _refused(FORM[language]["empty"])
    context = Context(company_objectives=_lines(company or ""), cycle=(cycle or "").strip() or None)
    try:
        done = review(draft, context=context, examples=_EXAMPLES if ready else 0)
    except ReviewerError as error:
        return _refused(str(error))
    if not ready:
        done = done.model_copy(update={"notes": (*done.notes, FORM[done.language]["not_ready"])})
    return render_html(done, standalone=False), done.model_dump(mode="json")


def _example(language: str) -> tuple[str, str, str]:
    words = FORM[language]
    return words["example_draft"], words["example_company"], words["example_cycle"]


def _waiting() -> str:
    said = "".join(f'<span lang="{language}">{escape(words["waiting"])}</span>' for language, words in FORM.items())
    return f'<div class="said waiting">{said}</div>'


def _refused(message: str) -> tuple[str, dict[str, Any]]:
    return f'<div class="said refused" role="alert">{escape(message)}</div>', {"error": message}


def _lines(text: str) -> tuple[str, ...]:
    """Read one company objective per line, list markers left out."""
    return tuple(line for line in (line.strip().lstrip("-*•").strip() for line in text.splitlines()) if line)


def _language(request: "gr.Request") -> str:
    """Read the visitor's language from what the browser says it prefers."""
    preferred = str(request.headers.get("accept-language", "")).lower()
    return "fr" if preferred.startswith("fr") else "en"


def _theme() -> "gr.themes.Base":
    """Dress Gradio in system fonts and the report's colours: nothing to load from elsewhere."""
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


def _keep_quiet() -> None:
    """Turn Gradio's telemetry off, which it decides on import."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
