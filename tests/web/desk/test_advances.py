"""An advance on a benefit: what left is claimed back from the body when the benefit arrives."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import aids as factory
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.payments.models import Claim, Due, Order
from beffroi.casework.models import Grant

pytestmark = pytest.mark.django_db
PAGE = "/desk/dossiers/avances/"
PANEL = "Avance sur une prestation"
ACT = "La prestation arrive"


def _advance(paid: str = "210.00", **more: Any) -> tuple[factory.Road, Grant]:
    road = factory.whole("advance", **more)
    order = Order.objects.get(reference=factory.executed(road))
    if paid:
        Due.objects.create(
            order=order, period_start=date(2026, 11, 24), period_end=date(2026, 11, 30),
            amount=Decimal(paid), state="paid", drawn_at=factory.AFTER,
        )  # fmt: skip
    return road, Grant.objects.get(decision=road.decision)


def _path(grant: Grant, act: str = "") -> str:
    return f"/desk/dossiers/octrois/{grant.reference}/" + (f"acte/{act}/" if act else "")


def test_advance_is_listed_until_it_is_claimed_from_the_body(door) -> None:
    road, grant = _advance()
    client = door(road.one.worker)
    html = client.get(PAGE).content.decode()
    assert ("CAPAC de Mons" in html, "210,00" in html) == (True, True)
    assert "1 avance attend" in html
    page = client.get(_path(grant)).content.decode()
    assert (PANEL in page, ACT in page) == (True, True)
    sent = client.post(_path(grant, "advance"), {"owed": "2000,00"})
    assert (sent.status_code, sent["Location"]) == (302, _path(grant))
    claim = Claim.objects.get()
    assert (claim.amount, claim.owner_ref, claim.subject_ref) == (
        Decimal("210.00"), grant.reference, grant.file.number,
    )  # fmt: skip
    page = client.get(_path(grant)).content.decode()
    assert (claim.reference in page, ACT in page) == (True, False)
    html = client.get(PAGE).content.decode()
    assert (claim.reference in html, "avance attend" in html) == (True, False)
    again = client.post(_path(grant, "advance"), {"owed": "2000,00"}).content.decode()
    assert "déjà réclamée" in again
    assert Claim.objects.count() == 1


def test_advance_of_which_nothing_left_is_not_claimed(door) -> None:
    road, grant = _advance(paid="")
    client = door(road.one.worker)
    assert ACT not in client.get(_path(grant)).content.decode()
    said = client.post(_path(grant, "advance"), {"owed": "2000,00"}).content.decode()
    assert ("Aucune avance" in said, Claim.objects.count()) == (True, 0)
    assert "rien n’est encore sorti" in client.get(PAGE).content.decode()


def test_advances_of_another_team_are_not_listed(door) -> None:
    _road, grant = _advance()
    client = door(agent(Role.SOCIAL_WORKER, "energy"))
    assert grant.file.number not in client.get(PAGE).content.decode()
    assert client.post(_path(grant, "advance"), {"owed": "1"}).status_code == 404
    assert door(agent(Role.FINANCE_DIRECTOR, "")).get(PAGE).status_code == 404
    assert Claim.objects.count() == 0


def test_list_of_advances_costs_the_same_for_one_and_three_rows(door, queries_of) -> None:
    road, _grant = _advance()
    client = door(road.one.worker)
    one = queries_of(client, PAGE)
    for _n in range(2):
        _advance(house=road.house)
    assert queries_of(client, PAGE) == one
