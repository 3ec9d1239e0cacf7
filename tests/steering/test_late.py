"""What is late on a plan, and where it happens."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories import activities as gather
from tests.factories.commission import DAY, ON_THE_DAY, commission, held_meeting, meeting, point
from tests.factories.steering import GIVEN, line, plan, running_convention

from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.middles import Precision, Spot
from beffroi.directory.models import Fact, Source
from beffroi.steering import diagnosis
from beffroi.steering import services as steering
from beffroi.steering.late import Lack, conventions_behind, late
from beffroi.steering.models import AnnualReport, CommissionMember, Line
from beffroi.steering.places import places_of

pytestmark = pytest.mark.django_db
YEAR = date(2026, 11, 22)


def _behind(day: date = YEAR, since: int = 2025) -> list[tuple[int, str, Decimal | None]]:
    found = conventions_behind(plan(), day)
    return [(one.year, one.lack, one.amount) for one in found if one.year >= since]


def _pay(row, year: int, amount: str, kind: str = "advance") -> None:
    steering.pay_tranche(
        reference=row.reference, year=year, kind=kind, amount=Decimal(amount),
        on=date(year, 2, 1), mandate="M", **GIVEN,
    )  # fmt: skip


def test_convention_says_in_turn_what_it_lacks() -> None:
    plan()
    row = running_convention()
    assert _behind(date(2026, 4, 1)) == []
    assert _behind(date(2026, 4, 2)) == [(2026, Lack.PAYMENT, None)]
    _pay(row, 2026, "3750")
    assert _behind() == []
    _pay(row, 2025, "3750")
    assert _behind() == [(2025, Lack.PROOF, Decimal(3750))]
    proof = steering.receive_proof(
        reference=row.reference, year=2025, label="Comptes", amount=Decimal(4500),
        on=date(2026, 2, 1), **GIVEN,
    )  # fmt: skip
    assert _behind() == [(2025, Lack.CHECK, Decimal(4500))]
    steering.check_proof(proof=proof.pk, accepted=Decimal(4500), on=date(2026, 3, 1), **GIVEN)
    assert _behind() == [(2025, Lack.BALANCE, Decimal(750))]
    _pay(row, 2025, "750", "balance")
    assert _behind() == []


def test_reports_are_late_the_day_after_they_were_due_until_they_left() -> None:
    held = plan()
    assert late(held, date(2026, 3, 31)).reports == []
    assert late(held, date(2026, 4, 1)).reports == ["activity", "financial"]
    AnnualReport.objects.create(plan=held, year=2025, kind="activity", state="sent")
    AnnualReport.objects.create(plan=held, year=2025, kind="financial", state="approved")
    assert late(held, date(2026, 4, 1)).reports == ["financial"]


def test_late_names_decisions_and_lines_nobody_is_asked_for() -> None:
    held = plan()
    row = meeting(commission())
    point(row)
    held_meeting(row)
    owner = CommissionMember.objects.get(seat="cpas")
    made = steering.decide(meeting=row, text="Écrire", owner=owner, due=DAY, **ON_THE_DAY)
    rows = diagnosis.active_lines(held, DAY)[:3]
    found = late(held, DAY + timedelta(days=1), rows)
    assert found.decisions == [made]
    assert found.unasked == [one.line for one in rows] == list(Line.objects.all()[:3])
    assert bool(found)


def test_place_is_of_the_plan_when_its_acts_count_to_a_line_that_runs() -> None:
    held = plan()
    day = gather.NOW.date()
    made = gather.activity(lines=("12",))
    lines = diagnosis.active_lines(held, day)
    (found,) = places_of(lines, day)
    assert (found.name, found.lines, found.spot) == (made.place.name, (12,), None)
    assert places_of([row for row in lines if row.line != line(12)], day) == []
    value = {"latitude": "50.45", "longitude": "3.95"}
    Fact.objects.create(
        place=made.place, kind=FactKind.COORDINATES, text="50.45, 3.95", value=value,
        source=Source.objects.first() or Source.objects.create(key="essai", title="Essai"),
    )  # fmt: skip
    assert places_of(lines, day)[0].spot == Spot(50.45, 3.95, Precision.EXACT)
    Fact.objects.update(state=FactState.REJECTED)
    assert places_of(lines, day)[0].spot is None
