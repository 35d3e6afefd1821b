"""Say on standard error where a text goes before a model is asked, that it is being asked, and what was used."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reviewer.cli import output
from reviewer.okr import Critique, Language

if TYPE_CHECKING:
    from reviewer.gateway import Critic

Sent = Literal["draft", "drafts", "idea"]

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "draft_goes": "the draft goes to {place}",
        "drafts_go": "the drafts go to {place}",
        "idea_goes": "the idea goes to {place}",
        "draft_stays": "the draft stays on this machine",
        "drafts_stay": "the drafts stay on this machine",
        "idea_stays": "the idea stays on this machine",
        "objectives": ", with the company objectives",
        "model": " (model {model})",
        "else": ", else ",
        "redacted": "; names and amounts are replaced first",
        "reviewing": "{name}: reviewing with {model} ...",
        "failed": "{name}: no critique by the model: {reason}",
        "partial": "{name}: only part of the draft was read by the model: {reason}",
        "skipped": "{name}: the model was not asked: {reason}",
        "interrupted": "interrupted; the model is no longer asked, what was reviewed is shown, {name} by the rules alone",
    },
    "fr": {
        "draft_goes": "le brouillon part vers {place}",
        "drafts_go": "les brouillons partent vers {place}",
        "idea_goes": "l’idée part vers {place}",
        "draft_stays": "le brouillon reste sur cette machine",
        "drafts_stay": "les brouillons restent sur cette machine",
        "idea_stays": "l’idée reste sur cette machine",
        "objectives": ", avec les objectifs de l’entreprise",
        "model": " (modèle {model})",
        "else": ", sinon ",
        "redacted": "\u202f; les noms et les montants sont d’abord remplacés",
        "reviewing": "{name}\u00a0: relecture avec {model}…",
        "failed": "{name}\u00a0: pas de critique par le modèle\u00a0: {reason}",
        "partial": "{name}\u00a0: le modèle n’a lu qu’une partie du brouillon\u00a0: {reason}",
        "skipped": "{name}\u00a0: le modèle n’a pas été interrogé\u00a0: {reason}",
        "interrupted": "interruption\u202f; le modèle n’est plus interrogé, ce qui a été relu est affiché, {name} par les règles seules",
    },
}
_SAID: dict[Sent, tuple[str, str]] = {
    "draft": ("draft_goes", "draft_stays"),
    "drafts": ("drafts_go", "drafts_stay"),
    "idea": ("idea_goes", "idea_stays"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """Tell a person, in their language, what becomes of their text in a run that asks a model."""

    critic: Critic
    language: Language

    def announce(self, sent: Sent, *, objectives: bool = False) -> None:
        """Say where the text goes, before the first call; `objectives` when the company objectives go with it."""
        output.complain(self.notice(sent, objectives=objectives))

    def notice(self, sent: Sent, *, objectives: bool = False) -> str:
        """Word where the text goes, such as "the draft goes to api.openai.com (model openai/gpt-5-mini)"."""
        from reviewer.report.asked import destination
        from reviewer.report.words import words_of

        critic, words = self.critic, _WORDS[self.language]
        goes, stays = _SAID[sent]
        if critic.local:
            told = words[stays]
        else:
            told = words[goes].format(place=destination(critic.destination, words_of(self.language)))
            told += words["objectives"] if objectives else ""
        told += words["model"].format(model=words["else"].join(critic.models))
        return told + words["redacted"] if critic.redact else told

    def interrupted(self, name: str) -> None:
        """Cancel what is being asked, and say that the file named is reviewed by the rules alone."""
        self.critic.cancel()
        output.complain(_WORDS[self.language]["interrupted"].format(name=name))

    def say_missing(self, name: str, critique: Critique) -> None:
        """Say of the file named why the model's critique, or a part of it, is missing; nothing when it is whole."""
        if critique.status != "ok":
            output.complain(_WORDS[self.language][critique.status].format(name=name, reason=critique.reason or "?"))

    def sum_up(self, critiques: Sequence[Critique]) -> None:
        """Say what the run used and what became of it: calls, tokens, cost, cached and repaired replies, things not shown."""
        from reviewer.report.asked import THIS_MACHINE, not_shown, replies, used
        from reviewer.report.words import words_of

        words, critic, spent = words_of(self.language), self.critic, self.critic.spent
        run = Critique(
            model=critic.model,
            prompt="",
            status="ok",
            tokens=spent.tokens,
            cost=spent.cost,
            calls=spent.calls,
            cached=spent.cached,
            repaired=sum(critique.repaired for critique in critiques),
            destination=THIS_MACHINE if critic.local else critic.destination,
        )
        told = ", ".join(filter(None, (used(run, words), *replies(run, words))))
        if told:
            output.complain("; ".join(filter(None, (words.labelled(critic.model, told), not_shown(critiques, words)))))

    @contextmanager
    def reviewing(self, name: str) -> Iterator[None]:
        """Show on standard error, while a review lasts, that a model is asked and for how long; nothing without a terminal."""
        if sys.stderr is None or not sys.stderr.isatty():
            yield
            return
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        from reviewer.report.marked import shown

        told = _WORDS[self.language]["reviewing"].format(name=shown(name), model=shown(self.critic.model))
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            progress.add_task(told, total=None)
            yield
