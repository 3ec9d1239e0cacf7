"""Second readers of a sealed address: named for a reason, until a day, and taken back."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.people.models import AddressKeeper, Person
from beffroi.people.permissions import can_open_person
from beffroi.people.services.addresses import own_address, reason_said
from beffroi.people.services.common import opened, trace


@transaction.atomic
def name_keeper(
    *,
    reference: str,
    address: int,
    agent: int,
    reason: str,
    until: date,
    by: Actor,
    at: datetime,
) -> None:
    """This function will let another agent read a sealed address until a day, included.

    Who reads it may name; named again, the day and the reason are the new ones.
    Raises: UnknownPerson; NotAllowed; InvalidInput for a day gone by, no reason, or an agent who
    does not open this person; WrongState for one who reads it without an end.
    """
    person = opened(reference, by)
    row = own_address(person, address, by)
    said, today = reason_said(reason), timezone.localdate(at)
    if not row.is_sealed:
        raise WrongState(_("Cette adresse n’est pas protégée : qui ouvre la personne la lit."))
    if until < today:
        words = _("Ce jour est passé.")
        raise InvalidInput(words, fields={"until": words})
    _must_open(agent, person, today)
    held = (
        AddressKeeper.objects.select_for_update(no_key=True)
        .filter(address=row, agent_id=agent)
        .first()
    )
    if held is not None and held.until_date is None:
        raise WrongState(_("Cet agent la lit déjà, tant qu’elle est protégée."))
    AddressKeeper.objects.update_or_create(
        address=row, agent_id=agent,
        defaults={"named_at": at, "named_by": by.label, "reason": said, "until_date": until},
    )  # fmt: skip
    trace(
        person, "person.address_keeper", by=by, at=at, reason=said,
        detail={"agent": str(agent), "until": until.isoformat()},
    )  # fmt: skip


def _must_open(agent: int, person: Person, day: date) -> None:
    """Whoever could not open the person herself is not let in by her address."""
    row = accounts.agents_with_posts(day).filter(pk=agent, is_active=True).first()
    if row is None or not can_open_person(accounts.actor_for(row, day), person):
        words = _("Cet agent n’ouvre pas cette personne : choisissez-en un autre.")
        raise InvalidInput(words, fields={"agent": words})


@transaction.atomic
def remove_keeper(
    *, reference: str, address: int, agent: int, reason: str, by: Actor, at: datetime
) -> None:
    """This function will take back what lets an agent read a sealed address.

    Raises: UnknownPerson; NotAllowed; InvalidInput without a reason; WrongState.
    """
    person = opened(reference, by)
    row = own_address(person, address, by)
    said = reason_said(reason)
    gone, _by_table = AddressKeeper.objects.filter(address=row, agent_id=agent).delete()
    if not gone:
        raise WrongState(_("Cet agent n’est pas nommé pour cette adresse."))
    trace(
        person, "person.address_keeper_end", by=by, at=at, reason=said,
        detail={"agent": str(agent)},
    )  # fmt: skip
