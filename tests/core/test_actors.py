"""How a post is said: role and team, once when they bear the same name."""

import pytest

from beffroi.core.actors import Post


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
