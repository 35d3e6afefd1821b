"""Write a review as Markdown that survives pasting: draft text stays text, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.okr import Finding, Review, Source
from reviewer.report.asked import asked_by, critique_facts, proposed, where_read
from reviewer.report.marked import segments, shown, slots
from reviewer.report.near import Nearby, lines, nearby, written_by
from reviewer.report.outline import (
    Fact,
    asides,
    by_status,
    circumstances,
    counts,
    facts,
    origin,
    place,
    place_of,
    quoted,
    told_checks,
    way_up,
)
from reviewer.report.words import SIGNS, STATUS_SIGNS, Words, words_of

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&#|~!$^=])")
_LIVE = re.compile(r"://|@\w|www\.|#\d|\bgh-\d|mailto:|xmpp:", re.IGNORECASE)
"""What GitHub or Notion would make a link or a mention of, whatever is escaped in it."""

_OPENING = re.compile(r"\A(\s*\d*)([-+.)])")
"""What would open a list, a rule or an underlined heading at the beginning of a line."""

_WORDS = re.compile(r"(\s+)")


def render_markdown(review: Review) -> str:
    """Write a review in plain Markdown, in the order of the HTML report."""
    words = words_of(review.language)
    blocks = [
        f"# {words.say(f'verdicts.{review.verdict}')}",
        counts(review, words),
        *(block for index in range(len(review.okrs)) for block in _okr(review, index, words)),
        *([] if review.okrs else [words.say("no_okrs")]),
        *_critique(review, words),
        *_checks(review, words),
        *_muted_and_notes(review, words),
        f"_{_plain(where_read(review, words))}_",
    ]
    return "\n\n".join(blocks) + "\n"


def _plain(text: str) -> str:
    """Escape text so that it can only be text; what would become a link by itself turns into code."""
    escaped = "".join(_code(word) if _LIVE.search(word) else _SPECIAL.sub(r"\\\1", word) for word in _WORDS.split(shown(text)))
    return _OPENING.sub(r"\1\\\2", escaped)


def _code(text: str) -> str:
    """Write a code span, fenced by one backtick more than the text holds in a row."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"


def _slotted(text: str) -> str:
    return "".join(rf"\[{_plain(part)}\]" if slot else _plain(part) for part, slot in slots(shown(text)))


def _okr(review: Review, index: int, words: Words) -> Iterator[str]:
    okr = review.okrs[index]
    placed = place(review, index)
    if len(review.okrs) > 1:
        name = words.say("okr", n=index + 1)
        yield f"## {words.labelled(name, words.say('verdicts.' + okr.verdict))}"
    above = " · ".join((words.say("objective"), *map(_plain, circumstances(okr))))
    objective = okr.objective
    yield f"**{above}**  \n{_marked(objective.text, objective.span[0], placed.objective) if objective.text else words.say('no_objective')}"
    yield from _findings(placed.objective, words, "")
    yield from _proposed(review, index, None, words, "")
    for n, found in enumerate(placed.key_results):
        key_result = okr.key_results[n]
        chips = " · ".join(_fact(fact) for fact in facts(key_result, words))
        marked = _marked(key_result.text, key_result.span[0], found)
        yield f"- **{words.say('kr', n=n + 1)}** {marked}  \n  {chips}"
        yield from _findings(found, words, "  ")
        yield from _proposed(review, index, n, words, "  ")
    if not okr.key_results:
        yield words.say("no_key_results")
    if placed.whole:
        yield f"**{words.say('whole')}**"
        for finding in placed.whole:
            yield _finding(finding, words, "", quoted(finding, okr, words))
    yield from _after(review, index, words)


def _marked(text: str, start: int, found: Iterable[Finding]) -> str:
    """Set the words concerned in bold, with the sign of how serious it is."""
    return "".join(
        f"**{_plain(part.text)}** ({SIGNS[part.severity]})" if part.severity else _plain(part.text)
        for part in segments(text, (start, start + len(text)), found)
    )


def _findings(found: Iterable[Finding], words: Words, indent: str) -> Iterator[str]:
    for finding in found:
        yield _finding(finding, words, indent, None)


def _finding(finding: Finding, words: Words, indent: str, quote: str | None) -> str:
    speaker = origin(finding, words)
    severity = f"**{SIGNS[finding.severity]} {words.say('severities.' + finding.severity)}**"
    lines = [f"{severity} {_plain(finding.message)}{f' _({speaker})_' if speaker else ''}"]
    lines += [_plain(quote)] if quote else []
    lines += [f"→ {_slotted(finding.fix)}"] if finding.fix else []
    lines += [f"**{words.say('label_colon', label=words.say('rewrite'))}** {_slotted(finding.rewrite)}"] if finding.rewrite else []
    lines += [_plain(finding.why)] if finding.why else []
    lines += [" · ".join(words.labelled(label, _plain(text)) for label, text in asides(finding, words))]
    lines += [words.labelled(words.say("sources"), " · ".join(map(_source, finding.sources)))] if finding.sources else []
    return "  \n".join(f"{indent}> {line}" for line in lines)


