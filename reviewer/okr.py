"""The nouns every room shares: what goes into a review and what comes out of it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Language = Literal["fr", "en"]
Nature = Literal["outcome", "output", "activity", "unclear"]
BaselineKind = Literal["stated", "reference", "zero", "kept", "none"]
Direction = Literal["up", "down", "keep"]
Severity = Literal["error", "warning", "advice"]
Status = Literal["pass", "finding", "skipped", "failed"]
Verdict = Literal["ready", "revise", "rethink"]
Origin = Literal["rule", "examples", "model"]
Comparator = Literal[">=", ">", "<=", "<", "="]

ScopeKind = Literal["segment", "competitor", "respondents", "attribution"]

Span = tuple[int, int]
"""[start, end) in characters of `Review.text`, the text given."""

SCHEMA_VERSION = "1.1"
"""Version of the JSON that `Review.model_dump(mode="json")` gives; the minor part grows when fields are added."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")
"""Most serious first."""


class Noun(BaseModel):
    """Be frozen, and refuse a field that it does not have."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Okr(Noun):
    """Hold one objective and its key results, as an author writes them.

    `contributes_to` names the company objective it leads up to, `owner` and `team` who holds it.
    """

    objective: str
    key_results: tuple[str, ...] = ()
    contributes_to: str | None = None
    owner: str | None = None
    team: str | None = None

    @field_validator("key_results", mode="before")
    @classmethod
    def _refuse_bare_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            msg = f"key_results must be a list of texts, got the single text {value!r}; write [{value!r}]"
            raise ValueError(msg)
        return value


class Mute(Noun):
    """Silence one rule, for a stated reason and possibly until a date.

    `contains` (words that the statement holds) narrows it; without them it holds everywhere.
    `expires` is an ISO date (YYYY-MM-DD), the last day on which the mute holds.
    """

    rule: str
    reason: str = Field(min_length=3)
    expires: str | None = None
    contains: str | None = None

    @field_validator("expires")
    @classmethod
    def _be_a_date(cls, value: str | None) -> str | None:
        from datetime import date

        if value is not None:
            try:
                date.fromisoformat(value)
            except ValueError as error:
                msg = f"expires must be a date such as 2026-12-31, got {value!r}"
                raise ValueError(msg) from error
        return value


MetricUnit = Literal["percent", "points", "money", "days", "hours", "minutes", "seconds", "count", "score", "ratio", "rank"]
MetricKind = Literal["rate", "level", "count", "duration", "score", "amount"]


class HouseMeasure(Noun):
    """Hold a measure of the house's own: what it is called, its unit, which direction is good.

    `fr` and `en` are its names and abbreviations, first the one that is said mid-sentence; those of one language serve in
    both. An `id` of the measure catalogue adds names to that measure, and what else is given replaces what the catalogue
    says; any other id makes a new measure, which needs `unit` and `good`. `kind` follows from the unit unless given.
    `vanity` is true when it could double with nobody better off. `drives` and `driven_by` are ids of measures, of the
    catalogue or the house's own. `baseline` says where today's value is found.
    """

    id: str
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    unit: MetricUnit | None = None
    good: Literal["up", "down"] | None = None
    kind: MetricKind | None = None
    vanity: bool | None = None
    drives: tuple[str, ...] = ()
    driven_by: tuple[str, ...] = ()
    baseline: str | None = None

    @model_validator(mode="after")
    def _have_a_name(self) -> HouseMeasure:
        if not any(name.strip() for name in (*self.fr, *self.en)):
            msg = f"the measure {self.id!r} has no name; give fr=[...] or en=[...]"
            raise ValueError(msg)
        return self


class Team(Noun):
    """Name a team and what its OKRs lead up to, out of the company objectives; nothing given, all of them.

    `company_objectives` are texts of `Context.company_objectives`; `parent` is a team whose objectives hold for this one too.
    """

    name: str
    company_objectives: tuple[str, ...] = ()
    parent: str | None = None


class Settings(Noun):
    """Hold what a house decided: severities, mutes, how many key results an objective may have.

    `severities` maps a rule id to a severity; `profile` is "article" (2 to 4 key results, the default)
    or "wide" (2 to 5). `corpus` is a file with the house's own examples (docs/examples.md), `encoder` the name or
    folder of another sentence-transformers model than the one installed. `private_words` are names (of products, customers,
    code words) that never leave the machine when a model is asked with redaction. `measures` are the house's own beside the
    catalogue's, `names` what it calls its products and itself, which is then taken for no person and its figures for no
    target. `teams` say which company objectives a team's OKRs lead up to.
    """

    severities: dict[str, Severity] = Field(default_factory=dict)
    corpus: str | None = None
    encoder: str | None = None
    mutes: tuple[Mute, ...] = ()
    private_words: tuple[str, ...] = ()
    measures: tuple[HouseMeasure, ...] = ()
    names: tuple[str, ...] = ()
    teams: tuple[Team, ...] = ()
    profile: Literal["article", "wide"] = "article"


class Context(Noun):
    """Say what surrounds a draft: the company's objectives, the team, the cycle.

    `cycle` is free text such as "2026-Q4" or "T3 2026": when it is known, key results inherit its end as
    their deadline. `language` forces the language of the review instead of reading it from the draft. `check_in` is how
    often progress is looked at ("every two weeks"), where no file says it.
    """

    company_objectives: tuple[str, ...] = ()
    team: str | None = None
    cycle: str | None = None
    language: Language | None = None
    check_in: str | None = None
    settings: Settings = Settings()

    @field_validator("company_objectives", mode="before")
    @classmethod
    def _refuse_bare_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            msg = f"company_objectives must be a list of texts, got the single text {value!r}; write [{value!r}]"
            raise ValueError(msg)
        return value


class Quantity(Noun):
    """Hold a number as written and as read.

    `value` is in `unit` ("percent", "points", "EUR", "day", "count", "factor", ...; None when nothing
    names one); `high` is the upper end of a range; `out_of` the top of a scale (8/10 -> 10).
    `share` says that it is a share of others ("60 % of accounts"). `relative` is true for a change (+30 %, double, -2 days) rather than a level.
    """

    text: str
    span: Span
    value: float | None
    high: float | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    relative: bool = False
    out_of: float | None = None
    share: bool = False


class Baseline(Noun):
    """Say where a key result starts from; `value` is in the key result's unit, None unless stated."""

    kind: BaselineKind
    value: float | None = None
    text: str | None = None
    span: Span | None = None


