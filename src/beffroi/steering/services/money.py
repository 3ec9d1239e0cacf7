"""Money of a plan: notified, budgeted, spent, charged once, imported from the accounts, explained."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.steering.accounts import reconcile
from beffroi.steering.accounts_file import read_accounts
from beffroi.steering.enums import Funding, Nature
from beffroi.steering.models import (
    AccountRow,
    BudgetLine,
    Expenditure,
    Explained,
    FundingShare,
    Line,
    Plan,
    StaffAssignment,
    Subsidy,
)
from beffroi.steering.permissions import can_keep_money
from beffroi.steering.services.base import must, trace
from beffroi.steering.services.strategic_money import refuse_too_much_time
from beffroi.steering.strategic_shares import strategic_twin

_WHOLE: Mapping[str, Decimal] = {Funding.PCS: Decimal(1)}


@dataclass(frozen=True)
class CostDraft:
    """A cost; amounts in euros, `shares` say who pays which part, between 0 and 1."""

    on_date: date
    label: str
    nature: str
    amount: Decimal
    line: Line | None = None
    eligible_amount: Decimal | None = None
    reason: str = ""
    supplier: str = ""
    function: str = ""
    mandate: str = ""
    paid_date: date | None = None
    shares: Mapping[str, Decimal] = field(default_factory=lambda: dict(_WHOLE))


@transaction.atomic
def notify_subsidy(
    *, plan: Plan, year: int, amount: Decimal, on: date, source: str, by: Actor, at: datetime
) -> Subsidy:
    """This function will keep the subsidy the Region notified for a year, in euros.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_keep_money(by))
    if amount < 0 or not source.strip():
        raise InvalidInput(_("Donnez le montant notifié et la lettre."), {"source": _("À nommer.")})
    values = {"amount": amount, "notified_date": on, "source": source.strip()}
    row = Subsidy.objects.update_or_create(plan=plan, year=year, defaults=values)[0]
    detail = {"year": year, "amount": str(amount)}
    trace(plan, "subsidy.notify", by=by, at=at, ref=plan.key, detail=detail)
    return row


@transaction.atomic
def set_budget(
    *, plan: Plan, year: int, nature: str, amount: Decimal, line: Line | None = None, by: Actor,
    at: datetime,
) -> BudgetLine:  # fmt: skip
    """This function will set what is foreseen for a line, or in common, under a nature, in euros.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_keep_money(by))
    if amount < 0 or (line is not None and line.plan_id != plan.pk):
        raise InvalidInput(_("Ce budget n’est pas enregistré."), {"amount": _("Zéro ou plus.")})
    row = BudgetLine.objects.update_or_create(
        plan=plan, year=year, line=line, nature=nature, defaults={"amount": amount}
    )[0]
    detail = {"year": year, "nature": nature, "amount": str(amount)}
    trace(plan, "budget.set", by=by, at=at, ref=plan.key, detail=detail)
    return row


@transaction.atomic
def charge(*, plan: Plan, year: int, draft: CostDraft, by: Actor, at: datetime) -> Expenditure:
    """This function will charge a cost to a plan, with who pays which part of it.

    A cost dated before its line entered the plan is refused: it cannot be charged to it. So is a
    cost of which more than the whole would be paid.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_keep_money(by))
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    eligible = draft.amount if draft.eligible_amount is None else draft.eligible_amount
    if faults := {**_faults(plan, year, draft, eligible), **_share_faults(draft.shares)}:
        raise InvalidInput(_("Cette dépense n’est pas enregistrée."), faults)
    values = {k: v for k, v in vars(draft).items() if k not in ("shares", "eligible_amount")}
    row = Expenditure.objects.create(plan=plan, year=year, eligible_amount=eligible, **values)
    FundingShare.objects.bulk_create(
        FundingShare(expenditure=row, funding=funding, share=share)
        for funding, share in draft.shares.items()
    )
    detail = {"year": year, "cost": row.pk, "amount": str(row.amount)}
    trace(plan, "cost.charge", by=by, at=at, ref=plan.key, detail=detail)
    return row


