"""A visitor of the form: a page in a real browser, and what happened on it that nobody should see."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

FRENCH = """Objectif : Donner aux Sales les armes pour gagner les deals compétitifs
KR1 : Taux d'utilisation des battlecards dans les deals compétitifs : 70 % (vs 25 % aujourd'hui)
KR2 : Créer 3 nouvelles battlecards
KR3 : Satisfaction Sales sur les assets PMM : 8/10 minimum"""
COMPANY = "Gagner des parts de marché face aux deux leaders\nNRR de 104 % à 112 %"
PHONE = {"viewport": {"width": 390, "height": 800}}
TABS = {
    "fr": {"review": "Relire", "draft": "Rédiger", "quarter": "Trimestre", "examples": "Exemples", "rules": "Règles"},
    "en": {"review": "Review", "draft": "Draft", "quarter": "Quarter", "examples": "Examples", "rules": "Rules"},
}


@dataclass
class Visit:
    """Hold a page with what happened on it that nobody should see."""

    page: Page
    address: str
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def box(self, name: str) -> Locator:
        """Give the field of a textbox, however many lines it has."""
        return self.page.locator(f"#{name} :is(textarea, input)").first

    def review(self, draft: str, company: str = "", cycle: str = "") -> Locator:
        """Paste a draft and ask for its review; gives the report."""
        for name, text in (("draft", draft), ("company", company), ("cycle", cycle)):
            self.box(name).fill(text)
        self.page.click("#review")
        return self.page.locator("#report .okr-review").last

    def open(self, tab: str, language: str = "fr") -> None:
        """Open a tab by its name."""
        self.page.get_by_role("tab", name=TABS[language][tab], exact=True).click()

    def well(self) -> None:
        """Hold that nothing untoward happened: no dialog, no error, no request to anywhere else."""
        assert self.dialogs == []
        assert self.errors == []
        assert [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))] == []


_CONTEXTS: dict[str, BrowserContext] = {}
"""One for each kind of visitor: the page's own program is then loaded once, as by somebody who comes back."""


@contextmanager
def visiting(browser: Browser, address: str, *, fresh: bool = False, **asked: Any) -> Iterator[Visit]:
    """Open the form: in French and on a desktop unless said otherwise; `fresh` is a browser that has never been here."""
    options = {"locale": "fr-FR", "viewport": {"width": 1200, "height": 900}, **asked}
    key = json.dumps(options, sort_keys=True)
    if fresh or key not in _CONTEXTS:
        context = browser.new_context(**options)
        if not fresh:
            _CONTEXTS[key] = context
    else:
        context = _CONTEXTS[key]
    page = context.new_page()
    page.set_default_timeout(20_000)
    seen = Visit(page, address)
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: seen.requests.append(asked.url))
    page.goto(address)
    page.wait_for_selector("#review")
    try:
        yield seen
    finally:
        page.close()
        context.clear_cookies()
        if fresh:
            context.close()
    seen.well()


def free_port() -> int:
    """Find a port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
