"""The log names no person and holds no key."""

import logging
from logging.config import DictConfigurator

import pytest
from django.conf import settings as house
from django.urls import reverse
from tests.factories.requests import ask


def _written(records: list[logging.LogRecord]) -> str:
    plain = dict(house.LOGGING["formatters"]["plain"])
    formatter = DictConfigurator(house.LOGGING).configure_formatter(plain)
    return "\n".join(formatter.format(record) for record in records)


@pytest.mark.django_db
def test_refused_form_on_a_persons_page_leaves_no_code_in_the_log(client, caplog) -> None:
    asked = ask()
    address = reverse("portal:follow_up_write", kwargs=asked.key)
    assert client.post(address, {"text": ""}).status_code == 422
    lines = _written(caplog.records)
    assert asked.reference in lines
    assert asked.receipt.secret not in lines


@pytest.mark.django_db
def test_code_typed_without_its_dashes_is_not_logged_either(client, caplog) -> None:
    asked = ask()
    plain = asked.receipt.secret.replace("-", "").lower()
    key = {"reference": asked.reference, "secret": plain}
    assert client.post(reverse("portal:follow_up_write", kwargs=key), {}).status_code == 422
    assert plain not in _written(caplog.records)


def test_refusal_of_a_mail_server_does_not_tell_to_whom(caplog) -> None:
    try:
        raise OSError({"lucie@exemple.test": (550, b"no such user")})
    except OSError:
        logging.getLogger("django.db.backends.base").exception("Error in on_commit")
    lines = _written(caplog.records)
    assert "Error in on_commit" in lines
    assert "lucie" not in lines
