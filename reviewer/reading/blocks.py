"""Cut a text into blocks (headings, list items, paragraphs, table rows) and nest them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.reading.labels import Label, label_at
from reviewer.reading.source import Source, front_matter_end
from reviewer.reading.tables import cells_of, is_delimiter, looks_like_row

HEADING, ITEM, TEXT, TABLE = "heading", "item", "text", "table"

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?=[^\W\d]))|(#{2,6})(?=[^\W#])")
_MARKER = re.compile(
    r"(?:(?P<bullet>[-*+•●◦▪▫■□‣⁃∙·–—➔➜►▶▸✓✔☐☑☒🔹🔸○])(?:[ \t]+|(?=[ \t]*\Z)|(?<=[•●◦▪▫■□‣⁃∙➔➜►▶▸☐☑☒🔹🔸○])(?=\S)|(?<=-)(?=[A-Za-z\"«“\[]))"
    r"|(?P<number>\(?\d{1,3}[.)]|\d{1,2}/|\(?[a-hA-H]\)|\d{1,2}\.\d{1,2}(?:[.)]|(?=[ \t]+[A-Z]))|\d\ufe0f?\u20e3)(?:[ \t]+|\Z))"
    r"(?:\[[ xX]?\][ \t]+)?|\[[ xX]?\][ \t]+"
)
_FENCE = re.compile(r"(`{3,}|~{3,})")
_TERMINAL = frozenset(".!?;:")
_WRAPS_AT = 60
"""A line at least this long may go on in the next one though that begins with a capital."""
_DEEPEST = 20
"""Lists nested deeper than this are read as nested this deep, so that recursion has a bound."""


@dataclass(slots=True)
class Block:
    """Hold a stretch of the text with what stands under it; `gap` is true after a blank line."""

    kind: str
    start: int
    end: int
    level: int = 0
    gap: bool = True
    children: list[Block] = field(default_factory=list)
    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    headed: bool = False
    label: Label | None = None


@dataclass(slots=True)
class Page:
    """Hold a text's blocks and whether quotes, fences or front matter were passed over."""

    blocks: list[Block]
    passed_over: bool


def cut(source: Source, everything: bool = False) -> Page:
    """Cut a text into blocks; `everything` reads quotes, fences and front matter as prose too."""
    return _Cutter(source, everything).run()


