"""The waiting room: who is announced, called, received, and who left."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import planning_queries as planning
from beffroi.acts.agenda import queries
from beffroi.acts.agenda.enums import AnnouncedBy, AppointmentState, ArrivalState
from beffroi.acts.agenda.models import Appointment, Arrival, TicketCount
from beffroi.acts.agenda.permissions import (
    arrivals_visible_to,
    can_announce,
    can_give_arrival,
    desk_teams,
    is_kin,
    own_teams,
)
from beffroi.acts.agenda.services.moves import (
    keep_arrival_move,
    move_appointment,
    move_arrival,
    must_not_be_kin,
    must_say,
    trace_arrival,
)
from beffroi.acts.agenda.subjects import person_of
from beffroi.core.actors import Actor, person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState

#: Series of tickets: with an appointment, and without. Neither tells the service.
WITH_APPOINTMENT, WITHOUT = "A", "B"


class NotExpected(Refusal):
    """No appointment of today answers to this reference; whether it exists is not told."""

    def __init__(self) -> None:
        super().__init__(
            _("Nous ne pouvons pas vous annoncer avec cette référence."),
            todo=_("Présentez-vous à l’accueil : on vous y aidera, avec ou sans rendez-vous."),
        )


def _ticket(series: str, at: datetime) -> dict[str, object]:
    """The next ticket of the day, taken by an UPDATE in the transaction under way."""
    day = timezone.localdate(at)
    TicketCount.objects.get_or_create(date=day, series=series)
    row = TicketCount.objects.filter(date=day, series=series)
    row.update(last=F("last") + 1)
    return {"date": day, "series": series, "number": row.values_list("last", flat=True).get()}


@transaction.atomic
def announce_expected(*, reference: str, desk: str, by: Actor, at: datetime) -> Arrival:
    """This function will announce somebody who has an appointment today; twice, it is one arrival.

    Raises: NotAllowed when this desk is not the actor's; NotExpected.
    """
    if not can_announce(by, desk):
        raise NotAllowed(_("Ce n’est pas votre accueil."))
    appointment = queries.announceable(reference, at)
    if appointment is None or is_kin(int(by.ref), appointment.person_id):
        raise NotExpected
    return _announce(appointment, desk, AnnouncedBy.DESK, by=by, at=at)


@transaction.atomic
def announce_herself(*, reference: str, at: datetime) -> Arrival:
    """This function will announce the person who typed her reference at the door.

    Raises: NotExpected for every reference that does not open an appointment of today.
    """
    appointment = queries.announceable(reference, at)
    if appointment is None:
        raise NotExpected
    desk = appointment.room.desk.key if appointment.room is not None else appointment.team.key
    by = person_actor(appointment.reference)
    return _announce(appointment, desk, AnnouncedBy.HERSELF, by=by, at=at)


def _announce(
    appointment: Appointment, desk: str, how: AnnouncedBy, *, by: Actor, at: datetime
) -> Arrival:
    # Held, so that the person and the desk who announce her at once make one arrival.
    Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    known = Arrival.objects.select_related("team", "person").filter(appointment=appointment).first()
    if known is not None:
        if known.state == ArrivalState.GONE:
            move_arrival(known, "come_back", by=by, at=at, ended_at=None, called_at=None)
        elif known.state == ArrivalState.DONE:
            raise NotExpected
        return known
    team = accounts.team_by_key(desk)
    if team is None:
        raise NotExpected
    arrival = Arrival.objects.create(
        **_ticket(WITH_APPOINTMENT, at), team=appointment.team, desk=team,
        worker_id=appointment.worker_id, room_id=appointment.room_id, appointment=appointment,
        person_id=appointment.person_id, subject_ref=appointment.subject_ref,
        name=appointment.name, interpreter=appointment.interpreter, announced_by=how, since_at=at,
    )  # fmt: skip
    keep_arrival_move(arrival, "announce", "", ArrivalState.ANNOUNCED, by=by, at=at)
    return arrival


@transaction.atomic
def announce(
    *, desk: str, team: str, by: Actor, at: datetime, worker: int | None = None, name: str = "",
    person: int | None = None, subject_ref: str = "", interpreter: str = "",
    priority_reason: str = "",
) -> Arrival:  # fmt: skip
    """This function will announce somebody who comes without an appointment, for a team.

    A name is asked for unless she is known otherwise. Raises: NotAllowed; InvalidInput.
    """
    if not can_announce(by, desk):
        raise NotAllowed(_("Ce n’est pas votre accueil."))
    to, at_desk = accounts.team_by_key(team), accounts.team_by_key(desk)
    if to is None or at_desk is None:
        words = _("Choisissez l’équipe qui reçoit.")
        raise InvalidInput(words, fields={"team": words})
    if not name.strip() and person is None and not subject_ref:
        words = _("Écrivez un nom, celui que la personne veut bien donner.")
        raise InvalidInput(words, fields={"name": words})
    _works_there(worker, team, at)
    person = person or person_of(subject_ref, by)
    if worker is not None:
        must_not_be_kin(worker, person, subject_ref)
    arrival = Arrival.objects.create(
        **_ticket(WITHOUT, at), team=to, desk=at_desk, worker_id=worker, person_id=person,
        subject_ref=subject_ref, name=name.strip()[:160], interpreter=interpreter.strip()[:40],
        announced_by=AnnouncedBy.DESK, is_priority=bool(priority_reason.strip()),
        priority_reason=priority_reason.strip()[:200], since_at=at,
    )  # fmt: skip
    keep_arrival_move(arrival, "announce", "", ArrivalState.ANNOUNCED, by=by, at=at)
    return arrival


def _works_there(worker: int | None, team: str, at: datetime) -> None:
    if worker is None:
        return
    agents = accounts.agents_of([team], timezone.localdate(at))
    if not agents.filter(pk=worker).exists():
        words = _("Cette personne ne travaille pas dans cette équipe.")
        raise InvalidInput(words, fields={"worker": words})


def _visible(pk: int, by: Actor) -> Arrival:
    arrival = queries.arrival(arrivals_visible_to(by), pk)
    if arrival is None:
        raise NotAllowed(_("Cette personne n’attend pas chez vous."))
    return arrival


@transaction.atomic
def call(*, arrival: int, by: Actor, at: datetime, room: int | None = None) -> Arrival:
    """This function will put the ticket on the screen, with the room to go to; again, it blinks.

    Whoever calls somebody whom nobody had yet, takes her. Raises: NotAllowed; AlreadyMoved.
    """
    found = _visible(arrival, by)
    changes: dict[str, Any] = {"called_at": at}
    if room is not None:
        if planning.room(room) is None:
            words = _("Ce local n’est plus en usage.")
            raise InvalidInput(words, fields={"room": words})
        changes["room_id"] = room
    if found.worker_id is None and found.team.key in own_teams(by) - desk_teams(by):
        changes["worker_id"] = int(by.ref)
        must_not_be_kin(int(by.ref), found.person_id, found.subject_ref)
    key = "call_again" if found.state == ArrivalState.CALLED else "call"
    move_arrival(found, key, by=by, at=at, **changes)
    return found


@transaction.atomic
def receive(*, arrival: int, by: Actor, at: datetime) -> Arrival:
    """This function will note that the person is now with her worker; her appointment is kept.

    Whoever receives somebody whom nobody had yet, takes her. Raises: NotAllowed; AlreadyMoved;
    WrongState when the desk would receive somebody whom no worker has.
    """
    found = _visible(arrival, by)
    worker = found.worker_id
    if worker is None:
        if found.team.key not in own_teams(by):
            raise WrongState(
                _("Personne n’a encore été choisi pour recevoir %(ticket)s.")
                % {"ticket": found.ticket},
                todo=_("Dites d’abord à qui vous la confiez."),
            )
        worker = int(by.ref)
    must_not_be_kin(worker, found.person_id, found.subject_ref)
    move_arrival(found, "receive", by=by, at=at, worker_id=worker, received_at=at)
    _keep_appointment(found, by, at)
    return found


def _keep_appointment(arrival: Arrival, by: Actor, at: datetime) -> None:
    if arrival.appointment_id is None:
        return
    rows = Appointment.objects.select_related("team", "person")
    appointment = rows.get(pk=arrival.appointment_id)
    if appointment.state in (AppointmentState.OFFERED, AppointmentState.CONFIRMED):
        move_appointment(appointment, "keep", by=by, at=at)
    elif appointment.state == AppointmentState.MISSED:
        move_appointment(
            appointment, "keep_after_all", by=by, at=at, why=_("Arrivée plus tard le même jour."),
            next_step="", next_step_done_at=None,
        )  # fmt: skip


@transaction.atomic
def finish(*, arrival: int, by: Actor, at: datetime) -> Arrival:
    """This function will note that the meeting is over. Raises: NotAllowed; AlreadyMoved."""
    found = _visible(arrival, by)
    move_arrival(found, "finish", by=by, at=at, ended_at=at)
    return found


@transaction.atomic
def leave(*, arrival: int, by: Actor, at: datetime, why: str = "") -> Arrival:
    """This function will note that the person left before she was received.

    Nothing follows from it for her. Raises: NotAllowed; AlreadyMoved.
    """
    found = _visible(arrival, by)
    move_arrival(found, "leave", by=by, at=at, why=why, ended_at=at)
    return found


@transaction.atomic
def come_back(*, arrival: int, by: Actor, at: datetime) -> Arrival:
    """This function will put somebody back among those who wait, at the place she had."""
    found = _visible(arrival, by)
    move_arrival(found, "come_back", by=by, at=at, ended_at=None, called_at=None)
    return found


@transaction.atomic
def prioritise(*, arrival: int, reason: str, by: Actor, at: datetime) -> Arrival:
    """This function will put somebody first, and keep why; without a reason it is refused."""
    found = _visible(arrival, by)
    must_say(reason, _("Dites pourquoi cette personne passe d’abord."), "reason")
    rows = Arrival.objects.filter(pk=found.pk, state__in=("announced", "called"))
    if not rows.update(is_priority=True, priority_reason=reason.strip()[:200]):
        raise WrongState(_("Cette personne n’attend plus."))
    trace_arrival(found, "arrival.prioritise", by=by, at=at)
    found.refresh_from_db()
    return found


@transaction.atomic
def give_arrival(*, arrival: int, to: int, by: Actor, at: datetime) -> Arrival:
    """This function will say who receives somebody who waits. Raises: NotAllowed; WrongState."""
    found = _visible(arrival, by)
    if not can_give_arrival(by, found):
        raise NotAllowed(_("Vous ne répartissez pas les personnes de cette équipe."))
    _works_there(to, found.team.key, at)
    must_not_be_kin(to, found.person_id, found.subject_ref)
    rows = Arrival.objects.filter(pk=found.pk, state__in=("announced", "called"))
    if not rows.update(worker_id=to):
        raise WrongState(_("Cette personne n’attend plus."))
    trace_arrival(found, "arrival.give", by=by, at=at, detail={"to": to})
    found.refresh_from_db()
    return found
