"""Review a draft: read -> understand -> match -> check -> rewrite -> Review. The one engine behind every door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import UnreadableDraftError
from reviewer.language.detect import detect_language
from reviewer.language.glossary import at_home
from reviewer.language.statement import understand_key_result, understand_objective
from reviewer.muting import apply_mutes
from reviewer.okr import (
    SEVERITIES,
    Check,
    Context,
    ExampleMatch,
    Finding,
    KeyResult,
    Language,
    MutedFinding,
    Objective,
    Okr,
    Review,
    ReviewedOkr,
    Severity,
    Status,
)
from reviewer.reading import read, write_out
from reviewer.reading.okr_text import ReadOkr
from reviewer.rules import RULES
from reviewer.rules.model import MODEL_RULES
from reviewer.rules.rule import Problem, Rule, Skip, Subject
from reviewer.rules.typography import typeset_french
from reviewer.surroundings import look_around
from reviewer.verdicts import verdict_of, worst

if TYPE_CHECKING:
    from reviewer.gateway import Critic


def review(
    source: str | Okr | Sequence[Okr],
    *,
    context: Context | None = None,
    critic: str | Critic | None = None,
    examples: int = 3,
) -> Review:
    """Review one or more OKRs and say what to mend, where, why and how.

    Args:
        source: free text or Markdown with one or more OKRs, an `Okr`, or a sequence of them.
        context: what surrounds the draft (company objectives, team, cycle, house settings).
        critic: a model to ask as well, by its LiteLLM name ("provider/model", or "gguf:/path/model.gguf"), or a `Critic`
            with limits of its own; None asks none, and nothing leaves this machine. What a model says is checked before it
            is shown; one that fails leaves the review as the rules made it, and `Review.critique` says why.
        examples: how many near examples to show for each OKR and each weak key result. 0 never loads the
            encoder; whether an OKR is aligned and its key results related is then left unjudged, and said so.

    Returns:
        The `Review`; spans are in characters of `Review.text`.

    Raises:
        UnreadableDraftError: the text is empty, binary, longer than 200,000 characters or holds no OKR.
        ReviewerError: the house's own examples file cannot be read, or the critic is no model that could be asked.
        ValueError: `examples` is below 0.
        TypeError: `source` is neither text nor `Okr`s.
    """
    if examples < 0:
        msg = f"examples must be 0 or more, got {examples}"
        raise ValueError(msg)
    context = context or Context()
    asked = as_critic(critic)
    text, okrs, language = understand(source, context)
    surroundings = look_around(okrs, context, language) if examples else None
    judged = judge(surroundings.okrs if surroundings else okrs, context, language)
    near = surroundings.examples(judged.findings, examples) if surroundings else ()
    by_rules = sum_up(text, language, judged, context, near, surroundings.notes if surroundings else ())
    if asked is None:
        return by_rules
    from reviewer.critique import criticise

    return criticise(by_rules, context, asked)


class Judged(NamedTuple):
    """Hold what the rules say of OKRs that were understood: the findings that no mute silenced with their rewrites, the rest beside."""

    okrs: Sequence[ReviewedOkr]
    findings: tuple[Finding, ...]
    checks: Sequence[Check]
    muted: Sequence[MutedFinding]
    notes: Sequence[str]


def judge(okrs: Sequence[ReviewedOkr], context: Context, language: Language) -> Judged:
    """Run the rules, apply the house's mutes, and propose a rewrite for each finding that stands."""
    from reviewer.rewriting import rewrite  # its catalogues are not needed to import the package

    with at_home(context):
        findings, checks = check(okrs, context)
        kept, muted, notes = apply_mutes(findings, okrs, context.settings, date.today(), language)
        mended = tuple(finding.model_copy(update={"rewrite": rewrite(finding, okrs[finding.okr], context)}) for finding in kept)
    return Judged(okrs, mended, checks, muted, notes)


