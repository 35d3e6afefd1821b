"""The one family of errors that a user can cause and mend; doors print them without a traceback."""

from __future__ import annotations


class ReviewerError(Exception):
    """Say in words what went wrong, with the value, the place and the remedy."""


class UnreadableDraftError(ReviewerError):
    """Refuse a text that cannot be read as a draft: empty, binary, too long, or without any OKR in it."""


class SettingsError(ReviewerError):
    """Refuse a settings file or value; names the file, the key and the nearest right one."""


class InputFileError(ReviewerError):
    """Refuse a file that cannot be opened or decoded; names it."""
