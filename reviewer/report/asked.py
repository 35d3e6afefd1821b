"""Say what became of the model's critique in a report: what it cost, what is not shown, what it proposes."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.okr import Critique, Opinion, ProposedRewrite, Question, Review
from reviewer.report.marked import shown
from reviewer.report.words import Words

THIS_MACHINE = "this machine"
"""How a critique's destination names the machine that the review runs on."""

_LEAST_COST = 0.0001
"""US dollars: the smallest cost told as a figure."""


def critique_facts(critique: Critique, words: Words) -> tuple[tuple[str, str], ...]:
    """List what is known of a model's critique: who, where, what became of it, what it cost, what is not shown."""
    rows = (
        ("critique_model", shown(critique.model)),
        ("critique_prompt", shown(critique.prompt)),
        ("critique_destination", _place_told(critique, words)),
        ("critique_status", words.say(f"critique_statuses.{critique.status}")),
        ("reason", shown(critique.reason or "")),
        ("critique_used", used(critique, words)),
        ("critique_replies", ", ".join(replies(critique, words))),
        ("critique_dropped", not_shown([critique], words)),
    )
    return tuple((words.say(label), text) for label, text in rows if text)


def used(critique: Critique, words: Words) -> str:
    """Say the calls, the tokens and what they cost, such as "2 calls, 812 tokens, 0.0031 USD"; empty when no call was made.

    A call that broke off reports no tokens: nobody knows what it cost, and nothing is said of it.
    """
    if not critique.calls and not critique.tokens:
        return ""
    counted = [words.count(key, n) for key, n in (("calls", critique.calls), ("tokens", critique.tokens)) if n]
    return ", ".join([*counted, _cost(critique, words)] if critique.tokens else counted)


def replies(critique: Critique, words: Words) -> list[str]:
    """Count the replies that came from the cache and those that needed a second round."""
    return [words.count(key, n) for key, n in (("cached", critique.cached), ("repaired", critique.repaired)) if n]


def not_shown(critiques: Iterable[Critique], words: Words) -> str:
    """Count what failed the checks in code, by why: "3 things the model said were not shown: 2 quotes ..."; empty when nothing did."""
    by_why: dict[str, int] = {}
    for critique in critiques:
        for dropped in critique.dropped:
            by_why[dropped.why] = by_why.get(dropped.why, 0) + dropped.count
    told = [words.count(f"dropped.{why}", by_why[why]) for why in words.entries["dropped"] if by_why.get(why)]
    return words.count("not_shown", sum(by_why.values()), why=", ".join(told)) if told else ""


def destination(named: str, words: Words) -> str:
    """Name where text goes in the language of the reader; hosts stay as they are."""
    return shown(named).replace(THIS_MACHINE, words.say("this_machine"))


def proposed(review: Review, okr: int, key_result: int | None) -> tuple[ProposedRewrite, ...]:
    """Give the rewrites that a model proposed for one statement and the rules accepted; None stands for the objective."""
    found = review.critique.rewrites if review.critique else ()
    return tuple(each for each in found if each.okr == okr and each.key_result == key_result)


def opinions(review: Review, okr: int) -> tuple[Opinion, ...]:
    """Give how a model read the key results of one OKR."""
    return tuple(each for each in review.critique.opinions if each.okr == okr) if review.critique else ()


def opinion_told(opinion: Opinion, words: Words) -> str:
    """Say one reading: nature, measure, starting point, the words it rests on, and whether the rules read it so."""
    agrees = {True: "opinion_agrees", False: "opinion_differs", None: "opinion_open"}[opinion.agrees]
    told = [
        words.say(f"natures.{opinion.nature}"),
        words.labelled(words.say("opinion_measure"), shown(opinion.measure)) if opinion.measure else "",
        words.labelled(words.say("facts.baseline"), words.say(f"baselines.{opinion.baseline}")) if opinion.baseline else "",
        words.say("quoted", text=shown(opinion.quote)) if opinion.quote.strip() else "",
        words.say(agrees),
    ]
    return " · ".join(filter(None, told))


def asked_by(question: Question, words: Words) -> str | None:
    """Say who asks when it is a model."""
    return words.say("asked_by_model") if question.origin == "model" else None


def where_read(review: Review, words: Words) -> str:
    """Say where the draft was read, and whether a model was asked."""
    critique = review.critique
    if critique is None or critique.status == "skipped":
        return words.say("footer_no_model")
    model = shown(critique.model)
    if critique.status == "failed":
        return words.say("footer_failed", model=model)
    if critique.cached and not critique.calls:
        return words.say("footer_cached", model=model)
    if critique.destination is None:
        return words.say("footer_model", model=model)
    if critique.destination == THIS_MACHINE:
        return words.say("footer_here", model=model)
    return words.say("footer_away", model=model, place=destination(critique.destination, words))


def _place_told(critique: Critique, words: Words) -> str:
    place = destination(critique.destination or "", words)
    return words.say("redacted", place=place) if place and critique.redacted else place


def _cost(critique: Critique, words: Words) -> str:
    if critique.cost is None:
        return words.say("cost_unknown")
    if not critique.cost:
        return words.say("free_here" if critique.destination == THIS_MACHINE else "free")
    if critique.cost < _LEAST_COST:
        return words.say("cost_under", n=words.number(_LEAST_COST, 4))
    return words.say("cost", n=words.number(critique.cost, 4))
