"""Reach models through LiteLLM: this module is the only one that loads it."""

from __future__ import annotations

import asyncio
import os
import threading
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from pydantic import BaseModel

from reviewer.gateway import gguf
from reviewer.gateway.asking import GatewayError, Message
from reviewer.gateway.destinations import GGUF, Place, address, place_of
from reviewer.gateway.failures import CallFailedError, failed, timed_out
from reviewer.gateway.forms import plain_form
from reviewer.gateway.manners import Format, Manner
from reviewer.gateway.scrubbing import without_secrets

_CONNECT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what a model wrote, why it ended, and what it took (US dollars; None where the price is not known)."""

    text: str
    finish: str | None
    tokens: int
    cost: float | None


_loading = threading.Lock()


def library() -> Any:
    """Load LiteLLM, once, without anything it would fetch, tell or log by itself."""
    with _loading:
        return _library()


@cache
def _library() -> Any:
    for name in ("LITELLM_LOCAL_MODEL_COST_MAP", "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS"):
        os.environ.setdefault(name, "True")  # else it fetches the newest lists from GitHub
    os.environ.setdefault("LITELLM_MODE", "PRODUCTION")  # else it reads a .env file of the folder it is started in
    import litellm
    from litellm.llms.custom_httpx.aiohttp_transport import LiteLLMAiohttpTransport

    from reviewer.gateway import bounded

    warnings.filterwarnings("ignore", message="Pydantic serializer warnings")  # LiteLLM's, on replies it did not expect
    litellm.telemetry = False
    litellm.suppress_debug_info = True
    litellm.custom_provider_map = [*litellm.custom_provider_map, {"provider": "gguf", "custom_handler": _in_process(litellm)}]
    bounded.bound(LiteLLMAiohttpTransport)
    bounded.silence()
    return litellm


def check(models: Sequence[str], max_cost: float | None) -> None:
    """Raise GatewayError when a model cannot be asked at all: unknown provider, missing file, no price for a cost budget."""
    for model in models:
        if model.startswith(GGUF):
            gguf.check(model.removeprefix(GGUF))
            continue
        litellm, provider = library(), model.partition("/")[0]
        place = place_of(model)
        if not _is_provider(litellm, provider, model):
            msg = f"LiteLLM knows no provider {provider!r} (in {model!r}); its list is at https://docs.litellm.ai/docs/providers"
            raise GatewayError(msg)
        if provider in ("ollama", "ollama_chat") and model not in litellm.model_cost:  # else it asks a server about each model
            litellm.model_cost[model] = {
                "litellm_provider": provider,
                "mode": "chat",
                "input_cost_per_token": 0.0,
                "output_cost_per_token": 0.0,
            }
        if max_cost is not None and price(model, place, 1, 1) is None:
            msg = f"the price of {model} is not known, so a budget in dollars cannot hold; give a budget in tokens (max_tokens) instead"
            raise GatewayError(msg)


def price(model: str, place: Place, prompt_tokens: int, reply_tokens: int) -> float | None:
    """Give the price of a call in US dollars; None where LiteLLM's list has none. What runs on this machine is free."""
    known = _known(model)
    if known is None or known.get("input_cost_per_token") is None:
        return 0.0 if place.local else None
    provider, _, name = model.partition("/")
    try:
        asked, replied = library().cost_per_token(
            model=name, custom_llm_provider=provider, prompt_tokens=prompt_tokens, completion_tokens=reply_tokens
        )
    except Exception:  # LiteLLM's prices have forms of their own; one it cannot work out is one nobody knows
        return None
    return float(asked + replied)


def first_format(model: str) -> Format:
    """Say which structured reply to ask a model for at first: the strictest that LiteLLM knows it has, or that it may have."""
    if model.startswith(GGUF):
        return "json_schema"
    litellm, (provider, _, name) = library(), model.partition("/")
    taken = litellm.get_supported_openai_params(model=name, custom_llm_provider=provider)
    if taken is not None and "response_format" not in taken:
        return "text"
    known = _known(model)
    if known is None or provider in ("ollama", "ollama_chat"):
        return "json_schema"
    return "json_schema" if litellm.supports_response_schema(model=name, custom_llm_provider=provider) else "json_object"


async def complete(
    model: str, place: Place, messages: Sequence[Message], schema: type[BaseModel], manner: Manner, max_tokens: int, timeout: float
) -> Reply:
    """Make one call, whole within `timeout` seconds. Raises CallFailedError, whatever the provider does."""
    if model.startswith(GGUF):
        async with _turn():  # the clock starts when its turn comes
            return await _call(f"gguf/{model.removeprefix(GGUF)}", place, messages, schema, manner, max_tokens, timeout)
    return await _call(model, place, messages, schema, manner, max_tokens, timeout)


