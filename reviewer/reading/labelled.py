"""Read OKRs by their labels, wherever in lists, headings, tables or running lines these stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from reviewer.reading.blocks import HEADING, ITEM, TABLE, TEXT, Block
from reviewer.reading.columns import read_table, table_has_key_results
from reviewer.reading.gathering import Gatherer
from reviewer.reading.labels import KEY_RESULT, META, OBJECTIVE, PLURAL, Label, labels_in, with_ends
from reviewer.reading.okr_text import ReadOkr
from reviewer.reading.source import Source
from reviewer.reading.titles import Title, read_title

_LONGEST_BARE_OBJECTIVE = 200
_LONGEST_BARE_KEY_RESULT = 200
_SENTENCE_BREAK = re.compile(r"[.!?]\s+[A-Z]")
_NUMBERED_PART = re.compile(r"(?:(?<=\s)|(?<=^))\(?(\d{1,2})[).]\s")


class _Piece(NamedTuple):
    role: str | None
    start: int
    end: int
    number: str | None = None

    @property
    def empty(self) -> bool:
        return self.start >= self.end


class _Node:
    """Hold a block with its labels and what they say about the blocks under it."""

    __slots__ = ("block", "children", "has_key_results", "has_objective", "pieces")

    def __init__(self, source: Source, block: Block) -> None:
        self.block = block
        self.children = [_Node(source, child) for child in block.children]
        self.pieces = [] if block.kind == TABLE else _pieces(source, block)
        self.has_key_results: bool = any(child.has_key_results for child in self.children)
        self.has_objective: bool = any(child.has_objective for child in self.children)
        if block.kind == TABLE:
            self.has_key_results = table_has_key_results(source, block)
        for piece in self.pieces:
            self.has_key_results = self.has_key_results or piece.role in KEY_RESULT
            self.has_objective = self.has_objective or piece.role in OBJECTIVE

    @property
    def opens_with(self) -> str | None:
        return self.pieces[0].role if self.pieces else None

    @property
    def labelled_inside(self) -> bool:
        return any(piece.role in KEY_RESULT or piece.role in OBJECTIVE for piece in self.pieces[1:])

    @property
    def opens_key_results(self) -> bool:
        if self.block.kind == TABLE:
            return self.has_key_results
        return self.opens_with in KEY_RESULT


def read_labelled(source: Source, blocks: list[Block]) -> list[ReadOkr]:
    """Read the OKRs whose objectives or key results bear labels."""
    nodes = [_Node(source, block) for block in blocks]
    if not any(node.has_key_results or node.has_objective for node in nodes):
        return []
    reader = _Reader(source, any(node.has_key_results for node in nodes))
    reader.visit(nodes, None, inside=False)
    return reader.gatherer.finish()


def _pieces(source: Source, block: Block) -> list[_Piece]:
    labels = labels_in(source.plain, block.start, block.end)
    if not labels or (labels[0].role == "okr" and _names_a_cycle(source, block, labels[0])):
        return [_Piece(None, block.start, block.end)]
    pieces = [] if labels[0].start <= block.start else [_Piece(None, block.start, labels[0].start)]
    return pieces + [_Piece(label.role, label.end, stop, label.number) for label, stop in with_ends(labels, block.end)]


def _names_a_cycle(source: Source, block: Block, label: Label) -> bool:
    # "OKR T3 2026 - équipe PMM" is a title, "OKR 2" a label.
    if label.number is not None and label.number.isdecimal() and len(label.number) < 4:
        return False
    title = _title(source, block)
    return title is not None and (title.cycle is not None or title.team is not None)


def _title(source: Source, block: Block) -> Title | None:
    return read_title(source.text[block.start : block.end], source.plain[block.start : block.end])


class _Reader:
    """Walk the blocks, telling each unlabelled one what the label above or before it makes of it.

    A role handed down is a label's role, "described" (under an objective whose key results bear labels),
    "ignored" (what explains a key result) or "aside".
    """

    def __init__(self, source: Source, key_results_labelled: bool) -> None:
        self.source = source
        self.gatherer = Gatherer(source)
        self.key_results_labelled = key_results_labelled

    def visit(self, siblings: list[_Node], role: str | None, inside: bool) -> None:
        """Read blocks side by side; `role` is what the block above makes of those without a label."""
        carried = role
        for place, node in enumerate(siblings):
            following = siblings[place + 1] if place + 1 < len(siblings) else None
            kind = node.block.kind
            if role == "aside" and not (kind == HEADING and node.opens_with in OBJECTIVE | KEY_RESULT):
                if kind == HEADING:
                    self.visit(node.children, "aside", inside)
                continue
            if kind == TABLE:
                read_table(self.source, node.block, self.gatherer)
                continue
            if kind == HEADING and carried != role:
                carried = role
            if role == "ignored" and kind == ITEM and node.opens_with is not None and not self._worth_reading(node):
                continue
            below: str | None = None
            within = True
            if node.opens_with is None:
                below, carried = self._unlabelled(node, following, carried, inside)
                within = inside or below is not None
            if node.opens_with is not None or node.labelled_inside:
                below, carried = self._labelled(node, siblings, place, carried)
                within = True
            elif len(node.pieces) > 1:
                self._take_all(node)
            self.visit(node.children, below, within)

    @staticmethod
    def _worth_reading(node: _Node) -> bool:
        # Under a key result, "Indicateur : ..." and "Why: ..." explain it; "KR2: ..." is badly indented.
        return node.opens_with in {"objective", "key_result", "key_results"}

    def _labelled(self, node: _Node, siblings: list[_Node], place: int, carried: str | None) -> tuple[str | None, str | None]:
        self._take_all(node)
        last = node.pieces[-1]
        role = last.role
        if role in OBJECTIVE and last.empty and (title := _title(self.source, node.block)) is not None:
            self._remember(title)
        if role in OBJECTIVE:
            return self._after_objective(node, last, siblings, place)
        if role in KEY_RESULT:
            if not last.empty:
                return "ignored", carried
            return role, carried if node.children else role
        if role in META:
            return (role, carried) if last.empty and node.children else ("ignored", role if last.empty else carried)
        aside = "aside" if role == "aside" else "ignored"
        return aside, carried if node.children or not last.empty else aside

    def _after_objective(self, node: _Node, piece: _Piece, siblings: list[_Node], place: int) -> tuple[str | None, str | None]:
        following = siblings[place + 1] if place + 1 < len(siblings) else None
        if piece.empty:
            if any(child.opens_key_results for child in node.children[:1]):
                return None, None
            role = piece.role
            if role == "okr" and node.children and node.children[0].block.kind == ITEM:
                # "OKRs" over a list: objectives when they bear lists of their own.
                role = "objectives" if any(child.children for child in node.children) else "key_results"
            return role, None if node.children else role
        below = any(child.has_key_results for child in node.children)
        beside = following is not None and following.opens_key_results
        role = "described" if below or beside else "key_results"
        if node.children or beside:
            return role, None
        if node.block.kind == ITEM:
            labelled = any(sibling.opens_key_results for sibling in siblings[place + 1 : place + 41])
            return role, None if labelled else "key_results"
        return role, "key_results" if self._lines_follow(siblings, place) else None

    def _lines_follow(self, siblings: list[_Node], place: int) -> bool:
        # "Objective: ..." over two to six short lines without labels: these are its key results.
        if self.key_results_labelled or siblings[place].block.kind != TEXT:
            return False
        count = 0
        for node in siblings[place + 1 : place + 9]:
            block = node.block
            if block.kind != TEXT or node.opens_with is not None or node.children or block.gap:
                break
            if not self._short(block.start, block.end):
                return False
            count += 1
        return 2 <= count <= 6

    def _short(self, start: int, end: int) -> bool:
        return end - start <= _LONGEST_BARE_KEY_RESULT and not _SENTENCE_BREAK.search(self.source.plain, start, end)

    def _lead(self, lead: _Piece, following: _Piece) -> None:
        # "Become the reference KR1: ... KR2: ...": what stands before the first key result is the objective.
        if following.role not in KEY_RESULT or following.number not in {None, "1", "1.1"}:
            return
        if self._can_be_objective(lead.start, lead.end):
            self.gatherer.objective(lead.start, lead.end)

    def _can_be_objective(self, start: int, end: int) -> bool:
        text = self.source.plain[start:end].rstrip(" *_")
        return 0 < len(text) <= _LONGEST_BARE_OBJECTIVE and not text.endswith(":") and not _SENTENCE_BREAK.search(text)

    def _take_all(self, node: _Node) -> None:
        for piece in node.pieces:
            if piece.role is not None:
                self._take(piece)

    def _take(self, piece: _Piece) -> None:
        role = piece.role
        if role in KEY_RESULT:
            for start, end in self._enumerated(piece) if role in PLURAL else [(piece.start, piece.end)]:
                self.gatherer.key_result(start, end)
        elif role == "parent" and not piece.empty:
            self.gatherer.parent(piece.start, piece.end, piece.number)
        elif role in OBJECTIVE:
            self.gatherer.objective(piece.start, piece.end, "okr" if role == "okr" else "objective", piece.number)
        elif role in META:
            self.gatherer.remark(str(role), piece.start, piece.end)

    def _enumerated(self, piece: _Piece) -> list[tuple[int, int]]:
        # "Key results: 1) ... 2) ..." and "Key results: ...; ...".
        plain = self.source.plain
        starts = [found for found in _NUMBERED_PART.finditer(plain, piece.start, piece.end)]
        if len(starts) > 1 and [int(found[1]) for found in starts] == list(range(1, len(starts) + 1)):
            ends = [found.start() for found in starts[1:]]
            return list(zip([found.end() for found in starts], [*ends, piece.end], strict=True))
        parts = []
        position = piece.start
        for part in plain[piece.start : piece.end].split(";"):
            parts.append((position, position + len(part)))
            position += len(part) + 1
        return parts

    def _unlabelled(self, node: _Node, following: _Node | None, carried: str | None, inside: bool) -> tuple[str | None, str | None]:
        block = node.block
        lead = node.pieces[0]
        if carried is None and node.labelled_inside:
            self._lead(lead, node.pieces[1])
            return None, carried
        if block.kind == HEADING or carried is None or (carried == "key_results" and not block.gap):
            title = _title(self.source, block)
            if title is not None and block.kind != ITEM:
                self._remember(title)
                return None, None
        if carried in OBJECTIVE:
            self.gatherer.objective(lead.start, lead.end, "okr" if carried == "okr" else "objective")
            below = any(child.has_key_results for child in node.children)
            return "described" if below else "key_results", carried if carried in PLURAL else None
        if carried in KEY_RESULT:
            return self._bare_key_result(node, str(carried))
        if carried in META:
            self.gatherer.remark(str(carried), lead.start, lead.end)
            return "ignored", None
        if carried == "aside":
            return "aside", carried if block.kind == ITEM or not block.gap else None
        if carried in {"ignored", "described"} and block.kind == ITEM:
            return carried, carried
        if not inside and self._stands_as_objective(node, following):
            self.gatherer.objective(lead.start, lead.end)
            return "described", None
        if block.kind == TEXT and self.gatherer.awaits_key_results and self._opens_list(node):
            return "key_results", None
        return None, carried

    def _bare_key_result(self, node: _Node, carried: str) -> tuple[str | None, str | None]:
        block = node.block
        lead = node.pieces[0]
        if block.kind == TEXT:
            if self._opens_list(node):
                return "key_results", carried
            if node.children or not self._short(lead.start, lead.end):
                return "ignored", carried if not self.gatherer.has_key_results else None
        self.gatherer.key_result(lead.start, lead.end)
        return "ignored", carried if carried in PLURAL or block.kind == ITEM else None

    def _opens_list(self, node: _Node) -> bool:
        # "We will know it when:" over a list.
        block = node.block
        return bool(node.children) and self.source.plain[block.start : block.end].rstrip(" *_").endswith(":")

    def _stands_as_objective(self, node: _Node, following: _Node | None) -> bool:
        block = node.block
        if not self._can_be_objective(block.start, block.end):
            return False
        if node.children:
            return self._first_below_is_key_result(node)
        if following is None or not following.opens_key_results:
            return False
        if block.kind == HEADING or block.kind == ITEM:
            return True
        first = following.pieces[0] if following.pieces else None
        restarts = first is not None and first.number in {"1", "1.1"}
        return not following.block.gap or restarts or not self.gatherer.has_key_results

    def _first_below_is_key_result(self, node: _Node) -> bool:
        groups = 0
        for place, child in enumerate(node.children):
            if child.opens_key_results:
                before = node.children[place - 1] if place else None
                adjacent = before is not None and before.block.kind == TEXT and before.opens_with is None
                return groups == 0 and not (adjacent and not child.block.gap)
            if child.has_objective or child.block.kind == HEADING:
                return False
            if child.has_key_results:
                groups += 1
        return groups == 1

    def _remember(self, title: Title) -> None:
        self.gatherer.cycle = title.cycle or self.gatherer.cycle
        self.gatherer.team = title.team or self.gatherer.team
