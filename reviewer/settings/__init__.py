"""Find, read and start a house's settings: `okr.toml`, or the table `[tool.okr]` of `pyproject.toml`."""

from reviewer.settings.finding import OWN_FILE, SHARED_FILE, find_settings
from reviewer.settings.loading import load_settings
from reviewer.settings.starting import start_settings
from reviewer.settings.values import nearest

__all__ = ["OWN_FILE", "SHARED_FILE", "find_settings", "load_settings", "nearest", "start_settings"]
