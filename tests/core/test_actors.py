"""How a post is said, role and team, once when they bear the same name; and what is held where."""

import pytest

from beffroi.core.actors import Actor, ActorKind, Post, system_actor


@pytest.mark.parametrize(
    ("role", "team", "said"),
    [
        ("Travailleur social", "Énergie", "Travailleur social, Énergie"),
        ("Médiation de dettes", "Médiation de dettes", "Médiation de dettes"),
        ("Accueil", "ACCUEIL", "Accueil"),
        ("Direction générale", "", "Direction générale"),
    ],
)
def test_post_says_a_name_once(role: str, team: str, said: str) -> None:
    assert Post("role", role, "team" if team else "", team).label == said


def test_teams_of_an_agent_are_those_where_she_holds_one_of_the_roles() -> None:
    posts = (
        Post("animator", "", "houses"), Post("leader", "", "street"), Post("animator", "", ""),
        Post("clerk", "", "desk"),
    )  # fmt: skip
    who = Actor(ActorKind.AGENT, "1", "Ana", posts)
    assert who.teams_with({"animator", "leader"}) == {"houses", "street"}
    assert who.teams_with({"director"}) == frozenset()
    assert Actor(ActorKind.PERSON, "1", "Ana", posts).teams_with({"animator"}) == frozenset()
    assert system_actor("tests").teams_with({"animator"}) == frozenset()