def _proposed(review: Review, okr: int, key_result: int | None, words: Words, indent: str) -> Iterator[str]:
    label = words.say("label_colon", label=words.say("rewrite_by_model"))
    for rewrite in proposed(review, okr, key_result):
        yield f"{indent}> **{label}** {_slotted(rewrite.text)}"


def _source(source: Source) -> str:
    says = f" – {_plain(source.says)}" if source.says else ""
    return f"{_plain(source.name)}{says}{f' ({_plain(source.url)})' if source.url else ''}"


def _fact(fact: Fact) -> str:
    return f"{fact.label} **{_plain(fact.value)}**" if fact.value else fact.label


def _after(review: Review, index: int, words: Words) -> Iterator[str]:
    way = way_up(review.okrs[index], words)
    if way.steps or way.none:
        said = _plain(way.none) if way.none else " → ".join(map(_plain, way.steps))
        yield f"### {words.say('serves')}"
        yield "  \n".join(filter(None, (said, way.tie)))
    yield from _examples(nearby(review, index, words), words)
    questions = [question for question in review.questions if question.okr == index]
    if questions:
        yield f"### {words.say('questions')}"
        for question in questions:
            hint = f" {_plain(question.hint)}" if question.hint else ""
            asker = asked_by(question, words)
            text = f"- **{place_of(question.key_result, words)}** {_plain(question.text)}{hint}{f' _({asker})_' if asker else ''}"
            slot = _plain(question.slot.strip("[]"))
            yield "  \n  ".join([text, words.labelled(words.say("answer_goes"), rf"\[{slot}\]")] if slot else [text])


def _examples(found: Nearby, words: Words) -> Iterator[str]:
    pairs = (*found.pairs, *found.more_pairs)
    if pairs:
        yield f"### {words.say('pairs')}"
        for pair in pairs:
            yield "- " + "  \n  ".join(
                [
                    f"✕ {_lines(words.labelled(words.say('before'), ''), pair.example.weak)}",
                    f"✓ {_lines(words.labelled(words.say('after'), ''), pair.example.strong)}",
                    *([_plain(pair.example.why)] if pair.example.why else []),
                    _plain(pair.told(words)),
                ]
            )
    if found.okrs or found.key_results:
        yield f"### {words.say('examples')}"
        for near in (*found.okrs, *found.key_results):
            key_results = [f"– {_plain(text)}" for text in near.example.key_results]
            yield "- " + "  \n  ".join([_plain(near.example.text), *key_results, _plain(near.told(words))])
    written = written_by(found.all, words)
    if written:
        yield f"_{_plain(written)}_"


def _lines(label: str, text: str | None) -> str:
    first, *key_results = lines(text)
    return "  \n  ".join([f"{label}{_plain(first)}", *(f"– {_plain(line)}" for line in key_results)])


def _critique(review: Review, words: Words) -> Iterator[str]:
    if review.critique is not None:
        yield f"## {words.say('critique')}"
        yield "\n".join(f"- {words.labelled(label, _plain(text))}" for label, text in critique_facts(review.critique, words))


def _checks(review: Review, words: Words) -> Iterator[str]:
    listed = told_checks(review)
    if not listed:
        return
    yield f"## {words.say('checks')}"
    for status, checks in by_status(listed):
        title = f"**{STATUS_SIGNS[status]} {words.say('statuses.' + status)} ({len(checks)})**"
        if any(check.reason for check in checks):
            rows = (words.labelled(_code(shown(c.rule)), _plain(c.reason)) if c.reason else _code(shown(c.rule)) for c in checks)
            yield "\n".join([title, "", *(f"- {row}" for row in rows)])
        else:
            yield f"{title} {', '.join(_code(shown(check.rule)) for check in checks)}"


def _muted_and_notes(review: Review, words: Words) -> Iterator[str]:
    if review.muted:
        yield f"## {words.count('muted', len(review.muted))}"
        yield "\n".join(
            f"- {_code(shown(m.finding.rule))} {_plain(m.finding.message)} {words.labelled(words.say('reason'), _plain(m.reason))}"
            for m in review.muted
        )
    if review.notes:
        yield f"## {words.say('notes')}"
        yield "\n".join(f"- {_plain(note)}" for note in review.notes)
