"""A form really served on loopback, and a real browser to visit it with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from visiting import Visit, free_port, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_OF_THE_FORM = (
    "OKR_MODEL", "OKR_MODEL_CACHE", "OKR_REDACT", "OKR_SIGN_IN", "OKR_SIGN_IN_FILE", "OKR_MAX_TEXT", "OKR_MAX_FILE", "OKR_PER_MINUTE",
    "OKR_AT_ONCE", "OKR_MAX_WAITING", "OKR_MODELS_AT_ONCE",
)  # fmt: skip


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a folder for the examples' vectors, cached for this run only."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def address(cache: str) -> Iterator[str]:
    """Serve the form on a free port of this machine; tests of many visitors at once come from one address."""
    with pytest.MonkeyPatch.context() as patch:
        yield from _served(patch, cache, {"OKR_PER_MINUTE": "100000"})


@pytest.fixture
def serve_with(monkeypatch: pytest.MonkeyPatch, cache: str) -> Iterator[Any]:
    """Give a function that serves a form of its own with these variables of the environment, and gives its address."""
    served: list[Iterator[str]] = []

    def serve(**environment: str) -> str:
        one = _served(monkeypatch, cache, environment)
        served.append(one)
        return next(one)

    yield serve
    for one in served:
        next(one, None)


def _served(patch: pytest.MonkeyPatch, cache: str, environment: dict[str, str]) -> Iterator[str]:
    from reviewer.web import serve
    from reviewer.web.rehearsal import READY

    patch.setenv("XDG_CACHE_HOME", cache)
    for name in _OF_THE_FORM:
        patch.delenv(name, raising=False)
    for name, value in environment.items():
        patch.setenv(name, value)
    port = free_port()
    form = serve(port=port, wait=False)
    assert READY.wait_for(180), "the encoder is not loaded after three minutes"
    yield f"http://127.0.0.1:{port}/"
    form.close(verbose=False)


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Visit the form: in French, on a desktop, unless the test asks for something else; nothing untoward may happen."""
    with visiting(browser, address, **getattr(request, "param", {})) as seen:
        yield seen
