"""Open the web form: paste a draft, read the annotated review. Nothing is stored; nothing leaves unless a model was chosen."""

from typing import Any

__all__ = ["build_form", "serve"]


def serve(host: str = "127.0.0.1", port: int = 7860, *, allow_anyone: bool = False, wait: bool = True) -> Any:
    """Serve the form at http://host:port; see `reviewer.web.serving.serve`."""
    from reviewer.web.serving import serve

    return serve(host, port, allow_anyone=allow_anyone, wait=wait)


def build_form() -> Any:
    """Build the form as a `gradio.Blocks`; see `reviewer.web.form.build_form`."""
    from reviewer.web.form import build_form
    from reviewer.web.rehearsal import READY

    form = build_form()
    READY.begin()
    return form
