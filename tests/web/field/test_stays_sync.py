"""The way back of a night: what a phone may send, and what it is told."""

import json
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.factories import stays as made
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.stays import queries
from beffroi.acts.stays.models import Handover, Stay

pytestmark = pytest.mark.django_db
SYNC = "/field/abri/synchro/"


def _ms(ago: float = 0) -> int:
    return int((timezone.now().timestamp() - ago) * 1000)


def _tap(of, what: str, ago: float = 0, **more) -> dict[str, object]:
    day = made.tonight(of).isoformat()
    given = {"mark": str(uuid4()), "house": of.pk, "day": day, "what": what, "at": _ms(ago)}
    return given | {"fields": {}} | more


def _send(client, *taps):
    body = {"now": _ms(), "taps": list(taps)}
    return client.post(SYNC, json.dumps(body), content_type="application/json")


def test_arrivals_and_a_word_are_taken_once_and_a_bed_taken_is_told(door) -> None:
    of, client = made.house(2), door(made.keeper())
    ann, bob = made.guest(of, "Ann"), made.guest(of, "Bob")
    bed = {"pk": queries.beds_on(of.pk, made.tonight(of))[0].pk, "name": "1"}
    come = _tap(of, "come", 60, guest=str(ann.mark), bed=bed)
    word = _tap(of, "handover", 30, fields={"text": ["Calme."]})
    late = _tap(of, "come", 30, guest=str(bob.mark), bed=bed)
    for expected in ("kept", "known"):
        said = _send(client, come, word, late).json()
        assert said["taps"] == {come["mark"]: expected, word["mark"]: expected, late["mark"]: "refused"}  # fmt: skip
        assert list(said["words"]) == [late["mark"]]
        assert "Le lit 1 est pris." in said["words"][late["mark"]]
    assert (Stay.objects.get().guest, Handover.objects.get().text) == (ann, "Calme.")


def test_what_cannot_be_read_is_refused_alone(door) -> None:
    of, client = made.house(2), door(made.keeper())
    good = _tap(of, "come")
    bad = [{"mark": "x"}, _tap(of, "come", day="hier"), _tap(of, "come", fields=3),
           _tap(of, "serve", fields={"delta": ["un"]}), _tap(of, "handover", fields={"text": []})]  # fmt: skip
    said = _send(client, *bad, good).json()
    assert said["taps"] == {str(one["mark"]): "refused" for one in bad} | {good["mark"]: "kept"}
    assert client.post(SYNC, "x", content_type="application/json").status_code == 400


def test_no_act_keeps_those_behind_it_on_the_phone(door) -> None:
    of, client = made.house(2), door(made.keeper())
    cut = _tap(of, "handover", fields={"text": ["Calme\ud83d\x00."]})
    old, far = (_tap(of, "come", at=at) for at in (-62135596800000, 253402300799000))
    last = _tap(of, "count", fields={"count": ["2"]})
    said = _send(client, cut, old, far, last).json()["taps"]
    assert [said[one["mark"]] for one in (cut, old, far, last)] == ["kept", "refused", "refused", "kept"]  # fmt: skip
    assert Handover.objects.get().text == "Calme."


def test_who_may_send(door) -> None:
    of = made.house(3)
    seen = {}
    for name, who in {
        "keeper": made.keeper(), "other": made.keeper("mediation"), "leader": made.leader(),
    }.items():  # fmt: skip
        tap = _tap(of, "come")
        seen[name] = _send(door(who), tap).json()["taps"][tap["mark"]]
    assert seen == {"keeper": "kept", "other": "refused", "leader": "kept"}
    assert _send(door(agent(Role.PCS_LEAD, "pcs"))).status_code in (403, 404)


def test_page_of_a_night_offers_what_a_phone_needs(door) -> None:
    of, client = made.house(2), door(made.keeper())
    held = made.night(of, made.guest(of, "Ann"), made.tonight(of), at=timezone.now())
    html = client.get(f"/field/abri/{of.pk}/").content.decode()
    assert "⟦undefined" not in html
    assert f'data-stay="{held.mark}"' in html
    free = queries.sheet(of, made.tonight(of)).free[0]
    assert f'data-bed="{free.pk}" data-sex="" data-code="{free.code}"' in html
    assert f'data-day="{made.tonight(of).isoformat()}"' in html
