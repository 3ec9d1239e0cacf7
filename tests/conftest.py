"""What every test stands on: no network, a fixed moment, the catalogue when it is asked for."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from beffroi.core.actors import Actor, ActorKind, Post, system_actor
from tests import migrated

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture
def at() -> datetime:
    """A Tuesday morning on which nothing special happens."""
    return datetime(2026, 11, 24, 9, 30, tzinfo=BRUSSELS)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    pytestconfig: pytest.Config, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """On SQLite, a database already migrated is copied and not migrated anew."""
    from django.core import management
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    folder = pytestconfig.cache.mkdir("migrated")
    real = management.call_command

    def call_command(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate":
            return real(name, *args, **options)
        management.call_command = real
        connection.ensure_connection()
        migrated.fill(connection.connection, folder, lambda: real(name, *args, **options))
        return None

    management.call_command = call_command


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that would reach outside this machine fails loudly."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        local = isinstance(address, str | bytes) or (
            isinstance(address, tuple) and str(address[0]) in {"127.0.0.1", "::1", "localhost"}
        )
        if not local:
            raise AssertionError(f"a test tried to reach {address!r}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def private_files(settings: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files received in a test go to a folder of its own."""
    settings.BEFFROI_PRIVATE_FILES = tmp_path_factory.mktemp("private")  # type: ignore[attr-defined]
    yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Limits and cached pages of one test do not reach the next."""
    from django.conf import settings
    from django.core.cache import caches

    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(autouse=True)
def french() -> None:
    """A page read in another language by one test leaves the next in French."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def house() -> Actor:
    """The system itself, for what is set up before the test begins."""
    return system_actor("tests")


@pytest.fixture
def catalogue(db: None, house: Actor, at: datetime) -> None:
    """The catalogue, the teams and the forms, without the phrases."""
    from beffroi.accounts import services as accounts
    from beffroi.acts.requests import services as requests
    from beffroi.directory import services as directory

    directory.load_catalogue(by=house, at=at)
    accounts.load_teams()
    requests.load_forms()


def agent_actor(ref: int, role: str, team: str = "") -> Actor:
    """This function will give an agent with one post, as services take her."""
    return Actor(ActorKind.AGENT, str(ref), f"Agent {ref}", (Post(role, role, team, team),))


_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def _is_a_test_case(item: pytest.Item) -> bool:
    """Whether it is a method of one of Django’s own test cases: those name no fixture."""
    from django.test import SimpleTestCase

    owner = getattr(item, "cls", None)
    return isinstance(owner, type) and issubclass(owner, SimpleTestCase)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the production database only what touches a database is passed: the rest was, on SQLite."""
    if not os.environ.get("BEFFROI_DATABASE", "").startswith("postgres"):
        return
    kept, left = [], []
    for item in items:
        uses = _DATABASE & set(getattr(item, "fixturenames", ()))
        touches = uses or item.get_closest_marker("django_db") or _is_a_test_case(item)
        (kept if touches else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)
