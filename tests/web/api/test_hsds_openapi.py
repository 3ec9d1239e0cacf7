"""What the OpenAPI document promises is kept, whatever is sent."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from beffroi.config.wsgi import application
from beffroi.web.api.hsds.openapi import document

api = schemathesis.openapi.from_dict(document("http://testserver/api/hsds/"))


@pytest.fixture(autouse=True)
def _catalogue(catalogue: None) -> None:
    """The schema is tried on the real content."""


@api.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_address_keeps_what_the_document_promises(case: Any) -> None:
    response = case.call(app=application)
    case.validate_response(response)
