"""Lets somebody pay less: among siblings, when the CPAS says so, or when the house decides."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.activities.enums import FeeState, ReductionKind
from beffroi.acts.activities.models import Fee, Participant, Reduction
from beffroi.acts.activities.permissions import own_teams
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people.permissions import barred_persons


def _known(pk: int, by: Actor) -> Participant:
    rows = Participant.objects.select_for_update(of=("self",), no_key=True).select_related("team")
    found = rows.filter(pk=pk, anonymised_at__isnull=True).first()
    if found is None or not (by.kind is ActorKind.SYSTEM or found.team.key in own_teams(by)):
        raise NotAllowed(_("Cette personne n’est pas connue de votre équipe."))
    return found


def must_not_be_close(person: Participant | None, by: Actor) -> None:
    """This function will refuse an act for the actor herself or somebody close to her.

    Raises: NotAllowed.
    """
    if person is not None and person.person_id in barred_persons(by):
        raise NotAllowed(_("Une collègue s’en charge : cette personne vous est proche."))


def _trace(verb: str, row: Participant, by: Actor, at: datetime) -> None:
    audit.record(
        by=by.as_of_team(row.team.key), kind=ActKind.WRITE, verb=verb, object_kind="participant",
        object_ref=str(row.pk), at=at,
    )  # fmt: skip


@transaction.atomic
def give_reduction(
    *, participant: int, kind: str, since: date, by: Actor, at: datetime, percent: int = 100,
    rank: int | None = None, until: date | None = None,
) -> Reduction:  # fmt: skip
    """This function will let somebody pay `percent` % less from a day to a day.

    Why the CPAS says so is not asked: then she pays nothing.
    Raises: NotAllowed, also for herself or somebody close to her; InvalidInput.
    """
    found, wrong = _known(participant, by), {}
    must_not_be_close(found, by)
    percent = 100 if kind == ReductionKind.CPAS else percent
    if kind not in ReductionKind.values:
        wrong["kind"] = _("Choisissez la raison.")
    if not 1 <= percent <= 100:
        wrong["percent"] = _("Comptez de 1 à 100 pour cent.")
    if kind == ReductionKind.SIBLING and not 2 <= (rank or 0) <= 12:
        wrong["rank"] = _("Dites le rang : le deuxième enfant, le troisième.")
    if until and until < since:
        wrong["until"] = _("La fin vient avant le début.")
    if wrong:
        raise InvalidInput(" ".join(wrong.values()), fields=wrong)
    made = Reduction.objects.create(
        participant=found, kind=kind, percent=percent, since_date=since, until_date=until,
        rank=rank if kind == ReductionKind.SIBLING else None, by_label=by.label,
    )  # fmt: skip
    _trace("participant.reduce", found, by, at)
    return made


@transaction.atomic
def end_reduction(*, reduction: int, by: Actor, at: datetime) -> None:
    """This function will end a reduction today; what was charged stays. Raises: NotAllowed;
    WrongState when it ended before.
    """
    row, today = Reduction.objects.filter(pk=reduction).first(), timezone.localdate(at)
    if row is None:
        raise NotAllowed(_("Cette réduction n’existe pas."))
    found = _known(row.participant_id, by)
    if row.until_date and row.until_date <= today:
        raise WrongState(_("Cette réduction a déjà pris fin."))
    Reduction.objects.filter(pk=row.pk).update(until_date=max(row.since_date, today))
    _trace("participant.end_reduction", found, by, at)


def move_money(stays: Participant, goes: Participant) -> None:
    """This function will move reductions and fees to the one who stays, in the act under way.

    Both paid for the same session: each payment stays, that of the one who goes without a name.
    """
    Reduction.objects.filter(participant=goes).update(participant=stays)
    standing = Fee.objects.filter(participant=stays).exclude(state=FeeState.REFUNDED)
    known = set(standing.values_list("activity_id", "session_id"))
    for fee in Fee.objects.filter(participant=goes):
        doubled = fee.state != FeeState.REFUNDED and (fee.activity_id, fee.session_id) in known
        Fee.objects.filter(pk=fee.pk).update(participant=None if doubled else stays)
