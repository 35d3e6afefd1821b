"""The published figures are those of this tree, and every door shows them."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from accuracy.labelled import RULES as MEASURED
from accuracy.publishing import COMMAND, FIGURES, PAGE, ROOT, ChangedRulesError, fingerprint, publish

from reviewer import __version__
from reviewer.cli import rulebook
from reviewer.rules import RULES

PUBLISHED = tomllib.loads(FIGURES.read_text(encoding="utf-8"))


def test_the_published_figures_are_those_of_these_rules() -> None:
    assert PUBLISHED["fingerprint"] == fingerprint(), (
        f"the rules or what they read changed after the figures were published; run: {COMMAND}, then: python docs/generate.py"
    )


def test_the_page_and_the_file_come_from_one_run() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"fingerprint: {PUBLISHED['fingerprint']}" in page
    assert f"Measured on {PUBLISHED['date']} with version {PUBLISHED['version']}" in page
    assert PUBLISHED["version"] == __version__


@pytest.mark.parametrize(
    "name", ["reviewer/rules/objective.py", "reviewer/language/nature/verbs.py", "reviewer/language/fr.toml", "corpus/metrics.toml"]
)
def test_the_fingerprint_changes_with_whatever_decides(name: str, tmp_path: Path) -> None:
    for folder in ("reviewer/rules", "reviewer/language"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "corpus").mkdir()
    for file in ("metrics.toml", "deliverables.toml"):
        shutil.copy(ROOT / "corpus" / file, tmp_path / "corpus")
    before = fingerprint(tmp_path)
    assert before == fingerprint()
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    assert fingerprint(tmp_path) != before


def test_figures_of_other_rules_are_not_published() -> None:
    with pytest.raises(ChangedRulesError):
        publish({}, measured="another fingerprint")


def test_every_measured_rule_has_figures_in_both_languages() -> None:
    found = {(row["rule"], row["language"], row["set"]) for row in PUBLISHED["figures"]}
    assert found == {(rule, language, name) for rule in MEASURED for language in ("en", "fr") for name in ("dev", "own")}
    for row in PUBLISHED["figures"]:
        assert 0 <= row["positives"] <= row["n"]
        assert all(0 <= row[name] <= 1 for name in ("precision", "recall", "f1") if name in row)


def test_each_rule_shows_its_figures_or_none() -> None:
    for rule in RULES:
        found = rulebook.accuracy(rule.id)
        assert (found is not None) is (rule.id in MEASURED)
        if found is None:
            assert rulebook.measured(rule.id, "en") is None
            continue
        assert found["date"] == PUBLISHED["date"]
        assert {(row["language"], row["set"]) for row in found["figures"]} == {(a, b) for a in ("en", "fr") for b in ("dev", "own")}
        english, french = rulebook.measured(rule.id, "en"), rulebook.measured(rule.id, "fr")
        assert english is not None and re.match(
            r"Measured: precision (1\.00|\.\d\d), recall (1\.00|\.\d\d) in English \(\d+ faults? among", english
        )
        assert french is not None and re.match(r"Mesuré\s: précision [01],\d\d, rappel [01],\d\d en français \(", french)


def test_the_page_of_rules_shows_them() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    for rule in MEASURED:
        assert str(rulebook.measured(rule, "en")) in page, "run python docs/generate.py"


def test_nothing_measured_is_no_figure_and_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(rulebook, "_FIGURES", tmp_path / "none.toml")
    rulebook._published.cache_clear()
    try:
        assert rulebook.accuracy("kr-is-task") is None
        assert rulebook.measured("kr-is-task", "fr") is None
    finally:
        rulebook._published.cache_clear()
