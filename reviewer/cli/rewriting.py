"""Rewrite drafts file by file: a unified diff, or the files themselves, and why each statement changed."""

from __future__ import annotations

import codecs
import difflib
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.cli import output
from reviewer.cli.drafting import model_code
from reviewer.cli.exit_codes import ExitCode
from reviewer.cli.inputs import STANDARD_INPUT, decode, read_draft, say_name
from reviewer.cli.waiting import waiting
from reviewer.errors import InputFileError, ReviewerError
from reviewer.okr import Context, Critique, Language

if TYPE_CHECKING:
    from reviewer.drafting import Change, Improved
    from reviewer.gateway import Critic

_WORDS: dict[Language, dict[str, str]] = {
    "fr": {
        "objective": "objectif",
        "clears": "{place}\u00a0: {rules}",
        "by_model": " (phrase du modèle, vérifiée par les règles)",
        "asking": "{name}\u00a0: réécriture avec {model}…",
        "failed": "{name}\u00a0: le modèle n’a pas répondu\u00a0: {reason}",
    },
    "en": {
        "objective": "objective",
        "clears": "{place}: {rules}",
        "by_model": " (worded by the model, checked by the rules)",
        "asking": "{name}: rewriting with {model} ...",
        "failed": "{name}: the model did not answer: {reason}",
    },
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def rewrite_and_show(names: Sequence[str], contexts: Sequence[Context], critic: Critic | None, write: bool) -> ExitCode:
    """Rewrite each named file in its context, print its diff or change it in place, and give the exit code."""
    from reviewer.cli import _system_language
    from reviewer.cli.asking import Asking

    language = _system_language()
    asking = Asking(critic, language) if critic is not None else None
    if asking is not None:
        asking.announce("drafts" if len(names) > 1 else "draft", objectives=any(each.company_objectives for each in contexts))
    codes: set[ExitCode] = set()
    critiques: list[Critique] = []
    try:
        for name, context in zip(names, contexts, strict=True):
            codes.add(_rewrite(name, context, critic, write, language, critiques))
    finally:
        if asking is not None:
            asking.sum_up(critiques)
    return next((code for code in (ExitCode.BAD_INPUT, ExitCode.NOT_JUDGED, ExitCode.FINDINGS) if code in codes), ExitCode.CLEAN)


def _rewrite(name: str, context: Context, critic: Critic | None, write: bool, language: Language, critiques: list[Critique]) -> ExitCode:
    from reviewer import review
    from reviewer.drafting import improve
    from reviewer.gateway import GatewayError

    words = _WORDS[language]
    try:
        text = read_draft(name)
        told = words["asking"].format(name=say_name(name), model=critic.model) if critic is not None else ""
        with waiting(told) if told else nullcontext():
            improved = improve(review(text, context=context, examples=0), context=context, critic=critic)
        if write and improved.text != text:
            _write(name, text, improved.text)
    except GatewayError:
        raise
    except ReviewerError as error:
        said = say_name(name)
        output.complain(str(error) if str(error).startswith(f"{said} ") else f"{said}: {error}")
        return ExitCode.BAD_INPUT
    if improved.critique is not None:
        critiques.append(improved.critique)
        if improved.critique.status != "ok":
            output.complain(words["failed"].format(name=say_name(name), reason=improved.critique.reason or "?"))
    if not write:
        _print_diff(name, text, improved.text)
    for change in improved.changes:
        output.complain(f"{say_name(name)}: {_say(change, improved, words)}")
    code = model_code(improved.critique)
    return ExitCode.FINDINGS if code is ExitCode.CLEAN and improved.changes and not write else code


def _say(change: Change, improved: Improved, words: dict[str, str]) -> str:
    place = words["objective"] if change.key_result is None else f"KR {change.key_result + 1}"
    if len(improved.review.okrs) > 1:
        place = f"OKR {change.okr + 1}, {place}"
    told = words["clears"].format(place=place, rules=", ".join(change.rules))
    return told + words["by_model"] if change.origin == "model" else told


def _print_diff(name: str, before: str, after: str) -> None:
    """Print a unified diff that `patch` applies; coloured, and with its control characters shown, where a terminal reads it."""
    title = "standard-input" if name == STANDARD_INPUT else name
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))  # lines as `patch` counts them
    lines = [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in difflib.unified_diff(old, new, title, title)
    ]
    if not lines:
        return
    if not sys.stdout.isatty():
        output.print_data("".join(lines).removesuffix("\n"))
        return
    from rich.text import Text

    from reviewer.report.marked import shown

    with output.terminal() as console:
        for line in lines:
            console.print(Text(shown(line.rstrip("\r\n")), style=_COLOURS.get(line[0], "")), soft_wrap=True)


def _write(name: str, before: str, after: str) -> None:
    """Put a text in the place of a file's, in its encoding and with its permissions, at once: readers see the old or the new.

    Raises InputFileError when the file has changed since it was read or cannot be written.
    """
    path = Path(name).resolve()
    made: str | None = None
    try:
        data = path.read_bytes()
        if decode(data, name) != before:
            msg = f"{name} has changed since it was read; run the command again"
            raise InputFileError(msg)
        new = _encoded(after, data, name)
        handle, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(new)
        os.chmod(made, path.stat().st_mode & 0o7777)
        os.replace(made, path)
    except OSError as error:
        msg = f"{name} cannot be written: {error.strerror or error}; check its folder's permissions"
        raise InputFileError(msg) from error
    finally:
        if made is not None:
            with suppress(OSError):
                os.unlink(made)


def _encoded(text: str, like: bytes, name: str) -> bytes:
    """Encode a text as the file's bytes are encoded, byte order mark included."""
    for mark, encoding in _MARKS:
        if like.startswith(mark):
            return mark + text.encode(encoding)
    try:
        like.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return text.encode("cp1252")
        except UnicodeEncodeError as error:
            msg = f"{name} is in Windows-1252, which has no {text[error.start]!r}; save it as UTF-8 first"
            raise InputFileError(msg) from error
    return text.encode()
