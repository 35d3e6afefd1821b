"""Look into a workbook's or document's archive before anything in it is read: how large, how packed, how built."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

MAX_UNPACKED = 200_000_000
"""Bytes of all parts of an archive, unpacked."""
MAX_PARTS = 5_000
_MOST_PACKED = 500
"""Times that a large part may grow when it is unpacked; XML of real workbooks grows some 10 to 100 times."""
_LARGE = 20_000_000
_MOST_TAGS = 1_000_000
"""Tags of a part that a library holds as a whole."""
_MOST_TAGS_STREAMED = 8_000_000
"""Tags of a part that is gone through row by row: a sheet, its shared texts."""
_MOST_TAGS_BETWEEN_ROWS = 200_000
_CHUNK = 1 << 18
_ROW = re.compile(rb"</?(?:\w{1,20}:)?(?:row|si)[ />]")


class UnsafeArchiveError(Exception):
    """Say by its name in messages.toml why an archive is not read; `values` go into that message."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


def check_archive(stream: BinaryIO, streamed: tuple[str, ...] = ()) -> None:
    """Refuse an archive that would fill the memory or holds a document type: its parts are looked at without being built.

    Names that begin with one of `streamed` are parts gone through row by row.

    Raises UnsafeArchiveError with the reason.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_part(archive, part, part.filename.startswith(streamed) if streamed else False)
    except UnsafeArchiveError:
        raise
    except NotImplementedError as error:
        raise UnsafeArchiveError("damaged", error=str(error)) from error
    except RuntimeError as error:  # a part is encrypted
        raise UnsafeArchiveError("encrypted") from error
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error) as error:
        raise UnsafeArchiveError("damaged", error=str(error) or type(error).__name__) from error
    finally:
        stream.seek(0)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS:
        raise UnsafeArchiveError("many_parts", parts=len(parts), limit=MAX_PARTS)
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED:
        raise UnsafeArchiveError("unpacked", size=total // 1_000_000, limit=MAX_UNPACKED // 1_000_000)
    for part in parts:
        if part.file_size > _LARGE and part.file_size > _MOST_PACKED * max(1, part.compress_size):
            raise UnsafeArchiveError("packed", part=part.filename, times=part.file_size // max(1, part.compress_size))


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, streamed: bool) -> None:
    """Refuse a document type, and more tags than can be held: an empty tag takes 4 bytes packed and 100 built."""
    from defusedxml import ElementTree

    with archive.open(part) as stream:
        try:
            next(iter(ElementTree.iterparse(stream, events=("start",), forbid_dtd=True)), None)
        except ElementTree.ParseError as error:
            raise UnsafeArchiveError("damaged", error=f"{part.filename}: {error}") from error
        except ElementTree.DTDForbidden as error:
            raise UnsafeArchiveError("document_type", part=part.filename) from error
    tags = since_row = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            found = chunk.count(b"<")
            tags += found
            # A comment may hold what looks like a row; no program writes one there.
            since_row = 0 if b"<!" not in chunk and _ROW.search(chunk) else since_row + found
            limit = _MOST_TAGS_STREAMED if streamed else _MOST_TAGS
            if tags > limit or (streamed and since_row > _MOST_TAGS_BETWEEN_ROWS):
                raise UnsafeArchiveError("many_tags", part=part.filename, limit=limit)
