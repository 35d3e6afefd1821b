"""Tell the measure of one's own work from that of its effect: lines of code, share of the plan done, people trained."""

from __future__ import annotations

import re

from reviewer.language.quantities import Number
from reviewer.language.reading import Noun, Reading

PASSIVE_BY_TEAM = re.compile(
    r"\b(?:formee?s|form[ée]s?|trained|briefed|coached|onboarded|interviewed|contacted|certified|sensibilisee?s|briefee?s|coachee?s|contactee?s|interviewee?s|onboardee?s|certifiee?s|embarquee?s|rencontree?s|appelee?s|accompagnee?s|visitee?s|met|visited|called|invited|invitee?s|surveyed|sondee?s|equipee?s|equipped|audited|auditee?s|reviewed|evaluee?s|assessed|surveyed|consulted|consultee?s|informee?s|informed|migrated|migree?s|enrolled in)\b"
)


OWN_MEANS = re.compile(
    r"(?:%|percent|pour cent) (?:of|du|de|de la|des) (?:our |notre |nos |the |leur |my |mon )?(?:[a-z]+ )?(?:spend|budget|time|temps|effort|investment|depenses|capacity|capacite)\b"
)


_PARTICIPLE = {
    "en": re.compile(
        r" (?:[a-z]{3,}[^e]ed|[a-z]{2,}ied|freed|moved|taught|shown|sent|made|drawn|built|written|redone|put through|run through)(?= |$|,)(?! (?:in|within|under|on time) )"
    ),
    "fr": re.compile(r" (?:[a-z]{3,}(?:ees?|es|is|us|its|ites|uites?))(?= |$|,)(?! (?:sous|en moins|dans les) )"),
}


_SHARE_DONE = {
    "en": re.compile(
        r" ?(?:of )(?:the |our |all |old |legacy )?(?:[a-z'-]+ ){1,4}?(?P<done>[a-z]{3,}(?:[^e]ed)|[a-z]{2,}ied|moved|taught|put through|walked through|drilled|redone|rewritten|rebuilt|ticked off)(?= |$|,|\.)"
    ),
    "fr": re.compile(
        r" ?(?:des?|du|de la|de l'|d'|de nos|des nos|managers?) ?(?:[a-z'-]+ ){1,4}?(?P<done>[a-z]{3,}(?:ees|es|ee|ies|its|ites|ie|crits|crites))(?= |$|,|\.)(?! par )"
    ),
}


def share_done(reading: Reading, number: Number) -> bool:
    """Tell "100 % of product sheets rebranded" (one's own work) from "99 % of orders shipped within 24 h"."""
    match = _SHARE_DONE[reading.language].match(reading.plain, number.end)
    if not match:
        return False
    named = reading.nouns_between(number.end, match.start("done"))
    if any(n.sense.classes & {"measure", "level", "obtained"} and not n.sense.classes & {"deliverable"} for n in named):
        return False
    if reading.language == "fr" and (
        not reading.plain[match.end() :].strip()
        or reading.lexicon.noun_at(reading.words, reading.word_index(match.start("done"))).classes - {"done"}
    ):
        verb = reading.verb_at(reading.word_index(match.start("done")))
        if not verb.classes & {"output", "activity"}:
            return False
    tail = reading.plain[match.end() :]
    own = bool(
        re.search(
            r"^ (?:by|par) (?!\d|q\d|t\d|the end|end|january|february|march|april|may|june|july|august|september|october|november|december)",
            tail,
        )
    )
    return (
        not own
        and not _THEIR_OWN.match(" " + match["done"])
        and not re.search(r"\b(?:within|sous \d|en moins|in under|in less|under \d|on time|a l'heure|in time|dans les \d)\b", tail)
    )


