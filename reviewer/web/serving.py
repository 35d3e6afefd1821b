"""Serve the form: over HTTP, to this machine or to a team."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from reviewer.errors import ReviewerError
from reviewer.web.form import build_form, keep_quiet
from reviewer.web.limits import refuse_open_door, sign_in
from reviewer.web.rehearsal import READY
from reviewer.web.shield import Shield, health
from reviewer.web.theme import script, style, theme
from reviewer.web.wording import LANGUAGES, say

_MEGABYTE = 1_000_000
_SESSIONS = 500
"""Visitors whose page is remembered at once; the one seen least recently is forgotten first."""


_PAGE_FIRST = 2.0
"""Seconds after the start before the encoder is loaded, unless a visitor is there already: the page comes first."""

_REST = 0.01
"""Seconds between two looks for work in Gradio's queue, which a request waits at most."""


def serve(host: str = "127.0.0.1", port: int = 7860, *, allow_anyone: bool = False, wait: bool = True) -> Any:
    """Serve the form at http://host:port, with /healthz beside it; returns the form at once when `wait` is false.

    Who may sign in comes from OKR_SIGN_IN or OKR_SIGN_IN_FILE, the limits from the environment (docs/team.md).
    Raises ReviewerError when the port cannot be had, when a setting makes no sense, and when the address lets others in
    without sign-in, unless `allow_anyone`.
    """
    people = sign_in()
    refuse_open_door(host, people, allow_anyone)
    keep_quiet()
    from starlette.middleware import Middleware

    os.environ["GRADIO_TEMP_DIR"] = str(_folder())
    form = build_form()
    _one_thread_a_request()
    limits = form.okr_door.limits
    form.queue(max_size=limits.waiting, default_concurrency_limit=limits.at_once)
    _rest_between_looks(form)
    try:
        form.launch(
            server_name=host,
            server_port=port or _free_port(host),
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            inbrowser=False,
            ssr_mode=False,
            enable_monitoring=False,
            # Gradio would keep every visitor's drafts in their browser otherwise.
            run_history=False,
            state_session_capacity=_SESSIONS,
            max_file_size=limits.file * _MEGABYTE,
            footer_links=["api"],
            auth=people or None,
            auth_message=" · ".join(say(each, "sign_in") for each in LANGUAGES) if people else None,
            # Gradio's tools would answer to anyone: beside a sign-in they are not offered.
            mcp_server=not people,
            app_kwargs={
                "routes": [health(lambda: READY.wait_for(0))],
                "middleware": [Middleware(Shield, most=limits.file * _MEGABYTE)],
                "docs_url": None,
                "redoc_url": None,
                "openapi_url": None,
            },
            theme=theme(),
            css=style(),
            js=script(),
            i18n=form.okr_i18n,
        )
    except OSError as error:
        msg = f"the form cannot be served at {host}, port {port}: it is taken or not allowed; choose another port with --port"
        raise ReviewerError(msg) from error
    except ValueError as error:
        if "localhost" not in str(error):
            raise
        form.close(verbose=False)
        msg = (
            f"the form was started at {host}, port {port}, and did not answer itself in time; "
            "start it again when the machine is less busy, and with NO_PROXY=localhost,127.0.0.1 where a proxy is set"
        )
        raise ReviewerError(msg) from error
    READY.begin(after=_PAGE_FIRST)
    print(f"OKR review: {form.local_url}  (Ctrl-C stops it)", flush=True)
    if wait:
        form.block_thread()
    return form


def _rest_between_looks(form: Any) -> None:
    """Have Gradio's queue look for work a hundred times a second instead of a thousand: an idle form leaves the processor alone."""
    with suppress(AttributeError):  # a name of Gradio's own, which another version may lack
        form._queue.sleep_when_free = _REST


@cache
def _one_thread_a_request() -> Any:
    """Let each request calculate in its own thread alone, for the life of the process.

    OpenBLAS would share each small product out among all cores and have them spin for the next one, which takes more of the
    processor than all else the form does (benchmarks/web.py prints the processor's time of a review).
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    return threadpool_limits(limits=1, user_api="blas")


@cache
def _folder() -> Path:
    """Make the folder of what visitors upload and download: one for the life of the process, and no longer."""
    folder = Path(tempfile.mkdtemp(prefix="okr-form-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _free_port(host: str) -> int:
    import socket

    with socket.socket() as free:
        free.bind((host, 0))
        return int(free.getsockname()[1])
