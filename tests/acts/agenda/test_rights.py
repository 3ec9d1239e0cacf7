"""Who sees the agenda: reception, the leader, the worker, her colleague, another team, a stranger."""

import pytest
from tests.factories.agenda import (
    NOW,
    TODAY,
    announced,
    appointment,
    leader,
    permanence,
    reception,
    room,
)
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.agenda import permissions, queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.enums import NextStep
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor
from beffroi.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
NOT_CASE = sorted(set(Role) - {
    "reception", "social_worker", "team_leader", "animator", "prevention_worker", "pcs_lead"
})  # fmt: skip


def test_appointment_is_seen_by_its_worker_the_leader_and_the_desk_that_serves_the_team() -> None:
    mine, chief, served = agent(), leader(), reception()
    permanence("aid")
    seen = {
        "mine": mine, "chief": chief, "served": served, "colleague": agent(),
        "other_chief": leader("debts"), "other_desk": reception("other_desk"),
        "other": agent(Role.SOCIAL_WORKER, "debts"), "person": person_actor("DEM-2026-00001"),
    }  # fmt: skip
    made = appointment(mine)
    sees = {
        name for name, who in seen.items()
        if permissions.appointments_visible_to(who).filter(pk=made.pk).exists()
    }  # fmt: skip
    assert sees == {"mine", "chief", "served"}


@pytest.mark.parametrize("role", NOT_CASE)
def test_other_roles_see_nothing_of_the_agenda(role: str) -> None:
    appointment(agent())
    announced(reception())
    who = agent(role, "aid")
    assert list(permissions.appointments_visible_to(who)) == []
    assert list(permissions.arrivals_visible_to(who)) == []


def test_colleague_sees_when_and_never_with_whom() -> None:
    mine = agent()
    made = appointment(mine, name="Zénobie Canari", subject_ref="DEM-2026-00009")
    busy = queries.busy_times([int(mine.ref)], TODAY, 7)
    assert [(b.starts_at, b.ends_at) for b in busy] == [(made.starts_at, made.ends_at)]
    assert [leak for leak in ("Canari", "DEM-", made.reference) if leak in repr(busy)] == []


ACTS = {
    "read": lambda r, by: agenda.read_appointment(reference=r, by=by, at=NOW),
    "confirm": lambda r, by: agenda.confirm(reference=r, by=by, at=NOW),
    "cancel": lambda r, by: agenda.cancel(reference=r, why="Malade", by=by, at=NOW),
    "miss": lambda r, by: agenda.miss(reference=r, next_step=NextStep.CALL, by=by, at=NOW),
    "keep": lambda r, by: agenda.keep(reference=r, by=by, at=NOW),
    "move": lambda r, by: agenda.move(reference=r, starts_at=NOW, why="Bus", by=by, at=NOW),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_act_is_refused_to_whom_does_not_see_it(act: str) -> None:
    made = appointment(agent())
    rows = JournalEntry.objects.count()
    for who in (agent(), agent(Role.SOCIAL_WORKER, "debts"), person_actor(made.reference)):
        with pytest.raises(NotAllowed):
            ACTS[act](made.reference, who)
    assert JournalEntry.objects.count() == rows


def test_who_waits_is_seen_by_the_desk_her_worker_the_leader_and_of_nobody_by_the_team() -> None:
    desk, mine, mate, chief = reception(), agent(), agent(), leader()
    hers, free = announced(desk, worker=int(mine.ref)), announced(desk)
    people = {
        "desk": desk, "mine": mine, "mate": mate, "chief": chief,
        "other": agent(Role.SOCIAL_WORKER, "debts"), "other_desk": reception("other_desk"),
    }  # fmt: skip
    sees = {
        name: set(permissions.arrivals_visible_to(who).values_list("pk", flat=True))
        for name, who in people.items()
    }
    both = {hers.pk, free.pk}
    assert sees == {
        "desk": both, "mine": both, "mate": {free.pk}, "chief": both, "other": set(),
        "other_desk": set(),
    }  # fmt: skip


def test_notes_to_prepare_are_for_the_worker_and_her_leader() -> None:
    mine, chief, desk = agent(), leader(), reception()
    made = appointment(mine)
    allowed = [permissions.can_see_notes(who, made) for who in (mine, chief, desk, agent())]
    assert allowed == [True, True, False, False]


def test_hours_are_kept_by_the_worker_and_her_leader_alone() -> None:
    mine, chief = agent(), leader()
    people = (mine, chief, agent(), leader("debts"), reception(), agent(Role.EDITOR, ""))
    allowed = [permissions.can_keep_hours(who, int(mine.ref), TODAY) for who in people]
    assert allowed == [True, True, False, False, False, False]


def test_rooms_are_kept_by_leaders() -> None:
    local = room()
    with pytest.raises(NotAllowed):
        agenda.close_room(room=local.pk, by=reception(), at=NOW)
    agenda.close_room(room=local.pk, by=leader(), at=NOW)
    local.refresh_from_db()
    assert local.is_active is False
