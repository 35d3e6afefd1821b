"""Decide what a key result is: an outcome, an output, an activity, or unclear.

The decision is a list of tests on facts, the surest first; each gives its reason, so that a finding can say why.
Definitions: the seed article ("proofs, not actions") and METHOD's words.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from reviewer.language.lexicon import NOTHING, Sense
from reviewer.language.quantities import CURRENCIES, Number
from reviewer.language.reading import Noun, Reading, has_placeholder
from reviewer.language.starts import Start
from reviewer.okr import Nature

Subject = Literal["team", "person", "third-party", "product"]


class Judgement(NamedTuple):
    """Hold a nature, how sure it is (0 to 1), the facts that led there, and the words it hangs on."""

    nature: Nature
    certainty: float
    because: tuple[str, ...]
    head: tuple[int, int] | None = None
    subject: Subject | None = None
    result: tuple[int, int] | None = None


_ADVERB = re.compile(
    r"^(?:(?:successfully|properly|proactively|independently|jointly|fully|also|continuously|consistently|regularly|effectively|efficiently|significantly|dramatically|substantially|systematically|always|only|further|actively|closely|collectively|carefully|quickly|please|directly|drastically|steadily|finally|better|at least|easily|then"
    r"|mieux|bien|regulierement|systematiquement|toujours|davantage|fortement|significativement|nettement|sensiblement|rapidement|ensuite|egalement|y|ne pas|ne plus|ne jamais|ne|se|me|nous|to|let's|en)\s+|(?:s|m|n)'\s*)+"
)
_ENSURE = re.compile(
    r"^(?:faire en sorte (?:que|qu')|obtenir (?:que|qu')|veiller a ce (?:que|qu')|s'assurer (?:que|qu')|garantir (?:que|qu')|ensure(?: that)?|make sure(?: that)?|see to it that|get to where|reach a point where|arriver a ce (?:que|qu')) ?(?:, ?[^,]{3,60}, ?)?"
)
_CAUSE = re.compile(r"^faire (?:[a-z]+ment |nettement |bien |mieux )?(?=(?P<verb>[a-z]+(?:er|ir|re)\b))")
_SUBJECT_TEAM = re.compile(
    r"^(?:we|i|our team|the team|nous|on|je|j'|notre equipe|l'equipe|the [a-z]+ team|l'equipe [a-z]+)\b(?! (?:members?|de)\b)"
)
_AUX = re.compile(
    r"^(?:will|can|could|should|must|have|has|had|are|is|be|been|being|do|does|now|all|also|to|able|easily|allons|avons|devons|pouvons|a|ont|est|sont|seront|sera|auront|aura|going|now|both|each|already|actually|successfully|actively|nos|peuvent|peut)$"
)
_RESULT_LINK = re.compile(
    r"\b(?:with(?! the\b| our\b| an? (?!\d))|resulting in|leading to|generating|driving|attracting|bringing(?: in)?|converting|reaching|achieving|cutting|reducing|increasing|lifting|winning|used by|adopted by|rated|scoring|so that|such that|until|"
    r"avec|(?:through which|that|which|qui|dont|grace auquel|grace a laquelle|and have|et voir)(?= (?:at least |au moins |plus de |over )?[\d€$£])|generant|atteignant|apportant|debouchant sur|aboutissant a|permettant d[e'] ?|amenant|attirant|convertissant|rapportant|utilisee?s? par|adoptee?s? par|notee?s?|jusqu'a|capable d[e'] ?)\b|→|=>"
)
_RESULT_VERB = re.compile(
    r"\b(?:(?P<who>that|which|qui|dont)|(?P<and>and|et|puis|then|,)|(?P<aim>to|pour|afin d[e'] ?)) (?:then |y |en |s'en |nous |us |ainsi |thereby )?(?=(?P<verb>[a-z]+))"
)
_OWN_SHARE = re.compile(
    r"^(?:of |des? |du |d'|de l'|de la |de nos |of our |of the |of all |of planned |nos |des nos )?(?:the |our |all |planned |nos |les |l')*"
)
_THIRD_VERB_SKIP = 5
_PASSIVE_BY_TEAM = re.compile(
    r"\b(?:formee?s|form[ée]s?|trained|briefed|coached|onboarded|interviewed|contacted|certified|sensibilisee?s|briefee?s|coachee?s|contactee?s|interviewee?s|onboardee?s|certifiee?s|embarquee?s|rencontree?s|appelee?s|accompagnee?s|visitee?s|met|visited|called|invited|invitee?s|surveyed|sondee?s|equipee?s|equipped|audited|auditee?s|reviewed|evaluee?s|assessed|surveyed|consulted|consultee?s|informee?s|informed|migrated|migree?s|enrolled in)\b"
)


def judge(reading: Reading, start: Start) -> Judgement:
    """Decide the nature of a key result from its facts."""
    plain = reading.plain
    words = reading.words
    if not words:
        return Judgement("unclear", 0.9, ("nothing to read",))
    first = reading.word_index(reading.start)
    if plain.rstrip().endswith("?") and start.target is None:
        return Judgement("unclear", 0.8, ("a question",))
    skipped = _ADVERB.match(plain[words[first].start :]) if first < len(words) else None
    if skipped and first < len(words):
        first = min(reading.word_index(words[first].start + skipped.end()), len(words) - 1)
    ensured = _ENSURE.match(plain[words[first].start :]) if first < len(words) else None
    if ensured:
        first = min(reading.word_index(words[first].start + ensured.end()), len(words) - 1)
    subject: Subject | None = None
    for ahead in range(first + 1, min(first + 4, len(words))):
        if words[ahead].text == "we" and reading.verb_at(first) is NOTHING:
            first = ahead
            break
    team = _SUBJECT_TEAM.match(plain[words[first].start :]) if first < len(words) else None
    if team:
        subject = "person" if words[first].text in reading.lexicon.first_person else "team"
        first = reading.word_index(words[first].start + team.end())
        while first < len(words) - 1 and (_AUX.match(words[first].text) or _ADVERB.match(words[first].text + " ")):
            first += 1
    if first >= len(words):
        return Judgement("unclear", 0.7, ("no verb and no measure",))
    verb = _head_verb(reading, first)
    if team and verb is NOTHING and not reading.verb_at(first).classes <= {"behave"}:
        verb = reading.verb_at(first)  # after "je" or "we" the word is a verb, whatever noun it looks like
    caused = _CAUSE.match(plain[words[first].start :])
    if caused and verb.length < 2:
        inner = reading.verb_at(reading.word_index(words[first].start + caused.start("verb")))
        by_others = re.search(r"\bpar (?!le |la |rapport|jour|semaine|mois|an\b)", plain) is not None
        work = inner.classes & {"output", "activity"} and not inner.classes & {"change", "reach"} and not by_others
        verb = Sense(frozenset({"change"} if "change" in inner.classes else {"activity"} if work else {"reach"}), "faire", 1)
    if start.target is not None and start.target.value == 0 and start.target.unit in (None, "count") and not start.pair:
        return Judgement("outcome", 0.85, ("none of something left",), subject=subject)
    if team and verb is NOTHING:
        if start.target is not None:
            return Judgement("outcome", 0.6, ("the team as subject, with a quantity",), subject=subject)
        return Judgement("activity", 0.6, ("the team is the subject",), subject=subject)
    if verb is not NOTHING:
        judged = _by_verb(reading, start, first, verb)
    elif opens_with_unknown_verb(reading, first):
        judged = _by_verb(reading, start, first, Sense(frozenset({"activity"}), words[first].text, 1))
        judged = judged._replace(certainty=min(judged.certainty, 0.8))
    else:
        judged = _by_noun(reading, start, first)
    return judged._replace(subject=subject or judged.subject)


_INFINITIVE = re.compile(r"^[a-z-]{2,}(?:er|ir|oir|ndre|oudre|ettre|aitre|uire|crire|lire|dire|vivre|suivre|rompre|battre|clure)$")
_NO_INFINITIVE = frozenset(
    """panier atelier premier dernier fevrier janvier dossier metier calendrier chantier papier courrier quartier loyer hiver cahier flyer leader cluster hier fier
    avenir loisir plaisir soir espoir pouvoir devoir savoir user master center newsletter buyer customer number partner power super over inter after under per tier order
    trustpilot twitter winner banner folder tender cher entier particulier regulier financier routier hotelier immobilier bancaire ouvrier plusieurs air""".split()
)
_DETERMINER = re.compile(
    r"^ (?:(?:the|a|an|our|all|every|each|any|its|their|them|his|her|this|these|those|one|two|three|four|five|six|eight|ten|xx?|both|more|new"
    r"|le|la|les|un|une|des|du|de l|nos|notre|mon|ma|mes|leurs?|ce|cet|cette|ces|chaque|tous|toutes|toute|deux|trois|quatre|cinq|six|dix)\b|l'|\d|\[)"
)
_GERUND_AFTER = re.compile(
    r"^ (?:the|a|an|our|all|every|each|in|on|with|for|through|up|out|at|to|between|late|new|customers?|users?|reps?|newcomers?|\d|[a-z]+s\b)"
)


_FUNCTION = frozenset(
    """only at with from under below above over nearly almost about around half both more less fewer every all each some not no zero top when where what how that this than
    and but per least most best out off our the a an one two three four five six seven eight nine ten eleven twelve twice once before until while after during within by for
    in on of to as if since because between among across up down we they it he she you i there here these those first second last next net new other such own which who whose whom none nothing nobody many much few several""".split()
)


def opens_with_unknown_verb(reading: Reading, at: int) -> bool:
    """Tell a verb that no list holds, by its form and what follows.

    Verbs of change and of reaching are few and listed; whatever else people do is an open class, so an
    unknown verb is something the team does.
    """
    words, plain = reading.words, reading.plain
    word = words[at].text
    after = plain[words[at].end : words[at].end + 24]
    known_noun = reading.lexicon.noun_at(words, at) is not NOTHING
    if word in _FUNCTION or any(measure.start == words[at].start for measure in reading.measures):
        return False
    if reading.language == "fr":
        if _INFINITIVE.match(word) and word not in _NO_INFINITIVE and not known_noun:
            return True
        if word.endswith("ons") and len(word) > 5 and not known_noun and _DETERMINER.match(after):
            return True
        sense = reading.verb_at(at)
        return (
            word.endswith("e")
            and sense is not NOTHING
            and not sense.classes <= {"behave", "change", "reach"}
            and not known_noun
            and bool(re.match(r" (?:les?|la|l'|des|un|une|nos|notre|\d)", after))
        )
    if known_noun or len(word) < 3:
        return False
    if word.endswith("ing") and len(word) > 5:
        return bool(_GERUND_AFTER.match(after))
    if (
        not re.match(r" (?:the|a|an|our|its|their) ", after)
        and word.endswith(("s", "ly", "tion", "ment", "ness", "ity", "er", "al", "ive", "ous", "ful"))
        and not word.endswith("ss")
    ):
        return False
    return bool(_DETERMINER.match(after))


def _head_verb(reading: Reading, at: int) -> Sense:
    """Find the verb that opens the statement, unless the word is a noun there ("Sales cycle", "Support tickets")."""
    words = reading.words
    sense = reading.verb_at(at)
    if sense is NOTHING:
        return NOTHING
    word = words[at].text
    noun = reading.lexicon.noun_at(words, at)
    if sense.length > 1:
        return sense
    if any(measure.start == words[at].start for measure in reading.measures) and (
        reading.language == "fr" or word != sense.base or len([w for w in words if w.start < _measure_end(reading, at)]) - at > 1
    ):
        return NOTHING
    if noun.length > 1:
        return NOTHING
    if reading.language == "en":
        if word.endswith("s") and word != sense.base and not word.endswith("ss"):
            return NOTHING  # plural noun or a verb without its subject
        if noun is not NOTHING and word == sense.base and _noun_reading(reading, at, noun):
            return NOTHING
        if word.endswith("ing") and sense.classes <= {"behave"}:
            return NOTHING
        if (word.endswith("ed") or word in ("built", "won", "sold", "signed")) and at + 1 < len(words) and sense.classes <= {"behave"}:
            return NOTHING
        return sense if not sense.classes <= {"behave"} else NOTHING
    infinitive = word == sense.base.split(" ")[0]
    if infinitive:
        return sense if not sense.classes <= {"behave"} else NOTHING
    if word in ("a", "est", "sont", "ont", "fait", "part", "note", "passe", "porte", "vise", "couvre", "compte"):
        return NOTHING
    if noun is not NOTHING and not word.endswith(("ee", "ees", "ons", "ant")):
        return NOTHING
    return sense if not sense.classes <= {"behave"} else NOTHING


def _measure_end(reading: Reading, at: int) -> int:
    return next((m.end for m in reading.measures if m.start == reading.words[at].start), 0)


def _noun_reading(reading: Reading, at: int, noun: Sense) -> bool:
    """Tell "Support tickets down 30 %" (noun) from "Support 12 customers" (verb), in English."""
    words = reading.words
    if at + 1 >= len(words):
        return True
    following = words[at + 1]
    gap = reading.plain[words[at].end : following.start]
    if gap.strip() in (":", "=", "≥", ">", "<", "≤", "-", "→") and gap.strip():
        return True
    after_noun = reading.lexicon.noun_at(words, at + 1)
    if following.text in (
        "of",
        "for",
        "from",
        "with",
        "rate",
        "is",
        "are",
        "at",
        "per",
        "on",
        "in",
        "by",
        "to",
        "above",
        "below",
        "under",
        "over",
        "and",
    ) and words[at].text not in (
        "report",
        "work",
        "research",
        "plan",
        "demo",
        "test",
        "pilot",
        "train",
        "model",
        "travel",
        "talk",
        "hire",
        "focus",
    ):
        return following.text != "to" or "measure" in noun.classes
    if (
        after_noun.classes & {"measure", "done", "obtained", "level"}
        and not after_noun.classes & {"deliverable", "people"}
        or words[at].text in ("phone", "feature", "support")
        and following.text in ("calls", "requests", "tickets")
    ):
        return words[at].text in (
            "sales",
            "support",
            "churn",
            "demo",
            "trial",
            "test",
            "cost",
            "market",
            "brand",
            "lead",
            "post",
            "design",
            "research",
            "work",
            "train",
            "ad",
            "call",
            "code",
            "price",
            "phone",
            "view",
            "release",
            "page",
            "feature",
            "deal",
            "order",
            "purchase",
            "review",
            "survey",
            "share",
            "record",
            "net",
            "gross",
            "search",
            "web",
            "renewal",
            "contract",
            "script",
            "budget",
        )
    return words[at].text in ("sales", "churn", "demo") and bool(after_noun.classes)


def _by_verb(reading: Reading, start: Start, at: int, verb: Sense) -> Judgement:
    words, plain = reading.words, reading.plain
    head = (words[at].start, words[min(at + verb.length, len(words)) - 1].end)
    after = at + verb.length
    objects = [noun for noun in reading.nouns if noun.at >= after]
    link = _result_link(reading, start, head[1])
    upto = link[0] if link else len(plain)
    near = _heads(reading, [noun for noun in objects if words[noun.at].start < upto])[:3]
    classes = near[0].sense.classes if near else frozenset[str]()
    name = verb.base
    doing = verb.classes & {"output", "activity"}
    changing = verb.classes & {"change", "reach", "keep"}
    own = _own_work_measured(reading, head[1], upto)

    counted = _counted(reading, start)
    if counted is not None and link is None and not start.pair and "change" not in verb.classes:
        kinds = counted.sense.classes
        if kinds & {"deliverable"} and not kinds & {"obtained", "people", "measure", "level"}:
            return Judgement("output", 0.8, ("what is counted is a deliverable",), head)
    if start.pair or start.kind == "stated":
        if own:
            return Judgement(_task(verb), 0.9, (f"«{own}» counts the team's own work",), head)
        plain_numbers = (
            start.pair
            and start.target is not None
            and start.target.unit is None
            and not changing
            and not _has_measure(reading, head[1], upto)
        )
        if plain_numbers and not any(n.sense.classes & {"people", "obtained"} for n in near):
            return Judgement(_task(verb), 0.65, ("numbers of versions, not of a measure",), head)
        if doing and link and not changing:
            return Judgement("outcome", 0.8, ("a task carries a result of its own",), head, result=link)
        if changing or not near or not classes & {"deliverable"} or _has_measure(reading, head[1], upto):
            return Judgement("outcome", 0.95, ("a change from one value to another",), head)
    if "keep" in verb.classes and "output" not in verb.classes and "activity" not in verb.classes:
        routine = verb.base in ("continue", "continue to", "keep on")
        if start.target is not None or not routine and _has_measure(reading, head[1], upto):
            return Judgement("outcome", 0.9, ("a level to keep",), head)
        if classes & {"deliverable"} or not near:
            return Judgement("activity", 0.7, ("keeping one's own things in order",), head)
        return Judgement("outcome" if classes & {"people", "level"} else "activity", 0.6, ("a state to keep",), head)
    if changing:
        judged = _by_change(reading, start, verb, head, near, own, upto)
        if judged:
            return judged
    if doing and _OWN_MEANS.search(plain, head[1]):
        return Judgement("activity", 0.8, ("where one's own means go",), head)
    if doing:
        return _by_doing(reading, start, verb, head, near, link, own)
    if start.target is not None:
        return Judgement("outcome", 0.6, (f"«{name}» with a quantity",), head)
    return Judgement("unclear", 0.5, (f"«{name}» alone says neither",), head)


_OWN_MEANS = re.compile(
    r"(?:%|percent|pour cent) (?:of|du|de|de la|des) (?:our |notre |nos |the |leur |my |mon )?(?:[a-z]+ )?(?:spend|budget|time|temps|effort|investment|depenses|capacity|capacite)\b"
)


def _task(verb: Sense) -> Nature:
    return "activity" if "activity" in verb.classes and "output" not in verb.classes else "output"


def _by_change(
    reading: Reading, start: Start, verb: Sense, head: tuple[int, int], near: list[Noun], own: str | None, upto: int
) -> Judgement | None:
    """Judge change, reach and keep verbs by what they act on."""
    classes = near[0].sense.classes if near else frozenset[str]()
    measured = _has_measure(reading, head[1], upto)
    name = verb.base
    both = bool(verb.classes & {"output", "activity"})
    if own:
        return Judgement("output", 0.85, (f"«{own}» counts the team's own work",), head)
    counted = _counted(reading, start)
    if counted is not None:
        kinds = counted.sense.classes
        if kinds & {"deliverable"} and not kinds & {"obtained", "people", "measure"}:
            return Judgement("output", 0.8, ("what is counted is a deliverable",), head)
        if kinds & {"obtained", "people", "measure", "level"} and not (both and kinds & {"deliverable"}):
            if both and verb.classes & {"activity"} and not kinds & {"obtained", "measure"}:
                return None
            return Judgement("outcome", 0.9, ("what is counted comes from others",), head)
    if measured:
        if both and start.target is None and not verb.classes & {"change"}:
            return None
        return Judgement("outcome", 0.9, (f"«{name}» acts on a measure",), head)
    if start.target is not None and start.target.unit in ("percent", "points", "factor", "score", "star", *CURRENCIES):
        if (
            classes & {"deliverable"}
            and not classes & {"people", "obtained", "measure"}
            and start.target.unit not in ("percent", "points", "factor")
        ):
            return Judgement("output", 0.6, ("a deliverable stands after the verb",), head)
        return Judgement("outcome", 0.85, ("a measured change",), head)
    if both:
        return None
    if classes & {"deliverable"} and not classes & {"people", "obtained", "measure"}:
        return Judgement("output", 0.75, ("a deliverable stands after the verb",), head)
    if start.target is not None:
        return Judgement("outcome", 0.8, (f"«{name}» with a quantity",), head)
    if not near or classes & {"vague"}:
        return Judgement("unclear", 0.6, ("what should change is not said",), head)
    if classes & {"people", "obtained", "level", "measure"}:
        return Judgement("outcome", 0.7, (f"«{name}» acts on others",), head)
    return Judgement("unclear" if "change" in verb.classes else "outcome", 0.5, (f"«{name}» without a measure",), head)


def _by_doing(
    reading: Reading, start: Start, verb: Sense, head: tuple[int, int], near: list[Noun], link: tuple[int, int] | None, own: str | None
) -> Judgement:
    """Judge output and activity verbs: a task, unless a result with its own quantity hangs on it."""
    nature = _task(verb)
    name = verb.base
    target = start.target
    if target is not None and not own:
        after = reading.plain[target.end : target.end + 40]
        before = reading.plain[max(0, target.start - 24) : target.start]
        if (
            target.is_duration
            and (target.comparator in ("<", "<=") or re.search(r"\b(?:sous|within|in under|in less than|en)(?: les| the)? $", before))
            and not _result_clause(reading, head[1])
        ):
            return Judgement("outcome", 0.7, ("a delay to keep: a level of service",), head)
        if target.unit in ("percent", "points", *CURRENCIES):
            following = reading.nouns_between(target.end, target.end + 28)
            if re.search(r"\b(?:sous|within|in under|in less than|en moins de|under) (?:les |the )?\d", reading.plain[target.end :]):
                return Judgement("outcome", 0.75, ("a delay to keep: a level of service",), head)
            if re.match(r"[^.;,]{0,28}?\b(?:en moins?|de moins|en plus|de plus|fewer|less|more|lower|higher)\b", after) or start.kind in (
                "kept",
            ):
                return Judgement("outcome", 0.75, ("a measured change",), head)
            if following and following[0].sense.classes & {"measure", "level"} and not following[0].sense.classes & {"deliverable"}:
                return Judgement("outcome", 0.65, ("a measure stands after the quantity",), head)
            if (
                any(m.end <= target.start or m.start < target.end + 20 for m in reading.measures)
                and "output" not in verb.classes
                and not (near and near[0].sense.classes & {"deliverable", "own_people"})
            ):
                return Judgement("outcome", 0.65, ("a measure with its quantity",), head)
        if start.kind == "stated" and target.is_duration:
            return Judgement("outcome", 0.7, ("a change from one value to another",), head)
        if name in ("continue", "continuer", "poursuivre", "keep on") and start.kind == "kept" and target.unit:
            return Judgement("outcome", 0.7, ("a level to keep",), head)
    if link:
        return Judgement("outcome", 0.75, ("a task carries a result of its own",), head, result=link)
    counted = _counted(reading, start)
    if counted is not None and not own and not near_is_before(reading, near, counted):
        kinds = counted.sense.classes
        if (
            kinds & {"obtained", "measure", "level"}
            and not kinds & {"deliverable"}
            and verb.classes & {"output"}
            and verb.base
            in (
                "create",
                "build",
                "creer",
                "construire",
                "batir",
                "deliver",
                "produce",
                "add",
                "produire",
                "livrer",
                "open",
                "ouvrir",
                "realiser",
                "constituer",
                "generate",
                "ajouter",
            )
        ):
            return Judgement("outcome", 0.75, ("what is counted comes from others",), head)
    if (
        verb.classes & {"output"}
        and near
        and near[0].sense.classes & {"measure"}
        and not near[0].sense.classes & {"deliverable"}
        and start.target is not None
        and start.target.unit in ("percent", *CURRENCIES)
    ):
        return Judgement("outcome", 0.7, ("a measure stands after the verb",), head)
    return Judgement(nature, 0.9, (f"«{name}» is what the team does",), head)


def _result_clause(reading: Reading, begin: int) -> bool:
    """Tell a duration that sizes the task ("a film in under 3 minutes") by the deliverable right before it."""
    return bool(
        re.search(
            r"\b(?:session|seance|video|film|clip|podcast|episode|course|formation|training|run|conversation)s?\b", reading.plain[begin:]
        )
    )


def near_is_before(reading: Reading, near: list[Noun], counted: Noun) -> bool:
    """Tell whether a deliverable stands between the verb and what is counted."""
    return any(noun.at < counted.at and "deliverable" in noun.sense.classes for noun in near)


def _by_noun(reading: Reading, start: Start, at: int) -> Judgement:
    """Judge a statement that opens with a noun, a number or a subject."""
    words, plain = reading.words, reading.plain
    opening = words[at].start
    place = opening
    number = start.target
    first_number = reading.numbers[0] if reading.numbers else None
    leads_with_number = first_number is not None and first_number.start <= place + 1 and first_number.end >= place
    own = _own_work_measured(reading, place, len(plain))
    if number is None and len(words) - at <= 2 and not any(n.sense.classes & {"done", "change_noun"} for n in reading.nouns):
        return Judgement("unclear", 0.7, ("a bare noun",))
    first_noun = next((n for n in reading.nouns if n.at >= at), None)
    classes = first_noun.sense.classes if first_noun else frozenset[str]()
    opens = first_noun is not None and first_noun.at - at <= 1
    if reading.language == "en" and first_noun is not None and not leads_with_number:
        last = _group_head(reading, first_noun)
        if last is not first_noun:
            first_noun, classes, opens = last, last.sense.classes, True
            if (
                classes & {"deliverable", "task_noun"}
                and not classes & {"measure", "level"}
                and not (number is not None and (start.pair or number.unit == "percent"))
            ):
                link = _result_link(reading, start, words[first_noun.at].end)
                if link:
                    return Judgement("outcome", 0.65, ("a deliverable carries a result of its own",), _at(reading, first_noun), result=link)
                return Judgement("output", 0.8, ("a deliverable opens it",), _at(reading, first_noun))
    if _BY_OTHERS.search(plain[place:]) and number is not None and not own:
        return Judgement("outcome", 0.7, ("what others say or do with it",), subject="third-party")
    copula = _COPULA.search(plain[place : place + 72])
    if copula and number is None and not any("done" in n.sense.classes for n in reading.nouns):
        return Judgement("outcome", 0.55, ("a state, without a quantity",))
    nominal = _NOMINAL.match(plain[place:])
    if (
        nominal
        and not (opens and first_noun is not None and first_noun.at == at and classes & {"measure", "change_noun", "level", "people"})
        and not any(m.start < place + nominal.end() and m.end > place for m in reading.measures)
    ):
        link = _result_link(reading, start, place + nominal.end())
        if link:
            return Judgement("outcome", 0.65, ("a task carries a result of its own",), (place, place + nominal.end("noun")), result=link)
        if not start.pair:
            return Judgement("activity", 0.75, ("a noun of doing opens it",), (place, place + nominal.end("noun")))
    if (
        _COMPARATIVE.match(plain[place:])
        and not own
        and not (
            number is not None
            and number.value > 0
            and number.unit in (None, "count")
            and classes & {"deliverable"}
            and not number.comparator
        )
    ):
        return Judgement("outcome", 0.75, ("less or more of something",))
    if number is not None and number.value == 0 and number.start <= place + 2:
        return Judgement("outcome", 0.85, ("none of something left",))
    can = _CAN.search(plain[place : place + 90])
    if can and number is None:
        if _KNOWS.match(plain[place + can.end() :]) or words[at].text in reading.lexicon.anyone:
            return Judgement("outcome", 0.6, ("others are the subject",), subject="third-party")
        return Judgement("output", 0.7, ("a capability that the team ships",), (place, place + can.end()), subject="product")
    measured_share = start.pair or (number is not None and number.unit in ("percent", "points"))
    doing = opens and "task_noun" in classes and not leads_with_number and (own is not None or not measured_share)
    if doing and first_noun and not _measure_at(reading, first_noun):
        link = _result_link(reading, start, words[first_noun.at].end)
        if link:
            return Judgement("outcome", 0.7, ("a task carries a result of its own",), _at(reading, first_noun), result=link)
        return Judgement("output", 0.85, ("a noun of doing opens it",), _at(reading, first_noun))
    if own:
        return Judgement("output", 0.85, (f"«{own}» counts the team's own work",), (place, words[-1].end))
    thing = opens and classes & {"deliverable"} and not classes & {"measure", "people", "obtained"}
    if (start.pair or start.kind == "stated") and not (thing and not _has_measure(reading, place, len(plain))):
        return Judgement("outcome", 0.93, ("a change from one value to another",))
    if opens and "change_noun" in classes:
        return Judgement("outcome", 0.85, ("a noun of change opens it",))
    if leads_with_number and first_number is not None:
        judged = _by_count(reading, start, first_number)
        if judged:
            return judged
    done = next(
        (n for n in reading.nouns if "done" in n.sense.classes and n.at >= at and not n.sense.classes & {"measure", "people"}), None
    )
    if opens and first_noun and classes & {"measure", "level"} and not (classes & {"deliverable"} and done):
        return Judgement("outcome", 0.88, ("a measure opens it",))
    if _has_measure(reading, place, place + 40) and not (classes & {"deliverable"} and opens and done):
        return Judgement("outcome", 0.85, ("a measure opens it",))
    if (
        opens
        and first_noun
        and classes & {"people"}
        and done is not None
        and done.at - first_noun.at in (2, 3)
        and number is None
        and _third_verb(reading, first_noun.at + 1) in (None, done.at)
    ):
        return Judgement("output", 0.6, ("a thing done",), _at(reading, done))
    if opens and first_noun and classes & {"people"}:
        judged = _by_third_party(reading, start, first_noun)
        if judged:
            return judged
    if opens and first_noun and classes & {"deliverable", "own_input"}:
        link = _result_link(reading, start, words[first_noun.at].end)
        if link:
            return Judgement("outcome", 0.65, ("a deliverable carries a result of its own",), _at(reading, first_noun), result=link)
        if (
            number is not None
            and (number.unit in ("percent", "points", "score", "star", "factor") or number.is_duration or number.comparator)
            and not done
        ):
            return Judgement("outcome", 0.65, ("a measured quality of the thing",), _at(reading, first_noun))
        acts = _third_verb(reading, first_noun.at + first_noun.sense.length)
        of_product = words[first_noun.at].text in reading.lexicon.product_subjects
        if number is not None and (acts is not None or of_product) and not done:
            return Judgement("outcome", 0.6, ("what others do with it",), _at(reading, first_noun))
        return Judgement("output", 0.8, ("a deliverable opens it",), _at(reading, first_noun))
    if words[at].text in reading.lexicon.anyone:
        return Judgement("outcome", 0.7, ("others are the subject",), subject="third-party")
    if opens and first_noun and classes & {"obtained"}:
        return Judgement("outcome", 0.75, ("what others bring",))
    if done is not None and not any(n.sense.classes & {"people", "measure"} for n in reading.nouns if n.at < done.at):
        return Judgement("output", 0.75, ("a thing done",), _at(reading, done))
    if number is not None and number.unit in ("percent", "points", "score", "star", "factor", *CURRENCIES):
        return Judgement("outcome", 0.75, ("a level to reach",))
    if number is not None and any(n.sense.classes & {"people", "obtained", "measure", "level"} for n in reading.nouns):
        return Judgement("outcome", 0.65, ("a quantity of others",))
    product = next((i for i in range(at, min(at + 4, len(words))) if words[i].text in reading.lexicon.product_subjects), None)
    if product is not None or _capability(plain):
        return Judgement("outcome" if number is not None else "output", 0.55, ("the product is the subject",), subject="product")
    if number is not None:
        return Judgement("outcome", 0.5, ("a quantity, of what is not clear",))
    if any(n.sense.classes & {"people"} for n in reading.nouns[:2]) and len(words) > 3:
        return Judgement("outcome", 0.5, ("others are the subject",), subject="third-party")
    if any("deliverable" in n.sense.classes for n in reading.nouns) and len(words) > 3:
        return Judgement("output", 0.5, ("a deliverable is named",))
    return Judgement("unclear", 0.6, ("no verb, no measure, no deliverable",))


_NOMINAL = re.compile(r"(?P<noun>[a-z-]{3,}(?:tion|sion|ment|ings?|age|ture|al|isal|up)) (?:of|de|du|des|d'|de l'|de la)(?=\W|[a-z])")
_COMPARATIVE = re.compile(
    r"(?:fewer|less|more|lower|higher|faster|shorter|better|no|zero|not (?:one|a single)|moins d|davantage d|plus (?:d|aucun)|zero|aucune?|pas une?)\b|(?:moins|plus) d[e']"
)
_CAN = re.compile(
    r"\b(?:can(?!not)|are able to|is able to|peuvent|peut|prend en charge|prennent en charge|propose|accepte (?:desormais )?|supports?|exposes?|allows?|permet(?:tent)? (?:de|d'|aux?)|gere|prints?)\b"
)
_KNOWS = re.compile(
    r" (?:easily |clearly |tous |now )?(?:tell|name|explain|describe|recall|state|say|find|cite|repeat|dire|citer|expliquer|nommer|decrire|restituer|reformuler|trouver|rappeler)\b"
)
_GROUP_STOP = re.compile(
    r"[^ ]|\b(?:of|for|in|on|with|to|by|at|from|per|and|that|is|are|who|which|than|under|over|above|below|within|into|as|the|a|an|our|or|&)\b"
)


_BY_OTHERS = re.compile(
    r"\b(?:(?:mentioned|cited|quoted|listed|named|recommended|picked up|republished|endorsed) (?:in|by|on|at|as)\b|(?:mentionne|cite|repris|reference|recommande|relaye)e?s? (?:dans|par|sur|comme|chez)\b)"
)
_COPULA = re.compile(
    r"\b(?:is|are|est|sont) (?:[a-z]+ly |plus |vraiment |more |[a-z]+ment )?(?:[a-z]+(?:able|ible|ful|ous|ient|ent|ant|aire|if|ive|eux|euse|ile)s?|clear|clean|fast|easy|safe|stable|claire?s?|simples?|rapides?)\b"
)
_APART = re.compile(r"[,;:(]|\b(?:to|for|with|from|by|in|on|at|per|and|avec|pour|par|dans|sur|chez|aupres|vers|et|en)\b")


def _heads(reading: Reading, nouns: list[Noun]) -> list[Noun]:
    """Keep the last noun of each English noun group, which is its head; French heads come first."""
    if reading.language == "fr":
        return nouns
    kept: list[Noun] = []
    for noun in nouns:
        if kept:
            last = kept[-1]
            end = reading.words[last.at + last.sense.length - 1].end
            plain_noun = not noun.sense.classes <= {"done", "vague"}
            if reading.plain[end : reading.words[noun.at].start] == " " and plain_noun and not _is_acting(reading, last, noun):
                kept[-1] = noun
                continue
        kept.append(noun)
    return kept


def _is_acting(reading: Reading, subject: Noun, noun: Noun) -> bool:
    """Tell "teams report", a subject and its verb, from a group of nouns."""
    words = reading.words
    said = reading.verb_at(noun.at)
    plural = words[subject.at + subject.sense.length - 1].text.endswith("s")
    return plural and "behave" in said.classes and words[noun.at].text == said.base and noun.at + 1 < len(words)


def _group_head(reading: Reading, first: Noun) -> Noun:
    """Give the head of an English noun group, which is its last noun ("keyword research", "onboarding completion rate")."""
    words, plain = reading.words, reading.plain
    head = first
    for noun in reading.nouns:
        if noun.at <= head.at:
            continue
        gap = plain[words[head.at + head.sense.length - 1].end : words[noun.at].start]
        if _is_acting(reading, head, noun):
            break
        if gap != " " or noun.sense.classes <= {"done", "vague"} or noun.at - (head.at + head.sense.length) > 0:
            break
        head = noun
    return head


def _by_count(reading: Reading, start: Start, number: Number) -> Judgement | None:
    """Judge "3 battlecards", "25 interviews run", "40 demo requests", "90 % of reps pass the exam"."""
    words, plain = reading.words, reading.plain
    if number.unit == "percent":
        inside = reading.nouns_between(number.start, number.end)
        if any(n.sense.classes & {"people"} for n in inside):
            return Judgement("outcome", 0.8, ("a share of what others do",), subject="third-party")
        if _share_done(reading, number):
            return Judgement("output", 0.75, ("the share of one's own work that is done",), (number.start, len(plain)))
    following = [n for n in reading.nouns if words[n.at].start >= number.end]
    if not following:
        return None
    near = _heads(reading, [n for n in following if words[n.at].start - number.end < 36])
    if not near:
        return None
    link = _result_link(reading, start, words[near[0].at].end)
    done = _PASSIVE_BY_TEAM.search(plain[number.end :]) or None
    people = next((n for n in near[:2] if n.sense.classes & {"people"} and not _APART.search(plain[number.end : words[n.at].start])), None)
    first = near[0]
    kinds = first.sense.classes
    if number.unit == "percent":
        if people is not None:
            behaved = _third_verb(reading, people.at + people.sense.length)
            if _passive_after(reading, people):
                return Judgement("activity", 0.75, ("the share of one's own programme that is done",), _at(reading, people))
            if done and (behaved is None or reading.words[behaved].start >= number.end + done.start()):
                return Judgement("activity", 0.8, ("the share of one's own programme that is done",), _at(reading, people))
            return Judgement("outcome", 0.85, ("a share of what others do",), subject="third-party")
        finished = next((n for n in following if "done" in n.sense.classes), None)
        if (
            finished is not None
            and kinds & {"deliverable"}
            or _passive_after(reading, first)
            and not kinds & {"obtained", "measure", "level"}
        ) and not re.search(
            r"\b(?:sous|within|in under|in less than|en moins de|a l'heure|on time|dans les|avant|by (?:users|customers|reps)|par (?:les|des|au moins)|under)\b",
            plain[number.end :],
        ):
            return Judgement("output", 0.8, ("the share of one's own work that is done",), _at(reading, first))
        return Judgement("outcome", 0.75, ("a share to reach",))
    if people is not None and not (kinds & {"deliverable"} and not kinds & {"people", "obtained"}):
        behaved = _third_verb(reading, people.at + people.sense.length)
        if done and behaved is None:
            return Judgement("activity", 0.8, ("people whom the team trains, meets or contacts",), _at(reading, people))
        if re.search(r"\b(?:hired|recrutee?s|embauchee?s|en poste|onboarded|in seat|recruited)\b", plain[number.end :]):
            return Judgement("output", 0.8, ("hires are what the team does",), _at(reading, people))
        return Judgement("outcome", 0.85, ("people or companies counted",), subject="third-party")
    if kinds & {"measure", "level"} and not kinds & {"deliverable"}:
        return Judgement("outcome", 0.85, ("a measure with its quantity",))
    if link:
        return Judgement("outcome", 0.7, ("a deliverable carries a result of its own",), _at(reading, first), result=link)
    if kinds & {"obtained"} and not kinds & {"deliverable"}:
        return Judgement("outcome", 0.85, ("what is counted comes from others",))
    acting = _acts(reading, first.at + first.sense.length)
    if kinds & {"deliverable"} and acting:
        return Judgement("outcome", 0.65, ("what others do",), subject="third-party")
    if kinds & {"deliverable", "task_noun"}:
        return Judgement("output", 0.85, ("what is counted is a deliverable",), _at(reading, first))
    if any(n.sense.classes & {"measure", "obtained", "level"} for n in near[:2]):
        return Judgement("outcome", 0.7, ("what is counted comes from others",))
    if any("done" in n.sense.classes for n in following[:3]):
        return Judgement("output", 0.7, ("counted things are done",), _at(reading, first))
    return None


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


def _share_done(reading: Reading, number: Number) -> bool:
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


def _passive_after(reading: Reading, noun: Noun) -> bool:
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


_RECEIVED = re.compile(
    r" (?:[a-z-]+ )?(?:received|downloaded|written by|left by|submitted by|signed by|booked by|shared by|created by|posted by|recue?s?|telechargee?s?|deposee?s?|laissee?s? par|ecrite?s? par|signee?s? par|redigee?s? par|creee?s? par|partagee?s? par|envoyee?s? par)\b"
)


def _acts(reading: Reading, at: int) -> bool:
    """Tell a finite verb right after what is counted ("22 établissements demandent", "35 charities book")."""
    words = reading.words
    place = words[at - 1].end
    if _RECEIVED.match(reading.plain, place):
        return True
    if at < len(words) and words[at].text in ("are", "is", "have", "who", "sont", "ont", "qui"):
        return True
    for index in range(at, min(at + 2, len(words))):
        word = words[index].text
        sense = reading.verb_at(index)
        if reading.language == "fr":
            if word.endswith("ent") and len(word) > 5 and sense is not NOTHING and reading.lexicon.noun_at(words, index) is NOTHING:
                return True
        elif index == at and "behave" in sense.classes and word == sense.base and words[at - 1].text.endswith("s"):
            return True
    return False


def _by_third_party(reading: Reading, start: Start, people: Noun) -> Judgement | None:
    """Judge "Customers find the answer themselves", "Reps trained on the pitch"."""
    plain = reading.plain
    behaved = _third_verb(reading, people.at + people.sense.length)
    place = reading.words[people.at].end
    if re.search(r"\b(?:hired|recrutee?|recrute|embauchee?|en poste|in seat|recruited|nommee?|nomme)\b", plain[place : place + 24]):
        return Judgement("output", 0.8, ("hires are what the team does",), _at(reading, people))
    own_share = start.target is None or start.target.unit == "percent" and start.target.start > place
    if _PASSIVE_BY_TEAM.search(plain[place : place + 30]) and own_share and start.kind != "stated":
        return Judgement("activity", 0.75, ("people whom the team trains, meets or contacts",), _at(reading, people))
    if behaved is not None or start.target is not None:
        return Judgement("outcome", 0.8 if start.target is not None else 0.65, ("others are the subject",), subject="third-party")
    return None


def _third_verb(reading: Reading, at: int) -> int | None:
    """Find the verb of what others do, within a few words."""
    words = reading.words
    for index in range(at, min(at + _THIRD_VERB_SKIP, len(words))):
        word = words[index].text
        sense = reading.verb_at(index)
        if sense.classes & {"behave", "reach", "change"} and not word.endswith("ing") and (word != sense.base or "behave" in sense.classes):
            if reading.language == "en" and word.endswith("ed") and index + 1 < len(words) and words[index + 1].text == "by":
                continue
            return index
        if word in (
            "using",
            "paying",
            "utilisant",
            "payant",
            "relying",
            "who",
            "qui",
            "that",
            "can",
            "are",
            "is",
            "sont",
            "est",
            "peuvent",
            "ont",
            "have",
            "say",
        ):
            return index
    return None


def _capability(plain: str) -> bool:
    return bool(
        re.search(
            r"\b(?:is able to|are able to|can (?:add|be|do|get|see|use|export|import|run)|supports?|exposes?|allows?|permet|permettent|est capable|gere|supporte)\b",
            plain,
        )
    )


def _result_links(reading: Reading, begin: int) -> list[re.Match[str]]:
    """Find the words that may tie a result to a task: "with", "that unlocks", "and win", "qui fait chuter"."""
    links = list(_RESULT_LINK.finditer(reading.plain, begin))
    for match in _RESULT_VERB.finditer(reading.plain, begin):
        sense = reading.verb_at(reading.word_index(match.start("verb")))
        if match["who"]:
            if sense is NOTHING or not sense.classes & {"activity"} or sense.classes & {"reach", "change"}:
                links.append(match)
        elif sense.classes & {"reach", "change"} and sense.base not in (
            "make",
            "have",
            "be",
            "turn",
            "stay",
            "work",
            "etre",
            "avoir",
            "faire",
            "create",
            "creer",
            "deliver",
            "livrer",
            "add",
            "place",
            "book",
            "open",
            "ouvrir",
            "become",
            "shift",
            "move",
            "respecter",
            "traiter",
            "repondre",
        ):
            links.append(match)
    links.sort(key=lambda match: match.start())
    return links


def _result_link(reading: Reading, start: Start, begin: int) -> tuple[int, int] | None:
    """Find "… with 80 % completion", "… and win 1,000 leads": a result with a quantity of its own."""
    plain = reading.plain
    for match in _result_links(reading, begin):
        number = next((n for n in reading.numbers if n.start >= match.end() - 1 and n.start - match.end() < 60), None)
        if number is None or plain[match.end() : number.start].count(",") > 1 or plain[match.end() : number.start].count(".") > 0:
            continue
        nouns = reading.nouns_between(match.end(), number.end + 48)
        good = [n for n in nouns if n.sense.classes & {"measure", "obtained", "level", "people"}]
        if not good and match["who"] if "who" in match.re.groupindex else False:
            after_number = reading.nouns_between(number.end, number.end + 24)
            if not any(n.sense.classes & {"deliverable", "task_noun"} for n in after_number) and number.start - match.end() < 24:
                return match.start(), number.end
        if not good and match[0] not in ("with", "avec") and (number.unit in CURRENCIES or number.unit == "percent" or start.pair):
            return match.start(), number.end
        if not good:
            continue
        after = [n for n in nouns if reading.words[n.at].start >= number.end]
        first = after[0] if after else good[0]
        kinds = first.sense.classes
        if (
            match[0] in ("with", "avec")
            and kinds & {"people"}
            and not kinds & {"measure"}
            and not re.search(
                r"\b(?:active|actifs?|actives?|paying|payants?|registered|enrolled|participants?|inscrits?)\b",
                plain[number.end : number.end + 32],
            )
            and number.unit != "percent"
        ):
            continue
        if match[0] in ("with", "avec", "that", "which") and kinds & {"deliverable"} and not kinds & {"measure", "obtained", "people"}:
            continue
        if kinds & {"deliverable"} and not kinds & {"measure", "obtained", "people", "level"}:
            continue
        if number.is_duration and not (kinds & {"measure"}):
            continue
        return match.start(), max(number.end, reading.words[first.at + first.sense.length - 1].end)
    return None


def _counted(reading: Reading, start: Start) -> Noun | None:
    """Give the noun that the target counts ("3 battlecards", "40 qualified demo requests")."""
    number = start.target
    if number is None or number.unit in ("percent", "points", "factor", "score", "star") or number.is_duration:
        return None
    near = [
        noun
        for noun in reading.nouns_between(number.end, number.end + 40)
        if not _APART.search(reading.plain[number.end : reading.words[noun.at].start])
    ]
    if not near:
        return None
    words = reading.words
    first = near[0]
    for later in near[1:3]:  # "3 customer case studies": the head of an English noun group is its last noun
        gap = reading.plain[words[first.at + first.sense.length - 1].end : words[later.at].start]
        if reading.language == "en" and gap == " " and not later.sense.classes <= {"done", "vague"} and not re.search(r"[,;]", gap):
            first = later
        else:
            break
    return first


def _has_measure(reading: Reading, begin: int, end: int) -> bool:
    if any(begin <= m.start < end for m in reading.measures):
        return True
    return any("measure" in n.sense.classes and not n.sense.classes & {"deliverable"} for n in reading.nouns_between(begin, end))


def _measure_at(reading: Reading, noun: Noun) -> bool:
    place = reading.words[noun.at].start
    return any(m.start <= place < m.end for m in reading.measures)


_OWN_COUNT = re.compile(
    r"\b(?:lines? of code|lignes? de code|(?:completion|completude|avancement|progress|progression)(?: rate)? (?:of|de|du|de la) (?:la |le |notre |nos |our |the )?(?:roadmap|plan|backlog|sprint|feuille de route|chantier|programme|wiki|documentation|docs?)\b|story points?|(?<=\d )commits(?! from| by)|number of commits|ad spend|marketing spend|advertising spend|depenses? publicitaires?|budget (?:publicitaire|pub|media|marketing)|hours worked|heures travaillees|(?:number|nombre|volume|amount) (?:of|de|d') ?(?:posts?|blog posts?|articles?|assets?|contenus?|campaigns?|campagnes?|emails?|e-mails?|calls?|appels?|meetings?|reunions?|videos?|newsletters?|webinars?|webinaires?|events?|evenements?|features?|fonctionnalites?|releases?|interviews?|entretiens?|battlecards?|case studies|cas clients|publications?|tests|experiments?|deployments?|tickets closed|training sessions?|formations?|certifications? (?:delivered|delivrees)|pages?|documents?)(?! (?:read|viewed|used|opened|per user|lus?|vus?|consultes?|utilises?|utilisees?|ouverts?|recus?|received|attended))"
    r"|(?:posts?|articles?|emails?|videos?|newsletters?|campaigns?|campagnes?|webinars?) (?:published|sent|shipped|produced|launched|publiee?s|publies|envoyee?s|envoyes|produits|lancees) (?:per|par|a)"
    r"|(?:roadmap|plan|sprint|backlog|checklist|feuille de route|plan d'action|programme|planning|migration) (?:items? )?(?:completed|delivered|shipped|done|realisee?|livree?|execute|termine|accompli)\b|(?:%|percent|pour cent) (?:of |de |du |de la |de notre |of the |of our )(?:the |our |la |le |notre |planned )?(?:[a-z0-9]+ )?(?:roadmap|plan|sprint|backlog|checklist|feuille de route|plan d'action|programme|planning|migration)\b)"
)


def _own_work_measured(reading: Reading, begin: int, end: int) -> str | None:
    """Find a measure of the team's own work dressed as a result (lines of code, % of the roadmap, ad spend)."""
    match = _OWN_COUNT.search(reading.plain, begin, end)
    return match[0] if match else None


def _at(reading: Reading, noun: Noun) -> tuple[int, int]:
    words = reading.words
    return words[noun.at].start, words[noun.at + noun.sense.length - 1].end


def is_placeholder_only(reading: Reading, start: Start) -> bool:
    """Tell a statement whose number is still to be filled in."""
    return start.target is None and has_placeholder(reading.plain)
