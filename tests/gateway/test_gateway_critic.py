"""A critic is checked when it is made, says where text goes, and nothing else is contacted."""

from __future__ import annotations

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from opinions import question
from scripted_model import Scripted

from reviewer.errors import ReviewerError
from reviewer.gateway import Critic, GatewayError, ask
from reviewer.gateway.destinations import _HOSTS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.endswith(("_API_BASE", "_BASE_URL")):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("model", "variables", "destination"),
    [
        ("openai/gpt-4o-mini", {}, "api.openai.com"),
        ("anthropic/claude-sonnet-4-5", {}, "api.anthropic.com"),
        ("mistral/mistral-small-latest", {}, "api.mistral.ai"),
        ("azure/our-deployment", {"AZURE_API_BASE": "https://nexia.openai.azure.com"}, "nexia.openai.azure.com"),
        ("openai/gpt-4o", {"OPENAI_API_BASE": "https://llm.nexia.example:8443/v1"}, "llm.nexia.example"),
        ("openai/gpt-4o", {"OPENAI_API_BASE": "https://a.example", "OPENAI_BASE_URL": "https://b.example"}, "b.example"),
        ("openai/local", {"OPENAI_API_BASE": "http://127.0.0.1:8080/v1"}, "this machine"),
        ("openai/local", {"OPENAI_API_BASE": "http://[::1]:8080/v1"}, "this machine"),
        ("openai/local", {"OPENAI_API_BASE": "http://localhost:8080/v1"}, "this machine"),
        ("openai/local", {"OPENAI_API_BASE": "http://127.0.0.1.nip.example/v1"}, "127.0.0.1.nip.example"),
        ("ollama_chat/llama3.2", {}, "this machine"),
        ("ollama_chat/gpt-oss:120b-cloud", {}, "ollama.com"),
        ("ollama/llama3.2", {"OLLAMA_API_BASE": "http://gpu.nexia.example:11434"}, "gpu.nexia.example"),
        ("bedrock/anthropic.claude-3-haiku", {}, "bedrock"),
        ("gguf:/models/small.gguf", {}, "this machine"),
    ],
)
def test_the_destination_is_where_text_goes(
    monkeypatch: pytest.MonkeyPatch, model: str, variables: dict[str, str], destination: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    critic = Critic(model)
    assert critic.destination == destination and critic.local == (destination == "this machine")


def test_several_destinations_are_all_said() -> None:
    critic = Critic("openai/gpt-4o", fallbacks=["openai/gpt-4o-mini", "gguf:/models/small.gguf", "mistral/mistral-small-latest"])
    assert critic.destination == "api.openai.com, this machine, api.mistral.ai" and not critic.local
    assert critic.models == ("openai/gpt-4o", "openai/gpt-4o-mini", "gguf:/models/small.gguf", "mistral/mistral-small-latest")


def test_the_hosts_are_those_that_litellm_sends_to() -> None:
    from urllib.parse import urlsplit

    from reviewer.gateway.provider import library

    checked = 0
    for provider, host in _HOSTS.items():
        base = library().get_llm_provider(f"{provider}/some-model")[3]
        if base:
            assert urlsplit(base).hostname == host, provider
            checked += 1
    assert checked >= 10


@pytest.mark.parametrize("model", ["", "  ", "gpt-4o", "/x", "openai/", "http://127.0.0.1:8080/v1", "openai/gpt 4o", "gguf:", None, 3])
def test_what_is_no_model_is_refused_with_an_example(model: str) -> None:
    with pytest.raises(GatewayError, match=r"openai/gpt-4o-mini|gguf:/path/model.gguf") as refused:
        Critic(model)
    assert isinstance(refused.value, ReviewerError)


@pytest.mark.parametrize("name", ["timeout", "attempts", "concurrency", "max_tokens", "max_cost"])
@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), True, "3"])
def test_limits_are_numbers_above_zero(name: str, value: object) -> None:
    with pytest.raises(GatewayError, match=name):
        Critic("openai/gpt-4o", **{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("openai/gpt-4o", ("openai/gpt-4o",)),
        (" openai/gpt-4o , mistral/mistral-small-latest,", ("openai/gpt-4o", "mistral/mistral-small-latest")),
        ("gguf:/models/small, quiet/one.gguf", ("gguf:/models/small, quiet/one.gguf",)),
        ("gguf:/models/small.gguf, openai/gpt-4o", ("gguf:/models/small.gguf", "openai/gpt-4o")),
        ("gguf:/models/a.gguf,gguf:/models/b.gguf", ("gguf:/models/a.gguf", "gguf:/models/b.gguf")),
    ],
)
def test_a_list_of_models_is_read_from_one_text(text: str, models: tuple[str, ...]) -> None:
    critic = Critic.from_text(text, max_tokens=10)
    assert critic.models == models and critic.max_tokens == 10 and critic.model == models[0]


