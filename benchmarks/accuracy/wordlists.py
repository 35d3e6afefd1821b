"""Judge by word lists alone, in the manner of published open checkers: the baseline that facts have to beat.

Written by us after their manner (verbs of output, nouns of activity, "any digit is a number", "two numbers mean a
baseline"), in both languages; the published ones know English only and their lists are not copied.
"""

from __future__ import annotations

import re
import unicodedata

from accuracy.labelled import Statement
from reviewer.okr import Language

OUTPUT_VERBS: dict[Language, str] = {
    "en": """add adopt automate build complete conduct configure create define deliver deploy design develop document draft
    establish execute finalize finish fix hire hold host implement install integrate introduce investigate launch migrate
    organize perform plan prepare produce publish recruit redesign refactor release research review roll run set setup ship
    start test train update upgrade write""",
    "fr": """ajouter animer automatiser batir commencer concevoir conduire configurer construire creer definir demarrer deployer
    developper documenter ecrire embaucher elaborer etablir executer finaliser former identifier implementer integrer
    installer introduire lancer livrer mener mettre migrer organiser planifier preparer produire publier realiser recruter
    rediger refondre tester terminer""",
}
ACTIVITY_NOUNS: dict[Language, str] = {
    "en": """article articles audit battlecard battlecards blog campaign campaigns course courses documentation event events feature
    features guide guides interview interviews meeting meetings meetup meetups mvp newsletter plan playbook presentation
    presentations report reports review reviews roadmap session sessions survey surveys training trainings webinar webinars
    workshop workshops""",
    "fr": """ateliers atelier article articles audit audits battlecard battlecards blog campagne campagnes documentation entretien
    entretiens evenement evenements fonctionnalite fonctionnalites formation formations guide guides interview interviews
    newsletter plan playbook presentation presentations rapport rapports reunion reunions roadmap session sessions sondage
    sondages webinaire webinaires webinar webinars""",
}
VAGUE_VERBS: dict[Language, str] = {
    "en": "improve increase reduce grow boost enhance optimize drive decrease raise lower cut achieve reach",
    "fr": "ameliorer augmenter reduire accroitre optimiser diminuer atteindre porter passer baisser relever",
}
_BASELINE = re.compile(r"\b(?:baseline|currently|from .* to|up from|vs|today|de .* a|actuellement|aujourd'hui|contre|au lieu de)\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def raised(statement: Statement) -> frozenset[str]:
    """Give the rules that the word lists raise on a statement; each list speaks for itself."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", statement.text.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[a-z]+", plain)
    numbers = _NUMBER.findall(plain)
    outputs = set(OUTPUT_VERBS[statement.language].split())
    activities = set(ACTIVITY_NOUNS[statement.language].split())
    if statement.kind == "objective":
        found = {"objective-is-task"} if outputs & set(words[:1]) or activities & set(words) else set()
        return frozenset(found | ({"objective-has-metric"} if numbers else set()))
    found = set()
    measured = set(words) & set(VAGUE_VERBS[statement.language].split())
    if outputs & set(words[:1]) or activities & set(words) and not measured:
        found.add("kr-is-task")
    if not numbers:
        found.add("kr-no-number")
    elif len(numbers) < 2 and not _BASELINE.search(plain):
        found.add("kr-no-baseline")
    return frozenset(found)
