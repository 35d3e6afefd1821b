"""Find what opens a statement: the team, a verb, an unknown verb, or a noun that only looks like one."""

from __future__ import annotations

import re

from reviewer.language.lexicon import NOTHING, Sense
from reviewer.language.reading import Reading

ADVERB = re.compile(
    r"^(?:(?:successfully|properly|proactively|independently|jointly|fully|also|continuously|consistently|regularly|effectively|efficiently|significantly|dramatically|substantially|systematically|always|only|further|actively|closely|collectively|carefully|quickly|please|directly|drastically|steadily|finally|better|at least|easily|then"
    r"|mieux|bien|regulierement|systematiquement|toujours|davantage|fortement|significativement|nettement|sensiblement|rapidement|ensuite|egalement|y|ne pas|ne plus|ne jamais|ne|se|me|nous|to|let's|en)\s+|(?:s|m|n)'\s*)+"
)


ENSURE = re.compile(
    r"^(?:faire en sorte (?:que|qu')|obtenir (?:que|qu')|veiller a ce (?:que|qu')|s'assurer (?:que|qu')|garantir (?:que|qu')|ensure(?: that)?|make sure(?: that)?|see to it that|get to where|reach a point where|arriver a ce (?:que|qu')) ?(?:, ?[^,]{3,60}, ?)?"
)


CAUSE = re.compile(r"^faire (?:[a-z]+ment |nettement |bien |mieux )?(?=(?P<verb>[a-z]+(?:er|ir|re)\b))")


TEAM_SUBJECT = re.compile(
    r"^(?:we|i|our team|the team|nous|on|je|j'|notre equipe|l'equipe|the [a-z]+ team|l'equipe [a-z]+)\b(?! (?:members?|de)\b)"
)


AUXILIARY = re.compile(
    r"^(?:will|can|could|should|must|have|has|had|are|is|be|been|being|do|does|now|all|also|to|able|easily|allons|avons|devons|pouvons|a|ont|est|sont|seront|sera|auront|aura|going|now|both|each|already|actually|successfully|actively|nos|peuvent|peut)$"
)


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
    if word in _FUNCTION or word[0].isdigit() or any(measure.start == words[at].start for measure in reading.measures):
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


def head_verb(reading: Reading, at: int) -> Sense:
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


def subject_and_verb(reading: Reading, at: int) -> bool:
    """Tell "Support agents feel", a group of nouns and its verb, from "Support agents in Lyon"."""
    words = reading.words
    if at + 2 >= len(words) or not words[at + 1].text.endswith("s") or "people" not in reading.lexicon.noun_at(words, at + 1).classes:
        return False
    third = reading.verb_at(at + 2)
    return "behave" in third.classes and words[at + 2].text == third.base


def _noun_reading(reading: Reading, at: int, noun: Sense) -> bool:
    """Tell "Support tickets down 30 %" (noun) from "Support 12 customers" (verb), in English."""
    words = reading.words
    if at + 1 >= len(words):
        return True
    following = words[at + 1]
    if subject_and_verb(reading, at):
        return True
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
