"""`okr draft` and `okr rewrite`: from an idea to OKRs, from a weak draft to a better one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.exit_codes import ExitCode
from reviewer.cli.models import ModelOptions, critic_from, model_options

if TYPE_CHECKING:
    from reviewer.okr import Language

_DRAFT_CODES = """\b
Exit codes:
  0  drafted
  2  bad arguments, or an idea that could not be read
  4  the model asked did not answer; what is shown was composed without it"""

_REWRITE_CODES = """\b
Exit codes:
  0  nothing to change, or everything written with --write
  1  changes are proposed
  2  bad arguments, or a file that could not be read or written
  4  the model asked did not answer for a part; the rules' rewrites are shown"""

_company = click.option("--company", metavar="FILE", help="File of company objectives, one per line; replaces those of the settings.")
_objective = click.option(
    "--objective", "objectives", multiple=True, metavar="TEXT", help="A company objective; repeat for several. Adds to --company."
)
_team = click.option("--team", metavar="NAME", help="The team that holds the OKRs.")
_cycle = click.option("--cycle", metavar="CYCLE", help="The cycle, such as 2026-Q4: key results end with it.")
_config = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings file.  [default: the nearest okr.toml, or pyproject.toml with [tool.okr]]",
)
_no_config = click.option("--no-config", is_flag=True, help="Read no settings file.")


# fmt: off
@click.command("draft", epilog=_DRAFT_CODES, short_help="Draft OKRs from an idea.")
@click.argument("idea", nargs=-1, required=True, metavar="IDEA")
@_company
@_objective
@_team
@_cycle
@click.option("--language", type=click.Choice(["fr", "en"]), help="Language of the drafts.  [default: that of the idea]")
@click.option("--count", type=click.IntRange(1, 10), default=1, show_default=True, metavar="N", help="Drafts wanted, different from one another.")
@click.option("--format", "format_", type=click.Choice(["terminal", "markdown", "json"]), default="terminal", show_default=True, help="How to show them.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file instead of the terminal.")
@_config
@_no_config
@model_options
# fmt: on
def draft(
    idea: tuple[str, ...],
    company: str | None,
    objectives: tuple[str, ...],
    team: str | None,
    cycle: str | None,
    language: Language | None,
    count: int,
    format_: str,
    output: Path | None,
    config: Path | None,
    no_config: bool,
    asked: ModelOptions,
) -> ExitCode:
    """Draft OKRs from an IDEA: what should change, in a few words; - reads it from standard input.

    What you did not say stands in [square brackets], with the questions that fill it in; no number, date or name is made up.
    Without a model, drafts are composed from the catalogues and near examples.
    """
    from reviewer.cli.contexts import contexts_for, overrides_from
    from reviewer.cli.drafting import draft_and_show
    from reviewer.cli.inputs import STANDARD_INPUT, decode_argument, read_draft

    if config is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other; give one of them.")
    overrides = overrides_from(company, objectives, team=team, cycle=cycle, language=language)
    context = contexts_for([STANDARD_INPUT], overrides, config=config, no_config=no_config)[0]
    critic = critic_from(asked, [context])
    text = read_draft(STANDARD_INPUT) if idea == (STANDARD_INPUT,) else decode_argument(" ".join(idea))
    return draft_and_show(text, context, critic, count, format_, output)


# fmt: off
@click.command("rewrite", epilog=_REWRITE_CODES, short_help="Rewrite weak OKRs, as a diff.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--write", is_flag=True, help="Change the files in place instead of printing a diff.")
@_company
@_objective
@_team
@_cycle
@click.option("--language", type=click.Choice(["fr", "en"]), help="Language of the drafts.  [default: that of each draft]")
@_config
@_no_config
@model_options
# fmt: on
def rewrite(
    files: tuple[str, ...],
    write: bool,
    company: str | None,
    objectives: tuple[str, ...],
    team: str | None,
    cycle: str | None,
    language: Language | None,
    config: Path | None,
    no_config: bool,
    asked: ModelOptions,
) -> ExitCode:
    """Rewrite the weak statements of each FILE (text or Markdown) and print what would change as a unified diff; - reads standard input.

    Every rewrite clears a finding and raises none; what is not known stands in [square brackets]. Standard error says
    which rule each change answers. With a model, statements that no rule can rewrite are asked of it as well.
    """
    from reviewer.cli.contexts import contexts_for, overrides_from
    from reviewer.cli.inputs import STANDARD_INPUT
    from reviewer.cli.rewriting import rewrite_and_show

    if files.count(STANDARD_INPUT) > 1:
        raise click.UsageError("- (standard input) is given more than once; it can be read only once.")
    if write and STANDARD_INPUT in files:
        raise click.UsageError("--write changes files in place, and standard input is none; leave --write out, or name a file.")
    if config is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other; give one of them.")
    contexts = contexts_for(files, overrides_from(company, objectives, team=team, cycle=cycle, language=language), config=config, no_config=no_config)
    return rewrite_and_show(files, contexts, critic_from(asked, contexts), write)
