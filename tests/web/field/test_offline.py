"""The way back of taps made without a network: once each, by their own time, never lost."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import activities as gather
from tests.factories.activities import HOUSE, animator, participant

from beffroi.acts.activities import queries
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.models import Attendance, Tap

pytestmark = pytest.mark.django_db
SYNC = "/field/synchro/"


def _session():
    now = timezone.now()
    return activities.add_session(
        activity=gather.activity().pk, starts_at=now - timedelta(hours=4), ends_at=now, by=HOUSE,
        at=now,
    )  # fmt: skip


def _ms(ago: timedelta = timedelta(0)) -> int:
    return int((timezone.now() - ago).timestamp() * 1000)


def _tap(one, who=None, ago: float = 0, **more) -> dict[str, object]:
    given = {"mark": str(uuid4()), "session": one.pk, "at": _ms(timedelta(minutes=ago))}
    if who is not None:
        given |= {"kind": "present", "participant": str(who)}
    return given | more


def _send(client, *taps, drift: timedelta = timedelta(0)):
    body = {"now": _ms(-drift), "taps": list(taps)}
    return client.post(SYNC, json.dumps(body), content_type="application/json")


def test_sixty_taps_sent_twice_count_once_each(door) -> None:
    one, client = _session(), door(animator())
    taps = [_tap(one, uuid4(), ago=n, name=f"Enfant {n}") for n in range(60)]
    first, second = _send(client, *taps).json()["taps"], _send(client, *taps).json()["taps"]
    assert (set(first.values()), set(second.values())) == ({"kept"}, {"known"})
    assert (queries.sheet(one).present, Tap.objects.count()) == (60, 60)


def test_two_phones_give_the_union(door) -> None:
    one, both = _session(), uuid4()
    for n in range(2):
        taps = [_tap(one, both, name="Ann"), _tap(one, uuid4(), name=f"Autre {n}"),
                _tap(one, kind="anonymous", delta=3)]  # fmt: skip
        _send(door(animator()), *taps)
    sheet = queries.sheet(one)
    assert (sheet.present, sheet.anonymous) == (3, 6)


def test_phone_with_a_wrong_clock_is_set_right(door) -> None:
    one, who, fast = _session(), participant(), timedelta(hours=3)
    _send(door(animator()), _tap(one, who.mark, ago=-170), drift=fast)  # made ten minutes ago
    _send(door(animator()), _tap(one, who.mark, ago=5, kind="absent"))
    assert Attendance.objects.get().state == "absent"


def test_what_cannot_be_read_is_refused_and_the_rest_is_kept(door) -> None:
    one, who = _session(), participant()
    good = _tap(one, who.mark)
    bad = [{"mark": "x"}, {}, _tap(one, "y"), _tap(one, kind="anonymous", delta="z"), 7,
           _tap(one, who.mark, kind="là"), _tap(one, at=10**30)]  # fmt: skip
    told = _send(door(animator()), *bad, good).json()["taps"]
    assert told.pop(str(good["mark"])) == "kept"
    assert set(told.values()) == {"refused"}
    assert Tap.objects.count() == 1
    for body in ("", "[]", "{}", '{"now": 1}', '{"now": "x", "taps": []}'):
        answer = door(animator()).post(SYNC, body, content_type="application/json")
        assert answer.status_code == 400


def test_one_tap_that_no_database_keeps_does_not_hold_the_others_back(door) -> None:
    one, client = _session(), door(animator())
    odd = ["Ann\x00", "\ud800Zoé", "Léa\n\tMoreau", "\x00", "\udfff "]
    taps = [_tap(one, uuid4(), name=name) for name in odd]
    taps += [_tap(one, uuid4(), name="Loin", session=n) for n in (2**70, -1, 10**400)]
    told = _send(client, *taps, _tap(one, uuid4(), name="Bob")).json()["taps"]
    assert sorted(told.values()) == ["kept"] * 4 + ["refused"] * 5
    named = set(Attendance.objects.values_list("participant__name", flat=True))
    assert named == {"Ann", "Zoé", "Léa Moreau", "Bob"}


def test_sending_without_an_end_is_refused_in_words(door) -> None:
    body = '{"now": 1, "taps": ' + "[" * 100_000 + "]" * 100_000 + "}"
    answer = door(animator()).post(SYNC, body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"error": "Cet envoi ne se lit pas."})


def test_token_says_under_which_sign_in_taps_would_go(door) -> None:
    ann, bob = animator(), animator("digital")
    assert [door(who).get(SYNC).json()["who"] for who in (ann, bob)] == [ann.ref, bob.ref]
    assert f'data-who="{ann.ref}"' in door(ann).get("/field/").content.decode()


def test_taps_on_another_team_are_refused_and_nothing_is_written(door) -> None:
    one, who = _session(), participant()
    told = _send(door(animator("digital")), _tap(one, who.mark)).json()["taps"]
    assert (set(told.values()), Tap.objects.count()) == ({"refused"}, 0)


def test_sending_needs_the_sign_in_and_the_token(door) -> None:
    one, who = _session(), animator()
    assert _send(Client(), _tap(one, uuid4(), name="A")).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(door(who).cookies)
    assert _send(strict, _tap(one, uuid4(), name="A")).status_code == 403
    token = strict.get(SYNC).json()["token"]
    body = json.dumps({"now": _ms(), "taps": [_tap(one, uuid4(), name="A")]})
    answer = strict.post(
        SYNC, body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert (answer.status_code, Tap.objects.count()) == (200, 1)


def test_worker_and_manifest_are_of_this_door_alone(door) -> None:
    client = door(animator())
    worker = client.get("/field/sw.js")
    assert (worker.status_code, worker["Content-Type"]) == (200, "text/javascript")
    assert "field.js" in worker.content.decode()
    manifest = Client().get("/field/manifest.webmanifest").json()
    assert (manifest["scope"], manifest["start_url"]) == ("/field/", "/field/")
