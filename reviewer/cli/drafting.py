"""Draft OKRs and show them: what an author can paste, then what is left to fill in and how each draft came about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.cli import output
from reviewer.cli.exit_codes import ExitCode
from reviewer.cli.waiting import LOADING, waiting
from reviewer.okr import Context, Critique, Draft, Language

if TYPE_CHECKING:
    from rich.console import Console

    from reviewer.gateway import Critic

_WORDS: dict[Language, dict[str, str]] = {
    "fr": {
        "objective": "Objectif\u00a0: ",
        "contributes_to": "Contribue à\u00a0: ",
        "key_result": "KR{n}\u00a0: ",
        "numbered": "Brouillon {n} sur {count}",
        "fill_in": "À compléter",
        "to_fill_in": "À compléter\u00a0: {question}",
        "hint": "où le trouver\u00a0: {hint}",
        "asking": "rédaction avec {model}…",
        "composing": "recherche d'exemples\u00a0: chargement du modèle, un instant…",
    },
    "en": {
        "objective": "Objective: ",
        "contributes_to": "Contributes to: ",
        "key_result": "KR{n}: ",
        "numbered": "Draft {n} of {count}",
        "fill_in": "To fill in",
        "to_fill_in": "To fill in: {question}",
        "hint": "where to find it: {hint}",
        "asking": "drafting with {model} ...",
        "composing": LOADING,
    },
}


def draft_and_show(idea: str, context: Context, critic: Critic | None, count: int, format_: str, place: Path | None) -> ExitCode:
    """Draft OKRs from an idea, show them in the format asked for, and give the exit code."""
    from reviewer.cli import _system_language
    from reviewer.cli.asking import Asking
    from reviewer.drafting import draft

    language = _system_language()
    asking = Asking(critic, language) if critic is not None else None
    if asking is not None:
        asking.announce("idea", objectives=bool(context.company_objectives))
    told = _WORDS[language]["asking"].format(model=critic.model) if critic is not None else _WORDS[language]["composing"]
    with waiting(told):
        drafts = draft(idea, context=context, critic=critic, count=count)
    _show(drafts, format_, place)
    critique = next((each.critique for each in drafts if each.critique is not None), None)
    if asking is not None and critique is not None:
        asking.sum_up([critique])
    return model_code(critique)


def model_code(critique: Critique | None) -> ExitCode:
    """Say whether a model that was asked answered; one that its budget held back was not to be asked."""
    return ExitCode.NOT_JUDGED if critique is not None and critique.status in ("failed", "partial") else ExitCode.CLEAN


def as_markdown(draft: Draft) -> str:
    """Write a drafted OKR as an author pastes it; the reader finds the same OKR in it again."""
    words = _WORDS[draft.review.language]
    lines = [f"## {words['objective']}{draft.okr.objective}", ""]
    if draft.okr.contributes_to:
        lines += [f"{words['contributes_to']}{draft.okr.contributes_to}", ""]
    return "\n".join([*lines, *(f"- {words['key_result'].format(n=n)}{text}" for n, text in enumerate(draft.okr.key_results, 1))])


def _show(drafts: Sequence[Draft], format_: str, place: Path | None) -> None:
    if format_ == "terminal" and place is None:
        with output.terminal() as console:
            _print(drafts, console)
        return
    if format_ == "terminal":
        console, text = output.page()
        _print(drafts, console)
        document = output.trim_lines(text.getvalue())
    elif format_ == "markdown":
        document = "\n\n".join(_page(each) for each in drafts)
    else:
        document = json.dumps([each.model_dump(mode="json") for each in drafts], ensure_ascii=False, indent=2)
    if place is not None:
        output.write_file(place, document)
    elif format_ == "json":
        output.print_data(document)
    else:
        output.print_text(document)


def _page(draft: Draft) -> str:
    """Write a draft with what is to be known of it below, quoted, so that pasting the whole changes nothing of the OKR."""
    verdict, questions, notes = _about(draft)
    said = [
        verdict,
        *(_WORDS[draft.review.language]["to_fill_in"].format(question=f"{each} ({hint})" if hint else each) for each, hint in questions),
        *notes,
    ]
    return as_markdown(draft) + "\n\n" + "\n>\n".join(f"> {each}" for each in said)


def _about(draft: Draft) -> tuple[str, list[tuple[str, str]], list[str]]:
    """Give the verdict, the questions whose answers fill the draft in with where those are found, and the notes on how it came about."""
    from reviewer.report.marked import shown
    from reviewer.report.words import VERDICT_SIGNS, words_of

    words = _WORDS[draft.review.language]
    verdict = draft.review.verdict
    told = f"{VERDICT_SIGNS[verdict]} {words_of(draft.review.language).say(f'verdicts.{verdict}')}"
    hints = [words["hint"].format(hint=each.hint) if each.hint else "" for each in draft.review.questions]
    questions = [(shown(f"{each.text} → {each.slot}"), shown(hint)) for each, hint in zip(draft.review.questions, hints, strict=True)]
    return told, questions, [shown(note) for note in draft.notes]


def _print(drafts: Sequence[Draft], console: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from reviewer.report.marked import shown

    for number, draft in enumerate(drafts, 1):
        words = _WORDS[draft.review.language]
        if number > 1:
            console.print()
        if len(drafts) > 1:
            console.print(Text(words["numbered"].format(n=number, count=len(drafts)), style="dim"))
            console.print()
        for line in as_markdown(draft).split("\n"):
            console.print(Text(shown(line), style="bold" if line.startswith("##") else ""), soft_wrap=True)
        verdict, questions, notes = _about(draft)
        console.print()
        console.print(Text(verdict, style="green" if draft.review.verdict == "ready" else "yellow"))
        if questions:
            console.print()
            console.print(Text(words["fill_in"], style="bold"))
            for question, hint in questions:
                console.print(Text(f"- {question}"))
                if hint:
                    console.print(Padding(Text(hint, style="dim"), (0, 0, 0, 2)))
        for note in notes:
            console.print()
            console.print(Text(note, style="dim"))
