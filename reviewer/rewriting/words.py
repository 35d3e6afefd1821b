"""Hold the words that rewrites are made of: articles, gender, slots and connectors, French and English."""

from __future__ import annotations

import re
from functools import cache

from reviewer.language.folding import fold
from reviewer.language.lexicon import listed
from reviewer.language.quantities import number_words
from reviewer.okr import Language

FEMININE = frozenset(
    fold(word).text
    for word in listed(
        """absence, acceptation, accessibilité, activation, adoption, ancienneté, appropriation, association, atteinte, attention, attrition, attente,
        audience, automatisation, autonomie, autorité, cadence, certification, charge, citation, clarté, cohérence, complétion, complétude, compréhension,
        confiance, conformité, connaissance, considération, consommation, conversion, couverture, croissance, création, demande, diversité, disponibilité,
        dispo, distance, durée, découvrabilité, déflexion, délivrabilité, dépense, dérive, différenciation, efficacité, efficience, empreinte, escalade,
        expansion, facilité, fiabilité, fidélité, fidélisation, fréquence, image, inclusion, installation, intention, latence, largeur, lecture, lifetime,
        livraison, longueur, ltv, clv, maîtrise, marge, mémorisation, mention, mixité, mobilité, moyenne, médiane, notoriété, note, occupation, opinion,
        ouverture, parité, part, participation, pdm, perception, perte, performance, place, ponctualité, portée, position, productivité, profondeur,
        progression, promotion, propension, proportion, précision, préférence, présence, qualité, recherche, recommandation, remise, rentabilité,
        réactivité, réduction, rémunération, réponse, réputation, résolution, rétention, réussite, réutilisation, rotation, santé, satisfaction, stabilité,
        stickiness, taille, tonalité, trésorerie, tva, utilisabilité, utilisation, utilité, valeur, visibilité, vitesse, vélocité, étendue, énergie,
        win-back, reconquête, restitution, dette, dépendance, inscription, retombée, impression, visite, vue, session, opportunité, vulnérabilité,
        économie, référence, décision, interview, démo, victoire, panne, plainte, réclamation, erreur, vente, proposition, commande, page, fonctionnalité"""
    )
)
"""Heads of measures that are feminine; those of MASCULINE are not, and no other head gets an article."""

MASCULINE = frozenset(
    fold(word).text
    for word in listed(
        """abandon, absentéisme, accord, acv, alignement, arpa, arpu, arr, aov, attrait, backlog, bouche-à-oreille, burn, ca, cac, cash, chiffre, churn,
        classement, coût, cpa, cpc, cpl, csat, ctr, ctor, cycle, dau, dau/mau, délai, discount, dso, ebitda, effectif, effort, engagement, enps, fcr, frt,
        forecast, gain, grr, health, indice, index, ltv/cac, magic, mau, mix, montant, mrr, mttr, niveau, nombre, nps, nrr, ndr, panier, payback,
        pipe, pipeline, poids, pourcentage, prix, product-market, quota, ramp, ramp-up, rang, rapport, ratio, rendement, respect, revenu, roas, roi, romi,
        runway, score, sentiment, share, show, sov, stock, taux, temps, time, time-to-market, time-to-value, top, trafic, trial-to-paid, free-to-paid,
        ttv, ttm, turnover, uplift, uptime, usage, volume, wau, wau/mau, win, écart, customer, product, cost, net, deal, ticket, client, compte, lead, mql,
        sql, pql, partenaire, membre, utilisateur, ambassadeur, contrat, bug, incident, défaut, avis, backlink, abonné, rendez-vous, téléchargement,
        logo, visiteur, consultant, likes, mot-clé, article, détracteur, parrainage, renouvellement, débit, résultat, loyer, nouveau, trajet, rdv"""
    )
)

THINGS = frozenset(
    fold(word).text
    for word in listed(
        """accord, article, avis, backlink, bug, charge, citation, client, commande, compte, consultant, contrat, deal, demande, démo, décision, défaut,
        détracteur, erreur, fonctionnalité, heure, image, impression, incident, inscription, installation, interview, lead, lecture, logo, membre, mention,
        mot-clé, nouveau, opinion, opportunité, page, panne, partenaire, place, plainte, position, proposition, recherche, recommandation, rdv,
        rendez-vous, retombée, référence, réclamation, réponse, santé, session, ticket, téléchargement, trajet, utilisateur, vente, victoire, visite,
        visiteur, vue, vulnérabilité, win-back, abonné, ambassadeur, likes, product, customer, sql, mql, pql, top, net, magic"""
    )
)
"""Heads that name things counted or people: a figure about them is a number or a share, not "their value"."""

EN_FIGURES = frozenset(
    """accuracy acquisition activation adoption attainment attendance attrition availability awareness burn churn clarity completion confidence consumption
    conversion conversions cost costs coverage delay duration ebitda efficiency engagement error expense expenses footprint frequency growth income index
    latency length level margin nps occupancy penetration percentage performance price productivity proportion quality rank ranking rate rates rating
    ratio recall retention revenue satisfaction score share size speed spend stickiness throughput time traffic turnover uptime usage utilisation
    utilization velocity volume number average csat ces""".split()
)
"""English words for a figure: what stands before them in a draft is not a thing counted."""

EN_RISING = EN_FIGURES - frozenset(
    """acquisition attrition burn churn cost costs delay duration ebitda error expense expenses footprint frequency index latency length level margin number
    average percentage price proportion rank ranking rate rates ratio share size speed spend time traffic turnover volume growth income""".split()
)
"""Those of them that are good news when they rise."""

ALWAYS_SINGULAR = frozenset(
    "taux temps prix poids acces success stickiness readiness awareness enps nps roas index gross usages mix churns csat cac".split()
)
"""Words that end like a plural and are none."""

_EN_COUNTABLE = frozenset(
    "rate score ratio share time rank rating length size cost number position proportion percentage average duration index volume value cycle delay price level backlog".split()
)
"""Heads of English measures that take "the"; mass nouns (adoption, churn, NPS) go without."""

_CUT_EN = re.compile(
    r" (?:of|in|on|with|using|from|by|for|against|among|backed|through|citing|lost|selling|answered|to provide|created|reps|across|per week|at)\b"
)
_CUT_FR = re.compile(
    r" (?:sur|avec|des|du|aux|par|pour|vers|dans|entre|citant|qui|issue?s?|perdus|de la|de l'|de l’|d'un|d'une|d’un|en|au|chez|auprès|appuyées|mobilisée|à)\b ?"
)


def head_of(name: str) -> str:
    """Give the folded first word of a measure's name, which bears the gender in French."""
    return fold(re.split(r"[ \u00a0\u202f]", name.strip(), maxsplit=1)[0]).text


def is_plural(name: str, language: Language) -> bool:
    """Tell a measure named by things counted ("qualified demo requests") from one named by a figure."""
    if language == "fr":
        head = head_of(name)
        return head[-1:] in ("s", "x") and head not in ALWAYS_SINGULAR and _singular(head) in FEMININE | MASCULINE or head == "mql"
    head = _CUT_EN.split(name, maxsplit=1)[0].split()[-1]
    if head in ("created", "booked", "signed", "renewed", "migrated", "online", "back"):
        head = name.split()[-2] if head != "back" else name.split()[0]
    return (
        head.endswith("s")
        and not head.isupper()
        and head.lower()
        not in {
            "savings",
            "roas",
            "stickiness",
            "awareness",
            "readiness",
            "success",
            "usefulness",
            "helpfulness",
            "completeness",
            "sales",
            "gross",
            "costs",
        }
    )


def _singular(head: str) -> str:
    return head[:-1] if head[-1:] == "s" else {"nouveaux": "nouveau"}.get(head, head)


def gender_known(name: str) -> bool:
    """Tell whether a French article can be put before a measure's name without guessing."""
    head = head_of(name)
    return head in FEMININE or head in MASCULINE or _singular(head) in FEMININE | MASCULINE


