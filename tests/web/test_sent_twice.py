"""A form sent twice is done once: each page of the counters, houses, field and board, as it is met."""

import re
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TransactionTestCase, override_settings
from django.utils import timezone
from PIL import Image
from tests.factories import activities as gather
from tests.factories import fieldwork as go
from tests.factories import stays as sleep
from tests.factories import supplies as hand
from tests.factories.commission import commission
from tests.factories.requests import agent
from tests.factories.steering import lead, plan, running_convention
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent
from beffroi.acts.activities.models import Participant, Picture, Session, Volunteer, VolunteerTime
from beffroi.acts.fieldwork.enums import OutingKind
from beffroi.acts.fieldwork.models import Surface
from beffroi.acts.stays.models import Bed, Handover
from beffroi.acts.supplies.models import (
    Campaign,
    Card,
    Gardener,
    GiftCard,
    Item,
    Lot,
    Opening,
    Site,
    TicketBatch,
)
from beffroi.audit.models import JournalEntry, Sending
from beffroi.audit.retention import run
from beffroi.core.actors import Actor
from beffroi.steering import services as steering
from beffroi.steering.models import (
    AgendaPoint,
    CommissionDecision,
    CommissionMeeting,
    CommissionMember,
    Convention,
    Expenditure,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BODY = "/board/plans/mons-pcs-2020/commission/"
TEMPLATES = Path(__file__).parents[2] / "src/beffroi/web/templates"


@pytest.fixture(autouse=True)
def without_second_factor(settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False


def _browser(who: Actor) -> Client:
    client = Client()
    client.force_login(
        Agent.objects.get(pk=who.ref), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


class _Forms(HTMLParser):
    """The hidden fields of each form of a page, by the address the form is sent to."""

    def __init__(self, text: str, here: str) -> None:
        super().__init__()
        self.here, self.hidden = here, dict[str, dict[str, str]]()
        self._now: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._now = self.hidden.setdefault(given.get("action") or self.here, {})
        elif tag == "input" and given.get("type") == "hidden":
            self._now[str(given["name"])] = given.get("value") or ""


def _filled(client: Client, page: str, to: str, data: dict[str, Any]) -> dict[str, Any]:
    """The form of a page that is sent to `to`, with its hidden fields and what is typed."""
    answer = client.get(page)
    assert answer.status_code == 200, page
    return _Forms(answer.content.decode(), page).hidden[to] | data


def _said(answer: Any) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request)._queued_messages]


def _twice(client: Client, page: str, to: str, data: dict[str, Any], count: Callable[[], int]) -> None:  # fmt: skip
    """Sends the form of a page twice: once done, and the second answer is the first."""
    form, before = _filled(client, page, to, data), count()
    first = client.post(to, form)
    assert first.status_code == 302, first.content.decode()[:3000]
    after, acts = count(), JournalEntry.objects.filter(kind="write").count()
    second = client.post(to, form)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert _said(second) == _said(first)
    assert (after, count()) == (before + 1, before + 1)
    assert JournalEntry.objects.filter(kind="write").count() == acts


def _counter(kind: str, act: str, **data: Any) -> tuple[Client, str, str, dict[str, Any]]:
    """The page of a new counter, where an act is done by whoever holds it or sets it up."""
    page = f"/desk/distributions/{hand.site(kind).pk}/"
    who = hand.leader() if act == "campagne" else hand.keeper()
    return _browser(who), page, f"{page}acte/{act}/", data


def _campaign() -> str:
    """Gifts are handed at a new counter; the page of the counter."""
    today, page = TODAY.isoformat(), ""
    client, page, to, data = _counter(
        "gifts", "campagne", name="Saint-Nicolas", from_date=today, until_date=today, bands="0-12"
    )
    client.post(to, data)
    return page


def test_opening_of_the_donnerie_counts_once() -> None:
    given = {"date": TODAY, "items_in": 4, "kg_in": "2", "items_out": 3, "kg_out": "1", "visits": 9}
    _twice(*_counter("giveaway", "ouverture", **given), Opening.objects.count)


def test_lot_is_received_once() -> None:
    data = {"article": hand.article().pk, "quantity": 12, "number": "M7", "source": "food_bank"}
    _twice(*_counter("grocery", "recevoir", **data), Lot.objects.count)
    assert Lot.objects.get().left == 12


def test_loss_is_taken_off_once() -> None:
    client, page, _to, _data = _counter("grocery", "perdre")
    lot = hand.lot(Site.objects.get(), quantity=10)
    data = {"lot": lot.pk, "quantity": 3, "why": "Cassé"}
    _twice(client, page, f"{page}acte/perdre/", data, lot.movements.count)
    lot.refresh_from_db()
    assert lot.left == 7


def test_child_takes_one_number() -> None:
    page = _campaign()
    data = {"campaign": Campaign.objects.get().pk, "age": 6}
    _twice(_browser(hand.keeper()), page, f"{page}acte/inscrire/", data, GiftCard.objects.count)


def test_batch_of_tickets_comes_in_once() -> None:
    given = {
        "name": "Automne", "received_date": TODAY, "quantity": 50, "nominal": "5", "user_price": "2",
        "own_share": "3", "funding": "PCS", "valid_until": TODAY + timedelta(days=90),
    }  # fmt: skip
    _twice(*_counter("tickets", "lot", **given), TicketBatch.objects.count)


def test_gardener_waits_once() -> None:
    _twice(*_counter("garden", "demander", name="Lucie"), Gardener.objects.count)


def test_thing_to_lend_is_written_once() -> None:
    _twice(*_counter("loans", "materiel", name="Perceuse", number=""), Item.objects.count)


def _new_card() -> tuple[str, dict[str, Any]]:
    page = f"/desk/distributions/{hand.site(starts_on=TODAY).pk}/cartes/nouvelle/"
    return page, {
        "name": "Dubois", "decision": "CSSS 3", "since_date": TODAY, "until_date": "2099-01-01",
        "adults": 2, "children": 2, "cap": "40", "percent": "40",
    }  # fmt: skip


def test_card_is_opened_once_and_both_sendings_lead_to_it() -> None:
    page, data = _new_card()
    _twice(_browser(hand.worker()), page, page, data, Card.objects.count)


def test_refused_form_is_sent_again_corrected() -> None:
    page, data = _new_card()
    client = _browser(hand.worker())
    form = _filled(client, page, page, data)
    assert client.post(page, form | {"name": ""}).status_code == 200
    assert not Sending.objects.exists()
    assert client.post(page, form).status_code == 302
    assert Card.objects.get().name == "Dubois"


def test_two_pages_filled_alike_are_two_acts() -> None:
    page, data = _new_card()
    client = _browser(hand.worker())
    for _page in range(2):
        client.post(page, _filled(client, page, page, data))
    assert Card.objects.count() == 2


def test_page_found_back_and_filled_otherwise_is_another_act() -> None:
    page, data = _new_card()
    client = _browser(hand.worker())
    form = _filled(client, page, page, data)
    for name in ("Dubois", "Martin", "Dubois", "Martin"):
        client.post(page, form | {"name": name})
    assert sorted(Card.objects.values_list("name", flat=True)) == ["Dubois", "Martin"]


def test_picture_sent_twice_is_kept_once_and_another_is_kept_too() -> None:
    one = gather.session(gather.activity(), hours=-2)
    client, page = _browser(gather.animator()), f"/desk/activites/seances/{one.pk}/images/"
    form = _filled(client, page, page, {"caption": "Sortie"})
    for colour in ("red", "red", "blue"):
        out = BytesIO()
        Image.new("RGB", (8, 8), colour).save(out, "PNG")
        sent = SimpleUploadedFile("fête.png", out.getvalue(), "image/png")
        assert client.post(page, form | {"file": sent}).status_code == 302
    assert Picture.objects.count() == 2


def test_mark_of_one_agent_says_nothing_to_another() -> None:
    page, data = _new_card()
    form = _filled(_browser(hand.worker()), page, page, data)
    first, second = (_browser(hand.worker()).post(page, form) for _n in range(2))
    assert first["Location"] != second["Location"]
    keeper = _browser(hand.keeper()).post(page, form)
    assert (keeper.status_code, Card.objects.count()) == (404, 2)


def test_fault_of_the_house_keeps_nothing_and_frees_the_mark(monkeypatch) -> None:
    page, data = _new_card()
    client = _browser(hand.worker())
    client.raise_request_exception = False
    form = _filled(client, page, page, data)
    with monkeypatch.context() as broken:
        broken.setattr("beffroi.web.desk.supplies.cards.redirect", lambda *_where: 1 / 0)
        assert client.post(page, form).status_code == 500
    assert (Card.objects.count(), Sending.objects.count()) == (0, 0)
    assert client.post(page, form).status_code == 302


def test_participant_and_hours_are_written_once() -> None:
    of, client, root = gather.activity(), _browser(gather.animator()), "/desk/activites/"
    client.post(f"{root}benevoles/acte/ajouter/", {"team": "houses", "name": "Ana", "since": "2026-01-01"})  # fmt: skip
    hours = {"volunteer": Volunteer.objects.get().pk, "activity": of.pk, "day": TODAY, "hours": "1,5"}  # fmt: skip
    times = f"{root}benevoles/"
    _twice(client, times, f"{times}acte/heures/", hours, VolunteerTime.objects.count)
    person = {"name": "Momo", "team": "houses"}
    people = f"{root}personnes/"
    _twice(client, people, f"{people}nouvelle/", person, Participant.objects.count)


def test_session_is_added_once() -> None:
    page = f"/desk/activites/{gather.activity().pk}/"
    data = {"day": TODAY + timedelta(days=3), "hour": "14:00", "until_time": "16:00"}
    _twice(_browser(gather.animator()), page, f"{page}acte/seance/", data, Session.objects.count)


def test_beds_are_added_once() -> None:
    of, client = sleep.house(2), _browser(sleep.lead())
    page = f"/desk/abri/maisons/{of.pk}/"
    data = {"count": 3, "word": "H", "room": "", "sex": "", "since": TODAY}
    _twice(client, page, f"{page}acte/lits/", data, lambda: Bed.objects.count() // 3)


def test_note_of_the_night_is_handed_over_once() -> None:
    of, client = sleep.house(2), _browser(sleep.keeper())
    page = f"/field/abri/{of.pk}/"
    _twice(client, page, f"{page}acte/releve/", {"text": "Le 3 fuit"}, Handover.objects.count)


def test_surface_is_asked_once() -> None:
    of, page = go.area("tags", OutingKind.SURFACES), "/desk/terrain/surfaces/"
    data = {"area": of.pk, "address": "Rue de Nimy 4", "owner": "public", "source": "sighting", "asked_on": TODAY}  # fmt: skip
    _twice(_browser(go.worker("tags")), page, page, data, Surface.objects.count)


def test_commission_seats_meets_and_decides_once() -> None:
    plan()
    held, client = commission(notice_days=0), _browser(lead())
    seat = {"name": "Zoé", "organisation": "ASBL", "seat": "partner", "office": "member", "since": TODAY}  # fmt: skip
    _twice(client, BODY, f"{BODY}?acte=sieger", seat, CommissionMember.objects.count)
    when = {"on": TODAY, "start": "14:00", "place": "Salle"}
    _twice(client, BODY, f"{BODY}?acte=reunir", when, CommissionMeeting.objects.count)
    page, free = f"{BODY}1/", {"subject": "", "title": "Divers"}
    _twice(client, page, f"{page}?acte=inscrire", free, AgendaPoint.objects.count)
    row, there = CommissionMeeting.objects.get(), {m.pk: "present" for m in held.members.all()}
    given = {"by": lead(), "at": timezone.now()}
    steering.invite(meeting=row, **given)
    steering.note_presences(meeting=row, presences=there, **given)
    steering.hold_meeting(meeting=row, **given)
    owner = held.members.first().pk
    wanted = {"text": "Écrire", "owner": owner, "due": TODAY, "point": ""}
    _twice(client, page, f"{page}?acte=decider", wanted, CommissionDecision.objects.count)


def test_convention_tranche_and_proof_are_written_once() -> None:
    plan()
    client, root = _browser(agent(Role.DIRECTOR_GENERAL, "")), "/board/plans/mons-pcs-2020/"
    page = f"{root}conventions/"
    given = {
        "partner": "ASBL Article 27", "kind": "art20", "lines": ["24"], "purpose": "Sorties",
        "starts_date": "2026-01-01", "ends_date": "2026-12-31", "yearly_amount": "5000",
    }  # fmt: skip
    _twice(client, page, "/board/acte/convenir/", given, Convention.objects.count)
    row = running_convention()
    page = f"{page}{row.reference}/"
    paid = {"year": 2026, "kind": "advance", "amount": "3750,00", "on": "2026-02-01"}
    _twice(client, page, "/board/acte/payer/", paid, row.tranches.count)
    proof = {"year": 2026, "label": "Comptes", "amount": "4000", "on": "2026-03-01"}
    _twice(client, page, "/board/acte/prouver/", proof, row.proofs.count)


def test_expense_is_charged_once() -> None:
    plan()
    year = TODAY.year
    client = _browser(agent(Role.FINANCE_DIRECTOR, ""))
    data = {
        "label": "Traitements", "nature": "personnel", "amount": "50000", "share": "100",
        "on_date": f"{year}-01-31", "paid_date": f"{year}-01-31",
    }  # fmt: skip
    page = f"/board/plans/mons-pcs-2020/argent/{year}/"
    _twice(client, page, "/board/acte/depenser/", data, Expenditure.objects.count)


def test_sendings_are_let_go_after_a_month() -> None:
    page, data = _new_card()
    client = _browser(hand.worker())
    client.post(page, _filled(client, page, page, data))
    assert run(timezone.now() + timedelta(days=29))["audit.Sending"] == 0
    assert run(timezone.now() + timedelta(days=31))["audit.Sending"] == 1


@override_settings(BEFFROI_SECOND_FACTOR=False)
class SentAtOnce(FlushesJournal, TransactionTestCase):
    def test_form_sent_six_times_in_one_instant_is_done_once(self) -> None:
        page, data = _new_card()
        who = hand.worker()
        browsers = [_browser(who) for _n in range(6)]
        form = _filled(browsers[0], page, page, data)
        with database_for_threads():
            answers = in_threads(lambda one: one.post(page, form), browsers)
            assert {one.status_code for one in answers} == {302}
            assert len({one["Location"] for one in answers}) == 1
            assert in_threads(lambda _once: Card.objects.count(), range(1)) == [1]


_FORM = re.compile(r'<form [^>]*method="post".*?</form>', re.DOTALL)
#: What tells a sending from its double: a mark of the page, or one of the form itself.
_MARKED = ("{% once %}", ".mark }}", 'name="mark"', 'name="marque"', 'role="search"')


def test_each_form_of_counters_houses_street_and_board_carries_a_mark() -> None:
    desk = TEMPLATES / "desk"
    rooms = ("activities", "stays", "supplies", "terrain")
    files = [desk / "_act.html", desk / "_small_act.html", TEMPLATES / "field/_stay_book.html"]
    files += [one for room in rooms for one in sorted((desk / room).glob("*.html"))]
    forms = [(str(one.relative_to(desk.parent)), form) for one in files for form in _FORM.findall(one.read_text())]  # fmt: skip
    bare = [name for name, form in forms if not any(mark in form for mark in _MARKED)]
    assert bare == ["desk/activities/join.html"]  # it looks for somebody, and writes nothing
    assert len(forms) > 90
