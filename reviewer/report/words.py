"""Say the reports' own sentences in the review's language; they stand in words.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from reviewer.okr import Language, Severity, Status, Verdict

SIGNS: dict[Severity, str] = {"error": "✕", "warning": "!", "advice": "i"}
"""The sign that stands beside each severity's word, so that colour never speaks alone."""

VERDICT_SIGNS: dict[Verdict, str] = {"rethink": "✕", "revise": "!", "ready": "✓"}

STATUS_SIGNS: dict[Status, str] = {"failed": "?", "finding": "•", "skipped": "–", "pass": "✓"}
"""The sign of each status, in the order in which reports list them."""


@dataclass(frozen=True, slots=True)
class Words:
    """Hold the sentences of one language."""

    language: Language
    entries: dict[str, Any]

    def say(self, key: str, /, **values: object) -> str:
        """Fill in the sentence named `key`; a dot leads into a table ("facts.target")."""
        return str(self._entry(key)).format(**values)

    def count(self, key: str, n: int, /, **values: object) -> str:
        """Say `n` things: French counts 0 and 1 as one, English only 1."""
        one, several = self._entry(key)
        single = n < 2 if self.language == "fr" else n == 1
        return str(one if single else several).format(n=self.whole(n), **values)

    def whole(self, n: int) -> str:
        """Write a whole number with the thousands mark of the language."""
        return f"{n:,}".replace(",", self.entries["thousands"])

    def number(self, value: float, digits: int = 2) -> str:
        """Write a number with the decimal mark of the language."""
        return f"{value:.{digits}f}".replace(".", self.entries["decimal"])

    def share(self, value: float) -> str:
        """Write a share (0 to 1) as a percentage."""
        return self.say("percent", n=round(value * 100))

    def labelled(self, label: str, text: str) -> str:
        """Write "label: text" as the language spaces it."""
        return self.say("colon", label=label, text=text)

    def _entry(self, key: str) -> Any:
        entry: Any = self.entries
        for part in key.split("."):
            entry = entry[part]
        return entry


@cache
def words_of(language: Language) -> Words:
    """Load the sentences of one language, once."""
    return Words(language, _tables()[language])


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))
