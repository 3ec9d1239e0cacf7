"""The demo plays a year of the plan through the services, and once."""

import pytest
from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.accounts import services as accounts_services
from beffroi.demo.people import AGENTS, _load_agent
from beffroi.demo.steering import load_steering
from beffroi.steering import queries
from beffroi.steering.accounts import year_money
from beffroi.steering.models import ChangeRequest, Convention, Expenditure, Indicator, TypedValue
from beffroi.steering.watch import watch

pytestmark = pytest.mark.django_db


def test_demo_plays_a_year_of_the_plan_once() -> None:
    accounts_services.load_teams()
    now = timezone.now()
    for agent in AGENTS:
        _load_agent(agent, now)
    counted = load_steering(now)
    tables = (Indicator, TypedValue, Convention, Expenditure, ChangeRequest)
    before = [table.objects.count() for table in tables]
    assert (before[0], before[2]) == (counted, 6)
    assert load_steering(now) == counted
    assert [table.objects.count() for table in tables] == before
    plan, day = queries.plans().get(), timezone.localdate(now)
    assert accounts.actor_named("projet-pcs", day).has_role("pcs_lead")
    assert watch(plan, day).lines
    money = year_money(plan, day.year)
    assert money.justification is not None
    assert len(money.art20) == 6
