"""A team's form: visitors do not see each other, sign-in keeps others out, limits hold, the log holds no draft."""

from __future__ import annotations

import http.client
import logging
import threading
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from visiting import FRENCH, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DRAFT = "Objective: Win competitive deals\nKR1: Raise win rate against Acme from 32% to 40%\nKR2: Launch a new pitch deck"


def test_two_browsers_at_once_never_see_each_others_text(browser: Browser, address: str) -> None:
    with visiting(browser, address, fresh=True) as one, visiting(browser, address, fresh=True) as other:
        one.review(FRENCH.replace("battlecards", "battlecards Aldebaran")).wait_for()
        other.review(FRENCH.replace("battlecards", "battlecards Betelgeuse")).wait_for()
        one.page.locator("#report .krs > li").nth(1).locator("button.act").click()
        one.page.wait_for_function("!document.querySelector('#draft textarea').value.includes('Créer 3')")
        one.page.click("#review")
        one.page.locator(".since").wait_for()
        other.page.click("#review")
        other.page.locator(".since").wait_for()
        assert "Rien de nouveau, rien de corrigé." in other.page.locator(".since").inner_text()
        assert "Betelgeuse" not in one.page.content()
        assert "Aldebaran" not in other.page.content()
        assert "Aldebaran" in one.box("draft").input_value()


def test_many_programs_at_once_each_get_their_own_review(address: str) -> None:
    from gradio_client import Client

    answers: dict[str, Any] = {}

    def ask(name: str) -> None:
        client = Client(address, verbose=False)
        for _ in range(3):
            answers.setdefault(name, []).append(client.predict(DRAFT.replace("Acme", name), api_name="/review"))

    names = [f"Rival{letter}" for letter in "ABCDEF"]
    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for name in names:
        assert len(answers[name]) == 3
        for html, data in answers[name]:
            assert name in data["text"]
            assert not [other for other in names if other != name and (other in html or other in str(data))]


def test_sign_in_keeps_the_page_the_endpoints_and_the_tools_to_those_named(browser: Browser, serve_with: Any) -> None:
    from gradio_client import Client

    address = serve_with(OKR_SIGN_IN="ana:correct-horse")
    assert urllib.request.urlopen(f"{address}healthz").status == 200
    for closed in ("config", "gradio_api/info"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address + closed)
        assert refused.value.code in (401, 403)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address + "gradio_api/mcp/")
    assert refused.value.code in (401, 403, 404)
    client = Client(address, auth=("ana", "correct-horse"), verbose=False)
    assert client.predict(DRAFT, api_name="/review")[1]["okrs"]
    page = browser.new_page(locale="fr-FR")
    page.goto(address)
    name, password = page.locator("input").nth(0), page.locator("input").nth(1)
    name.fill("ana")
    password.fill("wrong-horse")
    page.get_by_role("button").last.click()
    page.get_by_text("Identifiants incorrects").wait_for()
    assert page.locator("#review").count() == 0
    name.fill("ana")
    password.fill("correct-horse")
    page.get_by_role("button").last.click()
    page.wait_for_selector("#review")
    page.close()


def test_passwords_cannot_be_tried_without_end(serve_with: Any) -> None:
    address = serve_with(OKR_SIGN_IN="ana:correct-horse")
    codes = []
    for _ in range(12):
        asked = urllib.request.Request(f"{address}login", data=b"username=ana&password=guess", method="POST")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked)
        codes.append(refused.value.code)
    assert set(codes[:10]) <= {400, 401}
    assert codes[10:] == [429, 429]


def test_limits_are_said_in_words_and_the_log_holds_no_draft(serve_with: Any, caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    from gradio_client import Client

    address = serve_with(OKR_PER_MINUTE="3", OKR_MAX_TEXT="300")
    client = Client(address, verbose=False)
    with caplog.at_level(logging.DEBUG):
        assert client.predict(DRAFT.replace("Acme", "Sekretwort"), api_name="/review")[1]["okrs"]
        assert "301" in client.predict("x" * 301, api_name="/review")[1]["error"]
        client.predict("hello Sekretwort", api_name="/review")
        client.predict("hello Sekretwort", api_name="/review")
        assert "more than 3 requests in a minute" in client.predict(DRAFT, api_name="/review")[1]["error"]
    out, err = capfd.readouterr()
    assert "Sekretwort" not in caplog.text + out + err


def test_a_body_that_is_too_large_is_refused_before_it_is_read(serve_with: Any) -> None:
    address = serve_with(OKR_MAX_FILE="1")
    host = urllib.parse.urlsplit(address).netloc
    asked = http.client.HTTPConnection(host, timeout=20)
    asked.putrequest("POST", "/gradio_api/run/predict")
    asked.putheader("Content-Length", "2100000")
    asked.endheaders()
    assert asked.getresponse().status == 413
    asked.close()


def test_a_bug_is_told_by_a_reference_and_logged_without_what_it_was_about(caplog: pytest.LogCaptureFixture) -> None:
    from reviewer.web.door import told

    try:
        raise ValueError("Sekretwort is no number")
    except ValueError as error:
        message = told(error, "en")
    assert "Sekretwort" not in message + caplog.text
    reference = message.rstrip(".").rpartition(" ")[2]
    assert f"request {reference} failed: ValueError at test_form_visitors.py" in caplog.text