async def _call(
    model: str, place: Place, messages: Sequence[Message], schema: type[BaseModel], manner: Manner, max_tokens: int, timeout: float
) -> Reply:
    import httpx

    from reviewer.gateway import bounded

    litellm = library()
    parameters = manner.parameters(schema, max_tokens)
    if model.startswith("gguf/"):
        parameters["response_format"] = {"type": "json_object", "schema": plain_form(schema)}
    with bounded.watched() as watch:
        try:
            async with asyncio.timeout(timeout):
                response = await litellm.acompletion(
                    model=model,
                    messages=manner.arranged(messages, schema),
                    api_base=place.base,
                    timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS)),
                    num_retries=0,
                    max_retries=0,
                    drop_params=False,
                    **{"no-log": True},
                    **parameters,
                )
        except TimeoutError:
            raise timed_out(timeout, place) from None
        except Exception as error:  # LiteLLM raises errors of many families, its own slips on strange replies among them
            if watch.refused:
                raise CallFailedError(f"the reply of {address(place)} was refused: {watch.refused}", settled=True, lost=True) from None
            if type(error).__name__ == "Timeout" and "timed out" in str(error).lower():
                raise timed_out(timeout, place) from None
            raise failed(error, model, place, _missing(model)) from None
    return _reply(response, model, place)


def _reply(response: Any, model: str, place: Place) -> Reply:
    """Read what LiteLLM gives; a server can make it give nearly anything."""
    try:
        choice = response.choices[0]
        text, finish = choice.message.content, choice.finish_reason
        refusal = getattr(choice.message, "refusal", None)
    except (AttributeError, IndexError, TypeError):
        text, finish, refusal = None, None, None
    usage = getattr(response, "usage", None)
    prompt_tokens, reply_tokens = (_count(getattr(usage, name, 0)) for name in ("prompt_tokens", "completion_tokens"))
    if refusal and not text:
        raise CallFailedError(f"the model refused to answer: {str(refusal)[:160]}", settled=True)
    if finish == "content_filter":
        msg = "the provider's filter stopped the reply"
        raise CallFailedError(msg, settled=True, lost=True)
    cost = 0.0 if model.startswith("gguf/") else price(model, place, prompt_tokens, reply_tokens)
    return Reply(
        without_secrets(text) if isinstance(text, str) else "", str(finish) if finish else None, prompt_tokens + reply_tokens, cost
    )


def _count(tokens: object) -> int:
    return tokens if isinstance(tokens, int) and 0 <= tokens < 10**9 else 0


def _known(model: str) -> dict[str, Any] | None:
    """Find a model in LiteLLM's list by itself: LiteLLM's own search asks Ollama servers about names it does not know."""
    listed: dict[str, dict[str, Any]] = library().model_cost
    provider, _, name = model.partition("/")
    found = listed.get(model) or listed.get(name)
    return found if found and str(found.get("litellm_provider", "")).split("-")[0].split("_")[0] == provider.split("_")[0] else None


def _is_provider(litellm: Any, provider: str, model: str) -> bool:
    if provider in {str(getattr(each, "value", each)) for each in litellm.provider_list}:
        return True
    try:  # it has some more in a file of their own
        return bool(litellm.get_llm_provider(model)[1] == provider)
    except Exception:  # an error of its own family, which says no
        return False


def _missing(model: str) -> list[str]:
    """Name the variables with a provider's key that are not set."""
    try:
        return [
            str(each) for each in library().validate_environment(model=model)["missing_keys"] if str(each).endswith(("KEY", "TOKEN", "ID"))
        ]
    except Exception:  # a list of names for a message is not worth an error
        return []


@cache
def _turns() -> dict[int, asyncio.Lock]:
    return {}


def _turn() -> asyncio.Lock:
    """Give the lock of this event loop that lets one model file run at a time."""
    return _turns().setdefault(id(asyncio.get_running_loop()), asyncio.Lock())


def _in_process(litellm: Any) -> Any:
    """Give LiteLLM's handler of model files on this machine."""

    class InProcess(litellm.CustomLLM):  # type: ignore[misc]
        async def acompletion(
            self, *, model: str, messages: list[Message], model_response: Any, optional_params: dict[str, Any], **_: Any
        ) -> Any:
            stop = threading.Event()
            form = (optional_params.get("response_format") or {}).get("schema")
            call = partial(gguf.write, model, messages, form, int(optional_params.get("max_tokens") or 2000), stop)
            try:
                written = await asyncio.get_running_loop().run_in_executor(gguf.worker(), call)
            finally:
                stop.set()
            model_response.choices[0].message.content = written.text
            model_response.choices[0].finish_reason = written.finish
            model_response.usage = litellm.Usage(
                prompt_tokens=written.prompt_tokens,
                completion_tokens=written.reply_tokens,
                total_tokens=written.prompt_tokens + written.reply_tokens,
            )
            return model_response

    return InProcess()
