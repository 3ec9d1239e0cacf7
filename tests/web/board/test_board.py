"""The board: who opens it, what it says first, and the road of a figure, a change, a convention."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import activities as gather
from tests.factories import editors
from tests.factories.commission import commission, meeting
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, lead, line, plan, running_convention
from tests.factories.strategic import strategic_arguments

from beffroi.accounts.enums import CASE_ROLES, Role
from beffroi.directory.enums import FactKind
from beffroi.directory.models import Place
from beffroi.steering import services as steering
from beffroi.steering.models import (
    AccountRow,
    ChangeRequest,
    Convention,
    Indicator,
    LineYear,
    PlanVersion,
)
from beffroi.steering.services import IndicatorDraft
from beffroi.steering.tellers import TELLERS
from beffroi.web.access import access_table
from beffroi.web.addresses import named_addresses

pytestmark = pytest.mark.django_db
KEY = "mons-pcs-2020"
ROOT = f"/board/plans/{KEY}/"


def _indicator(number: int = 32, **values) -> Indicator:
    draft = IndicatorDraft(**{"label": "Vélos réparés", "unit": "vélos", **values})
    return steering.follow(line=line(number), draft=draft, **GIVEN)


def _addresses() -> dict[str, str]:
    made = plan()
    row, convention = _indicator(), running_convention()
    change = steering.ask_change(plan=made, kind="remove", line=line(3), reason="x", **GIVEN)
    steering.freeze(plan=made, year=2025, kind="activity", **GIVEN)
    meeting(commission(), timezone.localdate() + timedelta(days=20))
    at, on_line = {"plan": KEY}, {"plan": KEY, "number": 32}
    given = {
        "home": {}, "plan": at, "line": on_line, "indicator": {**on_line, "pk": row.pk},
        "changes": at, "change": {"plan": KEY, "number": change.number}, "conventions": at,
        "convention": {**at, "reference": convention.reference}, "regime": {**at, "year": 2025},
        "money": {**at, "year": 2026}, "reports": {**at, "year": 2025}, "calendar": {**at, "year": 2025},
        "report_file": {**at, "year": 2025, "kind": "activity", "revision": 1, "form": "json"},
        "act": {"act": "dire"}, "calendar_file": {**at, "year": 2025}, "commission": at,
        "meeting": {**at, "number": 1}, "diagnosis": at, "line_text": {**on_line, "year": 2025},
        "paper": {**at, "number": 1, "paper": "invitation"},
        "report_readable": {**at, "year": 2025, "revision": 1},
    }  # fmt: skip
    given |= strategic_arguments()
    names = {a.name for a in named_addresses() if a.name.startswith("board:")}
    assert names == {f"board:{name}" for name in given}
    return {f"board:{n}": reverse(f"board:{n}", kwargs=kwargs) for n, kwargs in given.items()}


def test_each_role_meets_at_each_address_of_the_board_what_the_table_says(door) -> None:
    addresses, table, wrong = _addresses(), access_table(), []
    for role in Role:
        who = agent(role, "pcs" if role in CASE_ROLES else "")
        if role in TELLERS:
            steering.name_teller(line=line(32), agent=int(who.ref), **GIVEN)
        browser = door(who)
        for name, path in addresses.items():
            status = browser.get(path).status_code
            if status not in ({200, 405} if str(role) in table[name] else {404}):
                wrong.append((str(role), name, status))
    assert wrong == []


def test_nobody_opens_the_board_without_signing_in(client) -> None:
    for path in _addresses().values():
        answer = client.get(path)
        assert (answer.status_code, answer["Location"][:11]) == (302, "/connexion/")


def test_board_says_first_what_has_no_act_this_month(door) -> None:
    plan()
    browser, today = door(lead()), timezone.localdate()
    _indicator()
    page = browser.get("/board/").content.decode()
    assert "1 ligne n’a aucun acte ce mois-ci." in page
    assert "31 lignes ne sont mesurées par rien." in page
    steering.type_month(
        indicator=Indicator.objects.get(), month=today, value=Decimal(3), method="Cahier", **GIVEN
    )
    assert (
        "aucun acte ce mois-ci"
        not in browser.get("/board/").content.decode().split("Lignes sans acte")[0]
    )


def test_plan_page_shows_each_line_under_its_axis(door) -> None:
    plan()
    page = door(lead()).get(ROOT).content.decode()
    assert page.count("/lignes/") == 32
    assert all(f"{n}. Droit" in page for n in range(1, 8))
    assert "pas encore mesurée" in page


def test_list_costs_the_same_for_one_measured_line_and_three(door) -> None:
    plan()
    browser, costs = door(lead()), []
    for number in (30, 31, 32):
        _indicator(number)
        costs.append([])
        for path in ("/board/", ROOT):
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(path).status_code == 200
            costs[-1].append(len([q for q in seen if "SAVEPOINT" not in q["sql"]]))
    assert costs[0] == costs[2]


def test_lead_follows_types_aims_and_tells_a_year(door) -> None:
    plan()
    browser, page = door(lead()), f"{ROOT}lignes/32/"
    about = {"retour": page, "ref": f"{KEY}/32"}
    browser.post("/board/acte/suivre/", {
        **about, "label": "Vélos réparés", "unit": "vélos", "level": "output", "direction": "up",
        "is_publishable": "on",
    })  # fmt: skip
    row = Indicator.objects.get()
    browser.post("/board/acte/encoder/", {
        "retour": page, "ref": row.pk, "month": "2026-02-10", "value": "12", "method": "Cahier",
    })  # fmt: skip
    browser.post("/board/acte/viser/", {
        **about, "indicator": row.pk, "year": "2026", "baseline": "0", "target": "48",
    })  # fmt: skip
    answer = browser.post("/board/acte/dire/", {
        **about, "year": "2026", "status": "not_done", "version": "0",
    }, follow=True)  # fmt: skip
    assert "Dites pourquoi." in answer.content.decode()
    browser.post("/board/acte/dire/", {
        **about, "year": "2026", "status": "done", "worked": "Les jeudis.", "version": "0",
    })  # fmt: skip
    said = LineYear.objects.get()
    assert (said.status, said.worked) == ("done", "Les jeudis.")
    shown = browser.get(f"{page}?annee=2026").content.decode()
    assert "12 vélos" in shown
    assert "25 %" in shown
    drill = browser.get(f"{page}chiffres/{row.pk}/?annee=2026").content.decode()
    assert "février 2026" in drill
    assert "Cahier" in drill


def test_reader_sees_no_form_and_cannot_post_one(door) -> None:
    plan()
    browser = door(agent(Role.PRESIDENT, ""))
    page = browser.get(f"{ROOT}lignes/32/").content.decode()
    assert "/board/acte/" not in page
    answer = browser.post("/board/acte/dire/", {
        "ref": f"{KEY}/32", "year": "2026", "status": "done", "version": "0",
    })  # fmt: skip
    assert answer.status_code == 404
    assert LineYear.objects.count() == 0


def test_change_goes_from_the_lead_to_the_direction_and_into_the_plan(door) -> None:
    plan()
    hers, direction = door(lead()), door(agent(Role.DIRECTOR_GENERAL, ""))
    hers.post("/board/acte/demander/", {
        "retour": f"{ROOT}modifications/", "ref": KEY, "kind": "add", "code": "5.5.01",
        "local_title": "Café du mardi", "reason": "Le quartier le demande.",
    })  # fmt: skip
    assert ChangeRequest.objects.get().state == "draft"
    page = f"{ROOT}modifications/1/"
    about = {"ref": f"{KEY}/1", "retour": page}
    hers.post("/board/acte/avis/", {**about, "opinion": "Favorable", "on": "2026-02-03"})
    assert "Noter cette décision" not in hers.get(page).content.decode()
    decided = {**about, "granted": "yes", "decision": "Conseil, point 4", "on": "2026-03-03"}
    direction.post("/board/acte/decider/", decided)
    assert ChangeRequest.objects.get().state == "seen"
    direction.post("/board/acte/decider/", {**decided, "effective": "2026-04-01"})
    hers.post("/board/acte/appliquer/", about)
    assert ChangeRequest.objects.get().state == "applied"
    assert PlanVersion.objects.count() == 2
    assert "Café du mardi" in hers.get(f"{ROOT}?annee=2026").content.decode()
    assert "Café du mardi" not in hers.get(f"{ROOT}?annee=2025").content.decode()


def test_convention_goes_from_its_draft_to_a_checked_proof(door) -> None:
    plan()
    direction = door(agent(Role.DIRECTOR_GENERAL, ""))
    direction.post("/board/acte/convenir/", {
        "ref": KEY, "partner": "ASBL Article 27", "kind": "art20", "lines": ["24"],
        "purpose": "Sorties", "starts_date": "2026-01-01", "ends_date": "2026-12-31",
        "yearly_amount": "5000",
    })  # fmt: skip
    row = Convention.objects.get()
    page = f"{ROOT}conventions/{row.reference}/"
    about = {"ref": row.reference, "retour": page, "on": "2026-02-01"}
    for move in ("approve", "sign", "start"):
        direction.post("/board/acte/avancer/", {**about, "move": move, "note": "Point 3"})
    pay = {**about, "year": "2026", "kind": "advance"}
    refused = direction.post("/board/acte/payer/", {**pay, "amount": "5000,01"}, follow=True)
    assert "Au plus 5000.00" in refused.content.decode()
    direction.post("/board/acte/payer/", {**pay, "amount": "3750,00"})
    direction.post(
        "/board/acte/prouver/", {**about, "year": "2026", "label": "Comptes", "amount": "4000"}
    )
    proof = row.proofs.get()
    direction.post("/board/acte/controler/", {**about, "ref": proof.pk, "accepted": "4000"})
    proof.refresh_from_db()
    assert proof.accepted_amount == Decimal("4000.00")
    shown = direction.get(page).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "3 750,00 €" in shown
    assert "à payer" in shown


def test_rules_of_a_year_say_what_is_not_verified(door) -> None:
    plan()
    browser = door(lead())
    page = browser.get(f"{ROOT}regles/2025/").content.decode()
    assert "règle non vérifiée" in page
    assert "à demander au SPW" in page
    assert browser.get(f"{ROOT}regles/2019/").status_code == 404
    assert browser.get(f"{ROOT}regles/2027/").status_code == 404


def test_finance_keeps_the_money_of_a_year(door) -> None:
    plan()
    year = timezone.localdate().year
    browser, page = door(agent(Role.FINANCE_DIRECTOR, "")), f"{ROOT}argent/{year}/"
    about = {"ref": f"{KEY}/{year}", "retour": page}
    browser.post(
        "/board/acte/notifier/",
        {**about, "amount": "90000", "on": f"{year}-01-05", "source": "Arrêté"},
    )
    browser.post("/board/acte/prevoir/", {**about, "nature": "personnel", "amount": "100000"})
    cost = {**about, "label": "Traitements", "nature": "personnel", "amount": "50000", "share": "100",
            "on_date": f"{year}-01-31", "paid_date": f"{year}-01-31"}  # fmt: skip
    browser.post("/board/acte/depenser/", cost)
    export = (
        "Exercice;Fonction;Code économique;Date;Mandat;Tiers;Libellé;Montant\n"
        f"{year};84010;111-01;{year}-02-28;2001;;Traitements;50.000,00\n"
    )
    given = SimpleUploadedFile("export.csv", export.encode("latin-1"))
    browser.post("/board/acte/lire/", {**about, "file": given})
    shown = browser.get(page).content.decode()
    assert "à expliquer" in shown
    row = AccountRow.objects.get()
    browser.post("/board/acte/charger/", {**about, "row": row.pk, "nature": "personnel"})
    shown = browser.get(page).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "80 000,00 €" in shown
    assert "10 000,00 €" in shown
    assert "100 % du budget est dépensé" in browser.get("/board/").content.decode()
    refused = browser.post(
        "/board/acte/depenser/", {**cost, "share": "60", "amount": "0"}, follow=True
    )
    assert "Plus que zéro." in refused.content.decode()
    assert door(agent(Role.PRESIDENT, "")).get(page).content.decode().count("/board/acte/") == 0


def test_report_goes_from_words_to_a_vote_and_a_correction(door) -> None:
    plan()
    hers, direction = door(lead()), door(agent(Role.DIRECTOR_GENERAL, ""))
    page = f"{ROOT}rapports/2025/"
    about = {"ref": f"{KEY}/2025", "retour": page}
    assert "Parties encore vides" in hers.get(page).content.decode()
    hers.post(
        "/board/acte/ecrire/",
        {**about, "section": "children", "text": "Ils choisissent.", "version": 0},
    )
    hers.post("/board/acte/figer/", {**about, "kind": "activity"})
    vote = {**about, "kind": "activity", "move": "approve", "on": "2026-03-04", "note": "Point 8"}
    assert hers.post("/board/acte/suivre-rapport/", vote).status_code == 404
    direction.post("/board/acte/suivre-rapport/", vote)
    hers.post(
        "/board/acte/ecrire/", {**about, "section": "children", "text": "Ils votent.", "version": 0}
    )
    refused = hers.post("/board/acte/figer/", {**about, "kind": "activity"}, follow=True)
    assert "dites pourquoi il change" in refused.content.decode()
    hers.post("/board/acte/figer/", {**about, "kind": "activity", "reason": "Un mot manquait."})
    shown = hers.get(page).content.decode()
    assert "Un mot manquait." in shown
    assert "Ils choisissent." in shown
    assert "Ils votent." in shown
    answers = {n: hers.get(f"{page}activity/{n}/docx/") for n in (1, 2)}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert answers[1].content != answers[2].content
    assert answers[1].content == hers.get(f"{page}activity/1/docx/").content
    assert hers.get(f"{page}activity/3/docx/").status_code == 404
    assert hers.get(f"{page}activity/1/odt/").status_code == 404
    assert hers.get(f"{ROOT}rapports/2019/").status_code == 404


def test_calendar_goes_back_from_the_council_and_alarms_without_one(door) -> None:
    plan()
    year = timezone.localdate().year - 1
    browser, page = door(lead()), f"{ROOT}calendrier/{year}/"
    about = {"ref": f"{KEY}/{year}", "retour": page}
    assert "La date est passée" in browser.get(page).content.decode()
    coming = f"{ROOT}calendrier/{year + 1}/"
    assert "Aucun conseil" in browser.get(coming).content.decode()
    asked = {**about, "on": f"{year + 2}-03-24", "source": "Secrétariat"}
    browser.post("/board/acte/annoncer/", asked)
    shown = browser.get(coming).content.decode()
    assert f"24 mars {year + 2}" in shown
    assert "Aucun conseil" not in shown
    again = browser.post("/board/acte/annoncer/", asked, follow=True)
    assert "qui n’y est pas encore" in again.content.decode()
    browser.post("/board/acte/retirer/", {**about, "on": f"{year + 2}-03-24"})
    assert "Aucun conseil" in browser.get(coming).content.decode()
    assert browser.get(f"{ROOT}calendrier/2019/").status_code == 404


def test_act_that_names_no_move_and_year_that_is_none_are_no_fault_of_the_house(door) -> None:
    plan()
    convention, browser = running_convention(), door(lead())
    given = {"ref": convention.reference, "on": timezone.localdate().isoformat(), "move": "²"}
    assert browser.post("/board/acte/avancer/", given).status_code == 404
    for year in ("²", "9" * 5000, "-1", "1e3"):
        assert browser.get(f"{ROOT}lignes/1/", {"annee": year}).status_code == 200
    assert browser.post("/board/acte/controler/", {"ref": "²", "verdict": "x"}).status_code in (
        302,
        404,
    )


def test_board_draws_the_places_of_its_plan_and_lists_their_addresses(door) -> None:
    plan()
    place = Place.objects.create(key="ici", name="Salle d’ici", locality="Nimy", postal_code="7020")
    gather.activity(lines=("12",), place=place.pk)
    gather.activity(lines=("14",), place=place.pk)
    editors.fact(place, FactKind.ADDRESS, "Rue des Viaducs 1")
    gather.activity(lines=("13",))
    page = door(lead()).get("/board/").content.decode()
    section = page.partition("Lieux du plan</h2>")[2].partition("</section>")[0]
    assert section.count('class="middle"') == 1
    assert "Carte de Mons, le nord en haut. 1 lieu, numéroté comme dans la liste." in section
    assert "Rue des Viaducs 1, Nimy" in section
    assert "Au milieu de sa localité, faute de mieux" in section
    assert "1 lieu n’a ni coordonnées ni localité" in section
    for number in (12, 14):  # each line by a way of its own
        assert f'<a href="{ROOT}lignes/{number}/">{number}</a>' in section
