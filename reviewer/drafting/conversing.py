"""Talk with a model in rounds: what it said, what the rules found in it, what it says next; and sum up what that took."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from reviewer.critique.asking import as_json, load_prompt
from reviewer.gateway import Answer, Ask, Critic, Message, ask
from reviewer.okr import Context, Critique, Language

ROUNDS = 3
"""Times a model is asked in all: once, and twice more with what the rules found."""


class Reply(BaseModel):
    """Read a reply whose every property is required, as strict modes want it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hiding:
    """Replace names and amounts by placeholders on the way out, and put them back on the way in."""

    def __init__(self, texts: Sequence[str], critic: Critic, context: Context) -> None:
        from reviewer.redaction import Redaction

        redaction = Redaction([text for text in texts if text], (*critic.private_words, *context.settings.private_words))
        self.hide, self.restore = redaction.hide, redaction.restore


class Conversation:
    """Hold one conversation: its messages, the placeholders of its names and amounts, the answers so far.

    `context` and `matter` leave as JSON in messages of their own, so that no text in them can pose as an instruction.
    """

    def __init__(self, prompt: str, language: Language, hiding: Hiding | None, context: Any, matter: Any) -> None:
        self._prompt, self._hiding = prompt, hiding
        self._messages: list[Message] = [
            {"role": "system", "content": load_prompt(prompt, language)},
            {"role": "user", "content": as_json(self._out(context))},
            {"role": "user", "content": as_json(self._out(matter))},
        ]
        self.answers: list[Answer] = []

    @property
    def open(self) -> bool:
        """Tell that another round may be asked: fewer than ROUNDS were, and none failed."""
        return len(self.answers) < ROUNDS and all(each.status == "ok" for each in self.answers)

    def question(self, schema: type[BaseModel], max_tokens: int) -> Ask:
        """Give the question of the next round."""
        return Ask(prompt=self._prompt, messages=tuple(self._messages), schema=schema, max_tokens=max_tokens)

    def hear(self, answer: Answer) -> Any:
        """Take an answer in; gives its value as plain data, names and amounts put back, None when there is none."""
        self.answers.append(answer)
        if answer.status != "ok" or answer.value is None:
            return None
        said = answer.value.model_dump()
        self._messages.append({"role": "assistant", "content": as_json(said)})
        return _each_text(said, self._hiding.restore) if self._hiding else said

    def reply(self, remarks: Any) -> None:
        """Send what was found in the last answer."""
        self._messages.append({"role": "user", "content": as_json(self._out(remarks))})

    def _out(self, value: Any) -> Any:
        return _each_text(value, self._hiding.hide) if self._hiding else value


def hiding_for(texts: Sequence[str | None], critic: Critic, context: Context) -> Hiding | None:
    """Make the placeholders of texts that will leave; None when the critic may see them as they are."""
    return Hiding([text for text in texts if text], critic, context) if critic.redact else None


def ask_each(talks: Sequence[Conversation], critic: Critic, schema: type[BaseModel], max_tokens: int) -> list[Any]:
    """Ask the next round of several conversations at once; gives each one's reply as plain data, None where there is none.

    Raises GatewayError when the critic cannot be asked at all.
    """
    answers = ask([talk.question(schema, max_tokens) for talk in talks], critic)
    return [talk.hear(answer) for talk, answer in zip(talks, answers, strict=True)]


def sum_up(talks: Sequence[Conversation], prompt: str, critic: Critic) -> Critique:
    """Sum up what was asked and what it took; "failed" when no round of any conversation was answered."""
    answers = [answer for talk in talks for answer in talk.answers]
    asked = [each for each in answers if each.status != "skipped" or each.calls]
    answered = [each for each in answers if each.status == "ok"]
    costs = [each.cost for each in asked if not each.cached]
    unanswered = [each for each in answers if each.status != "ok"]
    failed = any(each.status == "failed" for each in unanswered)
    return Critique(
        model=", ".join(dict.fromkeys(each.model for each in answered or asked)) or critic.model,
        prompt=prompt,
        status="ok" if not unanswered else "partial" if answered else "failed" if failed else "skipped",
        tokens=sum(each.tokens for each in answers),
        cost=None if None in costs else round(sum(cost for cost in costs if cost is not None), 6),
        reason=next((each.reason for each in unanswered if each.reason), None),
        destination=critic.destination,
        calls=sum(each.calls for each in answers),
        cached=sum(each.cached for each in answers),
        repaired=sum(each.repaired for each in answers),
        redacted=critic.redact and bool(asked),
    )


def one_line(text: str) -> str:
    """Lay a sentence of a model out on one line, without a leading bullet, label or number."""
    return re.sub(r"^(?:[-*•]\s+|(?:KR|RC|O)\s?\d{0,2}\s?[:.)]\s+|\d{1,2}[.)]\s+)", "", " ".join(text.split()))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(each, change) for key, each in value.items()}
    if isinstance(value, list):
        return [_each_text(each, change) for each in value]
    return value
