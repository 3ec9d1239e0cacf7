"""A person alone with nothing at all, to whom each test adds what it is about."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

URL = "/revenu-integration/estimation/"
TODAY = date(2026, 11, 24)
#: Every question that always arises, answered: nothing but herself.
NOTHING = {
    "home": ["alone"], "incomes": ["none"], "student": "no", "receiving": "no", "savings": "no",
    "property": ["none"], "given": "no", "housing": "no",
}  # fmt: skip

Send = Callable[..., str]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The day of the pages, so that amounts do not move with the calendar."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    return TODAY


@pytest.fixture
def send(portal: Client, today: date) -> Send:
    """Sends the answers and gives the page; what is given replaces what `NOTHING` says."""

    def post(lang: str = "", status: int = 200, **given: object) -> str:
        prefix = f"/{lang}" if lang else ""
        response = portal.post(f"{prefix}{URL}", {**NOTHING, **given})
        assert response.status_code == status
        html = response.content.decode()
        assert "⟦undefined" not in html
        return html

    return post


@pytest.fixture
def portal(portal: Client, django_db_blocker: DjangoDbBlocker) -> Iterator[Client]:
    """The portal, where forms are checked as in the house: no token is asked of these pages."""
    portal.handler.enforce_csrf_checks = True
    yield portal
