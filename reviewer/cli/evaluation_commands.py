"""`okr eval`: hold models against labelled statements, beside the rules alone and together with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from reviewer.evaluation import Evaluation
    from reviewer.okr import Language

_EXIT_CODES = """\b
Exit codes:
  0    measured
  2    bad arguments, no labelled statements, or a model that could not be asked
  4    a model gave no answer at all
  130  interrupted; what was done is shown"""


# fmt: off
@click.command("eval", epilog=_EXIT_CODES, short_help="Measure models on labelled statements, beside the rules.")
@click.option("--model", "models", multiple=True, required=True, metavar="NAME", help="A model to measure, such as openai/gpt-5-mini or gguf:model.gguf; repeat for several.")
@click.option("--data", "folder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR", help="Folder of labelled statements: dev.en.jsonl, dev.fr.jsonl.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Only statements in this language.  [default: both]")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N OKRs of each language, evenly spread over the set.  [default: all]")
@click.option("--examples", type=click.IntRange(min=0), default=3, show_default=True, metavar="N", help="Examples shown to the model with each OKR, as in a review.")
@click.option("--format", "format_", type=click.Choice(["terminal", "markdown", "json"]), default="terminal", show_default=True, help="How to show the figures.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write to this file instead of the terminal.")
@click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="Stop asking a model after so many tokens.")
@click.option("--max-cost", type=click.FloatRange(min=0, min_open=True), metavar="USD", help="Stop asking a model after so many US dollars.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, metavar="SECONDS", help="Longest wait for one reply.")
@click.option("--concurrency", type=click.IntRange(min=1), metavar="N", help="Questions asked at once.  [default: 1 on this machine, else 4]")
@click.option("--no-cache", is_flag=True, help="Ask again what is in the cache; nothing is kept.")
# fmt: on
def evaluate(
    models: tuple[str, ...],
    folder: Path,
    language: Language | None,
    limit: int | None,
    examples: int,
    format_: str,
    output: Path | None,
    max_tokens: int | None,
    max_cost: float | None,
    timeout: float,
    concurrency: int | None,
    no_cache: bool,
) -> ExitCode:
    """Measure each model on labelled key results: alone, and together with the rules as a review shows them.

    The labelled texts are sent to the models named. Replies are kept in the cache, so that an interrupted run goes on where it
    ended. docs/models.md says what the figures mean.
    """
    from reviewer.cli import _system_language
    from reviewer.cli.output import complain
    from reviewer.evaluation import evaluate as run
    from reviewer.evaluation import read_labelled, spread
    from reviewer.evaluation.words import say
    from reviewer.gateway import Critic

    critics = [
        Critic(name, timeout=timeout, concurrency=concurrency or 4, max_tokens=max_tokens, max_cost=max_cost, cache=not no_cache)
        for name in dict.fromkeys(models)
    ]
    okrs = spread(read_labelled(folder, language), limit)
    shown = _system_language()
    for critic in critics:
        complain(say("stays" if critic.local else "goes", shown, n=len(okrs), place=critic.destination, model=critic.model))
    with _progress(shown) as on_progress:
        evaluation = run(okrs, critics, examples=examples, concurrency=concurrency, on_progress=on_progress)
    for each in evaluation.models:
        if each.ended == "error":
            complain(say("error", shown, model=each.model, reason=each.reason))
    _show(evaluation, format_, output, shown)
    return _code(evaluation)


@contextmanager
def _progress(language: Language) -> Iterator[Callable[[str, int, int], None]]:
    """Show on standard error how far each model is and the time left; without a terminal, a line every tenth of the way."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    from reviewer.cli.output import complain
    from reviewer.evaluation.words import say

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(elapsed_when_finished=True))
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal, speed_estimate_period=600) as progress:

        def tell(model: str, done: int, total: int) -> None:
            if not console.is_terminal:
                if done and done * 10 // total > (done - 1) * 10 // total:
                    complain(say("done", language, model=model, done=done, total=total))
                return
            if model not in tasks:
                tasks[model] = progress.add_task(model, total=total)
            progress.update(tasks[model], completed=done)

        yield tell


def _show(evaluation: Evaluation, format_: str, output: Path | None, language: Language) -> None:
    from reviewer.cli.output import page, print_data, print_text, terminal, trim_lines, write_file
    from reviewer.evaluation.tables import print_evaluation, render_markdown

    if format_ == "terminal" and output is None:
        with terminal() as console:
            print_evaluation(evaluation, language, console)
        return
    if format_ == "terminal":
        console, text = page()
        print_evaluation(evaluation, language, console)
        document = trim_lines(text.getvalue())
    elif format_ == "markdown":
        document = render_markdown(evaluation, language).rstrip("\n")
    else:
        document = evaluation.model_dump_json(indent=2)
    if output is not None:
        write_file(output, document)
    else:
        (print_data if format_ == "json" else print_text)(document)


def _code(evaluation: Evaluation) -> ExitCode:
    """Give the gravest code: interrupted, then a model that could not be asked, then one that answered nothing."""
    if any(each.ended == "interrupted" for each in evaluation.models):
        return ExitCode.INTERRUPTED
    if any(each.ended == "error" for each in evaluation.models):
        return ExitCode.BAD_INPUT
    return ExitCode.CLEAN if all(each.answered for each in evaluation.models) else ExitCode.NOT_JUDGED
