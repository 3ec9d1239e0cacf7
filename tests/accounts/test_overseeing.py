"""Who sees what every team counts: whoever leads the plan, and the house itself."""

import pytest
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.accounts.permissions import oversees
from beffroi.core.actors import person_actor, system_actor


@pytest.mark.django_db
def test_lead_of_the_plan_oversees_and_four_others_do_not() -> None:
    others = (
        agent(Role.TEAM_LEADER, "houses"), agent(Role.ANIMATOR, "houses"),
        agent(Role.DIRECTOR_GENERAL), person_actor("R26000001"),
    )  # fmt: skip
    assert oversees(agent(Role.PCS_LEAD, "pcs")) and oversees(system_actor("tests"))
    assert [oversees(who) for who in others] == [False] * 4
