"""Find the quantity to reach and the place it starts from: target and baseline."""

from __future__ import annotations

import re
from typing import NamedTuple

from reviewer.language.lexicon import NOTHING
from reviewer.language.periods import Period
from reviewer.language.quantities import CURRENCIES, Number
from reviewer.language.reading import Reading
from reviewer.okr import BaselineKind

_FROM = re.compile(
    r"(?:\bfrom|\bup from|\bde|\bd'|\bdu|\bdes|\bentre|\bbetween|\bout of|\bstarting at|\bstarting from|\bpartant de|\bpassant de|\bof)(?: (?:about|around|roughly|only|environ|seulement|quelque|an?|une?|le|la|les|the|a baseline of))*[ (~$€£]*$"
)
_TO = re.compile(
    r"^(?P<mid>[^.;|]{0,48}?)(?:\b(?:up to|down to|to|towards?|a|vers|jusqu'a|puis)(?: (?:about|around|at least|under|over|below|above|less than|more than|fewer than|moins de|plus de|au moins|environ|the|le|la|sous(?: les)?|within))*|→|->|=>|-->|>+|»)[ (~<>≥≤=$€£+-]*$"
)
_ARROW = re.compile(
    r"^[^.;|]{0,24}?(?:→|-+>|=+>|>>+|⇒|(?<=[\d%a-z€$] )>(?= ))[ ~<>≥≤=+(-]*(?:sous|under|below|moins de|less than)? ?$|^ ?(?:/|\(|,)? ?(?:min|h|j|d)? ?to $"
)
_CUE_BEFORE = re.compile(
    r"(?:\bvs\.?|\bversus|\bagainst|\bcontre|\bcompared (?:to|with)|\bas opposed to|\brather than|\bwhere(?:as)? (?:only|today|it|we|they|just)|\bwhen (?:only|it|we|they)|\bso far(?: it has taken)?|\bquand on en (?:compte|a|fait)|\bon en compte|\bon en est|\bon tourne|\bparti(?:e|s)? de|\btombee?s? a|\b(?:il|elle|ils|elles|on|nous) (?:en )?(?:prend|prennent|sont|compte|subissons|degage|est)|\blast (?:count|review|wave|survey|reading|measure|check|quarter|year|month)(?: being| was| at)?|\bpar rapport a|\bcurrent(?:ly)?(?: (?:level|value|rate|score|average|is|at|stands?))?|\btoday(?:'s)?|\bnow|\bat present|\bpresently|\bup from|\bdown from|\bfrom|\bwas|\bwere|\bused to be|\bbaseline|\bbase|\bas[- ]is|\binstead of|\bat the moment|\bstart(?:ing)?(?: (?:point|value|level))?|\bit (?:is|was)|\bwe (?:are|were) at|\bstands? at|\bstood at|\bsits? at|\bhovers? (?:at|around)|\bmeasured"
    r"|\bactuel(?:le)?(?:ment)?s?|\baujourd'hui|\ba ce jour|\bau lieu de|\bdepart|\bpoint de depart|\bpartant de|\binitial(?:e|ement)?|\bhier|\bauparavant|\bjusqu'ici|\bavant|\breference|\betait|\betaient|\bon est|\bnous sommes|\bon en est|\ben partant|\bstock de depart|\bcontre seulement|\bplafonne|\bstagne|\bhistorique|\bmesure)"
    r"(?: (?:is|at|of|from|a|de|d'|au|est|etait|en est|just|only|about|around|roughly|only at|seulement|environ|pres de|moins de|plus de|under|over|level|value|en|le|la|les|the|value of|level of|rate of|autour de|a median of|an average of|une mediane de|une moyenne de|a mere|a meagre|barely|merely|hovers? around|tout juste|encore|already|deja|the present|present|current|un|une|score de|score of|niveau|mesure|mesuree?|en ce moment))*\s*[:=(]?[ ~<>≥≤$€£]*$"
)
_CUE_AFTER = re.compile(
    r"^[^.;,|()]{0,28}?\b(?:today|now|currently|at present|at the moment|these days|of late|for now|to date|a date|pour l'instant|pour le moment|auj|a l'heure ou|au compteur|as of today|at our last|in the (?:last|latest)|at the last|in our (?:last|latest)|measured in|au dernier|a la derniere|lors du dernier|au bilan|last (?:year|quarter|month|cycle|season)|this (?:year|quarter|month)(?= by)|right now|as of now|so far|en baseline|baseline|aujourd'hui|actuellement|a ce jour|en ce moment|au depart|au demarrage|l'an dernier|l'annee derniere|le trimestre dernier|au trimestre precedent|au dernier trimestre|hier|as[- ]is|a present|in [qt]\d|(?:en|au|fin|in|at the end of) (?:[qts]\d|20\d\d)|en test actuel|actuels?|actuelles?)\b"
)
_OPENS_NEXT = re.compile(
    r"\b(?:from|vs\.?|versus|contre|against|currently|baseline|of|now|today|aujourd'hui|actuel\w*|depart)\s*(?:of|de|at|a|is)?\s*[:=(]?\s*$"
)
_REFERENCE_CUE = re.compile(
    r"\b(?:(?:higher|lower|more|less|fewer|better|smaller|larger|bigger|faster|shorter|longer|greater|above|below|worse|cheaper)\b[^.;,]{0,32}? than (?!\d|\w+ \d|half|one|two|three|a third|a quarter|zero)|(?:plus|moins|mieux|fois|meilleur\w*|superieur\w*|inferieur\w*)\b[^.;,]{0,40}? (?:que|qu'|a celle|a celui|a ceux) ?(?!\d)|(?:compare|comparee|compares|comparees) (?:a|au|aux)|(?:\d ?x|times|fois|points?|pts|%) (?:above |below |up on |down on |on |de )?(?:the |le |la |l')?(?:where|figure|level|niveau|inscriptions? de|spring|summer|autumn|winter|barometre|sondage|edition|term)|(?:au-dessus|en dessous|au-dessous) d[ue]s? (?![\d€$])(?=(?:barometre|dernier|niveau|precedent|resultat|score|sondage|t\d|q\d|seuil d))|where (?:[a-z0-9 ]{1,24}) (?:ended|left|stood|finished|closed)|[qth]?\d'?s figure|relative to the|(?:beat|out-?\w+|top|match) (?:last|the last)|d'avant|par rapport (?:a|au|aux) (?!\d)|than in (?:q|h|t|20|release|the|last)|year[- ](?:on|over)[- ]year|yoy|y/y|qoq|quarter[- ](?:on|over)[- ]quarter|month[- ](?:on|over)[- ]month|mom|en glissement annuel|d'une annee (?:sur|a) l'autre|n-1"
    r"|(?:vs\.?|versus|than|compared (?:to|with)|relative to|par rapport (?:a|au|aux)|contre|que|face a) (?:the |le |la |l'|les |au |aux |celle |celui |ceux |our |notre |nos |we |a )*(?:[a-z'-]+ ){0,3}?(?:average|benchmark|baseline|last|previous|prior|past|same|control(?: group)?|moyenne|dernier|derniere|precedente?s?|passe|passee|had|started|did|today|now|before|beta|pilot|pilote|groupe temoin|cohorte|cohort|current|actuel(?:le)?|aujourd'hui|lancement|launch|competitors?|plan|budget|forecast|edition|depart|baseline)"
    r"|(?:last|previous|prior) (?:year|quarter|month|cycle|season|launch|edition|release)(?:'s)?"
    r"|de plus que|de moins que|plus que l'an|(?:above|below|over|on|sur) (?:the |la |le )?(?:current|actuel|present|baseline|base actuelle|today's) |more than (?:we|today|now)|au-dela de l'an"
    r"|(?:double|triple|match|beat|twice|surpass|exceed|halve|doubler|tripler|depasser|battre) (?:the |our |le |la |l'|notre |celui |celle )*(?:[a-z'-]+ )?(?:last|previous|prior|dernier|precedent|de l'an|de l'annee|du trimestre|q\d|20\d\d|record))"
)
_PER = re.compile(
    r"\b(?:(?:per|a|an|each|every) (?:day|week|month|year|hour|quarter)|(?:par|chaque) (?:jour|semaine|mois|an|heure|annee)|monthly|weekly|daily|yearly|annual|annually|mensuel(?:le)?s?|hebdomadaires?|quotidien(?:ne)?s?|annuel(?:le)?s?|recurrente?s?|recurring)\b|/ ?(?:day|week|month|mo|wk|j|jour|semaine|sem|mois|an|year|yr|s|sec)\b|\b(?:every|each|chaque) (?:\w+day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|soir|matin|evening|morning|session)\b"
)
_KEEP_WORDS = re.compile(
    r"^(?:we |nous |on |)(?:will |)(?:maintain|keep|stay|remain|hold|preserve|sustain|retain(?: \w+){0,8} (?:at|to|above|below)|protect|defend|safeguard|maintenir|garder|conserver|rester|preserver|stabiliser|demeurer|se maintenir|holding|keeping|staying|defendre|continue(?:r)?(?: de| a| to)?|keep on|go on|ne pas (?:depass|descend|laisser|faire|repass|retomb|tomb|franchi)\w*|tenir (?:le|la|les|notre|nos) (?:taux|niveau|sla|score|cap|rythme|nps|seuil|marge|churn|delai)|ne jamais|never (?:fall|drop|go|let|exceed)|(?:do not|don't|not) (?:exceed|fall|drop|go|let)|perenniser|keep(?:ing)? the|contenir)\b"
    r"|(?:, |^while [^,]{4,60}, )(?:keep|hold|maintain|stay|garder|maintenir)\b|\bnot allowed to (?:drop|fall|rise|exceed)|\bgo(?:es)? on being\b|\btoujours (?:inferieur|superieur|sous|au-dessus|en dessous|moins de|plus de)|\btout au long d|\b(?:(?:maintained|kept|held) (?:at|above|below|under|over|within|steady)|stays?|remains?|remaining|staying|stable|unchanged|steady|maintenue?s?|reste(?:nt)?|stable|se maintient|conservee?s?|stabilisee?s?|doesn't (?:fall|drop|go|exceed)|does not (?:fall|drop|go|exceed)|never (?:falls?|drops?|exceeds?|goes?|dips?|below|above)|ne (?:depasse|descend|passe|tombe)(?:nt)? (?:jamais|pas)|sans (?:descendre|depasser|passer|repasser)|no (?:worse|lower|higher) than)\b"
)
_NEW = re.compile(
    r"\b(?:new|first|net new|additional|extra|another|brand new|nouveaux?|nouvelles?|nouvel|premiers?|premieres?|supplementaires?|de plus|additionnel(?:le)?s?|incremental|post-launch|post-lancement|inedite?s?|more|further)\b"
)
_SCOPE_BEFORE = re.compile(
    r"(?:\b(?:our|nos|the|these|those|all|all of the|tous les|toutes les|les|ces|leurs|top|last|past|the first|our first|nos premiers|nos premieres|the next|des|derniers|dernieres|premiers|premieres|aux|latest|largest|biggest|parmi|auprès de|aupres des?|chosen from(?: the)?|sample of|echantillon de|n ?=|among|across(?: all| the)?|for (?:our|the)|base de|surveyed|sondes|interroges)"
    r"|\b(?:budget (?:de|of)|investment of|investissement de|enveloppe de|with a budget of|older than|plus vieux que|de plus de|with more than|with over|with at least|ayant plus de|dating from|datant de|every|toutes les|tous les|chaque|of more than|of over|sized|deals? (?:over|above|under|below|of)|accounts? (?:over|above|under)|contrats? (?:de plus de|superieurs? a)|deals? (?:de plus de|superieurs? a|>))) ?[$€£<>≥]*$"
)
_SCOPE_AFTER = re.compile(
    r"^(?:-(?:step|page|minute|day|week|month|person|point|part|slide|question|hour|year|seat|jours|minutes|pages|chapter|word|second|city|country|market|market|touch|email)"
    r"| (?:steps?|pages?|phases?|chapters?|slides?|volets?|etapes?|parties|chapitres?|mots|words|bullets?|piliers?|pillars?|axes?|temps|lignes)\b"
    r"| ?(?:(?:%|percent) )?(?:discount|off\b|remise|de remise)| ?(?:budget|de budget)|\+? ?(?:attendees|employees|salaries|seats|postes|collaborateurs)\)| (?:respondents?|repondants?|sondes)\b)"
)
_SCOPE_OPEN = re.compile(r"\((?:<|>|≥|≤|\+|de |plus de |moins de |over |under )?[ $€£]*$")
_TARGET_CUE = re.compile(
    r"(?:\b(?:to|targeting|visant|at least|reach(?:es|ing)?|hit(?:s|ting)?|achiev\w+|exceed\w*|target|goal|objectif|cible|au moins|atteindre|atteint|atteignent|obtenir|jusqu'a|a|vise|viser|to-be|minimum|plus de|more than|over|above|under|below|moins de|sous|less than|fewer than)(?: de| d'| of| les| un| une| a)?|[≥≤<>=:→]) ?[$€£~]*$"
)