class _Cutter:
    def __init__(self, source: Source, everything: bool) -> None:
        self.plain = source.plain
        self.everything = everything
        self.top: list[Block] = []
        self.headings: list[Block] = []
        self.items: list[tuple[int, str, Block]] = []
        self.open: Block | None = None
        self.gap = True
        self.passed_over = False
        self.line_start = 0
        self.barred = False

    def run(self) -> Page:
        fence = ""
        for start, end in self._lines():
            opening = _FENCE.match(self.plain, start, end)
            if opening is not None and (not fence or opening[1].startswith(fence)):
                fence = "" if fence else opening[1]
                self.passed_over = True
                self._pause()
            elif fence and not self.everything:
                continue
            elif start == end:
                self._pause()
            else:
                self._line(start, end)
        return Page(self.top, self.passed_over)

    def _lines(self) -> Iterator[tuple[int, int]]:
        plain = self.plain
        position = front_matter_end(plain)
        self.passed_over = position > 0
        if self.everything:
            position = 0
        while position < len(plain):
            end = plain.find("\n", position)
            end = len(plain) if end < 0 else end
            self.line_start = position
            line = plain[position:end]
            content = line.strip()
            start = position + len(line) - len(line.lstrip()) if content else position
            yield start, start + len(content)
            position = end + 1

    def _pause(self) -> None:
        self.gap = True

    def _line(self, start: int, end: int) -> None:
        plain = self.plain
        indent = _columns(plain[self.line_start : start])
        while plain[start] == ">" and plain[start + 1 : start + 2] in {" ", ">", ""}:
            self.passed_over = True
            if not self.everything:
                self.gap = True
                return
            start = _skip_blanks(plain, start + 1, end)
            if start == end:
                return self._pause()
        if plain[start] in "-=*_" and end - start >= 3 and not plain[start:end].strip(plain[start] + " \t"):
            return self._rule(start)
        heading = _HEADING.match(plain, start, end) if plain[start] == "#" else None
        if heading is not None:
            return self._heading(len(heading[1] or heading[2]), heading.end(), end)
        if plain[start] == "|" or is_delimiter(plain, start, end):
            return self._row(start, end)
        marker = _MARKER.match(plain, start, end)
        if marker is not None:
            return self._item(indent, _marker_kind(marker), marker.end(), end)
        if looks_like_row(plain, start, end) or (self._in_table() and "|" in plain[start:end]):
            return self._row(start, end)
        self._text(indent, start, end)

    def _rule(self, start: int) -> None:
        # A line of = or - under a line of text makes that text a heading.
        text = self.open
        if text is not None and text.kind == TEXT and not self.gap and self.plain[start] in "=-" and not self.items:
            siblings = self._section()
            if siblings and siblings[-1] is text:
                siblings.pop()
                self._heading(1 if self.plain[start] == "=" else 2, text.start, text.end)
        self.open = None
        self.gap = True

    def _heading(self, level: int, start: int, end: int) -> None:
        while end > start and self.plain[end - 1] in "# \t":
            end -= 1
        block = Block(HEADING, start, end, level)
        while self.headings and self.headings[-1].level >= level:
            self.headings.pop()
        self._section().append(block)
        self.headings.append(block)
        self.items = []
        self.open = None
        self.gap = True

    def _row(self, start: int, end: int) -> None:
        rule = is_delimiter(self.plain, start, end)
        if rule and (header := self._unbarred_header()) is not None:
            self._row(*header)
        if not self._in_table():
            self.items = []
            self.barred = self.plain[start] == "|"
            self._section().append(Block(TABLE, start, end, gap=self.gap))
        table = self._section()[-1]
        if rule:
            table.headed = table.headed or len(table.rows) == 1
        else:
            table.rows.append(cells_of(self.plain, start, end, self.barred))
            table.end = end
        self.open = table
        self.gap = False

    def _unbarred_header(self) -> tuple[int, int] | None:
        # "Objective | Key result" over "---|---": one bar made it look like text.
        text, siblings = self.open, self._section()
        if text is None or text.kind != TEXT or self.gap or not siblings or siblings[-1] is not text:
            return None
        if "|" not in self.plain[text.start : text.end] or text.children:
            return None
        siblings.pop()
        self.open = None
        return text.start, text.end

    def _in_table(self) -> bool:
        return self.open is not None and self.open.kind == TABLE and not self.gap

    def _item(self, indent: int, marker: str, start: int, end: int) -> None:
        items = self.items
        while items and items[-1][0] > indent:
            items.pop()
        # At one indent, another kind of marker opens a list under the item above: "1. ..." then "- ...".
        sibling = next((depth for depth, entry in enumerate(items) if entry[:2] == (indent, marker)), None)
        if sibling is not None:
            del items[sibling:]
        start = _skip_blanks(self.plain, start, end)
        block = Block(ITEM, start, end, gap=self.gap, label=label_at(self.plain, start, end))
        if items:
            items[-1][2].children.append(block)
        else:
            section = self._section()
            above = section[-1] if section and section[-1].kind == TEXT else None
            (section if above is None else above.children).append(block)
        items.append((indent, marker, block))
        if len(items) > _DEEPEST:
            items.pop()
        self.open = block
        self.gap = False

    def _text(self, indent: int, start: int, end: int) -> None:
        label = label_at(self.plain, start, end)
        last = self.open
        if last is not None and last.kind != TABLE and not self.gap and self._continues(last, label, indent, start):
            last.end = end
            return
        while self.items and (self.items[-1][0] >= indent or indent == 0):
            self.items.pop()
        block = Block(TEXT, start, end, gap=self.gap, label=label)
        (self.items[-1][2].children if self.items else self._section()).append(block)
        self.open = block
        self.gap = False

    def _continues(self, last: Block, label: Label | None, indent: int, start: int) -> bool:
        plain = self.plain
        if label is not None:
            return label.role == "detail" and last.label is not None and last.label.role == "key_result"
        if last.label is not None and last.label.end >= last.end:
            return False
        if last.kind == ITEM and self.items and indent > self.items[-1][0] + 1:
            return last.start < last.end
        if plain[start].islower():
            return True
        long = last.end - max(plain.rfind("\n", last.start, last.end) + 1, last.start) >= _WRAPS_AT
        return long and plain[last.end - 1] not in _TERMINAL

    def _section(self) -> list[Block]:
        return self.headings[-1].children if self.headings else self.top


def _columns(blanks: str) -> int:
    return len(blanks) if "\t" not in blanks else len(blanks.expandtabs(4))


def _skip_blanks(plain: str, position: int, end: int) -> int:
    while position < end and plain[position].isspace():
        position += 1
    return position


def _marker_kind(marker: re.Match[str]) -> str:
    if (bullet := marker["bullet"]) is not None:
        return "☐" if bullet in "☐☑☒✓✔" else str(bullet)
    number = marker["number"] or "["
    return "a)" if number.strip("()").isalpha() else "1.1" if "." in number.strip(".") else "1."
