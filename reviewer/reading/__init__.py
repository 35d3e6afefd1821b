"""Read OKRs out of free text or Markdown, and write OKRs given as objects as such a text."""

from __future__ import annotations

from reviewer.reading.blocks import cut
from reviewer.reading.freeform import read_freeform
from reviewer.reading.labelled import read_labelled
from reviewer.reading.okr_text import Passage, ReadOkr
from reviewer.reading.refusals import MAX_CHARACTERS, check_readable, refusal
from reviewer.reading.source import prepare
from reviewer.reading.writing import write_out

__all__ = ["MAX_CHARACTERS", "Passage", "ReadOkr", "read", "write_out"]


def read(text: str) -> tuple[ReadOkr, ...]:
    """Find the OKRs of a text, in order; every passage is an exact slice of the text given.

    Labels are followed where there are any; without them, a heading or first line over a list counts. What
    stands in quotes, code fences or front matter is read only when nothing else is an OKR.

    Raises UnreadableDraftError when the text is empty, binary, longer than MAX_CHARACTERS or holds no OKR.
    """
    check_readable(text)
    source = prepare(text)
    page = cut(source)
    found = read_labelled(source, page.blocks)
    if not found and page.passed_over:
        everything = cut(source, everything=True).blocks
        found = read_labelled(source, everything) or read_freeform(source, page.blocks)
        found = found or read_freeform(source, everything)
    elif not found:
        found = read_freeform(source, page.blocks)
    if not found:
        raise refusal("no_okr", text, length=len(text))
    return tuple(found)
