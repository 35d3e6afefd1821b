"""`okr init`: begin a house's settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from reviewer.okr import Language

_CODES = """\b
Exit codes:
  0  written
  2  bad arguments, settings that are there already, or a folder that cannot be written to"""


@click.command("init", epilog=_CODES, short_help="Write a commented settings file.")
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(["fr", "en"]), help="Language of the comments.  [default: that of the system, fr or en]")
def init(folder: Path, language: Language | None) -> ExitCode:
    """Write an okr.toml with every setting explained in FOLDER, this one without it.

    Nothing there is overwritten. Settings hold for the drafts of that folder and of those below it.
    """
    from reviewer.cli import _system_language
    from reviewer.settings import start_settings

    language = language or _system_language()
    path = start_settings(folder, language)
    if language == "fr":
        click.echo(f"{path} est écrit : ouvrez-le, et retirez le # devant ce qui vous sert.")
    else:
        click.echo(f"{path} is written: open it, and take the # away from what you need.")
    return ExitCode.CLEAN
