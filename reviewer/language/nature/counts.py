"""Judge what is counted: "3 battlecards", "40 demo requests", "90 % of reps pass the exam"."""

from __future__ import annotations

import re

from reviewer.language.lexicon import NOTHING
from reviewer.language.nature.judgement import Judgement, place_of
from reviewer.language.nature.own_work import PASSIVE_BY_TEAM, passive_after, share_done
from reviewer.language.nature.results import result_link
from reviewer.language.quantities import Number
from reviewer.language.reading import Noun, Reading
from reviewer.language.starts import Start

_THIRD_VERB_SKIP = 5


_APART = re.compile(r"[,;:(]|\b(?:to|for|with|from|by|in|on|at|per|and|avec|pour|par|dans|sur|chez|aupres|vers|et|en)\b")


def heads(reading: Reading, nouns: list[Noun]) -> list[Noun]:
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


def group_head(reading: Reading, first: Noun) -> Noun:
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


def by_count(reading: Reading, start: Start, number: Number) -> Judgement | None:
    """Judge "3 battlecards", "25 interviews run", "40 demo requests", "90 % of reps pass the exam"."""
    words, plain = reading.words, reading.plain
    if number.unit == "percent":
        inside = reading.nouns_between(number.start, number.end)
        if any(n.sense.classes & {"people"} for n in inside):
            return Judgement("outcome", 0.8, ("a share of what others do",), subject="third-party")
        if share_done(reading, number):
            return Judgement("output", 0.88, ("the share of one's own work that is done",), (number.start, len(plain)))
    following = [n for n in reading.nouns if words[n.at].start >= number.end]
    if not following:
        return None
    near = heads(reading, [n for n in following if words[n.at].start - number.end < 36])
    if not near:
        return None
    link = result_link(reading, start, words[near[0].at].end)
    done = PASSIVE_BY_TEAM.search(plain[number.end :]) or None
    people = next((n for n in near[:2] if n.sense.classes & {"people"} and not _APART.search(plain[number.end : words[n.at].start])), None)
    first = near[0]
    kinds = first.sense.classes
    if number.unit == "percent":
        if people is not None:
            behaved = third_verb(reading, people.at + people.sense.length)
            if passive_after(reading, people):
                return Judgement("activity", 0.75, ("the share of one's own programme that is done",), place_of(reading, people))
            if done and (behaved is None or reading.words[behaved].start >= number.end + done.start()):
                return Judgement("activity", 0.8, ("the share of one's own programme that is done",), place_of(reading, people))
            return Judgement("outcome", 0.85, ("a share of what others do",), subject="third-party")
        finished = next((n for n in following if "done" in n.sense.classes), None)
        if (
            finished is not None
            and kinds & {"deliverable"}
            or passive_after(reading, first)
            and not kinds & {"obtained", "measure", "level"}
        ) and not re.search(
            r"\b(?:sous|within|in under|in less than|en moins de|a l'heure|on time|dans les|avant|by (?:users|customers|reps)|par (?:les|des|au moins)|under)\b",
            plain[number.end :],
        ):
            return Judgement("output", 0.88, ("the share of one's own work that is done",), place_of(reading, first))
        return Judgement("outcome", 0.75, ("a share to reach",))
    if people is not None and not (kinds & {"deliverable"} and not kinds & {"people", "obtained"}):
        behaved = third_verb(reading, people.at + people.sense.length)
        if done and behaved is None:
            return Judgement("activity", 0.8, ("people whom the team trains, meets or contacts",), place_of(reading, people))
        if re.search(r"\b(?:hired|recrutee?s|embauchee?s|en poste|onboarded|in seat|recruited)\b", plain[number.end :]):
            return Judgement("output", 0.8, ("hires are what the team does",), place_of(reading, people))
        return Judgement("outcome", 0.85, ("people or companies counted",), subject="third-party")
    if kinds & {"measure", "level"} and not kinds & {"deliverable"}:
        return Judgement("outcome", 0.85, ("a measure with its quantity",))
    if link:
        return Judgement("outcome", 0.7, ("a deliverable carries a result of its own",), place_of(reading, first), result=link)
    if kinds & {"obtained"} and not kinds & {"deliverable"}:
        return Judgement("outcome", 0.85, ("what is counted comes from others",))
    acting = _acts(reading, first.at + first.sense.length)
    if kinds & {"deliverable"} and acting:
        return Judgement("outcome", 0.65, ("what others do",), subject="third-party")
    if kinds & {"deliverable", "task_noun"}:
        return Judgement("output", 0.9, ("what is counted is a deliverable",), place_of(reading, first))
    if any(n.sense.classes & {"measure", "obtained", "level"} for n in near[:2]):
        return Judgement("outcome", 0.7, ("what is counted comes from others",))
    if any("done" in n.sense.classes for n in following[:3]):
        return Judgement("output", 0.7, ("counted things are done",), place_of(reading, first))
    return None


_RECEIVED = re.compile(
    r" (?:[a-z-]+ )?(?:received|downloaded|written by|left by|submitted by|signed by|booked by|shared by|created by|posted by|recue?s?|telechargee?s?|deposee?s?|laissee?s? par|ecrite?s? par|signee?s? par|redigee?s? par|creee?s? par|partagee?s? par|envoyee?s? par)\b"
)


def _acts(reading: Reading, at: int) -> bool:
    """Tell a finite verb right after what is counted ("22 établissements demandent", "35 charities book")."""
    words = reading.words
    place = words[at - 1].end
    if _RECEIVED.match(reading.plain, place):
        return True
    if at < len(words) and words[at].text in ("are", "is", "who", "sont", "qui"):
        return True
    for index in range(at, min(at + (5 if reading.language == "fr" else 2), len(words))):
        word = words[index].text
        sense = reading.verb_at(index)
        if reading.language == "fr":
            if word.endswith("ent") and len(word) > 5 and sense is not NOTHING and reading.lexicon.noun_at(words, index) is NOTHING:
                return True
        elif index == at and "behave" in sense.classes and word == sense.base and words[at - 1].text.endswith("s"):
            return True
    return False


def by_third_party(reading: Reading, start: Start, people: Noun) -> Judgement | None:
    """Judge "Customers find the answer themselves", "Reps trained on the pitch"."""
    plain = reading.plain
    behaved = third_verb(reading, people.at + people.sense.length)
    place = reading.words[people.at].end
    if re.search(r"\b(?:hired|recrutee?|recrute|embauchee?|en poste|in seat|recruited|nommee?|nomme)\b", plain[place : place + 24]):
        return Judgement("output", 0.8, ("hires are what the team does",), place_of(reading, people))
    own_share = start.target is None or start.target.unit == "percent" and start.target.start > place
    if PASSIVE_BY_TEAM.search(plain[place : place + 30]) and own_share and start.kind != "stated":
        return Judgement("activity", 0.75, ("people whom the team trains, meets or contacts",), place_of(reading, people))
    if behaved is not None or start.target is not None:
        return Judgement("outcome", 0.8 if start.target is not None else 0.65, ("others are the subject",), subject="third-party")
    return None


def third_verb(reading: Reading, at: int) -> int | None:
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


def counted_noun(reading: Reading, start: Start) -> Noun | None:
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
