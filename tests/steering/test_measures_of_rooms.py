"""What the rooms that follow people count: each says the number, who is behind, and to whom."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories import after, agenda, agreements, casework, mediation
from tests.factories import people as persons
from tests.factories import steering as made
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.agenda import services as meetings
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import Outcome
from beffroi.core.errors import InvalidInput
from beffroi.core.measures import Scope
from beffroi.people import services as people
from beffroi.steering import services as steering
from beffroi.steering.figures import count, figure_of, people_of
from beffroi.steering.measures import choices_of, measure_named

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def _value(key: str, *refs: str, period: tuple[date, date] = YEAR) -> Decimal | None:
    return count(measure_named(key), Scope(*period, frozenset(refs) if refs else None))[0]


def _behind(key: str, actor) -> list[str]:
    return [act.label for act in measure_named(key).acts(Scope(*YEAR), actor)]


def test_meetings_count_where_they_were_kept_and_each_person_once() -> None:
    worker = agent(Role.SOCIAL_WORKER, "aid")
    who = persons.person()
    kept = [
        agenda.appointment(worker, hours=-24 * n, at=agenda.later(-24 * 9), person_ref=who.reference)
        for n in (1, 2)
    ]  # fmt: skip
    for one in kept:
        meetings.keep(reference=one.reference, by=worker, at=agenda.NOW)
    agenda.appointment(worker)
    assert _value("agenda.kept") == _value("agenda.kept", "team:aid") == 2
    assert (_value("agenda.kept", "team:debts"), _value("agenda.missed")) == (0, 0)
    assert _value("agenda.people_met") == 1
    assert [label[:6] for label in _behind("agenda.kept", worker)] == [
        one.reference[:6] for one in reversed(kept)
    ]
    assert _behind("agenda.kept", agent(Role.SOCIAL_WORKER, "debts")) == []


def test_who_was_received_at_a_desk_counts_once_by_coming() -> None:
    desk, worker = agenda.reception(), agent(Role.SOCIAL_WORKER, "aid")
    arrival = agenda.announced(desk)
    assert _value("agenda.received") == 0
    given = {"arrival": arrival.pk, "by": worker, "at": agenda.NOW}
    meetings.call(**given)
    meetings.receive(**given)
    meetings.finish(**given)
    assert _value("agenda.received", "desk:reception") == _value("agenda.received") == 1
    assert _behind("agenda.received", agent(Role.ANIMATOR, "houses")) == []


def test_agreements_run_on_a_day_and_bind_people_over_a_period() -> None:
    one, other = agreements.running(), agreements.work()
    agreements.drafted()
    assert _value("agreements.running") == _value("agreements.begun") == 2
    assert _value("agreements.running", "kind:art60") == 1
    before = (date(2025, 1, 1), date(2025, 12, 31))
    assert _value("agreements.running", period=before) == 0
    bound = {row.person_id for row in (one.row, other.row) if row.person_id}
    assert _value("agreements.people") == len(bound)
    assert set(_behind("agreements.running", one.by)) == {
        f"{row.reference} · {row.get_kind_display()}" for row in (one.row, other.row)
    }
    assert _behind("agreements.running", agent(Role.ANIMATOR, "houses")) == []


def test_mediation_counts_its_households_and_shows_files_to_mediators_alone() -> None:
    one, other = mediation.opened(), mediation.opened()
    budgets.close(
        reference=other.reference, outcome=Outcome.SUCCESS, why="Tout est payé.", by=other.by,
        at=mediation.NOW,
    )  # fmt: skip
    assert (_value("debts.households"), _value("debts.opened")) == (2, 2)
    assert (_value("debts.open"), _value("debts.closed", "outcome:success")) == (1, 1)
    assert _value("debts.closed", "outcome:break") == 0
    assert set(_behind("debts.households", one.by)) == {one.reference, other.reference}
    assert _behind("debts.households", agent(Role.SOCIAL_WORKER, "aid")) == []


def test_files_count_aids_and_whoever_is_helped_in_two_rooms_is_one_person() -> None:
    one = after.granted()
    casework.held(kind="living_income")
    assert (_value("casework.asked"), _value("casework.decided")) == (2, 1)
    assert _value("casework.running") == _value("casework.running", "aid:living_income") == 1
    assert (_value("casework.running", "aid:heating"), _value("casework.people")) == (0, 1)
    assert _behind("casework.decided", agent(Role.SOCIAL_WORKER, "debts")) == []
    assert len(_behind("casework.decided", one.worker)) == 1
    met = agenda.appointment(one.worker, hours=-2, at=agenda.later(-48), person_ref=one.person)
    meetings.keep(reference=met.reference, by=one.worker, at=agenda.NOW)
    both = [(measure_named(key), Scope(*YEAR)) for key in ("agenda.people_met", "casework.people")]
    assert people_of(both) == 1


def test_people_merged_later_are_one_in_every_room() -> None:
    worker = agent(Role.SOCIAL_WORKER, "aid")
    first, second = persons.person(), persons.person()
    for n, who in enumerate((first, second), start=1):
        met = agenda.appointment(
            worker, hours=-24 * n, at=agenda.NOW - timedelta(days=9), person_ref=who.reference
        )
        meetings.keep(reference=met.reference, by=worker, at=agenda.NOW)
    assert _value("agenda.people_met") == 2
    people.merge(
        kept=first.reference, absorbed=second.reference, why="La même", by=persons.HOUSE,
        at=agenda.NOW,
    )  # fmt: skip
    assert _value("agenda.people_met") == 1


@pytest.mark.parametrize(
    "key", ["agenda.kept", "agenda.received", "agreements.running", "casework.asked", "debts.closed"]
)  # fmt: skip
def test_every_choice_can_be_counted(key: str) -> None:
    agent(Role.SOCIAL_WORKER, "aid")
    found = choices_of(key)
    assert found
    assert {_value(key, one.ref) for one in found} == {Decimal(0)}


def test_line_follows_acts_that_do_not_know_it_only_by_what_they_are() -> None:
    made.plan()
    line = made.line(12)
    with pytest.raises(InvalidInput) as told:
        steering.follow(line=line, draft=steering.IndicatorDraft("debts.opened"), **made.GIVEN)
    assert set(told.value.fields) == {"refs"}
    mediation.opened()
    chosen = steering.IndicatorDraft("agreements.running", ("kind:art60",))
    row = steering.follow(line=line, draft=chosen, **made.GIVEN)
    agreements.work()
    assert figure_of(row, *YEAR).value == 1
