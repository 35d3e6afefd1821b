"""Tell whether a workbook can be written back without losing anything: what openpyxl keeps, by the parts of the file.

Sources: ECMA-376 part 1 (parts of a SpreadsheetML package); openpyxl 3.1, "openpyxl does currently not read all possible
items in an Excel file so shapes will be lost from existing files if they are opened and saved with the same name".
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from reviewer.report.marked import shown
from reviewer.report.words import Words

_LARGEST = 200 * 1024 * 1024
"""Bytes of a workbook unpacked that are still opened whole: openpyxl holds every cell in memory."""

_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml|xl/(workbook|styles|sharedStrings|calcChain)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme\d*\.xml|xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels"
    r"|xl/tables/table\d+\.xml|xl/(comments/)?comments?\d*\.xml|xl/drawings/(vmlDrawing|commentsDrawing)\d+\.vml|xl/worksheets/.*legacyDrawing\d*\.vml"
    r"|xl/printerSettings/printerSettings\d+\.bin|docProps/thumbnail\.\w+|xl/externalLinks/(_rels/)?externalLink\d+\.xml(\.rels)?|.*/",
    re.IGNORECASE,
)
"""Parts that openpyxl writes again, or that hold nothing of the author's (a printer's own settings, a preview)."""

_LOST = (
    ("macros", re.compile(r"vbaProject|vbaData|macrosheets|activeX|xl/dialogsheets", re.IGNORECASE)),
    ("controls", re.compile(r"ctrlProps|embeddings", re.IGNORECASE)),
    ("drawings", re.compile(r"xl/(drawings|charts|chartsheets|media|diagrams|chartex)", re.IGNORECASE)),
    ("pivots", re.compile(r"pivot|slicer|timeline", re.IGNORECASE)),
    ("threads", re.compile(r"threadedComments|persons", re.IGNORECASE)),
    ("dynamic", re.compile(r"xl/metadata\.xml|richData", re.IGNORECASE)),
)

_EXTENSIONS = re.compile(rb"<(\w+:)?(extLst|AlternateContent)[\s>/]")
"""What newer versions of Excel add inside a sheet."""

_DROPPED = ("protectedRanges", "customSheetViews", "dataConsolidate", "cellWatches", "smartTags", "webPublishItems")
"""Elements of a sheet that openpyxl reads past: ranges some people may edit, views of their own, watched cells."""

_DROPPED_TAG = re.compile(rb"<(?:\w+:)?(" + "|".join(_DROPPED).encode() + rb")[\s>/]")
_READINGS = re.compile(rb"<(?:\w+:)?rPh[\s>]")
"""How a text is read aloud (Japanese), inside the texts of cells."""

_NOTES_ONLY = re.compile(rb"ObjectType\s*=\s*[\"'](?!Note)", re.IGNORECASE)
_PICTURES = re.compile(rb"<v:imagedata", re.IGNORECASE)
_BLOCK = 1 << 20
_LONGEST_TAG = 64


def why_not(path: Path, words: Words) -> str | None:
    """Say why a workbook cannot be written back as it is; None when it can."""
    try:
        with zipfile.ZipFile(path) as package:
            held = [part for part in package.infolist() if not part.is_dir()]
            if sum(part.file_size for part in held) > _LARGEST:
                return words.say("fresh_large")
            lost = sorted(set(_lost(package, held, words)))
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        return words.say("fresh_unread", why=shown(str(error)) or type(error).__name__)
    return words.say("fresh_note", what=words.say("list_separator").join(lost)) if lost else None


def _lost(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], words: Words) -> Iterator[str]:
    for part in parts:
        if not _KEPT.fullmatch(part.filename):
            kind = next((kind for kind, pattern in _LOST if pattern.search(part.filename)), None)
            yield words.say(f"lost_{kind}") if kind else words.say("lost_other", part=shown(part.filename))
        elif part.filename.lower().endswith(".vml"):
            if _holds(package, part, _NOTES_ONLY) or _holds(package, part, _PICTURES):
                yield words.say("lost_controls")
        elif part.filename.startswith("xl/worksheets/sheet"):
            if _holds(package, part, _EXTENSIONS):
                yield words.say("lost_extensions")
            if dropped := _holds(package, part, _DROPPED_TAG):
                yield words.say("lost_other", part=dropped[1].decode("ascii"))
        elif part.filename == "xl/sharedStrings.xml" and _holds(package, part, _READINGS):
            yield words.say("lost_other", part="rPh")


def _holds(package: zipfile.ZipFile, part: zipfile.ZipInfo, sought: re.Pattern[bytes]) -> re.Match[bytes] | None:
    """Look for a pattern in a part without holding it whole."""
    with package.open(part) as read:
        before = b""
        while block := read.read(_BLOCK):
            if found := sought.search(before + block):
                return found
            before = block[-_LONGEST_TAG:]
    return None
