"""Review files one by one, show each review in the format asked for, and give the exit code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reviewer.cli import output
from reviewer.cli.asking import Asking
from reviewer.cli.exit_codes import ExitCode
from reviewer.cli.inputs import STANDARD_INPUT, read_draft, say_name
from reviewer.cli.waiting import waiting
from reviewer.errors import ReviewerError
from reviewer.okr import SEVERITIES, Context, Review, Severity

Format = Literal["terminal", "markdown", "html", "json"]
FailOn = Severity | Literal["never"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what became of one file: its review, or why there is none."""

    name: str
    review: Review | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Say how reviews are to be shown; `output` is a file, or a folder for several HTML reports."""

    format: Format = "terminal"
    output: Path | None = None
    verbose: bool = False


def review_and_show(
    names: Sequence[str],
    contexts: Sequence[Context],
    wish: Wish,
    fail_on: FailOn,
    examples: int = 0,
    asking: Asking | None = None,
) -> ExitCode:
    """Review each named file in its context with so many examples, show the outcomes, and give the exit code.

    One model, where one is asked, reviews all files within its limits. Ctrl-C ends the run; what was reviewed by then is shown.
    Raises ReviewerError before any review when a file of the house's own examples cannot be read.
    """
    if examples:
        _check_corpora(contexts)
    run = _Run(names, contexts, examples, asking)
    try:
        _show(iter(run), wish, several=len(names) > 1)
    finally:
        if asking is not None:
            run.sum_up(asking, told=wish.format == "terminal" and wish.output is None)
    return ExitCode.INTERRUPTED if run.interrupted else exit_code(run.outcomes, fail_on)


def exit_code(outcomes: Iterable[Outcome], fail_on: FailOn) -> ExitCode:
    """Give the gravest code: unreadable input, then what could not be judged, then findings."""
    codes = {_code_of(outcome, fail_on) for outcome in outcomes}
    for code in (ExitCode.BAD_INPUT, ExitCode.NOT_JUDGED, ExitCode.FINDINGS):
        if code in codes:
            return code
    return ExitCode.CLEAN


def _code_of(outcome: Outcome, fail_on: FailOn) -> ExitCode:
    if outcome.review is None:
        return ExitCode.BAD_INPUT
    if any(check.status == "failed" for check in outcome.review.checks):
        return ExitCode.NOT_JUDGED
    counted = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    found = any(finding.severity in counted for finding in outcome.review.findings)
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


def _check_corpora(contexts: Sequence[Context]) -> None:
    own = {context.settings.corpus for context in contexts} - {None}
    if own:
        from reviewer.corpus import load_corpus

        for path in own:
            load_corpus(path)


def _say_error(name: str, error: str) -> str:
    """Put the name of the file before an error that does not begin with it, and the command that reads such files after it."""
    from reviewer.reading.documents.document import EXTENSIONS

    said = say_name(name)
    message = error if error.startswith(f"{said} ") else f"{said}: {error}"
    if EXTENSIONS.get(Path(name).suffix.lower(), "prose") != "prose":
        message += f"\nTables, workbooks and documents are read by: okr quarter {said}"
    return message


class _Run:
    """Review files one after the other, and keep what became of each."""

    def __init__(self, names: Sequence[str], contexts: Sequence[Context], examples: int, asking: Asking | None) -> None:
        self.outcomes: list[Outcome] = []
        self.interrupted = False
        self._files = list(zip(names, contexts, strict=True))
        self._examples = examples
        self._asking = asking
        self._announced = False
        self._loaded = not examples

    def __iter__(self) -> Iterator[Outcome]:
        for name, context in self._files:
            draft = None
            try:
                draft = read_draft(name)
                outcome: Outcome | None = self._review(name, draft, context)
            except ReviewerError as error:
                if self._is_about_the_model(error):
                    raise
                outcome = Outcome(name, error=str(error))
                output.complain(_say_error(name, str(error)))
            except KeyboardInterrupt:
                self.interrupted = True
                outcome = None if draft is None else self._by_rules(name, draft, context)
            if outcome is not None:
                self.outcomes.append(outcome)
                yield outcome
            if self.interrupted:
                return

    def sum_up(self, asking: Asking, *, told: bool) -> None:
        """Say what the model used, and what is missing of its critique unless the reports have `told` it."""
        critiques = [(say_name(each.name), each.review.critique) for each in self.outcomes if each.review and each.review.critique]
        for name, critique in () if told else critiques:
            asking.say_missing(name, critique)
        asking.sum_up([critique for _, critique in critiques])

    def _review(self, name: str, draft: str, context: Context) -> Outcome:
        from reviewer import review

        asking = self._asking
        if asking is None:
            with nullcontext() if self._loaded else waiting():
                reviewed = review(draft, context=context, examples=self._examples)
        else:
            self._announce(asking)
            with asking.reviewing(say_name(name)):
                reviewed = review(draft, context=context, critic=asking.critic, examples=self._examples)
        self._loaded = True
        return Outcome(name, reviewed)

    def _is_about_the_model(self, error: ReviewerError) -> bool:
        """Tell an error that every file would meet, such as a model file that is missing."""
        if self._asking is None:
            return False
        from reviewer.gateway import GatewayError

        return isinstance(error, GatewayError)

    def _announce(self, asking: Asking) -> None:
        """Say where the text goes, once."""
        if not self._announced:
            objectives = any(context.company_objectives for _, context in self._files)
            asking.announce("drafts" if len(self._files) > 1 else "draft", objectives=objectives)
            self._announced = True

    def _by_rules(self, name: str, draft: str, context: Context) -> Outcome | None:
        """Review without waiting for the model when Ctrl-C cut it short; None where no model was asked, or at a second Ctrl-C."""
        if self._asking is None:
            return None
        try:
            self._asking.interrupted(say_name(name))
            return self._review(name, draft, context)
        except (ReviewerError, KeyboardInterrupt):
            return None


def _show(outcomes: Iterator[Outcome], wish: Wish, *, several: bool) -> None:
    if wish.format == "html":
        _show_html(outcomes, wish.output, several=several)
    elif wish.format == "json":
        _show_json(outcomes, wish.output, several=several)
    elif wish.format == "markdown":
        _show_markdown(outcomes, wish.output, several=several)
    else:
        _show_terminal(outcomes, wish)


def _show_terminal(outcomes: Iterator[Outcome], wish: Wish) -> None:
    from reviewer.report import print_review

    filed, text = output.page()
    shown = 0
    for outcome in outcomes:
        if outcome.review is None:
            continue
        with nullcontext(filed) if wish.output is not None else output.terminal() as console:
            if shown:
                console.print("\n")
            print_review(outcome.review, console, source=say_name(outcome.name), verbose=wish.verbose)
        shown += 1
    if wish.output is not None and shown:
        output.write_file(wish.output, output.trim_lines(text.getvalue()))


def _show_markdown(outcomes: Iterator[Outcome], place: Path | None, *, several: bool) -> None:
    from reviewer.report import render_markdown

    pages = []
    for outcome in outcomes:
        if outcome.review is not None:
            page = render_markdown(outcome.review).rstrip("\n")
            page = f"{_as_code(say_name(outcome.name))}\n\n{page}\n" if several else f"{page}\n"
            if place is None:
                output.print_text(page)
            pages.append(page)
    if place is not None and pages:
        output.write_file(place, "\n".join(pages))


def _show_json(outcomes: Iterator[Outcome], place: Path | None, *, several: bool) -> None:
    from reviewer.report import render_json

    if several:
        rows = [_as_row(outcome) for outcome in outcomes]
        document: str | None = json.dumps(rows, indent=2, ensure_ascii=False)
    else:
        document = next((render_json(outcome.review) for outcome in outcomes if outcome.review is not None), None)
    if document is None:
        return
    if place is None:
        output.print_data(document.rstrip("\n"))
    else:
        output.write_file(place, document)


def _as_row(outcome: Outcome) -> dict[str, Any]:
    review = None if outcome.review is None else outcome.review.model_dump(mode="json")
    return {"file": outcome.name, "review": review, "error": outcome.error}


def _show_html(outcomes: Iterator[Outcome], place: Path | None, *, several: bool) -> None:
    from reviewer.report import render_html

    folder = place if place is not None and (several or place.is_dir()) else None
    if folder is not None:
        output.make_folder(folder)
    taken: set[str] = set()
    for outcome in outcomes:
        if outcome.review is None:
            continue
        document = render_html(outcome.review, title=_title(outcome.name))
        if folder is not None:
            output.write_file(folder / _page_name(outcome.name, taken), document)
        elif place is not None:
            output.write_file(place, document)
        else:
            output.print_data(document)


def _title(name: str) -> str | None:
    return None if name == STANDARD_INPUT else Path(name).name


def _page_name(name: str, taken: set[str]) -> str:
    """Name a report after its draft, with a number when two drafts share a name."""
    stem = "standard-input" if name == STANDARD_INPUT else Path(name).stem
    candidate, number = stem, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem}-{number}"
    taken.add(candidate.casefold())
    return f"{candidate}.html"


def _as_code(name: str) -> str:
    """Show a file name in Markdown so that nothing in it acts as markup."""
    longest = max((len(run) for run in re.findall("`+", name)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{' '.join(name.split())}{space}{fence}"
