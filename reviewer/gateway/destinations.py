"""Say where the text for a model goes, from its name and the environment alone."""

from __future__ import annotations

import ipaddress
import os
from typing import NamedTuple
from urllib.parse import urlsplit

from reviewer.gateway.asking import GatewayError

THIS_MACHINE = "this machine"
GGUF = "gguf:"
"""What a model file on this machine begins with: gguf:/path/model.gguf."""

_HOSTS = {
    "anthropic": "api.anthropic.com",
    "cerebras": "api.cerebras.ai",
    "codestral": "codestral.mistral.ai",
    "cohere": "api.cohere.com",
    "cohere_chat": "api.cohere.com",
    "deepinfra": "api.deepinfra.com",
    "deepseek": "api.deepseek.com",
    "fireworks_ai": "api.fireworks.ai",
    "gemini": "generativelanguage.googleapis.com",
    "groq": "api.groq.com",
    "llamafile": "127.0.0.1",
    "mistral": "api.mistral.ai",
    "moonshot": "api.moonshot.ai",
    "nvidia_nim": "integrate.api.nvidia.com",
    "ollama": "localhost",
    "ollama_chat": "localhost",
    "openai": "api.openai.com",
    "openrouter": "openrouter.ai",
    "perplexity": "api.perplexity.ai",
    "sambanova": "api.sambanova.ai",
    "scaleway": "api.scaleway.ai",
    "xai": "api.x.ai",
}
"""Where LiteLLM sends to when nothing else is set; a provider that is not here is called by its name."""

_VARIABLES = {
    "anthropic": ("ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL"),
    "bedrock": ("AWS_BEDROCK_RUNTIME_ENDPOINT",),
    "cohere_chat": ("COHERE_API_BASE",),
    "huggingface": ("HF_API_BASE", "HUGGINGFACE_API_BASE"),
    "ollama_chat": ("OLLAMA_API_BASE",),
    "openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "vertex_ai": ("VERTEXAI_API_BASE", "VERTEX_API_BASE"),
    "watsonx": ("WATSONX_API_BASE", "WATSONX_URL", "WX_URL", "WML_URL"),
}
"""Variables that move a provider elsewhere, first one first as LiteLLM reads them; others have PROVIDER_API_BASE."""


class Place(NamedTuple):
    """Hold where a model is: its name for people, and the base address to send to (None: the provider's own)."""

    name: str
    base: str | None
    local: bool


def place_of(model: str) -> Place:
    """Find where the text for `model` goes.

    The base address found here is handed to LiteLLM, so that what is shown is where the text goes.
    Raises GatewayError when a variable holds no web address, or one with a password in it.
    """
    if model.startswith(GGUF):
        return Place(THIS_MACHINE, None, True)
    provider, _, name = model.partition("/")
    variable, base = _moved(provider)
    host = _host(base, variable) if base else _HOSTS.get(provider)
    if host is None:
        return Place(provider, None, False)
    if not _is_loopback(host):
        return Place(host, base, False)
    if provider in ("ollama", "ollama_chat") and name.endswith("cloud"):  # Ollama hands these on to its own servers
        return Place("ollama.com", base, False)
    return Place(THIS_MACHINE, base, True)


def address(place: Place) -> str:
    """Name a place in a message: host and port where an address is set, else its name."""
    if place.base is None:
        return place.name
    parts = urlsplit(place.base)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def _moved(provider: str) -> tuple[str, str | None]:
    for variable in _VARIABLES.get(provider, (f"{provider.upper()}_API_BASE",)):
        if base := os.environ.get(variable, "").strip():
            return variable, base
    return "", None


def _host(base: str, variable: str) -> str:
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        msg = f"{variable} is no web address; write it in full, such as http://127.0.0.1:8080/v1"
        raise GatewayError(msg)
    if parts.username or parts.password:  # aiohttp refuses them beside a key
        msg = f"{variable} holds a user name or password; write the address without it, and the key in the provider's own variable"
        raise GatewayError(msg)
    return host


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified
