"""What a grant leaves: cards and their pharmacy, guarantees, rest homes, reception, advances."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import aids as factory
from tests.factories import casework as made
from tests.factories.payments import iban
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.payments.models import Claim, Due, Order
from beffroi.casework import record_queries as queries
from beffroi.casework import services as casework
from beffroi.casework.enums import ReceptionPhase
from beffroi.casework.models import Grant, HomePlacement, MedicalCard, RentalGuarantee
from beffroi.core.actors import Actor, Post
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.entitlements import queries as entitlements
from beffroi.rules.figures import Table

pytestmark = pytest.mark.django_db
AT = factory.AFTER


def granted(kind: str, **more: Any) -> tuple[str, dict[str, Any]]:
    """A grant of a kind; its record’s number, and who acts on it and when."""
    road = factory.decided(factory.proposed(factory.enquired(factory.opened(kind, **more))))
    grant = Grant.objects.get(decision=road.decision)
    return queries.number_of(grant), {"by": road.one.worker, "at": AT}


def test_pharmacy_lines_are_granted_up_to_the_cap_of_the_month() -> None:
    number, key = granted("medical_card")
    casework.set_card_pharmacy(number=number, name="Pharmacie de l’Exemple", iban=iban(), **key)
    for price, on_list in (("12.40", True), ("9.95", False), ("31.00", True)):
        casework.add_pharmacy_line(
            number=number, product="Produit", day=date(2026, 11, 25), price=Decimal(price),
            on_list=on_list, **key,
        )  # fmt: skip
    computation = casework.settle_pharmacy_month(number=number, month=date(2026, 11, 3), **key)
    card = MedicalCard.objects.get(number=number)
    assert [line.granted for line in card.lines.all()] == [
        Decimal("12.40"), Decimal("0.00"), Decimal("27.60"),
    ]  # fmt: skip
    month = card.months.get()
    assert (month.granted, month.refused) == (Decimal("40.00"), Decimal("13.35"))
    order = Order.objects.select_related("third_party").get(reference=month.order_ref)
    assert order.third_party is not None
    assert order.terms.get().amount == Decimal("40.00")
    kept = entitlements.computation(computation)
    assert "Produit" not in f"{kept.facts} {kept.steps}"


def test_a_second_bill_of_the_month_counts_what_was_granted_before() -> None:
    number, key = granted("medicines")
    line = {"number": number, "product": "P", "day": date(2026, 11, 25), "on_list": True, **key}
    casework.add_pharmacy_line(price=Decimal("30.00"), **line)
    casework.settle_pharmacy_month(number=number, month=date(2026, 11, 1), **key)
    casework.add_pharmacy_line(price=Decimal("25.00"), **line)
    casework.settle_pharmacy_month(number=number, month=date(2026, 11, 1), **key)
    months = MedicalCard.objects.get(number=number).months.order_by("pk")
    assert [one.granted for one in months] == [Decimal("30.00"), Decimal("10.00")]
    assert Order.objects.filter(third_party__isnull=True, aid_kind="medicines").count() == 2
    with pytest.raises(WrongState, match="Aucune ligne"):
        casework.settle_pharmacy_month(number=number, month=date(2026, 11, 1), **key)


def test_a_line_nobody_looked_up_is_not_settled() -> None:
    number, key = granted("medicines")
    pk = casework.add_pharmacy_line(
        number=number, product="P", day=date(2026, 11, 25), price=Decimal("5.00"), **key
    )
    with pytest.raises(WrongState, match="liste"):
        casework.settle_pharmacy_month(number=number, month=date(2026, 11, 1), **key)
    casework.look_up_line(number=number, line=pk, on_list=False, **key)
    casework.settle_pharmacy_month(number=number, month=date(2026, 11, 1), **key)
    assert MedicalCard.objects.get(number=number).months.get().order_ref == ""


def test_names_of_products_are_read_by_two_roles_only() -> None:
    number, key = granted("medicines")
    casework.add_pharmacy_line(
        number=number, product="Insuline", day=date(2026, 11, 25), price=Decimal("5.00"), **key
    )
    card = MedicalCard.objects.get(number=number)
    seen = {}
    for role in Role:
        who = Actor(key["by"].kind, key["by"].ref, "x", (Post(role, "x", made.TEAM, "x"),))
        seen[role] = queries.pharmacy_lines(card, who)[0].product
    assert {role for role, product in seen.items() if product} == {
        Role.SOCIAL_WORKER, Role.TEAM_LEADER,
    }  # fmt: skip


def test_a_record_of_another_team_does_not_exist() -> None:
    number, key = granted("medicines")
    other = agent(Role.SOCIAL_WORKER, "energy")
    assert queries.record_visible_to(other, number) is None
    with pytest.raises(NotAllowed):
        casework.revoke_card(number=number, why="Essai", by=other, at=AT)
    assert queries.record_visible_to(key["by"], number) is not None


def test_an_advanced_guarantee_opens_its_repayment_and_ends_once() -> None:
    road = factory.whole("rental_guarantee")
    factory.executed(road)
    held = RentalGuarantee.objects.get()
    claim = Claim.objects.get(reference=held.claim_ref)
    assert (claim.amount, claim.instalments.count()) == (Decimal("1300.00"), 26)
    key = {"number": held.number, "by": road.one.worker, "at": AT, "on": date(2026, 12, 1)}
    casework.end_guarantee(called=False, returned=Decimal("1300.00"), why="Fin du bail", **key)
    with pytest.raises(WrongState, match="déjà terminée"):
        casework.end_guarantee(called=True, returned=Decimal("0"), why="Encore", **key)


def test_a_letter_of_guarantee_is_no_payment() -> None:
    road = factory.whole("rental_guarantee", answers={"form": "letter"})
    assert road.decision.amount is None
    assert factory.executed(road) == ""
    held = RentalGuarantee.objects.get()
    assert (held.amount, held.claim_ref) == (Decimal("1300.00"), "")


def test_the_state_of_a_month_pays_the_home_and_shares_between_the_children() -> None:
    number, key = granted("rest_home")
    casework.set_placement_account(number=number, iban=iban(), **key)
    for name in ("Anne", "Boris", "Carl"):
        casework.add_contributor(number=number, name=name, **key)
    anne, boris, _carl = HomePlacement.objects.get(number=number).contributors.all()
    casework.set_contributor_part(number=number, contributor=anne.pk, asked=Decimal(1), **key)
    casework.set_contributor_part(
        number=number, contributor=boris.pk, asked=Decimal("0.5"), waiver="Deux enfants à charge",
        **key,
    )  # fmt: skip
    casework.settle_placement_month(
        number=number, month=date(2026, 11, 9), resources=Decimal("1450.00"),
        other_costs=Decimal("25.00"), **key,
    )  # fmt: skip
    month = HomePlacement.objects.get(number=number).months.get()
    # 62,50 × 30 + 25,00 − 1 450,00 + 120,00 = 570,00; a third is 190,00.
    assert (month.days, month.cost, month.left_to_cpas) == (
        30, Decimal("570.00"), Decimal("285.00"),
    )  # fmt: skip
    assert [(one["most"], one["asked"]) for one in month.shares] == [
        ("190.00", "190.00"), ("190.00", "95.00"), ("190.00", None),
    ]  # fmt: skip
    assert Order.objects.get(reference=month.order_ref).third_party is not None
    with pytest.raises(WrongState, match="déjà fait"):
        casework.settle_placement_month(
            number=number, month=date(2026, 11, 9), resources=Decimal("1450.00"), **key
        )


def test_a_waiver_says_why() -> None:
    number, key = granted("rest_home")
    child = casework.add_contributor(number=number, name="Anne", **key)
    with pytest.raises(InvalidInput) as refused:
        casework.set_contributor_part(number=number, contributor=child, asked=Decimal(0), **key)
    assert set(refused.value.fields) == {"waiver"}


@pytest.mark.parametrize(
    ("entered", "left", "days"),
    [("2026-11-01", None, 30), ("2026-11-12", None, 19), ("2026-10-02", "2026-11-11", 10),
     ("2026-12-01", None, 0), ("2026-10-02", "2026-10-20", 0), ("2026-11-30", None, 1)],
)  # fmt: skip
def test_days_of_a_stay_in_november(entered: str, left: str | None, days: int) -> None:
    from beffroi.casework.services.records.placements import days_in

    stay = HomePlacement(
        entered_on=factory.day(entered), left_on=factory.day(left) if left else None
    )
    assert days_in(stay, date(2026, 11, 1)) == days


def test_protection_starts_the_transition_and_the_request_before_its_end() -> None:
    number, key = granted("asylum_reception")
    casework.change_phase(number=number, phase=ReceptionPhase.POSITIVE, on=date(2026, 12, 1), **key)
    stay = queries.record_visible_to(key["by"], number)
    assert stay.transition_until == date(2027, 2, 1)
    clocks = {c.what: c.due_date for c in stay.grant.file.clocks.filter(subject_ref=number)}
    assert clocks == {"transition_end": date(2027, 2, 1), "ris_request": date(2027, 1, 17)}


def test_nights_of_a_month_make_the_claim() -> None:
    number, key = granted("asylum_reception")
    casework.note_absence(number=number, first=date(2026, 11, 21), last=date(2026, 11, 22), **key)
    rows = queries.nights_of(key["by"], date(2026, 11, 1))
    assert [(row.stay.number, row.nights) for row in rows] == [(number, 9)]
    assert queries.claim_of(rows, date(2026, 11, 1)).missing
    rates = Table({"adult": Decimal("38.00"), "child": Decimal("21.00")}, "Fedasil", "inferred")
    assert queries.claim_of(rows, date(2026, 11, 1), rates).amount == Decimal("342.00")
    assert queries.nights_of(agent(Role.SOCIAL_WORKER, "energy"), date(2026, 11, 1)) == []


def test_an_advance_comes_back_only_once_and_never_above_what_left() -> None:
    road = factory.whole("advance")
    order = Order.objects.get(reference=factory.executed(road))
    grant = Grant.objects.get(decision=road.decision)
    key = {"grant_ref": grant.reference, "by": road.one.worker, "at": AT}
    with pytest.raises(WrongState, match="Aucune avance"):
        casework.reclaim_advance(owed=Decimal("2000.00"), **key)
    Due.objects.create(
        order=order, period_start=date(2026, 11, 24), period_end=date(2026, 11, 30),
        amount=Decimal("210.00"), state="paid", drawn_at=AT,
    )  # fmt: skip
    claim = Claim.objects.get(reference=casework.reclaim_advance(owed=Decimal("2000.00"), **key))
    assert claim.amount == Decimal("210.00")
    with pytest.raises(WrongState, match="déjà réclamée"):
        casework.reclaim_advance(owed=Decimal("2000.00"), **key)
