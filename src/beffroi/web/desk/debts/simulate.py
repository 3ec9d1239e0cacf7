"""A plan tried out, beside another one, before anything is kept."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.core.dates import add_months
from beffroi.core.errors import InvalidInput
from beffroi.rules import seizure
from beffroi.web.desk.debts import words
from beffroi.web.desk.debts.page import tabs
from beffroi.web.desk.small_acts import DayField, MoneyField, SmallForm, attempt, tell


class PlanForm(SmallForm):
    """The amount of a month, its day, and who comes first."""

    monthly = MoneyField(label=lazy("Par mois"))
    first_date = DayField(label=lazy("Première échéance"))
    priority_first = forms.BooleanField(
        label=lazy("Payer d’abord les dettes prioritaires"), required=False
    )

    def clean_monthly(self) -> Decimal:
        amount: Decimal = self.cleaned_data["monthly"]
        if amount <= 0:
            raise forms.ValidationError(_("Donnez un montant au-dessus de zéro."))
        return amount


class CompareForm(PlanForm):
    """The same, and another amount to set beside it."""

    other = MoneyField(label=lazy("Comparer avec"), required=False)


class ShareForm(SmallForm):
    """The month's income, to know what could be seized of it."""

    month = DayField(label=lazy("Mois"), required=False, initial=timezone.localdate)
    work = MoneyField(label=lazy("Salaire net"), required=False)
    replacement = MoneyField(label=lazy("Revenu de remplacement net"), required=False)
    children = forms.IntegerField(
        label=lazy("Enfants à charge"), min_value=0, max_value=20, required=False
    )


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show one or two simulations, and keep the one chosen."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    file = budgets.read_file(reference=reference, by=actor, at=now)
    latest = file.budgets.first()
    if request.method == "POST":
        kept = PlanForm(request.POST)
        fixed = {"reference": reference, "by": actor, "at": now}
        if attempt(kept, budgets.keep_plan, **fixed):
            messages.success(request, _("Le plan est gardé au dossier."))
            kept_last = file.plans.values_list("number", flat=True).first()
            return redirect("desk:debts_plan", reference, kept_last)
        messages.error(request, " ".join(str(e) for es in kept.errors.values() for e in es))
        return redirect("desk:debts_simulate", reference)
    form = CompareForm(request.GET if "monthly" in request.GET else None, initial=_initial(latest))
    columns = _simulations(file, form, latest)
    share_form = ShareForm(request.GET if "children" in request.GET else None, auto_id="share-%s")
    context = {
        "file": file, "who": words.names(file), "tabs": tabs(file, "simulate"), "form": form,
        "plans": columns, "parts": _parts(columns), "share_form": share_form,
        "share": _share(share_form), "kept": list(file.plans.all()),
        "disposable": words.euros(latest.disposable) if latest else "",
    }  # fmt: skip
    return render(request, "desk/debts/simulate.html", context)


def _initial(latest: Any) -> dict[str, Any]:
    first = add_months(timezone.localdate(), 1).replace(day=1)
    monthly = latest.disposable if latest and latest.disposable > 0 else None
    return {"monthly": monthly, "first_date": first, "priority_first": True}


def _simulations(file: Any, form: CompareForm, latest: Any) -> list[dict[str, Any]]:
    if not form.is_bound or not form.is_valid():
        return []
    said, found = form.cleaned_data, []
    for monthly in (said["monthly"], said["other"]):
        if not monthly:
            continue
        try:
            made = budgets.simulated(file, monthly, said["first_date"], said["priority_first"])
        except InvalidInput as refused:
            tell(form, refused)
            continue
        over = latest is not None and monthly > latest.disposable
        found.append({
            "made": made, "monthly": words.euros(monthly), "months": made.months,
            "total": words.euros(made.total), "last": made.last_date,
            "last_amount": words.euros(made.last_amount), "over": over,
            "raw": f"{monthly:.2f}", "first_date": said["first_date"].isoformat(),
            "priority_first": said["priority_first"],
        })  # fmt: skip
    return found


def _parts(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each debt: what each plan gives it, first and last."""
    if not columns:
        return []
    rows = []
    for index, part in enumerate(columns[0]["made"].parts):
        given = [column["made"].parts[index] for column in columns]
        rows.append({
            "creditor": str(part.debt.creditor), "kind": part.debt.get_kind_display(),
            "owed": words.euros(part.debt.owed), "priority": part.debt.is_priority,
            "given": [
                {"monthly": words.euros(next((p for p in one.parts if p), queries.ZERO)),
                 "months": one.months, "last": words.euros(one.last)}
                for one in given
            ],
        })  # fmt: skip
    return rows


def _share(form: ShareForm) -> dict[str, Any] | None:
    if not form.is_bound or not form.is_valid():
        return None
    said = form.cleaned_data
    facts = seizure.Facts(
        (said["month"] or timezone.localdate()).replace(day=1), said["work"] or Decimal(0),
        said["replacement"] or Decimal(0), children=said["children"],
    )  # fmt: skip
    outcome = seizure.seizable(facts)
    return {
        "outcome": outcome, "amount": words.euros(outcome.amount),
        "lines": [
            {"label": s.label, "amount": s.formula, "article": s.reference, "unverified": not s.is_read}
            for s in outcome.steps
        ],
    }  # fmt: skip
