"""Say in the draft's language what a model added to a review."""

from __future__ import annotations

import re

from reviewer.critique.prose import words_of_critique
from reviewer.okr import Finding, KeyResult, Language, Objective, Severity, Span
from reviewer.rules.rule import Described
from reviewer.rules.typography import typeset_french

_QUOTED = 60
_OWN_WORD = re.compile(r"«([^»]*)»")


def say(language: Language, key: str, /, **values: object) -> str:
    """Fill in the sentence named `key`; a dot leads into a table ("starts.none")."""
    entry = words_of_critique()[language]
    for part in key.split("."):
        entry = entry[part]
    text = str(entry).format(**values)
    return typeset_french(text) if language == "fr" else text


def shortened(quote: str) -> str:
    """Cut a long quote at a word, for a sentence that must stay readable."""
    return quote if len(quote) <= _QUOTED else quote[: _QUOTED - 3].rsplit(" ", 1)[0] + "…"


def ended(text: str) -> str:
    """Close a model's sentence with a full stop where it has none."""
    return text if text[-1:] in ".!?…" else f"{text}."


def because(kr: KeyResult) -> str:
    """Say why the rules read a key result's nature as they do, in its language and with the author's own words."""
    reasons = []
    for reason in kr.because:
        own = _OWN_WORD.search(reason)
        words = kr.head.text if kr.head is not None else own[1] if own else ""
        if kr.language == "fr":
            known = words_of_critique()["because"]
            pattern = _OWN_WORD.sub("«{}»", reason)
            reasons.append(known[pattern].format(shortened(words)) if pattern in known else f"« {shortened(kr.text)} »")
        else:
            reasons.append(_OWN_WORD.sub(f"“{shortened(words)}”", reason))
    return ", ".join(dict.fromkeys(reasons))


def finding(
    rule: Described,
    severity: Severity,
    okr: int,
    key_result: int | None,
    statement: KeyResult | Objective,
    span: Span,
    message: str,
    fix: str,
    confidence: float,
) -> Finding:
    """Make a finding of a model's, explained by the rule it is about; `span` lies in `statement`."""
    language = statement.language

    def typeset(text: str) -> str:
        return typeset_french(text) if language == "fr" else text

    return Finding(
        rule=rule.id,
        severity=severity,
        okr=okr,
        key_result=key_result,
        quote=statement.text[span[0] - statement.span[0] : span[1] - statement.span[0]],
        span=span,
        message=typeset(message),
        why=typeset(rule.why.of(language)),
        fix=typeset(fix),
        origin="model",
        confidence=confidence,
        sources=rule.sources,
        contested=typeset(rule.contested.of(language)) if rule.contested else None,
    )