_TO_CUE = re.compile(r"(?:\b(?:to|a|target|targeting|goal|objectif|cible|vise|visant|jusqu'a)(?: (?:de|:))?|→|->|=>) ?[<>≥≤$€]* ?$")


_AIM_CUE = re.compile(r"\b(?:target(?:ing)?|goal|objectif|cible|visant|to-be)(?: (?:of|de|is|:))?[ :=]*[<>≥≤$€]* ?$")


class Start(NamedTuple):
    """Hold the target and the baseline found, as indexes into the reading's numbers."""

    target: Number | None
    kind: BaselineKind | None
    value: Number | None
    reference: tuple[int, int] | None
    pair: bool = False


def find_start(reading: Reading) -> Start:
    """Find the quantity to reach and where it starts from.

    `kind` is what the words alone allow: "stated", "reference", "kept", or None when the nature of the
    measure must decide between "zero" and "none".
    """
    plain, numbers = reading.plain, reading.numbers
    pair = _pair(plain, numbers)
    if pair:
        return Start(_signed(pair[1]), "stated", _signed(pair[0]), None, pair=True)
    current = _cued(plain, numbers)
    candidates = [n for n in numbers if n is not current and not _is_scope(reading, n)]
    candidates = _without_windows(reading, candidates)
    target = _choose(plain, candidates)
    if current and target is None and current.comparator is None:
        others = [n for n in numbers if n is not current]
        target = others[0] if others else None
    if target is not None and not target.relative and _changes_by(reading, target):
        target = target._replace(relative=True)
    if target is None:
        return Start(None, None, _signed(current) if current else None, None)
    if current:
        return Start(target, "stated", _signed(current), None)
    if _KEEP_WORDS.search(plain[reading.start :]) and not re.search(r"\bwithin \d|\bstay on\b", plain):
        return Start(target, "kept", None, None)
    reference = _reference(reading)
    if reference:
        return Start(target, "reference", None, reference)
    return Start(target, None, None, None)


def _signed(number: Number) -> Number:
    return number._replace(value=-abs(number.value), sign=0) if number.sign < 0 else number._replace(sign=0)


def _pair(plain: str, numbers: list[Number]) -> tuple[Number, Number] | None:
    """Find "from X to Y", "de X à Y", "X -> Y"."""
    for first, second in zip(numbers, numbers[1:], strict=False):
        between = plain[
            first.end : second.start
            + (2 if plain[second.start : second.start + 2] in ("=>", ">=") else 1 if plain[second.start] in "<>≥≤" else 0)
        ]
        if len(between) > 64:
            continue
        sign_gap = between + (" " if not between.endswith(" ") else "")
        if (_ARROW.match(between) or re.match(r"^[^.;,|\d]{0,24}?\b(?:down|up) to $", between)) and _same_kind(first, second):
            return first, second
        if _FROM.search(plain[max(0, first.start - 24) : first.start]) and _TO.match(sign_gap.rstrip() + " ") and _same_kind(first, second):
            if (
                re.search(
                    r"\b(?:teams?|equipes?|pme|entreprises?|companies|organi[sz]ations?|groupes?|structures?|clients|accounts|agees?|aged) (?:de|of|from) $",
                    plain[: first.start],
                )
                and first.unit is None
                and second.unit is None
                and re.match(r" ?(?:salaries|personnes|employees|people|seats|collaborateurs|postes|ans\b)", plain[second.end :])
                and not re.search(r"\b(?:to|a) ?$", plain[: first.start])
            ):
                continue
            if re.search(r"\b(?:in|en|within|entre|between)\b", between):
                continue
            return first, second
    return None


def _same_kind(first: Number, second: Number) -> bool:
    if first.unit == second.unit or first.unit is None or second.unit is None:
        return True
    if first.is_duration and second.is_duration:
        return True
    if first.unit in CURRENCIES and second.unit in CURRENCIES:
        return False
    return {first.unit, second.unit} <= {"percent", "points", "count", "score", "star"}


def _cued(plain: str, numbers: list[Number]) -> Number | None:
    """Find the quantity that a cue says is today's: (vs 30 %), currently 12, up from 5, 25 % en baseline."""
    if len(numbers) < 2:
        return None
    for index, number in enumerate(numbers):
        before = plain[max(0, number.start - 48) : number.start]
        after = plain[number.end : number.end + 40]
        stop = numbers[index + 1].start - number.end if index + 1 < len(numbers) else 40
        if number.relative and number.sign and not number.is_duration:
            continue
        if index and _in_brackets(plain, number) and _alike(numbers[0], number) and _bracket_says_today(plain, number):
            return number
        if _CUE_BEFORE.search(before):
            return number
        gap = after[: max(0, stop)] if stop < 40 else ""
        if (
            _CUE_AFTER.match(after[: max(0, stop)])
            and not _OPENS_NEXT.search(gap)
            and not re.search(
                r"\b(?:by|d'ici|before|avant|to|reach|atteindre)\b", after[: min(stop, 30)].split(" today")[0].split(" aujourd")[0]
            )
        ):
            later = re.match(r"^[^.;,|()]{0,20}?\b(?:(?:en|au|fin|in|at the end of) (?:[qts]\d|20\d\d)|in [qt]\d)", after)
            if later and not re.search(r"\([^)]*$|\bvs\b|\bcontre\b|\bwas\b|\bdown\b|\bup\b", before):
                continue
            return number
    return None


