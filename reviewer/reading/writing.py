"""Write OKRs given as objects as a Markdown text, with the place of each statement in it."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.okr import Okr
from reviewer.reading.okr_text import Passage, ReadOkr
from reviewer.reading.refusals import refusal


def write_out(okrs: Sequence[Okr]) -> tuple[str, tuple[ReadOkr, ...]]:
    """Write OKRs as a Markdown text and say where in it each statement stands, word for word.

    Only blanks around a statement and blank key results are left out. `read` finds the same OKRs again in the
    text, unless a statement holds what the reader takes for layout (a line end, a label, "(done)" at its end):
    use the passages returned rather than a second reading.

    Raises UnreadableDraftError for no OKR at all, and for one with neither an objective nor a key result.
    """
    if not okrs:
        raise refusal("empty")
    page = _Page()
    read = tuple(_write(page, number, okr) for number, okr in enumerate(okrs, start=1))
    return "".join(page.parts), read


class _Page:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def line(self, label: str, text: str | None) -> Passage | None:
        """Add a labelled line and return the place of its text; without text, add nothing."""
        stated = (text or "").strip()
        if not stated:
            return None
        self.add(label)
        passage = Passage(stated, self.length, self.length + len(stated))
        self.add(stated + "\n")
        return passage


def _write(page: _Page, number: int, okr: Okr) -> ReadOkr:
    if number > 1:
        page.add("\n")
    objective = page.line("Objective: ", okr.objective)
    if objective is None:
        page.add("Objective:\n")
    contributes_to = page.line("Contributes to: ", okr.contributes_to)
    owner = page.line("Owner: ", okr.owner)
    team = page.line("Team: ", okr.team)
    page.add("\n")
    stated = [text for text in okr.key_results if text.strip()]
    lines = [page.line(f"- KR{place}: ", text) for place, text in enumerate(stated, start=1)]
    key_results = tuple(line for line in lines if line is not None)
    if objective is None and not key_results:
        raise refusal("blank_okr", okr.contributes_to or "", number=number)
    return ReadOkr(
        objective,
        key_results,
        None if contributes_to is None else contributes_to.text,
        None if owner is None else owner.text,
        None if team is None else team.text,
    )
