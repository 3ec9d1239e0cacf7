"""The field at the desk and on the phone: what each sees, what each page does and costs."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.factories import fieldwork as go
from tests.factories.fieldwork import HOUSE, lead, leader, worker

from beffroi.acts.fieldwork import queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import OutingKind
from beffroi.acts.fieldwork.models import (
    Area,
    CodeMark,
    Contact,
    KitKind,
    KitMove,
    Observation,
    Outing,
    Photo,
    Surface,
)

pytestmark = pytest.mark.django_db
SYNC = "/field/terrain/synchro/"


def _out(area=None, by=HOUSE):
    """An outing that began an hour ago by the real clock, of which the pages speak."""
    return go.outing(area, by, at=timezone.now() - timedelta(hours=1))


def _html(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    assert "⟦undefined" not in html
    return html


def _mark() -> str:
    return str(uuid4())


def test_worker_goes_out_counts_and_comes_back(door) -> None:
    me, area = worker(), go.area()
    spot, client = go.spot(area), door(me)
    answer = client.post("/field/terrain/", {"mark": _mark(), "area": area.pk})
    one = Outing.objects.get()
    assert answer["Location"] == f"/field/terrain/{one.pk}/"
    assert "Grand-Place" in _html(client, f"/field/terrain/{one.pk}/")
    act, mark = f"/field/terrain/{one.pk}/acte/", _mark()
    form = {"mark": mark, "spot": spot.pk, "kind": "talk", "people": "3"}
    for _twice in range(2):
        client.post(f"{act}contact/", form)
    client.post(f"{act}constat/", {"mark": _mark(), "kind": "lighting", "place": "Rue de Nimy 4"})
    tally = queries.tally(one.pk)
    assert (tally.contacts, tally.people, tally.faults) == (1, 3, 1)
    Outing.objects.update(starts_at=timezone.now() - timedelta(minutes=50))
    assert client.post(f"{act}rentrer/", {"note": "Calme"})["Location"] == "/field/terrain/"
    one.refresh_from_db()
    assert (one.state, one.note) == ("closed", "Calme")


def test_what_cannot_be_taken_is_said_beside_and_nothing_typed_is_lost(door) -> None:
    one, client = _out(), door(worker())
    form = {"mark": _mark(), "kind": "help", "people": "2", "women": "2", "men": "1", "place": "Parc Canari"}  # fmt: skip
    html = client.post(f"/field/terrain/{one.pk}/acte/contact/", form).content.decode()
    assert "Ce détail compte plus de personnes que le contact." in html
    assert "Parc Canari" in html
    assert Contact.objects.count() == 0
    html = client.post(
        f"/field/terrain/{one.pk}/acte/contact/", {**form, "people": ""}
    ).content.decode()
    assert "Comptez de 1 à 500 personnes." in html


def test_same_form_sent_again_says_that_nothing_is_added(door) -> None:
    one, client = _out(), door(worker())
    form = {"mark": _mark(), "kind": "talk", "people": "2"}
    said = [
        client.post(f"/field/terrain/{one.pk}/acte/contact/", form, follow=True).content.decode()
        for _ in range(2)
    ]
    assert ["C’est compté." in said[0], "déjà compté : rien" in said[1].replace("\xa0", " ")] == [
        True,
        True,
    ]


def _act(one, what: str = "contact", ago: int = 0, **fields) -> dict[str, object]:
    at = int((timezone.now() - timedelta(minutes=ago)).timestamp() * 1000)
    given = {name: [str(value)] for name, value in fields.items()}
    ref = one["mark"] if isinstance(one, dict) else one and one.pk
    return {"mark": _mark(), "what": what, "outing": ref, "at": at, "fields": given}


def _send(client, *acts):
    body = {"now": int(timezone.now().timestamp() * 1000), "taps": list(acts)}
    return client.post(SYNC, json.dumps(body), content_type="application/json")


def test_afternoon_offline_comes_back_once_each_and_two_phones_give_the_union(door) -> None:
    area = go.area("prevention", OutingKind.DRUGS)
    kit = go.kit("prevention")
    one, me, her = _out(area), door(worker("prevention")), door(worker("prevention"))
    mine = [_act(one, ago=n, people=1, kind="talk") for n in range(58)]
    mine += [_act(one, people=1, kind="talk", code="MA0412F", **{f"given_{kit.pk}": 2}),
             _act(one, "materiel", **{f"back_{kit.pk}": 5})]  # fmt: skip
    hers = [_act(one, people=4, kind="greeting"), _act(one, "constat", kind="needles", place="Parc")]  # fmt: skip
    told = [set(_send(phone, *acts).json()["taps"].values())
            for phone, acts in ((me, mine), (her, hers), (me, mine), (her, hers))]  # fmt: skip
    assert told == [{"kept"}, {"kept"}, {"known"}, {"known"}]
    assert (Contact.objects.count(), queries.tally(one.pk).people) == (60, 63)
    assert (KitMove.objects.count(), CodeMark.objects.count(), Observation.objects.count()) == (2, 1, 1)  # fmt: skip


def test_outing_of_a_phone_is_written_with_its_acts_in_one_sending(door) -> None:
    area, client = go.area(), door(worker())
    spot = go.spot(area)
    start = _act(None, "sortir", ago=90, area=area.pk)
    acts = [
        start, _act(start, ago=80, people=4, kind="talk", spot=spot.pk),
        _act(start, "constat", ago=70, kind="needles", place="Parc"),
        _act(start, "rentrer", ago=10, note="Calme."),
    ]  # fmt: skip
    for expected in ("kept", "known"):
        said = _send(client, *acts).json()
        assert said["taps"] == {act["mark"]: expected for act in acts}
        one = Outing.objects.get()
        assert said["where"] == {start["mark"]: f"/field/terrain/{one.pk}/"}
    tally = queries.tally(one.pk)
    assert (one.minutes, tally.people, tally.faults) == (80, 4, 1)
    late = _act(start, people=0, kind="talk")
    said = _send(client, late).json()
    assert said["taps"] == {late["mark"]: "refused"}
    assert said["words"][late["mark"]].replace("\xa0", " ").startswith("Combien de personnes : ")


def test_page_of_an_area_waits_for_an_outing_that_is_only_on_the_phone(door) -> None:
    area = go.area()
    go.spot(area)
    html = _html(door(worker()), f"/field/terrain/secteur/{area.pk}/")
    assert f'data-area="{area.pk}"' in html
    assert "Grand-Place" in html
    assert "Aucune sortie n’a commencé ici" in html
    assert "/acte/" not in html
    for who in (worker("mediation"), lead()):
        assert door(who).get(f"/field/terrain/secteur/{area.pk}/").status_code == 404
    listed = _html(door(worker()), "/field/terrain/")
    assert f'data-pages="/field/terrain/secteur/{area.pk}/"' in listed


def test_sending_that_cannot_be_read_or_is_not_hers_is_refused_alone(door) -> None:
    one, stranger = _out(), _out(go.area("mediation"))
    good = _act(one, people=2, kind="talk")
    bad = [_act(stranger, people=2, kind="talk"), _act(one, people=0, kind="talk"),
           _act(one, "gossip"), {"mark": "x"}, _act(one, people=2, kind="talk") | {"fields": 3}]  # fmt: skip
    said = _send(door(worker()), good, *bad).json()["taps"]
    assert said[good["mark"]] == "kept"
    assert {said[str(one["mark"])] for one in bad} == {"refused"}
    assert door(worker()).post(SYNC, "x", content_type="application/json").status_code == 400


def test_moment_no_clock_reads_keeps_nothing_behind_it_on_the_phone(door) -> None:
    one, client = _out(), door(worker())
    far = [_act(one, "sortir", area=one.area_id) | {"at": at} for at in (253402300799000, -62135596700000)]  # fmt: skip
    acts = [*far, _act(one, "constat", kind="lighting", place="Parc") | {"outing": far[0]["mark"]},
            _act(one, "rentrer", note="Calme\ud83d\x00."), _act(one, people=2, kind="talk")]  # fmt: skip
    said = _send(client, *acts).json()["taps"]
    assert [said[act["mark"]] for act in acts] == ["refused", "refused", "refused", "kept", "kept"]
    assert Outing.objects.get().note == "Calme."


def test_sending_costs_the_same_to_read_for_one_act_and_ten(
    door, django_assert_max_num_queries
) -> None:
    one, client = _out(), door(worker())
    acts = [_act(one, people=1, kind="talk") for _ in range(10)]
    with django_assert_max_num_queries(20 + 10 * 7):
        _send(client, *acts)


def test_four_people_and_the_pages_they_open(door) -> None:
    one = _out()
    fieldwork.meet(draft=go.contact(one, 3, place="Parc Canari"), by=HOUSE, at=timezone.now())
    wall = go.surface(go.area("street_work", OutingKind.SURFACES), address="Rue Canari 3")
    paths = (f"/desk/terrain/sorties/{one.pk}/", f"/field/terrain/{one.pk}/",
             f"/desk/terrain/surfaces/{wall.pk}/", "/desk/terrain/reglages/")  # fmt: skip
    people = {"mine": worker(), "other": worker("mediation"), "lead": lead(), "leader": leader()}
    seen = {
        who: [(a.status_code, "Canari" in a.content.decode()) for a in map(door(actor).get, paths)]
        for who, actor in people.items()
    }
    assert seen == {
        "mine": [(200, True), (200, True), (200, True), (404, False)],
        "other": [(404, False), (404, False), (404, False), (404, False)],
        "lead": [(200, False), (404, False), (404, False), (200, False)],
        "leader": [(200, True), (200, True), (200, True), (200, False)],
    }


def test_outing_from_paper_is_written_corrected_and_its_contact_taken_back(door) -> None:
    client, area = door(worker()), go.area()
    day = timezone.localdate() - timedelta(days=3)
    form = {"mark": _mark(), "area": area.pk, "day": day.isoformat(), "hour": "14:00", "until_time": "16:30"}  # fmt: skip
    client.post("/desk/terrain/apres-coup/", form)
    one = Outing.objects.get()
    assert one.minutes == 150
    act = f"/desk/terrain/sorties/{one.pk}/acte/"
    client.post(f"{act}contact/", {"mark": _mark(), "kind": "talk", "other": "6"})
    made = Contact.objects.get()
    assert (made.people, made.met_at) == (6, one.ends_at)
    html = client.post(f"{act}corriger/", {**form, "until_time": "15:00"}).content.decode()
    assert "Il manque ceci." in html
    client.post(f"{act}corriger/", {**form, "until_time": "15:00", "why": "Mal lu"})
    client.post(f"{act}reprendre/", {"contact": made.pk, "why": "Doublon"})
    one.refresh_from_db()
    assert (one.minutes, queries.tally(one.pk).contacts) == (60, 0)
    assert "Doublon" in _html(client, f"/desk/terrain/sorties/{one.pk}/")


def test_fault_is_handed_over_mended_and_becomes_a_wall_to_clean(door) -> None:
    client = door(worker())
    go.area(kind=OutingKind.SURFACES)
    seen = go.fault(kind="graffiti", place="Rue de Nimy 9", at=timezone.now() - timedelta(days=1))
    Observation.objects.update(date=timezone.localdate() - timedelta(days=1))
    act = f"/desk/terrain/constats/{seen.pk}/acte/"
    assert "Il manque ceci." in client.post(f"{act}transmettre/", {"to": ""}).content.decode()
    client.post(f"{act}transmettre/", {"to": "Propreté"})
    html = _html(client, f"/desk/terrain/surfaces/?constat={seen.pk}")
    assert 'value="Rue de Nimy 9"' in html
    client.post(f"{act}reparer/", {"on": timezone.localdate().isoformat()})
    seen.refresh_from_db()
    assert (seen.state, seen.handed_to) == ("mended", "Propreté")
    assert "Propreté" in _html(client, "/desk/terrain/constats/")


def test_private_wall_is_cleaned_with_consent_and_photographs(door) -> None:
    client, area = door(worker("tags")), go.area("tags", OutingKind.SURFACES)
    today = timezone.localdate().isoformat()
    form = {"mark": _mark(), "area": area.pk, "address": "Rue Lamir 2", "owner": "private", "source": "request", "asked_on": today}  # fmt: skip
    client.post("/desk/terrain/surfaces/", form)
    wall = Surface.objects.get()
    page, act = f"/desk/terrain/surfaces/{wall.pk}/", f"/desk/terrain/surfaces/{wall.pk}/acte/"
    assert "il ne se nettoie qu’avec l’accord" in _html(client, page)
    answer = {"answer": "yes", "who": "Syndic Delta", "on": today}
    assert "Dites où se trouve l’accord écrit." in client.post(f"{act}accord/", answer).content.decode()  # fmt: skip
    client.post(f"{act}accord/", {**answer, "proof": "PV de l’AG"})
    work = {"done_on": today, "method": "hot_water", "square_metres": "12,5"}
    client.post(f"{act}faire/", work)
    assert "12,50 m²" in _html(client, page)
    shot = go.photo(surface=wall.pk)
    assert client.get(f"/desk/terrain/photos/{shot.pk}/").status_code == 200
    assert door(lead()).get(f"/desk/terrain/photos/{shot.pk}/").status_code == 404
    client.post(f"/desk/terrain/photos/{shot.pk}/acte/sans-personne/")
    client.post(f"/desk/terrain/photos/{shot.pk}/acte/retirer/")
    assert Photo.objects.count() == 0
    client.post(f"{act}corriger/", {"square_metres": "2,25", "why": "Virgule"})
    assert "2,25 m²" in _html(client, page)


def test_lead_sets_an_area_up_with_its_spots_and_kits(door) -> None:
    from tests.factories.requests import team

    team("prevention")
    client = door(lead())
    form = {"name": "Synapse", "team": "prevention", "kind": "drugs", "since": "2026-01-01", "lines": "8, 9", "actions": "3.1.07"}  # fmt: skip
    client.post("/desk/terrain/reglages/", form)
    area = Area.objects.get()
    act = f"/desk/terrain/reglages/{area.pk}/acte/"
    client.post(
        f"{act}endroit/", {"name": "Comptoir", "latitude": "50,4541", "longitude": "3,9519"}
    )
    spot = area.spots.get()
    assert (str(spot.latitude), str(spot.longitude)) == ("50.454", "3.952")
    assert "Donnez la latitude et la longitude" in client.post(f"{act}endroit/", {"name": "Gare", "latitude": "50"}).content.decode()  # fmt: skip
    client.post(f"{act}modifier/", {**form, "lines": "8"})
    assert {k.key for k in queries.keys_on(area.pk, timezone.localdate())} == {"8", "3.1.07"}
    client.post("/desk/terrain/reglages/acte/materiel/", {"team": "prevention", "name": "Stérifix", "needles": "2"})  # fmt: skip
    kit = KitKind.objects.get()
    assert "Stérifix" in _html(client, "/desk/terrain/reglages/")
    client.post("/desk/terrain/reglages/acte/retirer/", {"materiel": kit.pk})
    client.post(f"{act}retirer/", {"endroit": spot.pk})
    assert queries.kit_kinds(["prevention"], timezone.localdate()) == []
    assert queries.spots_for(area.pk, timezone.localdate()) == []


def test_figures_are_those_of_the_period(door) -> None:
    one = _out(go.area(name="Centre"))
    fieldwork.meet(draft=go.contact(one, 7), by=HOUSE, at=timezone.now())
    client, day = door(worker()), timezone.localdate().isoformat()
    html = _html(client, f"/desk/terrain/chiffres/?since={day}&until={day}")
    assert "Centre" in html
    assert ">7<" in html
    assert "La fin vient avant le début." in _html(client, f"/desk/terrain/chiffres/?since={day}&until=2020-01-01")  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/desk/terrain/", "/desk/terrain/constats/", "/desk/terrain/surfaces/",
     "/desk/terrain/reglages/", "/desk/terrain/chiffres/"],
)  # fmt: skip
def test_lists_cost_the_same_for_one_and_three_rows(door, queries_of, path) -> None:
    client = door(leader())

    def more() -> None:
        area = go.area()
        go.spot(area)
        go.closed(area, 2)
        go.fault(area)
        go.surface(go.area(kind=OutingKind.SURFACES))
        go.done(go.area(kind=OutingKind.SURFACES))
        go.kit()

    more()
    queries_of(client, path)
    first = queries_of(client, path)
    more()
    more()
    assert queries_of(client, path) == first
    assert first <= 30


def test_outing_costs_the_same_for_one_contact_and_three(door, queries_of) -> None:
    one, client, kit = _out(), door(worker()), go.kit()
    for path, most in ((f"/desk/terrain/sorties/{one.pk}/", 24), (f"/field/terrain/{one.pk}/", 20)):
        go.met(one, 1, kits=(go.line(kit, 1),))
        first = queries_of(client, path)
        go.met(one, 1, 2, kits=(go.line(kit, 1),))
        assert queries_of(client, path) == first <= most, path
