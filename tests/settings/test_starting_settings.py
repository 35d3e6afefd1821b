"""`okr init`: what it writes is read without a mistake, as it is and with everything in it put to use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from reviewer.cli import okr
from reviewer.errors import SettingsError
from reviewer.okr import Context, Language
from reviewer.rules import ALL_RULES
from reviewer.settings import load_settings, start_settings

RULES = [rule.id for rule in ALL_RULES]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

_CODE = re.compile(r'# (?=\[|\]|[a-z_-]+ = |  ")')


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_writes_changes_nothing_as_it_stands(tmp_path: Path, language: Language) -> None:
    assert load_settings(start_settings(tmp_path, language), RULES) == Context()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_it_loads_once_put_to_use(tmp_path: Path, language: Language) -> None:
    path = start_settings(tmp_path, language)
    text = "".join(
        _CODE.sub("", line, count=1) if _CODE.match(line) else line for line in path.read_text("utf-8").splitlines(keepends=True)
    )
    for name in re.findall(r'^corpus = "(.+)"', text, re.MULTILINE):
        (tmp_path / name).write_text("", encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    context = load_settings(path, RULES)
    assert context.cycle and context.team and context.check_in and context.language == language
    assert len(context.company_objectives) == 2
    settings = context.settings
    assert settings.corpus and settings.private_words and settings.severities and settings.mutes and settings.names
    assert [each.id for each in settings.measures] and settings.measures[0].fr and settings.measures[0].en
    assert [team.name for team in settings.teams] == ["Marketing", "PMM"]
    assert settings.teams[0].company_objectives == (context.company_objectives[1],)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_every_setting(tmp_path: Path, language: Language) -> None:
    from reviewer.settings.values import TOP_KEYS

    text = start_settings(tmp_path, language).read_text(encoding="utf-8")
    missing = [key for key in TOP_KEYS if key != "encoder" and not re.search(rf"^(?:# )?(?:\[+{key}\b|{key} =)", text, re.MULTILINE)]
    assert missing == []


def test_settings_that_are_there_are_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "okr.toml"
    path.write_text('team = "PMM"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"okr\.toml is there already and stays as it is; change it, or name another folder"):
        start_settings(tmp_path, "en")
    assert path.read_text(encoding="utf-8") == 'team = "PMM"\n'


def test_settings_of_a_pyproject_are_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.okr]\nteam = "PMM"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"holds settings already, under \[tool\.okr\], which okr\.toml would hide"):
        start_settings(tmp_path, "en")
    assert not (tmp_path / "okr.toml").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none.okr\.toml cannot be written: No such file or directory"):
        start_settings(tmp_path / "none", "en")


@pytest.mark.parametrize(
    ("locale", "said", "begins"), [("fr_FR.UTF-8", "est écrit", "# Réglages"), ("en_US.UTF-8", "is written", "# How OKRs")]
)
def test_the_command_speaks_the_system_s_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, said: str, begins: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    ran = CliRunner().invoke(okr, ["init", str(tmp_path)])
    assert said in ran.output and "okr.toml" in ran.output
    assert (tmp_path / "okr.toml").read_text(encoding="utf-8").startswith(begins)


def test_the_command_takes_a_language_and_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    CliRunner().invoke(okr, ["init", "--language", "fr"])
    assert (tmp_path / "okr.toml").read_text(encoding="utf-8").startswith("# Réglages")
