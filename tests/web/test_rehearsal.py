"""The encoder loads in the background: reviews that come before it is ready do not fail."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from reviewer import review, web

FRENCH = "Objectif : Gagner les deals compétitifs\nKR1 : Créer 3 nouvelles battlecards\nKR2 : NPS de 30 à 40"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Hold reviews with examples back until the event is set; gives the event."""
    free = Event()

    def slow(source: str, **options: Any) -> Any:
        if options.get("examples"):
            free.wait(30)
        return review(source, **{**options, "examples": 0})

    monkeypatch.setattr(web, "review", slow)
    yield free
    free.set()


def test_a_review_asked_before_the_encoder_is_ready_is_given_without_examples_and_says_so(held: Event) -> None:
    rehearsal = web._Rehearsal()
    rehearsal.begin()
    ready = rehearsal.wait_for(0.05)
    assert not ready
    html, data = web._review_draft(FRENCH, "", "", "fr", ready)
    assert data["examples"] == []
    assert data["notes"][-1].startswith("Le modèle qui trouve les exemples se charge encore")
    assert "se charge encore" in html
    held.set()
    assert rehearsal.wait_for(30)


def test_a_review_waits_for_an_encoder_that_is_soon_ready(held: Event) -> None:
    rehearsal = web._Rehearsal()
    rehearsal.begin()
    held.set()
    assert rehearsal.wait_for(30)
    assert web._review_draft(FRENCH, "", "", "fr", True)[1]["notes"] == []


def test_it_begins_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[int] = []
    monkeypatch.setattr(web, "review", lambda *given, **options: times.append(1))
    rehearsal = web._Rehearsal()
    assert not rehearsal.wait_for(0)
    for _ in range(3):
        rehearsal.begin()
    assert rehearsal.wait_for(30)
    assert times == [1]


def test_a_rehearsal_that_fails_is_no_failure_of_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: Any, **options: Any) -> None:
        raise RuntimeError("no memory")

    monkeypatch.setattr(web, "review", fail)
    rehearsal = web._Rehearsal()
    rehearsal.begin()
    assert rehearsal.wait_for(30)
