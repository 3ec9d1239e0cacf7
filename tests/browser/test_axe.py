"""axe finds nothing on any page, public or of the desk, on a phone and a screen, light and dark."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.browser.conftest import THEMES, WIDTHS, axe_faults, sign_in

pytestmark = pytest.mark.browser

PUBLIC = (
    "/", "/besoins/", "/besoins/debts_energy/", "/pour/", "/pour/homeless/", "/services/",
    "/services/cpas-energie/", "/services/cpas-energie/?facile=1", "/services/dps-taxi/",
    "/maisons/", "/lieux/", "/lieux/mq-epinlieu/", "/lieux/mq-jemappes/semaine/",
    "/lieux/mq-jemappes/carte/", "/quel-cpas/", "/quel-cpas/?lieu=7012", "/revenu-integration/", "/revenu-integration/estimation/", "/a-quoi-sert-le-cpas/",
    "/questions/", "/plan/", "/accessibilite/", "/donnees/", "/a-propos/", "/suivi/",
    "/demander/cpas-aide-generale/aid/", "/demander/prev-tags/graffiti/", "/nl/", "/de/", "/en/",
    "/connexion/", "/rien-ici/",
)  # fmt: skip
#: Pages that each role may open and that hold no reference of their own.
DESK = {
    "accueil": ("/desk/",),
    "assistante": ("/desk/",),
    "responsable": ("/desk/",),
    "directrice": ("/desk/", "/desk/conseil/seances/nouvelle/", "/desk/conseil/mandats/matieres/"),
    "conseillere": ("/desk/conseil/",),
    "redaction": ("/desk/",),
    "vie-privee": ("/desk/",),
    "administration": ("/desk/",),
}


def _looks(browser: Browser, site: str, state: dict | None = None):
    for width in WIDTHS:
        for theme in THEMES:
            context = browser.new_context(
                base_url=site, viewport={"width": width, "height": 900}, color_scheme=theme,
                locale="fr-BE", storage_state=state, reduced_motion="reduce",
            )  # fmt: skip
            yield f"{width} {theme}", context
            context.close()


def _faults(context: BrowserContext, look: str, paths: list[str]) -> list[str]:
    found = []
    page = context.new_page()
    for path in paths:
        page.goto(path)
        found += [f"{path} [{look}] {fault}" for fault in axe_faults(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            found.append(f"{path} [{look}] is {wide} px too wide")
    return found


def test_axe_finds_nothing_on_public_pages(browser: Browser, site: str) -> None:
    found = []
    for look, context in _looks(browser, site):
        found += _faults(context, look, list(PUBLIC))
    assert found == []


@pytest.mark.parametrize("username", DESK)
def test_axe_finds_nothing_on_desk_pages(browser: Browser, site: str, username: str) -> None:
    """Each page that the side bar of this role leads to, and the first thing of each kind it shows."""
    door = browser.new_context(base_url=site)
    page = door.new_page()
    sign_in(page, username)
    paths = set(DESK[username])
    for link in page.locator("nav a[href^='/desk/']").all():
        paths.add(str(link.get_attribute("href")))
    request = page.locator("main a[href*='/desk/demandes/']").first
    if request.count():
        paths.add(str(request.get_attribute("href")))
    if "/desk/conseil/" in paths:
        page.goto("/desk/conseil/")
        for kind in ("seances", "points"):
            shown = page.locator(f"main td a[href*='/desk/conseil/{kind}/']").first
            if shown.count():
                paths.add(str(shown.get_attribute("href")))
    paths = {path for path in paths if not re.search(r"\.(csv|pdf|ics)$", path.split("?")[0])}
    state = door.storage_state()
    door.close()
    found = []
    for look, context in _looks(browser, site, state):
        found += _faults(context, look, sorted(paths))
    assert found == []
