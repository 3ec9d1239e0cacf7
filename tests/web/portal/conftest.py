"""A portal on the catalogue, and a guide whose answers the test decides."""

from collections.abc import Callable

import pytest
from django.test import Client

from beffroi.guidance import library
from beffroi.guidance.engine.guide import Orientation, Reason, Result

Answer = Callable[..., None]


@pytest.fixture
def portal(catalogue: None, client: Client) -> Client:
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
