"""Offer the options that choose a model to ask and its limits, and make the `Critic` they describe."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from reviewer.gateway import Critic
    from reviewer.okr import Context

MODEL_VARIABLE = "OKR_MODEL"
"""The environment variable that names a model, and its fallbacks after commas, where --model names none."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Hold what the command line says of a model; None and False are what it leaves unsaid.

    `models` are the model to ask, then its fallbacks; `max_tokens`, `max_cost` (US dollars) and `concurrency` hold for the
    whole run, `timeout` (seconds) for one reply.
    """

    models: tuple[str, ...] = ()
    no_model: bool = False
    redact: bool = False
    max_tokens: int | None = None
    max_cost: float | None = None
    timeout: float | None = None
    concurrency: int | None = None
    no_cache: bool = False

    def limits(self) -> dict[str, Any]:
        """Give the limits that were said, as `Critic` takes them."""
        said = {name: getattr(self, name) for name in ("max_tokens", "max_cost", "timeout", "concurrency")}
        return {name: value for name, value in said.items() if value is not None} | {"cache": not self.no_cache, "redact": self.redact}


# fmt: off
_OPTIONS = (
    click.option("--model", "models", multiple=True, metavar="NAME", help="A model to ask as well, such as openai/gpt-5-mini or gguf:/path/model.gguf; repeat to name fallbacks. Your text then goes to it.  [default: OKR_MODEL, else none]"),
    click.option("--no-model", is_flag=True, help="Ask no model, although OKR_MODEL is set."),
    click.option("--redact", is_flag=True, help="Replace names and amounts of money before the text goes to the model."),
    click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="Stop asking after so many tokens in all."),
    click.option("--max-cost", type=click.FloatRange(min=0, min_open=True), metavar="USD", help="Stop asking after so many US dollars in all."),
    click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Longest wait for one reply of the model.  [default: 60]"),
    click.option("--concurrency", type=click.IntRange(min=1), metavar="N", help="Most questions asked at once.  [default: 4]"),
    click.option("--no-cache", is_flag=True, help="Ask the model again what is in the cache; keep nothing."),
)
# fmt: on


def model_options(command: Callable[..., Result]) -> Callable[..., Result]:
    """Add to a command the options that choose a model; it gets them together, as its argument `asked` (`ModelOptions`)."""

    @functools.wraps(command)
    def gathered(*arguments: Any, **values: Any) -> Result:
        said = {each.name: values.pop(each.name) for each in fields(ModelOptions)}
        return command(*arguments, asked=ModelOptions(**said), **values)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def critic_from(asked: ModelOptions, contexts: Iterable[Context] = ()) -> Critic | None:
    """Make the critic that the options or OKR_MODEL choose, None when they choose none; nothing is asked yet.

    It hides the private words of every context's settings. Raises click.UsageError for options that exclude each other or
    limit no model, GatewayError for a name, limits or an address that no model could be asked with.
    """
    if asked.models and asked.no_model:
        raise click.UsageError("--model and --no-model exclude each other; give one of them.")
    named = "" if asked.models or asked.no_model else os.environ.get(MODEL_VARIABLE, "").strip()
    if not asked.models and not named:
        _refuse_idle(asked)
        return None
    from reviewer.gateway import Critic

    words = tuple(dict.fromkeys(word for context in contexts for word in context.settings.private_words))
    limits = asked.limits() | {"private_words": words}
    if len(asked.models) > 1:
        critic = Critic(asked.models[0], fallbacks=asked.models[1:], **limits)
    else:
        critic = Critic.from_text(asked.models[0] if asked.models else named, **limits)
    _ = critic.destination  # where it cannot be told, nothing is read or sent
    return critic


def _refuse_idle(asked: ModelOptions) -> None:
    """Refuse an option that is about a model where none is asked: its author believes otherwise."""
    idle = [each.name for each in fields(ModelOptions) if each.name not in ("models", "no_model") and getattr(asked, each.name)]
    if idle:
        option = f"--{idle[0].replace('_', '-')}"
        remedy = "leave --no-model out" if asked.no_model else f"add --model NAME, or set {MODEL_VARIABLE}"
        raise click.UsageError(f"{option} is about a model, and none is asked; {remedy}, or leave {option} out.")
