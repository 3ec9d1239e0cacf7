"""One living income, from a new file to the file for the bank, by mouse and keyboard alone."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from pypdf import PdfReader
from tests.browser.conftest import sign_in

from beffroi.acts.payments.bank import schema
from beffroi.acts.payments.bank.pain001 import NAMESPACE
from beffroi.demo.people import PASSWORD

pytestmark = pytest.mark.browser
ACCOUNT = "BE67999088000187"
WAGE = "420.00"
#: What the journal must name, from the first act to the last.
_NAMED = (
    "a entré une personne", "a ouvert un dossier", "a entré une demande d’aide",
    "a ouvert l’enquête sociale", "a noté une visite", "a calculé", "a signé le rapport",
    "a proposé une décision", "a porté la proposition à l’organe", "a lu un point",
    "a noté un vote", "a acté une décision", "a écrit une lettre", "a noté l’envoi d’une lettre",
    "a mis l’aide en paiement", "a approuvé un paiement", "a pris le fichier de la banque",
)  # fmt: skip
PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1280, "height": 900}


class Office:
    """The people at work, each at a screen of her own: nobody shares a session."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site = browser, site
        self._opened: dict[str, tuple[BrowserContext, Page]] = {}

    def of(self, username: str, viewport: dict[str, int] = SCREEN) -> Page:
        """This method will give the screen of an agent, signed in once."""
        if username not in self._opened:
            context = self._browser.new_context(
                base_url=self._site,
                viewport=viewport,
                locale="fr-BE",  # type: ignore[arg-type]
            )
            context.set_default_timeout(10_000)
            page = context.new_page()
            sign_in(page, username)
            self._opened[username] = (context, page)
        return self._opened[username][1]

    def close(self) -> None:
        """This method will close every screen."""
        for context, _page in self._opened.values():
            context.close()


@dataclass
class Road:
    """What one step leaves to the next."""

    first_day: date
    name: str = "Vandenroad"
    amount: Decimal = Decimal(0)
    person: str = ""
    file: str = ""
    application: str = ""


@pytest.fixture
def office(browser: Browser, site: str) -> Iterator[Office]:
    made = Office(browser, site)
    yield made
    made.close()


def press(place: Page | Locator, name: str | re.Pattern[str]) -> None:
    """This function will press the button that is read aloud so."""
    go(place.get_by_role("button", name=name).first)


def follow(place: Page | Locator, name: str | re.Pattern[str]) -> None:
    """This function will follow the link that is read aloud so."""
    go(place.get_by_role("link", name=name).first)


def go(one: Locator) -> None:
    """This function will click what leads to another page, and wait for it."""
    with one.page.expect_navigation():
        one.click()


def fill(form: Page | Locator, /, **said: str | bool) -> None:
    """This function will type, choose or tick what the form asks, by the name of each field."""
    for name, value in said.items():
        one = form.locator(f"[name={name}]:visible").first
        if isinstance(value, bool):
            one.set_checked(value)
        elif one.evaluate("e => e.tagName") == "SELECT":
            one.select_option(value)
        else:
            one.fill(value)


def act(page: Page, key: str, **said: str | bool) -> None:
    """This function will unfold an act, fill it in and send it; a refusal fails with its words."""
    box = page.locator(f"#acte-{key}")
    box.locator("summary").click()
    fill(box, **said)
    go(box.get_by_role("button").last)
    assert_done(page)


def assert_done(page: Page) -> None:
    """This function will want a word of success on the page, and no other."""
    told = page.locator(".messages .alert, .error-summary")
    kinds = [one.get_attribute("class") for one in told.all()]
    assert kinds == ["alert alert-success"], (page.url, told.all_inner_texts())


def euros(amount: Decimal) -> str:
    """This function will write an amount as the house does, spaces aside."""
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",")


def plain(text: str) -> str:
    """This function will give a text with every kind of space made one."""
    return re.sub(r"\s+", " ", text)


