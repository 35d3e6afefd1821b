"""Show the rules: the list, and one rule explained with its examples and sources."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.cli import output
from reviewer.errors import ReviewerError
from reviewer.okr import Language, Okr
from reviewer.rules import ALL_RULES
from reviewer.rules.typography import typeset_french
from reviewer.settings import nearest

if TYPE_CHECKING:
    from rich.console import Console

    from reviewer.rules.rule import Both, Described, Sample

_WORDS = {
    "en": {
        "rule": "Rule",
        "severity": "Default severity",
        "says": "What it holds you to",
        "error": "error (blocking)",
        "warning": "warning (to fix)",
        "advice": "advice (to consider)",
        "contested": "Opinions differ",
        "bad": "Instead of",
        "good": "Write",
        "sources": "Sources",
        "objective": "Objective",
        "contributes_to": "Contributes to",
        "team": "Team",
        "owner": "Owner",
        "company_objective": "Company objective",
        "check_in": "Check-in",
        "last": "Last quarter",
        "ended": "{text} (ended at {value})",
        "label": "{text}:",
    },
    "fr": {
        "rule": "Règle",
        "severity": "Gravité par défaut",
        "says": "Ce qu’elle demande",
        "error": "error (bloquant)",
        "warning": "warning (à corriger)",
        "advice": "advice (conseil)",
        "contested": "Les avis divergent",
        "bad": "Plutôt que",
        "good": "Écrivez",
        "sources": "Sources",
        "objective": "Objectif",
        "contributes_to": "Contribue à",
        "team": "Équipe",
        "owner": "Responsable",
        "company_objective": "Objectif de l’entreprise",
        "check_in": "Point de suivi",
        "last": "Trimestre précédent",
        "ended": "{text} (terminé à {value})",
        "label": "{text}\u00a0:",
    },
}
_SIGNS = {"bad": ("✗", "x"), "good": ("✓", "v")}
"""What stands before an example, and the same for a terminal that shows ASCII only."""


_FIGURES = Path(__file__).resolve().parent.parent / "accuracy.toml"
"""Written by benchmarks/accuracy.py --publish; what it does not name was not measured."""
_MEASURED = {
    "en": {
        "all": "Measured: {others}. On sentences of our own: {own}.",
        "first": "precision {precision}, recall {recall} in {language} ({positives} among {n} statements of other authors; F1 {f1}, 95% interval {interval})",
        "own": "F1 {f1} in {language}",
        "faults": ("{n} fault", "{n} faults"),
        "languages": {"en": "English", "fr": "French"},
    },
    "fr": {
        "all": "Mesuré : {others}. Sur des phrases écrites par nous : {own}.",
        "first": "précision {precision}, rappel {recall} en {language} ({positives} parmi {n} énoncés d'autres auteurs ; F1 {f1}, intervalle à 95 % {interval})",
        "own": "F1 {f1} en {language}",
        "faults": ("{n} faute", "{n} fautes"),
        "languages": {"en": "anglais", "fr": "français"},
    },
}


class UnknownRuleError(ReviewerError):
    """Refuse a rule id that no rule has; names the nearest one."""


def find_rule(id: str) -> Described:
    """Find a rule by its id; raises UnknownRuleError naming the nearest."""
    for rule in ALL_RULES:
        if rule.id == id:
            return rule
    msg = f"unknown rule {id!r}{nearest(id, [rule.id for rule in ALL_RULES])}; `okr rules` lists them"
    raise UnknownRuleError(msg)


def list_rules(format: str, language: Language) -> None:
    """Print all rules, one a line."""
    if format == "json":
        output.print_data(json.dumps([_as_data(rule, language) for rule in ALL_RULES], indent=2, ensure_ascii=False))
    elif format == "markdown":
        output.print_text(_table(language))
    else:
        with output.terminal() as console:
            _print_list(console, language)


def explain(rule: Described, format: str, language: Language) -> None:
    """Print one rule: what it holds an author to, why, who disagrees, examples, sources."""
    if format == "json":
        output.print_data(json.dumps(_as_data(rule, language), indent=2, ensure_ascii=False))
    elif format == "markdown":
        output.print_text(_page(rule, language))
    else:
        with output.terminal() as console:
            _print_rule(console, rule, language)


def accuracy(id: str) -> dict[str, Any] | None:
    """Give the published figures of a rule, by set and language; None when it was not measured."""
    published = _published()
    rows = [{key: value for key, value in row.items() if key != "rule"} for row in published.get("figures", ()) if row["rule"] == id]
    return {"date": published["date"], "version": published["version"], "figures": rows} if rows else None


def measured(id: str, language: Language) -> str | None:
    """Say in one line how often a rule is right, the language asked for first; None when it was not measured."""
    found = accuracy(id)
    if found is None:
        return None
    words: dict[str, Any] = _MEASURED[language]
    said: dict[str, list[str]] = {"dev": [], "own": []}
    for row in sorted(found["figures"], key=lambda row: row["language"] != language):
        faults = words["faults"][row["positives"] != 1].format(n=row["positives"])
        low_high = "–".join(_ratio(value, language) for value in row.get("f1_interval", ()))
        ratios = {name: _ratio(row.get(name), language) for name in ("precision", "recall", "f1")}
        said[row["set"]].append(
            words["first" if row["set"] == "dev" else "own"].format(
                **ratios, language=words["languages"][row["language"]], positives=faults, n=row["n"], interval=low_high or "–"
            )
        )
    text: str = words["all"].format(others=", ".join(said["dev"]), own=", ".join(said["own"]))
    return typeset_french(text) if language == "fr" else text


@cache
def _published() -> dict[str, Any]:
    return tomllib.loads(_FIGURES.read_text(encoding="utf-8")) if _FIGURES.is_file() else {}


def _ratio(value: float | None, language: Language) -> str:
    """Write .98 in English and 0,98 in French; a dash where nothing could be divided."""
    if value is None:
        return "–"
    text = f"{value:.2f}"
    return text.replace(".", ",") if language == "fr" else text.removeprefix("0")


def _as_data(rule: Described, language: Language) -> dict[str, Any]:
    return {
        "id": rule.id,
        "family": rule.family,
        "severity": rule.severity,
        "language": language,
        "title": _say(rule.title, language),
        "why": _say(rule.why, language),
        "contested": _say(rule.contested, language) if rule.contested else None,
        "bad": [_sample_data(sample) for sample in rule.bad.of(language)],
        "good": [_sample_data(sample) for sample in rule.good.of(language)],
        "sources": [source.model_dump(mode="json") for source in rule.sources],
        "accuracy": accuracy(rule.id),
    }


def _say(text: Both[str], language: Language) -> str:
    return typeset_french(text.fr) if language == "fr" else text.en


def _sample_data(sample: Sample) -> Any:
    return sample if isinstance(sample, str) else sample.model_dump(mode="json", exclude_none=True)


def sample_lines(sample: Sample, language: Language) -> list[str]:
    """Write an example on one line, an OKR on one line for each of its parts, a quarter's one after the other."""
    if isinstance(sample, str):
        return [sample]
    if isinstance(sample, Okr):
        return _okr_lines(sample, language)
    words = _WORDS[language]
    label = words["label"]
    lines = [f"{label.format(text=words['company_objective'])} {text}" for text in sample.company_objectives]
    if sample.check_in:
        lines.append(f"{label.format(text=words['check_in'])} {sample.check_in}")
    for okr in sample.okrs:
        lines += _okr_lines(okr, language)
    for at, okr in enumerate(sample.last):
        values = sample.final_values[at] if at < len(sample.final_values) else ()
        ended = [
            words["ended"].format(text=text, value=values[number]) if number < len(values) else text
            for number, text in enumerate(okr.key_results)
        ]
        lines += [label.format(text=words["last"]), *_okr_lines(okr.model_copy(update={"key_results": tuple(ended)}), language)]
    return lines