class Deadline(Noun):
    """Say by when; `origin` tells a date named in the statement from one inherited from the cycle."""

    text: str
    span: Span | None = None
    origin: Literal["statement", "cycle"] = "statement"


class Metric(Noun):
    """Name what is measured: the words of the draft and, where known, the id in the metric catalogue."""

    text: str
    span: Span
    id: str | None = None


class Phrase(Noun):
    """Quote words of the draft with their place."""

    text: str
    span: Span


class ScopePhrase(Phrase):
    """Quote the words that say on what a measure bears: which segment, against whom, who is asked, how attributed."""

    kind: ScopeKind


class KeyResult(Noun):
    """Hold a key result as written, and the facts read from it, once.

    `metric` is the measure the target bears on, `metrics` all that are named. `head` are the words that
    decided `nature`; `result_part` the result that a task carries ("... and win 40 demo requests").
    `several` are the stretches that each hold a measure with its own target, when there is more than one.
    `event` is an event that only happens or not ("obtain the ISO 27001 certificate"). `vanity` is what is
    counted though nobody need be better off (views, followers, raw leads). `placeholder` is a value
    left open ("X %"). `related` is how much it has to do with its objective (0 to 1, None where nobody looked). `milestone` says the author declared it one. `certainty` (0 to 1) is how sure the
    reading of `nature` is; `because` names the facts that led to it.
    """

    text: str
    span: Span
    language: Language
    nature: Nature
    metric: Metric | None = None
    metrics: tuple[Metric, ...] = ()
    target: Quantity | None = None
    baseline: Baseline | None = None
    unit: str | None = None
    direction: Direction | None = None
    deadline: Deadline | None = None
    scope: tuple[ScopePhrase, ...] = ()
    who: Phrase | None = None
    subject: Literal["team", "person", "third-party", "product"] | None = None
    person: Phrase | None = None
    head: Phrase | None = None
    verb_direction: Direction | None = None
    quantities: tuple[Quantity, ...] = ()
    result_part: Phrase | None = None
    several: tuple[Phrase, ...] = ()
    event: Phrase | None = None
    vanity: Phrase | None = None
    placeholder: Phrase | None = None
    milestone: bool = False
    related: float | None = None
    certainty: float = 1.0
    because: tuple[str, ...] = ()


