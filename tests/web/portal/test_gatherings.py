"""A place asked for on the portal: with a name or without, told to nobody else."""

import re

import pytest
from django.core import signing
from tests.factories import activities as gather
from tests.factories.activities import HOUSE

from beffroi.acts.activities import services as activities
from beffroi.acts.activities.models import Registration
from beffroi.web import limits

pytestmark = pytest.mark.django_db
CANARY = "Zénobie Canari"


def _open(**more):
    given = {"enrolment": "series", "is_public": True, "capacity": 1} | more
    return gather.activity(**given)


def _ask(client, of, **given):
    return client.post(
        f"/activites/{of.pk}/", {"nonce": "n" + str(Registration.objects.count())} | given
    )


def test_place_without_a_name_then_the_waiting_list(client) -> None:
    of = _open()
    first = client.get(_ask(client, of)["Location"]).content.decode()
    second = client.get(_ask(client, of, name=CANARY)["Location"]).content.decode()
    assert "Vous avez une place" in first
    assert "Vous êtes la première personne sur la liste" in second
    assert [(r.name, r.state) for r in Registration.objects.order_by("rank")] == [
        ("", "confirmed"), (CANARY, "waiting"),
    ]  # fmt: skip


def test_offered_place_is_taken_from_her_page(client) -> None:
    of = _open()
    mine, hers = (_ask(client, of)["Location"] for _n in range(2))
    client.post(f"{mine}acte/", {"act": "rendre"})
    assert "Une place est libre pour vous" in client.get(hers).content.decode()
    client.post(f"{hers}acte/", {"act": "prendre"})
    assert "Vous avez une place" in client.get(hers).content.decode()


def test_robot_does_not_take_every_place_of_an_activity(client) -> None:
    of, other = _open(capacity=30), _open(capacity=30)
    asked = [_ask(client, of).status_code for _n in range(6)]
    assert (asked, Registration.objects.count()) == ([302] * 5 + [429], 5)
    page = _ask(client, of)
    assert "Cette question nous dit que vous êtes une personne" in page.content.decode()
    assert _ask(client, other).status_code == 302
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode()).group(1)
    right = limits._number(signing.loads(token, salt="limits.question"))
    wrong = _ask(client, of, token=token, answer=right + 1)
    assert (wrong.status_code, "Ce n’était pas ce nombre" in wrong.content.decode()) == (429, True)
    token = re.search(r'name="token" value="([^"]+)"', wrong.content.decode()).group(1)
    right = limits._number(signing.loads(token, salt="limits.question"))
    assert _ask(client, of, token=token, answer=right).status_code == 302
    assert _ask(client, of, token=token, answer=right).status_code == 429  # it serves once
    assert _ask(client, other, website="http://spam.example").status_code == 429


def test_only_what_is_announced_is_shown(client) -> None:
    shown, hidden = _open(name="Cuisine"), _open(name="Secrète", is_public=False)
    free = gather.activity(name="Libre", is_public=True)
    html = client.get("/activites/").content.decode()
    assert [name in html for name in ("Cuisine", "Secrète", "Libre")] == [True, False, False]
    assert [client.get(f"/activites/{of.pk}/").status_code for of in (shown, hidden, free)] == [
        200, 404, 404,
    ]  # fmt: skip


def test_pages_of_others_say_no_name(client) -> None:
    of = _open(capacity=5)
    key = _ask(client, of, name=CANARY, phone="0470 00 00 00")["Location"]
    other = _ask(client, of)["Location"]
    for path in ("/activites/", f"/activites/{of.pk}/", other):
        assert CANARY not in client.get(path).content.decode()
    reference = key.split("/")[2]
    wrong = client.get(f"/activites/{reference}/AAAA-BBBB-CCCC/")
    assert (wrong.status_code, CANARY in wrong.content.decode()) == (404, False)


def test_day_is_chosen_when_each_session_has_its_places(client) -> None:
    from django.utils import timezone

    of = _open(enrolment="session", capacity=2)
    starts = timezone.now().replace(microsecond=0) + timezone.timedelta(days=2)
    one = activities.add_session(
        activity=of.pk, starts_at=starts, ends_at=starts + timezone.timedelta(hours=2), by=HOUSE,
        at=timezone.now(),
    )  # fmt: skip
    assert _ask(client, of).status_code == 422
    assert _ask(client, of, session=one.pk).status_code == 302
    assert Registration.objects.get().session_id == one.pk


@pytest.mark.parametrize("lang", ["nl", "de", "en"])
def test_pages_are_in_each_language(client, lang) -> None:
    of = _open()
    html = client.get(f"/{lang}/activites/{of.pk}/").content.decode()
    assert "Demander une place" not in html
