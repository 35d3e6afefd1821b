"""The house's own words in okr.toml: measures, names, teams and their objectives, and every mistake that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.errors import SettingsError
from reviewer.okr import Context, HouseMeasure, Team
from reviewer.rules import ALL_RULES
from reviewer.settings import load_settings

RULES = [rule.id for rule in ALL_RULES]

HOUSE = """\
check_in = "tous les lundis"
company_objectives = ["Faire passer le NRR de 104 % à 112 %", "Devenir la référence des ETI"]

[glossary]
names = ["Cadence 360", "Camille"]

[[glossary.measure]]
id = "indice-cadence"
fr = ["indice Cadence", "IC"]
en = ["Cadence index"]
unit = "points"
good = "up"
vanity = false
drives = ["nrr"]
driven_by = ["activation-rate"]
baseline = "tableau de bord produit"

[[glossary.measure]]
id = "win-rate"
fr = ["taux de bascule"]

[[teams]]
name = "Marketing"
company_objectives = [2, "Ouvrir le marché belge"]

[[teams]]
name = "PMM"
parent = "marketing"
"""


def load(folder: Path, text: str) -> Context:
    path = folder / "okr.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, RULES)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, text)
    return str(caught.value).removeprefix(str(folder / "okr.toml"))


def test_the_house_is_read(tmp_path: Path) -> None:
    context = load(tmp_path, HOUSE)
    assert context.check_in == "tous les lundis"
    assert context.settings.names == ("Cadence 360", "Camille")
    assert context.settings.measures == (
        HouseMeasure(
            id="indice-cadence",
            fr=("indice Cadence", "IC"),
            en=("Cadence index",),
            unit="points",
            good="up",
            vanity=False,
            drives=("nrr",),
            driven_by=("activation-rate",),
            baseline="tableau de bord produit",
        ),
        HouseMeasure(id="win-rate", fr=("taux de bascule",)),
    )


def test_objectives_that_only_a_team_names_stand_after_the_company_s(tmp_path: Path) -> None:
    context = load(tmp_path, HOUSE)
    assert context.company_objectives == (
        "Faire passer le NRR de 104 % à 112 %",
        "Devenir la référence des ETI",
        "Ouvrir le marché belge",
    )
    assert context.settings.teams == (
        Team(name="Marketing", company_objectives=("Devenir la référence des ETI", "Ouvrir le marché belge")),
        Team(name="PMM", parent="marketing"),
    )


@pytest.mark.parametrize("rule", RULES)
def test_the_severity_of_every_rule_can_be_set(tmp_path: Path, rule: str) -> None:
    assert load(tmp_path, f'[severities]\n{rule} = "advice"\n').settings.severities == {rule: "advice"}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_muted(tmp_path: Path, rule: str) -> None:
    (mute,) = load(tmp_path, f'[[mute]]\nrule = "{rule}"\nreason = "settled by the board"\n').settings.mutes
    assert mute.rule == rule


MEASURE = '[[glossary.measure]]\nid = "cadence-index"\nen = ["Cadence index"]\nunit = "points"\ngood = "up"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[glosary]\nnames = ["Cadence"]',
            ", line 1: unknown key 'glosary' with the value {'names': ['Cadence']} (did you mean 'glossary'?); the keys are profile, team, "
            "cycle, check_in, language, company_objectives, corpus, encoder, private_words, severities, glossary, teams, mute",
        ),
        ('checkin = "weekly"', ", line 1: unknown key 'checkin' with the value 'weekly' (did you mean 'check_in'?); the keys are "),
        ("check_in = 14", ', line 1: check_in is 14, not a text; write it between quotes: check_in = "14"'),
        ('glossary = ["Cadence"]', ", line 1: glossary is ['Cadence'], not a table; write [glossary] then names = "),
        (
            '[glossary]\nname = ["Cadence"]',
            ", line 2: unknown key 'name' in [glossary] (did you mean 'names'?); the keys are names, measure",
        ),
        ('[glossary]\nnames = "Cadence"', ", line 2: names is 'Cadence', not a list; write names = [\"Cadence\"]"),
        ('[glossary]\nnames = ["Cadence", 3]', ", line 2: names: item 2 is 3, not a name; write its text between quotes"),
        (
            '[glossary]\nnames = ["Cadence"]\nteam = "PMM"',
            ", line 3: 'team' stands under [glossary], where it is not read; move it above the first line in square brackets",
        ),
        ('[[measure]]\nid = "x"', ", line 1: unknown key 'measure'; write the house's own measures under [[glossary.measure]]"),
        (
            '[glossary.measure]\nid = "x"',
            ", line 1: measure is {'id': 'x'}, not a list of tables; write [[glossary.measure]], with two brackets, above each one",
        ),
        (
            MEASURE.replace('id = "cadence-index"\n', ""),
            ', line 1: a measure has no id; add id = "our-measure", by which drives and reports name it',
        ),
        (
            MEASURE.replace("cadence-index", "Indice Cadence"),
            ", line 2: the id 'Indice Cadence' is not written as ids are; write small letters and hyphens: id = \"indice-cadence\"",
        ),
        (
            MEASURE.replace('en = ["Cadence index"]\n', ""),
            ', line 1: the measure \'cadence-index\' has no name; add fr = ["..."] or en = ["..."], first the one that you say mid-sentence',
        ),
        (
            MEASURE.replace('["Cadence index"]', "[]"),
            ', line 1: the measure \'cadence-index\' has no name; add fr = ["..."] or en = ["..."], first the one that you say mid-sentence',
        ),
        (
            MEASURE.replace('["Cadence index"]', '"Cadence index"'),
            ", line 3: en is 'Cadence index', not a list; write en = [\"Cadence index\"]",
        ),
        (
            MEASURE.replace('unit = "points"\n', ""),
            ", line 2: the measure 'cadence-index' has no unit; add unit = \"percent\", or what fits",
        ),
        (
            '[[glossary.measure]]\nid = "win-rates"\nen = ["Wins"]\n',
            ", line 2: the measure 'win-rates' has no unit and no good (did you mean 'win-rate'?); "
            'add unit = "percent" and good = "up", or what fits',
        ),
        (
            MEASURE.replace('"points"', '"percents"'),
            ', line 4: unit is \'percents\' (did you mean \'percent\'?); write "percent", "points", "money", "days", "hours", '
            '"minutes", "seconds", "count", "score", "ratio" or "rank"',
        ),
        (MEASURE.replace('"up"', '"higher"'), ', line 5: good is \'higher\'; write "up" or "down"'),
        (MEASURE + 'vanity = "no"', ", line 6: vanity is 'no'; write true or false, without quotes"),
        (
            MEASURE + 'drive = ["nrr"]',
            ", line 6: unknown key 'drive' in [[glossary.measure]] (did you mean 'drives'?); the keys are id, fr, en, ",
        ),
        (
            MEASURE + 'drives = ["nrrr"]',
            ", line 6: drives names 'nrrr', which is no measure (did you mean 'nrr'?); `okr metrics` lists them",
        ),
        (MEASURE + 'driven_by = ["cadence-index"]', ", line 6: the measure 'cadence-index' cannot drive itself; take it out of driven_by"),
        (MEASURE + MEASURE, ", line 7: the measure 'cadence-index' is there twice; give each its own id, and all its names in one place"),
        (
            MEASURE + MEASURE.replace("cadence-index", "pace-index").replace("Cadence index", "cadence INDEX"),
            ", line 8: 'cadence INDEX' is a name of 'cadence-index' already; leave it to one of the two",
        ),
        (
            '[[teams]]\nnom = "PMM"',
            " has 2 mistakes\n  line 1: a team has no name; add name = \"PMM\", as the OKRs write it\n  line 2: unknown key 'nom'",
        ),
        (
            '[[teams]]\nname = "PMM"\n[[teams]]\nname = "pmm"',
            ", line 4: the team 'pmm' is there twice; write all that holds for it in one place",
        ),
        (
            '[[teams]]\nname = "Marketing"\n[[teams]]\nname = "PMM"\nparent = "Marketting"',
            ", line 5: the parent of 'PMM' is 'Marketting', which is no team here (did you mean 'Marketing'?); "
            "add it under [[teams]], or take the line out",
        ),
        (
            '[[teams]]\nname = "A"\nparent = "B"\n[[teams]]\nname = "B"\nparent = "A"',
            " has 2 mistakes\n  line 3: A -> B -> A: a team cannot stand above itself; take one parent out",
        ),
        (
            'company_objectives = ["Win"]\n[[teams]]\nname = "PMM"\ncompany_objectives = [2]',
            ", line 4: company_objectives names number 2, and company_objectives lists 1; write a number of the list, or its text",
        ),
        ('[[team]]\nname = "PMM"', ", line 1: [[team]] is read as [[teams]]; write it so, above each team"),
        ('team = "PMM"\n[[team]]\nname = "PMM"', " is not valid TOML: "),
    ],
)
def test_a_mistake_in_the_house_s_words_is_named(tmp_path: Path, text: str, message: str) -> None:
    assert refusal(tmp_path, text).startswith(message)


def test_a_team_written_in_both_ways_is_told_where_the_teams_stand(tmp_path: Path) -> None:
    assert "the house's teams stand under [[teams]]" in refusal(tmp_path, 'team = "PMM"\n[[team]]\nname = "PMM"')


def test_a_measure_without_a_name_is_refused_from_a_script_too() -> None:
    with pytest.raises(ValueError, match=r"the measure 'pace' has no name; give fr=\[\.\.\.\] or en=\[\.\.\.\]"):
        HouseMeasure(id="pace", unit="points", good="up")
