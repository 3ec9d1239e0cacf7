"""Whoever knows a line is asked for its words: in time, once, and only while they lack."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, HOUSE, lead, line, plan

from beffroi.accounts.enums import Role
from beffroi.accounts.models import Agent
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.steering import permissions, retention, tellers
from beffroi.steering import services as steering
from beffroi.steering.models import Line, LineTeller, LineYear, TextAsk

pytestmark = pytest.mark.django_db
#: The reports of 2025 are due on 31 March 2026: the steps are 15 January, 14 February, 17 March.
FIRST = datetime(2026, 1, 15, 8, tzinfo=UTC)


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    def asked(at: datetime = FIRST) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            return steering.ask_texts(by=HOUSE, at=at)

    return asked


def _teller(*numbers: int, role: str = Role.ANIMATOR, address: str = "ana@exemple.be"):
    plan()
    who = agent(role, "houses")
    Agent.objects.filter(pk=who.ref).update(email=address)
    for number in numbers:
        steering.name_teller(line=line(number), agent=int(who.ref), **GIVEN)
    return who


def test_one_mail_asks_for_all_the_lines_of_an_agent_with_the_way_to_each(ask) -> None:
    _teller(3, 12)
    assert ask() == ["ana@exemple.be"]
    sent = mail.outbox[0]
    assert sent.to == ["ana@exemple.be"]
    for number in (3, 12):
        args = ["mons-pcs-2020", number, 2025]
        assert reverse("board:line_text", args=args) in sent.body
    assert "31 mars 2026" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_each_step_asks_once_and_a_missed_one_is_not_made_up_for(ask) -> None:
    _teller(3)
    days = (0, 0, 1, 30, 31, 61, 62, 75)
    assert [len(ask(FIRST + timedelta(days=day))) for day in days] == [1, 0, 0, 1, 0, 1, 0, 0]
    assert TextAsk.objects.count() == 3
    TextAsk.objects.all().delete()
    assert len(ask(FIRST + timedelta(days=62))) == 1


def test_nothing_is_asked_before_the_first_step_nor_after_the_reports_left(ask) -> None:
    _teller(3)
    assert ask(FIRST - timedelta(days=1)) == []
    assert ask(datetime(2026, 4, 1, 8, tzinfo=UTC)) == []
    assert ask(datetime(2031, 2, 1, 8, tzinfo=UTC)) == []


def test_a_line_that_told_its_year_is_not_asked(ask) -> None:
    who = _teller(3, 12)
    steering.tell_year(line=line(3), year=2025, status="done", by=who, at=FIRST)
    assert ask() == ["ana@exemple.be"]
    assert "/lignes/3/" not in mail.outbox[0].body
    assert LineYear.objects.get().said_by == who.label


def test_an_agent_without_an_address_is_not_written_to(ask) -> None:
    _teller(3, address="")
    assert ask() == []
    assert not TextAsk.objects.exists()


def test_four_people_and_the_words_of_a_line() -> None:
    own = _teller(3)
    given = {"line": line(3), "year": 2025, "status": "done", "at": FIRST}
    other, stranger = agent(Role.ANIMATOR, "houses"), person_actor("P1")
    for who in (other, agent(Role.SOCIAL_WORKER, "poverty"), agent(Role.PRESIDENT), stranger):
        assert not permissions.can_tell(who, line(3))
        with pytest.raises(NotAllowed):
            steering.tell_year(**given, by=who)
    assert [one.number for one in permissions.lines_to_tell_by(own)] == [3]
    assert not permissions.can_tell(own, line(12))
    steering.tell_year(**given, by=own)
    with pytest.raises(NotAllowed):
        steering.ask_texts(by=own, at=FIRST)
    with pytest.raises(NotAllowed):
        steering.name_teller(line=line(12), agent=int(own.ref), by=own, at=FIRST)
    assert permissions.can_tell(lead(), line(12))


def test_teller_is_named_once_among_those_who_may_and_let_go_once() -> None:
    own = _teller(3)
    for wrong in (int(own.ref), int(agent(Role.EDITOR).ref), 0):
        with pytest.raises(InvalidInput):
            steering.name_teller(line=line(3), agent=wrong, **GIVEN)
    row = tellers.tellers_of(line(3)).get()
    assert len(tellers.told_by_nobody(Line.objects.all())) == 31
    steering.drop_teller(teller=LineTeller.objects.get(pk=row.pk), **GIVEN)
    with pytest.raises(WrongState):
        steering.drop_teller(teller=row, **GIVEN)


def test_whom_a_text_was_asked_of_is_forgotten_after_two_years(ask) -> None:
    _teller(3)
    ask()
    assert retention.forget_asks(FIRST + timedelta(days=729)) == 0
    assert retention.forget_asks(FIRST + timedelta(days=730)) == 1
    end = datetime(2028, 12, 30, 12, tzinfo=UTC)
    assert retention.forget_tellers_gone(end - timedelta(days=1)) == 0
    assert retention.forget_tellers_gone(end) == 1