_BRACKET_OTHER = re.compile(
    r"\b(?:increase|growth|hausse|baisse|drop|reduction|objectif|cible|target|stretch|dont|of which|including|soit|formule|note|includes|including|goal|minimum|min|max|mesuree? sur|weeks?|semaines?)\b"
)
_BRACKET_TIME = re.compile(
    r"\b(?:last|latest|now|today|current\w*|actuel\w*|dernier\w*|auj\w*|en|in|au|at|was|depart|baseline|base|hier|snapshot|beta|pilote?|mesure|a la|a l'|a mes)\b"
)


def _bracket_says_today(plain: str, number: Number) -> bool:
    """Tell "(33 % en janvier)", today's value, from "(40 % increase)" or "(36 séances)"."""
    opened, closed = plain.rfind("(", 0, number.start), plain.find(")", number.end) + 1
    if _BRACKET_OTHER.search(plain[opened:closed]):
        return False
    return number.unit not in (None, "count") or bool(_BRACKET_TIME.search(plain[number.end : closed] + plain[opened : number.start]))


def _in_brackets(plain: str, number: Number) -> bool:
    return plain.rfind("(", 0, number.start) > plain.rfind(")", 0, number.start) and plain.find(")", number.end) - number.end in range(
        0, 48
    )


def _alike(first: Number, second: Number) -> bool:
    loose = {None, "score", "star", "points", "count"}
    return (
        (first.unit == second.unit or (first.is_duration and second.is_duration) or {first.unit, second.unit} <= loose)
        and not second.relative
        and second.comparator is None
        and (first.out_of == second.out_of or second.out_of is None)
        and second.value != first.value
    )


