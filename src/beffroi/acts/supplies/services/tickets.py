"""Tickets: a batch comes in, tickets are handed over, stubs come back; each ticket is one only."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.supplies.enums import SiteKind, StubKind
from beffroi.acts.supplies.models import Handout, Stub, TicketBatch
from beffroi.acts.supplies.services.common import (
    kept_site,
    must_count,
    must_not_be_close,
    must_say,
    person_of,
    trace,
    wrong,
)
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState

#: As many tickets as one participant takes at once.
MOST_TICKETS = 200


class NoTicketLeft(Refusal):
    """The batch holds fewer tickets than are asked for."""

    def __init__(self, batch: TicketBatch) -> None:
        super().__init__(
            _("Il n’y a plus assez de tickets dans le lot « %(batch)s ».") % {"batch": batch.name},
            _("Il en reste %(left)d.") % {"left": batch.left},
            _("Prenez-en moins, ou choisissez un autre lot."),
        )


@dataclass(frozen=True)
class BatchDraft:
    """Tickets bought at once; euros for one ticket."""

    name: str
    received_date: date
    quantity: int
    nominal: Decimal
    user_price: Decimal
    own_share: Decimal
    funding: str
    valid_until: date


@transaction.atomic
def receive_batch(*, site: int, draft: BatchDraft, by: Actor, at: datetime) -> TicketBatch:
    """This function will take in a batch of tickets. Raises: NotAllowed; InvalidInput."""
    kept = kept_site(site, by, SiteKind.TICKETS)
    faults = {}
    if not draft.name.strip():
        faults["name"] = _("Donnez un nom au lot : « Premier semestre 2026 ».")
    if not draft.funding.strip():
        faults["funding"] = _("Dites qui finance : Plan de cohésion sociale, fonds propres…")
    for field in ("nominal", "user_price", "own_share"):
        if not 0 <= getattr(draft, field) < 10_000:
            faults[field] = _("Écrivez un montant en euros.")
    if not faults and draft.user_price + draft.own_share > draft.nominal:
        faults["own_share"] = _("Les deux parts dépassent la valeur du ticket.")
    if draft.valid_until < draft.received_date:
        faults["valid_until"] = _("La fin vient avant le début.")
    if faults:
        raise InvalidInput(" ".join(faults.values()), fields=faults)
    many = must_count(draft.quantity)
    given = {**vars(draft), "name": draft.name.strip()[:80], "funding": draft.funding.strip()[:80]}
    made = TicketBatch.objects.create(site=kept, left=many, **given)
    thing = ("supply_batch", made.pk)
    trace("supply.receive_batch", by=by, at=at, site=kept, thing=thing, detail={"quantity": many})
    return made


def _batch(pk: int, by: Actor) -> TicketBatch:
    row = TicketBatch.objects.select_related("site__team").filter(pk=pk).first()
    if row is None:
        raise NotAllowed(_("Ce lot n’existe pas."))
    kept_site(row.site_id, by, SiteKind.TICKETS)
    return row


def hand_tickets(
    *, batch: int, quantity: int, mark: UUID, by: Actor, at: datetime, who: str = "",
    person_ref: str = "",
) -> Handout:  # fmt: skip
    """This function will hand tickets to a participant: known, by a name or number, or nobody.

    The same `mark` gives the same handout again.
    Raises: NotAllowed; InvalidInput; NoTicketLeft; WrongState when the batch is over.
    """
    try:
        with transaction.atomic():
            return _hand(_batch(batch, by), quantity, mark, who, person_ref, by, at)
    except IntegrityError:
        known = Handout.objects.filter(mark=mark, batch=batch).first()
        if known is None:
            raise
        return known


def _hand(
    batch: TicketBatch, quantity: int, mark: UUID, who: str, person_ref: str, by: Actor,
    at: datetime,
) -> Handout:  # fmt: skip
    known = Handout.objects.filter(mark=mark, batch=batch).first()
    if known is not None:
        return known
    today = timezone.localdate(at)
    if batch.valid_until < today:
        raise WrongState(
            _("Les tickets du lot « %(batch)s » ne sont plus valables.") % {"batch": batch.name},
            todo=_("Choisissez un lot en cours."),
        )
    many = must_count(quantity)
    if many > MOST_TICKETS:
        raise wrong(
            "quantity", _("Remettez au plus %(n)d tickets à la fois.") % {"n": MOST_TICKETS}
        )
    person = person_of(person_ref, by)
    if not TicketBatch.objects.filter(pk=batch.pk, left__gte=many).update(left=F("left") - many):
        batch.refresh_from_db(fields=["left"])
        raise NoTicketLeft(batch)
    made = Handout.objects.create(
        batch=batch, mark=mark, date=today, at=at, who=who.strip()[:80], person_id=person,
        quantity=many,
    )  # fmt: skip
    thing = ("supply_handout", made.pk)
    trace("supply.hand_tickets", by=by, at=at, site=batch.site, thing=thing, detail={"n": many})
    return made


@transaction.atomic
def settle_tickets(
    *, handout: int, kind: str, quantity: int, by: Actor, at: datetime, event: str = ""
) -> Stub:
    """This function will note what became of tickets handed over; the unused go back to the batch.

    Raises: NotAllowed; InvalidInput; WrongState when more come back than are out.
    """
    row = Handout.objects.filter(pk=handout).first()
    if row is None:
        raise NotAllowed(_("Cette remise n’existe pas."))
    batch = _batch(row.batch_id, by)
    must_not_be_close(row.person_id, by)
    if kind not in StubKind.values:
        must_say("", _("Dites ce que ces tickets sont devenus."), "kind")
    many = must_count(quantity)
    open_rows = Handout.objects.filter(pk=handout, settled__lte=F("quantity") - many)
    if not open_rows.update(settled=F("settled") + many):
        row.refresh_from_db()
        raise WrongState(
            ngettext(
                "Il ne reste que %(n)d ticket de cette remise dehors.",
                "Il ne reste que %(n)d tickets de cette remise dehors.",
                row.quantity - row.settled or 1,  # in French, nothing is singular
            )
            % {"n": row.quantity - row.settled},
            todo=_("Vérifiez le nombre de souches."),
        )
    if kind == StubKind.RETURNED:
        TicketBatch.objects.filter(pk=batch.pk).update(left=F("left") + many)
    made = Stub.objects.create(
        handout=row, kind=kind, quantity=many, event=event.strip()[:120],
        date=timezone.localdate(at), at=at,
    )  # fmt: skip
    thing = ("supply_handout", handout)
    trace("supply.settle_tickets", by=by, at=at, site=batch.site, thing=thing)
    return made