def sum_up(text: str, language: Language, judged: Judged, context: Context, near: Sequence[ExampleMatch], notes: Sequence[str]) -> Review:
    """Make the review of what was judged and found near: verdicts, checks, questions; `notes` are those of the surroundings."""
    from reviewer.questions import questions

    kept, muted = judged.findings, judged.muted
    by_okr: dict[int, list[Finding]] = {}
    for finding in kept:
        by_okr.setdefault(finding.okr, []).append(finding)
    okrs = [okr.model_copy(update={"verdict": verdict_of(okr, by_okr.get(index, ()))}) for index, okr in enumerate(judged.okrs)]
    with at_home(context):
        asked = questions(okrs, kept, context)
    return Review(
        language=language,
        verdict=worst(okr.verdict for okr in okrs),
        text=text,
        okrs=tuple(okrs),
        findings=kept,
        checks=(
            *_after_mutes(judged.checks, {f.rule for f in kept}, {m.finding.rule: m.reason for m in muted}, language),
            *(_ended(each.id, "skipped", _no_model(language)) for each in MODEL_RULES),
        ),
        muted=tuple(muted),
        notes=(*notes, *judged.notes),
        examples=tuple(near),
        questions=asked,
    )


def as_critic(critic: str | Critic | None) -> Critic | None:
    """Make a `Critic` of a model's name; raises ReviewerError for a name that is none."""
    if not isinstance(critic, str):
        return critic
    from reviewer.gateway import Critic

    return Critic.from_text(critic)


_NOTHING: set[str] = set()
_UNSURE = 0.6
"""Below this confidence a finding is advice with a question: calibrated by benchmarks/accuracy.py (reliability table)."""


def understand(source: str | Okr | Sequence[Okr], context: Context) -> tuple[str, list[ReviewedOkr], Language]:
    """Read a draft and understand it: the text that spans refer to, the OKRs, the language of the whole.

    Raises what `review` raises for a source that cannot be read.
    """
    text, laid_out = _lay_out(source)
    language = context.language or _language_of(laid_out)
    with at_home(context):
        return text, [_understand(each, context, language, len(laid_out) == 1) for each in laid_out], language


def _lay_out(source: str | Okr | Sequence[Okr]) -> tuple[str, tuple[ReadOkr, ...]]:
    if isinstance(source, str):
        return source, read(source)
    okrs = [source] if isinstance(source, Okr) else source
    if not isinstance(okrs, Sequence) or isinstance(okrs, (bytes, bytearray)) or not all(isinstance(okr, Okr) for okr in okrs):
        msg = f"review() takes a text, an Okr or a sequence of Okr, got {type(source).__name__}"
        raise TypeError(msg)
    if not any(okr.objective.strip() or any(kr.strip() for kr in okr.key_results) for okr in okrs):
        msg = "there is nothing to review: no Okr given holds an objective or a key result; fill objective=... and key_results=[...]"
        raise UnreadableDraftError(msg)
    return write_out(okrs)


def _language_of(laid_out: Iterable[ReadOkr], default: Language = "en") -> Language:
    statements = [p.text for okr in laid_out for p in ((okr.objective,) if okr.objective else ()) + okr.key_results]
    return detect_language("\n".join(statements), default)


def _understand(laid_out: ReadOkr, context: Context, language: Language, alone: bool) -> ReviewedOkr:
    """Understand one OKR; its own words may be in the other language than the page as a whole."""
    own = context.language or (language if alone else _language_of((laid_out,), language))
    cycle = laid_out.cycle or context.cycle
    passage = laid_out.objective
    place = passage.start if passage else (laid_out.key_results[0].start if laid_out.key_results else 0)
    return ReviewedOkr(
        objective=understand_objective(passage.text if passage else "", own, place),
        key_results=tuple(understand_key_result(p.text, own, p.start, cycle) for p in laid_out.key_results),
        language=own,
        contributes_to=laid_out.contributes_to,
        owner=laid_out.owner,
        team=laid_out.team or context.team,
        cycle=cycle,
    )


