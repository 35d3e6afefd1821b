"""The form's named endpoint, called by a program over loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

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


def test_an_unreadable_draft_is_told_to_programs_too(client: Any) -> None:
    html, data = client.predict("hello", "", "", api_name="/review")
    assert list(data) == ["error"]
    assert "No OKR" in data["error"]
    assert 'role="alert"' in html


def test_only_the_review_is_offered(client: Any) -> None:
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/review"]


def test_a_port_that_is_taken_is_said_in_words(address: str) -> None:
    from reviewer.errors import ReviewerError
    from reviewer.web import serve

    port = int(address.rstrip("/").rpartition(":")[2])
    with pytest.raises(ReviewerError, match=f"port {port}: it is taken"):
        serve(port=port, wait=False)