def _is_scope(reading: Reading, number: Number) -> bool:
    """Tell a number that only says on what or how big: our 12 markets, in 3 steps, (< 50 employees)."""
    plain = reading.plain
    before = plain[max(0, number.start - 40) : number.start]
    after = plain[number.end : number.end + 32]
    scoped = _SCOPE_AFTER.match(after)
    if (
        scoped
        and number.value <= 60
        and (
            number.unit != "percent"
            or number.comparator is None
            and re.search("discount|remise|off", scoped[0])
            and not re.match(" ?(?:de )?remise moyenne", after)
        )
    ):
        return True
    if (
        _SCOPE_OPEN.search(before)
        and number.comparator
        and re.match(r"[^)]{0,30}\b(?:employees|salaries|seats|attendees|users|people|personnes|postes|collaborateurs|arr|k?€)", after)
        and len(reading.numbers) > 1
    ):
        return True
    if re.search(r"\btop $", before):
        return not re.search(
            r"\b(?:rank\w*|reach\w*|enter\w*|break into|in the|in|into|dans le|dans les|entrer|figurer|rester|stay|atteindre|classer|classee?s?|hisser|parmi le) (?:the |le |au )?top $",
            before,
        )
    if number.spelled or not re.search(r"\b(?:the|les|des|aux|all)\b ?[$€£<>≥]*$", before):
        return bool(_SCOPE_BEFORE.search(before)) and number.unit != "percent" and number.unit != "factor"
    return number.unit not in ("percent", "factor", "points") and not re.search(
        r"\b(?:reach|pass|cross|exceed|hit|break|above|below|under|over|past|franchir|depasser|atteindre|cap|barre|sous|seuil|dessus|dessous|de) (?:the|les|des) ?[$€£<>≥]*$",
        before,
    )


def _without_windows(reading: Reading, numbers: list[Number]) -> list[Number]:
    """Drop the durations that only frame another quantity (answered within 24 h, retention at 30 days)."""
    if not any(not n.is_duration for n in numbers):
        kept = []
        for number in numbers:
            before = reading.plain[max(0, number.start - 24) : number.start]
            if re.search(
                r"\b(?:at|apres|after|every|toutes les|tous les|for|pendant|durant|sessions? de|(?<!moins )(?<!plus )de|d'une duree de|lasting|during|over the next)(?: the first| les)? $",
                before,
            ) and not _duration_measured(reading):
                continue
            kept.append(number)
        return kept
    return [n for n in numbers if not n.is_duration or _leads(reading, n)]


def _leads(reading: Reading, number: Number) -> bool:
    """Tell a duration that is itself what is measured, though another number stands beside it."""
    first = next((n for n in reading.numbers if n is number or not n.is_duration), None)
    return first is number and _duration_measured(reading)


def _duration_measured(reading: Reading) -> bool:
    if any(m.metric.kind == "duration" for m in reading.measures):
        return True
    return bool(
        re.search(
            r"\b(?:time|delay|delai|delais|duree|temps|cycle|latency|latence|latences|p\d\d|response|reponse|ramp|age|wait|attente|lead time|turnaround|sleep|dormir|duration|mttr|resolution|chargement|loading|hours|heures)\b",
            reading.plain,
        )
    )


def _choose(plain: str, numbers: list[Number]) -> Number | None:
    """Choose the quantity to reach: the first one with a cue ("to", "at least", ≥), else the first."""
    if (
        numbers
        and numbers[0].unit == "percent"
        and not numbers[0].relative
        and not any(_TO_CUE.search(plain[max(0, n.start - 12) : n.start]) for n in numbers[1:])
    ):
        return numbers[0]  # "40 % of readers click through to at least one article"
    for number in numbers:
        if _AIM_CUE.search(plain[max(0, number.start - 16) : number.start]):
            return number
    for number in numbers:
        cued = number.comparator or _TARGET_CUE.search(plain[max(0, number.start - 24) : number.start])
        if not cued or number.sign and number is not numbers[0]:
            continue
        after_to = re.search(r"\b(?:to|a) ?$", plain[: number.start][-4:])
        same = numbers[0].unit == number.unit and not number.comparator and not after_to
        return numbers[0] if same else number
    return numbers[0] if numbers else None


_CHANGES = re.compile(
    r"(?:augmenter|accroitre|ameliorer|reduire|diminuer|baisser|abaisser|relever|raccourcir|gagner|progresser|croitre|faire (?:baisser|reculer|chuter|progresser|grimper|monter|croitre)|hausse|baisse|croissance|reduction|augmentation|diminution|progression|economiser|perdre|remonter|reculer|chuter|alleger)\b"
)


_BY_SO_MUCH = re.compile(
    r" ?(?:increase|growth|reduction|decrease|drop|uplift|lift|improvement|fewer|de hausse|de baisse|d'augmentation|de croissance|en plus\b|en moins\b|de plus\b|de moins\b)"
)
_GROWS = re.compile(r"(?:increase|grow|raise|boost|lift|improve|reduce|decrease|cut|lower|drop|shorten|shrink|slash|trim|expand)\b")


