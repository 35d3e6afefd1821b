"""Open the command-line door: `okr review`, `okr quarter`, `okr draft`, `okr rewrite`, `okr eval`, what the reviewer knows, and `okr serve`."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from reviewer.cli.drafting_commands import draft, rewrite
from reviewer.cli.evaluation_commands import evaluate
from reviewer.cli.exit_codes import ExitCode
from reviewer.cli.models import ModelOptions, critic_from, model_options
from reviewer.cli.quarter_commands import quarter
from reviewer.cli.starting_commands import init

if TYPE_CHECKING:
    from reviewer.cli.reviewing import FailOn, Format
    from reviewer.okr import Language

_EXIT_CODES = """\b
Exit codes:
  0    nothing at or above --fail-on
  1    findings at or above --fail-on
  2    bad arguments, or a file that could not be read
  4    something could not be judged, by a rule or by the model asked
  130  interrupted; what was reviewed by then is shown"""

_rule_format = click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "json", "markdown"]),
    default="terminal",
    show_default=True,
    help="How to show it.",
)
_rule_language = click.option(
    "--language", type=click.Choice(["fr", "en"]), help="Language to show it in.  [default: that of the system, fr or en]"
)


def main() -> NoReturn:
    """Run the command and end the process with its exit code."""
    from reviewer.cli.output import complain, make_streams_safe
    from reviewer.errors import ReviewerError

    make_streams_safe()
    try:
        code = okr.main(prog_name="okr", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = ExitCode.INTERRUPTED
    except ReviewerError as error:
        complain(str(error))
        code = ExitCode.BAD_INPUT
    except Exception:  # a bug: it keeps its traceback, and is not mistaken for findings
        traceback.print_exc()
        code = ExitCode.NOT_JUDGED
    sys.exit(int(code or ExitCode.CLEAN))


def _show_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from reviewer import __version__

    click.echo(f"okr {__version__}")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version and exit.")
def okr() -> None:
    """Review OKRs of product marketing managers, in French and English."""


# fmt: off
@okr.command(epilog=_EXIT_CODES, short_help="Review the OKRs written in files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", type=click.Choice(["terminal", "markdown", "html", "json"]), default="terminal", show_default=True, help="How to show the reviews.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file instead of the terminal; a folder for HTML reports of several files.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "advice", "never"]), default="error", show_default=True, help="End with exit code 1 when a finding is at least this serious.")
@click.option("--company", metavar="FILE", help="File of company objectives, one per line; replaces those of the settings.")
@click.option("--objective", "objectives", multiple=True, metavar="TEXT", help="A company objective; repeat for several. Replaces those of the settings, adds to --company.")
@click.option("--examples", type=click.IntRange(min=0), default=3, show_default=True, metavar="N", help="Examples to show for each OKR and each weak key result; 0 loads no model.")
@click.option("--no-examples", is_flag=True, help="Show no examples: the same as --examples 0.")
@click.option("--corpus", metavar="FILE", help="File of your own examples, shown beside those that come with the reviewer.")
@click.option("--team", metavar="NAME", help="The team that holds the OKRs.")
@click.option("--cycle", metavar="CYCLE", help="The cycle, such as 2026-Q4: key results end with it.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Language of the review.  [default: that of the draft]")
@click.option("--profile", type=click.Choice(["article", "wide"]), help="Key results per objective: article 2 to 4, wide 2 to 5.  [default: article]")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings file.  [default: the nearest okr.toml, or pyproject.toml with [tool.okr], above each FILE]")
@click.option("--no-config", is_flag=True, help="Read no settings file.")
@click.option("--verbose", is_flag=True, help="List every check with its reason, and how a model read each key result.")
@model_options
# fmt: on
def review(
    files: tuple[str, ...],
    format_: Format,
    output: Path | None,
    fail_on: FailOn,
    company: str | None,
    objectives: tuple[str, ...],
    examples: int,
    no_examples: bool,
    corpus: str | None,
    team: str | None,
    cycle: str | None,
    language: Language | None,
    profile: str | None,
    config: Path | None,
    no_config: bool,
    verbose: bool,
    asked: ModelOptions,
) -> ExitCode:
    """Review the OKRs written in each FILE (text or Markdown); - reads standard input.

    By rules, on this machine; with --model, or where OKR_MODEL names one, a model is asked as well.
    """
    from reviewer.cli.asking import Asking
    from reviewer.cli.contexts import contexts_for, overrides_from
    from reviewer.cli.reviewing import Wish, review_and_show

    _check_review_arguments(files, format_, output, config, no_config)
    examples = _count_examples(examples, no_examples, corpus)
    overrides = overrides_from(
        company, objectives, team=team, cycle=cycle, language=language, profile=profile, corpus=corpus
    )
    contexts = contexts_for(files, overrides, config=config, no_config=no_config)
    critic = critic_from(asked, contexts)
    asking = Asking(critic, _system_language()) if critic is not None else None
    return review_and_show(files, contexts, Wish(format_, output, verbose), fail_on, examples, asking)


def _check_review_arguments(files: tuple[str, ...], format_: str, output: Path | None, config: Path | None, no_config: bool) -> None:
    if files.count("-") > 1:
        raise click.UsageError("- (standard input) is given more than once; it can be read only once.")
    if config is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other; give one of them.")
    if format_ == "html" and len(files) > 1 and output is None:
        raise click.UsageError("HTML reports of several files need a folder to go to: add --output FOLDER.")
    if output is not None and output.exists() and any(_is_same(output, name) for name in files):
        raise click.UsageError(f"--output {output} is one of the drafts and would overwrite it; choose another name.")


def _count_examples(examples: int, no_examples: bool, corpus: str | None) -> int:
    given = click.get_current_context().get_parameter_source("examples") is not click.core.ParameterSource.DEFAULT
    if no_examples and given and examples:
        raise click.UsageError("--examples and --no-examples exclude each other; give one of them.")
    count = 0 if no_examples else examples
    if corpus is not None and not count:
        raise click.UsageError("--corpus is of no use where no examples are shown; leave it out, or ask for examples.")
    return count


def _is_same(output: Path, name: str) -> bool:
    try:
        return name != "-" and output.samefile(name)
    except (OSError, ValueError):
        return False


@okr.command(short_help="Search the examples by meaning.")
@click.argument("query")
@click.option("-n", "--number", type=click.IntRange(min=1), default=5, show_default=True, metavar="N", help="How many to show.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="Only examples in this language.  [default: both]")
@click.option("--work", metavar="KIND", help="Only examples of this kind of work, such as launch or pricing.")
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True, help="How to show them.")
@click.option("--corpus", metavar="FILE", help="File of your own examples, searched beside those that come with the reviewer.")
def examples(query: str, number: int, language: Language | None, work: str | None, format_: str, corpus: str | None) -> None:
    """Search example OKRs and weak-to-strong pairs for what QUERY means, in French or English, whichever they are in."""
    from reviewer.cli.inputs import decode_argument
    from reviewer.cli.searching import Search, search_and_show

    text = decode_argument(query).strip()
    if not text:
        raise click.BadParameter("it is empty; write what to look for between quotes.", param_hint="'QUERY'")
    search_and_show(Search(text, number, language, work), corpus, format_, language or _system_language())


@okr.command(short_help="List what product marketing measures.")
@click.argument("query", required=False)
@click.option("--family", metavar="FAMILY", help="Only measures of this family, such as adoption or enablement.")
@_rule_format
@_rule_language
def metrics(query: str | None, family: str | None, format_: str, language: Language | None) -> None:
    """List the measures whose name holds the words of QUERY (all without it).

    For each: its unit, the direction that is good, what it drives, and where its baseline is found.
    """
    from reviewer.cli.inputs import decode_argument
    from reviewer.cli.measuring import list_metrics

    list_metrics(decode_argument(query or "").strip(), family, format_, language or _system_language())


@okr.command(short_help="List the rules.")
@_rule_format
@_rule_language
def rules(format_: str, language: Language | None) -> None:
    """List the rules, with the severity each has unless the settings change it."""
    from reviewer.cli.rulebook import list_rules

    list_rules(format_, language or _system_language())


@okr.command(short_help="Explain one rule, with examples and sources.")
@click.argument("rule")
@_rule_format
@_rule_language
def explain(rule: str, format_: str, language: Language | None) -> None:
    """Explain RULE: why it is there, who disagrees, examples to avoid and to follow, sources."""
    from reviewer.cli.rulebook import explain as explain_rule
    from reviewer.cli.rulebook import find_rule

    explain_rule(find_rule(rule), format_, language or _system_language())


for _command in (quarter, draft, rewrite, evaluate, init):
    okr.add_command(_command)


@okr.command(short_help="Start the web form.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(0, 65535), default=7860, show_default=True, help="Port to listen on.")
@click.option("--allow-anyone", is_flag=True, help="Let other machines in without a sign-in (docs/team.md).")
def serve(host: str, port: int, allow_anyone: bool) -> None:
    """Start the web form; it answers at http://HOST:PORT until Ctrl-C."""
    from reviewer.web import serve as serve_form

    serve_form(host, port, allow_anyone=allow_anyone)


def _system_language() -> Language:
    """Read the language from the locale's variables: French for fr*, English otherwise."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "fr" if locale.lower().startswith("fr") else "en"
