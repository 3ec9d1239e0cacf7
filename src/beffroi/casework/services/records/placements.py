"""Stays in a rest home: the state of charges of each month, and the part of each child."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.casework.computing.health import days_of
from beffroi.casework.models import Contributor, HomePlacement, PlacementMonth
from beffroi.casework.services.common import trace
from beffroi.casework.services.records.common import pay_once, pay_to, record_for
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.entitlements import services as entitlements
from beffroi.entitlements.enums import ComputationKind, ComputationStatus
from beffroi.rules import rest_home as rule
from beffroi.rules.amounts import ZERO
from beffroi.rules.steps import Step


@transaction.atomic
def add_contributor(*, number: str, name: str, by: Actor, at: datetime) -> int:
    """This function will note a child who may owe maintenance. Raises: NotAllowed; InvalidInput."""
    placement = record_for(HomePlacement, number, by, at)
    if not name.strip():
        raise InvalidInput(_("Dites de qui il s’agit."), {"name": _("Le nom manque.")})
    try:
        with transaction.atomic():
            child = Contributor.objects.create(placement=placement, name=name.strip()[:160])
    except IntegrityError:
        raise InvalidInput(_("Cet enfant est déjà noté."), {"name": _("Déjà noté.")}) from None
    trace(placement.grant.file, "contributor.add", by=by, at=at, about=number)
    return int(child.pk)


@transaction.atomic
def set_contributor_part(
    *, number: str, contributor: int, asked: Decimal, by: Actor, at: datetime, waiver: str = ""
) -> None:
    """This function will keep which part of her own share is asked of a child, from 0 to 1.

    Raises: NotAllowed; InvalidInput outside 0 to 1, or for a waiver without its reason.
    Source: loi organique du 8 juillet 1976, art. 98 §2 (raisons d’équité).
    """
    placement = record_for(HomePlacement, number, by, at)
    if not 0 <= asked <= 1:
        raise InvalidInput(_("La part va de 0 à 1."), {"asked": _("De 0 à 1, par exemple 0,5.")})
    if asked < 1 and not waiver.strip():
        raise InvalidInput(
            _("La renonciation n’est pas gardée."),
            {"waiver": _("Dites la raison d’équité : elle est relue par l’inspection.")},
        )
    done = placement.contributors.filter(pk=contributor).update(
        asked=asked, waiver="" if asked == 1 else waiver.strip()[:300]
    )
    if not done:
        raise InvalidInput(_("Cet enfant n’est pas dans ce séjour."))
    trace(placement.grant.file, "contributor.part", by=by, at=at, about=number, why=waiver)


@transaction.atomic
def set_placement_account(
    *, number: str, iban: str, by: Actor, at: datetime, enterprise_number: str = ""
) -> str:
    """This function will keep the account of the home, and give the third party’s reference.

    Raises: NotAllowed; InvalidInput when a number is wrong.
    """
    placement = record_for(HomePlacement, number, by, at)
    reference = pay_to(
        placement.home, iban, since=placement.entered_on, enterprise_number=enterprise_number,
        by=by, at=at,
    )  # fmt: skip
    HomePlacement.objects.filter(pk=placement.pk).update(third_party_ref=reference)
    trace(placement.grant.file, "placement.account", by=by, at=at, about=number)
    return reference


@transaction.atomic
def settle_placement_month(
    *,
    number: str,
    month: date,
    resources: Decimal,
    by: Actor,
    at: datetime,
    days: int | None = None,
    other_costs: Decimal = ZERO,
) -> str:
    """This function will draw the state of charges of a month, pay the home and share the cost.

    Amounts in euros; without `days`, those of the stay in that month. Gives its computation.
    Raises: NotAllowed; InvalidInput; WrongState when the month is drawn already.
    """
    placement = record_for(HomePlacement, number, by, at)
    first = month.replace(day=1)
    if not placement.third_party_ref:
        raise WrongState(
            _("La maison de repos n’a pas encore de compte."), todo=_("Notez d’abord son compte.")
        )
    counted = days_in(placement, first) if days is None else days
    if not 0 < counted <= days_of(first):
        raise InvalidInput(
            _("L’état de frais n’est pas fait."), {"days": _("Ce mois n’a pas autant de journées.")}
        )
    outcome = rule.cost(
        rule.Facts(
            first, placement.day_price, counted, resources, placement.pocket_money, other_costs
        )
    )
    if outcome.status != "granted":
        raise InvalidInput(_("L’état de frais n’est pas fait."), why=" ".join(outcome.reasons))
    children = [rule.Child(one.name, one.asked, one.waiver) for one in placement.contributors.all()]
    shares = rule.children_shares(outcome.amount, children)
    computation = _freeze(placement, first, counted, resources, (*outcome.steps, *shares.steps),
                          outcome.amount, by, at)  # fmt: skip
    row = PlacementMonth(
        placement=placement, month=first, days=counted, resources=resources,
        other_costs=other_costs, cost=outcome.amount, left_to_cpas=shares.left_to_cpas,
        shares=[
            {"name": one.child.name, "most": str(one.most),
             "asked": None if one.asked is None else str(one.asked)}
            for one in shares.shares
        ],
        computation_ref=computation, settled_at=at, settled_by=by.label,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise WrongState(_("L’état de frais de ce mois est déjà fait.")) from None
    order = pay_once(
        placement.grant, outcome.amount, on=timezone.localdate(at),
        label=_("%(home)s, %(month)s") % {"home": placement.home, "month": f"{first:%m/%Y}"},
        third_party_ref=placement.third_party_ref, by=by, at=at,
    )  # fmt: skip
    PlacementMonth.objects.filter(pk=row.pk).update(order_ref=order)
    trace(placement.grant.file, "placement.settle", by=by, at=at, about=number,
          detail={"month": first.isoformat(), "order": order})  # fmt: skip
    return computation


def days_in(placement: HomePlacement, month: date) -> int:
    """This function will count the days of a stay in a month; the day of leaving counts not."""
    last = days_of(month)
    start, end = 1, last + 1
    if placement.entered_on > month:
        start = placement.entered_on.day if placement.entered_on <= month.replace(day=last) else end
    if placement.left_on is not None and placement.left_on <= month.replace(day=last):
        end = placement.left_on.day if placement.left_on >= month else start
    return max(0, end - start)


def _freeze(
    placement: HomePlacement, first: date, days: int, resources: Decimal, steps: tuple[Step, ...],
    amount: Decimal, by: Actor, at: datetime,
) -> str:  # fmt: skip
    return entitlements.keep_computation(
        kind=ComputationKind.REST_HOME,
        subject_ref=placement.grant.decision.application.reference, on_date=first,
        facts={
            "placement": placement.number, "days": days, "resources": str(resources),
            "day_price": str(placement.day_price), "pocket_money": str(placement.pocket_money),
        },
        steps=[
            {"key": s.key, "label": s.label, "formula": s.formula,
             "value": f"{s.value:.2f}" if isinstance(s.value, Decimal) else s.value,
             "reference": s.reference, "source": s.source}
            for s in steps
        ],
        status=ComputationStatus.ENTITLED if amount else ComputationStatus.NOT_ENTITLED,
        amount=amount, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def leave_home(*, number: str, on: date, why: str, by: Actor, at: datetime) -> None:
    """This function will note that the stay ended. Raises: NotAllowed; InvalidInput; WrongState."""
    placement = record_for(HomePlacement, number, by, at)
    if not why.strip() or on < placement.entered_on:
        raise InvalidInput(
            _("La fin du séjour n’est pas gardée."),
            {"why": _("Dites pourquoi, et un jour après l’entrée.")},
        )
    done = HomePlacement.objects.filter(pk=placement.pk, left_on=None).update(
        left_on=on, left_why=why.strip()[:200]
    )
    if not done:
        raise WrongState(_("Ce séjour est déjà terminé."))
    trace(placement.grant.file, "placement.leave", by=by, at=at, about=number, why=why)
