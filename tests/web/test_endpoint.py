"""The form's named endpoints, called by programs over loopback: gradio_client, an MCP client, a health check."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from event_loops import run_apart

from reviewer import Context, review

DRAFT = "Objective: Win competitive deals\nKR1: Raise win rate against Acme from 32% to 40%\nKR2: Launch a new pitch deck"


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Any]:
    from gradio_client import Client

    connected = Client(address, verbose=False)
    yield connected
    connected.close()


def test_the_endpoint_gives_the_report_and_the_contracts_json(client: Any) -> None:
    html, data = client.predict(DRAFT, "- Gain market share\n\n* NRR to 112%", "2026-Q4", api_name="/review")
    context = Context(company_objectives=("Gain market share", "NRR to 112%"), cycle="2026-Q4")
    assert data == review(DRAFT, context=context, examples=3).model_dump(mode="json")
    assert data["examples"]
    assert data["okrs"][0]["alignment"]["company_objective"] == 0
    assert '<div class="okr-review" lang="en">' in html


def test_arguments_may_be_named_and_left_out(client: Any) -> None:
    _, data = client.predict(draft=DRAFT, team="PMM", api_name="/review")
    assert data["okrs"][0]["team"] == "PMM"
    assert data["critique"] is None


def test_an_unreadable_draft_is_told_to_programs_too(client: Any) -> None:
    html, data = client.predict("hello", "", "", api_name="/review")
    assert list(data) == ["error"]
    assert "No OKR" in data["error"]
    assert 'role="alert"' in html


def test_drafts_come_with_their_reviews(client: Any) -> None:
    made = client.predict("raise the win rate against Nexia from 28% to 38%", cycle="2026-Q4", count=2, api_name="/draft")
    assert len(made) == 2
    assert made[0]["review"]["verdict"] == "ready"
    assert "from 28% to 38%" in made[0]["okr"]["key_results"][0]
    assert "10" in client.predict("win", count=99, api_name="/draft")[0]["error"]


def test_examples_are_found_by_meaning_and_filtered(client: Any) -> None:
    found = client.predict("customers cancel their contracts", work="retention", language="en", count=5, api_name="/examples")
    assert len(found) == 5
    assert {(each["work"], each["language"]) for each in found} == {("retention", "en")}
    assert found == sorted(found, key=lambda each: -each["score"])


def test_only_what_is_meant_for_programs_is_offered(client: Any) -> None:
    offered = client.view_api(return_format="dict")["named_endpoints"]
    assert sorted(offered) == ["/draft", "/examples", "/quarter", "/review"]
    assert [each["parameter_name"] for each in offered["/review"]["parameters"]][:3] == ["draft", "company", "cycle"]


def test_the_same_endpoints_are_tools_of_an_mcp_server(address: str) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async def ask() -> tuple[list[str], Any]:
        async with (
            streamablehttp_client(f"{address}gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            found = await session.call_tool("examples", {"query": "churn", "count": 2})
            return sorted(each.name for each in tools), found

    names, found = run_apart(ask())
    assert names == ["draft", "examples", "quarter", "review"]
    assert "score" in found.content[0].text


def test_health_is_told_without_signing_in_or_a_session(address: str) -> None:
    with urllib.request.urlopen(f"{address}healthz") as answer:
        told = json.load(answer)
        assert answer.status == 200
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert told["status"] == "ok"
    assert told["examples"] == "ready"


def test_a_port_that_is_taken_is_said_in_words(address: str) -> None:
    from reviewer.errors import ReviewerError
    from reviewer.web import serve

    port = int(address.rstrip("/").rpartition(":")[2])
    with pytest.raises(ReviewerError, match=f"port {port}: it is taken"):
        serve(port=port, wait=False)