def test_living_income_of_an_isolated_person_goes_from_a_file_to_the_bank(
    office: Office, database: Path, tmp_path: Path
) -> None:
    today = datetime.now().astimezone().date()
    road = Road(first_day=today.replace(day=1))
    worker = office.of("assistante")
    _enter_person_and_file(worker, road)
    _enter_application(worker, road)
    _enquire(worker, today)
    _compute(worker, road)
    _report_and_propose(worker)
    road.application = worker.url
    _sit(office, road, today)
    _write_and_send_letter(worker, road, today)
    _execute(worker)
    run = _prepare_run(office.of("finances"), road)
    _approve_run(office.of("directrice"), run)
    _take_bank_file(office.of("finances"), run, road, tmp_path)
    _read_journal(office.of("vie-privee"), run, road)


def _enter_person_and_file(page: Page, road: Road) -> None:
    follow(page, "Chercher une personne")
    page.fill("#person-words", road.name)
    page.keyboard.press("Enter")
    page.locator("#found .empty, #found td").first.wait_for()
    follow(page, "Nouvelle personne")
    fill(page, last_name=road.name, first_name="Odile", birth_date="1991-04-17")
    fill(page, street="Rue d’Havré 13", postal_code="7000", locality="Mons")
    press(page, "Entrer cette personne")
    assert_done(page)
    road.person = page.url.split("/")[-2]
    press(page, "Ouvrir un dossier")
    road.file = page.url.split("/")[-2]


def _enter_application(page: Page, road: Road) -> None:
    page.locator("summary", has_text="Entrer une demande d’aide").click()
    fill(page, aide="living_income")
    press(page, "Continuer")
    fill(page, asked_on=f"{road.first_day}")
    press(page, "Entrer la demande")
    assert_done(page)


def _enquire(page: Page, today: date) -> None:
    press(page, "Ouvrir l’enquête")
    assert_done(page)
    act(page, "declare_competent", basis="Réside rue d’Havré à Mons : bail et visite.")
    while page.locator("#acte-settle_document").count():
        act(page, "settle_document")
    act(page, "plan_visit", planned_at=f"{today}T00:01")
    act(page, "record_visit", result="seen", done_at=f"{today}T00:02", present="Mme Vandenroad",
        findings="Studio propre, une chambre, loyer payé jusqu’au mois passé.")  # fmt: skip
    act(page, "add_resource", kind="work", label="Nettoyage, quart temps", exemption="general",
        monthly="420,00", proof="Fiche de paie")  # fmt: skip
    act(page, "add_budget_line", label="Loyer", monthly="480,00")
    act(page, "category", value="isolated", why="Vit seule : bail à son nom, personne d’autre.")


def _compute(page: Page, road: Road) -> None:
    press(page, "Calculer")
    assert_done(page)
    case = {"id": "o", "date": f"{road.first_day}", "category": "isolated", "resources": [
        {"kind": "work", "monthly": WAGE, "exemption": "general"}]}  # fmt: skip
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "beffroi", "ris", "--batch"], input=json.dumps(case) + "\n",
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    road.amount = Decimal(json.loads(said)["granted"]["monthly"])
    follow(page, "Voir le calcul, étape par étape")
    text = plain(page.inner_text("main"))
    assert euros(road.amount) in text
    assert "art. 35" in text
    page.go_back()


def _report_and_propose(page: Page) -> None:
    act(page, "write_report", situation="Vit seule, travaille un quart temps.", sign=True,
        needs="Ses ressources ne couvrent pas le loyer.", opinion="Octroyer comme isolée.")  # fmt: skip
    act(page, "propose")
    press(page, "Porter à l’ordre du jour")
    assert_done(page)


def _sit(office: Office, road: Road, today: date) -> None:
    pen = office.of("directrice")
    follow(pen, re.compile("séances"))
    follow(pen, "Prévoir une séance")
    fill(pen, body="csss", day=f"{today}", hour="23:58", place="Salle du Comité")
    press(pen, "Prévoir la séance")
    pen.get_by_label(re.compile(road.name)).check()
    press(pen, "Mettre à l’ordre du jour")
    assert_done(pen)
    follow(pen, "Aller à la convocation")
    pen.locator("summary", has_text="Convoquer").click()
    fill(pen, urgency_reason="La personne n’a plus de ressources.")
    press(pen, "Convoquer")
    assert_done(pen)
    for member in ("conseillere", "presidente"):
        page = office.of(member, PHONE)
        page.goto("/desk/conseil/")
        follow(page, re.compile(road.name))
        assert euros(road.amount) in plain(page.inner_text("main"))
    follow(pen, "Tenir la séance")
    for box in pen.locator("[name=present]").all():
        box.check()
    press(pen, "Ouvrir la séance")
    assert_done(pen)
    fill(pen, in_favour="5")
    press(pen, "Noter le résultat")
    assert_done(pen)
    press(pen, "Lever la séance")
    assert_done(pen)
    pen.goto("/desk/")
    press(pen.locator("[data-row]", has_text=road.file), "Acter")
    assert_done(pen)


