"""Ask any provider's model through LiteLLM, and only here: limits, retries, fallbacks, budget, cache, replies of a known form."""

from collections.abc import Callable, Sequence

from reviewer.gateway.asking import Answer, Ask, GatewayError, Message
from reviewer.gateway.critic import Critic

__all__ = ["Answer", "Ask", "Critic", "GatewayError", "Message", "ask"]


def ask(asks: Sequence[Ask], critic: Critic, on_answer: Callable[[int, Answer], None] | None = None) -> list[Answer]:
    """Ask a model each question, concurrently within the critic's limits; give one answer per question, in order.

    `on_answer` is called in this thread with the place and the answer of each, as they come. What a provider does is
    never raised: it ends as a `failed` answer. Works where an event loop runs already, as in a notebook.
    Raises GatewayError, before anything is sent, when a model cannot be asked at all: unknown provider, missing model
    file or extra, a budget in dollars for a model whose price is not known.
    """
    from reviewer.gateway.running import ask_all

    return ask_all(asks, critic, on_answer)
