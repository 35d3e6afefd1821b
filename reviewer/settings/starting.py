"""Write the settings file that a house begins with."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from reviewer.errors import SettingsError
from reviewer.okr import Language
from reviewer.settings.finding import OWN_FILE, SHARED_FILE, has_our_table


def start_settings(folder: Path, language: Language) -> Path:
    """Write a commented `okr.toml` in `folder`, in French or English; gives its path.

    Raises SettingsError when the folder holds settings already, or cannot be written to.
    """
    path = folder / OWN_FILE
    shared = folder / SHARED_FILE
    if shared.is_file() and has_our_table(shared):
        msg = f"{shared} holds settings already, under [tool.okr], which {OWN_FILE} would hide; change them there"
        raise SettingsError(msg)
    text = (files("reviewer.settings") / f"start.{language}.toml").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        msg = f"{path} is there already and stays as it is; change it, or name another folder: okr init FOLDER"
        raise SettingsError(msg) from error
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror or error}; name a folder that exists and that you may write to"
        raise SettingsError(msg) from error
    return path
