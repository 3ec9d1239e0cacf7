"""The directory of creditors, kept once for every file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import CreditorKind, Language
from beffroi.acts.budgets.permissions import can_keep_creditors
from beffroi.web.desk.small_acts import SmallForm, attempt, text

PER_PAGE = 50


class CreditorForm(SmallForm):
    name = forms.CharField(label=lazy("Nom"), max_length=160)
    kind = forms.ChoiceField(label=lazy("Nature"), choices=CreditorKind.choices)
    address = text(lazy("Adresse postale"), 3, required=False)
    email = forms.EmailField(label=lazy("Courriel"), required=False)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    enterprise_number = forms.CharField(
        label=lazy("Numéro d’entreprise"), max_length=20, required=False
    )
    iban = forms.CharField(label=lazy("Compte (IBAN)"), max_length=42, required=False)
    lang = forms.ChoiceField(
        label=lazy("Langue des lettres"), choices=Language.choices, initial=Language.FRENCH,
        help_text=lazy("Le début de la lettre ; le texte français suit toujours."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=lazy("En activité"), required=False, initial=True)

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "kind": CreditorKind(self.cleaned_data["kind"])}


def show(request: HttpRequest) -> HttpResponse:
    """This function will show the creditors, and enter a new one."""
    actor = request.actor  # type: ignore[attr-defined]
    if not can_keep_creditors(actor):
        raise Http404
    form = CreditorForm(request.POST or None)
    if form.is_bound and attempt(form, budgets.keep_creditor, by=actor, at=timezone.now()):
        messages.success(request, _("Le créancier est dans le répertoire."))
        return redirect("desk:debts_creditors")
    typed = request.GET.get("q", "").strip()
    page = Paginator(queries.creditors(typed), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "typed": typed,
        "columns": [{"label": _("Nom")}, {"label": _("Nature")}, {"label": _("Compte")}, {"label": _("Joindre")}],
        "rows": [_row(one) for one in page.object_list],
        "empty": {"title": _("Aucun créancier à ce nom."), "text": _("Ajoutez-le ci-dessous.")},
    }  # fmt: skip
    return render(request, "desk/debts/creditors.html", context)


def _row(one: Any) -> list[dict[str, str]]:
    return [
        {"text": one.name, "url": reverse("desk:debts_creditor", args=[one.pk]),
         "sub": "" if one.is_active else _("plus en activité")},
        {"text": str(one.get_kind_display())},
        {"text": one.iban or "—", "sub": one.enterprise_number},
        {"text": one.phone or one.email or "—"},
    ]  # fmt: skip


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show one creditor and put it right."""
    actor = request.actor  # type: ignore[attr-defined]
    row = queries.creditors().filter(pk=pk).first()
    if not can_keep_creditors(actor) or row is None:
        raise Http404
    initial = {name: getattr(row, name) for name in CreditorForm.base_fields}
    form = CreditorForm(request.POST or None, initial=initial)
    if form.is_bound and attempt(form, budgets.keep_creditor, pk=pk, by=actor, at=timezone.now()):
        messages.success(request, _("Le créancier est enregistré."))
        return redirect("desk:debts_creditors")
    return render(request, "desk/debts/creditor.html", {"form": form, "creditor": row})
