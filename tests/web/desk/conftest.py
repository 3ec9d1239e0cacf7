"""The desk as an agent who signed in meets it."""

import time
from collections.abc import Callable

import pytest
from allauth.account.internal.flows import login as allauth
from django.test import Client

from beffroi.accounts.models import Agent
from beffroi.core.actors import Actor

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def without_second_factor(settings) -> None:
    settings.BEFFROI_SECOND_FACTOR = False


def signed_in_again(client: Client, method: str = "password", seconds_ago: float = 0) -> None:
    """Leaves in the session what showing a password or a code leaves there."""
    session = client.session
    session[allauth.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": time.time() - seconds_ago}
    ]
    session[allauth._AUTHENTICATION_METHODS_USER_SESSION_KEY] = session["_auth_user_id"]
    session.save()


@pytest.fixture
def door() -> Callable[[Actor], Client]:
    """Signs an agent in and gives her browser."""

    def opened(who: Actor, fresh: bool = False) -> Client:
        client = Client()
        client.force_login(Agent.objects.get(pk=who.ref), backend=BACKEND)
        if fresh:
            signed_in_again(client)
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
