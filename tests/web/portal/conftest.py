"""A portal on the catalogue, and a guide whose answers the test decides."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from beffroi.accounts import services as accounts
from beffroi.acts.requests import services as requests
from beffroi.core.actors import system_actor
from beffroi.directory import services as directory
from beffroi.guidance import library
from beffroi.guidance.engine.guide import Orientation, Reason, Result

Answer = Callable[..., None]


@pytest.fixture(scope="module")
def _catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The catalogue, loaded once for each module and taken away after it."""
    at = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    with django_db_blocker.unblock(), transaction.atomic():
        directory.load_catalogue(by=system_actor("tests"), at=at)
        accounts.load_teams()
        requests.load_forms()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def portal(_catalogue: None, db: None, client: Client) -> Client:
    """A browser of nobody in particular, on the whole catalogue."""
    return client


def result(service: str, reason: Reason | None = None, status: str = "running") -> Result:
    return Result(service, service, status, 0.8, reason or Reason("meaning"), "")


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Decides what the guide finds, and in which language it hears the words."""

    def answer(
        *results: Result, lang: str = "fr", urgent: str | None = None, confident: bool = True
    ) -> None:
        found = Orientation(lang, urgent, confident, tuple(results))
        monkeypatch.setattr(library, "orient", lambda words, lang: found)

    return answer
