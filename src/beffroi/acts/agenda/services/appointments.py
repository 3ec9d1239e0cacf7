"""Appointments: offered, confirmed, moved, kept, missed, cancelled."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import planning_queries as planning
from beffroi.acts.agenda.enums import AppointmentState, NextStep, Purpose
from beffroi.acts.agenda.models import Appointment, Arrival
from beffroi.acts.agenda.permissions import appointments_visible_to, can_plan
from beffroi.acts.agenda.planning_queries import Period
from beffroi.acts.agenda.services.holding import release, take_time
from beffroi.acts.agenda.services.moves import (
    keep_move,
    move_appointment,
    must_not_be_kin,
    must_say,
    must_start_from,
    trace_appointment,
)
from beffroi.acts.agenda.subjects import person_of
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people import queries as people
from beffroi.people.permissions import persons_visible_to

SHORTEST, LONGEST = 5, 480
#: Letters and figures that are not mistaken for one another; 600 million references.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Meeting:
    """What an appointment is made of; `minutes` is its length, `subject_ref` a request or a file.

    The person, when she is known, is given by her key or by her reference.
    """

    team: str
    worker: int
    starts_at: datetime
    minutes: int = 45
    purpose: Purpose = Purpose.FOLLOW_UP
    room: int | None = None
    where: str = ""
    person: int | None = None
    person_ref: str = ""
    subject_ref: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    lang: str = "fr"
    interpreter: str = ""
    to_prepare: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def _check(meeting: Meeting, at: datetime) -> None:
    faults: dict[str, str] = {}
    if meeting.starts_at <= at:
        faults["starts_at"] = _("Ce moment est déjà passé.")
    if not SHORTEST <= meeting.minutes <= LONGEST:
        faults["minutes"] = _("Donnez une durée entre 5 minutes et 8 heures.")
    if meeting.room is None and not meeting.where.strip():
        faults["where"] = _("Choisissez un local, ou écrivez où a lieu la rencontre.")
    if not meeting.person and not meeting.name.strip() and not meeting.subject_ref:
        faults["name"] = _("Dites qui vient : son nom, ou la référence de sa demande.")
    if faults:
        raise InvalidInput(" ".join(faults.values()), fields=faults)


def _check_worker(meeting: Meeting, at: datetime) -> None:
    day = timezone.localdate(at)
    if not accounts.agents_of([meeting.team], day).filter(pk=meeting.worker).exists():
        words = _("Cette personne ne travaille pas dans cette équipe.")
        raise InvalidInput(words, fields={"worker": words})
    if meeting.room is not None and planning.room(meeting.room) is None:
        words = _("Ce local n’est plus en usage.")
        raise InvalidInput(words, fields={"room": words})
    must_not_be_kin(meeting.worker, meeting.person, meeting.subject_ref)
    period = Period(meeting.starts_at, meeting.ends_at)
    if planning.is_away(meeting.worker, period):
        words = _("Cette personne n’est pas là à ce moment.")
        raise InvalidInput(words, fields={"starts_at": words}, todo=_("Choisissez-en un autre."))
    first = timezone.localdate(meeting.starts_at)
    if planning.has_hours(meeting.worker, first) and not planning.is_there(meeting.worker, period):
        words = _("C’est en dehors de ses heures de présence.")
        raise InvalidInput(words, fields={"starts_at": words}, todo=_("Choisissez-en un autre."))


@transaction.atomic
def make_appointment(
    *, meeting: Meeting, by: Actor, at: datetime, confirmed: bool = False
) -> Appointment:
    """This function will offer an appointment, or make one that the person already accepted.

    Raises: NotAllowed; InvalidInput; NotFree when the worker or the room is taken.
    """
    if not can_plan(by, meeting.team, meeting.worker):
        raise NotAllowed(_("Vous ne tenez pas l’agenda de cette équipe."))
    meeting = _with_person(meeting, by)
    _check(meeting, at)
    _check_worker(meeting, at)
    return _make(meeting, by=by, at=at, confirmed=confirmed)


def _with_person(meeting: Meeting, by: Actor) -> Meeting:
    """Whom the actor names, if she may open her; else the person of the file she may open."""
    if not meeting.person_ref:
        known = meeting.person or person_of(meeting.subject_ref, by)
        return replace(meeting, person=known)
    pk = people.id_of(meeting.person_ref)
    if pk is None or not persons_visible_to(by).filter(pk=pk).exists():
        words = _("Aucune personne que vous pouvez ouvrir n’a cette référence.")
        raise InvalidInput(words, fields={"person_ref": words})
    return replace(meeting, person=pk)


@transaction.atomic
def keep_chosen(*, meeting: Meeting, by: Actor, at: datetime) -> Appointment:
    """This function will put into the agenda a time that a team offered and the person chose.

    What she chose before for the same request is given back, and leads to this one. The team
    offered it: hours of presence are not asked again, but nobody is in two places.

    Raises: NotFree.
    """
    earlier = Appointment.objects.select_related("team", "person").filter(
        subject_ref=meeting.subject_ref,
        state__in=(AppointmentState.OFFERED, AppointmentState.CONFIRMED),
    )
    before = list(earlier)
    for one in before:
        release(appointment=one)
    made = _make(meeting, by=by, at=at, confirmed=True)
    for one in before[:1]:
        move_appointment(one, "move", by=by, at=at, moved_to=made)
    for one in before[1:]:
        move_appointment(one, "cancel", by=by, at=at)
    return made


def _make(meeting: Meeting, *, by: Actor, at: datetime, confirmed: bool) -> Appointment:
    team = accounts.team_by_key(meeting.team)
    if team is None:
        raise InvalidInput(_("Cette équipe n’existe plus."))
    state = AppointmentState.CONFIRMED if confirmed else AppointmentState.OFFERED
    made = Appointment.objects.create(
        reference=_new_reference(), team=team, worker_id=meeting.worker, room_id=meeting.room,
        where=meeting.where.strip()[:200], starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        person_id=meeting.person, subject_ref=meeting.subject_ref, name=meeting.name.strip()[:160],
        phone=meeting.phone.strip()[:40], email=meeting.email.strip(), lang=meeting.lang,
        interpreter=meeting.interpreter.strip()[:40], purpose=meeting.purpose,
        to_prepare=meeting.to_prepare.strip()[:300], state=state, made_at=at,
    )  # fmt: skip
    take_time(
        worker=meeting.worker, room=meeting.room, starts_at=meeting.starts_at,
        ends_at=meeting.ends_at, appointment=made,
    )  # fmt: skip
    keep_move(made, "make" if confirmed else "offer", "", state, by=by, at=at)
    return made


def _new_reference() -> str:
    while True:
        reference = f"RV-{get_random_string(6, _LETTERS)}"
        if not Appointment.objects.filter(reference=reference).exists():
            return reference


def visible(reference: str, by: Actor) -> Appointment:
    """This function will give an appointment the actor sees. Raises: NotAllowed."""
    rows = appointments_visible_to(by).select_related("team", "worker", "person", "room__desk")
    found = rows.filter(reference=reference.upper()).first()
    if found is None:
        raise NotAllowed(_("Ce rendez-vous n’existe pas, ou n’est pas dans votre agenda."))
    return found


@transaction.atomic
def confirm(*, reference: str, by: Actor, at: datetime) -> Appointment:
    """This function will note that the person accepted the time. Raises: AlreadyMoved."""
    appointment = visible(reference, by)
    move_appointment(appointment, "confirm", by=by, at=at)
    return appointment


@transaction.atomic
def move(
    *, reference: str, starts_at: datetime, why: str, by: Actor, at: datetime,
    minutes: int | None = None, worker: int | None = None, room: int | None = None,
    where: str = "", confirmed: bool = False,
) -> Appointment:  # fmt: skip
    """This function will move an appointment: the old time stays written, the new one follows it.

    What is not said stays as it was. Raises: InvalidInput without a reason; NotFree; AlreadyMoved.
    """
    old = visible(reference, by)
    must_start_from(old, "move")
    must_say(why, _("Dites pourquoi le moment change."))
    meeting = replace(_as_meeting(old), starts_at=starts_at)
    if minutes is not None:
        meeting = replace(meeting, minutes=minutes)
    if worker is not None:
        meeting = replace(meeting, worker=worker)
    if room is not None or where.strip():
        meeting = replace(meeting, room=room, where=where)
    if not can_plan(by, meeting.team, meeting.worker):
        raise NotAllowed(_("Vous ne tenez pas l’agenda de cette équipe."))
    _check(meeting, at)
    _check_worker(meeting, at)
    release(appointment=old)
    new = _make(meeting, by=by, at=at, confirmed=confirmed)
    move_appointment(old, "move", by=by, at=at, why=why, moved_to=new)
    return new


def _as_meeting(old: Appointment) -> Meeting:
    return Meeting(
        team=old.team.key, worker=old.worker_id, starts_at=old.starts_at,
        minutes=int((old.ends_at - old.starts_at).total_seconds()) // 60,
        purpose=Purpose(old.purpose), room=old.room_id, where=old.where, person=old.person_id,
        subject_ref=old.subject_ref, name=old.name, phone=old.phone, email=old.email,
        lang=old.lang, interpreter=old.interpreter, to_prepare=old.to_prepare,
    )  # fmt: skip


@transaction.atomic
def keep(*, reference: str, by: Actor, at: datetime) -> Appointment:
    """This function will note that the appointment took place. Raises: WrongState before its day."""
    appointment = visible(reference, by)
    _not_before(appointment, at)
    move_appointment(appointment, "keep", by=by, at=at)
    return appointment


def _not_before(appointment: Appointment, at: datetime) -> None:
    if timezone.localdate(at) < timezone.localdate(appointment.starts_at):
        raise WrongState(
            _("Ce rendez-vous est encore à venir."), todo=_("Déplacez-le, ou annulez-le.")
        )


@transaction.atomic
def miss(
    *, reference: str, next_step: NextStep, by: Actor, at: datetime, why: str = ""
) -> Appointment:
    """This function will note that the person did not come, and what is done for her next.

    Nothing else follows from it: no right, no amount and no delay changes here.

    Raises: InvalidInput without a next step; WrongState before its time; AlreadyMoved.
    """
    appointment = visible(reference, by)
    if next_step not in NextStep.values:
        words = _("Dites comment vous reprenez contact avec la personne.")
        raise InvalidInput(words, fields={"next_step": words})
    if at < appointment.starts_at:
        raise WrongState(_("Ce rendez-vous n’a pas encore commencé."))
    if Arrival.objects.filter(appointment=appointment).exclude(state="gone").exists():
        raise WrongState(
            _("La personne s’est annoncée à l’accueil : elle est venue."),
            todo=_("Recevez-la, ou notez qu’elle est partie."),
        )
    done = at if next_step in (NextStep.NEW_TIME, NextStep.WAIT) else None
    move_appointment(
        appointment, "miss", by=by, at=at, why=why, next_step=next_step, next_step_done_at=done
    )
    release(appointment=appointment)
    return appointment


@transaction.atomic
def keep_after_all(*, reference: str, why: str, by: Actor, at: datetime) -> Appointment:
    """This function will correct a missed appointment: the person came, and it took place."""
    appointment = visible(reference, by)
    must_say(why, _("Dites ce qui s’est passé."))
    move_appointment(
        appointment, "keep_after_all", by=by, at=at, why=why, next_step="", next_step_done_at=None
    )
    return appointment


@transaction.atomic
def next_step_done(*, reference: str, by: Actor, at: datetime) -> Appointment:
    """This function will note that contact was taken again after a missed appointment.

    Raises: WrongState when nothing was left to do.
    """
    appointment = visible(reference, by)
    rows = Appointment.objects.filter(
        pk=appointment.pk, state=AppointmentState.MISSED, next_step_done_at__isnull=True
    )
    if not rows.update(next_step_done_at=at):
        raise WrongState(_("Il ne restait rien à faire pour ce rendez-vous."))
    trace_appointment(appointment, "appointment.next_step_done", by=by, at=at)
    appointment.refresh_from_db()
    return appointment


@transaction.atomic
def cancel(*, reference: str, why: str, by: Actor, at: datetime) -> Appointment:
    """This function will cancel an appointment and give its time back.

    Raises: InvalidInput without a reason; AlreadyMoved.
    """
    appointment = visible(reference, by)
    must_say(why, _("Dites pourquoi le rendez-vous n’a pas lieu."))
    move_appointment(appointment, "cancel", by=by, at=at, why=why)
    release(appointment=appointment)
    return appointment


@transaction.atomic
def cancel_of_subject(*, subject_ref: str, why: str, by: Actor, at: datetime) -> int:
    """This function will cancel what is still to come for a request that ended; how many."""
    rows = Appointment.objects.select_related("team", "person").filter(
        subject_ref=subject_ref, starts_at__gt=at,
        state__in=(AppointmentState.OFFERED, AppointmentState.CONFIRMED),
    )  # fmt: skip
    found = list(rows)
    for appointment in found:
        move_appointment(appointment, "cancel", by=by, at=at, why=why)
        release(appointment=appointment)
    return len(found)


@transaction.atomic
def read_appointment(*, reference: str, by: Actor, at: datetime) -> Appointment:
    """This function will open an appointment and journal that it was read. Raises: NotAllowed."""
    appointment = visible(reference, by)
    trace_appointment(appointment, "appointment.read", by=by, at=at, kind=ActKind.READ)
    return appointment
