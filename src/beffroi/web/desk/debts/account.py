"""The person's own money: what came in for her, what left, what remains; never the CPAS's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import FileState, MovementKind
from beffroi.acts.budgets.permissions import files_visible_to
from beffroi.web.desk.debts import words
from beffroi.web.desk.debts.page import tabs
from beffroi.web.desk.small_acts import (
    DayField,
    MoneyField,
    Offered,
    SmallAct,
    SmallForm,
    attempt,
    fresh,
    offer,
)


class OpenForm(SmallForm):
    iban = forms.CharField(
        label=lazy("Compte de tiers"), max_length=42,
        help_text=lazy("Le compte ouvert pour elle seule, jamais un compte du CPAS."),
    )  # fmt: skip


class MovementForm(SmallForm):
    kind = forms.ChoiceField(label=lazy("Mouvement"))
    amount = MoneyField(label=lazy("Montant"))
    value_date = DayField(label=lazy("Date de valeur"), initial=timezone.localdate)
    label = forms.CharField(label=lazy("Libellé"), max_length=200)
    debt = forms.TypedChoiceField(
        label=lazy("Dette"), coerce=int, required=False, empty_value=None,
        help_text=lazy("Pour un versement à un créancier."),
    )  # fmt: skip

    def choose(self, about: Any) -> None:
        kinds = [(k.value, k.label) for k in MovementKind if k != MovementKind.REVERSAL]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        live = [d for d in queries.debts_of(about) if d.state in queries.LIVE]
        choices = [(d.pk, f"{d.creditor} · {words.euros(d.owed)}") for d in live]
        self.fields["debt"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "kind": MovementKind(self.cleaned_data["kind"])}


class ReverseForm(SmallForm):
    number = forms.TypedChoiceField(label=lazy("Mouvement"), coerce=int)
    why = forms.CharField(label=lazy("Pourquoi"), max_length=200)

    def choose(self, about: Any) -> None:
        account = queries.account_of(about)
        rows = account.movements.filter(reverses=None, reversed_by=None) if account else []
        self.fields["number"].choices = [  # type: ignore[attr-defined]
            (r.number, f"{r.number} · {r.label} · {words.euros(r.amount)}") for r in rows
        ]


ACTS: dict[str, SmallAct] = {
    "open": SmallAct("open", OpenForm, budgets.open_account, lazy("Ouvrir un compte pour la personne"), lazy("Ouvrir"), lazy("Le compte est ouvert.")),
    "enter": SmallAct("enter", MovementForm, budgets.enter_movement, lazy("Encoder un mouvement"), lazy("Encoder"), lazy("Le mouvement est encodé.")),
    "reverse": SmallAct("reverse", ReverseForm, budgets.reverse_movement, lazy("Corriger un mouvement"), lazy("Écrire la contre-écriture"), lazy("La contre-écriture est faite.")),
}  # fmt: skip


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show the account of the person with every movement."""
    actor = request.actor  # type: ignore[attr-defined]
    file = budgets.read_file(reference=reference, by=actor, at=timezone.now())
    return render(request, "desk/debts/account.html", _context(file))


def _context(file: Any, bound: tuple[str, SmallForm] | None = None) -> dict[str, Any]:
    account = queries.account_of(file)
    rows = list(account.movements.all()) if account else []
    closed = file.state == FileState.CLOSED or (account is not None and account.closed_date)
    keys = (
        []
        if closed
        else ["open"]
        if account is None
        else ["enter", "reverse"]
        if rows
        else ["enter"]
    )
    acts: list[Offered] = []
    for key in keys:
        url = reverse("desk:debts_account_act", args=[file.reference, key])
        acts.append(offer(ACTS[key], url, file, bound[1] if bound and bound[0] == key else None))
    return {
        "file": file, "who": words.names(file), "tabs": tabs(file, "account"), "account": account,
        "acts": acts, "balance": words.euros(queries.balance_of(account)) if account else "",
        "rows": [
            {"row": row, "amount": words.euros(row.amount), "balance": words.euros(row.balance)}
            for row in reversed(rows)
        ],
    }  # fmt: skip


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will write on the account; refused, it shows the page again as typed."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    file = files_visible_to(actor).filter(reference=reference).first()
    if file is None or act not in ACTS:
        raise Http404
    form = fresh(ACTS[act], request.POST, file)
    if attempt(form, ACTS[act].service, reference=reference, by=actor, at=now):
        messages.success(request, str(ACTS[act].done))
        return redirect("desk:debts_account", reference)
    budgets.read_file(reference=reference, by=actor, at=now)
    return render(request, "desk/debts/account.html", _context(file, (act, form)))
