"""Find dates and periods: by when, compared with when, and the windows that belong to a measure."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from reviewer.language.folding import letter_runs

Role = Literal["deadline", "reference", "window", "name"]


class Period(NamedTuple):
    """Hold a date or period at [start, end) of the folded text, and the part it plays.

    deadline: by when; reference: what a change is compared with; window: inside a measure (retention at
    30 days, J+7); name: a year or quarter that only names a thing (roadmap 2026).
    """

    start: int
    end: int
    role: Role


_MONTH = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december|janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|mai|(?<=by )may|(?<=of )may|(?<=in )may|(?<=end )may|(?<=before )may|(?<=until )may|(?<=\d )may|(?<=from )may|may(?= \d)|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|janv|fevr?|avr|juil)(?![a-z])\.?"
)
_YEAR = r"(?:20[1-4]\d)"
_QUARTER = rf"(?:[qt][1-4](?: ?-? ?[qt][1-4])?(?:[ /'-]{{0,2}}{_YEAR}|'\d\d)?(?![\w])|[hs][12](?:[ /-]{_YEAR})?(?![\w])|{_YEAR} ?-? ?[qthsQT][1-4](?![\w])|fy ?(?:20)?\d\d(?![\w]))"
_NAMED = (
    r"(?:(?:the |this |next |current |that |du |de la |de l'|le |la |l'|ce |cette |cet |prochaine? |en )?"
    r"(?:fiscal |civile? |fiscale? )?(?:quarter|trimestre|semestre|half-year|first half|second half|cycle|year|annee|an|month|mois|semaine|week|exercice|season|saison|summer|winter|spring|autumn|fall|ete|hiver|printemps|automne|rentree|noel|christmas|easter|paques|year-end|black friday))"
)
_DATE = (
    rf"(?:{_YEAR}-[01]\d-[0-3]\d|[0-3]?\d[/.][01]?\d[/.](?:20)?\d\d(?![\d%])|[0-3]\d/[01]\d(?![\d%/])|(?:[4-9]|[12]\d)/(?:0?[1-46-9]|1[12])(?![\d%/])|(?:le |the )?[0-3]?\d(?:er|st|nd|rd|th)?(?: of)? {_MONTH}(?: {_YEAR})?"
    rf"|{_MONTH} [0-3]?\d(?:st|nd|rd|th)?(?![\d%])(?:,? {_YEAR})?|(?:mi|fin|debut|mid|end|late|early)[- ](?:of |de |d')?{_MONTH}(?: {_YEAR})?|{_MONTH}(?: {_YEAR})?(?![\w]))"
)
_LEAD = (
    r"(?:by|before|until|till|through|during|in|within|for|no later than|due|on|at|over|as of|come|prior to|ahead of"
    r"|d'ici(?: a| au| la| le)?|avant|pour|en|au cours|courant|pendant|durant|sur|des|jusqu'a|jusqu'au|au plus tard|a compter|a|au|aux|sous|dans|a horizon|horizon|echeance|deadline|fin|mi|debut)"
)
_END = r"(?:(?:the |la |le )?(?:end|close|start|beginning|middle|fin|debut|milieu|courant|cours|horizon|year-end|eo[yqm])(?: of| de| du| d'| des)?(?: the| la| le| l')?)"
_EXPLICIT = re.compile(
    rf"\b(?:{_LEAD} )(?:{_END} ?)?(?:the |le |la |l'|ce |cette |du |de |d'|next |this |fin )?(?:{_QUARTER}|{_DATE}|{_YEAR}(?![\w%])|{_NAMED}\b)(?: {_YEAR})?"
    rf"|\b{_END} ?(?:{_QUARTER}|{_DATE}|{_YEAR}(?![\w%])|{_NAMED}\b)(?: {_YEAR})?"
    rf"|\b(?:eo[yqm]|end of (?:year|quarter|month)|year-end|fin d'annee|fin de trimestre)\b(?: {_YEAR})?"
    rf"|(?<![\w/]){_QUARTER}|\b(?:this|next|ce|cette) (?:half|quarter|trimestre|semestre|year|annee|cycle|month|mois|semaine|week|exercice|half)\b"
    rf"|\b{_YEAR}-[01]\d-[0-3]\d\b|\b[0-3]?\d(?:er|st|nd|rd|th)? (?:of )?{_MONTH}(?: {_YEAR})?|\b{_MONTH} {_YEAR}\b|\b(?:le|au|on) [0-3]?\d/(?:0\d|1[12])(?:/(?:20)?\d\d)?\b"
)
_EXPLICIT_WORDS = frozenset(
    "half quarter trimestre semestre cycle year annee an month mois semaine week exercice season saison summer winter spring autumn fall ete "
    "hiver printemps automne rentree noel christmas easter paques friday eoy eoq eom "
    "january february march april june july august september october november december janvier fevrier mars avril juin juillet aout septembre "
    "octobre novembre decembre mai may jan feb mar apr jun jul aug sep sept oct nov dec janv fev fevr avr juil".split()
)
_EXPLICIT_FIGURES = re.compile(r"20[1-4]\d|\d[/.]\d|[qt][1-4]|[hs][12]|fy ?\d")
"""What `_EXPLICIT` finds holds one of these words or a match of this, quicker to look for: most statements name no date."""
_SPAN_WORDS = r"(?:\d{1,3}|one|two|three|four|five|six|twelve|un|une|deux|trois|quatre|cinq|six|douze|first|premiers?|premieres?)"
_LENGTH = r"(?:days?|weeks?|months?|quarters?|years?|sprints?|jours?|semaines?|mois|trimestres?|ans?|annees?)"
_WITHIN = re.compile(
    rf"\b(?:within|in|over|during|for|after|en|dans|sous|sur|pendant|durant|depuis|since|il y a|au bout de|d'ici)(?: the| les?| la| a)?(?: first| next| last| premiers?| premieres?| prochaine?s?)? {_SPAN_WORDS}(?: first| next| premiers?| premieres?)? {_LENGTH}\b(?P<post>(?: of| after| following| post| suivant| apres| qui| d')?[^,;.]{{0,12}})"
    r"|\b(?:within|in|during|dans|pendant|des) (?:the |le |la )?(?:first|premiere?) (?:month|week|quarter|year|mois|semaine|trimestre|annee)\b"
)
_OFFSET = re.compile(r"\b(?P<at>(?:a|at|by|d'ici|avant|before|par) )?(?:[jdmws] ?\+ ?\d{1,3}|[jdm]\d{1,3})(?![\w])")
_WINDOW_BEFORE = re.compile(r"(?:retention|retenue|activation|churn|rate|taux|actifs)[ (]*(?:moyenne? )?$")
_LAST = re.compile(
    r"\b(?:(?:the )?(?:last|previous|prior|past|preceding|same|earlier) (?:quarter|year|month|cycle|half|period|season|semester|fiscal year|edition|release|launch|week|campaign|q[1-4])(?:'s)?"
    r"|year[- ](?:on|over)[- ]year|y/y|yoy|y-o-y|quarter[- ](?:on|over)[- ]quarter|qoq|q/q|mom|month[- ](?:on|over)[- ]month|a year (?:ago|earlier)|n-1|annee n-1"
    r"|(?:l'|cet )?(?:an|annee|trimestre|mois|semestre|cycle|exercice|periode|vague|edition|saison|version)s? (?:dernier|derniere|precedent|precedente|passe|passee|ecoule|ecoulee)"
    r"|meme (?:periode|trimestre|mois|semestre)|d'une annee (?:sur|a) l'autre|en glissement annuel|sur un an|a date|than we started|than at the start|l'edition precedente|le lancement precedent)\b"
)


_LAST_HOLDS = (
    "last", "previous", "prior", "past", "preceding", "same", "earlier", "year", "y/y", "yoy", "y-o-y", "quarter", "qoq", "q/q", "mom",
    "month", "n-1", "dernier", "precedent", "passe", "ecoule", "meme", "annee", "glissement", "sur un an", "a date", "than we", "than at",
)  # fmt: skip
"""One of these stands in whatever `_LAST` finds: looking for them first takes a tenth of its time."""

_OFFSET_HOLDS = re.compile(r"[jdmws] ?\+|[jdm]\d")

_EACH = re.compile(r"(?:an? )?(?:quarter|month|week|year|half)$|a (?:mois|an|semaine)$|(?:in|for) (?:a |an )")


def find_periods(folded: str) -> list[Period]:
    """Find the dates and periods of a folded text, in order, with the part each plays."""
    found: list[Period] = []
    for match in _LAST.finditer(folded) if any(map(folded.__contains__, _LAST_HOLDS)) else ():
        found.append(Period(*match.span(), "reference"))
    for match in _OFFSET.finditer(folded) if _OFFSET_HOLDS.search(folded) else ():
        before = folded[max(0, match.start() - 24) : match.start()]
        named = bool(match["at"]) and not _WINDOW_BEFORE.search(before)
        found.append(Period(*match.span(), "deadline" if named else "window"))
    for match in _WITHIN.finditer(folded):
        post = match["post"] or ""
        end = match.end() - len(post)
        tail = folded[end : end + 48]
        if re.match(r" (?:of|after|following|d'|apres|qui)\b", post) and not re.match(
            r" (?:of|after|following|qui suivent|qui suit|apres|suivant) (?:the |its |le |la |l'|son |sa )?(?:launch|release|go-live|lancement|sortie|mise en ligne|ouverture|general)",
            tail,
        ):
            role: Role = "window"
        elif re.match(r"\b(?:depuis|since|il y a|after|over|sur|au bout de|for|pendant)\b", match[0]) and not re.search(
            r"trimestre|quarter", match[0]
        ):
            role = "window"
        else:
            role = "deadline"
        if not _inside(match.start(), end, found):
            found.append(Period(match.start(), end, role))
    for match in _EXPLICIT.finditer(folded) if _may_name_a_date(folded) else ():
        if _EACH.match(match[0]):
            continue
        if not _inside(*match.span(), found):
            found.append(Period(*match.span(), _role(folded, match)))
    found.sort()
    return found


def _may_name_a_date(folded: str) -> bool:
    return not _EXPLICIT_WORDS.isdisjoint(letter_runs(folded)) or _EXPLICIT_FIGURES.search(folded) is not None


def _role(folded: str, match: re.Match[str]) -> Role:
    before = folded[max(0, match.start() - 32) : match.start()]
    text = match[0]
    if re.match(r"(?:over|on|sur|from) ", text) and re.search(r"[qt][1-4]|20\d\d", text) and not text.startswith("sur le"):
        return "reference" if re.search(r"[+]|\bgrowth|\bincrease|\bup |\bhausse|\bbaisse", before) else "deadline"
    strong = re.search(
        r"(?:\bvs\.?|\bversus|\bthan|\bcompared (?:to|with)|\brelative to|\bagainst|\bup from|\bsame as|\bcontre|\bpar rapport (?:a|au|aux)|\bcompare a|\bqu'|\bque|\bsince|\bdepuis|\bit was)(?: the| le| la| l'| au| a| fin| end of| debut| start of| en| in| at| celui de| ceux de| the same| meme| niveau| moyenne)* ?(?:q[1-4] to ?)?$",
        before,
    )
    if strong or re.match(r"(?:depuis|since) ", text) or (re.match(r"(?:a|au|aux) ", text) and before.endswith("par rapport ")):
        return "reference"
    if (
        re.search(r"\d ?(?:%|pts?|points?|k|m|€|\$)? ?(?:\(?)$", before)
        and re.match(r"(?:in|en|fin|au|a la fin|end of|debut|a) ", text)
        and re.search(r"\((?:[^)]{0,30})$|\bvs\b|\bcontre\b|\bfrom\b|\bde\b(?=[^.;]{0,12}$)", before)
        and _is_past_marker(folded, match)
    ):
        return "reference"
    if re.search(r"\bfrom (?:q[1-4] to )?$", before) and not re.search(r"\d", before[-12:]):
        return "reference"
    if re.fullmatch(rf"(?:{_LEAD} )?(?:the |le |la |l')?{_YEAR}", text) and not re.match(_LEAD, text):
        return "name"
    return "deadline"


def _is_past_marker(folded: str, match: re.Match[str]) -> bool:
    """Tell "(vs 12 % fin 2025)", where the date tells when the start was measured."""
    before = folded[: match.start()]
    opened = before.rfind("(")
    return opened > before.rfind(")") and bool(
        re.search(r"\b(?:vs|contre|baseline|base|from|was|currently|actuel\w*|aujourd'hui|depart)\b", before[opened:])
    )


def _inside(start: int, end: int, found: list[Period]) -> bool:
    return any(period.start < end and start < period.end for period in found)
