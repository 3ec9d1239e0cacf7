"""Volunteers and the hours they give."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.activities.models import Activity, Volunteer, VolunteerTime
from beffroi.acts.activities.permissions import activities_visible_to, own_teams
from beffroi.acts.activities.services.common import must_say, trace
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

_MINUTES_OF_A_DAY = 1440


def _must_be_hers(team: str, by: Actor) -> None:
    if by.kind is not ActorKind.SYSTEM and team not in own_teams(by):
        raise NotAllowed(_("Vous n’organisez pas les activités de cette équipe."))


def _own(volunteer: int, by: Actor) -> Volunteer:
    rows = Volunteer.objects.select_for_update(of=("self",), no_key=True).select_related("team")
    found = rows.filter(pk=volunteer, anonymised_at__isnull=True).first()
    if found is None:
        raise NotAllowed(_("Cette personne n’est pas bénévole de votre équipe."))
    _must_be_hers(found.team.key, by)
    return found


def _trace(verb: str, row: Volunteer, by: Actor, at: datetime) -> None:
    audit.record(
        by=by.as_of_team(row.team.key), kind=ActKind.WRITE, verb=verb, object_kind="volunteer",
        object_ref=str(row.pk), at=at,
    )  # fmt: skip


@transaction.atomic
def add_volunteer(
    *, team: str, name: str, since: date, by: Actor, at: datetime, phone: str = ""
) -> Volunteer:
    """This function will write down a volunteer of a team. Raises: NotAllowed; InvalidInput."""
    _must_be_hers(team, by)
    row = accounts.team_by_key(team)
    said = must_say(name, _("Écrivez le nom de la personne."), "name")
    if row is None:
        words = _("Choisissez l’équipe qui organise.")
        raise InvalidInput(words, fields={"team": words})
    made = Volunteer.objects.create(
        team=row, name=said[:120], phone=phone.strip()[:40], since_date=since
    )
    _trace("volunteer.add", made, by, at)
    return made


@transaction.atomic
def end_volunteer(*, volunteer: int, on: date, by: Actor, at: datetime) -> Volunteer:
    """This function will note that somebody helps no longer. Raises: NotAllowed."""
    found = _own(volunteer, by)
    Volunteer.objects.filter(pk=found.pk).update(until_date=max(on, found.since_date))
    found.refresh_from_db()
    _trace("volunteer.end", found, by, at)
    return found


@transaction.atomic
def give_time(
    *, volunteer: int, activity: int, day: date, minutes: int, by: Actor, at: datetime
) -> VolunteerTime:
    """This function will note the minutes somebody gave to an activity on a day.

    One gives no more than a day in a day, over all activities. Raises: NotAllowed; InvalidInput.
    """
    found = _own(volunteer, by)
    row: Activity | None = (
        activities_visible_to(by).select_related("team").filter(pk=activity).first()
    )
    if row is None or row.team_id != found.team_id:
        words = _("Choisissez une activité de l’équipe.")
        raise InvalidInput(words, fields={"activity": words})
    if day > timezone.localdate(at) or day < found.since_date or (
        found.until_date and day > found.until_date
    ):  # fmt: skip
        words = _("Ce jour-là, la personne n’est pas bénévole, ou il n’est pas encore venu.")
        raise InvalidInput(words, fields={"day": words})
    held = VolunteerTime.objects.filter(volunteer=found, date=day, taken_back_at__isnull=True)
    given = sum(held.values_list("minutes", flat=True))
    if minutes < 1 or given + minutes > _MINUTES_OF_A_DAY:
        words = _("Un jour compte de une minute à vingt-quatre heures.")
        raise InvalidInput(words, fields={"hours": words})
    made = VolunteerTime.objects.create(
        volunteer=found, activity=row, date=day, minutes=minutes, at=at, by_ref=by.ref,
        by_label=by.label,
    )  # fmt: skip
    trace("volunteer.give_time", by=by, at=at, activity=row, detail={"minutes": minutes})
    return made


@transaction.atomic
def take_back_time(*, time: int, why: str, by: Actor, at: datetime) -> None:
    """This function will take back minutes that were noted by mistake; the row stays, with why.

    Raises: NotAllowed; InvalidInput; WrongState when it was done already.
    """
    said = must_say(why, _("Dites pourquoi ces heures sont reprises."))
    row = (
        VolunteerTime.objects.select_related("volunteer__team", "activity__team")
        .filter(pk=time)
        .first()
    )
    if row is None:
        raise NotAllowed(_("Ces heures n’existent pas."))
    _must_be_hers(row.volunteer.team.key, by)
    rows = VolunteerTime.objects.filter(pk=time, taken_back_at__isnull=True)
    if not rows.update(taken_back_at=at, why=said[:200]):
        raise WrongState(_("Ces heures sont déjà reprises."))
    trace("volunteer.take_back_time", by=by, at=at, activity=row.activity)
