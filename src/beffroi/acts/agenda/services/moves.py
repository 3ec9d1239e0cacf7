"""Moves an appointment or an arrival from a state to the next, always with its trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from beffroi.acts.agenda.models import Appointment, AppointmentMove, Arrival, ArrivalMove
from beffroi.acts.agenda.permissions import is_kin
from beffroi.acts.agenda.subjects import person_of
from beffroi.acts.agenda.workflow import APPOINTMENT_MOVES, ARRIVAL_MOVES
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind, person_actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.core.errors import must_say as must_say


class AlreadyMoved(WrongState):
    """Somebody else was quicker, or the thing never was where this act starts."""

    def __init__(self, label: str, name: str, state: str) -> None:
        super().__init__(
            _("« %(act)s » n’est plus possible pour %(name)s.") % {"act": label, "name": name},
            _("L’état est maintenant : %(state)s.") % {"state": state.lower()},
            _("Rouvrez la page pour voir ce qui a changé."),
        )


def _already_moved(appointment: Appointment, key: str) -> AlreadyMoved:
    appointment.refresh_from_db()
    label = str(APPOINTMENT_MOVES[key].label)
    return AlreadyMoved(label, appointment.reference, appointment.get_state_display())


def must_start_from(appointment: Appointment, key: str) -> None:
    """This function will refuse the move `key` from where the appointment stands.

    Raises: AlreadyMoved.
    """
    if appointment.state not in APPOINTMENT_MOVES[key].sources:
        raise _already_moved(appointment, key)


def must_not_be_kin(worker: int, person: int | None, subject_ref: str = "") -> None:
    """This function will refuse that a worker receives herself or somebody close to her.

    Why is not said: who else works there need not know. Raises: InvalidInput.
    """
    if is_kin(worker, person or person_of(subject_ref)):
        words = _("Cette personne ne peut pas être reçue par cet agent.")
        raise InvalidInput(words, fields={"worker": words}, todo=_("Choisissez un collègue."))


def move_appointment(
    appointment: Appointment, key: str, *, by: Actor, at: datetime, why: str = "", **changes: Any
) -> None:
    """This function will make the move `key` and keep who, when, why; the row is refreshed.

    Raises: AlreadyMoved.
    """
    must_start_from(appointment, key)
    step, source = APPOINTMENT_MOVES[key], appointment.state
    rows = Appointment.objects.filter(pk=appointment.pk, state=source)
    if not rows.update(state=step.target, **changes):
        raise _already_moved(appointment, key)
    keep_move(appointment, key, source, step.target, by=by, at=at, why=why)
    appointment.refresh_from_db()


def keep_move(
    appointment: Appointment, key: str, source: str, target: str, *, by: Actor, at: datetime,
    why: str = "",
) -> None:  # fmt: skip
    """This function will keep one move of an appointment and journal it."""
    AppointmentMove.objects.create(
        appointment=appointment, move=key, source=source, target=target, at=at, by_ref=by.ref,
        by_label=by.label, why=why.strip()[:300],
    )  # fmt: skip
    trace_appointment(appointment, f"appointment.{key}", by=by, at=at)


def move_arrival(
    arrival: Arrival, key: str, *, by: Actor, at: datetime, why: str = "", **changes: Any
) -> None:
    """This function will make the move `key` of an arrival; the row is refreshed.

    Raises: AlreadyMoved.
    """
    step, source = ARRIVAL_MOVES[key], arrival.state
    rows = Arrival.objects.filter(pk=arrival.pk, state=source)
    if source not in step.sources or not rows.update(state=step.target, **changes):
        arrival.refresh_from_db()
        raise AlreadyMoved(str(step.label), arrival.ticket, arrival.get_state_display())
    keep_arrival_move(arrival, key, source, step.target, by=by, at=at, why=why)
    arrival.refresh_from_db()


def keep_arrival_move(
    arrival: Arrival, key: str, source: str, target: str, *, by: Actor, at: datetime, why: str = ""
) -> None:
    """This function will keep one move of an arrival and journal it."""
    ArrivalMove.objects.create(
        arrival=arrival, move=key, source=source, target=target, at=at, by_ref=by.ref,
        by_label=by.label, why=why.strip()[:300],
    )  # fmt: skip
    trace_arrival(arrival, f"arrival.{key}", by=by, at=at)


def _known(by: Actor) -> Actor:
    """The journal outlives what is held of the person: it does not keep her name."""
    return person_actor(by.ref) if by.kind is ActorKind.PERSON else by


def trace_appointment(
    appointment: Appointment, verb: str, *, by: Actor, at: datetime,
    kind: ActKind = ActKind.WRITE, detail: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """This function will journal an act on an appointment, in the transaction under way."""
    audit.record(
        by=_known(by).as_of_team(appointment.team.key), kind=kind, verb=verb,
        object_kind="appointment", object_ref=appointment.reference,
        subject_ref=appointment.about, at=at, detail=detail,
    )  # fmt: skip


def trace_arrival(
    arrival: Arrival, verb: str, *, by: Actor, at: datetime,
    kind: ActKind = ActKind.WRITE, detail: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """This function will journal an act on an arrival, in the transaction under way."""
    audit.record(
        by=_known(by).as_of_team(arrival.team.key), kind=kind, verb=verb, object_kind="arrival",
        object_ref=f"{arrival.date:%Y-%m-%d} {arrival.ticket}", subject_ref=arrival.about, at=at,
        detail=detail,
    )  # fmt: skip
