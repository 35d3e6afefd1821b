"""Read files of examples: those that come with the package, and a user's own."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from reviewer.catalogue import metrics
from reviewer.corpus.example import Corpus, ExampleOkr, ExamplePair, PairKind, name_measures
from reviewer.data import data_folder
from reviewer.errors import ReviewerError
from reviewer.language.detect import detect_language
from reviewer.language.glossary import at_home
from reviewer.okr import Language

_LANGUAGES: tuple[Language, ...] = ("fr", "en")
_OKR_KEYS = ("id", "work", "company", "team", "objective", "contributes_to", "key_results", "language")
_PAIR_KEYS = ("id", "language", "rule", "kind", "work", "weak", "strong", "why", "metric", "context")


class CorpusError(ReviewerError):
    """Refuse a file of examples; names the file, the entry, the key and what was expected."""


def load_corpus(extra: Path | str | None = None) -> Corpus:
    """Load the examples that come with the package, and those of the TOML file `extra` (`[[okr]]` and `[[pair]]`).

    Raises CorpusError naming the file, the entry and the key that is wrong.
    """
    with at_home(None):  # a corpus is loaded once for all reviews: its measures are the catalogue's
        return _load(extra)


def _load(extra: str | Path | None) -> Corpus:
    if extra is None:
        return _own()
    path = Path(extra)
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        msg = f"the examples file {path} cannot be read: {error.strerror or error}; check the name given to --corpus"
        raise CorpusError(msg) from error
    return _with_extra(path, stamp)


@cache
def _own() -> Corpus:
    folder = data_folder("corpus")
    okrs: list[ExampleOkr] = []
    for language in _LANGUAGES:
        okrs += _read(folder / f"examples.{language}.toml").okrs
    return Corpus(tuple(okrs), _read(folder / "pairs.toml").pairs)


@lru_cache(maxsize=4)
def _with_extra(path: Path, stamp: int) -> Corpus:  # `stamp` makes a changed file a new one
    own, extra = _own(), _read(path)
    if not extra.okrs and not extra.pairs:
        msg = f'{path} holds no example: write at least one [[okr]] with objective = "..." and key_results = ["..."]'
        raise CorpusError(msg)
    taken = {each.id for each in own.okrs} | {each.id for each in own.pairs}
    named = [("okr", at, each.id) for at, each in enumerate(extra.okrs, 1)]
    named += [("pair", at, each.id) for at, each in enumerate(extra.pairs, 1)]
    for kind, number, name in named:
        if name in taken:
            msg = f"{path}, {kind} {number}, key 'id': {name!r} is taken by another example; choose another id"
            raise CorpusError(msg)
        taken.add(name)
    rules = {each.rule for each in own.pairs}
    for number, pair in enumerate(extra.pairs, 1):
        if pair.rule not in rules:
            msg = f"{path}, pair {number} ({pair.id}), key 'rule': {pair.rule!r} is no rule with examples{_near(pair.rule, sorted(rules))}"
            raise CorpusError(msg)
        if unknown := sorted(pair.metrics - metrics().keys()):
            msg = (
                f"{path}, pair {number} ({pair.id}), key 'metric': {unknown[0]!r} is not in the catalogue{_near(unknown[0], [*metrics()])}"
            )
            raise CorpusError(msg)
    return Corpus(own.okrs + extra.okrs, own.pairs + extra.pairs)


def _read(path: Path) -> Corpus:
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 text (byte {error.start + 1}); save it as UTF-8"
        raise CorpusError(msg) from error
    except OSError as error:
        msg = f"the examples file {path} cannot be read: {error.strerror or error}; check the name given to --corpus"
        raise CorpusError(msg) from error
    except tomllib.TOMLDecodeError as error:
        msg = f"{path} is not valid TOML: {error}; mend that line (texts stand between quotes)"
        raise CorpusError(msg) from error
    suffix = path.suffixes[-2:-1]
    spoken = suffix[0][1:] if suffix and suffix[0][1:] in _LANGUAGES else None
    for key in data:
        if key not in ("okr", "pair"):
            msg = f"{path}: the table {key!r} is not known here{_near(key, ('okr', 'pair'))}; examples stand under [[okr]] or [[pair]]"
            raise CorpusError(msg)
    okrs = [_Entry(path, "okr", number, row, _OKR_KEYS).okr(spoken) for number, row in enumerate(_tables(path, data, "okr"), 1)]
    pairs = [_Entry(path, "pair", number, row, _PAIR_KEYS).pair() for number, row in enumerate(_tables(path, data, "pair"), 1)]
    return Corpus(tuple(okrs), tuple(pairs))


def _tables(path: Path, data: dict[str, Any], name: str) -> list[Any]:
    rows = data.get(name, [])
    if not isinstance(rows, list):
        msg = f"{path}: [{name}] must be written [[{name}]], with double brackets, once per example"
        raise CorpusError(msg)
    return rows


def _near(wrong: str, right: Sequence[str]) -> str:
    close = difflib.get_close_matches(wrong, right, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


class _Entry:
    """Read one table of a file of examples, naming file, entry and key when something is wrong."""

    def __init__(self, path: Path, kind: str, number: int, row: Any, keys: Sequence[str]) -> None:
        self._place = f"{path}, {kind} {number}"
        if not isinstance(row, dict):
            msg = f"{self._place}: must be a table, got {row!r}; write [[{kind}]] and its keys below"
            raise CorpusError(msg)
        if isinstance(row.get("id"), str):
            self._place += f" ({row['id']})"
        self._row = row
        for key in row:
            if key not in keys:
                msg = f"{self._place}, key {key!r}: not known{_near(key, keys)}; keys are {', '.join(keys)}"
                raise CorpusError(msg)

    def okr(self, spoken: str | None) -> ExampleOkr:
        """Read an example OKR; without `language` the file's name tells it, then its words."""
        objective, key_results = self.text("objective"), self.texts("key_results")
        said = self.choice("language", _LANGUAGES, spoken or detect_language("\n".join((objective, *key_results))))
        language = cast(Language, said)
        return ExampleOkr(
            id=self.text("id"),
            language=language,
            work=self.text("work", "other"),
            objective=objective,
            key_results=key_results,
            metrics=tuple(name_measures(text, language) for text in key_results),
            company=self.maybe("company"),
            team=self.maybe("team"),
            contributes_to=self.maybe("contributes_to"),
        )

    def pair(self) -> ExamplePair:
        """Read a weak statement and its strong form."""
        kind = self.choice("kind", ("key_result", "objective", "okr"), "key_result")
        weak = self.texts("weak") if kind == "okr" else (self.text("weak"),)
        strong = self.texts("strong") if kind == "okr" else (self.text("strong"),)
        language = cast(Language, self.choice("language", _LANGUAGES, detect_language("\n".join(strong))))
        metric = self.maybe("metric")
        return ExamplePair(
            id=self.text("id"),
            language=language,
            rule=self.text("rule"),
            kind=cast(PairKind, kind),
            work=self.text("work", "other"),
            weak=weak,
            strong=strong,
            why=self.text("why", ""),
            metrics=frozenset({metric} if metric else ()) | (name_measures(strong[0], language) if kind == "key_result" else frozenset()),
            context=self.maybe("context"),
        )

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text that must be there, unless it has a default."""
        value = self._row.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            self._refuse(key, "a text", value)
        return str(value)

    def maybe(self, key: str) -> str | None:
        """Read a text that may be left out."""
        return self.text(key) if key in self._row else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of at least one text."""
        value = self._row.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item.strip() for item in value):
            self._refuse(key, "a list of texts", value)
        return tuple(cast(list[str], value))

    def choice(self, key: str, allowed: Sequence[str], default: str) -> str:
        """Read one of a few words."""
        value = self._row.get(key, default)
        if value not in allowed:
            self._refuse(key, "one of " + ", ".join(allowed), value)
        return str(value)

    def _refuse(self, key: str, wanted: str, value: Any) -> None:
        found = f"got {value!r}" if key in self._row else "it is missing"
        msg = f"{self._place}, key {key!r}: must be {wanted}, {found}"
        raise CorpusError(msg)
