"""One application for a living income, from the request to the payment order."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from tests.factories import casework as made
from tests.factories import council as bodies

from beffroi.acts.payments.models import Order
from beffroi.acts.payments.services.ledger import load_plan
from beffroi.audit.models import JournalEntry
from beffroi.casework import services as casework
from beffroi.casework.enums import ApplicationState, Outcome
from beffroi.casework.models import Decision, Grant, Resource
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.entitlements import queries as entitlements
from beffroi.people import services as people
from beffroi.people.services import AddressDraft

pytestmark = pytest.mark.django_db
AFTER = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


def test_a_living_income_goes_all_the_way_to_an_order() -> None:
    house = bodies.council()
    load_plan()
    one = made.proposed(made.enquired(made.held()))
    people.add_address(
        reference=one.person,
        by=made.HOUSE,
        at=made.NOW,
        draft=AddressDraft(street="Rue d’Havré 13", postal_code="7000", locality="Mons"),
    )
    item = casework.submit(reference=one.reference, by=one.worker, at=made.NOW)
    sitting = bodies.opened(house, [item])
    bodies.vote(house, sitting, item, 9, 0, 0)
    number = casework.decide(reference=one.reference, by=house.secretary, at=AFTER)

    decision = Decision.objects.get(number=number)
    calculation = entitlements.computation(decision.computation_ref)
    # 1 340,47 € isolated on 24/11/2026; 420,00 € of wage less 315,67 €; 250,00 € a year exempt.
    assert calculation.monthly == Decimal("1256.97")
    assert (decision.outcome, decision.amount, decision.periodicity, decision.sitting_date) == (
        Outcome.GRANT, Decimal("1256.97"), "monthly", date(2026, 12, 1),
    )  # fmt: skip

    letter = casework.write_decision_letter(
        number=number, delivery="registered", by=one.worker, at=AFTER
    )
    casework.notify(number=number, delivery="registered", registered_number="RR 123 BE",
                    by=one.worker, at=AFTER)  # fmt: skip
    order = casework.execute(
        reference=one.reference, account="BE68539007547034", by=one.worker, at=AFTER
    )
    grant = Grant.objects.get(decision=decision)
    assert one.application.state == ApplicationState.CLOSED
    assert (grant.amount, grant.from_date, grant.order_ref) == (
        Decimal("1256.97"), made.TODAY, order,
    )  # fmt: skip
    paid = Order.objects.select_related("person").get(reference=order)
    assert (paid.owner_ref, paid.person.reference) == (grant.reference, one.person)
    verbs = JournalEntry.objects.filter(subject_ref=one.person).values_list("verb", flat=True)
    assert set(verbs) >= {"file.open", "application.open", "decision.record", "grant.execute"}
    assert letter


@pytest.fixture
def one_decision() -> Decision:
    """A living income granted by the council."""
    house = bodies.council()
    one = made.proposed(made.enquired(made.held()))
    item = casework.submit(reference=one.reference, by=one.worker, at=made.NOW)
    bodies.vote(house, bodies.opened(house, [item]), item, 9, 0, 0)
    number = casework.decide(reference=one.reference, by=house.secretary, at=AFTER)
    return Decision.objects.get(number=number)


def test_decide_before_the_vote_is_refused() -> None:
    house = bodies.council()
    one = made.proposed(made.enquired(made.held()))
    casework.submit(reference=one.reference, by=one.worker, at=made.NOW)
    with pytest.raises(WrongState, match="n’a pas encore décidé"):
        casework.decide(reference=one.reference, by=house.secretary, at=AFTER)
    assert one.application.state == ApplicationState.SUBMITTED


def test_propose_with_an_unknown_amount_names_it() -> None:
    bodies.council()
    one = made.held()
    made.enquired(one)
    Resource.objects.create(application=one.application, kind="other", label="Loyer d’un garage")
    with pytest.raises(InvalidInput) as refused:
        made.proposed(one)
    assert "Loyer d’un garage" in refused.value.fields["missing"]


def test_clocks_of_a_request_start_and_are_met() -> None:
    one = made.held()
    running = {
        clock.what: clock.due_date
        for clock in one.file.clocks.filter(met_at__isnull=True, cancelled_at__isnull=True)
    }
    assert running["decision"] == made.TODAY + timedelta(days=30)
    assert one.file.next_what == "decision"


def test_a_decision_is_never_changed(one_decision: Decision) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Decision.objects.filter(pk=one_decision.pk).update(motives="Autre chose")
    Grant.objects.all().delete()
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Decision.objects.filter(pk=one_decision.pk).delete()
