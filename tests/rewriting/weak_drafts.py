"""Share what the tests of rewriting need: drafts read as a review reads them, and rewrites put back among them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reviewer.language.quantities import number_words
from reviewer.language.statement import understand_key_result
from reviewer.okr import Context, Finding, Language, Okr, ReviewedOkr
from reviewer.rewriting import rewrite
from reviewer.rules import RULES, by_id
from reviewer.rules.rule import Problem, Subject
from reviewer.rules.trial import place, understood

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ALWAYS = ("kr-is-task", "kr-no-baseline")
SLOT = re.compile(r"\[[^\[\]]*\]")
A_NUMBER_TOO = {"un", "une", "one", "a", "an", "single", "no", "aucun", "aucune", "half"}


class Weak(NamedTuple):
    """Hold a weak key result, first in its OKR, with what one rule found in it."""

    text: str
    okr: ReviewedOkr
    finding: Finding


def findings(okr: ReviewedOkr, at: int = 0) -> dict[str, Finding]:
    """Run every rule over a whole OKR, as a review does, and give what they find on one key result."""
    found: dict[str, Finding] = {}
    said: dict[int | None, set[str]] = {}
    for rule in RULES:
        for where in range(len(okr.key_results)) if rule.family == "key_result" else [None]:
            kr = okr.key_results[where] if where is not None else None
            for problem in rule.run(Subject(okr, Context(), okr.language, kr, frozenset(said.get(where, ())))):
                if not isinstance(problem, Problem):
                    continue
                said.setdefault(where, set()).add(rule.id)
                if (where if where is not None else problem.key_result) == at:
                    found[rule.id] = Finding(
                        rule=rule.id, severity=problem.severity or rule.severity, okr=0, key_result=at, quote="", span=problem.span,
                        message=problem.message, why="", fix=problem.fix,
                    )  # fmt: skip
    return found


def weak_ones(okr: Okr, language: Language, text: str, rules: tuple[str, ...] = ALWAYS) -> Iterator[Weak]:
    """Give what the rules say of the first key result of an OKR."""
    reviewed = understood(okr, language)
    for rule, finding in findings(reviewed).items():
        if rule in rules:
            yield Weak(text, reviewed, finding)


def of_pairs() -> Iterator[Weak]:
    for pair in tomllib.loads((CORPUS / "pairs.toml").read_text(encoding="utf-8"))["pair"]:
        if pair["kind"] == "key_result":
            host = place(pair["weak"], "key_result", pair["language"]).model_copy(update={"objective": pair["context"]})
            yield from weak_ones(host, pair["language"], pair["weak"])


def of_rules() -> Iterator[Weak]:
    for rule in ALWAYS:
        for language in ("fr", "en"):
            for sample in by_id()[rule].bad.of(language):
                yield from weak_ones(place(sample, "key_result", language), language, str(sample))


def of_labelled(name: str) -> Iterator[Weak]:
    for line in (CORPUS / "labelled" / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "key_result":
            yield from weak_ones(place(row["text"], "key_result", row["language"]), row["language"], row["text"])


def complaint(weak: Weak) -> str | None:
    """Say what is wrong with the rewrite of a weak key result; None when nothing is."""
    better = rewrite(weak.finding, weak.okr, Context())
    if better is None:
        return f"no rewrite: {weak.text!r}"
    draft = f"{weak.text}\n{weak.okr.objective.text}"
    for problem in (_invented(better, draft), _still_found(better, weak)):
        if problem:
            return f"{problem}: {weak.text!r} -> {better!r}"
    return None


def _invented(better: str, draft: str) -> str | None:
    own = [slot for slot in SLOT.findall(better) if slot not in draft]
    if not own:
        return "no slot"
    if any(re.search(r"\d", slot) or set(re.findall(r"[a-z]+", slot.lower())) & (number_words().keys() - A_NUMBER_TOO) for slot in own):
        return "a number in a slot"
    figures = set(re.findall(r"\d+(?:[.,]\d+)*", better)) - set(re.findall(r"\d+(?:[.,]\d+)*", draft))
    if figures:
        return f"figures {figures} from nowhere"
    words = re.findall(r"[\w’'-]+", better)[1:]
    names = [word for word in words if re.search(r"[A-ZÀ-Þ]", word) and not any(part in draft for part in (word, word.split("'")[-1]))]
    return f"names {names} from nowhere" if names else None


def _still_found(better: str, weak: Weak) -> str | None:
    before = findings(weak.okr)
    kr = weak.okr.key_results[0]
    for start, goal in (("10", "25"), ("60", "20"), ("2", "4"), ("1000000", "3000000"), ("400", "90"), ("0.2", "0.5")):
        for unit in ("", " %", " jours" if weak.okr.language == "fr" else " days", " €", "/5"):
            answered = _answered(better, f"{start}{unit}", f"{goal}{unit}", weak)
            after = understand_key_result(answered, weak.okr.language)
            okr = weak.okr.model_copy(update={"key_results": (after, *weak.okr.key_results[1:])})
            found = findings(okr)
            serious = {rule for rule, finding in found.items() if finding.severity != "advice"} - set(before)
            if weak.finding.rule not in found and not serious:
                return None
    return f"still {weak.finding.rule} or new ones, whatever the answers ({kr.nature})"


def _answered(better: str, start: str, goal: str, weak: Weak) -> str:
    """Answer the slots as an author might: a measure, a start, a goal."""
    for slot in dict.fromkeys(SLOT.findall(better)):
        if slot in weak.text:
            continue
        if "mesure" in slot or "measure" in slot:
            value = "le taux de rebond" if weak.okr.language == "fr" else "the bounce rate"
        elif slot == "[date]":
            value = "fin juin" if weak.okr.language == "fr" else "the end of June"
        else:
            value = goal if slot.startswith("[target") or re.search(r"cible|visée?s?\]", slot) else start
        better = better.replace(slot, value)
    return better
