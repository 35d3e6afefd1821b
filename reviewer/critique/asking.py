"""Put the question to a model: the prompt of the draft's language, the context as JSON, the draft alone as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from reviewer.critique.reply import Reply
from reviewer.critique.sureness import sure_baseline, told
from reviewer.data import data_folder
from reviewer.gateway import Ask, Message
from reviewer.okr import Context, ExampleMatch, Finding, Language, Review, ReviewedOkr
from reviewer.verdicts import by_okr

PROMPT = "critique.v1"
"""Name and version of the prompt file."""

_TITLES: Mapping[Language, str] = {"fr": "Français", "en": "English"}
_TELLING = frozenset({"kr-is-task", "kr-no-baseline"})
"""Findings that give the nature or the start away."""

_EXAMPLES = 3
_LONGEST_EXAMPLE = 300
_REPLY_BASE, _REPLY_EACH, _REPLY_MOST = 700, 260, 6_000
"""Tokens of a reply: for the whole OKR, for each key result, and at most."""


def asks_of(review: Review, context: Context, hide: Callable[[str], str]) -> list[Ask]:
    """Put one question per OKR; every text of the author's goes through `hide` on its way out.

    One call per OKR and not one for all: a draft that tries to command the model then speaks for itself only.
    """
    found = by_okr(each for each in review.findings if each.origin == "rule")
    near: dict[int, list[ExampleMatch]] = {}
    for match in review.examples:
        near.setdefault(match.okr, []).append(match)
    return [_ask(okr, found.get(index, ()), near.get(index, ()), context, hide) for index, okr in enumerate(review.okrs)]


def _ask(
    okr: ReviewedOkr, findings: Sequence[Finding], examples: Sequence[ExampleMatch], context: Context, hide: Callable[[str], str]
) -> Ask:
    draft = {
        "objective": okr.objective.text,
        "key_results": [{"index": place, "text": kr.text} for place, kr in enumerate(okr.key_results)],
    }
    messages: tuple[Message, ...] = (
        {"role": "system", "content": load_prompt(PROMPT, okr.language)},
        {"role": "user", "content": as_json(_hidden(_context(okr, findings, examples, context), hide))},
        {"role": "user", "content": as_json(_hidden(draft, hide))},
    )
    count = len(okr.key_results)

    def speak_of_each(reply: Any) -> str | None:
        if isinstance(reply, Reply) and count and not any(0 <= each.index < count for each in reply.key_results):
            return f"key_results holds no opinion on any key result of the draft; give one for each index from 0 to {count - 1}"
        return None

    room = min(_REPLY_BASE + _REPLY_EACH * count, _REPLY_MOST)
    return Ask(prompt=PROMPT, messages=messages, schema=Reply, max_tokens=room, guard=speak_of_each)


def _context(okr: ReviewedOkr, findings: Sequence[Finding], examples: Sequence[ExampleMatch], context: Context) -> dict[str, Any]:
    """Say what surrounds the draft and what the rules read in it.

    Of what they are not sure of, and of the control questions among it, the model hears no nature and no start: its own
    reading is wanted there, not an echo of ours.
    """
    facts = []
    for place, kr in enumerate(okr.key_results):
        ours = [each for each in findings if each.key_result == place]
        sure = told(okr, place)
        facts.append(
            {
                "index": place,
                "nature": kr.nature if sure else "unclear",
                "sure": sure,
                "measure": kr.metric.text if kr.metric else None,
                "target": kr.target.text if kr.target else None,
                "baseline": kr.baseline.kind if sure and kr.baseline and sure_baseline(kr, ours) else None,
                "deadline": kr.deadline.text if kr.deadline else None,
                "findings": [each.rule for each in ours if sure or each.rule not in _TELLING],
            }
        )
    return {
        "language": okr.language,
        "cycle": okr.cycle or context.cycle,
        "company_objectives": [{"index": place, "text": text} for place, text in enumerate(context.company_objectives) if text.strip()],
        "objective_findings": [each.rule for each in findings if each.key_result is None],
        "facts": facts,
        "examples": [_example(each) for each in examples[:_EXAMPLES]],
    }


def _example(match: ExampleMatch) -> str:
    """Write a near example on one line."""
    parts = [match.text, *match.key_results]
    return " / ".join(" ".join(part.split()) for part in parts)[:_LONGEST_EXAMPLE]


def _hidden(value: Any, hide: Callable[[str], str]) -> Any:
    """Hide what names people and companies in every text of a structure; keys are ours and stay."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {key: _hidden(each, hide) for key, each in value.items()}
    if isinstance(value, list):
        return [_hidden(each, hide) for each in value]
    return value


_TOKENS = re.compile(r"<|\[(?=/?[A-Z][A-Z_]+\])|[\ud800-\udfff]")


def as_json(value: Any) -> str:
    """Write JSON in which no text can pose as a turn of the conversation.

    Chat templates mark turns with tokens such as <|im_start|>, </s>, <start_of_turn> or [INST], and a server may take
    them for real wherever they stand. JSON can write their first character as an escape: whoever reads the JSON reads
    the same text, and no tokenizer sees the token. Lone surrogates are escaped too: no UTF-8 holds them. Line breaks
    are escapes in JSON anyway, so that no line of the draft can open like a turn ("System:").
    """
    return _TOKENS.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


@cache
def load_prompt(name: str, language: Language) -> str:
    """Read one language's section of a prompt file of `prompts/`.

    Raises FileNotFoundError when the installation is incomplete, ValueError when the file lacks the section.
    """
    text = (data_folder("prompts") / f"{name}.md").read_text(encoding="utf-8")
    sections = {part.partition("\n")[0].strip(): part.partition("\n")[2].strip() for part in re.split(r"(?m)^# ", text)[1:]}
    if _TITLES[language] not in sections:
        msg = f"prompts/{name}.md has no section “# {_TITLES[language]}”; it has {', '.join(sections) or 'none'}"
        raise ValueError(msg)
    return sections[_TITLES[language]]