def _changes_by(reading: Reading, target: Number) -> bool:
    """Tell "Augmenter le taux d'activation de 20 %" and "up 8 points": a change, not a level."""
    before = reading.plain[reading.start : target.start]
    if re.search(r"\b(?:up|down|hausse|baisse) $", before) or _BY_SO_MUCH.match(reading.plain, target.end):
        return True
    if (
        reading.language == "en"
        and target.unit in ("percent", "points")
        and _GROWS.match(before)
        and not re.search(r"\b(?:to|at|above|below|under|over|from|of|than|least|past|with|reach|hit) ?[<>≥≤=]* ?$|[:=(]", before)
    ):
        return True
    return bool(
        re.search(r"\b(?:de|d')(?: (?:plus|moins) de)? ?$", before)
        and _CHANGES.match(before)
        and not re.search(r" (?:a|de) .* de ?$", before[-14:])
        and target.unit in ("percent", "points", "factor")
    )


def _reference(reading: Reading) -> tuple[int, int] | None:
    for period in reading.periods:
        if period.role == "reference":
            return period.start, period.end
    match = _REFERENCE_CUE.search(reading.plain)
    if not match:
        return None
    rest = re.match(r"[^,;.()]{0,32}(?=[,;.()]|\s|$)", reading.plain[match.end() :])
    end = match.end() + (rest.end() if rest else 0)
    return match.start(), len(reading.plain[:end].rstrip())


_GATHER = re.compile(
    r"\b(?:rais(?:e|es|ed|ing)|collect\w*|book(?:ed|s|ing)?|clos(?:e|es|ed|ing)|bank(?:ed|ing)?|sav(?:e|es|ed|ing|ings)|secur\w+|receiv\w+|generat\w+|sourc\w+|influenc\w+|won|win|lever|levee?s?|collectee?s?|encaiss\w+|engrang\w+|obtenir|signer|signee?s?|gener\w+|recueilli\w*|rapport\w+|ecoul\w+|econom\w+|epargn\w+|constituer|vendre|vendus?|vendues?|decrocher|apporter|closed|unlock\w*|recover\w*|recuper\w+|nouveau|new|donn\w+|dons|donations?|grants?|subventions?|funding|commitments?|engagements?|pipeline|bookings?|contrats?|contracts?|deals?)\b"
)
_STANDING = re.compile(
    r"\b(?:mrr|arr|revenue|chiffre d'affaires|ca|turnover|valuation|cash|tresorerie|panier|basket|acv|arpa|arpu|cac|cpl|cpa|cost|cout|couts|price|prix|marge|margin|budget|salaire|salary|portefeuille|encours|balance|income|ebitda|runway|average|moyen|moyenne|averaging|median|mediane)\b"
)
_STOCK = re.compile(
    r"\b(?:subscribers?|abonnee?s?|followers?|subscribed|active (?:users?|customers?|accounts?|members?|partners?)|(?:utilisateurs|clients|comptes|membres|partenaires) actifs?|members?|membres|adherents?|inscrits a la newsletter|comptes actifs|stars on|keywords?|mots-cles|concurrent|simultanees?|at any time|traffic|trafic|visits?|visites|visitors?|visiteurs|views?|vues|sessions|on hand|in stock|en stock|open tickets|tickets ouverts|live customers|client base|base clients|backlog|au total|in total)\b"
)


def dates_the_start(reading: Reading, start: Start, period: Period) -> bool:
    """Tell a date that says when the start was measured: "(24 % in Q2)", "(T2 : 25 %)"."""
    value = start.value
    if start.kind != "stated" or value is None or start.pair:
        return False
    gap = reading.plain[value.end : period.start]
    if (
        0 <= len(gap) <= 6
        and period.start >= value.end
        and not re.search(r"[),;]", gap)
        and not re.match(r"(?:d'ici|by|before|avant)", reading.plain[period.start :])
    ):
        return True
    opened = reading.plain.rfind("(", 0, value.start)
    return 0 <= value.start - period.end <= 4 and _in_brackets(reading.plain, value) and period.start > opened


_GROWS_A_STOCK = frozenset(
    "add gain recruit sign acquire win attract get generate obtain obtenir generer decrocher ajouter gagner recruter signer acquerir attirer conquerir rallier".split()
)