def _write_and_send_letter(page: Page, road: Road, today: date) -> None:
    page.goto(road.application)
    page.select_option("[name=delivery]", "hand")
    press(page, "Écrire la lettre")
    assert_done(page)
    follow(page, "La lettre de cette décision")
    link = page.get_by_role("link", name="Télécharger le PDF").get_attribute("href")
    answer = page.context.request.get(str(link))
    assert answer.body().startswith(b"%PDF")
    text = plain("".join(one.extract_text() for one in PdfReader(BytesIO(answer.body())).pages))
    assert (road.name in text, euros(road.amount) in text, "Tribunal du travail" in text) == (
        True, True, True,
    )  # fmt: skip
    page.goto(road.application)
    page.select_option("[name=delivery]", "hand")
    press(page, "La lettre est partie")
    assert_done(page)


def _execute(page: Page) -> None:
    act(page, "execute", account=ACCOUNT)


def _prepare_run(page: Page, road: Road) -> str:
    """The draft of the month is drawn again, and what the application brings is in it."""
    follow(page, re.compile("^Paiements"))
    go(page.locator("tr", has_text="Préparé").get_by_role("link"))
    press(page, "Refaire le projet")
    assert_done(page)
    row = page.locator("tr", has_text=road.name).first
    assert euros(road.amount) in plain(row.inner_text())
    return page.url.split("/")[-2]


def _approve_run(page: Page, run: str) -> None:
    """Another person approves; the house may ask for her password again before she does."""
    page.goto(f"/desk/finances/paiements/{run}/")
    for _try in range(3):
        secret = page.locator("input[type=password]:visible")
        approve = page.get_by_role("button", name="Approuver ce paiement")
        if secret.count():
            secret.fill(PASSWORD)
            with page.expect_navigation():
                secret.press("Enter")
        elif approve.count():
            go(approve)
    page.goto(f"/desk/finances/paiements/{run}/")
    assert "Approuvé par Martine Cordier" in page.inner_text("main")


def _take_bank_file(page: Page, run: str, road: Road, folder: Path) -> None:
    page.goto(f"/desk/finances/paiements/{run}/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Envoyer : prendre le fichier").click()
    path = folder / "run.xml"
    taken.value.save_as(path)
    schema.validate(path)
    assert schema.count(path).duplicates == ()
    spaces = {"p": NAMESPACE}
    paid = [
        (one.findtext("p:Amt/p:InstdAmt", namespaces=spaces),
         one.findtext("p:CdtrAcct/p:Id/p:IBAN", namespaces=spaces))
        for one in etree.parse(str(path)).iterfind(".//p:CdtTrfTxInf", spaces)
        if road.name in str(one.findtext("p:Cdtr/p:Nm", namespaces=spaces))
    ]  # fmt: skip
    assert paid == [(f"{road.amount}", ACCOUNT)]


def _read_journal(page: Page, run: str, road: Road) -> None:
    follow(page, re.compile("^Journal"))
    looked = [(road.person, "write"), (road.person, "read"), (road.file, "write"), (run, "")]
    said = " ".join(_acts_about(page, reference, kind) for reference, kind in looked)
    assert [one for one in _NAMED if one not in said] == []
    assert re.findall(r"\b[a-z]+\.[a-z_]+\b", said) == []


def _acts_about(page: Page, reference: str, kind: str) -> str:
    """This function will search the journal for a reference and give what was done."""
    fill(page.locator("main"), reference=reference, nature=kind)
    press(page.locator("main"), "Chercher")
    return plain(" ".join(page.locator("tbody td:nth-child(3)").all_inner_texts()))