class Objective(Noun):
    """Hold an objective as written, and the facts read from it, once.

    `form` is "state" (a wanted state or change), "task" (an initiative or deliverable) or "topic" (a bare noun).
    `routine` are words of business as usual (continue, maintain); `parts` the objectives found in one, when
    there are several.
    """

    text: str
    span: Span
    language: Language
    form: Literal["state", "task", "topic"] = "state"
    target: Quantity | None = None
    metrics: tuple[Metric, ...] = ()
    head: Phrase | None = None
    routine: Phrase | None = None
    parts: tuple[Phrase, ...] = ()
    word_count: int = 0
    subject: Literal["team", "person", "third-party", "product"] | None = None
    certainty: float = 1.0
    because: tuple[str, ...] = ()


class Alignment(Noun):
    """Tie an OKR to the company objective it leads up to; `score` is 0 to 1, `path` the way in words.

    `company_objective` is None when it leads up to none of those given; `score` is then that of the nearest.
    """

    company_objective: int | None
    score: float
    path: tuple[str, ...] = ()


class ReviewedOkr(Noun):
    """Hold one OKR as read and understood; `objective.text` is empty when the draft names none."""

    objective: Objective
    key_results: tuple[KeyResult, ...]
    language: Language
    verdict: Verdict = "ready"
    contributes_to: str | None = None
    owner: str | None = None
    team: str | None = None
    cycle: str | None = None
    alignment: Alignment | None = None


class Source(Noun):
    """Cite where a rule or a figure comes from; `says` is what it says on the point, in our words."""

    name: str
    says: str
    url: str | None = None


class Finding(Noun):
    """Say one thing to mend: what, where, why, and one thing to do.

    `okr` and `key_result` are 0-based; `key_result` is None for an objective or a whole OKR. `quote` is
    `Review.text[span[0]:span[1]]`. `confidence` is 0 to 1.
    """

    rule: str
    severity: Severity
    okr: int
    key_result: int | None
    quote: str
    span: Span
    message: str
    why: str
    fix: str
    rewrite: str | None = None
    origin: Origin = "rule"
    confidence: float = 1.0
    sources: tuple[Source, ...] = ()
    contested: str | None = None


class Check(Noun):
    """Say how one rule ended; `reason` is given whenever it did not look (skipped) or could not (failed)."""

    rule: str
    status: Status
    reason: str | None = None


class MutedFinding(Noun):
    """Keep a finding that a mute silenced, with the mute's reason."""

    finding: Finding
    reason: str


class Question(Noun):
    """Ask for a value that only the author knows; answering it fills `slot` of the key result's rewrite.

    A question of a model (`origin` "model") has an empty `slot` when none of its rewrites waits for the answer.
    """

    okr: int
    key_result: int | None
    text: str
    slot: str
    hint: str | None = None
    origin: Origin = "rule"


