"""Agents who are persons too: declared, so that their own files stay shut to them."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor, system_actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.people.enums import StaffLink
from beffroi.people.kin import circles
from beffroi.people.models import BarredPerson, StaffPerson
from beffroi.people.permissions import STAFF_ROLES, barred_persons, can_link_staff
from beffroi.people.services.common import UnknownPerson, chosen, opened, trace


@transaction.atomic
def link_staff(
    *,
    agent: int,
    reference: str,
    by: Actor,
    at: datetime,
    link: str = StaffLink.SELF,
    born: date | None = None,
) -> None:
    """This function will say that an agent is this person, or is close to her.

    From then on, she meets neither that person nor those up to two ties away. `born`, when it is
    given, must be the day of birth: a number typed wrong then names nobody.

    Raises: NotAllowed; UnknownPerson; WrongState when it was said before.
    """
    if not can_link_staff(by, agent):
        raise NotAllowed(_("Vous ne pouvez déclarer cela que pour vous-même."))
    # Who declares need not be somebody who opens persons: the act itself opens nothing.
    person = opened(reference, by if not by.has_role(*STAFF_ROLES) else system_actor(by.label))
    if born is not None and person.birth_date not in (None, born):
        raise UnknownPerson(_("Cette personne n’existe pas."))
    try:
        with transaction.atomic():
            StaffPerson.objects.create(
                agent_id=agent, person=person, link=chosen("link", link, StaffLink.values),
                declared_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise WrongState(_("C’est déjà noté, ou cet agent est déjà une autre personne.")) from None
    trace(person, "person.staff_link", by=by, at=at, detail={"agent": str(agent), "link": link})
    refresh_barred()


@transaction.atomic
def unlink_staff(*, agent: int, reference: str, reason: str, by: Actor, at: datetime) -> None:
    """This function will take back what was declared; never by the agent herself.

    Nor by somebody to whom this person is closed: her other account, one of her kin.
    Raises: NotAllowed; InvalidInput without a reason; WrongState.
    """
    if by.ref == str(agent) or not can_link_staff(by, agent):
        raise NotAllowed(_("Seule la direction ou la protection des données retire cela."))
    if not reason.strip():
        words = _("Dites pourquoi.")
        raise InvalidInput(words, fields={"reason": words})
    rows = StaffPerson.objects.filter(agent_id=agent, person__reference=reference)
    row = rows.select_related("person").first()
    if row is None:
        raise WrongState(_("Rien de tel n’est noté."))
    person = row.person
    if person.pk in barred_persons(by):
        raise NotAllowed(_("Seule la direction ou la protection des données retire cela."))
    row.delete()
    trace(person, "person.staff_unlink", by=by, at=at, reason=reason, detail={"agent": str(agent)})
    refresh_barred()


@transaction.atomic
def refresh_barred() -> int:
    """This function will work out anew whom each agent may not open, and count what changed.

    Refreshes wait for each other, so that the last one sees everything.
    """
    list(
        StaffPerson.objects.select_for_update(no_key=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    wanted = {(agent, person) for agent, persons in circles().items() for person in persons}
    held = {
        (agent, person): pk
        for pk, agent, person in BarredPerson.objects.values_list("pk", "agent_id", "person_id")
    }
    gone = [pk for pair, pk in held.items() if pair not in wanted]
    BarredPerson.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - set(held))
    BarredPerson.objects.bulk_create(
        (BarredPerson(agent_id=agent, person_id=person) for agent, person in new),
        ignore_conflicts=True,
    )
    return len(gone) + len(new)
