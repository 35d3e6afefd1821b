"""Lay an evaluation out as tables with notes: in the terminal, in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reviewer.evaluation.labelled import RULES
from reviewer.evaluation.results import Agreement, Evaluation, ModelResult, RulesAlone, Score
from reviewer.evaluation.words import say
from reviewer.okr import Language
from reviewer.report.asked import THIS_MACHINE
from reviewer.report.marked import shown

if TYPE_CHECKING:
    from rich.console import Console

_NOTHING = "–"


class Table(NamedTuple):
    """Hold one table as texts; the first `words` columns hold words, the others figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int


def tables(evaluation: Evaluation, language: Language) -> tuple[Table, ...]:
    """Give, for each language measured, the scores by rule and the facts read; then what became of the questions."""
    found: list[Table] = []
    for measured, rules in evaluation.languages.items():
        models = [each for each in evaluation.models if measured in each.languages]
        title = say("title", language, where=say(measured, language), okrs=rules.okrs, key_results=rules.key_results)
        found.append(Table(title, _heads(_SCORES, language), tuple(_score_rows(measured, rules, models, language)), 2))
        found.append(Table("", _heads(_FACTS, language), tuple(_fact_rows(measured, rules, models, language)), 1))
    if not evaluation.models:
        return tuple(found)
    rows = tuple(_reply_row(each, measured, language) for each in evaluation.models for measured in each.languages)
    found.append(Table(say("replies", language), _heads(_REPLIES, language), rows, 2))
    return tuple(found)


def notes(evaluation: Evaluation, language: Language, quote: Callable[[str], str] = shown) -> tuple[str, ...]:
    """Give what is to be known beside the tables: how it ended, where the texts went, where both together are worse.

    `quote` makes words that come from elsewhere (a provider's message) safe to show.
    """
    lines = [say("measured", language, date=evaluation.date, version=evaluation.version, examples=evaluation.examples)]
    worse = [
        f"{rule} ({each.model}, {say(measured, language)})"
        for each in evaluation.models
        for measured, figures in each.languages.items()
        for rule in figures.below
    ]
    if evaluation.models:
        lines.append(say("below", language, list=", ".join(worse)) if worse else say("none_below", language))
    for each in evaluation.models:
        if each.answered:
            went = "stayed" if each.destination == THIS_MACHINE else "went"
            lines.append(say(went, language, model=each.model, destination=each.destination, prompt=each.prompt or _NOTHING))
        if each.ended != "complete":
            lines.append(say(each.ended, language, model=each.model, reason=quote(each.reason or _NOTHING)))
        if each.failure:
            lines.append(say("failure", language, model=each.model, reason=quote(each.failure)))
    if evaluation.left_out:
        lines.append(say("left_out", language, list=", ".join(evaluation.left_out)))
    return (*lines, say("interval_note", language), say("no_opinion", language))


def render_markdown(evaluation: Evaluation, language: Language) -> str:
    """Write an evaluation as Markdown."""
    parts: list[str] = []
    for table in tables(evaluation, language):
        if table.title:
            parts.append(f"### {table.title}")
        aligned = ["---"] * table.words + ["---:"] * (len(table.heads) - table.words)
        parts.append("\n".join(_line(cells) for cells in (table.heads, aligned, *table.rows)))
    return "\n\n".join([*parts, "\n".join(f"- {line}" for line in notes(evaluation, language, _code))]) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(text: str) -> str:
    """Write a code span, in which nothing is markup."""
    return f"`{shown(text).replace('`', chr(39))}`"


def print_evaluation(evaluation: Evaluation, language: Language, console: Console) -> None:
    """Print an evaluation on a terminal or a page."""
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    for table in tables(evaluation, language):
        grid = Grid(
            box=box.SIMPLE_HEAD, title=Text(table.title) if table.title else None, title_justify="left", title_style="bold", pad_edge=False
        )
        for place, head in enumerate(table.heads):
            grid.add_column(head, justify="left" if place < table.words else "right", overflow="fold")
        for row in table.rows:
            grid.add_row(*(Text(cell) for cell in row))
        console.print(grid)
    for line in notes(evaluation, language):
        console.print(Text(line))


_SCORES = ("rule", "judge", "judged", "faults", "precision", "recall", "f1", "interval", "changes")
_FACTS = ("fact", "nature", "baseline")
_REPLIES = (
    "model", "language", "asked", "valid", "repaired", "failed", "not_asked", "cached", "dropped", "tokens", "cost", "median", "p90",
)  # fmt: skip


def _heads(keys: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(say(key, language) for key in keys)


def _score_rows(measured: Language, rules: RulesAlone, models: Sequence[ModelResult], language: Language) -> Iterator[tuple[str, ...]]:
    for rule in RULES:
        yield (rule, say("rules", language), *_score(rules.scores[rule], language), "")
        for each in models:
            figures = each.languages[measured]
            if rule in figures.alone:
                yield (rule, say("alone", language, model=each.model), *_score(figures.alone[rule], language), "")
            change = figures.changes[rule]
            judge = say("together", language, model=each.model)
            yield (rule, judge, *_score(figures.together[rule], language), f"{change.mended}/{change.spoiled}")


def _score(score: Score, language: Language) -> tuple[str, ...]:
    judged = str(score.n) if score.n == score.of else say("of", language, n=score.n, of=score.of)
    interval = f"{_ratio(score.f1_interval[0], language)}–{_ratio(score.f1_interval[1], language)}" if score.f1_interval else _NOTHING
    return (judged, str(score.faults), *(_ratio(value, language) for value in (score.precision, score.recall, score.f1)), interval)


def _fact_rows(measured: Language, rules: RulesAlone, models: Sequence[ModelResult], language: Language) -> Iterator[tuple[str, ...]]:
    yield (say("rules", language), _agreement(rules.facts.nature, language), _agreement(rules.facts.baseline, language))
    for each in models:
        facts = each.languages[measured].facts
        yield (say("alone", language, model=each.model), _agreement(facts.nature, language), _agreement(facts.baseline, language))


def _agreement(agreement: Agreement, language: Language) -> str:
    return f"{_ratio(agreement.share, language)} ({say('of', language, n=agreement.right, of=agreement.n)})"


def _reply_row(result: ModelResult, measured: Language, language: Language) -> tuple[str, ...]:
    figures = result.languages[measured]
    replies = figures.replies
    counts = (
        replies.asked,
        replies.valid,
        replies.repaired,
        replies.failed,
        replies.not_asked,
        replies.cached,
        sum(replies.dropped.values()),
    )
    cost = say("unknown", language) if figures.cost is None else _decimal(f"${figures.cost:.4f}", language)
    seconds = (figures.seconds.median, figures.seconds.p90)
    times = (_NOTHING if each is None else _decimal(f"{each:.1f}", language) for each in seconds)
    return (result.model, say(measured, language), *map(str, counts), str(figures.tokens), cost, *times)


def _ratio(value: float | None, language: Language) -> str:
    return _NOTHING if value is None else _decimal(f"{value:.2f}", language)


def _decimal(figure: str, language: Language) -> str:
    """Write a decimal figure as the language does."""
    if language == "en":
        return figure
    return figure.replace(".", ",") if not figure.startswith("$") else f"{figure[1:].replace('.', ',')}\u00a0$"