class ExampleMatch(Noun):
    """Show a near example of the corpus; `reason` says what it shares with the draft, in the draft's language.

    `kind` is "okr" (`text` is its objective, `key_results` the rest), "key_result" (a good one, `objective` the one
    it stands under) or "pair" (a `weak` statement and the `strong` one it became, which `text` repeats; `why` says
    what changed, and lines part an objective from its key results). `score` is the cosine between the draft's words
    and the example's, figures left out; ranking also knows what `reason` tells.
    """

    okr: int
    key_result: int | None
    id: str
    text: str
    score: float
    reason: str | None = None
    kind: Literal["okr", "key_result", "pair"] = "okr"
    language: Language | None = None
    work: str | None = None
    objective: str | None = None
    key_results: tuple[str, ...] = ()
    rule: str | None = None
    weak: str | None = None
    strong: str | None = None
    why: str | None = None


class Opinion(Noun):
    """Say how a model read one key result; `quote` are the words it named, found in the draft at `span`.

    `agrees` is None where the rules were not sure themselves, False where it contradicts a fact they are sure of.
    """

    okr: int
    key_result: int
    nature: Nature
    measure: str | None = None
    baseline: BaselineKind | None = None
    quote: str
    span: Span
    agrees: bool | None = None


class ProposedRewrite(Noun):
    """Hold a sentence that a model proposed and the rules accepted; `clears` are the rules whose findings it clears.

    `key_result` is None for the objective. What the draft does not say is a slot in square brackets.
    """

    okr: int
    key_result: int | None
    text: str
    clears: tuple[str, ...] = ()


class Dropped(Noun):
    """Count what a model said that failed the check in code, and why it was not shown.

    `why` is "quote" (words that the draft does not hold), "index" (a key result or objective that does not exist),
    "invented" (a number, date, name or link that was not given), "language" (not the draft's), "rules" (a rewrite that the
    rules fault, or that clears nothing) or "form" (empty, too long, said twice, or holding markup).
    """

    what: Literal["opinion", "sufficiency", "gaming", "alignment", "rewrite", "question"]
    why: Literal["quote", "index", "invented", "language", "rules", "form"]
    count: int


class Critique(Noun):
    """Say what a model was asked and what became of its answer; `cost` is in US dollars, None where no price is known.

    One call is made per OKR: `status` is "ok" when all were answered, "partial" when some were, "failed" when none was,
    "skipped" when none was asked (budget, cancellation), with the `reason`. `destination` is where the text went.
    `calls` counts requests, repairs and retries included; `cached` the replies that came from the disk and cost nothing;
    `repaired` those that needed a second round. `dropped` counts what failed the checks in code. `redacted` says that
    names and amounts were replaced before the text left.
    """

    model: str
    prompt: str
    status: Literal["ok", "partial", "failed", "skipped"]
    tokens: int = 0
    cost: float | None = None
    reason: str | None = None
    destination: str | None = None
    calls: int = 0
    cached: int = 0
    repaired: int = 0
    redacted: bool = False
    opinions: tuple[Opinion, ...] = ()
    rewrites: tuple[ProposedRewrite, ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Review(Noun):
    """Hold a whole review; `model_dump(mode="json")` is the public JSON.

    `text` is the text given, to which every span refers; for an `Okr` given as an object it is the
    text that `Okr` was written out as. `notes` says what the reader passed over and which mutes are
    unused or expired.
    """

    schema_version: str = SCHEMA_VERSION
    language: Language
    verdict: Verdict
    text: str
    okrs: tuple[ReviewedOkr, ...]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    muted: tuple[MutedFinding, ...] = ()
    notes: tuple[str, ...] = ()
    examples: tuple[ExampleMatch, ...] = ()
    questions: tuple[Question, ...] = ()
    critique: Critique | None = None


class Draft(Noun):
    """Hold a drafted OKR with its own review.

    `origin` says who worded it: "examples" (composed from the nearest examples and the catalogues) or "model".
    What the idea does not say is a slot in square brackets. `rounds` counts how often a model was sent its findings;
    `sources` are ids of the examples it leans on; `notes` say, in the draft's language, how it came about.
    `critique` gives the totals of what a model was asked, None when none was.
    """

    okr: Okr
    review: Review
    origin: Literal["examples", "model"] = "examples"
    rounds: int = 0
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    critique: Critique | None = None
