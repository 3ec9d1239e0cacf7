"""Drawing the budget of a household: a new sheet each time, none is changed."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from beffroi.acts.budgets.computing import (
    BudgetEntry,
    compute_budget,
    monthly_of,
    steps_as_data,
)
from beffroi.acts.budgets.models import Budget, BudgetLine
from beffroi.acts.budgets.queries import LIVE
from beffroi.acts.budgets.services.base import day_of, open_file_of, trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput

ZERO = Decimal("0.00")


@transaction.atomic
def draw_budget(
    *,
    reference: str,
    entries: Iterable[BudgetEntry],
    reserve: Decimal,
    by: Actor,
    at: datetime,
    since_date: date | None = None,
    note: str = "",
) -> int:
    """This function will keep a budget, its computation with it, and give its number.

    Amounts in euros. What the debts ask by month comes from the inventory.
    Raises: NotAllowed; FileClosed; InvalidInput.
    """
    file = open_file_of(reference, by)
    lines, today = list(entries), day_of(at)
    faults = {}
    if not lines:
        faults["lines"] = _("Écrivez au moins un revenu.")
    if reserve < 0 or any(entry.amount < 0 for entry in lines):
        faults["lines"] = _("Un montant ne va pas sous zéro.")
    if since_date is not None and since_date > today:
        faults["since_date"] = _("Ce jour n’est pas encore venu.")
    if faults:
        raise InvalidInput(_("Ce budget n’est pas complet."), faults)
    asked = file.debts.filter(state__in=LIVE).values_list("monthly_due", flat=True)
    result = compute_budget(lines, reserve, asked)
    last = file.budgets.aggregate(last=Max("number"))["last"] or 0
    sheet = Budget.objects.create(
        file=file, number=last + 1, drawn_date=today, drawn_by=by.label, reserve=reserve,
        note=note.strip(), since_date=since_date or today, income=result.income,
        expense=result.expenses, disposable=result.available, repayments=result.repayments,
        ratio=result.ratio, steps=steps_as_data(result.steps),
    )  # fmt: skip
    BudgetLine.objects.bulk_create(
        BudgetLine(
            budget=sheet, side=entry.side, label=entry.label.strip()[:120], amount=entry.amount,
            every=entry.every, monthly=monthly_of(entry),
        )
        for entry in lines
    )  # fmt: skip
    trace(file, "mediation.draw_budget", by=by, at=at, detail={"number": sheet.number})
    return sheet.number
