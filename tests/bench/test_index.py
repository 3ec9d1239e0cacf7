"""An index date over many grants: what one costs, and that the whole is linear."""

from datetime import UTC, date, datetime
from time import perf_counter

import pytest

from beffroi.acts.payments.services import add_account
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome
from beffroi.casework.models import Application, Decision, Grant, IndexLine, Proposal
from beffroi.entitlements import services as entitlements
from tests.factories import after
from tests.factories import casework as made
from tests.factories import payments as money

pytestmark = [pytest.mark.django_db, pytest.mark.long]
AT = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 1)
#: Generous: 35 ms each were measured, on two busy cores.
MOST_SECONDS_EACH = 0.4


def _granted(count: int) -> None:
    """Grants in payment since January, without the road of each."""
    from beffroi.acts.payments import services as payments

    after.house()
    worker = made.agent(made.Role.SOCIAL_WORKER, made.team(made.TEAM) and made.TEAM)
    given = {"by": made.HOUSE, "at": made.NOW}
    for rank in range(count):
        person = made.person()
        add_account(
            person_ref=person, iban=money.iban(), holder="x", since=date(2026, 1, 1), **given
        )
        number = casework.open_file(
            person_ref=person, team=made.TEAM, worker=int(worker.ref), **given
        )
        reference = casework.open_application(
            number=number, kind="living_income", asked_on=date(2026, 1, 5), **given
        )
        computed = entitlements.compute_living_income(
            facts={"date": "2026-01-05", "category": "isolated"}, subject_ref=reference, **given
        )
        application = Application.objects.get(reference=reference)
        terms = {
            "application": application, "outcome": Outcome.GRANT, "organ": "council",
            "motives": made.MOTIVES, "amount": "1314.20", "periodicity": "monthly",
            "from_date": date(2026, 1, 5), "legal_basis": "x", "computation_ref": computed,
        }  # fmt: skip
        proposal = Proposal.objects.create(
            reference=f"QB{rank}", proposed_at=made.NOW, proposed_by="x", state="decided", **terms
        )
        decision = Decision.objects.create(
            number=f"CB{rank}", proposal=proposal, sitting_date=made.TODAY, decided_at=made.NOW,
            recorded_by="x", **terms,
        )  # fmt: skip
        order = payments.open_order(
            owner_kind="grant", owner_ref=f"GB{rank}", subject_ref=number, person_ref=person,
            article_code="831/33301-01", aid_kind="living_income", amount=made.Decimal("1314.20"),
            periodicity="monthly", since=date(2026, 1, 5), label="x", **given,
        )  # fmt: skip
        Grant.objects.create(
            reference=f"GB{rank}", file=application.file, decision=decision, kind="living_income",
            amount="1314.20", periodicity="monthly", from_date=date(2026, 1, 5), order_ref=order,
        )  # fmt: skip


def test_an_index_date_of_two_hundred_grants() -> None:
    _granted(200)
    start = perf_counter()
    casework.prepare_index(on=ON, by=made.HOUSE, at=AT)
    shown = perf_counter()
    done = casework.apply_index(on=ON, by=made.HOUSE, clock=lambda: AT)
    applied = perf_counter()
    print(f"\npreview {shown - start:.2f} s, applied {applied - shown:.2f} s for {done}")
    assert done == 200
    assert set(IndexLine.objects.values_list("new_amount", flat=True)) == {made.Decimal("1340.47")}
    assert applied - shown < 200 * MOST_SECONDS_EACH
