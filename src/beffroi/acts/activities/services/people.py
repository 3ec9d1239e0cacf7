"""Who comes: written under a name or an alias, changed, bound to a person of the house or not."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.activities.enums import Gender
from beffroi.acts.activities.models import (
    Attendance,
    Consent,
    Contact,
    Leaving,
    Participant,
    Session,
    Tap,
)
from beffroi.acts.activities.permissions import (
    activities_visible_to,
    own_teams,
    participants_visible_to,
    sheets_visible_to,
)
from beffroi.acts.activities.services.reductions import move_money
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.people import queries as people


def trace_participant(verb: str, row: Participant, by: Actor, at: datetime) -> None:
    """This function will journal an act on somebody who comes, in the transaction under way."""
    audit.record(
        by=by.as_of_team(row.team.key), kind=ActKind.WRITE, verb=verb, object_kind="participant",
        object_ref=str(row.pk), at=at,
        subject_ref=people.reference_of(row.person_id) if row.person_id else "",
    )  # fmt: skip


def own_participant(pk: int, by: Actor) -> Participant:
    """This function will give somebody the actor’s team knows, held. Raises: NotAllowed."""
    rows = Participant.objects.select_for_update(of=("self",), no_key=True).select_related("team")
    found = rows.filter(pk=pk, anonymised_at__isnull=True).first()
    system = by.kind is ActorKind.SYSTEM
    if found is None or not (system or found.team.key in own_teams(by)):
        raise NotAllowed(_("Cette personne n’est pas connue de votre équipe."))
    return found


def _checked(name: str, birth_year: int | None, gender: str, at: datetime) -> None:
    if not name.strip():
        words = _("Écrivez un nom, un prénom ou un surnom.")
        raise InvalidInput(words, fields={"name": words})
    if birth_year is not None and not at.year - 120 <= birth_year <= at.year:
        words = _("Cette année de naissance n’est pas possible.")
        raise InvalidInput(words, fields={"birth_year": words})
    if gender not in Gender.values:
        raise InvalidInput(_("Ce genre n’est pas connu."), fields={"gender": ""})


@transaction.atomic
def add_participant(
    *, team: str, name: str, by: Actor, at: datetime, is_alias: bool = False,
    birth_year: int | None = None, gender: str = "", person_ref: str = "",
) -> Participant:  # fmt: skip
    """This function will write down somebody who comes. Raises: NotAllowed; InvalidInput."""
    row = accounts.team_by_key(team)
    if row is None or not (by.kind is ActorKind.SYSTEM or team in own_teams(by)):
        raise NotAllowed(_("Vous n’organisez pas les activités de cette équipe."))
    _checked(name, birth_year, gender, at)
    made = Participant.objects.create(
        team=row, name=name.strip()[:120], is_alias=is_alias, birth_year=birth_year,
        gender=gender, since_at=at,
    )  # fmt: skip
    if person_ref:
        _bind(made, person_ref)
    trace_participant("participant.add", made, by, at)
    return made


@transaction.atomic
def change_participant(
    *, participant: int, name: str, by: Actor, at: datetime, is_alias: bool = False,
    birth_year: int | None = None, gender: str = "",
) -> Participant:  # fmt: skip
    """This function will change how somebody is written. Raises: NotAllowed; InvalidInput."""
    found = own_participant(participant, by)
    _checked(name, birth_year, gender, at)
    Participant.objects.filter(pk=found.pk).update(
        name=name.strip()[:120], is_alias=is_alias, birth_year=birth_year, gender=gender
    )
    found.refresh_from_db()
    trace_participant("participant.change", found, by, at)
    return found


@transaction.atomic
def bind_person(*, participant: int, person_ref: str, by: Actor, at: datetime) -> Participant:
    """This function will say which person of the house somebody is; without one, nobody’s.

    Raises: NotAllowed; InvalidInput when she is not found, or is already known to the team.
    """
    found = own_participant(participant, by)
    if person_ref.strip():
        _bind(found, person_ref)
    else:
        Participant.objects.filter(pk=found.pk).update(person=None)
        found.person_id = None
    trace_participant("participant.bind", found, by, at)
    return found


def _bind(row: Participant, person_ref: str) -> None:
    person = people.id_of(person_ref)
    words = _("Aucune personne n’a cette référence.")
    if person is None:
        raise InvalidInput(words, fields={"person_ref": words})
    try:
        with transaction.atomic():
            Participant.objects.filter(pk=row.pk).update(person_id=person)
    except IntegrityError as error:
        words = _("Votre équipe connaît déjà cette personne sous un autre nom.")
        raise InvalidInput(words, fields={"person_ref": words}) from error
    row.person_id = person


@transaction.atomic
def join_participants(*, kept: int, other: int, by: Actor, at: datetime) -> Participant:
    """This function will make one of two who are the same: presences of both stay, once a session.

    Raises: NotAllowed; InvalidInput.
    """
    if kept == other:
        raise InvalidInput(_("C’est déjà la même personne."))
    first, second = (own_participant(pk, by) for pk in sorted((kept, other)))
    stays, goes = (first, second) if first.pk == kept else (second, first)
    if stays.team_id != goes.team_id:
        raise InvalidInput(_("Ces deux personnes sont connues d’équipes différentes."))
    if stays.person_id and goes.person_id:
        raise InvalidInput(_("Chacune est déjà liée à une personne : réunissez-les d’abord là."))
    _move_attendance(stays, goes)
    Tap.objects.filter(participant=goes).update(participant=stays)
    move_around(stays, goes)
    person, dates = goes.person_id, [d for d in (stays.last_date, goes.last_date) if d]
    goes.delete()
    Participant.objects.filter(pk=stays.pk).update(
        person_id=stays.person_id or person, last_date=max(dates, default=None),
        birth_year=stays.birth_year or goes.birth_year, gender=stays.gender or goes.gender,
    )  # fmt: skip
    stays.refresh_from_db()
    trace_participant("participant.join", stays, by, at)
    return stays


def move_around(stays: Participant, goes: Participant) -> None:
    """This function will move contacts, consents, departures and pictures to the one who stays."""
    Contact.objects.filter(participant=goes).update(participant=stays)
    Consent.objects.filter(participant=goes).update(participant=stays)
    left = Leaving.objects.filter(participant=stays).values("session")
    Leaving.objects.filter(participant=goes).exclude(session__in=left).update(participant=stays)
    Leaving.objects.filter(participant=goes).delete()
    for picture in goes.pictures.all():
        picture.people.add(stays)
    move_money(stays, goes)
    for incident in goes.incidents.all():
        incident.people.add(stays)
    if goes.parents_disagree:
        Participant.objects.filter(pk=stays.pk).update(parents_disagree=True)


def _move_attendance(stays: Participant, goes: Participant) -> None:
    """Of two rows for one session, present wins: she was there."""
    mine = dict(Attendance.objects.filter(participant=stays).values_list("session_id", "state"))
    for row in Attendance.objects.filter(participant=goes):
        if row.session_id not in mine:
            Attendance.objects.filter(pk=row.pk).update(participant=stays)
            continue
        if row.state == "present" and mine[row.session_id] != "present":
            Attendance.objects.filter(session=row.session_id, participant=stays).update(
                state=row.state, tapped_at=row.tapped_at, mark=row.mark
            )
        row.delete()


@transaction.atomic
def read_sheet(*, session: int, by: Actor, at: datetime) -> None:
    """This function will journal that the names of a session were read. Raises: NotAllowed."""
    row: Session | None = sheets_visible_to(by).filter(pk=session).first()
    if row is None:
        raise NotAllowed(_("Cette séance n’est pas de votre équipe."))
    audit.record(
        by=by, kind=ActKind.READ, verb="session.read", object_kind="session",
        object_ref=str(session), at=at,
    )  # fmt: skip


@transaction.atomic
def read_places(*, activity: int, by: Actor, at: datetime) -> None:
    """This function will journal that the registrations of an activity were read.

    Raises: NotAllowed.
    """
    row = activities_visible_to(by).filter(pk=activity, team__key__in=own_teams(by)).first()
    if row is None:
        raise NotAllowed(_("Cette activité n’est pas de votre équipe."))
    audit.record(
        by=by, kind=ActKind.READ, verb="registration.list", object_kind="activity",
        object_ref=str(activity), at=at,
    )  # fmt: skip


@transaction.atomic
def read_participants(*, shown: Collection[int], by: Actor, at: datetime) -> None:
    """This function will journal that these people were read in a list. Raises: NotAllowed."""
    if participants_visible_to(by).filter(pk__in=shown).count() != len(set(shown)):
        raise NotAllowed(_("Ces personnes ne sont pas connues de votre équipe."))
    if shown:
        audit.record(
            by=by, kind=ActKind.READ, verb="participant.list", object_kind="participant",
            object_ref="list", at=at, detail={"shown": sorted(set(shown))},
        )  # fmt: skip
