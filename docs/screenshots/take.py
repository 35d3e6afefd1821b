"""Take the pictures of the form that stand in this folder: every tab, both languages, light and dark, desktop and phone.

    python docs/screenshots/take.py            all of them
    python docs/screenshots/take.py fr-light   those of one language and mode

It serves the form on this machine and drives Debian's chromium, as the tests do. Look at every picture before it is kept.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).resolve().parent
BROWSER = Path("/usr/bin/chromium")
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
TABS = {
    "fr": {"review": "Relire", "draft": "Rédiger", "quarter": "Trimestre", "examples": "Exemples", "rules": "Règles"},
    "en": {"review": "Review", "draft": "Draft", "quarter": "Quarter", "examples": "Examples", "rules": "Rules"},
}
IDEA = {
    "fr": "Les Sales perdent des deals en fin de cycle face à Nexia, faute de réponse sur la sécurité",
    "en": "Sales lose late-stage deals to Nexia because they have no answer on security",
}
SOUGHT = {"fr": "des clients qui résilient", "en": "customers who cancel"}
COMPANY = {
    "fr": "Gagner des parts de marché face à Tessaly\nPorter le NRR de 104 % à 112 %\nS’installer en Allemagne",
    "en": "Gain market share against Tessaly\nNRR from 104% to 112%\nSettle in Germany",
}
QUARTER = {
    "fr": """Équipe,Objectif,Résultat clé
PMM Enterprise,Gagner les deals compétitifs,Win rate face à Tessaly : de 28 % à 36 %
PMM Enterprise,Gagner les deals compétitifs,Créer 3 battlecards
PMM PME,Rendre la prise en main évidente,Taux d'activation des nouveaux comptes : de 31 % à 45 %
PMM PME,Rendre la prise en main évidente,NPS ≥ 40
Contenu,Être trouvés par les acheteurs,Publier 12 articles
Contenu,Être trouvés par les acheteurs,Pages vues : de 20 000 à 60 000
Partenaires,Les partenaires vendent avec nous,Pipeline apporté par les partenaires : de 200 k€ à 500 k€
Partenaires,Les partenaires vendent avec nous,Win rate face à Tessaly : de 28 % à 20 %
""",
    "en": """Team,Objective,Key result
PMM Enterprise,Win competitive deals,Win rate against Tessaly from 28% to 36%
PMM Enterprise,Win competitive deals,Create 3 battlecards
PMM SMB,Make onboarding obvious,Activation rate of new accounts from 31% to 45%
PMM SMB,Make onboarding obvious,NPS of 40
Content,Be found by buyers,Publish 12 articles
Content,Be found by buyers,Page views from 20000 to 60000
Partners,Partners sell with us,Partner-sourced pipeline from $200k to $500k
Partners,Partners sell with us,Win rate against Tessaly from 28% to 20%
""",
}


def fill(page: Page, tab: str, language: str) -> str:
    """Put something in a tab; gives what to scroll to on a phone."""
    if tab == "review":
        page.locator("#ours input").click()
        page.get_by_role("option").first.click()
        page.locator("#report .okr-review header").wait_for()
        return "#read"
    if tab == "draft":
        page.locator("#idea textarea").fill(IDEA[language])
        page.click("#propose")
        page.locator("#drafts .draft").first.wait_for()
        return "#drafts"
    if tab == "quarter":
        page.locator("#quarter-company textarea").fill(COMPANY[language])
        file: Any = {"name": "q4.csv", "mimeType": "text/csv", "buffer": QUARTER[language].encode()}
        page.locator("#files input[type=file]").set_input_files(file)
        page.locator("#files").get_by_text("q4").first.wait_for()
        page.click("#review-quarter")
        page.frame_locator("iframe.page").locator("#okr-table").wait_for()
        return "#quarter-status"
    if tab == "examples":
        page.locator("#search :is(textarea, input)").first.fill(SOUGHT[language])
        page.click("#show-examples")
        page.wait_for_function("document.querySelector('#examples .eyebrow')?.textContent.match(/[0-9][,.][0-9]/)")
        return "#search-bar"
    page.locator("#rules summary").first.click()
    return "#rules-bar"


def take(browser: Browser, address: str, language: str, mode: str, size: str) -> None:
    """Take the pictures of every tab in one language, mode and size."""
    from PIL import Image

    page = browser.new_page(locale=f"{language}-FR", color_scheme=mode, viewport=SIZES[size])  # type: ignore[arg-type]
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_selector("#review")
    for tab, name in TABS[language].items():
        page.get_by_role("tab", name=name, exact=True).click()
        place = fill(page, tab, language)
        page.wait_for_timeout(700)
        page.evaluate("scrollTo(0, 0)")
        if size == "phone" or tab == "quarter":
            page.locator(place).evaluate("place => place.scrollIntoView()")
        page.wait_for_timeout(300)
        picture = Image.open(io.BytesIO(page.screenshot()))
        picture.quantize(128).save(FOLDER / f"{tab}-{language}-{mode}-{size}.png", optimize=True)
    page.close()


def main(wanted: list[str]) -> None:
    """Take the pictures asked for."""
    from playwright.sync_api import sync_playwright

    from reviewer.web import serve
    from reviewer.web.rehearsal import READY

    os.environ.pop("OKR_MODEL", None)
    form = serve(port=0, wait=False)
    READY.wait_for(300)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        for language in TABS:
            for mode in ("light", "dark"):
                if not wanted or f"{language}-{mode}" in wanted:
                    for size in SIZES:
                        take(browser, form.local_url, language, mode, size)
        browser.close()
    form.close(verbose=False)


if __name__ == "__main__":
    main(sys.argv[1:])
