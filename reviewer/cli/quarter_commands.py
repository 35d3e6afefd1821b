"""`okr quarter`: a quarter's OKRs in one go, from files to reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from reviewer.cli.exit_codes import ExitCode
from reviewer.cli.models import ModelOptions, critic_from, model_options

if TYPE_CHECKING:
    from reviewer.cli.contexts import Overrides
    from reviewer.cli.quarter_reports import Output
    from reviewer.cli.reviewing import FailOn
    from reviewer.okr import Context, Language
    from reviewer.quarter import ColumnRole

_EXIT_CODES = """\b
Exit codes:
  0    nothing at or above --fail-on
  1    findings at or above --fail-on, in an OKR or across them
  2    bad arguments, a file named that could not be read, or results that could not be written
  4    something could not be judged, by a rule or by the model asked
  130  interrupted; what was reviewed is kept, and standard error says how to go on"""


# fmt: off
@click.command("quarter", epilog=_EXIT_CODES, short_help="Review a quarter's OKRs: many files, one report.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", type=click.Choice(["terminal", "html", "xlsx", "csv", "json", "markdown", "sarif"]), help="How to show the review.  [default: what the name of each -o FILE says, else terminal]")
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="Write to this file instead of the terminal; repeat for several (-o q4.html -o q4.xlsx).")
@click.option("--fail-on", type=click.Choice(["error", "warning", "advice", "never"]), default="error", show_default=True, help="End with exit code 1 when a finding is at least this serious.")
@click.option("--company", metavar="FILE", help="File of company objectives, one per line; replaces those of the settings.")
@click.option("--objective", "objectives", multiple=True, metavar="TEXT", help="A company objective; repeat for several. Replaces those of the settings, adds to --company.")
@click.option("--map", "mapped", multiple=True, metavar="HEADER=ROLE", help="What a column holds, over what its header means: its header (or letter), then objective, key_result, team, owner, baseline, target, unit, due_date, contributes_to, confidence, progress, cycle, check_in or final_value. Repeat for several.")
@click.option("--last", multiple=True, type=click.Path(exists=True, path_type=Path), metavar="FILE", help="Last quarter's OKRs: what was carried over, which starting points contradict what was reached. Repeat for several.")
@click.option("--since", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="REVIEW", help="An earlier review, as --format json wrote it: which findings are new, known and fixed.")
@click.option("--only-new", is_flag=True, help="With --since: show and count the new findings only, for a check in CI.")
@click.option("--examples", type=click.IntRange(min=0), default=3, show_default=True, metavar="N", help="Examples to show for each OKR and each weak key result; 0 loads no model: alignment is not judged then.")
@click.option("--no-examples", is_flag=True, help="Show no examples: the same as --examples 0.")
@click.option("--corpus", metavar="FILE", help="File of your own examples, shown beside those that come with the reviewer.")
@click.option("--team", metavar="NAME", help="The team of the OKRs whose file names none.")
@click.option("--cycle", metavar="CYCLE", help="The cycle, such as 2026-Q4: key results end with it.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Language of the review.  [default: that of each OKR, and of most for the whole]")
@click.option("--profile", type=click.Choice(["article", "wide"]), help="Key results per objective: article 2 to 4, wide 2 to 5.  [default: article]")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings file.  [default: the nearest okr.toml, or pyproject.toml with [tool.okr], above each FILE]")
@click.option("--no-config", is_flag=True, help="Read no settings file.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes that review.  [default: one per core from some 200 OKRs on]")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="local: processes of this machine; ray: a Ray cluster (extra ray), FILE in any place that fsspec reaches, Parquet too.")
@click.option("--run", "run_folder", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="Keep what is reviewed in this folder: a later run there reviews only what is new or changed.  [default: a folder in the cache, kept only when the run is stopped]")
@click.option("--resume/--no-resume", default=None, help="Go on with a run of these files that was stopped, or review all again.  [default: resume]")
@click.option("--verbose", is_flag=True, help="List every rule, team and place that was not reviewed.")
@model_options
# fmt: on
def quarter(
    files: tuple[str, ...],
    format_: str | None,
    outputs: tuple[Path, ...],
    fail_on: FailOn,
    company: str | None,
    objectives: tuple[str, ...],
    mapped: tuple[str, ...],
    last: tuple[Path, ...],
    since: Path | None,
    only_new: bool,
    examples: int,
    no_examples: bool,
    corpus: str | None,
    team: str | None,
    cycle: str | None,
    language: Language | None,
    profile: str | None,
    config: Path | None,
    no_config: bool,
    workers: int | None,
    engine: Literal["local", "ray"],
    run_folder: Path | None,
    resume: bool | None,
    verbose: bool,
    asked: ModelOptions,
) -> ExitCode:
    """Review all OKRs of each FILE, then the quarter as a whole: duplicates, conflicts, what no team leads up to.

    FILE is CSV, XLSX, JSON, JSON Lines, YAML, Markdown, text or DOCX, a folder of such files, or - for standard input. What
    cannot be read is listed with its place and reason, and the rest goes on.
    """
    from reviewer.cli import _count_examples, _system_language
    from reviewer.cli.asking import Asking
    from reviewer.cli.contexts import overrides_from
    from reviewer.cli.quarter_runs import Plan, review_and_report

    if files.count("-") > 1:
        raise click.UsageError("- (standard input) is given more than once; it can be read only once.")
    if config is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other; give one of them.")
    if only_new and since is None:
        raise click.UsageError("--only-new needs an earlier review to compare with; add --since REVIEW.json.")
    wanted = _outputs(format_, outputs, files)
    count = _count_examples(examples, no_examples, corpus)
    overrides = overrides_from(
        company, objectives, team=team, cycle=cycle, language=language, profile=profile, corpus=corpus
    )
    context = _context(files, overrides, config, no_config)
    critic = critic_from(asked, [context])
    plan = Plan(
        files=files,
        context=context,
        examples=count,
        mapping=_mapping(mapped),
        last=last,
        since=since,
        only_new=only_new,
        workers=workers,
        engine=engine,
        folder=run_folder,
        resume=resume,
        outputs=wanted,
        verbose=verbose,
        fail_on=fail_on,
    )
    system = _system_language()
    return review_and_report(plan, Asking(critic, system) if critic is not None else None, system)


def _outputs(format_: str | None, paths: tuple[Path, ...], files: tuple[str, ...]) -> tuple[Output, ...]:
    """Settle the format of each output: as its name says, or --format; of a single one, --format before its name."""
    from reviewer.cli import _is_same
    from reviewer.cli.quarter_reports import Output, format_of

    if not paths:
        if format_ == "xlsx":
            raise click.UsageError("a workbook needs a file to go to: add --output FILE.xlsx.")
        return (Output(format_ or "terminal"),)
    if len({path.absolute() for path in paths}) < len(paths):
        raise click.UsageError("--output names one file twice; give each report a name of its own.")
    found = []
    for path in paths:
        if path.is_dir():
            raise click.UsageError(f"--output {path} is a folder; name a file in it, such as {path / 'quarter.html'}.")
        if path.exists() and any(_is_same(path, name) for name in files):
            raise click.UsageError(f"--output {path} is one of the files reviewed and would overwrite it; choose another name.")
        named = format_of(path)
        chosen = (format_ or named) if len(paths) == 1 else (named or format_)
        if chosen is None:
            remedy = "add --format, or end its name with .html, .xlsx, .csv, .json, .md, .sarif or .txt."
            raise click.UsageError(f"--output {path} does not say which format it has; {remedy}")
        found.append(Output(chosen, path))
    return tuple(found)


def _mapping(mapped: tuple[str, ...]) -> dict[str, ColumnRole] | None:
    from reviewer.cli.inputs import decode_argument

    found: dict[str, ColumnRole] = {}
    for each in mapped:
        header, sign, role = decode_argument(each).rpartition("=")
        if not sign or not header.strip() or not role.strip():
            raise click.BadParameter(f'{each!r} is not HEADER=ROLE; write it such as "Résultat visé=key_result".', param_hint="'--map'")
        found[header.strip()] = role.strip().lower().replace("-", "_").replace(" ", "_")  # type: ignore[assignment]  # looked at as the files are opened
    return found or None


def _context(files: tuple[str, ...], overrides: Overrides, config: Path | None, no_config: bool) -> Context:
    """Give the one context of all files; for a folder its own settings file counts first."""
    from reviewer.cli.contexts import contexts_for

    names = [str(Path(name) / "any") if name != "-" and Path(name).is_dir() else name for name in files]
    contexts = contexts_for(names, overrides, config=config, no_config=no_config)
    other = next((name for name, context in zip(files, contexts, strict=True) if context != contexts[0]), None)
    if other is not None:
        raise click.UsageError(f"{files[0]} and {other} stand under different settings files; choose one with --config, or --no-config.")
    return contexts[0]
