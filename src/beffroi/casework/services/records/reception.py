"""Stays of asylum seekers: the steps of the procedure, the transition, the nights away."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework.enums import ReceptionPhase
from beffroi.casework.models import ReceptionStay
from beffroi.casework.services import clocks
from beffroi.casework.services.common import trace
from beffroi.casework.services.records.common import record_for
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.rules import procedure


@transaction.atomic
def change_phase(
    *,
    number: str,
    phase: ReceptionPhase,
    on: date,
    by: Actor,
    at: datetime,
    hearing_on: date | None = None,
) -> None:
    """This function will note a new step of the procedure; protection starts the transition.

    Raises: NotAllowed; InvalidInput for a day to come or before the last step; WrongState.
    """
    stay = record_for(ReceptionStay, number, by, at)
    if stay.left_on is not None:
        raise WrongState(_("Ce séjour est terminé."))
    if on < stay.phase_since or on > timezone.localdate(at):
        raise InvalidInput(
            _("L’étape n’est pas gardée."),
            {"on": _("Elle suit l’étape d’avant, et n’est pas dans le futur.")},
        )
    until = stay.transition_until
    file = stay.grant.file
    if phase == ReceptionPhase.POSITIVE and until is None:
        clocks.start(file, "ila_recognised", on, subject_ref=number)
        until = procedure.deadlines("ila_recognised", on)[0].due_date
        clocks.start(file, "ila_transition_ends", until, subject_ref=number)
    if hearing_on is not None:
        clocks.start(file, "ila_hearing", hearing_on, subject_ref=number)
    ReceptionStay.objects.filter(pk=stay.pk).update(
        phase=phase, phase_since=on, transition_until=until
    )
    trace(file, "reception.phase", by=by, at=at, about=number, detail={"phase": phase})


@transaction.atomic
def note_absence(*, number: str, first: date, last: date, by: Actor, at: datetime) -> None:
    """This function will keep nights slept elsewhere, the first and the last both included.

    Raises: NotAllowed; InvalidInput outside the stay.
    """
    stay = record_for(ReceptionStay, number, by, at)
    if last < first or first < stay.arrived_on or (stay.left_on and last >= stay.left_on):
        raise InvalidInput(
            _("L’absence n’est pas gardée."), {"last": _("Ces nuits ne sont pas dans le séjour.")}
        )
    kept = [*stay.absences, [first.isoformat(), last.isoformat()]]
    ReceptionStay.objects.filter(pk=stay.pk).update(absences=kept)
    trace(stay.grant.file, "reception.absence", by=by, at=at, about=number)


@transaction.atomic
def leave_reception(*, number: str, on: date, to: str, by: Actor, at: datetime) -> None:
    """This function will end a stay and say where the person goes; its clocks have no object any more.

    Raises: NotAllowed; InvalidInput; WrongState.
    """
    stay = record_for(ReceptionStay, number, by, at)
    if not to.strip() or on < stay.arrived_on:
        raise InvalidInput(
            _("Le départ n’est pas gardé."),
            {"to": _("Dites vers où, et un jour après l’arrivée.")},
        )
    done = ReceptionStay.objects.filter(pk=stay.pk, left_on=None).update(
        left_on=on, left_to=to.strip()[:160]
    )
    if not done:
        raise WrongState(_("Ce séjour est déjà terminé."))
    clocks.void(stay.grant.file, at=at, subject_ref=number)
    trace(stay.grant.file, "reception.leave", by=by, at=at, about=number)
