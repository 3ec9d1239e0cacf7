"""From a person's own words to a receipt, to an answer, and to who looked; by mouse and by keys."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


def _ask(page: Page, words: str) -> None:
    page.goto("/")
    page.fill("main form input[name=mots]", words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/reponse/**")


def _fill_and_send(page: Page) -> tuple[str, str]:
    """Fills what is required as a person would, sends, and gives reference and code."""
    page.fill("input[name=name]", "Rachida Test")
    phone = page.locator("input[name=phone]")
    if phone.count():
        phone.fill("0470 00 99 01")
    for box in page.locator("textarea:visible").all():
        if not box.input_value():
            box.fill("Je reçois une facture que je ne peux pas payer.")
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.wait_for_url("**/recu/**")
    reference, secret = re.search(r"/recu/([A-Z]+-\d{4}-\d{5})/([A-Z0-9-]+)/", page.url).groups()
    assert reference in page.inner_text("main")
    return reference, secret


def test_words_to_receipt_in_five_pages_then_answer_and_who_looked(
    browser: Browser, site: str, page: Page
) -> None:
    pages: list[str] = []
    page.on("framenavigated", lambda frame: pages.append(frame.url))
    _ask(page, "j'arrive plus à payer le chauffage")
    assert "chauffage" not in page.url
    page.get_by_role("link", name=re.compile("Prévention en Énergie")).first.click()
    page.wait_for_url("**/services/cpas-energie/")
    page.locator("main a[href*='/demander/cpas-energie/']").first.click()
    page.wait_for_url("**/demander/**")
    reference, secret = _fill_and_send(page)
    seen = list(
        dict.fromkeys(re.sub(r"^https?://[^/]+", "", url) for url in pages if "trouver" not in url)
    )
    assert len(seen) <= 5, seen

    office = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    agent = office.new_page()
    sign_in(agent, "mediatrice-dettes")
    agent.goto(f"/desk/demandes/{reference}/")
    assert "Rachida Test" in agent.inner_text("main")
    agent.locator("details:has(textarea[name=text]) summary").first.click()
    form = agent.locator("form:has(textarea[name=text])").first
    form.locator("textarea[name=text]").fill("Venez jeudi à neuf heures, avec la facture.")
    form.get_by_role("button").first.click()
    agent.wait_for_load_state()
    office.close()

    page.goto(f"/suivi/{reference}/{secret}/")
    text = page.inner_text("main")
    assert "Venez jeudi à neuf heures" in text
    assert "Assistance sociale" in text
    assert "Liénard" not in re.sub(r"(?s)Qui a regardé.*", "", text.split("Qui a regardé")[-1])


def test_whole_path_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    for _press in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "mots":
            break
    page.keyboard.type("un huissier m'écrit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reponse/**")
    for _press in range(60):
        page.keyboard.press("Tab")
        if "/demander/" in str(page.evaluate("document.activeElement.href || ''")):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/demander/**")
    for _press in range(120):
        page.keyboard.press("Tab")
        name, tag = page.evaluate("[document.activeElement.name, document.activeElement.tagName]")
        if name == "name":
            page.keyboard.type("Au Clavier")
        elif name == "phone":
            page.keyboard.type("0470 00 99 02")
        elif tag == "TEXTAREA":
            page.keyboard.type("Un huissier m’a écrit.")
        elif "Envoyer ma demande" in str(page.evaluate("document.activeElement.textContent")):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/recu/**")


def test_path_works_without_javascript(browser: Browser, site: str) -> None:
    context: BrowserContext = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    _ask(page, "mijn medicijnen zijn te duur")
    page.locator("main a[href*='/demander/']").first.click()
    page.wait_for_url("**/demander/**")
    _fill_and_send(page)
    context.close()


def test_quick_exit_forgets_the_words(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    context.route(re.compile(r"^https://"), lambda route: route.fulfill(body="ailleurs"))
    page = context.new_page()
    _ask(page, "mon mari me frappe")
    assert "112" in page.inner_text("main")
    page.get_by_role("link", name="Quitter vite").first.click()
    page.wait_for_url(re.compile(r"^https://"))
    assert [c["name"] for c in context.cookies(site) if c["name"].startswith("portal_")] == []
    context.close()


def test_error_keeps_what_was_typed_and_takes_the_focus(page: Page) -> None:
    page.goto("/demander/cpas-mediation-dettes/appointment/")
    page.fill("textarea", "J’ai quatre crédits.")
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.wait_for_load_state()
    assert page.input_value("textarea") == "J’ai quatre crédits."
    focused = page.evaluate(
        "document.activeElement.closest('[role=alert], .error-summary') !== null"
    )
    assert focused


def test_no_request_leaves_for_a_third_party(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/services/cpas-energie/", "/maisons/", "/quel-cpas/"):
        page.goto(path)
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
