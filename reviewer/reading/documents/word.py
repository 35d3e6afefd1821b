"""Read DOCX: headings, lists and paragraphs as a page, tables as sheets are read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from reviewer.errors import UnreadableDraftError
from reviewer.quarter import ColumnRole, Entry, Place, TakenFor
from reviewer.reading.documents.archives import UnsafeArchiveError, check_archive
from reviewer.reading.documents.document import Document
from reviewer.reading.documents.layout import HEAD, find_layout, label_of
from reviewer.reading.documents.parts import Cell, Part, Row, shown
from reviewer.reading.documents.prose import entry_of, read_prose
from reviewer.reading.documents.session import Session
from reviewer.reading.documents.tables import Table, read_table
from reviewer.reading.labels import OBJECTIVE
from reviewer.reading.refusals import MAX_CHARACTERS
from reviewer.reading.source import prepare
from reviewer.reading.titles import read_title

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{_W}txbxContent"
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_HEADING = re.compile(r"(?:heading|titre|überschrift)\s*([1-6])", re.IGNORECASE)
_LIST = re.compile(r"list|liste|puce", re.IGNORECASE)
_DEEPEST = 6


@dataclass(slots=True)
class _Paragraph:
    """Hold a paragraph as a line of the page: `number` counts the document's paragraphs, `lead` is the markup put before it."""

    number: int
    text: str
    lead: str = ""


@dataclass(slots=True)
class _Page:
    """Hold a document's paragraphs as one text, and its tables with the paragraph that each follows."""

    count: int = 0
    paragraphs: list[_Paragraph] = field(default_factory=list)
    tables: list[tuple[int, list[Row]]] = field(default_factory=list)


def read_word(document: Document, session: Session) -> Iterator[Entry | TakenFor]:
    """Give the OKRs of a document: those of its text with their paragraph, those of its tables with their row.

    A table of key results without an objective belongs to the objective or heading above it. What was deleted under tracked
    changes is left out, what was inserted is read.
    """
    place = Place(file=document.name)
    page = _opened(document, session)
    if isinstance(page, Entry):
        yield page
        return
    session.hear("\n".join(paragraph.text for paragraph in islice(page.paragraphs, 200)))
    tables = [(after, rows, find_layout(rows[:HEAD], session.mapping)) for after, rows in page.tables]
    of_text = list(_of_text(page, document, session, place))
    if any(found is not None for _, _, found in tables):
        of_text = [entry for entry in of_text if entry.okr is not None]
    given: set[int] = set()
    read: list[Entry | TakenFor] = []
    for number, (after, rows, found) in enumerate(tables, start=1):
        where = Place(file=document.name, sheet=session.reason("table_name", number=number))
        table = Table(where, lambda rows=rows: iter(rows))  # type: ignore[misc]
        table = replace(table, defaults=_titles_above(page, after, document.name))
        if found is not None and not found.layout.of("objective") and found.layout.statement is None:
            above = _objective_above(page, after, document.name)
            if above is not None:
                table = replace(table, defaults={**table.defaults, "objective": above})
                given |= {at for at, entry in enumerate(of_text) if _is_only(entry, above)}
        if found is None and any(entry.okr is not None for entry in of_text) and not any(cell for row in rows for cell in row.cells):
            continue
        read += read_table(table, session)
    yield from (entry for at, entry in enumerate(of_text) if at not in given)
    yield from read


def table_rows(document: Document, session: Session) -> list[Table]:
    """Give a document's tables, to look at their headers; none when it cannot be read."""
    page = _opened(document, session)
    if isinstance(page, Entry):
        return []
    return [Table(Place(file=document.name), lambda rows=rows: iter(rows)) for _, rows in page.tables]  # type: ignore[misc]


def _opened(document: Document, session: Session) -> _Page | Entry:
    import docx

    place = Place(file=document.name)
    try:
        with document.open() as stream:
            check_archive(stream)
            opened = docx.Document(stream)
        styles = {style.style_id: style.name or "" for style in opened.styles if style.style_id}
        page = _Page()
        _walk(opened.element.body, styles, page, 0)
        return page
    except UnsafeArchiveError as error:
        return Entry(place=place, reason=session.reason(error.reason, **error.values))
    except Exception as error:  # python-docx raises whatever a damaged part makes it stumble over
        text = " ".join((str(error) or type(error).__name__).split())[:160]
        return session.explained(place, "damaged", error=text)


def _walk(parent: Any, styles: dict[str, str], page: _Page, depth: int) -> None:
    for child in parent:
        if child.tag == f"{_W}p":
            _add_paragraph(child, styles, page)
        elif child.tag == f"{_W}tbl":
            page.tables.append((len(page.paragraphs), list(_rows(child))))
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo") and depth < 50:
            _walk(child, styles, page, depth + 1)


def _add_paragraph(element: Any, styles: dict[str, str], page: _Page) -> None:
    style_id = element.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(style_id.get(f"{_W}val", ""), "") if style_id is not None else ""
    heading = _HEADING.search(style)
    level = element.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    depth = min(_DEEPEST, int(level.get(f"{_W}val", "0") or 0)) if level is not None else 0
    listed = element.find(f"{_W}pPr/{_W}numPr") is not None or bool(_LIST.search(style))
    page.count += 1
    lead = "#" * int(heading[1]) + " " if heading else "# " if style in ("Title", "Titre") else "  " * depth + "- " if listed else ""
    page.paragraphs.append(_Paragraph(page.count, shown(_text_of(element)), lead))
    for box in element.iter(_TEXT_BOX):
        if not any(ancestor.tag in _GONE for ancestor in box.iterancestors()):
            for paragraph in box.iter(f"{_W}p"):
                page.paragraphs.append(_Paragraph(page.count, shown(_text_of(paragraph)), "+"))


