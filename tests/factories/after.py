"""Grants in payment, and what follows them: decided, notified and carried out by the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from unittest import mock

from beffroi.accounts.enums import Role
from beffroi.acts.bodies import queries as bodies_queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.models import Body
from beffroi.acts.payments import services as payments
from beffroi.acts.payments.models import Due, HouseAccount, Order, Run, RunLine
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome, VisitResult
from beffroi.casework.models import Application, Grant
from beffroi.core.actors import Actor
from tests.factories import casework as made
from tests.factories import payments as money
from tests.factories.requests import agent

#: The day after the sitting of 1 December 2026, and that sitting.
AFTER = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
SITTING = date(2026, 12, 1)
_numbers = count(1)


@dataclass
class Granted(made.Held):
    """A living income granted, notified and in payment since the day it was asked."""

    leader: Actor
    grant_ref: str

    @property
    def grant(self) -> Grant:
        """The grant as it was given."""
        return Grant.objects.get(reference=self.grant_ref)

    @property
    def newest(self) -> Grant:
        """The grant that stands now."""
        return Grant.objects.filter(file__number=self.number).order_by("pk").last()

    @property
    def order(self) -> Order:
        """What pays it."""
        return Order.objects.get(reference=self.newest.order_ref)


def house() -> None:
    """A council that decides and a plan of accounts."""
    payments.load_plan()
    if not Body.objects.exists():
        bodies.create_council(
            name="Conseil de l’action sociale", population=15_000, by=made.HOUSE, at=made.NOW
        )


def says(state: str = "adopted", on: date = SITTING) -> bodies_queries.Outcome:
    """What the organ decided, as the room of the bodies tells it."""
    return bodies_queries.Outcome(
        state=state, organ="Conseil", sitting_date=on, votes=(9, 0, 0), is_secret=True, text="",
        sitting_ref="S", minutes_approved=False,
    )  # fmt: skip


def decided(
    reference: str, by: Actor, at: datetime = AFTER, state: str = "adopted", on: date = SITTING,
    **more: Any,
) -> str:  # fmt: skip
    """The decision of the organ on what is proposed; its number."""
    casework.submit(reference=reference, by=by, at=at)
    with mock.patch.object(bodies_queries, "outcome_of", lambda _: says(state, on)):
        return casework.decide(reference=reference, by=by, at=at, **more)


def carried_out(reference: str, by: Actor, at: datetime = AFTER, **more: Any) -> str:
    """What is proposed, decided, notified by hand and carried out; the decision’s number."""
    account = more.pop("account", "")
    number = decided(reference, by, at, **more)
    casework.write_decision_letter(number=number, delivery="hand", by=by, at=at)
    casework.notify(number=number, delivery="hand", by=by, at=at)
    casework.execute(reference=reference, account=account, by=by, at=at)
    return number


def granted(wage: str | None = "420.00", category: str = "isolated", **more: Any) -> Granted:
    """A living income all the way to its order; the leader of the team follows it."""
    house()
    kept = {"at": more.pop("at", AFTER), "on": more.pop("on", SITTING)}
    terms = more.pop("terms", {})
    one = made.proposed(made.enquired(made.held(**more), wage, category), **terms)
    leader = agent(Role.TEAM_LEADER, made.TEAM)
    number = carried_out(one.reference, leader, account=money.iban(), **kept)
    grant = Grant.objects.get(decision__number=number)
    return Granted(one.worker, one.person, one.number, one.reference, leader, grant.reference)


def revised(
    reference: str, by: Actor, wage: str | None, outcome: Outcome = Outcome.REVISION,
    at: datetime = AFTER, **more: Any,
) -> None:  # fmt: skip
    """The enquiry of a revision: the wage becomes this one, the report is signed, it is proposed."""
    given: dict[str, Any] = {"reference": reference, "by": by, "at": at}
    casework.start_enquiry(**given)
    application = Application.objects.get(reference=reference)
    for document in application.documents.all():
        casework.settle_document(document=document.pk, **given)
    visit = casework.plan_visit(planned_at=at, is_announced=True, **given)
    casework.record_visit(
        visit=visit, result=VisitResult.SEEN, done_at=at, findings="Rien d’autre.", **given
    )
    for row in application.resources.filter(kind="work"):
        casework.remove_line(line="resource", pk=row.pk, **given)
    if wage is not None:
        casework.add_resource(
            kind="work", label="Salaire net", monthly=Decimal(wage), exemption="general", **given
        )
    casework.write_report(
        situation="Inchangée.", needs="Inchangés.", other_rights="", opinion="Revoir.", sign=True,
        **given,
    )  # fmt: skip
    casework.propose(outcome=outcome, motives=made.MOTIVES, **given, **more)


def paid(order: Order, months: list[date], on: date | None = None) -> None:
    """What a run sent of an order for these months, as payments keep it."""
    payments.draw_dues(through=max(months), by=made.HOUSE, at=AFTER)
    account = HouseAccount.objects.first() or money.house()
    run = Run.objects.create(
        reference=f"PAI-T-{next(_numbers)}", house_account=account, through_date=max(months),
        execution_date=on or max(months), prepared_at=AFTER, prepared_by_ref="1",
        prepared_by_label="x", approved_at=AFTER, approved_by_ref="2", approved_by_label="y",
        approved_hash="h", exported_at=AFTER, file_sha256="s", state="exported",
    )  # fmt: skip
    for due in order.dues.filter(state="payable"):
        if due.period_start.replace(day=1) in months:
            RunLine.objects.create(
                run=run, due=due, person=order.person, article=order.article, means="transfer",
                execution_date=on or due.period_end, amount=due.amount, gross=due.amount,
                payee="x", iban=money.HOUSE_IBAN, end_to_end_id=f"T{next(_numbers)}", state="sent",
            )  # fmt: skip
            Due.objects.filter(pk=due.pk).update(state="sent")


def owed(order: Order, through: date) -> dict[date, Decimal]:
    """What an order owes by month up to a day, once its dues are drawn."""
    payments.draw_dues(through=through, by=made.HOUSE, at=AFTER)
    found: dict[date, Decimal] = {}
    for due in order.dues.exclude(state="cancelled"):
        month = due.period_start.replace(day=1)
        found[month] = found.get(month, Decimal(0)) + due.amount
    return found
