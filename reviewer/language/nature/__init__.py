"""Decide what a key result is: an outcome, an output, an activity, or unclear.

The decision is a list of tests on facts, the surest first; each gives its reason, so that a finding can say why.
Definitions: the seed article ("proofs, not actions") and METHOD's words.
"""

from __future__ import annotations

import re

from reviewer.language.lexicon import NOTHING, Sense
from reviewer.language.nature.judgement import Judgement, Subject
from reviewer.language.nature.nouns import by_noun
from reviewer.language.nature.openings import ADVERB, AUXILIARY, CAUSE, ENSURE, TEAM_SUBJECT, head_verb, opens_with_unknown_verb
from reviewer.language.nature.verbs import by_verb
from reviewer.language.reading import Reading
from reviewer.language.starts import Start

__all__ = ["Judgement", "Subject", "judge"]


_SAID_BY_OTHERS = re.compile(
    r"(?:be|get|being|etre|se faire|faire) (?:[a-z]+ment )?(?:named|included|cited|mentioned|quoted|listed|recommended|chosen|shortlisted|featured|reviewed|cites?|citees?|mentionnee?s?|recommandee?s?|retenue?s?|choisie?s?|designee?s?|referencee?s?)\b"
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
    skipped = ADVERB.match(plain[words[first].start :]) if first < len(words) else None
    if skipped and first < len(words):
        first = min(reading.word_index(words[first].start + skipped.end()), len(words) - 1)
    ensured = ENSURE.match(plain[words[first].start :]) if first < len(words) else None
    if ensured:
        first = min(reading.word_index(words[first].start + ensured.end()), len(words) - 1)
    subject: Subject | None = None
    for ahead in range(first + 1, min(first + 4, len(words))):
        if words[ahead].text == "we" and reading.verb_at(first) is NOTHING:
            first = ahead
            break
    team = TEAM_SUBJECT.match(plain[words[first].start :]) if first < len(words) else None
    if team:
        subject = "person" if words[first].text in reading.lexicon.first_person else "team"
        first = reading.word_index(words[first].start + team.end())
        while first < len(words) - 1 and (AUXILIARY.match(words[first].text) or ADVERB.match(words[first].text + " ")):
            first += 1
    if first >= len(words):
        return Judgement("unclear", 0.7, ("no verb and no measure",))
    verb = head_verb(reading, first)
    if team and verb is NOTHING and not reading.verb_at(first).classes <= {"behave"}:
        verb = reading.verb_at(first)  # after "je" or "we" the word is a verb, whatever noun it looks like
    caused = CAUSE.match(plain[words[first].start :])
    if caused and verb.length < 2:
        inner = reading.verb_at(reading.word_index(words[first].start + caused.start("verb")))
        by_others = re.search(r"\bpar (?!le |la |rapport|jour|semaine|mois|an\b)", plain) is not None
        work = inner.classes & {"output", "activity"} and not inner.classes & {"change", "reach"} and not by_others
        verb = Sense(frozenset({"change"} if "change" in inner.classes else {"activity"} if work else {"reach"}), "faire", 1)
    if start.target is not None and start.target.value == 0 and start.target.unit in (None, "count") and not start.pair:
        return Judgement("outcome", 0.85, ("none of something left",), subject=subject)
    if start.target is not None and _SAID_BY_OTHERS.match(plain[words[first].start :]):
        return Judgement("outcome", 0.8, ("what others say or do",), subject="third-party")
    if team and verb is NOTHING:
        if start.target is not None:
            return Judgement("outcome", 0.6, ("the team as subject, with a quantity",), subject=subject)
        return Judgement("activity", 0.75, ("the team is the subject",), subject=subject)
    if verb is not NOTHING:
        judged = by_verb(reading, start, first, verb)
    elif opens_with_unknown_verb(reading, first):
        judged = by_verb(reading, start, first, Sense(frozenset({"activity"}), words[first].text, 1))
        judged = judged._replace(certainty=min(judged.certainty, 0.8))
    else:
        judged = by_noun(reading, start, first)
    return judged._replace(subject=subject or judged.subject)
