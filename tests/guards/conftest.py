"""What the guards that open every address share."""

import pytest
from django.http import HttpRequest, HttpResponse

from beffroi.web import errors


@pytest.fixture
def short_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is read by its status: its page, drawn thousands of times, says nothing more."""

    def refuse(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
        return HttpResponse(template, status=status)

    monkeypatch.setattr(errors, "render", refuse)
