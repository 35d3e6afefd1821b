"""The encoder loads in the background: reviews that come before it is ready do not fail."""

from __future__ import annotations

from threading import Event

from reviewer.web.rehearsal import Rehearsal
from reviewer.web.reviewing import context_from, reviewed

FRENCH = "Objectif : Gagner les deals compétitifs\nKR1 : Créer 3 nouvelles battlecards\nKR2 : NPS de 30 à 40"


def test_a_review_asked_before_the_encoder_is_ready_is_given_without_examples_and_says_so() -> None:
    free = Event()
    rehearsal = Rehearsal(lambda: free.wait(30))
    assert not rehearsal.wait_for(0)
    rehearsal.begin()
    ready = rehearsal.wait_for(0.05)
    assert not ready
    done = reviewed(FRENCH, context_from("", "", ""), ready=ready)
    assert done.examples == ()
    assert done.notes[-1].startswith("Le modèle qui trouve les exemples se charge encore")
    free.set()
    assert rehearsal.wait_for(30)


def test_a_review_of_an_encoder_that_is_ready_says_nothing_of_it() -> None:
    assert reviewed(FRENCH, context_from("", "", ""), ready=True).notes == ()


def test_it_begins_once() -> None:
    times: list[int] = []
    rehearsal = Rehearsal(lambda: times.append(1))
    for _ in range(3):
        rehearsal.begin()
    assert rehearsal.wait_for(30)
    assert times == [1]


def test_a_rehearsal_that_fails_is_no_failure_of_the_form() -> None:
    def fail() -> None:
        raise RuntimeError("no memory")

    rehearsal = Rehearsal(fail)
    rehearsal.begin()
    assert rehearsal.wait_for(30)


def test_the_page_comes_first_and_whoever_is_there_has_the_encoder_loaded_at_once() -> None:
    begun = Event()
    for wanted in (Rehearsal.hurry, lambda rehearsal: rehearsal.wait_for(30)):
        begun.clear()
        rehearsal = Rehearsal(begun.set)
        rehearsal.begin(after=3600)
        assert not begun.wait(0.2)
        assert not rehearsal.wait_for(0), "asking whether it is ready, as /healthz does, hurries nobody"
        assert not begun.wait(0.1)
        wanted(rehearsal)
        assert begun.wait(30)


def test_a_server_without_visitors_loads_it_after_a_while() -> None:
    begun = Event()
    Rehearsal(begun.set).begin(after=0.05)
    assert begun.wait(30)
