"""axe finds nothing on any page, public or of the desk, on a phone and a screen, light and dark."""

import hashlib
import os
import re
import sqlite3
from itertools import product
from pathlib import Path

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page
from tests.browser.conftest import THEMES, WIDTHS, axe_faults, sign_in

pytestmark = pytest.mark.browser

PUBLIC = (
    "/", "/besoins/", "/besoins/debts_energy/", "/revenu-integration/estimation/", "/pour/", "/pour/homeless/", "/services/",
    "/services/cpas-energie/", "/services/cpas-energie/?facile=1", "/services/dps-taxi/",
    "/maisons/", "/lieux/", "/lieux/mq-epinlieu/", "/lieux/mq-jemappes/semaine/",
    "/lieux/mq-jemappes/carte/", "/quel-cpas/", "/quel-cpas/?lieu=7012", "/revenu-integration/", "/revenu-integration/estimation/", "/a-quoi-sert-le-cpas/",
    "/questions/", "/plan/", "/plans/", "/plan/mons-pcs-2020/", "/plan/mons-pcs-2020/23/", "/accessibilite/", "/donnees/", "/a-propos/", "/suivi/",
    "/demander/cpas-aide-generale/aid/", "/demander/prev-tags/graffiti/", "/nl/", "/de/", "/en/",
    "/connexion/", "/rien-ici/",
)  # fmt: skip
#: Who signs in; from her side bar, the test follows the first link of each kind, twice over.
DESK = (
    "accueil", "assistante", "mediatrice-dettes", "responsable", "directrice", "presidente",
    "conseillere", "finances", "insertion", "redaction", "vie-privee", "administration",
    "animateur", "projet-pcs", "prevention",
)  # fmt: skip
#: What agents open; the phones' page is another door than the desk.
DOORS = ("/desk/", "/board/", "/field/")
#: Pages that no link of a list leads to at any moment.
MORE = {
    "directrice": ("/desk/conseil/seances/nouvelle/", "/desk/conseil/mandats/matieres/"),
    "animateur": ("/field/",),
    "prevention": ("/field/terrain/", "/field/abri/"),
}
#: One page for each state of a thing that has states: who opens it, its address, its table.
STATES = {
    "responsable": (
        ("/desk/dossiers/demandes/{}/", "casework_application"),
        ("/desk/courriers/lettres/{}/", "documents_letter"),
    ),
    "directrice": (
        ("/desk/conseil/seances/{}/", "bodies_sitting"),
        ("/desk/conseil/seances/{}/direct/", "bodies_sitting"),
        ("/desk/conseil/seances/{}/proces-verbal/", "bodies_sitting"),
        ("/desk/conseil/points/{}/", "bodies_item"),
    ),
    "finances": (("/desk/finances/paiements/{}/", "payments_run"),),
    "mediatrice-dettes": (("/desk/dettes/{}/", "budgets_mediationfile"),),
}
#: What a page is made of, whatever it says: its elements with all they carry but addresses, values
#: and words; rows of the same make count once. The menu of a role counts with it.
_BONES = """() => {
  const kept = new Set(["class", "role", "type", "lang", "dir", "scope", "tabindex", "rowspan",
    "colspan", "autocomplete", "inputmode", "open", "hidden", "disabled", "required", "readonly",
    "checked", "multiple", "alt", "for", "headers"]);
  const bones = element => {
    const own = [...element.attributes]
      .filter(one => kept.has(one.name) || one.name.startsWith("aria-"))
      .map(one => one.name + "=" + one.value.replace(/[0-9]+/g, "0")).sort().join(" ");
    const parts = [];
    for (const child of element.childNodes) {
      const part = child.nodeType === 1 ? bones(child)
        : child.nodeType === 3 && child.textContent.trim() ? "…" : "";
      if (part && part !== parts[parts.length - 1]) parts.push(part);
    }
    return `<${element.localName} ${own}>${parts.join("")}</>`;
  };
  return bones(document.body);
}"""


class Met:
    """The bones of the pages that were looked at, by one role or another, in a folder shared by all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def for_the_first_time(self, bones: str) -> bool:
        """This function will say whether nobody met them before, and note that they are met."""
        try:
            (self._folder / hashlib.sha256(bones.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


_FILES = re.compile(r"[./](csv|pdf|ics|docx|xml|json|xlsx|txt)/?$|/fichier/|/pieces/|/a-lire/")


def _faults(page: Page) -> list[str]:
    """What axe finds on the open page, looked at in each width and each theme."""
    found = []
    for width, theme in product(WIDTHS, THEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        look = f"{page.url} [{width} {theme}]"
        found += [f"{look} {fault}" for fault in axe_faults(page, colours_only=theme != THEMES[0])]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            found.append(f"{look} is {wide} px too wide")
    return found


def _open(page: Page, path: str) -> Page:
    page.goto(path)
    return page


def test_axe_finds_nothing_on_public_pages(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, locale="fr-BE")
    page = context.new_page()
    found = [fault for path in PUBLIC for fault in _faults(_open(page, path))]
    assert not found, "\n".join(found)
    context.close()


def _kind(path: str) -> str:
    """The address without what it names: the file D26000012 is a page like any other file."""
    return resolve(path.partition("#")[0].partition("?")[0]).route


def _links(page: Page, where: str) -> list[str]:
    doors = ", ".join(f"{where} a[href^='{door}']" for door in DOORS)
    found = page.locator(doors).evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [path for path in found if not _FILES.search(path.partition("?")[0])]


def _faults_of(page: Page, username: str, database: Path, met: Met) -> list[str]:
    """The pages of the side bar, then the first of each kind they lead to, and those lead to."""
    fresh = list(
        dict.fromkeys(["/desk/", *_links(_open(page, "/desk/"), "nav"), *MORE.get(username, ())])
    )
    known = {_kind(path) for path in fresh}
    found = []
    for step in range(3):
        last, fresh = fresh, []
        for path in last:
            found += _faults_of_new(_open(page, path), met)
            for link in _links(page, "main") if step < 2 else ():
                if _kind(link) not in known:
                    known.add(_kind(link))
                    fresh.append(link)
    for path in _of_each_state(page, username, database):
        found += _faults_of_new(_open(page, path), met)
    return found


def _faults_of_new(page: Page, met: Met) -> list[str]:
    """What axe finds on a page, once for pages of the same bones: roles share many."""
    return _faults(page) if met.for_the_first_time(page.evaluate(_BONES)) else []


def _of_each_state(page: Page, username: str, database: Path) -> list[str]:
    found = []
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as rows:
        for address, table in STATES.get(username, ()):
            each = rows.execute(f"SELECT MAX(reference), state FROM {table} GROUP BY state")  # noqa: S608
            found += [address.format(reference) for reference, _state in each]
    answers = {path: page.request.get(path).status for path in found}
    return [path for path, status in answers.items() if status == 200]


@pytest.fixture(scope="session")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    """The bones met so far; who tests at the same time writes in the same folder."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return Met(folder / "bones")


@pytest.mark.parametrize("username", DESK)
def test_axe_finds_nothing_on_desk_pages(
    browser: Browser, site: str, database: Path, username: str, met: set[str]
) -> None:
    """Each page of this role, and the first of each kind and of each state that it leads to."""
    context = browser.new_context(base_url=site, locale="fr-BE")
    page = context.new_page()
    sign_in(page, username)
    found = _faults_of(page, username, database, met)
    assert not found, "\n".join(found)
    context.close()
