"""The demo seats a commission that met and decided, and a diagnosis said to be invented; once."""

import pytest
from django.core import mail
from django.utils import timezone

from beffroi.accounts import services as accounts_services
from beffroi.demo.commission import load_commission
from beffroi.demo.people import AGENTS, _load_agent
from beffroi.demo.steering import load_steering
from beffroi.steering import commission, diagnosis, queries
from beffroi.steering.models import (
    AgendaPoint,
    CommissionDecision,
    CommissionMeeting,
    DiagnosisItem,
    IsadfValue,
    LineTeller,
)

pytestmark = pytest.mark.django_db


def test_demo_holds_a_commission_once() -> None:
    accounts_services.load_teams()
    now = timezone.now()
    for agent in AGENTS:
        _load_agent(agent, now)
    assert load_commission(now) == 0
    load_steering(now)
    assert load_commission(now) == 7
    tables = (
        AgendaPoint, CommissionDecision, CommissionMeeting, DiagnosisItem, IsadfValue, LineTeller,
    )  # fmt: skip
    before = [table.objects.count() for table in tables]
    assert min(before) > 0
    assert load_commission(now) == 7
    assert [table.objects.count() for table in tables] == before
    plan, day = queries.plans().get(), timezone.localdate(now)
    body = commission.commission_of(plan)
    assert commission.check_composition(commission.members_on(body, day), day).missing == ()
    assert commission.decisions_late(plan, day).count() == 1
    seen = diagnosis.radar(plan)
    assert seen.held.is_fictional
    assert {one.edition for one in diagnosis.editions_of(plan)} == {2013, 2025}
    gaps = diagnosis.gaps(plan, seen, diagnosis.active_lines(plan, day))
    assert "santé" in [one.access.name for one in gaps]
    assert all(one.right for one in seen.rights)
    assert mail.outbox == []
