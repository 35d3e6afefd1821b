"""What every room's tests may use: a model that plays a script, reached as any provider is, and a real browser."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from scripted_model import Script, Scripted, ScriptedModel

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_configure(config: pytest.Config) -> None:
    """Let Ctrl-C reach the tests of it: a worker of pytest-xdist ignores it, and so would every program it starts."""
    if hasattr(config, "workerinput"):
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def scripted_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Scripted]:
    """Give a function that serves a script and points `openai/scripted` at it; replies are cached in a folder of this test.

    The test fails when a call came in for which its script had no reply.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-scripted-0123456789abcdef")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("reviewer.gateway.manners._known", {})  # ports come round again, with servers of another manner
    for name in ("OPENAI_BASE_URL", "OPENAI_ORGANIZATION", "OKR_MODEL"):
        monkeypatch.delenv(name, raising=False)
    served: list[ScriptedModel] = []

    def serve(script: Script) -> ScriptedModel:
        model = ScriptedModel(script)
        served.append(model)
        monkeypatch.setenv("OPENAI_API_BASE", model.url)
        return model

    yield serve
    for model in served:
        model.close()
    unscripted = [each for model in served for each in model.unscripted]
    if unscripted:
        pytest.fail(f"the model was asked beyond its script: {unscripted}")


BROWSER = "/usr/bin/chromium"
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; in CI a missing browser is a failure, elsewhere a reason to skip."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("Playwright for Python is not installed")
    if not Path(BROWSER).exists():
        _missing(f"there is no browser at {BROWSER} (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=QUIET)
        yield started
        started.close()


def _missing(what: str) -> NoReturn:
    """Fail in CI, skip elsewhere."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
