"""A model that plays a script: a real HTTP server on loopback that speaks the OpenAI chat protocol."""

from __future__ import annotations

import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_DRIP = 0.02
"""Seconds between two drops of an endless body."""


@dataclass(frozen=True)
class Completion:
    """Reply as a model does: the text (or what is written as JSON), why it ended, and the tokens it says it used."""

    content: object
    finish: str = "stop"
    prompt_tokens: int = 100
    completion_tokens: int = 50


@dataclass(frozen=True)
class Cut:
    """Reply with the first part of the JSON only, as a model does that ran out of tokens."""

    content: object
    share: float = 0.6
    finish: str = "length"


@dataclass(frozen=True)
class Prose:
    """Reply with prose around the JSON; `fence` puts it in a block of code."""

    content: object
    before: str = "Sure! Here is what you asked for:"
    after: str = "I hope this helps."
    fence: bool = False


@dataclass(frozen=True)
class Status:
    """Reply with this status, body and headers, whatever they are."""

    code: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Slow:
    """Wait, then give another reply; the end of the test ends the wait."""

    seconds: float
    reply: object


@dataclass(frozen=True)
class Endless:
    """Send a body that never ends, a drop at a time; `silent` sends the headers and then nothing."""

    silent: bool = False


@dataclass(frozen=True)
class Huge:
    """Reply with a text of that many bytes."""

    size: int


@dataclass(frozen=True)
class Reset:
    """Close the connection without a word."""


@dataclass(frozen=True)
class Empty:
    """Reply with no text at all: no body, or `body=True` a completion whose content is empty."""

    body: bool = False


@dataclass(frozen=True)
class Request:
    """Hold one request as it came in, with the moment it did (seconds of time.monotonic)."""

    path: str
    json: dict[str, Any]
    headers: dict[str, str]
    at: float

    @property
    def texts(self) -> list[str]:
        """Give the texts of its messages, in order."""
        return [str(message["content"]) for message in self.json["messages"]]


Script = Sequence[object] | Callable[[dict[str, Any]], object]


class ScriptedModel:
    """Serve a script on 127.0.0.1: replies in order, or a function from the request's JSON to its reply.

    A reply is a text, something written as JSON (dict, list), or one of the kinds above. A call beyond
    the script is answered 500 and kept in `unscripted`, as is an exception of the function.
    """

    model = "openai/scripted"

    def __init__(self, script: Script) -> None:
        self.requests: list[Request] = []
        self.unscripted: list[str] = []
        self.most_at_once = 0
        """The largest number of requests that were being answered at one moment."""
        self._script = script if callable(script) else list(script)
        self._given = 0
        self._now = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Give the port it listens on."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """Give the base that clients are told: http://127.0.0.1:PORT/v1."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def busy(self) -> int:
        """Give the number of requests being answered now; a client that hangs up is noticed at the next write."""
        return self._now

    def close(self) -> None:
        """Stop serving, and end every wait."""
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()
        self._thread.join(timeout=5)

    def wait_for(self, count: int, seconds: float = 10) -> None:
        """Wait until `count` requests have come in; raise TimeoutError when they do not."""
        until = time.monotonic() + seconds
        while len(self.requests) < count:
            if time.monotonic() > until:
                msg = f"{len(self.requests)} requests came in within {seconds:g} s, not {count}"
                raise TimeoutError(msg)
            time.sleep(0.01)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1

    def _next(self, request: Request) -> object:
        """Record a request and give its reply."""
        with self._lock:
            self.requests.append(request)
            if not callable(self._script):
                self._given += 1
                if self._given > len(self._script):
                    self.unscripted.append(f"call {self._given} of a script of {len(self._script)}")
                    return Status(500, _error("the script of this test has no reply left"))
                return self._script[self._given - 1]
        try:
            return self._script(request.json)
        except Exception as error:  # the test must see it, whatever it is
            self.unscripted.append(repr(error))
            return Status(500, _error(f"the script of this test raised {error!r}"))


