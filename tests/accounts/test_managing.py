"""Acts of the administrator on agents, posts and teams."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from tests.factories import editors as make
from tests.factories.editors import NOW, TODAY

from beffroi.accounts import permissions, queries, retention, services
from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent, Post, Team
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db
ANNE = {
    "username": "Anne.Petit",
    "first_name": "Anne",
    "last_name": "Petit",
    "email": "anne@exemple.be",
}


def admin() -> Actor:
    return make.actor(Role.ADMINISTRATOR)


def test_create_agent_gives_a_password_to_be_changed() -> None:
    agent, password = services.create_agent(**ANNE, by=admin(), at=NOW)
    assert (agent.username, agent.check_password(password), agent.password_is_temporary) == (
        "anne.petit", True, True,
    )  # fmt: skip
    agent.set_password("a-better-one-of-mine")
    assert not agent.password_is_temporary
    assert password not in str(list(JournalEntry.objects.values()))


def test_create_agent_refuses_field_by_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        services.create_agent(
            username="anne petit", first_name="", last_name=" ", email="anne", by=admin(), at=NOW
        )
    assert set(refused.value.fields) == {"username", "last_name", "email"}
    services.create_agent(**ANNE, by=admin(), at=NOW)
    with pytest.raises(InvalidInput):
        services.create_agent(**ANNE, by=admin(), at=NOW)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_agents_are_managed_by_the_administrator_alone(role: str) -> None:
    by, agent = make.actor(role, "reception"), make.agent(Role.RECEPTION, "reception")
    for act in (services.deactivate_agent, services.reset_password, services.reset_second_factor):
        with pytest.raises(NotAllowed):
            act(agent=agent, reason="Parce que", by=by, at=NOW)
    with pytest.raises(NotAllowed):
        services.create_agent(**ANNE, by=by, at=NOW)
    assert not permissions.agents_manageable_by(by).exists()
    assert permissions.agents_manageable_by(admin()).count() == Agent.objects.count()


def test_give_post_wants_a_team_for_roles_that_deal_with_requests() -> None:
    services.load_teams()
    agent, by = make.agent(Role.EDITOR), admin()
    with pytest.raises(InvalidInput):
        services.give_post(
            agent=agent, role=Role.RECEPTION, team_key="", since_date=TODAY, by=by, at=NOW
        )
    services.give_post(
        agent=agent, role=Role.RECEPTION, team_key="reception", since_date=TODAY, by=by, at=NOW
    )
    assert queries.actor_for(agent, TODAY).roles == {Role.EDITOR, Role.RECEPTION}
    with pytest.raises(WrongState):
        services.give_post(
            agent=agent, role=Role.RECEPTION, team_key="reception", since_date=TODAY, by=by, at=NOW
        )


def test_end_post_takes_the_role_away_after_its_last_day() -> None:
    agent, by = make.agent(Role.EDITOR), admin()
    post = agent.posts.get()
    with pytest.raises(InvalidInput):
        services.end_post(post=post, until_date=date(2019, 1, 1), by=by, at=NOW)
    services.end_post(post=post, until_date=TODAY, by=by, at=NOW)
    assert queries.actor_for(agent, TODAY).roles == {Role.EDITOR}
    assert queries.actor_for(agent, TODAY + timedelta(days=1)).roles == frozenset()


def test_deactivate_agent_ends_her_posts_and_never_ones_own() -> None:
    by, agent = admin(), make.agent(Role.RECEPTION, "reception")
    with pytest.raises(WrongState):
        services.deactivate_agent(agent=Agent.objects.get(pk=by.ref), reason="x", by=by, at=NOW)
    services.deactivate_agent(agent=agent, reason="Départ", by=by, at=NOW)
    agent.refresh_from_db()
    assert (agent.is_active, queries.actor_for(agent, TODAY).roles) == (False, frozenset())
    with pytest.raises(WrongState):
        services.give_post(
            agent=agent, role=Role.EDITOR, team_key="", since_date=TODAY, by=by, at=NOW
        )
    services.reactivate_agent(agent=agent, reason="Retour", by=by, at=NOW)
    agent.refresh_from_db()
    assert agent.is_active


def test_reset_second_factor_forgets_the_application_and_its_codes() -> None:
    agent, other = make.agent(Role.EDITOR), make.agent(Role.EDITOR)
    for owner in (agent, agent, other):
        kind = "totp" if not Authenticator.objects.filter(user=owner).exists() else "recovery_codes"
        Authenticator.objects.create(user=owner, type=kind, data={})
    assert (
        services.reset_second_factor(agent=agent, reason="Téléphone perdu", by=admin(), at=NOW) == 2
    )
    assert set(Authenticator.objects.values_list("user", flat=True)) == {other.pk}


def test_edit_team_adds_renames_and_closes() -> None:
    by = admin()
    team = services.edit_team(name="Sport social", phone="", is_active=True, by=by, at=NOW)
    with pytest.raises(InvalidInput):
        services.edit_team(name="Sport social", phone="", is_active=True, by=by, at=NOW)
    services.edit_team(
        team=team, name="Sport", phone="065 00 00 00", is_active=False, by=by, at=NOW
    )
    assert (Team.objects.get().name, queries.team_by_key("sport-social")) == ("Sport", None)


def test_closed_accounts_are_emptied_a_year_after_the_last_post() -> None:
    left, kept = make.agent(Role.EDITOR), make.agent(Role.EDITOR)
    Agent.objects.filter(pk__in=[left.pk, kept.pk]).update(is_active=False)
    Post.objects.filter(agent=left).update(until_date=TODAY - timedelta(days=366))
    Post.objects.filter(agent=kept).update(until_date=TODAY - timedelta(days=300))
    assert retention.empty_closed_accounts(NOW) == 1
    assert retention.empty_closed_accounts(NOW) == 0
    left.refresh_from_db()
    assert (left.username, left.last_name, left.email) == (f"parti-{left.pk}", "", "")
