"""Run a model file on this machine, in this process, with llama.cpp; its replies are bound to the form by a grammar."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from reviewer.gateway.asking import GatewayError, Message

_CONTEXT = 8192
"""Tokens of prompt and reply together: the longest prompt of this product with its reply takes some 6,000."""


class Written(NamedTuple):
    """Hold what the model wrote, why it ended ("stop", "length"), and its tokens."""

    text: str
    finish: str
    prompt_tokens: int
    reply_tokens: int


def check(path: str) -> None:
    """Raise GatewayError when there is no such model file, or nothing to run it with."""
    file = Path(path).expanduser()
    if not file.is_file():
        msg = f"there is no model file {str(file)!r}; write gguf:/path/model.gguf"
        raise GatewayError(msg)
    with file.open("rb") as start:
        if start.read(4) != b"GGUF":
            msg = f"{str(file)!r} is no GGUF model"
            raise GatewayError(msg)
    if find_spec("llama_cpp") is None:
        msg = "a model file needs llama.cpp: pip install 'okr-reviewer[local]'"
        raise GatewayError(msg)


@cache
def worker() -> ThreadPoolExecutor:
    """Give the one thread in which models run: llama.cpp takes all cores for one reply, and no two at once."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="okr-gguf")


@cache
def load(path: str) -> Any:
    """Load a model, once; belongs to the worker thread. Raises ValueError when llama.cpp cannot read the file."""
    from llama_cpp import Llama

    model = Llama(model_path=str(Path(path).expanduser()), n_ctx=_CONTEXT, verbose=False, seed=7)
    atexit.register(model.close)  # left to the interpreter's end, it complains
    return model


def write(path: str, messages: Sequence[Message], form: dict[str, Any] | None, max_tokens: int, stop: threading.Event) -> Written:
    """Write a reply, in the worker thread, until it is complete, cut at `max_tokens`, or `stop` is set.

    llama.cpp looks at `stop` between two tokens; reading the prompt, some seconds, cannot be broken off.
    Raises ValueError when prompt and reply are longer than the model's context.
    """
    model = load(path)
    if stop.is_set():
        return Written("", "stop", 0, 0)
    bound = {"type": "json_object", "schema": form} if form is not None else {"type": "json_object"}
    pieces = model.create_chat_completion(
        messages=list(messages), response_format=bound, max_tokens=max_tokens, temperature=0.0, seed=7, stream=True
    )
    text, finish, count = "", "stop", 0
    try:
        for piece in pieces:
            choice = piece["choices"][0]
            if written := choice["delta"].get("content"):
                text += written
                count += 1
            finish = choice.get("finish_reason") or finish
            if stop.is_set():
                break
    finally:
        pieces.close()
    return Written(text, finish, max(0, model.n_tokens - count), count)
