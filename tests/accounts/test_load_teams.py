import pytest

from beffroi.accounts import queries, services
from beffroi.accounts.models import Team

pytestmark = pytest.mark.django_db

KEYS = {
    "reception", "general_aid", "health_aid", "debts", "energy", "housing", "foreigners",
    "insertion", "rest_home", "houses", "prevention", "street_work", "mediation", "tags", "smja",
    "digital", "pcs", "equality",
}  # fmt: skip


def test_load_teams_gives_every_team_that_services_name() -> None:
    assert services.load_teams() == len(KEYS)
    assert {team.key for team in queries.teams()} == KEYS


def test_load_teams_again_keeps_what_an_administrator_changed() -> None:
    services.load_teams()
    Team.objects.filter(key="tags").update(name="Équipe anti-tags", is_active=False)
    assert services.load_teams() == len(KEYS)
    assert Team.objects.get(key="tags").name == "Équipe anti-tags"
    assert not Team.objects.get(key="tags").is_active
