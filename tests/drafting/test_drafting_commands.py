"""`okr draft` and `okr rewrite`, end to end."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scripted_model import ScriptedModel, Status

from reviewer import review
from reviewer.okr import Draft

Run = Callable[..., Any]
Scripted = Callable[[Any], ScriptedModel]

WEAK = """\
Objective: Reps meet Nexia with confidence

- KR1: Create 3 new battlecards by June 30
- KR2: Raise the win rate against Nexia from 28% to 38% by June 30
- KR3: NPS of 40 in Q3
"""
SOUND = """\
Objective: Reps meet Nexia with confidence

- KR1: Raise the win rate against Nexia from 28% to 38% by June 30
- KR2: Raise NPS from 30 to 40 in Q3
"""


@pytest.fixture
def weak(tmp_path: Path) -> Path:
    path = tmp_path / "weak.md"
    path.write_text(WEAK, encoding="utf-8")
    return path


def _environment(model: ScriptedModel, tmp_path: Path) -> dict[str, str]:
    return {
        "OPENAI_API_BASE": model.url,
        "OPENAI_API_KEY": "sk-scripted-0123456789abcdef",
        "NO_PROXY": "127.0.0.1",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


def test_draft_shows_what_an_author_can_paste(okr: Run) -> None:
    ran = okr(
        "draft",
        "win",
        "more",
        "often",
        "against",
        "Nexia",
        "--cycle",
        "2026-Q4",
        "--objective",
        "Win new mid-market customers",
        examples=True,
    )
    assert (ran.code, ran.err) == (0, "")
    assert "Contributes to: Win new mid-market customers" in ran.out
    assert "\n- KR1: " in ran.out and "by the end of Q4 2026" in ran.out
    assert "✓ Ready" in ran.out and "To fill in" in ran.out and "without a model" in ran.out
    again = review("\n".join(line for line in ran.out.splitlines() if line.startswith(("## ", "- KR", "Contributes"))), examples=0)
    assert [len(each.key_results) for each in again.okrs] == [3]


def test_draft_speaks_french_for_a_french_idea(okr: Run) -> None:
    ran = okr("draft", "refondre la page tarifs")
    assert ran.code == 0
    assert "## Objectif\u00a0: " in ran.out and "✓ Prêt" in ran.out and "À compléter" in ran.out


def test_draft_reads_the_idea_from_standard_input(okr: Run) -> None:
    assert "battlecard" in okr("draft", "-", stdin=b"battlecards", LANG="en_GB.UTF-8").out


def test_draft_gives_json_that_is_a_list_of_drafts(okr: Run) -> None:
    ran = okr("draft", "battlecards", "--language", "fr", "--count", "2", "--format", "json")
    drafts = [Draft.model_validate(each) for each in json.loads(ran.raw)]
    assert [each.review.verdict for each in drafts] == ["ready", "ready"]
    assert [each.review.language for each in drafts] == ["fr", "fr"]


def test_the_markdown_of_a_draft_is_read_back_as_the_same_okr(okr: Run, tmp_path: Path) -> None:
    assert okr("draft", "work better with analysts", "--format", "markdown", "-o", "draft.md").out == ""
    text = (tmp_path / "draft.md").read_text(encoding="utf-8")
    (made,) = json.loads(okr("draft", "work better with analysts", "--format", "json").raw)
    (found,) = review(text, examples=0).okrs
    assert found.objective.text == made["okr"]["objective"]
    assert [kr.text for kr in found.key_results] == made["okr"]["key_results"]


def test_a_drafts_file_without_a_format_is_plain_text(okr: Run, tmp_path: Path) -> None:
    assert okr("draft", "churn", "--language", "en", "--count", "2", "-o", "drafts.txt").code == 0
    text = (tmp_path / "drafts.txt").read_text(encoding="utf-8")
    assert "Draft 1 of 2" in text and "Draft 2 of 2" in text and "\x1b" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("draft",), "IDEA"),
        (("draft", " "), "the idea is empty"),
        (("draft", "???"), "holds no word"),
        (("draft", "churn", "--count", "11"), "--count"),
        (("draft", "churn", "--objective", " "), "--objective"),
        (("draft", "churn", "--company", "none.txt"), "none.txt"),
        (("draft", "churn", "--redact"), "--model"),
        (("draft", "churn", "--model", "nonsense"), "nonsense"),
        (("draft", "churn", "--config", "a.toml", "--no-config"), "--no-config"),
        (("rewrite",), "FILE"),
        (("rewrite", "none.md"), "none.md"),
        (("rewrite", "-", "-"), "more than once"),
        (("rewrite", "-", "--write"), "--write"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_with_exit_code_2(arguments: tuple[str, ...], said: str, okr: Run) -> None:
    ran = okr(*arguments)
    assert ran.code == 2
    assert said in ran.err and ran.out == ""


def test_company_objectives_come_from_a_file_and_from_the_settings(okr: Run, tmp_path: Path) -> None:
    (tmp_path / "company.txt").write_text("# ours\n- Reach 115% NRR\n", encoding="utf-8")
    assert "Contributes to: Reach 115% NRR" in okr("draft", "lose fewer customers", "--company", "company.txt").out
    settings = 'company_objectives = ["Halve logo churn"]\nteam = "PMM"\nencoder = "/no/such/model"\n'
    (tmp_path / "okr.toml").write_text(settings, encoding="utf-8")
    assert "Contributes to: Halve logo churn" in okr("draft", "renewal campaign for small accounts").out


def test_a_models_draft_is_shown_after_saying_where_the_idea_goes(okr: Run, scripted_model: Scripted, tmp_path: Path) -> None:
    good = {
        "objective": "Reps walk into every Nexia deal expecting to win",
        "key_results": ["Raise the win rate against Nexia from [current win rate] to [target]", "Raise NPS from [current NPS] to [target]"],
        "contributes_to": None,
    }
    model = scripted_model([{"okrs": [good]}])
    ran = okr("draft", "win against Nexia", "--model", model.model, **_environment(model, tmp_path))
    assert ran.code == 0
    assert "the idea" in ran.err.splitlines()[0] and model.model in ran.err
    assert good["objective"] in ran.out and f"Worded by the model {model.model}" in ran.out
    assert "sk-scripted" not in ran.out + ran.err


def test_a_model_that_fails_leaves_a_draft_and_exit_code_4(okr: Run, scripted_model: Scripted, tmp_path: Path) -> None:
    model = scripted_model(lambda _: Status(401, '{"error": {"message": "bad key sk-scripted-0123456789abcdef"}}'))
    ran = okr("draft", "win against Nexia", "--model", model.model, **_environment(model, tmp_path))
    assert ran.code == 4
    assert "did not answer" in ran.out and "- KR1: " in ran.out
    assert "sk-scripted-0123456789abcdef" not in ran.out + ran.err


def test_rewrite_prints_a_diff_that_applies(okr: Run, weak: Path, tmp_path: Path) -> None:
    ran = okr("rewrite", "weak.md")
    assert ran.code == 1
    assert ran.out.startswith("--- weak.md\n+++ weak.md\n@@ ")
    assert "-- KR1: Create 3 new battlecards by June 30\n" in ran.out
    assert "+- KR3: Raise NPS from [current NPS] to 40 in Q3\n" in ran.out
    assert ran.err.splitlines() == ["okr: weak.md: KR 1: kr-is-task", "okr: weak.md: KR 3: kr-no-baseline"]
    assert weak.read_text(encoding="utf-8") == WEAK
    if shutil.which("patch"):
        subprocess.run(["patch", "-s", str(weak)], input=ran.raw, check=True, cwd=tmp_path)
        assert okr("rewrite", "weak.md").code == 0


def test_rewrite_of_a_sound_draft_is_silent(okr: Run, tmp_path: Path) -> None:
    (tmp_path / "sound.md").write_text(SOUND, encoding="utf-8")
    assert okr("rewrite", "sound.md")[:3] == (0, "", "")


def test_rewrite_reads_standard_input(okr: Run) -> None:
    ran = okr("rewrite", "-", stdin=WEAK.encode())
    assert ran.code == 1
    assert ran.out.startswith("--- standard-input\n")
    assert "okr: standard input: KR 1: kr-is-task" in ran.err


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("cp1252", b"")],
    ids=["UTF-8", "UTF-8 with a mark", "UTF-16 LE", "UTF-16 BE", "Windows-1252"],
)
def test_write_changes_the_file_and_keeps_encoding_line_ends_and_mode(encoding: str, mark: bytes, okr: Run, tmp_path: Path) -> None:
    text = "Objectif : Les commerciaux abordent Nexia en confiance\r\n\r\n- KR1 : Créer 3 battlecards\r\n- KR2 : Porter le NPS de 30 à 40 d'ici fin juin\r\n"
    path = tmp_path / "faible.md"
    path.write_bytes(mark + text.encode(encoding))
    path.chmod(0o640)
    ran = okr("rewrite", "faible.md", "--write")
    assert (ran.code, ran.out) == (0, "")
    assert "KR 1: kr-is-task" in ran.err.replace("\u00a0", "")
    data = path.read_bytes()
    assert data.startswith(mark)
    new = data[len(mark) :].decode(encoding)
    assert "Faire passer le taux d'utilisation des battlecards de [taux d'utilisation actuel] à [cible]\r\n" in new
    assert new.replace("\r\n", "").count("\n") == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".faible")] == []
    assert okr("rewrite", "faible.md", "--write").err == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(okr: Run, weak: Path) -> None:
    weak.parent.chmod(0o500)
    try:
        ran = okr("rewrite", "weak.md", "--write")
    finally:
        weak.parent.chmod(0o700)
    assert ran.code == 2 and "weak.md cannot be written" in ran.err


def test_one_unreadable_file_does_not_stop_the_others(okr: Run, weak: Path) -> None:
    ran = okr("rewrite", "none.md", "weak.md")
    assert ran.code == 2
    assert "none.md cannot be read" in ran.err and "+++ weak.md" in ran.out


def test_a_model_rewrites_what_no_rule_can_and_is_named(okr: Run, scripted_model: Scripted, tmp_path: Path) -> None:
    (tmp_path / "task.md").write_text(SOUND.replace("Reps meet Nexia with confidence", "Publish the comparison page"), encoding="utf-8")
    model = scripted_model([{"rewrites": [{"key_result": None, "text": "Buyers who compare us choose us"}]}])
    ran = okr("rewrite", "task.md", "--model", model.model, **_environment(model, tmp_path))
    assert ran.code == 1
    assert "+Objective: Buyers who compare us choose us\n" in ran.out
    assert "objective: objective-is-task (worded by the model, checked by the rules)" in ran.err


def test_a_failing_model_leaves_the_rules_diff_and_exit_code_4(okr: Run, scripted_model: Scripted, weak: Path, tmp_path: Path) -> None:
    weak.write_text(WEAK.replace("Reps meet Nexia with confidence", "Publish the comparison page"), encoding="utf-8")
    model = scripted_model(lambda _: Status(401, '{"error": {"message": "no"}}'))
    ran = okr("rewrite", "weak.md", "--model", model.model, **_environment(model, tmp_path))
    assert ran.code == 4
    assert "+- KR3: Raise NPS from [current NPS] to 40 in Q3\n" in ran.out and "did not answer" in ran.err


def test_the_commands_are_listed_with_their_exit_codes(okr: Run) -> None:
    assert {"draft", "rewrite"} <= {line.split()[0] for line in okr("--help").out.splitlines() if line.startswith("  ") and line.split()}
    assert "1  changes are proposed" in okr("rewrite", "--help").out
    assert "4  the model asked did not answer" in okr("draft", "--help").out