def check(okrs: Sequence[ReviewedOkr], context: Context) -> tuple[list[Finding], list[Check]]:
    """Run every rule over every OKR; a rule that raises becomes a failed check and the others still run."""
    findings: list[Finding] = []
    looked: dict[str, bool] = {}
    skipped: dict[str, str] = {}
    failed: dict[str, str] = {}
    order = {each.id: index for index, each in enumerate(RULES)}
    for index, okr in enumerate(okrs):
        said: dict[int | None, set[str]] = {}
        for each in RULES:
            places: list[tuple[int | None, KeyResult | None]] = (
                list(enumerate(okr.key_results)) if each.family == "key_result" else [(None, None)]
            )
            for place, kr in places:
                subject = Subject(okr, context, okr.language, kr, said.get(place, _NOTHING))
                try:
                    results = list(each.run(subject))
                except Exception as error:
                    failed.setdefault(each.id, f"{type(error).__name__}: {error}")
                    continue
                for result in results:
                    if isinstance(result, Skip):
                        skipped.setdefault(each.id, result.reason)
                        continue
                    finding = _finding(each, result, index, place, okr, context)
                    findings.append(finding)
                    said.setdefault(finding.key_result if each.family == "key_result" else None, set()).add(each.id)
                if not any(isinstance(result, Skip) for result in results):
                    looked[each.id] = True
    findings.sort(key=lambda f: (f.okr, -1 if f.key_result is None else f.key_result, SEVERITIES.index(f.severity), order[f.rule]))
    found = {finding.rule for finding in findings}
    return findings, [_outcome(each, found, looked, skipped, failed, okrs[0].language) for each in RULES]


def _finding(each: Rule, problem: Problem, okr_index: int, place: int | None, okr: ReviewedOkr, context: Context) -> Finding:
    language = okr.language
    unsure = problem.confidence < _UNSURE
    severity: Severity = context.settings.severities.get(each.id) or ("advice" if unsure else problem.severity or each.severity)
    message = problem.message
    if unsure:
        message += " Est-ce bien ce que vous vouliez dire ?" if language == "fr" else " Is that what you mean?"
    key_result = place if place is not None else problem.key_result
    return Finding(
        rule=each.id,
        severity=severity,
        okr=okr_index,
        key_result=key_result,
        quote=_quote(problem, key_result, okr),
        span=problem.span,
        message=_typeset(message, language),
        why=_typeset(each.why.of(language), language),
        fix=_typeset(problem.fix, language),
        confidence=round(problem.confidence, 2),
        sources=each.sources,
        contested=_typeset(each.contested.of(language), language) if each.contested else None,
    )


def _quote(problem: Problem, key_result: int | None, okr: ReviewedOkr) -> str:
    """Cut the quoted words out of the statement that holds them."""
    start, end = problem.span
    statements: list[KeyResult | Objective] = [okr.key_results[key_result]] if key_result is not None else [okr.objective, *okr.key_results]
    for statement in statements:
        if statement.span[0] <= start and end <= statement.span[1]:
            return statement.text[start - statement.span[0] : end - statement.span[0]]
    return ""


def _outcome(
    each: Rule, found: set[str], looked: dict[str, bool], skipped: dict[str, str], failed: dict[str, str], language: Language
) -> Check:
    if each.id in failed:
        return Check(rule=each.id, status="failed", reason=failed[each.id])
    if each.id in found:
        return _ended(each.id, "finding")
    if each.id in looked:
        return _ended(each.id, "pass")
    reason = skipped.get(each.id) or ("aucun Key Result à relire" if language == "fr" else "no key result to look at")
    return _ended(each.id, "skipped", _typeset(reason, language))


@lru_cache(maxsize=1024)
def _ended(rule: str, status: Status, reason: str | None = None) -> Check:
    """Give the check of a rule; the same few ones come back in every review."""
    return Check(rule=rule, status=status, reason=reason)


@lru_cache(maxsize=1024)
def _typeset(text: str, language: Language) -> str:
    return typeset_french(text) if language == "fr" else text


def _after_mutes(checks: Iterable[Check], kept: set[str], muted: dict[str, str], language: Language) -> Iterable[Check]:
    for check in checks:
        if check.status == "finding" and check.rule not in kept:
            said = "mise en sourdine : " if language == "fr" else "muted: "
            yield Check(rule=check.rule, status="skipped", reason=said + muted[check.rule])
        else:
            yield check


def _no_model(language: Language) -> str:
    return "aucun modèle n'a été choisi" if language == "fr" else "no model was chosen"
