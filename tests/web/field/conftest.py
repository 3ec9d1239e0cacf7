"""The phones’ door as an agent who signed in meets it."""

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


@pytest.fixture
def queries_of() -> Callable[[Client, str], int]:
    """Counts the queries of a page; the savepoints of the test itself are not counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counted(client: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return sum("SAVEPOINT" not in query["sql"] for query in seen)

    return counted
