"""The house's programme and plan, loaded as an installation loads them, and who works with them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor, system_actor
from beffroi.steering import services as steering
from beffroi.steering.models import Convention, Line, Partner, Plan
from beffroi.steering.services import ConventionDraft
from tests.factories.requests import agent

HOUSE = system_actor("tests")
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
GIVEN = {"by": HOUSE, "at": NOW}


def plan() -> Plan:
    """The plan of Mons with its 32 lines."""
    steering.load_house(by=HOUSE, at=NOW)
    return Plan.objects.get()


def line(number: int) -> Line:
    """A line of the plan that is loaded."""
    return Line.objects.select_related("plan").get(number=number)


def lead() -> Actor:
    """The project lead."""
    return agent(Role.PCS_LEAD, "pcs")


def running_convention(**more: object) -> Convention:
    """A convention of article 20 in force for line 24, 5,000 euros a year."""
    values = {
        "partner": Partner.objects.get(name="ASBL Article 27"), "kind": "art20",
        "purpose": "Sorties culturelles", "starts_date": date(2022, 1, 1),
        "ends_date": date(2026, 12, 31), "yearly_amount": Decimal("5000.00"), **more,
    }  # fmt: skip
    row = steering.draft_convention(
        plan=Plan.objects.get(), lines=[line(24)], draft=ConventionDraft(**values), **GIVEN
    )
    for move in ("approve", "sign", "start"):
        steering.move_convention(
            reference=row.reference, move=move, note="Conseil, point 12", on=date(2022, 1, 10),
            **GIVEN,
        )  # fmt: skip
    row.refresh_from_db()
    return row