Scripted = Callable[[Script], ScriptedModel]
"""What the fixture `scripted_model` gives."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._connections: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        """Keep each connection, to be closed at the end: a client would go on using it for another test's server."""
        connection, client = super().get_request()
        self._connections.append(connection)
        return connection, client

    def hang_up(self) -> None:
        """Close what clients keep open."""
        for each in self._connections:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that hangs up, which many of these replies make it do."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _handler(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers.get("content-length") or 0))
            request = Request(self.path, json.loads(data), {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
            with model._answering():
                try:
                    if not self.path.endswith("/chat/completions"):
                        model.unscripted.append(f"a request to {self.path}")
                        self._send(404, _error(f"no such place: {self.path}").encode())
                        return
                    self._reply(model._next(request), request.json)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

        def do_GET(self) -> None:
            model.unscripted.append(f"a GET of {self.path}")
            self._send(404, _error(f"no such place: {self.path}").encode())

        def _reply(self, reply: object, asked: dict[str, Any]) -> None:
            stream = bool(asked.get("stream"))
            if isinstance(reply, Slow):
                if not model._closing.wait(reply.seconds):
                    self._reply(reply.reply, asked)
            elif isinstance(reply, Status):
                self._send(reply.code, reply.body.encode(), reply.headers)
            elif isinstance(reply, Reset):
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                self.close_connection = True
            elif isinstance(reply, Endless):
                self._endless(reply, stream)
            elif isinstance(reply, Empty) and not reply.body:
                self._send(200, b"", {"Content-Type": "text/event-stream"} if stream else {})
            elif stream:
                self._send(200, b"".join(_events(_completion(reply), asked)), {"Content-Type": "text/event-stream"})
            else:
                self._send(200, _whole(_completion(reply), asked))

        def _send(self, code: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
            self.send_response(code)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _endless(self, reply: Endless, stream: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream" if stream else "application/json")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            drop = _event(_chunk({"content": " "}, None, "scripted")) if stream else b" "
            while not model._closing.wait(_DRIP):
                if not reply.silent:
                    self.wfile.write(drop)

        def log_message(self, *_: object) -> None:
            """Say nothing: pytest's output is for failures."""

    return Handler


def _completion(reply: object) -> Completion:
    if isinstance(reply, Completion):
        return reply
    if isinstance(reply, Cut):
        text = _text(reply.content)
        return Completion(text[: int(len(text) * reply.share)], reply.finish)
    if isinstance(reply, Prose):
        inner = f"```json\n{_text(reply.content)}\n```" if reply.fence else _text(reply.content)
        return Completion(f"{reply.before}\n\n{inner}\n\n{reply.after}")
    if isinstance(reply, Huge):
        return Completion("x" * reply.size)
    if isinstance(reply, Empty):
        return Completion("")
    return Completion(reply)


def _text(content: object) -> str:
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def _usage(completion: Completion) -> dict[str, int]:
    asked, given = completion.prompt_tokens, completion.completion_tokens
    return {"prompt_tokens": asked, "completion_tokens": given, "total_tokens": asked + given}


def _whole(completion: Completion, asked: dict[str, Any]) -> bytes:
    message = {"role": "assistant", "content": _text(completion.content)}
    return json.dumps(
        {
            "id": "chatcmpl-scripted",
            "object": "chat.completion",
            "created": 1_760_000_000,
            "model": asked.get("model", "scripted"),
            "choices": [{"index": 0, "message": message, "finish_reason": completion.finish}],
            "usage": _usage(completion),
        }
    ).encode()


def _events(completion: Completion, asked: dict[str, Any]) -> Iterator[bytes]:
    """Give the same completion as server-sent events, some words at a time."""
    model = str(asked.get("model", "scripted"))
    text = _text(completion.content)
    yield _event(_chunk({"role": "assistant", "content": ""}, None, model))
    step = max(40, len(text) // 50)
    for start in range(0, len(text), step):
        yield _event(_chunk({"content": text[start : start + step]}, None, model))
    yield _event(_chunk({}, completion.finish, model))
    if (asked.get("stream_options") or {}).get("include_usage"):
        yield _event({**_chunk({}, None, model), "choices": [], "usage": _usage(completion)})
    yield b"data: [DONE]\n\n"


def _chunk(delta: dict[str, str], finish: str | None, model: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 1_760_000_000,
        "model": model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


def _event(data: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def _error(message: str) -> str:
    return json.dumps({"error": {"message": message, "type": "scripted", "param": None, "code": None}})
