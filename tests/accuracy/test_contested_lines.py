"""Lines on which authorities disagree: never an error, no more than a warning, and the finding says who would accept them."""

from __future__ import annotations

import pytest

from reviewer import Context, Finding, Okr, review
from reviewer.okr import Language
from reviewer.rules import by_id

KEY_RESULTS: dict[Language, tuple[str, ...]] = {
    "en": ("Raise the share of weekly users from 31% to 45% by the end of June", "Cut churn in the first year from 14% to 9% by the end of June"),
    "fr": ("Faire passer la part d'utilisateurs hebdomadaires de 31 % à 45 % d'ici fin juin", "Ramener le churn de la première année de 14 % à 9 % d'ici fin juin"),
}  # fmt: skip

CONTESTED: dict[Language, tuple[str, ...]] = {
    "en": (
        "Launch an awesome MVP",
        "Run a 10K in under 50 minutes by June",
        "Build a planning model",
        "Create a world-class sales playbook",
        "Develop an employer brand",
        "Build a team of product marketers",
    ),
    "fr": (
        "Lancer un MVP génial",
        "Courir un 10 km en moins de 50 minutes d'ici juin",
        "Construire un modèle de planification",
        "Créer un playbook commercial d'exception",
        "Développer une marque employeur",
        "Bâtir une équipe de product marketing",
    ),
}
NAMES_A_STATE: dict[Language, tuple[str, ...]] = {
    "en": (
        "Build a culture in which every voice is heard",
        "Build a brand that finance teams trust",
        "Build a reputation for honest pricing",
        "Build a community that developers are proud to belong to",
        "Build a sales team that wins without discounts",
        "Build the foundation for sustainable growth",
        "Create an onboarding experience that new customers love",
        "Create a place where people do the best work of their lives",
        "Create demand for our category in Germany",
        "Create a clear competitive advantage in mid-market deals",
        "Create an environment where support agents want to stay",
        "Develop a healthy and predictable pipeline",
        "Develop strong relationships with our partners",
        "Develop a deep understanding of why buyers choose us",
        "Develop leaders whom their teams would follow anywhere",
        "Create a love of data in every team",
        "Create raving fans among HR managers",
        "Develop a product our users cannot imagine working without",
        "Build confidence in every release",
        "Build lasting trust with our first hundred customers",
    ),
    "fr": (
        "Construire une relation de confiance avec nos premiers clients",
        "Construire une marque que les directions financières recommandent",
        "Construire une culture où chacun ose demander de l'aide",
        "Construire un avantage durable face aux offres groupées",
        "Construire une équipe commerciale qui gagne sans remise",
        "Créer une expérience d'accueil que les nouveaux clients adorent",
        "Créer un climat de confiance entre les Sales et le produit",
        "Créer l'envie de changer d'outil chez les RH",
        "Créer un lieu où chacun donne le meilleur de soi",
        "Créer la préférence pour notre marque chez les PME",
        "Développer une communauté dont les membres s'entraident",
        "Développer la notoriété de notre offre auprès des DAF",
        "Développer des relations solides avec nos partenaires",
        "Développer l'autonomie de nos clients au quotidien",
        "Développer une compréhension fine de ce que vivent nos acheteurs",
        "Bâtir une réputation d'excellence dans la santé",
        "Bâtir un pipeline sain et prévisible",
        "Bâtir la confiance des équipes dans chaque mise en production",
        "Bâtir un produit dont nos utilisateurs ne peuvent plus se passer",
        "Bâtir une équipe soudée et fière de ce qu'elle livre",
    ),
}


def findings_on(objective: str, language: Language) -> list[Finding]:
    """Review an objective over two sound key results, and keep what is said of the objective itself."""
    okr = Okr(objective=objective, key_results=KEY_RESULTS[language])
    said = review(okr, context=Context(language=language, cycle="2026-Q2")).findings
    return [finding for finding in said if by_id()[finding.rule].family == "objective"]


def each(lines: dict[Language, tuple[str, ...]]) -> list[tuple[str, Language]]:
    """Pair every line with its language."""
    return [(line, language) for language, given in lines.items() for line in given]


@pytest.mark.parametrize(("line", "language"), each(CONTESTED))
def test_a_contested_line_gets_no_error_and_hears_who_would_accept_it(line: str, language: Language) -> None:
    for finding in findings_on(line, language):
        assert finding.severity in ("warning", "advice")
        if finding.rule in ("objective-is-task", "objective-has-metric"):
            assert finding.contested is not None
            assert "Doerr" in finding.contested or "Wodtke" in finding.contested
        else:
            assert finding.severity == "advice", finding.message


@pytest.mark.parametrize(("line", "language"), each(NAMES_A_STATE))
def test_a_line_that_opens_with_build_and_names_a_state_gets_no_warning(line: str, language: Language) -> None:
    assert [(finding.rule, finding.severity) for finding in findings_on(line, language) if finding.severity != "advice"] == []


def test_both_verdicts_of_a_contested_line_cite_their_sides() -> None:
    for rule in ("objective-is-task", "objective-has-metric"):
        contested = by_id()[rule].contested
        assert contested is not None
        assert "Wodtke" in contested.en and "Doerr" in contested.en
        assert "Wodtke" in contested.fr and "Doerr" in contested.fr