def _faults(plan: Plan, year: int, draft: CostDraft, eligible: Decimal) -> dict[str, str]:
    faults = {}
    if draft.on_date.year != year:
        faults["on_date"] = _("Cette date n’est pas de l’exercice %(year)s.") % {"year": year}
    if draft.line is not None and draft.line.plan_id != plan.pk:
        faults["line"] = _("Cette ligne n’est pas de ce plan.")
    elif draft.line is not None and draft.on_date < draft.line.since_date:
        faults["on_date"] = _("La ligne %(line)s n’est au plan que depuis le %(day)s.") % {
            "line": draft.line, "day": f"{draft.line.since_date:%d/%m/%Y}",
        }  # fmt: skip
    if draft.amount <= 0:
        faults["amount"] = _("Plus que zéro.")
    elif not 0 <= eligible <= draft.amount:
        faults["eligible_amount"] = _("Entre zéro et le montant.")
    elif eligible != draft.amount and not draft.reason.strip():
        faults["reason"] = _("Dites pourquoi tout n’est pas admissible.")
    if not draft.label.strip() or draft.nature not in Nature.values:
        faults["label"] = _("Nommez la dépense et sa nature.")
    other = strategic_twin(
        on_date=draft.on_date, year=year, mandate=draft.mandate, amount=draft.amount,
        supplier=draft.supplier, label=draft.label,
    )  # fmt: skip
    if other is not None:
        faults["label"] = _("« %(plan)s » paie déjà cette dépense.") % {"plan": other.plan.name}
    return faults


def _share_faults(shares: Mapping[str, Decimal]) -> dict[str, str]:
    if not shares or any(not 0 < share <= 1 for share in shares.values()):
        return {"shares": _("Une part est au-dessus de zéro, au plus le tout.")}
    if sum(shares.values()) > 1:
        return {"shares": _("Les parts dépassent le tout : la dépense serait payée deux fois.")}
    return {}


@transaction.atomic
def share_cost(
    *, cost: Expenditure, funding: str, share: Decimal, by: Actor, at: datetime
) -> FundingShare:
    """This function will say which part of a cost somebody else pays.

    Raises: NotAllowed; WrongState when it is cancelled; InvalidInput when the parts make more than one.
    """
    must(can_keep_money(by))
    row = Expenditure.objects.select_for_update(no_key=True).select_related("plan").get(pk=cost.pk)
    if row.cancelled_at:
        raise WrongState(_("Cette dépense est annulée."))
    shares = {one.funding: one.share for one in row.shares.all()} | {funding: share}
    if faults := _share_faults(shares):
        raise InvalidInput(_("Cette part n’est pas enregistrée."), faults)
    made = FundingShare.objects.update_or_create(
        expenditure=row, funding=funding, defaults={"share": share}
    )[0]
    detail = {"cost": row.pk, "funding": funding, "share": str(share)}
    trace(row.plan, "cost.share", by=by, at=at, ref=row.plan.key, detail=detail)
    return made


@transaction.atomic
def cancel_cost(*, cost: Expenditure, why: str, by: Actor, at: datetime) -> None:
    """This function will take a cost back; it stays to be read, and counts no more.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it is already cancelled.
    """
    must(can_keep_money(by))
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    rows = Expenditure.objects.filter(pk=cost.pk, cancelled_at__isnull=True)
    if not rows.update(cancelled_at=at, why_cancelled=why.strip()[:300], account_row=None):
        raise WrongState(_("Cette dépense est déjà annulée."))
    trace(cost.plan, "cost.cancel", by=by, at=at, ref=cost.plan.key, detail={"cost": cost.pk})


