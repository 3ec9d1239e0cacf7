"""Ten years on, strategic plans keep what was done and forget who."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW
from tests.factories.strategic import action, person, pst

from beffroi.accounts.enums import Role
from beffroi.steering import services as steering
from beffroi.steering import strategic_retention as retention
from beffroi.steering.models import ElementChange, ElementMove, Responsible, StaffShare

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=10 * 365 + 4)


def test_names_leave_history_and_steps_after_ten_years() -> None:
    made = pst()
    row = action(made)
    steering.edit_element(
        element=row, values={"responsible": person(made), "title": "Neuf"}, version=0, **GIVEN
    )
    steering.move_element(element=row, move="start", on=date(2019, 3, 4), **GIVEN)
    assert retention.forget_element_writers(NOW) == retention.forget_element_movers(NOW) == 0
    assert retention.forget_element_writers(LATER) == 1 + ElementChange.objects.count()
    assert retention.forget_element_movers(LATER) == 1
    assert set(ElementChange.objects.values_list("by_label", flat=True)) == {""}
    assert ElementChange.objects.get(field="responsible").after == ""
    assert ElementChange.objects.get(field="title").after == "Neuf"
    assert ElementMove.objects.get().by_label == ""


def test_people_leave_a_plan_ten_years_after_its_end_and_their_functions_stay() -> None:
    made = pst()
    person(made, civility="madame", said=date(2019, 1, 1), email="c@exemple.test")
    end = datetime(2024, 12, 1, tzinfo=UTC)
    assert retention.forget_responsible(end + timedelta(days=10 * 365)) == 0
    assert retention.forget_responsible(end + timedelta(days=10 * 365 + 4)) == 1
    row = Responsible.objects.get()
    assert (row.first_name, row.last_name, row.email, row.civility) == ("", "", "", "")
    assert row.function == "Direction du service logement"


def test_agent_leaves_a_part_of_time_ten_years_after_its_end() -> None:
    who = int(agent(Role.PREVENTION_WORKER, "prevention").ref)
    share = steering.share_staff(
        plan=pst(), agent=who, function="Gardien", since=date(2019, 1, 1), until=None, fte=1,
        charged_fte=1, **GIVEN,
    )  # fmt: skip
    assert retention.forget_shared_staff(LATER) == 0
    steering.end_staff_share(share=share, until=date(2020, 1, 1), **GIVEN)
    assert retention.forget_shared_staff(LATER) == 1
    assert StaffShare.objects.get().agent is None
