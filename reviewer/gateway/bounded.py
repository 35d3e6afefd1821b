"""Bound what a provider can send, and see that it sends it itself.

LiteLLM reads a whole body into memory, however long, and follows redirects to any host; it has no setting for either
that reaches all its providers (`aclient_session` is for OpenAI's protocol only, and shared by the whole process). Its
aiohttp transport is the one place that every asynchronous call passes, so that is where calls of this gateway, and
no others, are counted. Asking for a stream instead would bound neither a single endless line nor an error's body, and
some servers take no schema with a stream.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from logging import Filter, LogRecord, getLogger, root
from typing import Any

import httpx

MOST_BYTES = 2_000_000
"""Bytes of one reply, headers apart; a long review takes 20,000."""
_MOST_PACKED = MOST_BYTES // 32
"""Bytes of a compressed body, which nobody asked for: unpacked it may be many times as long."""
_LOGGERS = ("LiteLLM", "httpx", "httpcore", "openai", "aiohttp")


@dataclass(slots=True)
class Watch:
    """Hold what was seen of one call: why its body was refused, if it was."""

    refused: str | None = None


_watch: ContextVar[Watch | None] = ContextVar("_watch", default=None)


@contextmanager
def watched() -> Iterator[Watch]:
    """Bound the calls made inside, and keep them out of the logs."""
    watch = Watch()
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def bound(transport: Any) -> None:
    """Make a transport class count what it receives for the calls of this gateway; others pass as before."""
    send = transport.handle_async_request

    async def handle_async_request(self: Any, request: httpx.Request) -> httpx.Response:
        watch = _watch.get()
        if watch is None:
            return await send(self, request)  # type: ignore[no-any-return]
        request.headers["accept-encoding"] = "identity"
        response: httpx.Response = await send(self, request)
        if response.has_redirect_location and (host := _host(request, response)) != request.url.host:
            await response.aclose()
            watch.refused = f"it sends the text on to {host}"
            raise httpx.ReadError(watch.refused, request=request)
        most = _MOST_PACKED if response.headers.get("content-encoding", "identity") != "identity" else MOST_BYTES
        response.stream = _Counted(response.stream, watch, most)
        return response

    transport.handle_async_request = handle_async_request


def silence() -> None:
    """Keep the calls of this gateway out of the logs of the libraries below: they hold drafts, and at times keys."""
    names = {*_LOGGERS, *(name for name in root.manager.loggerDict if name.split(".")[0].split(" ")[0] in _LOGGERS)}
    for name in names:
        getLogger(name).addFilter(_SILENCE)


def _host(request: httpx.Request, response: httpx.Response) -> str:
    try:
        return request.url.join(response.headers["location"]).host
    except httpx.InvalidURL:
        return "an address that cannot be read"


class _Silence(Filter):
    def filter(self, record: LogRecord) -> bool:
        return _watch.get() is None


_SILENCE = _Silence()


class _Counted(httpx.AsyncByteStream):
    """Pass a body on until it is too long."""

    def __init__(self, stream: Any, watch: Watch, most: int) -> None:
        self._stream = stream
        self._watch = watch
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        received = 0
        async for chunk in self._stream:
            received += len(chunk)
            if received > self._most:
                self._watch.refused = f"it is longer than {self._most:,} bytes and was cut off"
                raise httpx.ReadError(self._watch.refused)
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
