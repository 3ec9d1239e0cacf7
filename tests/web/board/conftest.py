"""The board as an agent who signed in meets it."""

from collections.abc import Callable

import pytest
from django.test import Client

from beffroi.accounts.models import Agent
from beffroi.core.actors import Actor

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def without_second_factor(settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False


@pytest.fixture
def door() -> Callable[[Actor], Client]:
    """Signs an agent in and gives her browser."""

    def opened(who: Actor) -> Client:
        client = Client()
        client.force_login(Agent.objects.get(pk=who.ref), backend=BACKEND)
        return client

    return opened
