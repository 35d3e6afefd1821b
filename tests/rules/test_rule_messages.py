"""What findings say: nothing invented, one sentence each, in the language of the draft."""

from __future__ import annotations

import re

import pytest

from reviewer import Context, Finding, review
from reviewer.okr import Language
from reviewer.rules import RULES
from reviewer.rules.rule import Rule
from reviewer.rules.trial import place

ENGLISH = frozenset(
    [
        "the",
        "is",
        "are",
        "of",
        "and",
        "what",
        "which",
        "your",
        "you",
        "from",
        "it",
        "its",
        "with",
        "this",
        "than",
        "that",
        "write",
        "say",
        "give",
        "keep",
    ]
)
FRENCH = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "est",
        "sont",
        "une",
        "et",
        "que",
        "qui",
        "votre",
        "vous",
        "pour",
        "avec",
        "dans",
        "ce",
        "cette",
        "dites",
        "écrivez",
        "gardez",
    ]
)
SLOT = re.compile(r"\[[^\]]+\]")
QUOTED = re.compile(r"«[^»]*»|“[^”]*”")
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")
RUNS = [(rule, language, index) for rule in RULES for language in ("fr", "en") for index in range(len(rule.bad.of(language)))]

each_bad_example = pytest.mark.parametrize(
    ("rule", "language", "index"), RUNS, ids=[f"{rule.id}/{language}/bad-{index}" for rule, language, index in RUNS]
)


def _findings(rule: Rule, language: Language, index: int) -> tuple[str, list[Finding]]:
    result = review(place(rule.bad.of(language)[index], rule.family, language), context=Context(language=language), examples=0)
    return result.text, list(result.findings)


@each_bad_example
def test_every_digit_comes_from_the_draft(rule: Rule, language: Language, index: int) -> None:
    draft, findings = _findings(rule, language, index)
    for finding in findings:
        said = re.sub(r"\bKR \d+", "", f"{finding.message} {finding.fix}")
        assert [number for number in NUMBER.findall(said) if number not in draft] == []


@each_bad_example
def test_message_and_fix_are_one_sentence_each(rule: Rule, language: Language, index: int) -> None:
    for finding in _findings(rule, language, index)[1]:
        for sentence in (finding.message, finding.fix):
            own = SLOT.sub("", QUOTED.sub("“”", sentence))
            assert sentence == sentence.strip() and sentence[-1] in ".?" and (sentence[0].isupper() or sentence[0] in "«“"), sentence
            assert len(re.findall(r"[.!?](?=\s+[A-ZÀÉÈ])", own)) == 0, sentence


@each_bad_example
def test_a_finding_speaks_the_language_of_the_draft(rule: Rule, language: Language, index: int) -> None:
    foreign = ENGLISH if language == "fr" else FRENCH
    for finding in _findings(rule, language, index)[1]:
        for sentence in (finding.message, finding.fix, finding.why, finding.contested or ""):
            words = re.findall(r"[\w'’-]+", SLOT.sub("", QUOTED.sub("", sentence)).lower())
            assert [word for word in words if word in foreign] == [], sentence


@each_bad_example
def test_french_findings_are_typeset(rule: Rule, language: Language, index: int) -> None:
    for finding in _findings(rule, language, index)[1]:
        for sentence in (finding.message, finding.fix, finding.why):
            if language == "fr":
                assert not re.search(r" [:;?!%»]|« ", sentence), sentence
            else:
                assert "\u202f" not in sentence and " :" not in sentence and "«" not in sentence, sentence


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_titles_and_reasons_speak_their_language(rule: Rule, language: Language) -> None:
    foreign = ENGLISH if language == "fr" else FRENCH
    for text in (rule.title.of(language), rule.why.of(language)):
        words = re.findall(r"[\w'’-]+", QUOTED.sub("", text).lower())
        assert [word for word in words if word in foreign] == [], text
