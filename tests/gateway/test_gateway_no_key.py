"""A provider that cannot be reached is not asked again when its key is missing as well; the key is what to mend."""

from __future__ import annotations

from reviewer.gateway.destinations import place_of
from reviewer.gateway.failures import failed

NO_ROUTE = ConnectionError("Cannot connect to host api.mistral.ai:443")


def test_the_missing_key_is_named_and_nothing_is_tried_again() -> None:
    failure = failed(NO_ROUTE, "mistral/mistral-small-latest", place_of("mistral/mistral-small-latest"), ["MISTRAL_API_KEY"])
    assert "set MISTRAL_API_KEY" in failure.reason and failure.settled and not failure.transient


def test_with_a_key_the_connection_is_what_is_said_and_tried_again() -> None:
    failure = failed(NO_ROUTE, "mistral/mistral-small-latest", place_of("mistral/mistral-small-latest"))
    assert "no connection to" in failure.reason and "KEY" not in failure.reason and failure.transient
