"""Offer the form's work to programs: named endpoints, which are also the tools of its MCP server."""

from contextlib import nullcontext
from typing import Any

from reviewer.cli.searching import as_data
from reviewer.drafting import draft as propose
from reviewer.engine import review as review_by_rules
from reviewer.okr import Language
from reviewer.report import render_html
from reviewer.web.door import Door, told
from reviewer.web.examples_tab import found
from reviewer.web.pane import refused
from reviewer.web.reviewing import context_from, reviewed
from reviewer.web.wording import preferred, say

MOST_EXAMPLES = 50


def offer(door: Door) -> None:
    """Add the endpoints to the form being built."""
    import gradio as gr
    from gradio.events import api

    def review(
        draft: str, company: str = "", cycle: str = "", team: str = "", ask_model: bool = False, request: gr.Request | None = None
    ) -> tuple[str, dict[str, Any]]:
        """Review a draft of one or more OKRs: what to mend, where, why, and a checked rewrite.

        Args:
            draft: the OKRs, as plain text or Markdown, in English or French.
            company: the company objectives, one per line; optional.
            cycle: the cycle the OKRs are for, such as 2026-Q4; optional.
            team: the team that holds them; optional.
            ask_model: also ask the model that this server is configured with, if any; optional.

        Returns:
            The report as an HTML fragment, and the review as JSON (an object with the key `error` when it cannot be read).
        """
        speaks = _language(request)
        refusal = door.refusal(request, speaks, draft or "")
        if refusal is None and not (draft or "").strip():
            refusal = say(speaks, "empty")
        if refusal is None:
            try:
                context = context_from(company, team, cycle)
                ready = door.ready()
                if ask_model and door.model is not None:
                    with door.model_places:
                        done = review_by_rules(draft, context=context, critic=door.model.critic(), examples=3 if ready else 0)
                else:
                    done = reviewed(draft, context, ready=ready)
                return render_html(done, standalone=False), done.model_dump(mode="json")
            except Exception as error:
                refusal = told(error, speaks)
        return refused(refusal, speaks), {"error": refusal}

    def draft(
        idea: str, company: str = "", cycle: str = "", team: str = "", count: int = 1, request: gr.Request | None = None
    ) -> list[dict[str, Any]]:
        """Draft complete OKRs from an idea, with a slot in square brackets for every value that nobody gave.

        Args:
            idea: what should change, in a few words or sentences, in English or French.
            company: the company objectives, one per line; optional.
            cycle: the cycle, such as 2026-Q4; optional.
            team: the team; optional.
            count: how many drafts, 1 to 10.

        Returns:
            The drafts as JSON, each with its own review (one object with the key `error` when there are none).
        """
        speaks = _language(request)
        refusal = door.refusal(request, speaks, idea or "")
        if refusal is None:
            try:
                door.ready()
                context = context_from(company, team, cycle)
                with door.model_places if door.model else nullcontext():
                    made = propose(idea, context=context, critic=door.model.critic() if door.model else None, count=int(count))
                return [each.model_dump(mode="json") for each in made]
            except ValueError as error:  # a count out of range
                refusal = str(error)
            except Exception as error:
                refusal = told(error, speaks)
        return [{"error": refusal}]

    def examples(
        query: str = "", work: str = "", language: str = "", count: int = 12, request: gr.Request | None = None
    ) -> list[dict[str, Any]]:
        """Search the example OKRs and the weak-to-strong pairs by meaning, nearest first.

        Args:
            query: what to look for, in English or French; empty for all.
            work: a kind of work, such as launch, competitive or pricing; empty for all.
            language: en or fr, the language the examples are written in; empty for both.
            count: how many at most, 1 to 50.

        Returns:
            The examples as JSON, as `okr examples --format json` prints them (one object with the key `error` when refused).
        """
        speaks = _language(request)
        refusal = door.refusal(request, speaks, query or "")
        if refusal is None:
            try:
                return [
                    as_data(each) for each in found(query or "", work or None, language or None)[: max(1, min(int(count), MOST_EXAMPLES))]
                ]
            except Exception as error:
                refusal = told(error, speaks)
        return [{"error": refusal}]

    limits = door.limits
    api(review, api_name="review", concurrency_limit=limits.at_once, concurrency_id="review")
    api(draft, api_name="draft", concurrency_limit=limits.at_once, concurrency_id="drafts")
    api(examples, api_name="examples", concurrency_limit=limits.at_once, concurrency_id="review")


def _language(request: Any) -> Language:
    return preferred(request) if request is not None else "en"
