"""Recoveries: what was paid too much, month by month, asked back by a decision, or given up."""

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.payments import paid
from beffroi.acts.payments import services as payments
from beffroi.casework import sequels
from beffroi.casework.enums import SequelCause
from beffroi.casework.models import Decision, Grant, Recovery, Sequel
from beffroi.casework.services import clocks
from beffroi.casework.services.after.common import follow, grant_for, said
from beffroi.core.actors import Actor
from beffroi.core.dates import add_months
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.rules import procedure
from beffroi.rules.prorata import largest_remainder

_NOTHING = Decimal(0)


def undue_by_month(grant: Grant, since: date, until: date, right: Decimal) -> list[dict[str, Any]]:
    """This function will give, month by month, what left above the right amount, in euros.

    `right` is what was owed by month. Only what truly left counts; a month begun or left
    half-way is cut by days.
    """
    left = paid.paid_by_month(sequels.orders_of(grant), since, until)
    rows = []
    for month, amount in sorted(left.items()):
        length = monthrange(month.year, month.month)[1]
        first = max(since, month)
        last = min(until, month.replace(day=length))
        days = (last - first).days + 1
        if days <= 0:
            continue
        parts = [days, length - days]
        was = largest_remainder(amount, parts)[0] if parts[1] else amount
        owed = largest_remainder(right, parts)[0] if parts[1] else right
        undue = max(_NOTHING, was - owed)
        if undue > 0:
            rows.append({"month": month.isoformat(), "paid": str(was), "owed": str(owed),
                         "undue": str(undue)})  # fmt: skip
    return rows


@transaction.atomic
def open_recovery(
    *, grant: str, cause: str, since: date, until: date, right: Decimal, monthly: Decimal,
    by: Actor, at: datetime,
) -> str:  # fmt: skip
    """This function will open the application that asks back what was paid too much; its reference.

    `right` is what was owed by month over the period, `monthly` the instalment proposed (euros).
    Raises: NotAllowed; InvalidInput when nothing was paid too much, or it is time-barred.
    Source: loi 26/05/2002 art. 24, 25 et 29.
    """
    row = grant_for(grant, by, at)
    cause = said(cause, "cause", _("Dites pourquoi ces montants n’étaient pas dus."))
    if until < since or right < 0 or monthly <= 0:
        raise InvalidInput(_("Cette période, ou ces montants, ne sont pas possibles."))
    today = timezone.localdate(at)
    barred = time_barred(since, today)
    if barred:
        raise InvalidInput(
            _("Une partie de cette période est prescrite."),
            {"since": _("Au plus tôt le %(day)s.") % {"day": barred.strftime("%d/%m/%Y")}},
        )
    months = undue_by_month(row, since, until, right)
    total = sum((Decimal(one["undue"]) for one in months), _NOTHING)
    if total == 0:
        raise InvalidInput(_("Rien n’a été payé en trop sur cette période."))
    application = follow(
        row, SequelCause.RECOVERY, why=cause, from_date=since, by=by, at=at,
        facts={
            "since": since.isoformat(), "until": until.isoformat(), "right": str(right),
            "months": months, "total": str(total), "monthly": str(min(monthly, total)),
        },
    )  # fmt: skip
    clocks.start(row.file, "undue_paid", date.fromisoformat(months[0]["month"]),
                 subject_ref=application.reference, application=application)  # fmt: skip
    return application.reference


def time_barred(since: date, today: date) -> date | None:
    """This function will give the first day that may still be asked back, if `since` is before it."""
    due = next(d for d in procedure.deadlines("undue_paid", since) if d.what == "prescription")
    if due.due_date >= today:
        return None
    years = int(due.rule.split()[0])
    return add_months(today, -12 * years)


def prescription_of(since: date) -> procedure.Due:
    """This function will give the rule of prescription that a recovery applies."""
    return next(d for d in procedure.deadlines("undue_paid", since) if d.what == "prescription")


def carry_out(grant: Grant, decision: Decision, sequel: Sequel, by: Actor, at: datetime) -> str:
    """This function will open the claim of a recovery with its instalments; the claim’s reference."""
    amount = decision.amount or Decimal(sequel.facts["total"])
    first = add_months(timezone.localdate(at).replace(day=1), 1)
    claim = payments.open_claim(
        person_ref=grant.file.person.reference, amount=amount, owner_kind="decision",
        owner_ref=decision.number, subject_ref=grant.file.number,
        label=_("Récupération %(number)s") % {"number": decision.number},
        instalments=payments.equal_instalments(
            amount, min(Decimal(sequel.facts["monthly"]), amount), first
        ),
        by=by, at=at,
    )  # fmt: skip
    Recovery.objects.create(
        file=grant.file, decision=decision, cause=sequel.why[:300],
        since=date.fromisoformat(sequel.facts["since"]),
        until=date.fromisoformat(sequel.facts["until"]), amount=amount, claim_ref=claim,
    )  # fmt: skip
    clocks.meet(grant.file, "prescription", at=at, subject_ref=sequel.application.reference)
    return claim


@transaction.atomic
def open_waiver(*, recovery: str, amount: Decimal, why: str, by: Actor, at: datetime) -> str:
    """This function will open the application to give up an amount of a recovery; its reference.

    `recovery` is the number of the decision that asked it back.
    Raises: NotAllowed; InvalidInput above what is left; WrongState without a claim.
    Source: loi 26/05/2002 art. 25 §2; charte de l’assuré social art. 22.
    """
    row = (
        Recovery.objects.select_related("decision__application__sequel__grant")
        .filter(decision__number=recovery)
        .first()
    )
    if row is None:
        raise NotAllowed(_("Cette récupération n’existe pas."))
    grant = grant_for(row.decision.application.sequel.grant.reference, by, at)
    left = paid.balance_of(row.claim_ref)
    if not left:
        raise WrongState(_("Cette récupération est soldée."))
    if not 0 < amount <= left:
        raise InvalidInput(
            _("Il reste %(left)s € à récupérer.") % {"left": left},
            {"amount": _("Entre zéro et ce qui reste.")},
        )
    return follow(
        grant, SequelCause.WAIVER, why=why, from_date=timezone.localdate(at), by=by, at=at,
        facts={"claim": row.claim_ref, "amount": str(amount), "recovery": recovery},
    ).reference  # fmt: skip


def carry_out_waiver(decision: Decision, sequel: Sequel, by: Actor, at: datetime) -> str:
    """This function will give up what a decision gave up; the claim’s reference."""
    claim = str(sequel.facts["claim"])
    payments.waive(
        reference=claim, amount=decision.amount or Decimal(sequel.facts["amount"]),
        decision_ref=decision.number, why=decision.motives[:200], by=by, at=at,
    )  # fmt: skip
    return claim
