"""The mark of a form, held with its act."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from tests.factories.requests import NOW

from beffroi.audit.models import Sending
from beffroi.audit.sendings import Answer, sending

pytestmark = pytest.mark.django_db


def _given(**more):
    return {"mark": uuid4(), "sender": "7", "path": "/desk/", "digest": "a" * 64, "at": NOW} | more


def test_second_sending_finds_the_answer_of_the_first() -> None:
    given, answer = _given(), Answer("/desk/1/", ((25, "C’est fait."),))
    with sending(**given) as first:
        assert first.known is None
        first.answer = answer
    with sending(**given) as second:
        assert second.known == answer
    for other in ({"sender": "8"}, {"path": "/board/"}, {"digest": "b" * 64}, {"mark": uuid4()}):
        with sending(**given | other) as another:
            assert another.known is None


def test_mark_of_what_was_refused_is_free_again() -> None:
    given = _given()
    with pytest.raises(ValueError, match="refused"), sending(**given):
        raise ValueError("refused")
    with sending(**given):
        pass
    with sending(**given) as long:
        long.answer = Answer("/" * 301)
    assert not Sending.objects.exists()


def test_act_the_database_gave_up_leaves_nothing_and_no_second_fault() -> None:
    with sending(**_given()), suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not Sending.objects.exists()