@pytest.mark.parametrize("text", ["", " , ", "openai/gpt-4o, gpt-4o"])
def test_a_text_that_names_no_model_is_refused(text: str) -> None:
    with pytest.raises(GatewayError, match="provider/model"):
        Critic.from_text(text)


@pytest.mark.parametrize(
    ("model", "said"),
    [("nexia/gpt", "no provider 'nexia'"), ("gguf:/nowhere/small.gguf", "/nowhere/small.gguf")],
)
def test_a_model_that_cannot_be_asked_is_refused_before_anything_is_sent(scripted_model: Scripted, model: str, said: str) -> None:
    server = scripted_model([])
    with pytest.raises(GatewayError, match=said):
        ask([question()], Critic("openai/scripted", fallbacks=[model], cache=False))
    assert not server.requests


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.gguf").write_text("no model")
    with pytest.raises(GatewayError, match="is no GGUF model"):
        ask([question()], Critic(f"gguf:{tmp_path}/notes.gguf"))


def test_a_model_file_without_llama_cpp_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "small.gguf").write_bytes(b"GGUF and nothing else")
    monkeypatch.setitem(sys.modules, "llama_cpp", None)
    with pytest.raises(GatewayError, match=r"pip install 'okr-reviewer\[local\]'"):
        ask([question()], Critic(f"gguf:{tmp_path}/small.gguf"))


def in_a_process(code: str, **variables: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'gateway'}", **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_making_a_critic_loads_no_heavy_library() -> None:
    code = """
import sys
from reviewer.gateway import Critic
critic = Critic.from_text("openai/gpt-4o, gguf:/models/small.gguf", max_cost=1.0)
assert critic.destination == "api.openai.com, this machine" and critic.spent.calls == 0
print([name for name in ("litellm", "openai", "httpx", "tenacity", "asyncio", "llama_cpp", "torch") if name in sys.modules])
"""
    assert in_a_process(code).strip() == "[]"


class Recording(BaseHTTPRequestHandler):
    """Refuse everything, and write down what was asked for."""

    seen: list[str]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.seen.append(self.path)
        self.send_response(403)
        self.send_header("content-length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.seen.append(f"GET {self.path}")
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


CALLS = {
    "openai/some-model": ("OPENAI_API_BASE", "/chat/completions"),
    "anthropic/claude-sonnet-4-5": ("ANTHROPIC_API_BASE", "/v1/messages"),
    "mistral/mistral-small-latest": ("MISTRAL_API_BASE", "/v1/chat/completions"),
    "ollama_chat/a-model-of-ours": ("OLLAMA_API_BASE", "/api/chat"),
    "ollama/a-model-of-ours": ("OLLAMA_API_BASE", "/api/generate"),
}


def test_the_calls_are_the_only_thing_on_the_network(tmp_path: Path) -> None:
    class Handler(Recording):
        seen: list[str] = []

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    here = f"127.0.0.1:{server.server_port}"
    (tmp_path / ".env").write_text("OPENAI_BASE_URL=http://127.0.0.1:1\nOLLAMA_API_BASE=http://127.0.0.1:1\n")
    code = f"""
import os, sys
os.chdir({str(tmp_path)!r})
seen = set()
def watch(event, details):
    if event == "socket.getaddrinfo":
        seen.add(str(details[0]))
    elif event == "socket.connect":
        seen.add(":".join(map(str, details[1][:2])) if isinstance(details[1], tuple) else str(details[1]))
sys.addaudithook(watch)
from opinions import question
from reviewer.gateway import Critic, ask
for model in {list(CALLS)}:
    (answer,) = ask([question()], Critic(model, cache=False, attempts=1))
    assert answer.status == "failed" and answer.calls == 1, answer
print(sorted(seen))
"""
    keys = {"OPENAI_API_KEY": "key-of-a-test", "ANTHROPIC_API_KEY": "key-of-a-test", "MISTRAL_API_KEY": "key-of-a-test"}
    try:
        out = in_a_process(code, **{variable: f"http://{here}" for variable, _ in CALLS.values()}, **keys)
    finally:
        server.shutdown()
        server.server_close()
    assert out.strip() == str([here]), "neither price lists, nor a model's description, nor the addresses of a .env file"
    assert Handler.seen == [path for _, path in CALLS.values()]
