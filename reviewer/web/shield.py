"""Stand before the form: headers that keep a page to itself, bodies of bounded size, patience with passwords, /healthz."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from reviewer.web.limits import Turnstile

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]

_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio writes its settings into the page and compiles its templates in the browser
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'none'",
        "object-src 'none'",
        "worker-src 'self' blob:",
        "connect-src 'self' data: blob:",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
_LOGINS_A_MINUTE = 10
_MARGIN = 1_000_000
"""Bytes that a request may have beside the text or file it carries."""


class Shield:
    """Wrap the form as ASGI middleware; `most` is the largest body in bytes."""

    def __init__(self, app: Any, most: int) -> None:
        self._app = app
        self._most = most + _MARGIN
        self._logins = Turnstile(_LOGINS_A_MINUTE)

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Pass a request on, or answer it here when it asks too much."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is not None:
            await _answer(send, *refused)
            return
        read = 0

        async def bounded() -> _Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:  # a body that said nothing of its size, or not the truth
                return {"type": "http.disconnect"}
            return message

        async def dressed(message: _Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await self._app(scope, bounded, dressed)

    def _refused(self, scope: _Message) -> tuple[int, str] | None:
        headers = dict(scope.get("headers", ()))
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._most:
            return 413, "larger than this form reads"
        if scope["method"] == "POST" and scope["path"].rstrip("/").endswith("/login"):
            client = scope.get("client") or ("?",)
            if self._logins.wait(str(client[0])):
                return 429, "too many attempts to sign in; wait a minute"
        return None


async def _answer(send: _Send, status: int, text: str) -> None:
    body = ('{"detail": "' + text + '"}').encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def health(ready: Callable[[], bool]) -> Route:
    """Make the route /healthz: 200 as soon as the form answers; `ready` tells whether the encoder is loaded."""
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    from reviewer import __version__

    async def told(request: Request) -> Response:
        return JSONResponse({"status": "ok", "examples": "ready" if ready() else "loading", "version": __version__})

    return Route("/healthz", told, methods=["GET"])