def _text_of(paragraph: Any) -> str:
    """Give a paragraph's text: links and insertions with it, deletions and text boxes without."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}tab":
            parts.append("\t")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("\u2011")
        elif child.tag not in _GONE and child.tag != _TEXT_BOX and child.tag != f"{_W}pPr":
            stack.append(iter(child))
    return "".join(parts)


def _rows(table: Any) -> Iterator[Row]:
    """Give a table's rows; a cell merged downwards is shown in every row it covers."""
    open_cells: dict[int, Cell] = {}
    for number, element in enumerate(table.iter(f"{_W}tr"), start=1):
        if next((a for a in element.iterancestors(f"{_W}tbl")), None) is not table:
            continue  # of a table within a cell
        texts: list[str] = []
        above: dict[int, Cell] = {}
        wide = set()
        for cell in element.iterchildren(f"{_W}tc", f"{_W}sdt"):
            held = cell if cell.tag == f"{_W}tc" else cell.find(f"{_W}sdtContent/{_W}tc")
            if held is None:
                continue
            at = len(texts)
            text = shown("\n".join(_text_of(paragraph) for paragraph in held.iterchildren(f"{_W}p"))).strip()
            span = held.find(f"{_W}tcPr/{_W}gridSpan")
            width = max(1, min(100, int(span.get(f"{_W}val", "1") or 1))) if span is not None else 1
            merged = held.find(f"{_W}tcPr/{_W}vMerge")
            if merged is None:
                open_cells.pop(at, None)
            elif merged.get(f"{_W}val") == "restart":
                open_cells[at] = Cell(text, number, at)
            elif at in open_cells and not text:
                above[at] = open_cells[at]
            if width > 1 and text:
                wide.add(at)
            texts += [text, *[""] * (width - 1)]
        yield Row(number, tuple(texts), above, frozenset(wide))


def _of_text(page: _Page, document: Document, session: Session, place: Place) -> Iterator[Entry]:
    text = ""
    starts: list[int] = []
    for paragraph in page.paragraphs:
        starts.append(len(text))
        lead = "" if paragraph.lead == "+" else paragraph.lead
        if text.endswith("\n") and not text.endswith("\n\n") and not lead.endswith("- "):
            text += "\n"  # a paragraph after a list does not go on with its last item
            starts[-1] += 1
        text += lead + paragraph.text + ("\n" if lead.endswith("- ") else "\n\n")

    def locate(position: int) -> tuple[Place, int]:
        at = max(0, bisect_right(starts, position) - 1)
        paragraph = page.paragraphs[at]
        lead = 0 if paragraph.lead == "+" else len(paragraph.lead)
        return Place(file=document.name, row=paragraph.number), max(0, position - starts[at] - lead)

    if not text.strip():
        if not page.tables:
            yield session.explained(place, "empty", rows=0)
        return
    if len(text) > MAX_CHARACTERS:
        yield from read_prose(text, locate, session, place)
        return
    from reviewer.reading import read  # the package that this module is part of

    try:
        okrs = read(text)
    except UnreadableDraftError as error:
        yield Entry(place=place, reason=str(error))
        return
    for okr in okrs:
        yield entry_of(okr, 0, locate)


def _objective_above(page: _Page, after: int, file: str) -> Part | None:
    """Find the objective a table of key results belongs to: the nearest labelled objective or heading that is no title."""
    for paragraph in reversed(page.paragraphs[:after]):
        text = paragraph.text.strip()
        if not text:
            continue
        place = Place(file=file, row=paragraph.number)
        label = label_of(text)
        if label is not None and label.role in OBJECTIVE and text[label.end :].strip():
            return Part(text[label.end :].strip(), place, paragraph.text.index(text[label.end :].strip()))
        if paragraph.lead.startswith("#"):
            if read_title(text, prepare(text).plain) is not None or label is not None:
                continue
            return Part(text, place, paragraph.text.index(text))
        if label is None and len(text.split()) > 12:
            return None  # prose stands between
    return None


def _titles_above(page: _Page, after: int, file: str) -> dict[ColumnRole, Part]:
    """Read team and cycle in the headings that a table stands under: "OKRs Q4 2026", "Team Growth"."""
    found: dict[ColumnRole, Part] = {}
    headings = [paragraph for paragraph in page.paragraphs[:after] if paragraph.lead.startswith("#") and paragraph.text.strip()]
    depth = _DEEPEST + 1
    for paragraph in reversed(headings):
        text = paragraph.text.strip()
        level = len(paragraph.lead) - 1
        if level >= depth and paragraph is not headings[0]:  # beside it, not over it; the first is the document's title
            continue
        depth = level
        title = read_title(text, prepare(text).plain)
        place = Place(file=file, row=paragraph.number)
        if title is not None and title.team:
            found.setdefault("team", Part(title.team, place, max(0, paragraph.text.find(title.team))))
        if title is not None and title.cycle:
            found.setdefault("cycle", Part(title.cycle, place, max(0, paragraph.text.find(title.cycle))))
    return found


def _is_only(entry: Entry, objective: Part) -> bool:
    """Tell the OKR read from the text that is nothing but the objective of a table."""
    return entry.okr is not None and not entry.okr.key_results and entry.place.row == objective.place.row
