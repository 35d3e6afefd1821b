"""Who may come in and how much they may ask, before any server is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.errors import ReviewerError
from reviewer.web.limits import Limits, Turnstile, refuse_open_door, sign_in


def test_limits_come_from_the_environment_and_have_defaults() -> None:
    assert Limits.from_environment({}) == Limits()
    read = Limits.from_environment({"OKR_MAX_TEXT": "5000", "OKR_PER_MINUTE": "7", "OKR_AT_ONCE": " 3 "})
    assert (read.text, read.a_minute, read.at_once) == (5000, 7, 3)


@pytest.mark.parametrize("value", ["0", "-3", "many", "1.5", "٣"])
def test_a_limit_that_is_no_number_is_refused_by_name(value: str) -> None:
    with pytest.raises(ReviewerError, match=f"OKR_MAX_FILE is '{value}'"):
        Limits.from_environment({"OKR_MAX_FILE": value})


def test_those_who_may_sign_in_are_read_from_the_environment_or_a_file(tmp_path: Path) -> None:
    assert sign_in({}) == []
    assert sign_in({"OKR_SIGN_IN": "ana:long-enough:1, bo:another-one"}) == [("ana", "long-enough:1"), ("bo", "another-one")]
    people = tmp_path / "people"
    people.write_text("ana:with,comma-in-it\n\nbo:another-one\n", "utf-8")
    assert sign_in({"OKR_SIGN_IN_FILE": str(people)}) == [("ana", "with,comma-in-it"), ("bo", "another-one")]


@pytest.mark.parametrize("given", ["ana", "ana:short", ":a-password-alone", "ana:long-enough,bo"])
def test_a_bad_entry_is_refused_and_its_password_not_repeated(given: str) -> None:
    with pytest.raises(ReviewerError, match="OKR_SIGN_IN: entry [12]") as refused:
        sign_in({"OKR_SIGN_IN": given})
    assert "password-alone" not in str(refused.value)
    assert "long-enough" not in str(refused.value)


def test_a_file_that_names_nobody_lets_nobody_in(tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.write_text("\n", "utf-8")
    with pytest.raises(ReviewerError, match="names nobody"):
        sign_in({"OKR_SIGN_IN_FILE": str(people)})
    with pytest.raises(ReviewerError, match="cannot be read"):
        sign_in({"OKR_SIGN_IN_FILE": str(tmp_path / "none")})
    with pytest.raises(ReviewerError, match="both set"):
        sign_in({"OKR_SIGN_IN_FILE": str(people), "OKR_SIGN_IN": "ana:long-enough"})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "okr.example"])
def test_an_address_that_others_reach_needs_a_sign_in_or_a_word(host: str) -> None:
    with pytest.raises(ReviewerError, match="OKR_SIGN_IN=name:password"):
        refuse_open_door(host, [], allow_anyone=False)
    refuse_open_door(host, [], allow_anyone=True)
    refuse_open_door(host, [("ana", "long-enough")], allow_anyone=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_this_machine_needs_none(host: str) -> None:
    refuse_open_door(host, [], allow_anyone=False)


def test_the_server_refuses_an_open_door_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewer.web import serve

    monkeypatch.delenv("OKR_SIGN_IN", raising=False)
    monkeypatch.delenv("OKR_SIGN_IN_FILE", raising=False)
    with pytest.raises(ReviewerError, match="--allow-anyone"):
        serve("0.0.0.0", wait=False)


def test_each_visitor_has_so_many_requests_a_minute() -> None:
    stile = Turnstile(3)
    assert [stile.wait("ana", now) for now in (0.0, 10.0, 20.0)] == [0, 0, 0]
    assert stile.wait("ana", 30.0) == 30.0
    assert stile.wait("bo", 30.0) == 0
    assert stile.wait("ana", 61.0) == 0
    assert stile.wait("ana", 61.0) == 9.0