def _okr_lines(okr: Okr, language: Language) -> list[str]:
    words = _WORDS[language]
    labelled = [
        (words["team"], okr.team),
        (words["owner"], okr.owner),
        (words["objective"], okr.objective),
        *((f"KR{n}", text) for n, text in enumerate(okr.key_results, start=1)),
        (words["contributes_to"], okr.contributes_to),
    ]
    return [f"{words['label'].format(text=name)} {text}" for name, text in labelled if text]


def _table(language: Language) -> str:
    words = _WORDS[language]
    rows = [f"| `{rule.id}` | {rule.severity} | {_cell(_say(rule.title, language))} |" for rule in ALL_RULES]
    return "\n".join([f"| {words['rule']} | {words['severity']} | {words['says']} |", "|---|---|---|", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _page(rule: Described, language: Language) -> str:
    words = _WORDS[language]
    label = words["label"]
    lines = [f"# `{rule.id}`", "", f"**{_say(rule.title, language)}**", "", _say(rule.why, language), ""]
    lines += [f"{label.format(text=words['severity'])} {words[rule.severity]}", ""]
    if rule.contested:
        lines += [f"**{label.format(text=words['contested'])}** {_say(rule.contested, language)}", ""]
    if figures := measured(rule.id, language):
        lines += [figures, ""]
    for kind, samples in (("bad", rule.bad.of(language)), ("good", rule.good.of(language))):
        lines += [f"## {words[kind]}", ""]
        for sample in samples:
            lines += ["```text", *sample_lines(sample, language), "```", ""]
    lines += [f"## {words['sources']}", ""]
    lines += [f"- {_cite(source.name, source.url)}{label.format(text='')} {source.says}" for source in rule.sources]
    return "\n".join(lines)


def _cite(name: str, url: str | None) -> str:
    return f"[{name}]({url})" if url else name


def _print_list(console: Console, language: Language) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for rule in ALL_RULES:
        table.add_row(Text(rule.id, style="bold"), rule.severity, Text(_say(rule.title, language)))
    console.print(table)


def _print_rule(console: Console, rule: Described, language: Language) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    words = _WORDS[language]
    label = words["label"]

    def show(text: Text | str, indent: int = 0, sign: str = "") -> None:
        said = text if isinstance(text, Text) else Text(text)
        if sign:  # before the first line, in the room of the indent
            row = Table.grid()
            row.add_column(width=2, no_wrap=True)
            row.add_row(Text(sign), said)
            console.print(Padding(row, (0, 0, 0, indent - 2), expand=False))
        else:
            console.print(Padding(said, (0, 0, 0, indent), expand=False))

    def samples(sign: str, given: Sequence[Sample]) -> None:
        for sample in given:
            for number, line in enumerate(sample_lines(sample, language)):
                show(line, 4, "" if number else sign)

    show(Text.assemble((rule.id, "bold"), "  ", words[rule.severity]))
    show(Text(_say(rule.title, language), style="bold"))
    console.print()
    show(_say(rule.why, language))
    if rule.contested:
        console.print()
        show(f"{label.format(text=words['contested'])} {_say(rule.contested, language)}")
    if figures := measured(rule.id, language):
        console.print()
        show(figures)
    for kind, given in (("bad", rule.bad.of(language)), ("good", rule.good.of(language))):
        console.print()
        show(Text(label.format(text=words[kind]), style="bold"))
        samples(_SIGNS[kind][console.options.ascii_only], given)
    console.print()
    show(Text(label.format(text=words["sources"]), style="bold"))
    for source in rule.sources:
        show(f"{label.format(text=source.name)} {source.says}{f' ({source.url})' if source.url else ''}", 4, "-")
