"""Read labelled statements as whole OKRs, and say what the labels ask of each rule."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reviewer.errors import ReviewerError
from reviewer.language.detect import detect_language
from reviewer.okr import BaselineKind, Language

RULES: Final = ("kr-is-task", "kr-no-number", "kr-no-baseline")
"""The rules measured here: those that a model's opinions on a key result bear on, and the one between them."""

LabelledNature = Literal["outcome", "task", "unclear"]
Each = TypeVar("Each")


class LabelledSetError(ReviewerError):
    """Refuse a folder without labelled statements, and a line that is none; names the file, the line and the value."""


@dataclass(frozen=True, slots=True)
class LabelledKeyResult:
    """Hold a key result with its labels; None where there is none, or where the raters disagree.

    Outputs and activities are both "task".
    """

    id: str
    text: str
    nature: LabelledNature | None = None
    number: bool | None = None
    baseline: BaselineKind | None = None

    def asks(self, rule: str) -> bool | None:
        """Say whether the labels ask for a rule; None where it is not judged.

        A task without a number is a task first, and only an outcome with a number can lack a baseline: one fault, one finding.
        """
        if rule == "kr-is-task":
            return None if self.nature in (None, "unclear") else self.nature == "task"
        if rule == "kr-no-number":
            judged = self.number is not None and (self.nature == "outcome" or (self.nature == "task" and self.number))
            return not self.number if judged else None
        if rule == "kr-no-baseline":
            return None if self.start is None else self.start == "none"
        msg = f"{rule!r} is not measured here; give one of {', '.join(RULES)}"
        raise ValueError(msg)

    @property
    def start(self) -> BaselineKind | None:
        """Give the kind of baseline where it is judged: on outcomes with a number."""
        return self.baseline if self.nature == "outcome" and self.number else None


@dataclass(frozen=True, slots=True)
class LabelledOkr:
    """Hold the labelled key results of one OKR with its objective, which is empty where the set has none."""

    id: str
    language: Language
    objective: str
    key_results: tuple[LabelledKeyResult, ...]


class _Row(BaseModel):
    """One line of a labelled file; what is not needed here is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    id: str = Field(min_length=1)
    kind: Literal["objective", "key_result"]
    text: str = Field(min_length=1)
    okr: str | None = None
    language: Language | None = None
    nature: Literal["outcome", "task", "output", "activity", "unclear"] | None = None
    number: bool | None = None
    baseline: BaselineKind | None = None
    contested: tuple[str, ...] = ()

    def key_result(self) -> LabelledKeyResult:
        """Give the key result with the labels that are not contested."""
        nature: LabelledNature | None = "task" if self.nature in ("output", "activity") else self.nature  # type: ignore[assignment]
        return LabelledKeyResult(
            self.id,
            self.text,
            None if "nature" in self.contested else nature,
            None if "number" in self.contested else self.number,
            None if "baseline" in self.contested else self.baseline,
        )


def read_labelled(folder: Path, language: Language | None = None) -> tuple[LabelledOkr, ...]:
    """Read the labelled OKRs of a folder, of one language or all; those without a key result are left out.

    Files are named like `dev.en.jsonl` and `dev.fr.jsonl`; another `*.jsonl` is read as well when its lines have a `kind` and
    a `text`. A line's language is its own `language`, else that of the file's name, else the one its words are in. Lines of
    one `okr` belong together; a line without one stands alone.

    Raises LabelledSetError for a folder without any, and for a line that cannot be read.
    """
    found: list[LabelledOkr] = []
    for path in sorted(folder.glob("*.jsonl")):
        found += _gather(path.stem, _named_language(path), _rows(path))
    kept = tuple(okr for okr in found if okr.key_results and language in (None, okr.language))
    if not kept:
        wanted = f"*.{language}.jsonl" if language else "*.en.jsonl or *.fr.jsonl"
        msg = (
            f"no labelled key results in {folder}: looked for {wanted} (such as dev.{language or 'en'}.jsonl), or any *.jsonl whose lines "
            'have "kind" and "text"; docs/models.md shows a line'
        )
        raise LabelledSetError(msg)
    return kept


def spread(okrs: Sequence[LabelledOkr], limit: int | None) -> tuple[LabelledOkr, ...]:
    """Take at most so many OKRs of each language, evenly spread over the set: the same ones every time."""
    languages = dict.fromkeys(okr.language for okr in okrs)
    return tuple(okr for language in languages for okr in _spread([okr for okr in okrs if okr.language == language], limit))


def _spread(each: Sequence[Each], limit: int | None) -> Sequence[Each]:
    if limit is None or limit >= len(each):
        return each
    return [each[(2 * place + 1) * len(each) // (2 * limit)] for place in range(limit)]


def _named_language(path: Path) -> Language | None:
    """Read the language from a name such as dev.fr.jsonl."""
    name = path.stem.rpartition(".")[2]
    return "fr" if name == "fr" else "en" if name == "en" else None


def _rows(path: Path) -> Iterator[_Row]:
    """Give the lines of a labelled file; none of a file that holds something else and is not named as one."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path} cannot be read as UTF-8 text: {error}"
        raise LabelledSetError(msg) from error
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if _named_language(path) is None and numbered and not _is_labelled(numbered[0][1]):
        return
    for number, line in numbered:
        yield _row(line, f"{path.name}, line {number}")


def _is_labelled(line: str) -> bool:
    try:
        row = json.loads(line)
    except ValueError:
        return False
    return isinstance(row, dict) and {"kind", "text"} <= row.keys()


def _row(line: str, place: str) -> _Row:
    try:
        return _Row.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        got = "" if first["type"] in ("missing", "json_invalid") else f", got {first['input']!r:.80}"
        msg = f"{place}: {where + ': ' if where else ''}{first['msg']}{got}; mend the line, or take it out"
        raise LabelledSetError(msg) from error


def _gather(stem: str, named: Language | None, rows: Iterable[_Row]) -> Iterator[LabelledOkr]:
    """Bring the lines of each OKR together, in their order; of several objectives the first counts."""
    members: dict[str, list[_Row]] = {}
    for row in rows:
        members.setdefault(f"okr {row.okr}" if row.okr is not None else f"line {row.id}", []).append(row)
    for lines in members.values():
        said = next((row.language for row in lines if row.language), named)
        objectives = [row.text for row in lines if row.kind == "objective"]
        yield LabelledOkr(
            f"{stem}/{lines[0].okr or lines[0].id}",
            said or detect_language("\n".join(row.text for row in lines)),
            objectives[0] if objectives else "",
            tuple(row.key_result() for row in lines if row.kind == "key_result"),
        )
