"""Take an idea as people type it: on one line, in its language, without what introduces it, slips of the keyboard seen through."""

from __future__ import annotations

import difflib
import re
import unicodedata

from reviewer.catalogue import deliverable_names
from reviewer.errors import UnreadableDraftError
from reviewer.language.detect import detect_language
from reviewer.language.folding import fold
from reviewer.language.glossary import known_metrics, per_house
from reviewer.okr import Context, Language
from reviewer.rewriting.words import upper_first

LONGEST = 2_000
"""Characters of an idea: a page of prose is a draft to review, or several ideas."""

_MISSPELT = 0.86
"""Likeness (difflib's ratio) from which a word is taken for a slip of the keyboard: one letter in seven."""

_LEAD = {
    "fr": re.compile(
        r"^(?:bonjour[ ,!]*|(?:(?:mon|une|l['’])\s?)?(?:idée|objectif|projet|sujet|thème|okr)s?\s*(?:[:–-]|sur|pour|autour d[eu'’]|c['’]est (?:de |d['’])?|(?:est|serait) (?:de |d['’])?)\s*"
        r"|(?:(?:fais|faire|rédige|rédiger|écris|écrire|propose|prépare)(?:-moi| moi)? )?(?:un|des|mes|nos) okrs? (?:pour|sur|autour de) (?:que )?"
        r"|(?:je|j['’]|on|nous|il)\s?(?:veux|veut|voulons|voudrais|voudrait|voudrions|aimerais|aimerait|aimerions|souhaite|souhaitons|souhaiterais|devrait|devrions|doit|dois|devons|faut|faudrait|vais|va|allons|pourrait|pourrions|cherche à|cherchons à)\s+"
        r"|et si (?:on|nous) )",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:hi[ ,!]*|hello[ ,!]*|please |to (?=\w)|(?:(?:my|an|our|the)\s)?(?:idea|goal|objective|project|topic|theme|okr)s?\s*(?:[:–-]|about|on|for|around|is to|is)\s*"
        r"|(?:can you |could you )?(?:draft|write|propose|prepare|help me (?:draft|write)|i need) (?:me )?(?:an|some|our|my) okrs? (?:to|for|about|on|around) "
        r"|(?:i|we)(?:['’]d| would)? (?:want|like|need|plan|intend|hope|wish|aim|have) to |(?:i|we) (?:should|must|will|could|can) |let['’]?s |how about (?:we )?|what if we )",
        re.IGNORECASE,
    ),
}
_HAVE_OTHERS = re.compile(r"^(?:i|we)(?:['’]d| would)? (?:want|like|need) (?P<who>(?!to\b)[\w' -]{3,40}?) to (?P<what>.+)$", re.IGNORECASE)


def one_line(idea: str) -> str:
    """Lay an idea out on one line, without control characters, bullets and marks at its ends."""
    text = " ".join("".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") else char for char in idea).split())
    if len(text) > LONGEST:
        msg = f"the idea is {len(text):,} characters long, and at most {LONGEST:,} are read; say it in a few sentences, or review it as a draft"
        raise UnreadableDraftError(msg)
    text = re.sub(r"^[\s\-*•–—>#\"“«']+|[\s\"”»']+$", "", text)
    if not re.search(r"[^\W\d_]{2}", text):
        said = f"the idea {text!r} holds no word" if text else "the idea is empty"
        msg = f"{said}; say in a few words what should change, such as “reps win more often against our main rival”"
        raise UnreadableDraftError(msg)
    return text


def language_of(text: str, context: Context) -> Language:
    """Tell the language of an idea, which may be a single word: by its words, the catalogues, the company objectives."""
    as_french, as_english = detect_language(text, "fr"), detect_language(text, "en")
    words = set(re.findall(r"[a-z']+", fold(text).text))
    ours = {language: len(words & _own_words(language)) for language in ("fr", "en")}
    if len(words) <= 3 and ours["fr"] == ours["en"]:
        return detect_language("\n".join(context.company_objectives), as_english) if context.company_objectives else as_english
    if as_french == as_english:
        return as_french
    if ours["fr"] != ours["en"]:
        return "fr" if ours["fr"] > ours["en"] else "en"
    return detect_language("\n".join(context.company_objectives), "en")


@per_house(None)
def _own_words(language: Language) -> frozenset[str]:
    """Give the words that only one language's names of measures and deliverables use."""
    return _catalogue_words(language) - _catalogue_words("en" if language == "fr" else "fr")


@per_house(None)
def _catalogue_words(language: Language) -> frozenset[str]:
    names = [*deliverable_names(language)]
    for metric in known_metrics().values():
        names += [metric.text(language).name, *metric.text(language).names]
    return frozenset(word for name in names for word in re.findall(r"[a-z']+", fold(name).text))


def without_shouting(text: str, language: Language) -> str:
    """Put an idea in capitals into small letters, acronyms of the catalogue excepted."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 12 or sum(char.isupper() for char in letters) < 0.8 * len(letters):
        return text
    return re.sub(r"[\w&/-]+", lambda word: word[0] if word[0] in _acronyms(language) else word[0].lower(), text)


@per_house(None)
def _acronyms(language: Language) -> frozenset[str]:
    names = [name for metric in known_metrics().values() for name in (metric.text(language).name, *metric.text(language).names)]
    return frozenset(word for name in names for word in re.findall(r"[\w&/-]+", name) if word.isupper() and len(word) > 1)


def sentences(text: str) -> list[str]:
    """Cut a text into sentences."""
    return [
        part for part in re.split(r"(?<=[\w)\]%€$»”][\w)\]%€$»”][\w)\]%€$»”][\w)\]%€$»”][.!?;…])\s+(?=\S)|\s[–—]\s", text) if part.strip()
    ]


def tidy(clause: str, language: Language) -> str:
    """Take off what introduces an idea ("I want to", "je voudrais que") and the marks that end it."""
    clause = re.sub(r"[\s.!?;:,…]+$", "", clause.strip())
    if language == "en" and (others := _HAVE_OTHERS.match(clause)):
        who = others["who"].strip()
        return upper_first(others["what"] if who.lower() == "us" else f"Get {who} to {others['what']}")
    for _ in range(3):
        lead = _LEAD[language].match(clause)
        if lead is None or len(clause) - lead.end() < 4:
            break
        clause = clause[lead.end() :].strip(" ,:–-")
    return upper_first(clause)


def respelled(text: str) -> str:
    """Replace words that no catalogue knows by the one they misspell; only for finding measures and deliverables."""
    known = _catalogue_words("fr") | _catalogue_words("en")
    long = sorted(word for word in known if len(word) >= 5)

    def nearest(match: re.Match[str]) -> str:
        word = fold(match[0]).text
        if len(word) < 5 or word in known:
            return match[0]
        return next(iter(difflib.get_close_matches(word, long, n=1, cutoff=_MISSPELT)), match[0])

    return re.sub(r"[^\W\d_]+", nearest, text)
