"""Settings: what is read from okr.toml and pyproject.toml, and every mistake that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.errors import SettingsError
from reviewer.okr import Context, Mute, Settings
from reviewer.settings import find_settings, load_settings

RULES = ("kr-is-task", "kr-no-number", "kr-no-baseline", "objective-is-task", "okr-not-aligned")

FULL = """\
profile = "wide"
team = "PMM"
cycle = "2026-Q4"
language = "fr"
company_objectives = ["Passer le NRR de 104 % à 112 %", "Devenir la référence du mid-market"]
private_words = ["projet Comète", " Brévent "]

[severities]
kr-no-baseline = "advice"
objective-is-task = "error"

[[mute]]
rule = "kr-is-task"
reason = "Le pilote se juge au trimestre prochain"
expires = 2026-12-31
contains = "battlecards"

[[mute]]
rule = "kr-no-number"
reason = "Texte imposé par le siège"
"""


def write(folder: Path, text: str, name: str = "okr.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str, name: str = "okr.toml") -> str:
    path = write(folder, text, name)
    with pytest.raises(SettingsError) as caught:
        load_settings(path, RULES)
    message = str(caught.value)
    assert message.startswith(str(path))
    return message.removeprefix(str(path))


def test_every_key_is_read(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, FULL), RULES) == Context(
        company_objectives=("Passer le NRR de 104 % à 112 %", "Devenir la référence du mid-market"),
        team="PMM",
        cycle="2026-Q4",
        language="fr",
        settings=Settings(
            profile="wide",
            private_words=("projet Comète", "Brévent"),
            severities={"kr-no-baseline": "advice", "objective-is-task": "error"},
            mutes=(
                Mute(
                    rule="kr-is-task",
                    reason="Le pilote se juge au trimestre prochain",
                    expires="2026-12-31",
                    contains="battlecards",
                ),
                Mute(rule="kr-no-number", reason="Texte imposé par le siège"),
            ),
        ),
    )


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, ""), RULES) == Context()


def test_a_byte_order_mark_and_a_date_as_text_are_accepted(tmp_path: Path) -> None:
    text = '\ufeff[[mute]]\nrule = "kr-is-task"\nreason = "Pilot"\nexpires = "2026-12-31"\n'
    assert load_settings(write(tmp_path, text), RULES).settings.mutes[0].expires == "2026-12-31"


def test_pyproject_is_read_under_tool_okr(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.okr]\nteam = "PMM"\n[tool.okr.severities]\nkr-is-task = "warning"\n'
    context = load_settings(write(tmp_path, text, "pyproject.toml"), RULES)
    assert (context.team, context.settings.severities) == ("PMM", {"kr-is-task": "warning"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'profil = "wide"',
            ", line 1: unknown key 'profil' with the value 'wide' (did you mean 'profile'?); "
            "the keys are profile, team, cycle, check_in, language, company_objectives, corpus, encoder, private_words, severities, glossary, teams, mute",
        ),
        ('team = "PMM"\nprofile = "large"', ', line 2: profile is \'large\'; write "article" or "wide"'),
        (
            'profile = "Article"',
            ", line 1: profile is 'Article' (did you mean 'article'?); write \"article\" or \"wide\"",
        ),
        ("profile = 3", ', line 1: profile is 3; write "article" or "wide"'),
        ('language = "de"', ', line 1: language is \'de\'; write "fr" or "en"'),
        ("cycle = 2026", ', line 1: cycle is 2026, not a text; write it between quotes: cycle = "2026"'),
        ('team = "  "', ", line 1: team is empty ('  '); write a text or take the line out"),
        (
            'company_objectives = "Grow NRR"',
            ", line 1: company_objectives is 'Grow NRR', not a list; write company_objectives = [\"Grow NRR\"]",
        ),
        (
            "company_objectives = 3",
            ', line 1: company_objectives is 3, not a list; write company_objectives = ["first objective", "second objective"]',
        ),
        (
            'company_objectives = ["Grow NRR", 4]',
            ", line 1: company_objectives: item 2 is 4, not an objective; write its text between quotes",
        ),
        (
            "private_words = false",
            ', line 1: private_words is False, not a list; write private_words = ["Product name", "Customer name"]',
        ),
        (
            'private_words = ["Comète", ""]',
            ", line 1: private_words: item 2 is '', not a word; write its text between quotes",
        ),
        (
            'privatewords = ["Comète"]',
            ", line 1: unknown key 'privatewords' with the value ['Comète'] (did you mean 'private_words'?); "
            "the keys are profile, team, cycle, check_in, language, company_objectives, corpus, encoder, private_words, severities, glossary, teams, mute",
        ),
        (
            'ignore = ["kr-is-task"]',
            ", line 1: ignore = ['kr-is-task'] is not accepted: a mute needs a reason; "
            'write [[mute]] with rule = "..." and reason = "..." for each rule',
        ),
        (
            "[severities]\nkr-is-taks = 'error'",
            ", line 2: unknown rule 'kr-is-taks' in [severities] (did you mean 'kr-is-task'?); `okr rules` lists them",
        ),
        (
            "[severities]\nKR_NO_NUMBER = 'error'",
            ", line 2: unknown rule 'KR_NO_NUMBER' in [severities] (did you mean 'kr-no-number'?); `okr rules` lists them",
        ),
        (
            '[severities]\nkr-is-task = "warn"',
            ', line 2: kr-is-task has the severity \'warn\' (did you mean \'warning\'?); write "error", "warning" or "advice"',
        ),
        (
            "[severities]\nkr-is-task = 2",
            ', line 2: kr-is-task has the severity 2; write "error", "warning" or "advice"',
        ),
        (
            '[severities]\nkr-is-task = "off"',
            ', line 2: kr-is-task = \'off\': a rule is not switched off here; write [[mute]] with rule = "..." and reason = "..."',
        ),
        (
            'severities = "error"',
            ", line 1: severities is 'error', not a table; write [severities] then kr-is-task = \"warning\"",
        ),
        (
            '[severities]\nkr-is-task = "error"\nteam = "PMM"',
            ", line 3: 'team' stands under [severities], where it is not read; move it above the first line in square brackets",
        ),
        (
            '[[mute]]\nrule = "kr-is-task"',
            ", line 1: the mute of 'kr-is-task' has no reason; add reason = \"why this rule does not hold here\"",
        ),
        (
            '[[mute]]\nrule = "kr-is-task"\nreason = "x"',
            ", line 3: the mute of 'kr-is-task' has the reason 'x', too short to tell a colleague why; write a few words",
        ),
        (
            '[[mute]]\nrule = "kr-is-task"\nreason = ""',
            ", line 3: reason is empty (''); write a text or take the line out",
        ),
        (
            '[[mute]]\nreason = "Pilot"',
            ', line 1: a mute has no rule; add rule = "kr-is-task", or whichever rule it silences',
        ),
        (
            '[[mute]]\nrule = "kr-task"\nreason = "Pilot"',
            ", line 2: unknown rule 'kr-task' in [[mute]] (did you mean 'kr-is-task'?); `okr rules` lists them",
        ),
        (
            '[[mute]]\nrule = "kr-is-task"\nreason = "Pilot"\nexpires = "31/12/2026"',
            ", line 4: the mute of 'kr-is-task' expires on '31/12/2026', which is not a date; write expires = 2026-12-31 (year-month-day)",
        ),
        (
            '[[mute]]\nrule = "kr-is-task"\nreason = "Pilot"\nexpires = 2026-12-31T08:00:00',
            ", line 4: the mute of 'kr-is-task' expires on '2026-12-31T08:00:00', which is not a date; "
            "write expires = 2026-12-31 (year-month-day)",
        ),
        (
            '[[mute]]\nrule = "kr-is-task"\nreasons = "Pilot"\nreason = "Pilot"',
            ", line 3: unknown key 'reasons' in [[mute]] (did you mean 'reason'?); the keys are rule, reason, expires, contains",
        ),
        (
            '[[mute]]\nrule = "kr-is-task"\nreason = "Pilot"\nteam = "PMM"',
            ", line 4: 'team' stands under [[mute]], where it is not read; move it above the first line in square brackets",
        ),
        (
            '[mute]\nrule = "kr-is-task"\nreason = "Pilot"',
            ", line 1: mute is {'rule': 'kr-is-task', 'reason': 'Pilot'}, not a list of tables; "
            "write [[mute]], with two brackets, above each one",
        ),
        (
            'mute = ["kr-is-task"]',
            ', line 1: mute holds \'kr-is-task\', not a table: a mute needs a reason; write [[mute]] with rule = "..." and reason = "..."',
        ),
        (
            '[tool.okr]\nteam = "PMM"',
            ", line 1: [tool.okr] belongs in pyproject.toml; in okr.toml write the keys without it",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_value_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    assert refusal(tmp_path, text) == message


def test_the_second_mute_is_told_from_the_first(tmp_path: Path) -> None:
    text = FULL + "reasons = 1\n"
    assert refusal(tmp_path, text).startswith(", line 21: unknown key 'reasons' in [[mute]]")


def test_several_mistakes_are_listed_at_once_in_order(tmp_path: Path) -> None:
    message = refusal(tmp_path, 'language = "de"\nprofil = "wide"\n[severities]\nkr-x = "error"\n[[mute]]\n')
    head, *lines = message.splitlines()
    assert head == " has 5 mistakes"
    assert [line.split(":")[0] for line in lines] == ["  line 1", "  line 2", "  line 4", "  line 5", "  line 5"]


def test_a_rule_like_no_other_gets_no_guess(tmp_path: Path) -> None:
    assert "did you mean" not in refusal(tmp_path, '[severities]\nzzzz = "error"')


def test_in_pyproject_the_remedies_name_its_tables(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.okr]\nignore = ["kr-is-task"]\n[tool.okr.severities]\nteam = "PMM"\n'
    message = refusal(tmp_path, text, "pyproject.toml")
    assert "line 5: ignore = ['kr-is-task'] is not accepted" in message
    assert "write [[tool.okr.mute]] with" in message
    assert "line 7: 'team' stands under [tool.okr.severities], where it is not read; move it under [tool.okr]" in message


def test_toml_that_does_not_parse_is_refused_with_its_line(tmp_path: Path) -> None:
    message = refusal(tmp_path, "team = PMM\n")
    assert message.startswith(" is not valid TOML: Invalid value (at line 1, column 8)")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "okr.toml"
    path.write_bytes('team = "Équipe"'.encode("cp1252"))
    with pytest.raises(SettingsError, match=r"okr\.toml is not UTF-8 text \(byte 9\); save it as UTF-8"):
        load_settings(path, RULES)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml cannot be read: No such file or directory; check the name"):
        load_settings(tmp_path / "none.toml", RULES)


@pytest.mark.parametrize("text", ["", "[tool]\n", "[tool.ruff]\n", "tool = 3\n", "[tool]\nokr = 3\n"])
def test_a_pyproject_without_our_table_is_refused_when_named(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, text, "pyproject.toml").startswith(" has no table [tool.okr]; add it")


def test_the_nearest_settings_win(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    top = write(tmp_path, "")
    assert find_settings(deep) == top
    shared = write(tmp_path / "a", "[tool.okr]\n", "pyproject.toml")
    assert find_settings(deep) == shared
    own = write(tmp_path / "a", "")
    assert find_settings(deep) == own


def test_a_pyproject_of_others_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    top = write(tmp_path, "")
    write(tmp_path / "a", "[tool.ruff]\n", "pyproject.toml")
    assert find_settings(tmp_path / "a") == top


def test_a_broken_pyproject_counts_only_when_it_has_our_table(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    path = write(tmp_path, "version = oops\n", "pyproject.toml")
    assert find_settings(tmp_path) is None
    write(tmp_path, "version = oops\n[tool.okr]\n", "pyproject.toml")
    assert find_settings(tmp_path) == path


def test_the_search_stops_at_the_repository_root(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "okrs").mkdir()
    write(tmp_path, "")
    assert find_settings(repository / "okrs") is None
    own = write(repository, "")
    assert find_settings(repository / "okrs") == own


def test_the_search_stops_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    (home / "drafts").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    write(tmp_path, "")
    assert find_settings(home / "drafts") is None
    own = write(home, "")
    assert find_settings(home / "drafts") == own


# Examples


def test_the_examples_file_stands_relative_to_the_settings(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "okrs.toml").write_text("", encoding="utf-8")
    path = write(tmp_path, 'corpus = "house/okrs.toml"\n')
    assert load_settings(path, RULES).settings.corpus == str(tmp_path / "house" / "okrs.toml")
    path = write(tmp_path, '[tool.okr]\ncorpus = "house/okrs.toml"\n', "pyproject.toml")
    assert load_settings(path, RULES).settings.corpus == str(tmp_path / "house" / "okrs.toml")


def test_an_absolute_examples_file_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "okrs.toml").write_text("", encoding="utf-8")
    (tmp_path / "team").mkdir()
    path = write(tmp_path / "team", f"corpus = '{tmp_path / 'okrs.toml'}'\n")
    assert load_settings(path, RULES).settings.corpus == str(tmp_path / "okrs.toml")


def test_an_examples_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    message = refusal(tmp_path, 'team = "PMM"\ncorpus = "none.toml"\n')
    assert message == (
        f", line 2: corpus is 'none.toml', and there is no file {tmp_path / 'none.toml'}; write its path as seen from {tmp_path}"
    )


@pytest.mark.parametrize("key", ["corpus", "encoder"])
@pytest.mark.parametrize(("value", "said"), [("3", "not a text"), ('" "', "is empty"), ('["a"]', "not a text")])
def test_corpus_and_encoder_are_texts(tmp_path: Path, key: str, value: str, said: str) -> None:
    message = refusal(tmp_path, f"{key} = {value}\n")
    assert f"{key} " in message
    assert said in message


def test_the_encoder_is_a_name_or_a_folder_relative_to_the_settings(tmp_path: Path) -> None:
    (tmp_path / "models" / "e5").mkdir(parents=True)
    for value, expected in (
        ("intfloat/multilingual-e5-small", "intfloat/multilingual-e5-small"),
        ("models/e5", str(tmp_path / "models" / "e5")),
        ("./models/none", str(tmp_path / "models" / "none")),
    ):
        assert load_settings(write(tmp_path, f'encoder = "{value}"\n'), RULES).settings.encoder == expected
