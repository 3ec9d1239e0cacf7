"""What every test stands on: no network, a fixed moment, the catalogue when it is asked for."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoDbBlocker

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
    """A database already migrated is copied and not migrated anew."""
    from django.core import management
    from django.db import connection

    folder = pytestconfig.cache.mkdir("migrated")
    real = management.call_command

    def call_command(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate":
            return real(name, *args, **options)
        management.call_command = real
        connection.ensure_connection()
        migrated.fill(connection, folder, lambda: real(name, *args, **options))
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


def _load_catalogue() -> None:
    from beffroi.accounts import services as accounts
    from beffroi.acts.requests import services as requests
    from beffroi.directory import services as directory

    moment = datetime(2026, 11, 24, 9, 30, tzinfo=BRUSSELS)
    directory.load_catalogue(by=system_actor("tests"), at=moment)
    accounts.load_teams()
    requests.load_forms()


@pytest.fixture(scope="module")
def loaded_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What `catalogue` gives, loaded once for the module and taken away after it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        _load_catalogue()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def catalogue(loaded_catalogue: None, db: None) -> None:
    """The catalogue, the teams and the forms, without the phrases; every test of the module sees them."""


@pytest.fixture
def own_catalogue(db: None) -> None:
    """The same for one test, in a module whose others start from an empty directory."""
    _load_catalogue()


def agent_actor(ref: int, role: str, team: str = "") -> Actor:
    """This function will give an agent with one post, as services take her."""
    return Actor(ActorKind.AGENT, str(ref), f"Agent {ref}", (Post(role, role, team, team),))


_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def _is_a_test_case(item: pytest.Item) -> bool:
    """Whether it is a method of one of Django’s own test cases: those name no fixture."""
    from django.test import SimpleTestCase

    owner = getattr(item, "cls", None)
    return isinstance(owner, type) and issubclass(owner, SimpleTestCase)


#: Files of minutes: begun first, so that no worker is left alone with one at the end.
_SLOW = ("guards/test_canaries", "demo/test_demo.", "guards/test_access", "browser/test_axe")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow files first; on the production database, only what touches a database is passed.

    The rest was passed on SQLite.
    """
    items.sort(key=lambda item: not any(name in item.nodeid for name in _SLOW))
    if not os.environ.get("BEFFROI_DATABASE", "").startswith("postgres"):
        return
    kept, left = [], []
    for item in items:
        uses = _DATABASE & set(getattr(item, "fixturenames", ()))
        touches = uses or item.get_closest_marker("django_db") or _is_a_test_case(item)
        (kept if touches else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)