def with_article(name: str, language: Language, feminine: bool | None = None) -> str:
    """Put the definite article before a measure's name where the language wants one."""
    if language == "en":
        head = _CUT_EN.split(name, maxsplit=1)[0].split()[-1].lower()
        return f"the {name}" if head in _EN_COUNTABLE and not name.startswith("time to") else name
    if is_plural(name, "fr"):
        return f"les {name}"
    if head_of(name)[:1] in "aeiouh" and head_of(name) not in ("health",):
        return f"l'{name}"
    is_feminine = feminine if feminine is not None else head_of(name) in FEMININE
    return f"{'la' if is_feminine else 'le'} {name}"


def number_of(name: str, language: Language) -> str:
    """Name the count of things: "le nombre d'opportunités", "the number of demo requests"."""
    if language == "en":
        return f"the number of {name}"
    return f"le nombre d'{name}" if fold(name).text[0] in "aeiouh" else f"le nombre de {name}"


def lower_first(text: str) -> str:
    """Take the capital off a sentence's first word, but not off an acronym or a name like "iOS"."""
    first = re.match(r"[\w’'-]+", text)
    if first and first[0][:1].isupper() and (first[0][1:].islower() or len(first[0]) == 1):
        return text[0].lower() + text[1:]
    return text


def upper_first(text: str) -> str:
    """Open a sentence with a capital, unless it opens on a name like "eNPS"."""
    return text if re.match(r"[a-z][A-Z]", text) else text[:1].upper() + text[1:]


@cache
def short(name: str, language: Language) -> str:
    """Cut a measure's name down to what a slot can hold: "taux d'utilisation des battlecards" -> "taux d'utilisation"."""
    name = re.sub(r" post-lancement\b|^post-launch ", "", name)
    cut = (_CUT_FR if language == "fr" else _CUT_EN).search(name)
    if language == "fr" and (plain := _CONVERSION.match(name)):
        return plain[0]
    if cut is None:
        return name
    if language == "fr" and cut[0].strip() == "à":
        return name.split()[0]
    return name[: cut.start()]


_CONVERSION = re.compile(r"^taux de (?:conversion|passage|transfo\w*)(?= [^d])")
_FORMS = {"start": ("actuel", "actuelle", "current"), "aim": ("visé", "visée", "target"), "past": ("de départ", "de départ", "starting")}
_PLAIN_SLOTS = {
    "share": ("part", "share"), "number": ("nombre", "number"), "amount": ("montant", "amount"), "time": ("durée", "time"),
    "score": ("score", "score"), "value": ("valeur", "value"), "rank": ("rang", "rank"),
}  # fmt: skip


def slot(role: str, name: str, language: Language) -> str:
    """Make the slot of a value that only the author knows; `role` is "start", "aim" or "past".

    A name that holds a figure or a mark, or whose gender is unknown in French, gives way to a plain word.
    """
    masculine, feminine, english = _FORMS[role]
    if language == "en":
        word = short(name, "en")
        return f"[{english} {word if _fits(word) else 'value'}]"
    word = short(name, "fr")
    if not _fits(word) or not gender_known(word):
        word = "valeur"
    adjective = feminine if head_of(word) in FEMININE or _singular(head_of(word)) in FEMININE else masculine
    plural = "s" if is_plural(word, "fr") and role != "past" else ""
    return f"[{word} {adjective}{plural}]"


def plain_slot(role: str, kind: str, language: Language) -> str:
    """Make the slot of a value whose measure has no name: "[part actuelle]", "[current share]"."""
    return slot(role, _PLAIN_SLOTS[kind][0 if language == "fr" else 1], language)


def _fits(word: str) -> bool:
    if any(part in number_words() for part in re.split(r"[ -]", fold(word).text)):
        return False
    return 0 < len(word) <= 34 and not re.search(r"[\d\[\]()*_`\"«»:]", word)


def is_figure(word: str, language: Language) -> bool:
    """Tell a general word for a figure (rate, score, cost) from a word for things or people."""
    if language == "en":
        return word.lower().split()[-1] in EN_FIGURES
    head = head_of(word)
    return head in (FEMININE | MASCULINE) - THINGS and _singular(head) not in THINGS


def goal_slot(language: Language) -> str:
    """Give the slot of a target that the author has yet to choose."""
    return "[cible]" if language == "fr" else "[target]"
