"""The president's urgent aid, and the item by which the council ratifies it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.bodies import queries
from beffroi.acts.bodies.conflicts import barred_persons
from beffroi.acts.bodies.enums import MandateRole, SittingState
from beffroi.acts.bodies.models import Item, Mandate, Sitting, UrgentDecision
from beffroi.acts.bodies.permissions import mandates_of
from beffroi.acts.bodies.services.items import Section, put_forward
from beffroi.acts.bodies.services.moves import hold, trace_item
from beffroi.acts.bodies.services.sittings import append
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents

RATIFICATION = "urgent_ratification"


@dataclass(frozen=True)
class UrgentGrant:
    """An urgent aid granted: its reference, the item that ratifies it, the sitting it is put to."""

    reference: str
    item: str
    sitting: str = ""


@transaction.atomic
def urgent_decision(
    *,
    subject_kind: str,
    subject_ref: str,
    title: str,
    person_ref: str,
    kind: str,
    amount: Decimal,
    reason: str,
    by: Actor,
    at: datetime,
    conflict_refs: Iterable[str] = (),
    file_team: str = "",
    summary: Sequence[Section] = (),
) -> UrgentGrant:
    """This function will grant an urgent aid, in euros, as the president alone may (art. 28 §1).

    The nearest sitting must ratify it: its item goes on the agenda of the next one in preparation,
    or waits, ready, for the next one planned; no sitting is convened without it.
    Raises: NotAllowed unless the actor presides the council and is no kin; InvalidInput above
    the limit or without a reason.
    """
    day = timezone.localdate(at)
    concerned = {ref for ref in (person_ref, *conflict_refs) if ref}
    mandate = _president(by, concerned, day)
    _check_amount(amount, queries.urgent_limit_of(mandate.body, day)[0], reason)
    number = documents.next_number(register="urgence", year=day.year)
    reference = f"URG-{day.year}-{number:04d}"
    item = put_forward(
        subject_kind="urgent_decision", subject_ref=reference, title=title,
        person_ref=person_ref, kind=RATIFICATION, by=by, at=at, body_key=None, urgent=True,
        conflict_refs=concerned, file_team=file_team, summary=summary, corrects=None,
    )  # fmt: skip
    UrgentDecision.objects.create(
        reference=reference, subject_kind=subject_kind, subject_ref=subject_ref,
        person_ref=person_ref, kind=kind, amount=amount, reason=reason.strip(), mandate=mandate,
        decided_at=at, ratification=item,
    )  # fmt: skip
    detail = {"urgent": reference}
    trace_item(item, "council_item.urgent", by=by, at=at, detail=detail)
    return UrgentGrant(reference, item.reference, _put_on_agenda(item, by, at))


def _put_on_agenda(item: Item, by: Actor, at: datetime) -> str:
    """The next sitting in preparation takes the item; convened ones are closed to it."""
    planned = Sitting.objects.filter(body=item.body, state=SittingState.PLANNED, starts_at__gt=at)
    sitting = planned.order_by("starts_at", "pk").first()
    if sitting is None:
        return ""
    try:
        hold(sitting, SittingState.PLANNED)
    except WrongState:
        # Convened at this very moment: the item waits for the one after.
        return ""
    append(sitting, item, by=by, at=at)
    return sitting.reference


def _president(by: Actor, concerned: set[str], day: date) -> Mandate:
    """The mandate of who presides the council, unless the matter is of her own."""
    held = mandates_of(by, day).filter(body=queries.council(), role=MandateRole.PRESIDENT)
    mandate = held.first()
    if mandate is None or concerned & barred_persons(by):
        raise NotAllowed(_("Seule la présidence accorde une aide urgente, hors de sa famille."))
    return mandate


def _check_amount(amount: Decimal, limit: Decimal, reason: str) -> None:
    if not reason.strip():
        raise InvalidInput(_("Motivez l’urgence."), {"reason": _("Dites pourquoi cela presse.")})
    if amount <= 0:
        raise InvalidInput(_("Le montant doit dépasser zéro."), {"amount": _("Plus de zéro.")})
    if amount > limit:
        raise InvalidInput(
            _("La présidence ne peut pas accorder seule ce montant."),
            {"amount": _("Au plus %(limit)s €.") % {"limit": str(limit).replace(".", ",")}},
            _("Le règlement d’ordre intérieur fixe cette limite."),
            _("Réduisez le montant, ou convoquez le Conseil d’urgence."),
        )
