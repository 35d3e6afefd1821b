"""Read OKRs without labels: a heading or first line over a list, or a few short lines alone."""

from __future__ import annotations

import re

from reviewer.reading.blocks import HEADING, ITEM, TABLE, TEXT, Block
from reviewer.reading.gathering import Gatherer
from reviewer.reading.labels import META, label_at
from reviewer.reading.okr_text import ReadOkr
from reviewer.reading.source import Source
from reviewer.reading.titles import read_title

_LONGEST_OBJECTIVE = 320
_LONGEST_LINE = 140
_FEWEST_LINES, _MOST_LINES = 3, 7
_SENTENCE_BREAK = re.compile(r"[.!?]\s+[A-Z]")


def read_freeform(source: Source, blocks: list[Block]) -> list[ReadOkr]:
    """Read headings and first lines as objectives, the lists under them as key results."""
    reader = _Reader(source)
    reader.section(None, blocks)
    found = reader.gatherer.finish()
    if found:
        return found
    return reader.bare_list(blocks) or _short_lines(source, blocks)


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.gatherer = Gatherer(source)

    def section(self, heading: Block | None, blocks: list[Block]) -> None:
        """Read what stands under a heading, then the headings under it."""
        titled = heading is None or self._title(heading)
        items = [block for block in blocks if block.kind == ITEM]
        texts = [block for block in blocks if block.kind == TEXT and block.children and not self._label(block)]
        if heading is not None and not titled and len(texts) + bool(items) == 1:
            self._okrs(heading, items or texts[0].children)
        else:
            before: Block | None = None
            for block in blocks:
                if block.kind == TEXT:
                    self._paragraph(block, before)
                before = block
            if items and (heading is not None or _nested(items)):
                self._okrs(None if titled else heading, items)
        for block in blocks:
            if block.kind == HEADING and self._label(block) != "aside":
                self.section(block, block.children)

    def bare_list(self, blocks: list[Block]) -> list[ReadOkr]:
        """Read a text that is a list and nothing else as key results without an objective."""
        items = [block for block in blocks if block.kind == ITEM]
        if len(items) < 2 or len(items) != len(blocks):
            return []
        for item in items:
            self.gatherer.key_result(item.start, item.end)
        return self.gatherer.finish()

    def _paragraph(self, block: Block, before: Block | None) -> None:
        label = self._label(block)
        if label in META and block.label is not None:
            self.gatherer.remark(label, block.label.end, block.end)
        elif label is None and self._title(block):
            if block.children:
                self._okrs(None, block.children)
        elif label is None and block.children and self._can_be_objective(block, before):
            self._okrs(block, block.children)

    def _okrs(self, objective: Block | None, items: list[Block]) -> None:
        items = [item for item in items if item.kind == ITEM and self._label(item) != "aside"]
        if _nested(items):
            for item in items:
                if item.children:
                    self._okr(item, item.children)
        elif items and objective is not None:
            self._okr(objective, items)
        elif len(items) > 1:
            self._okr(None, items)

    def _okr(self, objective: Block | None, items: list[Block]) -> None:
        start, end = (objective.start, objective.end) if objective is not None else (0, 0)
        self.gatherer.objective(start, end, "first line")
        for item in items:
            label = self._label(item)
            if label in META and item.label is not None:
                self.gatherer.remark(label, item.label.end, item.end)
            elif item.kind == ITEM and label != "aside":
                self.gatherer.key_result(item.start, item.end)

    def _can_be_objective(self, block: Block, before: Block | None) -> bool:
        # The last line of a longer paragraph only introduces its list.
        if not block.gap and before is not None and before.kind == TEXT and not (before.label or self._title(before)):
            return False
        text = self.source.plain[block.start : block.end]
        breaks = len(_SENTENCE_BREAK.findall(text))
        return len(text) <= _LONGEST_OBJECTIVE and breaks <= (0 if text.endswith(":") else 1)

    def _label(self, block: Block) -> str | None:
        if block.label is None and block.kind == HEADING:
            block.label = label_at(self.source.plain, block.start, block.end)
        return None if block.label is None else block.label.role

    def _title(self, block: Block) -> bool:
        title = read_title(self.source.text[block.start : block.end], self.source.plain[block.start : block.end])
        if title is None:
            return False
        self.gatherer.cycle = title.cycle or self.gatherer.cycle
        self.gatherer.team = title.team or self.gatherer.team
        return True


def _nested(items: list[Block]) -> bool:
    # Half of the items or more bear items of their own: they are objectives.
    bearing = sum(any(child.kind == ITEM for child in item.children) for item in items)
    return bearing > 0 and 2 * bearing >= len(items)


def _short_lines(source: Source, blocks: list[Block]) -> list[ReadOkr]:
    """Read a text of three to seven short lines as an objective over its key results."""
    if any(block.kind in {ITEM, TABLE} or block.children and block.kind == TEXT for block in blocks):
        return []
    headings = [block for block in blocks if block.kind == HEADING]
    if len(headings) > 1 or any(child.kind != TEXT or child.children for block in headings for child in block.children):
        return []
    gatherer = Gatherer(source)
    lines: list[tuple[int, int]] = []
    for block in blocks:
        lines += _lines(source.plain, block)
        for child in block.children:
            lines += _lines(source.plain, child)
    while lines and (title := read_title(source.text[slice(*lines[0])], source.plain[slice(*lines[0])])) is not None:
        gatherer.cycle = title.cycle or gatherer.cycle
        gatherer.team = title.team or gatherer.team
        del lines[0]
    if not _FEWEST_LINES <= len(lines) <= _MOST_LINES or not _look_like_statements(source, lines):
        return []
    gatherer.objective(*lines[0], "first line")
    for line in lines[1:]:
        gatherer.key_result(*line)
    return gatherer.finish()


def _lines(plain: str, block: Block) -> list[tuple[int, int]]:
    found = []
    position = block.start
    for line in plain[block.start : block.end].split("\n"):
        content = line.strip()
        start = position + len(line) - len(line.lstrip())
        if content:
            found.append((start, start + len(content)))
        position += len(line) + 1
    return found


def _look_like_statements(source: Source, lines: list[tuple[int, int]]) -> bool:
    # Prose that was wrapped goes on in lower case; a greeting or a sentence cut short ends with a comma.
    texts = [source.plain[start:end] for start, end in lines]
    if any(len(text) > _LONGEST_LINE or len(text.split()) < 2 or _SENTENCE_BREAK.search(text) for text in texts):
        return False
    if any(text.endswith(",") or label_at(text, 0, len(text)) for text in texts):
        return False
    lower = sum(text[0].islower() for text in texts)
    return lower in {0, len(texts)} or not texts[0][0].isupper()
