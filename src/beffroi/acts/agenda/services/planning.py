"""Rooms, hours, absences, permanences and who holds them."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import planning_queries as planning
from beffroi.acts.agenda.enums import AbsenceKind
from beffroi.acts.agenda.models import (
    Absence,
    Duty,
    MeetingRoom,
    Permanence,
    WeeklyHours,
)
from beffroi.acts.agenda.permissions import (
    can_keep_hours,
    can_keep_permanences,
    can_keep_rooms,
    overseen_teams,
)
from beffroi.acts.agenda.planning_queries import Period, moment
from beffroi.acts.agenda.services.holding import release, take_time
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed


def _trace(verb: str, kind: str, ref: object, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind=kind, object_ref=str(ref)[:80], at=at
    )


def _is_system(by: Actor) -> bool:
    return by.kind is ActorKind.SYSTEM


def _ordered(from_time: time, until_time: time) -> None:
    if until_time <= from_time:
        words = _("L’heure de fin vient après celle du début.")
        raise InvalidInput(words, fields={"until_time": words})


@transaction.atomic
def add_room(
    *, name: str, place: UUID, desk: str, by: Actor, at: datetime, capacity: int = 3,
    is_accessible: bool = False,
) -> MeetingRoom:  # fmt: skip
    """This function will add a room to a place, received at a desk. Raises: InvalidInput."""
    if not (_is_system(by) or can_keep_rooms(by)):
        raise NotAllowed(_("Les responsables d’équipe tiennent la liste des locaux."))
    team = accounts.team_by_key(desk)
    if team is None or not name.strip() or capacity < 1:
        words = _("Donnez un nom, un accueil, et au moins une place assise.")
        raise InvalidInput(words, fields={"name": words})
    if MeetingRoom.objects.filter(place_id=place, name=name.strip()).exists():
        words = _("Un local porte déjà ce nom à cet endroit.")
        raise InvalidInput(words, fields={"name": words})
    room = MeetingRoom.objects.create(
        name=name.strip()[:80], place_id=place, desk=team, capacity=capacity,
        is_accessible=is_accessible,
    )  # fmt: skip
    _trace("room.add", "room", room.pk, by=by, at=at)
    return room


@transaction.atomic
def close_room(*, room: int, by: Actor, at: datetime) -> None:
    """This function will take a room out of use; what is planned there stays written.

    Raises: InvalidInput while something is still to come there.
    """
    if not can_keep_rooms(by):
        raise NotAllowed(_("Les responsables d’équipe tiennent la liste des locaux."))
    MeetingRoom.objects.select_for_update(no_key=True).filter(pk=room).first()
    if planning.holds_between(Period(at, datetime.max.replace(tzinfo=at.tzinfo))).filter(
        room_id=room
    ):
        raise InvalidInput(
            _("Des rendez-vous ou des permanences y sont encore prévus."),
            todo=_("Déplacez-les d’abord."),
        )
    MeetingRoom.objects.filter(pk=room).update(is_active=False)
    _trace("room.close", "room", room, by=by, at=at)


@transaction.atomic
def add_hours(
    *, worker: int, weekday: int, from_time: time, until_time: time, since: date, by: Actor,
    at: datetime,
) -> WeeklyHours:  # fmt: skip
    """This function will write down hours at which a worker is there every week.

    Raises: InvalidInput when they overlap hours already written.
    """
    if not (_is_system(by) or can_keep_hours(by, worker, timezone.localdate(at))):
        raise NotAllowed(_("Ce ne sont pas vos heures."))
    _ordered(from_time, until_time)
    same = WeeklyHours.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gte=since), worker_id=worker,
        weekday=weekday, from_time__lt=until_time, until_time__gt=from_time,
    )  # fmt: skip
    if same.exists():
        words = _("Des heures sont déjà écrites à ce moment : terminez-les d’abord.")
        raise InvalidInput(words, fields={"from_time": words})
    hours = WeeklyHours.objects.create(
        worker_id=worker, weekday=weekday, from_time=from_time, until_time=until_time,
        since_date=since,
    )  # fmt: skip
    _trace("hours.add", "worker", worker, by=by, at=at)
    return hours


@transaction.atomic
def end_hours(*, hours: int, until: date, by: Actor, at: datetime) -> None:
    """This function will end weekly hours on a day; ended before they began, they go."""
    row = WeeklyHours.objects.filter(pk=hours).first()
    if row is None or not can_keep_hours(by, row.worker_id, timezone.localdate(at)):
        raise NotAllowed(_("Ce ne sont pas vos heures."))
    if until < row.since_date:
        row.delete()
    else:
        WeeklyHours.objects.filter(pk=hours).update(until_date=until)
    _trace("hours.end", "worker", row.worker_id, by=by, at=at)


@transaction.atomic
def add_absence(
    *, worker: int, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime,
    kind: AbsenceKind = AbsenceKind.AWAY,
) -> Absence:  # fmt: skip
    """This function will write down when a worker is away, or there besides; never why.

    What is planned then stays: the agenda shows it, to be moved. Raises: InvalidInput.
    """
    if not (_is_system(by) or can_keep_hours(by, worker, timezone.localdate(at))):
        raise NotAllowed(_("Ce ne sont pas vos heures."))
    if ends_at <= starts_at:
        words = _("La fin vient après le début.")
        raise InvalidInput(words, fields={"ends_at": words})
    absence = Absence.objects.create(
        worker_id=worker, kind=kind, starts_at=starts_at, ends_at=ends_at
    )
    _trace("absence.add", "worker", worker, by=by, at=at)
    return absence


@transaction.atomic
def remove_absence(*, absence: int, by: Actor, at: datetime) -> None:
    """This function will take back an absence. Raises: NotAllowed."""
    row = Absence.objects.filter(pk=absence).first()
    if row is None or not can_keep_hours(by, row.worker_id, timezone.localdate(at)):
        raise NotAllowed(_("Ce ne sont pas vos heures."))
    row.delete()
    _trace("absence.remove", "worker", row.worker_id, by=by, at=at)


@transaction.atomic
def add_permanence(
    *, team: str, room: int, weekday: int, from_time: time, until_time: time, since: date,
    by: Actor, at: datetime,
) -> Permanence:  # fmt: skip
    """This function will post a weekly permanence of a team. Raises: NotAllowed; InvalidInput."""
    row = accounts.team_by_key(team)
    if row is None or not (_is_system(by) or can_keep_permanences(by, team)):
        raise NotAllowed(_("La responsable de l’équipe fixe ses permanences."))
    _ordered(from_time, until_time)
    if planning.room(room) is None:
        words = _("Choisissez un local en usage.")
        raise InvalidInput(words, fields={"room": words})
    added = Permanence.objects.create(
        team=row, room_id=room, weekday=weekday, from_time=from_time, until_time=until_time,
        since_date=since,
    )  # fmt: skip
    _trace("permanence.add", "permanence", added.pk, by=by, at=at)
    return added


@transaction.atomic
def end_permanence(*, permanence: int, until: date, by: Actor, at: datetime) -> None:
    """This function will end a permanence on a day; turns given after it are given back."""
    row = Permanence.objects.select_related("team").filter(pk=permanence).first()
    if row is None or not can_keep_permanences(by, row.team.key):
        raise NotAllowed(_("La responsable de l’équipe fixe ses permanences."))
    Duty.objects.filter(permanence=row, date__gt=until).delete()
    Permanence.objects.filter(pk=row.pk).update(until_date=max(until, row.since_date))
    _trace("permanence.end", "permanence", row.pk, by=by, at=at)


@transaction.atomic
def give_duty(*, permanence: int, day: date, worker: int, by: Actor, at: datetime) -> Duty:
    """This function will say who holds a permanence on a day; whoever held it is freed.

    Raises: NotAllowed; InvalidInput on another weekday or for somebody away; NotFree.
    """
    row = Permanence.objects.select_related("team").filter(pk=permanence).first()
    if row is None or not (_is_system(by) or row.team.key in overseen_teams(by)):
        raise NotAllowed(_("Vous ne tenez pas les permanences de cette équipe."))
    over = row.until_date is not None and day > row.until_date
    if day.weekday() != row.weekday or day < row.since_date or over:
        words = _("Cette permanence n’a pas lieu ce jour-là.")
        raise InvalidInput(words, fields={"day": words})
    if not accounts.agents_of([row.team.key], day).filter(pk=worker).exists():
        words = _("Cette personne ne travaille pas dans cette équipe.")
        raise InvalidInput(words, fields={"worker": words})
    period = Period(moment(day, row.from_time), moment(day, row.until_time))
    if planning.is_away(worker, period):
        words = _("Cette personne n’est pas là à ce moment.")
        raise InvalidInput(words, fields={"worker": words})
    Duty.objects.filter(permanence=row, date=day).delete()
    try:
        with transaction.atomic():
            duty = Duty.objects.create(
                permanence=row, date=day, worker_id=worker, given_at=at, given_by=by.label
            )
    except IntegrityError as error:
        raise InvalidInput(_("Une collègue vient d’en décider autrement.")) from error
    take_time(
        worker=worker, room=row.room_id, starts_at=period.starts_at, ends_at=period.ends_at,
        duty=duty,
    )  # fmt: skip
    _trace("duty.give", "permanence", row.pk, by=by, at=at)
    return duty


@transaction.atomic
def drop_duty(*, duty: int, by: Actor, at: datetime) -> None:
    """This function will take back a turn: the permanence is then held by nobody yet."""
    row = Duty.objects.select_related("permanence__team").filter(pk=duty).first()
    if row is None or row.permanence.team.key not in overseen_teams(by):
        raise NotAllowed(_("Vous ne tenez pas les permanences de cette équipe."))
    release(duty=row)
    _trace("duty.drop", "permanence", row.permanence_id, by=by, at=at)
    row.delete()