@transaction.atomic
def import_accounts(*, plan: Plan, content: str, by: Actor, at: datetime) -> tuple[int, int]:
    """This function will read an export of the accounts; the rows added, and those already there.

    Raises: NotAllowed; InvalidInput; WrongState when a mandate already read says another amount.
    """
    must(can_keep_money(by))
    added = there = 0
    for row in read_accounts(content):
        key = {n: getattr(row, n) for n in ("year", "mandate", "function", "economic")}
        rest = {n: getattr(row, n) for n in ("on_date", "supplier", "label", "amount")}
        held, new = AccountRow.objects.get_or_create(
            plan=plan, **key, defaults={**rest, "read_at": at}
        )
        if not new and held.amount != row.amount:
            raise WrongState(
                _("Le mandat %(mandate)s a déjà été lu avec un autre montant.") % {"mandate": row.mandate}
            )  # fmt: skip
        added, there = added + new, there + (not new)
    detail = {"added": added, "there": there}
    trace(plan, "accounts.import", by=by, at=at, ref=plan.key, detail=detail)
    return added, there


@transaction.atomic
def charge_row(
    *, row: AccountRow, nature: str, line: Line | None, eligible: Decimal | None = None,
    reason: str = "", shares: Mapping[str, Decimal] | None = None, by: Actor, at: datetime,
) -> Expenditure:  # fmt: skip
    """This function will charge a row of the accounts to the plan, once.

    Raises: NotAllowed; InvalidInput; WrongState when it is already charged.
    """
    must(can_keep_money(by))
    if Expenditure.objects.filter(account_row=row).exists():
        raise WrongState(_("Cette ligne de la comptabilité est déjà à charge du plan."))
    draft = CostDraft(
        on_date=row.on_date, label=row.label or row.mandate, nature=nature, amount=row.amount,
        line=line, eligible_amount=eligible, reason=reason, supplier=row.supplier,
        function=row.function, mandate=row.mandate, paid_date=row.on_date,
        shares=shares or dict(_WHOLE),
    )  # fmt: skip
    made = charge(plan=row.plan, year=row.year, draft=draft, by=by, at=at)
    Expenditure.objects.filter(pk=made.pk).update(account_row=row)
    made.refresh_from_db()
    return made


@transaction.atomic
def explain(*, plan: Plan, year: int, function: str, why: str, by: Actor, at: datetime) -> None:
    """This function will explain the difference of a function as it stands; a new one is to explain.

    Raises: NotAllowed; InvalidInput; WrongState when there is no difference.
    """
    must(can_keep_money(by))
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    found = {one.function: one.difference for one in reconcile(plan, year)}
    if not found.get(function):
        raise WrongState(_("Cette fonction n’a pas de différence à expliquer."))
    values = {"difference": found[function], "why": why.strip()[:500]}
    Explained.objects.update_or_create(plan=plan, year=year, function=function, defaults=values)
    trace(plan, "accounts.explain", by=by, at=at, ref=plan.key, detail={"f": function})


@transaction.atomic
def assign_staff(
    *, plan: Plan, agent: int | None, function: str, since: date, until: date | None, fte: Decimal,
    charged_fte: Decimal, monthly_cost: Decimal, by: Actor, at: datetime,
) -> StaffAssignment:  # fmt: skip
    """This function will say what time of an agent the plan is charged; cost in euros a month.

    Raises: NotAllowed; InvalidInput, also when plans together would pay more than she works.
    """
    must(can_keep_money(by))
    faults = {}
    if not 0 < fte <= 1:
        faults["fte"] = _("Au-dessus de zéro, au plus un temps plein.")
    if not 0 <= charged_fte <= fte:
        faults["charged_fte"] = _("Au plus ce que la personne travaille.")
    if until is not None and until < since:
        faults["until"] = _("La fin vient après le début.")
    if monthly_cost < 0:
        faults["monthly_cost"] = _("Zéro ou plus.")
    if faults:
        raise InvalidInput(_("Cette affectation n’est pas enregistrée."), faults)
    if agent is not None and charged_fte:
        refuse_too_much_time(agent, since=since, until=until, fte=fte, charged=charged_fte)
    row = StaffAssignment.objects.create(
        plan=plan, agent_id=agent, function=function, since_date=since, until_date=until, fte=fte,
        charged_fte=charged_fte, monthly_cost=monthly_cost,
    )  # fmt: skip
    trace(plan, "staff.assign", by=by, at=at, ref=plan.key, detail={"fte": str(charged_fte)})
    return row
