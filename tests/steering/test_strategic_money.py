"""PCS, PSSP and the others: one day of work and one cost are paid once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.test import TransactionTestCase
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW, plan
from tests.factories.strategic import pst
from tests.frozen import FlushesFrozen
from tests.threads import database_for_threads, in_threads

from beffroi.accounts.enums import Role
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.steering import services as steering
from beffroi.steering.models import Line, Plan, StaffAssignment, StaffShare, StrategicCost
from beffroi.steering.services import CostDraft, StrategicCostDraft
from beffroi.steering.strategic_shares import costs_shared_with_pcs

pytestmark = pytest.mark.django_db
DAY = date(2021, 3, 1)


def _worker() -> int:
    return int(agent(Role.PREVENTION_WORKER, "prevention").ref)


def _pssp():
    return pst(key="mons-pssp", kind="pssp", organisation="AC", name="PSSP de Mons")


def _in_pcs(
    who: int, charged: str, since: date = DAY, until: date | None = None, fte: str = "1.00"
):
    return steering.assign_staff(
        plan=Plan.objects.get(), agent=who, function="animator", since=since, until=until,
        fte=Decimal(fte), charged_fte=Decimal(charged), monthly_cost=Decimal(4000), **GIVEN,
    )  # fmt: skip


def _in(
    strategic,
    who: int,
    charged: str,
    since: date = DAY,
    until: date | None = None,
    fte: str = "1.00",
):
    return steering.share_staff(
        plan=strategic, agent=who, function="Gardienne de la paix", since=since, until=until,
        fte=Decimal(fte), charged_fte=Decimal(charged), **GIVEN,
    )  # fmt: skip


def test_shares_over_plans_fill_the_whole_and_no_more() -> None:
    plan()
    who, other = _worker(), pst()
    _in_pcs(who, "0.50")
    _in(_pssp(), who, "0.30")
    _in(other, who, "0.20")
    with pytest.raises(InvalidInput) as refused:
        _in(other, who, "0.01")
    said = refused.value.fields["charged_fte"]
    assert "01/03/2021" in said
    assert "0,30 par « PSSP de Mons »" in said
    assert "0,50 par « Plan de cohésion sociale" in said
    assert said.endswith("il reste 0,00.")


def test_pcs_is_refused_what_another_plan_already_pays() -> None:
    plan()
    who = _worker()
    _in(_pssp(), who, "0.60")
    with pytest.raises(InvalidInput, match="Cette affectation"):
        _in_pcs(who, "0.50")
    assert _in_pcs(who, "0.40").charged_fte == Decimal("0.40")
    assert StaffAssignment.objects.count() == 1


def test_part_time_cannot_be_paid_twice() -> None:
    plan()
    who = _worker()
    _in_pcs(who, "0.50", fte="0.50")
    with pytest.raises(InvalidInput):
        _in(_pssp(), who, "0.50", fte="0.50")


def test_only_days_that_meet_count() -> None:
    plan()
    who, prevention = _worker(), _pssp()
    _in_pcs(who, "1.00", until=date(2021, 6, 30))
    _in(prevention, who, "1.00", since=date(2021, 7, 1), until=date(2021, 12, 31))
    with pytest.raises(InvalidInput) as refused:
        _in(prevention, who, "0.50", since=date(2020, 1, 1), until=date(2021, 3, 1))
    assert "Le 01/03/2021" in refused.value.fields["charged_fte"]
    assert _in(prevention, who, "0.50", since=date(2020, 1, 1), until=date(2021, 2, 28)).pk


def test_part_that_ended_leaves_room() -> None:
    who, prevention = _worker(), _pssp()
    first = _in(prevention, who, "1.00")
    steering.end_staff_share(share=first, until=date(2021, 3, 31), **GIVEN)
    assert _in(prevention, who, "1.00", since=date(2021, 4, 1)).pk != first.pk
    with pytest.raises(InvalidInput):
        steering.end_staff_share(share=first, until=date(2021, 2, 1), **GIVEN)


def test_another_agent_is_another_whole() -> None:
    plan()
    _in_pcs(_worker(), "1.00")
    assert _in(_pssp(), int(agent(Role.ANIMATOR, "houses").ref), "1.00").pk


@pytest.mark.parametrize("wrong", [{"charged": "0.00"}, {"charged": "0.60", "fte": "0.50"}, {"until": date(2021, 2, 1)}])  # fmt: skip
def test_share_that_cannot_be_is_refused(wrong) -> None:
    with pytest.raises(InvalidInput):
        _in(_pssp(), _worker(), **{"charged": "0.50", **wrong})
    assert not StaffShare.objects.exists()


def _cost(**more) -> CostDraft:
    values = {
        "on_date": DAY, "label": "Travail de rue", "nature": "fonctionnement", "amount": Decimal(900),
        "supplier": "Garage Dupont", "mandate": "2021/77", **more,
    }  # fmt: skip
    return CostDraft(**values)


def _same(**more) -> StrategicCostDraft:
    values = {
        "on_date": DAY, "label": "Travail de rue", "amount": Decimal(900),
        "supplier": "Garage Dupont", "mandate": "2021/77", **more,
    }  # fmt: skip
    return StrategicCostDraft(**values)


def test_cost_of_the_pcs_is_refused_in_the_pssp() -> None:
    made = plan()
    steering.charge(plan=made, year=2021, draft=_cost(), **GIVEN)
    prevention = _pssp()
    with pytest.raises(InvalidInput) as refused:
        steering.charge_strategic(plan=prevention, draft=_same(), **GIVEN)
    assert "déjà au plan « Plan de cohésion sociale" in refused.value.fields["label"]
    for alike in (_same(mandate=""), _same(mandate="2021/77 ", on_date=date(2021, 3, 9))):
        with pytest.raises(InvalidInput):
            steering.charge_strategic(plan=prevention, draft=alike, **GIVEN)


def test_cost_of_the_pssp_is_refused_in_the_pcs_and_in_another_plan() -> None:
    made, prevention = plan(), _pssp()
    held = steering.charge_strategic(plan=prevention, draft=_same(), **GIVEN)
    with pytest.raises(InvalidInput) as refused:
        steering.charge(plan=made, year=2021, draft=_cost(), **GIVEN)
    assert refused.value.fields == {"label": "« PSSP de Mons » paie déjà cette dépense."}
    with pytest.raises(InvalidInput):
        steering.charge_strategic(plan=pst(), draft=_same(), **GIVEN)
    with pytest.raises(IntegrityError):
        StrategicCost.objects.create(
            plan=pst(key="autre"), on_date=DAY, year=2021, label="x", mandate="2021/77", amount=900
        )
    assert held.amount == 900


def test_cancelled_cost_may_be_charged_elsewhere() -> None:
    made, prevention = plan(), _pssp()
    held = steering.charge_strategic(plan=prevention, draft=_same(), **GIVEN)
    steering.cancel_strategic_cost(cost=held, why="Au PCS", **GIVEN)
    assert steering.charge(plan=made, year=2021, draft=_cost(), **GIVEN).pk
    with pytest.raises(WrongState):
        steering.cancel_strategic_cost(cost=held, why="Encore", **GIVEN)


def test_cost_shared_with_the_pcs_is_read_where_it_is_kept() -> None:
    made, prevention = plan(), _pssp()
    half = Decimal("0.5")
    steering.charge(plan=made, year=2021, draft=_cost(shares={"pcs": half, "pssp": half}), **GIVEN)
    assert [(one.cost.label, one.amount) for one in costs_shared_with_pcs(prevention)] == [
        ("Travail de rue", Decimal("450.00"))
    ]
    assert costs_shared_with_pcs(pst()) == []
    with pytest.raises(InvalidInput) as refused:
        steering.charge_strategic(plan=prevention, draft=_same(), **GIVEN)
    assert "elle compte déjà" in refused.value.fields["label"]


def test_reader_without_the_keys_of_money_charges_nothing() -> None:
    with pytest.raises(NotAllowed):
        steering.charge_strategic(plan=_pssp(), draft=_same(), by=agent(Role.PRESIDENT, ""), at=NOW)


def test_draft_of_the_prevention_service_is_loaded_once_with_its_lines() -> None:
    plan()
    made = steering.load_prevention_draft(**GIVEN)
    assert steering.load_prevention_draft(**GIVEN) == made
    levels = [
        made.elements.filter(level=level).count()
        for level in ("strategic", "operational", "action")
    ]
    assert (levels, made.adopted_date) == ([8, 8, 12], None)
    tied = {
        row.title: [one.number for one in row.lines.all()]
        for row in made.elements.filter(lines__isnull=False)
    }
    assert tied["Travailleurs de rue"] == [9]
    assert tied["Cellule Tags"] == [5]
    assert Line.objects.count() == 32


class FourPlans(FlushesFrozen, TransactionTestCase):
    def test_four_plans_at_once_and_one_takes_the_time(self) -> None:
        who, plans = _worker(), [pst(key=f"plan-{rank}", name=f"Plan {rank}") for rank in range(4)]

        def take(made) -> str:
            try:
                _in(made, who, "0.60")
            except InvalidInput:
                return "refused"
            return "taken"

        with database_for_threads():
            assert sorted(in_threads(take, plans)) == ["refused"] * 3 + ["taken"]
