"""The HTML report: what it shows and where, for whom, and that a draft can never become part of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import resources

import pytest
from parsed import Node, parse

from reviewer.okr import Review
from reviewer.report import render_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</style><script>alert(1)</script>",
    "<!--",
    "]]>",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "${alert(1)} {{constructor}} {0} %s",
    "</details></div></body></html>",
    "\x00\x1b[31m\u202eevil",
]
ELEMENTS = set(
    "html head meta title style body main header h1 h2 h3 h4 p ol ul li div section nav a span mark b strong code details summary blockquote dl dt dd".split()
)


def texts(nodes: list[Node]) -> list[str]:
    return [node.text for node in nodes]


def test_the_verdict_comes_first_with_its_three_steps_and_the_counts(french: Review) -> None:
    page = parse(render_html(french))
    assert page.one("html").attributes["lang"] == "fr"
    assert page.one("h1").text == "À revoir avant le trimestre"
    steps = page.one("ol", "steps").all("li")
    assert texts(steps) == ["À repenser", "! À revoir", "Prêt"]
    assert [step.attributes.get("aria-current") for step in steps] == [None, "step", None]
    assert page.one("p", "counts").text == "1 point bloquant, 1 à corriger, 1 conseil. 23 contrôles passés, 2 sans objet."
    order = [node.attributes.get("class", "") for node in page.one("main").children if isinstance(node, Node)]
    assert order == ["card", "card", "card", "card", "card", "card ends", "foot"]


def test_the_draft_stands_as_written_with_the_words_concerned_marked(french: Review) -> None:
    page = parse(render_html(french))
    assert page.one("h2", "objective").text == french.okrs[0].objective.text
    rows = page.one("ol", "krs").all("li")
    statements = [row.all("p")[0].text for row in page.one("ol", "krs").children if isinstance(row, Node)]
    assert statements == [key_result.text for key_result in french.okrs[0].key_results]
    assert rows[0].all("mark") == []
    marks = [(mark.text, mark.attributes["class"]) for mark in page.all("mark")]
    assert marks == [("Créer 3 nouvelles battlecards", "error"), ("Satisfaction Sales", "advice"), ("8/10 minimum", "warning")]


def test_each_mark_leads_to_the_finding_about_it(french: Review) -> None:
    page = parse(render_html(french))
    for mark in page.all("mark"):
        about = [node for node in page.walk() if node.attributes.get("id") == mark.attributes["aria-describedby"]]
        assert len(about) == 1
        assert about[0].attributes["class"] == f"finding {mark.attributes['class']}"


def test_findings_stand_under_their_statement_most_serious_first(french: Review) -> None:
    page = parse(render_html(french))
    rows = [row for row in page.one("ol", "krs").children if isinstance(row, Node)]
    assert [[one.text.split("  ")[0].split("\u00a0")[0][:12] for one in row.all("strong", "sev")] for row in rows] == [
        [],
        ["✕ Bloquant"],
        ["! À corriger", "i Conseil"],
    ]
    task = rows[1].one("div", "finding")
    assert "elle peut être faite sans que rien ne change" in task.all("p")[0].text
    assert task.one("p", "fix").text.startswith("→Écrivez ce que")
    why = task.one("details").text
    assert "Un Key Result est une preuve" in why
    assert "Les avis divergent\u00a0: Certaines équipes" in why
    assert "Confiance\u00a0: 92\u202f%" in why
    assert "Règle\u00a0: kr-is-task" in why
    assert [link.attributes["href"] for link in task.all("a")] == ["https://www.whatmatters.com/"]
    assert all("open" not in node.attributes for node in page.all("details"))


def test_slots_are_visible_things(french: Review) -> None:
    page = parse(render_html(french))
    assert texts(page.one("div", "rewrite").all("span", "slot")) == ["win rate actuel", "cible"]
    assert "[" not in page.one("div", "rewrite").text
    assert "note actuelle" in texts(page.all("span", "slot"))


def test_what_was_read_from_a_key_result_is_said_in_words(french: Review) -> None:
    page = parse(render_html(french))
    chips = [[(chip.text, chip.attributes.get("class")) for chip in row.all("li")] for row in page.all("ul", "chips")]
    assert chips == [
        [("✓ Résultat", "good"), ("Départ 25 %", None), ("Cible 70 %", None), ("Échéance fin du cycle", None)],
        [("✕ Livrable", "bad"), ("Compte 3", None)],
        [("✓ Résultat", "good"), ("Départ\u202f? À préciser", "missing"), ("Cible 8/10", None), ("Échéance\u202f? À préciser", "missing")],
    ]


def test_what_stands_around_the_draft_is_shown_when_given(french: Review) -> None:
    page = parse(render_html(french))
    assert texts(page.one("ol", "path").all("li"))[-1] == "Gagner des parts de marché face aux deux leaders"
    titles = texts(page.all("h3", "block"))
    assert titles == ["Ce que cela sert", "La même faiblesse, bien corrigée", "Ce que vous seul savez"]
    whole = page.text
    for said in (
        "proximité 0,62",
        "même faiblesse\u00a0: tâche au lieu d’effet",
        "Quel est le win rate",
        "Rapport CRM",
        "décidé en comité",
        "Deux lignes de commentaire",
    ):
        assert said in whole, said
    assert "une seule équipe dans le brouillon" in page.one("section", "ends").text
    assert page.one("p", "foot").text == "Relu sur cette machine, sans réseau. Aucun modèle n’a été interrogé."


def test_what_is_not_given_leaves_no_empty_card(clean: Review) -> None:
    page = parse(render_html(clean))
    assert page.all("h3") == []
    assert page.all("mark") == []
    assert page.one("p", "counts").text == "Rien à corriger. 1 contrôle passé."
    assert texts(page.all("summary")) == ["Contrôles (1)"]


def test_english_reads_in_english(english: Review) -> None:
    page = parse(render_html(english, title="okrs/q4.md"))
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("title").text == "okrs/q4.md"
    assert page.one("h1").text == "Rethink"
    assert page.one("p", "counts").text == "1 blocking point. 1 check not applicable."
    text = page.one("body").text
    for said in (
        "okrs/q4.md",
        "✕ Deliverable",
        "? Unclear",
        "Target? To be given",
        "Baseline level to keep",
        "ollama/qwen3",
        "answered in part",
        "no company objective was given",
    ):
        assert said in text, said
    assert not re.search(r"[éèàùç]", text)


def test_several_okrs_open_with_a_list_that_leads_to_each(several: Review) -> None:
    page = parse(render_html(several))
    links = page.one("nav").all("a")
    assert [link.attributes["href"] for link in links] == ["#okr-1", "#okr-2", "#okr-3"]
    assert [link.all("span", "pill")[0].text for link in links] == ["! À revoir", "✓ Prêt", "✕ À repenser"]
    cards = [node for node in page.all("section") if (node.attributes.get("id") or "").startswith("okr-")]
    assert [card.attributes["id"] for card in cards] == ["okr-1", "okr-2", "okr-3"]
    assert "ne nomme pas d’objectif" in cards[1].text
    assert "Aucun résultat clé sous cet objectif." in cards[2].text


def test_a_finding_about_the_objective_and_one_about_the_okr_stand_apart(several: Review) -> None:
    card = parse(render_html(several)).all("section", "card")
    third = next(node for node in card if node.attributes.get("id") == "okr-3")
    whole = third.one("div", "whole")
    assert "Aucun résultat clé." in whole.text
    assert "Un nom nu." not in whole.text
    assert "Un nom nu." in third.text
    assert texts(third.one("h2", "objective").all("mark")) == ["référence"]


def test_headings_go_down_one_level_at_a_time_and_lower_in_a_fragment(several: Review) -> None:
    for html, first in ((render_html(several), 1), (render_html(several, standalone=False), 2)):
        levels = [int(node.name[1]) for node in parse(html).walk() if re.fullmatch(r"h\d", node.name)]
        assert levels[0] == first
        assert min(levels) == first
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_ids_are_unique(several: Review) -> None:
    ids = [node.attributes["id"] for node in parse(render_html(several)).walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("standalone", [True, False])
def test_nothing_comes_from_elsewhere_and_nothing_runs(french: Review, standalone: bool) -> None:
    html = render_html(french, standalone=standalone)
    page = parse(html)
    assert {node.name for node in page.walk()} - {""} <= ELEMENTS
    assert not any(name.startswith("on") or name in ("src", "srcset", "style") for node in page.walk() for name in node.attributes)
    assert not re.search(r"url\(|@import|expression\(", page.one("style").text)


def test_a_fragment_styles_nothing_outside_itself(french: Review) -> None:
    html = render_html(french, standalone=False)
    assert html.startswith("<style>")
    page = parse(html)
    assert [node.name for node in page.children if isinstance(node, Node)] == ["style", "div"]
    assert page.children[1].attributes == {"class": "okr-review", "lang": "fr"}  # type: ignore[union-attr]
    style = re.sub(r"/\*.*?\*/", "", page.one("style").text, flags=re.DOTALL)
    for selectors in re.findall(r"(?:^|[{}])\s*([^{}@;]+)\{", style):
        assert all(".okr-review" in selector for selector in selectors.split(",")), selectors


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("standalone", [True, False])
def test_hostile_text_stays_text_in_every_field(attacked: Callable[[str], Review], attack: str, standalone: bool) -> None:
    html = render_html(attacked(attack), title=attack, standalone=standalone)
    page = parse(html)
    harmless = parse(render_html(attacked("harmless"), title="harmless", standalone=standalone))
    # The tree has the same elements and attributes as with a harmless word (marks and links aside, which depend on the text).
    assert [node.name for node in page.walk()] == [node.name for node in harmless.walk()]
    assert [sorted(node.attributes) for node in page.walk()] == [sorted(node.attributes) for node in harmless.walk()]
    assert all(link.attributes["href"] in ("#okr-1", "#okr-2") for link in page.all("a"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", html)
    if attack.isprintable():
        assert page.text.count(attack) >= 30


def test_only_web_addresses_become_links(attacked: Callable[[str], Review]) -> None:
    page = parse(render_html(attacked('https://x.example/"><script>')))
    outside = [link for link in page.all("a") if not link.attributes["href"].startswith("#")]  # type: ignore[union-attr]
    assert {link.attributes["href"] for link in outside} == {'https://x.example/"><script>'}
    assert {link.attributes["rel"] for link in outside} == {"noreferrer"}


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *((ink, ground) for ink in ("ink", "soft", "accent", "stop", "warn", "good", "tip") for ground in ("paper", "card")),
        *(("ink", ground) for ground in ("stop-soft", "warn-soft", "tip-soft", "good-soft", "accent-soft")),
        *((name, f"{name}-soft") for name in ("stop", "warn", "good", "tip")),
        ("soft", "accent-soft"),
    ],
)
def test_words_stand_out_from_their_ground(mode: int, ink: str, ground: str) -> None:
    style = (resources.files("reviewer.report") / "style.css").read_text("utf-8")
    colours = re.findall(rf"--{ink}: (#\w{{6}})", style)[mode], re.findall(rf"--{ground}: (#\w{{6}})", style)[mode]
    assert _contrast(*colours) >= 4.5, (ink, ground, colours)
