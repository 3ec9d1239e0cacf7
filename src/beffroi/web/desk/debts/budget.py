"""The budget of a household: lines typed, totals as they are typed, kept as a sheet."""

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
from beffroi.acts.budgets.computing import BudgetEntry, compute_budget
from beffroi.acts.budgets.enums import Every, Side
from beffroi.web.desk.debts import words
from beffroi.web.desk.debts.page import tabs
from beffroi.web.desk.small_acts import DayField, MoneyField, SmallForm, attempt

EXTRA = 3


class EntryForm(forms.Form):
    """One amount of the budget; a line without an amount is left out."""

    use_required_attribute = False
    label = forms.CharField(
        label=lazy("Libellé"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"size": 26, "autocomplete": "off"}),
    )  # fmt: skip
    amount = MoneyField(label=lazy("Montant"), required=False)
    every = forms.ChoiceField(label=lazy("Tous les"), choices=Every.choices, initial=Every.MONTH)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("amount") is not None and not said.get("label", "").strip():
            self.add_error("label", _("Dites ce que c’est."))
        return said


EntrySet = forms.formset_factory(EntryForm, extra=0, max_num=80)


class SheetForm(SmallForm):
    """What the sheet holds beside its lines."""

    reserve = MoneyField(label=lazy("Réserve pour l’imprévu"), required=False)
    since_date = DayField(
        label=lazy("Cette situation dure depuis le"), required=False,
        help_text=lazy("Pour voir depuis combien de mois les dettes dépassent le disponible."),
    )  # fmt: skip
    note = forms.CharField(label=lazy("Remarque"), max_length=1000, required=False)

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said, "reserve": said["reserve"] or Decimal(0)}


def usual(side: str) -> list[str]:
    """This function will give the lines that nearly every household has."""
    if side == Side.INCOME:
        return [
            _("Salaire"), _("Allocation de chômage"), _("Mutuelle ou pension"),
            _("Revenu d’intégration"), _("Allocations familiales"), _("Pension alimentaire reçue"),
        ]  # fmt: skip
    return [
        _("Loyer ou prêt hypothécaire"), _("Gaz et électricité"), _("Eau"), _("Téléphone, internet"),
        _("Alimentation"), _("Santé"), _("Transport"), _("École et enfants"), _("Assurances"),
        _("Taxes"), _("Pension alimentaire payée"), _("Vêtements"),
    ]  # fmt: skip


def draw(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show the budget with its totals, and keep it as a new sheet when asked."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    file = budgets.read_file(reference=reference, by=actor, at=now)
    sheets = list(queries.budgets_of(file))
    latest = sheets[0] if sheets else None
    posted = request.POST if request.method == "POST" else None
    sides = {side: _lines(side, latest, posted) for side in Side}
    form = SheetForm(posted, initial=_sheet(latest))
    entries = _entries(sides) if posted else _known(latest)
    valid = entries is not None
    if posted and "keep" in posted and valid:
        fixed = {"reference": reference, "entries": entries, "by": actor, "at": now}
        if attempt(form, budgets.draw_budget, **fixed):
            messages.success(request, _("Le budget est gardé."))
            return redirect("desk:debts_budget", reference)
    asked = [d.monthly_due for d in queries.debts_of(file) if d.state in queries.LIVE]
    reserve = form.cleaned_data.get("reserve") if posted and form.is_valid() else None
    if not posted and latest:
        reserve = latest.reserve
    result = compute_budget(entries or [], reserve or Decimal(0), asked)
    context = {
        "file": file, "who": words.names(file), "tabs": tabs(file, "budget"), "form": form,
        "sides": [(Side(side).label, side, rows) for side, rows in sides.items()],
        "slip": _slip(result, reserve or Decimal(0)), "sheets": sheets, "valid": valid,
        "result": result,
    }  # fmt: skip
    return render(request, "desk/debts/budget.html", context)


def _sheet(latest: Any) -> dict[str, Any]:
    if latest is None:
        return {}
    return {"reserve": latest.reserve, "since_date": latest.since_date, "note": latest.note}


def _lines(side: str, latest: Any, posted: Any) -> Any:
    if posted is not None:
        return EntrySet(posted, prefix=side)
    if latest is None:
        initial = [{"label": label, "every": Every.MONTH} for label in usual(side)]
    else:
        kept = [line for line in latest.lines.all() if line.side == side]
        initial = [{"label": one.label, "amount": one.amount, "every": one.every} for one in kept]
    blank: list[dict[str, Any]] = [{"every": Every.MONTH} for _n in range(EXTRA)]
    return EntrySet(prefix=side, initial=initial + blank)


def _entries(sides: dict[Any, Any]) -> list[BudgetEntry] | None:
    """The lines typed, or None while one of them cannot be read."""
    if not all([rows.is_valid() for rows in sides.values()]):  # noqa: C419 — each says its faults
        return None
    return [
        BudgetEntry(side, form.cleaned_data["label"], form.cleaned_data["amount"], form.cleaned_data["every"])
        for side, rows in sides.items()
        for form in rows
        if form.cleaned_data.get("amount") is not None
    ]  # fmt: skip


def _known(latest: Any) -> list[BudgetEntry]:
    if latest is None:
        return []
    return [BudgetEntry(x.side, x.label, x.amount, x.every) for x in latest.lines.all()]


def _slip(result: Any, reserve: Decimal) -> dict[str, Any]:
    euros = words.euros
    ratio = f"{result.ratio * 100:.1f} %".replace(".", ",") if result.ratio is not None else "—"
    return {
        "lines": [
            {"label": _("Revenus du mois"), "amount": euros(result.income)},
            {"label": _("Dépenses du mois"), "amount": "− " + euros(result.expenses)},
            {"label": _("Réserve"), "amount": "− " + euros(reserve)},
        ],
        "total": {"label": _("Disponible par mois"), "amount": euros(result.available)},
        "asked": euros(result.repayments), "ratio": ratio,
        "short": result.repayments > result.available,
    }  # fmt: skip
