"""Guests: written down by an alias, known better with time, joined when two are one, excluded."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.stays import guest_queries
from beffroi.acts.stays.enums import AgeBand, Hearing, Sex
from beffroi.acts.stays.models import Exclusion, Guest, HealthNote, House, Stay, Visit
from beffroi.acts.stays.permissions import can_exclude, guests_visible_to
from beffroi.acts.stays.services.common import kept_house, must_say, trace
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people import queries as people
from beffroi.people.permissions import barred_persons


@dataclass(frozen=True)
class GuestDraft:
    """How somebody is written down: an alias is enough."""

    alias: str
    sex: str = Sex.UNSAID
    birth_year: int | None = None
    age_band: str = AgeBand.UNSAID
    remark: str = ""
    has_dog: bool = False


def _checked(draft: GuestDraft, at: datetime) -> None:
    wrong = {}
    if not guest_queries.fold(draft.alias):
        wrong["alias"] = _("Écrivez un prénom ou un surnom, même inventé.")
    if draft.sex not in Sex.values:
        wrong["sex"] = _("Choisissez dans la liste.")
    if draft.age_band not in AgeBand.values:
        wrong["age_band"] = _("Choisissez dans la liste.")
    if draft.birth_year is not None and not 1900 <= draft.birth_year <= at.year:
        wrong["birth_year"] = _("Écrivez l’année en quatre chiffres, par exemple 1984.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)


def _columns(draft: GuestDraft) -> dict[str, object]:
    alias = draft.alias.strip()[:80]
    return {
        "alias": alias, "folded": guest_queries.fold(alias), "sex": draft.sex,
        "birth_year": draft.birth_year, "age_band": draft.age_band,
        "remark": draft.remark.strip()[:120], "has_dog": draft.has_dog,
    }  # fmt: skip


def _same_alias(alias: str) -> InvalidInput:
    words = _(
        "« %(alias)s » est déjà connu·e. Si c’est la même personne, choisissez-la ; sinon ajoutez "
        "un mot qui la distingue."
    ) % {"alias": alias.strip()}
    return InvalidInput(words, fields={"alias": words})


def write_down(house: House, draft: GuestDraft, *, mark: UUID | None, at: datetime) -> Guest:
    """This function will write a guest down for the team of a house; sent twice, it is one.

    Raises: InvalidInput, also when the team knows somebody by this alias.
    """
    _checked(draft, at)
    if mark and (known := Guest.objects.filter(mark=mark, team=house.team).first()):
        return known
    try:
        with transaction.atomic():
            return Guest.objects.create(
                team=house.team, mark=mark or uuid4(), since_at=at, **_columns(draft)
            )
    except IntegrityError as error:
        raise _same_alias(draft.alias) from error


def _own_guest(pk: int, by: Actor, at: datetime) -> Guest:
    seen = guests_visible_to(by, timezone.localdate(at))
    rows = Guest.objects if by.kind is ActorKind.SYSTEM else seen
    held = rows.select_for_update(of=("self",), no_key=True).select_related("team")
    found: Guest | None = held.filter(pk=pk, emptied_at__isnull=True).first()
    if found is None:
        raise NotAllowed(_("Cette personne n’est pas connue de votre équipe."))
    return found


def _trace(verb: str, guest: Guest, by: Actor, at: datetime, kind: ActKind = ActKind.WRITE,
           **detail: object) -> None:  # fmt: skip
    audit.record(
        by=by.as_of_team(guest.team.key), kind=kind, verb=verb, object_kind="guest",
        object_ref=str(guest.pk), at=at, detail=detail,
    )  # fmt: skip


@transaction.atomic
def add_guest(
    *, house: int, draft: GuestDraft, by: Actor, at: datetime, mark: UUID | None = None
) -> Guest:
    """This function will write somebody down before she comes. Raises: NotAllowed; InvalidInput."""
    made = write_down(kept_house(house, by), draft, mark=mark, at=at)
    _trace("guest.add", made, by, at)
    return made


@transaction.atomic
def change_guest(*, guest: int, draft: GuestDraft, by: Actor, at: datetime) -> Guest:
    """This function will change how somebody is written. Raises: NotAllowed; InvalidInput."""
    found = _own_guest(guest, by, at)
    _checked(draft, at)
    try:
        with transaction.atomic():
            Guest.objects.filter(pk=found.pk).update(**_columns(draft))
    except IntegrityError as error:
        raise _same_alias(draft.alias) from error
    found.refresh_from_db()
    _trace("guest.change", found, by, at)
    return found


@transaction.atomic
def bind_guest(*, guest: int, person_ref: str, by: Actor, at: datetime) -> Guest:
    """This function will say which person of the house a guest is; without one, nobody’s.

    Raises: NotAllowed; InvalidInput when she is not found, is close to the actor, or is another
    guest of the team.
    """
    found = _own_guest(guest, by, at)
    person = people.id_of(person_ref.strip()) if person_ref.strip() else None
    if person_ref.strip() and (person is None or person in barred_persons(by)):
        words = _("Aucune personne n’a cette référence.")
        raise InvalidInput(words, fields={"person_ref": words})
    try:
        with transaction.atomic():
            Guest.objects.filter(pk=found.pk).update(person_id=person)
    except IntegrityError as error:
        words = _("Votre équipe connaît déjà cette personne sous un autre surnom : réunissez-les.")
        raise InvalidInput(words, fields={"person_ref": words}) from error
    found.refresh_from_db()
    _trace("guest.bind", found, by, at)
    return found


@transaction.atomic
def join_guests(*, kept: int, other: int, by: Actor, at: datetime) -> Guest:
    """This function will make one of two guests who are the same; every night stays.

    What both have on one date keeps its row under the other name, to be looked at; it counts as
    the same guest. Raises: NotAllowed; InvalidInput.
    """
    if kept == other:
        raise InvalidInput(_("C’est déjà la même personne."))
    rows = {pk: _own_guest(pk, by, at) for pk in sorted((kept, other))}
    stays, goes = rows[kept], rows[other]
    if stays.team_id != goes.team_id:
        raise InvalidInput(_("Ces deux personnes sont connues d’équipes différentes."))
    if stays.joined_to_id or goes.joined_to_id:
        raise InvalidInput(_("L’une des deux est déjà réunie avec quelqu’un."))
    if stays.person_id and goes.person_id:
        raise InvalidInput(_("Chacune est déjà liée à une personne : réunissez-les d’abord là."))
    nights = Stay.objects.filter(guest=stays).values("night")
    Stay.objects.filter(guest=goes).exclude(night__in=nights).update(guest=stays)
    days = Visit.objects.filter(guest=stays).values("opening")
    Visit.objects.filter(guest=goes).exclude(opening__in=days).update(guest=stays)
    Exclusion.objects.filter(guest=goes).update(guest=stays)
    HealthNote.objects.filter(guest=goes).update(guest=stays)
    Guest.objects.filter(joined_to=goes).update(joined_to=stays)
    person, dates = goes.person_id, [d for d in (stays.last_date, goes.last_date) if d]
    Guest.objects.filter(pk=goes.pk).update(joined_to=stays, person=None)
    Guest.objects.filter(pk=stays.pk).update(
        person_id=stays.person_id or person, last_date=max(dates, default=None),
        has_dog=stays.has_dog or goes.has_dog, sex=stays.sex or goes.sex,
        birth_year=stays.birth_year or goes.birth_year,
    )  # fmt: skip
    stays.refresh_from_db()
    _trace("guest.join", stays, by, at, other=goes.pk)
    return stays


@transaction.atomic
def exclude(
    *, guest: int, house: int, since: date, until: date, reason: str, decided_by: str,
    hearing: str, by: Actor, at: datetime,
) -> Exclusion:  # fmt: skip
    """This function will note that a guest may not come in from a day to a day, both included.

    Raises: NotAllowed, also for more than one night when the actor does not lead the team;
    InvalidInput.
    """
    found, where = _own_guest(guest, by, at), kept_house(house, by)
    wrong = {}
    if until < since:
        wrong["until"] = _("La fin vient après le début.")
    if not reason.strip():
        wrong["reason"] = _("Dites pourquoi : la personne peut le demander.")
    if not decided_by.strip():
        wrong["decided_by"] = _("Dites qui a décidé.")
    if hearing not in Hearing.values:
        wrong["hearing"] = _("Dites si la personne a pu être entendue.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)
    if not can_exclude(by, where, (until - since).days + 1):
        words = _("Au-delà d’une nuit, c’est à qui dirige l’équipe de décider.")
        raise InvalidInput(words, fields={"until": words})
    made = Exclusion.objects.create(
        guest_id=found.joined_to_id or found.pk, house=where, since_date=since, until_date=until, reason=reason.strip()[:300],
        decided_by=decided_by.strip()[:160], hearing=hearing, at=at, by_ref=by.ref,
        by_label=by.label,
    )  # fmt: skip
    _trace("guest.exclude", found, by, at, until=until.isoformat())
    return made


@transaction.atomic
def lift_exclusion(*, exclusion: int, why: str, by: Actor, at: datetime) -> Exclusion:
    """This function will end an exclusion before its day, with the reason.

    Raises: NotAllowed; InvalidInput; WrongState when it is lifted already.
    """
    row = Exclusion.objects.select_related("house__team", "guest__team").filter(pk=exclusion)
    found = row.first()
    if found is None or not can_exclude(by, found.house, 2):
        raise NotAllowed(_("Cette exclusion n’est pas à vous."))
    said = must_say(why, _("Dites pourquoi elle est levée."))
    rows = Exclusion.objects.filter(pk=found.pk, lifted_at__isnull=True)
    if not rows.update(lifted_at=at, lifted_why=said[:300]):
        raise WrongState(_("Cette exclusion est déjà levée."))
    _trace("guest.lift_exclusion", found.guest, by, at)
    found.refresh_from_db()
    return found


@transaction.atomic
def read_guest(*, guest: int, by: Actor, at: datetime) -> None:
    """This function will journal that the page of a guest was read. Raises: NotAllowed."""
    _trace("guest.read", _own_guest(guest, by, at), by, at, ActKind.READ)


@transaction.atomic
def read_house(*, house: int, day: date, by: Actor, at: datetime) -> None:
    """This function will journal that who is in a house was read. Raises: NotAllowed."""
    trace(
        "stay.read", by=by, at=at, house=kept_house(house, by), kind=ActKind.READ,
        detail={"day": day.isoformat()},
    )  # fmt: skip


@transaction.atomic
def read_guests(*, shown: list[int], by: Actor, at: datetime) -> None:
    """This function will journal that these guests were read in a list. Raises: NotAllowed."""
    seen = guests_visible_to(by, timezone.localdate(at))
    if seen.filter(pk__in=shown).count() != len(set(shown)):
        raise NotAllowed(_("Ces personnes ne sont pas connues de votre équipe."))
    if shown:
        audit.record(
            by=by, kind=ActKind.READ, verb="guest.list", object_kind="guest", object_ref="list",
            at=at, detail={"shown": sorted(set(shown))},
        )  # fmt: skip