_THEIR_OWN = re.compile(
    r" (?:satisfied|retained|activated|engaged|subscribed|converted|renewed|interested|equipped|employed|registered|enrolled|signed|used|adopted|completed|resolved|answered|closed|delivered|shipped|paid|opened|read|placed|sourced|influenced|issues?|satisfaits?|satisfaites?|retenue?s?|activee?s?|inscrite?s?|abonnee?s?|fidelisee?s?|convertie?s?|resolue?s?|expediee?s?|livree?s?|traitee?s?|repondue?s?|payee?s?|ouverte?s?|lue?s?|utilisee?s?|signee?s?|clients|issues|acquis|equipee?s|respectee?s?|deposee?s?|recue?s?|connectee?s?|engagee?s?|actifs?|apres|sous|tous|plus|nos|les|des|dans|vers|mais|pas|jours|mois|fois|prets|pretes)\b"
)


def passive_after(reading: Reading, noun: Noun) -> bool:
    """Tell "100 % of reps walked through the deck": a participle right after, done to them and not by them."""
    place = reading.words[noun.at + noun.sense.length - 1].end
    window = reading.plain[place : place + 40]
    skipped = re.match(
        r"(?: (?:of|in|de|du|des|d'|dans|en|au|a|la|le|l'|les|our|the|from|sont|are|have been|ont ete|[a-z-]+ale?s?|[a-z-]+el(?:le)?s?))? ?",
        window,
    )
    for begin in {0, skipped.end() - 1 if skipped and skipped.end() else 0}:
        match = _PARTICIPLE[reading.language].match(window, max(begin, 0))
        if match and not _THEIR_OWN.match(window, max(begin, 0)):
            tail = reading.plain[place + match.end() : place + match.end() + 40]
            return not re.search(r"^ (?:by|par) ", tail) and not re.search(
                r"\b(?:within|sous \d|en moins|in under|in less|on time|a l'heure)\b", tail
            )
    return False


_OWN_COUNT = re.compile(
    r"\b(?:lines? of code|lignes? de code|(?:completion|completude|avancement|progress|progression)(?: rate)? (?:of|de|du|de la) (?:la |le |notre |nos |our |the )?(?:roadmap|plan|backlog|sprint|feuille de route|chantier|programme|wiki|documentation|docs?)\b|story points?|(?<=\d )commits(?! from| by)|number of commits|ad spend|marketing spend|advertising spend|depenses? publicitaires?|budget (?:publicitaire|pub|media|marketing)|hours worked|heures travaillees|(?:number|nombre|volume|amount) (?:of|de|d') ?(?:posts?|blog posts?|articles?|assets?|contenus?|campaigns?|campagnes?|emails?|e-mails?|calls?|appels?|meetings?|reunions?|videos?|newsletters?|webinars?|webinaires?|events?|evenements?|features?|fonctionnalites?|releases?|interviews?|entretiens?|battlecards?|case studies|cas clients|publications?|tests|experiments?|deployments?|tickets closed|training sessions?|formations?|certifications? (?:delivered|delivrees)|pages?|documents?)(?! (?:read|viewed|used|opened|per user|lus?|vus?|consultes?|utilises?|utilisees?|ouverts?|recus?|received|attended))"
    r"|(?:posts?|articles?|emails?|videos?|newsletters?|campaigns?|campagnes?|webinars?) (?:published|sent|shipped|produced|launched|publiee?s|publies|envoyee?s|envoyes|produits|lancees) (?:per|par|a)"
    r"|(?:roadmap|plan|sprint|backlog|checklist|feuille de route|plan d'action|programme|planning|migration) (?:items? )?(?:completed|delivered|shipped|done|realisee?|livree?|execute|termine|accompli)\b|(?:%|percent|pour cent) (?:of |de |du |de la |de notre |of the |of our )(?:the |our |la |le |notre |planned )?(?:[a-z0-9]+ )?(?:roadmap|plan|sprint|backlog|checklist|feuille de route|plan d'action|programme|planning|migration)\b)"
)


def own_work_measured(reading: Reading, begin: int, end: int) -> str | None:
    """Find a measure of the team's own work dressed as a result (lines of code, % of the roadmap, ad spend)."""
    match = _OWN_COUNT.search(reading.plain, begin, end)
    return match[0] if match else None
