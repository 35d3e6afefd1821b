"""Compose complete OKRs from the catalogues and the nearest examples, each part kept only when the rules have nothing serious to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.critique.prose import fault
from reviewer.drafting.bounds import given_by
from reviewer.drafting.choosing import Aim, aims, ranked_measures, say_nearly_the_same
from reviewer.drafting.ideas import Idea
from reviewer.drafting.nearness import Near
from reviewer.drafting.results import Proposal, blank_state, blanks, due, given_results, measured
from reviewer.engine import check, understand
from reviewer.language.statement import understand_key_result
from reviewer.okr import Context, Finding, KeyResult, Okr
from reviewer.rewriting import rewrite
from reviewer.rules.measure import WIN_RATES
from reviewer.rules.trial import understood

KEY_RESULTS = 3
"""Key results of a draft; more where the idea gives more figures, up to MOST."""

LEAST, MOST = 2, 4

_LONGEST = 240
"""Characters of a proposed statement; what an author gives in more is a paragraph."""


@dataclass(frozen=True, slots=True)
class Composed:
    """Hold a composed OKR: what it proposes, the ids of the examples it leans on, whether anything near was found at all."""

    objective: str
    results: tuple[Proposal, ...]
    sources: tuple[str, ...] = ()
    is_blank: bool = False

    def okr(self, team: str | None = None, contributes_to: str | None = None) -> Okr:
        """Give it as an author writes it."""
        return Okr(
            objective=self.objective, key_results=tuple(each.text for each in self.results), team=team, contributes_to=contributes_to
        )


def compose(idea: Idea, near: Near, context: Context, count: int, *, without: frozenset[str] = frozenset()) -> list[Composed]:
    """Compose at most `count` different drafts; `without` names measures (catalogue ids) not to propose.

    Each has an objective of its own and, beside the measures that the idea names, measures of its own.
    """
    composer = _Composer(idea, near, context)
    by = due(idea, context)
    own = composer.given(by)
    if not near.is_ours:
        results = (*own, *blanks(idea, by)[: max(1, LEAST - len(own))])[:MOST]
        return [Composed(next(iter(idea.states), blank_state(idea)), results, is_blank=True)]
    proposed = [name for name in ranked_measures(idea, near) if name not in without]
    drafts: list[Composed] = []
    used: set[str] = set()
    for aim in composer.sound(aims(idea, near)):
        if len(drafts) == count:
            break
        named = [name for name in proposed if name in idea.measures]
        fresh = [name for name in proposed if name not in used and name not in idea.measures]
        results = composer.results(aim, own, [*named, *fresh], by)
        if len(results) < LEAST or any({*results} == {*draft.results} for draft in drafts):
            continue
        used |= {each.measure for each in results if each.measure is not None}
        drafts.append(Composed(aim.text, results, composer.sources(results, aim)))
    if not drafts:
        results = composer.results(Aim(blank_state(idea)), own, proposed, by)
        results = (*results, *blanks(idea, by)[: max(0, LEAST - len(results))])
        drafts.append(Composed(next(iter(idea.states), blank_state(idea)), results, is_blank=all(each.measure is None for each in results)))
    return drafts


class _Composer:
    """Hold an idea with what is near it, and try statements on the rules."""

    def __init__(self, idea: Idea, near: Near, context: Context) -> None:
        self._idea, self._near = idea, near
        self._context = context.model_copy(update={"language": idea.language, "company_objectives": ()})
        self._known = given_by(idea.text, context, goals=False)

    def sound(self, candidates: Iterable[Aim]) -> Iterator[Aim]:
        """Give the objectives that no rule faults and that bring nothing of their own, each once."""
        seen: set[str] = set()
        for aim in candidates:
            if aim.text in seen or not self._brings_nothing(aim.text):
                continue
            seen.add(aim.text)
            if not [
                each for each in self._found(Okr(objective=aim.text)) if each.key_result is None and each.rule.startswith("objective-")
            ]:
                yield aim

    def given(self, by: str) -> tuple[Proposal, ...]:
        """Give a key result for each figure that the idea gives, in the first wording that stands."""
        found: list[Proposal] = []
        for text, facts in self._idea.given[:MOST]:
            for proposal in given_results(text, facts, by):
                sound = next(
                    (
                        each
                        for each in (proposal, self._completed(proposal, by))
                        if each and self._brings_nothing(each.text) and self._stands(each, found)
                    ),
                    None,
                )
                if sound is not None and self._keeps_figures(sound.text, facts):
                    found.append(sound._replace(measure=sound.measure or self._guessed()))
                    break
        return tuple(found)

    def _guessed(self) -> str | None:
        """Give the measure that the idea's words are nearest to, for a figure whose measure the catalogue does not know."""
        near = self._near.measures
        return max(near, key=lambda name: near[name]) if near and len(self._idea.given) == 1 else None

    def results(self, aim: Aim, own: Sequence[Proposal], names: Sequence[str], by: str) -> tuple[Proposal, ...]:
        """Choose the key results: the idea's own figures, then one sentence for each measure, best first."""
        found = list(own)
        for name in names:
            if len(found) >= max(KEY_RESULTS, min(MOST, len(own))):
                break
            taken = [each.measure for each in found if each.measure is not None]
            named = name in self._idea.measures
            if name in taken or not named and any(say_nearly_the_same(name, each, self._idea.language) for each in taken):
                continue
            best = self._best(measured(name, self._idea, by), found, aim)
            if best is not None:
                found.append(best)
        return tuple(found[:MOST])

    def sources(self, results: Sequence[Proposal], aim: Aim) -> tuple[str, ...]:
        """Give the ids of the near examples that share a measure with the draft or lent it their objective."""
        own = {each.measure for each in results}
        near = [example.id for example, _ in self._near.examples if own & frozenset[str]().union(*example.metrics)]
        return tuple(dict.fromkeys([*([aim.source] if aim.source else []), *near]))[:KEY_RESULTS]

    def _best(self, proposals: Iterable[Proposal], others: Sequence[Proposal], aim: Aim) -> Proposal | None:
        """Give the wording about which the rules have least to say, the first of those."""
        best: tuple[int, Proposal] | None = None
        for proposal in proposals:
            if not self._brings_nothing(proposal.text) or not self._stands(proposal, others, aim):
                continue
            left = len(self._about(proposal.filled, [each.filled for each in others], aim)) + self._is_misread(proposal)
            if best is None or left < best[0]:
                best = (left, proposal)
            if not left:
                break
        return best[1] if best else None

    def _is_misread(self, proposal: Proposal) -> bool:
        """Tell a sentence in which another measure is read than the one it is meant to name."""
        metric = understand_key_result(proposal.filled, self._idea.language, 0, None).metric
        if metric is None or metric.id is None:
            return metric is None
        return metric.id != proposal.measure and not {metric.id, proposal.measure} <= WIN_RATES

    def _stands(self, proposal: Proposal, others: Sequence[Proposal], aim: Aim | None = None) -> bool:
        """Tell that no rule finds a fault in a key result, as it is and as it will read once filled in."""
        for form in ("text", "filled"):
            found = self._about(getattr(proposal, form), [getattr(each, form) for each in others], aim)
            if any(finding.severity != "advice" for finding in found):
                return False
        return True

    def _about(self, text: str, others: Sequence[str], aim: Aim | None) -> list[Finding]:
        okr = Okr(objective=aim.text if aim else "", key_results=(*others, text))
        return [each for each in self._found(okr) if each.key_result == len(others)]

    def _found(self, okr: Okr) -> list[Finding]:
        _, okrs, _ = understand(okr, self._context)
        return check(okrs, self._context)[0]

    def _completed(self, proposal: Proposal, by: str) -> Proposal | None:
        """Complete a given figure by what it lacks, in the words of the rules' own rewrite; its date stays last."""
        bare = proposal.text.removesuffix(by)
        okr = understood(Okr(objective="", key_results=(bare,)), self._idea.language, self._context.cycle)
        for finding in check([okr], self._context)[0]:
            better = rewrite(finding, okr, self._context) if finding.key_result == 0 and finding.severity != "advice" else None
            if better is not None:
                return proposal._replace(text=better + proposal.text[len(bare) :])
        return None

    def _keeps_figures(self, text: str, facts: KeyResult) -> bool:
        return all(quantity.text.strip() in text for quantity in facts.quantities)

    def _brings_nothing(self, text: str) -> bool:
        return fault(text, self._known, self._idea.language, _LONGEST) not in ("invented", "form")
