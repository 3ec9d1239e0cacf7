"""Who has nothing to do with the board."""

import pytest
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor


@pytest.fixture
def stranger() -> Actor:
    """An agent of another trade."""
    return agent(Role.SOCIAL_WORKER, "general_help")
