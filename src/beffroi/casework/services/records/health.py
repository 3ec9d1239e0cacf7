"""Medical cards: their pharmacy lines, month by month, against the list and the cap."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework.enums import CardPayee
from beffroi.casework.models import MedicalCard, PharmacyLine, PharmacyMonth
from beffroi.casework.services.common import trace
from beffroi.casework.services.records.common import pay_once, pay_to, record_for
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.entitlements import services as entitlements
from beffroi.entitlements.enums import ComputationKind, ComputationStatus
from beffroi.rules import pharmacy as rule


@transaction.atomic
def add_pharmacy_line(
    *,
    number: str,
    product: str,
    day: date,
    price: Decimal,
    by: Actor,
    at: datetime,
    code: str = "",
    on_list: bool | None = None,
) -> int:
    """This function will enter what a pharmacy charges on a card, in euros.

    `on_list` is None while nobody has looked the product up. Raises: NotAllowed; InvalidInput.
    """
    card = record_for(MedicalCard, number, by, at)
    faults: dict[str, str] = {}
    if not product.strip():
        faults["product"] = _("Dites quel produit.")
    if price <= 0:
        faults["price"] = _("Le prix est plus grand que zéro.")
    if day > timezone.localdate(at):
        faults["day"] = _("Cette date n’est pas encore là.")
    if faults:
        raise InvalidInput(_("La ligne n’est pas ajoutée."), faults)
    line = PharmacyLine.objects.create(
        card=card, code=code.strip()[:12], product=product.strip()[:160], day=day, price=price,
        on_list=on_list,
    )  # fmt: skip
    trace(card.grant.file, "pharmacy.line", by=by, at=at, about=number)
    return int(line.pk)


@transaction.atomic
def look_up_line(*, number: str, line: int, on_list: bool, by: Actor, at: datetime) -> None:
    """This function will say whether a product is on the list of the house.

    Raises: NotAllowed; WrongState once its month is settled.
    """
    card = record_for(MedicalCard, number, by, at)
    if not card.lines.filter(pk=line, month=None).update(on_list=on_list):
        raise WrongState(_("Cette ligne est déjà réglée."))
    trace(card.grant.file, "pharmacy.look_up", by=by, at=at, about=number)


@transaction.atomic
def settle_pharmacy_month(*, number: str, month: date, by: Actor, at: datetime) -> str:
    """This function will check the open lines of a month, and open what is to pay; its computation.

    What was settled before in that month counts in its cap. The payment goes to the pharmacy, or
    to the person where the card says so. Raises: NotAllowed; WrongState; what payments refuse.
    """
    card = record_for(MedicalCard, number, by, at)
    first = month.replace(day=1)
    lines = list(card.lines.filter(month=None, day__year=first.year, day__month=first.month))
    if not lines:
        raise WrongState(_("Aucune ligne n’attend pour ce mois."))
    if any(line.on_list is None for line in lines):
        raise WrongState(
            _("Une ligne n’a pas encore été cherchée dans la liste."),
            todo=_("Dites pour chaque produit s’il y est."),
        )
    if card.paid_to == CardPayee.PHARMACY and not card.third_party_ref:
        raise WrongState(
            _("La pharmacie n’a pas encore de compte."), todo=_("Notez d’abord son compte.")
        )
    bill = _bill(card, first, lines)
    computation = _freeze(card, first, lines, bill, by, at)
    order = pay_once(
        card.grant, bill.granted, on=timezone.localdate(at),
        label=_("Pharmacie de %(month)s") % {"month": f"{first:%m/%Y}"},
        third_party_ref=card.third_party_ref if card.paid_to == CardPayee.PHARMACY else "",
        by=by, at=at,
    )  # fmt: skip
    settled = PharmacyMonth.objects.create(
        card=card, month=first, computation_ref=computation, granted=bill.granted,
        refused=bill.refused, order_ref=order, settled_at=at, settled_by=by.label,
    )  # fmt: skip
    for line, checked in zip(lines, bill.lines, strict=True):
        PharmacyLine.objects.filter(pk=line.pk, month=None).update(
            month=settled, granted=checked.granted, reason=checked.reason[:160]
        )
    trace(card.grant.file, "pharmacy.settle", by=by, at=at, about=number,
          detail={"month": first.isoformat(), "order": order})  # fmt: skip
    return computation


def _bill(card: MedicalCard, first: date, lines: list[PharmacyLine]) -> rule.Bill:
    before = card.months.filter(month=first).aggregate(n=Sum("granted"))["n"] or Decimal("0.00")
    last = card.last_day if card.revoked_at is None else timezone.localdate(card.revoked_at)
    return rule.check(
        rule.Card(card.first_day, min(card.last_day, last), card.monthly_cap),
        [
            rule.Line(_("Ligne %(n)d") % {"n": n}, one.day, one.price, one.on_list)
            for n, one in enumerate(lines, 1)
        ],
        before,
    )


def _freeze(
    card: MedicalCard, first: date, lines: list[PharmacyLine], bill: rule.Bill, by: Actor,
    at: datetime,
) -> str:  # fmt: skip
    """Products stay out of the computation: dates and prices are enough to follow it."""
    return entitlements.keep_computation(
        kind=ComputationKind.PHARMACY, subject_ref=card.grant.decision.application.reference,
        on_date=first,
        facts={
            "card": card.number,
            "monthly_cap": None if card.monthly_cap is None else str(card.monthly_cap),
            "lines": [
                {"day": one.day.isoformat(), "price": str(one.price), "on_list": one.on_list}
                for one in lines
            ],
        },
        steps=[
            {"key": s.key, "label": s.label, "formula": s.formula, "value": f"{s.value:.2f}",
             "reference": s.reference, "source": s.source}
            for s in bill.steps
        ],
        status=ComputationStatus.ENTITLED if bill.granted else ComputationStatus.NOT_ENTITLED,
        amount=bill.granted, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def set_card_pharmacy(
    *, number: str, name: str, iban: str, by: Actor, at: datetime, enterprise_number: str = ""
) -> str:
    """This function will say which pharmacy is paid, and on which account; its reference.

    Raises: NotAllowed; InvalidInput when a number is wrong.
    """
    card = record_for(MedicalCard, number, by, at)
    reference = pay_to(
        name, iban, since=card.first_day, enterprise_number=enterprise_number, by=by, at=at
    )
    MedicalCard.objects.filter(pk=card.pk).update(
        pharmacy=name.strip()[:160], third_party_ref=reference
    )
    trace(card.grant.file, "card.pharmacy", by=by, at=at, about=number)
    return reference


@transaction.atomic
def revoke_card(*, number: str, why: str, by: Actor, at: datetime) -> None:
    """This function will take a card back from today. Raises: NotAllowed; InvalidInput; WrongState."""
    card = record_for(MedicalCard, number, by, at)
    if not why.strip():
        raise InvalidInput(
            _("Dites pourquoi la carte est retirée."), {"why": _("Le motif manque.")}
        )
    done = MedicalCard.objects.filter(pk=card.pk, revoked_at=None).update(
        revoked_at=at, revoked_why=why.strip()[:300]
    )
    if not done:
        raise WrongState(_("Cette carte est déjà retirée."))
    trace(card.grant.file, "card.revoke", by=by, at=at, about=number, why=why)