def counts_from_zero(reading: Reading, target: Number) -> bool:
    """Tell a count gathered within the cycle from a level that exists already.

    Events that others bring (demo requests, new customers, press articles, new pipeline) start at zero;
    rates, scores, stocks (subscribers, MRR) and running rates (per week) do not.
    """
    plain = reading.plain
    if target.value == 0 and target.unit in (None, "count"):
        return any(period.role == "deadline" for period in reading.periods)
    if target.unit in ("percent", "points", "score", "star", "factor") or target.out_of or target.is_duration:
        return target.unit == "percent" and not target.relative and _launches(reading)
    if target.relative:
        return bool(target.sign > 0 and _NEW.search(plain[target.end : target.end + 24]))
    if any(m.metric.kind == "score" and abs(m.start - target.start) < 60 for m in reading.measures):
        return False
    if _launches(reading):
        return True
    if _PER.search(plain):
        return bool(
            re.search(
                r"\b(?:new|nouveau|nouveaux|nouvel|nouvelle) (?:channel|canal|feature|fonctionnalite|offre|product|produit|module)", plain
            )
        )
    around = plain[max(0, target.start - 16) : target.start] + " " + plain[target.end : target.end + 32]
    if _NEW.search(around):
        return True
    if target.unit in CURRENCIES:
        return not _STANDING.search(plain) and bool(_GATHER.search(plain))
    measure = next((m.metric for m in reading.measures if target.start - 24 <= m.start <= target.end + 32), None)
    near = [noun for noun in reading.nouns_between(target.end, target.end + 40)][:2]
    grows = reading.verb_at(reading.word_index(reading.start)).base in _GROWS_A_STOCK
    if grows and target.unit in (None, "count") and near and near[0].sense.classes & {"people", "obtained"}:
        return True
    if measure is not None:
        if measure.kind in ("count", "amount"):
            return True
        if measure.kind in ("rate", "score", "duration"):
            return False
        if not (near and near[0].sense.classes & {"obtained"} and not near[0].sense.classes & {"level"}):
            return False
    if _STOCK.search(plain[target.end : target.end + 48]) or _STOCK.search(plain[: target.start]) and target.start < 40:
        return False
    led_by = [n for n in reading.nouns_between(max(0, target.start - 40), target.start) if n.sense.classes & {"level", "measure"}]
    if led_by and not (near and near[0].sense.classes & {"obtained"}):
        return False
    if near and near[0].sense.classes & {"level", "measure"} and not near[0].sense.classes & {"obtained"}:
        return False
    if not near and target.unit is None and re.search(r"[:=≥≤<>] ?$", plain[max(0, target.start - 3) : target.start + 1]):
        return False
    if target.unit not in (None, "count"):
        return False
    return not any(m.metric.kind in ("rate", "score", "level", "duration") for m in reading.measures if m.end <= target.start)


_LAUNCH_BASES = frozenset(
    "launch lancer introduce ship publish publier release open ouvrir create creer build livrer pilot deployer organise organize host run animer monter test pilot try tester experimenter".split()
) | {"mettre en ligne", "ouvrir un", "stand up", "set up"}


def _launches(reading: Reading) -> bool:
    """Tell a statement about something that does not exist yet (launch X with 80 % completion)."""
    first = reading.word_index(reading.start)
    sense = next((s for s in (reading.verb_at(first), reading.verb_at(first + 1)) if s.base in _LAUNCH_BASES), NOTHING)
    if sense is not NOTHING:
        return bool(re.search(r"\b(?:with|avec|that|qui|and (?:get|win|sign|generate|reach|attract)|et (?:y |en )?)\b", reading.plain))
    return bool(
        re.search(
            r"\b(?:post[- ]lancement|post[- ]launch|after launch|apres (?:le )?lancement|(?:of|from|following) (?:the |its )?(?:launch|release|go-live)|(?:suivent|suivant|apres) (?:le |son |sa )?(?:lancement|sortie|mise en ligne)|brand[- ]new|using the new|utilisent le nouveau|the new (?:plan|module|tier|page|feature|cli|report|dashboard|app|product|offer|edition|mechanism|tool)|(?:la|le) (?:nouvelle|nouveau) (?:offre|feature|fonctionnalite|module|plan|produit|page|application|outil|version))\b",
            reading.plain,
        )
    )
