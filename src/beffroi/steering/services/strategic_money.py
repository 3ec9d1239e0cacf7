"""Staff and costs of a strategic plan: never above the whole, never in two plans."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.steering.enums import Funding
from beffroi.steering.models import Element, Plan, StaffShare, StrategicCost, StrategicPlan
from beffroi.steering.permissions import can_keep_money
from beffroi.steering.services.base import must, trace
from beffroi.steering.strategic_shares import (
    TimeShare,
    TooMuch,
    pcs_twin,
    strategic_twin,
    time_shares,
    too_much,
)


def refuse_too_much_time(
    agent: int, *, since: date, until: date | None, fte: Decimal, charged: Decimal
) -> None:
    """This function will refuse time of an agent that plans together would pay above the whole.

    The agent’s row is held until the end of the transaction: two plans cannot take the same part.

    Raises: InvalidInput that names where the rest is.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=agent)
    found = too_much(TimeShare("", since, until, fte, charged), time_shares(agent))
    if found is not None:
        raise InvalidInput(
            _("Cette affectation n’est pas enregistrée."), {"charged_fte": _taken(found)}
        )


def _taken(found: TooMuch) -> str:
    where = ", ".join(
        _("%(fte)s par « %(plan)s »") % {"fte": _fte(one.charged), "plan": one.plan}
        for one in found.others
    )
    return _(
        "Le %(day)s, la personne travaille %(worked)s ETP, dont %(where)s : il reste %(left)s."
    ) % {
        "day": f"{found.day:%d/%m/%Y}", "worked": _fte(found.worked), "where": where,
        "left": _fte(found.left),
    }  # fmt: skip


def _fte(value: Decimal) -> str:
    return str(number_format(value, 2))


@transaction.atomic
def share_staff(
    *, plan: StrategicPlan, agent: int, function: str, since: date, until: date | None,
    fte: Decimal, charged_fte: Decimal, by: Actor, at: datetime,
) -> StaffShare:  # fmt: skip
    """This function will say what part of an agent’s time a strategic plan pays, in full-time equivalents.

    Raises: NotAllowed; InvalidInput when plans together would pay more than she works.
    """
    must(can_keep_money(by))
    faults = {}
    if not 0 < fte <= 1:
        faults["fte"] = _("Au-dessus de zéro, au plus un temps plein.")
    if not 0 < charged_fte <= fte:
        faults["charged_fte"] = _("Au-dessus de zéro, au plus ce que la personne travaille.")
    if until is not None and until < since:
        faults["until"] = _("La fin vient après le début.")
    if not function.strip():
        faults["function"] = _("Nommez la fonction.")
    if faults:
        raise InvalidInput(_("Cette affectation n’est pas enregistrée."), faults)
    refuse_too_much_time(agent, since=since, until=until, fte=fte, charged=charged_fte)
    row = StaffShare.objects.create(
        plan=plan, agent_id=agent, function=function.strip(), since_date=since, until_date=until,
        fte=fte, charged_fte=charged_fte,
    )  # fmt: skip
    trace(plan, "strategic.share_staff", by=by, at=at, ref=plan.key, detail={"fte": str(charged_fte)})  # fmt: skip
    return row


@transaction.atomic
def end_staff_share(*, share: StaffShare, until: date, by: Actor, at: datetime) -> None:
    """This function will end a part of somebody’s time on a day; what it was stays to read.

    Raises: NotAllowed; InvalidInput when it would last longer, or end before it began.
    """
    must(can_keep_money(by))
    longer = share.until_date is not None and until > share.until_date
    if until < share.since_date or longer:
        raise InvalidInput(
            _("Rien n’est enregistré."), {"until": _("Un jour entre le début et la fin connue.")}
        )
    StaffShare.objects.filter(pk=share.pk).update(until_date=until)
    trace(share.plan, "strategic.end_share", by=by, at=at, ref=share.plan.key, detail={"pk": share.pk})  # fmt: skip


@dataclass(frozen=True)
class StrategicCostDraft:
    """A cost that a strategic plan pays whole, in euros."""

    on_date: date
    label: str
    amount: Decimal
    supplier: str = ""
    mandate: str = ""
    element: Element | None = None


@transaction.atomic
def charge_strategic(
    *, plan: StrategicPlan, draft: StrategicCostDraft, by: Actor, at: datetime
) -> StrategicCost:
    """This function will charge a cost to a strategic plan, if no other plan has it.

    A cost that the PCS shares stays in the PCS, where the part of this plan is said.

    Raises: NotAllowed; InvalidInput naming the plan that already has it.
    """
    must(can_keep_money(by))
    # Held so that a cohesion plan cannot take the same cost meanwhile.
    list(Plan.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    faults = {}
    if draft.amount <= 0:
        faults["amount"] = _("Plus que zéro.")
    if not draft.label.strip():
        faults["label"] = _("Nommez la dépense.")
    if not plan.starts_date <= draft.on_date <= plan.ends_date:
        faults["on_date"] = _("Cette date n’est pas dans le plan.")
    if draft.element is not None and draft.element.plan_id != plan.pk:
        faults["element"] = _("Cette action n’est pas de ce plan.")
    faults = faults or _elsewhere(plan, draft)
    if faults:
        raise InvalidInput(_("Cette dépense n’est pas enregistrée."), faults)
    row = StrategicCost.objects.create(
        plan=plan, element=draft.element, on_date=draft.on_date, year=draft.on_date.year,
        supplier=draft.supplier.strip(), label=draft.label.strip(), mandate=draft.mandate.strip(),
        amount=draft.amount,
    )  # fmt: skip
    trace(plan, "strategic.charge", by=by, at=at, ref=plan.key, detail={"amount": str(row.amount)})
    return row


def _elsewhere(plan: StrategicPlan, draft: StrategicCostDraft) -> dict[str, str]:
    about = {
        "on_date": draft.on_date, "year": draft.on_date.year, "mandate": draft.mandate,
        "amount": draft.amount, "supplier": draft.supplier, "label": draft.label,
    }  # fmt: skip
    other = strategic_twin(**about)  # type: ignore[arg-type]
    if other is not None:
        return {"label": _("« %(plan)s » paie déjà cette dépense.") % {"plan": other.plan.name}}
    cost = pcs_twin(**about)  # type: ignore[arg-type]
    if cost is None:
        return {}
    part = {one.funding: one.share for one in cost.shares.all()}.get(Funding.PSSP)
    name = {"plan": cost.plan.name}
    if part:
        return {"label": _("Cette dépense est au plan « %(plan)s », avec la part du PSSP : elle compte déjà.") % name}  # fmt: skip
    return {"label": _("Cette dépense est déjà au plan « %(plan)s » : partagez-la là-bas.") % name}


@transaction.atomic
def cancel_strategic_cost(*, cost: StrategicCost, why: str, by: Actor, at: datetime) -> None:
    """This function will take a cost back; it stays to be read, and counts no more.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it is already cancelled.
    """
    must(can_keep_money(by))
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    rows = StrategicCost.objects.filter(pk=cost.pk, cancelled_at__isnull=True)
    if not rows.update(cancelled_at=at, why_cancelled=why.strip()[:300]):
        raise WrongState(_("Cette dépense est déjà annulée."))
    trace(cost.plan, "strategic.cancel_cost", by=by, at=at, ref=cost.plan.key, detail={"cost": cost.pk})  # fmt: skip
