"""Write to standard output and to files, whatever the locale, the reader or the disk does."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.errors import ReviewerError

if TYPE_CHECKING:
    from rich.console import Console

_FILE_WIDTH = 100


class _Kept(io.StringIO):
    """Keep what is printed, and answer for standard output when asked what it can show."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Give the encoding of standard output."""
        return sys.stdout.encoding

    def isatty(self) -> bool:
        """Tell whether standard output is a terminal."""
        return sys.stdout.isatty()


def make_streams_safe() -> None:
    """Replace what the terminal's encoding cannot show, instead of failing on it; do without a closed output."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def complain(what: str) -> None:
    """Say on standard error what went wrong, or what a person should know before the result."""
    with suppress(OSError):  # where nobody reads standard error, the exit code still tells
        print(f"okr: {_neutral(what)}", file=sys.stderr, flush=True)


def print_text(text: str) -> None:
    """Print words for a person, in the terminal's encoding."""
    _write(lambda: print(text, flush=True))


def print_data(text: str) -> None:
    """Print a document that is UTF-8 by definition (JSON, HTML), whatever the locale."""

    def write() -> None:
        sys.stdout.flush()
        sys.stdout.buffer.write(f"{text}\n".encode(errors="replace"))
        sys.stdout.buffer.flush()

    _write(write)


def print_pieces(pieces: Iterable[str]) -> None:
    """Print a document that is UTF-8 by definition, piece by piece: a long one is never held whole."""

    def write() -> None:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode(errors="replace"))
        sys.stdout.buffer.flush()

    _write(write)


@contextmanager
def terminal() -> Iterator[Console]:
    """Give a rich console that is as standard output is; what it printed is written at the end, in one piece."""
    from rich.console import Console

    kept = _Kept()
    yield Console(file=kept, highlight=False)
    print_text(trim_lines(kept.getvalue()))


def page() -> tuple[Console, io.StringIO]:
    """Make a rich console that writes plain text for a file, and the text it fills."""
    from rich.console import Console

    text = io.StringIO()
    return Console(file=text, width=_FILE_WIDTH, force_terminal=False, color_system=None, highlight=False), text


def trim_lines(text: str) -> str:
    """Take out the spaces that a console pads its lines with, and the last line end."""
    return "\n".join(line.rstrip(" ") for line in text.removesuffix("\n").split("\n"))


def write_file(path: Path, text: str) -> None:
    """Write a file in UTF-8; raises ReviewerError when the place does not allow it."""
    try:
        path.write_bytes((text if text.endswith("\n") else f"{text}\n").encode(errors="replace"))
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror or error}; choose another place for --output"
        raise ReviewerError(msg) from error


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a file in UTF-8, piece by piece, and put it in its place when it is whole; raises ReviewerError when that fails.

    Where writing it fails, on a full disk say, what stood there before still stands.
    """
    from tempfile import NamedTemporaryFile

    try:
        if path.exists() and not path.is_file():  # a pipe or a device is written to, not replaced
            with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
                file.writelines(pieces)
            return
        with NamedTemporaryFile("w", encoding="utf-8", errors="replace", newline="", dir=path.parent, prefix=".", delete=False) as file:
            made = Path(file.name)
            try:
                file.writelines(pieces)
            except BaseException:
                made.unlink(missing_ok=True)
                raise
        made.chmod(path.stat().st_mode if path.exists() else 0o644)
        made.replace(path)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror or error}; choose another place for --output"
        raise ReviewerError(msg) from error


def make_folder(path: Path) -> None:
    """Make a folder unless it is there; raises ReviewerError when a file stands in its place."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{path} cannot be made a folder: {error.strerror or error}; several HTML reports need --output FOLDER"
        raise ReviewerError(msg) from error


def _write(write: Callable[[], None]) -> None:
    try:
        write()
    except BrokenPipeError:
        _drop_standard_output()
    except OSError as error:
        _drop_standard_output()
        msg = f"standard output cannot be written: {error.strerror or error}"
        raise ReviewerError(msg) from error


def _drop_standard_output() -> None:
    """Send what follows nowhere: when a reader left (`okr review ... | head`), the exit code still tells the truth."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _neutral(text: str) -> str:
    """Show control characters (of a file name, say) instead of letting them act on the terminal."""
    return "".join(ascii(char)[1:-1] if unicodedata.category(char) == "Cc" and char != "\n" else char for char in text)
