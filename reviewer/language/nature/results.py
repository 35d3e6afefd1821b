"""Find the result that a task carries: "… with 80 % completion", "… and win 40 demo requests"."""

from __future__ import annotations

import re

from reviewer.language.lexicon import NOTHING
from reviewer.language.quantities import CURRENCIES
from reviewer.language.reading import Reading
from reviewer.language.starts import Start

_RESULT_LINK = re.compile(
    r"\b(?:with(?! the\b| our\b| an? (?!\d))|resulting in|leading to|generating|driving|attracting|bringing(?: in)?|converting|reaching|achieving|cutting|reducing|increasing|lifting|winning|used by|adopted by|rated|scoring|so that|such that|until|"
    r"avec|(?:through which|that|which|qui|dont|grace auquel|grace a laquelle|and have|et voir)(?= (?:at least |au moins |plus de |over )?[\d€$£])|generant|atteignant|apportant|debouchant sur|aboutissant a|permettant d[e'] ?|amenant|attirant|convertissant|rapportant|utilisee?s? par|adoptee?s? par|notee?s?|jusqu'a|capable d[e'] ?)\b|→|=>"
)


_RESULT_VERB = re.compile(
    r"\b(?:(?P<who>that|which|qui|dont)|(?P<and>and|et|puis|then|,)|(?P<aim>to|pour|afin d[e'] ?)) (?:then |y |en |s'en |nous |us |ainsi |thereby )?(?=(?P<verb>[a-z]+))"
)


def result_clause(reading: Reading, begin: int) -> bool:
    """Tell a duration that sizes the task ("a film in under 3 minutes") by the deliverable right before it."""
    return bool(
        re.search(
            r"\b(?:session|seance|video|film|clip|podcast|episode|course|formation|training|run|conversation)s?\b", reading.plain[begin:]
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


def result_link(reading: Reading, start: Start, begin: int) -> tuple[int, int] | None:
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
