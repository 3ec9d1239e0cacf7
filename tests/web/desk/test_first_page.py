"""What each role meets first: its own work, true and without names where it has no right to them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.requests import agent, ask

from beffroi.accounts.enums import Role
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Outcome

pytestmark = pytest.mark.django_db
DIRECTION = (Role.COUNCIL_MEMBER, Role.PRESIDENT, Role.DIRECTOR_GENERAL, Role.FINANCE_DIRECTOR)


@pytest.mark.parametrize("role", DIRECTION)
def test_direction_sees_counts_by_team_and_no_name(door, role) -> None:
    now, worker = timezone.now(), agent()
    late = ask("aid", at=now - timedelta(days=40), name="Lucie Baudour")
    done = ask(at=now - timedelta(days=4), name="Paul Henrion")
    requests.close(
        reference=done.reference, outcome=Outcome.HELPED, text="Fait.", by=worker, at=now
    )
    html = door(agent(role, "")).get("/desk/").content.decode()
    assert "1 demande a dépassé son délai légal : Équipe aid (1)." in html
    assert "Aide ou service rendu" in html
    told = ("Lucie", "Baudour", "Henrion", late.reference, done.reference)
    assert [name for name in told if name in html] == []


@pytest.mark.parametrize("role", sorted(Role))
def test_every_role_has_a_whole_first_page(door, role) -> None:
    team = "aid" if role in ("reception", "social_worker", "team_leader", "animator", "prevention_worker", "pcs_lead") else ""  # fmt: skip
    ask("aid", at=timezone.now() - timedelta(days=40))
    page = door(agent(role, team)).get("/desk/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "⟦undefined" not in html
    assert html.count("<h1>") == 1


def test_side_bar_leads_only_where_the_agent_may_go(door) -> None:
    import re

    for role in Role:
        team = "aid" if role in ("social_worker", "team_leader") else ""
        client = door(agent(role, team))
        html = client.get("/desk/").content.decode()
        bar = html.partition('aria-label="Bureau"')[2].partition("</nav>")[0]
        links = re.findall(r'href="(/desk/[^"]*)"', bar)
        assert [
            link for link in links if client.get(link.replace("&amp;", "&")).status_code != 200
        ] == []
        assert links


def test_project_lead_without_requests_sees_the_figures(door) -> None:
    ask("aid", at=timezone.now() - timedelta(days=40))
    html = door(agent(Role.PCS_LEAD, "pcs")).get("/desk/").content.decode()
    assert "Demandes par équipe" in html


def test_leader_gives_a_request_to_somebody_of_the_team_alone(door) -> None:
    leader, mate, other = agent(Role.TEAM_LEADER), agent(), agent(Role.SOCIAL_WORKER, "debts")
    asked = ask("aid", at=timezone.now() - timedelta(days=40))
    client = door(leader)
    html = client.get("/desk/equipe/charge/").content.decode()
    assert f'<option value="{mate.ref}">' in html
    assert f'<option value="{other.ref}">' not in html
    path = "/desk/equipe/charge/confier/"
    refused = client.post(path, {"reference": asked.reference, "to": other.ref}, follow=True)
    assert "ne travaille pas dans l’équipe" in refused.content.decode()
    assert asked.row.assignee_id is None
    client.post(path, {"reference": asked.reference, "to": mate.ref})
    assert str(asked.row.assignee_id) == mate.ref
    assert client.get("/desk/").status_code == 200


def test_workload_costs_the_same_for_one_and_three_rows(door, queries_of) -> None:
    client = door(agent(Role.TEAM_LEADER))
    ask("aid", at=timezone.now() - timedelta(days=40))
    one = queries_of(client, "/desk/equipe/charge/")
    for _n in range(2):
        ask("aid", at=timezone.now() - timedelta(days=40))
    assert queries_of(client, "/desk/equipe/charge/") == one
    assert one <= 9


def test_figures_cost_the_same_for_one_and_three_teams(door, queries_of) -> None:
    client = door(agent(Role.PRESIDENT, ""))
    ask("aid")
    one = queries_of(client, "/desk/")
    ask(team_key="debts")
    ask(team_key="tags")
    assert queries_of(client, "/desk/") == one
    assert one <= 13
